/* References to several at once: ann,bob, --where FILTER, t5,t6; and whom `.`
 * means, which outlives the process in one small file of ids. */
#include "shell/ref.h"
#include "store/filter.h"
#include "store/ops_person.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_once(struct tend_shell *shell, struct tend_ids *ids, tend_id id)
{
    tend_id *grown;

    for (int64_t i = 0; i < ids->n; i++) {
        if (ids->at[i] == id)
            return;
    }
    grown = tend_arena_take(&shell->arena, (size_t)(ids->n + 1) * sizeof *grown);
    if (ids->n > 0)
        memcpy(grown, ids->at, (size_t)ids->n * sizeof *grown);
    grown[ids->n++] = id;
    ids->at = grown;
}

static tend_status by_filter(struct tend_shell *shell, struct tend_words words,
                             struct tend_ids *ids)
{
    struct tend_filter *filter;
    tend_status status = tend_ref_filter(shell, words, &filter);

    if (status == TEND_OK)
        status = tend_filter_list(shell->store, filter, -1, &shell->arena, &ids->at, &ids->n);
    if (status == TEND_OK && ids->n == 0)
        return tend_error_set(&shell->err, TEND_NOT_FOUND, "nobody matches %.*s",
                              TEND_FMT(words.at[0].text));
    ids->several = true;
    return status;
}

tend_status tend_ref_people(struct tend_shell *shell, const struct tend_parsed *parsed,
                            const char *name, struct tend_ids *ids)
{
    struct tend_words where = tend_given(parsed, "where");
    struct tend_words words = tend_given(parsed, name);

    *ids = (struct tend_ids){ .several = words.n > 1 };
    if (where.n > 0)
        return by_filter(shell, where, ids);
    for (int64_t i = 0; i < words.n; i++) {
        struct tend_text rest = words.at[i].text, piece;

        ids->several |= rest.len > 0 && memchr(rest.at, ',', (size_t)rest.len) != NULL;
        while (tend_text_cut(&rest, ",", &piece)) {
            tend_id person = 0;
            tend_status status;

            if (piece.len == 0)
                continue;
            status = tend_ref_person(shell, piece, &person);
            if (status != TEND_OK)
                return status;
            add_once(shell, ids, person);
        }
    }
    if (ids->n == 0)
        return tend_error_set(&shell->err, TEND_USAGE, "a person is missing");
    return TEND_OK;
}

tend_status tend_ref_tasks(struct tend_shell *shell, const struct tend_parsed *parsed,
                           const char *name, struct tend_ids *ids)
{
    struct tend_words words = tend_given(parsed, name);

    *ids = (struct tend_ids){ .several = words.n > 1 };
    for (int64_t i = 0; i < words.n; i++) {
        struct tend_text rest = words.at[i].text, piece;

        ids->several |= rest.len > 0 && memchr(rest.at, ',', (size_t)rest.len) != NULL;
        while (tend_text_cut(&rest, ",", &piece)) {
            enum tend_ref_kind kind = TEND_REF_TASK;
            tend_id id;

            if (piece.len == 0)
                continue;
            if (!tend_text_int(piece, &id) && !tend_ref_typed(piece, &kind, &id))
                return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[i],
                                     "\"%.*s\" is no task; it is written t5, see `due --all`",
                                     TEND_FMT(piece));
            if (kind != TEND_REF_TASK)
                return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[i],
                                     "%.*s is %s; a task is wanted here", TEND_FMT(piece),
                                     tend_ref_word(kind));
            add_once(shell, ids, id);
        }
    }
    if (ids->n == 0)
        return tend_error_set(&shell->err, TEND_USAGE, "a task is missing");
    return TEND_OK;
}

/* --- the last person ------------------------------------------------------ */

#define LINES_MOST 50

/* One line a database, by the uid of its `me`. */
static const char *state_file(struct tend_shell *shell, bool make)
{
    const char *dir = tend_shell_state_dir(shell, make);

    return dir != NULL ? tend_arena_printf(&shell->arena, "%s/last", dir) : NULL;
}

static struct tend_text database_uid(struct tend_shell *shell)
{
    struct tend_person_view me;

    if (tend_store_me(shell->store) == 0 ||
        tend_person_read(shell->store, tend_store_me(shell->store), &shell->arena, &me) != TEND_OK)
        return (struct tend_text){ 0 };
    return me.uid;
}

tend_id tend_ref_last(struct tend_shell *shell)
{
    const char *path = state_file(shell, false);
    struct tend_text uid;
    char line[128];
    FILE *file;

    if (shell->last != 0)
        return shell->last;
    uid = database_uid(shell);
    file = path != NULL && uid.len > 0 ? fopen(path, "re") : NULL;
    if (file == NULL)
        return 0;
    while (shell->last == 0 && fgets(line, sizeof line, file) != NULL) {
        struct tend_text rest = tend_text_trim(tend_text_of(line)), word, number;
        tend_id id;

        if (tend_text_word(&rest, &word) && tend_text_eq(word, uid) &&
            tend_text_word(&rest, &number) && tend_text_int(number, &id) &&
            tend_person_name(shell->store, id, &shell->arena).len > 0)
            shell->last = id;
    }
    fclose(file);
    return shell->last;
}

void tend_ref_remember(struct tend_shell *shell, tend_id person)
{
    const char *path, *beside;
    struct tend_text uid;
    struct tend_buffer buf = { 0 };
    char line[128];
    FILE *file;

    if (person == 0 || person == tend_store_me(shell->store) || shell->options.dry ||
        person == shell->last)
        return;
    shell->last = person;
    path = state_file(shell, true);
    uid = database_uid(shell);
    if (path == NULL || uid.len == 0 || strcmp(tend_store_path(shell->store), ":memory:") == 0)
        return;
    tend_buffer_addf(&buf, "%.*s %lld\n", TEND_FMT(uid), (long long)person);
    file = fopen(path, "re");
    for (int n = 1; file != NULL && n < LINES_MOST && fgets(line, sizeof line, file) != NULL;) {
        if (!tend_text_starts(tend_text_of(line), tend_arena_str(&shell->arena, uid))) {
            tend_buffer_adds(&buf, line);
            n++;
        }
    }
    if (file != NULL)
        fclose(file);
    beside = tend_arena_printf(&shell->arena, "%s.%ld", path, (long)getpid());
    file = fopen(beside, "we");
    if (file != NULL) {
        size_t written = fwrite(buf.at, 1, (size_t)buf.len, file);

        if (fclose(file) != 0 || written != (size_t)buf.len || rename(beside, path) != 0)
            unlink(beside);
    }
    tend_buffer_finish(&buf);
}
