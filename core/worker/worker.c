/* The parent's side of a worker: it is started, asked, answered, and killed when it
 * does not answer. */
#include "worker/worker.h"
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "worker/frame.h"
#include "worker/url.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <tend/http.h>
#define TEND_UNSTABLE
#include <tend/x/channel.h>
#include <unistd.h>

#define PAGE_MOST (64 << 20)    /* bytes of the rows of one page, whatever the plugin's limits say */

struct tend_worker {
    struct tend_worker_job job;
    pid_t pid;
    int to;                     /* what it reads */
    struct tend_frames from;
    struct tend_buffer out;
    struct tend_worker_page *page;      /* being taken */
    int64_t bytes;                      /* of its rows */
    bool dead;
};

/* --- the process ---------------------------------------------------------- */

static void set_signals(posix_spawnattr_t *attributes)
{
    sigset_t none, usual;

    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_init(attributes);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                             POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(attributes, 0);   /* a Ctrl-C is for us, who then kill it */
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &usual);
}

static int spawn(pid_t *pid, int in, int out)
{
    char program[] = "tend", verb[] = "__worker", *argv[] = { program, verb, NULL };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int failed;

    set_signals(&attributes);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
    failed = posix_spawn(pid, "/proc/self/exe", &files, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

static tend_status start_process(struct tend_worker *worker, struct tend_error *err)
{
    int down[2], up[2], failed;

    if (pipe2(down, O_CLOEXEC) != 0)
        return tend_error_set(err, TEND_IO, "a worker cannot be started: %s", strerror(errno));
    if (pipe2(up, O_CLOEXEC) != 0) {
        close(down[0]);
        close(down[1]);
        return tend_error_set(err, TEND_IO, "a worker cannot be started: %s", strerror(errno));
    }
    failed = spawn(&worker->pid, down[0], up[1]);
    close(down[0]);
    close(up[1]);
    worker->to = down[1];
    worker->from.fd = up[0];
    if (failed) {
        worker->pid = 0;
        return tend_error_set(err, TEND_IO, "a worker cannot be started: %s", strerror(failed));
    }
    return TEND_OK;
}

static void kill_process(struct tend_worker *worker)
{
    if (worker->pid > 0) {
        kill(-worker->pid, SIGKILL);
        kill(worker->pid, SIGKILL);
        while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    worker->pid = 0;
    worker->dead = true;
}

void tend_worker_stop(struct tend_worker *worker)
{
    if (!worker)
        return;
    kill_process(worker);
    if (worker->to >= 0)
        close(worker->to);
    if (worker->from.fd >= 0)
        close(worker->from.fd);
    tend_frames_finish(&worker->from);
    tend_buffer_finish(&worker->out);
    tend_free(worker);
}

/* --- questions ------------------------------------------------------------ */

/* A host that the user typed needs no other right. */
static bool typed(const struct tend_worker *worker, struct tend_text host)
{
    for (const char *const *url = worker->job.typed; url && *url; url++) {
        char name[TEND_URL_HOST];
        struct tend_error ignored = { 0 };

        if (tend_url_right(*url, name, &ignored) == TEND_OK && tend_text_is(host, name))
            return true;
    }
    return false;
}

static tend_status may(struct tend_worker *worker, enum tend_right right, struct tend_text what,
                       struct tend_error *err)
{
    if (right == TEND_RIGHT_NET && typed(worker, what))
        return TEND_OK;
    return tend_rights_ask(worker->job.provider->owner, right, what, err);
}

static tend_status answer(struct tend_worker *worker, struct tend_frame *frame,
                          struct tend_error *err)
{
    int64_t right = tend_frame_int(frame), secret = tend_frame_int(frame),
            leaves = tend_frame_int(frame);
    struct tend_text what = tend_frame_text(frame);
    struct tend_error why = { 0 };
    struct tend_arena arena = { 0 };
    struct tend_text value = { "", 0 };
    tend_status status;

    if (!tend_frame_whole(frame) || right < 0 || right >= TEND_RIGHTS)
        return tend_error_set(err, TEND_INTERNAL, "the worker asked something that is no question");
    status = may(worker, (enum tend_right)right, what, &why);
    if (status == TEND_OK && secret)
        status = tend_secret_read(tend_instance_name(worker->job.provider->owner), what, &arena,
                                  &value, &why);
    if (status == TEND_OK && leaves && worker->job.leaves)
        status = worker->job.leaves(worker->job.data, &why);
    tend_frame_begin(&worker->out, TEND_FRAME_ANSWER);
    tend_frame_put_int(&worker->out, status);
    tend_frame_put_text(&worker->out, tend_text_of(why.text));
    tend_frame_put_text(&worker->out, tend_text_of(why.cure));
    tend_frame_put_text(&worker->out, value);
    tend_arena_finish(&arena);
    return tend_frame_send(worker->to, &worker->out, err);
}

/* --- what comes ----------------------------------------------------------- */

static tend_status take_row(struct tend_worker *worker, struct tend_frame *frame,
                            struct tend_error *err)
{
    struct tend_worker_page *page = worker->page;
    struct tend_worker_row row = { .line = tend_frame_int(frame) };
    struct tend_worker_value *value;

    worker->bytes += frame->rest.len;
    if (worker->bytes > PAGE_MOST)
        return tend_error_set(err, TEND_LIMIT, "plugin %s: handed over a page of more than %d MiB and "
                              "was stopped; ask the service for smaller ones",
                              tend_instance_name(worker->job.provider->owner), PAGE_MOST >> 20);
    row.column = tend_frame_int(frame);
    row.n = tend_frame_int(frame);
    row.raw = tend_arena_text(&page->arena, tend_frame_text(frame));
    row.code = tend_arena_text(&page->arena, tend_frame_text(frame));
    row.text = tend_arena_text(&page->arena, tend_frame_text(frame));
    if (row.n < 0 || row.n > frame->rest.len / 12)
        frame->bad = true;
    value = frame->bad ? NULL
                       : tend_arena_take(&page->arena, (size_t)(row.n + 1) * sizeof *value);
    for (int64_t i = 0; i < row.n && !frame->bad; i++) {
        value[i].field = tend_arena_text(&page->arena, tend_frame_text(frame));
        value[i].value = tend_arena_text(&page->arena, tend_frame_text(frame));
        value[i].label = tend_arena_text(&page->arena, tend_frame_text(frame));
    }
    if (!tend_frame_whole(frame))
        return tend_error_set(err, TEND_INTERNAL, "the worker gave a row that is cut");
    row.value = value;
    TEND_PUSH(&page->row, row);
    return TEND_OK;
}

static void take_log(struct tend_worker *worker, struct tend_frame *frame)
{
    int64_t level = tend_frame_int(frame);
    struct tend_text text = tend_frame_text(frame);
    struct tend_arena arena = { 0 };

    if (tend_frame_whole(frame))
        tend_registry_say(worker->job.registry, level < 0 || level > 2 ? 2 : (int32_t)level,
                          tend_instance_name(worker->job.provider->owner),
                          tend_arena_str(&arena, text));
    tend_arena_finish(&arena);
}

/* One frame that is not the last. */
static tend_status take(struct tend_worker *worker, struct tend_frame *frame,
                        struct tend_error *err)
{
    struct tend_text text;

    switch (frame->kind) {
    case TEND_FRAME_ASK:
        return answer(worker, frame, err);
    case TEND_FRAME_LOG:
        take_log(worker, frame);
        return TEND_OK;
    case TEND_FRAME_ROW:
        if (worker->page)
            return take_row(worker, frame, err);
        break;
    case TEND_FRAME_LAYOUT:
        text = tend_frame_text(frame);
        if (!worker->page || !tend_frame_whole(frame))
            break;
        worker->bytes += text.len;
        worker->page->layout = tend_arena_str(&worker->page->arena, text);
        return TEND_OK;
    default:
        break;
    }
    return tend_error_set(err, TEND_INTERNAL, "the worker gave a frame that does not belong there");
}

/* What became of a process that went away before its last frame. */
static tend_status gone(struct tend_worker *worker, struct tend_error *err)
{
    int how = 0;

    while (worker->pid > 0 && waitpid(worker->pid, &how, 0) < 0 && errno == EINTR)
        ;
    worker->pid = 0;
    worker->dead = true;
    if (WIFSIGNALED(how))
        return tend_error_set(err, TEND_INTERNAL, "plugin %s: its worker ended by signal %d (%s)",
                              tend_instance_name(worker->job.provider->owner), WTERMSIG(how),
                              strsignal(WTERMSIG(how)));
    return tend_error_set(err, TEND_INTERNAL, "plugin %s: its worker ended and did not answer",
                          tend_instance_name(worker->job.provider->owner));
}

/* Sends what is in `out`, and takes frames until one of this kind. */
static tend_status converse(struct tend_worker *worker, enum tend_frame_kind last,
                            struct tend_frame *frame, struct tend_error *err)
{
    int64_t deadline = worker->job.deadline ? worker->job.deadline : TEND_WORKER_DEADLINE;
    struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
    tend_status status;

    if (worker->dead)
        return tend_error_set(err, TEND_INTERNAL, "the worker has ended");
    sigaction(SIGPIPE, &ignore, &before);
    status = tend_frame_send(worker->to, &worker->out, err);
    while (status == TEND_OK) {
        int32_t got = tend_frames_next(&worker->from, tend_clock_ticks() + deadline, frame, err);

        if (got == 0)
            status = gone(worker, err);
        else if (got < 0)
            status = got;
        else if (frame->kind == last)
            break;
        else
            status = take(worker, frame, err);
    }
    sigaction(SIGPIPE, &before, NULL);
    if (status == TEND_TIMEOUT)
        tend_error_set(err, TEND_TIMEOUT, "plugin %s: nothing came from its worker for %.3g s: "
                       "it was stopped", tend_instance_name(worker->job.provider->owner),
                       (double)deadline / 1e6);
    if (status != TEND_OK)
        kill_process(worker);
    return status;
}

/* --- what is asked of it -------------------------------------------------- */

static void put_options(struct tend_buffer *out, const struct tend_call_args *args)
{
    tend_frame_put_int(out, args ? args->n : 0);
    for (int64_t i = 0; args && i < args->n; i++) {
        tend_frame_put_text(out, tend_text_of(args->value[i].name));
        tend_frame_put_text(out, args->value[i].text);
        tend_frame_put_int(out, args->value[i].number);
    }
}

static void put_fixtures(struct tend_buffer *out, const struct tend_registry *registry)
{
    const struct tend_fixture *fixture;
    int64_t n = 0;

    while (tend_registry_fixture(registry, n))
        n++;
    tend_frame_put_int(out, tend_registry_fixtures_only(registry));
    tend_frame_put_int(out, n);
    for (int64_t i = 0; (fixture = tend_registry_fixture(registry, i)); i++) {
        tend_frame_put_text(out, tend_text_of(fixture->url));
        tend_frame_put_text(out, tend_text_of(fixture->file));
        tend_frame_put_text(out, fixture->body);
        tend_frame_put_text(out, tend_text_of(fixture->type));
        tend_frame_put_text(out, tend_text_of(fixture->headers));
        tend_frame_put_int(out, fixture->status);
        tend_frame_put_int(out, fixture->fails);
    }
}

tend_status tend_worker_start(struct tend_worker **out, const struct tend_worker_job *job,
                              struct tend_error *err)
{
    struct tend_worker *worker = tend_alloc(sizeof *worker);
    struct tend_frame frame;
    tend_status status;

    worker->job = *job;
    worker->to = worker->from.fd = -1;
    *out = NULL;
    status = start_process(worker, err);
    if (status == TEND_OK) {
        tend_frame_begin(&worker->out, TEND_FRAME_START);
        tend_frame_put_int(&worker->out, TEND_FRAME_VERSION);
        tend_frame_put_text(&worker->out, tend_text_of(tend_instance_path(job->provider->owner)));
        tend_frame_put_text(&worker->out, tend_text_of(job->provider->kind));
        tend_frame_put_text(&worker->out, tend_text_of(job->provider->name));
        tend_frame_put_int(&worker->out, job->now);
        tend_frame_put_int(&worker->out, job->deadline ? job->deadline : TEND_WORKER_DEADLINE);
        put_options(&worker->out, job->options);
        put_fixtures(&worker->out, job->registry);
        status = converse(worker, TEND_FRAME_HELLO, &frame, err);
    }
    if (status == TEND_OK) {
        int64_t version = tend_frame_int(&frame), loaded = tend_frame_int(&frame);
        struct tend_text text = tend_frame_text(&frame);

        if (!tend_frame_whole(&frame) || version != TEND_FRAME_VERSION)
            status = tend_error_set(err, TEND_INTERNAL, "the worker is of another version of tend");
        else if (loaded != TEND_OK)
            status = tend_error_set(err, TEND_INTERNAL, "in its worker: %.*s", TEND_FMT(text));
    }
    if (status != TEND_OK) {
        tend_worker_stop(worker);
        return status;
    }
    *out = worker;
    return TEND_OK;
}

/* The end of a call: its status, with what the plugin said in the slot. */
static tend_status take_end(struct tend_worker *worker, struct tend_frame *frame, int64_t *sent,
                            struct tend_error *err)
{
    int64_t code = tend_frame_int(frame);
    struct tend_text text = tend_frame_text(frame), cure = tend_frame_text(frame);
    struct tend_text cursor = tend_frame_text(frame);
    int64_t has = tend_frame_int(frame), more = tend_frame_int(frame);
    int64_t wait = tend_frame_int(frame), how = tend_frame_int(frame);

    if (!tend_frame_whole(frame) || code > 0 || code < TEND_USAGE) {
        kill_process(worker);
        return tend_error_set(err, TEND_INTERNAL, "the worker gave an end that is cut");
    }
    if (worker->page) {
        worker->page->cursor = tend_arena_text(&worker->page->arena, cursor);
        worker->page->has_cursor = has != 0;
        worker->page->more = more != 0;
        worker->page->wait = wait > 0 ? wait : 0;
    }
    *sent = how;
    if (code == TEND_OK && text.len == 0)
        return TEND_OK;
    tend_error_set(err, (tend_status)code, "%.*s", TEND_FMT(text));
    if (cure.len > 0)
        tend_error_cure(err, "%.*s", TEND_FMT(cure));
    return (tend_status)code;
}

tend_status tend_worker_page(struct tend_worker *worker, struct tend_text cursor,
                             struct tend_worker_page *page, struct tend_error *err)
{
    struct tend_frame frame;
    tend_status status;
    int64_t sent;

    *page = (struct tend_worker_page){ 0 };
    worker->page = page;
    worker->bytes = 0;
    tend_frame_begin(&worker->out, TEND_FRAME_PAGE);
    tend_frame_put_text(&worker->out, cursor);
    status = converse(worker, TEND_FRAME_END, &frame, err);
    if (status == TEND_OK)
        status = take_end(worker, &frame, &sent, err);
    worker->page = NULL;
    return status;
}

void tend_worker_page_finish(struct tend_worker_page *page)
{
    TEND_ARRAY_FINISH(&page->row);
    tend_arena_finish(&page->arena);
}

tend_status tend_worker_send(struct tend_worker *worker, const struct tend_message *message,
                             int64_t *sent, struct tend_error *err)
{
    struct tend_frame frame;
    tend_status status;

    *sent = TEND_SENT_UNKNOWN;
    tend_error_clear(err);
    tend_frame_begin(&worker->out, TEND_FRAME_SEND);
    tend_frame_put_text(&worker->out, tend_text_of(message->key));
    tend_frame_put_text(&worker->out, tend_text_of(message->to));
    tend_frame_put_text(&worker->out, tend_text_of(message->name));
    tend_frame_put_text(&worker->out, tend_text_of(message->subject));
    tend_frame_put_text(&worker->out, message->text);
    status = converse(worker, TEND_FRAME_END, &frame, err);
    if (status == TEND_OK)
        status = take_end(worker, &frame, sent, err);
    return status;
}
