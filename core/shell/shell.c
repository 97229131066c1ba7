/* Runs one command: reads its line, opens what it needs, and says what went
 * wrong in words and in an exit status. */
#include "shell/shell.h"
#include "base/interrupt.h"
#include "shell/ask.h"
#include "shell/console.h"
#include "shell/help.h"
#include "shell/output.h"
#include "shell/plugged.h"
#include "shell/plugin_reload.h"
#include "shell/sigil.h"
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define SCREENFUL 24

void tend_shell_setup(struct tend_shell *shell, FILE *out, FILE *errors)
{
    struct winsize size;
    const char *columns = getenv("COLUMNS"), *seed = getenv("TEND_SEED");
    int64_t number;

    *shell = (struct tend_shell){ .out = out, .errors = errors };
    shell->terminal_in = isatty(STDIN_FILENO) != 0;
    if (fileno(out) >= 0 && isatty(fileno(out)) != 0) {
        shell->width = 80;
        if (columns != NULL && tend_text_int(tend_text_of(columns), &number) && number > 0)
            shell->width = number;
        else if (ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
            shell->width = size.ws_col;
    }
    if (seed != NULL && tend_text_int(tend_text_of(seed), &number))
        tend_clock_seed(&shell->clock, (uint64_t)number);
}

void tend_shell_resized(struct tend_shell *shell)
{
    struct winsize size;

    if (shell->width > 0 && ioctl(fileno(shell->out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        shell->width = size.ws_col;
}

bool tend_shell_colour(const struct tend_shell *shell)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

    return shell->width > 0 && (no == NULL || no[0] == '\0') && term != NULL &&
           term[0] != '\0' && strcmp(term, "dumb") != 0;
}

void tend_shell_finish(struct tend_shell *shell)
{
    tend_shell_close(shell);
    tend_buffer_finish(&shell->held);
    tend_arena_finish(&shell->arena);
    TEND_ARRAY_FINISH(&shell->options.plugin_dir);
}

int tend_exit_of(tend_status status)
{
    switch (status) {
    case TEND_OK:
        return TEND_EXIT_OK;
    case TEND_USAGE:
    case TEND_INVALID:
        return TEND_EXIT_USAGE;
    case TEND_AMBIGUOUS:
    case TEND_EXISTS:
        return TEND_EXIT_AMBIGUOUS;
    case TEND_VETO:
        return TEND_EXIT_VETO;
    case TEND_CANCELLED:
        return TEND_EXIT_INTERRUPTED;
    default:
        return TEND_EXIT_FAILED;
    }
}

/* The caret below an error points at its place: only the first line is broken. */
static void add_words(const struct tend_shell *shell, struct tend_buffer *buf, struct tend_text text)
{
    const char *end = text.len > 0 ? memchr(text.at, '\n', (size_t)text.len) : NULL;
    int64_t first = end != NULL ? end - text.at : text.len;
    struct tend_buffer shown = { 0 };

    tend_buffer_adds(&shown, "tend: ");
    tend_lines_show(&shown, (struct tend_text){ text.at, first });
    tend_line_wrap(buf, tend_buffer_text(&shown), shell->width);
    tend_lines_show(buf, (struct tend_text){ text.at + first, text.len - first });
    tend_buffer_addc(buf, '\n');
    tend_buffer_finish(&shown);
}

int tend_shell_fail(struct tend_shell *shell)
{
    const struct tend_error *err = &shell->err;
    struct tend_buffer buf = { 0 };

    if (err->code != TEND_CANCELLED)    /* then that is why it failed */
        tend_interrupt_check(&shell->err);
    fflush(shell->out);
    add_words(shell, &buf, tend_text_of(err->text));
    for (int32_t i = 0; i < err->n_causes; i++) {
        tend_buffer_adds(&buf, "  because: ");
        tend_lines_show(&buf, tend_text_of(err->cause[i]));
        tend_buffer_addc(&buf, '\n');
    }
    if (err->cure[0] == '\0' && shell->verb != NULL &&
        (err->code == TEND_USAGE || err->code == TEND_INVALID || err->code == TEND_NOT_FOUND))
        tend_buffer_addf(&buf, "  try: help %s\n", shell->verb);
    if (err->cure[0] != '\0') {
        tend_buffer_adds(&buf, "  try: ");
        tend_lines_show(&buf, tend_text_of(err->cure));
        tend_buffer_addc(&buf, '\n');
    }
    fwrite(buf.at, 1, (size_t)buf.len, shell->errors);
    fflush(shell->errors);
    tend_buffer_finish(&buf);
    return tend_exit_of(err->code);
}

void tend_shell_note(struct tend_shell *shell, const char *fmt, ...)
{
    struct tend_buffer text = { 0 }, shown = { 0 };
    va_list args;

    if (shell->options.quiet)
        return;
    va_start(args, fmt);
    tend_buffer_vaddf(&text, fmt, args);
    va_end(args);
    add_words(shell, &shown, tend_buffer_text(&text));
    if (shell->holds) {
        tend_buffer_add(&shell->held, tend_buffer_text(&shown));
    } else {
        fflush(shell->out);
        fwrite(shown.at, 1, (size_t)shown.len, shell->errors);
    }
    tend_buffer_finish(&shown);
    tend_buffer_finish(&text);
}

void tend_shell_say_held(struct tend_shell *shell)
{
    if (shell->held.len == 0)
        return;
    fflush(shell->out);
    fwrite(shell->held.at, 1, (size_t)shell->held.len, shell->errors);
    tend_buffer_reset(&shell->held);
}

tend_status tend_shell_sure(struct tend_shell *shell, int64_t n, const char *what)
{
    const char *question;
    char key;

    if (n <= SCREENFUL || shell->options.yes || shell->options.dry)
        return TEND_OK;
    if (!tend_ask_can(shell))
        return tend_error_set(&shell->err, TEND_USAGE,
                              "this would %s %lld people; say --yes to do it, or --dry-run to see "
                              "what it would do", what, (long long)n);
    question = tend_arena_printf(&shell->arena, "This would %s %lld people. Go on? [y/n]", what,
                                 (long long)n);
    if (tend_ask_key(shell, question, "yn", &key) != TEND_OK || key != 'y')
        return tend_error_set(&shell->err, TEND_CANCELLED, "nothing was done");
    return TEND_OK;
}

/* Options of the start stay; those of the line are of this command alone. */
static void take_options(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_options *own = &shell->options;
    const struct tend_options *given = &parsed->options;

    own->json = given->json || (shell->start.json && !given->csv);
    own->csv = given->csv || (shell->start.csv && !given->json);
    own->yes = given->yes || shell->start.yes;
    own->quiet = given->quiet || shell->start.quiet;
    own->dry = given->dry || shell->start.dry;
    if (shell->prompt)
        return;
    shell->start.json = given->json;
    shell->start.csv = given->csv;
    shell->start.yes = given->yes;
    shell->start.quiet = given->quiet;
    shell->start.dry = given->dry;
    own->db = given->db;
    own->now = given->now;
    own->no_plugins = given->no_plugins;
    own->watch = given->watch;
    own->plugin_dir.n = 0;
    for (int64_t i = 0; i < given->plugin_dir.n; i++)
        TEND_PUSH(&own->plugin_dir, given->plugin_dir.at[i]);
}

/* What is needed to load plugins before the line is understood. */
static void take_early(struct tend_shell *shell, const struct tend_line *line,
                       struct tend_arena *arena)
{
    struct tend_parsed early = { 0 };

    if (shell->prompt)
        return;
    tend_parse_options(line, arena, &early.options);
    take_options(shell, &early);
    tend_parsed_finish(&early);
}

#define ALIASES_DEEP 8          /* one that stands for another */

/* The line with an alias written out, as if that had been typed. */
static tend_status write_out(struct tend_shell *shell, const struct tend_line *line, int64_t verb,
                             const char *meaning, struct tend_arena *arena,
                             struct tend_line *out)
{
    const struct tend_token *at = &line->token.at[verb];
    struct tend_text whole = line->text;
    struct tend_line words;
    struct tend_text text = tend_text_of(tend_arena_printf(
        arena, "%.*s%s%.*s", (int)at->at, whole.at, meaning, (int)(whole.len - at->at - at->len),
        whole.at + at->at + at->len));
    tend_status status = tend_line_split(tend_text_of(meaning), arena, &words, &shell->err);

    *out = (struct tend_line){ .text = text };
    for (int64_t i = 0; i < verb; i++)
        TEND_PUSH(&out->token, line->token.at[i]);
    for (int64_t i = 0; i < words.token.n; i++) {
        words.token.at[i].at += at->at;
        TEND_PUSH(&out->token, words.token.at[i]);
    }
    for (int64_t i = verb + 1; i < line->token.n; i++) {
        struct tend_token token = line->token.at[i];

        token.at += text.len - whole.len;
        TEND_PUSH(&out->token, token);
    }
    tend_line_finish(&words);
    return status;
}

static tend_status parse(struct tend_shell *shell, const struct tend_line *line, int deep,
                         struct tend_arena *arena, struct tend_parsed *parsed)
{
    tend_status status = tend_parse(line, shell->prompt, arena, parsed, &shell->err);
    struct tend_line longer;
    const char *meaning;

    if (status == TEND_USAGE && shell->plugged == NULL &&
        (parsed->command == NULL || (parsed->command->effects & TEND_SECOND_PLUGGED))) {
        tend_parsed_finish(parsed);
        take_early(shell, line, arena);
        tend_error_clear(&shell->err);
        status = tend_plugged_load(shell);
        if (status != TEND_OK)
            return status;
        status = tend_parse(line, shell->prompt, arena, parsed, &shell->err);
    }
    meaning = parsed->options.help ? NULL : tend_plugged_alias(parsed->command);
    if (meaning == NULL)
        return status;
    if (deep == ALIASES_DEEP)
        return tend_error_set(&shell->err, TEND_USAGE,
                              "the alias %s stands for itself in the end; see init.lua",
                              parsed->command->name);
    status = write_out(shell, line, parsed->verb, meaning, arena, &longer);
    tend_parsed_finish(parsed);
    if (status == TEND_OK)
        status = parse(shell, &longer, deep + 1, arena, parsed);
    tend_line_finish(&longer);
    return status;
}

tend_status tend_shell_parse(struct tend_shell *shell, const struct tend_line *line,
                             struct tend_arena *arena, struct tend_parsed *parsed)
{
    return parse(shell, line, 0, arena, parsed);
}

static uint32_t effects_of(const struct tend_parsed *parsed)
{
    uint32_t effects = parsed->command->effects;

    if ((effects & TEND_READS_BARE) && parsed->token.n == 0)
        effects &= ~(uint32_t)(TEND_WRITES | TEND_PLUGINS);
    return effects;
}

int tend_shell_run(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    const struct tend_command *command = parsed->command;
    int exit_status;

    take_options(shell, parsed);
    shell->line = parsed->line;
    shell->verb = command != NULL ? command->name : NULL;
    tend_error_clear(&shell->err);
    if (parsed->options.help && command != NULL)
        return tend_help_command(shell, command);
    if (command == NULL)
        return TEND_EXIT_OK;
    if (shell->options.json && shell->options.csv) {
        tend_error_set(&shell->err, TEND_USAGE, "--json or --csv, not both: leave one of them out");
        return tend_shell_fail(shell);
    }
    shell->writes = (effects_of(parsed) & TEND_WRITES) != 0;
    if (tend_shell_open(shell, effects_of(parsed)) != TEND_OK) {
        exit_status = tend_shell_fail(shell);
        if (command == &tend_cmd_check && shell->options.json)
            tend_check_unopened(shell);
        /* a database that cannot be opened is not a mistyped command */
        return shell->err.code == TEND_INVALID ? TEND_EXIT_FAILED : exit_status;
    }
    shell->desk.dry = shell->options.dry;
    exit_status = command->run(shell, parsed);
    fflush(shell->out);
    if (ferror(shell->out) && exit_status == TEND_EXIT_OK) {
        tend_error_set(&shell->err, TEND_IO, "the output cannot be written%s",
                       (effects_of(parsed) & TEND_WRITES) ? ", though the command was done" : "");
        exit_status = tend_shell_fail(shell);
    }
    return exit_status;
}

/* One command of the line: places are those of the whole, for the carets. */
static tend_status parse_part(struct tend_shell *shell, struct tend_text whole, int64_t from,
                              int64_t to, struct tend_arena *arena, struct tend_parsed *parsed)
{
    struct tend_line line = { 0 };
    tend_status status = tend_line_split((struct tend_text){ whole.at + from, to - from }, arena,
                                         &line, &shell->err);

    line.text = whole;
    for (int64_t i = 0; i < line.token.n; i++)
        line.token.at[i].at += from;
    if (status == TEND_OK)
        status = tend_shell_parse(shell, &line, arena, parsed);
    tend_line_finish(&line);
    return status;
}

static uint64_t generation_of(const struct tend_shell *shell)
{
    return shell->registry != NULL ? tend_registry_generation(shell->registry) : 0;
}

/* A command before it on the line has changed which plugins there are. */
static tend_status parse_again(struct tend_shell *shell, struct tend_text whole, int64_t index,
                               struct tend_arena *arena, struct tend_parsed *parsed)
{
    int64_t from = 0, to;

    if (tend_plugged_stale(shell))
        tend_plugged_finish(shell);
    tend_parsed_finish(parsed);
    *parsed = (struct tend_parsed){ 0 };
    for (;; from = to + 1) {
        to = from + tend_sigil_end((struct tend_text){ whole.at + from, whole.len - from });
        if (index-- == 0)
            return parse_part(shell, whole, from, to, arena, parsed);
    }
}

/* All of the line is understood before any of it is done. */
static int run_line(struct tend_shell *shell, struct tend_text text, struct tend_arena *arena)
{
    TEND_ARRAY(struct tend_parsed) parts = { 0 };
    tend_status status = TEND_OK;
    int exit_status = TEND_EXIT_OK;
    uint64_t generation;

    if (tend_plugged_stale(shell))      /* reloaded since the line before: its names are freed */
        tend_plugged_finish(shell);
    for (int64_t from = 0; status == TEND_OK && from <= text.len;) {
        int64_t to = from + tend_sigil_end((struct tend_text){ text.at + from, text.len - from });
        struct tend_parsed parsed = { 0 };

        status = parse_part(shell, text, from, to, arena, &parsed);
        TEND_PUSH(&parts, parsed);
        from = to + 1;
    }
    if (status != TEND_OK)
        exit_status = tend_shell_fail(shell);
    generation = generation_of(shell);
    for (int64_t i = 0; i < parts.n && exit_status == TEND_EXIT_OK; i++) {
        if (generation_of(shell) != generation &&
            parse_again(shell, text, i, arena, &parts.at[i]) != TEND_OK)
            exit_status = tend_shell_fail(shell);
        else
            exit_status = tend_shell_run(shell, &parts.at[i]);
        if (exit_status != TEND_EXIT_OK && i + 1 < parts.n)
            tend_shell_note(shell, "what stands behind it on the line was not done");
    }
    for (int64_t i = 0; i < parts.n; i++)
        tend_parsed_finish(&parts.at[i]);
    TEND_ARRAY_FINISH(&parts);
    return exit_status;
}

int tend_shell_line(struct tend_shell *shell, struct tend_text text)
{
    struct tend_arena arena = { 0 };
    int exit_status;

    tend_error_clear(&shell->err);
    shell->line = text;
    shell->options.json = shell->start.json;
    shell->options.dry = shell->start.dry;
    if (!tend_sigil_line(shell, text, &exit_status))
        exit_status = run_line(shell, text, &arena);
    tend_arena_finish(&arena);
    tend_arena_reset(&shell->arena);
    tend_console_renew(shell);
    tend_plugin_reload_wanted(shell);
    if (tend_plugged_stale(shell))
        tend_plugged_finish(shell);
    return exit_status;
}
