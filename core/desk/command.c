/* What a command of a plugin wants, as part of its deed. */
#include "base/text.h"
#include "desk/apply.h"
#include "desk/work.h"

tend_status tend_deed_effects(struct tend_desk *desk, struct tend_deed *deed, const char *plugin,
                              const struct tend_effects *effects)
{
    struct tend_cause cause = {
        .plugin = plugin,
        .event = plugin ? "command" : NULL,
        .kind = TEND_REF_BATCH,
        .id = tend_batch_current(desk->store),
        .at = deed->now,
    };
    struct tend_arena arena = { 0 };
    tend_status status = tend_apply(desk, deed, &cause, effects, &arena);

    if (status != TEND_OK && plugin)
        tend_error_set(desk->err, status, "plugin %s: what it wants cannot be done: %.700s",
                       plugin, tend_arena_str(&arena, tend_text_of(desk->err->text)));
    tend_arena_finish(&arena);
    return status;
}
