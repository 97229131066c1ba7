/* The files of an added plugin: which one is loaded, the copy that is kept, and the
 * hashes of all of them. */
#include "shell/added.h"
#include "kit/kit.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES_MOST 1000
#define BYTES_MOST ((int64_t)256 * 1024 * 1024)
#define DEEP_MOST 16

static bool ends(const char *name, const char *with)
{
    size_t len = strlen(name), end = strlen(with);

    return len > end && strcmp(name + len - end, with) == 0;
}

/* --- which file is loaded ------------------------------------------------------ */

tend_status tend_added_main(struct tend_shell *shell, const char *path, const char **file,
                            bool *folder)
{
    char real[PATH_MAX];
    struct stat st;

    *folder = false;
    if (realpath(path, real) == NULL || stat(real, &st) != 0)
        return tend_error_set(&shell->err, TEND_NOT_FOUND, "%s cannot be opened: %s", path,
                              strerror(errno));
    *file = tend_arena_str(&shell->arena, tend_text_of(real));
    if (S_ISDIR(st.st_mode)) {
        *file = tend_kit_file(real, &shell->arena, &shell->err);
        *folder = *file != NULL && strrchr(*file, '/') - *file == (ptrdiff_t)strlen(real);
        return *file != NULL ? TEND_OK : shell->err.code;
    }
    if (S_ISREG(st.st_mode) && (ends(real, ".lua") || ends(real, ".so")))
        return TEND_OK;
    return tend_error_set(&shell->err, TEND_USAGE,
                          "%s is no plugin: its name ends neither in .lua nor in .so", path);
}

/* --- walking --------------------------------------------------------------------- */

struct walk {
    struct tend_shell *shell;
    const char *root;
    TEND_ARRAY(const char *) name;      /* of files, below the root; in the arena */
    int64_t bytes;
};

static tend_status walk(struct walk *w, const char *below, int deep)
{
    struct tend_shell *shell = w->shell;
    const char *path = tend_arena_printf(&shell->arena, "%s%s%s", w->root, *below ? "/" : "", below);
    tend_status status = TEND_OK;
    const struct dirent *entry;
    DIR *dir = opendir(path);

    if (dir == NULL || deep > DEEP_MOST) {
        if (dir != NULL)
            closedir(dir);
        return tend_error_set(&shell->err, TEND_IO, "the folder %s cannot be read: %s", path,
                              dir == NULL ? strerror(errno) : "it is too deep");
    }
    while (status == TEND_OK && (entry = readdir(dir)) != NULL) {
        const char *name = tend_arena_printf(&shell->arena, "%s%s%s", below, *below ? "/" : "",
                                             entry->d_name);
        struct stat st;

        if (entry->d_name[0] == '.')
            continue;
        if (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        if (S_ISDIR(st.st_mode)) {
            status = walk(w, name, deep + 1);
            continue;
        }
        if (!S_ISREG(st.st_mode)) {
            status = tend_error_set(&shell->err, TEND_INVALID,
                                    "%s/%s is neither a file nor a folder; a plugin is made of "
                                    "files: copy it there, or add it with --link",
                                    w->root, name);
            continue;
        }
        w->bytes += st.st_size;
        if (w->name.n == FILES_MOST || w->bytes > BYTES_MOST)
            status = tend_error_set(&shell->err, TEND_LIMIT,
                                    "%s holds more than %d files, or %d MiB: that is more than a "
                                    "plugin",
                                    w->root, FILES_MOST, (int)(BYTES_MOST / 1024 / 1024));
        else
            TEND_PUSH(&w->name, name);
    }
    closedir(dir);
    return status;
}

static const char *folder_of(struct tend_shell *shell, const char *file)
{
    return tend_arena_str(&shell->arena, (struct tend_text){ file, strrchr(file, '/') - file });
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

tend_status tend_added_hashes(struct tend_shell *shell, struct tend_added_list *list,
                              struct tend_added *added, bool folder)
{
    struct walk w = { .shell = shell, .root = folder_of(shell, added->path) };
    tend_status status = TEND_OK;

    added->file.n = 0;
    if (folder)
        status = walk(&w, "", 0);
    else
        TEND_PUSH(&w.name, strrchr(added->path, '/') + 1);
    if (w.name.n > 1)
        qsort(w.name.at, (size_t)w.name.n, sizeof *w.name.at, by_name);
    for (int64_t i = 0; status == TEND_OK && i < w.name.n; i++) {
        struct tend_added_file file = { .name = tend_arena_str(&list->arena,
                                                               tend_text_of(w.name.at[i])) };

        status = tend_added_hash(tend_arena_printf(&shell->arena, "%s/%s", w.root, file.name),
                                 &list->arena, &file, &shell->err);
        if (status == TEND_OK)
            TEND_PUSH(&added->file, file);
    }
    TEND_ARRAY_FINISH(&w.name);
    return status;
}

/* --- copying ----------------------------------------------------------------------- */

static void make_folders(struct tend_shell *shell, const char *file)
{
    char *copy = tend_arena_str(&shell->arena, tend_text_of(file));

    for (char *at = copy + 1; *at != '\0'; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        mkdir(copy, 0700);
        *at = '/';
    }
}

static tend_status copy_file(struct tend_shell *shell, const char *from, const char *to)
{
    int in = open(from, O_RDONLY | O_CLOEXEC), out;
    tend_status status = TEND_OK;
    char block[65536];
    ssize_t got;

    if (in < 0)
        return tend_error_set(&shell->err, TEND_IO, "%s cannot be read: %s", from, strerror(errno));
    make_folders(shell, to);
    out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    while (out >= 0 && (got = read(in, block, sizeof block)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || write(out, block, (size_t)got) != got) {
            status = TEND_IO;
            break;
        }
    }
    if (out < 0 || status != TEND_OK || fsync(out) != 0)
        status = tend_error_set(&shell->err, TEND_IO, "%s cannot be copied to %s: %s", from, to,
                                strerror(errno));
    close(in);
    if (out >= 0)
        close(out);
    return status;
}

static int erase_one(const char *path, const struct stat *st, int what, struct FTW *where)
{
    (void)st, (void)what, (void)where;
    return remove(path);
}

static void erase(const char *path)
{
    nftw(path, erase_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

void tend_added_erase(struct tend_shell *shell, const char *name)
{
    const char *folder = tend_added_folder(shell, name);

    if (folder != NULL)
        erase(folder);
}

/* The new copy takes the place of the old one, which stands aside until it is known
 * that the new one loads. */
static tend_status take_place(struct tend_shell *shell, const char *fresh, const char *folder,
                              const char **aside)
{
    const char *old = tend_arena_printf(&shell->arena, "%s.old", fresh);

    *aside = rename(folder, old) == 0 ? old : NULL;
    if (rename(fresh, folder) == 0)
        return TEND_OK;
    tend_error_set(&shell->err, TEND_IO, "%s cannot be made: %s", folder, strerror(errno));
    if (*aside != NULL)
        rename(old, folder);
    *aside = NULL;
    erase(fresh);
    return TEND_IO;
}

void tend_added_forget(const char *aside)
{
    if (aside != NULL)
        erase(aside);
}

void tend_added_back(struct tend_shell *shell, const char *name, const char *aside)
{
    tend_added_erase(shell, name);
    if (aside != NULL)
        rename(aside, tend_added_folder(shell, name));
}

tend_status tend_added_copy(struct tend_shell *shell, const char *file, bool folder,
                            const char *name, const char **to, const char **aside)
{
    const char *place = tend_added_folder(shell, name), *from = folder_of(shell, file);
    const char *main = strrchr(file, '/') + 1, *suffix = strrchr(main, '.');
    struct walk w = { .shell = shell, .root = from };
    tend_status status = TEND_OK;
    char *fresh;

    if (place == NULL)
        return tend_error_set(&shell->err, TEND_NOT_FOUND,
                              "there is no folder for plugins: set HOME, or XDG_DATA_HOME");
    *to = tend_arena_printf(&shell->arena, "%s/%s%s", place, name, suffix);
    if (strcmp(from, place) == 0)
        return TEND_OK;         /* it is there: what it is now is said yes to */
    make_folders(shell, place);
    fresh = tend_arena_printf(&shell->arena, "%.*s.new-XXXXXX", (int)(strrchr(place, '/') + 1 - place),
                              place);
    if (mkdtemp(fresh) == NULL)
        return tend_error_set(&shell->err, TEND_IO, "%s cannot be made: %s", place,
                              strerror(errno));
    if (folder)
        status = walk(&w, "", 0);
    else
        TEND_PUSH(&w.name, main);
    for (int64_t i = 0; status == TEND_OK && i < w.name.n; i++) {
        const char *as = strcmp(w.name.at[i], main) == 0
                             ? tend_arena_printf(&shell->arena, "%s%s", name, suffix)
                             : w.name.at[i];

        status = copy_file(shell, tend_arena_printf(&shell->arena, "%s/%s", from, w.name.at[i]),
                           tend_arena_printf(&shell->arena, "%s/%s", fresh, as));
    }
    TEND_ARRAY_FINISH(&w.name);
    if (status != TEND_OK) {
        erase(fresh);
        return status;
    }
    return take_place(shell, fresh, place, aside);
}
