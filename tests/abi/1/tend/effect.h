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
 * All or nothing: at most 64 effects a call (of a command 100,000), and one that is refused fails the
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
    TEND_FX_STATE = 12,
    TEND_FX_SCHEDULE = 13,
    TEND_FX_CANCEL = 14,
    TEND_FX_PRINT = 15,
    TEND_FX_ROW = 16,
    TEND_FX_ASK = 17
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
struct tend_fx_text {       /* tag, untag, note, print */
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

/* Look again: at its time the event "<this plugin>.<key>" comes to this plugin
 * alone, with slot (the day, ISO 8601), missed (how many days of the schedule were
 * slept through) and late (whole days). The same key again changes what is there. Days
 * that are over when it is made do not come; one that is once comes, however late. */
struct tend_fx_schedule {
    struct tend_fx fx;
    const char *every;      /* "year", "2 weeks on mon thu", "month on 31"; NULL: once */
    const char *from;       /* the day it is counted from: "1984-02-29", or so long after the
                               event: "30d"; NULL: the event's day, and the first comes after it */
    const char *at;         /* wall time in the person's zone: "09:00"; NULL: 00:00 */
    const char *lead;       /* so long before: "7d"; NULL: none */
    const char *catch_up;   /* after days asleep: "one" (default), "skip", "each" */
    const char *grace;      /* what is later than this is let go: "3d"; NULL: no limit, of
                               skip: a day */
    int64_t most;           /* of each: at most so many at once; 0: 5 */
};

/* --- of commands alone (command.h) ---------------------------------------- */

struct tend_cell {
    const char *name;       /* one of `fields` */
    struct tend_text text;  /* empty: no value */
};
struct tend_fx_row {
    struct tend_fx fx;
    const struct tend_cell *cells;
    int64_t n;
};
struct tend_fx_ask {        /* fx.key: the flag that answers */
    struct tend_fx fx;
    const char *text;       /* "Which list?" */
    const char *choices;    /* separated by spaces; NULL: any */
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
#define TEND_SCHEDULE(c, p, key_, ...) \
    TEND_FX(c, tend_fx_schedule, TEND_FX_SCHEDULE, p, key_, __VA_ARGS__)
#define TEND_PRINT(c, line) \
    TEND_FX(c, tend_fx_text, TEND_FX_PRINT, 0, NULL, .text = (line))
#define TEND_ROW(c, cells_, n_) \
    TEND_FX(c, tend_fx_row, TEND_FX_ROW, 0, NULL, .cells = (cells_), .n = (n_))
#define TEND_ASK(c, key_, ...) TEND_FX(c, tend_fx_ask, TEND_FX_ASK, 0, key_, __VA_ARGS__)
#define TEND_CANCEL(c, p, key_) \
    ((c)->make->emit((c), &(struct tend_fx){ sizeof(struct tend_fx), TEND_FX_CANCEL, (p), (key_) }))

#endif
