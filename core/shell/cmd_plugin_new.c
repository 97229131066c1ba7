/* plugin new: a plugin to begin with, which builds and passes its own tests. */
#include "kit/kit.h"
#include "shell/output.h"
#include "shell/plugin_kit.h"
#include <unistd.h>

const char *tend_shell_examples(struct tend_arena *arena)
{
    char exe[4096], *slash;
    const char *dir;
    ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);

    if (len <= 0)
        return NULL;
    exe[len] = '\0';
    slash = strrchr(exe, '/');
    if (slash == NULL)
        return NULL;
    *slash = '\0';
    dir = tend_arena_printf(arena, "%s/skeletons", exe);    /* where it was built */
    if (access(dir, R_OK) == 0)
        return dir;
    dir = TEND_EXAMPLE_DIR[0] == '/' ? tend_arena_printf(arena, "%s", TEND_EXAMPLE_DIR)
                                     : tend_arena_printf(arena, "%s/%s", exe, TEND_EXAMPLE_DIR);
    return access(dir, R_OK) == 0 ? dir : NULL;
}

static void say_next(struct tend_shell *shell, const struct tend_kit_new *ask)
{
    const char *dir = ask->dir != NULL ? ask->dir : ask->name;

    tend_sayf(shell, "Now:");
    if (strcmp(ask->lang, "c") == 0)
        tend_sayf(shell, "  meson setup %s/build %s && meson compile -C %s/build", dir, dir, dir);
    tend_sayf(shell, "  tend plugin check %s", dir);
    tend_sayf(shell, "  tend plugin test %s", dir);
    tend_sayf(shell, "  tend plugin add %s", dir);
}

static int run_new(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_kit_new ask = {
        .examples = tend_shell_examples(&shell->arena),
        .name = tend_given_str(parsed, "NAME", &shell->arena),
        .kind = tend_given_str(parsed, "kind", &shell->arena),
        .lang = tend_given_str(parsed, "lang", &shell->arena),
        .dir = tend_given_str(parsed, "dir", &shell->arena),
    };
    struct tend_buffer files = { 0 };
    struct tend_text rest, file;
    tend_status status = TEND_OK;

    ask.kind = ask.kind != NULL ? ask.kind : "policy";
    ask.lang = ask.lang != NULL ? ask.lang : "lua";
    if (ask.examples == NULL)
        status = tend_error_set(&shell->err, TEND_NOT_FOUND,
                                "the examples that a plugin begins with are not installed");
    if (status == TEND_OK)
        status = tend_kit_make(&ask, &files, &shell->err);
    rest = tend_buffer_text(&files);
    if (status == TEND_OK && shell->options.json) {
        struct tend_json json = { 0 };

        tend_json_open(&json, NULL, '{');
        tend_json_str(&json, "name", ask.name);
        tend_json_str(&json, "kind", ask.kind);
        tend_json_str(&json, "lang", ask.lang);
        tend_json_open(&json, "files", '[');
        while (tend_text_cut(&rest, "\n", &file))
            tend_json_text(&json, NULL, file);
        tend_json_close(&json, ']');
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
    } else if (status == TEND_OK) {
        while (tend_text_cut(&rest, "\n", &file))
            tend_line_out(shell, "%.*s", TEND_FMT(file));
        say_next(shell, &ask);
    }
    tend_buffer_finish(&files);
    return status == TEND_OK ? TEND_EXIT_OK : tend_shell_fail(shell);
}

static const char *const kinds[] = { "policy", "command", "stage_set", "lead_source", "page",
                                     "normaliser", "matcher", "service", "report", "playbook",
                                     "channel", "store_driver", NULL };
static const char *const languages[] = { "lua", "c", NULL };
static const struct tend_arg args[] = {
    { "NAME", TEND_SLOT_WORD, 0, "what it is called", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "kind", TEND_SLOT_CHOICE, 0, "KIND", "what it is; else policy", kinds },
    { "lang", TEND_SLOT_CHOICE, 0, "LANG", "in which language; else lua", languages },
    { "dir", TEND_SLOT_FILE, 0, "DIR", "the new folder; else NAME", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin new barn --kind lead_source --lang c --dir ~/barn",
      "a reader of files in C, to be made yours" },
    { 0 }
};
static const struct tend_member members[] = {
    { "name", "text", "as it is called" },
    { "kind", "text", "what it is" },
    { "lang", "text", "lua or c" },
    { "files", "[text]", "what was written" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_new = {
    .name = "plugin new", .of = "plugin", .group = "the house",
    .summary = "the beginning of a plugin, which builds and passes its tests",
    .more = "It is one of the examples under another name: small, complete, with tests of its "
            "own. Nothing that is there is overwritten.",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_NO_STORE,
    .members = members, .run = run_new,
};
