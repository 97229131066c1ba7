/* What a plugin may: read, which effects it may return, and what it may reach
 * of the world. Its manifest asks, the user grants, and every door asks here.
 *
 * A right is a word of two parts, "net:api.example.com"; `needs` of a manifest is a
 * list of them, in which several of one kind stand behind each other with commas or
 * spaces: "reads:person,touch effects:task files:~/leads native". A path with a space
 * stands in double quotes. "none" is a plugin that needs nothing at all. A plugin
 * that names no right (of before level 2, or a file of the user's own) may read and
 * return whatever the core checks, and reach nothing of the world. */
#ifndef TEND_PLUGIN_RIGHTS_H
#define TEND_PLUGIN_RIGHTS_H

#include "base/arena.h"
#include "base/error.h"
#include <stdbool.h>
#include <tend/types.h>

struct tend_instance;

enum tend_right {
    TEND_RIGHT_READS,       /* person touch task note state: what ctx->read may ask */
    TEND_RIGHT_EFFECTS,     /* the name of an effect: "task" */
    TEND_RIGHT_FILES,       /* a file, or all below a folder: "~/leads" */
    TEND_RIGHT_NET,         /* a host: "api.example.com" (https), "localhost:8080" */
    TEND_RIGHT_SECRETS,     /* a name: "token" */
    TEND_RIGHT_NATIVE       /* "native" alone: is a C module, or calls one by tend.c: code that
                               nothing holds */
};
#define TEND_RIGHTS 6

enum tend_reads {
    TEND_READS_PERSON, TEND_READS_TOUCH, TEND_READS_TASK, TEND_READS_NOTE, TEND_READS_STATE
};
#define TEND_READS 5

struct tend_right_list {
    const char **at;
    int64_t n;
};

struct tend_rights {
    bool named;             /* false: the manifest names no right */
    bool native;
    uint32_t reads;         /* a bit for each of enum tend_reads */
    uint64_t effects;       /* a bit for each kind of effect */
    struct tend_right_list files, net, secrets;
};

/* "net" and so on; "touch"; both NULL past the last. */
const char *tend_right_name(enum tend_right right);
const char *tend_reads_name(enum tend_reads reads);

/* Of a manifest that names no right. */
struct tend_rights tend_rights_free(void);
/* "" names none. What is no right is refused, with the nearest one. The texts
 * live in the arena. */
tend_status tend_rights_parse(struct tend_text needs, struct tend_arena *arena,
                              struct tend_rights *rights, struct tend_error *err);
/* As it would be written in a manifest; "" where it names none. */
struct tend_text tend_rights_text(const struct tend_rights *rights, struct tend_arena *arena);
/* What of `needs` is within `grant`, and what is left; `left` may be NULL. */
struct tend_rights tend_rights_within(const struct tend_rights *needs,
                                      const struct tend_rights *grant, struct tend_arena *arena,
                                      struct tend_rights *left);
/* Is there any right in it? */
bool tend_rights_any(const struct tend_rights *rights);
/* The words of one kind one by one, as they stand behind its colon; NULL past the
 * last. Not for native. */
const char *tend_rights_at(const struct tend_rights *rights, enum tend_right right,
                           int64_t index);

/* TEND_OK, or TEND_DENIED with the right and what grants it in err. A file is asked
 * for by its path as it will be opened; a host as "host", which is its port 443, or
 * "host:port". */
tend_status tend_rights_ask(struct tend_instance *instance, enum tend_right right,
                            struct tend_text what, struct tend_error *err);

#endif
