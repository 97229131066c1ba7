/* plugin secret: passwords and tokens of a plugin, which are shown to nobody. */
#include "plugin/rights.h"
#include "plugin/secret.h"
#include "shell/output.h"
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* One line, its end gone; on a terminal it is not shown while it is typed. */
static tend_status read_secret(struct tend_shell *shell, const char *plugin, struct tend_text name,
                               struct tend_text *value)
{
    char line[TEND_SECRET_MOST + 2];
    struct termios was, hidden;
    bool terminal = shell->terminal_in && tcgetattr(STDIN_FILENO, &was) == 0;
    FILE *in = shell->in != NULL ? shell->in : stdin;
    const char *got;

    if (terminal) {
        hidden = was;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
        fprintf(stderr, "%.*s of %s (it is not shown): ", TEND_FMT(name), plugin);
        fflush(stderr);
    }
    got = fgets(line, sizeof line, in);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &was);
        fputc('\n', stderr);
    }
    if (got == NULL)
        line[0] = '\0';
    line[strcspn(line, "\r\n")] = '\0';
    *value = tend_arena_text(&shell->arena, tend_text_of(line));
    explicit_bzero(line, sizeof line);
    if (value->len == 0)
        return tend_error_set(&shell->err, TEND_USAGE, "no secret was given: type it, or pipe in one "
                              "line");
    return TEND_OK;
}

static int list_names(struct tend_shell *shell, const char *plugin)
{
    struct tend_json json = { 0 };
    const char **names;

    if (tend_secret_names(plugin, &shell->arena, &names, &shell->err) != TEND_OK)
        return tend_shell_fail(shell);
    tend_json_open(&json, NULL, '{');
    tend_json_str(&json, "plugin", plugin);
    tend_json_open(&json, "secrets", '[');
    for (int64_t i = 0; names[i] != NULL; i++) {
        tend_json_str(&json, NULL, names[i]);
        if (!shell->options.json)
            tend_line_out(shell, "%s", names[i]);
    }
    tend_json_close(&json, ']');
    tend_json_close(&json, '}');
    if (shell->options.json) {
        tend_json_print(shell, &json);
        return TEND_EXIT_OK;
    }
    tend_buffer_finish(&json.buf);
    if (names[0] == NULL)
        tend_shell_note(shell, "no secret of plugin %s is set", plugin);
    return TEND_EXIT_OK;
}

static bool is_plugin(struct tend_shell *shell, const struct tend_parsed *parsed,
                      const char *plugin)
{
    struct tend_instance_info info;

    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++) {
        if (info.manifest.name != NULL && strcmp(info.manifest.name, plugin) == 0)
            return true;
    }
    tend_point_at(&shell->err, TEND_USAGE, shell->line, tend_given(parsed, "PLUGIN").at,
                  "no plugin is called \"%s\"", plugin);
    tend_error_cure(&shell->err, "plugin list");
    return false;
}

static int run_secret(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    const char *plugin = tend_given_str(parsed, "PLUGIN", &shell->arena);
    struct tend_text name = tend_given_text(parsed, "NAME", &shell->arena), value;
    struct tend_json json = { 0 };
    bool away = tend_given_is(parsed, "remove");
    tend_status status;

    if (tend_shell_registry(shell, true) != TEND_OK || (!away && !is_plugin(shell, parsed, plugin)))
        return tend_shell_fail(shell);
    if (name.len == 0 && !away)
        return list_names(shell, plugin);
    if (away) {
        status = name.len > 0 ? tend_secret_remove(plugin, name, &shell->err)
                              : tend_error_set(&shell->err, TEND_USAGE, "--remove takes the NAME of "
                                               "the secret");
    } else {
        status = read_secret(shell, plugin, name, &value);
        if (status == TEND_OK)
            status = tend_secret_write(plugin, name, value, &shell->err);
    }
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (!shell->options.json) {
        tend_sayf(shell, "The secret \"%.*s\" of %s is %s.", TEND_FMT(name), plugin,
                  away ? "removed" : "kept");
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_str(&json, "plugin", plugin);
    tend_json_text(&json, "secret", name);
    tend_json_bool(&json, "set", !away);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    return TEND_EXIT_OK;
}

static const struct tend_arg args[] = {
    { "PLUGIN", TEND_SLOT_PLUGIN, 0, "whose secret", NULL },
    { "NAME", TEND_SLOT_WORD, TEND_OPTIONAL, "token; without it the names that are set", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "remove", TEND_SLOT_NONE, 0, NULL, "forget it", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin secret feed token", "asks for it, and keeps it outside of the database" },
    { "plugin secret feed", "which are set, by name" },
    { 0 }
};
static const struct tend_member members[] = {
    { "plugin", "text", NULL },
    { "secret", "text", "the name" },
    { "set", "boolean", NULL },
    { "secrets", "[text]", "the names that are set" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_secret = {
    .name = "plugin secret", .of = "plugin", .group = "the house",
    .summary = "passwords and tokens of a plugin",
    .more = "A secret is read from the terminal without being shown, or as one line of a pipe, and\n"
            "kept in a file that only you can read; never in the database.",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_NO_STORE,
    .members = members, .run = run_secret,
};
