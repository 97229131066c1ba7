/* SPDX-License-Identifier: 0BSD
 *
 * channel: how a message leaves (kind "channel"). Free to change: define
 * TEND_UNSTABLE before the include.
 *
 * `send` runs in a process of its own, with ctx->http and ctx->secret, which is
 * ended when it takes too long. Whoever asked to be left alone is never given
 * to it: the gate was passed before.
 */
#ifndef TEND_X_CHANNEL_H
#define TEND_X_CHANNEL_H

#ifndef TEND_UNSTABLE
#error "tend/x/channel.h may change with every version: say #define TEND_UNSTABLE before it"
#endif

#include <tend/types.h>

struct tend_ctx;

enum {
    TEND_SENT_ACCEPTED = 0,     /* it is on its way */
    TEND_SENT_FAILED = 1,       /* it never will be: a wrong address */
    TEND_SENT_RETRY = 2,        /* not now: it surely did not leave */
    TEND_SENT_UNKNOWN = 3       /* it may have left: not to be sent again */
};

struct tend_message {
    int64_t size;
    const char *key;            /* one for each message, the same when it is tried again */
    const char *to;             /* the address: its key, E.164 of a phone */
    const char *name;           /* of the person */
    const char *subject;        /* may be "" */
    struct tend_text text;
};

struct tend_channel {
    int64_t size;
    const char *name;           /* "sms" */
    const char *title;
    const char *address;        /* the kind of contact point: "email", "phone" */
    int64_t most;               /* characters of a text, 0: any */
    /* *sent is one of the above; the slot says why it was not accepted. A failed call is
     * TEND_SENT_UNKNOWN. */
    tend_status (*send)(struct tend_ctx *ctx, const struct tend_message *message, int64_t *sent);
};

#endif
