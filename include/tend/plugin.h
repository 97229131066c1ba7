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
 *     matcher        struct tend_matcher        matcher.h
 *     stage_set      struct tend_stage_set      stage.h
 *     policy         struct tend_policy         policy.h
 *     command        struct tend_command_record command.h
 *     service        struct tend_service        service.h
 *
 * and those of include/tend/x, which may still change: playbook, channel,
 * report, store_driver.
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
#include <tend/export.h>
#include <tend/file.h>
#include <tend/http.h>
#include <tend/matcher.h>
#include <tend/normaliser.h>
#include <tend/policy.h>
#include <tend/read.h>
#include <tend/secret.h>
#include <tend/service.h>
#include <tend/source.h>
#include <tend/stage.h>
#include <tend/text.h>
#include <tend/types.h>

#define TEND_ABI 1  /* must be equal: what is laid out differently */
#define TEND_API 2  /* must be at least what the plugin needs: what was added */

#if defined(__GNUC__)
#define TEND_EXPORT __attribute__((visibility("default")))
#define TEND_PRINTF(fmt_, first_) __attribute__((format(printf, fmt_, first_)))
#else
#define TEND_EXPORT
#define TEND_PRINTF(fmt_, first_)
#endif

/* Does this table have the member? For tables of a newer or older host. */
#define TEND_HAS(table, member) \
    ((table) != NULL && (size_t)(table)->size >= offsetof(__typeof__(*(table)), member) + \
                                             sizeof((table)->member))

struct tend_ctx;

/* Frozen: nothing is ever added here. Everything newer hangs in the context,
 * or is asked for by name. */
struct tend_host {
    int64_t size;
    int32_t abi, api;
    /* A table by name ("tend.text", "tend.read", "tend.make", "tend.source",
     * "tend.command", "tend.x.store"), or NULL if it is not there or not at this level. */
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
    /* since level 2 */
    const struct tend_http_api *http;
    const struct tend_file_api *file;
    const struct tend_secret_api *secret;
    const struct tend_service_api *service;
};

struct tend_plugin {
    int64_t size;
    int32_t abi, api_min;
    const char *build;      /* "lp64le": a mismatch names both sides */
    const char *name;       /* a-z 0-9 - , begins with a letter */
    const char *version;    /* "1.0.0" */
    const char *summary;    /* one line */
    const char *license;    /* SPDX */
    const char *needs;      /* rights, by words: "reads:person effects:task files:~/leads
                               net:api.example.com secrets:token"; "none": it needs nothing;
                               "": it may read and return all, and reach nothing of the world */
    /* Calls host->provide for each record. May be NULL where there are exports. */
    tend_status (*init)(struct tend_ctx *ctx, const struct tend_host *host);
    void (*fini)(struct tend_ctx *ctx);     /* may be NULL */
    /* since level 2; each may be NULL */
    const struct tend_export *exports;      /* what Lua may call as tend.c.<name>, see export.h */
    const char *requires;   /* services that must be there: "geo>=1 names" */
    const char *limits;     /* what it asks for, within the user's bounds: "time:2s memory:64MiB
                               effects:200" */
    /* Reload: what the old one keeps for the new one, and taking it. The version is
     * yours; the state at most 1 MiB. What must last longer is kept with TEND_STATE. */
    tend_status (*save)(struct tend_ctx *ctx, int64_t *version, struct tend_text *state);
    tend_status (*restore)(struct tend_ctx *ctx, int64_t version, struct tend_text state);
    tend_status (*selftest)(struct tend_ctx *ctx);  /* run by `plugin test` */
    const char *author;     /* "Mira Oduya <mira@example.com>", shown by `plugin add` */
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

/* The beginning of the record; name the members that follow: { TEND_HEAD, .name = "..." }. */
#define TEND_HEAD \
    .size = sizeof(struct tend_plugin), .abi = TEND_ABI, .api_min = TEND_API, .build = TEND_BUILD

/* The one symbol of a plugin. Pure: returns a static record, does nothing. */
TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void);

/* That record and that function, by the members that you give:
 *
 *     TEND_PLUGIN(.name = "thanks", .version = "1.0.0", .summary = "A card of thanks",
 *                 .license = "0BSD", .needs = "reads:touch effects:task", .init = init)
 */
#define TEND_PLUGIN(...)                                                    \
    TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)           \
    {                                                                       \
        static const struct tend_plugin tend_plugin_record_ = { TEND_HEAD, __VA_ARGS__ }; \
                                                                            \
        return &tend_plugin_record_;                                        \
    }

#endif
