/* Who belongs together. Covers tend_scrub_cluster. */
#include "scrub_world.h"

/* Five people who have nothing; what they are to each other is told by the looks. */
struct five {
    struct tend_scrub_people people;
    struct tend_scrub_worth worth;
    struct tend_scrub_looks looks;
    struct tend_scrub_clusters clusters;
    uint32_t number[5];
};

static void five_people(struct world *w, struct five *five)
{
    static const char *const names[] = { "Ann Lee", "Bob Ray", "Cid Fox", "Dan Pim", "Eve Oak" };
    tend_id id[5];

    *five = (struct five){ .worth = { .prior = -6 } };
    for (int32_t i = 0; i < 5; i++)
        id[i] = scrub_add(w, names[i], NULL);
    scrub_load(w, &five->people);
    for (int32_t i = 0; i < 5; i++)
        five->number[i] = scrub_number(&five->people, id[i]);
}

/* In order of a, then b. */
static void say(struct five *five, int32_t a, int32_t b, double weight)
{
    TEND_PUSH(&five->looks.list, (struct tend_scrub_look){ five->number[a], five->number[b], 0,
                                                           (float)weight });
}

static void put_together(struct five *five)
{
    tend_scrub_cluster(&five->people, &five->worth, &five->looks, 0, &five->clusters);
}

static void finish(struct five *five)
{
    TEND_ARRAY_FINISH(&five->looks.list);
    TEND_ARRAY_FINISH(&five->clusters.pair);
    tend_scrub_people_finish(&five->people);
}

static void three_who_are_one(void **state)
{
    struct five five;

    five_people(*state, &five);
    say(&five, 0, 1, 5);
    say(&five, 0, 2, 4);
    say(&five, 1, 2, -1);       /* missed, and made up for by the others */
    put_together(&five);
    assert_int_equal(five.clusters.n, 1);
    assert_int_equal(five.clusters.pair.n, 3);
    finish(&five);
}

static void strangers_are_not_chained(void **state)
{
    struct five five;

    five_people(*state, &five);
    say(&five, 0, 1, 8);
    say(&five, 0, 2, -9);
    say(&five, 0, 3, -9);
    say(&five, 1, 2, 1);        /* the odd pair */
    say(&five, 1, 3, -9);
    say(&five, 2, 3, 8);
    put_together(&five);
    assert_int_equal(five.clusters.n, 2);
    assert_int_equal(five.clusters.pair.n, 2);
    finish(&five);
}

static void who_is_apart_is_kept_apart(void **state)
{
    struct five five;

    five_people(*state, &five);
    TEND_PUSH(&five.people.apart, (struct tend_pair){ five.number[0], five.number[2] });
    say(&five, 0, 1, 12);
    say(&five, 0, 2, TEND_SCRUB_APART);
    say(&five, 1, 2, 11);
    put_together(&five);
    assert_int_equal(five.clusters.n, 1);
    assert_int_equal(five.clusters.pair.n, 1);
    assert_int_equal(five.clusters.pair.at[0].look.a, five.number[0]);
    assert_int_equal(five.clusters.pair.at[0].look.b, five.number[1]);
    finish(&five);
}

static void nobody_is_like_another(void **state)
{
    struct five five;

    five_people(*state, &five);
    put_together(&five);
    assert_int_equal(five.clusters.n, 0);
    assert_int_equal(five.clusters.pair.n, 0);
    finish(&five);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(three_who_are_one),
        WORLD_TEST(strangers_are_not_chained),
        WORLD_TEST(who_is_apart_is_kept_apart),
        WORLD_TEST(nobody_is_like_another),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
