/* Notices that a file, or one whose name begins with its name, was written by
 * whoever it may be: a descriptor to wait for beside the time. */
#ifndef TEND_BASE_WATCH_H
#define TEND_BASE_WATCH_H

#include <stdbool.h>

/* -1 where that cannot be had: then one looks every minute. */
int tend_watch_open(const char *path);
/* Takes what has come; true: it was about that file. */
bool tend_watch_take(int fd, const char *path);
void tend_watch_close(int fd);      /* -1 is fine */

#endif
