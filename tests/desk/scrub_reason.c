/* Reasons in words. Covers tend_scrub_reason. */
#include "scrub_world.h"

static void what_speaks_for_it_first(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_worth worth = { 0 };
    tend_id a = scrub_add(w, "Ann Lee", "email=ann@example.com;csv.date_of_birth=1971-06-24");
    tend_id b = scrub_add(w, "Ann Lee", "email=ann@example.com;csv.date_of_birth=1958-11-05");
    struct tend_scrub_look look;
    int64_t email, born;

    scrub_add(w, "Bob Ray", "email=bob@example.com;csv.date_of_birth=1958-11-05");
    scrub_load(w, &people);
    email = scrub_field(&people, "email") - TEND_SCRUB_OTHERS + 1;
    born = scrub_field(&people, "csv.date_of_birth") - TEND_SCRUB_OTHERS + 1;
    worth.weight[0][TEND_LIKE_NAME_SAME] = 5;
    worth.weight[email][TEND_LIKE_SAME] = 9;
    worth.weight[born][TEND_LIKE_OTHER] = -3;
    look = tend_scrub_look_at(&people, &worth, scrub_number(&people, a), scrub_number(&people, b));
    assert_true(tend_text_is(tend_scrub_reason(&people, &worth, &look, &w->arena),
                             "the same e-mail, the same name; but another date of birth"));
    tend_scrub_people_finish(&people);
}

static void nothing_to_say(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_worth worth = { 0 };
    tend_id a = scrub_add(w, "Ann Lee", NULL), b = scrub_add(w, "Bob Ray", NULL);
    struct tend_scrub_look look;

    scrub_load(w, &people);
    look = tend_scrub_look_at(&people, &worth, scrub_number(&people, a), scrub_number(&people, b));
    assert_int_equal(tend_scrub_reason(&people, &worth, &look, &w->arena).len, 0);
    tend_scrub_people_finish(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(what_speaks_for_it_first),
        WORLD_TEST(nothing_to_say),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
