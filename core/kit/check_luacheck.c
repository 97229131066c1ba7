/* luacheck, where it is installed, with the names that a plugin finds in its state. */
#include "kit/check.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What host_env leaves in a state; os and io are not among it. */
static const char config[] =
    "std = { read_globals = { '_G', '_VERSION', 'assert', 'collectgarbage', 'error', "
    "'getmetatable', 'ipairs', 'load', 'next', 'pairs', 'pcall', 'print', 'rawequal', 'rawget', "
    "'rawlen', 'rawset', 'require', 'select', 'setmetatable', 'tonumber', 'tostring', 'type', "
    "'xpcall', string = { other_fields = true }, table = { other_fields = true }, "
    "math = { other_fields = true }, utf8 = { other_fields = true }, "
    "coroutine = { other_fields = true }, tend = { other_fields = true } } }\n"
    "max_line_length = false\nunused_args = false\n";

static bool installed(void)
{
    struct tend_text rest = tend_text_of(getenv("PATH")), dir;
    char path[4096];

    while (tend_text_cut(&rest, ":", &dir))
        if (snprintf(path, sizeof path, "%.*s/luacheck", TEND_FMT(dir)) < (int)sizeof path &&
            access(path, X_OK) == 0)
            return true;
    return false;
}

/* For the shell, in quotes of its own. */
static const char *quote(struct tend_arena *arena, const char *text)
{
    struct tend_buffer out = { 0 };
    const char *whole;

    tend_buffer_addc(&out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            tend_buffer_adds(&out, "'\\''");
        else
            tend_buffer_addc(&out, *text);
    }
    tend_buffer_addc(&out, '\'');
    whole = tend_arena_str(arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    return whole;
}

/* "FILE:3:7: (W113) accessing undefined variable foo" */
static void take_line(struct tend_kit_checking *checking, const char *line)
{
    const char *file = checking->source;
    size_t len = strlen(file);
    char *end;
    long number;

    if (strncmp(line, file, len) != 0 || line[len] != ':')
        return;
    number = strtol(line + len + 1, &end, 10);
    if (*end == ':')
        strtol(end + 1, &end, 10);
    tend_kit_finds(checking, file, number, "luacheck: %.300s", *end == ':' ? end + 2 : end);
}

void tend_kit_check_luacheck(struct tend_kit_checking *checking)
{
    char name[] = "/tmp/tend-luacheck-XXXXXX", line[4096];
    const char *command;
    FILE *out;
    int fd;

    if (!installed()) {
        checking->ask->note(checking->ask->data, "luacheck is not installed: what it would find was "
                                                 "not looked for (Debian: apt install lua-check)");
        return;
    }
    fd = mkstemp(name);
    if (fd < 0 || write(fd, config, sizeof config - 1) != (ssize_t)(sizeof config - 1)) {
        checking->ask->note(checking->ask->data, "luacheck was not run: /tmp cannot be written");
        if (fd >= 0)
            close(fd);
        return;
    }
    close(fd);
    command = tend_arena_printf(&checking->arena,
                                "luacheck --no-color --codes --formatter plain --no-cache --ignore 111 112 --config %s %s "
                                "2>/dev/null", name, quote(&checking->arena, checking->source));
    out = popen(command, "r");
    while (out != NULL && fgets(line, sizeof line, out) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        take_line(checking, line);
    }
    if (out != NULL)
        pclose(out);
    unlink(name);
}
