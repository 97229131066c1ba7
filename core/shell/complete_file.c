/* Names of files and folders. */
#include "shell/complete_parts.h"
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#define FILES_MOST 200

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The folder as it is typed; ~/ is the user's own. */
static const char *folder_path(struct tend_completer *c, struct tend_text folder)
{
    const char *home = getenv("HOME");

    if (folder.len == 0)
        return ".";
    if (tend_text_starts(folder, "~/") && home != NULL)
        return tend_arena_printf(c->arena, "%s%.*s", home, (int)folder.len - 1, folder.at + 1);
    return tend_arena_str(c->arena, folder);
}

void tend_offer_files(struct tend_completer *c)
{
    TEND_ARRAY(char *) names = { 0 };
    const struct dirent *entry;
    const char *path;
    DIR *dir;

    tend_offer_behind(c, '/');
    path = folder_path(c, (struct tend_text){ c->head.at + c->place->head.len,
                                              c->head.len - c->place->head.len });
    dir = opendir(path);
    if (dir == NULL)
        return;
    while (names.n < FILES_MOST * 50 && (entry = readdir(dir)) != NULL) {
        bool dots = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        bool asked = c->typed.len > 0 && c->typed.at[0] == '.';

        if (!dots && (entry->d_name[0] != '.' || asked) &&
            strncmp(entry->d_name, c->typed.at != NULL ? c->typed.at : "",
                    (size_t)c->typed.len) == 0)
            TEND_PUSH(&names, tend_arena_str(c->arena, tend_text_of(entry->d_name)));
    }
    closedir(dir);
    if (names.n > 0)
        qsort(names.at, (size_t)names.n, sizeof *names.at, by_name);
    for (int64_t i = 0; i < names.n && i < FILES_MOST; i++) {
        char *full = tend_arena_printf(c->arena, "%s/%s", path, names.at[i]);
        struct stat info;
        bool folder = stat(full, &info) == 0 && S_ISDIR(info.st_mode);
        char *value = tend_arena_printf(c->arena, "%s%s", names.at[i], folder ? "/" : "");

        tend_offer_any(c, tend_text_of(value), (struct tend_text){ 0 }, (struct tend_text){ 0 },
                       folder);
    }
    c->left_out += names.n > FILES_MOST ? names.n - FILES_MOST : 0;
    TEND_ARRAY_FINISH(&names);
}
