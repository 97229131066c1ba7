/* A reader pays for its rows with what it reads: a row costs a byte of input, and so many
 * more are free. Without that one that reads nothing could hand over rows for ever. */
#include "plugin/private.h"

#define ROWS_FREE 1000
#define ROWS_MOST 1000000       /* that the file can say */
#define ROW_VALUES 32           /* one of more, or of more bytes, counts as several */
#define ROW_BYTES 4096

void tend_call_reading(struct tend_call *call)
{
    const struct tend_instance *instance = call->instance;

    call->rows_free = instance->limits.rows ? instance->limits.rows : ROWS_FREE;
    call->registry->reading = call;
}

void tend_call_took(struct tend_registry *registry, int64_t bytes)
{
    if (registry->reading)
        registry->reading->took += bytes;
}

/* No second try would end otherwise, so it is a breach. */
static tend_status check(struct tend_call *call)
{
    const char *name = call->instance->manifest.name, *why;
    int64_t more = call->rows_free * 10;

    if (call->rows <= call->rows_free + call->took)
        return TEND_OK;
    if (call->breach)
        return call->error.code;
    if (more > ROWS_MOST)
        more = ROWS_MOST;
    why = tend_arena_printf(call->scratch, "handed over %lld rows more than the %lld bytes that it "
                            "read, and was stopped; if so many are right, write \"%s rows=%lld\" into "
                            "the file limits", (long long)call->rows_free, (long long)call->took,
                            name, (long long)more);
    return tend_call_fail(&call->ctx, TEND_LIMIT, true, why);
}

tend_status tend_call_put(struct tend_registry *registry, int64_t bytes)
{
    struct tend_call *call = registry->reading;

    if (!call)
        return TEND_OK;
    call->values++;
    call->bytes += bytes;
    if (call->values < ROW_VALUES && call->bytes < ROW_BYTES)
        return TEND_OK;
    call->rows += call->values / ROW_VALUES + call->bytes / ROW_BYTES;
    call->values %= ROW_VALUES;
    call->bytes %= ROW_BYTES;
    return check(call);
}

tend_status tend_call_row(struct tend_registry *registry)
{
    struct tend_call *call = registry->reading;

    if (!call)
        return TEND_OK;
    call->rows++;
    call->values = call->bytes = 0;
    return check(call);
}

bool tend_call_paid(struct tend_ctx *ctx)
{
    const struct tend_call *call = tend_call_of(ctx);

    return call->rows <= call->took;
}
