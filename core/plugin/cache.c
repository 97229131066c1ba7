/* What plugins declare, kept from one start to the next: one whose files are as
 * they were is known without being opened, and is opened when it is first asked.
 *
 * The file is a convenience: one that is missing, older or damaged costs a slower
 * start, and is made anew. A plugin with stages is always opened, since their
 * words are looked up at every turn. */
#include "plugin/cache.h"
#include "plugin/private.h"
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "tend-plugins 3 " TEND_BUILD " " TEND_CACHE_VERSION
#define FILE_MOST (16 * 1024 * 1024)
#define STAMP_MOST 128

#ifndef TEND_CACHE_VERSION
#define TEND_CACHE_VERSION "0"
#endif

struct tend_cache {
    char *path;
    char *text;                 /* the file, its lines cut in place */
    TEND_ARRAY(char *) line;
    bool changed;
};

/* What is another as soon as somebody touches the file. */
static bool stamp(const char *path, char out[STAMP_MOST])
{
    struct stat st;

    if (stat(path, &st) != 0)
        return false;
    snprintf(out, STAMP_MOST, "%" PRIu64 ":%" PRIu64 ":%" PRId64 ":%" PRId64 ".%09ld:%" PRId64 ".%09ld",
             (uint64_t)st.st_dev, (uint64_t)st.st_ino, (int64_t)st.st_size,
             (int64_t)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, (int64_t)st.st_ctim.tv_sec,
             st.st_ctim.tv_nsec);
    return true;
}

static char *read_whole(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    char *text = NULL;
    ssize_t got;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && st.st_size < FILE_MOST) {
        text = tend_alloc((size_t)st.st_size + 1);
        got = read(fd, text, (size_t)st.st_size);
        text[got > 0 ? got : 0] = '\0';
    }
    close(fd);
    return text;
}

struct tend_cache *tend_cache_open(const char *path)
{
    struct tend_cache *cache = tend_alloc(sizeof *cache);
    char *rest, *line;

    cache->path = tend_strdup(path);
    cache->text = rest = read_whole(path);
    while (rest && (line = strsep(&rest, "\n")) != NULL)
        if (*line)
            TEND_PUSH(&cache->line, line);
    if (cache->line.n == 0 || strcmp(cache->line.at[0], HEAD) != 0)
        cache->line.n = 0;
    return cache;
}

void tend_cache_free(struct tend_cache *cache)
{
    if (!cache)
        return;
    TEND_ARRAY_FINISH(&cache->line);
    tend_free(cache->text);
    tend_free(cache->path);
    tend_free(cache);
}

/* The fields behind the letter of a line; false if there are fewer. */
static bool fields(const char *line, char letter, struct tend_text *out, int n)
{
    struct tend_text rest = tend_text_of(line);

    if (line[0] != letter || line[1] != '\t')
        return false;
    rest.at += 2;
    rest.len -= 2;
    for (int i = 0; i < n; i++) {
        const char *tab = rest.len > 0 ? memchr(rest.at, '\t', (size_t)rest.len) : NULL;

        if (!tab && i + 1 < n)
            return false;
        out[i] = (struct tend_text){ rest.at, tab ? tab - rest.at : rest.len };
        rest.at += out[i].len + (tab ? 1 : 0);
        rest.len -= out[i].len + (tab ? 1 : 0);
    }
    return true;
}

/* The index of the plugin's first line, or -1. */
static int64_t find(const struct tend_cache *cache, const char *path)
{
    struct tend_text field[2];

    for (int64_t i = 1; i < cache->line.n; i++)
        if (cache->line.at[i][0] == 'P' && fields(cache->line.at[i], 'P', field, 2) &&
            tend_text_is(field[0], path))
            return i;
    return -1;
}

static bool is_as_it_was(struct tend_text path, struct tend_text was, struct tend_arena *arena)
{
    char now[STAMP_MOST];

    return stamp(tend_arena_str(arena, path), now) && tend_text_is(was, now);
}

bool tend_cache_recall(struct tend_cache *cache, struct tend_instance *instance)
{
    struct tend_arena *arena = &instance->arena;
    struct tend_error ignored = { 0 };
    struct tend_text field[10];
    int64_t at = cache ? find(cache, instance->path) : -1;

    if (at < 0 || !fields(cache->line.at[at], 'P', field, 10) ||
        !is_as_it_was(field[0], field[1], arena))
        return false;
    for (int64_t i = at + 1; i < cache->line.n && cache->line.at[i][0] != 'P'; i++) {
        struct tend_text other[2];

        if (fields(cache->line.at[i], 'F', other, 2) && !is_as_it_was(other[0], other[1], arena))
            return false;
        /* whose name is taken now is loaded, to be refused */
        if (fields(cache->line.at[i], 'K', other, 2) &&
            tend_instance_free_name(instance, tend_arena_str(arena, other[0]),
                                    tend_arena_str(arena, other[1]), &ignored) != TEND_OK)
            return false;
    }
    if (tend_instance_manifest(instance, &(struct tend_manifest){
        .name = tend_arena_str(arena, field[2]),
        .version = tend_arena_str(arena, field[3]),
        .summary = tend_arena_str(arena, field[4]),
        .license = tend_arena_str(arena, field[5]),
        .needs = tend_arena_str(arena, field[6]),
        .author = tend_arena_str(arena, field[7]),
        .requires = tend_arena_str(arena, field[8]),
    }, &ignored) != TEND_OK)
        return false;
    for (int64_t i = at + 1; i < cache->line.n && cache->line.at[i][0] != 'P'; i++) {
        struct tend_text known[3];

        if (fields(cache->line.at[i], 'K', known, 3))
            tend_instance_declare(instance, tend_arena_str(arena, known[0]),
                                  tend_arena_str(arena, known[1]),
                                  known[2].len ? tend_arena_str(arena, known[2]) : NULL);
    }
    instance->asleep = true;
    return true;
}

/* --- writing --------------------------------------------------------------- */

static bool is_plain(const char *text)
{
    return !text || !strpbrk(text, "\t\n");
}

static bool add_file(struct tend_buffer *out, char letter, const char *path)
{
    char now[STAMP_MOST];

    if (!is_plain(path) || !stamp(path, now))
        return false;
    tend_buffer_addf(out, "%c\t%s\t%s", letter, path, now);
    return true;
}

/* Nothing is kept of one that has stages, or that failed. */
static void add_instance(struct tend_buffer *out, const struct tend_instance *instance)
{
    const struct tend_registry *registry = instance->registry;
    const struct tend_manifest *m = &instance->manifest;
    struct tend_buffer lines = { 0 };
    bool ok = instance->state != TEND_INSTANCE_FAILED && !instance->stale && !instance->spoke &&
             
              is_plain(m->version) && is_plain(m->summary) && is_plain(m->license) &&
              is_plain(m->needs) && is_plain(m->author) && is_plain(m->requires) && add_file(&lines, 'P', instance->path);

    tend_buffer_addf(&lines, "\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", m->name, m->version, m->summary,
                     m->license, m->needs, m->author, m->requires);
    for (int64_t i = 0; ok && i < instance->files.n; i++) {
        ok = add_file(&lines, 'F', instance->files.at[i]);
        tend_buffer_addc(&lines, '\n');
    }
    for (int64_t i = 0; ok && i < registry->providers.n; i++) {
        const struct tend_provider *provider = registry->providers.at[i];

        if (provider->owner != instance)
            continue;
        ok = strcmp(provider->kind, "stage_set") != 0 && is_plain(provider->on);
        tend_buffer_addf(&lines, "K\t%s\t%s\t%s\n", provider->kind, provider->name,
                         provider->on ? provider->on : "");
    }
    if (ok)
        tend_buffer_add(out, tend_buffer_text(&lines));
    tend_buffer_finish(&lines);
}

/* Was this plugin looked for now, and so is written anew? */
static bool is_loaded(const struct tend_registry *registry, struct tend_text path)
{
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (tend_text_is(path, registry->instances.at[i]->path))
            return true;
    return false;
}

/* What is kept of plugins in folders that were not looked at this time. */
static void add_others(struct tend_buffer *out, const struct tend_registry *registry,
                       const struct tend_cache *cache)
{
    struct tend_text path;
    bool keep = false;

    for (int64_t i = 1; i < cache->line.n; i++) {
        if (cache->line.at[i][0] == 'P')
            keep = fields(cache->line.at[i], 'P', &path, 1) && !is_loaded(registry, path) &&
                   access(tend_arena_str(&registry->core->arena, path), F_OK) == 0;
        if (keep)
            tend_buffer_addf(out, "%s\n", cache->line.at[i]);
    }
}

void tend_cache_note(struct tend_cache *cache)
{
    if (cache)
        cache->changed = true;
}

void tend_cache_save(struct tend_cache *cache, const struct tend_registry *registry)
{
    struct tend_buffer out = { 0 };
    char *other;
    int fd;

    if (!cache || !cache->changed)
        return;
    cache->changed = false;
    tend_buffer_adds(&out, HEAD "\n");
    for (int64_t i = 0; i < registry->instances.n; i++)
        add_instance(&out, registry->instances.at[i]);
    add_others(&out, registry, cache);
    other = tend_alloc(strlen(cache->path) + 16);
    sprintf(other, "%s.XXXXXX", cache->path);
    fd = mkostemp(other, O_CLOEXEC);
    if (fd >= 0) {
        bool whole = write(fd, out.at, (size_t)out.len) == out.len;

        close(fd);
        if (!whole || rename(other, cache->path) != 0)
            unlink(other);
    }
    tend_free(other);
    tend_buffer_finish(&out);
}
