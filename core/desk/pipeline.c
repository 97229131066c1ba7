/* Where people stand: moves by hand, which every guard is asked about, and the
 * stage that somebody new gets. */
#include "base/text.h"
#include "desk/apply.h"
#include "desk/work.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"

/* Whoever moves is no longer on hold in that track; a hold of this very batch
 * belongs to the move. */
static tend_status end_holds(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             const char *track)
{
    struct tend_arena arena = { 0 };
    tend_id *ids, rev;
    int64_t n;
    tend_status status = tend_rows_of(desk->store, TEND_T_hold, person, &arena, &ids, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_value v[TEND_N_hold];

        status = tend_row_read(desk->store, TEND_T_hold, ids[i], &arena, v, &rev);
        if (status == TEND_OK && tend_text_is(v[TEND_C_hold_track].t, track) &&
            rev != tend_batch_current(desk->store))
            status = tend_row_set(desk->store, TEND_T_hold, ids[i], TEND_C_hold_ended_at,
                                  tend_int(deed->now));
    }
    tend_arena_finish(&arena);
    return status;
}

/* Since when the stage is that will be left. Who was written down today, and shown the
 * offer last week, stood at the beginning then. */
static int64_t since_at_most(struct tend_desk *desk, tend_id person, struct tend_text track,
                             int64_t at)
{
    int64_t since = tend_rows_stage_since(desk->store, person, track);
    tend_id first = at < since ? tend_rows_stage_only(desk->store, person, track) : 0;

    if (first == 0 || tend_row_set(desk->store, TEND_T_stage_change, first,
                                   TEND_C_stage_change_at, tend_int(at)) != TEND_OK)
        return since;
    return at;
}

tend_status tend_stage_write(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             const struct tend_word_info *stage, struct tend_text from,
                             struct tend_text reason, const struct tend_cause *cause,
                             tend_id *change)
{
    int64_t at = cause->at ? cause->at : deed->now;
    int64_t since = since_at_most(desk, person, tend_text_of(stage->track), at);
    struct tend_value v[TEND_N_stage_change] = {
        [TEND_C_stage_change_person] = tend_int(person),
        [TEND_C_stage_change_track] = tend_str(tend_text_of(stage->track)),
        [TEND_C_stage_change_from_stage] = tend_str(from),
        [TEND_C_stage_change_to_stage] = tend_str(tend_text_of(stage->name)),
        /* never before the stage that it follows, or that one would be the current one */
        [TEND_C_stage_change_at] = tend_int(at > since ? at : since),
        [TEND_C_stage_change_known_at] = tend_int(deed->now),
        [TEND_C_stage_change_reason] = tend_str(reason),
        [TEND_C_stage_change_plugin] = tend_str(tend_text_of(cause->plugin)),
        [TEND_C_stage_change_cause_kind] = tend_ref(cause->kind),
        [TEND_C_stage_change_cause_id] = tend_ref(cause->id),
    };
    tend_status status = tend_row_insert(desk->store, TEND_T_stage_change, v, change);

    if (status == TEND_OK)
        status = end_holds(desk, deed, person, stage->track);
    if (status != TEND_OK)
        return status;
    tend_deed_tell(deed, &(struct tend_outcome){
        .effect = "move", .kind = TEND_REF_STAGE, .id = *change, .person = person,
        .plugin = cause->plugin, .track = stage->track,
        .from = tend_arena_str(&deed->arena, from), .to = stage->name, .wall = -1 });
    tend_deed_raise(deed, "stage.changed", person, *change, 0, NULL);
    return TEND_OK;
}

tend_status tend_pipeline_initial(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                  bool tell)
{
    const char *initial = tend_vocabulary_initial(desk->registry);
    const char *by = tend_vocabulary_initial_by(desk->registry);
    struct tend_word_info stage;
    tend_id change;
    tend_status status;

    if (!initial || !tend_vocabulary_find(desk->registry, TEND_WORD_STAGE, tend_text_of(initial),
                                          NULL, &stage))
        return TEND_OK;
    struct tend_value v[TEND_N_stage_change] = {
        [TEND_C_stage_change_person] = tend_int(person),
        [TEND_C_stage_change_track] = tend_str(tend_text_of(stage.track)),
        [TEND_C_stage_change_to_stage] = tend_str(tend_text_of(stage.name)),
        [TEND_C_stage_change_at] = tend_int(deed->now),
        [TEND_C_stage_change_known_at] = tend_int(deed->now),
        [TEND_C_stage_change_plugin] = tend_str(tend_text_of(by)),
        [TEND_C_stage_change_cause_kind] = tend_int(TEND_REF_PERSON),
        [TEND_C_stage_change_cause_id] = tend_int(person),
    };
    status = tend_row_insert(desk->store, TEND_T_stage_change, v, &change);
    if (status == TEND_OK && tell)
        tend_deed_tell(deed, &(struct tend_outcome){
            .effect = "move", .kind = TEND_REF_STAGE, .id = change, .person = person,
            .plugin = by, .track = stage.track, .from = "", .to = stage.name, .wall = -1 });
    return status;
}

/* "track:stage" or "stage" to the stage that is meant. */
static tend_status find_stage(struct tend_desk *desk, struct tend_text text,
                              struct tend_arena *arena, struct tend_word_info *stage)
{
    struct tend_text name = text;
    const char *track = NULL, *near;

    for (int64_t i = 0; i < text.len && !track; i++) {
        if (text.at[i] != ':')
            continue;
        track = tend_arena_str(arena, tend_text_trim((struct tend_text){ text.at, i }));
        name = tend_text_trim((struct tend_text){ text.at + i + 1, text.len - i - 1 });
    }
    if (tend_vocabulary_find(desk->registry, TEND_WORD_STAGE, name, track, stage))
        return TEND_OK;
    if (!tend_vocabulary_at(desk->registry, TEND_WORD_STAGE, 0, stage))
        return tend_error_set(desk->err, TEND_INVALID,
                              "no plugin brings stages, so there is none to move to");
    near = tend_text_nearest(name, tend_words_of(desk, TEND_WORD_STAGE, arena));
    return tend_error_set(desk->err, TEND_INVALID, "there is no stage \"%.*s\"%s%s%s",
                          TEND_FMT(tend_text_clip(text, 60)), near ? "; did you mean " : "",
                          near ? near : "", near ? "?" : "");
}

static tend_status ask_guards(struct tend_desk *desk, struct tend_deed *deed,
                              const struct tend_move *move)
{
    const struct tend_veto *veto;
    tend_status status = tend_call_guards(desk->registry, move, &deed->arena, &deed->vetoes);

    if (status != TEND_OK)
        return status;
    if (deed->vetoes.veto.n == 0)
        return TEND_OK;
    veto = &deed->vetoes.veto.at[0];
    tend_error_set(desk->err, TEND_VETO, "vetoed by %s: %s", veto->plugin, veto->text);
    if (veto->cure && veto->cure[0])
        tend_error_cure(desk->err, "%s", veto->cure);
    return TEND_VETO;
}

tend_status tend_pipeline_move(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                               struct tend_text stage, struct tend_text reason, tend_id *change)
{
    struct tend_word_info word;
    struct tend_text from;
    struct tend_move move;
    tend_status status = tend_person_there(desk, person);

    *change = 0;
    if (status == TEND_OK)
        status = find_stage(desk, stage, &deed->arena, &word);
    if (status != TEND_OK)
        return status;
    from = tend_person_stage(desk->store, person, word.track, &deed->arena);
    if (tend_text_is(from, word.name))
        return tend_error_set(desk->err, TEND_EXISTS, "p%lld is %s already", (long long)person,
                              word.name);
    move = (struct tend_move){
        .size = sizeof move,
        .person = person,
        .track = word.track,
        .from = tend_arena_str(&deed->arena, from),
        .to = word.name,
        .by = "user",
    };
    status = ask_guards(desk, deed, &move);
    if (status != TEND_OK)
        return status;
    return tend_stage_write(desk, deed, person, &word, from, reason, &(struct tend_cause){ 0 },
                            change);
}
