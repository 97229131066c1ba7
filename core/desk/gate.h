/* The gate: what no plugin and no command gets past. */
#ifndef TEND_DESK_GATE_H
#define TEND_DESK_GATE_H

#include "desk/desk.h"

struct tend_gate_answer {
    bool open;
    const char *why;            /* when it is not, in the deed's arena: "marked do-not-contact
                                   (all) on 2026-11-21" */
};

/* May something be planned or done by this channel (a touch kind; "" any)? */
tend_status tend_gate_ask(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                          struct tend_text channel, struct tend_gate_answer *answer);

/* The same, without a deed: texts go to the arena. */
tend_status tend_gate_marked(struct tend_desk *desk, tend_id person, struct tend_text channel,
                             struct tend_arena *arena, struct tend_gate_answer *answer);

/* May somebody be reached at this instant? Asked in this order: do-not-contact;
 * the user's days (away, holidays); the person's quiet hours and good times, in
 * every zone where they may be (their own; else those of their region's or phone's
 * country; else the user's); the user's working hours. */
enum tend_gate_shut_by {
    TEND_GATE_OPEN,
    TEND_GATE_QUIET, TEND_GATE_TIMES,   /* the person's: `quiet`, their field `hours` */
    TEND_GATE_HOURS,                    /* the user's */
    TEND_GATE_AWAY, TEND_GATE_HOLIDAY, TEND_GATE_DNC
};

#define TEND_GATE_REASONS 6

struct tend_gate_moment {
    bool open;
    bool never;                         /* shut, and no time is known from when it is open */
    enum tend_gate_shut_by by;          /* what shuts the instant that was asked about */
    int64_t until;                      /* till when that does */
    const struct tend_zone *zone;       /* of that; NULL when open */
    int64_t from;                       /* from when it is open; the instant itself if it is */
    const char *reason[TEND_GATE_REASONS];  /* in the arena: "21:40 there: quiet until Fri 27
                                               Nov 08:00 (Europe/Vienna)", what shuts it first,
                                               then what would on the way */
    int64_t n;
};
tend_status tend_gate_at(struct tend_desk *desk, tend_id person, struct tend_text channel,
                         int64_t instant, struct tend_arena *arena,
                         struct tend_gate_moment *moment);

/* The same for the person's own times alone, whatever the user's are: is it night
 * there? */
tend_status tend_gate_quiet(struct tend_desk *desk, tend_id person, int64_t instant,
                            struct tend_arena *arena, struct tend_gate_moment *moment);

/* Days on which nothing is planned: away, holidays, weekdays that are not worked
 * (`config hours holidays away`). A day is a date, wherever it is lived. *open is
 * the first day from `day` on that is none of these; *why, in the arena, says what
 * was passed over ("Fri 25 Dec is a holiday"), NULL if `day` itself is fine. */
tend_status tend_gate_day(struct tend_desk *desk, tend_id person, int64_t day,
                          struct tend_arena *arena, int64_t *open, const char **why);
bool tend_gate_shut(struct tend_desk *desk, int64_t day);

/* A window of whole days, kept clear of such days: it opens later where it would
 * open on one, closes earlier where it would close on one, and moves as a whole
 * only if no day of it (from today on) is left. */
struct tend_gate_window {
    int64_t opens, closes;
    const char *why;            /* in the arena; NULL if nothing was changed */
};
tend_status tend_gate_window(struct tend_desk *desk, tend_id person, int64_t today,
                             struct tend_arena *arena, struct tend_gate_window *window);

/* After a change of the user's days, in a deed: the open tasks of plugins are
 * moved that now open or close on a shut day; those by hand are only named. */
struct tend_gate_settled {
    int64_t moved;
    TEND_ARRAY(tend_id) left;   /* tasks by hand; the caller finishes it */
};
tend_status tend_gate_settle(struct tend_desk *desk, struct tend_deed *deed,
                             const struct tend_rules *before, struct tend_gate_settled *out);

#endif
