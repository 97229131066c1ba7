/* What the files of the gate share about a person's clock. For gate*.c alone. */
#ifndef TEND_DESK_GATE_PARTS_H
#define TEND_DESK_GATE_PARTS_H

#include "desk/gate.h"

#define TEND_GATE_ZONES 40      /* the country with the most has 29 */

struct tend_gate_person {
    const struct tend_zone *zone[TEND_GATE_ZONES];  /* where they may be: all of them count */
    int64_t n_zones;
    const char *by;             /* how that is known, if not by their own zone; else NULL */
    struct tend_hours quiet, hours;
};

tend_status tend_gate_person(struct tend_desk *desk, tend_id person, struct tend_arena *arena,
                             struct tend_gate_person *p);
/* Is the day a holiday of the user, or one on which they are away? *last is the
 * last day of it. */
enum tend_gate_shut_by tend_gate_off(const struct tend_rules *rules, int64_t day,
                                     struct tend_buffer *why, int64_t *last);

#endif
