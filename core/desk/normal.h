/* Keys of contact points: two with the same key are the same. */
#ifndef TEND_DESK_NORMAL_H
#define TEND_DESK_NORMAL_H

#include "base/text.h"
#include "desk/desk.h"

/* Asks the normalisers of this kind of contact point, those of plugins in the
 * order they were loaded, then the core's: the first that has a key for a
 * value decides. keys[i] is empty where none has. Any n. regions may be NULL;
 * an empty region is "not known". Keys live in the arena. */
tend_status tend_normal_keys(struct tend_desk *desk, struct tend_text kind, int64_t n,
                             const struct tend_text *values, const struct tend_text *regions,
                             struct tend_text *keys, struct tend_arena *arena);

/* The core's own. */
extern const struct tend_normaliser tend_normal_email, tend_normal_phone, tend_normal_url;

/* Why a value of this kind has no key, in words that stay for the arena's
 * life; NULL if it has one, or if nobody can say. */
const char *tend_normal_why(struct tend_text kind, struct tend_text value, struct tend_text region,
                            struct tend_arena *arena);
/* The same of a phone number; false if it has a key. */
bool tend_normal_phone_why(struct tend_text value, struct tend_text region,
                           struct tend_buffer *out);

/* One value; false if it has no key. out has room for what is said. */
#define TEND_PHONE_KEY 40
bool tend_normal_phone_key(struct tend_text value, struct tend_text region,
                           char out[TEND_PHONE_KEY]);
/* The part of the value that is the address, and why there is none (then part
 * is empty; else NULL). Lower case is up to the caller. */
const char *tend_normal_email_why(struct tend_text value, struct tend_text *part);
struct tend_text tend_normal_email_part(struct tend_text value);

#endif
