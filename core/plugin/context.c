/* The inside of every call: a context, an error slot, a stopwatch, and the
 * rule that a call that fails leaves nothing behind but its reason. */
#include "base/interrupt.h"
#include "plugin/private.h"

static int64_t total_of(const struct tend_instance *instance)
{
    return instance->limits.total ? instance->limits.total : TEND_TOTAL_BUDGET;
}

tend_status tend_call_begin(struct tend_call *call, struct tend_registry *registry,
                            struct tend_instance *instance, const struct tend_provider *provider)
{
    memset(call, 0, offsetof(struct tend_call, error));
    tend_error_clear(&call->error);
    tend_error_clear(&call->refused);
    tend_error_clear(&call->denied);
    if (instance->state != TEND_INSTANCE_LOADED && provider)
        return tend_error_set(registry->err, TEND_DENIED, "plugin %s is %s: %s",
                              instance->manifest.name,
                              instance->state == TEND_INSTANCE_ASIDE ? "set aside" : "not loaded",
                              instance->trouble ? instance->trouble : "it failed");
    if (provider && instance->spent >= total_of(instance)) {
        tend_error_set(registry->err, TEND_LIMIT,
                       "plugin %s: its handlers took longer than %lld s in one command",
                       instance->manifest.name, (long long)(total_of(instance) / 1000000));
        tend_aside_kill(instance, registry->err->text, false);
        return TEND_LIMIT;
    }
    if (registry->depth == TEND_CALL_DEPTH)
        return tend_error_set(registry->err, TEND_LIMIT,
                              "plugin %s: plugins call each other more than %d deep",
                              instance->manifest.name, TEND_CALL_DEPTH);
    call->ctx.size = sizeof call->ctx;
    call->ctx.level = TEND_API;
    call->ctx.host = &tend_host_table;
    call->ctx.text = &tend_text_table;
    call->ctx.service = provider ? &tend_service_table : NULL;
    call->ctx.file = &tend_file_table;
    call->ctx.data = instance->plugin_data;
    call->ctx.now = tend_clock_now(registry->clock);
    call->registry = registry;
    call->instance = instance;
    call->provider = provider;
    call->record = provider ? provider->record : NULL;
    instance->running++;
    call->scratch = &registry->scratch[registry->depth++];
    call->began = tend_clock_ticks();
    return TEND_OK;
}

tend_status tend_call_denial(struct tend_call *call, tend_status status)
{
    if (status == TEND_OK || !strstr(call->error.text, call->denied.text))
        call->error = call->denied;
    if (call->denied.cure[0])
        tend_error_cure(&call->error, "%s", call->denied.cure);
    return call->denied.code;
}

tend_status tend_call_end(struct tend_call *call, tend_status status)
{
    struct tend_instance *instance = call->instance;
    struct tend_registry *registry = call->registry;
    int64_t took = tend_clock_ticks() - call->began;

    instance->calls++;
    instance->time += took;
    if (took > instance->longest)
        instance->longest = took;
    if (status > 0)
        status = tend_error_set(&call->error, TEND_INTERNAL, "it returned %d, which is no status",
                                status);
    if (status == TEND_OK && call->broken != TEND_OK)
        status = call->broken;
    if (status == TEND_OK && call->breach)
        status = call->error.code;
    /* one that went on without what was refused would be applied in part */
    if (status == TEND_OK && call->refused.code != TEND_OK) {
        call->error = call->refused;
        status = call->error.code;
    }
    if (call->denied.code != TEND_OK && !call->breach)
        status = tend_call_denial(call, status);
    /* a plugin that passes on what it was told has not the cure to pass on */
    if (status != TEND_OK && call->refused.cure[0] && !call->error.cure[0] &&
        strstr(call->error.text, call->refused.text))
        tend_error_cure(&call->error, "%s", call->refused.cure);
    if (status != TEND_OK) {
        if (!call->error.text[0])
            tend_error_set(&call->error, status, "it returned %s and did not say why",
                           tend_status_name(status));
        call->error.code = status;
        if (call->effects)
            call->effects->list.n = call->effects_from;
    } else if (call->error.code != TEND_OK) {
        tend_host_log(registry, 2, instance->manifest.name, call->error.text);
    }
    if (registry->seen.writes == 0)     /* outside of a batch: only as long as the call */
        registry->seen.person = 0;
    tend_count_call(call, took, status);
    tend_host_log_end(instance, &call->logged);
    if (call->breach)
        tend_aside_kill(instance, call->error.text, call->error.code == TEND_DENIED);
    else if (instance->killed && status == TEND_OK)
        tend_aside_good(instance);
    registry->depth--;
    instance->running--;
    tend_arena_reset(call->scratch);
    return status;
}

/* What a plugin fails with is never what the gate, a guard or the user said. */
static tend_status own_code(tend_status code)
{
    switch (code) {
    case TEND_DENIED:
    case TEND_VETO:
    case TEND_EXISTS:
    case TEND_AMBIGUOUS:
    case TEND_CANCELLED:
    case TEND_USAGE:
        return TEND_INTERNAL;
    default:
        return code;
    }
}

tend_status tend_call_blame(struct tend_call *call, const char *kind, const char *name,
                            const char *event)
{
    /* that somebody interrupted it is no doing of the plugin's */
    tend_status code = call->error.code == TEND_CANCELLED && tend_interrupted()
                           ? TEND_CANCELLED
                           : own_code(call->error.code);

    tend_error_set(call->registry->err, code, "plugin %s: %s %s: %s%s%s",
                   call->instance->manifest.name, kind, name, event ? event : "",
                   event ? ": " : "", call->error.text);
    if (call->error.cure[0])
        tend_error_cure(call->registry->err, "%s", call->error.cure);
    return code;
}

tend_status tend_call_may(struct tend_call *call, enum tend_right right, struct tend_text what,
                          struct tend_error *err)
{
    if (call->registry->may)
        return call->registry->may(right, what, err);
    return tend_rights_ask(call->instance, right, what, err);
}

void tend_call_told(struct tend_call *call, const struct tend_error *err)
{
    call->error = *err;
    if (call->refused.code != TEND_OK || !err->cure[0])
        return;
    call->refused = *err;
    call->refused.code = TEND_OK;
}

void tend_call_broken(struct tend_call *call, tend_status status)
{
    const struct tend_error *err = tend_store_error(call->registry->store);

    if (call->broken != TEND_OK)
        return;
    call->broken = status;
    tend_error_set(&call->error, status, "the database: %s", err->text);
}

void *tend_call_self(struct tend_ctx *ctx)
{
    const struct tend_call *call = tend_call_of(ctx);

    return call->provider ? call->provider->self : NULL;
}

struct tend_instance *tend_call_instance(struct tend_ctx *ctx)
{
    return tend_call_of(ctx)->instance;
}

const void *tend_call_record(struct tend_ctx *ctx)
{
    return tend_call_of(ctx)->record;
}

tend_status tend_call_fail(struct tend_ctx *ctx, tend_status code, bool breach, const char *text)
{
    struct tend_call *call = tend_call_of(ctx);

    if (code >= 0)
        code = TEND_INTERNAL;
    call->breach = call->breach || breach;
    return tend_error_set(&call->error, code, "%s", text);
}

void tend_call_read_done(struct tend_ctx *ctx)
{
    struct tend_call *call = tend_call_of(ctx);

    if (++call->reads % TEND_READS_KEPT != 0)
        return;
    call->columns = 0; /* its row and the filter lie there */
    call->filter_text = NULL;
    call->filter = NULL;
    if (call->registry->seen.writes == 0)
        call->registry->seen.person = 0;
    tend_arena_reset(call->scratch);
}

void tend_call_forgive(struct tend_ctx *ctx)
{
    tend_error_clear(&tend_call_of(ctx)->error);
}

int64_t tend_call_began(struct tend_ctx *ctx)
{
    return tend_call_of(ctx)->began;
}

int64_t tend_call_budget(struct tend_ctx *ctx)
{
    const struct tend_call *call = tend_call_of(ctx);

    if (call->instance->limits.time && call->instance != call->registry->console)
        return call->instance->limits.time;
    return call->budget ? call->budget : TEND_CALL_BUDGET;
}

const char *tend_call_denied(struct tend_ctx *ctx)
{
    const struct tend_call *call = tend_call_of(ctx);

    return call->denied.code != TEND_OK ? call->denied.text : NULL;
}

const char *tend_call_error(struct tend_ctx *ctx)
{
    const struct tend_call *call = tend_call_of(ctx);

    if (call->error.text[0])
        return call->error.text;
    return call->registry->err->code != TEND_OK ? call->registry->err->text : "";
}
