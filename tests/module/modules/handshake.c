/* One module, built several times: as a good one, and with one thing wrong. */
#include <tend/plugin.h>

#ifndef ABI
#define ABI TEND_ABI
#endif
#ifndef API
#define API TEND_API
#endif
#ifndef BUILD
#define BUILD TEND_BUILD
#endif
#ifndef NAME
#define NAME "handshake"
#endif
#ifndef SIZE
#define SIZE sizeof(struct tend_plugin)
#endif
#ifndef INIT
#define INIT init
#endif

TEND_EXPORT tend_status init(struct tend_ctx *ctx, const struct tend_host *host);

tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    (void)ctx, (void)host;
    return TEND_OK;
}

TEND_EXPORT const struct tend_plugin record;
const struct tend_plugin record = {
    .size = SIZE, .abi = ABI, .api_min = API, .build = BUILD, .name = NAME, .version = "1.0.0",
    .summary = "for the tests", .license = "0BSD", .needs = "", .init = INIT,
};

#ifdef NO_RECORD
#define ANSWER NULL
#else
#define ANSWER &record
#endif

#ifdef NO_SYMBOL
TEND_EXPORT const struct tend_plugin *other_entry(void);
#define tend_plugin_entry other_entry
#endif

const struct tend_plugin *tend_plugin_entry(void)
{
    return ANSWER;
}
