/* One poll over a descriptor, a signalfd and a timerfd. */
#include "base/wait.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define LONGEST 60000       /* milliseconds */

struct tend_wait {
    int input, also, signals, timer;
    bool resumed;           /* a signal may have come while a command ran */
    sigset_t mine, before;
    struct sigaction old_int, old_size;
};

static volatile sig_atomic_t resized;

static void on_int(int number)
{
    (void)number;
    tend_interrupt_ask();
}

static void on_size(int number)
{
    (void)number;
    resized = 1;
}

tend_status tend_wait_open(struct tend_wait **wait, int fd, struct tend_error *err)
{
    struct tend_wait *w = tend_alloc(sizeof *w);
    struct sigaction action = { .sa_flags = SA_RESTART };

    memset(w, 0, sizeof *w);
    w->input = fd;
    w->also = -1;
    sigemptyset(&w->mine);
    sigaddset(&w->mine, SIGINT);
    sigaddset(&w->mine, SIGTERM);
    sigaddset(&w->mine, SIGHUP);
    sigaddset(&w->mine, SIGWINCH);
    w->signals = signalfd(-1, &w->mine, SFD_CLOEXEC | SFD_NONBLOCK);
    w->timer = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (w->signals < 0 || w->timer < 0) {
        tend_error_set(err, TEND_IO, "cannot wait for signals and the time: %s", strerror(errno));
        tend_wait_close(w);
        return err->code;
    }
    action.sa_handler = on_int;
    sigaction(SIGINT, &action, &w->old_int);
    action.sa_handler = on_size;
    sigaction(SIGWINCH, &action, &w->old_size);
    sigprocmask(SIG_BLOCK, &w->mine, &w->before);
    *wait = w;
    return TEND_OK;
}

/* Absolute, so that a machine that slept or whose clock was set is not late. */
static void set_timer(struct tend_wait *w, int64_t until)
{
    struct itimerspec at = { 0 };

    if (until > 0) {
        at.it_value.tv_sec = (time_t)(until / 1000000);
        at.it_value.tv_nsec = (long)(until % 1000000) * 1000;
    } else {
        at.it_value.tv_sec = (time_t)(INT64_C(1) << 40);    /* only a set clock ends it */
    }
    timerfd_settime(w->timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &at, NULL);
}

static uint32_t read_signals(struct tend_wait *w)
{
    struct signalfd_siginfo info;
    uint32_t what = 0;

    while (read(w->signals, &info, sizeof info) == (ssize_t)sizeof info) {
        switch (info.ssi_signo) {
        case SIGINT:
            what |= TEND_WAIT_INT;
            break;
        case SIGWINCH:
            what |= TEND_WAIT_SIZE;
            break;
        default:
            what |= TEND_WAIT_TERM;
        }
    }
    return what;
}

static uint32_t read_timer(struct tend_wait *w)
{
    uint64_t n;

    if (read(w->timer, &n, sizeof n) == (ssize_t)sizeof n)
        return TEND_WAIT_TIME;
    return errno == ECANCELED ? TEND_WAIT_CLOCK : 0;
}

void tend_wait_also(struct tend_wait *w, int fd)
{
    w->also = fd;
}

uint32_t tend_wait_next(struct tend_wait *w, int64_t until)
{
    /* poll leaves out what is -1 */
    struct pollfd fds[4] = { { w->signals, POLLIN, 0 }, { w->timer, POLLIN, 0 },
                             { w->input, POLLIN, 0 }, { w->also, POLLIN, 0 } };
    uint32_t what = 0;

    set_timer(w, until);
    if (w->resumed && resized)
        what |= TEND_WAIT_SIZE;
    w->resumed = false;
    resized = 0;
    if (what != 0)
        return what;
    if (poll(fds, 4, LONGEST) <= 0)
        return 0;
    if (fds[0].revents)
        what |= read_signals(w);
    if (fds[1].revents)
        what |= read_timer(w);
    if (fds[2].revents)
        what |= TEND_WAIT_INPUT;
    if (fds[3].revents)
        what |= TEND_WAIT_ALSO;
    return what;
}

void tend_wait_pause(struct tend_wait *w)
{
    sigset_t open;

    (void)w;
    tend_interrupt_clear();
    sigemptyset(&open);
    sigaddset(&open, SIGINT);
    sigaddset(&open, SIGWINCH);
    sigprocmask(SIG_UNBLOCK, &open, NULL);
}

void tend_wait_resume(struct tend_wait *w)
{
    sigprocmask(SIG_BLOCK, &w->mine, NULL);
    tend_interrupt_clear();
    w->resumed = true;
}

void tend_wait_close(struct tend_wait *w)
{
    if (w == NULL)
        return;
    if (w->signals >= 0 && w->timer >= 0) {
        sigaction(SIGINT, &w->old_int, NULL);
        sigaction(SIGWINCH, &w->old_size, NULL);
        sigprocmask(SIG_SETMASK, &w->before, NULL);
    }
    if (w->signals >= 0)
        close(w->signals);
    if (w->timer >= 0)
        close(w->timer);
    tend_free(w);
}
