/* due: whom to follow up, and why. */
#include "shell/due.h"
#include "desk/day.h"
#include "shell/gate_words.h"
#include "shell/local.h"
#include "shell/parked.h"
#include "shell/view.h"
#include "shell/write.h"

#define GO_SHOWN 12             /* of what may be let go */

static const struct tend_sheet_column columns[] = {
    { "ref", TEND_COLUMN_RANK(1) },
    { "name", TEND_COLUMN_NAME },
    { "phone", TEND_COLUMN_RANK(2) },
    { "what", TEND_COLUMN_SHRINKS },
    { "why", TEND_COLUMN_SHRINKS | TEND_COLUMN_RANK(3) },
    { "until", 0 },
    { "last said", TEND_COLUMN_BELOW },
};

/* Today is said as that, where a person reads it and it is one day for both. */
static void add_until(struct tend_shell *shell, struct tend_buffer *buf,
                      const struct tend_task_view *task)
{
    const struct tend_zone *zone = tend_view_zone(shell, task);

    if (tend_view_plain(shell) || task->closes_day != tend_shell_today(shell) ||
        zone != tend_store_zone(shell->store)) {
        tend_local_cell(shell, buf, task->closes_day, task->wall, zone);
        return;
    }
    tend_buffer_adds(buf, task->wall >= 0 ? "today " : "today");
    if (task->wall >= 0)
        tend_wall_say(buf, task->wall);
}

static void due_row(struct tend_shell *shell, struct tend_sheet *sheet,
                    const struct tend_task_view *task, bool all, const char *quiet)
{
    struct tend_buffer buf = { 0 };
    struct tend_text why;

    tend_sheet_add(sheet, tend_text_of(tend_arena_printf(&shell->arena, "t%lld",
                                                         (long long)task->id)));
    tend_sheet_add(sheet, task->name.len > 0 ? task->name
                                             : tend_view_called(shell, task->person));
    tend_sheet_add(sheet, task->phone);
    tend_sheet_add(sheet, task->title);
    why = task->why.len > 0 ? task->why : task->plugin.len > 0 ? task->plugin
                                                               : TEND_TEXT("planned");
    if (quiet != NULL)
        why = tend_text_of(tend_arena_printf(&shell->arena, "%s; %.*s", quiet, TEND_FMT(why)));
    tend_sheet_add(sheet, why);
    if (task->overdue)
        tend_buffer_adds(&buf, "late: ");
    if (all && task->wall < 0 && task->closes_day > task->opens_day) {
        tend_local_cell(shell, &buf, task->opens_day, -1, tend_view_zone(shell, task));
        tend_buffer_adds(&buf, " to ");
    }
    add_until(shell, &buf, task);
    tend_sheet_add(sheet, tend_arena_text(&shell->arena, tend_buffer_text(&buf)));
    tend_sheet_add(sheet, task->said);
    tend_buffer_finish(&buf);
}

/* Is it night there? Only of now is that asked, not of another day. */
static int64_t quiet_until(struct tend_shell *shell, const struct tend_task_view *task,
                           int64_t now, const char **words)
{
    int64_t until = 0, ago = tend_shell_now(shell) - now;

    *words = NULL;
    if (ago < 0 || ago > TEND_MINUTE ||
        tend_gate_asleep(shell, task, now, words, &until) != TEND_OK)
        return 0;
    return until;
}

static void due_json(struct tend_shell *shell, const struct tend_task_view *tasks, int64_t n,
                     int64_t now)
{
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < n; i++) {
        const char *words;
        int64_t until = quiet_until(shell, &tasks[i], now, &words);

        tend_json_open(&json, NULL, '{');
        tend_json_task(shell, &json, &tasks[i]);
        tend_json_bool(&json, "let_go", tasks[i].group == TEND_DAY_OLD);
        if (until != 0)
            tend_json_time(&json, "quiet_until", until, tend_view_zone(shell, &tasks[i]));
        else
            tend_json_str(&json, "quiet_until", NULL);
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_print(shell, &json);
}

/* An empty list says what else there is. */
void tend_due_none(struct tend_shell *shell, bool said)
{
    const char *nothing = said ? "" : "nothing is due; ";
    int64_t later = 0, people = 0;

    if (tend_task_later_count(shell->store, tend_shell_now(shell), &later) != TEND_OK)
        later = 0;
    if (tend_person_count(shell->store, &people) != TEND_OK)
        people = 0;
    if (later > 0)
        tend_shell_note(shell, "%s%lld %s later: due --all", nothing, (long long)later,
                        later == 1 ? "task" : "tasks");
    else if (people > 0)
        tend_shell_note(shell, "%s%lld %s, and nothing planned with them; begin with ten: triage",
                        said ? "" : "nothing is due: ", (long long)people,
                        people == 1 ? "person" : "people");
    else if (!said)
        tend_shell_note(shell, "nothing is due");
}

/* On a terminal the day has what a person can do; what is printed for programs
 * is whole. */
static int64_t shown_of(struct tend_shell *shell, const struct tend_task_view *tasks, int64_t n)
{
    int64_t most = 0, shown = 0;

    if (tend_view_plain(shell) || tend_day_capacity(&shell->desk, &most) != TEND_OK)
        return n;
    while (shown < n && tasks[shown].group != TEND_DAY_OLD &&
           (shown < most || tasks[shown].group == TEND_DAY_APPOINTMENT))
        shown++;
    return shown;
}

static void say_rest(struct tend_shell *shell, const struct tend_task_view *tasks, int64_t n,
                     int64_t shown)
{
    struct tend_buffer buf = { 0 };
    int64_t old = 0;

    for (int64_t i = shown; i < n; i++) {
        if (tasks[i].group == TEND_DAY_OLD && old++ < GO_SHOWN)
            tend_buffer_addf(&buf, "%s%lld", old > 1 ? "," : "", (long long)tasks[i].id);
    }
    if (n - shown - old > 0)
        tend_shell_note(shell, "and %lld more: spread moves them to days that have room, "
                               "due --all shows them", (long long)(n - shown - old));
    if (old > 0)
        tend_shell_note(shell, "%lld long over: drop %s%s", (long long)old, buf.at,
                        old > GO_SHOWN ? " and so on; due --all shows them" : "");
    tend_buffer_finish(&buf);
}

static void due_rows(struct tend_shell *shell, struct tend_sheet *sheet,
                     const struct tend_task_view *tasks, int64_t n, int64_t now, bool all)
{
    bool begun = tend_store_read_begin(shell->store);

    for (int64_t i = 0; i < n; i++) {
        const char *quiet;

        quiet_until(shell, &tasks[i], now, &quiet);
        due_row(shell, sheet, &tasks[i], all, quiet);
    }
    tend_store_read_end(shell->store, begun);
}

int tend_due_print(struct tend_shell *shell, int64_t now, bool all)
{
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };
    struct tend_task_view *tasks;
    int64_t n, shown;

    if (tend_day_tasks(&shell->desk, now, all, &shell->arena, &tasks, &n) != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json) {
        due_json(shell, tasks, n, now);
        return TEND_EXIT_OK;
    }
    shown = all ? n : shown_of(shell, tasks, n);
    due_rows(shell, &sheet, tasks, shown, now, all);
    tend_sheet_print(shell, &sheet);
    if (shown < n)
        say_rest(shell, tasks, n, shown);
    if (n == 0 && !shell->options.csv)
        tend_due_none(shell, false);
    return TEND_EXIT_OK;
}

static int run_due(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    const struct tend_zone *zone = tend_store_zone(shell->store);
    int64_t now = tend_shell_now(shell);
    struct tend_when when;

    if (tend_given_is(parsed, "on")) {
        if (tend_shell_when(shell, tend_given(parsed, "on"), false, &when) != TEND_OK)
            return tend_shell_fail(shell);
        now = tend_zone_instant(zone, when.day + 1, 0) - 1;     /* the last moment of that day */
    }
    tend_parked_note(shell);
    return tend_due_print(shell, now, tend_given_is(parsed, "all"));
}

static const struct tend_flag due_flags[] = {
    { "on", TEND_SLOT_TIME, 0, "DAY", "what will be due on that day", NULL },
    { "all", TEND_SLOT_NONE, 0, NULL, "every open task", NULL },
    { 0 }
};
static const struct tend_example due_examples[] = {
    { "due", "whom to follow up today" },
    { "due --on sat", "what Saturday brings" },
    { "due --all", "every open task" },
    { 0 }
};
static const struct tend_member due_members[] = {
    { "...", "task", NULL },
    { "let_go", "boolean", "it is so late that it is let go" },
    { "quiet_until", "time", "the gate holds it until then" },
    { 0 }
};
const struct tend_command tend_cmd_due = {
    .name = "due", .group = "daily", .summary = "whom to follow up, and why", .flags = due_flags,
    .examples = due_examples, .effects = TEND_PLUGINS,
    .document = TEND_LIST, .members = due_members, .run = run_due,
};
