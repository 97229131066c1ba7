/* Calling commands and reports, and ctx->command: the values that were given to one. */
#define TEND_UNSTABLE
#include "plugin/private.h"
#include <tend/x/report.h>

static const struct tend_call_value *value_of(struct tend_ctx *ctx, const char *name)
{
    const struct tend_call_args *args = tend_call_of(ctx)->args;

    for (int64_t i = 0; args && name && i < args->n; i++)
        if (strcmp(args->value[i].name, name) == 0)
            return &args->value[i];
    return NULL;
}

static struct tend_text text(struct tend_ctx *ctx, const char *name)
{
    const struct tend_call_value *value = value_of(ctx, name);

    return value ? value->text : (struct tend_text){ "", 0 };
}

static int64_t number(struct tend_ctx *ctx, const char *name)
{
    const struct tend_call_value *value = value_of(ctx, name);

    return value ? value->number : 0;
}

static tend_id person(struct tend_ctx *ctx, const char *name, int64_t index)
{
    const struct tend_call_value *value = value_of(ctx, name);

    return value && index >= 0 && index < value->n_people ? value->people[index] : 0;
}

const struct tend_command_api tend_command_table = {
    .size = sizeof(struct tend_command_api),
    .level = TEND_API,
    .text = text,
    .number = number,
    .person = person,
};

static bool declares(const struct tend_command_arg *const *args, const char *name)
{
    for (; args && *args; args++)
        if (strcmp((*args)->name, name) == 0)
            return true;
    return false;
}

/* Is there a field of this name in "person:person name days:number"? */
static bool has_field(const char *fields, const char *name)
{
    struct tend_text rest = tend_text_of(fields), word, field;

    while (tend_text_word(&rest, &word)) {
        tend_text_cut(&word, ":", &field);
        if (tend_text_is(field, name))
            return true;
    }
    return false;
}

static tend_status check_row(struct tend_call *call, const struct tend_command_record *record,
                             const struct tend_fx_row *row)
{
    for (int64_t i = 0; i < row->n; i++)
        if (!has_field(record->fields, row->cells[i].name))
            return tend_error_set(&call->error, TEND_INVALID,
                                  "a row has \"%.60s\", which is none of its fields (%s)",
                                  row->cells[i].name, record->fields ? record->fields : "none");
    return TEND_OK;
}

/* Whoever cannot be asked answers by the flag; and what was answered is not
 * asked again, so that there is an end. */
static tend_status check_ask(struct tend_call *call, const struct tend_command_record *record,
                             const char *key)
{
    if (!declares(record->flags, key) && !declares(record->args, key))
        return tend_error_set(&call->error, TEND_INVALID,
                              "it asks for \"%.60s\", which is none of its flags: declare it, so "
                              "that a script can answer",
                              key);
    if (value_of(&call->ctx, key))
        return tend_error_set(&call->error, TEND_INVALID,
                              "it asks for \"%.60s\" again, which was answered", key);
    return TEND_OK;
}

static tend_status check_said(struct tend_call *call, const struct tend_command_record *record)
{
    tend_status status = TEND_OK;

    for (int64_t i = call->effects_from; status == TEND_OK && i < call->effects->list.n; i++) {
        const struct tend_effect *effect = &call->effects->list.at[i];

        if (effect->u.fx.kind == TEND_FX_ROW)
            status = check_row(call, record, &effect->u.row);
        else if (effect->u.fx.kind == TEND_FX_ASK)
            status = check_ask(call, record, effect->u.fx.key);
    }
    return status;
}

static tend_status run(struct tend_registry *registry, const struct tend_provider *provider,
                       const struct tend_command_record *record, uint32_t allowed,
                       const struct tend_call_args *args, struct tend_arena *arena,
                       struct tend_effects *effects)
{
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, provider->owner, provider);

    if (status != TEND_OK)
        return status;
    call.ctx.read = &tend_read_table;
    call.ctx.make = &tend_make_table;
    call.ctx.command = &tend_command_table;
    call.arena = arena;
    call.args = args;
    call.effects = effects;
    call.effects_from = effects->list.n;
    call.effects_allowed = allowed;
    call.effects_most = TEND_EFFECTS_COMMAND;
    call.budget = TEND_COMMAND_BUDGET;
    status = record->run(&call.ctx);
    if (status == TEND_OK)
        status = check_said(&call, record);
    status = tend_call_end(&call, status);
    if (status == TEND_OK)
        return TEND_OK;
    return tend_call_blame(&call, provider->kind, provider->name, NULL);
}

tend_status tend_call_command(struct tend_registry *registry, const struct tend_provider *command,
                              const struct tend_call_args *args, struct tend_arena *arena,
                              struct tend_effects *effects)
{
    const struct tend_command_record *record = command->record;

    return run(registry, command, record, record->writes ? UINT32_MAX : TEND_EFFECTS_SAID, args,
               arena, effects);
}

tend_status tend_call_report(struct tend_registry *registry, const struct tend_provider *report,
                             const struct tend_call_args *args, struct tend_arena *arena,
                             struct tend_effects *effects)
{
    struct tend_command_record record = tend_report_command(report->record);

    return run(registry, report, &record,
               (UINT32_C(1) << TEND_FX_PRINT) | (UINT32_C(1) << TEND_FX_ROW), args, arena,
               effects);
}
