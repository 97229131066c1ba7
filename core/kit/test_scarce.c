/* Memory and time that run out, at every step of what the plugin does: each time the call
 * ends in an error that names it, or well; and the next one is as if nothing had been. */
#include "kit/source_input.h"
#include "plugin/trial.h"
#include <string.h>

#define EVERY 64            /* steps one by one; then, without --slow, each further apart */
#define LINES 12            /* of a sample */

struct act {                /* something that the plugin is asked for */
    struct tend_kit_run *run;
    struct tend_kit_world *world;
    const struct tend_provider *provider;
    const char *event;          /* of policies and rules */
    struct tend_text sample;    /* of sources */
};

static tend_status ask_rule(const struct act *act, struct tend_buffer *out)
{
    struct tend_event_data event = tend_kit_event(act->world, act->event, true);
    struct tend_effects effects = { 0 };
    tend_status status = tend_call_rule(act->world->registry, act->provider, &event,
                                        &act->world->arena, &effects);

    tend_kit_tell(out, &effects);
    TEND_ARRAY_FINISH(&effects.list);
    return status;
}

static tend_status ask_guards(const struct act *act, struct tend_buffer *out)
{
    struct tend_word_info stage;
    struct tend_vetoes list = { 0 };
    struct tend_move move = { .size = sizeof move, .person = act->world->full, .by = "user" };
    tend_status status;

    if (!tend_vocabulary_at(act->world->registry, TEND_WORD_STAGE, 0, &stage))
        return TEND_OK;
    move.track = stage.track;
    move.from = "";
    move.to = stage.name;
    status = tend_call_guards(act->world->registry, &move, &act->world->arena, &list);
    for (int64_t i = 0; i < list.veto.n; i++)
        tend_buffer_addf(out, "%s %s\n", list.veto.at[i].code, list.veto.at[i].text);
    TEND_ARRAY_FINISH(&list.veto);
    return status;
}

static tend_status ask_source(const struct act *act, struct tend_buffer *out)
{
    struct tend_input in = { .rest = act->sample, .registry = act->world->registry };
    tend_status status = tend_call_read(act->world->registry, act->provider, NULL, &in);

    tend_buffer_add(out, tend_buffer_text(&in.rows));
    tend_kit_input_finish(&in);
    return status;
}

static tend_status ask_keys(const struct act *act, struct tend_buffer *out)
{
    static const struct tend_text values[] = { { "ann@example.com", 15 }, { "+1 (212) 555-0142", 17 },
                                               { "none", 4 }, { "", 0 } };
    enum { N = sizeof values / sizeof *values };
    struct tend_text regions[N] = { { "US", 2 }, { "US", 2 }, { "", 0 }, { "", 0 } }, keys[N];
    tend_status status = tend_call_keys(act->world->registry, act->provider, N, values, regions,
                                        keys, &act->world->arena);

    for (int64_t i = 0; i < N && status == TEND_OK; i++)
        tend_buffer_addf(out, "%.*s\n", TEND_FMT(keys[i]));
    return status;
}

static tend_status ask_command(const struct act *act, struct tend_buffer *out)
{
    struct tend_effects effects = { 0 };
    const struct tend_call_args none = { 0 };
    bool report = strcmp(act->provider->kind, "report") == 0;
    tend_status status = (report ? tend_call_report : tend_call_command)(
        act->world->registry, act->provider, &none, &act->world->arena, &effects);

    tend_kit_tell(out, &effects);
    TEND_ARRAY_FINISH(&effects.list);
    return status;
}

static tend_status perform(const struct act *act, struct tend_buffer *out)
{
    const char *kind = act->provider->kind;

    tend_buffer_reset(out);
    tend_error_clear(&act->world->err);
    if (strcmp(kind, "policy") == 0) {
        struct tend_event_data event = tend_kit_event(act->world, act->event, true);

        return tend_kit_answer(act->world, act->provider, &event, out);
    }
    if (strcmp(kind, "stage_set") == 0)
        return act->event != NULL ? ask_rule(act, out) : ask_guards(act, out);
    if (strcmp(kind, "lead_source") == 0)
        return ask_source(act, out);
    if (strcmp(kind, "normaliser") == 0)
        return ask_keys(act, out);
    return ask_command(act, out);
}

/* What the call must be when `names` has run out in it. */
static const char *wrong(const struct act *act, tend_status status, const struct tend_buffer *out,
                         const char *names)
{
    const char *why = tend_kit_why(act->world, status);

    if (status != TEND_OK)
        return strstr(why, names) != NULL ? NULL : tend_arena_str(&act->run->arena,
                                                                  tend_text_of(why));
    /* a guard that fails is a veto */
    if (out->len > 0 && strstr(out->at, names) != NULL)
        return NULL;
    return "it went on as if it had got what it asked for";
}

static int64_t next(const struct act *act, int64_t step)
{
    return step < EVERY || act->run->ask->slow ? step + 1 : step + step / 8;
}

/* what: "memory" or "time"; names: the words by which an error names it. */
static void step_forward(const struct act *act, const struct tend_buffer *good, const char *what,
                         const char *names)
{
    struct tend_instance *own = act->provider->owner;
    bool memory = strcmp(what, "memory") == 0, struck = true;
    struct tend_buffer out = { 0 };
    const char *bad = NULL, *after = NULL;
    int64_t step = 0;

    for (; struck && bad == NULL && after == NULL; step = next(act, step)) {
        tend_status status;

        tend_trial_set(own, memory ? step : -1, memory ? -1 : step);
        status = perform(act, &out);
        struck = tend_trial_set(own, -1, -1);
        if (struck)
            bad = wrong(act, status, &out, names);
        tend_trial_forgive(own);
        status = perform(act, &out);
        if (status != TEND_OK)
            after = tend_arena_str(&act->run->arena, tend_text_of(tend_kit_why(act->world, status)));
        else if (!tend_text_eq(tend_buffer_text(&out), tend_buffer_text(good)))
            after = "it answers something else than before";
    }
    tend_kit_says(act->run, bad == NULL && after == NULL,
                  tend_arena_printf(&act->world->arena, "%s %s%s%s: %s runs out at every step",
                                    act->provider->kind, act->provider->name,
                                    act->event != NULL ? ": " : "",
                                    act->event != NULL ? act->event : "", what),
                  "step %lld: %s%s", (long long)step, bad != NULL ? bad : "afterwards: ",
                  bad == NULL && after != NULL ? after : "");
    tend_buffer_finish(&out);
}

static void try_act(const struct act *act)
{
    struct tend_buffer good = { 0 }, warm = { 0 };

    perform(act, &warm);
    /* what fails at its best has nothing to lose, and the suite of its kind says so */
    if (perform(act, &good) == TEND_OK) {
        step_forward(act, &good, "memory", "memory");
        step_forward(act, &good, "time", "longer than");
    }
    tend_buffer_finish(&good);
    tend_buffer_finish(&warm);
}

static void try_events(struct act *act, const char *on)
{
    struct tend_text rest = tend_text_of(on), name;

    while (tend_text_word(&rest, &name)) {
        act->event = tend_arena_str(&act->world->arena, name);
        try_act(act);
    }
    act->event = NULL;
}

static void try_source(struct act *act)
{
    const struct tend_lead_source *record = act->provider->record;
    struct tend_buffer text = { 0 };
    int64_t lines = 0;

    tend_registry_source(act->world->registry, &tend_kit_source_api);
    if (record->read != NULL &&
        tend_kit_sample(act->run, act->world, act->provider, &text) != NULL) {
        for (act->sample.at = text.at; act->sample.len < text.len && lines < LINES;)
            lines += text.at[act->sample.len++] == '\n';
        try_act(act);
    }
    tend_buffer_finish(&text);
}

static void try_stages(struct act *act)
{
    const struct tend_stage_set *set = act->provider->record;

    if (set->guards != NULL && set->guards[0] != NULL)
        try_act(act);
    if (set->rule != NULL)
        try_events(act, set->on);
}

static void try_all(struct tend_kit_run *run, struct tend_kit_world *world)
{
    static const char *const kinds[] = { "policy", "stage_set", "lead_source", "normaliser",
                                         "command", "report" };

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct act act = { .run = run, .world = world };

        for (int64_t i = 0; (act.provider = tend_kit_record(world, kinds[k], i)) != NULL; i++) {
            if (k == 0)
                try_events(&act, ((const struct tend_policy *)act.provider->record)->on);
            else if (k == 1)
                try_stages(&act);
            else if (k == 2)
                try_source(&act);
            else
                try_act(&act);
            act.sample = (struct tend_text){ "", 0 };
        }
    }
}

void tend_kit_test_scarce(struct tend_kit_run *run)
{
    struct tend_kit_world world;

    if (!run->place.lua)
        tend_kit_skip(run, "memory and time that run out",
                      "a C module has both from the system; run it with -fsanitize=address");
    else if (tend_kit_world_open(&world, run, false, true) == TEND_OK) {
        try_all(run, &world);
        tend_kit_world_close(&world);
    } else {
        tend_kit_world_close(&world);
    }
}
