/* The console: the instance behind the Lua prompt, which is no plugin, and what
 * the user's own file calls what. */
#include "plugin/private.h"

static tend_status make(struct tend_registry *registry, const struct tend_runtime *runtime,
                        const char *path, struct tend_error *err)
{
    struct tend_instance *console = tend_instance_create(registry, runtime, "init", path);
    tend_status status;

    registry->console = console;
    console->loading = true;
    status = runtime->load(console, path, err);
    console->loading = false;
    if (status == TEND_OK)
        return TEND_OK;
    registry->console = NULL;
    registry->aliases.n = 0;
    tend_instance_free(console);
    return status;
}

tend_status tend_registry_console(struct tend_registry *registry,
                                  const struct tend_runtime *runtime, const char *path,
                                  struct tend_error *err)
{
    struct tend_error ignored = { 0 };
    tend_status status;

    tend_instance_free(registry->console);
    registry->console = NULL;
    registry->console_spent = false;
    registry->aliases.n = 0;
    status = make(registry, runtime, path, err);
    if (status != TEND_OK && path[0])
        make(registry, runtime, "", &ignored);
    return status;
}

struct tend_instance *tend_registry_console_instance(const struct tend_registry *registry)
{
    return registry->console;
}

bool tend_registry_console_spent(const struct tend_registry *registry)
{
    return registry->console_spent;
}

tend_status tend_instance_alias(struct tend_instance *instance, const char *name,
                                const char *line, struct tend_error *err)
{
    struct tend_registry *registry = instance->registry;
    struct tend_arena *arena = &instance->arena;

    if (!instance->loading)
        return tend_error_set(err, TEND_DENIED, "an alias is declared in init.lua, not later");
    if (!tend_record_name_ok(name))
        return tend_error_set(err, TEND_INVALID,
                              "the alias \"%.60s\": a name is made of a-z 0-9 - _, beginning with "
                              "a letter",
                              name);
    if (!line[0])
        return tend_error_set(err, TEND_INVALID, "the alias \"%s\" stands for nothing", name);
    if (registry->taken && registry->taken(tend_text_of(name)))
        return tend_error_set(err, TEND_EXISTS,
                              "the alias \"%s\" is a command of tend's own; give it another name",
                              name);
    for (int64_t i = 0; i < registry->aliases.n; i++)
        if (strcmp(registry->aliases.at[i].name, name) == 0)
            return tend_error_set(err, TEND_EXISTS, "there are two aliases \"%s\"", name);
    TEND_PUSH(&registry->aliases, (struct tend_alias){
        tend_arena_str(arena, tend_text_of(name)), tend_arena_str(arena, tend_text_of(line)) });
    return TEND_OK;
}

bool tend_registry_alias(const struct tend_registry *registry, int64_t index, const char **name,
                         const char **line)
{
    if (index < 0 || index >= registry->aliases.n)
        return false;
    *name = registry->aliases.at[index].name;
    *line = registry->aliases.at[index].line;
    return true;
}

tend_status tend_call_eval(struct tend_registry *registry, struct tend_eval *what,
                           struct tend_arena *arena, struct tend_effects *effects)
{
    struct tend_instance *console = registry->console;
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, console, NULL);

    if (status != TEND_OK)
        return status;
    call.ctx.read = &tend_read_table;
    call.ctx.make = &tend_make_table;
    call.ctx.service = &tend_service_table;
    call.arena = arena;
    call.effects = effects;
    call.effects_from = effects->list.n;
    call.effects_allowed = ~TEND_EFFECTS_SAID;
    call.effects_most = TEND_EFFECTS_COMMAND;
    call.budget = INT64_MAX / 4;
    status = tend_call_end(&call, console->runtime->eval(console, &call.ctx, what));
    registry->console_spent = status == TEND_LIMIT && console->breach;
    /* whoever types is not set aside */
    console->state = TEND_INSTANCE_LOADED;
    console->breach = console->unsaved = false;
    console->trouble = NULL;
    if (status != TEND_OK)
        return tend_error_set(registry->err, status, "%s", call.error.text);
    return TEND_OK;
}
