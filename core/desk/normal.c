/* Asks the normalisers, block by block: plugins first, so that an author's
 * finer rule goes before the core's plain one. */
#include "desk/normal.h"

#define BLOCK 256

/* One block through one normaliser: keys that are still empty are filled. */
static tend_status ask_one(struct tend_desk *desk, const struct tend_provider *provider, int64_t n,
                           const struct tend_text *values, const struct tend_text *regions,
                           struct tend_text *keys, struct tend_arena *arena)
{
    struct tend_text found[BLOCK] = { { 0 } };
    tend_status status = tend_call_keys(desk->registry, provider, n, values, regions, found, arena);

    if (status != TEND_OK)
        return status;
    for (int64_t i = 0; i < n; i++) {
        if (keys[i].len == 0)
            keys[i] = found[i];
    }
    return TEND_OK;
}

static bool all_found(int64_t n, const struct tend_text *keys)
{
    for (int64_t i = 0; i < n; i++) {
        if (keys[i].len == 0)
            return false;
    }
    return true;
}

/* core: the core's own, or those of plugins. */
static tend_status ask_all(struct tend_desk *desk, bool core, struct tend_text kind, int64_t n,
                           const struct tend_text *values, const struct tend_text *regions,
                           struct tend_text *keys, struct tend_arena *arena)
{
    const struct tend_provider *provider;

    for (int64_t i = 0; (provider = tend_registry_at(desk->registry, "normaliser", i, false));
         i++) {
        const struct tend_normaliser *record = provider->record;
        bool own = record == &tend_normal_email || record == &tend_normal_phone ||
                   record == &tend_normal_url;
        tend_status status;

        if (own != core || !tend_text_is(kind, record->field) || all_found(n, keys))
            continue;
        status = ask_one(desk, provider, n, values, regions, keys, arena);
        if (status != TEND_OK)
            return status;
    }
    return TEND_OK;
}

tend_status tend_normal_keys(struct tend_desk *desk, struct tend_text kind, int64_t n,
                             const struct tend_text *values, const struct tend_text *regions,
                             struct tend_text *keys, struct tend_arena *arena)
{
    static const struct tend_text unknown[BLOCK] = { { 0 } };

    for (int64_t i = 0; i < n; i++)
        keys[i] = (struct tend_text){ "", 0 };
    for (int64_t i = 0; i < n; i += BLOCK) {
        int64_t some = n - i < BLOCK ? n - i : BLOCK;
        const struct tend_text *where = regions ? regions + i : unknown;
        tend_status status = ask_all(desk, false, kind, some, values + i, where, keys + i, arena);

        if (status == TEND_OK)
            status = ask_all(desk, true, kind, some, values + i, where, keys + i, arena);
        if (status != TEND_OK)
            return status;
    }
    return TEND_OK;
}
