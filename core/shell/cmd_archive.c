/* archive: off the lists, without being deleted. */
#include "desk/people.h"
#include "shell/view.h"
#include "shell/write.h"

/* Of several, those who are so already are passed over. */
static tend_status archive_all(struct tend_shell *shell, struct tend_deed *deed,
                               const struct tend_ids *ids, bool on, int64_t *n)
{
    tend_status status = TEND_OK;

    *n = 0;
    for (int64_t i = 0; status == TEND_OK && i < ids->n; i++) {
        status = tend_person_archive(&shell->desk, deed, ids->at[i], on);
        if (status == TEND_EXISTS && ids->several) {
            tend_error_clear(&shell->err);
            status = TEND_OK;
        } else if (status == TEND_OK) {
            ++*n;
        }
    }
    return status;
}

static int print_archive(struct tend_shell *shell, struct tend_deed *deed,
                         const struct tend_ids *ids, bool on, const char *what)
{
    struct tend_json json = { 0 };

    if (!shell->options.json) {
        tend_write_say(shell, deed, what, on ? "archived" : "listed",
                       ids->n == 1 ? ids->at[0] : 0);
        return TEND_EXIT_OK;
    }
    if (ids->several)
        tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < ids->n; i++) {
        tend_json_open(&json, NULL, '{');
        tend_json_id(&json, "person", ids->at[i]);
        tend_json_bool(&json, "archived", on);
        tend_write_json_of(shell, &json, deed, ids->n > 1 ? ids->at[i] : 0);
        tend_json_close(&json, '}');
    }
    if (ids->several)
        tend_json_close(&json, ']');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
    return TEND_EXIT_OK;
}

static int run_archive(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    bool on = !tend_given_is(parsed, "off");
    struct tend_ids ids;
    struct tend_deed deed;
    const char *what;
    int64_t n;
    tend_status status = tend_ref_people(shell, parsed, "PERSON", &ids);

    if (status == TEND_OK)
        status = tend_shell_sure(shell, ids.n, on ? "archive" : "list again");
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, ids.n == 1 ? "archive p%lld" : "archive p%lld...",
                              (long long)ids.at[0]);
    if (status == TEND_OK)
        status = archive_all(shell, &deed, &ids, on, &n);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    if (ids.n == 1)
        tend_ref_remember(shell, ids.at[0]);
    what = ids.n == 1 ? tend_write_who(shell, ids.at[0])
                      : tend_arena_printf(&shell->arena, "%lld people", (long long)n);
    return print_archive(shell, &deed, &ids, on,
                         tend_arena_printf(&shell->arena, "%s: %s", what,
                                           on ? "archived" : "on the lists again"));
}

static const struct tend_arg args[] = {
    { "PERSON", TEND_SLOT_PEOPLE, TEND_WHERE | TEND_REPEAT, "whom", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "off", TEND_SLOT_NONE, 0, NULL, "back on the lists", NULL },
    { "where", TEND_SLOT_FILTER, 0, "FILTER", "all who match, instead of PERSON", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "archive \"pizza toni\" voicemail", "numbers that are nobody's prospects" },
    { "archive --where 'tag:junk not has:email'", "everybody who matches" },
    { "archive voicemail --off", "back on the lists" },
    { 0 }
};
static const struct tend_member members[] = {
    { "person", "integer", NULL },
    { "archived", "boolean", "false: on the lists again" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_archive = {
    .name = "archive", .group = "people", .summary = "off the lists, without being deleted",
    .more = "Archived people are left out of lists, counts and the list of the day; what was\n"
            "planned by a plugin is dropped. `find` and their own names still find them:\n"
            "list archived:yes",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .document = TEND_ONE_OR_LIST, .members = members, .run = run_archive,
};
