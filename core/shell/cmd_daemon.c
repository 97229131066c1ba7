/* daemon: tick for ever. It sleeps until the next timer, a minute at most, and
 * looks again when another process has written or the clock was set. */
#include "base/date.h"
#include "base/wait.h"
#include "base/watch.h"
#include "desk/tick.h"
#include "shell/greet.h"
#include "shell/output.h"
#include "shell/pager.h"
#include "shell/plugin_watch.h"
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#define TURN (TEND_SECOND / 2)      /* of work, then it looks for signals */
#define LOOK (TEND_SECOND / 20)     /* after somebody wrote, and so on to */
#define LOOK_LONGEST (4 * TEND_SECOND)
#define JUMP (2 * TEND_SECOND)      /* of the clock, that is worth a word */

struct daemon {
    struct tend_shell *shell;
    struct tend_wait *wait;
    const char *lock_path;
    int lock, watch;
    int64_t seen;               /* PRAGMA data_version */
    int64_t drift;              /* the clock less the ticks */
};

/* A second one does no harm, since a claim is a transaction; it is told all the
 * same. The lock goes with the process, however it ends. */
static void lock(struct daemon *d)
{
    d->lock_path = tend_arena_printf(&d->shell->arena, "%s-daemon",
                                     tend_store_path(d->shell->store));
    d->lock = open(d->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (d->lock >= 0 && flock(d->lock, LOCK_EX | LOCK_NB) != 0) {
        tend_shell_note(d->shell, "another daemon runs on this database: the two share the work, "
                                  "and do nothing twice");
        close(d->lock);
        d->lock = -1;
    }
}

static void unlock(struct daemon *d)
{
    if (d->lock < 0)
        return;
    unlink(d->lock_path);
    close(d->lock);
}

/* "7 days", "1 hour": the largest part is enough. */
static const char *span_words(struct tend_shell *shell, int64_t span)
{
    static const struct {
        int64_t size;
        const char *word;
    } units[] = { { 24 * TEND_HOUR, "day" }, { TEND_HOUR, "hour" }, { TEND_MINUTE, "minute" },
                  { TEND_SECOND, "second" } };
    size_t i = 0;

    while (i < 3 && span < units[i].size)
        i++;
    span = (span + units[i].size / 2) / units[i].size;
    return tend_arena_printf(&shell->arena, "%lld %s%s", (long long)span, units[i].word,
                             span == 1 ? "" : "s");
}

static void say_jump(struct daemon *d)
{
    int64_t drift = tend_shell_now(d->shell) - tend_clock_ticks(), by = drift - d->drift;
    const char *span;

    d->drift = drift;
    if (by < JUMP && by > -JUMP)
        return;
    span = span_words(d->shell, by < 0 ? -by : by);
    tend_shell_note(d->shell, by < 0 ? "the clock was set back by %s: what was done is not done "
                                       "again, the rest waits for its time"
                                     : "the clock is %s ahead (it was set, or the machine slept): "
                                       "what is due by now is done", span);
}

static void say_turn(struct daemon *d, const struct tend_tick *tick)
{
    struct tend_buffer line = { 0 };
    int64_t n = tick->batch.n;

    for (int64_t i = 0; i < tick->warning.n; i++)
        tend_shell_note(d->shell, "%s", tick->warning.at[i]);
    if (tick->steps > 0) {
        tend_buffer_addf(&line, "%lld %s, %lld %s made", (long long)tick->steps,
                         tick->steps == 1 ? "step" : "steps", (long long)tick->tasks,
                         tick->tasks == 1 ? "task" : "tasks");
        if (tick->failed > 0)
            tend_buffer_addf(&line, ", %lld failed", (long long)tick->failed);
        if (n == 1)
            tend_buffer_addf(&line, " (b%lld)", (long long)tick->batch.at[0]);
        else if (n > 1)
            tend_buffer_addf(&line, " (b%lld to b%lld)", (long long)tick->batch.at[0],
                             (long long)tick->batch.at[n - 1]);
        tend_shell_note(d->shell, "%s", line.at);
    }
    tend_buffer_finish(&line);
    tend_backlog_say(d->shell, &tick->backlog);
}

/* One turn of work. *until: when there is something to do again, 0 never. A
 * database that is in use is no reason to give up. */
static tend_status turn(struct daemon *d, int64_t *until)
{
    struct tend_shell *shell = d->shell;
    struct tend_tick_ask ask = { .budget = TURN };
    struct tend_tick tick = { 0 };
    int64_t now;
    tend_status status;

    say_jump(d);
    status = tend_tick_run(&shell->desk, &ask, &tick);
    say_turn(d, &tick);
    if (status == TEND_OK)
        status = tend_tick_next(&shell->desk, until);
    if (status == TEND_OK)
        status = tend_store_changed(shell->store, &d->seen);
    now = tend_shell_now(shell);
    if (status == TEND_BUSY) {
        tend_shell_note(shell, "%s; it is tried again in a moment", shell->err.text);
        tend_error_clear(&shell->err);
        *until = now + 5 * TEND_SECOND;
        status = TEND_OK;
    } else if (*until != 0 && *until <= now && tick.steps == 0) {
        *until = now + TEND_SECOND;
    }
    tend_tick_finish(&tick);
    return status;
}

/* Sleeps until there is something to do; what ended it. A write is noticed while
 * it goes on, but seen in the database only when it is committed: so one looks
 * again after a moment, and then after longer ones. */
static uint32_t rest(struct daemon *d, int64_t until)
{
    const char *path = tend_store_path(d->shell->store);
    int64_t seen = d->seen, pause = 0;

    for (;;) {
        int64_t now = tend_shell_now(d->shell), at = until;
        int64_t saved = tend_plugin_watch_due(d->shell);
        uint32_t what;

        if (pause > 0 && (until == 0 || until > now + pause))
            at = now + pause;
        if (saved > 0 && (at == 0 || at > saved))
            at = saved;
        what = tend_wait_next(d->wait, at);
        tend_plugin_watch_turn(d->shell, false);
        if ((what & TEND_WAIT_INPUT) && tend_watch_take(d->watch, path))
            pause = LOOK;
        else if (at != until)
            pause = pause < LOOK_LONGEST ? pause * 2 : 0;
        if (tend_store_changed(d->shell->store, &seen) != TEND_OK || seen != d->seen)
            return what;        /* an error is told by the next turn */
        if ((what & ~(uint32_t)(TEND_WAIT_INPUT | TEND_WAIT_SIZE | TEND_WAIT_TIME |
                                 TEND_WAIT_ALSO)) != 0 ||
            (what == TEND_WAIT_TIME && at == until) || what == 0)
            return what;
    }
}

static int run_daemon(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct daemon d = { .shell = shell, .lock = -1, .watch = -1 };
    int exit_status = TEND_EXIT_OK;
    int64_t until = 0;
    uint32_t what = 0;
    tend_status status = TEND_OK;

    (void)parsed;
    if (shell->clock.frozen || shell->options.dry) {
        tend_error_set(&shell->err, TEND_USAGE, "a daemon lives in the machine's time, and works");
        tend_error_cure(&shell->err, "tick --until TIME does once what is due until then");
        return tend_shell_fail(shell);
    }
    if (shell->missing) {       /* what stands in for it would never see the real one */
        tend_error_set(&shell->err, TEND_NOT_FOUND, "a daemon needs a database to look after");
        tend_error_cure(&shell->err, "import FILE or add NAME, and then daemon again");
        return tend_shell_fail(shell);
    }
    tend_pager_end(shell);              /* what it does is said when it does it */
    lock(&d);
    d.watch = tend_watch_open(tend_store_path(shell->store));
    d.drift = tend_shell_now(shell) - tend_clock_ticks();
    if (shell->options.watch)
        status = tend_plugin_watch_start(shell, (struct tend_text){ 0 });
    if (status == TEND_OK)
        status = tend_wait_open(&d.wait, d.watch, &shell->err);
    if (status == TEND_OK)
        tend_wait_also(d.wait, tend_plugin_watch_fd(shell));
    while (status == TEND_OK && !(what & (TEND_WAIT_INT | TEND_WAIT_TERM))) {
        status = turn(&d, &until);
        if (status == TEND_OK)
            what = rest(&d, until);
    }
    if (status != TEND_OK)
        exit_status = tend_shell_fail(shell);
    else if (what & TEND_WAIT_INT)
        exit_status = TEND_EXIT_INTERRUPTED;
    if (d.wait != NULL)
        tend_wait_close(d.wait);
    tend_watch_close(d.watch);
    unlock(&d);
    return exit_status;
}

static const struct tend_example examples[] = {
    { "daemon", "does what is due as it becomes due, until it is stopped" },
    { 0 }
};
const struct tend_command tend_cmd_daemon = {
    .name = "daemon", .group = "the house", .summary = "do what waits for its time, as it comes",
    .more = "The same as tick, for ever; Ctrl-C or SIGTERM end it between two batches. Where "
            "systemd is, the units tend.service or tend-tick.timer do that: "
            "systemctl --user enable --now tend-tick.timer.",
    .examples = examples, .effects = TEND_WRITES | TEND_PLUGINS | TEND_NO_NEW,
    .run = run_daemon,
};
