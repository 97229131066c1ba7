/* What scrub is sure of is merged. Covers tend_scrub_apply, tend_scrub_stays. */
#include "desk/scrub_apply.h"
#include "scrub_world.h"

static struct tend_scrub_pair pair(tend_id a, tend_id b, int64_t cluster, bool names_differ)
{
    return (struct tend_scrub_pair){ .a = a, .b = b, .score = 0.99, .cluster = cluster,
                                     .names_differ = names_differ };
}

static struct tend_scrub_applied apply(struct world *w, struct tend_scrub_pair *pairs, int64_t n)
{
    struct tend_scrub found = { .pair = pairs, .n = n };
    struct tend_scrub_applied applied;

    world_begin(w);
    assert_int_equal(tend_scrub_apply(&w->desk, &w->deed, &found, &applied), TEND_OK);
    world_end(w);
    world_done(w);
    return applied;
}

static tend_id into(struct world *w, tend_id person)
{
    struct tend_value v[TEND_N_person];

    assert_int_equal(tend_row_read(w->store, TEND_T_person, person, &w->arena, v, NULL), TEND_OK);
    return v[TEND_C_person_merged].i;
}

static void clusters_become_people(void **state)
{
    struct world *w = *state;
    tend_id a = scrub_add(w, "Ann Lee", NULL), b = scrub_add(w, "Ann Lee", "home.city=Graz");
    tend_id c = scrub_add(w, "Ann Lee", NULL), d = scrub_add(w, "Bob Ray", NULL);
    tend_id e = scrub_add(w, "Bob Ray", NULL);
    struct tend_scrub_pair pairs[] = { pair(a, b, 1, false), pair(a, c, 1, false),
                                       pair(b, c, 1, false), pair(d, e, 2, false) };
    struct tend_scrub_applied applied = apply(w, pairs, 4);

    assert_int_equal(applied.merged, 3);
    assert_int_equal(applied.clusters, 2);
    assert_int_equal(applied.left, 0);
    assert_int_equal(into(w, a), b);        /* of whom more is known */
    assert_int_equal(into(w, c), b);
    assert_int_equal(into(w, e), d);        /* the older */
    world_undo(w);
    assert_int_equal(into(w, a), 0);
    assert_int_equal(into(w, e), 0);
}

static void another_name_is_left(void **state)
{
    struct world *w = *state;
    tend_id a = scrub_add(w, "Ann Lee", NULL), b = scrub_add(w, "Tobias Lee", NULL);
    tend_id c = scrub_add(w, "Ann Lee", NULL);
    struct tend_scrub_pair pairs[] = { pair(a, b, 1, true), pair(a, c, 1, false),
                                       pair(b, c, 1, true) };
    struct tend_scrub_applied applied = apply(w, pairs, 3);

    assert_int_equal(applied.merged, 1);
    assert_int_equal(applied.left, 1);
    assert_int_equal(into(w, b), 0);
    assert_int_equal(into(w, c), a);
}

static void me_stays(void **state)
{
    struct world *w = *state;
    tend_id two[2] = { scrub_add(w, "Ann Lee", "home.city=Graz;email=ann@example.com"),
                       tend_store_me(w->store) };
    int64_t best;

    assert_int_equal(tend_scrub_stays(w->store, two, 2, &best), TEND_OK);
    assert_int_equal(best, 1);
}

static void nothing_to_do(void **state)
{
    struct world *w = *state;
    struct tend_scrub_applied applied = apply(w, NULL, 0);

    assert_int_equal(applied.merged + applied.clusters + applied.left, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(clusters_become_people),
        WORLD_TEST(another_name_is_left),
        WORLD_TEST(me_stays),
        WORLD_TEST(nothing_to_do),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
