/* Covers the public API: a good and a bad call of each entry of api.def, made
 * from where a plugin makes it. Those of `source` are in api_source.c. */
#include "api.h"
#include "store/row.h"

/* --- from inside of a call ---------------------------------------------- */

static void (*inside)(struct tend_ctx *ctx);

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    inside(ctx);
    return TEND_OK;
}

static tend_status check(struct tend_ctx *ctx, const struct tend_move *move)
{
    (void)move;
    inside(ctx);
    return TEND_OK;
}

static const struct tend_policy policy = { sizeof policy, "api", "touch.logged", run };
static const struct tend_guard guard = { sizeof guard, "api", check };
static const struct tend_guard *const guards[] = { &guard, NULL };
static const struct tend_word call = { "call", NULL, "reached", NULL };
static const struct tend_word *const kinds[] = { &call, NULL };
static const struct tend_stage_set set = {
    .size = sizeof set, .name = "api", .touch_kinds = kinds, .guards = guards,
};

static tend_status provide_all(struct tend_instance *instance, struct tend_error *err)
{
    tend_status status = tend_instance_provide(instance, "policy", &policy, NULL, err);

    if (status == TEND_OK)
        status = tend_instance_provide(instance, "stage_set", &set, NULL, err);
    return status;
}

static tend_status in_policy(struct world *w, void (*fn)(struct tend_ctx *ctx))
{
    static const struct tend_event_field fields[] = { { "kind", { "call", 4 } } };
    const struct tend_event_data data = {
        { .name = "touch.logged", .person = 1, .at = NOW }, fields, 1,
    };

    inside = fn;
    return tend_call_policy(w->registry, world_find(w, "policy", "api"), &data, &w->arena,
                            &w->effects);
}

static void in_guard(struct world *w, void (*fn)(struct tend_ctx *ctx))
{
    const struct tend_move move = { .person = 1, .track = "opportunity", .to = "x", .by = "user" };

    inside = fn;
    assert_int_equal(tend_call_guards(w->registry, &move, &w->arena, &w->vetoes), TEND_OK);
}

/* One person with a tag, a touch and something the plugin keeps. */
static void add_person(struct world *w)
{
    struct tend_value person[TEND_N_person] = { 0 }, tag[TEND_N_tag] = { 0 },
                      touch[TEND_N_touch] = { 0 }, party[TEND_N_touch_party] = { 0 },
                      kept[TEND_N_plugin_state] = { 0 };
    tend_id id;

    assert_int_equal(tend_batch_begin(w->store, TEND_BATCH_COMMAND, "test", 0), TEND_OK);
    person[TEND_C_person_name] = tend_str(TEND_TEXT("Ann Lee"));
    assert_int_equal(tend_row_insert(w->store, TEND_T_person, person, &id), TEND_OK);
    assert_int_equal(id, 1);
    assert_int_equal(tend_row_insert(w->store, TEND_T_person, person, &id), TEND_OK);
    tag[TEND_C_tag_person] = tend_int(id);
    tag[TEND_C_tag_tag] = tend_str(TEND_TEXT("vip"));
    assert_int_equal(tend_row_insert(w->store, TEND_T_tag, tag, NULL), TEND_OK);
    touch[TEND_C_touch_person] = party[TEND_C_touch_party_person] = tend_int(1);
    touch[TEND_C_touch_kind] = tend_str(TEND_TEXT("call"));
    touch[TEND_C_touch_at] = tend_int(NOW);
    assert_int_equal(tend_row_insert(w->store, TEND_T_touch, touch, &id), TEND_OK);
    party[TEND_C_touch_party_touch] = tend_int(id);
    assert_int_equal(tend_row_insert(w->store, TEND_T_touch_party, party, NULL), TEND_OK);
    kept[TEND_C_plugin_state_plugin] = tend_str(TEND_TEXT("api"));
    kept[TEND_C_plugin_state_name] = tend_str(TEND_TEXT("seen"));
    kept[TEND_C_plugin_state_value] = tend_str(TEND_TEXT("yes"));
    assert_int_equal(tend_row_insert(w->store, TEND_T_plugin_state, kept, NULL), TEND_OK);
    assert_int_equal(tend_batch_commit(w->store, NULL), TEND_OK);
}

/* --- host --------------------------------------------------------------- */

static void get_good(struct tend_ctx *ctx)
{
    assert_ptr_equal(ctx->host->get("tend.text", 0), ctx->text);
    assert_ptr_equal(ctx->host->get("tend.read", 0), ctx->read);
    assert_ptr_equal(ctx->host->get("tend.make", 0), ctx->make);
    assert_true(TEND_HAS(ctx->text, keep));
    assert_true(TEND_HAS(ctx->read, state));
    assert_true(TEND_HAS(ctx->make, veto));
    assert_int_equal(ctx->host->size, sizeof *ctx->host);
    assert_int_equal(ctx->host->abi, TEND_ABI);
    assert_int_equal(ctx->host->api, TEND_API);
}
void good_host_get(struct world *w)
{
    assert_int_equal(in_policy(w, get_good), TEND_OK);
}
static void get_bad(struct tend_ctx *ctx)
{
    assert_null(ctx->host->get("tend.text", TEND_API + 1));
    assert_null(ctx->host->get("tend.nothing", 0));
    assert_null(ctx->host->get("", 0));
    assert_null(ctx->host->get(NULL, 0));
}
void bad_host_get(struct world *w)
{
    assert_int_equal(in_policy(w, get_bad), TEND_OK);
}

static void fail_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->host->fail(ctx, TEND_LIMIT, "%d of %s", 3, "them"), TEND_LIMIT);
    assert_string_equal(tend_call_error(ctx), "3 of them");
}
void good_host_fail(struct world *w)
{
    assert_int_equal(in_policy(w, fail_good), TEND_OK);
    /* said and then returned TEND_OK: it is not lost */
    assert_string_equal(w->log.at, "2 api: 3 of them\n");
}
static void fail_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->host->fail(ctx, TEND_OK, "%s", "all is well"), TEND_INTERNAL);
    assert_int_equal(ctx->host->fail(ctx, 12, "%s", "all is well"), TEND_INTERNAL);
}
void bad_host_fail(struct world *w)
{
    assert_int_equal(in_policy(w, fail_bad), TEND_OK);
}

static void log_good(struct tend_ctx *ctx)
{
    ctx->host->log(ctx, 0, "looking at p%d", 1);
    ctx->host->log(ctx, 2, "%s", "careful");
}
void good_host_log(struct world *w)
{
    assert_int_equal(in_policy(w, log_good), TEND_OK);
    assert_string_equal(w->log.at, "0 api: looking at p1\n2 api: careful\n");
}
static void log_bad(struct tend_ctx *ctx)
{
    ctx->host->log(ctx, 77, "%s", "");
}
void bad_host_log(struct world *w)
{
    assert_int_equal(in_policy(w, log_bad), TEND_OK);
    assert_string_equal(w->log.at, "77 api: \n");
}

void good_host_provide(struct world *w)
{
    const char *path = tend_arena_printf(&w->arena, "%s/good.so", getenv("TEND_TEST_MODULES"));

    assert_int_equal(tend_registry_load_file(w->registry, path), TEND_OK);
    assert_string_equal(tend_instance_name(world_find(w, "policy", "good")->owner), "good");
    assert_non_null(world_find(w, "lead_source", "good"));
}
static void provide_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->host->provide(ctx, "policy", &policy), TEND_DENIED);
    assert_string_equal(tend_call_error(ctx),
                        "a plugin provides its records while it loads, not later");
}
void bad_host_provide(struct world *w)
{
    assert_int_equal(in_policy(w, provide_bad), TEND_OK);
}

/* --- text --------------------------------------------------------------- */

static void cut_good(struct tend_ctx *ctx)
{
    struct tend_text rest = TEND_TEXT(" a ;b;; c"), out;

    assert_int_equal(ctx->text->cut(&rest, ";", &out), 1);
    assert_text(out, "a");
    assert_int_equal(ctx->text->cut(&rest, ";", &out), 1);
    assert_text(out, "b");
    assert_int_equal(ctx->text->cut(&rest, ";", &out), 1);
    assert_text(out, "");
    assert_int_equal(ctx->text->cut(&rest, ";", &out), 1);
    assert_text(out, "c");
    assert_int_equal(ctx->text->cut(&rest, ";", &out), 0);
    assert_text(out, "");       /* not what was in it before */
    rest = TEND_TEXT("d");
    assert_string_equal(ctx->text->keep(ctx, rest).at, "d");
}
void good_text_cut(struct world *w)
{
    assert_int_equal(in_policy(w, cut_good), TEND_OK);
}
static void cut_bad(struct tend_ctx *ctx)
{
    struct tend_text rest = TEND_TEXT("a;b"), out = TEND_TEXT("old");

    assert_int_equal(ctx->text->cut(&rest, "", &out), 0);
    assert_text(out, "");
    assert_text(rest, "a;b");
    assert_int_equal(ctx->text->cut(&rest, NULL, &out), 0);
}
void bad_text_cut(struct world *w)
{
    assert_int_equal(in_policy(w, cut_bad), TEND_OK);
}

static void starts_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->text->starts(TEND_TEXT("LEADBARN 2"), "LEADBARN "), 1);
    assert_int_equal(ctx->text->starts(TEND_TEXT("lead"), ""), 1);
    assert_int_equal(ctx->text->starts(TEND_TEXT("LEAD"), "LEADBARN "), 0);
}
void good_text_starts(struct world *w)
{
    assert_int_equal(in_policy(w, starts_good), TEND_OK);
}
static void starts_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->text->starts(TEND_TEXT("a"), NULL), 0);
    assert_int_equal(ctx->text->starts((struct tend_text){ NULL, 0 }, "a"), 0);
}
void bad_text_starts(struct world *w)
{
    assert_int_equal(in_policy(w, starts_bad), TEND_OK);
}

static void is_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->text->is(TEND_TEXT("J"), "J"), 1);
    assert_int_equal(ctx->text->is(TEND_TEXT("J"), "j"), 0);
    assert_int_equal(ctx->text->is(TEND_TEXT("J"), "JA"), 0);
}
void good_text_is(struct world *w)
{
    assert_int_equal(in_policy(w, is_good), TEND_OK);
}
static void is_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->text->is(TEND_TEXT("J"), NULL), 0);
    assert_int_equal(ctx->text->is((struct tend_text){ NULL, 0 }, NULL), 1);
}
void bad_text_is(struct world *w)
{
    assert_int_equal(in_policy(w, is_bad), TEND_OK);
}

static void trim_good(struct tend_ctx *ctx)
{
    assert_text(ctx->text->trim(TEND_TEXT(" \t a b \r\n")), "a b");
}
void good_text_trim(struct world *w)
{
    assert_int_equal(in_policy(w, trim_good), TEND_OK);
}
static void trim_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->text->trim((struct tend_text){ NULL, 0 }).len, 0);
    assert_int_equal(ctx->text->trim(TEND_TEXT(" \t ")).len, 0);
    assert_int_equal(ctx->text->trim(TEND_TEXT("\xff\xfe")).len, 2);
}
void bad_text_trim(struct world *w)
{
    assert_int_equal(in_policy(w, trim_bad), TEND_OK);
}

static void fold_good(struct tend_ctx *ctx)
{
    assert_text(ctx->text->fold(ctx, TEND_TEXT("Jos\xc3\xa9")), "jose");
}
void good_text_fold(struct world *w)
{
    assert_int_equal(in_policy(w, fold_good), TEND_OK);
}
static void fold_bad(struct tend_ctx *ctx)
{
    assert_text(ctx->text->fold(ctx, TEND_TEXT("A\xff")), "a\xef\xbf\xbd");
    assert_int_equal(ctx->text->fold(ctx, (struct tend_text){ NULL, 0 }).len, 0);
}
void bad_text_fold(struct world *w)
{
    assert_int_equal(in_policy(w, fold_bad), TEND_OK);
}

static void keep_good(struct tend_ctx *ctx)
{
    char line[] = "spring";
    struct tend_text kept = ctx->text->keep(ctx, tend_text_of(line));

    memset(line, 'x', sizeof line - 1);
    assert_text(kept, "spring");
}
void good_text_keep(struct world *w)
{
    assert_int_equal(in_policy(w, keep_good), TEND_OK);
}
static void keep_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->text->keep(ctx, (struct tend_text){ NULL, 0 }).len, 0);
}
void bad_text_keep(struct world *w)
{
    assert_int_equal(in_policy(w, keep_bad), TEND_OK);
}

/* --- read: more of it in read.c ----------------------------------------- */

static void get_field_good(struct tend_ctx *ctx)
{
    assert_text(ctx->read->get(ctx, 1, "name"), "Ann Lee");
}
void good_read_get(struct world *w)
{
    add_person(w);
    assert_int_equal(in_policy(w, get_field_good), TEND_OK);
}
static void get_field_bad(struct tend_ctx *ctx)
{
    assert_text(ctx->read->get(ctx, 1, "no-such-field"), "");
    assert_text(ctx->read->get(ctx, 4711, "name"), "");
    assert_text(ctx->read->get(ctx, 1, NULL), "");
}
void bad_read_get(struct world *w)
{
    add_person(w);
    assert_int_equal(in_policy(w, get_field_bad), TEND_OK);
}

static void event_good(struct tend_ctx *ctx)
{
    assert_text(ctx->read->event(ctx, "kind"), "call");
    assert_text(ctx->read->event(ctx, "name"), "touch.logged");
}
void good_read_event(struct world *w)
{
    assert_int_equal(in_policy(w, event_good), TEND_OK);
}
static void event_bad(struct tend_ctx *ctx)
{
    assert_text(ctx->read->event(ctx, "kind"), "");
    assert_text(ctx->read->event(ctx, NULL), "");
}
void bad_read_event(struct world *w)
{
    in_guard(w, event_bad);     /* there is no event in a guard */
    assert_int_equal(w->vetoes.veto.n, 0);
}

static void touched_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->read->touched(ctx, 1, "reached", 0), 1);
    assert_int_equal(ctx->read->touched(ctx, 1, "reached", NOW + 1), 0);
}
void good_read_touched(struct world *w)
{
    add_person(w);
    assert_int_equal(in_policy(w, touched_good), TEND_OK);
}
static void touched_bad(struct tend_ctx *ctx)
{
    assert_true(ctx->read->touched(ctx, 0, "reached", 0) < 0);
    assert_true(ctx->read->touched(ctx, 1, NULL, 0) < 0);
    assert_int_equal(ctx->read->touched(ctx, 1, "", 0), 0);
}
void bad_read_touched(struct world *w)
{
    assert_int_equal(in_policy(w, touched_bad), TEND_OK);
}

static void means_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->read->means(ctx, "kind", "call", "reached"), 1);
    assert_int_equal(ctx->read->means(ctx, "kind", "call", "group"), 0);
}
void good_read_means(struct world *w)
{
    assert_int_equal(in_policy(w, means_good), TEND_OK);
}
static void means_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->read->means(ctx, "colour", "red", "warm"), 0);
    assert_int_equal(ctx->read->means(ctx, NULL, NULL, NULL), 0);
}
void bad_read_means(struct world *w)
{
    assert_int_equal(in_policy(w, means_bad), TEND_OK);
}

static void next_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->read->next(ctx, "tag:vip", 0), 2);
    assert_int_equal(ctx->read->next(ctx, "tag:vip", 2), 0);
}
void good_read_next(struct world *w)
{
    add_person(w);
    assert_int_equal(in_policy(w, next_good), TEND_OK);
}
static void next_bad(struct tend_ctx *ctx)
{
    assert_true(ctx->read->next(ctx, "touched:whenever", 0) < 0);
    assert_holds(tend_call_error(ctx), "whenever");
    assert_true(ctx->read->next(ctx, NULL, 0) < 0);
}
void bad_read_next(struct world *w)
{
    assert_int_equal(in_policy(w, next_bad), TEND_OK);
}

static void state_good(struct tend_ctx *ctx)
{
    assert_text(ctx->read->state(ctx, 0, "seen"), "yes");
}
void good_read_state(struct world *w)
{
    add_person(w);
    assert_int_equal(in_policy(w, state_good), TEND_OK);
}
static void state_bad(struct tend_ctx *ctx)
{
    assert_text(ctx->read->state(ctx, -1, "seen"), "");
    assert_text(ctx->read->state(ctx, 0, NULL), "");
    assert_text(ctx->read->state(ctx, 0, "unseen"), "");
}
void bad_read_state(struct world *w)
{
    add_person(w);
    assert_int_equal(in_policy(w, state_bad), TEND_OK);
}

/* --- make: more of it in effects.c and call_guard.c --------------------- */

static void emit_good(struct tend_ctx *ctx)
{
    char title[] = "Call back";

    assert_int_equal(TEND_TASK(ctx, 1, "k", .title = title, .window = "2d..7d"), TEND_OK);
    memset(title, 'x', sizeof title - 1);
}
void good_make_emit(struct world *w)
{
    assert_int_equal(in_policy(w, emit_good), TEND_OK);
    assert_int_equal(w->effects.list.n, 1);
    assert_string_equal(w->effects.list.at[0].u.task.title, "Call back");
}
static void emit_bad(struct tend_ctx *ctx)
{
    assert_int_equal(TEND_TASK(ctx, 1, "k", .title = "Call", .window = "soon"), TEND_INVALID);
    assert_holds(tend_call_error(ctx), "\"soon\"");
    assert_int_equal(ctx->make->emit(ctx, NULL), TEND_INVALID);
}
void bad_make_emit(struct world *w)
{
    /* refused once is refused whole */
    assert_int_equal(in_policy(w, emit_bad), TEND_INVALID);
    assert_holds(w->err.text, "\"soon\"");
    assert_int_equal(w->effects.list.n, 0);
}

static void veto_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->make->veto(ctx, "talk", "nobody spoke with them", "log p1 call"),
                     TEND_OK);
}
void good_make_veto(struct world *w)
{
    in_guard(w, veto_good);
    assert_int_equal(w->vetoes.veto.n, 1);
    assert_string_equal(w->vetoes.veto.at[0].plugin, "api");
    assert_string_equal(w->vetoes.veto.at[0].cure, "log p1 call");
}
static void veto_no_text(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->make->veto(ctx, "talk", "", NULL), TEND_INVALID);
    assert_int_equal(ctx->make->veto(ctx, NULL, "because", NULL), TEND_INVALID);
    assert_int_equal(ctx->make->veto(ctx, "a", "\xff", NULL), TEND_INVALID);
}
static void veto_not_here(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->make->veto(ctx, "talk", "because", NULL), TEND_DENIED);
    assert_holds(tend_call_error(ctx), "only a guard has a veto");
}
void bad_make_veto(struct world *w)
{
    in_guard(w, veto_no_text);
    assert_int_equal(w->vetoes.veto.n, 1);
    assert_string_equal(w->vetoes.veto.at[0].code, "failed");
    assert_int_equal(in_policy(w, veto_not_here), TEND_INTERNAL);
}

/* --- all of them -------------------------------------------------------- */

struct entry {
    const char *name;
    void (*good)(struct world *w);
    void (*bad)(struct world *w);
};

static const struct entry entries[] = {
#define TEND_FUNCTION(table, name, level, result, args, doc) \
    { #table "." #name, good_##table##_##name, bad_##table##_##name },
#include <tend/api.def>
};

static void run_one(void (*fn)(struct world *w))
{
    struct world w;

    world_open(&w);
    world_store(&w);
    assert_int_equal(world_load(&w, "api", provide_all), TEND_OK);
    fn(&w);
    world_close(&w);
}

static void test_good(void **state)
{
    run_one(((const struct entry *)*state)->good);
}

static void test_bad(void **state)
{
    run_one(((const struct entry *)*state)->bad);
}

int main(void)
{
    enum { N = sizeof entries / sizeof *entries };
    static struct CMUnitTest tests[2 * N];
    static char names[2 * N][64];
    size_t n = 0;

    for (size_t i = 0; i < N; i++) {
        snprintf(names[n], sizeof names[0], "%s, a good call", entries[i].name);
        tests[n] = (struct CMUnitTest){ names[n], test_good, NULL, NULL,
                                        (void *)(uintptr_t)&entries[i] };
        n++;
        snprintf(names[n], sizeof names[0], "%s, a bad call", entries[i].name);
        tests[n] = (struct CMUnitTest){ names[n], test_bad, NULL, NULL,
                                        (void *)(uintptr_t)&entries[i] };
        n++;
    }
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return _cmocka_run_group_tests("api", tests, n, NULL, NULL);
}
