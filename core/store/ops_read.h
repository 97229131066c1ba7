/* What plugins read of people: one small question each. */
#ifndef TEND_STORE_OPS_READ_H
#define TEND_STORE_OPS_READ_H

#include "store/row.h"

enum tend_read_list {
    TEND_READ_TAGS,
    TEND_READ_ROLES,            /* held at `now` */
    TEND_READ_ATTRIBUTE,        /* every value under `name` */
    TEND_READ_POINT_KEYS,       /* the keys of all contact points of the kind `name` */
    TEND_READ_FIRST_POINT       /* the first contact point of the kind `name`, as typed */
};

/* The values joined by commas, in the arena; an empty text where there are none. */
tend_status tend_read_list(struct tend_store *store, enum tend_read_list what, tend_id person,
                           struct tend_text name, int64_t now, struct tend_arena *arena,
                           struct tend_text *out);
/* The kind of the newest hold in a track that has neither ended nor reached
 * its day. */
tend_status tend_read_hold(struct tend_store *store, tend_id person, const char *track,
                           int64_t today, struct tend_arena *arena, struct tend_text *kind);

struct tend_read_touches {      /* touches that are alike, and how many */
    struct tend_text kind, disposition;
    bool significant;
    int64_t n;
};
tend_status tend_read_touches(struct tend_store *store, tend_id person, int64_t since,
                              struct tend_arena *arena, struct tend_read_touches **out,
                              int64_t *n);
/* What a plugin kept under a name, for a person or (0) for itself. */
tend_status tend_read_state(struct tend_store *store, const char *plugin, tend_id person,
                            const char *name, struct tend_arena *arena, struct tend_text *value);

#endif
