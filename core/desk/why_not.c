/* Why nothing is planned for somebody, or a task is not on the list of the day:
 * what is open after all, what forbids or postpones it, what the gate has done and
 * says now, what went wrong, or that nothing has happened yet. */
#include "base/text.h"
#include "desk/gate.h"
#include "desk/why.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"
#include "store/ops_task.h"
#include "store/ops_touch.h"

#define DECISIONS_MOST 10

static tend_status open_tasks(struct tend_why_chain *c, tend_id person, int64_t now)
{
    struct tend_task_view *tasks;
    int64_t n, today = tend_zone_day(tend_person_zone(c->desk->store, person), now);
    tend_status status = tend_task_of(c->desk->store, person, now, c->arena, &tasks, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_why *why = tend_why_add(c, TEND_REF_TASK, tasks[i].id, tasks[i].anchor);
        char opens[32], closes[32];

        why->plugin = tasks[i].plugin.len ? tend_arena_str(c->arena, tasks[i].plugin) : NULL;
        why->text = tend_arena_printf(
            c->arena, "%.*s is planned: %s %s, %s %s", TEND_FMT(tasks[i].title),
            tasks[i].opens_day <= today ? "open since" : "opens",
            tend_date_words(opens, tasks[i].opens_day, today),
            tasks[i].overdue ? "overdue since" : "until",
            tend_date_words(closes, tasks[i].closes_day, today));
    }
    return status;
}

static tend_status marks(struct tend_why_chain *c, tend_id person)
{
    const struct tend_zone *zone = tend_store_zone(c->desk->store);
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(c->desk->store, TEND_T_dnc, person, c->arena, &ids, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_value v[TEND_N_dnc];
        struct tend_why *why;
        char day[16];

        status = tend_row_read(c->desk->store, TEND_T_dnc, ids[i], c->arena, v, NULL);
        if (status != TEND_OK)
            break;
        why = tend_why_add(c, TEND_REF_DNC, ids[i], v[TEND_C_dnc_at].i);
        why->text = tend_arena_printf(
            c->arena, "marked do-not-contact (%.*s) on %s%s%.*s", TEND_FMT(v[TEND_C_dnc_channel].t),
            tend_date_format(day, tend_zone_day(zone, v[TEND_C_dnc_at].i)),
            v[TEND_C_dnc_text].t.len ? ": " : "", TEND_FMT(v[TEND_C_dnc_text].t));
    }
    return status;
}

static tend_status holds(struct tend_why_chain *c, tend_id person)
{
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(c->desk->store, TEND_T_hold, person, c->arena, &ids, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_value v[TEND_N_hold];
        struct tend_why *why;
        char day[16] = "further notice";

        status = tend_row_read(c->desk->store, TEND_T_hold, ids[i], c->arena, v, NULL);
        if (status != TEND_OK)
            break;
        if (v[TEND_C_hold_until_day].type == TEND_INT &&
            v[TEND_C_hold_until_day].i <= tend_store_today(c->desk->store))
            continue;           /* it has run out */
        if (v[TEND_C_hold_until_day].type == TEND_INT)
            tend_date_format(day, v[TEND_C_hold_until_day].i);
        why = tend_why_add(c, TEND_REF_HOLD, ids[i], v[TEND_C_hold_at].i);
        why->plugin = v[TEND_C_hold_plugin].t.len
                          ? tend_arena_str(c->arena, v[TEND_C_hold_plugin].t)
                          : NULL;
        why->text = tend_arena_printf(c->arena, "on hold (%.*s) until %s%s%.*s",
                                      TEND_FMT(v[TEND_C_hold_kind].t), day,
                                      v[TEND_C_hold_reason].t.len ? ": " : "",
                                      TEND_FMT(v[TEND_C_hold_reason].t));
    }
    return status;
}

/* What was tried often enough: it waits for somebody to look at it. */
static tend_status against(struct tend_why_chain *c, tend_id person)
{
    struct tend_decision_view *list;
    int64_t n;
    tend_status status = tend_decision_against(c->desk->store, person, DECISIONS_MOST, c->arena,
                                               &list, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++)
        tend_why_decision(c, TEND_REF_DECISION, list[i].id, &list[i]);
    return status;
}

static tend_status last_touch(struct tend_why_chain *c, tend_id person, int64_t known_at)
{
    struct tend_touch_view *touches;
    struct tend_why *why;
    int64_t n;
    tend_status status = tend_touch_of(c->desk->store, person, 1, c->arena, &touches, &n);

    if (status != TEND_OK)
        return status;
    if (n == 0) {
        why = tend_why_add(c, TEND_REF_PERSON, person, known_at);
        why->text = tend_arena_printf(c->arena, "no touch yet: begin with log p%lld call \"...\"",
                                      (long long)person);
    } else if (c->n == 0) {
        why = tend_why_add(c, TEND_REF_TOUCH, touches[0].id, touches[0].at);
        why->text = tend_arena_printf(c->arena, "the last touch (%.*s) called for nothing",
                                      TEND_FMT(touches[0].kind));
    }
    return TEND_OK;
}

/* What the gate says of this moment: the user's day, the night there. */
static tend_status shut_now(struct tend_why_chain *c, tend_id person)
{
    int64_t now = tend_clock_now(c->desk->clock), today = tend_store_today(c->desk->store), open;
    struct tend_gate_moment moment;
    struct tend_why *why;
    const char *text;
    tend_status status = tend_gate_day(c->desk, person, today, c->arena, &open, &text);
    char day[32];

    if (status == TEND_OK && text) {
        why = tend_why_add(c, TEND_REF_NONE, 0, now);
        why->text = tend_arena_printf(c->arena, "%s; the next day for it is %s", text,
                                      tend_date_words(day, open, today));
    }
    if (status == TEND_OK)
        status = tend_gate_quiet(c->desk, person, now, c->arena, &moment);
    if (status == TEND_OK && !moment.open) {
        why = tend_why_add(c, TEND_REF_NONE, 0, now);
        why->text = moment.reason[0];
    }
    return status;
}

static tend_status archived(struct tend_why_chain *c, tend_id person, int64_t *known_at)
{
    struct tend_value v[TEND_N_person];
    struct tend_why *why;
    tend_status status = tend_row_read(c->desk->store, TEND_T_person, person, c->arena, v, NULL);

    if (status == TEND_OK && v[TEND_C_person_archived_at].type == TEND_INT) {
        why = tend_why_add(c, TEND_REF_PERSON, person, v[TEND_C_person_archived_at].i);
        why->text = "archived";
    }
    *known_at = status == TEND_OK ? v[TEND_C_person_known_at].i : 0;
    return status;
}

/* --- of a task ---------------------------------------------------------------- */

/* What the gate, or the user, has made of its window, newest first. */
static tend_status moved(struct tend_why_chain *c, tend_id task)
{
    struct tend_decision_view *list;
    int64_t n;
    tend_status status = tend_decision_about(c->desk->store, TEND_REF_TASK, task, c->arena, &list,
                                             &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_text rest = list[i].text, line;

        if (tend_text_is(list[i].effect, "snooze")) {
            tend_why_decision(c, TEND_REF_DECISION, list[i].id, &list[i]);
            continue;
        }
        while (tend_text_cut(&rest, "\n", &line)) {
            struct tend_why *why;

            if (!tend_text_starts(line, "moved by the gate") &&
                !tend_text_starts(line, "dropped by the gate"))
                continue;
            why = tend_why_add(c, TEND_REF_DECISION, list[i].id, list[i].at);
            why->plugin = list[i].plugin.len ? tend_arena_str(c->arena, list[i].plugin) : NULL;
            why->text = tend_arena_str(c->arena, line);
        }
    }
    return status;
}

static void stands(struct tend_why_chain *c, const struct tend_task_view *task, int64_t now)
{
    int64_t today = tend_zone_day(tend_person_zone(c->desk->store, task->person), now);
    struct tend_why *why = tend_why_add(c, TEND_REF_TASK, task->id, task->state_at);
    char opens[32], closes[32];

    if (task->state != TEND_TASK_OPEN) {
        why->text = tend_arena_printf(c->arena, "%s: there is nothing left to do; see: why t%lld",
                                      task->state == TEND_TASK_DONE ? "done" : "dropped",
                                      (long long)task->id);
        return;
    }
    tend_date_words(opens, task->opens_day, today);
    tend_date_words(closes, task->closes_day, today);
    why->text = task->opens_day > today
                    ? tend_arena_printf(c->arena, "%.*s opens %s, in %lld %s, until %s",
                                        TEND_FMT(task->title), opens,
                                        (long long)(task->opens_day - today),
                                        task->opens_day - today == 1 ? "day" : "days", closes)
                    : tend_arena_printf(c->arena, "%.*s is due: open since %s, %s %s",
                                        TEND_FMT(task->title), opens,
                                        task->overdue ? "overdue since" : "until", closes);
}

tend_status tend_why_not_task(struct tend_desk *desk, tend_id task, struct tend_arena *arena,
                              struct tend_why **chain, int64_t *n)
{
    struct tend_why_chain c;
    struct tend_task_view view;
    int64_t now = tend_clock_now(desk->clock), known_at;
    tend_status status = tend_task_read(desk->store, task, now, arena, &view);

    tend_why_begin(&c, desk, arena);
    if (status == TEND_OK)
        stands(&c, &view, now);
    if (status == TEND_OK)
        status = moved(&c, task);
    if (status == TEND_OK && view.state == TEND_TASK_OPEN) {
        status = archived(&c, view.person, &known_at);
        if (status == TEND_OK)
            status = marks(&c, view.person);
        if (status == TEND_OK)
            status = holds(&c, view.person);
        if (status == TEND_OK)
            status = shut_now(&c, view.person);
    }
    *chain = c.link;
    *n = c.n;
    return status;
}

tend_status tend_why_not(struct tend_desk *desk, tend_id person, struct tend_arena *arena,
                         struct tend_why **chain, int64_t *n)
{
    struct tend_why_chain c;
    int64_t known_at = 0;
    tend_status status;

    tend_why_begin(&c, desk, arena);
    status = archived(&c, person, &known_at);
    if (status == TEND_NOT_FOUND)
        status = tend_error_set(desk->err, TEND_NOT_FOUND, "there is no p%lld", (long long)person);
    if (status == TEND_OK)
        status = open_tasks(&c, person, tend_clock_now(desk->clock));
    if (status == TEND_OK)
        status = marks(&c, person);
    if (status == TEND_OK)
        status = holds(&c, person);
    if (status == TEND_OK)
        status = tend_why_stuck(&c, person);
    if (status == TEND_OK)
        status = against(&c, person);
    if (status == TEND_OK)
        status = last_touch(&c, person, known_at);
    if (status == TEND_OK)
        status = shut_now(&c, person);
    *chain = c.link;
    *n = c.n;
    return status;
}
