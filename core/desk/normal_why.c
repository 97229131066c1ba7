/* Why a contact point has no key, for who has to mend it: asked only of the few
 * that have none, so that the keys themselves stay cheap. */
#include "desk/normal.h"

const char *tend_normal_why(struct tend_text kind, struct tend_text value, struct tend_text region,
                            struct tend_arena *arena)
{
    struct tend_buffer why = { 0 };
    struct tend_text part;
    const char *said = NULL;

    if (tend_text_is(kind, "email"))
        return tend_normal_email_why(value, &part);
    if (tend_text_is(kind, "phone") && tend_normal_phone_why(value, region, &why))
        said = tend_arena_str(arena, tend_text_of(why.at));
    tend_buffer_finish(&why);
    return said;
}
