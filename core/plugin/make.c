/* ctx->make: takes effects and vetoes down. The caller gets copies in its own
 * arena, since what a plugin hands over lives only as long as its call. */
#include "plugin/effect_list.h"
#include "plugin/private.h"

static const char *copy_text(struct tend_call *call, const char *text)
{
    if (!text)
        return NULL;
    call->output += (int64_t)strlen(text);
    return tend_arena_str(call->arena, tend_text_of(text));
}

static void copy_cells(struct tend_call *call, struct tend_fx_row *row)
{
    struct tend_cell *cells = tend_arena_take(call->arena, (size_t)row->n * sizeof *cells);

    for (int64_t i = 0; i < row->n; i++) {
        call->output += row->cells[i].text.len;
        cells[i] = (struct tend_cell){ copy_text(call, row->cells[i].name),
                                       tend_arena_text(call->arena, row->cells[i].text) };
    }
    row->cells = cells;
}

static void copy_texts(struct tend_call *call, struct tend_effect *effect)
{
    const struct tend_effect_kind *of = tend_effect_kind(effect->u.fx.kind);
    const char *text;

    effect->u.fx.key = copy_text(call, effect->u.fx.key);
    for (const struct tend_effect_member *m = of->members; m->kind == effect->u.fx.kind; m++) {
        char *at = (char *)&effect->u + m->at;

        if (m->type == TEND_EFFECT_CELLS)
            copy_cells(call, &effect->u.row);
        if (!tend_effect_is_text(m))
            continue;
        memcpy(&text, at, sizeof text);
        text = copy_text(call, text);
        memcpy(at, &text, sizeof text);
    }
}

static tend_status not_here(struct tend_call *call, uint32_t kind)
{
    const char *name = tend_effect_name(kind);

    if (call->provider && strcmp(call->provider->kind, "report") == 0)
        return tend_error_set(&call->error, TEND_DENIED,
                              "a report gives rows and prints; a %s is for a %s", name,
                              kind == TEND_FX_ASK ? "command" : "policy or a command");
    if (TEND_EFFECTS_SAID & (UINT32_C(1) << kind))
        return tend_error_set(&call->error, TEND_DENIED, "a %s is for a command", name);
    if (call->args)
        return tend_error_set(&call->error, TEND_DENIED,
                              "a %s changes something; a command that does declares `writes`",
                              name);
    return tend_error_set(&call->error, TEND_DENIED,
                          "the rule of a stage set moves or holds; a %s is for a policy", name);
}

static int64_t effects_of(const struct tend_call *call)
{
    if (call->effects_most)
        return call->effects_most;
    return call->instance->limits.effects ? call->instance->limits.effects : TEND_EFFECTS_MOST;
}

static int64_t output_of(const struct tend_call *call)
{
    if (call->instance->limits.output)
        return call->instance->limits.output;
    return call->effects_most ? TEND_OUTPUT_COMMAND : TEND_OUTPUT_MOST;
}

static tend_status take_effect(struct tend_call *call, const struct tend_fx *fx)
{
    int64_t most = effects_of(call), output = output_of(call);
    struct tend_effect effect = { 0 };
    tend_status status;

    if (!call->effects)
        return tend_error_set(&call->error, TEND_DENIED,
                              "effects are made by policies and rules, not here");
    status = tend_effect_check(fx, &call->error);
    if (status != TEND_OK)
        return status;
    if (!(call->effects_allowed & (UINT32_C(1) << fx->kind)))
        return not_here(call, fx->kind);
    status = tend_call_may_make(call, fx->kind);
    if (status != TEND_OK)
        return status;
    if (call->effects->list.n - call->effects_from >= most)
        return tend_error_set(&call->error, TEND_LIMIT, "more than %lld effects of one call",
                              (long long)most);
    if (call->output > output)
        return call->refused.code;
    memcpy(&effect.u, fx, fx->size < sizeof effect.u ? fx->size : sizeof effect.u);
    effect.plugin = call->instance->manifest.name;
    copy_texts(call, &effect);
    if (call->output > output)
        return tend_error_set(&call->error, TEND_LIMIT,
                              "the texts of its effects are longer than %lld bytes in one call",
                              (long long)output);
    TEND_PUSH(&call->effects->list, effect);
    return TEND_OK;
}

static tend_status take_veto(struct tend_call *call, const char *code, const char *text,
                             const char *cure)
{
    if (!call->vetoes)
        return tend_error_set(&call->error, TEND_DENIED,
                              "only a guard has a veto: a policy answers with effects");
    if (!code || !code[0] || !text || !text[0])
        return tend_error_set(&call->error, TEND_INVALID,
                              "a veto needs a code and a text that says why");
    if (!tend_text_valid(tend_text_of(code)) || !tend_text_valid(tend_text_of(text)) ||
        !tend_text_valid(tend_text_of(cure)))
        return tend_error_set(&call->error, TEND_INVALID, "the texts of a veto are not UTF-8");
    if (strnlen(code, TEND_VETO_BYTES + 1) > TEND_VETO_BYTES ||
        strnlen(text, TEND_VETO_BYTES + 1) > TEND_VETO_BYTES ||
        (cure && strnlen(cure, TEND_VETO_BYTES + 1) > TEND_VETO_BYTES))
        return tend_error_set(&call->error, TEND_LIMIT,
                              "a text of a veto is longer than %d bytes", TEND_VETO_BYTES);
    if (call->vetoes->veto.n - call->vetoes_from >= TEND_VETOES_MOST)
        return tend_error_set(&call->error, TEND_LIMIT, "more than %d vetoes of one guard",
                              TEND_VETOES_MOST);
    TEND_PUSH(&call->vetoes->veto, (struct tend_veto){
        call->instance->manifest.name, copy_text(call, code), copy_text(call, text),
        copy_text(call, cure ? cure : ""),
    });
    return TEND_OK;
}

/* What was refused fails the call, whether the plugin looks at the status or not. */
static tend_status noted(struct tend_call *call, tend_status status)
{
    if (status != TEND_OK && call->refused.code == TEND_OK)
        call->refused = call->error;
    return status;
}

static tend_status emit(struct tend_ctx *ctx, const struct tend_fx *fx)
{
    struct tend_call *call = tend_call_of(ctx);

    return noted(call, take_effect(call, fx));
}

static tend_status veto(struct tend_ctx *ctx, const char *code, const char *text,
                        const char *cure)
{
    struct tend_call *call = tend_call_of(ctx);

    return noted(call, take_veto(call, code, text, cure));
}

const struct tend_make_api tend_make_table = {
    .size = sizeof(struct tend_make_api),
    .level = TEND_API,
    .emit = emit,
    .veto = veto,
};
