/* Stage sets: what is declared fits together, guards answer about every move, and the rule
 * about every event. */
#include "kit/private.h"
#include <string.h>

static const char *title(struct tend_kit_world *world, const struct tend_provider *set,
                         const char *what)
{
    return tend_arena_printf(&world->arena, "stage_set %s: %s", set->name, what);
}

static const struct tend_word *stage_of(const struct tend_stage_set *set, const char *name)
{
    for (int64_t i = 0; set->stages != NULL && set->stages[i] != NULL; i++)
        if (strcmp(set->stages[i]->name, name) == 0)
            return set->stages[i];
    return NULL;
}

static bool says_one(const char *means)
{
    struct tend_text text = tend_text_of(means);

    return tend_text_has_word(text, TEND_TEXT("open")) || tend_text_has_word(text, TEND_TEXT("won")) ||
           tend_text_has_word(text, TEND_TEXT("lost"));
}

static void declared(struct tend_kit_run *run, struct tend_kit_world *world,
                     const struct tend_provider *provider)
{
    const struct tend_stage_set *set = provider->record;
    const char *odd = NULL;

    for (int64_t i = 0; set->stages != NULL && set->stages[i] != NULL; i++)
        if (!says_one(set->stages[i]->means))
            odd = set->stages[i]->name;
    tend_kit_says(run, odd == NULL, title(world, provider, "each stage means open, won or lost"),
                  "%s means none of them: policies of others cannot tell what it is", odd ? odd : "");
    tend_kit_says(run, set->initial == NULL || stage_of(set, set->initial) != NULL,
                  title(world, provider, "its first stage is one of its stages"),
                  "\"%s\" is none", set->initial ? set->initial : "");
    odd = NULL;
    for (int64_t i = 0; set->primary != NULL && set->stages != NULL && set->stages[i] != NULL; i++)
        if (set->stages[i]->track == NULL || strcmp(set->stages[i]->track, set->primary) == 0)
            odd = set->stages[i]->name;
    tend_kit_says(run, set->primary == NULL || set->stages == NULL || odd != NULL,
                  title(world, provider, "its primary track has stages"), "\"%s\" has none",
                  set->primary ? set->primary : "");
}

/* The vetoes of this set alone, as text; *failed: what a guard failed with. */
static tend_status vetoes(struct tend_kit_world *world, const struct tend_provider *provider,
                          const struct tend_move *move, struct tend_buffer *out,
                          const char **failed)
{
    struct tend_vetoes list = { 0 };
    tend_status status = tend_call_guards(world->registry, move, &world->arena, &list);

    for (int64_t i = 0; i < list.veto.n; i++) {
        const struct tend_veto *veto = &list.veto.at[i];

        if (strcmp(veto->plugin, tend_instance_name(provider->owner)) != 0)
            continue;
        tend_buffer_addf(out, "%s %s %s\n", veto->code, veto->text, veto->cure);
        if (strcmp(veto->code, "failed") == 0)
            *failed = veto->text;
        else if (veto->text[0] == '\0')
            *failed = "a veto without a reason";
    }
    TEND_ARRAY_FINISH(&list.veto);
    return status;
}

static void guards(struct tend_kit_run *run, struct tend_kit_world *world,
                   const struct tend_provider *provider)
{
    const struct tend_stage_set *set = provider->record;
    const char *failed = NULL, *unlike = NULL;
    struct tend_word_info from, to;
    uint64_t before = tend_kit_world_sum(world);

    if (set->guards == NULL || set->guards[0] == NULL)
        return;
    for (int64_t i = 0; tend_vocabulary_at(world->registry, TEND_WORD_STAGE, i, &from); i++) {
        for (int64_t j = 0; tend_vocabulary_at(world->registry, TEND_WORD_STAGE, j, &to); j++) {
            for (int32_t who = 0; who < 2 && strcmp(from.track, to.track) == 0; who++) {
                struct tend_move move = { sizeof move, 0, who ? world->full : world->bare,
                                          from.track, i == j ? "" : from.name, to.name,
                                          who ? "user" : "followup" };
                struct tend_buffer first = { 0 }, second = { 0 };

                if (vetoes(world, provider, &move, &first, &failed) != TEND_OK)
                    failed = tend_arena_str(&world->arena, tend_text_of(world->err.text));
                vetoes(world, provider, &move, &second, &failed);
                if (!tend_text_eq(tend_buffer_text(&first), tend_buffer_text(&second)))
                    unlike = to.name;
                tend_buffer_finish(&first);
                tend_buffer_finish(&second);
            }
        }
    }
    tend_kit_says(run, failed == NULL, title(world, provider, "its guards answer about every move"),
                  "%s", failed ? failed : "");
    tend_kit_says(run, unlike == NULL,
                  title(world, provider, "a guard that is asked again says the same"),
                  "of a move to %s it said two things", unlike ? unlike : "");
    tend_kit_says(run, tend_kit_world_sum(world) == before,
                  title(world, provider, "its guards change nothing"), "facts are not as before");
}

static void rule(struct tend_kit_run *run, struct tend_kit_world *world,
                 const struct tend_provider *provider)
{
    const struct tend_stage_set *set = provider->record;
    struct tend_text rest = tend_text_of(set->on), name;

    while (set->rule != NULL && tend_text_word(&rest, &name)) {
        const char *event = tend_arena_str(&world->arena, name);
        const char *odd = NULL, *failed = NULL;

        for (int32_t much = 0; much < 2; much++) {
            struct tend_event_data data = tend_kit_event(world, event, much != 0);
            struct tend_effects effects = { 0 };
            struct tend_word_info word;

            tend_error_clear(&world->err);
            if (tend_call_rule(world->registry, provider, &data, &world->arena, &effects) != TEND_OK)
                failed = tend_arena_str(&world->arena, tend_text_of(world->err.text));
            for (int64_t i = 0; i < effects.list.n; i++)
                if (effects.list.at[i].u.fx.kind == TEND_FX_MOVE &&
                    !tend_vocabulary_find(world->registry, TEND_WORD_STAGE,
                                          tend_text_of(effects.list.at[i].u.move.stage), NULL,
                                          &word))
                    odd = effects.list.at[i].u.move.stage;
            TEND_ARRAY_FINISH(&effects.list);
        }
        tend_kit_says(run, failed == NULL,
                      title(world, provider, tend_arena_printf(&world->arena, "its rule answers %s",
                                                               event)),
                      "%s", failed ? failed : "");
        tend_kit_says(run, odd == NULL,
                      title(world, provider, tend_arena_printf(&world->arena, "after %s it moves to "
                                                               "stages that there are", event)),
                      "there is no stage %s", odd ? odd : "");
    }
}

void tend_kit_test_stage(struct tend_kit_run *run)
{
    const struct tend_provider *set;
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, false, true) == TEND_OK) {
        for (int64_t i = 0; (set = tend_kit_record(&world, "stage_set", i)) != NULL; i++) {
            declared(run, &world, set);
            guards(run, &world, set);
            rule(run, &world, set);
        }
    }
    tend_kit_world_close(&world);
}
