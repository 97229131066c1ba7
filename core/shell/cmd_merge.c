/* merge, unmerge: the same person twice. */
#include "desk/merge.h"
#include "shell/view.h"
#include "shell/write.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"
#include "store/ops_why.h"

/* Who has more to tell stands first. */
static int64_t worth(struct tend_shell *shell, tend_id person)
{
    struct tend_person_view view;
    struct tend_touch_view *touches;
    int64_t n = 0;

    if (person == tend_store_me(shell->store))
        return INT64_MAX;
    if (tend_person_read(shell->store, person, &shell->arena, &view) != TEND_OK ||
        tend_touch_of(shell->store, person, 100, &shell->arena, &touches, &n) != TEND_OK ||
        view.archived_at != 0)
        return -1;
    return n + view.n_points + view.n_attributes + view.n_tags + view.n_roles + view.n_holds;
}

static void best_first(struct tend_shell *shell, struct tend_ids *ids)
{
    int64_t best = 0;
    tend_id first;

    for (int64_t i = 1; i < ids->n; i++)
        if (worth(shell, ids->at[i]) > worth(shell, ids->at[best]))
            best = i;
    first = ids->at[best];
    ids->at[best] = ids->at[0];
    ids->at[0] = first;
}

/* The batch, as history shows it. */
static void json_batch(struct tend_shell *shell, struct tend_json *json,
                       const struct tend_deed *deed, const char *command)
{
    struct tend_batch batch = { .command = tend_text_of(command), .actor = deed->actor,
                                .at = deed->now };

    if (deed->batch != 0)
        tend_batch_read(shell->store, deed->batch, &shell->arena, &batch);
    tend_json_text(json, "command", batch.command);
    tend_json_id(json, "actor", batch.actor);
    tend_json_time(json, "at", batch.at, tend_store_zone(shell->store));
    tend_json_int(json, "changes", batch.changes);
}

static int print(struct tend_shell *shell, struct tend_deed *deed, const char *command,
                 const char *what, tend_id root, const tend_id *others, int64_t n, bool merged)
{
    struct tend_json json = { 0 };

    tend_ref_remember(shell, root);
    if (!shell->options.json) {
        tend_write_say(shell, deed, what, "merged unmerged", root);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    json_batch(shell, &json, deed, command);
    tend_json_id(&json, "person", root);
    tend_json_open(&json, merged ? "merged" : "unmerged", '[');
    for (int64_t i = 0; i < n; i++)
        tend_json_int(&json, NULL, others[i]);
    tend_json_close(&json, ']');
    tend_write_json(shell, &json, deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
    return TEND_EXIT_OK;
}

static int run_merge(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_buffer what = { 0 }, command = { 0 };
    struct tend_deed deed;
    struct tend_ids ids;
    tend_status status = tend_ref_people(shell, parsed, "PERSON", &ids);
    int exit_status;

    if (status == TEND_OK && ids.n < 2)
        status = tend_error_set(&shell->err, ids.several ? TEND_EXISTS : TEND_USAGE,
                                ids.several ? "%s is all of these already"
                                            : "with whom? merge takes %s, who stays, and who is "
                                              "the same",
                                tend_write_who(shell, ids.at[0]));
    if (status == TEND_OK)
        status = tend_shell_sure(shell, ids.n, "merge");
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (tend_given_is(parsed, "best"))
        best_first(shell, &ids);
    tend_buffer_addf(&what, "%s: the same as", tend_write_who(shell, ids.at[0]));
    tend_buffer_adds(&command, "merge");
    for (int64_t i = 0; i < ids.n && i < 10; i++) {
        tend_buffer_addf(&command, " p%lld", (long long)ids.at[i]);
        if (i > 0)
            tend_buffer_addf(&what, "%s %s", i > 1 ? "," : "", tend_write_who(shell, ids.at[i]));
    }
    status = tend_write_begin(shell, &deed, "%s", command.at);
    for (int64_t i = 1; status == TEND_OK && i < ids.n; i++)
        status = tend_person_merge(&shell->desk, &deed, ids.at[0], ids.at[i]);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        exit_status = tend_write_fail(shell, &deed, status);
    else
        exit_status = print(shell, &deed, command.at, what.at, ids.at[0], ids.at + 1, ids.n - 1,
                            true);
    tend_buffer_finish(&what);
    tend_buffer_finish(&command);
    return exit_status;
}

/* An id is who was merged; a name leads to the root, and is enough where it has only one. */
static tend_status who_parts(struct tend_shell *shell, struct tend_text text, tend_id *person)
{
    struct tend_person_view view;
    struct tend_buffer list = { 0 };
    enum tend_ref_kind kind;
    tend_status status = TEND_OK;

    if ((tend_ref_typed(text, &kind, person) && kind == TEND_REF_PERSON) ||
        tend_text_int(text, person))
        status = TEND_OK;
    else
        status = tend_ref_person(shell, text, person);
    if (status == TEND_OK)
        status = tend_person_read(shell->store, *person, &shell->arena, &view);
    if (status != TEND_OK || view.merged != 0 || view.n_family == 0)
        return status;
    if (view.n_family == 1) {
        *person = view.family_ids[0];
        return TEND_OK;
    }
    tend_buffer_addf(&list, "%s is %lld people", tend_write_who(shell, *person),
                     (long long)view.n_family + 1);
    for (int64_t i = 0; i < view.n_family; i++)
        tend_buffer_addf(&list, "\n  p%lld\t%.*s", (long long)view.family_ids[i],
                         TEND_FMT(view.names[i]));
    status = tend_error_set(&shell->err, TEND_AMBIGUOUS, "%s", list.at);
    tend_error_cure(&shell->err, "unmerge p%lld", (long long)view.family_ids[0]);
    tend_buffer_finish(&list);
    return status;
}

static int run_unmerge(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    const char *command, *what;
    struct tend_deed deed;
    tend_id person, root = 0;
    tend_status status = who_parts(shell, tend_given_text(parsed, "PERSON", &shell->arena),
                                   &person);

    if (status != TEND_OK)
        return tend_shell_fail(shell);
    command = tend_arena_printf(&shell->arena, "unmerge p%lld", (long long)person);
    status = tend_write_begin(shell, &deed, "%s", command);
    if (status == TEND_OK)
        status = tend_person_unmerge(&shell->desk, &deed, person, &root);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    what = tend_arena_printf(&shell->arena, "%s: not the same as %s",
                             tend_write_who(shell, person), tend_write_who(shell, root));
    return print(shell, &deed, command, what, root, &person, 1, false);
}

static const struct tend_arg merge_args[] = {
    { "PERSON", TEND_SLOT_PEOPLE, TEND_REPEAT, "who stays, then who is the same", NULL },
    { 0 }
};
static const struct tend_flag merge_flags[] = {
    { "best", TEND_SLOT_NONE, 0, NULL, "who has more to tell stays, whoever was named first",
      NULL },
    { 0 }
};
static const struct tend_example merge_examples[] = {
    { "merge p2 p3", "p3 is read as a part of p2 from now on" },
    { "merge p2,p3,p4 --best", "the one with the most facts stays" },
    { 0 }
};
static const struct tend_member merge_members[] = {
    { "command", "text", "the verb with ids" },
    { "actor", "integer", "a person" },
    { "at", "time", NULL },
    { "changes", "integer", "rows" },
    { "person", "integer", "who stays" },
    { "merged", "[integer]", "who are read as a part of them" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_merge = {
    .name = "merge", .group = "people", .summary = "the same person twice: read them as one",
    .more = "Nothing is moved or lost: both histories are read together, the further stage\n"
            "counts, the stricter do-not-contact mark holds, and a task that both had stays\n"
            "once. Names, addresses and ids of all lead to the one who stays. unmerge takes it\n"
            "back.",
    .args = merge_args, .flags = merge_flags, .examples = merge_examples,
    .effects = TEND_WRITES | TEND_PLUGINS, .members = merge_members, .run = run_merge,
};

static const struct tend_arg unmerge_args[] = {
    { "PERSON", TEND_SLOT_PERSON, 0, "who was merged: p7", NULL },
    { 0 }
};
static const struct tend_example unmerge_examples[] = {
    { "unmerge p3", "p3 stands for themselves again" },
    { 0 }
};
static const struct tend_member unmerge_members[] = {
    { "command", "text", "the verb with ids" },
    { "actor", "integer", "a person" },
    { "at", "time", NULL },
    { "changes", "integer", "rows" },
    { "person", "integer", "who they were merged into" },
    { "unmerged", "[integer]", "who stands for themselves again" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_unmerge = {
    .name = "unmerge", .group = "people", .summary = "two that were merged are two again",
    .more = "Each has again what was theirs; what was written since stays with the one who\n"
            "stood for both. A task that was dropped as the same is open again. What was changed\n"
            "since is left as it is, and named.",
    .args = unmerge_args, .examples = unmerge_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = unmerge_members, .run = run_unmerge,
};
