/* Asking policies and the rules of stage sets about an event. */
#include "plugin/private.h"

#define ALL_EFFECTS (~TEND_EFFECTS_SAID)
#define RULE_EFFECTS ((UINT32_C(1) << TEND_FX_MOVE) | (UINT32_C(1) << TEND_FX_HOLD))

bool tend_call_answers(const struct tend_provider *provider, const char *event)
{
    return provider->on &&
           tend_text_has_word(tend_text_of(provider->on), tend_text_of(event));
}

static tend_status ask(struct tend_registry *registry, const struct tend_provider *provider,
                       tend_status (*run)(struct tend_ctx *ctx, const struct tend_event *event),
                       uint32_t allowed, const struct tend_event_data *data,
                       struct tend_arena *arena, struct tend_effects *effects)
{
    struct tend_event event = data->event;
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, provider->owner, provider);

    if (status != TEND_OK)
        return status;
    event.size = sizeof event;
    call.ctx.read = &tend_read_table;
    call.ctx.make = &tend_make_table;
    call.arena = arena;
    call.event = data;
    call.effects = effects;
    call.effects_from = effects->list.n;
    call.effects_allowed = allowed;
    status = tend_call_end(&call, run(&call.ctx, &event));
    if (status == TEND_OK)
        return TEND_OK;
    return tend_call_blame(&call, provider->kind, provider->name, data->event.name);
}

tend_status tend_call_policy(struct tend_registry *registry, const struct tend_provider *policy,
                             const struct tend_event_data *event, struct tend_arena *arena,
                             struct tend_effects *effects)
{
    const struct tend_policy *record;
    tend_status status = tend_provider_open(policy);

    if (status != TEND_OK)
        return status;
    record = policy->record;
    return ask(registry, policy, record->run, ALL_EFFECTS, event, arena, effects);
}

tend_status tend_call_rule(struct tend_registry *registry, const struct tend_provider *set,
                           const struct tend_event_data *event, struct tend_arena *arena,
                           struct tend_effects *effects)
{
    const struct tend_stage_set *record = set->record;

    if (!record->rule)
        return TEND_OK;
    return ask(registry, set, record->rule, RULE_EFFECTS, event, arena, effects);
}
