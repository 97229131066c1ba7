/* dlopen'd modules: the handshake and the private copy. Knows no database.
 *
 * A module is copied into a file without a name and opened from there, so that
 * a file replaced while we run is really another module. Neither is ever
 * closed: code of it may still be referred to, and the loader tells modules
 * apart by the number of the open copy. What is checked, in order, each with a
 * message that says which side is older and what to do: the symbol, the
 * record's size, the ABI number, the build text, the API level, the name. */
#ifndef TEND_MODULE_MODULE_H
#define TEND_MODULE_MODULE_H

#include "base/error.h"
#include <stdbool.h>
#include <tend/plugin.h>

struct tend_module {
    const struct tend_plugin *record;
    void *handle;
    int64_t size, mtime;        /* of the file, when it was opened; mtime in nanoseconds */
    uint64_t hash;              /* of its bytes */
};

/* The record whole: what it is too old to have is NULL. */
struct tend_plugin tend_module_whole(const struct tend_plugin *record);

/* The record is checked; nothing of the plugin but tend_plugin_entry ran. */
tend_status tend_module_open(const char *path, struct tend_module *module,
                             struct tend_error *err);

/* Is this a plugin's name: a-z 0-9 -, a letter first, at most 40 of them? */
bool tend_module_name_ok(const char *name);
#define TEND_MODULE_NAME_RULE "a-z 0-9 -, beginning with a letter, at most 40 characters"

/* --- between copy.c and module.c ---------------------------------------- */

struct tend_module_copy {
    int fd;                     /* a file without a name, or -1 */
    char path[64];              /* by which the loader opens it */
};

/* Copies the file, and fills size, mtime and hash. */
tend_status tend_module_copy_make(const char *path, struct tend_module_copy *copy,
                                  struct tend_module *module, struct tend_error *err);
/* Of a copy that was not loaded. */
void tend_module_copy_remove(struct tend_module_copy *copy);

#endif
