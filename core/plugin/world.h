/* The world as plugins meet it: the network and secrets, which a worker alone has, and
 * in tests the answers that stand in for it. */
#ifndef TEND_PLUGIN_WORLD_H
#define TEND_PLUGIN_WORLD_H

#include "plugin/call.h"
#include "plugin/rights.h"

/* An answer in the place of a service: of `plugin test`, by its whole URL with the query,
 * or "*" for any. */
struct tend_fixture {
    const char *url;
    const char *file;           /* the body is that file's; NULL: `body` is it */
    struct tend_text body;
    const char *type;           /* NULL: by the ending of the file, else application/json */
    const char *headers;        /* "Retry-After: 5\n..."; NULL */
    int64_t status;             /* 0: 200 */
    int64_t fails;              /* TEND_TIMEOUT, TEND_IO...: nothing came at all; 0 */
};
/* From now on workers answer from these alone, and never reach out; the list is the
 * caller's, and stays until the next. NULL, 0: the world again. */
void tend_registry_set_fixtures(struct tend_registry *registry, const struct tend_fixture *list,
                                int64_t n);
/* By index, NULL past the last. */
const struct tend_fixture *tend_registry_fixture(const struct tend_registry *registry,
                                                 int64_t index);
/* Is the world shut out? */
bool tend_registry_fixtures_only(const struct tend_registry *registry);

/* ctx->http and ctx->secret of the calls that have them: a worker fills these. */
void tend_registry_world(struct tend_registry *registry, const struct tend_http_api *http,
                         const struct tend_secret_api *secret);
/* Who is asked for rights instead of tend_rights_ask: a worker asks its parent. */
typedef tend_status (*tend_may_fn)(enum tend_right right, struct tend_text what,
                                   struct tend_error *err);
void tend_registry_may(struct tend_registry *registry, tend_may_fn fn);

/* A line of a log, as a plugin's own would be shown. */
void tend_registry_say(struct tend_registry *registry, int32_t level, const char *plugin,
                       const char *text);

/* --- for worker/ ----------------------------------------------------------- */

/* The arena of a call: until its callback returns. */
struct tend_arena *tend_call_scratch(struct tend_ctx *ctx);
/* Fills the slot of a call from another, with its cure. */
tend_status tend_call_refuse(struct tend_ctx *ctx, const struct tend_error *err);
/* What a source has since level 2; NULL in an older, shorter record. */
const struct tend_command_arg *const *tend_source_options(const struct tend_lead_source *source);
tend_status (*tend_source_page(const struct tend_lead_source *source))(struct tend_ctx *ctx,
                                                                       struct tend_input *in,
                                                                       struct tend_text cursor);
/* One page of a source, its options as ctx->command. */
tend_status tend_call_page(struct tend_registry *registry, const struct tend_provider *source,
                           const struct tend_call_args *options, struct tend_input *input,
                           struct tend_text cursor, int64_t budget);
/* One message of a channel. What went wrong is in the registry's slot. */
struct tend_message;
tend_status tend_call_send(struct tend_registry *registry, const struct tend_provider *channel,
                           const struct tend_message *message, int64_t budget, int64_t *sent);

#endif
