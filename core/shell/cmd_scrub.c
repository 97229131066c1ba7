/* scrub: who may be here twice, side by side, and why. */
#include "desk/scrub_apply.h"
#include "shell/ask.h"
#include "shell/scrub_review.h"
#include "shell/view.h"
#include "shell/write.h"
#include <stdlib.h>

#define THRESHOLD 0.5
#define STALE_MOST 20

/* 0.8, or 80%. */
static tend_status read_threshold(struct tend_shell *shell, const struct tend_parsed *parsed,
                                  double usual, double *threshold)
{
    struct tend_words words = tend_given(parsed, "threshold");
    const char *text;
    char *end;

    *threshold = usual;
    if (words.n == 0)
        return TEND_OK;
    text = tend_arena_str(&shell->arena, words.at[0].text);
    *threshold = strtod(text, &end);
    if (end != text && strcmp(end, "%") == 0) {
        *threshold /= 100;
        end++;
    }
    if (end == text || *end != '\0' || !(*threshold >= 0 && *threshold <= 1))
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                             "threshold is from 0 to 1, such as 0.8, or 80%%");
    return TEND_OK;
}

static const char *joined(struct tend_shell *shell, const struct tend_scrub_pair *pair)
{
    struct tend_buffer buf = { 0 };
    const char *text;

    for (int64_t i = 0; i < pair->n_reasons; i++)
        tend_buffer_addf(&buf, "%s%s", i > 0 ? "; " : "", pair->reasons[i]);
    text = tend_arena_str(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

static const char *called(struct tend_shell *shell, tend_id person)
{
    return tend_arena_printf(&shell->arena, "p%lld %.*s", (long long)person,
                             TEND_FMT(tend_view_called(shell, person)));
}

static void print_rows(struct tend_shell *shell, const struct tend_scrub *found)
{
    static const struct tend_sheet_column columns[] = {
        { "cluster", TEND_COLUMN_RIGHT | TEND_COLUMN_RANK(1) }, { "same", TEND_COLUMN_RIGHT },
        { "one", TEND_COLUMN_NAME }, { "other", TEND_COLUMN_NAME }, { "why", TEND_COLUMN_SHRINKS },
    };
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };

    for (int64_t i = 0; i < found->n; i++) {
        const struct tend_scrub_pair *pair = &found->pair[i];

        tend_sheet_add(&sheet, tend_text_of(tend_arena_printf(&shell->arena, "%lld",
                                                              (long long)pair->cluster)));
        tend_sheet_add(&sheet, tend_text_of(tend_arena_printf(&shell->arena, "%.0f%%",
                                                              pair->score * 100)));
        tend_sheet_add(&sheet, tend_text_of(called(shell, pair->a)));
        tend_sheet_add(&sheet, tend_text_of(called(shell, pair->b)));
        tend_sheet_add(&sheet, tend_text_of(joined(shell, pair)));
    }
    tend_sheet_print(shell, &sheet);
}

static void print_json(struct tend_shell *shell, const struct tend_scrub *found)
{
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < found->n; i++) {
        const struct tend_scrub_pair *pair = &found->pair[i];
        const char *score = tend_arena_printf(&shell->arena, "%.4g", pair->score);

        tend_json_open(&json, NULL, '{');
        tend_json_id(&json, "a", pair->a);
        tend_json_id(&json, "b", pair->b);
        tend_json_raw(&json, "score", tend_text_of(score));
        tend_json_int(&json, "cluster", pair->cluster);
        tend_json_open(&json, "reasons", '[');
        for (int64_t r = 0; r < pair->n_reasons; r++)
            tend_json_str(&json, NULL, pair->reasons[r]);
        tend_json_close(&json, ']');
        tend_json_text(&json, "a_name", tend_view_called(shell, pair->a));
        tend_json_text(&json, "b_name", tend_view_called(shell, pair->b));
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_print(shell, &json);
}

static void say_whole(struct tend_shell *shell, const struct tend_scrub *found, double threshold)
{
    for (int64_t i = 0; i < found->n_trouble; i++)
        tend_shell_note(shell, "without its opinion: %s", found->trouble[i]);
    if (found->crowds > 0)
        tend_shell_note(shell, "%lld %s shared by so many that nobody was compared by %s",
                        (long long)found->crowds,
                        found->crowds == 1 ? "name or number is" : "names or numbers are",
                        found->crowds == 1 ? "it" : "them");
    if (found->n == 0)
        tend_shell_note(shell, "nobody seems to be here twice (%lld %s compared; at least %.0f%% "
                               "was asked for)", (long long)found->looked,
                        found->looked == 1 ? "pair was" : "pairs were", threshold * 100);
}

/* --- scrub --apply -------------------------------------------------------------- */

static void print_applied(struct tend_shell *shell, struct tend_deed *deed,
                          const struct tend_scrub_applied *applied)
{
    struct tend_json json = { 0 };

    if (!shell->options.json) {
        tend_write_say(shell, deed, tend_arena_printf(&shell->arena, "%lld %s merged",
                                                      (long long)applied->merged,
                                                      applied->merged == 1 ? "person" : "people"),
                       "merged", 0);
        return;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_int(&json, "merged", applied->merged);
    tend_json_int(&json, "clusters", applied->clusters);
    tend_json_int(&json, "left", applied->left);
    tend_write_json(shell, &json, deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
}

static int apply(struct tend_shell *shell, const struct tend_scrub *found, double threshold)
{
    struct tend_scrub_applied applied;
    struct tend_deed deed;
    tend_status status = tend_write_begin(shell, &deed, "scrub --apply");

    if (status == TEND_OK)
        status = tend_scrub_apply(&shell->desk, &deed, found, &applied);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    print_applied(shell, &deed, &applied);
    if (applied.left > 0)
        tend_shell_note(shell, "%lld more %s likely, but under another name; look at %s: scrub "
                               "--review --threshold %.2g", (long long)applied.left,
                        applied.left == 1 ? "is" : "are", applied.left == 1 ? "it" : "them",
                        threshold);
    return TEND_EXIT_OK;
}

/* --- scrub ---------------------------------------------------------------------- */

/* At a terminal the pairs are gone through one by one; a list is asked for. */
static tend_status read_how(struct tend_shell *shell, const struct tend_parsed *parsed,
                            bool *applies, bool *reviews)
{
    *applies = tend_given_is(parsed, "apply");
    *reviews = tend_given_is(parsed, "review");
    if (*applies + *reviews + tend_given_is(parsed, "list") > 1)
        return tend_error_set(&shell->err, TEND_USAGE, "one of --apply, --review and --list");
    if (*reviews && !tend_ask_can(shell))
        return tend_error_set(&shell->err, TEND_USAGE,
                              "a review asks for one key a pair, which needs a terminal; without "
                              "one: scrub --list, then merge PERSON PERSON, or scrub --apply");
    if (!*applies && !tend_given_is(parsed, "list") && tend_ask_can(shell))
        *reviews = true;
    return TEND_OK;
}

static int run_stale(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words words = tend_given(parsed, "most");
    int64_t most = STALE_MOST;

    if (words.n > 0 && (!tend_text_int(words.at[0].text, &most) || most < 1)) {
        tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                      "--most takes a number from 1");
        return tend_shell_fail(shell);
    }
    return tend_scrub_stale(shell, most);
}

static int run_scrub(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_scrub found;
    double threshold;
    bool applies, reviews;

    if (tend_given_is(parsed, "stale"))
        return run_stale(shell, parsed);
    if (read_how(shell, parsed, &applies, &reviews) != TEND_OK ||
        read_threshold(shell, parsed, applies ? TEND_SCRUB_SURE : THRESHOLD, &threshold) !=
            TEND_OK ||
        tend_scrub_find(&shell->desk, threshold, &shell->arena, &found) != TEND_OK)
        return tend_shell_fail(shell);
    say_whole(shell, &found, threshold);
    if (applies)
        return apply(shell, &found, threshold);
    if (reviews)
        return tend_scrub_review(shell, &found);
    if (shell->options.json)
        print_json(shell, &found);
    else
        print_rows(shell, &found);
    return TEND_EXIT_OK;
}

static const struct tend_flag flags[] = {
    { "threshold", TEND_SLOT_WORD, 0, "P",
      "how sure at least, 0.8 or 80% (else 0.5, to apply 0.98)", NULL },
    { "apply", TEND_SLOT_NONE, 0, NULL, "merges who is surely the same, in one batch", NULL },
    { "review", TEND_SLOT_NONE, 0, NULL, "one pair and one key at a time; so it is at a terminal",
      NULL },
    { "list", TEND_SLOT_NONE, 0, NULL, "only the list of pairs", NULL },
    { "stale", TEND_SLOT_NONE, 0, NULL, "of whom something is missing or old, with its cure",
      NULL },
    { "most", TEND_SLOT_NUMBER, 0, "N", "so many of those; else 20", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "scrub", "who may be here twice; at a terminal one key a pair" },
    { "scrub --list --threshold 0.8", "only the surer ones, as a list" },
    { "scrub --apply --dry-run", "how many would be merged" },
    { "scrub --stale", "whose facts want an hour of yours, who matters most first" },
    { 0 }
};
static const struct tend_member members[] = {
    { "a", "integer", "a person" },
    { "b", "integer", "who may be the same" },
    { "score", "number", "0 surely not, 1 surely" },
    { "cluster", "integer", "all who hang together have the same" },
    { "reasons", "[text]", NULL },
    { "a_name", "text", NULL },
    { "b_name", "text", NULL },
    { "merged", "integer", "with --apply, one object: how many were" },
    { "clusters", "integer", "groups of the same person that were put together" },
    { "left", "integer", "pairs that were found and not sure enough" },
    { "batch", "integer", "null: nothing was written" },
    { "effects", "[effect]", "what came of it" },
    { "dry_run", "boolean", "true: nothing was written" },
    { "person", "integer", "with --stale: of whom something is missing or old" },
    { "name", "text", NULL },
    { "what", "text", "is missing, or old" },
    { "cure", "text", "the command that mends it" },
    { 0 }
};
const struct tend_command tend_cmd_scrub = {
    .name = "scrub", .group = "people", .summary = "who may be here twice, side by side, and why",
    .more = "Everything that is known of two people is compared; what each likeness is worth is\n"
            "learned from the people themselves. Matchers of plugins are asked too: the surer is\n"
            "heard. At a terminal:\n"
            "s  the same: merged into the one of whom more is known    n  not the same, for good\n"
            "h  the same house: not the same, and linked    space  later    u  takes the last\n"
            "answer back    q  ends.  Each answer is a batch of its own.\n"
            "--apply merges those it is sure of, unless their names differ; undo takes all of it\n"
            "back, unmerge one.",
    .flags = flags, .examples = examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .document = TEND_ONE_OR_LIST, .members = members, .run = run_scrub,
};
