/* One command as one batch: its beginning and end, what it tells, and the rows
 * that say why. What waits to be answered is answered in answer.c. */
#include "desk/deed.h"
#include "base/text.h"
#include <stdio.h>

tend_status tend_deed_begin(struct tend_desk *desk, struct tend_deed *deed, const char *verb)
{
    return tend_deed_begin_as(desk, deed, TEND_BATCH_COMMAND, verb);
}

tend_status tend_deed_begin_as(struct tend_desk *desk, struct tend_deed *deed,
                               enum tend_batch_kind kind, const char *verb)
{
    memset(deed, 0, sizeof *deed);
    tend_rules_forget(desk);
    /* a breach of a dry run, which wrote nothing */
    if (!desk->dry)
        tend_registry_remember(desk->registry);
    deed->now = tend_clock_now(desk->clock);
    deed->actor = tend_store_me(desk->store);
    deed->queue = tend_alloc(sizeof *deed->queue);
    return tend_batch_begin(desk->store, kind, verb, deed->actor);
}

void tend_deed_abort(struct tend_desk *desk, struct tend_deed *deed)
{
    struct tend_error kept = *desk->err;

    deed->batch = 0;
    tend_batch_abort(desk->store);
    /* a dry run writes nothing, not even that */
    if (!desk->dry)
        tend_registry_remember(desk->registry);
    *desk->err = kept;
}

tend_status tend_deed_end(struct tend_desk *desk, struct tend_deed *deed)
{
    tend_status status = tend_deed_answer(desk, deed);

    if (status == TEND_OK && !desk->dry)
        status = tend_batch_commit(desk->store, &deed->batch);
    else if (status == TEND_OK)
        status = tend_derive_flush(desk->store);
    if (status != TEND_OK || desk->dry)
        tend_deed_abort(desk, deed);
    else    /* one whose sniff broke a limit, while another reader did the work */
        tend_registry_remember(desk->registry);
    return status;
}

void tend_deed_finish(struct tend_deed *deed)
{
    TEND_ARRAY_FINISH(&deed->outcome);
    TEND_ARRAY_FINISH(&deed->warning);
    TEND_ARRAY_FINISH(&deed->vetoes.veto);
    if (deed->queue) {
        TEND_ARRAY_FINISH(&deed->queue->event);
        tend_free(deed->queue);
        deed->queue = NULL;
    }
    tend_arena_finish(&deed->arena);
}

static const char *kept(struct tend_deed *deed, const char *text)
{
    return text ? tend_arena_str(&deed->arena, tend_text_of(text)) : NULL;
}

void tend_deed_tell(struct tend_deed *deed, const struct tend_outcome *outcome)
{
    struct tend_outcome own = *outcome;

    own.plugin = kept(deed, outcome->plugin);
    own.track = kept(deed, outcome->track);
    own.from = kept(deed, outcome->from);
    own.to = kept(deed, outcome->to);
    own.title = kept(deed, outcome->title);
    TEND_PUSH(&deed->outcome, own);
}

void tend_deed_warn(struct tend_deed *deed, const char *fmt, ...)
{
    va_list args;
    const char *line;

    va_start(args, fmt);
    line = tend_arena_vprintf(&deed->arena, fmt, args);
    va_end(args);
    for (int64_t i = 0; i < deed->warning.n; i++)
        if (strcmp(deed->warning.at[i], line) == 0)
            return;
    TEND_PUSH(&deed->warning, line);
}

tend_status tend_deed_decide(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             const struct tend_cause *cause, const char *effect,
                             enum tend_ref_kind subject_kind, tend_id subject,
                             struct tend_text text)
{
    struct tend_value v[TEND_N_decision] = {
        [TEND_C_decision_person] = tend_ref(person),
        [TEND_C_decision_plugin] = tend_str(tend_text_of(cause->plugin)),
        [TEND_C_decision_event] = tend_str(tend_text_of(cause->event)),
        [TEND_C_decision_cause_kind] = tend_ref(cause->kind),
        [TEND_C_decision_cause_id] = tend_ref(cause->id),
        [TEND_C_decision_effect] = tend_str(tend_text_of(effect)),
        [TEND_C_decision_subject_kind] = tend_ref(subject_kind),
        [TEND_C_decision_subject_id] = tend_ref(subject),
        [TEND_C_decision_text] = tend_str(text),
        [TEND_C_decision_at] = tend_int(deed->now),
    };

    return tend_row_insert(desk->store, TEND_T_decision, v, NULL);
}
