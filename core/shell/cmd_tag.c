/* tag, link, dnc: marks and ties of people. */
#include "desk/people.h"
#include "shell/view.h"
#include "shell/write.h"

/* +a -b; every word is one of them. */
static tend_status check_tags(struct tend_shell *shell, struct tend_words words)
{
    for (int64_t i = 0; i < words.n; i++) {
        struct tend_text word = words.at[i].text;

        if (word.len == 1 && (word.at[0] == '+' || word.at[0] == '-'))
            return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[i],
                                 "which tag? it stands behind the sign: %cwarm", word.at[0]);
        if (word.len < 2 || (word.at[0] != '+' && word.at[0] != '-'))
            return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[i],
                                 "a tag is given with a sign: +%.*s to set it, -%.*s to take it "
                                 "off", TEND_FMT(word), TEND_FMT(word));
    }
    return TEND_OK;
}

static tend_status apply_tags(struct tend_shell *shell, struct tend_deed *deed, tend_id person,
                              struct tend_words words)
{
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < words.n; i++) {
        struct tend_text word = words.at[i].text;

        status = tend_person_tag(&shell->desk, deed, person,
                                 (struct tend_text){ word.at + 1, word.len - 1 },
                                 word.at[0] == '+');
    }
    return status;
}

static void json_tags(struct tend_shell *shell, struct tend_json *json,
                      const struct tend_deed *deed, const struct tend_person_view *view,
                      bool several)
{
    tend_json_open(json, NULL, '{');
    tend_json_id(json, "person", view->id);
    tend_json_open(json, "tags", '[');
    for (int64_t i = 0; i < view->n_tags; i++)
        tend_json_text(json, NULL, view->tags[i]);
    tend_json_close(json, ']');
    tend_write_json_of(shell, json, deed, several ? view->id : 0);
    tend_json_close(json, '}');
}

static int print_tags(struct tend_shell *shell, struct tend_deed *deed, const struct tend_ids *ids,
                      const struct tend_person_view *views, const char *what)
{
    struct tend_json json = { 0 };

    if (!shell->options.json) {
        tend_write_say(shell, deed, what, "tag untag", ids->n == 1 ? ids->at[0] : 0);
        return TEND_EXIT_OK;
    }
    if (ids->several)
        tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < ids->n; i++)
        json_tags(shell, &json, deed, &views[i], ids->n > 1);
    if (ids->several)
        tend_json_close(&json, ']');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
    return TEND_EXIT_OK;
}

static int run_tag(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words words = tend_given(parsed, "+tag -tag");
    struct tend_person_view *views;
    struct tend_ids ids;
    struct tend_deed deed;
    const char *what;
    tend_status status = tend_ref_people(shell, parsed, "PERSON", &ids);

    if (status == TEND_OK)
        status = check_tags(shell, words);
    if (status == TEND_OK)
        status = tend_shell_sure(shell, ids.n, "tag");
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    what = ids.n == 1 ? tend_write_who(shell, ids.at[0])
                      : tend_arena_printf(&shell->arena, "%lld people", (long long)ids.n);
    what = tend_arena_printf(&shell->arena, "%s: %.*s", what,
                             TEND_FMT(tend_given_text(parsed, "+tag -tag", &shell->arena)));
    views = tend_arena_take(&shell->arena, (size_t)ids.n * sizeof *views);
    status = tend_write_begin(shell, &deed, "tag p%lld", (long long)ids.at[0]);
    for (int64_t i = 0; status == TEND_OK && i < ids.n; i++) {
        status = apply_tags(shell, &deed, ids.at[i], words);
        if (status == TEND_OK && shell->options.json)
            status = tend_person_read(shell->store, ids.at[i], &shell->arena, &views[i]);
    }
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    if (ids.n == 1)
        tend_ref_remember(shell, ids.at[0]);
    return print_tags(shell, &deed, &ids, views, what);
}

static int run_link(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text kind = tend_given_text(parsed, "KIND", &shell->arena);
    struct tend_json json = { 0 };
    struct tend_deed deed;
    const char *who, *whom;
    tend_id person, other, link = 0;
    tend_status status = tend_ref_person(shell, tend_given_text(parsed, "PERSON", &shell->arena),
                                         &person);

    if (status == TEND_OK)
        status = tend_ref_person(shell, tend_given_text(parsed, "OTHER", &shell->arena), &other);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    who = tend_write_who(shell, person);
    whom = tend_write_who(shell, other);
    status = tend_write_begin(shell, &deed, "link p%lld p%lld", (long long)person,
                              (long long)other);
    if (status == TEND_OK)
        status = tend_person_link(&shell->desk, &deed, person, other, kind, &link);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    tend_ref_remember(shell, person);
    if (!shell->options.json) {
        tend_write_say(shell, &deed,
                       tend_arena_printf(&shell->arena, "%s: %.*s of %s", who, TEND_FMT(kind),
                                         whom),
                       "link", person);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_id(&json, "link", link);
    tend_json_id(&json, "person", person);
    tend_json_id(&json, "other", other);
    tend_json_text(&json, "kind", kind);
    tend_write_json(shell, &json, &deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(&deed);
    return TEND_EXIT_OK;
}

static int run_dnc(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text channel = tend_given_text(parsed, "CHANNEL", &shell->arena);
    struct tend_text text = tend_given_text(parsed, "TEXT", &shell->arena);
    bool on = !tend_given_is(parsed, "off");
    struct tend_json json = { 0 };
    struct tend_deed deed;
    const char *who;
    tend_id person, dnc = 0;
    tend_status status = tend_ref_person(shell, tend_given_text(parsed, "PERSON", &shell->arena),
                                         &person);

    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (channel.len == 0)
        channel = TEND_TEXT("all");
    who = tend_write_who(shell, person);
    status = tend_write_begin(shell, &deed, "dnc p%lld", (long long)person);
    if (status == TEND_OK)
        status = tend_person_do_not_contact(&shell->desk, &deed, person, channel, text, on, &dnc);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    tend_ref_remember(shell, person);
    if (!shell->options.json) {
        tend_write_say(shell, &deed,
                       tend_arena_printf(&shell->arena, "%s: %s (%.*s)", who,
                                         on ? "do not contact" : "may be contacted again",
                                         TEND_FMT(channel)),
                       "dnc contact", person);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_id(&json, "dnc", dnc);
    tend_json_id(&json, "person", person);
    tend_json_text(&json, "channel", channel);
    tend_json_text(&json, "text", text);
    tend_json_bool(&json, "on", on);
    tend_json_time(&json, "at", deed.now, tend_store_zone(shell->store));
    tend_write_json(shell, &json, &deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(&deed);
    return TEND_EXIT_OK;
}

static const struct tend_arg tag_args[] = {
    { "PERSON", TEND_SLOT_PEOPLE, TEND_WHERE, "whom", NULL },
    { "+tag -tag", TEND_SLOT_TAGS, 0, "+tag sets it, -tag takes it off", NULL },
    { 0 }
};
static const struct tend_flag where_flags[] = {
    { "where", TEND_SLOT_FILTER, 0, "FILTER", "all who match, instead of PERSON", NULL },
    { 0 }
};
static const struct tend_example tag_examples[] = {
    { "tag susi +warm -cold", "one on, one off" },
    { "tag --where source:phone +phone2026", "everybody who matches" },
    { 0 }
};
static const struct tend_member tag_members[] = {
    { "person", "integer", NULL },
    { "name", "text", NULL },
    { "tags", "[text]", "all that they have now" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_tag = {
    .name = "tag", .group = "people", .summary = "set and take off tags", .args = tag_args,
    .flags = where_flags, .examples = tag_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .document = TEND_ONE_OR_LIST, .members = tag_members, .run = run_tag,
};

static const struct tend_arg link_args[] = {
    { "PERSON", TEND_SLOT_PERSON, 0, "who", NULL },
    { "OTHER", TEND_SLOT_PERSON, 0, "of whom", NULL },
    { "KIND", TEND_SLOT_LINK, 0, "spouse, household, referred_by, coach", NULL },
    { 0 }
};
static const struct tend_example link_examples[] = {
    { "link susi tom spouse", "they are married" },
    { 0 }
};
static const struct tend_member link_members[] = {
    { "link", "integer", NULL },
    { "person", "integer", NULL },
    { "other", "integer", NULL },
    { "kind", "text", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_link = {
    .name = "link", .group = "people", .summary = "say how two people belong together",
    .args = link_args, .examples = link_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = link_members, .run = run_link,
};

static const char *const channels[] = { "all", "call", "text", "email", "visit", NULL };
static const struct tend_arg dnc_args[] = {
    { "PERSON", TEND_SLOT_PERSON, 0, "whom", NULL },
    { "CHANNEL", TEND_SLOT_CHOICE, TEND_OPTIONAL, "all, call, text, email or visit", channels },
    { "TEXT", TEND_SLOT_TEXT, TEND_OPTIONAL, "what they said", NULL },
    { 0 }
};
static const struct tend_flag dnc_flags[] = {
    { "off", TEND_SLOT_NONE, 0, NULL, "lift it again", NULL },
    { 0 }
};
static const struct tend_example dnc_examples[] = {
    { "dnc peter all \"asked me never again\"", "nothing is planned for them any more" },
    { "dnc peter call --off", "they may be called again" },
    { 0 }
};
static const struct tend_member dnc_members[] = {
    { "dnc", "integer", NULL },
    { "on", "boolean", "false: it was lifted" },
    { "person", "integer", NULL },
    { "channel", "text", NULL },
    { "text", "text", NULL },
    { "at", "time", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_dnc = {
    .name = "dnc", .group = "people", .summary = "do not contact: by any channel, or by one",
    .args = dnc_args, .flags = dnc_flags, .examples = dnc_examples,
    .effects = TEND_WRITES | TEND_PLUGINS,
    .members = dnc_members, .run = run_dnc,
};
