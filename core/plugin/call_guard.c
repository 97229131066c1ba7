/* Asking the guards about a move. All of them are asked, and whoever cannot
 * answer says no: a guard that failed must not open the gate. One that broke a
 * limit ends the asking, since the command fails of it. */
#include "plugin/private.h"

static void refuse(struct tend_vetoes *vetoes, struct tend_arena *arena,
                   const struct tend_instance *instance, const char *code, const char *text)
{
    TEND_PUSH(&vetoes->veto, (struct tend_veto){
        instance->manifest.name, code, tend_arena_str(arena, tend_text_of(text)), "",
    });
}

static tend_status ask(struct tend_registry *registry, const struct tend_provider *set,
                const struct tend_guard *guard, const struct tend_move *asked,
                struct tend_arena *arena, struct tend_vetoes *vetoes)
{
    struct tend_move move = *asked;
    struct tend_call call;
    tend_status status = tend_call_begin(&call, registry, set->owner, set);

    if (status != TEND_OK) {
        refuse(vetoes, arena, set->owner, "failed", registry->err->text);
        return TEND_OK;
    }
    move.size = sizeof move;
    call.ctx.read = &tend_read_table;
    call.ctx.make = &tend_make_table;
    call.record = guard;
    call.arena = arena;
    call.vetoes = vetoes;
    call.vetoes_from = vetoes->veto.n;
    status = tend_call_end(&call, guard->check(&call.ctx, &move));
    /* `return TEND_VETO` after a veto was said is no second one */
    if (status == TEND_OK || (status == TEND_VETO && vetoes->veto.n > call.vetoes_from))
        return TEND_OK;
    if (set->owner->breach)
        return tend_call_blame(&call, "guard", guard->name, NULL);
    if (call.breach) {  /* once more: the command goes on without it */
        refuse(vetoes, arena, set->owner, "aside",
               tend_arena_printf(arena, "plugin %s is set aside: the guard %s %s",
                                 set->owner->manifest.name, guard->name, call.error.text));
        return TEND_OK;
    }
    refuse(vetoes, arena, set->owner, "failed",
           tend_arena_printf(arena, "the guard %s failed: %s", guard->name, call.error.text));
    return TEND_OK;
}

tend_status tend_call_guards(struct tend_registry *registry, const struct tend_move *move,
                             struct tend_arena *arena, struct tend_vetoes *vetoes)
{
    const struct tend_provider *set;
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK &&
                        (set = tend_registry_at(registry, "stage_set", i, true)) != NULL;
         i++) {
        const struct tend_stage_set *record = set->record;

        if (record->guards && record->guards[0] && set->owner->state != TEND_INSTANCE_LOADED) {
            refuse(vetoes, arena, set->owner, "aside",
                   tend_arena_printf(arena,
                                     "plugin %s is set aside, so that its guards cannot be asked: "
                                     "%s",
                                     set->owner->manifest.name,
                                     set->owner->trouble ? set->owner->trouble : ""));
            continue;
        }
        for (int64_t g = 0; status == TEND_OK && record->guards && record->guards[g] &&
                            set->owner->state == TEND_INSTANCE_LOADED;
             g++)
            status = ask(registry, set, record->guards[g], move, arena, vetoes);
    }
    return status;
}
