/* plugin check: what can be said of a plugin without running what it does. */
#include "kit/check.h"
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

void tend_kit_finds(struct tend_kit_checking *checking, const char *file, int64_t line,
                    const char *fmt, ...)
{
    struct tend_kit_finding finding = { .file = file, .line = line };
    va_list args;

    va_start(args, fmt);
    finding.text = tend_arena_vprintf(&checking->arena, fmt, args);
    va_end(args);
    checking->findings++;
    checking->ask->finding(checking->ask->data, &finding);
}

int64_t tend_kit_line_of(const struct tend_kit_checking *checking, const char *word)
{
    struct tend_text text = tend_buffer_text(&checking->text);
    int64_t line = 1, len = (int64_t)strlen(word);

    for (int64_t i = 0; i + len <= text.len; i++) {
        line += text.at[i] == '\n';
        if (memcmp(text.at + i, word, (size_t)len) == 0)
            return line;
    }
    return 1;
}

/* Beside the plugin, or above the folder that it was built in. */
static void find_source(struct tend_kit_checking *checking)
{
    const struct tend_kit_place *place = &checking->place;
    struct tend_error err = { 0 };

    checking->source = place->lua ? place->file
                                  : tend_arena_printf(&checking->arena, "%s/%s.c", place->folder,
                                                      place->name);
    if (tend_kit_file_read(checking->source, &checking->text, &err) != TEND_OK)
        checking->source = place->file;
}

static void check_folder(struct tend_kit_checking *checking)
{
    const struct tend_kit_place *place = &checking->place;
    const char *readme = tend_arena_printf(&checking->arena, "%s/README.md", place->folder);
    const char **names;
    int64_t n = place->tests != NULL
                    ? tend_kit_file_names(place->tests, &checking->arena, &names) : 0;

    if (access(readme, R_OK) != 0)
        tend_kit_finds(checking, readme, 0, "it is not there: say in a few lines what the plugin "
                                            "does and how it is added");
    if (n == 0)
        tend_kit_finds(checking, tend_arena_printf(&checking->arena, "%s/tests", place->folder), 0,
                       "there are no tests: a transcript is a file tests/NAME.txt with lines that "
                       "begin with tend> and what each prints");
}

tend_status tend_kit_check(const struct tend_kit_check_ask *ask, int64_t *findings,
                           struct tend_error *err)
{
    struct tend_kit_checking checking = { .ask = ask };
    struct tend_kit_ask none = { .path = ask->path };
    struct tend_kit_run run = { .ask = &none };
    tend_status status = tend_kit_find(ask->path, NULL, &checking.arena, &checking.place, err);

    *findings = 0;
    if (status == TEND_OK) {
        run.place = checking.place;
        find_source(&checking);
        if (tend_kit_world_open(&checking.world, &run, true, false) != TEND_OK) {
            tend_kit_finds(&checking, checking.source, 1, "it does not load: %s",
                           checking.world.err.text);
        } else {
            tend_kit_check_manifest(&checking);
            tend_kit_check_documents(&checking);
        }
        tend_kit_world_close(&checking.world);
        check_folder(&checking);
        if (checking.place.lua) {
            tend_kit_check_globals(&checking);
            tend_kit_check_luacheck(&checking);
        }
    }
    *findings = checking.findings;
    tend_buffer_finish(&checking.text);
    tend_arena_finish(&checking.arena);
    return status;
}
