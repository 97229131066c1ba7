/* Why nothing is planned for somebody: what is open after all, what forbids or
 * postpones it, what went wrong, or that nothing has happened yet. */
#include "base/text.h"
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

tend_status tend_why_not(struct tend_desk *desk, tend_id person, struct tend_arena *arena,
                         struct tend_why **chain, int64_t *n)
{
    struct tend_why_chain c;
    struct tend_person_view view;
    tend_status status = tend_person_read(desk->store, person, arena, &view);

    tend_why_begin(&c, desk, arena);
    if (status == TEND_OK && view.archived_at) {
        struct tend_why *why = tend_why_add(&c, TEND_REF_PERSON, person, view.archived_at);

        why->text = "archived";
    }
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
        status = last_touch(&c, person, view.known_at);
    *chain = c.link;
    *n = c.n;
    return status;
}
