/* sponsor, tree: who brought whom, and everybody below somebody. */
#include "desk/tree.h"
#include "shell/time.h"
#include "shell/view.h"
#include "shell/write.h"
#include "plugin/vocabulary.h"
#include "store/ops_person.h"
#include "store/ops_tree.h"

/* The person behind by= or under=; 0 without one. */
static tend_status given_person(struct tend_shell *shell, const struct tend_parsed *parsed,
                                const char *name, tend_id *person)
{
    *person = 0;
    if (!tend_given_is(parsed, name))
        return TEND_OK;
    return tend_ref_person(shell, tend_given_text(parsed, name, &shell->arena), person);
}

static tend_status given_day(struct tend_shell *shell, const struct tend_parsed *parsed,
                             const char *name, int64_t *day)
{
    struct tend_when when;

    *day = tend_shell_today(shell);
    if (!tend_given_is(parsed, name))
        return TEND_OK;
    if (tend_shell_when(shell, tend_given(parsed, name), true, &when) != TEND_OK)
        return shell->err.code;
    *day = when.day;
    return TEND_OK;
}

static const char *primary(struct tend_shell *shell)
{
    return shell->registry != NULL ? tend_vocabulary_primary(shell->registry) : "opportunity";
}

/* --- sponsor ------------------------------------------------------------------ */

struct sponsoring {
    tend_id member, by, under;
    int64_t day;
};

/* Who is named as neither was brought by the user, unless that is known. */
static tend_status read_sponsor(struct tend_shell *shell, const struct tend_parsed *parsed,
                                struct sponsoring *s)
{
    tend_status status = tend_ref_person(
        shell, tend_given_text(parsed, "MEMBER", &shell->arena), &s->member);

    if (status == TEND_OK)
        status = given_person(shell, parsed, "by", &s->by);
    if (status == TEND_OK)
        status = given_person(shell, parsed, "under", &s->under);
    if (status == TEND_OK)
        status = given_day(shell, parsed, "at", &s->day);
    if (status != TEND_OK || s->by ||
        (s->under && tend_edge_on(shell->store, s->member, "sponsor", s->day, NULL)))
        return status;
    return tend_ref_person(shell, TEND_TEXT("me"), &s->by);
}

/* One of the two may be so already. */
static tend_status write_sponsor(struct tend_shell *shell, struct tend_deed *deed,
                                 const struct sponsoring *s)
{
    tend_status status = TEND_OK, placed = TEND_OK;

    if (s->by)
        status = tend_tree_set(&shell->desk, deed, s->member, s->by, "sponsor", s->day);
    if (s->under && (status == TEND_OK || status == TEND_EXISTS)) {
        placed = tend_tree_set(&shell->desk, deed, s->member, s->under, "placement", s->day);
        if (status == TEND_EXISTS && placed == TEND_OK)
            status = TEND_OK;
        else if (placed != TEND_OK && !(placed == TEND_EXISTS && status == TEND_OK))
            status = placed;
        if (status == TEND_OK)
            tend_error_clear(&shell->err);
    }
    return status;
}

static const char *sponsor_words(struct tend_shell *shell, const struct sponsoring *s)
{
    struct tend_buffer buf = { 0 };
    const char *out;

    tend_buffer_addf(&buf, "%s:", tend_write_who(shell, s->member));
    if (s->by)
        tend_buffer_addf(&buf, " sponsored by %s", tend_write_who(shell, s->by));
    if (s->under)
        tend_buffer_addf(&buf, "%s placed under %s", s->by ? "," : "",
                         tend_write_who(shell, s->under));
    tend_buffer_adds(&buf, " from ");
    tend_when_say(&buf, s->day, -1, tend_shell_today(shell));
    out = tend_arena_str(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return out;
}

static int run_sponsor(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct sponsoring s = { 0 };
    struct tend_json json = { 0 };
    struct tend_deed deed;
    char day[16];
    tend_status status = read_sponsor(shell, parsed, &s);

    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "sponsor p%lld", (long long)s.member);
    if (status == TEND_OK)
        status = write_sponsor(shell, &deed, &s);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    tend_ref_remember(shell, s.member);
    if (!shell->options.json) {
        tend_write_say(shell, &deed, sponsor_words(shell, &s), NULL, s.member);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_id(&json, "person", s.member);
    tend_json_id(&json, "by", s.by);
    tend_json_id(&json, "under", s.under);
    tend_json_str(&json, "from", tend_date_format(day, s.day));
    tend_write_json(shell, &json, &deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(&deed);
    return TEND_EXIT_OK;
}

/* --- tree --------------------------------------------------------------------- */

static void json_nodes(struct tend_shell *shell, const struct tend_tree_node *nodes, int64_t n,
                       int64_t depth)
{
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < n; i++) {
        if (depth >= 0 && nodes[i].level > depth)
            continue;
        tend_json_open(&json, NULL, '{');
        tend_json_id(&json, "id", nodes[i].person);
        tend_json_id(&json, "parent", nodes[i].parent);
        tend_json_text(&json, "name", tend_person_name(shell->store, nodes[i].person,
                                                       &shell->arena));
        tend_json_int(&json, "level", nodes[i].level);
        tend_json_id(&json, "leg", nodes[i].leg);
        tend_json_int(&json, "downline", nodes[i].downline);
        tend_json_text(&json, "stage", tend_person_stage(shell->store, nodes[i].person,
                                                         primary(shell), &shell->arena));
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_print(shell, &json);
}

static void print_nodes(struct tend_shell *shell, const struct tend_tree_node *nodes, int64_t n,
                        int64_t depth)
{
    static const struct tend_sheet_column columns[] = {
        { "name", TEND_COLUMN_SHRINKS }, { "ref", 0 }, { "level", TEND_COLUMN_RIGHT },
        { "below", TEND_COLUMN_RIGHT }, { "stage", 0 },
    };
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };

    for (int64_t i = 0; i < n; i++) {
        const struct tend_tree_node *node = &nodes[i];
        int32_t in = tend_view_plain(shell) ? 0 : (int32_t)(node->level < 20 ? node->level : 20);
        struct tend_text name = tend_person_name(shell->store, node->person, &shell->arena);

        if (depth >= 0 && node->level > depth)
            continue;
        tend_sheet_add(&sheet, tend_text_of(tend_arena_printf(&shell->arena, "%*s%.*s", 2 * in, "",
                                                              TEND_FMT(name))));
        tend_sheet_add(&sheet, tend_text_of(tend_arena_printf(&shell->arena, "p%lld",
                                                              (long long)node->person)));
        tend_sheet_add(&sheet, tend_text_of(tend_arena_printf(&shell->arena, "%lld",
                                                              (long long)node->level)));
        tend_sheet_add(&sheet, tend_text_of(tend_arena_printf(&shell->arena, "%lld",
                                                              (long long)node->downline)));
        tend_sheet_add(&sheet, tend_person_stage(shell->store, node->person, primary(shell),
                                                 &shell->arena));
    }
    tend_sheet_print(shell, &sheet);
}

/* Without a person: what is below the user, or all trees if nobody is. */
static tend_status read_tree(struct tend_shell *shell, struct tend_tree_ask *ask,
                             struct tend_tree_node **nodes, int64_t *n)
{
    bool all = ask->person == 0;
    tend_status status;

    if (all)
        ask->person = tend_store_me(shell->store);
    status = tend_tree_read(&shell->desk, ask, &shell->arena, nodes, n);
    if (status != TEND_OK || !all || *n > 1)
        return status;
    ask->person = 0;
    return tend_tree_read(&shell->desk, ask, &shell->arena, nodes, n);
}

static int run_tree(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_tree_ask ask = { .placement = tend_given_is(parsed, "placement") };
    struct tend_tree_node *nodes;
    int64_t n, depth = -1;
    tend_status status = given_person(shell, parsed, "PERSON", &ask.person);

    if (status == TEND_OK)
        status = given_day(shell, parsed, "as-of", &ask.day);
    if (status == TEND_OK && tend_given_is(parsed, "depth") &&
        (!tend_text_int(tend_given(parsed, "depth").at[0].text, &depth) || depth < 0))
        status = tend_point_at(&shell->err, TEND_USAGE, shell->line,
                               tend_given(parsed, "depth").at, "--depth takes a number from 0 on");
    if (status == TEND_OK)
        status = read_tree(shell, &ask, &nodes, &n);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json)
        json_nodes(shell, nodes, n, depth);
    else if (n == 0)
        tend_shell_note(shell, "nobody has sponsored anybody yet: sponsor MEMBER by=PERSON");
    else
        print_nodes(shell, nodes, n, depth);
    return TEND_EXIT_OK;
}

static const struct tend_arg sponsor_args[] = {
    { "MEMBER", TEND_SLOT_PERSON, 0, "who joined", NULL },
    { 0 }
};
static const struct tend_flag sponsor_flags[] = {
    { "by", TEND_SLOT_PERSON, TEND_KEYWORD, "PERSON", "who sponsored them, if not you", NULL },
    { "under", TEND_SLOT_PERSON, TEND_KEYWORD, "PERSON", "under whom they were placed", NULL },
    { "at", TEND_SLOT_TIME, TEND_KEYWORD | TEND_BACKWARD, "DAY", "from when on, if not today",
      NULL },
    { 0 }
};
static const struct tend_example sponsor_examples[] = {
    { "sponsor susi", "you brought her in" },
    { "sponsor tom by=susi under=peter at=2026-10-01", "and he stands under Peter" },
    { 0 }
};
static const struct tend_member sponsor_members[] = {
    { "person", "integer", "the member" },
    { "by", "integer", "the sponsor" },
    { "under", "integer", "the placement" },
    { "from", "time", "the first day" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_sponsor = {
    .name = "sponsor", .group = "people", .summary = "who brought a member in, and where they stand",
    .more = "What held before ends on that day, and is still told by tree --as-of. Nobody can\n"
            "stand above themselves.",
    .args = sponsor_args, .flags = sponsor_flags, .examples = sponsor_examples,
    .effects = TEND_WRITES | TEND_PLUGINS, .members = sponsor_members, .run = run_sponsor,
};

static const struct tend_arg tree_args[] = {
    { "PERSON", TEND_SLOT_PERSON, TEND_OPTIONAL, "at the top; you, if nobody is named", NULL },
    { 0 }
};
static const struct tend_flag tree_flags[] = {
    { "depth", TEND_SLOT_NUMBER, 0, "N", "so many levels", NULL },
    { "as-of", TEND_SLOT_TIME, TEND_BACKWARD, "DAY", "as it was on that day", NULL },
    { "placement", TEND_SLOT_NONE, 0, NULL, "by placement; who has none stands under their sponsor",
      NULL },
    { 0 }
};
static const struct tend_example tree_examples[] = {
    { "tree", "everybody below you" },
    { "tree susi --depth 2", "her first two levels" },
    { "tree --as-of 2026-10-01", "as it was then" },
    { 0 }
};
static const struct tend_member tree_members[] = {
    { "id", "integer", "a person" },
    { "parent", "integer", "who stands above them" },
    { "name", "text", NULL },
    { "level", "integer", "0 at the top" },
    { "leg", "integer", "who stands above them on level 1" },
    { "downline", "integer", "everybody below them" },
    { "stage", "text", "of the primary track" },
    { 0 }
};
const struct tend_command tend_cmd_tree = {
    .name = "tree", .group = "people", .summary = "everybody below somebody, level by level",
    .more = "Depth first. Without a person it begins with you; if nobody stands below you, all\n"
            "trees are shown.",
    .args = tree_args, .flags = tree_flags, .examples = tree_examples, .effects = TEND_PLUGINS,
    .document = TEND_LIST, .members = tree_members, .run = run_tree,
};
