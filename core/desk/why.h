/* A chain of reasons while it is put together. For desk/ alone. */
#ifndef TEND_DESK_WHY_H
#define TEND_DESK_WHY_H

#include "desk/work.h"
#include "store/ops_why.h"

struct tend_why_chain {
    struct tend_desk *desk;
    struct tend_arena *arena;
    struct tend_why *link;
    int64_t n;
};

void tend_why_begin(struct tend_why_chain *c, struct tend_desk *desk, struct tend_arena *arena);
struct tend_why *tend_why_add(struct tend_why_chain *c, enum tend_ref_kind kind, tend_id id,
                              int64_t at);
/* The first line is the text, each further one an adjustment. */
void tend_why_text(struct tend_why_chain *c, struct tend_why *why, struct tend_text text);
void tend_why_decision(struct tend_why_chain *c, enum tend_ref_kind kind, tend_id id,
                       const struct tend_decision_view *d);

/* A timer by its id; v has TEND_N_timer values, and is filled. */
tend_status tend_why_timer(struct tend_why_chain *c, tend_id id, struct tend_value *v);
/* Those of a person that are parked, or wait for a plugin that is not there. */
tend_status tend_why_stuck(struct tend_why_chain *c, tend_id person);

#endif
