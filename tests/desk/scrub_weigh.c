/* What a likeness is worth together. Covers tend_scrub_weigh, tend_scrub_look_at,
 * tend_scrub_part, tend_scrub_rare, tend_scrub_bin, tend_scrub_is_place. */
#include "scrub_world.h"
#include <math.h>

static void a_rare_name_is_worth_more(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_look common = { 0 }, rare = { 0 };
    tend_id first[2] = { 0 }, second[2] = { 0 };

    for (int32_t i = 0; i < 8; i++) {
        second[0] = scrub_add(w, "Ann Huber", NULL);
        first[0] = first[0] ? first[0] : second[0];
    }
    first[1] = scrub_add(w, "Zelda Quast", NULL);
    second[1] = scrub_add(w, "Zelda Quast", NULL);
    scrub_load(w, &people);
    for (int32_t i = 0; i < 2; i++) {
        struct tend_scrub_look *look = i ? &rare : &common;

        look->a = scrub_number(&people, first[i]);
        look->b = scrub_number(&people, second[i]);
        look->levels = tend_scrub_compare(&people, look->a, look->b);
    }
    assert_true(tend_scrub_rare(&people, &rare, 0) > tend_scrub_rare(&people, &common, 0) + 1);
    tend_scrub_people_finish(&people);
}

/* What a household shares is never worth more together than it was learned to be. */
static void a_household_is_one_thing(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_worth worth = { .prior = -5, .place_learned = true };
    tend_id a = scrub_add(w, "Ann Lee", "home.city=Graz;home.street=Oak 1");
    tend_id b = scrub_add(w, "Bob Ray", "home.city=Graz;home.street=Oak 1");
    struct tend_scrub_look look;
    double sum = worth.prior;

    scrub_add(w, "Cid Fox", "home.city=Linz;home.street=Elm 7");
    scrub_load(w, &people);
    for (int32_t c = 1; c < tend_scrub_comparisons(&people); c++) {
        assert_true(tend_scrub_is_place(&people, c));
        worth.weight[c][TEND_LIKE_SAME] = 6;
    }
    for (int32_t i = 0; i < TEND_SCRUB_BINS; i++)
        worth.place[i] = 2;
    look = tend_scrub_look_at(&people, &worth, scrub_number(&people, b), scrub_number(&people, a));
    assert_true(look.a < look.b);
    assert_float_equal(look.weight, -3, 1e-4);
    worth.place_learned = false;
    look = tend_scrub_look_at(&people, &worth, look.a, look.b);
    assert_true(look.weight > 5);
    for (int32_t c = 0; c < tend_scrub_comparisons(&people); c++)
        sum += tend_scrub_part(&people, &worth, &look, c);
    assert_true(fabs((double)look.weight - sum) < 1e-4);
    tend_scrub_people_finish(&people);
}

static void bins_end_somewhere(void **state)
{
    (void)state;
    assert_int_equal(tend_scrub_bin(-1000), 0);
    assert_int_equal(tend_scrub_bin(1000), TEND_SCRUB_BINS - 1);
    assert_true(tend_scrub_bin(0) < tend_scrub_bin(3));
}

static void all_pairs_are_weighed(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_pairs pairs;
    struct tend_scrub_worth worth;
    struct tend_scrub_looks looks = { { 0 } };

    scrub_list(w);
    scrub_load(w, &people);
    assert_int_equal(tend_scrub_pairs_find(&people, &pairs, &w->err), TEND_OK);
    assert_int_equal(tend_scrub_learn(&people, &pairs, &worth, &w->err), TEND_OK);
    assert_int_equal(tend_scrub_weigh(&people, &pairs, &worth, &looks, &w->err), TEND_OK);
    assert_int_equal(looks.list.n, pairs.n);
    for (int64_t i = 0; i < pairs.n; i++)
        assert_true(pairs.at[i] == ((uint64_t)looks.list.at[i].a << 32 | looks.list.at[i].b));
    TEND_ARRAY_FINISH(&looks.list);
    tend_free(pairs.at);
    tend_scrub_people_finish(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(a_rare_name_is_worth_more),
        WORLD_TEST(a_household_is_one_thing),
        cmocka_unit_test(bins_end_somewhere),
        WORLD_TEST(all_pairs_are_weighed),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
