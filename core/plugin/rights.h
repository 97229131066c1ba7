/* What a plugin may: read, which effects it may return, and what it may reach
 * of the world. Its manifest asks, the user grants, and every door asks here.
 *
 * A right is a word of two parts, "net:api.example.com". A plugin that names no
 * right at all (of before level 2, or a file of the user's own) may read and
 * return whatever the core checks, and reach nothing of the world. */
#ifndef TEND_PLUGIN_RIGHTS_H
#define TEND_PLUGIN_RIGHTS_H

#include "base/error.h"
#include <stdbool.h>
#include <tend/types.h>

struct tend_instance;

enum tend_right {
    TEND_RIGHT_READS,       /* person touch task note state: what ctx->read may ask */
    TEND_RIGHT_EFFECTS,     /* the name of an effect: "task" */
    TEND_RIGHT_FILES,       /* a file, or all below a folder: "~/leads" */
    TEND_RIGHT_NET,         /* a host: "api.example.com", "localhost:8080" */
    TEND_RIGHT_SECRETS,     /* a name: "token" */
    TEND_RIGHT_NATIVE       /* "native" alone: code that nothing holds */
};
#define TEND_RIGHTS 6

/* "net" and so on. */
const char *tend_right_name(enum tend_right right);
/* TEND_OK, or TEND_DENIED with the right and what grants it in err. Cheap: it is
 * asked at every effect and every read. */
tend_status tend_rights_ask(struct tend_instance *instance, enum tend_right right,
                            struct tend_text what, struct tend_error *err);

#endif
