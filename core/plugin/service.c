/* ctx->service: calling what another plugin does for others, by name, with values. */
#include "plugin/private.h"

#define NAME_MOST 64

static int32_t has(struct tend_ctx *ctx, const char *name, int64_t level)
{
    return name && tend_service_find(tend_call_of(ctx)->registry, tend_text_of(name), level) != NULL;
}

static tend_status no_match(struct tend_call *call, const struct tend_link *link, int64_t n,
                            const struct tend_any *args)
{
    const struct tend_signature *signature = link->signature;

    if (n != signature->n)
        return tend_error_set(&call->error, TEND_INVALID,
                              "service %s: %s takes %d arguments, not %lld: %s", link->of,
                              link->name, (int)signature->n, (long long)n,
                              tend_link_text(link));
    for (int32_t i = 0; i < signature->n; i++) {
        if (args[i].as != signature->args[i])
            return tend_error_set(&call->error, TEND_INVALID,
                                  "service %s: %s: argument %d is of type %c; expected %c: %s",
                                  link->of, link->name, i + 1,
                                  args[i].as > 32 && args[i].as < 127 ? (char)args[i].as : '?',
                                  signature->args[i], tend_link_text(link));
        if (signature->args[i] == 'i' &&
            (args[i].is.number < INT32_MIN || args[i].is.number > INT32_MAX))
            return tend_error_set(&call->error, TEND_INVALID,
                                  "service %s: %s: argument %d is %lld; expected an integer of 32 "
                                  "bits", link->of, link->name, i + 1,
                                  (long long)args[i].is.number);
    }
    return TEND_OK;
}

static tend_status call_service(struct tend_ctx *ctx, const char *function, int64_t n,
                                const struct tend_any *args, struct tend_any *result)
{
    struct tend_call *call = tend_call_of(ctx);
    const char *dot = function ? strrchr(function, '.') : NULL;
    struct tend_error why = { 0 };
    struct tend_link link = { .service = true };
    char of[NAME_MOST];
    tend_status status;

    if (!dot || dot == function || dot - function >= NAME_MOST || !result || (n > 0 && !args))
        return tend_error_set(&call->error, TEND_INVALID,
                              "service->call needs \"service.function\", arguments and a result");
    memcpy(of, function, (size_t)(dot - function));
    of[dot - function] = '\0';
    link.of = of;
    link.name = dot + 1;
    if (tend_link_find(call->instance, &link, &why) != TEND_OK)
        return tend_error_set(&call->error, why.code, "%s", why.text);
    status = no_match(call, &link, n, args);
    if (status != TEND_OK)
        return status;
    status = tend_link_call(ctx, &link, args, result);
    if (status != TEND_OK)
        return tend_error_set(&call->error, status, "%s", tend_link_error(ctx));
    if (result->as == 's' && result->is.text)
        result->is.text = tend_arena_str(call->scratch, tend_text_of(result->is.text));
    return TEND_OK;
}

const struct tend_service_api tend_service_table = {
    .size = sizeof(struct tend_service_api),
    .level = TEND_API,
    .has = has,
    .call = call_service,
};
