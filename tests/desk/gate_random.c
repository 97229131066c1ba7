/* The property: whatever the user has set and whatever plugins want, nothing
 * stands that the gate forbids, an instant that it calls open is open to somebody
 * who looks at every clock minute by minute, and an undo brings all of it back. */
#include "world.h"
#include <tend/plugin.h>

static uint64_t seed;

static uint32_t chance(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

#define ANY(list) ((list)[chance(sizeof(list) / sizeof *(list))])
#define PEOPLE 6

static const char *const zones[] = { "Europe/Vienna", "America/New_York", "Pacific/Auckland",
                                     "Asia/Kolkata", "Pacific/Honolulu", NULL };
static const char *const schedules[] = { "", "mon-fri 18:00-21:30, sat 9:00-17:00", "sat sun",
                                         "weekdays after 17:00", "fri 22:00-02:00", "0:00-24:00",
                                         "tue 2:15-2:45", "daily 9-12 14-18" };
static const char *const quiets[] = { "", "off", "22:00-07:00", "21:00-02:30", "2:00-3:00",
                                      "sun-thu 20:00-8:00, fri sat 23:00-11:00" };

/* --- settings ---------------------------------------------------------------- */

static char *some_holidays(void)
{
    static char text[200];
    static const char *const sets[] = { "", "AT", "US", "GB, 12-24", "DE not 05-01" };
    int n = snprintf(text, sizeof text, "%s", ANY(sets));

    for (uint32_t i = chance(4); i > 0; i--)
        n += snprintf(text + n, sizeof text - (size_t)n, " %02u-%02u", 1 + chance(12),
                      1 + chance(28));
    return text;
}

static char *some_away(struct world *w)
{
    static char text[200];
    int n = 0;

    text[0] = '\0';
    for (uint32_t i = chance(3); i > 0; i--) {
        int64_t from = tend_store_today(w->store) - 5 + chance(40);
        char first[16], last[16];

        n += snprintf(text + n, sizeof text - (size_t)n, "%s%s..%s", n ? ", " : "",
                      tend_date_format(first, from), tend_date_format(last, from + chance(20)));
    }
    return text;
}

static void set(struct world *w, const char *key, const char *value)
{
    struct tend_gate_settled settled = { 0 };
    struct tend_rules before;

    world_begin(w);
    before = *tend_rules_get(&w->desk);
    assert_int_equal(tend_meta_set(w->store, key, tend_text_of(value)), TEND_OK);
    assert_int_equal(tend_gate_settle(&w->desk, &w->deed, &before, &settled), TEND_OK);
    TEND_ARRAY_FINISH(&settled.left);
    world_end(w);
}

static void some_setting(struct world *w)
{
    switch (chance(4)) {
    case 0:
        set(w, "hours", ANY(schedules));
        break;
    case 1:
        set(w, "quiet", ANY(quiets));
        break;
    case 2:
        set(w, "holidays", some_holidays());
        break;
    default:
        set(w, "away", some_away(w));
        break;
    }
}

static void some_field(struct world *w, tend_id person)
{
    static const char *const names[] = { "quiet", "hours", "zone" };
    struct tend_field field = { .name = tend_text_of(ANY(names)) };
    const char *value = tend_text_is(field.name, "zone")    ? ANY(zones)
                        : tend_text_is(field.name, "hours") ? ANY(schedules)
                                                            : ANY(quiets);

    field.value = tend_text_of(value);
    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, person, &field, 1), TEND_OK);
    world_end(w);
}

static void some_mark(struct world *w, tend_id person)
{
    static const char *const channels[] = { "all", "call", "email" };
    tend_id dnc;

    world_begin(w);
    if (tend_person_do_not_contact(&w->desk, &w->deed, person, tend_text_of(ANY(channels)), T(""),
                                   chance(3) == 0, &dnc) == TEND_OK)
        world_end(w);
    else
        world_abort(w);
}

/* --- what plugins want ------------------------------------------------------- */

/* Windows of every form, from any time, for anybody. */
static tend_status wild(struct tend_ctx *ctx, const struct tend_event *event)
{
    static const char *const keys[] = { "a", "b", "c" };
    static const char *const windows[] = { "0d", "2d..7d", "72h", "1m..2m", "1d", "0h..30min",
                                           "1d..1d", "24h..2w", "-3d..4d", "1y", "12h..13h",
                                           "-1m..0d", "0d..90d" };
    static const char *const types[] = { "call", "email", NULL, "zoom", "presentation" };

    (void)event;
    for (uint32_t i = 0, n = 1 + chance(4); i < n; i++) {
        tend_id person = 2 + (tend_id)chance(PEOPLE);
        /* up to a hundred days before or after, at any minute */
        int64_t anchor = chance(2) ? 0
                                   : world_instant(WORLD_START) +
                                         ((int64_t)chance(200 * 1440) - 100 * 1440) * TEND_MINUTE;

        if (chance(3))
            TEND_TASK(ctx, person, ANY(keys), .title = "Do it", .type = ANY(types),
                      .window = ANY(windows), .closed_by = "reached", .anchor = anchor);
        else
            TEND_RETIME(ctx, person, ANY(keys), .window = ANY(windows));
    }
    return TEND_OK;
}

static const struct tend_policy wild_policy = { sizeof(struct tend_policy), "wild", "touch.logged",
                                                wild };

/* --- oracles ------------------------------------------------------------------ */

struct truth {                  /* the settings, read by themselves */
    struct tend_hours hours, quiet, own;
    struct tend_holidays holidays;
    struct tend_text away;
    const struct tend_zone *zone, *mine;
};

static struct tend_text setting(struct world *w, const char *name)
{
    struct tend_text value;

    assert_int_equal(tend_meta_get(w->store, name, &w->arena, &value), TEND_OK);
    return value;
}

static struct truth truth(struct world *w, tend_id person)
{
    struct truth t = { .zone = tend_person_zone(w->store, person),
                       .mine = tend_store_zone(w->store), .away = setting(w, "away") };
    struct tend_text quiet = setting(w, "quiet"), own = { "", 0 };
    struct tend_error err = { 0 };
    struct tend_person_view view;

    assert_int_equal(tend_person_read(w->store, person, &w->arena, &view), TEND_OK);
    for (int64_t i = 0; i < view.n_attributes; i++) {
        if (tend_text_is(view.attributes[i].name, "quiet"))
            quiet = view.attributes[i].value;
        if (tend_text_is(view.attributes[i].name, "hours"))
            own = view.attributes[i].value;
    }
    assert_int_equal(tend_hours_parse(setting(w, "hours"), &t.hours, &err), TEND_OK);
    assert_int_equal(tend_hours_parse(quiet.len ? quiet : T("21:00-08:00"), &t.quiet, &err),
                     TEND_OK);
    assert_int_equal(tend_hours_parse(own, &t.own, &err), TEND_OK);
    assert_int_equal(tend_holidays_parse(setting(w, "holidays"), &t.holidays, &err), TEND_OK);
    return t;
}

/* A schedule by the clock on the wall, without a thought. */
static bool in_hours(const struct tend_hours *hours, const struct tend_zone *zone, int64_t at)
{
    struct tend_civil c = tend_zone_civil(zone, at);
    int64_t minute = c.hour * 60 + c.minute;
    int32_t weekday = tend_date_weekday(tend_date_days(c.year, c.month, c.day)) - 1;

    for (int32_t i = 0; i < hours->n; i++)
        for (int32_t back = 0; back < 2; back++) {
            int64_t m = minute + back * 1440;

            if (m >= hours->span[i].from && m < hours->span[i].to &&
                hours->span[i].days >> ((weekday + 7 - back) % 7) & 1)
                return true;
        }
    return false;
}

/* Is the day shut, by the texts of the settings? */
static bool is_off(const struct truth *t, int64_t day, bool weekdays)
{
    struct tend_text away = t->away, range, first;

    while (tend_text_cut(&away, ",", &range)) {
        int64_t from, to;

        tend_text_cut(&range, "..", &first);
        assert_true(tend_date_parse(first, &from) && tend_date_parse(range, &to));
        if (day >= from && day <= to)
            return true;
    }
    if (tend_holidays_name(&t->holidays, day))
        return true;
    if (!weekdays || t->hours.n == 0)
        return false;
    for (int32_t i = 0; i < t->hours.n; i++)    /* hours begin on a worked day */
        if (t->hours.span[i].days >> (tend_date_weekday(day) - 1) & 1)
            return false;
    return true;
}

static bool allowed(const struct truth *t, int64_t at)
{
    if (is_off(t, tend_zone_day(t->mine, at), false) || in_hours(&t->quiet, t->zone, at))
        return false;
    if (t->own.n > 0 && !in_hours(&t->own, t->zone, at))
        return false;
    return t->hours.n == 0 || in_hours(&t->hours, t->mine, at);
}

static int64_t opened, shut;

/* The gate and the oracle agree on an instant, and on every minute until it opens. */
static void check_instant(struct world *w, tend_id person)
{
    int64_t at = world_instant(WORLD_START) + (int64_t)chance(300 * 1440) * TEND_MINUTE;
    struct truth t = truth(w, person);
    struct tend_gate_moment m;

    if (tend_person_dnc(w->store, person, &w->arena).len > 0)
        return;                 /* channels are asked about in gate.c */
    assert_int_equal(tend_gate_at(&w->desk, person, T(""), at, &w->arena, &m), TEND_OK);
    assert_int_equal(m.open, allowed(&t, at));
    opened += m.open;
    shut += !m.open;
    if (m.open || m.never)
        return;
    assert_true(m.from > at && m.n > 0);
    assert_true(allowed(&t, m.from));
    for (int64_t minute = at; minute < m.from && minute < at + 5 * 1440 * TEND_MINUTE;
         minute += TEND_MINUTE)
        assert_false(allowed(&t, minute));
    /* just before and just after it opens */
    for (int64_t k = -3, from = m.from; k <= 3; k++) {
        at = from + k * TEND_MINUTE;
        assert_int_equal(tend_gate_at(&w->desk, person, T(""), at, &w->arena, &m), TEND_OK);
        assert_int_equal(m.open, allowed(&t, at));
    }
}

/* No open task of a plugin opens on a shut day, or is for somebody left alone. */
static void check_tasks(struct world *w)
{
    struct truth t = truth(w, 1);
    struct tend_task_view *tasks;
    int64_t n;

    assert_int_equal(tend_task_due(w->store, 0, true, &w->arena, &tasks, &n), TEND_OK);
    for (int64_t i = 0; i < n; i++) {
        struct tend_gate_answer answer;

        assert_true(tasks[i].plugin.len > 0);
        if (is_off(&t, tasks[i].opens_day, true))
            fail_msg("t%lld opens on a shut day", (long long)tasks[i].id);
        assert_true(tasks[i].closes_day >= tasks[i].opens_day);
        assert_int_equal(tend_gate_marked(&w->desk, tasks[i].person, tasks[i].kind, &w->arena,
                                          &answer), TEND_OK);
        assert_true(answer.open);
    }
}

static void test_property(void **state)
{
    struct world *w = *state;

    for (int i = 0; i < PEOPLE; i++)
        world_add(w, "Somebody", zones[i % 6]);
    world_plugin(w, "wild", "policy", &wild_policy);
    opened = shut = 0;
    seed = 20261122;
    for (int round = 0; round < 2000; round++) {
        tend_id person = 2 + (tend_id)chance(PEOPLE);
        bool undo = chance(10) == 0;
        uint64_t sum = undo ? world_sum(w) : 0;

        switch (chance(8)) {
        case 0:
            some_setting(w);
            break;
        case 1:
            some_field(w, person);
            break;
        case 2:
            some_mark(w, person);
            break;
        default:
            world_log(w, person, chance(2) ? "presentation" : "call", NULL);
            if (undo && w->deed.batch) {
                world_undo(w);
                assert_true(world_sum(w) == sum);
            }
            break;
        }
        check_tasks(w);
        check_instant(w, person);
        check_instant(w, 2 + (tend_id)chance(PEOPLE));
        tend_arena_reset(&w->arena);
    }
    assert_true(opened > 100 && shut > 100);
    assert_true(world_rows(w, TEND_T_task) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = { WORLD_BARE(test_property) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
