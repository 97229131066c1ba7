/* Memory that is taken in pieces and given back at once, when a card is done:
 * what the host keeps for a call would grow with the file. */
#include "vcard.h"
#include <stdlib.h>

#define CHUNK 65536

struct vcard_chunk {
    struct vcard_chunk *next;
    int64_t used, size;
    int64_t pad; /* so that `at` is aligned to 16 */
    char at[];
};

char *vcard_room_take(struct vcard_room *room, int64_t size)
{
    struct vcard_chunk *chunk = room->first;

    size = (size + 15) / 16 * 16; /* aligned for whatever is put there */
    if (!chunk || chunk->size - chunk->used < size) {
        int64_t most = size > CHUNK ? size : CHUNK;

        chunk = malloc(sizeof *chunk + (size_t)most);
        if (!chunk) {
            room->full = true;
            return NULL;
        }
        chunk->next = room->first;
        chunk->used = 0;
        chunk->size = most;
        room->first = chunk;
    }
    chunk->used += size;
    return chunk->at + chunk->used - size;
}

/* One chunk of the usual size stays for the next card. */
void vcard_room_reset(struct vcard_room *room)
{
    struct vcard_chunk *keep = NULL;

    while (room->first) {
        struct vcard_chunk *next = room->first->next;

        if (!keep && room->first->size == CHUNK)
            keep = room->first;
        else
            free(room->first);
        room->first = next;
    }
    if (keep) {
        keep->next = NULL;
        keep->used = 0;
        room->first = keep;
    }
}

void vcard_room_finish(struct vcard_room *room)
{
    while (room->first) {
        struct vcard_chunk *next = room->first->next;

        free(room->first);
        room->first = next;
    }
}
