/* Calling what works on values: readers of files, normalisers, matchers. */
#include "plugin/private.h"

int32_t tend_call_sniff(struct tend_registry *registry, const struct tend_provider *source,
                        struct tend_text head, struct tend_text filename)
{
    const struct tend_lead_source *record = source->record;
    struct tend_call call;
    int32_t sure;

    if (tend_call_begin(&call, registry, source->owner, source) != TEND_OK)
        return 0;
    sure = record->sniff(&call.ctx, head, filename);
    /* one that fails is not sure, and another may read the file */
    if (tend_call_end(&call, sure < 0 ? sure : TEND_OK) != TEND_OK) {
        tend_host_log(registry, 2, source->owner->manifest.name,
                      tend_arena_printf(&registry->scratch[registry->depth], "%s %s: %s%s",
                                        source->kind, source->name, call.error.text,
                                        source->owner->state == TEND_INSTANCE_ASIDE ? "; it is set aside" : ""));
        if (!call.breach)
            return 0;
        source->owner->breach = false;
        return tend_call_blame(&call, source->kind, source->name, NULL);
    }
    return sure > 100 ? 100 : sure;
}

tend_status tend_call_read(struct tend_registry *registry, const struct tend_provider *source,
                           const struct tend_call_args *options, struct tend_input *input)
{
    const struct tend_lead_source *record = source->record;
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, source->owner, source);
    bool said;

    if (status != TEND_OK)
        return status;
    tend_error_clear(registry->err);
    call.ctx.source = registry->source;
    call.ctx.command = &tend_command_table;
    call.args = options;
    tend_call_reading(&call);
    status = record->read(&call.ctx, input);
    registry->reading = NULL;
    said = call.error.text[0] != '\0' || registry->err->code == TEND_OK;
    status = tend_call_end(&call, status);
    /* what a function of ctx->source reported is about the file, and stands
     * in the slot as the user should see it */
    if (status == TEND_OK || !said)
        return status;
    return tend_call_blame(&call, source->kind, source->name, NULL);
}

/* The keys live in the plugin's memory only until its call ends. */
static tend_status take_keys(struct tend_call *call, int64_t n, struct tend_text *keys,
                             struct tend_arena *arena)
{
    for (int64_t i = 0; i < n; i++) {
        if (keys[i].len < 0 || (keys[i].len > 0 && !keys[i].at) || !tend_text_valid(keys[i]))
            return tend_error_set(&call->error, TEND_INVALID, "key %lld is no UTF-8 text",
                                  (long long)(i + 1));
        keys[i] = keys[i].len ? tend_arena_text(arena, keys[i]) : (struct tend_text){ "", 0 };
    }
    return TEND_OK;
}

tend_status tend_call_keys(struct tend_registry *registry, const struct tend_provider *normaliser,
                           int64_t n, const struct tend_text *values,
                           const struct tend_text *regions, struct tend_text *keys,
                           struct tend_arena *arena)
{
    const struct tend_normaliser *record = normaliser->record;
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, normaliser->owner, normaliser);

    for (int64_t i = 0; i < n; i++)
        keys[i] = (struct tend_text){ "", 0 };
    if (status != TEND_OK)
        return status;
    status = record->keys(&call.ctx, n, values, regions, keys);
    if (status == TEND_OK)
        status = take_keys(&call, n, keys, arena);
    status = tend_call_end(&call, status);
    if (status == TEND_OK)
        return TEND_OK;
    return tend_call_blame(&call, normaliser->kind, normaliser->name, NULL);
}

/* A reason lives in the plugin's memory only until its call ends. */
static tend_status take_scores(struct tend_call *call, int64_t n, struct tend_score *scores,
                               struct tend_arena *arena)
{
    for (int64_t i = 0; i < n; i++) {
        struct tend_text *reason = &scores[i].reason;

        if (!(scores[i].same <= 1.0))       /* also what is no number */
            return tend_error_set(&call->error, TEND_INVALID,
                                  "score %lld is %g; expected 0 to 1, or less for no opinion",
                                  (long long)(i + 1), scores[i].same);
        if (reason->len < 0 || (reason->len > 0 && !reason->at) || !tend_text_valid(*reason))
            return tend_error_set(&call->error, TEND_INVALID,
                                  "the reason of score %lld is no UTF-8 text", (long long)(i + 1));
        *reason = reason->len ? tend_arena_text(arena, *reason) : (struct tend_text){ "", 0 };
    }
    return TEND_OK;
}

tend_status tend_call_matcher(struct tend_registry *registry, const struct tend_provider *matcher,
                              int64_t n, const struct tend_pair *pairs, struct tend_score *scores,
                              struct tend_arena *arena)
{
    const struct tend_matcher *record = matcher->record;
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, matcher->owner, matcher);

    for (int64_t i = 0; i < n; i++)
        scores[i] = (struct tend_score){ .same = -1, .reason = { "", 0 } };
    if (status != TEND_OK)
        return status;
    call.ctx.read = &tend_read_table;
    status = record->score(&call.ctx, n, pairs, scores);
    if (status == TEND_OK)
        status = take_scores(&call, n, scores, arena);
    status = tend_call_end(&call, status);
    if (status == TEND_OK)
        return TEND_OK;
    return tend_call_blame(&call, matcher->kind, matcher->name, NULL);
}
