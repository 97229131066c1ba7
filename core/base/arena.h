/* Memory that is freed all at once: one arena a call, a row, a command. */
#ifndef TEND_BASE_ARENA_H
#define TEND_BASE_ARENA_H

#include <stdarg.h>
#include <tend/types.h>

struct tend_arena_chunk;
struct tend_arena {             /* zeroed is empty and valid */
    struct tend_arena_chunk *chunk;
};

/* Zeroed, aligned for any type; lives until reset or finish. */
void *tend_arena_take(struct tend_arena *arena, size_t size);
/* Copies; the copy has a NUL behind it that len does not count. */
struct tend_text tend_arena_text(struct tend_arena *arena, struct tend_text text);
char *tend_arena_str(struct tend_arena *arena, struct tend_text text);
char *tend_arena_printf(struct tend_arena *arena, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
char *tend_arena_vprintf(struct tend_arena *arena, const char *fmt, va_list args);
/* Forgets all, keeps one chunk to fill again. */
void tend_arena_reset(struct tend_arena *arena);
void tend_arena_finish(struct tend_arena *arena);

#endif
