/* The prompt of a transcript: a shell of its own in a database in memory, on a clock that
 * stands still. */
#include "base/date.h"
#include "base/memory.h"
#include "kit/kit.h"
#include "plugin/world.h"
#include "shell/plugin_kit.h"
#include <stdio.h>
#include <stdlib.h>

#define NOW "2026-06-01T09:00:00Z"
#define SETTINGS "config zone=UTC name=\"Mira Berg\" region=AT"

struct session {
    struct tend_shell shell;
    FILE *out;
    char *text;
    size_t size;
    TEND_ARRAY(struct tend_fixture) fixture;
    struct tend_arena arena;
};

static int typed(struct session *s, const char *line, struct tend_buffer *out)
{
    int status;

    rewind(s->out);
    s->shell.options.yes = s->shell.options.quiet = false;
    status = tend_shell_line(&s->shell, tend_text_of(line));
    fflush(s->out);
    if (out != NULL)
        tend_buffer_add(out, (struct tend_text){ s->text, ftell(s->out) });
    return status;
}

static void close_session(void *session)
{
    struct session *s = session;

    tend_shell_finish(&s->shell);
    fclose(s->out);
    free(s->text);
    TEND_ARRAY_FINISH(&s->fixture);
    tend_arena_finish(&s->arena);
    tend_free(s);
}

static bool set_now(void *session, const char *now)
{
    struct session *s = session;
    int64_t instant;
    bool local;

    if (!tend_instant_parse(tend_text_of(now), &instant, &local))
        return false;
    tend_clock_freeze(&s->shell.clock, instant);
    return true;
}

static const struct tend_fixture nothing;

static void set_http(void *session, const struct tend_fixture *fixture)
{
    struct session *s = session;
    struct tend_fixture copy;
    char *path = NULL;

    if (fixture == NULL) {
        s->fixture.n = 0;
    } else {
        copy = *fixture;
        copy.url = tend_arena_str(&s->arena, tend_text_of(fixture->url));
        copy.body = tend_arena_text(&s->arena, fixture->body);
        if (fixture->file != NULL)
            path = realpath(fixture->file, NULL);       /* the worker is somewhere else */
        if (fixture->file != NULL)
            copy.file = tend_arena_str(&s->arena, tend_text_of(path != NULL ? path : fixture->file));
        free(path);
        TEND_PUSH(&s->fixture, copy);
    }
    if (s->shell.registry != NULL)
        tend_registry_set_fixtures(s->shell.registry, s->fixture.n > 0 ? s->fixture.at : &nothing,
                                   s->fixture.n);
}

static void *open_session(void *data, const char *plugin)
{
    struct session *s = tend_alloc(sizeof *s);

    (void)data;
    s->out = open_memstream(&s->text, &s->size);
    tend_shell_setup(&s->shell, s->out, s->out);
    s->shell.terminal_in = false;
    s->shell.prompt = true;
    s->shell.width = 0;
    s->shell.options.db = ":memory:";
    s->shell.options.now = NOW;
    s->shell.only = plugin;
    tend_clock_seed(&s->shell.clock, 7);
    /* the world is shut out from the first line on */
    if (tend_shell_registry(&s->shell, false) == TEND_OK)
        tend_registry_set_fixtures(s->shell.registry, &nothing, 0);
    if (typed(s, SETTINGS, NULL) != 0) {
        close_session(s);
        return NULL;
    }
    return s;
}

static int run_line(void *session, const char *line, struct tend_buffer *out)
{
    return typed(session, line, out);
}

const struct tend_kit_prompt tend_plugin_prompt = {
    .open = open_session, .line = run_line, .now = set_now, .http = set_http, .close = close_session,
};
