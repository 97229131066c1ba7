/* The daily work: touches, stages, tasks, and why. */
#ifndef TEND_DESK_WORK_H
#define TEND_DESK_WORK_H

#include "desk/desk.h"

struct tend_touch_ask {
    const tend_id *parties;     /* the first is the main one */
    int64_t n_parties;
    int64_t n_main;             /* the disposition and sentiment are of the first so many; the
                                   others were there. 0: of all */
    struct tend_text kind;      /* a declared touch kind; else TEND_INVALID with a suggestion */
    struct tend_text direction; /* "in", "out" or empty (out) */
    struct tend_text text, disposition, sentiment;
    int64_t at;                 /* when it happened; 0: now */
    int32_t significant;        /* 1 yes, -1 no; 0: it is one if it reached them and has a text */
    struct tend_text objection, underlying;     /* of the first: what they said against it, and
                                                   what is behind that */
    tend_id finishes;           /* `done t5 "text"`: this task was done by it; 0 none */
};

/* Writes the touch, closes what it closes (until a party, `closed_by` matched
 * against kind, disposition and meanings), raises touch.logged for each party. */
tend_status tend_touch_log(struct tend_desk *desk, struct tend_deed *deed,
                           const struct tend_touch_ask *ask, tend_id *touch);

struct tend_touch_change {      /* NULL and 0: stays */
    const struct tend_text *kind, *text, *direction;
    const struct tend_text *disposition, *sentiment;    /* of the first, and of who said the same */
    int64_t at;
    tend_id person;             /* the first was somebody else */
    int32_t significant;        /* 1 yes, -1 no */
};
/* What the touch caused, and nobody has touched since, is withdrawn where it means
 * something else now; raises touch.corrected, so that rules and policies look again. */
tend_status tend_touch_correct(struct tend_desk *desk, struct tend_deed *deed, tend_id touch,
                               const struct tend_touch_change *change);
/* It never was: it goes, with what it caused. */
tend_status tend_touch_remove(struct tend_desk *desk, struct tend_deed *deed, tend_id touch);

/* By the user: every guard is asked; a veto is TEND_VETO with deed->vetoes.
 * stage may be "track:stage" or "stage" (then its track is known from the
 * vocabulary). The same stage again: TEND_EXISTS. */
tend_status tend_pipeline_move(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                               struct tend_text stage, struct tend_text reason, tend_id *change);

/* What a command emitted, in its deed; the cause is its batch. plugin NULL: it is
 * the user's own doing, at the Lua prompt. */
tend_status tend_deed_effects(struct tend_desk *desk, struct tend_deed *deed, const char *plugin,
                              const struct tend_effects *effects);

struct tend_plan_ask {
    tend_id person;
    struct tend_text kind, title;
    int64_t opens_day, closes_day;      /* local days */
    int64_t wall;                       /* microseconds after midnight, < 0 none */
};
/* By hand. The gate refuses it for somebody marked do-not-contact (TEND_DENIED). */
tend_status tend_task_plan(struct tend_desk *desk, struct tend_deed *deed,
                           const struct tend_plan_ask *ask, tend_id *task);
/* Without a touch; for `done` with a text use tend_touch_log with `finishes`. */
tend_status tend_task_done(struct tend_desk *desk, struct tend_deed *deed, tend_id task);
tend_status tend_task_drop(struct tend_desk *desk, struct tend_deed *deed, tend_id task);
/* The window opens on this local day and keeps its length. wall < 0: whole days. */
tend_status tend_task_snooze(struct tend_desk *desk, struct tend_deed *deed, tend_id task,
                             int64_t day, int64_t wall);

/* --- why ---------------------------------------------------------------- */

struct tend_why {               /* one link of the chain, newest first */
    enum tend_ref_kind kind;
    tend_id id;
    int64_t at;
    const char *plugin;         /* NULL: a person's command */
    const char *event;          /* "touch.logged", NULL */
    const char *text;           /* what was decided or done, in words */
    const char **lines;         /* each adjustment */
    int64_t n_lines;
};
/* From stored decisions: the task, stage change or hold, the decision that
 * made it, what that answered (the touch), and so on to a command or import. */
tend_status tend_why(struct tend_desk *desk, enum tend_ref_kind kind, tend_id id,
                     struct tend_arena *arena, struct tend_why **chain, int64_t *n);
/* Why is nothing planned for this person (`why not ann`): open tasks if there
 * are any, do-not-contact, holds, refused and failed decisions, no touch yet. */
tend_status tend_why_not(struct tend_desk *desk, tend_id person, struct tend_arena *arena,
                         struct tend_why **chain, int64_t *n);
/* Why is this task not to be done now (`why not t5`): its window, what the gate
 * made of it, what stands in its way at this moment. */
tend_status tend_why_not_task(struct tend_desk *desk, tend_id task, struct tend_arena *arena,
                              struct tend_why **chain, int64_t *n);

#endif
