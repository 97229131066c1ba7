/* A folder given to `import`: its files, in the order of their names. Which of them hold
 * people is found by their readers; the others are named and left out. */
#include "shell/import.h"
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static bool is_file(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

static int by_name(const void *a, const void *b)
{
    const struct tend_token *x = a, *y = b;

    return tend_text_cmp(x->text, y->text);
}

/* Adds the files of the folder that are not hidden; how many. */
static int64_t add_files(struct tend_shell *shell, const struct tend_token *folder,
                         const char *path, struct tend_token *list, int64_t most)
{
    const char *name = tend_arena_str(&shell->arena, folder->text);
    const char *slash = name[strlen(name) - 1] == '/' ? "" : "/";
    DIR *dir = opendir(path);
    struct dirent *entry;
    int64_t n = 0;

    while (dir != NULL && n < most && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.' ||
            !is_file(tend_arena_printf(&shell->arena, "%s/%s", path, entry->d_name)))
            continue;
        list[n] = *folder;
        list[n++].text = tend_text_of(tend_arena_printf(&shell->arena, "%s%s%s", name, slash,
                                                        entry->d_name));
    }
    if (dir != NULL)
        closedir(dir);
    qsort(list, (size_t)n, sizeof *list, by_name);
    return n;
}

tend_status tend_import_folders(struct tend_shell *shell, const char *folder,
                                struct tend_import_run *run)
{
    struct tend_token *list = tend_arena_take(&shell->arena,
                                              TEND_IMPORT_FILES * sizeof *list);
    int64_t n = 0;
    bool any = false;

    run->found = tend_arena_take(&shell->arena, TEND_IMPORT_FILES * sizeof *run->found);
    for (int64_t i = 0; i < run->files.n && n < TEND_IMPORT_FILES; i++) {
        const char *path = tend_arena_str(&shell->arena, run->files.at[i].text);
        int64_t before = n;

        if (folder != NULL && path[0] != '/')
            path = tend_arena_printf(&shell->arena, "%s/%s", folder, path);
        if (is_folder(path)) {
            n += add_files(shell, &run->files.at[i], path, &list[n], TEND_IMPORT_FILES - n);
            any = true;
            if (n == before)
                return tend_error_set(&shell->err, TEND_NOT_FOUND,
                                      "%s is a folder without files", path);
        } else {
            list[n++] = run->files.at[i];
        }
        for (int64_t f = before; f < n; f++)
            run->found[f] = any && list[f].text.at != run->files.at[i].text.at;
    }
    if (any && run->ask.rejects != NULL && n > 1)
        return tend_error_set(&shell->err, TEND_USAGE,
                              "--rejects takes one FILE to import at a time");
    run->files = (struct tend_words){ list, n };
    return TEND_OK;
}

bool tend_import_left_out(struct tend_shell *shell, struct tend_import_run *run, int64_t at,
                          tend_status status)
{
    struct tend_token *list = tend_arena_take(&shell->arena,
                                              (size_t)run->files.n * sizeof *list);

    if (!run->found[at] || run->out[at].reader != NULL ||
        (status != TEND_UNSUPPORTED && status != TEND_INVALID && status != TEND_IO))
        return false;
    tend_shell_note(shell, "left out: %s", shell->err.text);
    tend_error_clear(&shell->err);
    tend_intake_finish(&run->out[at]);
    for (int64_t i = 0, n = 0; i < run->files.n; i++) {
        if (i == at)
            continue;
        list[n++] = run->files.at[i];
    }
    memmove(&run->found[at], &run->found[at + 1],
            (size_t)(run->files.n - at - 1) * sizeof *run->found);
    run->files = (struct tend_words){ list, run->files.n - 1 };
    run->n = run->files.n;
    return true;
}
