/* Going through who may be here twice, one pair and one key at a time. */
#ifndef TEND_SHELL_SCRUB_REVIEW_H
#define TEND_SHELL_SCRUB_REVIEW_H

#include "desk/scrub.h"
#include "shell/shell.h"

int tend_scrub_review(struct tend_shell *shell, const struct tend_scrub *found);
/* Prints two side by side, field by field: "=" where they are the same, "x" where not. */
tend_status tend_scrub_side_by_side(struct tend_shell *shell, tend_id a, tend_id b);

/* Of whom something is missing or old, those who matter most first, so many at most. */
int tend_scrub_stale(struct tend_shell *shell, int64_t most);

#endif
