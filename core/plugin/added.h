/* What the user added: the record of plugins that came from somewhere else, what each
 * was granted, and the hashes of its files. One small text file in the configuration
 * folder, not in a database: it is needed before one is open. */
#ifndef TEND_PLUGIN_ADDED_H
#define TEND_PLUGIN_ADDED_H

#include "base/arena.h"
#include "base/array.h"
#include "base/error.h"
#include <stdbool.h>

struct tend_added_file {
    const char *name;           /* below the plugin's folder */
    const char *hash;           /* SHA-256 of its bytes */
    const char *stamp;          /* what is another as soon as somebody touches it */
};

struct tend_added {
    const char *name;
    const char *path;           /* what is loaded; NULL: one that ships, and is disabled */
    const char *from;           /* where it was added from */
    const char *language, *version, *author;
    const char *granted;        /* as a manifest writes it, "any" for all but the world */
    const char *added;          /* when, ISO 8601 */
    bool native;                /* trusted as code that nothing holds */
    bool enabled, linked;       /* linked: it stays where it is, and may change there */
    TEND_ARRAY(struct tend_added_file) file;
};

struct tend_added_list {        /* zeroed is empty; texts in its arena */
    TEND_ARRAY(struct tend_added) plugin;
    struct tend_arena arena;
};

/* No file is an empty list. One that is damaged is an error with its line. */
tend_status tend_added_read(const char *path, struct tend_added_list *list,
                            struct tend_error *err);
/* By a new file that takes the place of the old one: for the owner alone. */
tend_status tend_added_write(const char *path, const struct tend_added_list *list,
                             struct tend_error *err);
void tend_added_finish(struct tend_added_list *list);
/* NULL: there is none. */
struct tend_added *tend_added_find(const struct tend_added_list *list, struct tend_text name);
/* The one of this name, made if there is none. */
struct tend_added *tend_added_take(struct tend_added_list *list, struct tend_text name);
void tend_added_remove(struct tend_added_list *list, struct tend_text name);

/* Hash and stamp of one file; the texts live in the arena. */
tend_status tend_added_hash(const char *path, struct tend_arena *arena,
                            struct tend_added_file *file, struct tend_error *err);
/* The first file that is not as it was when it was added, NULL if all are. A file whose
 * stamp is the same is not read; where only the stamp is another it is taken over, and
 * *fresh says that the record should be written. */
const char *tend_added_changed(struct tend_added *added, struct tend_arena *arena, bool *fresh);

#endif
