/* Effects on where a person stands: a move that the guards let pass, a hold
 * beside the stage. */
#include "desk/apply.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"

static tend_status vetoed(const struct tend_applying *a, const struct tend_fx_move *fx,
                          const struct tend_word_info *stage, const char *from,
                          const struct tend_vetoes *vetoes)
{
    struct tend_buffer text = { 0 };
    tend_status status;

    tend_buffer_addf(&text, "move to %s (%s)", stage->name, stage->track);
    for (int64_t i = 0; i < vetoes->veto.n; i++) {
        const struct tend_veto *veto = &vetoes->veto.at[i];
        bool cure = veto->cure && veto->cure[0];

        tend_buffer_addf(&text, "\nvetoed by %s: %s%s%s", veto->plugin, veto->text,
                         cure ? "; " : "", cure ? veto->cure : "");
        tend_deed_warn(a->deed, "%s did not move p%lld to %s: vetoed by %s: %s%s%s",
                       a->cause->plugin, (long long)fx->fx.person, stage->name, veto->plugin,
                       veto->text, cure ? "; " : "", cure ? veto->cure : "");
    }
    tend_deed_tell(a->deed, &(struct tend_outcome){
        .effect = "refused", .person = fx->fx.person, .plugin = a->cause->plugin,
        .track = stage->track, .from = from, .to = stage->name,
        .title = vetoes->veto.n ? vetoes->veto.at[0].text : NULL, .wall = -1 });
    status = tend_deed_decide(a->desk, a->deed, fx->fx.person, a->cause, "veto", TEND_REF_NONE, 0,
                              tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return status;
}

tend_status tend_apply_move(const struct tend_applying *a, const struct tend_fx_move *fx)
{
    struct tend_registry *registry = a->desk->registry;
    const char *track = fx->track && fx->track[0] ? fx->track : NULL;
    struct tend_vetoes vetoes = { 0 };
    struct tend_word_info stage;
    struct tend_text from;
    struct tend_move move;
    tend_status status;
    const char *text;
    tend_id change;

    if (!tend_vocabulary_find(registry, TEND_WORD_STAGE, tend_text_of(fx->stage), track, &stage))
        return tend_error_set(a->desk->err, TEND_INVALID, "there is no stage \"%.60s\"%s%.60s",
                              fx->stage, track ? " in the track " : "", track ? track : "");
    from = tend_person_stage(a->desk->store, fx->fx.person, stage.track, a->arena);
    if (tend_text_is(from, stage.name))
        return TEND_OK;
    move = (struct tend_move){
        .size = sizeof move,
        .person = fx->fx.person,
        .track = stage.track,
        .from = tend_arena_str(a->arena, from),
        .to = stage.name,
        .by = a->cause->plugin,
    };
    status = tend_call_guards(registry, &move, a->arena, &vetoes);
    if (status == TEND_OK && vetoes.veto.n > 0) {
        status = vetoed(a, fx, &stage, move.from, &vetoes);
    } else if (status == TEND_OK) {
        status = tend_stage_write(a->desk, a->deed, fx->fx.person, &stage, from,
                                  tend_text_of(fx->reason), a->cause, &change);
        text = tend_arena_printf(a->arena, "%s to %s (%s)%s%s", move.from[0] ? move.from : "moved",
                                 stage.name, stage.track, fx->reason ? ": " : "",
                                 fx->reason ? fx->reason : "");
        if (status == TEND_OK)
            status = tend_deed_decide(a->desk, a->deed, fx->fx.person, a->cause, "move",
                                      TEND_REF_STAGE, change, tend_text_of(text));
    }
    TEND_ARRAY_FINISH(&vetoes.veto);
    return status;
}

/* The open hold of this track ends; *same: it is what is wanted already. */
static tend_status end_holds(const struct tend_applying *a, const struct tend_fx_hold *fx,
                             const char *track, struct tend_buffer *text, bool *same)
{
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(a->desk->store, TEND_T_hold, fx->fx.person, a->arena, &ids,
                                      &n);

    *same = false;
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_value v[TEND_N_hold];

        status = tend_row_read(a->desk->store, TEND_T_hold, ids[i], a->arena, v, NULL);
        if (status != TEND_OK || !tend_text_is(v[TEND_C_hold_track].t, track))
            continue;
        if (a->cause->id && v[TEND_C_hold_cause_kind].i == a->cause->kind &&
            v[TEND_C_hold_cause_id].i == a->cause->id &&
            tend_text_is(v[TEND_C_hold_kind].t, fx->type)) {
            *same = true;
            return TEND_OK;
        }
        status = tend_row_set(a->desk->store, TEND_T_hold, ids[i], TEND_C_hold_ended_at,
                              tend_int(a->deed->now));
        tend_buffer_addf(text, "\nends the hold before: %.*s", TEND_FMT(v[TEND_C_hold_kind].t));
    }
    return status;
}

static tend_status until_day(const struct tend_applying *a, const struct tend_fx_hold *fx,
                             const struct tend_zone *zone, int64_t *day)
{
    struct tend_text until = tend_text_of(fx->until);
    struct tend_span span;
    tend_status status;

    *day = 0;
    if (until.len == 0 || tend_date_parse(until, day))
        return TEND_OK;
    status = tend_span_parse(until, &span, a->desk->err);
    if (status == TEND_OK)
        *day = tend_span_day(&span, zone, a->deed->now);
    return status;
}

static tend_status write_hold(const struct tend_applying *a, const struct tend_fx_hold *fx,
                              const char *track, int64_t day, struct tend_text text)
{
    struct tend_value v[TEND_N_hold] = {
        [TEND_C_hold_person] = tend_int(fx->fx.person),
        [TEND_C_hold_track] = tend_str(tend_text_of(track)),
        [TEND_C_hold_kind] = tend_str(tend_text_of(fx->type)),
        [TEND_C_hold_reason] = tend_str(tend_text_of(fx->reason)),
        [TEND_C_hold_at] = tend_int(a->cause->at ? a->cause->at : a->deed->now),
        [TEND_C_hold_until_day] = tend_ref(day),
        [TEND_C_hold_known_at] = tend_int(a->deed->now),
        [TEND_C_hold_plugin] = tend_str(tend_text_of(a->cause->plugin)),
        [TEND_C_hold_cause_kind] = tend_ref(a->cause->kind),
        [TEND_C_hold_cause_id] = tend_ref(a->cause->id),
    };
    tend_id hold;
    tend_status status = tend_row_insert(a->desk->store, TEND_T_hold, v, &hold);

    if (status != TEND_OK)
        return status;
    tend_deed_tell(a->deed, &(struct tend_outcome){
        .effect = "hold", .kind = TEND_REF_HOLD, .id = hold, .person = fx->fx.person,
        .plugin = a->cause->plugin, .track = track, .to = fx->type, .title = fx->reason,
        .opens_day = day, .closes_day = day, .wall = -1 });
    return tend_deed_decide(a->desk, a->deed, fx->fx.person, a->cause, "hold", TEND_REF_HOLD, hold,
                            text);
}

tend_status tend_apply_hold(const struct tend_applying *a, const struct tend_fx_hold *fx)
{
    const char *track = fx->track && fx->track[0] ? fx->track
                                                  : tend_vocabulary_primary(a->desk->registry);
    const struct tend_zone *zone = tend_person_zone(a->desk->store, fx->fx.person);
    struct tend_buffer text = { 0 };
    char words[32];
    int64_t day = 0;
    bool same = false;
    tend_status status = tend_word_check(a->desk, TEND_WORD_HOLD, "hold", tend_text_of(fx->type));

    if (status == TEND_OK)
        status = until_day(a, fx, zone, &day);
    if (status != TEND_OK)
        return status;
    tend_buffer_addf(&text, "%s (%s)", fx->type, track);
    if (day)
        tend_buffer_addf(&text, " until %s",
                         tend_date_words(words, day, tend_zone_day(zone, a->deed->now)));
    if (fx->reason)
        tend_buffer_addf(&text, ": %s", fx->reason);
    same = a->cause->id && tend_rows_held(a->desk->store, fx->fx.person, fx->type, a->cause->kind,
                                          a->cause->id);
    status = same ? TEND_OK : end_holds(a, fx, track, &text, &same);
    if (status == TEND_OK && !same)
        status = write_hold(a, fx, track, day, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return status;
}
