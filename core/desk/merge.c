/* The same person twice. A merge is a pointer: nobody's facts move, so that parting them again
 * splits them rightly. The little that it changes besides is written down as decided by it. */
#include "desk/merge.h"
#include "desk/apply.h"
#include "desk/gate.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"
#include "store/ops_why.h"

struct merging {
    struct tend_desk *desk;
    struct tend_deed *deed;
    tend_id root, other;
    struct tend_cause cause;
    struct tend_arena arena;
};

static tend_status decide(struct merging *m, const char *effect, enum tend_ref_kind kind,
                          tend_id subject, const char *text)
{
    return tend_deed_decide(m->desk, m->deed, m->root, &m->cause, effect, kind, subject,
                            tend_text_of(text));
}

/* --- what stands further ---------------------------------------------------- */

static bool means_lost(const struct tend_word_info *stage)
{
    struct tend_text rest = tend_text_of(stage->means), word;

    while (tend_text_word(&rest, &word))
        if (tend_text_is(word, "lost"))
            return true;
    return false;
}

/* Where a stage stands in its track, by the order in which they are declared; behind all where
 * it means that somebody is lost: who is lost here may be a member there. -1: not declared. */
static int64_t position(struct tend_desk *desk, struct tend_text track, struct tend_text name,
                        struct tend_word_info *stage)
{
    for (int64_t i = 0; tend_vocabulary_at(desk->registry, TEND_WORD_STAGE, i, stage); i++)
        if (tend_text_is(track, stage->track) && tend_text_is(name, stage->name))
            return means_lost(stage) ? 0 : i + 1;
    return -1;
}

static tend_status write_stage(struct merging *m, const struct tend_pair_view *stage,
                               const struct tend_word_info *word, struct tend_text from)
{
    int64_t since = tend_rows_stage_since(m->desk->store, m->root, stage->name);
    struct tend_value v[TEND_N_stage_change] = {
        [TEND_C_stage_change_person] = tend_int(m->root),
        [TEND_C_stage_change_track] = tend_str(stage->name),
        [TEND_C_stage_change_from_stage] = tend_str(from),
        [TEND_C_stage_change_to_stage] = tend_str(stage->value),
        [TEND_C_stage_change_at] = tend_int(stage->at > since ? stage->at : since),
        [TEND_C_stage_change_known_at] = tend_int(m->deed->now),
        [TEND_C_stage_change_cause_kind] = tend_int(m->cause.kind),
        [TEND_C_stage_change_cause_id] = tend_int(m->cause.id),
    };
    tend_id change;
    tend_status status = tend_row_insert(m->desk->store, TEND_T_stage_change, v, &change);

    if (status == TEND_OK)
        status = decide(m, "move", TEND_REF_STAGE, change,
                        tend_arena_printf(&m->arena, "%.*s to %.*s (%.*s): p%lld stood there",
                                          TEND_FMT(from.len > 0 ? from : TEND_TEXT("moved")),
                                          TEND_FMT(stage->value), TEND_FMT(stage->name),
                                          (long long)m->other));
    if (status != TEND_OK)
        return status;
    tend_deed_tell(m->deed, &(struct tend_outcome){
        .effect = "move", .kind = TEND_REF_STAGE, .id = change, .person = m->root,
        .track = word->track, .from = tend_arena_str(&m->deed->arena, from), .to = word->name,
        .wall = -1 });
    tend_deed_raise(m->deed, "stage.changed", m->root, change, 0, NULL);
    return TEND_OK;
}

static tend_status further_stages(struct merging *m)
{
    struct tend_person_view other;
    tend_status status = tend_person_read(m->desk->store, m->other, &m->arena, &other);

    for (int64_t i = 0; status == TEND_OK && i < other.n_stages; i++) {
        const struct tend_pair_view *stage = &other.stages[i];
        const char *track = tend_arena_str(&m->arena, stage->name);
        struct tend_text own = tend_person_stage(m->desk->store, m->root, track, &m->arena);
        struct tend_word_info word, unused;

        if (own.len == 0 || position(m->desk, stage->name, stage->value, &word) >
                                position(m->desk, stage->name, own, &unused)) {
            if (position(m->desk, stage->name, stage->value, &word) < 0)
                word = (struct tend_word_info){ .name = tend_arena_str(&m->arena, stage->value),
                                                .track = track };
            status = write_stage(m, stage, &word, own);
        }
    }
    return status;
}

/* --- tasks -------------------------------------------------------------------- */

static tend_status drop(struct merging *m, tend_id task, const char *why)
{
    tend_status status = tend_task_close(m->desk, m->deed, task, false, 0, NULL);

    return status == TEND_OK ? decide(m, "drop", TEND_REF_TASK, task, why) : status;
}

/* Of several open tasks of one plugin and key the root's own stays, else the oldest. */
static tend_status same_tasks(struct merging *m)
{
    struct tend_same_task *tasks;
    int64_t n, end;
    tend_status status = tend_merged_tasks(m->desk->store, m->root, &m->arena, &tasks, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i = end) {
        int64_t keep = i;

        for (end = i; end < n && tend_text_eq(tasks[end].plugin, tasks[i].plugin) &&
                      tend_text_eq(tasks[end].key, tasks[i].key); end++)
            if (tasks[end].person == m->root && tasks[keep].person != m->root)
                keep = end;
        for (int64_t k = i; status == TEND_OK && k < end; k++)
            if (k != keep)
                status = drop(m, tasks[k].task,
                              tend_arena_printf(&m->arena, "dropped: t%lld is the same",
                                                (long long)tasks[keep].task));
    }
    return status;
}

/* A mark of the one holds for both: what the gate would now refuse goes. */
static tend_status refused_tasks(struct merging *m)
{
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(m->desk->store, TEND_T_task, m->root, &m->arena, &ids, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_value v[TEND_N_task];
        struct tend_gate_answer gate = { .open = true };

        status = tend_row_read(m->desk->store, TEND_T_task, ids[i], &m->arena, v, NULL);
        if (status == TEND_OK)
            status = tend_gate_ask(m->desk, m->deed, m->root, v[TEND_C_task_kind].t, &gate);
        if (status == TEND_OK && !gate.open)
            status = drop(m, ids[i],
                          tend_arena_printf(&m->arena, "dropped by the gate: %s", gate.why));
    }
    return status;
}

/* --- merging ------------------------------------------------------------------ */

static tend_status may(struct tend_desk *desk, tend_id root, tend_id other, bool same)
{
    struct tend_person_view view;
    struct tend_arena arena = { 0 };
    bool archived;
    tend_status status;

    if (same)
        return tend_error_set(desk->err, TEND_EXISTS, "p%lld is all of these already",
                              (long long)root);
    if (other == tend_store_me(desk->store)) {
        tend_error_set(desk->err, TEND_INVALID, "p%lld is you: you stay, and the other is merged "
                                                "into you", (long long)other);
        tend_error_cure(desk->err, "merge p%lld p%lld", (long long)other, (long long)root);
        return TEND_INVALID;
    }
    status = tend_person_read(desk->store, root, &arena, &view);
    archived = status == TEND_OK && view.archived_at != 0;
    tend_arena_finish(&arena);
    if (!archived)
        return status;
    tend_error_set(desk->err, TEND_INVALID, "p%lld is archived, and so would be who is merged "
                                            "into them", (long long)root);
    tend_error_cure(desk->err, "archive p%lld --off", (long long)root);
    return TEND_INVALID;
}

tend_status tend_person_merge(struct tend_desk *desk, struct tend_deed *deed, tend_id root,
                              tend_id other)
{
    struct merging m = { .desk = desk, .deed = deed };
    tend_status status = tend_person_there(desk, root);

    if (status == TEND_OK)
        status = tend_person_there(desk, other);
    if (status != TEND_OK)
        return status;
    m.root = tend_person_root(desk->store, root);
    m.other = tend_person_root(desk->store, other);
    m.cause = (struct tend_cause){ .event = "person.merged", .kind = TEND_REF_PERSON,
                                   .id = m.other, .at = deed->now };
    status = may(desk, m.root, m.other, m.root == m.other);
    if (status != TEND_OK)
        return status;
    if (tend_apart_has(desk->store, m.root, m.other, NULL))
        tend_deed_warn(deed, "p%lld and p%lld were once marked as not the same person",
                       (long long)m.root, (long long)m.other);
    status = tend_row_set(desk->store, TEND_T_person, m.other, TEND_C_person_merged,
                          tend_int(m.root));
    if (status == TEND_OK)
        status = decide(&m, "merged", TEND_REF_PERSON, m.other,
                        tend_arena_printf(&m.arena, "p%lld is the same person",
                                          (long long)m.other));
    if (status == TEND_OK) {
        tend_deed_tell(deed, &(struct tend_outcome){ .effect = "merged", .kind = TEND_REF_PERSON,
                                                     .id = m.other, .person = m.root,
                                                     .wall = -1 });
        tend_deed_raise(deed, "person.merged", m.root, m.other, 0, NULL);
        status = further_stages(&m);
    }
    if (status == TEND_OK)
        status = same_tasks(&m);
    if (status == TEND_OK)
        status = refused_tasks(&m);
    tend_arena_finish(&m.arena);
    return status;
}

/* --- and back ------------------------------------------------------------------- */

/* The stage that the other had brought goes, unless somebody has moved since. */
static tend_status take_stage(struct merging *m, tend_id change)
{
    struct tend_value v[TEND_N_stage_change], newer[TEND_N_stage_change];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_row_read(m->desk->store, TEND_T_stage_change, change, &m->arena, v,
                                       NULL);

    if (status == TEND_NOT_FOUND) {
        tend_error_clear(m->desk->err);
        return TEND_OK;
    }
    if (status == TEND_OK)
        status = tend_rows_of(m->desk->store, TEND_T_stage_change, m->root, &m->arena, &ids, &n);
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        if (ids[i] <= change)
            continue;
        status = tend_row_read(m->desk->store, TEND_T_stage_change, ids[i], &m->arena, newer,
                               NULL);
        if (status == TEND_OK && newer[TEND_C_stage_change_person].i == m->root &&
            tend_text_eq(newer[TEND_C_stage_change_track].t, v[TEND_C_stage_change_track].t)) {
            tend_deed_warn(m->deed, "left as it is: the stage of p%lld, who was moved to %.*s since",
                           (long long)m->root, TEND_FMT(newer[TEND_C_stage_change_to_stage].t));
            return TEND_OK;
        }
    }
    if (status == TEND_OK)
        status = tend_row_delete(m->desk->store, TEND_T_stage_change, change);
    if (status == TEND_OK)
        tend_deed_tell(m->deed, &(struct tend_outcome){
            .effect = "move", .kind = TEND_REF_PERSON, .id = m->root, .person = m->root,
            .track = tend_arena_str(&m->deed->arena, v[TEND_C_stage_change_track].t),
            .from = tend_arena_str(&m->deed->arena, v[TEND_C_stage_change_to_stage].t),
            .to = tend_arena_str(&m->deed->arena, v[TEND_C_stage_change_from_stage].t),
            .wall = -1 });
    return status;
}

/* A task that was the same as another is open again, unless it was touched since. */
static tend_status take_task(struct merging *m, tend_id task, int64_t at)
{
    struct tend_value v[TEND_N_task];
    tend_status status = tend_row_read(m->desk->store, TEND_T_task, task, &m->arena, v, NULL);

    if (status == TEND_NOT_FOUND) {
        tend_error_clear(m->desk->err);
        return TEND_OK;
    }
    if (status != TEND_OK)
        return status;
    if (v[TEND_C_task_state].i != TEND_TASK_DROPPED || v[TEND_C_task_state_at].i != at) {
        tend_deed_warn(m->deed, "left as it is: t%lld, which was changed since", (long long)task);
        return TEND_OK;
    }
    v[TEND_C_task_state] = tend_int(TEND_TASK_OPEN);
    v[TEND_C_task_state_at] = v[TEND_C_task_known_at];
    status = tend_row_update(m->desk->store, TEND_T_task, task,
                             UINT64_C(1) << TEND_C_task_state | UINT64_C(1) << TEND_C_task_state_at,
                             v);
    if (status == TEND_OK)
        tend_deed_tell(m->deed, &(struct tend_outcome){
            .effect = "reopened", .kind = TEND_REF_TASK, .id = task,
            .person = v[TEND_C_task_person].i,
            .title = tend_arena_str(&m->deed->arena, v[TEND_C_task_title].t),
            .opens_day = v[TEND_C_task_opens_day].i, .closes_day = v[TEND_C_task_closes_day].i,
            .wall = v[TEND_C_task_wall].type == TEND_INT ? v[TEND_C_task_wall].i : -1 });
    return status;
}

static tend_status take_back(struct merging *m, tend_id decision)
{
    struct tend_value v[TEND_N_decision];
    tend_status status = tend_row_read(m->desk->store, TEND_T_decision, decision, &m->arena, v,
                                       NULL);
    struct tend_text effect;

    /* what policies answered is their own, and stays */
    if (status != TEND_OK || v[TEND_C_decision_plugin].type != TEND_NULL ||
        v[TEND_C_decision_person].i != m->root ||
        !tend_text_is(v[TEND_C_decision_event].t, "person.merged"))
        return status;
    effect = v[TEND_C_decision_effect].t;
    if (tend_text_is(effect, "move"))
        status = take_stage(m, v[TEND_C_decision_subject_id].i);
    else if (tend_text_is(effect, "drop"))
        status = take_task(m, v[TEND_C_decision_subject_id].i, v[TEND_C_decision_at].i);
    return status == TEND_OK ? tend_row_delete(m->desk->store, TEND_T_decision, decision)
                             : status;
}

tend_status tend_person_unmerge(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                tend_id *root)
{
    struct merging m = { .desk = desk, .deed = deed, .other = person };
    struct tend_value v[TEND_N_person];
    tend_id *ids = NULL;
    int64_t n = 0;
    tend_status status = tend_person_there(desk, person);

    *root = 0;
    if (status == TEND_OK)
        status = tend_row_read(desk->store, TEND_T_person, person, &m.arena, v, NULL);
    if (status == TEND_OK && v[TEND_C_person_merged].type == TEND_NULL) {
        tend_arena_finish(&m.arena);
        return tend_error_set(desk->err, TEND_NOT_FOUND, "p%lld was not merged into anybody",
                              (long long)person);
    }
    if (status == TEND_OK) {
        m.root = *root = v[TEND_C_person_merged].i;
        status = tend_decision_of(desk->store, m.root, TEND_REF_PERSON, person, &m.arena, &ids,
                                  &n);
    }
    for (int64_t i = n; status == TEND_OK && i > 0; i--)
        status = take_back(&m, ids[i - 1]);
    if (status == TEND_OK)
        status = tend_row_set(desk->store, TEND_T_person, person, TEND_C_person_merged,
                              (struct tend_value){ 0 });
    if (status == TEND_OK) {
        tend_deed_tell(deed, &(struct tend_outcome){ .effect = "unmerged", .kind = TEND_REF_PERSON,
                                                     .id = person, .person = m.root,
                                                     .wall = -1 });
        tend_deed_raise(deed, "person.changed", m.root, 0, 0, "merged");
        tend_deed_raise(deed, "person.changed", person, 0, 0, "merged");
    }
    tend_arena_finish(&m.arena);
    return status;
}

tend_status tend_apart_set(struct tend_desk *desk, struct tend_deed *deed, tend_id a, tend_id b,
                           bool on)
{
    struct tend_value v[TEND_N_apart] = {
        [TEND_C_apart_person] = tend_int(a < b ? a : b),
        [TEND_C_apart_other] = tend_int(a < b ? b : a),
        [TEND_C_apart_known_at] = tend_int(deed->now),
    };
    tend_id row;
    tend_status status = tend_person_there(desk, a);

    if (status == TEND_OK)
        status = tend_person_there(desk, b);
    if (status == TEND_OK && a == b)
        return tend_error_set(desk->err, TEND_INVALID, "p%lld is one person", (long long)a);
    if (status != TEND_OK || tend_apart_has(desk->store, a, b, &row) == on)
        return status;
    return on ? tend_row_insert(desk->store, TEND_T_apart, v, NULL)
              : tend_row_delete(desk->store, TEND_T_apart, row);
}
