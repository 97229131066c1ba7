/* lua: the Lua prompt, a script with its arguments, or one expression. */
#include "shell/console.h"
#include "shell/output.h"
#include "shell/pager.h"
#include <errno.h>
#include <unistd.h>

#define MOST (8 * 1024 * 1024)

static tend_status read_all(struct tend_shell *shell, FILE *file, struct tend_buffer *out)
{
    char block[8192];
    size_t n;

    while ((n = fread(block, 1, sizeof block, file)) > 0 && out->len <= MOST)
        tend_buffer_add(out, (struct tend_text){ block, (int64_t)n });
    if (out->len > MOST)
        return tend_error_set(&shell->err, TEND_LIMIT, "a script of more than 8 MB");
    return TEND_OK;
}

static int run_file(struct tend_shell *shell, const char *path, struct tend_words args)
{
    struct tend_text *words = tend_arena_take(&shell->arena, (size_t)(args.n + 1) * sizeof *words);
    bool own = strcmp(path, "-") != 0;
    FILE *file = own ? fopen(path, "r") : stdin;
    struct tend_buffer text = { 0 };
    const char *slash = strrchr(path, '/');
    int exit_status;

    if (file == NULL) {
        tend_error_set(&shell->err, TEND_IO, "the script %s cannot be read: %s", path,
                       strerror(errno));
        tend_error_cure(&shell->err, "lua FILE, or lua --eval LUA for a value");
        return tend_shell_fail(shell);
    }
    for (int64_t i = 0; i < args.n; i++)
        words[i] = args.at[i].text;
    if (read_all(shell, file, &text) != TEND_OK)
        exit_status = tend_shell_fail(shell);
    else
        exit_status = tend_console_script(shell, own ? (slash != NULL ? slash + 1 : path) : "stdin",
                                          tend_buffer_text(&text), words, args.n);
    if (own)
        fclose(file);
    tend_buffer_finish(&text);
    return exit_status;
}

static int run_lua(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text eval = tend_given_text(parsed, "eval", &shell->arena);
    struct tend_words args = tend_given(parsed, "ARG");
    const char *file = tend_given_str(parsed, "FILE", &shell->arena);

    if (file != NULL && strcmp(file, "-e") == 0 && args.n == 1)
        eval = args.at[0].text;
    if (eval.len > 0)
        return tend_console_line(shell, eval, NULL);
    if (file != NULL)
        return run_file(shell, file, args);
    if (!shell->terminal_in && !shell->prompt)
        return run_file(shell, "-", args);
    shell->lua = true;
    if (shell->prompt)
        return TEND_EXIT_OK;
    shell->lua_alone = true;
    tend_pager_end(shell);              /* which would keep the prompt to itself */
    return tend_shell_loop(shell, stdin);
}

static const struct tend_arg args[] = {
    { "FILE", TEND_SLOT_FILE, TEND_OPTIONAL, "a script; - reads it from standard input", NULL },
    { "ARG", TEND_SLOT_FILES, TEND_OPTIONAL, "its arguments: ... and arg", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "eval", TEND_SLOT_WORD, 0, "LUA", "an expression or statements, as behind = at the prompt",
      NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "lua --eval 'person(\"me\").name'", "prints a value" },
    { "lua", "a prompt for Lua; quit or Ctrl-D leaves it" },
    { 0 }
};
static const struct tend_member members[] = {
    { "value", "any", "of --eval: what it gives; an array, if it gives several" },
    { "lines", "[text]", "what was printed" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_lua = {
    .name = "lua", .group = "the house", .summary = "Lua: a prompt, a script, a value",
    .args = args, .flags = flags, .examples = examples,
    .effects = TEND_WRITES | TEND_PLUGINS | TEND_NO_NEW,
    .more = "person \"ann\", people \"stage:prospect\", due(), p.name, p:touches(), p:tasks() read;\n"
            "p:tag \"vip\", p:untag, p:note, p:set(field, value), p:move, p:hold, p:link, p:task { ... }\n"
            "collect what should happen, which is done as one batch when the chunk ends. At the\n"
            "prompt `= expression` does the same for one line.",
    .members = members, .run = run_lua,
};
