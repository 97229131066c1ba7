/* The gate at an instant: quiet hours and good times where somebody lives, the
 * user's days and hours, and which clock was believed. */
#include "world.h"

static void config(struct world *w, const char *key, const char *value)
{
    assert_int_equal(tend_meta_set(w->store, key, tend_text_of(value)), TEND_OK);
    tend_rules_forget(&w->desk);
}

static tend_id person(struct world *w, const char *field, const char *value)
{
    tend_id id = world_add(w, "Ann Lee", NULL);
    struct tend_field set = { .name = tend_text_of(field), .value = tend_text_of(value) };

    if (!field)
        return id;
    world_begin(w);
    if (tend_person_set(&w->desk, &w->deed, id, &set, 1) != TEND_OK)
        fail_msg("%s", w->err.text);
    world_end(w);
    return id;
}

static struct tend_gate_moment at(struct world *w, tend_id person, const char *instant)
{
    struct tend_gate_moment m;

    if (tend_gate_at(&w->desk, person, T("call"), world_instant(instant), &w->arena, &m) != TEND_OK)
        fail_msg("%s", w->err.text);
    return m;
}

static void is_open(struct world *w, tend_id person, const char *instant)
{
    struct tend_gate_moment m = at(w, person, instant);

    if (!m.open)
        fail_msg("%s: %s", instant, m.reason[0]);
    assert_int_equal(m.from, world_instant(instant));
    assert_int_equal(m.n, 0);
}

static struct tend_gate_moment is_shut(struct world *w, tend_id person, const char *instant,
                                       const char *from, const char *why)
{
    struct tend_gate_moment m = at(w, person, instant);

    assert_false(m.open);
    if (from)
        assert_int_equal(m.from, world_instant(from));
    assert_int_equal(m.never, from == NULL);
    assert_string_equal(m.reason[0], why);
    return m;
}

static void test_quiet(void **state)
{
    struct world *w = *state;
    tend_id ann = person(w, "zone", "Europe/Vienna"), bob = person(w, "zone", "Asia/Tokyo");

    is_open(w, ann, "2026-11-26T20:59:59+01:00");
    is_shut(w, ann, "2026-11-26T21:40:00+01:00", "2026-11-27T08:00:00+01:00",
            "21:40 there: quiet until Fri 27 Nov 08:00 (Europe/Vienna)");
    is_shut(w, ann, "2026-11-27T03:00:00+01:00", "2026-11-27T08:00:00+01:00",
            "03:00 there: quiet until 08:00 (Europe/Vienna)");
    is_open(w, ann, "2026-11-27T08:00:00+01:00");
    is_shut(w, bob, "2026-11-26T19:00:00+01:00", "2026-11-27T00:00:00+01:00",
            "03:00 there: quiet until 08:00 (Asia/Tokyo)");
    config(w, "quiet", "off");
    is_open(w, bob, "2026-11-26T19:00:00+01:00");
    config(w, "quiet", "22:00-09:00");
    is_shut(w, ann, "2026-11-26T22:00:00+01:00", "2026-11-27T09:00:00+01:00",
            "22:00 there: quiet until Fri 27 Nov 09:00 (Europe/Vienna)");
}

/* The night of a clock change is an hour shorter or longer; quiet ends by the clock. */
static void test_clock_change(void **state)
{
    struct world *w = *state;
    tend_id ann = person(w, "zone", "Europe/Vienna");

    is_shut(w, ann, "2026-03-28T22:00:00+01:00", "2026-03-29T08:00:00+02:00",
            "22:00 there: quiet until Sun 29 Mar 08:00 (Europe/Vienna)");
    is_shut(w, ann, "2026-10-24T22:00:00+02:00", "2026-10-25T08:00:00+01:00",
            "22:00 there: quiet until Sun 25 Oct 08:00 (Europe/Vienna)");
    config(w, "quiet", "21:00-02:30");
    is_open(w, ann, "2026-03-29T03:00:00+02:00");       /* 02:30 never was */
    is_open(w, ann, "2026-10-25T02:45:00+02:00");
    is_shut(w, ann, "2026-10-25T02:15:00+01:00", "2026-10-25T02:30:00+01:00",
            "02:15 there: quiet until 02:30 (Europe/Vienna)");     /* for the second time */
}

static void test_own_times(void **state)
{
    struct world *w = *state;
    tend_id ann = person(w, "quiet", "19:00-10:00"), bob = person(w, "hours", "weekdays after 17:00");

    is_shut(w, ann, "2026-11-26T19:30:00+01:00", "2026-11-27T10:00:00+01:00",
            "19:30 there: quiet until Fri 27 Nov 10:00 (Europe/Vienna, your zone: theirs is not "
            "known)");
    is_open(w, bob, "2026-11-26T17:30:00+01:00");
    is_shut(w, bob, "2026-11-28T12:00:00+01:00", "2026-11-30T17:00:00+01:00",
            "12:00 there: outside of their good times until Mon 30 Nov 17:00 (Europe/Vienna, "
            "your zone: theirs is not known)");
}

static void test_user(void **state)
{
    struct world *w = *state;
    tend_id ann = person(w, "zone", "Europe/London");
    struct tend_gate_moment m;

    config(w, "hours", "mon-fri 18:00-21:30");
    is_shut(w, ann, "2026-11-26T12:00:00+01:00", "2026-11-26T18:00:00+01:00",
            "12:00: outside of your hours until 18:00");
    config(w, "holidays", "AT");
    config(w, "away", "2026-12-23..2026-12-24");
    m = is_shut(w, ann, "2026-12-23T18:30:00+01:00", "2026-12-28T18:00:00+01:00",
                "away until Thu 24 Dec");
    assert_int_equal(m.by, TEND_GATE_AWAY);
    assert_int_equal(m.until, world_instant("2026-12-25T00:00:00+01:00"));
    assert_string_equal(m.reason[1], "Fri 25 Dec is a holiday (Christmas Day)");
    assert_string_equal(m.reason[2], "Sat 26 Dec is a holiday (Saint Stephen's Day)");
    assert_string_equal(m.reason[3], "23:00 there: quiet until Sun 27 Dec 08:00 (Europe/London)");
    assert_string_equal(m.reason[4], "09:00: outside of your hours until Mon 28 Dec 18:00");
}

/* Not known where somebody lives: their region, their phone's country, all of its
 * zones; then the user's. */
static void test_zones(void **state)
{
    struct world *w = *state;
    tend_status ready = tend_desk_setup(&w->desk);      /* keys of phone numbers */
    tend_id none = person(w, NULL, NULL), phone = person(w, "phone", "+81 3 5555 0100"),
            region = person(w, "region", "NZ"), us = person(w, "phone", "+1 212 555 0101");

    assert_int_equal(ready, TEND_OK);
    is_shut(w, none, "2026-11-26T21:00:00+01:00", "2026-11-27T08:00:00+01:00",
            "21:00 there: quiet until Fri 27 Nov 08:00 (Europe/Vienna, your zone: theirs is not "
            "known)");
    is_shut(w, phone, "2026-11-26T19:00:00+01:00", "2026-11-27T00:00:00+01:00",
            "03:00 there: quiet until 08:00 (Asia/Tokyo, by their phone number)");
    /* both of Auckland and the Chathams: the second is later by 45 minutes */
    is_shut(w, region, "2026-11-26T18:30:00Z", "2026-11-26T19:00:00Z",
            "07:30 there: quiet until 08:00 (Pacific/Auckland, by their region)");
    is_shut(w, region, "2026-11-27T07:30:00Z", "2026-11-27T19:00:00Z",
            "20:30 there: quiet until Sat 28 Nov 08:00 (Pacific/Auckland, by their region)");
    /* from eight in Honolulu to nine in New York */
    is_shut(w, us, "2026-07-06T17:00:00Z", "2026-07-06T18:00:00Z",
            "07:00 there: quiet until 08:00 (Pacific/Honolulu, by their phone number)");
    is_open(w, us, "2026-07-06T18:00:00Z");
    is_open(w, us, "2026-07-07T00:59:00Z");
    is_shut(w, us, "2026-07-07T01:00:00Z", "2026-07-07T18:00:00Z",
            "15:00 there: quiet until Tue 7 Jul 08:00 (Pacific/Honolulu, by their phone number)");
}

static void test_never(void **state)
{
    struct world *w = *state;
    tend_id ann = person(w, "hours", "weekends"), dnc;

    config(w, "hours", "mon-fri 9-17");
    is_shut(w, ann, "2026-11-26T12:00:00+01:00", NULL,
            "12:00 there: outside of their good times until Sat 28 Nov 00:00 (Europe/Vienna, "
            "your zone: theirs is not known)");
    config(w, "hours", "");
    world_begin(w);
    assert_int_equal(tend_person_do_not_contact(&w->desk, &w->deed, ann, T("call"), T(""), true,
                                                &dnc), TEND_OK);
    world_end(w);
    assert_int_equal(is_shut(w, ann, "2026-11-28T12:00:00+01:00", NULL,
                             "marked do-not-contact (call) on 2026-03-26").by, TEND_GATE_DNC);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_quiet), WORLD_TEST(test_clock_change), WORLD_TEST(test_own_times),
        WORLD_TEST(test_user),  WORLD_TEST(test_zones),        WORLD_TEST(test_never),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
