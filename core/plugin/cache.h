/* What plugins declare, kept in a file from one start to the next. */
#ifndef TEND_PLUGIN_CACHE_H
#define TEND_PLUGIN_CACHE_H

#include <stdbool.h>

struct tend_cache;
struct tend_instance;
struct tend_registry;

/* Reads the file, if there is one that this program wrote. */
struct tend_cache *tend_cache_open(const char *path);
void tend_cache_free(struct tend_cache *cache);     /* NULL is fine */
/* The plugin at the instance's path is as it was: its manifest and what it
 * provides are declared, and it is asleep. cache may be NULL. */
bool tend_cache_recall(struct tend_cache *cache, struct tend_instance *instance);
/* Something was loaded that the file does not know. */
void tend_cache_note(struct tend_cache *cache);
/* Writes it if something was noted; that it cannot is no error. */
void tend_cache_save(struct tend_cache *cache, const struct tend_registry *registry);

#endif
