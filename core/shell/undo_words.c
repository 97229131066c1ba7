/* What was taken back, in words: the command, whom it was about, and what that
 * had made of them. */
#include "shell/undo_words.h"
#include "shell/ref.h"
#include "store/ops_person.h"

/* What a row of a table is called; tables of rows that nobody asked for are not. */
static const struct {
    enum tend_table table;
    char letter;                /* of its typed id; '\0' none */
    const char *one, *many;
} nouns[] = {
    { TEND_T_person, 'p', "person", "people" },
    { TEND_T_touch, 'c', "touch", "touches" },
    { TEND_T_stage_change, '\0', "stage change", "stage changes" },
    { TEND_T_hold, '\0', "hold", "holds" },
    { TEND_T_task, 't', "task", "tasks" },
    { TEND_T_note, '\0', "note", "notes" },
    { TEND_T_contact_point, '\0', "contact point", "contact points" },
    { TEND_T_tag, '\0', "tag", "tags" },
    { TEND_T_role, '\0', "role", "roles" },
    { TEND_T_attribute, '\0', "attribute", "attributes" },
    { TEND_T_link, '\0', "link", "links" },
    { TEND_T_dnc, '\0', "do-not-contact mark", "do-not-contact marks" },
    { TEND_T_import, '\0', "import", "imports" },
};
#define N_NOUNS (sizeof nouns / sizeof *nouns)

tend_id tend_undo_last(struct tend_shell *shell)
{
    struct tend_batch *batches;
    int64_t n;

    if (tend_store_history(shell->store, 0, 100, &shell->arena, &batches, &n) != TEND_OK)
        return 0;
    for (int64_t i = 0; i < n; i++) {
        if (batches[i].kind == TEND_BATCH_COMMAND && batches[i].undone_by == 0 &&
            batches[i].actor == tend_store_me(shell->store))
            return batches[i].id;
    }
    return 0;
}

/* "log p12 Susi Mayr" */
static void add_command(struct tend_shell *shell, struct tend_buffer *buf, struct tend_text command)
{
    struct tend_text word;
    bool first = true;

    while (tend_text_word(&command, &word)) {
        enum tend_ref_kind kind;
        tend_id id;

        tend_buffer_addf(buf, "%s%.*s", first ? "" : " ", TEND_FMT(word));
        first = false;
        if (tend_ref_typed(word, &kind, &id) && kind == TEND_REF_PERSON)
            tend_buffer_addf(buf, " %.*s",
                             TEND_FMT(tend_person_name(shell->store, id, &shell->arena)));
    }
}

/* ": 1 touch, 1 task" */
static void add_counts(struct tend_shell *shell, struct tend_buffer *buf, tend_id batch)
{
    int64_t *counts = tend_arena_take(&shell->arena, TEND_TABLES * sizeof *counts);
    const char *before = ": ";

    if (tend_store_batch_changes(shell->store, batch, counts) != TEND_OK)
        return;
    for (size_t i = 0; i < N_NOUNS; i++) {
        int64_t n = counts[nouns[i].table];

        if (n == 0)
            continue;
        tend_buffer_addf(buf, "%s%lld %s", before, (long long)n, n == 1 ? nouns[i].one
                                                                        : nouns[i].many);
        before = ", ";
    }
}

const char *tend_undo_counts(struct tend_shell *shell, tend_id batch)
{
    struct tend_buffer buf = { 0 };
    const char *words;

    add_counts(shell, &buf, batch);
    words = buf.len > 2 ? tend_arena_str(&shell->arena, tend_text_of(buf.at + 2)) : "much";
    tend_buffer_finish(&buf);
    return words;
}

const char *tend_undo_command(struct tend_shell *shell, tend_id batch)
{
    struct tend_batch *found;
    struct tend_buffer buf = { 0 };
    const char *words = NULL;
    int64_t n;

    if (batch == 0)
        batch = tend_undo_last(shell);
    if (batch != 0 &&
        tend_store_history(shell->store, batch + 1, 1, &shell->arena, &found, &n) == TEND_OK &&
        n == 1 && found->id == batch) {
        add_command(shell, &buf, found->command);
        words = tend_arena_str(&shell->arena, tend_buffer_text(&buf));
    }
    tend_buffer_finish(&buf);
    return words;
}

const char *tend_undo_words(struct tend_shell *shell, const char *command,
                            const struct tend_undo *undo)
{
    bool kept = undo->n_conflicts > 0;
    struct tend_buffer buf = { 0 };
    const char *words;

    if (command != NULL)
        tend_buffer_adds(&buf, command);
    /* the batch of a dry run is gone, and with it what it left */
    if (command == NULL || (kept && shell->options.dry))
        tend_buffer_addf(&buf, "%s%lld %s", command != NULL ? ": " : "", (long long)undo->changes,
                         undo->changes == 1 ? "row" : "rows");
    else
        add_counts(shell, &buf, kept ? undo->batch.id : undo->undone);
    words = tend_arena_str(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return words;
}

const char *tend_undo_row(struct tend_shell *shell, enum tend_table table, tend_id id)
{
    for (size_t i = 0; i < N_NOUNS; i++) {
        if (nouns[i].table != table)
            continue;
        if (nouns[i].letter == 'p')
            return tend_arena_printf(&shell->arena, "p%lld %.*s", (long long)id,
                                     TEND_FMT(tend_person_name(shell->store, id, &shell->arena)));
        if (nouns[i].letter != '\0')
            return tend_arena_printf(&shell->arena, "%s %c%lld", nouns[i].one, nouns[i].letter,
                                     (long long)id);
        return tend_arena_printf(&shell->arena, "%s %lld", nouns[i].one, (long long)id);
    }
    return tend_arena_printf(&shell->arena, "%s %lld", tend_catalogue[table].name, (long long)id);
}
