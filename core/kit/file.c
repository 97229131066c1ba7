/* Small files read whole, and the names in a folder. */
#include "base/memory.h"
#include "kit/private.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST (INT64_C(64) << 20)

tend_status tend_kit_file_read(const char *path, struct tend_buffer *out, struct tend_error *err)
{
    FILE *file = fopen(path, "rb");
    char block[8192];
    size_t got;
    bool bad;

    if (file == NULL)
        return tend_error_set(err, errno == ENOENT ? TEND_NOT_FOUND : TEND_IO,
                              "%s cannot be read: %s", path, strerror(errno));
    while ((got = fread(block, 1, sizeof block, file)) > 0 && out->len < MOST)
        tend_buffer_add(out, (struct tend_text){ block, (int64_t)got });
    bad = ferror(file) != 0;
    fclose(file);
    if (bad)
        return tend_error_set(err, TEND_IO, "%s cannot be read", path);
    return TEND_OK;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int64_t tend_kit_file_names(const char *dir, struct tend_arena *arena, const char ***names)
{
    TEND_ARRAY(const char *) found = { 0 };
    DIR *folder = opendir(dir);
    struct dirent *entry;
    int64_t n;

    *names = NULL;
    if (folder == NULL)
        return 0;
    while ((entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] != '.')
            TEND_PUSH(&found, tend_arena_str(arena, tend_text_of(entry->d_name)));
    }
    closedir(folder);
    if (found.n == 0)
        return 0;
    qsort(found.at, (size_t)found.n, sizeof *found.at, by_name);
    *names = tend_arena_take(arena, (size_t)found.n * sizeof **names);
    memcpy(*names, found.at, (size_t)found.n * sizeof **names);
    n = found.n;
    TEND_ARRAY_FINISH(&found);
    return n;
}
