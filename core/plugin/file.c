/* ctx->file: files beside the plugin, and those that its rights name. */
#include "plugin/private.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MOST (16 << 20)
#define NAMES_MOST 10000

static tend_status refuse(struct tend_call *call, tend_status code, const char *path,
                          const char *why)
{
    return tend_error_set(&call->error, code, "%s: %s", path, why);
}

/* Below the plugin's own folder by itself, whatever links and dots there are. */
static bool is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);

    return strncmp(path, folder, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

/* Where a path that is not there would be: what there is of it for real, and the rest as it
 * stands. So whoever may not look there does not learn that it is missing. */
static const char *missing_path(struct tend_arena *arena, const char *path)
{
    char *folder = tend_arena_str(arena, tend_text_of(path)), *found = NULL, *slash;
    const char *rest, *real;

    while ((slash = strrchr(folder, '/')) && slash != folder) {
        *slash = '\0';
        found = realpath(folder, NULL);
        if (found)
            break;
    }
    rest = path + strlen(folder);
    real = found ? tend_arena_printf(arena, "%s%s", strcmp(found, "/") == 0 ? "" : found, rest)
                 : path;
    free(found);
    return real;
}

static tend_status may_look(struct tend_call *call, const char *real)
{
    struct tend_error err = { 0 };
    tend_status status = tend_call_may(call, TEND_RIGHT_FILES, tend_text_of(real), &err);

    if (status != TEND_OK)
        tend_call_told(call, &err);
    return status;
}

/* Where it really is, if the plugin may look there. */
static tend_status resolve(struct tend_call *call, const char *path, const char **real)
{
    struct tend_arena *arena = call->scratch;
    const char *home = getenv("HOME"), *own = NULL;
    bool is_there;
    char *found;
    int why;

    if (!path || !path[0])
        return tend_error_set(&call->error, TEND_INVALID, "a file needs a path");
    if (path[0] == '~' && (path[1] == '/' || !path[1]) && home) {
        path = tend_arena_printf(arena, "%s%s", home, path + 1);
    } else if (path[0] != '/') {
        const char *slash = strrchr(call->instance->path, '/');

        own = slash ? tend_arena_printf(arena, "%.*s", (int)(slash - call->instance->path),
                                        call->instance->path)
                    : ".";
        path = tend_arena_printf(arena, "%s/%s", own, path);
        found = realpath(own, NULL);
        own = tend_arena_str(arena, tend_text_of(found));
        free(found);
    }
    found = realpath(path, NULL);
    why = errno;
    is_there = found != NULL;
    *real = found ? tend_arena_str(arena, tend_text_of(found)) : missing_path(arena, path);
    free(found);
    if (!(own && is_below(*real, own)) && may_look(call, *real) != TEND_OK)
        return call->error.code;
    if (is_there)
        return TEND_OK;
    return refuse(call, why == ENOENT || why == ENOTDIR ? TEND_NOT_FOUND : TEND_IO, path,
                  strerror(why));
}

static tend_status file_read(struct tend_ctx *ctx, const char *path, struct tend_text *content)
{
    struct tend_call *call = tend_call_of(ctx);
    const char *real = NULL;
    struct stat st;
    char *bytes;
    int64_t len = 0;
    tend_status status;
    int fd;

    if (!content)
        return tend_error_set(&call->error, TEND_INVALID, "file.read needs somewhere to put it");
    *content = (struct tend_text){ "", 0 };
    status = resolve(call, path, &real);
    if (status != TEND_OK)
        return status;
    fd = open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        if (fd >= 0)
            close(fd);
        return refuse(call, TEND_IO, real, fd < 0 ? strerror(errno) : "not a file");
    }
    if (st.st_size > FILE_MOST) {
        close(fd);
        return refuse(call, TEND_LIMIT, real, "more than 16 MiB");
    }
    bytes = tend_arena_take(call->scratch, (size_t)st.st_size + 1);
    while (len < st.st_size) {
        ssize_t n = read(fd, bytes + len, (size_t)(st.st_size - len));

        if (n <= 0)
            break;
        len += n;
    }
    close(fd);
    *content = (struct tend_text){ bytes, len };
    return TEND_OK;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static tend_status file_list(struct tend_ctx *ctx, const char *path, struct tend_text *names)
{
    struct tend_call *call = tend_call_of(ctx);
    TEND_ARRAY(char *) found = { 0 };
    struct tend_buffer text = { 0 };
    const struct dirent *entry;
    const char *real = NULL;
    tend_status status;
    DIR *dir;

    if (!names)
        return tend_error_set(&call->error, TEND_INVALID, "file.list needs somewhere to put them");
    *names = (struct tend_text){ "", 0 };
    status = resolve(call, path, &real);
    if (status != TEND_OK)
        return status;
    dir = opendir(real);
    if (!dir)
        return refuse(call, TEND_IO, real, strerror(errno));
    while (found.n < NAMES_MOST && (entry = readdir(dir))) {
        const char *full = tend_arena_printf(call->scratch, "%s/%s", real, entry->d_name);
        struct stat st;
        bool folder = stat(full, &st) == 0 && S_ISDIR(st.st_mode);

        if (entry->d_name[0] != '.' && !strchr(entry->d_name, '\n'))
            TEND_PUSH(&found, tend_arena_printf(call->scratch, "%s%s", entry->d_name,
                                                folder ? "/" : ""));
    }
    closedir(dir);
    if (found.n > 1)
        qsort(found.at, (size_t)found.n, sizeof *found.at, by_name);
    for (int64_t i = 0; i < found.n; i++)
        tend_buffer_addf(&text, "%s\n", found.at[i]);
    *names = tend_arena_text(call->scratch, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    TEND_ARRAY_FINISH(&found);
    return TEND_OK;
}

const struct tend_file_api tend_file_table = {
    .size = sizeof(struct tend_file_api),
    .level = TEND_API,
    .read = file_read,
    .list = file_list,
};
