/* The functions of plugin/runtime.h that are about limits, for a host without any. */
#include "fake.h"

int64_t tend_instance_memory_most(const struct tend_instance *instance)
{
    (void)instance;
    return 0;
}

bool tend_call_paid(struct tend_ctx *ctx)
{
    (void)ctx;
    return true;
}

void tend_call_read_done(struct tend_ctx *ctx)
{
    (void)ctx;
}
