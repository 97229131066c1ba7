/* One flag for the process: set by a signal handler, looked at by loops. */
#include "base/interrupt.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>

static volatile sig_atomic_t asked;
static int64_t looks_left;      /* until one asks by itself; 0: none does */

void tend_interrupt_ask(void)
{
    asked = 1;
}

void tend_interrupt_clear(void)
{
    asked = 0;
}

bool tend_interrupted(void)
{
    if (looks_left > 0 && --looks_left == 0)
        asked = 1;
    return asked != 0;
}

bool tend_interrupt_at(int64_t look)
{
    bool has = asked != 0;

    looks_left = look;
    asked = 0;
    return has;
}

static void on_signal(int number)
{
    if (asked) {
        signal(number, SIG_DFL);
        raise(number);
    }
    asked = 1;
}

void tend_interrupt_catch(void)
{
    struct sigaction action = { .sa_handler = on_signal };  /* it ends a read of the terminal */

    sigaction(SIGINT, &action, NULL);
}

/* SIGINT comes only while we wait, so that none is lost between a look and the wait. */
bool tend_interrupt_wait(int fd)
{
    struct pollfd in = { fd, POLLIN, 0 };
    sigset_t ours, before, open;
    int got;

    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigprocmask(SIG_BLOCK, &ours, &before);
    open = before;
    sigdelset(&open, SIGINT);
    do {
        got = asked ? 0 : ppoll(&in, 1, NULL, &open);
    } while (got < 0 && errno == EINTR);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return got != 0 && !asked;     /* what was there may be gone: Ctrl-C empties a terminal */
}

tend_status tend_interrupt_sleep(int64_t time, struct tend_error *err)
{
    const int64_t slice = 100000;       /* one that came just before is seen then */

    for (; time > 0 && !asked; time -= slice)
        poll(NULL, 0, (int)((time < slice ? time : slice) / 1000));
    return tend_interrupt_check(err);
}

tend_status tend_interrupt_check(struct tend_error *err)
{
    if (!tend_interrupted())
        return TEND_OK;
    return tend_error_set(err, TEND_CANCELLED, "interrupted: nothing was written");
}
