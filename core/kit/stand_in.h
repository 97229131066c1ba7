/* What stands in for a service while a plugin is tested. */
#ifndef TEND_KIT_STAND_IN_H
#define TEND_KIT_STAND_IN_H

#include "kit/private.h"
#include "plugin/world.h"

#define TEND_KIT_STAND_INS 64

struct tend_kit_stand_in {
    const char *line;           /* what the author's transcript types; texts in the run's arena */
    struct tend_fixture fixture[TEND_KIT_STAND_INS];    /* in the order of the transcript */
    int64_t n;
};
/* Of the first transcript in tests/ that has --http and a line that begins so; false: there
 * is none. */
bool tend_kit_stand_in(struct tend_kit_run *run, const char *command,
                       struct tend_kit_stand_in *out);
/* From now on these answer in the session: `first` before the others; either may be NULL. */
void tend_kit_stand_in_use(struct tend_kit_run *run, void *prompt,
                           const struct tend_fixture *first, const struct tend_kit_stand_in *good);

#endif
