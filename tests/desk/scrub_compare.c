/* Each level of likeness. Covers tend_scrub_compare, tend_scrub_comparisons. */
#include "scrub_world.h"


/* Two people, and two more who make the fields worth a comparison. */
static int32_t level(struct world *w, const char *field, const char *name, const char *one,
                     const char *other_name, const char *other)
{
    struct tend_scrub_people people;
    tend_id a = scrub_add(w, name, one), b = scrub_add(w, other_name, other);
    int32_t comparison = 0, found;

    scrub_load(w, &people);
    if (strcmp(field, "name") != 0)
        comparison = (int32_t)scrub_field(&people, field) - TEND_SCRUB_OTHERS + 1;
    assert_in_range(comparison, 0, tend_scrub_comparisons(&people) - 1);
    found = tend_scrub_level(tend_scrub_compare(&people, scrub_number(&people, a),
                                                scrub_number(&people, b)), comparison);
    assert_int_equal(found, tend_scrub_level(tend_scrub_compare(&people,
                                                                scrub_number(&people, b),
                                                                scrub_number(&people, a)),
                                             comparison));
    tend_scrub_people_finish(&people);
    return found;
}

static int32_t names(struct world *w, const char *a, const char *b)
{
    return level(w, "name", a, NULL, b, NULL);
}

static void levels_of_names(void **state)
{
    struct world *w = *state;

    assert_int_equal(names(w, "Ann Lee", "ann LEE"), TEND_LIKE_NAME_SAME);
    assert_int_equal(names(w, "Lee Ann", "Ann Lee"), TEND_LIKE_NAME_TURNED);
    assert_int_equal(names(w, "Christina Huber", "Christine Huber"), TEND_LIKE_NAME_ALMOST);
    assert_int_equal(names(w, "Christina Huber", "Christine Hubert"), TEND_LIKE_NAME_NEAR);
    assert_int_equal(names(w, "Susi Mayr", "Susanne Mayr"), TEND_LIKE_NAME_ALMOST);
    assert_int_equal(names(w, "Susi Mayr", "Tom Mayr"), TEND_LIKE_NAME_FAMILY);
    assert_int_equal(names(w, "Ann", "Ann Lee"), TEND_LIKE_NAME_GIVEN_ALONE);
    assert_int_equal(names(w, "Bob Huber", "Zoe Huber"), TEND_LIKE_NAME_FAMILY);
    assert_int_equal(names(w, "Christina Wu", "Christina Ray"), TEND_LIKE_NAME_GIVEN);
    assert_int_equal(names(w, "Christina Wu", "Christine Ray"), TEND_LIKE_NAME_SOME);
    assert_int_equal(names(w, "Bob Wu", "Zoe Huber"), TEND_LIKE_NAME_OTHER);
}

static int32_t values(struct world *w, const char *field, const char *one, const char *other)
{
    char a[128], b[128];

    snprintf(a, sizeof a, "%s=%s", field, one);
    snprintf(b, sizeof b, "%s=%s", field, other);
    return level(w, field, "Ann Lee", a, "Bob Ray", b);
}

static void levels_of_texts(void **state)
{
    struct world *w = *state;

    scrub_add(w, "C C", "x.street=12 elm street");
    scrub_add(w, "D D", "x.street=7 oak road");
    assert_int_equal(values(w, "x.street", "12 Elm Street", "12 elm street"), TEND_LIKE_SAME);
    assert_int_equal(values(w, "x.street", "12 Elm Street", "12 Elm Stret"), TEND_LIKE_ALMOST);
    assert_int_equal(values(w, "x.street", "Elm Street", "12 Elm Street"), TEND_LIKE_ALMOST);
    assert_int_equal(values(w, "x.street", "12 Elm Street", "14 Elm Street"), TEND_LIKE_SOME);
    assert_int_equal(values(w, "x.street", "12 Elm Street", "9 Foch Quay"), TEND_LIKE_OTHER);
    assert_int_equal(level(w, "x.street", "Ann Lee", "x.street=12 elm street", "Bob Ray", NULL),
                     TEND_LIKE_UNKNOWN);
}

static void levels_of_dates(void **state)
{
    struct world *w = *state;

    scrub_add(w, "C C", "x.born=1950-01-02");
    scrub_add(w, "D D", "x.born=1950-01-02");
    scrub_add(w, "E E", "x.born=1933-11-12");
    assert_int_equal(values(w, "x.born", "1971-06-24", "19710624"), TEND_LIKE_SAME);
    assert_int_equal(values(w, "x.born", "1971-06-24", "1971-06-25"), TEND_LIKE_ALMOST);
    assert_int_equal(values(w, "x.born", "1971-06-04", "1971-04-06"), TEND_LIKE_ALMOST);
    assert_int_equal(values(w, "x.born", "1971-06-24", "1971-11-24"), TEND_LIKE_PART);
    assert_int_equal(values(w, "x.born", "1971-06-24", "1971-11-05"), TEND_LIKE_SOME);
    assert_int_equal(values(w, "x.born", "1971-06-24", "1958-11-05"), TEND_LIKE_OTHER);
}

static void levels_of_addresses_and_numbers(void **state)
{
    struct world *w = *state;

    scrub_add(w, "C C", "email=c@example.com;x.no=4711 22");
    scrub_add(w, "D D", "email=c@example.com;x.no=4711 22");
    scrub_add(w, "E E", "email=e@example.com;x.no=9999 10");
    assert_int_equal(values(w, "email", "ann@example.com", "ANN@example.com"), TEND_LIKE_SAME);
    assert_int_equal(values(w, "email", "ann@example.com", "ann@example.net"), TEND_LIKE_ALMOST);
    assert_int_equal(values(w, "email", "christina@example.com", "christine@mail.example"),
                     TEND_LIKE_PART);
    assert_int_equal(values(w, "email", "bob@example.com", "zoe.fox@mail.example"),
                     TEND_LIKE_OTHER);
    assert_int_equal(values(w, "x.no", "123456", "123465"), TEND_LIKE_ALMOST);
    assert_int_equal(values(w, "x.no", "43123456", "123456"), TEND_LIKE_ALMOST);
    assert_int_equal(values(w, "x.no", "123456", "123789"), TEND_LIKE_OTHER);
}

static void the_best_of_several(void **state)
{
    struct world *w = *state;

    scrub_add(w, "C C", "email=c@example.com");
    scrub_add(w, "D D", "email=c@example.com");
    assert_int_equal(level(w, "email", "Ann Lee", "email=x@example.com;email=ann@example.com",
                           "Bob Ray", "email=zzz@mail.example;email=ann@example.com"),
                     TEND_LIKE_SAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(levels_of_names), WORLD_TEST(levels_of_texts), WORLD_TEST(levels_of_dates),
        WORLD_TEST(levels_of_addresses_and_numbers), WORLD_TEST(the_best_of_several),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
