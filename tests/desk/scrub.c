/* Scrub from end to end, on small invented lists. Covers tend_scrub_find. */
#include "desk/scrub.h"
#include "scrub_world.h"

static struct tend_scrub find(struct world *w, double threshold)
{
    struct tend_scrub found;

    assert_int_equal(tend_scrub_find(&w->desk, threshold, &w->arena, &found), TEND_OK);
    for (int64_t i = 0; i < found.n; i++) {
        assert_true(found.pair[i].a < found.pair[i].b);
        assert_true(found.pair[i].score >= 0 && found.pair[i].score <= 1);
        assert_in_range(found.pair[i].cluster, 1, found.clusters);
    }
    return found;
}

static bool has(const struct tend_scrub *found, tend_id a, tend_id b)
{
    for (int64_t i = 0; i < found->n; i++)
        if (found->pair[i].a == a && found->pair[i].b == b)
            return true;
    return false;
}

static void tiny_lists(void **state)
{
    struct world *w = *state;
    tend_id ann, again;
    struct tend_scrub found;

    assert_int_equal(find(w, 0.5).n, 0);
    ann = scrub_add(w, "Ann Lee", "email=ann@example.com;phone=+43 664 5550101");
    assert_int_equal(find(w, 0.5).n, 0);
    again = scrub_add(w, "Ann Lee", "email=ann@example.com");
    found = find(w, 0.5);
    assert_int_equal(found.n, 1);
    assert_true(has(&found, ann, again));
    assert_int_equal(found.pair[0].n_reasons, 1);
    assert_holds(found.pair[0].reasons[0], "the same name");
    scrub_add(w, "Bob Ray", "email=bob@example.com;phone=+43 664 5550102");
    found = find(w, 0.5);
    assert_int_equal(found.n, 1);
    assert_true(has(&found, ann, again));
}

static void people_with_nothing(void **state)
{
    struct world *w = *state;
    struct tend_scrub found;

    scrub_add(w, "Ann Lee", NULL);
    scrub_add(w, "Bob Ray", NULL);
    scrub_add(w, "Cid Fox", NULL);
    found = find(w, 0.5);
    assert_int_equal(found.n, 0);
    assert_int_equal(found.clusters, 0);
}

static void rows_that_are_equal(void **state)
{
    struct world *w = *state;
    tend_id id[3];
    struct tend_scrub found;

    for (int32_t i = 0; i < 3; i++)
        id[i] = scrub_add(w, "Zelda Quast",
                          "email=zelda@example.com;phone=+43 664 5550101;home.city=Graz");
    for (int32_t i = 0; i < 12; i++) {
        char name[32], fields[96];

        snprintf(name, sizeof name, "Kim%c Fox%c", 'a' + i, 'z' - i);
        snprintf(fields, sizeof fields, "email=kim%d@example.net;phone=+43 664 55502%02d;"
                 "home.city=%s", i * 7919, i, i % 2 ? "Linz" : "Graz");
        scrub_add(w, name, fields);
    }
    found = find(w, 0.5);
    assert_int_equal(found.n, 3);
    assert_int_equal(found.clusters, 1);
    assert_true(has(&found, id[0], id[1]) && has(&found, id[1], id[2]));
    assert_true(has(&found, id[0], id[2]));
}

static void ten_of_forty(void **state)
{
    struct world *w = *state;
    struct tend_scrub found;

    scrub_list(w);
    found = find(w, 0.5);
    assert_int_equal(found.n, 10);
    for (int64_t i = 0; i < found.n; i++)
        assert_int_equal(found.pair[i].b - found.pair[i].a, 30);
    assert_true(find(w, 0.9999).n <= found.n);
}

static void not_the_same_is_remembered(void **state)
{
    struct world *w = *state;
    tend_id ann = scrub_add(w, "Ann Lee", "email=ann@example.com"), row;
    tend_id again = scrub_add(w, "Ann Lee", "email=ann@example.com");
    struct tend_value v[TEND_N_apart] = { [TEND_C_apart_person] = tend_int(ann),
                                          [TEND_C_apart_other] = tend_int(again),
                                          [TEND_C_apart_known_at] = tend_int(1) };

    scrub_add(w, "Bob Ray", "email=bob@example.com");
    assert_int_equal(find(w, 0.5).n, 1);
    world_begin(w);
    assert_int_equal(tend_row_insert(w->store, TEND_T_apart, v, &row), TEND_OK);
    world_end(w);
    world_done(w);
    assert_int_equal(find(w, 0.5).n, 0);
    assert_int_equal(find(w, 0).n, 0);
}

static tend_status always(struct tend_ctx *ctx, int64_t n, const struct tend_pair *pairs,
                          struct tend_score *scores)
{
    (void)ctx;
    (void)pairs;
    for (int64_t i = 0; i < n; i++)
        scores[i] = (struct tend_score){ 0.99999, T("they said so") };
    return TEND_OK;
}

static void the_surer_is_heard(void **state)
{
    struct world *w = *state;
    static const struct tend_matcher sure = { sizeof sure, "sure", NULL, always };
    tend_id ann = scrub_add(w, "Ann Lee", "home.city=Graz");
    tend_id bob = scrub_add(w, "Bob Lee", "home.city=Graz");
    struct tend_scrub found;

    scrub_add(w, "Cid Fox", "home.city=Linz");
    assert_int_equal(find(w, 0.9).n, 0);
    world_plugin(w, "sure", "matcher", &sure);
    found = find(w, 0.9);
    assert_true(has(&found, ann, bob));
    assert_string_equal(found.pair[0].reasons[found.pair[0].n_reasons - 1], "they said so");
}

static bool differ(const struct tend_scrub *found, tend_id a, tend_id b)
{
    for (int64_t i = 0; i < found->n; i++)
        if (found->pair[i].a == a && found->pair[i].b == b)
            return found->pair[i].names_differ;
    fail_msg("p%lld and p%lld are no pair", (long long)a, (long long)b);
    return false;
}

/* A letter may part two people: who shares no more than a telephone is not merged by it. */
static void one_letter_of_one_house(void **state)
{
    struct world *w = *state;
    tend_id peter = scrub_add(w, "Peter Huber", "phone=+43 664 5550190;home.city=Wels");
    tend_id petra = scrub_add(w, "Petra Huber", "phone=+43 664 5550190;home.city=Wels");
    tend_id ann = scrub_add(w, "Anna Lee", "email=ann@example.com");
    tend_id again = scrub_add(w, "Anne Lee", "email=ann@example.com");
    tend_id susi = scrub_add(w, "Susi Mayr", "phone=+43 664 5550191;home.city=Wels");
    tend_id susanne = scrub_add(w, "Susanne Mayr", "phone=+43 664 5550191;home.city=Wels");
    struct tend_scrub found = find(w, 0.01);

    assert_true(differ(&found, peter, petra));
    assert_false(differ(&found, ann, again));
    assert_false(differ(&found, susi, susanne));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(tiny_lists),   WORLD_TEST(people_with_nothing),
        WORLD_TEST(rows_that_are_equal), WORLD_TEST(ten_of_forty),
        WORLD_TEST(not_the_same_is_remembered), WORLD_TEST(the_surer_is_heard),
        WORLD_TEST(one_letter_of_one_house),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
