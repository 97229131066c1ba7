/* Times as people write them: tomorrow 3pm, fri 19:00, +3d, jan 5, 2026-12-01.
 *
 * They are in the user's zone and look ahead; behind where the argument means
 * the past (at=mon). A day alone stays a day alone. Every word is used, or the
 * whole is refused. `mon` is the next Monday that is not today; `next mon` the
 * Monday of the next ISO week; months clamp. */
#ifndef TEND_SHELL_TIME_H
#define TEND_SHELL_TIME_H

#include "base/zone.h"
#include "shell/line.h"

enum tend_order { TEND_ORDER_NONE, TEND_ORDER_DMY, TEND_ORDER_MDY, TEND_ORDER_YMD };

struct tend_when_ask {
    int64_t now;
    const struct tend_zone *zone;
    enum tend_order order;      /* of 12/11; none: refused */
    bool backward;
    bool shape_only;            /* only how many words it takes; no zone needed */
};

struct tend_when {
    int64_t day;                /* local */
    int64_t wall;               /* microseconds after midnight; < 0: a day alone */
    int64_t at;                 /* the instant; of a day alone its beginning */
    struct tend_text odd;       /* where it is none: the word that is wrong, if one is */
};

/* All of the text. TEND_USAGE says which word was not understood. */
tend_status tend_when_parse(struct tend_text text, const struct tend_when_ask *ask,
                            struct tend_when *when, struct tend_error *err);
/* How many of the words are a time, as many as make one; 0 and an error if the
 * first is none. A word with spaces in it is a time whole or not at all. */
int64_t tend_when_take(const struct tend_token *words, int64_t n,
                       const struct tend_when_ask *ask, struct tend_when *when,
                       struct tend_error *err);
/* "dmy" and the like; TEND_ORDER_NONE for others. */
enum tend_order tend_order_of(struct tend_text text);
/* Adds "Thu 26 Nov 19:00"; wall < 0: only the day. */
void tend_when_say(struct tend_buffer *buf, int64_t day, int64_t wall, int64_t today);
/* Adds "19:00". */
void tend_wall_say(struct tend_buffer *buf, int64_t wall);

#endif
