/* The host of the tests: see fake.h. */
#include "fake.h"
#include "base/clock.h"
#include "base/memory.h"
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- plugin/runtime.h ---------------------------------------------------- */

tend_status tend_instance_manifest(struct tend_instance *instance,
                                   const struct tend_manifest *manifest, struct tend_error *err)
{
    (void)err;
    instance->manifest = *manifest;
    return TEND_OK;
}

const char *tend_call_denied(struct tend_ctx *ctx) { return (void)ctx, NULL; }
void tend_call_forgive(struct tend_ctx *ctx) { (void)ctx; }

tend_status tend_instance_provide(struct tend_instance *instance, const char *kind,
                                  const void *record, void *self, struct tend_error *err)
{
    const char *name = ((const struct tend_policy *)record)->name;

    for (int i = 0; i < instance->n_provided; i++)
        if (strcmp(instance->provided[i].kind, kind) == 0 &&
            strcmp(instance->provided[i].name, name) == 0)
            return tend_error_set(err, TEND_EXISTS, "a second %s \"%s\"", kind, name);
    assert_true(instance->n_provided < FAKE_PROVIDED);
    instance->provided[instance->n_provided++] = (struct fake_record){ kind, name, record, self };
    return TEND_OK;
}

void tend_instance_set_data(struct tend_instance *instance, void *data)
{
    instance->data = data;
}

void *tend_instance_data(const struct tend_instance *instance)
{
    return instance->data;
}

const char *tend_instance_name(const struct tend_instance *instance)
{
    return instance->manifest.name;
}

const char *tend_instance_path(const struct tend_instance *instance)
{
    return instance->path;
}

void tend_instance_log(struct tend_instance *instance, int32_t level, const char *text)
{
    snprintf(instance->said, sizeof instance->said, "%d %s", level, text);
}

void tend_instance_file(struct tend_instance *instance, const char *path)
{
    (void)instance;
    (void)path;
}

struct tend_arena *tend_instance_arena(struct tend_instance *instance)
{
    return &instance->arena;
}

static struct fake_call *call_of(struct tend_ctx *ctx)
{
    return (struct fake_call *)ctx;
}

void *tend_call_self(struct tend_ctx *ctx)
{
    return call_of(ctx)->provided->self;
}

const void *tend_call_record(struct tend_ctx *ctx)
{
    return call_of(ctx)->record;
}

struct tend_instance *tend_call_instance(struct tend_ctx *ctx)
{
    return call_of(ctx)->instance;
}

tend_status tend_call_fail(struct tend_ctx *ctx, tend_status code, bool breach, const char *text)
{
    struct fake_call *call = call_of(ctx);

    call->code = code;
    call->breach = breach;
    snprintf(call->error, sizeof call->error, "plugin %s: %s", call->instance->manifest.name, text);
    return code;
}

int64_t tend_call_began(struct tend_ctx *ctx)
{
    (void)ctx;
    return tend_clock_ticks();
}

int64_t tend_call_budget(struct tend_ctx *ctx)
{
    return call_of(ctx)->budget;
}

const char *tend_call_error(struct tend_ctx *ctx)
{
    return call_of(ctx)->said;
}

/* --- the tables ----------------------------------------------------------- */

static void say(struct tend_ctx *ctx, const char *key, const char *value)
{
    if (value != NULL)
        tend_buffer_addf(&call_of(ctx)->log, " %s=%s", key, value);
}

static void say_more(struct tend_ctx *ctx, const struct tend_fx *fx)
{
    const struct tend_fx_task *task = (const void *)fx;
    const struct tend_fx_hold *hold = (const void *)fx;
    const struct tend_fx_move *move = (const void *)fx;
    const struct tend_fx_set *set = (const void *)fx;
    const struct tend_fx_link *link = (const void *)fx;
    const struct tend_fx_retime *retime = (const void *)fx;

    switch (fx->kind) {
    case TEND_FX_TASK:
        say(ctx, "title", task->title);
        say(ctx, "type", task->type);
        say(ctx, "window", task->window);
        say(ctx, "closed_by", task->closed_by);
        say(ctx, "why", task->why);
        if (task->anchor)
            tend_buffer_addf(&call_of(ctx)->log, " anchor=%lld", (long long)task->anchor);
        break;
    case TEND_FX_RETIME:
        say(ctx, "window", retime->window);
        say(ctx, "why", retime->why);
        break;
    case TEND_FX_DONE:
    case TEND_FX_DROP:
        say(ctx, "why", ((const struct tend_fx_close *)fx)->why);
        break;
    case TEND_FX_MOVE:
        say(ctx, "track", move->track);
        say(ctx, "stage", move->stage);
        say(ctx, "reason", move->reason);
        break;
    case TEND_FX_HOLD:
        say(ctx, "track", hold->track);
        say(ctx, "type", hold->type);
        say(ctx, "until", hold->until);
        say(ctx, "reason", hold->reason);
        break;
    case TEND_FX_SET:
    case TEND_FX_STATE:
        say(ctx, "name", set->field);
        say(ctx, "value", set->value ? set->value : "NULL");
        break;
    case TEND_FX_LINK:
        tend_buffer_addf(&call_of(ctx)->log, " other=%lld", (long long)link->other);
        say(ctx, "type", link->type);
        break;
    default:
        say(ctx, "text", ((const struct tend_fx_text *)fx)->text);
    }
}

static tend_status emit(struct tend_ctx *ctx, const struct tend_fx *fx)
{
    static const char *const names[] = { "?",   "task", "retime", "done", "drop", "move", "hold",
                                         "set", "tag",  "untag",  "note", "link", "state" };
    struct fake_call *call = call_of(ctx);

    assert_in_range(fx->kind, 1, 12);
    if (fx->kind == TEND_FX_TASK && fx->key == NULL) {
        snprintf(call->said, sizeof call->said, "a task needs a key");
        return TEND_INVALID;
    }
    tend_buffer_addf(&call->log, "%s p%lld", names[fx->kind], (long long)fx->person);
    say(ctx, "key", fx->key);
    say_more(ctx, fx);
    tend_buffer_adds(&call->log, "\n");
    return TEND_OK;
}

static tend_status veto(struct tend_ctx *ctx, const char *code, const char *text, const char *cure)
{
    tend_buffer_addf(&call_of(ctx)->log, "veto %s: %s (%s)\n", code, text, cure ? cure : "-");
    return TEND_OK;
}

static struct tend_text fact(struct tend_ctx *ctx, tend_id person, const char *field)
{
    for (const struct fake_fact *at = call_of(ctx)->facts; at && at->field; at++)
        if (at->person == person && strcmp(at->field, field) == 0)
            return tend_text_of(at->value);
    return (struct tend_text){ NULL, 0 };
}

static struct tend_text read_event(struct tend_ctx *ctx, const char *field)
{
    return fact(ctx, 0, field);
}

static struct tend_text read_state(struct tend_ctx *ctx, tend_id person, const char *name)
{
    tend_buffer_addf(&call_of(ctx)->log, "state p%lld %s\n", (long long)person, name);
    return fact(ctx, person, name);
}

static int64_t touched(struct tend_ctx *ctx, tend_id person, const char *terms, int64_t since)
{
    struct fake_call *call = call_of(ctx);

    if (strcmp(terms, "wrong") == 0) {
        snprintf(call->said, sizeof call->said, "nothing is called \"wrong\"");
        return -1;
    }
    tend_buffer_addf(&call->log, "touched p%lld %s %lld\n", (long long)person, terms,
                     (long long)since);
    return call->touches;
}

static int32_t means(struct tend_ctx *ctx, const char *what, const char *name, const char *meaning)
{
    (void)ctx;
    return strcmp(what, "stage") == 0 && strcmp(name, "member") == 0 && strcmp(meaning, "won") == 0;
}

static tend_id next(struct tend_ctx *ctx, const char *filter, tend_id after)
{
    if (strcmp(filter, "bad:") == 0) {
        snprintf(call_of(ctx)->said, sizeof call_of(ctx)->said, "the filter is wrong");
        return -1;
    }
    return after < 12 ? 12 : after < 30 ? 30 : 0;
}

static const struct tend_read_api read_table = {
    sizeof read_table, 0, fact, read_event, touched, means, next, read_state,
};
static const struct tend_make_api make_table = { sizeof make_table, 0, emit, veto };

static struct tend_text keep(struct tend_ctx *ctx, struct tend_text text)
{
    return tend_arena_text(&call_of(ctx)->arena, text);
}

static const struct tend_text_api text_table = { .size = sizeof text_table, .keep = keep };

TEND_PRINTF(3, 4)
static void host_log(struct tend_ctx *ctx, int32_t level, const char *fmt, ...)
{
    va_list args;

    tend_buffer_addf(&call_of(ctx)->log, "log %d ", level);
    va_start(args, fmt);
    tend_buffer_vaddf(&call_of(ctx)->log, fmt, args);
    va_end(args);
    tend_buffer_adds(&call_of(ctx)->log, "\n");
}

static const struct tend_host host = {
    .size = sizeof host,
    .abi = TEND_ABI,
    .api = TEND_API,
    .log = host_log,
};

/* --- of a source ---------------------------------------------------------- */

struct tend_row {
    struct tend_input *in;
};
static struct tend_row the_row;

static int32_t source_line(struct tend_input *in, struct tend_text *line)
{
    const char *at = in->lines[in->at];

    if (at == NULL)
        return 0;
    if (strcmp(at, "!") == 0) {
        snprintf(in->call->error, sizeof in->call->error, "the file cannot be read");
        return TEND_IO;
    }
    in->at++;
    *line = tend_text_of(at);
    return 1;
}

static int32_t source_map(struct tend_input *in, struct tend_text column, struct tend_text *field)
{
    (void)in;
    if (tend_text_is(column, "Handy"))
        *field = TEND_TEXT("phone");
    return tend_text_is(column, "Handy");
}

static void source_column(struct tend_input *in, struct tend_text name, const char *field)
{
    tend_buffer_addf(&in->call->log, "column %.*s %s\n", TEND_FMT(name), field ? field : "-");
}

static void source_found(struct tend_input *in, const char *what, struct tend_text value)
{
    tend_buffer_addf(&in->call->log, "found %s %.*s\n", what, TEND_FMT(value));
}

static void source_layout(struct tend_input *in, const char *title)
{
    tend_buffer_addf(&in->call->log, "layout %s\n", title);
}

static struct tend_row *source_row(struct tend_input *in)
{
    assert_null(the_row.in); /* the one before has ended */
    the_row.in = in;
    tend_buffer_addf(&in->call->log, "row %lld", (long long)in->at);
    return &the_row;
}

static void source_place(struct tend_row *row, int64_t line, struct tend_text raw)
{
    tend_buffer_addf(&row->in->call->log, " at %lld raw=%.*s", (long long)line, TEND_FMT(raw));
}

static void source_put(struct tend_row *row, const char *field, struct tend_text value)
{
    tend_buffer_addf(&row->in->call->log, " %s=%.*s", field, TEND_FMT(value));
}

static void source_label(struct tend_row *row, struct tend_text label)
{
    tend_buffer_addf(&row->in->call->log, "[%.*s]", TEND_FMT(label));
}

static tend_status source_end(struct tend_row *row)
{
    struct tend_input *in = row->in;

    tend_buffer_adds(&in->call->log, "\n");
    row->in = NULL;
    if (in->at_end != NULL)
        in->at_end(in);
    if (++in->rows == 2 && in->refuse_after != TEND_OK) {
        snprintf(in->call->error, sizeof in->call->error, "the host has had enough");
        return in->refuse_after;
    }
    return TEND_OK;
}

static tend_status source_reject(struct tend_row *row, const char *code, int64_t column,
                                 const char *text)
{
    tend_buffer_addf(&row->in->call->log, " reject %s %lld %s", code, (long long)column, text);
    return source_end(row);
}

static const struct tend_source_api source_table = {
    .size = sizeof source_table,
    .line = source_line, .block = source_line, .map = source_map, .layout = source_layout,
    .found = source_found, .column = source_column, .row = source_row, .place = source_place, .put = source_put,
    .label = source_label, .end = source_end, .reject = source_reject,
};

/* --- for the tests --------------------------------------------------------- */

static struct tend_instance *load_path(const char *name, char *path)
{
    struct tend_instance *instance = tend_alloc(sizeof *instance);

    instance->path = path;
    instance->manifest.name = tend_arena_str(&instance->arena, tend_text_of(name));
    instance->status = tend_lua_runtime.load(instance, path, &instance->err);
    return instance;
}

struct tend_instance *fake_load(const char *fixture)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%s.lua", FIXTURES, fixture);
    return load_path(fixture, tend_strdup(path));
}

struct tend_instance *fake_load_text(const char *name, const char *text)
{
    char dir[] = "lua-plugin-XXXXXX", path[512];
    struct tend_instance *instance;
    FILE *out;

    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/%s.lua", dir, name);
    out = fopen(path, "wb");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
    instance = load_path(name, tend_strdup(path));
    unlink(path);
    rmdir(dir);
    return instance;
}

void fake_unload(struct tend_instance *instance)
{
    tend_lua_runtime.unload(instance);
    tend_arena_finish(&instance->arena);
    tend_free(instance->path);
    tend_free(instance);
}

const struct fake_record *fake_record(struct tend_instance *instance, const char *kind)
{
    for (int i = 0; i < instance->n_provided; i++)
        if (strcmp(instance->provided[i].kind, kind) == 0)
            return &instance->provided[i];
    fail_msg("no %s was provided: %s", kind, instance->err.text);
    return NULL;
}

void fake_begin(struct fake_call *call, struct tend_instance *instance, const char *kind)
{
    call->instance = instance;
    call->provided = fake_record(instance, kind);
    call->record = call->provided->record;
    if (call->budget == 0)
        call->budget = FAKE_BUDGET;
    call->ctx = (struct tend_ctx){
        .size = sizeof call->ctx,
        .host = &host,
        .text = &text_table,
        .now = INT64_C(1796000000000000),
    };
    call->code = TEND_OK;
    call->breach = false;
    call->error[0] = call->said[0] = '\0';
}

void fake_end(struct fake_call *call)
{
    tend_buffer_finish(&call->log);
    tend_arena_finish(&call->arena);
}

const char *fake_log(struct fake_call *call)
{
    const char *text = tend_arena_str(&call->arena, tend_buffer_text(&call->log));

    tend_buffer_reset(&call->log);
    return text;
}

static tend_status run(struct fake_call *call, const char *name,
                       tend_status (*function)(struct tend_ctx *, const struct tend_event *))
{
    struct tend_event event = { sizeof event, 0, name, 12, 7, INT64_C(1795000000000000) };
    int64_t began = tend_clock_ticks();
    tend_status status;

    call->ctx.read = &read_table;
    call->ctx.make = &make_table;
    status = function(&call->ctx, &event);
    call->took = tend_clock_ticks() - began;
    return status;
}

tend_status fake_policy(struct fake_call *call, const char *event)
{
    return run(call, event, ((const struct tend_policy *)call->provided->record)->run);
}

tend_status fake_rule(struct fake_call *call, const char *event)
{
    return run(call, event, ((const struct tend_stage_set *)call->provided->record)->rule);
}

tend_status fake_guard(struct fake_call *call, int number, const char *to)
{
    const struct tend_stage_set *set = call->provided->record;
    struct tend_move move = { sizeof move, 0, 12, "opportunity", "", to, "user" };

    call->ctx.read = &read_table;
    call->ctx.make = &make_table;
    call->record = set->guards[number];
    return set->guards[number]->check(&call->ctx, &move);
}

tend_status fake_read(struct fake_call *call, struct tend_input *input)
{
    int64_t began = tend_clock_ticks();
    tend_status status;

    call->ctx.source = &source_table;
    input->call = call;
    the_row.in = NULL;
    status = ((const struct tend_lead_source *)call->provided->record)->read(&call->ctx, input);
    call->took = tend_clock_ticks() - began;
    return status;
}

static tend_status run_body(const char *body, struct fake_call *call, struct tend_instance **plugin)
{
    char text[8192];

    snprintf(text, sizeof text,
             "return { policy = 'p', on = 'x', run = function(ctx, event)\n"
             "%s\nend }",
             body);
    *plugin = fake_load_text("p", text);
    if ((*plugin)->status != TEND_OK)
        fail_msg("%s", (*plugin)->err.text);
    call->budget = 20 * FAKE_BUDGET; /* what it does is tested, not how long */
    fake_begin(call, *plugin, "policy");
    return fake_policy(call, "x");
}

void fake_holds(const char *body)
{
    struct fake_call call = { 0 };
    struct tend_instance *plugin;

    if (run_body(body, &call, &plugin) != TEND_OK)
        fail_msg("%s", call.error);
    fake_end(&call);
    fake_unload(plugin);
}

void fake_raises(const char *body, const char *message)
{
    struct fake_call call = { 0 };
    struct tend_instance *plugin;

    assert_int_equal(run_body(body, &call, &plugin), TEND_INVALID);
    assert_has(call.error, message);
    assert_false(call.breach);
    fake_end(&call);
    fake_unload(plugin);
}

tend_status tend_instance_alias(struct tend_instance *instance, const char *name,
                                const char *line, struct tend_error *err)
{
    (void)err;
    snprintf(instance->said, sizeof instance->said, "%s=%s", name, line);
    return TEND_OK;
}

/* --- functions of other plugins: there are none here ------------------------ */

tend_status tend_link_find(struct tend_instance *asker, struct tend_link *link,
                           struct tend_error *err)
{
    (void)asker;
    return tend_error_set(err, TEND_NOT_FOUND, "no plugin \"%s\"", link->of);
}

tend_status tend_link_there(struct tend_instance *asker, const char *of, bool service,
                            struct tend_error *err)
{
    (void)asker, (void)service;
    return tend_error_set(err, TEND_NOT_FOUND, "no plugin \"%s\"", of);
}

bool tend_link_current(const struct tend_instance *asker, const struct tend_link *link)
{
    return asker == NULL && link == NULL;
}

tend_status tend_link_call(struct tend_ctx *ctx, const struct tend_link *link,
                           const struct tend_any *args, struct tend_any *result)
{
    (void)ctx, (void)link, (void)args, (void)result;
    return TEND_NOT_FOUND;
}

const char *tend_link_text(const struct tend_link *link)
{
    return link->name;
}

bool tend_link_has(const struct tend_instance *asker, struct tend_text service, int64_t level)
{
    return asker == NULL && service.len == level;
}

const char *tend_link_error(struct tend_ctx *ctx)
{
    return ctx != NULL ? "" : NULL;
}
