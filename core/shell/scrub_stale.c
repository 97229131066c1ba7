/* scrub --stale: of whom something is missing or old, those who matter most first, each
 * with the command that cures it. */
#include "plugin/vocabulary.h"
#include "shell/scrub_review.h"
#include "shell/view.h"
#include "store/ops_stale.h"
#include <stdlib.h>

#define DAY INT64_C(86400000000)
#define OLD_DAYS 180
#define WARM 100                /* a stage is worth more than any warmth */
#define RECENT_DAYS 60

struct entry {
    tend_id person;
    int64_t worth;
    const char *why, *cure;
};
struct queue {
    struct tend_shell *shell;
    int64_t now;
    TEND_ARRAY(struct entry) entry;
};

/* Further on is worth more; who is lost, or stands nowhere, is worth nothing. */
static int64_t worth_of_stage(const struct queue *q, struct tend_text stage)
{
    struct tend_word_info word;

    for (int64_t i = 0; tend_vocabulary_at(q->shell->registry, TEND_WORD_STAGE, i, &word); i++)
        if (tend_text_is(stage, word.name))
            return strstr(word.means, "lost") ? 0 : i + 1;
    return 0;
}

static void add_reason(struct queue *q, struct entry *entry, const char *why, const char *cure)
{
    entry->why = entry->why ? tend_arena_printf(&q->shell->arena, "%s; %s", entry->why, why) : why;
    if (!entry->cure)
        entry->cure = tend_arena_printf(&q->shell->arena, cure, (long long)entry->person);
}

static void judge(void *data, const struct tend_stale_row *row)
{
    struct queue *q = data;
    struct tend_arena *arena = &q->shell->arena;
    int64_t last = row->touched_at ? row->touched_at : row->known_at;
    int64_t days = (q->now - last) / DAY;
    struct entry entry = { .person = row->person };

    if (row->reach == 0)
        add_reason(q, &entry, "no number and no e-mail address", "set p%lld phone=...");
    if (row->invalid.len > 0)
        add_reason(q, &entry, tend_arena_printf(arena, "%.*s cannot be reached",
                                                TEND_FMT(row->invalid)), "set p%lld phone=...");
    if (row->bounced)
        add_reason(q, &entry, "the last message did not arrive", "set p%lld email=...");
    if (row->family.len == 0)
        add_reason(q, &entry, "no family name", "set p%lld family=...");
    if (days >= OLD_DAYS)
        add_reason(q, &entry, tend_arena_printf(arena, "%s for %lld days",
                                                row->touched_at ? "not talked to"
                                                                : "never talked to, known",
                                                (long long)days), "log p%lld call");
    if (!entry.why)
        return;
    entry.worth = worth_of_stage(q, row->stage) * WARM + (row->warmth > 0 ? row->warmth : 0) +
                  (row->touched_at && days < RECENT_DAYS ? WARM / 2 : 0);
    TEND_PUSH(&q->entry, entry);
}

static int by_worth(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static void print_rows(struct tend_shell *shell, const struct queue *q, int64_t n)
{
    static const struct tend_sheet_column columns[] = {
        { "person", TEND_COLUMN_RIGHT }, { "name", TEND_COLUMN_NAME },
        { "what", TEND_COLUMN_SHRINKS }, { "cure", 0 },
    };
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };

    for (int64_t i = 0; i < n; i++) {
        const struct entry *entry = &q->entry.at[i];

        tend_sheet_add(&sheet, tend_text_of(tend_arena_printf(&shell->arena, "p%lld",
                                                              (long long)entry->person)));
        tend_sheet_add(&sheet, tend_view_called(shell, entry->person));
        tend_sheet_add(&sheet, tend_text_of(entry->why));
        tend_sheet_add(&sheet, tend_text_of(entry->cure));
    }
    tend_sheet_print(shell, &sheet);
}

static void print_json(struct tend_shell *shell, const struct queue *q, int64_t n)
{
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < n; i++) {
        const struct entry *entry = &q->entry.at[i];

        tend_json_open(&json, NULL, '{');
        tend_json_id(&json, "person", entry->person);
        tend_json_text(&json, "name", tend_view_called(shell, entry->person));
        tend_json_str(&json, "what", entry->why);
        tend_json_str(&json, "cure", entry->cure);
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_print(shell, &json);
}

int tend_scrub_stale(struct tend_shell *shell, int64_t most)
{
    struct queue q = { .shell = shell, .now = tend_clock_now(&shell->clock) };
    tend_status status = tend_stale_each(shell->store, judge, &q);
    int64_t n = q.entry.n < most ? q.entry.n : most;

    if (status != TEND_OK) {
        TEND_ARRAY_FINISH(&q.entry);
        return tend_shell_fail(shell);
    }
    if (q.entry.n > 0)
        qsort(q.entry.at, (size_t)q.entry.n, sizeof *q.entry.at, by_worth);
    if (shell->options.json)
        print_json(shell, &q, n);
    else
        print_rows(shell, &q, n);
    if (n < q.entry.n)
        tend_shell_note(shell, "%lld more: scrub --stale --most %lld", (long long)(q.entry.n - n),
                        (long long)q.entry.n);
    if (q.entry.n == 0)
        tend_shell_note(shell, "nothing is missing or old");
    TEND_ARRAY_FINISH(&q.entry);
    return TEND_EXIT_OK;
}
