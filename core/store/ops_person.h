/* People: reading them whole, finding them by reference, key and filter. */
#ifndef TEND_STORE_OPS_PERSON_H
#define TEND_STORE_OPS_PERSON_H

#include "base/array.h"
#include "store/row.h"

struct tend_point_view {        /* a contact point */
    tend_id id;
    struct tend_text kind, value, key, label;   /* key "": none */
};
struct tend_pair_view {         /* an attribute; a track and its stage */
    struct tend_text name, value;
    int64_t at;                 /* of a stage: since when */
};
struct tend_hold_view {
    tend_id id;
    struct tend_text track, kind, reason;
    int64_t until_day;
};

/* Everything about a person that fits on a card. Texts live in the arena. */
struct tend_person_view {
    tend_id id, keeper, import;
    struct tend_text uid, name, given, family, zone, region, source;
    int64_t archived_at, known_at, import_line;
    struct tend_point_view *points;
    struct tend_pair_view *stages, *attributes;
    struct tend_text *tags, *roles, *dnc;       /* dnc: channels, open ones */
    struct tend_hold_view *holds;               /* not ended */
    tend_id merged;             /* into whom; 0: they stand for themselves */
    tend_id *family_ids;        /* who was merged into them, and their names */
    struct tend_text *names;
    int64_t n_family;
    int64_t n_points, n_stages, n_attributes, n_tags, n_roles, n_dnc, n_holds;
};

/* TEND_NOT_FOUND if there is no such person. */
tend_status tend_person_read(struct tend_store *store, tend_id person, struct tend_arena *arena,
                             struct tend_person_view *view);
/* Only the name, in the arena; empty if there is none. */
struct tend_text tend_person_name(struct tend_store *store, tend_id person,
                                  struct tend_arena *arena);

/* Persons of whom some word of the name begins with each folded word of
 * `text` (words are separated by spaces or dots), an exact whole name first,
 * then by id; at most `most`. Archived ones last. */
tend_status tend_person_by_name(struct tend_store *store, struct tend_text text, int64_t most,
                                struct tend_arena *arena, tend_id **persons, int64_t *n);
/* The person who has a contact point of this kind and key; 0 if none. */
tend_id tend_person_by_key(struct tend_store *store, struct tend_text kind, struct tend_text key);
/* Names that are near in spelling, for "did you mean"; may be slow (an error path). */
tend_status tend_person_near(struct tend_store *store, struct tend_text text, int64_t most,
                             struct tend_arena *arena, struct tend_text **names, int64_t *n);
/* How many were added from this instant on, but for `me`; counts to `most` at most.
 * Ids are in the order in which people came, so only the newest are looked at. */
tend_status tend_person_new(struct tend_store *store, int64_t from, int64_t most, int64_t *n);
/* Who was not sorted yet: not archived, not `me`, no tag talk, friend or later, and
 * at no stage but `initial` (NULL: at none); the newest import first, at most so
 * many. *all: how many there are. */
tend_status tend_person_untold(struct tend_store *store, const char *initial, int64_t most,
                               struct tend_arena *arena, tend_id **persons, int64_t *n,
                               int64_t *all);
/* Not archived, without `me`. */
tend_status tend_person_count(struct tend_store *store, int64_t *n);

/* The open do-not-contact marks of a person, comma separated channels ("all",
 * "call"); empty if none. */
struct tend_text tend_person_dnc(struct tend_store *store, tend_id person,
                                 struct tend_arena *arena);
/* The current stage in a track; empty if there is none. */
struct tend_text tend_person_stage(struct tend_store *store, tend_id person, const char *track,
                                   struct tend_arena *arena);
/* The person's own zone, else the user's, else UTC. Never NULL. */
const struct tend_zone *tend_person_zone(struct tend_store *store, tend_id person);

#endif
