/* Covers struct tend_host where api.c does not: host->log without a listener,
 * and that no level of it can make a terminal do anything. */
#include "world.h"
#include <unistd.h>

static const char *say;
static int32_t level;

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    ctx->host->log(ctx, level, "%s", say);
    return TEND_OK;
}

static const struct tend_policy policy = { sizeof policy, "p", "touch.logged", run };

/* What stands on stderr after one call. */
static void said(struct world *w, int32_t at, const char *text, char out[256])
{
    const struct tend_event_data data = { .event = { .name = "touch.logged", .person = 5 } };
    FILE *file = tmpfile();
    int before = dup(2);
    ssize_t n;

    assert_non_null(file);
    say = text;
    level = at;
    fflush(stderr);
    dup2(fileno(file), 2);
    tend_call_policy(w->registry, world_find(w, "policy", "p"), &data, &w->arena, &w->effects);
    fflush(stderr);
    dup2(before, 2);
    close(before);
    n = pread(fileno(file), out, 255, 0);
    out[n > 0 ? n : 0] = '\0';
    fclose(file);
}

static void test_stderr(void **state)
{
    char out[256];
    struct world w;

    (void)state;
    world_open(&w);
    world_one(&w, "ant", "policy", &policy);
    tend_registry_log(w.registry, NULL, NULL);
    said(&w, 2, "careful", out);
    assert_string_equal(out, "plugin ant: careful\n");
    said(&w, 1, "", out);
    assert_string_equal(out, "plugin ant: \n");
    said(&w, 0, "only for its author", out);
    assert_string_equal(out, "");
    said(&w, 2, "\x1b[2J", out);
    assert_string_equal(out, "plugin ant: \\x1b[2J\n");
    world_close(&w);
}

static int64_t lines;

static tend_status flood(struct tend_ctx *ctx, const struct tend_event *event)
{
    char text[700];

    (void)event;
    memset(text, 'x', sizeof text);
    memcpy(text + 499, "\xC3\xA9", 2);    /* stands across the limit */
    text[sizeof text - 1] = '\0';
    for (int64_t i = 0; i < lines; i++)
        ctx->host->log(ctx, 1, "%s", text);
    return TEND_OK;
}

static const struct tend_policy flooding = { sizeof flooding, "f", "touch.logged", flood };

/* Lines are cut, and only the first of a call are printed. */
static void test_flood(void **state)
{
    const struct tend_event_data data = { .event = { .name = "touch.logged", .person = 5 } };
    const struct tend_provider *p;
    struct tend_text rest, line;
    int64_t n = 0;
    struct world w;

    (void)state;
    world_open(&w);
    world_one(&w, "bee", "policy", &flooding);
    p = world_find(&w, "policy", "f");
    lines = TEND_LOG_MOST;
    tend_call_policy(w.registry, p, &data, &w.arena, &w.effects);
    rest = tend_buffer_text(&w.log);
    while (tend_text_cut(&rest, "\n", &line) && line.len > 0) {
        assert_int_equal(line.len, strlen("1 bee: ") + 499 + strlen("..."));
        assert_true(tend_text_valid(line));
        n++;
    }
    assert_int_equal(n, 20);
    tend_buffer_reset(&w.log);
    lines = 100000;
    tend_call_policy(w.registry, p, &data, &w.arena, &w.effects);
    assert_true(w.log.len < 21 * 520);
    assert_holds(w.log.at, "\n1 bee: 99980 more\n");
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_stderr),
                                         cmocka_unit_test(test_flood) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
