/* What a language brings to load plugins written in it: the one header of
 * plugin/ that the Lua host sees. C modules come through the same door.
 *
 * A runtime fills an instance with its manifest and provides records of
 * include/tend; a record of a Lua plugin is a C record whose functions are
 * trampolines, and `self` tells them which Lua function is meant. */
#ifndef TEND_PLUGIN_RUNTIME_H
#define TEND_PLUGIN_RUNTIME_H

#include "base/arena.h"
#include "base/error.h"
#include "module/signature.h"
#include <stdbool.h>
#include <tend/plugin.h>

struct tend_eval;
struct tend_function;
struct tend_instance;
struct tend_provider;
struct tend_registry;

struct tend_runtime {
    const char *name;           /* "lua" */
    const char *suffix;         /* ".lua" */
    /* Loads one file: fills the manifest, provides the records. On an error
     * the registry calls unload and names the plugin. */
    tend_status (*load)(struct tend_instance *instance, const char *path, struct tend_error *err);
    void (*unload)(struct tend_instance *instance);
    /* The plugin's own end, before what it provides is swept; may be NULL. */
    void (*fini)(struct tend_instance *instance);
    /* What a reload hands over. NULL, or TEND_UNSUPPORTED: the plugin has none. `state`
     * lives until the call ends. */
    tend_status (*save)(struct tend_instance *instance, struct tend_ctx *ctx, int64_t *version,
                        struct tend_text *state);
    tend_status (*restore)(struct tend_instance *instance, struct tend_ctx *ctx, int64_t version,
                           struct tend_text state);
    /* Peak memory in bytes, 0 where that is not known. */
    int64_t (*memory)(const struct tend_instance *instance);
    /* Of the console: runs what was typed. */
    tend_status (*eval)(struct tend_instance *instance, struct tend_ctx *ctx,
                        struct tend_eval *what);
    /* Calls function `index` of the service that is being called. NULL: it is C. */
    tend_status (*serve)(struct tend_ctx *ctx, int64_t index, const struct tend_any *args,
                         struct tend_any *result);
    /* Its own test of itself. NULL, or TEND_UNSUPPORTED: it has none. */
    tend_status (*selftest)(struct tend_instance *instance, struct tend_ctx *ctx);
    /* For `plugin test`: memory is refused after so many growths from now on, and time is
     * up after so many instructions; -1: as ever. Returns whether that of
     * before has come to it. NULL: it takes both from the system, not from the host. */
    bool (*trial)(struct tend_instance *instance, int64_t growths, int64_t steps);
};

struct tend_manifest {          /* texts live as long as the instance */
    const char *name;
    const char *version;        /* "-" where the plugin names none */
    const char *summary, *license, *needs;
    const char *author;         /* "" or NULL where it names none */
    const char *requires;       /* services: "geo>=1 names?"; likewise */
    const char *limits;         /* what it asks for: "time:2s memory:64MiB"; likewise */
};

/* --- for runtimes ------------------------------------------------------- */

/* Before anything is provided. Fails where `needs` asks for what is no right. */
tend_status tend_instance_manifest(struct tend_instance *instance,
                                   const struct tend_manifest *manifest, struct tend_error *err);
/* While loading only. kind: "policy"...; the record must live as long as the
 * instance. Checks the record (size, name, required members, no second one of
 * that kind and name by this plugin). */
tend_status tend_instance_provide(struct tend_instance *instance, const char *kind,
                                  const void *record, void *self, struct tend_error *err);
/* While the user's init.lua loads: `name` stands for the beginning of a line. */
tend_status tend_instance_alias(struct tend_instance *instance, const char *name,
                                const char *line, struct tend_error *err);
/* While loading: one more file that the plugin was made from, besides its own. */
void tend_instance_file(struct tend_instance *instance, const char *path);
/* The runtime's own data of an instance. */
void tend_instance_set_data(struct tend_instance *instance, void *data);
void *tend_instance_data(const struct tend_instance *instance);
const char *tend_instance_name(const struct tend_instance *instance);
const char *tend_instance_path(const struct tend_instance *instance);
/* A line of a plugin that is loading, for whoever looks (see host->log). */
void tend_instance_log(struct tend_instance *instance, int32_t level, const char *text);
/* Bytes that a plugin may hold, or 0: as many as the runtime gives. */
int64_t tend_instance_memory_most(const struct tend_instance *instance);
/* Memory that lives as long as the instance. */
struct tend_arena *tend_instance_arena(struct tend_instance *instance);

/* --- of a call ---------------------------------------------------------- */

/* `self` of the record that is being called. */
void *tend_call_self(struct tend_ctx *ctx);
struct tend_instance *tend_call_instance(struct tend_ctx *ctx);
/* The record that is being called: the one that was provided, or in a guard
 * the guard's own (struct tend_guard), of which a stage set has many. */
const void *tend_call_record(struct tend_ctx *ctx);
/* Fills the error slot of the call; with `breach` the plugin broke a limit or
 * asked for what it may not have: it is set aside and the command fails. */
tend_status tend_call_fail(struct tend_ctx *ctx, tend_status code, bool breach, const char *text);
/* What was read so far has been copied elsewhere: now and then its memory is
 * given back, so that a loop of reads does not grow. */
void tend_call_read_done(struct tend_ctx *ctx);
/* When it began, by tend_clock_ticks. */
int64_t tend_call_began(struct tend_ctx *ctx);
/* Is each row of this reader paid for by what it has read? Then the row is a new budget. */
bool tend_call_paid(struct tend_ctx *ctx);
/* How long this call may take, microseconds; a source gets it anew for what it reads. */
int64_t tend_call_budget(struct tend_ctx *ctx);
/* The read that this plugin has no right to, in words; NULL if there was none. */
const char *tend_call_denied(struct tend_ctx *ctx);
/* The error slot is empty again: what failed is no error of the call. */
void tend_call_forgive(struct tend_ctx *ctx);
/* The text of the error slot after a function of ctx failed; "" if none. */
const char *tend_call_error(struct tend_ctx *ctx);

/* --- functions of other plugins ----------------------------------------- */

/* One by its names: "tools", "score". Zeroed but for these it is not found yet; it is
 * found anew when plugins have come or gone since. */
struct tend_link {
    const char *of, *name;
    bool service;               /* of a service; else an export of a C module */
    uint64_t seen;              /* the generation of the providers, and one, when it was found */
    struct tend_instance *owner;
    const struct tend_provider *provider;
    const struct tend_function *function;
    const struct tend_signature *signature;
};

/* Finds it if that is needed. err says who there is instead. */
tend_status tend_link_find(struct tend_instance *asker, struct tend_link *link,
                           struct tend_error *err);
/* Is what was found still right? */
bool tend_link_current(const struct tend_instance *asker, const struct tend_link *link);
/* Is there a plugin with exports, or a service, of this name? As tend_link_find. */
tend_status tend_link_there(struct tend_instance *asker, const char *of, bool service,
                            struct tend_error *err);
/* "score(person, integer)" of one that was found; in the registry's own memory. */
const char *tend_link_text(const struct tend_link *link);
/* 1 if this service is there at this level. */
bool tend_link_has(const struct tend_instance *asker, struct tend_text service, int64_t level);
/* Calls what was found from within a call, with arguments as its signature says. A
 * text that comes back lives until the next call of this. */
tend_status tend_link_call(struct tend_ctx *ctx, const struct tend_link *link,
                           const struct tend_any *args, struct tend_any *result);
/* Why the last one failed: "plugin tools: score: ...". */
const char *tend_link_error(struct tend_ctx *ctx);

#endif
