/* Touches: what was said, to whom, when. */
#ifndef TEND_STORE_OPS_TOUCH_H
#define TEND_STORE_OPS_TOUCH_H

#include "store/row.h"

struct tend_party_view {
    tend_id id, person;
    struct tend_text name, disposition, sentiment;
};
struct tend_touch_view {
    tend_id id, person;
    struct tend_text kind, direction, text;
    int64_t at, known_at;
    bool significant;
    struct tend_party_view *parties;
    int64_t n_parties;
};

tend_status tend_touch_read(struct tend_store *store, tend_id touch, struct tend_arena *arena,
                            struct tend_touch_view *view);
/* The touches of a person, newest first, at most `most`. */
tend_status tend_touch_of(struct tend_store *store, tend_id person, int64_t most,
                          struct tend_arena *arena, struct tend_touch_view **out, int64_t *n);

#endif
