/* What the fields of a person are. For desk/ alone. */
#ifndef TEND_DESK_FIELD_H
#define TEND_DESK_FIELD_H

#include "base/text.h"
#include "desk/people.h"
#include "store/row.h"

enum tend_field_kind {
    TEND_FIELD_OWN,             /* a column of person */
    TEND_FIELD_POINT,           /* a contact point */
    TEND_FIELD_TAG,
    TEND_FIELD_ROLE,
    TEND_FIELD_ATTRIBUTE
};

struct tend_field_info {
    const char *name;
    enum tend_field_kind kind;
    int32_t column;             /* of TEND_FIELD_OWN */
};

/* NULL if there is no such field. Of a dotted name the name is not set. */
const struct tend_field_info *tend_field_find(struct tend_text name);
/* Names that are known, for "did you mean"; a NULL ends. */
const char *const *tend_field_names(void);
/* The keys of contact points of one kind, with the person's region (0: none
 * yet), else the user's. */
tend_status tend_field_keys(struct tend_desk *desk, tend_id person, struct tend_text region,
                            struct tend_text kind, int64_t n, const struct tend_text *values,
                            struct tend_text *keys, struct tend_arena *arena);
/* "p12", "12" or "me" to a person's id; 0 if it is none of these. */
tend_id tend_field_person(struct tend_desk *desk, struct tend_text value);
/* The values of one name among the fields, tags, roles, attributes or contact
 * points: all of them when `at` is the first that has it, later nothing more. */
tend_status tend_field_many(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            const struct tend_field_info *info, const struct tend_field *fields,
                            int64_t n, int64_t at, const char *plugin, bool *changed);

#endif
