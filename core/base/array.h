/* A growing array of anything: `struct { T *at; int64_t n, cap; }`.
 *
 *     struct { tend_id *at; int64_t n, cap; } ids = { 0 };
 *     TEND_PUSH(&ids, person);
 *     TEND_ARRAY_FINISH(&ids);
 */
#ifndef TEND_BASE_ARRAY_H
#define TEND_BASE_ARRAY_H

#include "base/memory.h"
#include <stdint.h>

#define TEND_ARRAY(T) \
    struct {          \
        T *at;        \
        int64_t n, cap; \
    }
#define TEND_PUSH(array, ...)                                                           \
    ((array)->n == (array)->cap                                                         \
         ? ((array)->cap = (array)->cap ? (array)->cap * 2 : 8,                         \
            (void)((array)->at =                                                        \
                       tend_realloc((array)->at, (size_t)(array)->cap * sizeof *(array)->at))) \
         : (void)0,                                                                     \
     (void)((array)->at[(array)->n++] = __VA_ARGS__))
#define TEND_ARRAY_FINISH(array) \
    (tend_free((array)->at), (array)->at = NULL, (array)->n = (array)->cap = 0)

#endif
