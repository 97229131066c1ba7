/* SPDX-License-Identifier: 0BSD
 *
 * ctx->make: what should happen, as data. An effect is only collected here;
 * the core checks it, passes it through the gate and applies it in the
 * transaction of the event.
 *
 *     TEND_TASK(ctx, event->person, "mull-over", .title = "Follow up",
 *               .window = "2d..7d", .closed_by = "reached");
 *
 * An effect that makes something has a key: there is at most one for (plugin,
 * key, person, cause), and an open one of the same key is re-timed, so that a
 * second look makes nothing twice.
 *
 * A window is `min..max` counted from the event: `3d` is three local days on,
 * in the person's own zone; `72h` is elapsed time. A task's window is whole
 * local days: from the first moment of its first to the last of its last.
 *
 * All or nothing: at most 64 effects a call, and one that is refused fails the
 * whole call, whether its status is looked at or not.
 */
#ifndef TEND_EFFECT_H
#define TEND_EFFECT_H

#include <tend/types.h>

struct tend_ctx;

enum {
    TEND_FX_TASK = 1,
    TEND_FX_RETIME = 2,
    TEND_FX_DONE = 3,
    TEND_FX_DROP = 4,
    TEND_FX_MOVE = 5,
    TEND_FX_HOLD = 6,
    TEND_FX_SET = 7,
    TEND_FX_TAG = 8,
    TEND_FX_UNTAG = 9,
    TEND_FX_NOTE = 10,
    TEND_FX_LINK = 11,
    TEND_FX_STATE = 12
};

struct tend_fx {            /* begins every effect */
    uint32_t size, kind;
    tend_id person;
    const char *key;        /* what makes it one; needed for a task */
};

struct tend_fx_task {       /* something to do with this person */
    struct tend_fx fx;
    const char *title;      /* "Follow up" */
    const char *type;       /* a touch kind, if it is one: "call" */
    const char *window;     /* "2d..7d" */
    const char *closed_by;  /* touch kinds and meanings that close it: "reached" */
    const char *why;        /* a few words for the list of the day */
    int64_t anchor;         /* counted from here, microseconds UTC; 0: the event */
};
struct tend_fx_retime {     /* the open task of this key gets another window */
    struct tend_fx fx;
    const char *window;
    const char *why;
};
struct tend_fx_close {      /* done, drop: the open task of this key */
    struct tend_fx fx;
    const char *why;
};
struct tend_fx_move {       /* to a stage; guards have their say */
    struct tend_fx fx;
    const char *track, *stage, *reason;
};
struct tend_fx_hold {       /* beside the stage, until a window has passed */
    struct tend_fx fx;
    const char *track, *type;   /* "soft_no", "not_now" */
    const char *until;          /* "6w", "30d", or a day: "2027-01-11" */
    const char *reason;
};
struct tend_fx_set {        /* a field or an attribute; an empty value clears */
    struct tend_fx fx;
    const char *field, *value;
};
struct tend_fx_text {       /* tag, untag, note */
    struct tend_fx fx;
    const char *text;
};
struct tend_fx_link {
    struct tend_fx fx;
    tend_id other;
    const char *type;       /* "spouse", "household", "referred_by" */
};
struct tend_fx_state {      /* what this plugin keeps; NULL forgets it */
    struct tend_fx fx;
    const char *name, *value;
};

struct tend_make_api {
    uint32_t size, level;

    /* Copies the effect. TEND_INVALID, with a text in the error slot, for one
     * that cannot be right; TEND_LIMIT for the 65th. The call fails then, with
     * that text, and nothing of it is applied. */
    tend_status (*emit)(struct tend_ctx *ctx, const struct tend_fx *fx);
    /* In a guard only: no, because `text`; `cure` is the command that lifts
     * it. Every guard is asked, every veto is shown. One that is refused (no
     * code, no text) fails the guard, which is a veto too. */
    tend_status (*veto)(struct tend_ctx *ctx, const char *code, const char *text,
                        const char *cure);
};

#define TEND_FX(c, t, k, p, key_, ...)                                          \
    ((c)->make->emit((c), &(struct t){ .fx = { sizeof(struct t), (k), (p), (key_) }, \
                                       __VA_ARGS__ }.fx))
#define TEND_TASK(c, p, key_, ...) TEND_FX(c, tend_fx_task, TEND_FX_TASK, p, key_, __VA_ARGS__)
#define TEND_RETIME(c, p, key_, ...) \
    TEND_FX(c, tend_fx_retime, TEND_FX_RETIME, p, key_, __VA_ARGS__)
#define TEND_DONE(c, p, key_, ...) TEND_FX(c, tend_fx_close, TEND_FX_DONE, p, key_, __VA_ARGS__)
#define TEND_DROP(c, p, key_, ...) TEND_FX(c, tend_fx_close, TEND_FX_DROP, p, key_, __VA_ARGS__)
#define TEND_MOVE(c, p, ...) TEND_FX(c, tend_fx_move, TEND_FX_MOVE, p, NULL, __VA_ARGS__)
#define TEND_HOLD(c, p, ...) TEND_FX(c, tend_fx_hold, TEND_FX_HOLD, p, NULL, __VA_ARGS__)
#define TEND_SET(c, p, ...) TEND_FX(c, tend_fx_set, TEND_FX_SET, p, NULL, __VA_ARGS__)
#define TEND_TAG(c, p, ...) TEND_FX(c, tend_fx_text, TEND_FX_TAG, p, NULL, __VA_ARGS__)
#define TEND_UNTAG(c, p, ...) TEND_FX(c, tend_fx_text, TEND_FX_UNTAG, p, NULL, __VA_ARGS__)
#define TEND_NOTE(c, p, key_, ...) TEND_FX(c, tend_fx_text, TEND_FX_NOTE, p, key_, __VA_ARGS__)
#define TEND_LINK(c, p, ...) TEND_FX(c, tend_fx_link, TEND_FX_LINK, p, NULL, __VA_ARGS__)
#define TEND_STATE(c, p, ...) TEND_FX(c, tend_fx_state, TEND_FX_STATE, p, NULL, __VA_ARGS__)

#endif
