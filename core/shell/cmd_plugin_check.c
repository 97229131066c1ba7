/* plugin check: what is wrong with a plugin before anybody adds it, by file and line. */
#include "kit/kit.h"
#include "shell/output.h"
#include "shell/plugged.h"
#include "shell/plugin_kit.h"

struct telling {
    struct tend_shell *shell;
    struct tend_json json;
};

static void found(void *data, const struct tend_kit_finding *finding)
{
    struct telling *telling = data;

    if (telling->shell->options.json) {
        tend_json_open(&telling->json, NULL, '{');
        tend_json_str(&telling->json, "file", finding->file);
        tend_json_int(&telling->json, "line", finding->line);
        tend_json_str(&telling->json, "text", finding->text);
        tend_json_close(&telling->json, '}');
    } else if (finding->line > 0) {
        tend_line_out(telling->shell, "%s:%lld: %s", finding->file, (long long)finding->line,
                      finding->text);
    } else {
        tend_line_out(telling->shell, "%s: %s", finding->file, finding->text);
    }
}

static void noted(void *data, const char *text)
{
    struct telling *telling = data;

    tend_shell_note(telling->shell, "%s", text);
}

static bool is_core(const char *name)
{
    const struct tend_command *command = tend_command_find(tend_text_of(name));

    return command != NULL && tend_plugged_of(command) == NULL;
}

static int run_check(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct telling telling = { .shell = shell };
    const char *path = tend_given_str(parsed, "PATH", &shell->arena);
    struct tend_kit_check_ask ask = {
        .path = path != NULL ? path : ".", .command_taken = is_core, .finding = found,
        .note = noted, .data = &telling,
    };
    tend_status status;
    int64_t n;

    tend_json_open(&telling.json, NULL, '[');
    status = tend_kit_check(&ask, &n, &shell->err);
    tend_json_close(&telling.json, ']');
    if (status != TEND_OK) {
        tend_buffer_finish(&telling.json.buf);
        return tend_shell_fail(shell);
    }
    if (shell->options.json) {
        tend_json_print(shell, &telling.json);
    } else {
        tend_buffer_finish(&telling.json.buf);
        if (n == 0)
            tend_sayf(shell, "Nothing is wrong with it.");
        else
            tend_sayf(shell, "%lld finding%s", (long long)n, n == 1 ? "" : "s");
    }
    return n > 0 ? TEND_EXIT_FAILED : TEND_EXIT_OK;
}

static const struct tend_arg args[] = {
    { "PATH", TEND_SLOT_FILE, TEND_OPTIONAL, "the plugin, or its folder; else this one", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin check ~/thanks", "what is missing before it is shared" },
    { 0 }
};
static const struct tend_member members[] = {
    { "file", "text", "where" },
    { "line", "integer", "from 1; 0: the file as a whole" },
    { "text", "text", "what is wrong, and what to do" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_check = {
    .name = "plugin check", .of = "plugin", .group = "the house",
    .summary = "what is missing or odd in a plugin, by file and line",
    .more = "Its names and manifest, the words of its commands, options and exports, events that "
            "never come, globals, what luacheck finds where that is installed, and whether there "
            "are a README.md and tests. Exit 1 when there is a finding.",
    .args = args, .examples = examples, .effects = TEND_NO_STORE,
    .document = TEND_LIST, .members = members, .run = run_check,
};
