/* Times of people in other zones: tend_local_of, tend_local_say,
 * tend_local_say_both, tend_local_ahead. It is Sat 21 Nov 2026, 11:05 in Vienna. */
#include "check.h"
#include "shell/local.h"

static void people(struct check_shell *t)
{
    RUN(t, "config zone=Europe/Vienna", 0);
    RUN(t, "add Bob zone=Asia/Tokyo", 0);
    RUN(t, "add Ann", 0);
}

/* plan, snooze, log next=: the moment is the user's, what is kept is theirs */
static void planned(void **state)
{
    static const struct {
        const char *line, *says, *opens;
    } cases[] = {
        { "plan bob call +1h", "Sat 21 Nov 12:05 (Sat 21 Nov 20:05 Asia/Tokyo)",
          "2026-11-21T20:05:00+09:00" },
        { "plan bob call mon 20:00", "Mon 23 Nov 20:00 (Tue 24 Nov 04:00 Asia/Tokyo)",
          "2026-11-24T04:00:00+09:00" },
        { "plan bob call 2026-12-01T15:00+09:00", "Tue 1 Dec 07:00 (Tue 1 Dec 15:00 Asia/Tokyo)",
          "2026-12-01T15:00:00+09:00" },
        { "plan bob call mon", "Mon 23 Nov (Asia/Tokyo)", "2026-11-23T00:00:00+09:00" },
        { "plan ann call mon 20:00", "Mon 23 Nov 20:00 (t5)", "2026-11-23T20:00:00+01:00" },
        { "snooze t5 tue 9:00", "put off to Tue 24 Nov 09:00.", "2026-11-24T09:00:00+01:00" },
        { "snooze t1 mon 20:00", "Mon 23 Nov 20:00 (Tue 24 Nov 04:00 Asia/Tokyo)",
          "2026-11-24T04:00:00+09:00" },
        { "log bob call next=\"tue 20:00\"", "Tue 24 Nov 20:00 (Wed 25 Nov 04:00 Asia/Tokyo)",
          "2026-11-25T04:00:00+09:00" },
    };
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RUN(&t, cases[i].line, 0);
        SAYS(t.out, cases[i].says);
        RUN(&t, "due --all --json", 0);
        SAYS(t.out, cases[i].opens);
    }
    RUN(&t, "due --all", 0);
    SAYS(t.out, "2026-11-23 20:00");
    assert_null(strstr(t.out, "04:00"));
    t.shell.width = 120;
    RUN(&t, "due --all", 0);
    SAYS(t.out, "Mon 23 Nov 20:00");
    t.shell.width = 0;
    RUN(&t, "history", 0);
    SAYS(t.out, "b2\t2026-11-21 11:05\t");
    check_close(&t);
}

/* tend_local_of: a day that is over there is the day that they have */
static void days(void **state)
{
    struct check_shell t;
    struct tend_when when;
    struct tend_token token = { .text = TEND_TEXT("today"), .len = 5 };
    const struct tend_zone *tokyo;

    (void)state;
    check_open(&t);
    t.shell.options.now = "2026-11-21T20:10:00+01:00";
    people(&t);
    assert_int_equal(tend_zone_open("Asia/Tokyo", &tokyo, &t.shell.err), TEND_OK);
    assert_int_equal(tend_shell_when(&t.shell, (struct tend_words){ &token, 1 }, false, &when),
                     TEND_OK);
    assert_int_equal(tend_local_of(&t.shell, &when, tokyo).day, when.day + 1);
    token.text = TEND_TEXT("tomorrow");
    assert_int_equal(tend_shell_when(&t.shell, (struct tend_words){ &token, 1 }, false, &when),
                     TEND_OK);
    assert_int_equal(tend_local_of(&t.shell, &when, tokyo).day, when.day);
    check_close(&t);
}

/* tend_local_ahead */
static void past(void **state)
{
    static const char *const lines[] = {
        "plan ann call 2020-01-01", "plan ann call \"today 9:00\"", "log ann call x next=2020-01-01",
        "log ann call x next=\"today 9:00\"", "snooze t1 yesterday", "snooze t1 today 9:00",
    };
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    RUN(&t, "plan ann call mon", 0);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        RUN(&t, lines[i], 2);
        SAYS(t.errors, "is past");
        SAYS(t.errors, "^");
    }
    RUN(&t, "plan ann call now", 0);
    check_close(&t);
}

/* a wall time that the clock change leaves out is said as it is kept */
static void gap(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    RUN(&t, "plan ann call 2027-03-28 02:30", 0);
    SAYS(t.out, "28 Mar 2027 03:30");
    RUN(&t, "due --all --json", 0);
    SAYS(t.out, "2027-03-28T03:30:00+02:00");
    check_close(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(planned), cmocka_unit_test(days), cmocka_unit_test(past),
    cmocka_unit_test(gap),
};
CHECK_MAIN(tests)
