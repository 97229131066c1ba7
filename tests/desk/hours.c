/* Schedules: what can be written, what an instant has to do with it, and that a
 * slow walk minute by minute agrees, over changes of the clock too. */
#include "desk/hours.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static struct tend_hours read_hours(const char *text)
{
    struct tend_hours hours;
    struct tend_error err = { 0 };

    assert_int_equal(tend_hours_parse(tend_text_of(text), &hours, &err), TEND_OK);
    return hours;
}

static void test_forms(void **state)
{
    static const char *const forms[][2] = {
        { "18:00-21:30", "18:00-21:30" },
        { "mon-fri 18:00-21:30, sat 9:00-17:00", "mon-fri 18:00-21:30, sat 09:00-17:00" },
        { "weekdays after 17:00", "mon-fri 17:00-24:00" },
        { "weekdays after 5pm", "mon-fri 17:00-24:00" },
        { "before 9", "00:00-09:00" },
        { "Monday 9 - 12 14 to 18", "mon 09:00-12:00 14:00-18:00" },
        { "mon, wed, fri 18.00-21.00", "mon wed fri 18:00-21:00" },
        { "sat, sun", "sat sun" },
        { "mon-fri 18-21, weekends", "mon-fri 18:00-21:00, sat sun" },
        { "fri-mon 9am-noon", "mon fri-sun 09:00-12:00" },
        { "21:00-08:00", "21:00-08:00" },
        { "21:00\xe2\x80\x93" "08:00", "21:00-08:00" },
        { "sun-thu 21:00-8:00, fri sat 23:00-10:00",
          "mon-thu sun 21:00-08:00, fri sat 23:00-10:00" },
        { "18:00-midnight", "18:00-24:00" },
        { "0:00-24:00", "mon-sun" },
        { "off", "off" },
        { "", "off" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct tend_hours hours = read_hours(forms[i][0]), again;
        struct tend_buffer out = { 0 };

        tend_hours_say(&out, &hours);
        assert_string_equal(out.at, forms[i][1]);
        again = read_hours(out.at);             /* what is said can be read */
        assert_memory_equal(&again, &hours, sizeof hours);
        tend_buffer_finish(&out);
    }
}

static void test_refused(void **state)
{
    static const char *const bad[] = {
        "late", "9:00", "9:00-", "-9:00", "9:00-25:00", "9:60-10:00", "mon-xyz 9:00-10:00",
        "9:00-9:00", "13pm-14pm", "0am-3am", "after", "after 24:00", "before 0:00", "m 9-10", "and",
        "1000-1100", "9-10-11",
    };
    struct tend_buffer many = { 0 };
    struct tend_hours hours;
    struct tend_error err = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(tend_hours_parse(tend_text_of(bad[i]), &hours, &err), TEND_INVALID);
        assert_int_equal(hours.n, 0);
        assert_non_null(strstr(err.text, "hours are written"));
    }
    for (int i = 0; i < 40; i++)
        tend_buffer_adds(&many, "9-10 ");
    assert_int_equal(tend_hours_parse(tend_buffer_text(&many), &hours, &err), TEND_INVALID);
    assert_non_null(strstr(err.text, "too many hours"));
    tend_buffer_finish(&many);
}

static void test_weekdays(void **state)
{
    struct tend_hours hours = read_hours("fri 22:00-02:00, sun");

    (void)state;
    for (int32_t day = 1; day <= 7; day++)
        assert_int_equal(tend_hours_weekday(&hours, day), day == 5 || day == 7);
}

/* What the wall shows, and nothing else. */
static bool slowly(const struct tend_hours *hours, const struct tend_zone *zone, int64_t at)
{
    struct tend_civil c = tend_zone_civil(zone, at);
    int64_t minute = c.hour * 60 + c.minute;
    int32_t today = tend_date_weekday(tend_date_days(c.year, c.month, c.day)) - 1;

    for (int32_t i = 0; i < hours->n; i++)
        for (int64_t m = hours->span[i].from; m < hours->span[i].to; m++)
            if (m % 1440 == minute && (hours->span[i].days >> ((today + 7 - m / 1440) % 7) & 1))
                return true;
    return false;
}

static void test_walk(void **state)
{
    static const char *const zones[] = { "Europe/Vienna", "America/New_York", "Asia/Kolkata",
                                         "Australia/Lord_Howe", "Pacific/Apia", "UTC" };
    static const char *const texts[] = { "21:00-08:00", "mon-fri 18:00-21:30, sat 9-17",
                                         "22:30-02:30", "2:15-2:45", "fri 23:00-14:00", "off" };
    static const int32_t days[][3] = { { 2026, 3, 28 }, { 2026, 10, 24 }, { 2026, 3, 7 },
                                       { 2026, 10, 31 }, { 2026, 4, 4 }, { 2011, 12, 29 } };

    (void)state;
    for (size_t z = 0; z < 6; z++)
        for (size_t t = 0; t < 6; t++)
            for (size_t d = 0; d < 6; d++) {
                struct tend_hours hours = read_hours(texts[t]);
                const struct tend_zone *zone;
                struct tend_error err;
                int64_t at, next;

                if (tend_zone_open(zones[z], &zone, &err) != TEND_OK)
                    continue;
                at = tend_date_days(days[d][0], days[d][1], days[d][2]) * 24 * TEND_HOUR;
                next = at;
                for (int64_t end = at + 72 * TEND_HOUR; at < end; at += TEND_MINUTE) {
                    bool in = slowly(&hours, zone, at);

                    if (at >= next) {
                        next = tend_hours_change(&hours, zone, at);
                        assert_true(next > at && next <= at + 49 * TEND_HOUR);
                    }
                    assert_int_equal(tend_hours_has(&hours, zone, at), in);
                    /* between two changes nothing changes */
                    if (at + TEND_MINUTE < next)
                        assert_int_equal(slowly(&hours, zone, at + TEND_MINUTE), in);
                }
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_weekdays), cmocka_unit_test(test_walk),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
