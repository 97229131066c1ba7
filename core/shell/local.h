/* Times are typed and told in the user's zone; what is planned with a person
 * stands in theirs. */
#ifndef TEND_SHELL_LOCAL_H
#define TEND_SHELL_LOCAL_H

#include "shell/shell.h"
#include "shell/time.h"

struct tend_local {
    int64_t day;                /* of the person's zone */
    int64_t wall;               /* < 0: a day alone */
};

/* The same moment in the zone. A day alone stays that day, unless it is over
 * there already: then it is the day that they have. */
struct tend_local tend_local_of(struct tend_shell *shell, const struct tend_when *when,
                                const struct tend_zone *zone);
/* Adds "Mon 23 Nov 21:10" in the user's zone; wall < 0: the day as it is. */
void tend_local_say(struct tend_shell *shell, struct tend_buffer *buf, int64_t day, int64_t wall,
                    const struct tend_zone *zone);
/* The same in a table; for programs it is 2026-11-23 21:10. */
void tend_local_cell(struct tend_shell *shell, struct tend_buffer *buf, int64_t day, int64_t wall,
                     const struct tend_zone *zone);
/* The same, and " (Tue 24 Nov 05:10 Asia/Tokyo)" where that is another zone. */
void tend_local_say_both(struct tend_shell *shell, struct tend_buffer *buf, int64_t day,
                         int64_t wall, const struct tend_zone *zone);
/* Refuses what is past for something to come, with a caret under the time. */
tend_status tend_local_ahead(struct tend_shell *shell, struct tend_words words,
                             const struct tend_when *when);

#endif
