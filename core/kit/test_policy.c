/* Policies: every event that one names, with little and with much known; the same answer
 * twice; nothing made twice; nothing left by an undo. */
#include "desk/deed.h"
#include "desk/people.h"
#include "desk/work.h"
#include "kit/private.h"
#include "plugin/effects.h"
#include <string.h>

/* What an event of this name may know, so that one that is asked for is there. */
#define V(n, v) { n, { v, sizeof v - 1 } }
static const struct tend_event_field everything[] = {
    V("source", "fair"),         V("fields", "name,email,interest"),
    V("touch", "1"),             V("kind", "call"),
    V("direction", "out"),       V("disposition", "soft_no"),
    V("significant", "yes"),     V("sentiment", "3"),
    V("text", "we talked; she laughed \xe2\x98\xba"),
    V("means", "reached,shows_offer,group,inbound,open,significant"),
    V("track", "opportunity"),   V("from", "listed"),
    V("to", "presented"),        V("by", "user"),
    V("task", "1"),              V("key", "mull-over"),
    V("type", "call"),           V("title", "Follow up"),
    V("plugin", "followup"),     V("import", "1"),
    V("added", "12"),            V("updated", "3"),
    V("schedule", "birthday"),   V("slot", "2026-06-01"),
    V("missed", "2"),            V("late", "1"),
};
#undef V

struct tend_event_data tend_kit_event(struct tend_kit_world *world, const char *name, bool much)
{
    return (struct tend_event_data){
        .event = { sizeof(struct tend_event), 0, name, much ? world->full : world->bare,
                   much ? 1 : 0, tend_clock_now(&world->clock) },
        .fields = much ? everything : NULL,
        .n_fields = much ? (int64_t)(sizeof everything / sizeof *everything) : 0,
    };
}

/* Effects as text, to compare two answers. */
void tend_kit_tell(struct tend_buffer *out, const struct tend_effects *effects)
{
    for (int64_t i = 0; i < effects->list.n; i++) {
        const struct tend_effect *effect = &effects->list.at[i];
        const char *key = effect->u.fx.key != NULL ? effect->u.fx.key : "";

        tend_buffer_addf(out, "%s p%lld %s", tend_effect_name(effect->u.fx.kind),
                         (long long)effect->u.fx.person, key);
        if (effect->u.fx.kind == TEND_FX_TASK)
            tend_buffer_addf(out, " %s %s", effect->u.task.title,
                             effect->u.task.window ? effect->u.task.window : "");
        tend_buffer_addc(out, '\n');
    }
}

tend_status tend_kit_answer(struct tend_kit_world *world, const struct tend_provider *policy,
                            const struct tend_event_data *event, struct tend_buffer *out)
{
    struct tend_effects effects = { 0 };
    tend_status status = tend_call_policy(world->registry, policy, event, &world->arena, &effects);

    if (status == TEND_OK)
        tend_kit_tell(out, &effects);
    TEND_ARRAY_FINISH(&effects.list);
    return status;
}

static void one_event(struct tend_kit_run *run, struct tend_kit_world *world,
                      const struct tend_provider *policy, const char *name)
{
    struct tend_event_data little = tend_kit_event(world, name, false),
                           much = tend_kit_event(world, name, true);
    struct tend_buffer first = { 0 }, second = { 0 };
    tend_status status = tend_kit_answer(world, policy, &little, &first);

    tend_kit_says(run, status == TEND_OK,
                  tend_arena_printf(&world->arena, "policy %s: %s of somebody of whom only the "
                                                   "name is known", policy->name, name),
                  "%s", tend_kit_why(world, status));
    tend_buffer_reset(&first);
    tend_error_clear(&world->err);
    status = tend_kit_answer(world, policy, &much, &first);
    tend_kit_says(run, status == TEND_OK,
                  tend_arena_printf(&world->arena, "policy %s: %s with all that can be known",
                                    policy->name, name),
                  "%s", tend_kit_why(world, status));
    if (status == TEND_OK && tend_kit_answer(world, policy, &much, &second) == TEND_OK)
        tend_kit_says(run, tend_text_eq(tend_buffer_text(&first), tend_buffer_text(&second)),
                      tend_arena_printf(&world->arena, "policy %s: %s asked again is answered the "
                                                       "same way", policy->name, name),
                      "first:\n%sthen:\n%s", first.at ? first.at : "nothing\n",
                      second.at ? second.at : "nothing\n");
    tend_error_clear(&world->err);
    tend_buffer_finish(&first);
    tend_buffer_finish(&second);
}

static int64_t rows(struct tend_kit_world *world, enum tend_table table)
{
    uint64_t sum;
    int64_t n = 0;

    tend_store_checksum(world->store, table, &sum, &n);
    return n;
}

/* One deed in which the event is raised: for the first time by the touch itself. */
static tend_status deed(struct tend_kit_world *world, const char *kind, tend_id *touch)
{
    struct tend_deed deed;
    tend_status status = tend_deed_begin(&world->desk, &deed, "log");

    if (status == TEND_OK && *touch == 0)
        status = tend_touch_log(&world->desk, &deed,
                                &(struct tend_touch_ask){ .parties = &world->full, .n_parties = 1,
                                                          .kind = tend_text_of(kind),
                                                          .text = TEND_TEXT("we talked") },
                                touch);
    else if (status == TEND_OK)
        tend_deed_raise(&deed, "touch.logged", world->full, *touch, 0, NULL);
    if (status == TEND_OK)
        status = tend_deed_end(&world->desk, &deed);
    else
        tend_deed_abort(&world->desk, &deed);
    for (int64_t i = 0; status == TEND_OK && i < deed.outcome.n; i++)
        if (strcmp(deed.outcome.at[i].effect, "failed") == 0)
            status = tend_error_set(&world->err, TEND_INVALID, "%s", deed.outcome.at[i].title);
    tend_deed_finish(&deed);
    return status;
}

/* A touch of each kind that there is: what it causes comes once, and goes with it. */
static void touches(struct tend_kit_run *run, struct tend_kit_world *world,
                    const struct tend_provider *policy)
{
    struct tend_word_info kind;
    const char *twice = NULL, *left = NULL, *bad = NULL;

    for (int64_t i = 0; tend_vocabulary_at(world->registry, TEND_WORD_KIND, i, &kind); i++) {
        uint64_t before = tend_kit_world_sum(world);
        int64_t tasks, notes;
        struct tend_undo undo;
        tend_id touch = 0;

        tend_error_clear(&world->err);
        if (deed(world, kind.name, &touch) != TEND_OK) {
            bad = tend_arena_printf(&world->arena, "%s: %s", kind.name, world->err.text);
            continue;
        }
        tasks = rows(world, TEND_T_task);
        notes = rows(world, TEND_T_note);
        if (deed(world, kind.name, &touch) == TEND_OK &&
            (rows(world, TEND_T_task) > tasks || rows(world, TEND_T_note) > notes))
            twice = kind.name;
        while (tend_kit_world_sum(world) != before &&
               tend_store_undo(world->store, 0, tend_store_me(world->store), false, &world->arena,
                               &undo) == TEND_OK && undo.batch.id != 0)
            ;
        if (tend_kit_world_sum(world) != before)
            left = kind.name;
    }
    tend_kit_says(run, bad == NULL,
                  tend_arena_printf(&world->arena, "policy %s: its effects are taken, whatever the "
                                                   "touch", policy->name), "%s", bad ? bad : "");
    tend_kit_says(run, twice == NULL,
                  tend_arena_printf(&world->arena, "policy %s: a second look makes nothing twice",
                                    policy->name),
                  "of one %s there are two; give the effect a key that is the same each time",
                  twice ? twice : "");
    tend_kit_says(run, left == NULL,
                  tend_arena_printf(&world->arena, "policy %s: undo leaves nothing", policy->name),
                  "something stays of a %s that was undone", left ? left : "");
}

void tend_kit_test_policy(struct tend_kit_run *run)
{
    struct tend_kit_world world;
    const struct tend_provider *policy;
    struct tend_text rest, name;

    if (tend_kit_world_open(&world, run, false, true) == TEND_OK) {
        for (int64_t i = 0; (policy = tend_kit_record(&world, "policy", i)) != NULL; i++) {
            rest = tend_text_of(((const struct tend_policy *)policy->record)->on);
            while (tend_text_word(&rest, &name))
                one_event(run, &world, policy, tend_arena_str(&world.arena, name));
            if (tend_call_answers(policy, "touch.logged"))
                touches(run, &world, policy);
        }
    }
    tend_kit_world_close(&world);
}
