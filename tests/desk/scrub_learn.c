/* Weights move the way they should, from a list where ten are here twice.
 * Covers tend_scrub_learn. */
#include "scrub_world.h"

static void learn(struct world *w, struct tend_scrub_people *people, struct tend_scrub_worth *worth)
{
    struct tend_scrub_pairs pairs;

    scrub_load(w, people);
    assert_int_equal(tend_scrub_pairs_find(people, &pairs, &w->err), TEND_OK);
    assert_int_equal(tend_scrub_learn(people, &pairs, worth, &w->err), TEND_OK);
    tend_free(pairs.at);
}

static void what_is_the_same_speaks_for_it(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_worth worth;
    int64_t email, city;

    scrub_list(w);
    learn(w, &people, &worth);
    email = scrub_field(&people, "email") - TEND_SCRUB_OTHERS + 1;
    city = scrub_field(&people, "home.city") - TEND_SCRUB_OTHERS + 1;
    assert_true(worth.weight[0][TEND_LIKE_NAME_SAME] > 2);
    assert_true(worth.weight[0][TEND_LIKE_NAME_OTHER] < -2);
    assert_true(worth.weight[email][TEND_LIKE_SAME] > 2);
    assert_true(worth.weight[email][TEND_LIKE_OTHER] < 0);
    assert_true(worth.weight[email][TEND_LIKE_SAME] > worth.weight[city][TEND_LIKE_SAME]);
    assert_true(worth.prior < 0);
    tend_scrub_people_finish(&people);
}

static void shares_add_up(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_worth worth;

    scrub_list(w);
    learn(w, &people, &worth);
    for (int32_t c = 0; c < tend_scrub_comparisons(&people); c++) {
        double sum = 0;

        for (int32_t l = 1; l < TEND_SCRUB_LEVELS; l++)
            sum += worth.same[c][l];
        assert_float_equal(sum, 1, c == 0 ? 0.5F : 1e-5F);
    }
    tend_scrub_people_finish(&people);
}

static void the_same_at_every_run(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_worth one, other;

    scrub_list(w);
    learn(w, &people, &one);
    tend_scrub_people_finish(&people);
    learn(w, &people, &other);
    tend_scrub_people_finish(&people);
    assert_memory_equal(one.weight, other.weight, sizeof one.weight);
}

static void nobody_and_two(void **state)
{
    struct world *w = *state;

    for (int32_t n = 0; n < 3; n++) {
        struct tend_scrub_people people;
        struct tend_scrub_worth worth;

        learn(w, &people, &worth);
        assert_true(worth.prior <= 0);
        tend_scrub_people_finish(&people);
        scrub_add(w, "Ann Lee", NULL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(what_is_the_same_speaks_for_it),
        WORLD_TEST(shares_add_up),
        WORLD_TEST(the_same_at_every_run),
        WORLD_TEST(nobody_and_two),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
