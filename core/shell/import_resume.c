/* Imports that were interrupted: what waits, how one goes on, how it is let go. The first
 * block of a staging file holds what was asked, as a line of the prompt. */
#include "desk/staging.h"
#include "shell/import.h"
#include "shell/output.h"
#include "shell/write.h"
#include <unistd.h>

#define MERGED "import.merged"  /* the mark of the import that was merged last */

struct asked {                  /* the texts of a first block */
    struct tend_text mark, folder, at, files, line;
};

static void put(struct tend_buffer *buf, struct tend_text text)
{
    tend_buffer_add(buf, text);
    tend_buffer_addc(buf, '\0');
}

static bool take(struct tend_text *rest, struct tend_text *text)
{
    const char *end = rest->len > 0 ? memchr(rest->at, '\0', (size_t)rest->len) : NULL;

    if (end == NULL)
        return false;
    *text = (struct tend_text){ rest->at, end - rest->at };
    *rest = (struct tend_text){ end + 1, rest->len - text->len - 1 };
    return true;
}

static bool read_asked(struct tend_text first, struct asked *asked)
{
    return take(&first, &asked->mark) && take(&first, &asked->folder) &&
           take(&first, &asked->at) && take(&first, &asked->files) && take(&first, &asked->line);
}

/* --- as a line of the prompt ------------------------------------------------ */

static void put_flag(struct tend_buffer *buf, const struct tend_flag *flag,
                     const struct tend_words *words)
{
    for (int64_t i = 0; i < words->n; i++) {
        tend_buffer_addf(buf, " --%s", flag->name);
        if (flag->slot == TEND_SLOT_NONE)
            continue;
        tend_buffer_addc(buf, ' ');
        tend_line_quote(buf, words->at[i].text);
    }
}

static void put_files(struct tend_buffer *buf, const struct tend_words *words)
{
    for (int64_t i = 0; i < words->n; i++) {
        struct tend_text file = words->at[i].text;

        tend_buffer_adds(buf, i > 0 ? " " : "");
        if (file.len > 1 && file.at[0] == '-')
            tend_buffer_adds(buf, "./");
        tend_line_quote(buf, file);
    }
}

static void put_line(struct tend_buffer *buf, const struct tend_parsed *parsed)
{
    const struct tend_flag *flags = parsed->command->flags;
    struct tend_words files = tend_given(parsed, "FILE");

    tend_buffer_adds(buf, "import");
    for (int64_t i = 0; flags[i].name != NULL; i++)
        put_flag(buf, &flags[i], &parsed->flag[i]);
    tend_buffer_addc(buf, ' ');
    put_files(buf, &files);
}

static void put_now(struct tend_shell *shell, struct tend_buffer *buf)
{
    struct tend_civil at = tend_zone_civil(tend_store_zone(shell->store), tend_shell_now(shell));

    tend_buffer_addf(buf, "%02d:%02d", (int)at.hour, (int)at.minute);
}

tend_status tend_import_stage(struct tend_shell *shell, const struct tend_parsed *parsed,
                              struct tend_staging **staging)
{
    struct tend_words files = tend_given(parsed, "FILE");
    struct tend_buffer first = { 0 };
    char uid[27], folder[4096];
    tend_status status;

    *staging = NULL;
    for (int64_t i = 0; i < files.n; i++) {
        if (shell->prompt && tend_text_is(files.at[i].text, "-"))
            return TEND_OK;     /* typed there: it cannot be read again */
    }
    if (shell->options.dry || getcwd(folder, sizeof folder) == NULL)
        return TEND_OK;
    status = tend_write_me(shell);
    if (status != TEND_OK)
        return status;
    tend_clock_uid(&shell->clock, uid);
    put(&first, tend_text_of(uid));
    put(&first, tend_text_of(folder));
    put_now(shell, &first);
    tend_buffer_addc(&first, '\0');
    put_files(&first, &files);
    tend_buffer_addc(&first, '\0');
    put_line(&first, parsed);
    tend_buffer_addc(&first, '\0');
    status = tend_staging_create(staging, tend_store_path(shell->store), tend_buffer_text(&first),
                                 &shell->err);
    tend_buffer_finish(&first);
    return status;
}

tend_status tend_import_merged(struct tend_shell *shell, struct tend_staging *staging)
{
    struct tend_text first;
    struct asked asked;
    tend_status status;

    if (staging == NULL || shell->options.dry)
        return TEND_OK;
    status = tend_staging_text(staging, 0, &first);
    if (status != TEND_OK || !read_asked(first, &asked))
        return status;
    return tend_meta_set(shell->store, MERGED, asked.mark);
}

/* --- what waits --------------------------------------------------------------- */

/* Those that wait. One that was merged, and whose end came before it could be taken away,
 * is taken away now (*done counts it), and so is one that came to nothing. */
static tend_status list(struct tend_shell *shell, struct tend_staging_left **left, int64_t *n,
                        int64_t *done)
{
    struct tend_text merged = { "", 0 };
    int64_t all = 0, kept = 0;
    tend_status status =
        tend_staging_list(tend_store_path(shell->store), &shell->arena, left, &all);

    *done = 0;

    if (status == TEND_OK && all > 0)
        status = tend_meta_get(shell->store, MERGED, &shell->arena, &merged);
    for (int64_t i = 0; status == TEND_OK && i < all; i++) {
        struct asked asked;
        bool whole = read_asked((*left)[i].first, &asked);

        if (whole && !tend_text_eq(asked.mark, merged)) {
            (*left)[kept++] = (*left)[i];
            continue;
        }
        *done += whole;
        if (!shell->options.dry)
            unlink((*left)[i].path);
    }
    *n = kept;
    return status;
}

tend_status tend_import_waiting(struct tend_shell *shell)
{
    struct tend_staging_left *left;
    int64_t n, done;
    tend_status status = list(shell, &left, &n, &done);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct asked asked;

        read_asked(left[i].first, &asked);
        tend_shell_note(shell, "the import of %.*s, begun at %.*s, was interrupted and waits: "
                        "tend import --resume, or --discard", TEND_FMT(asked.files),
                        TEND_FMT(asked.at));
    }
    return status;
}

/* Is it the one that was named, if one was? */
static bool is_meant(const struct asked *asked, const struct tend_words *files)
{
    return files->n == 0 || tend_text_eq(asked->files, files->at[0].text) ||
           tend_text_has_word(asked->files, files->at[0].text);
}

int tend_import_discard(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words files = tend_given(parsed, "FILE");
    struct tend_staging_left *left;
    int64_t n, done, gone = 0;
    tend_status status = list(shell, &left, &n, &done);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct asked asked;

        if (!read_asked(left[i].first, &asked) || !is_meant(&asked, &files))
            continue;
        if (!shell->options.dry)
            unlink(left[i].path);
        gone++;
    }
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (gone == 0)
        tend_sayf(shell, "no import waits");
    else
        tend_sayf(shell, "%lld interrupted import%s let go; nothing of %s was in the database",
                  (long long)gone, gone == 1 ? "" : "s", gone == 1 ? "it" : "them");
    return TEND_EXIT_OK;
}

/* --- and goes on -------------------------------------------------------------- */

/* It was killed when all was done but taking the file away. */
static int was_done(struct tend_shell *shell)
{
    struct tend_json json = { 0 };

    if (shell->options.json) {
        tend_json_open(&json, NULL, '{');
        tend_json_id(&json, "import", 0);
        tend_json_id(&json, "batch", 0);
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
        tend_buffer_finish(&json.buf);
    } else {
        tend_sayf(shell, "that import had come to its end: all of it is in the database");
    }
    return TEND_EXIT_OK;
}

static tend_status none_waits(struct tend_shell *shell)
{
    tend_error_set(&shell->err, TEND_NOT_FOUND, "no import waits that could go on");
    tend_error_cure(&shell->err, "tend import FILE");
    return TEND_NOT_FOUND;
}

static tend_status parse_asked(struct tend_shell *shell, const struct asked *asked,
                               struct tend_parsed *parsed)
{
    struct tend_line line = { 0 };
    struct tend_text text = tend_arena_text(&shell->arena, asked->line);
    tend_status status = tend_line_split(text, &shell->arena, &line, &shell->err);

    if (status == TEND_OK)
        status = tend_parse(&line, true, &shell->arena, parsed, &shell->err);
    tend_line_finish(&line);
    return status;
}

int tend_import_resume(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words files = tend_given(parsed, "FILE");
    struct tend_import_files ask = { .parsed = parsed };
    struct tend_staging_left *left;
    struct tend_parsed again = { 0 };
    struct asked asked = { .mark = { "", 0 } };
    int64_t n, done, at = 0;
    int exit_status;
    tend_status status = list(shell, &left, &n, &done);

    while (at < n && (!read_asked(left[at].first, &asked) || !is_meant(&asked, &files)))
        at++;
    if (status == TEND_OK && at == n && done > 0)
        return was_done(shell);
    if (status == TEND_OK && at == n)
        status = none_waits(shell);
    if (status == TEND_OK)
        status = tend_staging_open(&ask.staging, left[at].path, &shell->err);
    if (status == TEND_OK) {
        ask.folder = tend_arena_str(&shell->arena, asked.folder);
        status = parse_asked(shell, &asked, &again);
    }
    ask.parsed = &again;
    if (status == TEND_OK) {
        exit_status = tend_import_run(shell, &ask);
    } else {
        tend_staging_close(ask.staging, true);
        exit_status = tend_shell_fail(shell);
    }
    tend_parsed_finish(&again);
    return exit_status;
}

tend_status tend_import_kept(struct tend_shell *shell, const struct tend_staging *staging)
{
    int64_t blocks = 0;

    for (int64_t i = 0; i < staging->block.n; i++)
        blocks += staging->block.at[i].kind == 'R';
    tend_error_set(&shell->err, TEND_CANCELLED, "interrupted: nothing is in the database yet; what "
                   "was read (%s%lld rows) is kept, and goes on with --resume; --discard lets it go",
                   blocks > 0 ? "about " : "", (long long)blocks * 256);
    tend_error_cure(&shell->err, "tend import --resume");
    return TEND_CANCELLED;
}
