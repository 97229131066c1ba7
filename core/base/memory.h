/* Heap memory for the core. None of these returns NULL: a process that is out
 * of memory says so on stderr and exits with 1, which loses nothing, since an
 * open transaction is rolled back by the next who opens the database. Limits
 * for plugins are kept by the Lua host's own allocator. */
#ifndef TEND_BASE_MEMORY_H
#define TEND_BASE_MEMORY_H

#include <stddef.h>

void *tend_alloc(size_t size);                  /* zeroed */
void *tend_realloc(void *at, size_t size);      /* grown part not zeroed */
char *tend_strdup(const char *text);            /* NULL stays NULL */
void tend_free(void *at);                       /* NULL is fine */

#endif
