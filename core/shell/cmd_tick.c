/* tick: what is due is done once, for cron and for the curious. */
#include "desk/tick.h"
#include "shell/greet.h"
#include "shell/output.h"
#include "shell/time.h"
#include "shell/write.h"

static void tick_json(struct tend_shell *shell, const struct tend_tick *tick)
{
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '{');
    tend_json_int(&json, "steps", tick->steps);
    tend_json_int(&json, "tasks", tick->tasks);
    tend_json_int(&json, "messages", tick->messages);
    tend_json_int(&json, "failed", tick->failed);
    tend_json_int(&json, "left", tick->left);
    tend_json_open(&json, "batches", '[');
    for (int64_t i = 0; i < tick->batch.n; i++)
        tend_json_id(&json, NULL, tick->batch.at[i]);
    tend_json_close(&json, ']');
    tend_backlog_json(shell, &json, "spread", &tick->backlog);
    if (shell->options.dry)
        tend_json_bool(&json, "dry_run", true);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
}

static void tick_say(struct tend_shell *shell, const struct tend_tick *tick)
{
    struct tend_buffer buf = { 0 };
    int64_t n = tick->batch.n;

    if (tick->steps == 0) {
        tend_sayf(shell, "nothing was waiting%s", shell->options.dry ? " (dry run)" : "");
        return;
    }
    tend_buffer_addf(&buf, "%lld %s, %lld %s made", (long long)tick->steps,
                     tick->steps == 1 ? "step" : "steps", (long long)tick->tasks,
                     tick->tasks == 1 ? "task" : "tasks");
    if (tick->failed > 0)
        tend_buffer_addf(&buf, ", %lld failed", (long long)tick->failed);
    if (tick->left > 0)
        tend_buffer_addf(&buf, ", %lld left", (long long)tick->left);
    if (shell->options.dry)
        tend_buffer_adds(&buf, " (dry run: nothing was written)");
    else if (n == 1)
        tend_buffer_addf(&buf, " (undo b%lld takes it back)", (long long)tick->batch.at[0]);
    else if (n > 1)
        tend_buffer_addf(&buf, " (undo b%lld and before it to b%lld take it back)",
                         (long long)tick->batch.at[n - 1], (long long)tick->batch.at[0]);
    tend_say(shell, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
}

static tend_status read_ask(struct tend_shell *shell, const struct tend_parsed *parsed,
                            struct tend_tick_ask *ask)
{
    struct tend_words steps = tend_given(parsed, "max-steps");
    struct tend_when when;
    tend_status status;

    if (tend_given_is(parsed, "max-steps") &&
        (!tend_text_int(steps.at[0].text, &ask->most) || ask->most < 1))
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, &steps.at[0],
                             "--max-steps takes a number from 1 on");
    if (!tend_given_is(parsed, "until"))
        return TEND_OK;
    status = tend_shell_when(shell, tend_given(parsed, "until"), false, &when);
    if (status == TEND_OK)      /* a day alone is all of it */
        ask->until = when.wall >= 0 ? when.at
                                    : tend_zone_instant(tend_store_zone(shell->store),
                                                        when.day + 1, 0) - 1;
    return status;
}

static int run_tick(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_tick_ask ask = { 0 };
    struct tend_tick tick = { 0 };
    int exit_status = TEND_EXIT_OK;
    tend_status status = read_ask(shell, parsed, &ask);

    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_tick_run(&shell->desk, &ask, &tick);
    for (int64_t i = 0; i < tick.warning.n; i++)
        tend_shell_note(shell, "%s", tick.warning.at[i]);
    if (status != TEND_OK)
        exit_status = tend_shell_fail(shell);
    if (status != TEND_OK && tick.steps == 0)
        ;                       /* there is nothing to tell but the error */
    else if (shell->options.json)
        tick_json(shell, &tick);
    else {
        tick_say(shell, &tick);
        tend_backlog_say(shell, &tick.backlog);
    }
    if (status == TEND_OK && tick.failed > 0)
        exit_status = TEND_EXIT_PART;
    tend_tick_finish(&tick);
    return exit_status;
}

static const struct tend_flag tick_flags[] = {
    { "max-steps", TEND_SLOT_NUMBER, 0, "N", "no more than so many", NULL },
    { "until", TEND_SLOT_TIME, 0, "TIME", "all that is due until then, the clock standing at each "
      "one's time", NULL },
    { 0 }
};
static const struct tend_example tick_examples[] = {
    { "tick", "after a large import, or from cron" },
    { "tick --until \"+1d\"", "what the next day will bring" },
    { 0 }
};
static const struct tend_member tick_members[] = {
    { "steps", "integer", NULL },
    { "tasks", "integer", NULL },
    { "messages", "integer", NULL },
    { "failed", "integer", NULL },
    { "left", "integer", NULL },
    { "batches", "[integer]", NULL },
    { "spread", "integer", "moved to later days after a time asleep" },
    { 0 }
};
const struct tend_command tend_cmd_tick = {
    .name = "tick", .group = "the house", .summary = "do what waits for its time, and stop",
    .more = "What a large import left to be looked at, and what failed and is to be tried again. "
            "A tick is undone only by its id: undo b9. It ends with 5 if a plugin failed: the rest is "
            "done, and what failed is tried again.",
    .flags = tick_flags, .examples = tick_examples,
    .effects = TEND_WRITES | TEND_PLUGINS | TEND_NO_NEW,
    .members = tick_members, .run = run_tick,
};
