/* How long the texts of people, tasks and touches may be. For desk/ alone. */
#ifndef TEND_DESK_LIMIT_H
#define TEND_DESK_LIMIT_H

#include "base/text.h"
#include "desk/desk.h"

#define TEND_LIMIT_NAME 1000            /* characters: names, tags, titles, numbers */
#define TEND_LIMIT_TEXT (64 * 1024)     /* bytes: notes, what was said, attributes */

/* `what` begins the message: "a name". */
tend_status tend_limit_name(struct tend_desk *desk, const char *what, struct tend_text text);
tend_status tend_limit_text(struct tend_desk *desk, const char *what, struct tend_text text);

#endif
