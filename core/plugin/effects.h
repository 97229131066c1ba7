/* Effects as they were emitted: copied into the arena, checked for form. */
#ifndef TEND_PLUGIN_EFFECTS_H
#define TEND_PLUGIN_EFFECTS_H

#include "base/array.h"
#include "base/span.h"
#include <tend/effect.h>

struct tend_effect {
    union {                     /* by fx.kind; members a plugin's older header lacked are 0 */
        struct tend_fx fx;
        struct tend_fx_task task;
        struct tend_fx_retime retime;
        struct tend_fx_close close;
        struct tend_fx_move move;
        struct tend_fx_hold hold;
        struct tend_fx_set set;
        struct tend_fx_text text;
        struct tend_fx_link link;
        struct tend_fx_state state;
        struct tend_fx_row row;
        struct tend_fx_ask ask;
        struct tend_fx_schedule schedule;
    } u;
    const char *plugin;
};

struct tend_effects {           /* zeroed is empty; finish with TEND_ARRAY_FINISH(&e.list) */
    TEND_ARRAY(struct tend_effect) list;
};

#define TEND_EFFECTS_MOST 64    /* of one call */
#define TEND_EFFECTS_COMMAND 100000     /* of one call of a command */
/* What only a command may emit: they go to the user. */
#define TEND_EFFECTS_SAID \
    ((UINT32_C(1) << TEND_FX_PRINT) | (UINT32_C(1) << TEND_FX_ROW) | (UINT32_C(1) << TEND_FX_ASK))

/* "task", "move"...; NULL for a kind that is not known. */
const char *tend_effect_name(uint32_t kind);
/* Is its form right: kind, size, a person, a key where one is needed, a window
 * that can be read, texts that are UTF-8 and not too long? */
tend_status tend_effect_check(const struct tend_fx *fx, struct tend_error *err);

#endif
