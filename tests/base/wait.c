/* Covers tend_wait_open, _next, _pause, _resume, _close. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/wait.h"
#include "check.h"
#include <signal.h>
#include <unistd.h>

static struct tend_wait *opened(int fd)
{
    struct tend_error err = { 0 };
    struct tend_wait *wait = NULL;

    assert_int_equal(tend_wait_open(&wait, fd, &err), TEND_OK);
    return wait;
}

static void input_comes(void **state)
{
    int ends[2];
    struct tend_wait *wait;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    wait = opened(ends[0]);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(tend_wait_next(wait, 0), TEND_WAIT_INPUT);
    tend_wait_close(wait);
    close(ends[0]);
    close(ends[1]);
}

static void time_comes(void **state)
{
    struct tend_clock clock = { 0 };
    struct tend_wait *wait = opened(-1);

    (void)state;
    assert_int_equal(tend_wait_next(wait, tend_clock_now(&clock) - 1000000), TEND_WAIT_TIME);
    assert_int_equal(tend_wait_next(wait, tend_clock_now(&clock) + 5000), TEND_WAIT_TIME);
    tend_wait_close(wait);
}

static void signals_come(void **state)
{
    struct tend_wait *wait = opened(-1);

    (void)state;
    raise(SIGINT);
    raise(SIGWINCH);
    raise(SIGTERM);
    assert_int_equal(tend_wait_next(wait, 0), TEND_WAIT_INT | TEND_WAIT_SIZE | TEND_WAIT_TERM);
    assert_false(tend_interrupted());
    tend_wait_close(wait);
}

/* While a command runs, SIGINT is for the command, and a new size is told after it. */
static void a_command_runs(void **state)
{
    struct tend_wait *wait = opened(-1);

    (void)state;
    tend_wait_pause(wait);
    raise(SIGINT);
    raise(SIGWINCH);
    assert_true(tend_interrupted());
    tend_wait_resume(wait);
    assert_false(tend_interrupted());
    assert_int_equal(tend_wait_next(wait, 0), TEND_WAIT_SIZE);
    tend_wait_close(wait);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(input_comes),
        cmocka_unit_test(time_comes),
        cmocka_unit_test(signals_come),
        cmocka_unit_test(a_command_runs),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
