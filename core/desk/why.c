/* Why something is as it is: the decisions about it, what these answered, and
 * so on to the command that began it. */
#include "base/text.h"
#include "desk/schedule.h"
#include "desk/why.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"
#include "store/ops_intake.h"
#include "store/ops_rows.h"
#include "store/ops_task.h"
#include "store/ops_touch.h"
#include "store/ops_why.h"

#define CHAIN_MOST 64

static bool seen(const struct tend_why_chain *c, enum tend_ref_kind kind, tend_id id)
{
    for (int64_t i = 0; i < c->n; i++)
        if (c->link[i].kind == kind && c->link[i].id == id)
            return true;
    return false;
}

struct tend_why *tend_why_add(struct tend_why_chain *c, enum tend_ref_kind kind, tend_id id,
                              int64_t at)
{
    static struct tend_why beyond;

    if (c->n == CHAIN_MOST)
        return &beyond;
    c->link[c->n] = (struct tend_why){ .kind = kind, .id = id, .at = at, .text = "" };
    return &c->link[c->n++];
}

void tend_why_text(struct tend_why_chain *c, struct tend_why *why, struct tend_text text)
{
    struct tend_text line, rest = text;
    int64_t most = 1;

    for (int64_t i = 0; i < text.len; i++)
        most += text.at[i] == '\n';
    why->lines = tend_arena_take(c->arena, (size_t)most * sizeof *why->lines);
    for (bool first = true; tend_text_cut(&rest, "\n", &line); first = false) {
        if (first)
            why->text = tend_arena_str(c->arena, line);
        else
            why->lines[why->n_lines++] = tend_arena_str(c->arena, line);
    }
}

static const char *text_or_null(struct tend_why_chain *c, struct tend_text text)
{
    return text.len > 0 ? tend_arena_str(c->arena, text) : NULL;
}

void tend_why_decision(struct tend_why_chain *c, enum tend_ref_kind kind, tend_id id,
                       const struct tend_decision_view *d)
{
    struct tend_why *why = tend_why_add(c, kind, id, d->at);

    why->plugin = text_or_null(c, d->plugin);
    why->event = text_or_null(c, d->event);
    tend_why_text(c, why, d->text);
}

static tend_status batch(struct tend_why_chain *c, tend_id id)
{
    struct tend_batch b;
    struct tend_why *why;
    tend_status status;

    if (!id || seen(c, TEND_REF_BATCH, id))
        return TEND_OK;
    status = tend_batch_read(c->desk->store, id, c->arena, &b);
    if (status == TEND_NOT_FOUND) {
        tend_error_clear(c->desk->err);
        return TEND_OK;
    }
    if (status == TEND_OK) {
        why = tend_why_add(c, TEND_REF_BATCH, id, b.at);
        why->text = tend_arena_str(c->arena, b.command);
    }
    return status;
}

static tend_status touch(struct tend_why_chain *c, tend_id id, const char *before)
{
    struct tend_value v[TEND_N_touch];
    struct tend_why *why;
    tend_id rev;
    tend_status status = tend_row_read(c->desk->store, TEND_T_touch, id, c->arena, v, &rev);

    if (status != TEND_OK)
        return status;
    why = tend_why_add(c, TEND_REF_TOUCH, id, v[TEND_C_touch_at].i);
    why->text = tend_arena_printf(c->arena, "%s%.*s%s%.*s", before,
                                  TEND_FMT(v[TEND_C_touch_kind].t),
                                  v[TEND_C_touch_text].t.len ? ": " : "",
                                  TEND_FMT(v[TEND_C_touch_text].t));
    return batch(c, rev);
}

static tend_status follow(struct tend_why_chain *c, enum tend_ref_kind kind, tend_id id);

/* The decisions about it, newest first, then what the newest one answered; for
 * what no plugin made, what was done by hand. */
static tend_status decisions(struct tend_why_chain *c, enum tend_ref_kind kind, tend_id id,
                             enum tend_ref_kind cause_kind, tend_id cause_id, bool *any)
{
    struct tend_decision_view *list;
    int64_t n;
    tend_status status = tend_decision_about(c->desk->store, kind, id, c->arena, &list, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        tend_why_decision(c, kind, id, &list[i]);
        if (!cause_id && list[i].cause_id) {
            cause_kind = list[i].cause_kind;
            cause_id = list[i].cause_id;
        }
    }
    *any = n > 0;
    if (status == TEND_OK && cause_id)
        status = follow(c, cause_kind, cause_id);
    return status;
}

static tend_status task(struct tend_why_chain *c, tend_id id)
{
    struct tend_value v[TEND_N_task];
    struct tend_why *why;
    tend_id rev;
    bool any = false;
    tend_status status = tend_row_read(c->desk->store, TEND_T_task, id, c->arena, v, &rev);

    if (status == TEND_OK && v[TEND_C_task_closed_touch].i)
        status = touch(c, v[TEND_C_task_closed_touch].i, "closed by ");
    if (status == TEND_OK && v[TEND_C_task_state].i != TEND_TASK_OPEN &&
        !v[TEND_C_task_closed_touch].i) {
        why = tend_why_add(c, TEND_REF_TASK, id, v[TEND_C_task_state_at].i);
        why->text = v[TEND_C_task_state].i == TEND_TASK_DONE ? "done" : "dropped";
        status = batch(c, rev);
    }
    if (status == TEND_OK && v[TEND_C_task_plugin].t.len == 0) {
        why = tend_why_add(c, TEND_REF_TASK, id, v[TEND_C_task_known_at].i);
        why->text = tend_arena_printf(c->arena, "planned by hand: %.*s",
                                      TEND_FMT(v[TEND_C_task_title].t));
    }
    if (status == TEND_OK)
        status = decisions(c, TEND_REF_TASK, id,
                           (enum tend_ref_kind)v[TEND_C_task_cause_kind].i,
                           v[TEND_C_task_cause_id].i, &any);
    return status == TEND_OK ? batch(c, rev) : status;
}

static tend_status stage(struct tend_why_chain *c, tend_id id)
{
    struct tend_value v[TEND_N_stage_change];
    struct tend_decision_view *list;
    struct tend_why *why;
    bool any = false;
    int64_t n = 0;
    tend_id rev;
    tend_status status = tend_row_read(c->desk->store, TEND_T_stage_change, id, c->arena, v, &rev);

    if (status == TEND_OK)
        status = tend_decision_about(c->desk->store, TEND_REF_STAGE, id, c->arena, &list, &n);
    if (status == TEND_OK && n == 0) {
        struct tend_text reason = v[TEND_C_stage_change_reason].t;

        why = tend_why_add(c, TEND_REF_STAGE, id, v[TEND_C_stage_change_known_at].i);
        why->plugin = text_or_null(c, v[TEND_C_stage_change_plugin].t);
        why->text = tend_arena_printf(
            c->arena, "%s %.*s (%.*s)%s%.*s", why->plugin ? "begins as" : "moved by hand to",
            TEND_FMT(v[TEND_C_stage_change_to_stage].t), TEND_FMT(v[TEND_C_stage_change_track].t),
            reason.len ? ": " : "", TEND_FMT(reason));
    }
    if (status == TEND_OK)
        status = decisions(c, TEND_REF_STAGE, id,
                           (enum tend_ref_kind)v[TEND_C_stage_change_cause_kind].i,
                           v[TEND_C_stage_change_cause_id].i, &any);
    return status == TEND_OK ? batch(c, rev) : status;
}

/* "came from list.csv, line 12", "line 3 of new.csv told more: the same email" */
static tend_status import(struct tend_why_chain *c, tend_id id, int64_t line, const char *matched)
{
    struct tend_value v[TEND_N_import];
    struct tend_why *why;
    struct tend_text file;
    const char *row;
    tend_id rev;
    tend_status status = tend_row_read(c->desk->store, TEND_T_import, id, c->arena, v, &rev);

    if (status != TEND_OK)
        return status;
    file = v[TEND_C_import_file].t;
    row = file.len > 0 ? "line" : "row";
    why = tend_why_add(c, TEND_REF_IMPORT, id, v[TEND_C_import_at].i);
    if (file.len == 0)      /* of a service */
        file = v[TEND_C_import_reader].t;
    if (matched)
        why->text = tend_arena_printf(c->arena, "%s %lld of %.*s told more: the same %s", row,
                                      (long long)line, TEND_FMT(file), matched);
    else if (line)
        why->text = tend_arena_printf(c->arena, "came from %.*s, %s %lld", TEND_FMT(file), row,
                                      (long long)line);
    else
        why->text = tend_arena_printf(c->arena, "came from %.*s", TEND_FMT(file));
    return batch(c, rev);
}

/* The rows that told more of somebody, newest first: a link each. */
static tend_status rows_of(struct tend_why_chain *c, tend_id person)
{
    tend_id *ids;
    int64_t n;
    tend_status status = tend_intake_rows_of(c->desk->store, person, c->arena, &ids, &n);

    for (int64_t i = 0; i < n && status == TEND_OK; i++) {
        struct tend_value v[TEND_N_import_row];
        const char *matched;

        status = tend_row_read(c->desk->store, TEND_T_import_row, ids[i], c->arena, v, NULL);
        if (status != TEND_OK)
            break;
        matched = tend_arena_str(c->arena, v[TEND_C_import_row_matched].t);
        status = import(c, v[TEND_C_import_row_import].i, v[TEND_C_import_row_line].i, matched);
    }
    return status;
}

/* Where somebody stands and has stood, newest first: a link each. */
static tend_status stages_of(struct tend_why_chain *c, tend_id person)
{
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(c->desk->store, TEND_T_stage_change, person, c->arena, &ids,
                                      &n);

    while (status == TEND_OK && n-- > 0) {
        struct tend_value v[TEND_N_stage_change];
        struct tend_text from, reason;
        struct tend_why *why;

        status = tend_row_read(c->desk->store, TEND_T_stage_change, ids[n], c->arena, v, NULL);
        if (status != TEND_OK)
            break;
        from = v[TEND_C_stage_change_from_stage].t;
        reason = v[TEND_C_stage_change_reason].t;
        why = tend_why_add(c, TEND_REF_STAGE, ids[n], v[TEND_C_stage_change_at].i);
        why->plugin = text_or_null(c, v[TEND_C_stage_change_plugin].t);
        why->text = tend_arena_printf(
            c->arena, "%.*s%s%.*s (%.*s)%s%.*s", TEND_FMT(from), from.len ? " -> " : "begins as ",
            TEND_FMT(v[TEND_C_stage_change_to_stage].t), TEND_FMT(v[TEND_C_stage_change_track].t),
            reason.len ? ": " : "", TEND_FMT(reason));
    }
    return status;
}

/* Who was merged into them, and which row that one came from: two links each. */
static tend_status merged_of(struct tend_why_chain *c, tend_id person)
{
    tend_id *ids;
    int64_t n;
    tend_status status = tend_merged_list(c->desk->store, person, c->arena, &ids, &n);

    for (int64_t i = n; i > 0 && status == TEND_OK; i--) {
        struct tend_decision_view *d;
        struct tend_value v[TEND_N_person];
        struct tend_why *why;
        int64_t n_d;

        status = tend_row_read(c->desk->store, TEND_T_person, ids[i - 1], c->arena, v, NULL);
        if (status == TEND_OK)
            status = tend_decision_about(c->desk->store, TEND_REF_PERSON, ids[i - 1], c->arena, &d,
                                         &n_d);
        if (status != TEND_OK)
            break;
        why = tend_why_add(c, TEND_REF_PERSON, ids[i - 1], v[TEND_C_person_known_at].i);
        for (int64_t k = n_d - 1; k >= 0; k--)
            if (tend_text_is(d[k].effect, "merged"))
                why->at = d[k].at;
        why->text = tend_arena_printf(c->arena, "%.*s is the same person",
                                      TEND_FMT(v[TEND_C_person_name].t));
        if (v[TEND_C_person_import].i)
            status = import(c, v[TEND_C_person_import].i, v[TEND_C_person_import_line].i, NULL);
    }
    return status;
}

static tend_status person(struct tend_why_chain *c, tend_id id)
{
    struct tend_value v[TEND_N_person];
    struct tend_why *why;
    bool any = false, asked = c->n == 0;    /* not on the way to something else */
    tend_id rev;
    tend_status status = tend_row_read(c->desk->store, TEND_T_person, id, c->arena, v, &rev);

    if (status == TEND_OK)
        status = decisions(c, TEND_REF_PERSON, id, TEND_REF_NONE, 0, &any);
    if (status == TEND_OK && asked)
        status = tend_why_stuck(c, id);
    if (status == TEND_OK && asked)
        status = stages_of(c, id);
    if (status == TEND_OK && asked)
        status = merged_of(c, id);
    if (status == TEND_OK && asked)
        status = rows_of(c, id);
    if (status != TEND_OK)
        return status;
    if (v[TEND_C_person_import].i)
        return import(c, v[TEND_C_person_import].i, v[TEND_C_person_import_line].i, NULL);
    why = tend_why_add(c, TEND_REF_PERSON, id, v[TEND_C_person_known_at].i);
    why->text = "added by hand";
    return batch(c, rev);
}

static tend_status timer(struct tend_why_chain *c, tend_id id)
{
    struct tend_value v[TEND_N_timer];
    bool any;
    tend_status status = tend_why_timer(c, id, v);

    if (status == TEND_NOT_FOUND && c->n == 0) {
        status = tend_error_set(c->desk->err, TEND_NOT_FOUND,
                                "w%lld is done, or never was", (long long)id);
        tend_error_cure(c->desk->err, "why PERSON says what it led to");
        return status;
    }
    return status == TEND_OK
               ? decisions(c, TEND_REF_TIMER, id, (enum tend_ref_kind)v[TEND_C_timer_cause_kind].i,
                           v[TEND_C_timer_cause_id].i, &any)
               : status;
}

/* Of facts that only a decision or a command explains. */
static tend_status other(struct tend_why_chain *c, enum tend_ref_kind kind, tend_id id,
                         enum tend_table table)
{
    struct tend_value v[32];
    bool any = false;
    tend_id rev;
    tend_status status = tend_row_read(c->desk->store, table, id, c->arena, v, &rev);

    if (status == TEND_OK)
        status = decisions(c, kind, id, TEND_REF_NONE, 0, &any);
    if (status == TEND_OK && !any) {
        struct tend_why *why = tend_why_add(c, kind, id, 0);

        why->text = "done by hand";
        status = batch(c, rev);
        for (int64_t i = 0; i < c->n; i++)
            if (c->link[i].kind == TEND_REF_BATCH && c->link[i].id == rev)
                why->at = c->link[i].at;
        return status;
    }
    return status == TEND_OK ? batch(c, rev) : status;
}

/* What made a schedule what it is, and what that was for. */
static tend_status schedule(struct tend_why_chain *c, tend_id id)
{
    struct tend_schedule s;
    bool any = false;
    tend_status status = tend_schedule_read(c->desk, id, c->arena, &s);

    return status == TEND_OK ? decisions(c, TEND_REF_SCHEDULE, id, s.cause_kind, s.cause_id, &any)
                             : status;
}

/* A day of a schedule: whose wish, which rule, which day. */
static tend_status slot(struct tend_why_chain *c, tend_id id)
{
    struct tend_value v[TEND_N_slot];
    struct tend_buffer text = { 0 };
    struct tend_schedule s;
    struct tend_why *why;
    char day[32];
    tend_status status = tend_row_read(c->desk->store, TEND_T_slot, id, c->arena, v, NULL);

    if (status == TEND_OK)
        status = tend_schedule_read(c->desk, v[TEND_C_slot_schedule].i, c->arena, &s);
    if (status != TEND_OK)
        return status;
    why = tend_why_add(c, TEND_REF_SLOT, id, v[TEND_C_slot_known_at].i);
    why->plugin = s.plugin;
    tend_buffer_addf(&text, "%s: ", s.key);
    tend_schedule_words(&text, &s);
    tend_buffer_addf(&text, ", slot %s",
                     tend_date_words(day, v[TEND_C_slot_day].i, INT64_MIN / 4));
    if (v[TEND_C_slot_missed].i > 0)
        tend_buffer_addf(&text, "\nmissed before: %lld", (long long)v[TEND_C_slot_missed].i);
    if (v[TEND_C_slot_late].i > 0)
        tend_buffer_addf(&text, "\nlate: %lld days", (long long)v[TEND_C_slot_late].i);
    tend_why_text(c, why, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return follow(c, TEND_REF_SCHEDULE, s.id);
}

static tend_status follow(struct tend_why_chain *c, enum tend_ref_kind kind, tend_id id)
{
    if (c->n >= CHAIN_MOST || (c->n > 0 && seen(c, kind, id)))
        return TEND_OK;
    switch (kind) {
    case TEND_REF_TASK:
        return task(c, id);
    case TEND_REF_STAGE:
        return stage(c, id);
    case TEND_REF_TOUCH:
        return touch(c, id, "");
    case TEND_REF_PERSON:
        return person(c, id);
    case TEND_REF_IMPORT:
        return import(c, id, 0, NULL);
    case TEND_REF_BATCH:
        return batch(c, id);
    case TEND_REF_TIMER:
        return timer(c, id);
    case TEND_REF_SLOT:
        return slot(c, id);
    case TEND_REF_SCHEDULE:
        return schedule(c, id);
    case TEND_REF_HOLD:
        return other(c, kind, id, TEND_T_hold);
    case TEND_REF_NOTE:
        return other(c, kind, id, TEND_T_note);
    case TEND_REF_LINK:
        return other(c, kind, id, TEND_T_link);
    case TEND_REF_DNC:
        return other(c, kind, id, TEND_T_dnc);
    default:
        return tend_error_set(c->desk->err, TEND_INVALID,
                              "why is asked of a person, task, touch, stage change, hold, timer or batch");
    }
}

void tend_why_begin(struct tend_why_chain *c, struct tend_desk *desk, struct tend_arena *arena)
{
    *c = (struct tend_why_chain){ .desk = desk, .arena = arena };
    c->link = tend_arena_take(arena, CHAIN_MOST * sizeof *c->link);
}

/* A batch begins a moment after the time that its facts bear: it stands with them. */
static int64_t stands_at(const struct tend_why_chain *c, const struct tend_why *why)
{
    int64_t at = why->at - TEND_SECOND;

    if (why->kind != TEND_REF_BATCH)
        return why->at;
    for (int64_t i = 0; i < c->n; i++) {
        const struct tend_why *fact = &c->link[i];

        if (fact->kind != TEND_REF_BATCH && fact->at <= why->at && fact->at > at)
            at = fact->at;
    }
    return at > why->at - TEND_SECOND ? at : why->at;
}

/* Of one time, what was asked about stays before what caused it. */
static void newest_first(struct tend_why_chain *c)
{
    int64_t at[CHAIN_MOST];

    for (int64_t i = 0; i < c->n; i++)
        at[i] = stands_at(c, &c->link[i]);
    for (int64_t i = 1; i < c->n; i++) {
        struct tend_why why = c->link[i];
        int64_t its = at[i], k = i;

        for (; k > 0 && at[k - 1] < its; k--) {
            c->link[k] = c->link[k - 1];
            at[k] = at[k - 1];
        }
        c->link[k] = why;
        at[k] = its;
    }
}

tend_status tend_why(struct tend_desk *desk, enum tend_ref_kind kind, tend_id id,
                     struct tend_arena *arena, struct tend_why **chain, int64_t *n)
{
    struct tend_why_chain c;
    tend_status status;

    tend_why_begin(&c, desk, arena);
    status = follow(&c, kind, id);
    if (status == TEND_NOT_FOUND && c.n == 0 && kind != TEND_REF_TIMER)
        status = tend_error_set(desk->err, TEND_NOT_FOUND, "there is no %c%lld", (char)kind,
                                (long long)id);
    else if (status == TEND_OK && c.n == 0)
        status = tend_error_set(desk->err, TEND_NOT_FOUND, "nothing is known about %c%lld",
                                (char)kind, (long long)id);
    newest_first(&c);
    *chain = c.link;
    *n = c.n;
    return status;
}
