/* The user's own times, as the gate asks for them: read from the settings once
 * for a command. For desk/ and the shell's `config`. */
#ifndef TEND_DESK_RULES_H
#define TEND_DESK_RULES_H

#include "desk/holidays.h"
#include "desk/hours.h"

#define TEND_QUIET_DEFAULT "21:00-08:00"

struct tend_rules {
    bool loaded;
    struct tend_hours hours;            /* the user's; none: every day, at any time */
    struct tend_hours quiet;            /* of everybody who has no own */
    struct tend_holidays holidays;
    struct tend_away away;
};

struct tend_desk;
/* They live in the desk; a setting that cannot be read counts as not set. */
const struct tend_rules *tend_rules_get(struct tend_desk *desk);
/* They may have changed: they are read again when next asked for. */
void tend_rules_forget(struct tend_desk *desk);

#endif
