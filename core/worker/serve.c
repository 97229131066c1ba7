/* The worker's own side: loads the one plugin, then answers pages and messages until
 * its parent closes the pipe. */
#include "worker/serve.h"
#include "base/clock.h"
#include "base/text.h"
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#define TEND_UNSTABLE
#include <tend/x/channel.h>

struct tend_serve tend_serve;

struct start {
    const char *path, *kind, *name;
    int64_t now;
    struct tend_call_args options;
};

static const char *string(struct tend_frame *frame)
{
    return tend_arena_str(&tend_serve.arena, tend_frame_text(frame));
}

static void read_options(struct tend_frame *frame, struct start *start)
{
    int64_t n = tend_frame_int(frame);
    struct tend_call_value *value;

    if (n < 0 || n > frame->rest.len / 16) {
        frame->bad = frame->bad || n != 0;
        return;
    }
    value = tend_arena_take(&tend_serve.arena, (size_t)(n + 1) * sizeof *value);
    for (int64_t i = 0; i < n; i++) {
        value[i].name = string(frame);
        value[i].text = tend_arena_text(&tend_serve.arena, tend_frame_text(frame));
        value[i].number = tend_frame_int(frame);
    }
    start->options = (struct tend_call_args){ value, n };
}

static void read_fixtures(struct tend_frame *frame)
{
    struct tend_serve *serve = &tend_serve;
    int64_t n;

    serve->fixtures_only = tend_frame_int(frame) != 0;
    n = tend_frame_int(frame);
    if (n < 0 || n > frame->rest.len / 36) {
        frame->bad = frame->bad || n != 0;
        return;
    }
    serve->fixture = tend_arena_take(&serve->arena, (size_t)(n + 1) * sizeof *serve->fixture);
    serve->n_fixtures = n;
    for (int64_t i = 0; i < n; i++) {
        struct tend_fixture *fixture = &serve->fixture[i];

        fixture->url = string(frame);
        fixture->file = string(frame);
        fixture->body = tend_arena_text(&serve->arena, tend_frame_text(frame));
        fixture->type = string(frame);
        fixture->headers = string(frame);
        fixture->status = tend_frame_int(frame);
        fixture->fails = tend_frame_int(frame);
    }
}

static tend_status read_start(struct tend_frame *frame, struct start *start, struct tend_error *err)
{
    int64_t version = tend_frame_int(frame);

    if (frame->kind != TEND_FRAME_START || version != TEND_FRAME_VERSION)
        return tend_error_set(err, TEND_INVALID, "a worker is started by tend itself, with frames "
                              "of version %d", TEND_FRAME_VERSION);
    start->path = string(frame);
    start->kind = string(frame);
    start->name = string(frame);
    start->now = tend_frame_int(frame);
    tend_serve.deadline = tend_frame_int(frame);
    read_options(frame, start);
    read_fixtures(frame);
    if (!tend_frame_whole(frame))
        return tend_error_set(err, TEND_INVALID, "the first frame of a worker is cut");
    return TEND_OK;
}

static void write_log(void *data, int32_t level, const char *plugin, const char *text)
{
    (void)data, (void)plugin;
    tend_frame_begin(&tend_serve.frame, TEND_FRAME_LOG);
    tend_frame_put_int(&tend_serve.frame, level);
    tend_frame_put_text(&tend_serve.frame, tend_text_of(text));
    if (tend_serve.broken == TEND_OK)
        tend_serve.broken = tend_frame_send(tend_serve.out, &tend_serve.frame, &tend_serve.why);
}

static tend_status say_end(tend_status status, const struct tend_error *err,
                           struct tend_text cursor, bool has, bool more, int64_t sent,
                           struct tend_error *broken)
{
    struct tend_buffer *out = &tend_serve.frame;
    bool why = status != TEND_OK || sent != TEND_SENT_ACCEPTED;

    tend_frame_begin(out, TEND_FRAME_END);
    tend_frame_put_int(out, status);
    tend_frame_put_text(out, tend_text_of(why ? err->text : ""));
    tend_frame_put_text(out, tend_text_of(why ? err->cure : ""));
    tend_frame_put_text(out, cursor);
    tend_frame_put_int(out, has);
    tend_frame_put_int(out, more);
    tend_frame_put_int(out, tend_serve.wait);
    tend_frame_put_int(out, sent);
    return tend_frame_send(tend_serve.out, out, broken);
}

static tend_status page(struct tend_registry *registry, const struct tend_provider *source,
                        const struct start *start, struct tend_text cursor, struct tend_error *err)
{
    struct tend_error mistake = { 0 };
    struct tend_text next;
    bool has, more;
    tend_status status, wrong;

    tend_serve_rows_begin();
    tend_error_clear(err);
    status = tend_call_page(registry, source, &start->options, tend_serve_input(), cursor,
                            tend_serve.deadline);
    wrong = tend_serve_rows_end(&next, &has, &more, &mistake);
    if (wrong != TEND_OK)               /* what it did wrong with rows explains what followed */
        status = tend_error_set(err, wrong, "plugin %s: lead_source %s: %s",
                                tend_instance_name(source->owner), source->name, mistake.text);
    return say_end(status, err, next, has, more, TEND_SENT_ACCEPTED, err);
}

static tend_status send_message(struct tend_registry *registry, const struct tend_provider *channel,
                                struct tend_frame *frame, struct tend_error *err)
{
    struct tend_arena arena = { 0 };
    struct tend_message message = { .size = sizeof message };
    int64_t sent = TEND_SENT_UNKNOWN;
    tend_status status;

    message.key = tend_arena_str(&arena, tend_frame_text(frame));
    message.to = tend_arena_str(&arena, tend_frame_text(frame));
    message.name = tend_arena_str(&arena, tend_frame_text(frame));
    message.subject = tend_arena_str(&arena, tend_frame_text(frame));
    message.text = tend_arena_text(&arena, tend_frame_text(frame));
    if (tend_frame_whole(frame)) {
        tend_error_clear(err);
        tend_serve.sending = true;
        status = tend_call_send(registry, channel, &message, tend_serve.deadline, &sent);
        tend_serve.sending = false;
        status = say_end(status, err, (struct tend_text){ "", 0 }, false, false,
                         status == TEND_OK ? sent : TEND_SENT_UNKNOWN, err);
    } else {
        status = tend_error_set(err, TEND_INVALID, "a message that is cut");
    }
    tend_arena_finish(&arena);
    return status;
}

/* One frame of the parent's; its texts are copied, since answers come through the same pipe. */
static tend_status serve_one(struct tend_registry *registry, const struct tend_provider *provider,
                             const struct start *start, struct tend_frame *frame,
                             struct tend_error *err)
{
    bool source = strcmp(provider->kind, "lead_source") == 0;

    tend_serve.wait = 0;
    tend_serve.ends = tend_clock_ticks() + tend_serve.deadline;
    if (frame->kind == TEND_FRAME_PAGE && source) {
        struct tend_arena arena = { 0 };
        struct tend_text cursor = tend_arena_text(&arena, tend_frame_text(frame));
        tend_status status = tend_frame_whole(frame)
                                 ? page(registry, provider, start, cursor, err)
                                 : tend_error_set(err, TEND_INVALID, "a page that is cut");

        tend_arena_finish(&arena);
        return status;
    }
    if (frame->kind == TEND_FRAME_SEND && !source)
        return send_message(registry, provider, frame, err);
    return tend_error_set(err, TEND_INVALID, "the worker was asked for what it does not do");
}

static tend_status hello(tend_status status, const struct tend_error *why, struct tend_error *err)
{
    tend_frame_begin(&tend_serve.frame, TEND_FRAME_HELLO);
    tend_frame_put_int(&tend_serve.frame, TEND_FRAME_VERSION);
    tend_frame_put_int(&tend_serve.frame, status);
    tend_frame_put_text(&tend_serve.frame, tend_text_of(status == TEND_OK ? "" : why->text));
    return tend_frame_send(tend_serve.out, &tend_serve.frame, err);
}

static tend_status load(struct tend_registry *registry, const struct start *start,
                        const struct tend_provider **provider, struct tend_error *err)
{
    tend_status status = tend_registry_load_file(registry, start->path);

    *provider = NULL;
    if (status == TEND_OK)
        *provider = tend_registry_find(registry, start->kind, tend_text_of(start->name));
    if (status == TEND_OK && !*provider)
        status = tend_error_set(err, TEND_NOT_FOUND, "%s provides no %s \"%s\" any more",
                                start->path, start->kind, start->name);
    return status;
}

tend_status tend_worker_serve(struct tend_registry *registry, struct tend_clock *clock, int in,
                              int out, struct tend_error *err)
{
    const struct tend_provider *provider;
    struct start start = { 0 };
    struct tend_frame frame;
    tend_status status;
    int32_t got;

    prctl(PR_SET_PDEATHSIG, SIGKILL);   /* whoever started it has gone: so does it */
    tend_serve.registry = registry;
    tend_serve.out = out;
    tend_serve.in.fd = in;
    got = tend_frames_next(&tend_serve.in, 0, &frame, err);
    if (got <= 0)
        return got == 0 ? tend_error_set(err, TEND_USAGE, "__worker is started by tend itself")
                        : got;
    status = read_start(&frame, &start, err);
    if (status != TEND_OK)
        return status;
    tend_clock_freeze(clock, start.now);
    tend_registry_log(registry, write_log, NULL);
    tend_registry_source(registry, &tend_serve_source);
    tend_registry_world(registry, &tend_serve_http, &tend_serve_secrets);
    tend_registry_may(registry, tend_serve_may);
    if (tend_serve.fixtures_only)       /* what a test calls is not counted */
        tend_registry_tally(registry, NULL);
    status = load(registry, &start, &provider, err);
    if (hello(status, err, err) != TEND_OK || status != TEND_OK)
        return err->code;
    while ((got = tend_frames_next(&tend_serve.in, 0, &frame, err)) > 0 && status == TEND_OK)
        status = serve_one(registry, provider, &start, &frame, err);
    tend_serve_rows_finish();
    tend_frames_finish(&tend_serve.in);
    tend_buffer_finish(&tend_serve.frame);
    tend_arena_finish(&tend_serve.arena);
    return got < 0 ? got : status;
}
