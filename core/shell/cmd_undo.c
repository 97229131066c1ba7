/* undo, redo, history: every command can be taken back. */
#include "shell/ask.h"
#include "shell/ref.h"
#include "shell/undo_words.h"
#include "shell/view.h"
#include "shell/write.h"

#define SCREENFUL 24

static void json_batch(struct tend_shell *shell, struct tend_json *json,
                       const struct tend_batch *batch)
{
    tend_json_id(json, "batch", batch->id);
    tend_json_text(json, "command", batch->command);
    tend_json_id(json, "actor", batch->actor);
    tend_json_time(json, "at", batch->at, tend_store_zone(shell->store));
    tend_json_int(json, "changes", batch->changes);
    tend_json_id(json, "undoes", batch->undoes);
    tend_json_id(json, "undone_by", batch->undone_by);
}

/* What later work had changed and was kept, one line each. */
static void say_conflicts(struct tend_shell *shell, const struct tend_undo *undo)
{
    for (int64_t i = 0; i < undo->n_listed; i++) {
        const struct tend_conflict *conflict = &undo->conflict[i];
        const char *row = tend_undo_row(shell, conflict->table, conflict->id);

        if (conflict->rev != 0)
            tend_shell_note(shell, "left as it is: %s%s%s, which b%lld changed later", row,
                            conflict->column != NULL ? ": " : "",
                            conflict->column != NULL ? conflict->column : "",
                            (long long)conflict->rev);
        else
            tend_shell_note(shell, "left as it is: %s, which later work needs", row);
    }
    if (undo->n_conflicts > undo->n_listed)
        tend_shell_note(shell, "and %lld more", (long long)(undo->n_conflicts - undo->n_listed));
}

static void json_conflicts(struct tend_json *json, const struct tend_undo *undo)
{
    tend_json_open(json, "conflicts", '[');
    for (int64_t i = 0; i < undo->n_listed; i++) {
        const struct tend_conflict *conflict = &undo->conflict[i];

        tend_json_open(json, NULL, '{');
        tend_json_str(json, "table", tend_catalogue[conflict->table].name);
        tend_json_id(json, "id", conflict->id);
        tend_json_str(json, "column", conflict->column);
        tend_json_id(json, "changed_by", conflict->rev);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
}

/* Nothing of it could go back: it stays as it was, to be undone another time. */
static int print_stuck(struct tend_shell *shell, const struct tend_undo *undo)
{
    struct tend_json json = { 0 };

    say_conflicts(shell, undo);
    tend_error_set(&shell->err, TEND_VETO, "nothing of b%lld can be taken back: undo what came "
                   "later first", (long long)undo->undone);
    if (undo->conflict[0].rev != 0)
        tend_error_cure(&shell->err, "undo b%lld", (long long)undo->conflict[0].rev);
    tend_shell_fail(shell);
    if (shell->options.json) {
        tend_json_open(&json, NULL, '{');
        json_batch(shell, &json, &undo->batch);
        tend_json_id(&json, "undone", 0);
        tend_json_id(&json, "stuck", undo->undone);
        json_conflicts(&json, undo);
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
    }
    return TEND_EXIT_PART;
}

static int print_undo(struct tend_shell *shell, const struct tend_undo *undo, bool redo,
                      const char *command)
{
    struct tend_json json = { 0 };

    if (undo->batch.id == 0)
        return print_stuck(shell, undo);
    say_conflicts(shell, undo);
    if (shell->options.json) {
        tend_json_open(&json, NULL, '{');
        json_batch(shell, &json, &undo->batch);
        tend_json_id(&json, redo ? "redone" : "undone", undo->undone);
        json_conflicts(&json, undo);
        if (shell->options.dry)
            tend_json_bool(&json, "dry_run", true);
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
    } else {
        if (redo)
            command = tend_undo_command(shell, undo->undone);
        tend_sayf(shell, "%s b%lld: %s.%s", redo ? "Did again what was undone by" : "Took back",
                  (long long)undo->undone, tend_undo_words(shell, command, undo),
                  shell->options.dry ? " (dry run: nothing was written)"
                  : redo             ? " (undo takes it back)"
                                     : " (redo does it again)");
    }
    return undo->n_conflicts > 0 ? TEND_EXIT_PART : TEND_EXIT_OK;
}

/* More than a screenful of one kind of rows is a mistake that nobody sees. */
static tend_status sure(struct tend_shell *shell, tend_id batch)
{
    int64_t *counts = tend_arena_take(&shell->arena, TEND_TABLES * sizeof *counts);
    int64_t most = 0;
    const char *what;
    char key;
    tend_status status;

    if (batch == 0)
        batch = tend_undo_last(shell);
    if (batch == 0)             /* which is said by who looks for it */
        return TEND_OK;
    status = tend_store_batch_changes(shell->store, batch, counts);
    for (int32_t t = 0; status == TEND_OK && t < TEND_TABLES; t++)
        most = counts[t] > most ? counts[t] : most;
    if (status != TEND_OK || most <= SCREENFUL || shell->options.yes || shell->options.dry)
        return status;
    what = tend_undo_counts(shell, batch);
    if (!tend_ask_can(shell)) {
        tend_error_set(&shell->err, TEND_USAGE, "this would take back b%lld, %s; say --yes to do "
                       "it, or --dry-run to see what it would do", (long long)batch, what);
        tend_error_cure(&shell->err, "undo b%lld --yes", (long long)batch);
        return TEND_USAGE;
    }
    what = tend_arena_printf(&shell->arena, "This would take back b%lld, %s. Go on? [y/n]",
                             (long long)batch, what);
    if (tend_ask_key(shell, what, "yn", &key) != TEND_OK || key != 'y')
        return tend_error_set(&shell->err, TEND_CANCELLED, "nothing was done");
    return TEND_OK;
}

static int run_undo(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_undo *undo = tend_arena_take(&shell->arena, sizeof *undo);
    const char *command = NULL;
    tend_id batch = 0;
    tend_status status = TEND_OK;

    if (tend_given_is(parsed, "BATCH"))
        status = tend_ref_batch(shell, tend_given_text(parsed, "BATCH", &shell->arena), &batch);
    if (status == TEND_OK)
        status = sure(shell, batch);
    if (status == TEND_OK && !shell->options.json)
        command = tend_undo_command(shell, batch);
    if (status == TEND_OK)
        status = tend_store_undo(shell->store, batch, tend_store_me(shell->store),
                                 shell->options.dry, &shell->arena, undo);
    return status == TEND_OK ? print_undo(shell, undo, false, command) : tend_shell_fail(shell);
}

static int run_redo(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_undo *undo = tend_arena_take(&shell->arena, sizeof *undo);

    (void)parsed;
    if (tend_store_redo(shell->store, tend_store_me(shell->store), shell->options.dry,
                        &shell->arena, undo) != TEND_OK)
        return tend_shell_fail(shell);
    return print_undo(shell, undo, true, NULL);
}

static const struct tend_sheet_column columns[] = {
    { "ref", 0 }, { "at", 0 }, { "command", TEND_COLUMN_SHRINKS }, { "rows", TEND_COLUMN_RIGHT },
    { "undone", 0 },
};

static void history_row(struct tend_shell *shell, struct tend_sheet *sheet,
                        const struct tend_batch *batch)
{
    struct tend_buffer buf = { 0 };

    if (tend_view_plain(shell)) {
        struct tend_civil civil = tend_zone_civil(tend_store_zone(shell->store), batch->at);

        tend_view_stamp(&buf, tend_zone_day(tend_store_zone(shell->store), batch->at),
                        civil.hour * TEND_HOUR + civil.minute * TEND_MINUTE);
    } else {
        tend_view_instant(shell, &buf, batch->at);
    }
    tend_sheet_add(sheet, tend_text_of(tend_arena_printf(&shell->arena, "b%lld",
                                                         (long long)batch->id)));
    tend_sheet_add(sheet, tend_arena_text(&shell->arena, tend_buffer_text(&buf)));
    tend_sheet_add(sheet, batch->command);
    tend_sheet_add(sheet, tend_text_of(tend_arena_printf(&shell->arena, "%lld",
                                                         (long long)batch->changes)));
    tend_sheet_add(sheet, batch->undone_by == 0
                              ? (struct tend_text){ 0 }
                              : tend_text_of(tend_arena_printf(&shell->arena, "by b%lld",
                                                               (long long)batch->undone_by)));
    tend_buffer_finish(&buf);
}

static int run_history(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };
    struct tend_json json = { 0 };
    struct tend_batch *batches;
    int64_t n, most = 20;

    if (tend_given_is(parsed, "most")) {
        tend_text_int(tend_given(parsed, "most").at[0].text, &most);
        if (most < 1) {
            tend_point_at(&shell->err, TEND_USAGE, shell->line, tend_given(parsed, "most").at,
                          "--most takes a number from 1 on");
            return tend_shell_fail(shell);
        }
    }
    if (tend_store_history(shell->store, 0, most, &shell->arena, &batches, &n) != TEND_OK)
        return tend_shell_fail(shell);
    if (!shell->options.json) {
        for (int64_t i = 0; i < n; i++)
            history_row(shell, &sheet, &batches[i]);
        tend_sheet_print(shell, &sheet);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < n; i++) {
        tend_json_open(&json, NULL, '{');
        json_batch(shell, &json, &batches[i]);
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_print(shell, &json);
    return TEND_EXIT_OK;
}

static const struct tend_arg undo_args[] = {
    { "BATCH", TEND_SLOT_BATCH, TEND_OPTIONAL, "b9; without it my last command", NULL },
    { 0 }
};
static const struct tend_example undo_examples[] = {
    { "undo", "my last command, with all that came of it" },
    { "undo b21", "an earlier one; what later work changed is kept, and named" },
    { 0 }
};
static const struct tend_member undo_members[] = {
    { "...", "batch", NULL },
    { "undone", "integer", "the batch that was taken back" },
    { "conflicts", "[object]", "what later work had changed, and was kept" },
    { 0 }
};
const struct tend_command tend_cmd_undo = {
    .name = "undo", .group = "looking back", .summary = "take a command back", .args = undo_args,
    .examples = undo_examples, .effects = TEND_WRITES | TEND_NO_NEW,
    .members = undo_members, .run = run_undo,
};

static const struct tend_example redo_examples[] = {
    { "redo", "do again what the last undo took back" },
    { 0 }
};
static const struct tend_member redo_members[] = {
    { "...", "batch", NULL },
    { "redone", "integer", "the batch that was taken back" },
    { "conflicts", "[object]", "what later work had changed, and was kept" },
    { 0 }
};
const struct tend_command tend_cmd_redo = {
    .name = "redo", .group = "looking back", .summary = "take an undo back",
    .examples = redo_examples, .effects = TEND_WRITES | TEND_NO_NEW,
    .members = redo_members, .run = run_redo,
};

static const struct tend_flag history_flags[] = {
    { "most", TEND_SLOT_NUMBER, 0, "N", "how many; 20 if not said", NULL },
    { 0 }
};
static const struct tend_example history_examples[] = {
    { "history", "the last commands, newest first" },
    { 0 }
};
static const struct tend_member history_members[] = {
    { "...", "batch", NULL },
    { 0 }
};
const struct tend_command tend_cmd_history = {
    .name = "history", .group = "looking back", .summary = "what was done, newest first",
    .flags = history_flags, .examples = history_examples,
    .document = TEND_LIST, .members = history_members, .run = run_history,
};
