/* SPDX-License-Identifier: 0BSD
 *
 * What a C plugin needs, whole: include this one header.
 *
 * Concepts
 *
 * A plugin is a function from what is known to what should happen. It reads a
 * context that cannot be written, and answers with rows (a lead source), a
 * verdict (a guard), a value (a normaliser), or effects as data (a policy, a
 * stage rule). It never writes the database, reads the clock, opens a file or
 * keeps a mutable global: the core does all of that, and so everything can be
 * undone, explained, tried without being done, and tested on a clock that
 * stands still.
 *
 * A plugin is one shared object with one function, tend_plugin_entry, which
 * returns the address of a static record. The host checks the record before
 * it runs anything else: the ABI number must be the host's, the API level at
 * most the host's. Then it calls `init`, which provides records of the kinds
 * that the plugin has:
 *
 *     lead_source    struct tend_lead_source    source.h
 *     normaliser     struct tend_normaliser     normaliser.h
 *     stage_set      struct tend_stage_set      stage.h
 *     policy         struct tend_policy         policy.h
 *     command        struct tend_command_record command.h
 *
 * Every call gets a context. The tables that may be used in it hang there;
 * one that makes no sense in that call is NULL (a guard has `make` for its
 * veto, a lead source has `source`). Tables are only ever appended to; test a
 * newer member with TEND_HAS.
 *
 * Errors: return a negative status after host->fail(ctx, code, "...") has
 * said why. A call that fails is rolled back alone and named to the user.
 *
 * Threads: there is one. No callback is entered again before it has returned.
 */
#ifndef TEND_PLUGIN_H
#define TEND_PLUGIN_H

#include <tend/command.h>
#include <tend/effect.h>
#include <tend/normaliser.h>
#include <tend/policy.h>
#include <tend/read.h>
#include <tend/source.h>
#include <tend/stage.h>
#include <tend/text.h>
#include <tend/types.h>

#define TEND_ABI 1  /* must be equal: what is laid out differently */
#define TEND_API 0  /* must be at least what the plugin needs: what was added */

#if defined(__GNUC__)
#define TEND_EXPORT __attribute__((visibility("default")))
#define TEND_PRINTF(fmt_, first_) __attribute__((format(printf, fmt_, first_)))
#else
#define TEND_EXPORT
#define TEND_PRINTF(fmt_, first_)
#endif

/* Does this table have the member? For tables of a newer or older host. */
#define TEND_HAS(table, member) \
    ((table) != NULL && (table)->size >= offsetof(__typeof__(*(table)), member) + \
                                             sizeof((table)->member))

struct tend_ctx;

/* Frozen: nothing is ever added here. Everything newer hangs in the context,
 * or is asked for by name. */
struct tend_host {
    int64_t size;
    int32_t abi, api;
    /* A table by name ("tend.text", "tend.read", "tend.make", "tend.source",
     * "tend.command"), or NULL if it is not there or not at this level. */
    const void *(*get)(const char *table, uint32_t min_level);
    /* Fills the error slot of this call and returns code, for `return`. */
    tend_status (*fail)(struct tend_ctx *ctx, tend_status code, const char *fmt, ...)
        TEND_PRINTF(3, 4);
    /* level: 0 debug, 1 information, 2 warning. A line is cut at 500 bytes; of
     * one call 20 lines are shown, and how many more there were. */
    void (*log)(struct tend_ctx *ctx, int32_t level, const char *fmt, ...) TEND_PRINTF(3, 4);
    /* In init only: this plugin has a record of this kind. The record must
     * live as long as the plugin. */
    tend_status (*provide)(struct tend_ctx *ctx, const char *kind, const void *record);
};

struct tend_ctx {
    uint32_t size, level;
    const struct tend_host *host;
    const struct tend_text_api *text;
    const struct tend_read_api *read;
    const struct tend_make_api *make;
    const struct tend_source_api *source;
    void *data;     /* yours: set it in init, find it in every call */
    int64_t now;    /* the clock of this call, microseconds since 1970 UTC */
    const struct tend_command_api *command;
};

struct tend_plugin {
    int64_t size;
    int32_t abi, api_min;
    const char *build;      /* "lp64le": a mismatch names both sides */
    const char *name;       /* a-z 0-9 - , begins with a letter */
    const char *version;    /* "1.0.0" */
    const char *summary;    /* one line */
    const char *license;    /* SPDX */
    const char *needs;      /* rights, by words: "reads:person effects:task"; or "" */
    tend_status (*init)(struct tend_ctx *ctx, const struct tend_host *host);
    void (*fini)(struct tend_ctx *ctx);     /* may be NULL */
};

#if defined(__LP64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define TEND_BUILD "lp64le"
#elif defined(__LP64__)
#define TEND_BUILD "lp64be"
#elif __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define TEND_BUILD "ilp32le"
#else
#define TEND_BUILD "ilp32be"
#endif

#define TEND_HEAD sizeof(struct tend_plugin), TEND_ABI, TEND_API, TEND_BUILD

/* The one symbol of a plugin. Pure: returns a static record, does nothing. */
TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void);

#endif
