/* What becomes known while somebody types. The machine's clock wakes the prompt;
 * with --now, which stands still, nothing becomes due by itself. */
#include "shell/prompt_notice.h"
#include "desk/tick.h"
#include "shell/output.h"
#include "shell/plugin_watch.h"
#include "store/ops_task.h"
#include <stdlib.h>

#define SECOND INT64_C(1000000)
#define OTHERS (10 * SECOND)        /* how often to look whether somebody else has written */
#define AFTER_FAILURE (60 * SECOND)
#define AT_ONCE (SECOND / 20)       /* until the keyboard is looked at again */
#define NAMED 3                     /* tasks that a notice names */

static int64_t machine_now(void)
{
    struct tend_clock clock = { 0 };

    return tend_clock_now(&clock);
}

static bool has_database(const struct tend_shell *shell)
{
    return shell->store != NULL && !shell->missing;
}

int64_t tend_notice_due(struct tend_shell *shell)
{
    int64_t n = 0;

    if (!has_database(shell) ||
        tend_task_due_count(shell->store, tend_shell_now(shell), &n) != TEND_OK)
        return 0;
    return n;
}

void tend_notice_sync(struct tend_shell *shell, struct tend_notice *notice)
{
    if (!has_database(shell))
        return;
    notice->looked = tend_shell_now(shell);
    tend_store_changed(shell->store, &notice->stamp);
    tend_task_last(shell->store, &notice->last_task);
}

static int64_t sooner(int64_t a, int64_t b)
{
    return b > 0 && b < a ? b : a;
}

int64_t tend_notice_next(struct tend_shell *shell, const struct tend_notice *notice)
{
    int64_t now = machine_now(), next = now + OTHERS, at;

    if (!has_database(shell))
        return 0;
    if (shell->clock.frozen)
        return next;
    if (tend_tick_next(&shell->desk, &at) == TEND_OK && at > 0)
        next = sooner(next, at < notice->not_before ? notice->not_before : at);
    return next;
}

/* --- timers ---------------------------------------------------------------- */

static void answer_timers(struct tend_shell *shell, struct tend_notice *notice)
{
    struct tend_tick_ask ask = { .budget = AT_ONCE };
    struct tend_tick tick = { 0 };
    int64_t at;
    tend_status status;

    if (shell->clock.frozen || machine_now() < notice->not_before ||
        tend_tick_next(&shell->desk, &at) != TEND_OK || at == 0 || at > tend_shell_now(shell))
        return;
    tend_error_clear(&shell->err);
    status = tend_shell_open(shell, TEND_WRITES | TEND_PLUGINS | TEND_NO_NEW);
    if (status == TEND_OK) {
        shell->desk.dry = false;
        status = tend_tick_run(&shell->desk, &ask, &tick);
        for (int64_t i = 0; i < tick.warning.n; i++)
            tend_shell_note(shell, "%s", tick.warning.at[i]);
        tend_tick_finish(&tick);
    }
    if (status == TEND_OK)
        return;
    notice->not_before = machine_now() + AFTER_FAILURE;
    if (status != TEND_BUSY)            /* another tend is at it */
        tend_shell_fail(shell);
}

/* --- tasks ----------------------------------------------------------------- */

static void name_task(struct tend_shell *shell, const struct tend_task_view *task)
{
    struct tend_buffer line = { 0 };

    tend_buffer_addf(&line, "* due now: t%lld %.*s", (long long)task->id, TEND_FMT(task->name));
    if (task->title.len > 0)
        tend_buffer_addf(&line, ", %.*s", TEND_FMT(task->title));
    if (task->phone.len > 0)
        tend_buffer_addf(&line, ", %.*s", TEND_FMT(task->phone));
    tend_line_out(shell, "%.*s", TEND_FMT(tend_buffer_text(&line)));
    tend_buffer_finish(&line);
}

static void name_opened(struct tend_shell *shell, const struct tend_notice *notice)
{
    struct tend_task_view *tasks;
    int64_t n;

    if (tend_task_opened(shell->store, notice->looked, notice->last_task, tend_shell_now(shell),
                         &shell->arena, &tasks, &n) != TEND_OK)
        return;
    for (int64_t i = 0; i < n && i < NAMED; i++)
        name_task(shell, &tasks[i]);
    if (n > NAMED)
        tend_line_out(shell, "* and %lld more: due", (long long)(n - NAMED));
}

/* What is printed between these two goes into the lines. */
struct caught {
    FILE *out, *errors, *ours;
    bool quiet;
    char *text;
    size_t size;
};

static bool catch_output(struct tend_shell *shell, struct caught *c)
{
    *c = (struct caught){ .out = shell->out, .errors = shell->errors,
                          .quiet = shell->options.quiet };
    c->ours = open_memstream(&c->text, &c->size);
    if (c->ours == NULL)
        return false;
    shell->out = shell->errors = c->ours;
    shell->options.quiet = false;
    return true;
}

static void release_output(struct tend_shell *shell, struct caught *c, struct tend_buffer *lines)
{
    shell->out = c->out;
    shell->errors = c->errors;
    shell->options.quiet = c->quiet;
    fclose(c->ours);
    tend_buffer_add(lines, (struct tend_text){ c->text, (int64_t)c->size });
    free(c->text);
    tend_error_clear(&shell->err);
    tend_arena_reset(&shell->arena);
}

void tend_notice_look(struct tend_shell *shell, struct tend_notice *notice,
                      struct tend_buffer *lines)
{
    struct caught caught;

    if (!has_database(shell) || !catch_output(shell, &caught))
        return;
    answer_timers(shell, notice);
    name_opened(shell, notice);
    tend_notice_sync(shell, notice);
    release_output(shell, &caught, lines);
}

void tend_notice_plugins(struct tend_shell *shell, struct tend_buffer *lines)
{
    struct caught caught;

    if (!catch_output(shell, &caught))
        return;
    tend_plugin_watch_turn(shell, false);
    release_output(shell, &caught, lines);
}
