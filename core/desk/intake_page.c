/* Pages of a service become rows of an import: fetched by a worker, written with the
 * place where the next page begins. */
#include "desk/intake_page.h"
#include "base/hash.h"
#include "base/interrupt.h"
#include "desk/intake_parts.h"
#include "desk/region.h"
#include "store/forget.h"
#include "store/ops_intake.h"
#include "worker/worker.h"

#define TRIES 4
#define WAIT_FIRST INT64_C(1000000)     /* microseconds, doubled at each try */
#define WAIT_MOST (INT64_C(60) * 1000000)

struct tend_remote {
    struct tend_desk *desk;
    struct tend_remote_ask ask;
    struct tend_worker *worker;
    struct tend_worker_page page;
    struct tend_arena arena;            /* of the whole import */
    int64_t options;                    /* a hash of them: a URL may have a token in it */
    struct tend_text cursor;
    bool more;
    bool tree;                          /* a row told of a sponsor or a placement */
    FILE *rejects;                      /* of all pages; NULL: not yet open, or not asked for */
};

static int64_t hash_options(const struct tend_call_args *args)
{
    uint64_t hash = TEND_HASH_SEED;

    for (int64_t i = 0; args && i < args->n; i++) {
        hash = tend_hash(hash, args->value[i].name, strlen(args->value[i].name) + 1);
        hash = tend_hash(hash, args->value[i].text.at, (size_t)args->value[i].text.len);
        hash = tend_hash(hash, "\n", 1);
    }
    return (int64_t)(hash >> 1);
}

static tend_status start(struct tend_remote *service)
{
    const struct tend_worker_job job = {
        .registry = service->desk->registry,
        .provider = service->ask.source,
        .now = tend_clock_now(service->desk->clock),
        .options = service->ask.options,
        .typed = service->ask.typed,
        .deadline = service->ask.deadline,
    };

    tend_worker_stop(service->worker);
    return tend_worker_start(&service->worker, &job, service->desk->err);
}

tend_status tend_remote_open(struct tend_desk *desk, const struct tend_remote_ask *ask,
                              struct tend_remote **out)
{
    struct tend_remote *service = tend_alloc(sizeof *service);
    tend_id id;
    tend_status status = TEND_OK;

    service->desk = desk;
    service->ask = *ask;
    service->options = hash_options(ask->options);
    service->cursor = (struct tend_text){ "", 0 };
    if (!ask->again)
        status = tend_intake_cursor(desk->store, ask->source->name, service->options,
                                    &service->arena, &id, &service->cursor);
    if (status == TEND_OK)
        status = start(service);
    if (status != TEND_OK) {
        tend_remote_close(service);
        service = NULL;
    }
    *out = service;
    return status;
}

void tend_remote_close(struct tend_remote *service)
{
    if (!service)
        return;
    if (service->rejects)
        fclose(service->rejects);
    tend_worker_stop(service->worker);
    tend_worker_page_finish(&service->page);
    tend_arena_finish(&service->arena);
    tend_free(service);
}

bool tend_remote_more(const struct tend_remote *service)
{
    return service->more;
}

/* --- a page comes ----------------------------------------------------------- */

/* How long to wait before the next try: what the service said, else longer each time,
 * and not at the same moment as everybody else who was sent away. */
static int64_t patience(struct tend_remote *service, int try)
{
    struct tend_clock *clock = service->desk->clock;
    int64_t wait = WAIT_FIRST << try;

    if (service->page.wait)
        return service->page.wait;
    return wait * 3 / 4 + (int64_t)(tend_clock_random(clock) % (uint64_t)(wait / 2));
}

static bool may_come_right(tend_status status)
{
    return status == TEND_BUSY || status == TEND_TIMEOUT || status == TEND_IO;
}

/* A text that is said in the plugin's name need not begin with it. */
static const char *without_name(const char *text, const char *plugin)
{
    size_t len = strlen(plugin);

    if (strncmp(text, "plugin ", 7) == 0 && strncmp(text + 7, plugin, len) == 0 &&
        strncmp(text + 7 + len, ": ", 2) == 0)
        return text + 7 + len + 2;
    return text;
}

static void say_again(struct tend_remote *service, int64_t wait)
{
    const char *plugin = tend_instance_name(service->ask.source->owner);
    const char *why = without_name(service->desk->err->text, plugin);

    tend_registry_say(service->desk->registry, 1, plugin,
                      tend_arena_printf(&service->arena, "%s; tried again in %.1f s", why,
                                        (double)wait / 1e6));
}

/* Says how to go on, on top of why it ended. */
static tend_status give_up(struct tend_remote *service, tend_status status, int64_t wait)
{
    struct tend_error *err = service->desk->err;

    if (wait > WAIT_MOST)
        tend_error_set(err, status, "%s; it asks to be left alone for %lld s",
                       tend_arena_printf(&service->arena, "%s", err->text),
                       (long long)(wait / 1000000));
    if (may_come_right(status) && !err->cure[0])
        tend_error_cure(err, "tend import --from %s, later: it goes on from there",
                        service->ask.source->name);
    return status;
}

tend_status tend_remote_fetch(struct tend_remote *service)
{
    struct tend_error *err = service->desk->err;

    for (int try = 0;; try++) {
        int64_t wait;
        tend_status status = service->worker ? TEND_OK : start(service);

        if (status != TEND_OK)
            return status;
        tend_worker_page_finish(&service->page);
        status = tend_worker_page(service->worker, service->cursor, &service->page, err);
        if (status == TEND_OK)
            return TEND_OK;
        wait = patience(service, try);
        if (!may_come_right(status) || try == TRIES - 1 || wait > WAIT_MOST ||
            tend_registry_fixtures_only(service->desk->registry))
            return give_up(service, status, wait);
        tend_worker_stop(service->worker);      /* begun anew: nothing of the failure stays */
        service->worker = NULL;
        say_again(service, wait);
        status = tend_interrupt_sleep(wait, err);
        if (status != TEND_OK)
            return status;
    }
}

/* --- and is written ----------------------------------------------------------- */

static tend_status put_row(struct tend_intake_run *run, const struct tend_worker_row *from)
{
    const struct tend_source_api *source = &tend_intake_source;
    struct tend_row *row = source->row(&run->in);

    source->place(row, from->line, from->raw);
    for (int64_t i = 0; i < from->n; i++) {
        struct tend_arena *arena = &run->deed->arena;

        source->put(row, tend_arena_str(arena, from->value[i].field), from->value[i].value);
        if (from->value[i].label.len > 0)
            source->label(row, from->value[i].label);
    }
    if (from->code.len > 0)
        return source->reject(row, tend_arena_str(&run->deed->arena, from->code), from->column,
                              tend_arena_str(&run->deed->arena, from->text));
    return source->end(row);
}

static tend_status put_rows(struct tend_intake_run *run, const struct tend_worker_page *page)
{
    tend_status status = TEND_OK;

    tend_intake_read_begin(run);
    for (int64_t i = 0; i < page->row.n && status == TEND_OK; i++)
        status = put_row(run, &page->row.at[i]);
    tend_intake_read_end(run, status);
    if (status == TEND_OK && run->status == TEND_OK)
        status = tend_intake_flush(run);
    if (run->status != TEND_OK)
        status = run->status;
    if (status == TEND_OK)
        tend_intake_tell(run);
    return status;
}

static tend_status write_cursor(struct tend_remote *service)
{
    const struct tend_worker_page *page = &service->page;
    struct tend_store *store = service->desk->store;
    struct tend_value v[TEND_N_source_cursor] = {
        [TEND_C_source_cursor_source] = tend_str(tend_text_of(service->ask.source->name)),
        [TEND_C_source_cursor_options] = tend_int(service->options),
        [TEND_C_source_cursor_cursor] = tend_str(page->cursor),
    };
    struct tend_text was;
    tend_id id;
    tend_status status;

    if (!page->has_cursor)
        return TEND_OK;
    status = tend_intake_cursor(store, service->ask.source->name, service->options,
                                &service->arena, &id, &was);
    if (status != TEND_OK || (id && tend_text_eq(was, page->cursor)))
        return status;
    if (id)
        return tend_row_set(store, TEND_T_source_cursor, id, TEND_C_source_cursor_cursor,
                            tend_str(page->cursor));
    return tend_row_insert(store, TEND_T_source_cursor, v, &id);
}

/* What the deed's arena held must outlive it: there is a deed a page. */
static void keep_texts(struct tend_remote *service, struct tend_intake *out, int64_t rejects)
{
    for (int64_t i = rejects; i < out->reject.n; i++) {
        struct tend_reject *reject = &out->reject.at[i];

        reject->code = tend_arena_str(&service->arena, tend_text_of(reject->code));
        reject->text = tend_arena_str(&service->arena, tend_text_of(reject->text));
    }
    out->layout = tend_arena_str(&service->arena, tend_text_of(out->layout));
}

/* One file of rejects for all pages, whole when the last is written. */
static tend_status write_rows(struct tend_remote *service, struct tend_intake_run *run)
{
    tend_status status = service->rejects ? TEND_OK : tend_intake_rejects_open(run);

    service->rejects = run->rejects;
    if (status == TEND_OK)
        status = put_rows(run, &service->page);
    if (status == TEND_OK && !service->more) {
        status = tend_intake_rejects_close(run);
        service->rejects = NULL;
    }
    return status;
}

static tend_status write_page(struct tend_remote *service, struct tend_intake_run *run)
{
    struct tend_intake *out = run->out;
    bool fresh = out->import == 0;
    tend_status status = tend_intake_prepare(run);

    if (service->page.layout)
        out->layout = service->page.layout;
    if (status == TEND_OK && fresh)
        status = tend_intake_write_import(run);
    if (status == TEND_OK)
        status = write_rows(service, run);
    service->tree |= run->tree;
    if (status == TEND_OK && service->tree && !tend_remote_more(service))
        status = tend_intake_tree(run);
    if (status == TEND_OK)
        status = tend_intake_write_counts(run, !tend_remote_more(service));
    return status == TEND_OK ? write_cursor(service) : status;
}

tend_status tend_remote_write(struct tend_remote *service, struct tend_deed *deed,
                               struct tend_intake *out)
{
    struct tend_intake_run run = {
        .desk = service->desk, .deed = deed, .ask = service->ask.intake, .out = out,
        .head_lines = -1, .rejects = service->rejects, .service = true,
    };
    struct tend_intake before = *out;
    tend_status status;

    if (!out->layout)
        out->layout = "";
    out->reader = service->ask.source->name;
    service->more = service->page.has_cursor && service->page.more;
    run.in.run = &run;
    run.in.stream.fd = -1;
    run.file = tend_text_of(service->ask.source->name);
    run.keys = tend_match_create();
    run.names = tend_match_create();
    run.mapped = tend_alloc(1);
    status = write_page(service, &run);
    tend_match_destroy(run.keys);
    tend_match_destroy(run.names);
    tend_free(run.mapped);
    TEND_ARRAY_FINISH(&run.values);
    TEND_ARRAY_FINISH(&run.rows);
    tend_arena_finish(&run.arena);
    keep_texts(service, out, before.reject.n);
    if (status != TEND_OK) {            /* what is rolled back was not brought */
        out->import = before.import;
        out->rows_read = before.rows_read;
        out->added = before.added;
        out->updated = before.updated;
        out->unchanged = before.unchanged;
        out->rejected = before.rejected;
    }
    if (status == TEND_OK && service->page.has_cursor)
        service->cursor = tend_arena_text(&service->arena, service->page.cursor);
    return status;
}
