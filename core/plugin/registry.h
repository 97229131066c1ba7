/* Who plugs in what: instances of plugins, and the records they provide.
 *
 * A plugin that cannot be loaded is kept as an instance in the state `failed`
 * with its error, and is named to the user; the program goes on. A call that
 * breaks a limit fails the command; a plugin that did so twice in a row is *set
 * aside* until its file changes or the user enables it: its guards veto, its
 * policies get a timer for each event, so that nothing is forgotten.
 * That is remembered in the database (meta "aside.<name>"). */
#ifndef TEND_PLUGIN_REGISTRY_H
#define TEND_PLUGIN_REGISTRY_H

#include "plugin/runtime.h"
#include "store/store.h"

enum tend_instance_state { TEND_INSTANCE_LOADED, TEND_INSTANCE_FAILED, TEND_INSTANCE_ASIDE,
                           TEND_INSTANCE_WAITING /* for a service that nobody provides yet */ };

struct tend_functions;

struct tend_provider {          /* one record of one plugin */
    const char *kind;           /* "lead_source", "policy"...; "exports" of a C module */
    const char *name;
    const void *record;         /* NULL while the owner is asleep: tend_provider_wake */
    void *self;
    struct tend_instance *owner;
    const char *on;             /* the events that it answers, the level of a service, or NULL */
    const struct tend_functions *functions; /* of exports and services; prepared */
};

struct tend_tally_file;
struct tend_tally;

struct tend_instance_info {
    struct tend_manifest manifest;
    enum tend_instance_state state;
    const char *path, *language;        /* "c", "lua" */
    const char *trouble;                /* why failed or aside, or NULL */
    int64_t calls, time, longest;       /* time: microseconds */
    int64_t memory;                     /* peak bytes, 0 unknown */
    const struct tend_tally *tally;     /* since the counting began, in all processes; or NULL */
};

/* store may be NULL until tend_registry_bind. err is the slot that failing
 * calls fill. */
struct tend_registry *tend_registry_create(struct tend_error *err, struct tend_clock *clock);
void tend_registry_destroy(struct tend_registry *registry);
void tend_registry_bind(struct tend_registry *registry, struct tend_store *store);
void tend_registry_runtime(struct tend_registry *registry, const struct tend_runtime *runtime);
/* ctx->source for calls of lead sources: intake fills it at start. */
void tend_registry_source(struct tend_registry *registry, const struct tend_source_api *source);
/* Which names of commands are the core's: a plugin that provides one of them is
 * refused. The shell fills it at start. */
void tend_registry_taken(struct tend_registry *registry, bool (*taken)(struct tend_text name));
/* Provides a record of the core's own (the normalisers), owner "core". */
tend_status tend_registry_builtin(struct tend_registry *registry, const char *kind,
                                  const void *record);

/* Loads what stands in a folder: NAME.lua, NAME.so, or NAME/NAME.lua,
 * NAME/NAME.so, in order of their names. A missing folder is an error, a
 * plugin that fails to load is not (see the instances). A name that is loaded
 * already is left out, and both files are named: the folder given first wins. */
tend_status tend_registry_load_dir(struct tend_registry *registry, const char *dir);
/* The same for the plugins that come with tend: what the user put in the place
 * of one of them is left out without a word. */
tend_status tend_registry_load_rest(struct tend_registry *registry, const char *dir);
/* One file. Here a plugin that fails to load is an error as well; it is kept
 * and named all the same. TEND_EXISTS: the name is loaded already. */
tend_status tend_registry_load_file(struct tend_registry *registry, const char *path);

/* Before anything is loaded: the file in which the declarations of plugins are kept,
 * so that one that nobody asks is not opened at all. It is asleep then: its
 * providers are there by kind, name and events. */
void tend_registry_cache(struct tend_registry *registry, const char *path);
/* After all is loaded: the file is written anew if something in it has changed. */
void tend_registry_cache_save(struct tend_registry *registry);
/* Opens the plugin of this provider if it is asleep. One that cannot be opened any
 * more is set aside for as long as the process lives, and the error is in the slot. */
tend_status tend_provider_wake(const struct tend_provider *provider);
/* Opens the plugin at this index if it is asleep: whoever waits for its file to change
 * wants it as it is now. */
void tend_registry_wake(struct tend_registry *registry, int64_t instance);
/* What the user granted the plugin of this file, as a manifest writes it, "any" for one
 * that named no right: it gets no more than that, whenever it is loaded. A file of
 * which nothing was said gets what its manifest asks for. */
void tend_registry_grant(struct tend_registry *registry, const char *path, const char *rights);
/* One of this name is not loaded from the folder that comes with tend; NULL: all are again. */
void tend_registry_leave_out(struct tend_registry *registry, const char *name);
/* Ends a plugin that is loaded, outside of any call. Harmless if there is none. */
void tend_registry_drop(struct tend_registry *registry, struct tend_text name);
/* What an instance may, and what its manifest asks for beyond that, as texts in the
 * arena; "" is a manifest that names no right, or nothing beyond. */
bool tend_registry_rights(const struct tend_registry *registry, int64_t index,
                          struct tend_arena *arena, struct tend_text *may,
                          struct tend_text *withheld);

/* The console: an instance that is no plugin, with the user's own file if path is
 * not "". When that fails there is a console without it, and the error. */
tend_status tend_registry_console(struct tend_registry *registry,
                                  const struct tend_runtime *runtime, const char *path,
                                  struct tend_error *err);
/* NULL if there is none. */
/* Has a chunk held all the memory there is? Then the state should be made anew. */
bool tend_registry_console_spent(const struct tend_registry *registry);
struct tend_instance *tend_registry_console_instance(const struct tend_registry *registry);
/* What the user's own file calls what; false past the last. */
bool tend_registry_alias(const struct tend_registry *registry, int64_t index, const char **name,
                         const char **line);

/* Providers of a kind, early ones first and late ones last (plugin/events.h), else in load
 * order; NULL past the last. With an aside or
 * failed owner they are left out unless `all`. Those of policies and commands may be
 * asleep; of the others none is. */
const struct tend_provider *tend_registry_at(const struct tend_registry *registry,
                                             const char *kind, int64_t index, bool all);
const struct tend_provider *tend_registry_find(const struct tend_registry *registry,
                                               const char *kind, struct tend_text name);
/* Instances in load order; false past the last. */
bool tend_registry_instance(const struct tend_registry *registry, int64_t index,
                            struct tend_instance_info *info);
/* Who uses this instance, "a, b", or "": whoever names one of its services in `requires`,
 * or has called it by tend.c. It is not taken away before them. */
const char *tend_registry_users(const struct tend_registry *registry,
                                const struct tend_instance *instance, struct tend_arena *arena);
/* Who cannot do without a service at a level of more than `over` and at most `most`: "a, b",
 * or "". */
const char *tend_registry_needing(const struct tend_registry *registry, const char *service,
                                  int64_t over, int64_t most, struct tend_arena *arena);
/* The instance of this name, or NULL. */
struct tend_instance *tend_registry_named(const struct tend_registry *registry,
                                          struct tend_text name);
/* The files of the instance at this index: the one it was loaded from, then those that
 * this required; NULL past the last. */
const char *tend_registry_file(const struct tend_registry *registry, int64_t instance,
                               int64_t index);
enum tend_instance_state tend_instance_state(const struct tend_instance *instance);
/* Is it a C module? */
bool tend_instance_native(const struct tend_instance *instance);
/* Writes into the database who was set aside since the last time, if anybody:
 * call it after the batch was aborted or committed. */
void tend_registry_remember(struct tend_registry *registry);
/* The user's own limits of plugins (see plugin/bounds.h); before any is loaded. */
void tend_registry_limits(struct tend_registry *registry, const char *path);
/* Keeps what calls cost in this file; before any plugin is called. */
void tend_registry_tally(struct tend_registry *registry, const char *path);
/* NULL where nothing is kept. */
struct tend_tally_file *tend_registry_tallies(const struct tend_registry *registry);
/* Is told of handlers (policies, guards, rules, normalisers, matchers) that took
 * longer than TEND_SLOW, each plugin at most once in a minute. */
typedef void (*tend_slow_fn)(void *data, const char *plugin, const char *what, int64_t took);
void tend_registry_slow(struct tend_registry *registry, tend_slow_fn fn, void *data);
#define TEND_SLOW (INT64_C(50) * 1000)  /* microseconds */
/* Ends the suspension of a plugin, and forgets what it was stopped for. */
tend_status tend_registry_enable(struct tend_registry *registry, struct tend_text name);
/* True after a call that was a breach, until tend_registry_remember: the
 * command must fail. A sniff is none of these: another reader may do it. */
bool tend_registry_breached(const struct tend_registry *registry);

/* Another number whenever a provider or an instance may have gone or moved: who
 * keeps a pointer to one compares it, and asks anew. */
uint64_t tend_registry_generation(const struct tend_registry *registry);

/* Where host->log goes: level 0 debug, 1 information, 2 warning. NULL is the
 * default: stderr, from level 1 on. */
typedef void (*tend_log_fn)(void *data, int32_t level, const char *plugin, const char *text);
void tend_registry_log(struct tend_registry *registry, tend_log_fn fn, void *data);

#endif
