/* A C plugin with a function for each letter in each place, for Lua; and one whose result
 * has rubbish above the 32 bits that are its own. */
#include "../../module/letters.h"

static int64_t poisoned(struct tend_ctx *ctx, int32_t low)
{
    (void)ctx;
    return (int64_t)(UINT64_C(0xDEADBEEF00000000) | (uint32_t)low);
}

/* The list of letters.h and two that lie about their results. */
static struct tend_export all[sizeof letters / sizeof *letters + 2] = {
    { sizeof *all, "number", "i(i)", (void (*)(void))poisoned, NULL, 0 },
    { sizeof *all, "truth", "b(i)", (void (*)(void))poisoned, NULL, 0 },
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    (void)ctx, (void)host;
    return TEND_OK;
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "letters",
    .version = "1.0.0",
    .summary = "every letter in every place",
    .license = "0BSD",
    .needs = "reads:person",
    .init = init,
    .exports = all,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    memcpy(all + 2, letters, sizeof letters);
    return &plugin;
}
