/* A touch was written down wrong, or never was: what it caused is withdrawn, and rules and
 * policies look again. */
#include "desk/apply.h"
#include "desk/limit.h"
#include "desk/withdraw.h"
#include "desk/work.h"
#include "store/ops_rows.h"
#include "store/ops_task.h"
#include "store/ops_touch.h"

#define BIT(column) (UINT64_C(1) << TEND_C_touch_##column)

/* What was logged, as it would be asked for; of party `i`. */
static struct tend_touch_ask ask_of(const struct tend_touch_view *view, int64_t i)
{
    return (struct tend_touch_ask){
        .kind = view->kind, .text = view->text, .direction = view->direction, .at = view->at,
        .disposition = i < view->n_parties ? view->parties[i].disposition
                                           : (struct tend_text){ "", 0 },
        .significant = view->significant ? 1 : -1,
    };
}

static bool reached(struct tend_desk *desk, const struct tend_touch_ask *ask)
{
    return tend_vocabulary_touch_means(desk->registry, ask->kind, ask->disposition,
                                       ask->significant > 0, TEND_TEXT("reached"));
}

/* Tasks that the touch has closed as it was, and would not as it is now; one that
 * reached them, whatever its name is now, has done what was planned. */
static tend_status reopen(struct tend_desk *desk, struct tend_deed *deed,
                          const struct tend_touch_view *before, int64_t i,
                          const struct tend_touch_ask *after)
{
    struct tend_touch_ask was = ask_of(before, i);
    tend_id *tasks;
    int64_t n;
    tend_status status;

    if (after && reached(desk, &was) && reached(desk, after))
        return TEND_OK;
    status = tend_rows_closed(desk->store, before->parties[i].person, before->id, &deed->arena,
                              &tasks, &n);

    for (int64_t t = 0; status == TEND_OK && t < n; t++) {
        struct tend_task_view task;

        status = tend_task_read(desk->store, tasks[t], deed->now, &deed->arena, &task);
        task.state_at = task.anchor;
        if (status == TEND_OK && tend_touch_answers(desk, &was, before->at, &task) &&
            (!after || !tend_touch_answers(desk, after, after->at, &task)))
            status = tend_task_reopen(desk, deed, tasks[t]);
    }
    return status;
}

/* Earlier touches whose task this one had re-timed, and, where somebody's stage went
 * back, later ones: they may mean what this one no longer does. */
static tend_status look_again(struct tend_desk *desk, struct tend_deed *deed,
                              const struct tend_withdrawing *w, const struct tend_touch_view *touch)
{
    struct tend_touch_view *all;
    int64_t n;
    tend_status status = tend_touch_of(desk->store, w->person, 50, &deed->arena, &all, &n);

    for (int64_t i = n; status == TEND_OK && i > 0; i--) {      /* the oldest first */
        const struct tend_touch_view *other = &all[i - 1];
        bool again = w->moved && (other->at > touch->at ||
                                  (other->at == touch->at && other->id > touch->id));

        for (int64_t k = 0; k < w->again.n; k++)
            again = again || w->again.at[k] == other->id;
        if (again && other->id != touch->id)
            tend_deed_raise(deed, "touch.corrected", w->person, other->id, other->at, NULL);
    }
    return status;
}

static tend_status withdraw(struct tend_desk *desk, struct tend_deed *deed,
                            const struct tend_touch_view *touch, tend_id person)
{
    struct tend_withdrawing w = { .desk = desk, .deed = deed, .person = person };
    tend_status status = tend_withdraw_cause(&w, TEND_REF_TOUCH, touch->id, 0);

    if (status == TEND_OK)
        status = look_again(desk, deed, &w, touch);
    tend_withdraw_finish(&w);
    return status;
}

/* --- correcting ------------------------------------------------------------ */

static bool differs(const struct tend_text *wanted, struct tend_text is)
{
    return wanted && !tend_text_eq(*wanted, is);
}

static tend_status check(struct tend_desk *desk, const struct tend_deed *deed,
                         const struct tend_touch_change *change)
{
    tend_status status = TEND_OK;

    if (change->kind)
        status = change->kind->len == 0
                     ? tend_error_set(desk->err, TEND_INVALID, "a touch needs a kind, such as call")
                     : tend_word_check(desk, TEND_WORD_KIND, "kind of touch", *change->kind);
    if (status == TEND_OK && change->disposition && change->disposition->len > 0)
        status = tend_word_check(desk, TEND_WORD_DISPOSITION, "disposition", *change->disposition);
    if (status == TEND_OK && change->direction && !tend_text_is(*change->direction, "in") &&
        !tend_text_is(*change->direction, "out"))
        status = tend_error_set(desk->err, TEND_INVALID, "the direction of a touch is in or out");
    if (status == TEND_OK && change->text)
        status = tend_limit_text(desk, "the text of a touch", *change->text);
    if (status == TEND_OK && change->at > deed->now)
        status = tend_error_set(desk->err, TEND_INVALID,
                                "that is still to come: a touch is when it has happened");
    if (status == TEND_OK && change->person)
        status = tend_person_there(desk, change->person);
    return status;
}

/* The first party's row is another's now, or goes if they were there already. */
static tend_status move_party(struct tend_desk *desk, const struct tend_touch_view *view,
                              tend_id person)
{
    for (int64_t i = 1; i < view->n_parties; i++)
        if (view->parties[i].person == person)
            return tend_row_delete(desk->store, TEND_T_touch_party, view->parties[0].id);
    return tend_row_set(desk->store, TEND_T_touch_party, view->parties[0].id,
                        TEND_C_touch_party_person, tend_int(person));
}

/* Of several people it is what was said by the first, and by who said the same. */
static tend_status set_parties(struct tend_desk *desk, const struct tend_touch_view *view,
                               const struct tend_touch_change *change)
{
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < view->n_parties; i++) {
        struct tend_text first = view->parties[0].disposition;

        if (i > 0 && (first.len == 0 || !tend_text_eq(view->parties[i].disposition, first)))
            continue;
        if (change->disposition)
            status = tend_row_set(desk->store, TEND_T_touch_party, view->parties[i].id,
                                  TEND_C_touch_party_disposition, tend_str(*change->disposition));
        if (status == TEND_OK && change->sentiment)
            status = tend_row_set(desk->store, TEND_T_touch_party, view->parties[i].id,
                                  TEND_C_touch_party_sentiment, tend_str(*change->sentiment));
    }
    if (status == TEND_OK && change->person && change->person != view->person)
        status = move_party(desk, view, change->person);
    return status;
}

/* Where it was not said, it is what the touch now is, if it was what the touch then was. */
static bool significance(struct tend_desk *desk, const struct tend_touch_view *view,
                         const struct tend_touch_ask *after, const struct tend_touch_change *change)
{
    struct tend_touch_ask before = ask_of(view, 0);

    if (change->significant != 0)
        return change->significant > 0;
    if (view->significant == tend_touch_conversation(desk, &before))
        return tend_touch_conversation(desk, after);
    return view->significant;
}

static tend_status write(struct tend_desk *desk, const struct tend_touch_view *view,
                         const struct tend_touch_change *change, struct tend_touch_ask *after)
{
    struct tend_value v[TEND_N_touch];
    struct tend_arena arena = { 0 };
    tend_status status = tend_row_read(desk->store, TEND_T_touch, view->id, &arena, v, NULL);

    *after = ask_of(view, 0);
    if (change->kind)
        after->kind = *change->kind;
    if (change->text)
        after->text = *change->text;
    if (change->direction)
        after->direction = *change->direction;
    if (change->disposition)
        after->disposition = *change->disposition;
    if (change->at)
        after->at = change->at;
    after->significant = significance(desk, view, after, change) ? 1 : -1;
    v[TEND_C_touch_kind] = tend_str(after->kind);
    v[TEND_C_touch_text] = tend_str(after->text);
    v[TEND_C_touch_direction] = tend_str(after->direction);
    v[TEND_C_touch_at] = tend_int(after->at);
    v[TEND_C_touch_significant] = tend_int(after->significant > 0);
    if (change->person)
        v[TEND_C_touch_person] = tend_int(change->person);
    if (status == TEND_OK)
        status = tend_row_update(desk->store, TEND_T_touch, view->id,
                                 BIT(kind) | BIT(text) | BIT(direction) | BIT(at) |
                                     BIT(significant) | BIT(person),
                                 v);
    tend_arena_finish(&arena);
    return status == TEND_OK ? set_parties(desk, view, change) : status;
}

/* Does it mean something else now? A better word for the same does not. */
static bool another(const struct tend_touch_view *view, const struct tend_touch_change *change,
                    const struct tend_touch_ask *after)
{
    return differs(change->kind, view->kind) ||
           differs(change->disposition, view->parties[0].disposition) ||
           differs(change->direction, view->direction) || after->at != view->at ||
           (change->person && change->person != view->person) ||
           (after->significant > 0) != view->significant;
}

tend_status tend_touch_correct(struct tend_desk *desk, struct tend_deed *deed, tend_id touch,
                               const struct tend_touch_change *change)
{
    struct tend_touch_view before, now;
    struct tend_touch_ask after;
    tend_status status = tend_touch_read(desk->store, touch, &deed->arena, &before);
    bool other;

    if (status == TEND_OK)
        status = check(desk, deed, change);
    if (status == TEND_OK)
        status = write(desk, &before, change, &after);
    if (status == TEND_OK)
        status = tend_touch_read(desk->store, touch, &deed->arena, &now);
    if (status != TEND_OK)
        return status;
    other = another(&before, change, &after);
    for (int64_t i = 0; status == TEND_OK && other && i < before.n_parties; i++) {
        struct tend_touch_ask of = ask_of(&now, 0);
        bool there = false;

        for (int64_t k = 0; k < now.n_parties; k++) {
            if (now.parties[k].person != before.parties[i].person)
                continue;
            there = true;
            of = ask_of(&now, k);
        }
        status = withdraw(desk, deed, &before, before.parties[i].person);
        if (status == TEND_OK)
            status = reopen(desk, deed, &before, i, there ? &of : NULL);
    }
    tend_deed_tell(deed, &(struct tend_outcome){
        .effect = "edit", .kind = TEND_REF_TOUCH, .id = touch, .person = now.person,
        .title = tend_arena_str(&deed->arena, now.kind), .wall = -1 });
    for (int64_t i = 0; i < now.n_parties; i++)
        if (now.n_parties == 1 || now.parties[i].person != tend_store_me(desk->store))
            tend_deed_raise(deed, "touch.corrected", now.parties[i].person, touch, now.at, NULL);
    for (int64_t i = 0; status == TEND_OK && other && i < now.n_parties; i++) {
        struct tend_touch_ask of = ask_of(&now, i);

        status = tend_touch_close(desk, deed, &of, now.at, now.parties[i].person, touch);
    }
    return status;
}

/* --- taking back ------------------------------------------------------------ */

/* What hangs on the touch: who was there, what they said against it; a consent stays. */
static tend_status remove_parts(struct tend_desk *desk, struct tend_deed *deed,
                                const struct tend_touch_view *touch)
{
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_objections(desk->store, touch->id, &deed->arena, &ids, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++)
        status = tend_row_delete(desk->store, TEND_T_objection, ids[i]);
    if (status == TEND_OK)
        status = tend_rows_consents(desk->store, touch->id, &deed->arena, &ids, &n);
    for (int64_t i = 0; status == TEND_OK && i < n; i++)
        status = tend_row_set(desk->store, TEND_T_consent, ids[i], TEND_C_consent_touch,
                              (struct tend_value){ 0 });
    for (int64_t i = 0; status == TEND_OK && i < touch->n_parties; i++) {
        /* what it had closed by name stays closed, by nothing that is there */
        status = tend_rows_closed(desk->store, touch->parties[i].person, touch->id, &deed->arena,
                                  &ids, &n);
        for (int64_t t = 0; status == TEND_OK && t < n; t++)
            status = tend_row_set(desk->store, TEND_T_task, ids[t], TEND_C_task_closed_touch,
                                  (struct tend_value){ 0 });
        if (status == TEND_OK)
            status = tend_row_delete(desk->store, TEND_T_touch_party, touch->parties[i].id);
    }
    return status;
}

tend_status tend_touch_remove(struct tend_desk *desk, struct tend_deed *deed, tend_id touch)
{
    struct tend_touch_view view;
    tend_status status = tend_touch_read(desk->store, touch, &deed->arena, &view);

    for (int64_t i = 0; status == TEND_OK && i < view.n_parties; i++) {
        status = withdraw(desk, deed, &view, view.parties[i].person);
        if (status == TEND_OK)
            status = reopen(desk, deed, &view, i, NULL);
    }
    if (status == TEND_OK)
        status = remove_parts(desk, deed, &view);
    if (status == TEND_OK)
        status = tend_row_delete(desk->store, TEND_T_touch, touch);
    if (status == TEND_OK)
        tend_deed_tell(deed, &(struct tend_outcome){
            .effect = "remove", .kind = TEND_REF_TOUCH, .id = touch, .person = view.person,
            .title = tend_arena_str(&deed->arena, view.kind), .wall = -1 });
    return status;
}
