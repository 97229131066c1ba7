/* One flag for the process: set by a signal handler, looked at by loops. */
#include "base/interrupt.h"
#include <signal.h>

static volatile sig_atomic_t asked;

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
    return asked != 0;
}

tend_status tend_interrupt_check(struct tend_error *err)
{
    if (!asked)
        return TEND_OK;
    return tend_error_set(err, TEND_CANCELLED, "interrupted: nothing was written");
}
