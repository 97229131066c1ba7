/* list, count, find: who there is. */
#include "base/date.h"
#include "shell/view.h"
#include "shell/ref.h"
#include "store/filter.h"

#define FOUND_MOST 50

/* On a terminal nothing at all looks like a hang. */
static void say_nobody(struct tend_shell *shell, int64_t n)
{
    if (n == 0 && shell->width > 0 && !shell->options.json && !shell->options.csv)
        tend_shell_note(shell, "nobody");
}

static int run_list(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_filter *filter;
    tend_id *persons;
    int64_t n;
    tend_status status = tend_ref_filter(shell, tend_given(parsed, "FILTER"), &filter);

    if (status == TEND_OK)
        status = tend_filter_list(shell->store, filter, -1, &shell->arena, &persons, &n);
    if (status == TEND_OK)
        status = tend_view_people(shell, persons, n);
    if (status == TEND_OK)
        say_nobody(shell, n);
    return status == TEND_OK ? TEND_EXIT_OK : tend_shell_fail(shell);
}

static int run_count(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_json json = { 0 };
    struct tend_filter *filter;
    int64_t n;
    tend_status status = tend_ref_filter(shell, tend_given(parsed, "FILTER"), &filter);

    if (status == TEND_OK)
        status = tend_filter_empty(filter) ? tend_person_count(shell->store, &n)
                                           : tend_filter_count(shell->store, filter, &n);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (!shell->options.json) {
        tend_line_out(shell, "%lld", (long long)n);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_int(&json, "count", n);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    return TEND_EXIT_OK;
}

/* After a large import notes are found a little later. Whoever writes just now is not
 * waited for. */
static tend_status catch_up(struct tend_shell *shell)
{
    int64_t left;
    tend_status status = tend_store_search_catch_up(shell->store, TEND_SECOND, &left);

    if (status == TEND_BUSY) {
        tend_error_clear(&shell->err);
        status = TEND_OK;
    }
    if (status == TEND_OK && left > 0)
        tend_shell_note(shell, "the notes of %lld people cannot be searched yet (names, numbers and "
                               "addresses can); to wait for them: tick", (long long)left);
    return status;
}

static int run_find(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text text = tend_given_text(parsed, "TEXT", &shell->arena);
    tend_id *persons;
    int64_t n;
    tend_status status = TEND_OK;

    if (tend_text_trim(text).len == 0)
        status = tend_point_at(&shell->err, TEND_USAGE, shell->line, tend_given(parsed, "TEXT").at,
                               "find what? write the beginning of a word");
    if (status == TEND_OK)
        status = catch_up(shell);
    if (status == TEND_OK)
        status = tend_store_search(shell->store, text, FOUND_MOST, &shell->arena, &persons, &n);
    if (status == TEND_OK)
        status = tend_view_people(shell, persons, n);
    if (status == TEND_OK)
        say_nobody(shell, n);
    return status == TEND_OK ? TEND_EXIT_OK : tend_shell_fail(shell);
}

static const struct tend_arg filter_args[] = {
    { "FILTER", TEND_SLOT_FILTER, TEND_OPTIONAL, "terms that must all hold; none: everybody",
      NULL },
    { 0 }
};
static const char filter_more[] =
    "One term a word, all must hold; `not` turns the next round, a comma gives choices:\n"
    "  stage:prospect stage.product:customer tag: role: source: zone: region:\n"
    "  has:email,phone email: phone: hold:soft_no dnc:yes archived:yes name:ann\n"
    "  touched:..-14d added:-7d.. due:..today id:12..40 import:3, any attribute\n"
    "  (interest:business), and sort:name (sort:name- the other way round).\n"
    "A bare word is a word of the name. Values with spaces stand in quotes.";
static const struct tend_example list_examples[] = {
    { "list stage:presented touched:..-14d", "presented, and not spoken to for two weeks" },
    { "list source:\"open house\" not has:email sort:name", "quotes where there are spaces" },
    { 0 }
};
static const struct tend_member list_members[] = {
    { "...", "person", NULL },
    { 0 }
};
const struct tend_command tend_cmd_list = {
    .name = "list", .group = "people", .summary = "people who match a filter",
    .more = filter_more, .args = filter_args, .examples = list_examples,
    .effects = TEND_PLUGINS,
    .document = TEND_LIST, .members = list_members, .run = run_list,
};

static const struct tend_example count_examples[] = {
    { "count", "everybody" },
    { "count stage:prospect", "who match a filter" },
    { 0 }
};
static const struct tend_member count_members[] = {
    { "count", "integer", NULL },
    { 0 }
};
const struct tend_command tend_cmd_count = {
    .name = "count", .group = "people", .summary = "how many match a filter",
    .more = filter_more, .args = filter_args, .examples = count_examples,
    .members = count_members, .run = run_count,
};

static const struct tend_arg find_args[] = {
    { "TEXT", TEND_SLOT_TEXT, 0, "beginnings of words", NULL },
    { 0 }
};
static const struct tend_example find_examples[] = {
    { "find nut allergy", "in names, numbers, notes and what was said" },
    { 0 }
};
static const struct tend_member find_members[] = {
    { "...", "person", NULL },
    { 0 }
};
const struct tend_command tend_cmd_find = {
    .name = "find", .group = "people", .summary = "search names, numbers, notes and touches",
    .args = find_args, .examples = find_examples, .effects = TEND_PLUGINS,
    .document = TEND_LIST, .members = find_members, .run = run_find,
};
