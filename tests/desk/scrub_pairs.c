/* Who is worth a look. Covers tend_scrub_pairs_find. */
#include "scrub_world.h"

static bool is_looked_at(const struct tend_scrub_people *people,
                         const struct tend_scrub_pairs *pairs, tend_id a, tend_id b)
{
    uint64_t pair = (uint64_t)scrub_number(people, a) << 32 | scrub_number(people, b);

    for (int64_t i = 0; i < pairs->n; i++)
        if (pairs->at[i] == pair)
            return true;
    return false;
}

static void find(struct world *w, struct tend_scrub_people *people, struct tend_scrub_pairs *pairs)
{
    scrub_load(w, people);
    assert_int_equal(tend_scrub_pairs_find(people, pairs, &w->err), TEND_OK);
    for (int64_t i = 0; i < pairs->n; i++) {
        assert_true(pairs->at[i] >> 32 < (pairs->at[i] & UINT32_MAX));
        assert_true(i == 0 || pairs->at[i - 1] < pairs->at[i]);
    }
}

static void finish(struct tend_scrub_people *people, struct tend_scrub_pairs *pairs)
{
    tend_scrub_people_finish(people);
    tend_free(pairs->at);
}

static void who_shares_something(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_pairs pairs;
    tend_id ann = scrub_add(w, "Ann Lee", "phone=+43 664 5550101;email=ann@example.com");
    tend_id bob = scrub_add(w, "Bob Ray", "phone=+43 664 5550101;email=bob@example.com");
    tend_id turned = scrub_add(w, "Lee, Ann", "email=other@example.com");
    tend_id sound = scrub_add(w, "Zoe Rey", "email=zoe@example.com");
    tend_id local = scrub_add(w, "Kim Fox", "email=ann@example.net");
    tend_id same = scrub_add(w, "Kim Wu", "email=ann@example.com");

    find(w, &people, &pairs);
    assert_true(is_looked_at(&people, &pairs, ann, bob));
    assert_true(is_looked_at(&people, &pairs, ann, turned));
    assert_true(is_looked_at(&people, &pairs, bob, sound));
    assert_true(is_looked_at(&people, &pairs, ann, local));
    assert_true(is_looked_at(&people, &pairs, ann, same));
    assert_false(is_looked_at(&people, &pairs, turned, local));
    finish(&people, &pairs);
}

static void slips_in_a_date(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_pairs pairs;
    tend_id a = scrub_add(w, "Ann Lee", "x.born=1971-06-24");
    tend_id day = scrub_add(w, "Bob Ray", "x.born=1971-06-14");
    tend_id month = scrub_add(w, "Cid Fox", "x.born=1971-08-24");
    tend_id year = scrub_add(w, "Dan Pim", "x.born=1981-06-24");
    tend_id other = scrub_add(w, "Eve Oak", "x.born=1955-01-02");

    scrub_add(w, "Fay Elm", "x.born=1955-01-02");
    find(w, &people, &pairs);
    assert_true(is_looked_at(&people, &pairs, a, day));
    assert_true(is_looked_at(&people, &pairs, a, month));
    assert_false(is_looked_at(&people, &pairs, a, other));
    (void)year;
    finish(&people, &pairs);
}

/* A city that all share pairs nobody; with the family name it does. */
static void a_crowd_tells_nobody_apart(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_pairs pairs;
    tend_id first = 0, last = 0;

    for (int32_t i = 0; i < 150; i++) {
        char name[32];

        snprintf(name, sizeof name, "G%c%c Lee%s", 'a' + i / 26, 'a' + i % 26,
                 i == 0 || i == 149 ? "mann" : "");
        last = scrub_add(w, name, i % 2 ? "home.city=Graz;phone=+43 664 5550101"
                                        : "home.city=Linz;phone=+43 664 5550101");
        first = first ? first : last;
    }
    find(w, &people, &pairs);
    assert_int_equal(pairs.crowds, 1);
    assert_true(is_looked_at(&people, &pairs, first, last));
    assert_in_range(pairs.n, 1, 3000);
    finish(&people, &pairs);
}

static void tiny_lists(void **state)
{
    struct world *w = *state;

    for (int32_t n = 0; n < 4; n++) {
        struct tend_scrub_people people;
        struct tend_scrub_pairs pairs;

        find(w, &people, &pairs);
        assert_int_equal(pairs.n, n * (n - 1) / 2);
        finish(&people, &pairs);
        scrub_add(w, "Ann Lee", NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(who_shares_something),
        WORLD_TEST(slips_in_a_date),
        WORLD_TEST(a_crowd_tells_nobody_apart),
        WORLD_TEST(tiny_lists),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
