/* See world.h. */
#include "world.h"
#include <tend/plugin.h>
#include <unistd.h>

/* --- two plugins --------------------------------------------------------- */

#define WORD(n, t, m) (&(const struct tend_word){ .name = n, .track = t, .means = m })

static const struct tend_word *const stages[] = {
    WORD("listed", "opportunity", "open"),
    WORD("prospect", "opportunity", "open"),
    WORD("presented", "opportunity", "open"),
    WORD("member", "opportunity", "won"),
    WORD("trying", "product", "open"),
    WORD("customer", "product", "won"),
    NULL,
};
static const struct tend_word *const kinds[] = {
    WORD("call", NULL, "reached"),
    WORD("presentation", NULL, "reached shows_offer"),
    WORD("zoom", NULL, "reached call"),
    WORD("email", NULL, NULL),
    WORD("card", NULL, NULL),
    NULL,
};
static const struct tend_word *const dispositions[] = {
    WORD("no_answer", NULL, "-reached -shows_offer"),
    WORD("soft_no", NULL, "reached"),
    WORD("joined", NULL, "reached"),
    NULL,
};
static const struct tend_word *const holds[] = {
    WORD("soft_no", NULL, NULL),
    WORD("not_now", NULL, NULL),
    NULL,
};

static tend_status conversation(struct tend_ctx *ctx, const struct tend_move *move)
{
    if (strcmp(move->to, "prospect") == 0 &&
        ctx->read->touched(ctx, move->person, "significant", 0) == 0)
        return ctx->make->veto(ctx, "conversation", "no conversation is logged yet", "log p2 call");
    return TEND_OK;
}

static tend_status left_alone(struct tend_ctx *ctx, const struct tend_move *move)
{
    if (strcmp(move->by, "user") != 0 && ctx->read->get(ctx, move->person, "dnc").len > 0)
        return ctx->make->veto(ctx, "dnc", "marked do-not-contact", "");
    return TEND_OK;
}

static const struct tend_guard *const guards[] = {
    &(const struct tend_guard){ sizeof(struct tend_guard), "conversation", conversation },
    &(const struct tend_guard){ sizeof(struct tend_guard), "left-alone", left_alone },
    NULL,
};

static tend_status rule(struct tend_ctx *ctx, const struct tend_event *event)
{
    struct tend_text means = ctx->read->event(ctx, "means");
    struct tend_text said = ctx->read->event(ctx, "disposition");

    if (tend_text_has_word(means, T("shows_offer")))
        TEND_MOVE(ctx, event->person, .track = "opportunity", .stage = "presented",
                  .reason = "was shown the offer");
    if (tend_text_is(said, "joined"))
        TEND_MOVE(ctx, event->person, .track = "opportunity", .stage = "member");
    if (tend_text_is(said, "soft_no"))
        TEND_HOLD(ctx, event->person, .type = "soft_no", .until = "6w", .reason = "asked again");
    return TEND_OK;
}

const struct tend_stage_set world_pipeline = {
    .size = sizeof(struct tend_stage_set),
    .name = "pipeline",
    .primary = "opportunity",
    .initial = "listed",
    .stages = stages,
    .touch_kinds = kinds,
    .dispositions = dispositions,
    .holds = holds,
    .guards = guards,
    .on = "touch.logged",
    .rule = rule,
};

static tend_status follow(struct tend_ctx *ctx, const struct tend_event *event)
{
    if (tend_text_has_word(ctx->read->event(ctx, "means"), T("shows_offer")))
        return TEND_TASK(ctx, event->person, "mull-over", .title = "Follow up", .type = "call",
                         .window = "2d..7d", .closed_by = "reached", .why = "to think it over");
    return TEND_OK;
}

const struct tend_policy world_followup = {
    sizeof(struct tend_policy), "followup", "touch.logged", follow,
};

/* --- how they are loaded ------------------------------------------------- */

static struct {
    const char *name, *kind;
    const void *record;
} loading;

static tend_status load(struct tend_instance *instance, const char *path, struct tend_error *err)
{
    (void)path;
    tend_instance_manifest(instance, &(struct tend_manifest){ loading.name, "1.0.0",
                                                              "for the tests", "0BSD", "", "", "", "" },
                           err);
    return tend_instance_provide(instance, loading.kind, loading.record, NULL, err);
}

static void unload(struct tend_instance *instance)
{
    (void)instance;
}

static const struct tend_runtime runtime = {
    .name = "test", .suffix = ".test", .load = load, .unload = unload,
};

void world_plugin(struct world *w, const char *name, const char *kind, const void *record)
{
    char path[512];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s.test", w->dir, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
    loading.name = name;
    loading.kind = kind;
    loading.record = record;
    if (tend_registry_load_file(w->registry, path) != TEND_OK)
        fail_msg("%s", w->err.text);
    unlink(path);
}

/* --- the world ----------------------------------------------------------- */

static void no_log(void *data, int32_t level, const char *plugin, const char *text)
{
    (void)data;
    (void)level;
    (void)plugin;
    (void)text;
}

int world_setup_bare(void **state)
{
    struct world *w = tend_alloc(sizeof *w);
    struct tend_store_options options = { .clock = &w->clock };

    tend_clock_freeze(&w->clock, world_instant(WORLD_START));
    tend_clock_seed(&w->clock, 7);
    snprintf(w->dir, sizeof w->dir, "%s/desk-test-XXXXXX",
             getenv("TMPDIR") ? getenv("TMPDIR") : P_tmpdir);
    assert_non_null(mkdtemp(w->dir));
    if (tend_store_open(&w->store, ":memory:", &options, &w->err) != TEND_OK)
        fail_msg("%s", w->err.text);
    w->registry = tend_registry_create(&w->err, &w->clock);
    tend_registry_runtime(w->registry, &runtime);
    tend_registry_log(w->registry, no_log, NULL);
    tend_registry_bind(w->registry, w->store);
    w->desk = (struct tend_desk){ .store = w->store, .registry = w->registry,
                                     .clock = &w->clock, .err = &w->err };
    assert_int_equal(tend_meta_set(w->store, "zone", T("Europe/Vienna")), TEND_OK);
    world_begin(w);
    assert_int_equal(tend_desk_me(&w->desk, &w->deed, T("Mira Berg")), TEND_OK);
    world_end(w);
    assert_int_equal(tend_store_me(w->store), 1);
    *state = w;
    return 0;
}

int world_setup(void **state)
{
    world_setup_bare(state);
    world_plugin(*state, "pipeline", "stage_set", &world_pipeline);
    world_plugin(*state, "followup", "policy", &world_followup);
    return 0;
}

int world_teardown(void **state)
{
    struct world *w = *state;

    world_done(w);
    tend_registry_destroy(w->registry);
    tend_store_close(w->store);
    tend_arena_finish(&w->arena);
    rmdir(w->dir);
    tend_free(w);
    return 0;
}

int64_t world_instant(const char *instant)
{
    int64_t at;
    bool local;

    assert_true(tend_instant_parse(tend_text_of(instant), &at, &local));
    assert_false(local);
    return at;
}

int64_t world_day(const char *day)
{
    int64_t days;

    assert_true(tend_date_parse(tend_text_of(day), &days));
    return days;
}

void world_at(struct world *w, const char *instant)
{
    tend_clock_freeze(&w->clock, world_instant(instant));
}

void world_done(struct world *w)
{
    if (w->in_deed)
        tend_deed_finish(&w->deed);
    w->in_deed = false;
}

void world_begin(struct world *w)
{
    world_done(w);
    if (tend_deed_begin(&w->desk, &w->deed, "test") != TEND_OK)
        fail_msg("%s", w->err.text);
    w->in_deed = true;
}

void world_end(struct world *w)
{
    if (tend_deed_end(&w->desk, &w->deed) != TEND_OK)
        fail_msg("%s", w->err.text);
}

void world_abort(struct world *w)
{
    tend_deed_abort(&w->desk, &w->deed);
}

tend_id world_add(struct world *w, const char *name, const char *zone)
{
    struct tend_field field = { T("zone"), tend_text_of(zone), { "", 0 }, TEND_ASSIGN_SET };
    tend_id person, known;

    world_begin(w);
    if (tend_person_add(&w->desk, &w->deed, tend_text_of(name), &field, zone ? 1 : 0, false,
                        &person, &known) != TEND_OK)
        fail_msg("%s", w->err.text);
    world_end(w);
    return person;
}

struct tend_touch_ask world_touch(const tend_id *person, const char *kind)
{
    return (struct tend_touch_ask){ .parties = person, .n_parties = 1,
                                    .kind = tend_text_of(kind) };
}

tend_id world_log(struct world *w, tend_id person, const char *kind, const char *disposition)
{
    struct tend_touch_ask ask = world_touch(&person, kind);
    tend_id touch;

    ask.disposition = tend_text_of(disposition);
    world_begin(w);
    if (tend_touch_log(&w->desk, &w->deed, &ask, &touch) != TEND_OK)
        fail_msg("%s", w->err.text);
    world_end(w);
    return touch;
}

void world_undo(struct world *w)
{
    struct tend_undo undo;

    if (tend_store_undo(w->store, 0, 1, false, &w->arena, &undo) != TEND_OK)
        fail_msg("%s", w->err.text);
    assert_int_equal(undo.n_conflicts, 0);
}

int64_t world_due(struct world *w, struct tend_task_view **tasks)
{
    int64_t n;

    assert_int_equal(tend_task_due(w->store, w->clock.now, false, &w->arena, tasks, &n), TEND_OK);
    return n;
}

int64_t world_open_tasks(struct world *w, tend_id person, struct tend_task_view **tasks)
{
    int64_t n;

    assert_int_equal(tend_task_of(w->store, person, w->clock.now, &w->arena, tasks, &n), TEND_OK);
    return n;
}

const char *world_stage(struct world *w, tend_id person, const char *track)
{
    return tend_arena_str(&w->arena, tend_person_stage(w->store, person, track, &w->arena));
}

int64_t world_rows(struct world *w, enum tend_table table)
{
    uint64_t sum;
    int64_t rows;

    assert_int_equal(tend_store_checksum(w->store, table, &sum, &rows), TEND_OK);
    return rows;
}

uint64_t world_sum(struct world *w)
{
    uint64_t all = 0;

    for (int32_t t = 0; t < TEND_TABLES; t++) {
        uint64_t sum;
        int64_t rows;

        if (tend_catalogue[t].kind != TEND_TABLE_FACT)
            continue;
        assert_int_equal(tend_store_checksum(w->store, (enum tend_table)t, &sum, &rows), TEND_OK);
        all = all * 31 + sum + (uint64_t)rows;
    }
    return all;
}

const struct tend_outcome *world_outcome(struct world *w, const char *effect)
{
    for (int64_t i = 0; i < w->deed.outcome.n; i++)
        if (strcmp(w->deed.outcome.at[i].effect, effect) == 0)
            return &w->deed.outcome.at[i];
    return NULL;
}

const char *world_decision(struct world *w, enum tend_ref_kind kind, tend_id id)
{
    struct tend_decision_view *list;
    int64_t n;

    assert_int_equal(tend_decision_about(w->store, kind, id, &w->arena, &list, &n), TEND_OK);
    return n > 0 ? tend_arena_str(&w->arena, list[0].text) : "";
}

void assert_holds(const char *text, const char *part)
{
    if (!text || !strstr(text, part))
        fail_msg("\"%s\" does not hold \"%s\"", text ? text : "(null)", part);
}
