/* Programs that tend starts: the pager, and the lines behind `!`. */
#ifndef TEND_SHELL_CHILD_H
#define TEND_SHELL_CHILD_H

#include <sys/types.h>

/* Starts a line of the system's shell that reads from `in`, with signals as a
 * program expects to find them, whatever ours are. 0, or an errno. */
int tend_child_start(const char *line, int in, pid_t *child);
/* Runs one with our own input and waits for its end. A status as of waitpid;
 * -1 when it could not be started. */
int tend_child_run(const char *line);

#endif
