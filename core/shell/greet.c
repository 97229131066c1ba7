/* What bare `tend` begins with: who is greeted, what is new, what came of days
 * away, and the list of the day. */
#include "shell/greet.h"
#include "desk/day.h"
#include "desk/tick.h"
#include "shell/ask.h"
#include "shell/due.h"
#include "shell/output.h"
#include "store/ops_person.h"
#include "store/ops_timer.h"

#define GOAL 2                  /* new people a day; `config new_people` */
#define COUNTED 1000            /* beyond that they are many */

static void say_empty(struct tend_shell *shell)
{
    tend_line_out(shell, "Nobody is here yet. Begin with one of these:");
    tend_line_out(shell, "  config name=\"Your Name\" zone=%s region=AT",
                  tend_zone_local_name());
    tend_line_out(shell, "  import --dry-run contacts.csv    what would come in; then without "
                         "--dry-run");
    tend_line_out(shell, "  add \"Ann Lee\" phone=\"0664 5551234\"");
    tend_line_out(shell, "  help");
}

static const char *time_of_day(struct tend_shell *shell)
{
    int32_t hour = tend_zone_civil(tend_store_zone(shell->store), tend_shell_now(shell)).hour;

    if (hour < 5)
        return "Still up";
    return hour < 12 ? "Good morning" : hour < 18 ? "Good afternoon" : "Good evening";
}

/* Behind the greeting: ", Mira", or nothing. */
static const char *first_name(struct tend_shell *shell)
{
    struct tend_text name = { 0 }, first;

    if (tend_meta_get(shell->store, "name", &shell->arena, &name) != TEND_OK ||
        !tend_text_word(&name, &first))
        return "";
    return tend_arena_printf(&shell->arena, ", %.*s", TEND_FMT(first));
}

/* S2.16: one or two new people every day. */
static void add_new_people(struct tend_shell *shell, struct tend_buffer *buf)
{
    const struct tend_zone *zone = tend_store_zone(shell->store);
    struct tend_text text = { 0 };
    int64_t goal = GOAL, n = 0;

    if (tend_meta_get(shell->store, "new_people", &shell->arena, &text) != TEND_OK ||
        !tend_text_int(text, &goal))
        goal = GOAL;
    if (tend_person_new(shell->store, tend_zone_instant(zone, tend_shell_today(shell), 0),
                        COUNTED, &n) != TEND_OK || goal == 0)
        return;
    if (n > goal)
        tend_buffer_addf(buf, " %s%lld new people today.", n == COUNTED ? "More than " : "",
                         (long long)n);
    else
        tend_buffer_addf(buf, " %lld of %lld new people today.", (long long)n, (long long)goal);
}

/* Returns how many. */
static int64_t add_due(struct tend_shell *shell, struct tend_buffer *buf)
{
    struct tend_task_view *tasks;
    int64_t n = 0, late = 0, first = 0;

    if (tend_day_tasks(&shell->desk, tend_shell_now(shell), false, &shell->arena, &tasks, &n) !=
        TEND_OK)
        return 0;
    for (int64_t i = 0; i < n; i++) {
        late += tasks[i].overdue;
        first += tasks[i].group == TEND_DAY_APPOINTMENT;
    }
    if (n == 0) {
        tend_buffer_adds(buf, " Nothing due.");
        return 0;
    }
    tend_buffer_addf(buf, " %lld due", (long long)n);
    if (first > 0)
        tend_buffer_addf(buf, ", %lld at a fixed time", (long long)first);
    if (late > 0)
        tend_buffer_addf(buf, ", %lld late", (long long)late);
    tend_buffer_addc(buf, '.');
    return n;
}

/* Timers that were slept through make their tasks first, so that they are sorted
 * with the others; the plugins are loaded for it. */
static void catch_up(struct tend_shell *shell)
{
    struct tend_tick_ask ask = { 0 };
    struct tend_tick tick = { 0 };
    tend_id timer = 0;
    int64_t due;

    if (tend_timer_first(shell->store, tend_shell_now(shell), &timer, &due) != TEND_OK ||
        timer == 0)
        return;
    if (tend_tick_run(&shell->desk, &ask, &tick) != TEND_OK)
        tend_shell_fail(shell);
    for (int64_t i = 0; i < tick.warning.n; i++)
        tend_shell_note(shell, "%s", tick.warning.at[i]);
    tend_tick_finish(&tick);
}

/* What cannot be sorted (a database that may only be read) is still shown. */
static void come_back(struct tend_shell *shell, struct tend_backlog *backlog)
{
    shell->desk.dry = shell->options.dry;
    catch_up(shell);
    if (tend_backlog_return(&shell->desk, backlog) != TEND_OK) {
        tend_shell_fail(shell);
        tend_error_clear(&shell->err);
    }
}

static int greet(struct tend_shell *shell)
{
    struct tend_buffer buf = { 0 };
    struct tend_backlog backlog = { 0 };
    int exit_status = TEND_EXIT_OK;
    int64_t n;

    come_back(shell, &backlog);
    tend_buffer_addf(&buf, "%s%s.", time_of_day(shell), first_name(shell));
    add_new_people(shell, &buf);
    n = add_due(shell, &buf);
    if (!shell->options.json && !shell->options.csv)
        tend_say(shell, tend_buffer_text(&buf));
    if (!shell->options.json && !shell->options.csv)
        tend_backlog_say(shell, &backlog);
    if (n > 0 || shell->options.json || shell->options.csv)
        exit_status = tend_due_print(shell, tend_shell_now(shell), false);
    else
        tend_due_none(shell, true);
    tend_backlog_finish(&backlog);
    tend_buffer_finish(&buf);
    return exit_status;
}

/* Nobody has told their name yet. */
static bool is_new(struct tend_shell *shell)
{
    struct tend_text name = { 0 };

    return !shell->options.dry &&
           tend_meta_get(shell->store, "name", &shell->arena, &name) == TEND_OK && name.len == 0;
}

int tend_greet(struct tend_shell *shell)
{
    tend_status status;
    int64_t n;

    shell->holds = true;                /* that there is no database is said below */
    status = tend_shell_open(shell, TEND_PLUGINS | TEND_WRITES | TEND_NO_NEW);
    shell->holds = false;
    tend_shell_say_held(shell);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (tend_person_new(shell->store, INT64_MIN, 1, &n) != TEND_OK)
        return tend_shell_fail(shell);
    if (n == 0 && is_new(shell) && tend_ask_can(shell)) {
        tend_first_run(shell);
        return TEND_EXIT_OK;
    }
    if (n == 0) {
        say_empty(shell);
        return TEND_EXIT_OK;
    }
    return greet(shell);
}
