/* An import in two halves: rows are read into the staging file, then written from it. */
#ifndef TEND_DESK_INTAKE_STAGE_H
#define TEND_DESK_INTAKE_STAGE_H

#include "desk/intake_parts.h"

/* What is left of this file in the staging that goes on: who read it; *whole: to its end,
 * so that it need not be opened. */
tend_status tend_intake_stage_left(struct tend_intake_run *run, bool *whole);
/* Before the first row, each block of rows, and behind the last. */
tend_status tend_intake_stage_begin(struct tend_intake_run *run);
tend_status tend_intake_stage_rows(struct tend_intake_run *run);
tend_status tend_intake_stage_end(struct tend_intake_run *run);
/* All rows of this file, from the staging. */
tend_status tend_intake_stage_merge(struct tend_intake_run *run);

#endif
