/* move: a person to a stage, if every guard agrees. */
#include "desk/work.h"
#include "plugin/vocabulary.h"
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

static const char *nearest_stage(struct tend_shell *shell, struct tend_text name)
{
    TEND_ARRAY(const char *) names = { 0 };
    struct tend_word_info word;
    const char *near;

    for (int64_t i = 0; tend_vocabulary_at(shell->registry, TEND_WORD_STAGE, i, &word); i++)
        TEND_PUSH(&names, word.name);
    TEND_PUSH(&names, NULL);
    near = tend_text_nearest(name, names.at);
    TEND_ARRAY_FINISH(&names);
    return near;
}

/* A word that is no stage: a hold is set by a touch, and else there is a list. */
static tend_status check_stage(struct tend_shell *shell, struct tend_words words)
{
    struct tend_text text = words.at[0].text, name = text;
    const char *colon = text.len > 0 ? memchr(text.at, ':', (size_t)text.len) : NULL;
    const char *track = NULL;
    struct tend_buffer list = { 0 };
    struct tend_word_info word;
    tend_status status;

    if (colon != NULL) {
        track = tend_arena_str(&shell->arena, (struct tend_text){ text.at, colon - text.at });
        name = (struct tend_text){ colon + 1, text.at + text.len - colon - 1 };
    }
    if (!tend_vocabulary_at(shell->registry, TEND_WORD_STAGE, 0, &word) ||
        tend_vocabulary_find(shell->registry, TEND_WORD_STAGE, name, track, NULL))
        return TEND_OK;
    if (tend_vocabulary_find(shell->registry, TEND_WORD_HOLD, name, NULL, NULL))
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                             "%.*s is a hold beside the stage; it is set by what was said: log "
                             "PERSON call disposition=%.*s", TEND_FMT(name), TEND_FMT(name));
    for (int64_t i = 0; tend_vocabulary_at(shell->registry, TEND_WORD_STAGE, i, &word); i++) {
        if (list.len > 0)
            tend_buffer_addc(&list, ' ');
        tend_buffer_addf(&list, "%s:%s", word.track, word.name);
    }
    if (track != NULL && tend_vocabulary_find(shell->registry, TEND_WORD_STAGE, name, NULL, &word))
        status = tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                               "there is no %.*s in track %s; it is in %s: %s:%.*s",
                               TEND_FMT(name), track, word.track, word.track, TEND_FMT(name));
    else if (nearest_stage(shell, name) != NULL)
        status = tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                               "there is no stage \"%.*s\"; did you mean %s?", TEND_FMT(name),
                               nearest_stage(shell, name));
    else
        status = tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                               "there is no stage \"%.*s\"; there are %s", TEND_FMT(name), list.at);
    tend_buffer_finish(&list);
    return status;
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
        status = check_stage(shell, tend_given(parsed, "[TRACK:]STAGE"));
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
static const struct tend_member move_members[] = {
    { "person", "integer", NULL },
    { "track", "text", NULL },
    { "from", "text", NULL },
    { "to", "text", NULL },
    { "vetoes", "[veto]", "instead, where a rule says no" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_move = {
    .name = "move", .group = "daily", .summary = "move a person to a stage", .args = move_args,
    .more = "Every rule is asked. A rule that says no (exit status 4) names the command that\n"
            "helps.",
    .flags = move_flags, .examples = move_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .document = TEND_ONE_OR_LIST, .members = move_members, .run = run_move,
};
