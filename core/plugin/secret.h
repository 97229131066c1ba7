/* Secrets of plugins: each in a file of its own in the configuration folder, readable
 * by its owner alone, and nowhere else: no database, no journal, no history has them. */
#ifndef TEND_PLUGIN_SECRET_H
#define TEND_PLUGIN_SECRET_H

#include "base/arena.h"
#include "base/error.h"

#define TEND_SECRET_MOST 65536      /* bytes */

/* TEND_NOT_FOUND, with the command that sets it, if there is none. */
tend_status tend_secret_read(const char *plugin, struct tend_text name, struct tend_arena *arena,
                             struct tend_text *value, struct tend_error *err);
tend_status tend_secret_write(const char *plugin, struct tend_text name, struct tend_text value,
                              struct tend_error *err);
tend_status tend_secret_remove(const char *plugin, struct tend_text name, struct tend_error *err);
/* The names that are set, sorted; a NULL ends. */
tend_status tend_secret_names(const char *plugin, struct tend_arena *arena, const char ***names,
                              struct tend_error *err);

#endif
