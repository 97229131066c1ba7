/* What a filter may not be, and where it says so: tend_filter_check,
 * tend_filter_def, tend_filter_nearest, tend_filter_sortable,
 * tend_filter_well_known. */
#include "fixture.h"
#include "store/filter_parts.h"

struct refusal {
    const char *filter;
    int64_t at;                 /* the first byte of what is wrong */
    const char *says;
};

/* tend_filter_check */
static void refuses(void **state)
{
    static const struct refusal cases[] = {
        { "stge:listed", 0, "did you mean \"stage:\"?" },
        { "ann stge:listed", 4, "column 5" },
        { "tag:", 4, "a value is missing" },
        { "tag:a,", 6, "a value is missing" },
        { "not", 0, "after \"not\"" },
        { "ann not", 4, "after \"not\"" },
        { "tag:\"open", 4, "not closed" },
        { "has:emial", 4, "did you mean email?" },
        { "has:luck", 4, "takes email, phone" },
        { "archived:maybe", 9, "yes, no or any" },
        { "touched:soon", 8, "is no day" },
        { "touched:..", 8, "one end at least" },
        { "touched:today..-3d", 8, "ends before it begins" },
        { "touched:-3h", 8, "is no day" },
        { "added:2026-02-30", 6, "is no day" },
        { "id:x", 3, "is no number" },
        { "id:5..2", 3, "ends before it begins" },
        { "sort:nme", 5, "did you mean name?" },
        { "not sort:name", 4, "takes one key" },
        { "sort:name,id", 0, "takes one key" },
        { "ann\xff", 0, "UTF-8" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_arena arena = { 0 };
        struct tend_error err = { 0 };
        struct tend_filter *filter;
        const struct tend_zone *zone;
        int64_t at = -1, len = 0;

        assert_int_equal(tend_zone_open("UTC", &zone, &err), TEND_OK);
        assert_int_equal(tend_filter_check(tend_text_of(cases[i].filter), FIXTURE_NOW, zone, &arena,
                                           &filter, &err, &at, &len), TEND_INVALID);
        if (strstr(err.text, cases[i].says) == NULL || at != cases[i].at || len < 1)
            fail_msg("%s: at %lld: %s", cases[i].filter, (long long)at, err.text);
        tend_arena_finish(&arena);
    }
}

/* tend_filter_check: as many words as it takes, and as a database takes */
static void many(void **state)
{
    struct fixture fixture, *fx = &fixture;
    struct tend_buffer text = { 0 };
    struct tend_filter *filter;
    int64_t n;

    (void)state;
    fixture_memory(fx);
    tend_buffer_adds(&text, "\"");
    for (int i = 0; i < 100; i++)
        tend_buffer_adds(&text, "\xef\xb7\xba ");   /* one sign that folds to four words */
    tend_buffer_adds(&text, "\" tag:a");
    for (int i = 0; i < 90; i++)
        tend_buffer_adds(&text, ",a");
    OK(tend_filter_parse(tend_buffer_text(&text), FIXTURE_NOW, tend_store_zone(fx->store),
                         &fx->arena, &filter, &fx->err));
    OK(tend_filter_count(fx->store, filter, &n));
    assert_int_equal(n, 0);
    for (int i = 0; i < 90; i++)
        tend_buffer_adds(&text, " a");
    assert_int_equal(tend_filter_parse(tend_buffer_text(&text), FIXTURE_NOW,
                                       tend_store_zone(fx->store), &fx->arena, &filter, &fx->err),
                     TEND_INVALID);
    assert_non_null(strstr(fx->err.text, "no more than"));
    tend_buffer_finish(&text);
    fixture_end(fx);
}

/* tend_filter_check: thousands of numbers are one list; more are refused in words */
static void many_ids(void **state)
{
    struct fixture fixture, *fx = &fixture;
    struct tend_buffer text = { 0 };
    struct tend_filter *filter;
    int64_t n;

    (void)state;
    fixture_memory(fx);
    tend_buffer_adds(&text, "id:1..2");
    for (int i = 1; i <= 5000; i++)
        tend_buffer_addf(&text, ",%d", i);
    OK(tend_filter_parse(tend_buffer_text(&text), FIXTURE_NOW, tend_store_zone(fx->store),
                         &fx->arena, &filter, &fx->err));
    OK(tend_filter_count(fx->store, filter, &n));
    for (int i = 1; i <= 5001; i++)
        tend_buffer_addf(&text, ",%d", i);
    assert_int_equal(tend_filter_parse(tend_buffer_text(&text), FIXTURE_NOW,
                                       tend_store_zone(fx->store), &fx->arena, &filter, &fx->err),
                     TEND_INVALID);
    assert_non_null(strstr(fx->err.text, "no more than 10000 numbers"));
    tend_buffer_finish(&text);
    fixture_end(fx);
}

/* tend_filter_check: days are of the zone, and far ones do no harm */
static void days(void **state)
{
    struct tend_arena arena = { 0 };
    struct tend_error err = { 0 };
    struct tend_filter *filter;
    const struct tend_zone *zone;

    (void)state;
    assert_int_equal(tend_zone_open("America/New_York", &zone, &err), TEND_OK);
    assert_int_equal(tend_filter_parse(TEND_TEXT("added:today"), FIXTURE_NOW, zone, &arena, &filter,
                                       &err), TEND_OK);
    /* 22 Nov 00:00 UTC is still the 21st there, which began at 05:00 UTC */
    assert_int_equal(filter->term[0].value[0].lo, FIXTURE_NOW - 19 * TEND_HOUR);
    assert_int_equal(filter->term[0].value[0].hi, FIXTURE_NOW + 5 * TEND_HOUR);
    assert_int_equal(tend_filter_parse(TEND_TEXT("added:-30000d..+30000d"), FIXTURE_NOW, zone,
                                       &arena, &filter, &err), TEND_OK);
    tend_arena_finish(&arena);
}

/* tend_filter_def, nearest, sortable, well_known */
static void words(void **state)
{
    (void)state;
    assert_int_equal(tend_filter_def(TEND_TEXT("tag"))->what, TEND_FILTER_TAG);
    assert_null(tend_filter_def(TEND_TEXT("warmth")));
    assert_string_equal(tend_filter_nearest(TEND_TEXT("tuched"), false), "touched");
    assert_string_equal(tend_filter_nearest(TEND_TEXT("famly"), true), "family");
    assert_null(tend_filter_nearest(TEND_TEXT("zzzzz"), false));
    assert_true(tend_filter_sortable(TEND_TEXT("due")));
    assert_false(tend_filter_sortable(TEND_TEXT("tag")));
    assert_true(tend_filter_well_known(TEND_TEXT("club.nr")));
    assert_true(tend_filter_well_known(TEND_TEXT("interest")));
    assert_false(tend_filter_well_known(TEND_TEXT("luck")));
}

/* tend_filter_compile: what was typed is a parameter, never text */
static void parameters(void **state)
{
    struct tend_arena arena = { 0 };
    struct tend_error err = { 0 };
    struct tend_filter *filter;
    struct tend_filter_sql sql = { 0 };
    const struct tend_zone *zone;

    (void)state;
    assert_int_equal(tend_zone_open("UTC", &zone, &err), TEND_OK);
    assert_int_equal(tend_filter_parse(TEND_TEXT("tag:evil1 evil2 evil.3:evil4 stage.evil5:evil6 "
                                                 "sort:evil.7"), FIXTURE_NOW, zone, &arena, &filter,
                                       &err), TEND_OK);
    tend_filter_compile(filter, "p.id", 1, true, 0, 5, &arena, &sql);
    assert_null(strstr(sql.text.at, "evil"));
    assert_null(strstr(sql.text.at, "LIKE"));
    assert_true(sql.param.n >= 7);
    tend_filter_sql_finish(&sql);
    tend_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses),
        cmocka_unit_test(many), cmocka_unit_test(many_ids),
        cmocka_unit_test(days),
        cmocka_unit_test(words),
        cmocka_unit_test(parameters),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
