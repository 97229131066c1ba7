/* Heap memory that never comes back empty, so that no caller has a way for
 * "out of memory" that nobody has ever walked. */
#include "base/memory.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

_Noreturn static void out_of_memory(void)
{
    static int leaving;

    fputs("tend: out of memory\n", stderr);
    if (leaving++) /* what exit() calls may want memory too */
        _exit(1);
    exit(1);
}

void *tend_alloc(size_t size)
{
    void *at = calloc(1, size ? size : 1);

    if (!at)
        out_of_memory();
    return at;
}

void *tend_realloc(void *at, size_t size)
{
    void *grown = realloc(at, size ? size : 1);

    if (!grown)
        out_of_memory();
    return grown;
}

char *tend_strdup(const char *text)
{
    size_t size;
    char *copy;

    if (!text)
        return NULL;
    size = strlen(text) + 1;
    copy = tend_realloc(NULL, size);
    memcpy(copy, text, size);
    return copy;
}

void tend_free(void *at)
{
    free(at);
}
