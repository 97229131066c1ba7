/* move: a person to a stage, if every guard agrees. */
#include "desk/work.h"
#include "shell/write.h"

/* The move of the user that the deed tells of; NULL. */
static const struct tend_outcome *find_move(const struct tend_deed *deed, tend_id person)
{
    for (int64_t i = 0; i < deed->outcome.n; i++) {
        const struct tend_outcome *outcome = &deed->outcome.at[i];

        if (outcome->person == person && outcome->plugin == NULL &&
            tend_text_is(tend_text_of(outcome->effect), "move"))
            return outcome;
    }
    return NULL;
}

static void json_move(struct tend_shell *shell, struct tend_json *json,
                      const struct tend_deed *deed, tend_id person, bool several)
{
    const struct tend_outcome *move = find_move(deed, person);

    tend_json_open(json, NULL, '{');
    tend_json_id(json, "person", person);
    tend_json_str(json, "track", move != NULL ? move->track : NULL);
    tend_json_str(json, "from", move != NULL ? move->from : NULL);
    tend_json_str(json, "to", move != NULL ? move->to : NULL);
    tend_write_json_of(shell, json, deed, several ? person : 0);
    tend_json_close(json, '}');
}

static const char *say_move(struct tend_shell *shell, const struct tend_deed *deed,
                            const struct tend_ids *ids, const char *who)
{
    const struct tend_outcome *move = find_move(deed, ids->at[0]);

    if (ids->n > 1)
        who = tend_arena_printf(&shell->arena, "%lld people", (long long)ids->n);
    if (move == NULL)
        return tend_arena_printf(&shell->arena, "%s: moved", who);
    if (move->from == NULL || *move->from == '\0' || ids->n > 1)
        return tend_arena_printf(&shell->arena, "%s: -> %s (%s)", who, move->to, move->track);
    return tend_arena_printf(&shell->arena, "%s: %s -> %s (%s)", who, move->from, move->to,
                             move->track);
}

static int run_move(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text stage = tend_given_text(parsed, "[TRACK:]STAGE", &shell->arena);
    struct tend_text reason = tend_given_text(parsed, "reason", &shell->arena);
    struct tend_json json = { 0 };
    struct tend_ids ids;
    struct tend_deed deed;
    const char *who;
    tend_id change;
    tend_status status = tend_ref_people(shell, parsed, "PERSON", &ids);

    if (status == TEND_OK)
        status = tend_shell_sure(shell, ids.n, "move");
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    who = tend_write_who(shell, ids.at[0]);
    status = tend_write_begin(shell, &deed, "move p%lld", (long long)ids.at[0]);
    for (int64_t i = 0; status == TEND_OK && i < ids.n; i++)
        status = tend_pipeline_move(&shell->desk, &deed, ids.at[i], stage, reason, &change);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    if (ids.n == 1)
        tend_ref_remember(shell, ids.at[0]);
    if (!shell->options.json) {
        tend_write_say(shell, &deed, say_move(shell, &deed, &ids, who), "move",
                       ids.n == 1 ? ids.at[0] : 0);
        return TEND_EXIT_OK;
    }
    if (ids.several)
        tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < ids.n; i++)
        json_move(shell, &json, &deed, ids.at[i], ids.n > 1);
    if (ids.several)
        tend_json_close(&json, ']');
    tend_json_print(shell, &json);
    tend_deed_finish(&deed);
    return TEND_EXIT_OK;
}

static const struct tend_arg move_args[] = {
    { "PERSON", TEND_SLOT_PEOPLE, TEND_WHERE, "whom", NULL },
    { "[TRACK:]STAGE", TEND_SLOT_STAGE, 0, "prospect, product:customer, ...", NULL },
    { 0 }
};
static const struct tend_flag move_flags[] = {
    { "reason", TEND_SLOT_WORD, TEND_KEYWORD, "TEXT", "why", NULL },
    { "where", TEND_SLOT_FILTER, 0, "FILTER", "all who match, instead of PERSON", NULL },
    { 0 }
};
static const struct tend_example move_examples[] = {
    { "move susi prospect", "in the track that has such a stage" },
    { "move eva product:customer reason=\"first order\"", "in a track by name" },
    { 0 }
};
const struct tend_command tend_cmd_move = {
    .name = "move", .group = "daily", .summary = "move a person to a stage", .args = move_args,
    .more = "Every rule is asked. A rule that says no (exit status 4) names the command that\n"
            "helps.",
    .flags = move_flags, .examples = move_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .fields = "person track from to batch effects, or vetoes", .run = run_move,
};
