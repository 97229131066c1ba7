/* A chain of chunks, filled from the front one. Chunks double, so that a small
 * call costs one small allocation and a large one few. */
#include "base/arena.h"
#include "base/memory.h"
#include <stdalign.h>
#include <stdio.h>
#include <string.h>

#define CHUNK_FIRST ((size_t)4096)
#define CHUNK_MOST ((size_t)256 * 1024)
#define ALIGN alignof(max_align_t)

struct tend_arena_chunk {
    struct tend_arena_chunk *next;
    size_t used, size; /* of the bytes behind this header */
    alignas(max_align_t) char at[];
};

static struct tend_arena_chunk *chunk_new(size_t size)
{
    struct tend_arena_chunk *chunk = tend_realloc(NULL, sizeof *chunk + size);

    chunk->next = NULL;
    chunk->used = 0;
    chunk->size = size;
    return chunk;
}

/* Not zeroed; size is not rounded, so that texts lie close together. */
static char *grab(struct tend_arena *arena, size_t size, size_t align)
{
    struct tend_arena_chunk *chunk = arena->chunk;
    size_t from = chunk ? (chunk->used + align - 1) & ~(align - 1) : 0;

    if (chunk && from <= chunk->size && size <= chunk->size - from) {
        chunk->used = from + size;
        return chunk->at + from;
    }
    if (chunk && size > CHUNK_MOST / 4) {
        /* a big one gets its own chunk behind the front one, which stays open */
        struct tend_arena_chunk *big = chunk_new(size);

        big->used = size;
        big->next = chunk->next;
        chunk->next = big;
        return big->at;
    }
    size_t room = chunk ? chunk->size * 2 : CHUNK_FIRST;
    if (room > CHUNK_MOST)
        room = CHUNK_MOST;
    if (room < size)
        room = size;
    struct tend_arena_chunk *front = chunk_new(room);
    front->used = size;
    front->next = chunk;
    arena->chunk = front;
    return front->at;
}

void *tend_arena_take(struct tend_arena *arena, size_t size)
{
    return memset(grab(arena, size, ALIGN), 0, size);
}

struct tend_text tend_arena_text(struct tend_arena *arena, struct tend_text text)
{
    return (struct tend_text){ tend_arena_str(arena, text), text.len };
}

char *tend_arena_str(struct tend_arena *arena, struct tend_text text)
{
    size_t len = (size_t)text.len;
    char *copy = grab(arena, len + 1, 1);

    if (len)
        memcpy(copy, text.at, len);
    copy[len] = '\0';
    return copy;
}

char *tend_arena_printf(struct tend_arena *arena, const char *fmt, ...)
{
    va_list args;
    char *text;

    va_start(args, fmt);
    text = tend_arena_vprintf(arena, fmt, args);
    va_end(args);
    return text;
}

char *tend_arena_vprintf(struct tend_arena *arena, const char *fmt, va_list args)
{
    va_list again;
    char *text;
    int len;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, fmt, args);
    if (len < 0)
        len = 0;
    text = grab(arena, (size_t)len + 1, 1);
    text[0] = '\0';
    vsnprintf(text, (size_t)len + 1, fmt, again);
    va_end(again);
    return text;
}

void tend_arena_reset(struct tend_arena *arena)
{
    struct tend_arena_chunk *front = arena->chunk;

    if (!front)
        return;
    if (front->size > CHUNK_MOST) { /* one huge call must not hold its memory for ever */
        tend_arena_finish(arena);
        return;
    }
    arena->chunk = front->next;
    tend_arena_finish(arena);
    front->next = NULL;
    front->used = 0;
    arena->chunk = front;
}

void tend_arena_finish(struct tend_arena *arena)
{
    struct tend_arena_chunk *chunk = arena->chunk;

    while (chunk) {
        struct tend_arena_chunk *next = chunk->next;

        tend_free(chunk);
        chunk = next;
    }
    arena->chunk = NULL;
}
