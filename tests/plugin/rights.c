/* Covers tend_rights_ask and the doors that are asked in a call: each word of reads and
 * effects is refused by its name to a plugin that has not got it, and given to one that
 * has. */
#include "world.h"
#include <sys/stat.h>
#include <unistd.h>

static const char *topic;               /* of the event */
static void (*act)(struct tend_ctx *ctx);
static uint32_t kind;                   /* of the effect */

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    act(ctx);
    return TEND_OK;
}

static const struct tend_policy policy = { sizeof policy, "p", "touch.logged", run };

/* Runs it with these needs; returns the status. */
static tend_status with(struct world *w, const char *needs, void (*fn)(struct tend_ctx *ctx))
{
    static const struct tend_event_field fields[] = { { "kind", { "call", 4 } } };
    struct tend_event_data data = { { .name = topic ? topic : "touch.logged", .person = 1, .at = NOW },
                                    fields, 1 };
    tend_status status;

    world_needs = needs;
    world_restart(w);
    world_one(w, "ant", "policy", &policy);
    world_needs = "";
    act = fn;
    tend_error_clear(&w->err);
    status = tend_call_policy(w->registry, world_find(w, "policy", "p"), &data, &w->arena,
                              &w->effects);
    w->effects.list.n = 0;
    return status;
}

static void denied(struct world *w, const char *needs, void (*fn)(struct tend_ctx *ctx),
                   const char *right)
{
    assert_true(with(w, needs, fn) != TEND_OK);
    assert_holds(w->err.text, "plugin ant: policy p: ");
    assert_holds(w->err.text, tend_arena_printf(&w->arena, "has not the right \"%s\"", right));
}

static void allowed(struct world *w, const char *needs, void (*fn)(struct tend_ctx *ctx))
{
    if (with(w, needs, fn) != TEND_OK)
        fail_msg("%s: %s", needs, w->err.text);
}

/* --- reads ------------------------------------------------------------------------ */

static void read_person(struct tend_ctx *ctx)
{
    ctx->read->get(ctx, 1, "name");
}

static void read_next(struct tend_ctx *ctx)
{
    ctx->read->next(ctx, "source:x", 0);
}

static void read_touched(struct tend_ctx *ctx)
{
    ctx->read->touched(ctx, 1, "reached", 0);
}

static void read_state(struct tend_ctx *ctx)
{
    ctx->read->state(ctx, 1, "x");
}

static void read_event(struct tend_ctx *ctx)
{
    ctx->read->event(ctx, "kind");
}

static void read_who(struct tend_ctx *ctx)
{
    assert_text(ctx->read->event(ctx, "person"), "1");
    assert_text(ctx->read->event(ctx, "name"), "task.done");
}

static const char *filter;
static void read_filter(struct tend_ctx *ctx)
{
    ctx->read->next(ctx, filter, 0);
}

static void test_reads(void **state)
{
    struct world w;

    (void)state;
    world_open(&w);
    world_store(&w);
    denied(&w, "none", read_person, "reads:person");
    denied(&w, "none", read_next, "reads:person");
    denied(&w, "reads:person", read_touched, "reads:touch");
    denied(&w, "reads:person,touch,task,note", read_state, "reads:state");
    allowed(&w, "reads:person", read_person);
    allowed(&w, "reads:person", read_next);
    allowed(&w, "reads:touch", read_touched);
    allowed(&w, "reads:state", read_state);
    allowed(&w, "", read_person);
    allowed(&w, "", read_touched);
    allowed(&w, "", read_state);
    world_close(&w);
}

static void test_events(void **state)
{
    static const struct {
        const char *topic, *right;
    } topics[] = {
        { "touch.logged", "reads:touch" },    { "task.done", "reads:task" },
        { "person.added", "reads:person" },   { "stage.changed", "reads:person" },
        { "import.done", "reads:person" },
    };
    struct world w;

    (void)state;
    world_open(&w);
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
        topic = topics[i].topic;
        denied(&w, "none", read_event, topics[i].right);
        allowed(&w, topics[i].right, read_event);
    }
    topic = "ant.own";
    allowed(&w, "none", read_event);
    topic = "task.done";
    allowed(&w, "none", read_who);      /* that it happened is why it is called */
    topic = NULL;
    world_close(&w);
}

static void test_filters(void **state)
{
    static const struct {
        const char *filter, *right;
    } terms[] = {
        { "touched:..-14d", "reads:touch" },     { "not has:touch", "reads:touch" },
        { "sort:touched", "reads:touch" },       { "due:..today", "reads:task" },
        { "has:phone,task", "reads:task" },      { "sort:due-", "reads:task" },
        { "tag:x has:note", "reads:note" },
    };
    struct world w;

    (void)state;
    world_open(&w);
    world_store(&w);
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        filter = terms[i].filter;
        denied(&w, "reads:person,state", read_filter, terms[i].right);
        allowed(&w, tend_arena_printf(&w.arena, "reads:person %s", terms[i].right), read_filter);
    }
    filter = "has:phone,email tag:note sort:name";
    allowed(&w, "reads:person", read_filter);
    world_close(&w);
}

/* --- effects ------------------------------------------------------------------------ */

static void make(struct tend_ctx *ctx)
{
    switch (kind) {
    case TEND_FX_TASK: TEND_TASK(ctx, 1, "k", .title = "t", .window = "2d..7d"); break;
    case TEND_FX_RETIME: TEND_RETIME(ctx, 1, "k", .window = "2d..7d"); break;
    case TEND_FX_DONE: TEND_DONE(ctx, 1, "k", .why = "w"); break;
    case TEND_FX_DROP: TEND_DROP(ctx, 1, "k", .why = "w"); break;
    case TEND_FX_MOVE: TEND_MOVE(ctx, 1, .stage = "member"); break;
    case TEND_FX_HOLD: TEND_HOLD(ctx, 1, .type = "not_now", .until = "6w"); break;
    case TEND_FX_SET: TEND_SET(ctx, 1, .field = "city", .value = "Graz"); break;
    case TEND_FX_TAG: TEND_TAG(ctx, 1, .text = "vip"); break;
    case TEND_FX_UNTAG: TEND_UNTAG(ctx, 1, .text = "vip"); break;
    case TEND_FX_NOTE: TEND_NOTE(ctx, 1, "k", .text = "hello"); break;
    case TEND_FX_LINK: TEND_LINK(ctx, 1, .other = 2, .type = "spouse"); break;
    case TEND_FX_STATE: TEND_STATE(ctx, 1, .name = "n", .value = "v"); break;
    case TEND_FX_SCHEDULE: TEND_SCHEDULE(ctx, 1, "k", .every = "year"); break;
    case TEND_FX_CANCEL: TEND_CANCEL(ctx, 1, "k"); break;
    case TEND_FX_PRINT: TEND_PRINT(ctx, "hello"); break;
    default: ctx->host->fail(ctx, TEND_INTERNAL, "the test knows no effect %u", kind); break;
    }
}

/* As a command does, in which all kinds are there. */
static tend_status make_in_command(struct tend_ctx *ctx)
{
    const struct tend_cell cell = { "name", { "Ann", 3 } };

    if (kind == TEND_FX_ROW)
        return TEND_ROW(ctx, &cell, 1);
    if (kind == TEND_FX_ASK)
        return TEND_ASK(ctx, "sure", .text = "Sure?", .choices = "yes no");
    make(ctx);
    return TEND_OK;
}

static const struct tend_command_arg sure = {
    .size = sizeof sure, .name = "sure", .type = "choice", .choices = "yes no", .help = "sure",
};
static const struct tend_command_arg *const flags[] = { &sure, NULL };
static const struct tend_command_record command = {
    .size = sizeof command, .name = "c", .summary = "for the test", .flags = flags,
    .fields = "name", .writes = 1, .run = make_in_command,
};

static tend_status emit(struct world *w, const char *needs)
{
    const struct tend_call_args none = { 0 };
    tend_status status;

    world_needs = needs;
    world_restart(w);
    world_one(w, "ant", "command", &command);
    world_needs = "";
    tend_error_clear(&w->err);
    status = tend_call_command(w->registry, world_find(w, "command", "c"), &none, &w->arena,
                               &w->effects);
    w->effects.list.n = 0;
    return status;
}

static void test_effects(void **state)
{
    char others[400], own[60];
    struct world w;

    (void)state;
    world_open(&w);
    for (kind = 1; kind < 64; kind++) {
        size_t len = (size_t)snprintf(others, sizeof others, "none");

        if (!tend_effect_name(kind))
            continue;
        for (uint32_t i = 1; i < 64; i++)
            if (i != kind && tend_effect_name(i))
                len += (size_t)snprintf(others + len, sizeof others - len, " effects:%s",
                                        tend_effect_name(i));
        snprintf(own, sizeof own, "effects:%s", tend_effect_name(kind));
        if (emit(&w, others) == TEND_OK)
            fail_msg("%s was taken", own);
        assert_holds(w.err.text, tend_arena_printf(&w.arena, "has not the right \"%s\"", own));
        if (emit(&w, own) != TEND_OK)
            fail_msg("%s: %s", own, w.err.text);
        if (emit(&w, "") != TEND_OK)
            fail_msg("%s: %s", own, w.err.text);
    }
    world_close(&w);
}

/* --- the world ------------------------------------------------------------------------ */

static tend_status ask(struct world *w, const char *needs, enum tend_right right, const char *what)
{
    struct tend_instance_info info;

    world_needs = needs;
    world_restart(w);
    world_one(w, "ant", "policy", &policy);
    world_needs = "";
    assert_true(world_info(w, "ant", &info));
    tend_error_clear(&w->err);
    return tend_rights_ask(world_find(w, "policy", "p")->owner, right, tend_text_of(what), &w->err);
}

static void yes(struct world *w, const char *needs, enum tend_right right, const char *what)
{
    if (ask(w, needs, right, what) != TEND_OK)
        fail_msg("%s for %s: %s", needs, what, w->err.text);
}

static void no(struct world *w, const char *needs, enum tend_right right, const char *what)
{
    if (ask(w, needs, right, what) != TEND_DENIED)
        fail_msg("%s gives %s", needs, what);
    if (right == TEND_RIGHT_FILES && strncmp(what, w->dir, strlen(w->dir)) == 0)
        what = tend_arena_printf(&w->arena, "~%s", what + strlen(w->dir));
    assert_holds(w->err.text, right == TEND_RIGHT_NATIVE
                                  ? "\"native\""
                                  : tend_arena_printf(&w->arena, "\"%s:%s\"",
                                                      tend_right_name(right), what));
}

static void test_world(void **state)
{
    struct world w;

    (void)state;
    world_open(&w);
    no(&w, "", TEND_RIGHT_NET, "api.example.com");
    no(&w, "net:other.example.com", TEND_RIGHT_NET, "api.example.com");
    yes(&w, "net:api.example.com", TEND_RIGHT_NET, "api.example.com");
    yes(&w, "net:api.example.com", TEND_RIGHT_NET, "API.example.com:443");
    no(&w, "net:api.example.com", TEND_RIGHT_NET, "api.example.com:80");
    no(&w, "net:api.example.com", TEND_RIGHT_NET, "api.example.com.evil.example.com");
    no(&w, "net:api.example.com", TEND_RIGHT_NET, "xapi.example.com");
    yes(&w, "net:localhost:8080", TEND_RIGHT_NET, "localhost:8080");
    no(&w, "net:localhost:8080", TEND_RIGHT_NET, "localhost");
    no(&w, "", TEND_RIGHT_SECRETS, "token");
    no(&w, "secrets:other", TEND_RIGHT_SECRETS, "token");
    yes(&w, "secrets:token", TEND_RIGHT_SECRETS, "token");
    no(&w, "secrets:token", TEND_RIGHT_SECRETS, "tok");
    no(&w, "reads:person", TEND_RIGHT_NATIVE, "");
    yes(&w, "native", TEND_RIGHT_NATIVE, "");
    no(&w, "reads:person", TEND_RIGHT_READS, "nothing");
    no(&w, "", TEND_RIGHT_EFFECTS, "nothing");
    world_close(&w);
}

static void test_files(void **state)
{
    struct world w;
    char path[4200], link[4200], needs[4300];

    (void)state;
    world_open(&w);
    setenv("HOME", w.dir, 1);
    snprintf(path, sizeof path, "%s/leads", w.dir);
    mkdir(path, 0700);
    snprintf(link, sizeof link, "%s/leads/out", w.dir);
    assert_int_equal(symlink("/etc", link), 0);
    snprintf(path, sizeof path, "%s/leads/a.csv", w.dir);
    no(&w, "", TEND_RIGHT_FILES, path);
    yes(&w, "files:~/leads", TEND_RIGHT_FILES, "~/leads/a.csv");
    yes(&w, "files:~/leads", TEND_RIGHT_FILES, path);
    yes(&w, "files:~/leads", TEND_RIGHT_FILES, "~/leads");
    no(&w, "files:~/leads", TEND_RIGHT_FILES, "~/leads2/a.csv");
    no(&w, "files:~/leads", TEND_RIGHT_FILES, "~/leads/../x");
    no(&w, "files:~/leads", TEND_RIGHT_FILES, "~");
    no(&w, "files:~/leads", TEND_RIGHT_FILES, "/etc/passwd");
    no(&w, "files:~/leads", TEND_RIGHT_FILES, "~/leads/out/passwd");   /* a link that leads out */
    snprintf(needs, sizeof needs, "files:%s", path);
    yes(&w, needs, TEND_RIGHT_FILES, path);
    yes(&w, "files:/", TEND_RIGHT_FILES, "/etc/passwd");
    ask(&w, "", TEND_RIGHT_FILES, "/some where/a,b");   /* as a manifest would have it */
    assert_holds(w.err.text, "the right files:\"/some where/a,b\"; its manifest");
    unlink(link);
    snprintf(path, sizeof path, "%s/leads", w.dir);
    rmdir(path);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads),  cmocka_unit_test(test_events),
        cmocka_unit_test(test_filters), cmocka_unit_test(test_effects),
        cmocka_unit_test(test_world),  cmocka_unit_test(test_files),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
