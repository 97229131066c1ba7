/* Somebody has pressed Ctrl-C: what runs for long looks here, and ends with
 * TEND_CANCELLED, its batch rolled back. */
#ifndef TEND_BASE_INTERRUPT_H
#define TEND_BASE_INTERRUPT_H

#include "base/error.h"
#include <stdbool.h>

void tend_interrupt_ask(void);      /* safe in a signal handler */
void tend_interrupt_clear(void);
/* Asks at the n-th look from now on, for tests; 0: not any more. Whether it has. */
bool tend_interrupt_at(int64_t look);
bool tend_interrupted(void);
/* SIGINT asks from now on; a second one that nobody has looked at ends the process. */
void tend_interrupt_catch(void);
/* Waits until `fd` can be read, or has ended; false: interrupted before. */
bool tend_interrupt_wait(int fd);
/* Waits so long, microseconds; TEND_CANCELLED when interrupted. */
tend_status tend_interrupt_sleep(int64_t time, struct tend_error *err);
/* TEND_OK, or TEND_CANCELLED with the slot filled: "interrupted: nothing was written". */
tend_status tend_interrupt_check(struct tend_error *err);

#endif
