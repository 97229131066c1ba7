/* Zones by name: where their files are, which is meant by a wrong name, and
 * the cache that keeps them for the life of the process. */
#include "base/array.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/zone_parts.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER "/usr/share/zoneinfo"
#define FILE_MOST (256 * 1024) /* the largest is 4 KiB */

static TEND_ARRAY(struct tend_zone *) opened;
static TEND_ARRAY(struct tend_zone *) retired;  /* somebody may still hold them */

const char *tend_zone_folder(void)
{
    const char *named = getenv("TZDIR");

    return named && named[0] ? named : FOLDER;
}

/* Letters, digits and "+-_" in parts separated by "/": no way out of the
 * folder, and none of the lists that lie beside the zones. */
static bool is_name(struct tend_text name)
{
    char before = '/';

    if (name.len == 0 || name.len > 127)
        return false;
    for (int64_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                     c == '+' || c == '-' || c == '_';

        if (!plain && !(c == '/' && before != '/'))
            return false;
        before = c;
    }
    return before != '/';
}

typedef TEND_ARRAY(const char *) name_list;

static void list_names(const char *path, const char *prefix, int depth, struct tend_arena *arena,
                       name_list *names)
{
    DIR *dir = opendir(path);
    struct dirent *entry;

    while (dir && (entry = readdir(dir))) {
        char *name = tend_arena_printf(arena, "%s%s", prefix, entry->d_name);
        char *inner = tend_arena_printf(arena, "%s/%s", path, entry->d_name);
        struct stat info;

        /* zones begin with a capital; what does not is lists and second copies */
        if (name[0] < 'A' || name[0] > 'Z' || !is_name(tend_text_of(name)) ||
            stat(inner, &info) != 0)
            continue;
        if (S_ISREG(info.st_mode))
            TEND_PUSH(names, name);
        else if (S_ISDIR(info.st_mode) && depth < 3)
            list_names(inner, tend_arena_printf(arena, "%s/", name), depth + 1, arena, names);
    }
    if (dir)
        closedir(dir);
}

static const char *city(const char *name)
{
    const char *slash = strrchr(name, '/');

    return slash ? slash + 1 : name;
}

/* "vienna", "New York" and "Viena" mean cities, "Europe/Vinna" a whole name. */
static const char *nearest(const char *name, struct tend_arena *arena, name_list *names)
{
    const char **cities = tend_arena_take(arena, (size_t)(names->n + 1) * sizeof *cities);
    char *word = tend_arena_str(arena, tend_text_of(name));
    const char *found;

    for (char *c = word; *c; c++)
        if (*c == ' ')
            *c = '_';
    for (int64_t i = 0; i < names->n; i++) {
        cities[i] = city(names->at[i]);
        if (tend_text_is_nocase(tend_text_of(word), cities[i]))
            return names->at[i];
    }
    TEND_PUSH(names, NULL);
    if ((found = tend_text_nearest(tend_text_of(word), names->at)))
        return found;
    if (!(found = tend_text_nearest(tend_text_of(city(word)), cities)))
        return NULL;
    for (int64_t i = 0;; i++)
        if (cities[i] == found)
            return names->at[i];
}

static tend_status not_found(const char *name, struct tend_error *err)
{
    struct tend_arena arena = { 0 };
    name_list names = { 0 };
    const char *near;

    list_names(tend_zone_folder(), "", 0, &arena, &names);
    if (names.n == 0) {
        tend_error_set(err, TEND_NOT_FOUND, "there is no time zone %s: %s holds no zone files",
                       name, tend_zone_folder());
        if (strcmp(tend_zone_folder(), FOLDER) == 0)
            tend_error_cure(err, "apt install tzdata");
    } else if ((near = nearest(name, &arena, &names))) {
        tend_error_set(err, TEND_NOT_FOUND, "there is no time zone %s; did you mean %s?", name,
                       near);
    } else {
        tend_error_set(err, TEND_NOT_FOUND,
                       "there is no time zone %s; expected a name like Europe/Vienna", name);
    }
    TEND_ARRAY_FINISH(&names);
    tend_arena_finish(&arena);
    return TEND_NOT_FOUND;
}

/* Returns how many bytes, or -1 if there is no such file. */
static ssize_t read_file(const char *name, char *out, size_t size)
{
    struct tend_arena arena = { 0 };
    int fd = open(tend_arena_printf(&arena, "%s/%s", tend_zone_folder(), name), O_RDONLY | O_CLOEXEC);
    struct stat info;
    ssize_t len = -1;

    tend_arena_finish(&arena);
    if (fd < 0)
        return -1;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode))
        len = read(fd, out, size);
    close(fd);
    return len;
}

static const struct tend_zone *find_open(const char *name)
{
    for (int64_t i = 0; i < opened.n; i++)
        if (strcmp(opened.at[i]->name, name) == 0)
            return opened.at[i];
    return NULL;
}

uint64_t tend_zone_print(const char *name)
{
    char bytes[16 * 1024];
    ssize_t len = is_name(tend_text_of(name)) ? read_file(name, bytes, sizeof bytes) : -1;

    return len < 0 ? 0 : tend_hash(TEND_HASH_SEED, bytes, (size_t)len);
}

void tend_zone_renew(void)
{
    for (int64_t i = 0; i < opened.n; i++)
        TEND_PUSH(&retired, opened.at[i]);
    opened.n = 0;
}

static struct tend_zone *make_utc(void)
{
    struct tend_zone *zone = tend_alloc(sizeof *zone);

    zone->name = tend_strdup("UTC");
    return zone;
}

tend_status tend_zone_open(const char *name, const struct tend_zone **zone, struct tend_error *err)
{
    const struct tend_zone *known = find_open(name);
    struct tend_zone *made = NULL;
    tend_status status = TEND_OK;

    if (known) {
        *zone = known;
        return TEND_OK;
    }
    if (name[0] == '/' || strstr(name, ".."))
        return tend_error_set(err, TEND_INVALID,
                              "a time zone is a name like Europe/Vienna, not the path %s", name);
    if (strcmp(name, "UTC") == 0) {
        made = make_utc();
    } else {
        char *bytes = tend_alloc(FILE_MOST);
        ssize_t len = is_name(tend_text_of(name)) ? read_file(name, bytes, FILE_MOST) : -1;

        status =
            len < 0 ? not_found(name, err) : tend_zone_parse(name, bytes, (size_t)len, &made, err);
        tend_free(bytes);
    }
    if (status != TEND_OK)
        return status;
    TEND_PUSH(&opened, made);
    *zone = made;
    return TEND_OK;
}

/* The zone's own copy of the name, if there is such a zone. */
static const char *name_if_known(struct tend_text name)
{
    char copy[128];
    const struct tend_zone *zone = NULL;
    struct tend_error err;

    if (!is_name(name))
        return NULL;
    memcpy(copy, name.at, (size_t)name.len);
    copy[name.len] = '\0';
    return tend_zone_open(copy, &zone, &err) == TEND_OK ? zone->name : NULL;
}

/* What follows "zoneinfo/" in a path; the text itself if it is no path. */
static struct tend_text name_in_path(const char *path)
{
    static const char mark[] = "zoneinfo/";
    const char *found = path[0] == '/' || path[0] == '.' ? strstr(path, mark) : NULL;

    return tend_text_of(found ? found + sizeof mark - 1 : path);
}

const char *tend_zone_local_name(void)
{
    const char *tz = getenv("TZ"), *name = NULL;
    char text[512];
    ssize_t len;

    if (tz && tz[0] == '\0')
        return "UTC";
    if (tz)
        name = name_if_known(name_in_path(tz[0] == ':' ? tz + 1 : tz));
    if (!name) {
        int fd = open("/etc/timezone", O_RDONLY | O_CLOEXEC);

        len = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
        if (fd >= 0)
            close(fd);
        if (len > 0)
            name = name_if_known(tend_text_trim((struct tend_text){ text, len }));
    }
    if (!name && (len = readlink("/etc/localtime", text, sizeof text - 1)) > 0) {
        text[len] = '\0';
        name = name_if_known(name_in_path(text));
    }
    return name ? name : "UTC";
}
