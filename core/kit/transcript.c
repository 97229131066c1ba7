/* Transcripts: what is typed, and what must come of it.
 *
 *     --now 2026-06-01T09:00:00Z
 *     --http https://api.example.com/people page1.json
 *     tend> add "Ann Lee"
 *     p2 Ann Lee ...
 *     tend> nonsense
 *     ...
 *     [exit 2]
 *
 * `...` stands for any text in a line, and alone for any lines. A command that ends with
 * another status than 0 has a last line that says so. --http is what a service answers
 * at a URL, with its query. Files are beside the transcript. */
#include "kit/private.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct line {
    struct tend_text text;
    int64_t number;
};
struct lines {
    TEND_ARRAY(struct line) list;
};

static void split(struct lines *lines, struct tend_text text)
{
    int64_t number = 1;

    while (text.len > 0) {
        const char *end = memchr(text.at, '\n', (size_t)text.len);
        int64_t len = end != NULL ? end - text.at : text.len;
        struct tend_text line = { text.at, len };

        while (line.len > 0 && (line.at[line.len - 1] == ' ' || line.at[line.len - 1] == '\r'))
            line.len--;
        TEND_PUSH(&lines->list, (struct line){ line, number++ });
        text = (struct tend_text){ text.at + len, text.len - len };
        if (end != NULL)
            text = (struct tend_text){ text.at + 1, text.len - 1 };
    }
}

/* Is it this line, where ... is anything? */
static bool line_fits(struct tend_text want, struct tend_text got)
{
    while (want.len > 0) {
        if (tend_text_starts(want, "...")) {
            want = (struct tend_text){ want.at + 3, want.len - 3 };
            for (int64_t i = 0; i <= got.len; i++)
                if (line_fits(want, (struct tend_text){ got.at + i, got.len - i }))
                    return true;
            return false;
        }
        if (got.len == 0 || want.at[0] != got.at[0])
            return false;
        want = (struct tend_text){ want.at + 1, want.len - 1 };
        got = (struct tend_text){ got.at + 1, got.len - 1 };
    }
    return got.len == 0;
}

static bool fits(const struct line *want, int64_t n, const struct line *got, int64_t m)
{
    for (; n > 0; want++, n--, got++, m--) {
        if (tend_text_is(tend_text_trim(want->text), "...")) {
            for (int64_t i = 0; i <= m; i++)
                if (fits(want + 1, n - 1, got + i, m - i))
                    return true;
            return false;
        }
        if (m == 0 || !line_fits(want->text, got->text))
            return false;
    }
    return m == 0;
}

/* Without the empty lines at either end. */
static void trim(const struct line **at, int64_t *n)
{
    for (; *n > 0 && (*at)->text.len == 0; ++*at, --*n)
        ;
    for (; *n > 0 && (*at)[*n - 1].text.len == 0; --*n)
        ;
}

/* Does a line like this end what was printed? */
static bool is_said(struct tend_text line)
{
    return tend_text_starts(line, "tend>") || tend_text_starts(line, "--now ") ||
           tend_text_starts(line, "--http ");
}

struct session {
    struct tend_kit_run *run;
    void *prompt;
    const char *where;
    struct tend_arena arena;
    int64_t failed;
};

static void say_unlike(struct session *s, const struct line *typed, const struct line *want,
                       int64_t n, const char *got)
{
    struct tend_buffer expected = { 0 };

    for (int64_t i = 0; i < n; i++)
        tend_buffer_addf(&expected, "  %.*s\n", TEND_FMT(want[i].text));
    s->failed++;
    tend_kit_says(s->run, false,
                  tend_arena_printf(&s->arena, "%s:%lld: %.*s", s->where,
                                    (long long)typed->number, TEND_FMT(typed->text)),
                  "expected:\n%sit printed:\n%s", expected.len > 0 ? expected.at : "  (nothing)\n",
                  got);
    tend_buffer_finish(&expected);
}

/* Runs one command and compares what it prints with the n lines behind it. */
static void step(struct session *s, const struct line *typed, const struct line *want, int64_t n)
{
    const struct tend_kit_prompt *prompt = s->run->ask->prompt;
    struct tend_text line = tend_text_trim((struct tend_text){ typed->text.at + 5,
                                                               typed->text.len - 5 });
    struct tend_buffer out = { 0 };
    struct lines got = { 0 };
    const struct line *at;
    int64_t m;
    int status = prompt->line(s->prompt, tend_arena_str(&s->arena, line), &out);

    if (out.len > 0 && out.at[out.len - 1] != '\n')
        tend_buffer_addc(&out, '\n');
    if (status != 0)
        tend_buffer_addf(&out, "[exit %d]\n", status);
    split(&got, tend_buffer_text(&out));
    at = got.list.at;
    m = got.list.n;
    trim(&at, &m);
    trim(&want, &n);
    /* ... does not stand for a failure */
    if (!fits(want, n, at, m) ||
        (status != 0 && (n == 0 || !tend_text_starts(want[n - 1].text, "[exit "))))
        say_unlike(s, typed, want, n, out.len > 0 ? out.at : "  (nothing)\n");
    TEND_ARRAY_FINISH(&got.list);
    tend_buffer_finish(&out);
}

static void stand_in(struct session *s, const struct line *line)
{
    struct tend_text rest = { line->text.at + 7, line->text.len - 7 }, url, file;

    if (tend_text_word(&rest, &url) && tend_text_word(&rest, &file) &&
        access(tend_arena_str(&s->arena, file), R_OK) == 0)
        s->run->ask->prompt->http(s->prompt, &(struct tend_fixture){
            .url = tend_arena_str(&s->arena, url), .file = tend_arena_str(&s->arena, file) });
    else
        say_unlike(s, line, NULL, 0, "a URL and a file in tests/ were expected\n");
}

static void play(struct session *s, const struct lines *lines)
{
    const struct tend_kit_prompt *prompt = s->run->ask->prompt;

    for (int64_t i = 0; i < lines->list.n;) {
        const struct line *line = &lines->list.at[i++];
        int64_t from = i;

        if (tend_text_starts(line->text, "--now ")) {
            const char *now = tend_arena_str(&s->arena, tend_text_trim((struct tend_text){
                line->text.at + 6, line->text.len - 6 }));

            if (!prompt->now(s->prompt, now))
                say_unlike(s, line, NULL, 0, "a time such as 2026-06-01T09:00:00Z was expected\n");
        } else if (tend_text_starts(line->text, "--http ")) {
            stand_in(s, line);
        } else if (is_said(line->text)) {
            while (i < lines->list.n && !is_said(lines->list.at[i].text))
                i++;
            step(s, line, &lines->list.at[from], i - from);
        } else if (line->text.len > 0 && line->text.at[0] != '#') {
            say_unlike(s, line, NULL, 0, "a line that begins with \"tend> \", \"--now \", \"--http \" "
                                         "or # was expected\n");
            return;
        }
    }
}

void tend_kit_transcript(struct tend_kit_run *run, const char *where, struct tend_text text)
{
    const struct tend_kit_prompt *prompt = run->ask->prompt;
    struct session s = { .run = run, .where = where };
    struct lines lines = { 0 };

    split(&lines, text);
    s.prompt = prompt->open(prompt->data, run->place.file);
    if (s.prompt == NULL) {
        tend_kit_says(run, false, where, "there is no database to run it in");
    } else {
        play(&s, &lines);
        prompt->close(s.prompt);
        if (s.failed == 0)
            tend_kit_says(run, true, tend_arena_printf(&s.arena, "transcript %s", where), "%s", "");
    }
    TEND_ARRAY_FINISH(&lines.list);
    tend_arena_finish(&s.arena);
}

void tend_kit_test_transcripts(struct tend_kit_run *run)
{
    const char **names;
    int64_t n = run->place.tests != NULL
                    ? tend_kit_file_names(run->place.tests, &run->arena, &names) : 0;

    int here = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (run->ask->prompt == NULL || n == 0 || here < 0 || chdir(run->place.tests) != 0)
        n = 0;
    for (int64_t i = 0; i < n; i++) {
        struct tend_buffer text = { 0 };
        struct tend_error err = { 0 };
        size_t len = strlen(names[i]);
        const char *path = tend_arena_printf(&run->arena, "%s/%s", run->place.tests, names[i]);

        if (len < 4 || strcmp(names[i] + len - 4, ".txt") != 0)
            continue;
        if (tend_kit_file_read(path, &text, &err) != TEND_OK)
            tend_kit_says(run, false, names[i], "%s", err.text);
        else
            tend_kit_transcript(run, tend_arena_printf(&run->arena, "tests/%s", names[i]),
                                tend_buffer_text(&text));
        tend_buffer_finish(&text);
    }
    if (here >= 0) {
        if (fchdir(here) != 0)
            tend_kit_says(run, false, "back in the folder of before", "%s", strerror(errno));
        close(here);
    }
}
