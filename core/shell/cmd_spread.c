/* spread: what waits goes to days that can take it; and the words in which a
 * backlog is told, whoever sorted it. */
#include "shell/greet.h"
#include "shell/output.h"
#include "shell/time.h"
#include "shell/write.h"

#define GO_SHOWN 12

static const char *things(int64_t n)
{
    return n == 1 ? "thing" : "things";
}

/* "this week", "this week and next", "the days until Fri 15 Jan" */
static void add_where(struct tend_shell *shell, struct tend_buffer *buf, int64_t last)
{
    int64_t today = tend_shell_today(shell), sunday = today + 7 - tend_date_weekday(today);

    if (last <= sunday) {
        tend_buffer_adds(buf, "this week");
    } else if (last <= sunday + 7) {
        tend_buffer_adds(buf, today == sunday ? "next week" : "this week and next");
    } else {
        tend_buffer_adds(buf, "the days until ");
        tend_when_say(buf, last, -1, today);
    }
}

static void say_go(struct tend_shell *shell, const struct tend_backlog *backlog)
{
    struct tend_buffer buf = { 0 };

    tend_buffer_adds(&buf, "To let go: drop ");
    for (int64_t i = 0; i < backlog->old && i < GO_SHOWN; i++)
        tend_buffer_addf(&buf, "%s%lld", i > 0 ? "," : "", (long long)backlog->go[i]);
    if (backlog->old > GO_SHOWN)
        tend_buffer_addf(&buf, " (and %lld more after these)",
                         (long long)(backlog->old - GO_SHOWN));
    else
        tend_buffer_addf(&buf, "   (why t%lld says what it was)", (long long)backlog->go[0]);
    tend_say(shell, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
}

void tend_backlog_say(struct tend_shell *shell, const struct tend_backlog *backlog)
{
    struct tend_buffer buf = { 0 };

    if (backlog->waited == 0)
        return;
    tend_buffer_addf(&buf, "%lld %s waited. %lld %s you today", (long long)backlog->waited,
                     things(backlog->waited), (long long)backlog->today,
                     backlog->today == 1 ? "needs" : "need");
    if (backlog->moved > 0) {
        tend_buffer_addf(&buf, ", %lld moved to ", (long long)backlog->moved);
        add_where(shell, &buf, backlog->last_day);
    }
    if (backlog->old > 0)
        tend_buffer_addf(&buf, ", %lld I would let go", (long long)backlog->old);
    tend_buffer_addc(&buf, '.');
    if (shell->options.dry)
        tend_buffer_adds(&buf, " (dry run: nothing was written)");
    else if (backlog->batch != 0)
        tend_buffer_addf(&buf, " (undo: undo b%lld)", (long long)backlog->batch);
    tend_say(shell, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    if (backlog->old > 0)
        say_go(shell, backlog);
}

void tend_backlog_json(struct tend_shell *shell, struct tend_json *json, const char *key,
                       const struct tend_backlog *backlog)
{
    const struct tend_zone *zone = tend_store_zone(shell->store);

    if (!backlog->sorted) {
        tend_json_str(json, key, NULL);
        return;
    }
    tend_json_open(json, key, '{');
    tend_json_int(json, "waited", backlog->waited);
    tend_json_int(json, "today", backlog->today);
    tend_json_int(json, "moved", backlog->moved);
    tend_json_int(json, "away", backlog->away);
    tend_json_time(json, "until", backlog->last_day == 0
                                      ? 0
                                      : tend_zone_instant(zone, backlog->last_day, 0), zone);
    tend_json_open(json, "let_go", '[');
    for (int64_t i = 0; i < backlog->old; i++)
        tend_json_id(json, NULL, backlog->go[i]);
    tend_json_close(json, ']');
    tend_json_id(json, "batch", backlog->batch);
    if (shell->options.dry)
        tend_json_bool(json, "dry_run", true);
    tend_json_close(json, '}');
}

static int run_spread(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_backlog backlog;
    struct tend_json json = { 0 };
    int exit_status = TEND_EXIT_OK;

    (void)parsed;
    if (tend_backlog_spread(&shell->desk, &backlog) != TEND_OK) {
        exit_status = tend_shell_fail(shell);
    } else if (shell->options.json) {
        tend_backlog_json(shell, &json, NULL, &backlog);
        tend_json_print(shell, &json);
    } else if (backlog.waited == 0) {
        tend_sayf(shell, "nothing waits");
    } else {
        tend_backlog_say(shell, &backlog);
    }
    tend_backlog_finish(&backlog);
    return exit_status;
}

static const struct tend_example examples[] = {
    { "spread --dry-run", "what would stay, what would move" },
    { "spread", "what can wait goes to the next days that have room" },
    { 0 }
};
static const struct tend_member members[] = {
    { "waited", "integer", "tasks that waited" },
    { "today", "integer", "that stay" },
    { "moved", "integer", "that go to later days" },
    { "away", "integer", "days that you were away" },
    { "until", "time", "the last day that got any" },
    { "let_go", "[integer]", "tasks that are too old to matter" },
    { "batch", "integer", "b9: undo takes it by its id alone" },
    { "dry_run", "boolean", "true: nothing was written" },
    { 0 }
};
const struct tend_command tend_cmd_spread = {
    .name = "spread", .group = "daily", .summary = "move what waits to days that have room",
    .more = "What needs you today stays: appointments, what you planned, what closes first, up\n"
            "to `config daily`. After days away `tend` and `tick` do this by themselves. A spread\n"
            "is undone only by its id: undo b9.",
    .examples = examples, .effects = TEND_WRITES | TEND_PLUGINS | TEND_NO_NEW,
    .members = members, .run = run_spread,
};
