/* What an import has read and not yet brought, in a file beside the database
 * (DB.import-N, readable by its owner alone): an import that was interrupted goes on from
 * it. Blocks, each with a checksum over all before it, so that what a crash cut off is
 * seen and left out. The file is locked while an import uses it. */
#ifndef TEND_DESK_STAGING_H
#define TEND_DESK_STAGING_H

#include "base/array.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"

struct tend_staging_block {
    char kind;
    int64_t at, len;    /* of its bytes, in the file */
    uint64_t sum;       /* of all blocks up to here */
};

struct tend_staging {
    int fd;
    char *path;
    TEND_ARRAY(struct tend_staging_block) block;
    int64_t next;               /* the block that the import comes to next */
    int64_t end;                /* of the file, behind the last block */
    char *text;                 /* of the block in hand */
    int64_t room;
    struct tend_error *err;
};

/* A new one for this database, with a first block. *staging is NULL where there is no
 * place for a file: a database in memory, or on a server. */
tend_status tend_staging_create(struct tend_staging **staging, const char *database,
                                struct tend_text first, struct tend_error *err);
/* One that was left; what a crash cut off is taken away. TEND_BUSY: an import uses it. */
tend_status tend_staging_open(struct tend_staging **staging, const char *path,
                              struct tend_error *err);
/* A block at the end. */
tend_status tend_staging_put(struct tend_staging *staging, char kind, struct tend_text text);
/* Would this text be the block `index`? */
bool tend_staging_is(const struct tend_staging *staging, int64_t index, char kind,
                     struct tend_text text);
/* The text of a block; lives until the next call. */
tend_status tend_staging_text(struct tend_staging *staging, int64_t index,
                              struct tend_text *text);
/* Closes it; it stays, or is taken away. NULL is fine. */
void tend_staging_close(struct tend_staging *staging, bool keep);

struct tend_staging_left {
    const char *path;
    struct tend_text first;     /* its first block */
    int64_t size;
};
/* Those that wait beside this database and are not in use, oldest first. */
tend_status tend_staging_list(const char *database, struct tend_arena *arena,
                              struct tend_staging_left **left, int64_t *n);

#endif
