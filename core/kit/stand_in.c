/* What stands in for a service in the suites: what the author's own transcripts say that it
 * answers (--http URL FILE), and answers that no service should give. */
#include "kit/stand_in.h"
#include <string.h>

static bool take_line(struct tend_text *rest, struct tend_text *line)
{
    const char *end = rest->len > 0 ? memchr(rest->at, '\n', (size_t)rest->len) : NULL;
    int64_t len = end != NULL ? end - rest->at : rest->len;

    if (rest->len == 0)
        return false;
    *line = tend_text_trim((struct tend_text){ rest->at, len });
    len += end != NULL;
    *rest = (struct tend_text){ rest->at + len, rest->len - len };
    return true;
}

static void take_fixture(struct tend_kit_run *run, struct tend_text rest,
                         struct tend_kit_stand_in *out)
{
    struct tend_text url, file;

    if (out->n < TEND_KIT_STAND_INS && tend_text_word(&rest, &url) && tend_text_word(&rest, &file))
        out->fixture[out->n++] = (struct tend_fixture){
            .url = tend_arena_str(&run->arena, url),
            .file = tend_arena_printf(&run->arena, "%s/%.*s", run->place.tests, TEND_FMT(file)) };
}

/* The line, without an option that is the shell's. */
static bool read_one(struct tend_kit_run *run, struct tend_text text, const char *command,
                     struct tend_kit_stand_in *out)
{
    struct tend_text line;

    *out = (struct tend_kit_stand_in){ 0 };
    while (take_line(&text, &line)) {
        if (tend_text_starts(line, "--http "))
            take_fixture(run, (struct tend_text){ line.at + 7, line.len - 7 }, out);
        if (!tend_text_starts(line, "tend> ") || out->line != NULL)
            continue;
        line = tend_text_trim((struct tend_text){ line.at + 6, line.len - 6 });
        if (tend_text_starts(line, command))
            out->line = tend_arena_str(&run->arena, line);
    }
    return out->n > 0 && out->line != NULL;
}

bool tend_kit_stand_in(struct tend_kit_run *run, const char *command,
                       struct tend_kit_stand_in *out)
{
    const char **names;
    int64_t n = run->place.tests != NULL
                    ? tend_kit_file_names(run->place.tests, &run->arena, &names) : 0;
    bool found = false;

    *out = (struct tend_kit_stand_in){ 0 };
    for (int64_t i = 0; i < n && !found; i++) {
        size_t len = strlen(names[i]);
        struct tend_buffer text = { 0 };
        struct tend_error err = { 0 };

        if (len > 4 && strcmp(names[i] + len - 4, ".txt") == 0 &&
            tend_kit_file_read(tend_arena_printf(&run->arena, "%s/%s", run->place.tests, names[i]),
                               &text, &err) == TEND_OK)
            found = read_one(run, tend_buffer_text(&text), command, out);
        tend_buffer_finish(&text);
    }
    return found;
}

void tend_kit_stand_in_use(struct tend_kit_run *run, void *prompt,
                           const struct tend_fixture *first, const struct tend_kit_stand_in *good)
{
    run->ask->prompt->http(prompt, NULL);
    if (first != NULL)
        run->ask->prompt->http(prompt, first);
    for (int64_t i = 0; good != NULL && i < good->n; i++)
        run->ask->prompt->http(prompt, &good->fixture[i]);
}
