/* backup, restore, check: the care of the database. */
#include "shell/import.h"
#include "shell/output.h"
#include <unistd.h>

static int run_backup(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    const char *path = tend_given_str(parsed, "FILE", &shell->arena);
    struct tend_json json = { 0 };

    if (shell->missing) {
        tend_error_set(&shell->err, TEND_NOT_FOUND, "there is no database to back up");
        return tend_shell_fail(shell);
    }
    if (access(path, F_OK) == 0 && !shell->options.yes) {
        tend_error_set(&shell->err, TEND_EXISTS, "there is a file %s already", path);
        tend_error_cure(&shell->err, "another name, or --yes to replace it");
        return tend_shell_fail(shell);
    }
    if (!shell->options.dry && tend_store_backup(shell->store, path) != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json) {
        tend_json_open(&json, NULL, '{');
        tend_json_bool(&json, "ok", true);
        tend_json_str(&json, "file", path);
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
    } else {
        tend_sayf(shell, "backed up to %s%s", path,
                  shell->options.dry ? " (dry run: nothing was written)" : "");
    }
    return TEND_EXIT_OK;
}

static int run_restore(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    const char *path = tend_given_str(parsed, "FILE", &shell->arena);
    const char *own = tend_arena_printf(&shell->arena, "%s", tend_store_path(shell->store));
    const char *kept = NULL;
    struct tend_json json = { 0 };

    if (!shell->options.dry &&
        tend_store_restore(shell->store, path, &shell->arena, &kept) != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json) {
        tend_json_open(&json, NULL, '{');
        tend_json_bool(&json, "ok", true);
        tend_json_str(&json, "file", path);
        tend_json_str(&json, "kept", kept);
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
    } else {
        tend_sayf(shell, "%s %s as it was in %s%s%s", own,
                  shell->options.dry ? "would be" : "is now", path,
                  shell->options.dry ? " (dry run: nothing was written)"
                  : kept != NULL     ? "; what it was before is in " : "",
                  kept != NULL ? kept : "");
    }
    shell->last = 0;
    return TEND_EXIT_OK;
}

void tend_check_unopened(struct tend_shell *shell)
{
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '{');
    tend_json_bool(&json, "ok", false);
    tend_json_open(&json, "problems", '[');
    tend_json_str(&json, NULL, shell->err.text);
    tend_json_close(&json, ']');
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
}

static int run_check(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_json json = { 0 };
    struct tend_text *problems;
    int64_t n;

    (void)parsed;
    if (tend_store_check(shell->store, &shell->arena, &problems, &n) != TEND_OK ||
        tend_import_waiting(shell) != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json) {
        tend_json_open(&json, NULL, '{');
        tend_json_bool(&json, "ok", n == 0);
        tend_json_open(&json, "problems", '[');
        for (int64_t i = 0; i < n; i++)
            tend_json_text(&json, NULL, problems[i]);
        tend_json_close(&json, ']');
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
    } else if (n == 0) {
        tend_sayf(shell, "all is well");
    } else {
        for (int64_t i = 0; i < n; i++)
            tend_line_out(shell, "%.*s", TEND_FMT(problems[i]));
    }
    return n == 0 ? TEND_EXIT_OK : TEND_EXIT_FAILED;
}

static const struct tend_arg to_args[] = {
    { "FILE", TEND_SLOT_FILE, 0, "where to", NULL },
    { 0 }
};
static const struct tend_example backup_examples[] = {
    { "backup ~/tend-2026-12-07.db", "a whole copy, while in use" },
    { 0 }
};
static const struct tend_member backup_members[] = {
    { "ok", "boolean", NULL },
    { "file", "text", NULL },
    { 0 }
};
const struct tend_command tend_cmd_backup = {
    .name = "backup", .group = "the house", .summary = "a whole copy of the database",
    .args = to_args, .examples = backup_examples, .effects = TEND_WRITES | TEND_NO_NEW,
    .members = backup_members, .run = run_backup,
};

static const struct tend_arg from_args[] = {
    { "FILE", TEND_SLOT_FILE, 0, "a backup", NULL },
    { 0 }
};
static const struct tend_example restore_examples[] = {
    { "restore ~/tend-2026-12-07.db", "go back to a backup; what was there is kept beside it" },
    { 0 }
};
static const struct tend_member restore_members[] = {
    { "ok", "boolean", NULL },
    { "file", "text", NULL },
    { "kept", "text", "where that which was there is now" },
    { 0 }
};
const struct tend_command tend_cmd_restore = {
    .name = "restore", .group = "the house", .summary = "put a backup in place of the database",
    .args = from_args, .examples = restore_examples, .effects = TEND_WRITES,
    .members = restore_members, .run = run_restore,
};

static const struct tend_example check_examples[] = {
    { "check", "is everything as it should be?" },
    { 0 }
};
static const struct tend_member check_members[] = {
    { "ok", "boolean", NULL },
    { "problems", "[text]", NULL },
    { 0 }
};
const struct tend_command tend_cmd_check = {
    .name = "check", .group = "the house", .summary = "look for damage", .examples = check_examples,
    .members = check_members, .run = run_check,
};
