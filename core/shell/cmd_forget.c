/* forget: somebody asks that nothing is kept of them. */
#include "desk/people.h"
#include "shell/ask.h"
#include "shell/view.h"
#include "shell/write.h"
#include "store/forget.h"

/* Asked where somebody can answer; elsewhere --yes answers. */
static tend_status sure(struct tend_shell *shell, tend_id person)
{
    const char *who = tend_write_who(shell, person);
    char key;

    if (shell->options.yes || shell->options.dry)
        return TEND_OK;
    if (!tend_ask_can(shell)) {
        tend_error_set(&shell->err, TEND_USAGE,
                       "%s would be forgotten for good, everywhere in this database: that cannot "
                       "be undone", who);
        tend_error_cure(&shell->err, "forget p%lld --yes   (only off the lists: archive p%lld)",
                        (long long)person, (long long)person);
        return TEND_USAGE;
    }
    if (tend_ask_key(shell, tend_arena_printf(&shell->arena, "Forget %s for good? It cannot be "
                                                             "undone. [y/n]", who),
                     "yn", &key) != TEND_OK || key != 'y')
        return tend_error_set(&shell->err, TEND_CANCELLED, "nothing was done");
    return TEND_OK;
}

static int run_forget(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_json json = { 0 };
    struct tend_deed deed;
    tend_id person;
    tend_status status = tend_ref_person(shell, tend_given_text(parsed, "PERSON", &shell->arena),
                                         &person);

    if (status == TEND_OK)
        status = sure(shell, person);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "forget p%lld", (long long)person);
    if (status == TEND_OK)
        status = tend_person_forget(&shell->desk, &deed, person);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status == TEND_OK && !shell->options.dry)
        status = tend_store_scrub(shell->store);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    shell->last = 0;
    if (shell->options.json) {
        tend_json_open(&json, NULL, '{');
        tend_json_id(&json, "person", person);
        tend_write_json(shell, &json, &deed);
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
    } else {
        tend_sayf(shell, "p%lld is forgotten%s", (long long)person,
                  shell->options.dry ? ". (dry run: nothing was written)"
                                     : "; that cannot be undone. An import does not bring them "
                                       "back. Backups made before still have them, and so may what was "
                                       "typed at the prompt (its history).");
    }
    tend_deed_finish(&deed);
    return TEND_EXIT_OK;
}

static const struct tend_arg args[] = {
    { "PERSON", TEND_SLOT_PERSON, 0, "whom", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "forget peter --yes", "he asked for it" },
    { 0 }
};
static const struct tend_member members[] = {
    { "person", "integer", "the id that they had" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_forget = {
    .name = "forget", .group = "people", .summary = "erase a person for good, everywhere",
    .more = "Names, numbers, notes, what was said: from the facts, the search, the journal. A\n"
            "keyed hash of the numbers and addresses stays, so that no import brings them\n"
            "back. It cannot be undone.",
    .args = args, .examples = examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = members, .run = run_forget,
};
