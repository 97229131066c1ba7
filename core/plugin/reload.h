/* Loading a plugin anew while it serves: the new instance starts beside the old
 * one, takes over what that kept, and then stands in its place, all at once.
 * Whatever fails before that leaves the old one serving. */
#ifndef TEND_PLUGIN_RELOAD_H
#define TEND_PLUGIN_RELOAD_H

#include "plugin/registry.h"

#define TEND_STATE_MOST (1024 * 1024)   /* bytes that one instance hands to the next */
#define TEND_RELOADS_KEPT 20            /* of one whose code stays in memory, before a word */

struct tend_reload {
    bool waits;             /* a call of it is on the stack: see tend_registry_wanted */
    bool carried;           /* the new one has taken over what the old one kept */
    bool dropped;           /* the old one kept something, and the new one has no restore */
    bool aside;             /* it stays set aside, since its file is the same */
    int32_t copies;         /* of its code, that stay in memory until the program ends; 0 in Lua */
    int32_t times;          /* how often it was loaded anew in this process */
    int64_t bytes;          /* of what was handed over */
};

/* By name, from the file it was loaded from. On an error the slot of the registry
 * says why, and who serves. */
tend_status tend_registry_reload(struct tend_registry *registry, struct tend_text name,
                                 struct tend_reload *reload);
/* A plugin whose reload waited until no call of it is on the stack, which is now;
 * NULL if there is none. */
const char *tend_registry_wanted(const struct tend_registry *registry);

#endif
