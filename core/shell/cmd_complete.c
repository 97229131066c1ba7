/* __complete: candidates for the shells of the operating system, one a line: the
 * word, a tab, what it is. Hidden: only completion files call it. */
#include "shell/complete.h"
#include "shell/output.h"

/* --db and the like among the words say which database is meant. */
static void take_start_options(struct tend_shell *shell, struct tend_words words)
{
    for (int64_t i = 0; i + 1 < words.n; i++) {
        struct tend_text word = words.at[i].text, value = words.at[i + 1].text;
        const char *eq = word.len > 0 ? memchr(word.at, '=', (size_t)word.len) : NULL;

        if (eq != NULL) {
            value = (struct tend_text){ eq + 1, word.at + word.len - eq - 1 };
            word.len = eq - word.at;
        }
        if (tend_text_is(word, "--db"))
            shell->options.db = tend_arena_str(&shell->arena, value);
        else if (tend_text_is(word, "--now"))
            shell->options.now = tend_arena_str(&shell->arena, value);
        else if (tend_text_is(word, "--plugin-dir"))
            TEND_PUSH(&shell->options.plugin_dir, tend_arena_str(&shell->arena, value));
        else if (tend_text_is(word, "--no-plugins"))
            shell->options.no_plugins = true;
    }
}

static int run_complete(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words words = tend_given(parsed, "WORD");
    struct tend_text line = tend_given_text(parsed, "line", &shell->arena);
    char **list = tend_arena_take(&shell->arena, (size_t)(words.n + 1) * sizeof *list);
    struct tend_completion found;
    struct tend_buffer buf = { 0 };

    take_start_options(shell, words);
    for (int64_t i = 0; i < words.n; i++)
        list[i] = tend_arena_str(&shell->arena, words.at[i].text);
    if (tend_given_is(parsed, "line"))
        tend_complete(shell, line, line.len, &shell->arena, &found);
    else
        tend_complete_words(shell, (int)words.n, list, &shell->arena, &found);
    for (int64_t i = 0; i < found.n; i++) {
        tend_text_show(&buf, found.at[i].word);
        tend_buffer_addc(&buf, '\t');
        tend_text_show(&buf, found.at[i].about);
        tend_buffer_addc(&buf, '\n');
    }
    fwrite(buf.len > 0 ? buf.at : "", 1, (size_t)buf.len, shell->out);
    tend_buffer_finish(&buf);
    return TEND_EXIT_OK;
}

static const struct tend_arg args[] = {
    { "WORD", TEND_SLOT_FILES, TEND_OPTIONAL, "the words so far, behind --; the last is completed",
      NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "line", TEND_SLOT_WORD, 0, "LINE", "the line up to the cursor, instead of words", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "__complete -- log an", "who can stand behind log" },
    { "__complete --line 'log \"an'", "the same, in quotes that are still open" },
    { 0 }
};
const struct tend_command tend_cmd_complete = {
    .name = "__complete", .group = "the house", .summary = "candidates, for other shells",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_NO_STORE | TEND_HIDDEN, .run = run_complete,
};
