/* Covers ctx->http, ctx->secret, ctx->file and the cursor of a page: a good and a bad call of
 * each function, made by `page` as a worker calls it. Who is asked for rights is a process
 * of the test's, which grants one host and one secret; the network is a fixture. */
#include "api.h"
#include "base/clock.h"
#include "plugin/world.h"
#include "worker/serve.h"
#include <sys/wait.h>
#include <unistd.h>

static void (*inside)(struct tend_ctx *ctx, struct tend_input *in);

static tend_status page(struct tend_ctx *ctx, struct tend_input *in, struct tend_text cursor)
{
    assert_int_equal(cursor.len, 0);
    inside(ctx, in);
    return TEND_OK;
}

static const struct tend_lead_source source = {
    .size = sizeof source, .name = "apipages", .title = "for the tests", .page = page,
};

/* Answers what a worker asks, until its pipe ends. */
static void grant(int in, int out)
{
    struct tend_frames frames = { .fd = in };
    struct tend_buffer buf = { 0 };
    struct tend_frame frame;
    struct tend_error err;

    while (tend_frames_next(&frames, 0, &frame, &err) > 0 && frame.kind == TEND_FRAME_ASK) {
        int64_t right = tend_frame_int(&frame), secret = tend_frame_int(&frame);
        struct tend_text what;
        bool may;

        (void)tend_frame_int(&frame);
        what = tend_frame_text(&frame);
        may = (right == TEND_RIGHT_NET && tend_text_is(what, "api.example.com")) ||
              (right == TEND_RIGHT_SECRETS && tend_text_is(what, "token"));
        tend_frame_begin(&buf, TEND_FRAME_ANSWER);
        tend_frame_put_int(&buf, may ? TEND_OK : TEND_DENIED);
        tend_frame_put_text(&buf, may ? TEND_TEXT("") : TEND_TEXT("it has not the right"));
        tend_frame_put_text(&buf, TEND_TEXT(""));
        tend_frame_put_text(&buf, may && secret ? TEND_TEXT("hush") : TEND_TEXT(""));
        if (tend_frame_send(out, &buf, &err) != TEND_OK)
            break;
    }
    _exit(0);
}

static struct tend_fixture fixture = {
    .url = "https://api.example.com/people?after=c1", .headers = "x-left: 7\n",
    .type = "text/plain",
};

/* Calls fn in a page; what became of the page itself is in what the caller looks at. */
static void in_page(struct world *w, void (*fn)(struct tend_ctx *ctx, struct tend_input *in))
{
    int ask[2], answer[2];
    pid_t child;

    assert_int_equal(pipe(ask), 0);
    assert_int_equal(pipe(answer), 0);
    child = fork();
    if (child == 0) {
        close(ask[1]);
        close(answer[0]);
        grant(ask[0], answer[1]);
    }
    assert_true(child > 0);
    close(ask[0]);
    close(answer[1]);
    fixture.body = TEND_TEXT("1;Ann Lee");
    tend_serve = (struct tend_serve){
        .out = ask[1], .in.fd = answer[0], .fixture = &fixture, .n_fixtures = 1,
        .fixtures_only = true, .ends = tend_clock_ticks() + INT64_C(60000000),
        .registry = w->registry,
    };
    inside = fn;
    world_one(w, "apipages", "lead_source", &source);
    tend_registry_source(w->registry, &tend_serve_source);
    tend_registry_world(w->registry, &tend_serve_http, &tend_serve_secrets);
    tend_registry_may(w->registry, tend_serve_may);
    tend_serve_rows_begin();
    tend_call_page(w->registry, world_find(w, "lead_source", "apipages"), NULL, tend_serve_input(),
                   TEND_TEXT(""), 0);
    close(ask[1]);
    close(answer[0]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    tend_frames_finish(&tend_serve.in);
    tend_buffer_finish(&tend_serve.frame);
}

/* --- http --------------------------------------------------------------- */

static tend_status send(struct tend_ctx *ctx, const char *url, struct tend_http_response *answer)
{
    static const char *const query[] = { "after", "c1", NULL };
    const struct tend_http_request request = {
        .size = sizeof request, .url = url, .query = query, .bearer = "token",
    };

    *answer = (struct tend_http_response){ .size = sizeof *answer };
    return ctx->http->send(ctx, &request, answer);
}

static void send_good(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_http_response answer;

    (void)in;
    assert_int_equal(send(ctx, "https://api.example.com/people", &answer), TEND_OK);
    assert_int_equal(answer.status, 200);
    assert_text(answer.type, "text/plain");
    assert_text(answer.body, "1;Ann Lee");
}
void good_http_send(struct world *w)
{
    in_page(w, send_good);
}
static void send_bad(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_http_response answer;

    (void)in;
    assert_int_equal(send(ctx, "https://evil.example.com/people", &answer), TEND_DENIED);
    assert_int_equal(answer.status, 0);
    assert_int_equal(send(ctx, "ftp://api.example.com/people", &answer), TEND_INVALID);
    assert_int_equal(ctx->http->send(ctx, NULL, &answer), TEND_INVALID);
    answer.size = 1;
    assert_int_equal(ctx->http->send(ctx, &(struct tend_http_request){ .size = 1 }, &answer),
                     TEND_INVALID);
}
void bad_http_send(struct world *w)
{
    in_page(w, send_bad);
}

static void header_good(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_http_response answer;

    (void)in;
    assert_int_equal(send(ctx, "https://api.example.com/people", &answer), TEND_OK);
    assert_text(ctx->http->header(ctx, "X-Left"), "7");
}
void good_http_header(struct world *w)
{
    in_page(w, header_good);
}
static void header_bad(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_http_response answer;

    (void)in;
    assert_int_equal(send(ctx, "https://api.example.com/people", &answer), TEND_OK);
    assert_text(ctx->http->header(ctx, "no-such"), "");
    assert_text(ctx->http->header(ctx, ""), "");
    assert_text(ctx->http->header(ctx, NULL), "");
}
void bad_http_header(struct world *w)
{
    in_page(w, header_bad);
}

/* --- secret ------------------------------------------------------------- */

static void secret_good(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text value;

    (void)in;
    tend_serve.fixtures_only = false;   /* which has a secret of its own */
    assert_int_equal(ctx->secret->get(ctx, "token", &value), TEND_OK);
    assert_text(value, "hush");
}
void good_secret_get(struct world *w)
{
    in_page(w, secret_good);
}
static void secret_bad(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text value;

    (void)in;
    assert_int_equal(ctx->secret->get(ctx, "of-another", &value), TEND_DENIED);
    assert_text(value, "");
    assert_int_equal(ctx->secret->get(ctx, NULL, &value), TEND_INVALID);
    assert_int_equal(ctx->secret->get(ctx, "token", NULL), TEND_INVALID);
}
void bad_secret_get(struct world *w)
{
    in_page(w, secret_bad);
}

/* --- file --------------------------------------------------------------- */

static void read_good(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text text;

    (void)in;
    assert_int_equal(ctx->file->read(ctx, "words.txt", &text), TEND_OK);
    assert_text(text, "yes\nlater\n");
}
void good_file_read(struct world *w)
{
    world_file(w, "words.txt", "yes\nlater\n");
    in_page(w, read_good);
}
static void read_bad(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text text;

    (void)in;
    assert_int_equal(ctx->file->read(ctx, "/etc/passwd", &text), TEND_DENIED);
    assert_text(text, "");
    assert_int_equal(ctx->file->read(ctx, "no-such.txt", &text), TEND_NOT_FOUND);
    assert_int_equal(ctx->file->read(ctx, "", &text), TEND_INVALID);
    assert_int_equal(ctx->file->read(ctx, "words.txt", NULL), TEND_INVALID);
}
void bad_file_read(struct world *w)
{
    in_page(w, read_bad);
}

static void list_good(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text names;

    (void)in;
    assert_int_equal(ctx->file->list(ctx, ".", &names), TEND_OK);
    assert_non_null(memmem(names.at, (size_t)names.len, "y.txt\nz.txt\n", 12));
}
void good_file_list(struct world *w)
{
    world_file(w, "z.txt", "");
    world_file(w, "y.txt", "");
    in_page(w, list_good);
}
static void list_bad(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text names;

    (void)in;
    assert_int_equal(ctx->file->list(ctx, "/etc", &names), TEND_DENIED);
    assert_text(names, "");
    assert_int_equal(ctx->file->list(ctx, "no-such", &names), TEND_NOT_FOUND);
    assert_int_equal(ctx->file->list(ctx, ".", NULL), TEND_INVALID);
}
void bad_file_list(struct world *w)
{
    in_page(w, list_bad);
}

/* --- the cursor of a page ----------------------------------------------- */

static tend_status cursor_of(struct tend_text *cursor, bool *has, bool *more)
{
    struct tend_error err = { 0 };

    return tend_serve_rows_end(cursor, has, more, &err);
}

static void cursor_good(struct tend_ctx *ctx, struct tend_input *in)
{
    ctx->source->cursor(in, TEND_TEXT("c1"), 0);
    ctx->source->cursor(in, TEND_TEXT("c2"), 1);        /* the last one holds */
}
void good_source_cursor(struct world *w)
{
    struct tend_text cursor;
    bool has, more;

    in_page(w, cursor_good);
    assert_int_equal(cursor_of(&cursor, &has, &more), TEND_OK);
    assert_true(has && more);
    assert_text(cursor, "c2");
    tend_serve_rows_finish();
}
static void cursor_bad(struct tend_ctx *ctx, struct tend_input *in)
{
    ctx->source->cursor(in, (struct tend_text){ NULL, 3 }, 1);
}
void bad_source_cursor(struct world *w)
{
    struct tend_text cursor;
    bool has, more;

    in_page(w, cursor_bad);
    assert_int_equal(cursor_of(&cursor, &has, &more), TEND_INVALID);
    tend_serve_rows_finish();
}
