/* What waited while somebody was away is sorted: what needs them today, what
 * other days can take, and what is long over. */
#include "desk/backlog.h"
#include "base/text.h"
#include "desk/day.h"
#include "desk/deed.h"
#include "desk/gate.h"
#include <stdio.h>

#define CLOCK_WRONG 60          /* days: so far ahead no day was really seen */
#define AHEAD 400               /* days that are looked at */
#define BIT(column) (UINT64_C(1) << TEND_C_task_##column)

struct spread {
    struct tend_desk *desk;
    struct tend_backlog *out;
    struct tend_deed deed;
    int64_t capacity, today;
    int64_t load[AHEAD];        /* of the days from tomorrow on */
    int64_t first;              /* the first of them with room */
};

static tend_status read_day(struct tend_desk *desk, const char *name, int64_t *day)
{
    struct tend_arena arena = { 0 };
    struct tend_text text = { 0 };
    tend_status status = tend_meta_get(desk->store, name, &arena, &text);

    if (status != TEND_OK || !tend_text_int(text, day))
        *day = 0;
    tend_arena_finish(&arena);
    return status;
}

/* Only when it is another: most commands are not the first of their day. */
static tend_status write_number(struct tend_desk *desk, const char *name, int64_t value)
{
    int64_t there;
    char text[24];
    tend_status status = read_day(desk, name, &there);

    if (status != TEND_OK || desk->dry || there == value)
        return status;
    snprintf(text, sizeof text, "%lld", (long long)value);
    return tend_meta_set(desk->store, name, value != 0 ? tend_text_of(text) : TEND_TEXT(""));
}

tend_status tend_backlog_seen(struct tend_desk *desk)
{
    int64_t seen, today = tend_store_today(desk->store);
    tend_status status = read_day(desk, "seen_day", &seen);

    /* a gap; or a command in the past of the one before, which is told late */
    if (status != TEND_OK || (seen != 0 && today - seen >= TEND_BACKLOG_DAYS) ||
        (today < seen && seen - today < CLOCK_WRONG))
        return status;
    return write_number(desk, "seen_day", today);
}

/* --- which day ---------------------------------------------------------------- */

/* What is planned for the days to come already fills them; a full day takes half
 * as many again, since what waits cannot wait for ever. */
static tend_status read_load(struct spread *s, struct tend_arena *arena)
{
    const struct tend_zone *zone = tend_store_zone(s->desk->store);
    int64_t from = tend_zone_instant(zone, s->today + 1, 0), n = 0, *at;
    int64_t full = s->capacity - (s->capacity + 1) / 2;
    tend_status status = tend_task_opening(s->desk->store, from - 1,
                                           tend_zone_instant(zone, s->today + 1 + AHEAD, 0),
                                           arena, &at, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        int64_t day = tend_zone_day(zone, at[i]) - s->today - 1;

        if (day >= 0 && day < AHEAD && s->load[day] < full)
            s->load[day]++;
    }
    return status;
}

/* The next day with room on which something may be planned with this person;
 * *why, in the deed's arena, says what was passed over (NULL: nothing). */
static tend_status find_day(struct spread *s, tend_id person, int64_t *day, const char **why)
{
    int64_t at = s->today + 1 + s->first, open = at;
    tend_status status = TEND_OK;

    *why = NULL;
    while (status == TEND_OK && at - s->today <= AHEAD) {
        const char *passed = NULL;

        status = tend_gate_day(s->desk, person, at, &s->deed.arena, &open, &passed);
        *why = passed != NULL ? passed : *why;
        if (open - s->today > AHEAD || s->load[open - s->today - 1] < s->capacity)
            break;
        at = open + 1;
    }
    *day = open;
    if (open - s->today <= AHEAD)
        s->load[open - s->today - 1]++;
    while (s->first < AHEAD - 1 && s->load[s->first] >= s->capacity)
        s->first++;
    return status;
}

/* --- moving ------------------------------------------------------------------- */

static const char *reason(struct spread *s, const struct tend_task_view *task, int64_t day,
                          const char *why)
{
    struct tend_buffer buf = { 0 };
    const char *text;
    char from[32], to[32];

    tend_date_words(from, task->opens_day, s->today);
    tend_date_words(to, day, s->today);
    tend_buffer_addf(&buf, "moved from %s to %s by the backlog", from, to);
    if (s->out->away > 0)
        tend_buffer_addf(&buf, " after %lld days away", (long long)s->out->away);
    if (task->wall >= 0)
        tend_buffer_addf(&buf, "\nit was an appointment, which has passed");
    if (why != NULL)
        tend_buffer_addf(&buf, "\n%s", why);
    text = tend_arena_str(&s->deed.arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

/* A window that is open longer than that keeps its end, another its length. */
static tend_status move(struct spread *s, const struct tend_task_view *task)
{
    struct tend_value v[TEND_N_task] = { 0 };
    int64_t day, closes = task->closes_day;
    const char *why;
    tend_status status = find_day(s, task->person, &day, &why);

    if (status != TEND_OK)
        return status;
    if (closes < day)
        closes = day + task->closes_day - task->opens_day;
    v[TEND_C_task_opens_day] = tend_int(day);
    v[TEND_C_task_closes_day] = tend_int(closes);
    status = tend_row_update(s->desk->store, TEND_T_task, task->id,
                             BIT(opens_day) | BIT(closes_day) | BIT(wall), v);
    if (status == TEND_OK)
        status = tend_deed_decide(s->desk, &s->deed, task->person, &(struct tend_cause){ 0 },
                                  "spread", TEND_REF_TASK, task->id,
                                  tend_text_of(reason(s, task, day, why)));
    if (status != TEND_OK)
        return status;
    tend_deed_tell(&s->deed, &(struct tend_outcome){
        .effect = "retime", .kind = TEND_REF_TASK, .id = task->id, .person = task->person,
        .title = tend_arena_str(&s->deed.arena, task->title), .opens_day = day,
        .closes_day = closes, .wall = -1 });
    s->out->moved++;
    s->out->last_day = day > s->out->last_day ? day : s->out->last_day;
    return TEND_OK;
}

/* Each task's turn for today: appointments, what was planned by hand, what is
 * over today or already; then what there is time for. */
static int32_t turn_of(const struct tend_task_view *task)
{
    if (task->group == TEND_DAY_OLD)
        return 4;
    if (task->group == TEND_DAY_APPOINTMENT)
        return 0;
    if (task->plugin.len == 0)
        return 1;
    return task->group <= TEND_DAY_NOW ? 2 : 3;
}

/* What needs somebody stays as long as the day has room; of what can wait only
 * so much that the day is a third full: a first day back is a light one. */
static tend_status sort_task(struct spread *s, const struct tend_task_view *task, int32_t turn)
{
    struct tend_backlog *out = s->out;
    int64_t most = turn < 3 ? s->capacity : (s->capacity + 2) / 3;

    if (turn == 4) {
        out->go[out->old++] = task->id;
        return TEND_OK;
    }
    if (turn == 0 || out->today < most) {
        out->today++;
        return TEND_OK;
    }
    return move(s, task);
}

static tend_status sort_all(struct spread *s, const struct tend_task_view *tasks, int64_t n)
{
    tend_status status = TEND_OK;

    for (int32_t turn = 0; turn <= 4; turn++) {
        for (int64_t i = 0; status == TEND_OK && i < n; i++) {
            if (turn_of(&tasks[i]) == turn)
                status = sort_task(s, &tasks[i], turn);
        }
    }
    return status;
}

static tend_status spread(struct tend_desk *desk, int64_t away, struct tend_backlog *out)
{
    struct spread *s = tend_alloc(sizeof *s);
    struct tend_arena arena = { 0 };
    struct tend_task_view *tasks;
    int64_t n = 0;
    tend_status status;

    *s = (struct spread){ .desk = desk, .out = out, .today = tend_store_today(desk->store) };
    out->sorted = true;
    out->away = away;
    status = tend_deed_begin_as(desk, &s->deed, TEND_BATCH_TICK, "spread");
    if (status == TEND_OK)
        status = tend_day_tasks(desk, s->deed.now, false, &arena, &tasks, &n);
    if (status == TEND_OK)
        status = tend_day_capacity(desk, &s->capacity);
    if (status == TEND_OK)
        status = read_load(s, &arena);
    if (status == TEND_OK) {
        out->go = tend_arena_take(&out->arena, (size_t)(n + 1) * sizeof *out->go);
        status = sort_all(s, tasks, n);
    }
    if (status == TEND_OK)
        status = tend_deed_end(desk, &s->deed);
    else
        tend_deed_abort(desk, &s->deed);
    out->batch = s->deed.batch;
    out->waited = out->today + out->moved + out->old;
    tend_deed_finish(&s->deed);
    tend_arena_finish(&arena);
    tend_free(s);
    return status;
}

/* --- when --------------------------------------------------------------------- */

tend_status tend_backlog_spread(struct tend_desk *desk, struct tend_backlog *out)
{
    *out = (struct tend_backlog){ 0 };
    return spread(desk, 0, out);
}

tend_status tend_backlog_tick(struct tend_desk *desk, struct tend_backlog *out)
{
    int64_t seen, ticked, today = tend_store_today(desk->store), last;
    tend_status status = read_day(desk, "seen_day", &seen);

    *out = (struct tend_backlog){ 0 };
    if (status == TEND_OK)
        status = read_day(desk, "tick_day", &ticked);
    if (status != TEND_OK)
        return status;
    last = ticked > seen ? ticked : seen;
    if (last != 0 && today - last >= TEND_BACKLOG_DAYS)
        status = spread(desk, today - (seen != 0 ? seen : last), out);
    /* what was moved is told to who comes back */
    if (status == TEND_OK && out->batch != 0)
        status = read_day(desk, "spread_from", &last);
    if (status == TEND_OK && out->batch != 0 && last == 0)
        status = write_number(desk, "spread_from", out->batch);
    return status == TEND_OK ? write_number(desk, "tick_day", today) : status;
}

tend_status tend_backlog_return(struct tend_desk *desk, struct tend_backlog *out)
{
    int64_t seen, today = tend_store_today(desk->store), from = 0, last = 0;
    tend_status status = read_day(desk, "seen_day", &seen);

    *out = (struct tend_backlog){ 0 };
    if (status == TEND_OK && seen != 0 && today - seen >= TEND_BACKLOG_DAYS) {
        status = spread(desk, today - seen, out);
        if (status == TEND_OK)
            status = read_day(desk, "spread_from", &from);
        if (status == TEND_OK && from != 0)
            status = tend_task_put_off(desk->store, "spread", from, tend_clock_now(desk->clock),
                                       &out->moved, &last);
        out->batch = out->batch == 0 && out->moved > 0 ? from : out->batch;
        if (last != 0)
            out->last_day = tend_zone_day(tend_store_zone(desk->store), last);
        out->waited = out->today + out->moved + out->old;
    }
    if (status == TEND_OK)
        status = write_number(desk, "spread_from", 0);
    return status == TEND_OK ? write_number(desk, "seen_day", today) : status;
}

void tend_backlog_finish(struct tend_backlog *out)
{
    tend_arena_finish(&out->arena);
}
