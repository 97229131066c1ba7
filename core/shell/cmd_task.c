/* plan, done, snooze, drop: what is to be done with a person. */
#include "desk/deed.h"
#include "desk/work.h"
#include "plugin/vocabulary.h"
#include "shell/fields.h"
#include "shell/gate_words.h"
#include "shell/local.h"
#include "shell/view.h"
#include "shell/write.h"

static tend_status read_tasks(struct tend_shell *shell, const struct tend_ids *ids,
                              struct tend_task_view *views)
{
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < ids->n; i++)
        status = tend_task_read(shell->store, ids->at[i], tend_shell_now(shell), &shell->arena,
                                &views[i]);
    return status;
}

static tend_status meant(struct tend_shell *shell, const struct tend_ids *ids,
                         struct tend_task_view **views)
{
    *views = tend_arena_take(&shell->arena, (size_t)ids->n * sizeof **views);
    return read_tasks(shell, ids, *views);
}

/* "t3 Follow up, p12 Susi Mayr" for each. */
static void say_tasks(struct tend_buffer *buf, const struct tend_ids *ids,
                      const struct tend_task_view *views)
{
    for (int64_t i = 0; i < ids->n; i++)
        tend_buffer_addf(buf, "%st%lld %.*s, p%lld %.*s", i > 0 ? "; " : "",
                         (long long)views[i].id, TEND_FMT(views[i].title),
                         (long long)views[i].person, TEND_FMT(views[i].name));
}

/* The line says itself what became of these; what is left are consequences. */
static void mark_own(struct tend_deed *deed, const struct tend_ids *ids)
{
    for (int64_t i = 0; i < deed->outcome.n; i++) {
        struct tend_outcome *outcome = &deed->outcome.at[i];

        for (int64_t k = 0; k < ids->n; k++) {
            if (outcome->kind == TEND_REF_TASK && outcome->id == ids->at[k] &&
                outcome->plugin == NULL)
                outcome->effect = "own";
        }
    }
}

/* Ends the deed and prints the tasks as they are now. */
static int finish_tasks(struct tend_shell *shell, struct tend_deed *deed,
                        const struct tend_ids *ids, const char *what)
{
    struct tend_task_view *views = tend_arena_take(&shell->arena,
                                                   (size_t)ids->n * sizeof *views);
    struct tend_json json = { 0 };
    tend_status status = TEND_OK;

    if (shell->options.dry)
        status = read_tasks(shell, ids, views);
    if (status == TEND_OK)
        status = tend_write_end(shell, deed);
    if (status == TEND_OK && !shell->options.dry)
        status = read_tasks(shell, ids, views);
    if (status != TEND_OK)
        return tend_write_fail(shell, deed, status);
    tend_ref_remember(shell, views[0].person);
    if (!shell->options.json) {
        mark_own(deed, ids);
        tend_write_say(shell, deed, what, "own touch", ids->n == 1 ? views[0].person : 0);
        return TEND_EXIT_OK;
    }
    if (ids->several)
        tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < ids->n; i++) {
        tend_json_open(&json, NULL, '{');
        tend_json_task(shell, &json, &views[i]);
        tend_write_json_of(shell, &json, deed, ids->n > 1 ? views[i].person : 0);
        tend_json_close(&json, '}');
    }
    if (ids->several)
        tend_json_close(&json, ']');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
    return TEND_EXIT_OK;
}

static int run_plan(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words time = tend_given(parsed, "TIME");
    struct tend_plan_ask ask = { .kind = tend_given_text(parsed, "KIND", &shell->arena),
                                 .title = tend_given_text(parsed, "TEXT", &shell->arena) };
    struct tend_ids ids = { .n = 1 };
    struct tend_buffer what = { 0 };
    struct tend_when when;
    struct tend_local local;
    const struct tend_zone *zone;
    struct tend_deed deed;
    tend_id task = 0;
    int exit_status;
    tend_status status = tend_ref_person(shell, tend_given_text(parsed, "PERSON", &shell->arena),
                                         &ask.person);

    if (status == TEND_OK)
        status = tend_shell_when(shell, time, false, &when);
    if (status == TEND_OK)
        status = tend_local_ahead(shell, time, &when);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    zone = tend_person_zone(shell->store, ask.person);
    local = tend_local_of(shell, &when, zone);
    ask.opens_day = ask.closes_day = local.day;
    ask.wall = local.wall;
    tend_buffer_addf(&what, "%s: %.*s", tend_write_who(shell, ask.person), TEND_FMT(ask.kind));
    if (ask.title.len > 0)
        tend_buffer_addf(&what, " (%.*s)", TEND_FMT(ask.title));
    tend_buffer_adds(&what, ", ");
    tend_local_say_both(shell, &what, local.day, local.wall, zone);
    status = tend_write_begin(shell, &deed, "plan p%lld", (long long)ask.person);
    if (status == TEND_OK)
        status = tend_task_plan(&shell->desk, &deed, &ask, &task);
    if (status == TEND_DENIED)
        tend_write_cure_mark(shell, ask.person, ask.kind);
    if (status == TEND_OK)
        status = tend_gate_remark(shell, &deed, ask.person, ask.kind, local.day, local.wall);
    if (status == TEND_OK) {
        tend_buffer_addf(&what, " (t%lld)", (long long)task);
        ids.at = &task;
        exit_status = finish_tasks(shell, &deed, &ids, what.at);
    } else {
        exit_status = tend_write_fail(shell, &deed, status);
    }
    tend_buffer_finish(&what);
    return exit_status;
}

/* The touch that `done` with a text is: of the task's kind, else a call, else
 * the first kind that there is. */
static struct tend_text touch_kind(struct tend_shell *shell, const struct tend_task_view *task)
{
    struct tend_word_info word;

    if (task->kind.len > 0)
        return task->kind;
    if (tend_vocabulary_find(shell->registry, TEND_WORD_KIND, TEND_TEXT("call"), NULL, &word) ||
        tend_vocabulary_at(shell->registry, TEND_WORD_KIND, 0, &word))
        return tend_text_of(word.name);
    return TEND_TEXT("call");
}

static tend_status do_one(struct tend_shell *shell, const struct tend_parsed *parsed,
                          struct tend_deed *deed, const struct tend_task_view *task)
{
    struct tend_touch_ask ask = {
        .parties = &task->person, .n_parties = 1, .finishes = task->id,
        .kind = tend_given_text(parsed, "kind", &shell->arena),
        .text = tend_given_text(parsed, "TEXT", &shell->arena),
        .disposition = tend_given_text(parsed, "disposition", &shell->arena),
        .sentiment = tend_given_text(parsed, "sentiment", &shell->arena),
        .significant = tend_given_yes(parsed, "significant", &shell->arena),
    };
    tend_id touch, by = 0;
    tend_status status = TEND_OK;

    if (tend_given_is(parsed, "by"))
        status = tend_ref_person(shell, tend_given_text(parsed, "by", &shell->arena), &by);
    if (status != TEND_OK)
        return status;
    if (task->state != TEND_TASK_OPEN || (ask.text.len == 0 && ask.kind.len == 0 &&
                                          ask.disposition.len == 0 && ask.sentiment.len == 0 &&
                                          ask.significant <= 0))
        status = tend_task_done(&shell->desk, deed, task->id);
    else {
        if (ask.kind.len == 0)
            ask.kind = touch_kind(shell, task);
        status = tend_touch_log(&shell->desk, deed, &ask, &touch);
    }
    if (status == TEND_OK && by != 0)
        status = tend_row_set(shell->store, TEND_T_task, task->id, TEND_C_task_doer, tend_int(by));
    return status;
}

/* `done t2 "7"`: a text that is only references was meant as tasks. */
static tend_status check_done_text(struct tend_shell *shell, struct tend_words words)
{
    for (int64_t i = 0; i < words.n; i++) {
        struct tend_text rest = words.at[i].text, piece;

        while (tend_text_word(&rest, &piece)) {
            enum tend_ref_kind kind;
            tend_id id;

            if (!tend_text_int(piece, &id) && !tend_ref_typed(piece, &kind, &id))
                return TEND_OK;
        }
    }
    return words.n == 0
               ? TEND_OK
               : tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                               "this says nothing: TEXT is what was said; tasks stand in front "
                               "of it: done t5 t6");
}

static int run_done(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_task_view *views;
    struct tend_buffer what = { 0 };
    struct tend_ids ids;
    struct tend_deed deed;
    int exit_status;
    tend_status status = check_done_text(shell, tend_given(parsed, "TEXT"));

    if (status == TEND_OK)
        status = tend_fields_sentiment(shell, tend_given(parsed, "sentiment"));
    if (status == TEND_OK)
        status = tend_ref_tasks(shell, parsed, "TASK", &ids);
    if (status == TEND_OK)
        status = meant(shell, &ids, &views);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "done t%lld", (long long)ids.at[0]);
    for (int64_t i = 0; status == TEND_OK && i < ids.n; i++)
        status = do_one(shell, parsed, &deed, &views[i]);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    say_tasks(&what, &ids, views);
    tend_buffer_adds(&what, ": done");
    exit_status = finish_tasks(shell, &deed, &ids, what.at);
    tend_buffer_finish(&what);
    return exit_status;
}

static int run_snooze(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_task_view *views;
    struct tend_buffer what = { 0 };
    struct tend_when when;
    struct tend_local local = { 0 };
    struct tend_ids ids;
    struct tend_deed deed;
    int exit_status;
    tend_status status = tend_ref_tasks(shell, parsed, "TASK", &ids);

    if (status == TEND_OK)
        status = meant(shell, &ids, &views);
    if (status == TEND_OK)
        status = tend_shell_when(shell, tend_given(parsed, "WHEN"), false, &when);
    if (status == TEND_OK)
        status = tend_local_ahead(shell, tend_given(parsed, "WHEN"), &when);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "snooze t%lld", (long long)ids.at[0]);
    for (int64_t i = 0; status == TEND_OK && i < ids.n; i++) {
        local = tend_local_of(shell, &when, tend_view_zone(shell, &views[i]));
        status = tend_task_snooze(&shell->desk, &deed, ids.at[i], local.day, local.wall);
        if (status == TEND_OK)
            status = tend_gate_remark(shell, &deed, views[i].person, views[i].kind, local.day,
                                      local.wall);
    }
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    say_tasks(&what, &ids, views);
    tend_buffer_adds(&what, ": put off to ");
    if (ids.n == 1)
        tend_local_say_both(shell, &what, local.day, local.wall, tend_view_zone(shell, &views[0]));
    else
        tend_when_say(&what, when.day, when.wall, tend_shell_today(shell));
    exit_status = finish_tasks(shell, &deed, &ids, what.at);
    tend_buffer_finish(&what);
    return exit_status;
}

static int run_drop(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_task_view *views;
    struct tend_buffer what = { 0 };
    struct tend_ids ids;
    struct tend_deed deed;
    int exit_status;
    tend_status status = tend_ref_tasks(shell, parsed, "TASK", &ids);

    if (status == TEND_OK)
        status = meant(shell, &ids, &views);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "drop t%lld", (long long)ids.at[0]);
    for (int64_t i = 0; status == TEND_OK && i < ids.n; i++)
        status = tend_task_drop(&shell->desk, &deed, ids.at[i]);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    say_tasks(&what, &ids, views);
    tend_buffer_adds(&what, ": dropped");
    exit_status = finish_tasks(shell, &deed, &ids, what.at);
    tend_buffer_finish(&what);
    return exit_status;
}

static const char *const yes_no[] = { "yes", "no", NULL };

static const struct tend_arg plan_args[] = {
    { "PERSON", TEND_SLOT_PERSON, 0, "with whom", NULL },
    { "KIND", TEND_SLOT_KIND, 0, "call, presentation, ...", NULL },
    { "TIME", TEND_SLOT_TIME, 0, "a day, or a day and a time", NULL },
    { "TEXT", TEND_SLOT_TEXT, TEND_OPTIONAL, "what it is about", NULL },
    { 0 }
};
static const struct tend_example plan_examples[] = {
    { "plan susi presentation thu 19:00 \"my kitchen\"", "an appointment" },
    { "plan ann call +3d", "a day, at any time" },
    { 0 }
};
static const struct tend_member plan_members[] = {
    { "...", "task", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_plan = {
    .name = "plan", .group = "daily", .summary = "plan a call, a meeting, a message",
    .args = plan_args, .examples = plan_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = plan_members, .run = run_plan,
};

static const struct tend_arg done_args[] = {
    { "TASK", TEND_SLOT_TASKS, TEND_REPEAT, "t5, or several: t5 t6", NULL },
    { "TEXT", TEND_SLOT_TEXT, TEND_OPTIONAL, "what was said; it becomes a touch", NULL },
    { 0 }
};
static const struct tend_flag done_flags[] = {
    { "by", TEND_SLOT_PERSON, TEND_KEYWORD, "PERSON", "who did it, if it was not you", NULL },
    { "disposition", TEND_SLOT_DISPOSITION, TEND_KEYWORD, "WORD", "how it came out: thinking, soft_no",
      NULL },
    { "sentiment", TEND_SLOT_SENTIMENT, TEND_KEYWORD, "WORD", "how they felt: warm", NULL },
    { "significant", TEND_SLOT_CHOICE, TEND_KEYWORD, "yes", "it was a real conversation", yes_no },
    { "kind", TEND_SLOT_KIND, TEND_KEYWORD, "KIND", "what kind of touch, if not the task's", NULL },
    { 0 }
};
static const struct tend_example done_examples[] = {
    { "done t3 \"very warm, wants Tom to decide\" disposition=thinking", "done, and said" },
    { "done 3 4", "two at once" },
    { 0 }
};
static const struct tend_member done_members[] = {
    { "...", "task", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_done = {
    .name = "done", .group = "daily", .summary = "a task is done", .args = done_args,
    .flags = done_flags, .examples = done_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .document = TEND_ONE_OR_LIST, .members = done_members, .run = run_done,
};

static const struct tend_arg snooze_args[] = {
    { "TASK", TEND_SLOT_TASKS, TEND_REPEAT, "t5, or several: 11 12 13", NULL },
    { "WHEN", TEND_SLOT_TIME, 0, "the day on which it opens", NULL },
    { 0 }
};
static const struct tend_example snooze_examples[] = {
    { "snooze 11 12 13 sat", "three tasks, to Saturday" },
    { "snooze t9 fri 18:00", "one, to a time" },
    { 0 }
};
static const struct tend_member snooze_members[] = {
    { "...", "task", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_snooze = {
    .name = "snooze", .group = "daily", .summary = "put tasks off", .args = snooze_args,
    .examples = snooze_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .document = TEND_ONE_OR_LIST, .members = snooze_members, .run = run_snooze,
};

static const struct tend_arg drop_args[] = {
    { "TASK", TEND_SLOT_TASKS, TEND_REPEAT, "t5, or several", NULL },
    { 0 }
};
static const struct tend_example drop_examples[] = {
    { "drop t5", "it is not done, and goes" },
    { 0 }
};
static const struct tend_member drop_members[] = {
    { "...", "task", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_drop = {
    .name = "drop", .group = "daily", .summary = "let a task go", .args = drop_args,
    .examples = drop_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .document = TEND_ONE_OR_LIST, .members = drop_members, .run = run_drop,
};
