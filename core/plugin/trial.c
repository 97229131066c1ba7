/* What a plugin is put through that is tested: it runs out of memory and time where that
 * is wanted, and tests itself. */
#include "plugin/trial.h"
#include "plugin/private.h"

bool tend_trial_possible(const struct tend_instance *instance)
{
    return instance->runtime != NULL && instance->runtime->trial != NULL;
}

bool tend_trial_set(struct tend_instance *instance, int64_t growths, int64_t steps)
{
    return instance->data != NULL && instance->runtime->trial(instance, growths, steps);
}

void tend_trial_forgive(struct tend_instance *instance)
{
    tend_registry_remember(instance->registry);
    tend_registry_enable(instance->registry, tend_text_of(instance->manifest.name));
}

tend_status tend_trial_selftest(struct tend_instance *instance)
{
    struct tend_registry *registry = instance->registry;
    struct tend_call call;
    tend_status status;

    tend_error_clear(registry->err);
    if (instance->runtime->selftest == NULL)
        return TEND_UNSUPPORTED;
    status = tend_call_begin(&call, registry, instance, NULL);
    if (status != TEND_OK)
        return status;
    call.ctx.read = &tend_read_table;
    call.ctx.service = &tend_service_table;
    call.budget = TEND_COMMAND_BUDGET;
    status = instance->runtime->selftest(instance, &call.ctx);
    if (status == TEND_UNSUPPORTED && call.error.text[0] == '\0') {
        tend_call_end(&call, TEND_OK);
        return TEND_UNSUPPORTED;
    }
    status = tend_call_end(&call, status);
    if (status != TEND_OK)
        tend_error_set(registry->err, status, "%s", call.error.text);
    return status;
}

tend_status tend_trial_save(struct tend_instance *instance, struct tend_arena *arena,
                            struct tend_text *state)
{
    struct tend_registry *registry = instance->registry;
    struct tend_call call;
    int64_t version = 1;
    tend_status status;

    *state = (struct tend_text){ "", 0 };
    if (instance->runtime->save == NULL)
        return TEND_UNSUPPORTED;
    status = tend_call_begin(&call, registry, instance, NULL);
    if (status != TEND_OK)
        return status;
    call.budget = TEND_COMMAND_BUDGET;
    status = instance->runtime->save(instance, &call.ctx, &version, state);
    if (status == TEND_OK)
        *state = tend_arena_text(arena, *state);
    if (status == TEND_UNSUPPORTED && call.error.text[0] == '\0') {
        tend_call_end(&call, TEND_OK);
        return TEND_UNSUPPORTED;
    }
    status = tend_call_end(&call, status);
    if (status != TEND_OK)
        tend_error_set(registry->err, status, "%s", call.error.text);
    return status;
}
