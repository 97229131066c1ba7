/* The review of scrub: two people side by side, and one key: the same, not the same, the
 * same house. The surest pair comes first; what an answer settles is not asked again. */
#include "shell/scrub_review.h"
#include "desk/merge.h"
#include "desk/people.h"
#include "desk/scrub_apply.h"
#include "shell/ask.h"
#include "shell/view.h"
#include "shell/write.h"
#include "store/ops_merge.h"
#include <stdlib.h>

#define KEYS "snh \r\nluq"

struct review {
    struct tend_shell *shell;
    struct tend_scrub_pair *pair;       /* the surest first */
    tend_id *batch;                     /* of each answer; 0: later, or nothing to ask */
    char *key;                          /* of each; 0: there was nothing to ask */
    int64_t n, at;
    bool quit;
};

static int by_score(const void *a, const void *b)
{
    const struct tend_scrub_pair *x = a, *y = b;

    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Two who were merged by other answers, or are known not to be the same. */
static bool is_settled(struct review *r, tend_id a, tend_id b)
{
    tend_id row;

    return a == b || tend_apart_has(r->shell->store, a, b, &row);
}

/* --- answers ------------------------------------------------------------------ */

static tend_status decide(struct review *r, struct tend_deed *deed, const tend_id *two, char key)
{
    struct tend_shell *shell = r->shell;
    int64_t best;
    tend_id link;
    tend_status status;

    if (key == 's') {
        status = tend_scrub_stays(shell->store, two, 2, &best);
        return status == TEND_OK ? tend_person_merge(&shell->desk, deed, two[best], two[1 - best])
                                 : status;
    }
    status = tend_apart_set(&shell->desk, deed, two[0], two[1], true);
    if (status == TEND_OK && key == 'h')
        status = tend_person_link(&shell->desk, deed, two[0], two[1], TEND_TEXT("household"),
                                  &link);
    return status == TEND_EXISTS ? TEND_OK : status;
}

/* One key is one batch. */
static int keep(struct review *r, const tend_id *two, char key)
{
    struct tend_shell *shell = r->shell;
    const char *one = tend_write_who(shell, two[0]), *other = tend_write_who(shell, two[1]);
    struct tend_deed deed;
    tend_status status = tend_write_begin(shell, &deed, "scrub p%lld p%lld", (long long)two[0],
                                          (long long)two[1]);

    if (status == TEND_OK)
        status = decide(r, &deed, two, key);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    r->key[r->at] = key;
    r->batch[r->at++] = deed.batch;
    tend_write_say(shell, &deed, tend_arena_printf(&shell->arena, "%s, %s: %s", one, other,
                                                   key == 's'   ? "the same"
                                                   : key == 'n' ? "not the same"
                                                                : "the same house"),
                   "merged apart link", two[0]);
    return TEND_EXIT_OK;
}

/* Back to the pair of the last answer, which is taken back. */
static int take_back(struct review *r)
{
    struct tend_shell *shell = r->shell;
    struct tend_undo undo;
    int64_t at = r->at;

    while (at > 0 && r->batch[at - 1] == 0)
        at--;
    if (at == 0) {
        tend_shell_note(shell, "no answer is there to be taken back");
        return TEND_EXIT_OK;
    }
    r->at = at - 1;
    if (tend_store_undo(shell->store, r->batch[r->at], tend_store_me(shell->store),
                        shell->options.dry, &shell->arena, &undo) != TEND_OK)
        return tend_shell_fail(shell);
    tend_sayf(shell, "took back b%lld", (long long)r->batch[r->at]);
    return TEND_EXIT_OK;
}

/* --- pairs -------------------------------------------------------------------- */

static const char *why(struct tend_shell *shell, const struct tend_scrub_pair *pair)
{
    const char *text = "";

    for (int64_t i = 0; i < pair->n_reasons; i++)
        text = tend_arena_printf(&shell->arena, "%s%s%s", text, i ? "; " : "", pair->reasons[i]);
    return text;
}

static int one_pair(struct review *r)
{
    struct tend_shell *shell = r->shell;
    const struct tend_scrub_pair *pair = &r->pair[r->at];
    tend_id two[2] = { tend_person_root(shell->store, pair->a),
                       tend_person_root(shell->store, pair->b) };
    tend_status status;
    char key;

    if (is_settled(r, two[0], two[1])) {
        r->key[r->at] = 0;
        r->batch[r->at++] = 0;
        return TEND_EXIT_OK;
    }
    tend_line_out(shell, "%s", "");
    tend_line_out(shell, "%lld of %lld  %.0f%%  %s", (long long)r->at + 1, (long long)r->n,
                  pair->score * 100, why(shell, pair));
    status = tend_scrub_side_by_side(shell, two[0], two[1]);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    fflush(shell->out);
    status = tend_ask_key(shell, "[s]ame [n]ot the same [h]ouse [space] later [u]ndo [q]uit", KEYS,
                          &key);
    if (status == TEND_CANCELLED || (status == TEND_OK && key == 'q')) {
        r->quit = true;
        tend_error_clear(&shell->err);
        return TEND_EXIT_OK;
    }
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (key == 'u')
        return take_back(r);
    if (key == 's' || key == 'n' || key == 'h')
        return keep(r, two, key);
    r->key[r->at] = 'l';
    r->batch[r->at++] = 0;
    return TEND_EXIT_OK;
}

static int64_t count(const struct review *r, char key)
{
    int64_t n = 0;

    for (int64_t i = 0; i < r->at; i++)
        n += r->key[i] == key;
    return n;
}

int tend_scrub_review(struct tend_shell *shell, const struct tend_scrub *found)
{
    struct review r = { .shell = shell, .n = found->n };
    int exit_status = TEND_EXIT_OK;
    int64_t left;

    r.pair = tend_arena_take(&shell->arena, (size_t)(r.n + 1) * sizeof *r.pair);
    r.batch = tend_arena_take(&shell->arena, (size_t)(r.n + 1) * sizeof *r.batch);
    r.key = tend_arena_take(&shell->arena, (size_t)(r.n + 1));
    for (int64_t i = 0; i < r.n; i++)
        r.pair[i] = found->pair[i];
    if (r.n > 0)
        qsort(r.pair, (size_t)r.n, sizeof *r.pair, by_score);
    while (exit_status == TEND_EXIT_OK && !r.quit && r.at < r.n)
        exit_status = one_pair(&r);
    left = r.n - r.at + count(&r, 'l');
    if (r.n > 0)
        tend_sayf(shell, "%lld the same, %lld not the same, %lld of one house; %lld %s left%s",
                  (long long)count(&r, 's'), (long long)count(&r, 'n'),
                  (long long)count(&r, 'h'), (long long)left, left == 1 ? "pair is" : "pairs are",
                  left > 0 ? ": scrub" : "");
    return exit_status;
}
