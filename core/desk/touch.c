/* Touches: what was done with somebody, and which tasks that has answered. */
#include "base/text.h"
#include "desk/apply.h"
#include "desk/limit.h"
#include "desk/work.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"
#include "store/ops_task.h"

static tend_status check(struct tend_desk *desk, const struct tend_deed *deed,
                         const struct tend_touch_ask *ask)
{
    tend_status status = TEND_OK;

    if (ask->n_parties < 1)
        return tend_error_set(desk->err, TEND_INVALID, "a touch needs a person");
    for (int64_t i = 0; status == TEND_OK && i < ask->n_parties; i++)
        status = tend_person_there(desk, ask->parties[i]);
    if (status == TEND_OK && ask->kind.len == 0)
        return tend_error_set(desk->err, TEND_INVALID, "a touch needs a kind, such as call");
    if (status == TEND_OK)
        status = tend_word_check(desk, TEND_WORD_KIND, "kind of touch", ask->kind);
    if (status == TEND_OK && ask->disposition.len > 0)
        status = tend_word_check(desk, TEND_WORD_DISPOSITION, "disposition", ask->disposition);
    if (status != TEND_OK)
        return status;
    if (ask->direction.len > 0 && !tend_text_is(ask->direction, "in") &&
        !tend_text_is(ask->direction, "out"))
        return tend_error_set(desk->err, TEND_INVALID, "the direction of a touch is in or out");
    status = tend_limit_text(desk, "the text of a touch", ask->text);
    if (status == TEND_OK)
        status = tend_limit_text(desk, "an objection", ask->objection);
    if (status == TEND_OK)
        status = tend_limit_text(desk, "what is behind an objection", ask->underlying);
    if (status != TEND_OK)
        return status;
    if (ask->at > deed->now)
        return tend_error_set(desk->err, TEND_INVALID,
                              "that is still to come: a touch is logged when it has happened; "
                              "use plan");
    return TEND_OK;
}

tend_status tend_objection_write(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                 tend_id touch, struct tend_text stated,
                                 struct tend_text underlying)
{
    struct tend_value v[TEND_N_objection] = {
        [TEND_C_objection_person] = tend_int(person),
        [TEND_C_objection_touch] = tend_ref(touch),
        [TEND_C_objection_stated] = tend_str(stated),
        [TEND_C_objection_underlying] = tend_str(underlying),
        [TEND_C_objection_known_at] = tend_int(deed->now),
    };
    tend_id id;
    tend_status status = tend_row_insert(desk->store, TEND_T_objection, v, &id);

    if (status == TEND_OK)
        tend_deed_tell(deed, &(struct tend_outcome){
            .effect = "objection", .kind = TEND_REF_OBJECTION, .id = id, .person = person,
            .title = tend_arena_str(&deed->arena, stated.len > 0 ? stated : underlying),
            .wall = -1 });
    return status;
}

static tend_status write_touch(struct tend_desk *desk, struct tend_deed *deed,
                               const struct tend_touch_ask *ask, int64_t at, tend_id *touch)
{
    struct tend_value v[TEND_N_touch] = {
        [TEND_C_touch_person] = tend_int(ask->parties[0]),
        [TEND_C_touch_kind] = tend_str(ask->kind),
        [TEND_C_touch_direction] = tend_str(ask->direction.len ? ask->direction
                                                               : TEND_TEXT("out")),
        [TEND_C_touch_at] = tend_int(at),
        [TEND_C_touch_known_at] = tend_int(deed->now),
        [TEND_C_touch_text] = tend_str(ask->text),
        [TEND_C_touch_significant] = tend_int(ask->significant > 0),
    };
    const struct tend_text none = { "", 0 };
    tend_status status = tend_row_insert(desk->store, TEND_T_touch, v, touch);

    for (int64_t i = 0; status == TEND_OK && i < ask->n_parties; i++) {
        bool main = i < ask->n_main;
        struct tend_value party[TEND_N_touch_party] = {
            [TEND_C_touch_party_touch] = tend_int(*touch),
            [TEND_C_touch_party_person] = tend_int(ask->parties[i]),
            [TEND_C_touch_party_disposition] = tend_str(main ? ask->disposition : none),
            [TEND_C_touch_party_sentiment] = tend_str(main ? ask->sentiment : none),
        };

        status = tend_row_insert(desk->store, TEND_T_touch_party, party, NULL);
    }
    if (status == TEND_OK && (ask->objection.len > 0 || ask->underlying.len > 0))
        status = tend_objection_write(desk, deed, ask->parties[0], *touch, ask->objection,
                                      ask->underlying);
    if (status == TEND_OK)
        tend_deed_tell(deed, &(struct tend_outcome){
            .effect = "touch", .kind = TEND_REF_TOUCH, .id = *touch, .person = ask->parties[0],
            .title = tend_arena_str(&deed->arena, ask->kind), .wall = -1 });
    return status;
}

static bool means(struct tend_desk *desk, const struct tend_touch_ask *ask,
                  struct tend_text disposition, const char *meaning)
{
    return tend_vocabulary_touch_means(desk->registry, ask->kind, disposition,
                                       ask->significant > 0, tend_text_of(meaning));
}

bool tend_touch_conversation(struct tend_desk *desk, const struct tend_touch_ask *ask)
{
    return ask->text.len > 0 && means(desk, ask, ask->disposition, "reached");
}

/* Was a kind that reaches people tried in vain? Then its name alone closes
 * nothing: a call that nobody answered is not the call that was planned. */
static bool in_vain(struct tend_desk *desk, const struct tend_touch_ask *ask)
{
    return means(desk, ask, (struct tend_text){ "", 0 }, "reached") &&
           !means(desk, ask, ask->disposition, "reached");
}

bool tend_touch_answers(struct tend_desk *desk, const struct tend_touch_ask *ask, int64_t at,
                        const struct tend_task_view *task)
{
    struct tend_text rest = task->closed_by, term;
    const struct tend_zone *zone = tend_person_zone(desk->store, task->person);
    bool vain = in_vain(desk, ask);

    /* it had happened before there was something to do; an anchor may be to come */
    if (at < (task->anchor < task->state_at ? task->anchor : task->state_at))
        return false;
    if (task->plugin.len == 0 && tend_zone_day(zone, at) < task->opens_day)
        return false;           /* an appointment stays, whatever is said before */
    while (tend_text_word(&rest, &term)) {
        if (vain && tend_text_eq(term, ask->kind))
            continue;
        if (tend_vocabulary_touch_means(desk->registry, ask->kind, ask->disposition,
                                        ask->significant > 0, term))
            return true;
    }
    return false;
}

tend_status tend_touch_close(struct tend_desk *desk, struct tend_deed *deed,
                             const struct tend_touch_ask *ask, int64_t at, tend_id person,
                             tend_id touch)
{
    struct tend_arena arena = { 0 };
    struct tend_task_view *tasks;
    int64_t n;
    tend_status status = tend_task_of(desk->store, person, deed->now, &arena, &tasks, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        if (tasks[i].id == ask->finishes || !tend_touch_answers(desk, ask, at, &tasks[i]))
            continue;
        tend_task_warn_early(desk, deed, at, person, tasks[i].plugin, tasks[i].opens_day);
        status = tend_task_close(desk, deed, tasks[i].id, true, touch, NULL);
    }
    tend_arena_finish(&arena);
    return status;
}

/* The task that was named; said if its window is still to open. Trying in vain is
 * not doing it, here as in `log`. */
static tend_status finish(struct tend_desk *desk, struct tend_deed *deed,
                          const struct tend_touch_ask *ask, int64_t at, tend_id touch)
{
    struct tend_value v[TEND_N_task];
    tend_status status = tend_row_read(desk->store, TEND_T_task, ask->finishes, &deed->arena, v,
                                       NULL);

    if (status == TEND_OK && in_vain(desk, ask)) {
        tend_deed_warn(deed, "t%lld stays open: %.*s is not having reached them",
                       (long long)ask->finishes, TEND_FMT(ask->disposition));
        return TEND_OK;
    }
    if (status == TEND_OK)
        tend_task_warn_early(desk, deed, at, v[TEND_C_task_person].i, v[TEND_C_task_plugin].t,
                             v[TEND_C_task_opens_day].i);
    return status == TEND_OK ? tend_task_close(desk, deed, ask->finishes, true, touch, NULL)
                             : status;
}

/* What is finished must be about somebody who was there. */
static tend_status check_finished(struct tend_desk *desk, const struct tend_touch_ask *ask,
                                  struct tend_arena *arena)
{
    struct tend_value v[TEND_N_task];
    tend_status status = tend_row_read(desk->store, TEND_T_task, ask->finishes, arena, v, NULL);

    if (status == TEND_NOT_FOUND)
        return tend_error_set(desk->err, TEND_NOT_FOUND, "there is no task t%lld",
                              (long long)ask->finishes);
    if (status != TEND_OK)
        return status;
    for (int64_t i = 0; i < ask->n_parties; i++)
        if (ask->parties[i] == tend_person_root(desk->store, v[TEND_C_task_person].i))
            return TEND_OK;
    return tend_error_set(desk->err, TEND_INVALID, "t%lld is about p%lld, who was not there",
                          (long long)ask->finishes, (long long)v[TEND_C_task_person].i);
}

static tend_status log_touch(struct tend_desk *desk, struct tend_deed *deed,
                             const struct tend_touch_ask *ask, tend_id *touch)
{
    int64_t at = ask->at ? ask->at : deed->now;
    tend_id me = tend_store_me(desk->store);
    struct tend_touch_ask present = *ask;       /* who was there, but said nothing of it */
    tend_status status = write_touch(desk, deed, ask, at, touch);

    for (int64_t i = 0; status == TEND_OK && i < ask->n_parties; i++)
        if (ask->n_parties == 1 || ask->parties[i] != me)   /* who was along is no lead */
            tend_deed_raise(deed, "touch.logged", ask->parties[i], *touch, at, NULL);
    if (status == TEND_OK && ask->finishes)
        status = finish(desk, deed, ask, at, *touch);
    for (int64_t i = 0; status == TEND_OK && i < ask->n_parties; i++) {
        if (i == ask->n_main)
            present.disposition = (struct tend_text){ "", 0 };
        status = tend_touch_close(desk, deed, &present, at, ask->parties[i], *touch);
    }
    return status;
}

tend_status tend_touch_log(struct tend_desk *desk, struct tend_deed *deed,
                           const struct tend_touch_ask *ask, tend_id *touch)
{
    struct tend_touch_ask once = *ask;
    tend_id *parties;
    tend_status status = check(desk, deed, ask);

    *touch = 0;
    if (status == TEND_OK && ask->finishes)
        status = check_finished(desk, ask, &deed->arena);
    if (status != TEND_OK)
        return status;
    parties = tend_arena_take(&deed->arena, (size_t)ask->n_parties * sizeof *parties);
    once.parties = parties;
    once.n_parties = once.n_main = 0;
    for (int64_t i = 0; i < ask->n_parties; i++) {
        int64_t j = 0;

        while (j < once.n_parties && parties[j] != ask->parties[i])
            j++;
        if (j == once.n_parties)
            parties[once.n_parties++] = ask->parties[i];
        if (ask->n_main == 0 || i < ask->n_main)
            once.n_main = once.n_parties;
    }
    if (once.significant == 0)
        once.significant = tend_touch_conversation(desk, &once) ? 1 : -1;
    return log_touch(desk, deed, &once, touch);
}
