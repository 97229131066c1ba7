/* What a registry knows of the world outside, and the two calls that meet it. */
#include "plugin/private.h"
#define TEND_UNSTABLE
#include <tend/x/channel.h>

void tend_registry_set_fixtures(struct tend_registry *registry, const struct tend_fixture *list,
                                int64_t n)
{
    registry->fixture = list;
    registry->n_fixtures = n;
}

const struct tend_fixture *tend_registry_fixture(const struct tend_registry *registry,
                                                 int64_t index)
{
    return index < registry->n_fixtures ? &registry->fixture[index] : NULL;
}

bool tend_registry_fixtures_only(const struct tend_registry *registry)
{
    return registry->fixture != NULL;
}

void tend_registry_world(struct tend_registry *registry, const struct tend_http_api *http,
                         const struct tend_secret_api *secret)
{
    registry->http = http;
    registry->secret = secret;
}

void tend_registry_may(struct tend_registry *registry, tend_may_fn fn)
{
    registry->may = fn;
}

void tend_registry_say(struct tend_registry *registry, int32_t level, const char *plugin,
                       const char *text)
{
    tend_host_log(registry, level, plugin, text);
}

struct tend_arena *tend_call_scratch(struct tend_ctx *ctx)
{
    return tend_call_of(ctx)->scratch;
}

tend_status tend_call_refuse(struct tend_ctx *ctx, const struct tend_error *err)
{
    tend_call_told(tend_call_of(ctx), err);
    return err->code;
}

const struct tend_command_arg *const *tend_source_options(const struct tend_lead_source *source)
{
    return source->size >= (int64_t)sizeof *source ? source->options : NULL;
}

tend_status (*tend_source_page(const struct tend_lead_source *source))(struct tend_ctx *ctx,
                                                                       struct tend_input *in,
                                                                       struct tend_text cursor)
{
    return source->size >= (int64_t)sizeof *source ? source->page : NULL;
}

tend_status tend_call_page(struct tend_registry *registry, const struct tend_provider *source,
                           const struct tend_call_args *options, struct tend_input *input,
                           struct tend_text cursor, int64_t budget)
{
    const struct tend_lead_source *record = source->record;
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, source->owner, source);

    if (status != TEND_OK)
        return status;
    call.ctx.source = registry->source;
    call.ctx.http = registry->http;
    call.ctx.secret = registry->secret;
    call.ctx.command = &tend_command_table;
    call.args = options;
    call.budget = budget;
    tend_call_reading(&call);
    status = record->page(&call.ctx, input, cursor);
    registry->reading = NULL;
    status = tend_call_end(&call, status);
    if (status == TEND_OK)
        return TEND_OK;
    if (call.breach)                    /* its own loop, which no second try ends */
        call.error.code = TEND_LIMIT;
    return tend_call_blame(&call, source->kind, source->name, NULL);
}

tend_status tend_call_send(struct tend_registry *registry, const struct tend_provider *channel,
                           const struct tend_message *message, int64_t budget, int64_t *sent)
{
    const struct tend_channel *record = channel->record;
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, channel->owner, channel);

    *sent = TEND_SENT_UNKNOWN;
    if (status != TEND_OK)
        return status;
    tend_error_clear(registry->err);
    call.ctx.http = registry->http;
    call.ctx.secret = registry->secret;
    call.budget = budget;
    status = record->send(&call.ctx, message, sent);
    if (status == TEND_OK && *sent != TEND_SENT_ACCEPTED) {
        *registry->err = call.error;        /* why; it is no failure of the call */
        tend_error_clear(&call.error);
    }
    status = tend_call_end(&call, status);
    return status == TEND_OK ? TEND_OK
                             : tend_call_blame(&call, channel->kind, channel->name, NULL);
}
