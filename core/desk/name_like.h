/* May two names be one person's? For who shares a telephone: a household does too. */
#ifndef TEND_DESK_NAME_LIKE_H
#define TEND_DESK_NAME_LIKE_H

#include "base/text.h"

/* "Bob Ray" and "Robert Ray", "A. Lee" and "Ann Lee", "Lee, Ann" and "Ann Lee" may be;
 * "Ann Lee" and "Ben Lee" are two. An empty name speaks against nobody. */
bool tend_name_compatible(struct tend_arena *scratch, struct tend_text a, struct tend_text b);
/* Two folded given names: the same, an initial, a short form, a slip of the pen. */
bool tend_name_given_like(struct tend_text a, struct tend_text b);

#endif
