/* Sending a message: claimed, sent by a worker, settled. */
#define TEND_UNSTABLE
#include "desk/message.h"
#include "base/hash.h"
#include "desk/gate.h"
#include "desk/work.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"
#include "store/row.h"
#include "worker/worker.h"
#include <tend/x/channel.h>

/* --- may it be sent? -------------------------------------------------------- */

/* Which touch it will be: the channel's own kind, else that of its address. */
static const char *touch_kind(struct tend_desk *desk, const struct tend_channel *channel)
{
    const char *const names[] = { channel->name,
                                  strcmp(channel->address, "phone") == 0 ? "text" : channel->address,
                                  "message" };
    struct tend_word_info word;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (tend_vocabulary_find(desk->registry, TEND_WORD_KIND, tend_text_of(names[i]), NULL,
                                 &word))
            return names[i];
    return "message";
}

static tend_status gate(struct tend_desk *desk, tend_id person, struct tend_text kind,
                        struct tend_arena *arena, struct tend_error *err)
{
    struct tend_gate_answer answer;
    struct tend_gate_moment moment;
    tend_status status = tend_gate_marked(desk, person, kind, arena, &answer);

    if (status == TEND_OK && !answer.open)
        return tend_error_set(err, TEND_DENIED, "p%lld is %s", (long long)person, answer.why);
    if (status == TEND_OK)
        status = tend_gate_at(desk, person, kind, tend_clock_now(desk->clock), arena, &moment);
    if (status == TEND_OK && !moment.open)
        return tend_error_set(err, TEND_DENIED, "not now: %s",
                              moment.n > 0 ? moment.reason[0] : "the gate is shut");
    if (status != TEND_OK && err != desk->err)
        *err = *desk->err;
    return status;
}

static tend_status find_address(struct tend_desk *desk, const struct tend_message_ask *ask,
                                struct tend_arena *arena, struct tend_message_done *out)
{
    const struct tend_channel *channel = ask->channel->record;
    struct tend_person_view view;
    tend_status status = tend_person_read(desk->store, ask->person, arena, &view);

    for (int64_t i = 0; status == TEND_OK && i < view.n_points && !out->to; i++)
        if (tend_text_is(view.points[i].kind, channel->address) && view.points[i].key.len > 0)
            out->to = tend_arena_str(arena, view.points[i].key);
    if (status != TEND_OK || out->to)
        return status;
    tend_error_set(desk->err, TEND_NOT_FOUND, "p%lld %.*s has no %s that %s could send to",
                   (long long)ask->person, TEND_FMT(view.name), channel->address, channel->name);
    tend_error_cure(desk->err, "set p%lld %s=...", (long long)ask->person, channel->address);
    return TEND_NOT_FOUND;
}

static tend_status check_length(struct tend_desk *desk, const struct tend_message_ask *ask)
{
    const struct tend_channel *channel = ask->channel->record;
    int64_t n = 0;

    for (int64_t i = 0; i < ask->text.len; i++)
        n += ((unsigned char)ask->text.at[i] & 0xC0) != 0x80;
    if (channel->most == 0 || n <= channel->most)
        return TEND_OK;
    return tend_error_set(desk->err, TEND_USAGE, "%s takes %lld characters, and the text has %lld",
                          channel->name, (long long)channel->most, (long long)n);
}

static const char *key_of(struct tend_desk *desk, const struct tend_message_ask *ask,
                          struct tend_arena *arena)
{
    uint64_t hash = tend_hash(TEND_HASH_SEED, ask->text.at, (size_t)ask->text.len);

    if (ask->key.len > 0)
        return tend_arena_str(arena, ask->key);
    hash = tend_hash(hash, ask->subject.at, (size_t)ask->subject.len);
    return tend_arena_printf(arena, "%s-p%lld-d%lld-%016llx", ask->channel->name,
                             (long long)ask->person, (long long)tend_store_today(desk->store),
                             (unsigned long long)hash);
}

/* The one of that key; one that surely did not leave may be sent again. */
static tend_status check_key(struct tend_desk *desk, struct tend_arena *arena,
                             struct tend_message_done *out)
{
    struct tend_value v[TEND_N_message];
    tend_status status;

    out->message = tend_rows_message(desk->store, tend_text_of(out->key));
    if (!out->message)
        return TEND_OK;
    status = tend_row_read(desk->store, TEND_T_message, out->message, arena, v, NULL);
    if (status != TEND_OK)
        return status;
    if (v[TEND_C_message_state].i == TEND_MESSAGE_RETRY || v[TEND_C_message_state].i == TEND_MESSAGE_FAILED)
        return TEND_OK;
    return tend_error_set(desk->err, TEND_EXISTS, "m%lld %s under the key %s; another --key sends it "
                          "again", (long long)out->message,
                          v[TEND_C_message_state].i == TEND_MESSAGE_ACCEPTED ? "was sent"
                                                                             : "may have been sent",
                          out->key);
}

tend_status tend_message_claim(struct tend_desk *desk, struct tend_deed *deed,
                               const struct tend_message_ask *ask, struct tend_arena *arena,
                               struct tend_message_done *out)
{
    struct tend_value v[TEND_N_message] = {
        [TEND_C_message_person] = tend_int(ask->person),
        [TEND_C_message_channel] = tend_str(tend_text_of(ask->channel->name)),
        [TEND_C_message_subject] = tend_str(ask->subject),
        [TEND_C_message_text] = tend_str(ask->text),
        [TEND_C_message_state] = tend_int(TEND_MESSAGE_SENDING),
        [TEND_C_message_at] = tend_int(deed->now),
    };
    tend_status status = check_length(desk, ask);

    *out = (struct tend_message_done){ .state = TEND_MESSAGE_SENDING };
    out->kind = touch_kind(desk, ask->channel->record);
    if (status == TEND_OK)
        status = find_address(desk, ask, arena, out);
    if (status == TEND_OK)
        status = gate(desk, ask->person, tend_text_of(out->kind), arena, desk->err);
    if (status != TEND_OK)
        return status;
    out->key = key_of(desk, ask, arena);
    v[TEND_C_message_key] = tend_str(tend_text_of(out->key));
    status = check_key(desk, arena, out);
    if (status != TEND_OK)
        return status;
    if (out->message)
        return tend_row_set(desk->store, TEND_T_message, out->message, TEND_C_message_state,
                            tend_int(TEND_MESSAGE_SENDING));
    return tend_row_insert(desk->store, TEND_T_message, v, &out->message);
}

/* --- it goes -------------------------------------------------------------- */

struct leaving {
    struct tend_desk *desk;
    const struct tend_message_ask *ask;
    const char *kind;
    struct tend_arena *arena;
    bool left, refused;
};

/* Just before the bytes: somebody may have asked to be left alone meanwhile. */
static tend_status before_bytes(void *data, struct tend_error *err)
{
    struct leaving *leaving = data;
    tend_status status = gate(leaving->desk, leaving->ask->person, tend_text_of(leaving->kind),
                              leaving->arena, err);

    leaving->left = leaving->left || status == TEND_OK;
    leaving->refused = leaving->refused || status != TEND_OK;
    return status;
}

void tend_message_send(struct tend_desk *desk, const struct tend_message_ask *ask,
                       struct tend_arena *arena, struct tend_message_done *out)
{
    struct leaving leaving = { desk, ask, out->kind, arena, false, false };
    const struct tend_worker_job job = {
        .registry = desk->registry, .provider = ask->channel, .now = tend_clock_now(desk->clock),
        .deadline = ask->deadline, .leaves = before_bytes, .data = &leaving,
    };
    struct tend_person_view view = { .name = { "", 0 } };
    struct tend_message message = {
        .size = sizeof message, .key = out->key, .to = out->to,
        .subject = tend_arena_str(arena, ask->subject), .text = ask->text,
    };
    struct tend_worker *worker = NULL;
    struct tend_error err = { 0 };
    int64_t sent = TEND_SENT_UNKNOWN;
    bool out_of_hand = false;
    tend_status status = tend_person_read(desk->store, ask->person, arena, &view);

    message.name = tend_arena_str(arena, view.name);
    if (status == TEND_OK)
        status = tend_worker_start(&worker, &job, &err);
    /* a module may have ways out of its own, at which nobody asks again */
    if (status == TEND_OK && tend_instance_native(ask->channel->owner))
        status = gate(desk, ask->person, tend_text_of(out->kind), arena, &err);
    if (status == TEND_OK) {
        out_of_hand = tend_instance_native(ask->channel->owner);
        tend_worker_send(worker, &message, &sent, &err);
    }
    tend_worker_stop(worker);
    if (sent < TEND_SENT_ACCEPTED || sent > TEND_SENT_UNKNOWN)
        sent = TEND_SENT_UNKNOWN;
    if (sent == TEND_SENT_UNKNOWN && !leaving.left && (!out_of_hand || leaving.refused))
        sent = TEND_SENT_RETRY;         /* no byte of it went anywhere */
    out->state = (enum tend_message_state)sent;
    out->why = tend_arena_str(arena, tend_text_of(err.text));
}

tend_status tend_message_settle(struct tend_desk *desk, struct tend_deed *deed,
                                const struct tend_message_ask *ask,
                                const struct tend_message_done *done, tend_id *touch)
{
    const struct tend_touch_ask said = {
        .parties = &ask->person, .n_parties = 1, .kind = tend_text_of(done->kind),
        .direction = TEND_TEXT("out"), .text = ask->text, .significant = -1,
    };
    tend_status status = tend_row_set(desk->store, TEND_T_message, done->message,
                                      TEND_C_message_state, tend_int(done->state));

    *touch = 0;
    if (status == TEND_OK && done->state == TEND_MESSAGE_ACCEPTED)
        status = tend_touch_log(desk, deed, &said, touch);
    if (status == TEND_OK && *touch)
        status = tend_row_set(desk->store, TEND_T_message, done->message, TEND_C_message_touch,
                              tend_int(*touch));
    if (status == TEND_OK && (done->state == TEND_MESSAGE_ACCEPTED ||
                              done->state == TEND_MESSAGE_UNKNOWN))
        tend_batch_seal(desk->store);   /* it has left: no undo brings it back */
    return status;
}
