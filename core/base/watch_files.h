/* Notices that one of several files was saved, in whichever way an editor or a
 * compiler does that: written over, or another renamed to its name. */
#ifndef TEND_BASE_WATCH_FILES_H
#define TEND_BASE_WATCH_FILES_H

#include <stdbool.h>

struct tend_files;

/* NULL where that cannot be had. */
struct tend_files *tend_files_open(void);
void tend_files_close(struct tend_files *files);    /* NULL is fine */
/* To wait for beside others; -1 for NULL. */
int tend_files_fd(const struct tend_files *files);
/* Harmless for one that is there. What a link leads to is looked at as well. */
void tend_files_add(struct tend_files *files, const char *path);
/* Takes what has come; true: one of them was saved. */
bool tend_files_take(struct tend_files *files);

#endif
