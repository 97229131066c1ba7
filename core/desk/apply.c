/* Effects become facts: each kind finds its way from here. */
#include "desk/apply.h"
#include "desk/people.h"
#include "desk/schedule.h"
#include "store/ops_merge.h"
#include "store/ops_rows.h"
#include "store/ops_why.h"

static tend_status apply_set(const struct tend_applying *a, const struct tend_fx_set *fx)
{
    struct tend_field field = { tend_text_of(fx->field), tend_text_of(fx->value), { "", 0 },
                                TEND_ASSIGN_SET };
    tend_status status = tend_field_check(a->desk, &field);
    bool changed = false;

    if (status == TEND_OK)
        status = tend_field_apply(a->desk, a->deed, fx->fx.person, &field, 1, a->cause->plugin,
                                  &changed);
    if (status != TEND_OK || !changed)
        return status;
    tend_deed_raise(a->deed, "person.changed", fx->fx.person, 0, 0, fx->field);
    return tend_deed_decide(a->desk, a->deed, fx->fx.person, a->cause, "set", TEND_REF_PERSON,
                            fx->fx.person,
                            tend_text_of(tend_arena_printf(a->arena, "%s = %s", fx->field,
                                                           fx->value ? fx->value : "")));
}

static tend_status apply_tag(const struct tend_applying *a, const struct tend_fx_text *fx, bool on)
{
    bool changed = false;
    tend_status status = tend_tag_apply(a->desk, a->deed, fx->fx.person, tend_text_of(fx->text),
                                        on, a->cause->plugin, &changed);

    if (status != TEND_OK || !changed)
        return status;
    tend_deed_raise(a->deed, "person.changed", fx->fx.person, 0, 0, "tag");
    return tend_deed_decide(
        a->desk, a->deed, fx->fx.person, a->cause, on ? "tag" : "untag", TEND_REF_PERSON,
        fx->fx.person,
        tend_text_of(tend_arena_printf(a->arena, "%s %s", on ? "tag" : "untag", fx->text)));
}

/* The first line of its decision is what makes a note with a key one. */
static tend_status apply_note(const struct tend_applying *a, const struct tend_fx_text *fx)
{
    const char *key = fx->fx.key ? fx->fx.key : "";
    struct tend_text line = tend_text_of(
        key[0] ? tend_arena_printf(a->arena, "note %s", key) : "note");
    tend_id note;
    tend_status status;

    if (key[0] && tend_decision_find(a->desk->store, fx->fx.person,
                                     tend_text_of(a->cause->plugin), TEND_TEXT("note"),
                                     a->cause->kind, a->cause->id, line))
        return TEND_OK;
    status = tend_note_write(a->desk, a->deed, fx->fx.person, tend_text_of(fx->text),
                             a->cause->plugin, &note);
    if (status != TEND_OK)
        return status;
    return tend_deed_decide(a->desk, a->deed, fx->fx.person, a->cause, "note", TEND_REF_NOTE, note,
                            line);
}

static tend_status apply_link(const struct tend_applying *a, const struct tend_fx_link *fx)
{
    bool made = false;
    tend_id link;
    tend_status status = tend_person_there(a->desk, fx->other);

    if (status == TEND_OK)
        status = tend_link_write(a->desk, a->deed, fx->fx.person, fx->other,
                                 tend_text_of(fx->type), a->cause->plugin, &link, &made);
    if (status != TEND_OK || !made)
        return status;
    return tend_deed_decide(a->desk, a->deed, fx->fx.person, a->cause, "link", TEND_REF_LINK, link,
                            tend_text_of(tend_arena_printf(a->arena, "%s of p%lld", fx->type,
                                                           (long long)fx->other)));
}

static tend_status apply_state(const struct tend_applying *a, const struct tend_fx_state *fx)
{
    struct tend_text plugin = tend_text_of(a->cause->plugin), value = tend_text_of(fx->value);
    tend_id id = tend_rows_state(a->desk->store, fx->fx.person, plugin, tend_text_of(fx->name));
    struct tend_value v[TEND_N_plugin_state] = {
        [TEND_C_plugin_state_person] = tend_ref(fx->fx.person),
        [TEND_C_plugin_state_plugin] = tend_str(plugin),
        [TEND_C_plugin_state_name] = tend_str(tend_text_of(fx->name)),
        [TEND_C_plugin_state_value] = tend_str(value),
    };

    if (id && !fx->value)
        return tend_row_delete(a->desk->store, TEND_T_plugin_state, id);
    if (id)
        return tend_row_set(a->desk->store, TEND_T_plugin_state, id, TEND_C_plugin_state_value,
                            tend_str(value));
    return fx->value ? tend_row_insert(a->desk->store, TEND_T_plugin_state, v, NULL) : TEND_OK;
}

static tend_status apply_one(const struct tend_applying *a, const struct tend_effect *effect)
{
    switch (effect->u.fx.kind) {
    case TEND_FX_TASK:
        return tend_apply_task(a, &effect->u.task);
    case TEND_FX_RETIME:
        return tend_apply_retime(a, &effect->u.retime);
    case TEND_FX_DONE:
        return tend_apply_close(a, &effect->u.close, true);
    case TEND_FX_DROP:
        return tend_apply_close(a, &effect->u.close, false);
    case TEND_FX_MOVE:
        return tend_apply_move(a, &effect->u.move);
    case TEND_FX_HOLD:
        return tend_apply_hold(a, &effect->u.hold);
    case TEND_FX_SET:
        return apply_set(a, &effect->u.set);
    case TEND_FX_TAG:
        return apply_tag(a, &effect->u.text, true);
    case TEND_FX_UNTAG:
        return apply_tag(a, &effect->u.text, false);
    case TEND_FX_NOTE:
        return apply_note(a, &effect->u.text);
    case TEND_FX_LINK:
        return apply_link(a, &effect->u.link);
    case TEND_FX_STATE:
        return apply_state(a, &effect->u.state);
    case TEND_FX_SCHEDULE:
        return tend_apply_schedule(a, &effect->u.schedule);
    case TEND_FX_CANCEL:
        return tend_apply_cancel(a, &effect->u.fx);
    default:
        return tend_error_set(a->desk->err, TEND_UNSUPPORTED, "an effect of kind %u is not known",
                              effect->u.fx.kind);
    }
}

/* Of somebody who was merged: it is for their root. */
static tend_status apply_rooted(const struct tend_applying *a, const struct tend_effect *effect)
{
    struct tend_effect own = *effect;

    own.u.fx.person = tend_person_root(a->desk->store, effect->u.fx.person);
    return apply_one(a, &own);
}

tend_status tend_apply(struct tend_desk *desk, struct tend_deed *deed,
                       const struct tend_cause *cause, const struct tend_effects *effects,
                       struct tend_arena *arena)
{
    struct tend_applying a = { desk, deed, cause, arena };
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < effects->list.n; i++) {
        const struct tend_effect *effect = &effects->list.at[i];

        if (effect->u.fx.kind < 32 && (TEND_EFFECTS_SAID & (UINT32_C(1) << effect->u.fx.kind)))
            continue;           /* for the user, not for the database */
        if (effect->u.fx.person)
            status = tend_person_there(desk, effect->u.fx.person);
        if (status == TEND_OK && tend_person_root(desk->store, effect->u.fx.person) !=
                                     effect->u.fx.person)
            status = apply_rooted(&a, effect);
        else if (status == TEND_OK)
            status = apply_one(&a, effect);
    }
    return status;
}
