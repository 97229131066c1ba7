/* Covers tend_span_parse, tend_window_parse, tend_span_day, tend_span_instant. */
#include "base/span.h"
#include "base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
/* cmocka wants the four above first */
#include <cmocka.h>

static struct tend_error err;

static struct tend_span span(const char *text)
{
    struct tend_span out;

    assert_int_equal(tend_span_parse(tend_text_of(text), &out, &err), TEND_OK);
    return out;
}

static const struct tend_zone *vienna(void)
{
    const struct tend_zone *zone;

    assert_int_equal(tend_zone_open("Europe/Vienna", &zone, &err), TEND_OK);
    return zone;
}

static int64_t at(const char *text)
{
    int64_t instant;
    bool local;

    assert_true(tend_instant_parse(tend_text_of(text), &instant, &local));
    return instant;
}

static void spans_are_read(void **state)
{
    (void)state;
    assert_int_equal(span("3d").days, 3);
    assert_int_equal(span("2w").days, 14);
    assert_int_equal(span("-14d").days, -14);
    assert_int_equal(span("+1m").months, 1);
    assert_int_equal(span("1y").months, 12);
    assert_int_equal(span("72h").elapsed, 72 * TEND_HOUR);
    assert_int_equal(span("30min").elapsed, 30 * TEND_MINUTE);
    assert_int_equal(span("3 days").days, 3);
}

static void what_is_no_span_is_refused(void **state)
{
    const char *const bad[] = { "", "d", "3", "3x", "3d4", "d3", "1234567d", "3 d d", "--3d" };
    struct tend_span out;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(tend_span_parse(tend_text_of(bad[i]), &out, &err), TEND_INVALID);
        assert_non_null(strstr(err.text, "3d"));
    }
}

static void windows_are_read(void **state)
{
    struct tend_window window;

    (void)state;
    assert_int_equal(tend_window_parse(tend_text_of("2d..7d"), &window, &err), TEND_OK);
    assert_int_equal(window.min.days, 2);
    assert_int_equal(window.max.days, 7);
    assert_int_equal(tend_window_parse(tend_text_of("1w"), &window, &err), TEND_OK);
    assert_int_equal(window.min.days, 7);
    assert_int_equal(window.max.days, 7);
    assert_int_equal(tend_window_parse(tend_text_of("7d..2d"), &window, &err), TEND_INVALID);
    assert_non_null(strstr(err.text, "closes before it opens"));
    assert_int_equal(tend_window_parse(tend_text_of("-1000y..1000y"), &window, &err), TEND_OK);
    assert_int_equal(tend_window_parse(tend_text_of("0d..333330y"), &window, &err), TEND_INVALID);
    assert_non_null(strstr(err.cause[0], "1000 years"));
    assert_int_equal(tend_window_parse(tend_text_of("-999999w..1d"), &window, &err), TEND_INVALID);
    assert_int_equal(tend_window_parse(tend_text_of("2d..x"), &window, &err), TEND_INVALID);
    assert_int_equal(tend_window_parse(tend_text_of("3d.."), &window, &err), TEND_INVALID);
    assert_int_equal(tend_window_parse(tend_text_of("..3d"), &window, &err), TEND_INVALID);
}

/* Three days over the change to summer time keep the wall time, 72 hours do not. */
static void days_are_local_and_hours_elapsed(void **state)
{
    int64_t anchor = at("2026-03-27T19:00:00+01:00");
    struct tend_span days = span("3d"), hours = span("72h"), month = span("1m");

    (void)state;
    assert_int_equal(tend_span_instant(&days, vienna(), anchor), at("2026-03-30T19:00:00+02:00"));
    assert_int_equal(tend_span_instant(&hours, vienna(), anchor), at("2026-03-30T20:00:00+02:00"));
    assert_int_equal(tend_span_day(&days, vienna(), anchor), tend_date_days(2026, 3, 30));
    anchor = at("2026-01-31T12:00:00+01:00");
    assert_int_equal(tend_span_day(&month, vienna(), anchor), tend_date_days(2026, 2, 28));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_are_read),
        cmocka_unit_test(what_is_no_span_is_refused),
        cmocka_unit_test(windows_are_read),
        cmocka_unit_test(days_are_local_and_hours_elapsed),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
