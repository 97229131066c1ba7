/* Functions of other plugins by their names, and calls of them. An export answers and
 * does not act: its context has no table that makes anything. The way there is short,
 * since Lua calls these in loops: a context is kept for each depth and cleaned only of
 * what a call has left in it. */
#include "plugin/private.h"

void tend_link_finish(struct tend_registry *registry)
{
    for (int32_t i = 0; i < TEND_CALL_DEPTH; i++)
        tend_free(registry->nested[i]);
    tend_buffer_finish(&registry->link_text);
}

const char *tend_link_error(struct tend_ctx *ctx)
{
    return tend_call_of(ctx)->registry->link_error.text;
}

tend_status tend_instance_exports(struct tend_instance *instance, const struct tend_export *list,
                                  struct tend_error *err)
{
    struct tend_arena *arena = &instance->arena;
    struct tend_functions *functions = tend_arena_take(arena, sizeof *functions);
    tend_status status = tend_functions_prepare(list, true, arena, functions, err);
    struct tend_provider *place, *provider;

    if (status != TEND_OK || functions->n == 0)
        return status;
    place = tend_instance_place(instance, "exports", instance->manifest.name);
    provider = place ? place : tend_arena_take(arena, sizeof *provider);
    *provider = (struct tend_provider){
        .kind = "exports", .name = instance->manifest.name, .record = list, .owner = instance,
        .functions = functions,
    };
    if (!place)
        tend_instance_push(instance, provider);
    return TEND_OK;
}

/* --- finding ------------------------------------------------------------- */

/* tend.c.barn_tools is barn-tools: a name that Lua can write. */
static bool is_called(const char *name, const char *word)
{
    for (; *name && (*name == *word || (*name == '-' && *word == '_')); name++)
        word++;
    return *name == '\0' && *word == '\0';
}

/* The next provider of exports at or after *i. */
static struct tend_provider *next_exports(const struct tend_registry *registry, int64_t *i)
{
    for (; *i < registry->providers.n; ++*i) {
        struct tend_provider *provider = registry->providers.at[*i];

        if (strcmp(provider->kind, "exports") == 0 && (provider->record || provider->owner->asleep))
            return registry->providers.at[(*i)++];
    }
    return NULL;
}

static tend_status no_plugin(const struct tend_registry *registry, const char *of,
                             struct tend_error *err)
{
    const struct tend_provider *provider;
    struct tend_buffer names = { 0 };

    for (int64_t i = 0; (provider = next_exports(registry, &i)) != NULL;)
        tend_buffer_addf(&names, "%s%s", names.len ? ", " : "", provider->name);
    tend_error_set(err, TEND_NOT_FOUND,
                   "no plugin \"%.60s\" with functions for tend.c is loaded; %s%s", of,
                   names.len ? "those that are: " : "there is none at all",
                   names.len ? names.at : "");
    tend_buffer_finish(&names);
    return TEND_NOT_FOUND;
}

static tend_status find_exports(const struct tend_registry *registry, const char *of,
                                const struct tend_provider **out, struct tend_error *err)
{
    for (int64_t i = 0; (*out = next_exports(registry, &i)) != NULL;)
        if (is_called((*out)->name, of))
            return tend_instance_wake((*out)->owner, err);
    return no_plugin(registry, of, err);
}

static tend_status no_function(const struct tend_functions *functions, const char *of,
                               const char *name, struct tend_error *err)
{
    struct tend_buffer names = { 0 };

    for (int64_t i = 0; functions && i < functions->n; i++)
        tend_buffer_addf(&names, "%s%s", names.len ? " " : "", functions->at[i].name);
    tend_error_set(err, TEND_NOT_FOUND, "%.60s has no function \"%.60s\"; it has: %s", of, name,
                   names.at ? names.at : "none");
    tend_buffer_finish(&names);
    return TEND_NOT_FOUND;
}

/* Code that nothing holds does for its caller whatever it can: a plugin that names its
 * rights names that too, and so does one that was added, whose rights somebody granted. */
static tend_status may_call_c(struct tend_instance *asker, struct tend_error *err)
{
    if (!asker->rights.named && !asker->granted)
        return TEND_OK;
    return tend_rights_ask(asker, TEND_RIGHT_NATIVE, TEND_TEXT(""), err);
}

/* Who uses a service says so in `requires`, so that it is known who needs whom. */
static tend_status find_service(struct tend_instance *asker, const char *of,
                                const struct tend_provider **out, struct tend_error *err)
{
    const struct tend_registry *registry = asker->registry;

    *out = NULL;
    for (int64_t i = 0; i < registry->providers.n && !*out; i++) {
        struct tend_provider *provider = registry->providers.at[i];

        if (strcmp(provider->kind, "service") == 0 && is_called(provider->name, of) &&
            provider->owner->state != TEND_INSTANCE_WAITING)
            *out = provider;
    }
    if (!*out)
        return tend_error_set(err, TEND_NOT_FOUND, "no plugin provides the service \"%.60s\"", of);
    if (asker != registry->console && asker != (*out)->owner &&
        !tend_requires_names(asker, (*out)->name))
        return tend_error_set(err, TEND_DENIED,
                              "plugin %s uses the service \"%s\" and does not say so: it belongs "
                              "into its `requires`", asker->manifest.name, (*out)->name);
    return tend_instance_wake((*out)->owner, err);
}

static tend_status find(struct tend_instance *asker, const char *of, bool service,
                        const struct tend_provider **out, struct tend_error *err)
{
    tend_status status;

    if (service)
        return find_service(asker, of, out, err);
    status = may_call_c(asker, err);
    return status == TEND_OK ? find_exports(asker->registry, of, out, err) : status;
}

tend_status tend_link_there(struct tend_instance *asker, const char *of, bool service,
                            struct tend_error *err)
{
    const struct tend_provider *found;

    return find(asker, of, service, &found, err);
}

bool tend_link_has(const struct tend_instance *asker, struct tend_text service, int64_t level)
{
    return tend_service_find(asker->registry, service, level) != NULL;
}

bool tend_link_current(const struct tend_instance *asker, const struct tend_link *link)
{
    return link->seen == asker->registry->generation + 1;
}

tend_status tend_link_find(struct tend_instance *asker, struct tend_link *link,
                           struct tend_error *err)
{
    struct tend_registry *registry = asker->registry;
    const struct tend_provider *found;
    tend_status status;

    if (tend_link_current(asker, link))
        return TEND_OK;
    status = find(asker, link->of, link->service, &found, err);
    if (status != TEND_OK)
        return status;
    link->function = found->functions ? tend_functions_find(found->functions, link->name) : NULL;
    if (!link->function)
        return no_function(found->functions, link->of, link->name, err);
    if (!link->service)
        tend_requires_called(asker, found->owner);
    link->provider = found;
    link->owner = found->owner;
    link->signature = &link->function->signature;
    link->seen = registry->generation + 1;
    return TEND_OK;
}

const char *tend_link_text(const struct tend_link *link)
{
    return link->function->text;
}

/* --- calling ------------------------------------------------------------- */

static tend_status refuse(struct tend_registry *registry, const struct tend_link *link,
                          tend_status code, const char *why)
{
    return tend_error_set(&registry->link_error, code, "plugin %s: %s: %s",
                          link->owner->manifest.name, link->name, why);
}

/* The context of this depth, as clean as the last one left it. */
static struct tend_call *open_export(struct tend_call *outer, struct tend_instance *callee)
{
    struct tend_registry *registry = outer->registry;
    struct tend_call *call = registry->nested[registry->depth];

    if (!call)
        call = registry->nested[registry->depth] = tend_alloc(sizeof *call);
    call->ctx.size = sizeof call->ctx;
    call->ctx.level = TEND_API;
    call->ctx.host = &tend_host_table;
    call->ctx.text = &tend_text_table;
    call->ctx.read = outer->ctx.read;
    call->ctx.service = &tend_service_table;
    call->ctx.data = callee->plugin_data;
    call->ctx.now = outer->ctx.now;
    call->registry = registry;
    call->instance = callee;
    call->scratch = &registry->scratch[registry->depth++];
    callee->running++;
    call->began = tend_clock_ticks_coarse();
    return call;
}

/* What a call may have left behind: what it read, what it said, why it failed. */
static tend_status close_export(struct tend_call *call, struct tend_call *outer,
                                const struct tend_link *link)
{
    struct tend_registry *registry = call->registry;
    tend_status status = call->broken != TEND_OK ? call->broken : call->error.code;

    if (call->denied.code != TEND_OK)
        status = tend_call_denial(call, status);

    call->instance->calls++;
    call->instance->time += tend_clock_ticks_coarse() - call->began;
    call->columns = 0;
    call->filter = NULL;
    call->filter_text = NULL;
    if (call->logged)
        tend_host_log_end(call->instance, &call->logged);
    if (status != TEND_OK) {
        refuse(registry, link, status, call->error.text);
        if (outer->broken == TEND_OK && call->broken != TEND_OK)
            tend_call_broken(outer, call->broken);
        call->broken = TEND_OK;
        call->refused.code = call->denied.code = TEND_OK;
        tend_error_clear(&call->error);
    }
    registry->depth--;
    call->instance->running--;
    tend_arena_reset(call->scratch);
    return status;
}

/* A text is kept where the end of the call does not reach it. */
static void keep_text(struct tend_registry *registry, struct tend_any *result)
{
    if (result->as != 's' || !result->is.text)
        return;
    tend_buffer_reset(&registry->link_text);
    tend_buffer_adds(&registry->link_text, result->is.text);
    result->is.text = registry->link_text.at ? registry->link_text.at : "";
}

/* What a nested call may take: what its caller has left, but at least half of its own, so
 * that who is stopped is who was slow. One that is on the stack already gets no more than
 * is left. */
static int64_t budget_of(const struct tend_call *outer, const struct tend_instance *callee)
{
    int64_t own = TEND_CALL_BUDGET, whole = outer->budget ? outer->budget : own;
    int64_t left = whole - (tend_clock_ticks() - outer->began);

    if (callee->running > 1)
        return left > own ? own : left > 1 ? left : 1;
    return left > own ? own : left > own / 2 ? left : own / 2;
}

/* A function of a service that is not C: a call like any other. */
static tend_status serve(struct tend_call *outer, const struct tend_link *link,
                         const struct tend_any *args, struct tend_any *result)
{
    struct tend_registry *registry = outer->registry;
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, link->owner, link->provider);

    if (status != TEND_OK)
        return refuse(registry, link, status, registry->err->text);
    call.ctx.read = outer->ctx.read;
    call.budget = budget_of(outer, link->owner);
    status = link->owner->runtime->serve(&call.ctx, link->function - link->provider->functions->at,
                                         args, result);
    if (status == TEND_OK)
        keep_text(registry, result);
    status = tend_call_end(&call, status);
    if (status != TEND_OK)
        refuse(registry, link, status, call.error.text);
    return status;
}

tend_status tend_link_call(struct tend_ctx *ctx, const struct tend_link *link,
                           const struct tend_any *args, struct tend_any *result)
{
    struct tend_call *outer = tend_call_of(ctx), *call;
    struct tend_registry *registry = outer->registry;

    if (link->owner->state != TEND_INSTANCE_LOADED)
        return refuse(registry, link, TEND_DENIED,
                      link->owner->trouble ? link->owner->trouble : "it is not loaded");
    if (registry->depth == TEND_CALL_DEPTH)
        return refuse(registry, link, TEND_LIMIT, "plugins call each other too deep");
    if (!link->function->code)
        return serve(outer, link, args, result);
    call = open_export(outer, link->owner);
    tend_function_call(link->function, &call->ctx, args, result);
    keep_text(registry, result);
    return close_export(call, outer, link);
}
