/* consent: what somebody agreed to, and that they take it back. */
#include "desk/people.h"
#include "shell/time.h"
#include "shell/view.h"
#include "shell/write.h"

/* at=: when it was given, if not now; a day alone is noon. */
static tend_status read_at(struct tend_shell *shell, struct tend_words words, int64_t *at)
{
    struct tend_when when;
    tend_status status = words.n > 0 ? tend_shell_when(shell, words, true, &when) : TEND_OK;

    *at = 0;
    if (status != TEND_OK || words.n == 0)
        return status;
    *at = when.wall >= 0 ? when.at
                         : tend_zone_instant(tend_store_zone(shell->store), when.day,
                                             12 * TEND_HOUR);
    if (when.wall < 0 && when.day == tend_shell_today(shell))
        *at = 0;
    if (*at > tend_shell_now(shell))
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                             "at= is when they agreed, and that lies ahead");
    return TEND_OK;
}

static int print_consent(struct tend_shell *shell, struct tend_deed *deed, tend_id person,
                         tend_id consent, const struct tend_consent_ask *ask, bool on)
{
    struct tend_json json = { 0 };

    if (!shell->options.json) {
        tend_write_say(shell, deed,
                       tend_arena_printf(&shell->arena, "%s: %s %.*s",
                                         tend_write_who(shell, person),
                                         on ? "agreed to" : "no longer agrees to",
                                         TEND_FMT(ask->channel)),
                       "consent withdrawn", person);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_id(&json, "consent", consent);
    tend_json_id(&json, "person", person);
    tend_json_text(&json, "channel", ask->channel);
    tend_json_text(&json, "text", ask->wording);
    tend_json_text(&json, "origin", ask->origin);
    tend_json_bool(&json, "on", on);
    tend_json_time(&json, "at", ask->at ? ask->at : deed->now, tend_store_zone(shell->store));
    tend_write_json(shell, &json, deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
    return TEND_EXIT_OK;
}

static int run_consent(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_consent_ask ask = {
        .channel = tend_given_text(parsed, "CHANNEL", &shell->arena),
        .wording = tend_given_text(parsed, "TEXT", &shell->arena),
        .origin = tend_given_text(parsed, "origin", &shell->arena),
    };
    bool on = !tend_given_is(parsed, "off");
    struct tend_deed deed;
    tend_id person, consent = 0;
    tend_status status = tend_ref_person(shell, tend_given_text(parsed, "PERSON", &shell->arena),
                                         &person);

    if (status == TEND_OK)
        status = read_at(shell, tend_given(parsed, "at"), &ask.at);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "consent p%lld", (long long)person);
    if (status == TEND_OK)
        status = tend_person_consent(&shell->desk, &deed, person, &ask, on, &consent);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    tend_ref_remember(shell, person);
    return print_consent(shell, &deed, person, consent, &ask, on);
}

static const char *const channels[] = { "all", "call", "text", "email", "visit", NULL };
static const struct tend_arg args[] = {
    { "PERSON", TEND_SLOT_PERSON, 0, "who", NULL },
    { "CHANNEL", TEND_SLOT_CHOICE, 0, "all, call, text, email or visit", channels },
    { "TEXT", TEND_SLOT_TEXT, TEND_OPTIONAL, "what they agreed to, in its words", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "origin", TEND_SLOT_WORD, TEND_KEYWORD, "TEXT", "where they said so: a form, a call", NULL },
    { "at", TEND_SLOT_TIME, TEND_KEYWORD | TEND_BACKWARD, "TIME", "when, if not now", NULL },
    { "off", TEND_SLOT_NONE, 0, NULL, "they take it back", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "consent ann email \"news once a month\" origin=\"web form\"", "she agreed to that" },
    { "consent ann email --off", "and takes it back" },
    { 0 }
};
static const struct tend_member members[] = {
    { "consent", "integer", NULL },
    { "person", "integer", NULL },
    { "channel", "text", NULL },
    { "text", "text", "what they agreed to, in its words" },
    { "origin", "text", "where they said so" },
    { "on", "boolean", "false: taken back" },
    { "at", "time", "when they said so" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_consent = {
    .name = "consent", .group = "people", .summary = "what somebody agreed to, by channel",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = members, .run = run_consent,
};
