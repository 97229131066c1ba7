/* A message to one person: the gate is asked, its key is claimed, a channel sends it, and
 * what became of it is written down. Nothing is sent twice under one key. */
#ifndef TEND_DESK_MESSAGE_H
#define TEND_DESK_MESSAGE_H

#include "desk/desk.h"

enum tend_message_state { /* those of TEND_SENT_..., and before any of them */
    TEND_MESSAGE_ACCEPTED, TEND_MESSAGE_FAILED, TEND_MESSAGE_RETRY, TEND_MESSAGE_UNKNOWN,
    TEND_MESSAGE_SENDING
};

struct tend_message_ask {
    const struct tend_provider *channel;
    tend_id person;
    struct tend_text subject, text;
    struct tend_text key;       /* empty: the same text to the same person on the same day */
    int64_t deadline;           /* of the worker; 0: the usual */
};

struct tend_message_done {
    tend_id message;
    const char *key, *to;       /* in the arena */
    enum tend_message_state state;
    const char *why;            /* where it was not accepted */
    const char *kind;           /* of the touch */
};

/* Within a deed: may it be sent, and to where? Then its key is claimed. TEND_EXISTS: it
 * was sent under that key, or may have been. TEND_DENIED: the gate. */
tend_status tend_message_claim(struct tend_desk *desk, struct tend_deed *deed,
                               const struct tend_message_ask *ask, struct tend_arena *arena,
                               struct tend_message_done *out);
/* Outside of a deed: it is sent, and the gate asked once more before the bytes leave. */
void tend_message_send(struct tend_desk *desk, const struct tend_message_ask *ask,
                       struct tend_arena *arena, struct tend_message_done *out);
/* Within a deed: what became of it; accepted, it is a touch. */
tend_status tend_message_settle(struct tend_desk *desk, struct tend_deed *deed,
                                const struct tend_message_ask *ask,
                                const struct tend_message_done *done, tend_id *touch);

#endif
