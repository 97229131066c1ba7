/* Where a plugin is, from what an author types: a file, a folder, or a project that was
 * built. */
#include "kit/private.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool ends(const char *text, const char *with)
{
    size_t n = strlen(text), m = strlen(with);

    return n > m && strcmp(text + n - m, with) == 0;
}

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

static const char *folder_of(const char *path, struct tend_arena *arena)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return ".";
    return slash == path ? "/" : tend_arena_str(arena, (struct tend_text){ path, slash - path });
}

/* Transcripts are run in another folder than this one. */
static const char *absolute(const char *path, struct tend_arena *arena)
{
    char *whole = realpath(path, NULL);
    const char *kept = tend_arena_str(arena, tend_text_of(whole != NULL ? whole : path));

    free(whole);
    return kept;
}

/* The one plugin in a folder: by the folder's own name, or the only file that can be one. */
static const char *only_one(const char *dir, const char *name, struct tend_arena *arena,
                            int64_t *several)
{
    const char **names, *one = NULL;
    int64_t n = tend_kit_file_names(dir, arena, &names);

    *several = 0;
    for (int64_t i = 0; i < n; i++) {
        const char *path = tend_arena_printf(arena, "%s/%s", dir, names[i]);

        if ((!ends(names[i], ".lua") && !ends(names[i], ".so")) || is_folder(path))
            continue;
        if (strncmp(names[i], name, strlen(name)) == 0 && names[i][strlen(name)] == '.')
            return path;
        one = path;
        ++*several;
    }
    return *several == 1 ? one : NULL;
}

const char *tend_kit_file(const char *dir, struct tend_arena *arena, struct tend_error *err)
{
    const char **names, *found, *name;
    int64_t n, several;
    char *whole = tend_arena_str(arena, tend_text_of(dir));

    while (strlen(whole) > 1 && ends(whole, "/"))
        whole[strlen(whole) - 1] = '\0';
    name = base_of(whole);
    found = only_one(whole, name, arena, &several);
    if (found != NULL)
        return found;
    if (several > 1) {
        tend_error_set(err, TEND_AMBIGUOUS, "%s holds %lld plugins; name the file", dir,
                       (long long)several);
        return NULL;
    }
    n = tend_kit_file_names(whole, arena, &names);
    for (int64_t i = 0; i < n && found == NULL; i++) {
        const char *path = tend_arena_printf(arena, "%s/%s", whole, names[i]);

        if (is_folder(path) && strcmp(names[i], "tests") != 0)
            found = only_one(path, name, arena, &several);
    }
    if (found == NULL)
        tend_error_set(err, TEND_NOT_FOUND,
                       "there is no plugin in %s: a file that ends in .lua or .so was expected, "
                       "here or in a build folder; a C plugin is built first, see its README.md",
                       dir);
    return found;
}

tend_status tend_kit_find(const char *path, const char *tests, struct tend_arena *arena,
                          struct tend_kit_place *place, struct tend_error *err)
{
    struct stat st;

    if (stat(path, &st) != 0)
        return tend_error_set(err, errno == ENOENT ? TEND_NOT_FOUND : TEND_IO,
                              "%s cannot be read: %s", path, strerror(errno));
    if (S_ISDIR(st.st_mode)) {
        place->file = tend_kit_file(path, arena, err);
        if (place->file == NULL)
            return err->code;
        place->folder = tend_arena_str(arena, tend_text_of(path));
    } else {
        if (!ends(path, ".lua") && !ends(path, ".so"))
            return tend_error_set(err, TEND_INVALID,
                                  "%s is no plugin: its name ends neither in .lua nor in .so",
                                  path);
        place->file = tend_arena_str(arena, tend_text_of(path));
        place->folder = folder_of(path, arena);
        if (ends(path, ".so") && !is_folder(tend_arena_printf(arena, "%s/tests", place->folder)))
            place->folder = tend_arena_printf(arena, "%s/..", place->folder);
    }
    place->file = absolute(place->file, arena);
    place->folder = absolute(place->folder, arena);
    place->lua = ends(place->file, ".lua");
    place->name = tend_arena_str(arena, (struct tend_text){
        base_of(place->file),
        (int64_t)strlen(base_of(place->file)) - (place->lua ? 4 : 3) });
    place->tests = tests != NULL ? absolute(tests, arena)
                                 : tend_arena_printf(arena, "%s/tests", place->folder);
    if (!is_folder(place->tests))
        place->tests = NULL;
    return TEND_OK;
}
