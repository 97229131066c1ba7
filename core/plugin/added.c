/* Reading and writing the record of added plugins:
 *
 *     tend plugins 1
 *
 *     [leadbarn]
 *     path = /home/ann/.local/share/tend/plugins/leadbarn/leadbarn.lua
 *     granted = net:api.leadbarn.example secrets:token
 *     file = leadbarn.lua 5f1d... 4711:1795860000.000000000
 *
 * A key that this tend does not know is an error, so that nothing that a newer one
 * wrote there is lost by writing the file again. */
#include "plugin/added.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD "tend plugins 1"
#define RECORD_MOST (4 * 1024 * 1024)

static const char *const texts[] = { "path",    "from",    "language", "version",
                                     "author",  "granted", "added",    NULL };
static const char *const flags[] = { "native", "enabled", "linked", NULL };

static const char **text_of(struct tend_added *plugin, struct tend_text key)
{
    const char **const members[] = { &plugin->path,   &plugin->from,    &plugin->language,
                                     &plugin->version, &plugin->author, &plugin->granted,
                                     &plugin->added };

    for (size_t i = 0; texts[i]; i++)
        if (tend_text_is(key, texts[i]))
            return members[i];
    return NULL;
}

static bool *flag_of(struct tend_added *plugin, struct tend_text key)
{
    bool *const members[] = { &plugin->native, &plugin->enabled, &plugin->linked };

    for (size_t i = 0; flags[i]; i++)
        if (tend_text_is(key, flags[i]))
            return members[i];
    return NULL;
}

/* A value is one line: a backslash, and what would end the line, stand as \xNN. */
static void write_value(struct tend_buffer *out, const char *text)
{
    for (; text && *text; text++) {
        if (*text == '\\' || (unsigned char)*text < 0x20 || *text == 0x7F)
            tend_buffer_addf(out, "\\x%02x", (unsigned char)*text);
        else
            tend_buffer_addc(out, *text);
    }
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static const char *read_value(struct tend_arena *arena, struct tend_text text)
{
    char *out = tend_arena_take(arena, (size_t)text.len + 1);
    int64_t n = 0;

    for (int64_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\\' && i + 3 < text.len && text.at[i + 1] == 'x' &&
            digit(text.at[i + 2]) >= 0 && digit(text.at[i + 3]) >= 0 &&
            digit(text.at[i + 2]) + digit(text.at[i + 3]) > 0) {
            out[n++] = (char)(digit(text.at[i + 2]) << 4 | digit(text.at[i + 3]));
            i += 3;
        } else {
            out[n++] = text.at[i];
        }
    }
    out[n] = '\0';
    return out;
}

/* "leadbarn.lua 5f1d... 4711:17958600": the name may have spaces. */
static bool take_file(struct tend_added_list *list, struct tend_added *plugin,
                      struct tend_text value)
{
    struct tend_added_file file = { 0 };
    int64_t stamp = value.len, hash;

    while (stamp > 0 && value.at[stamp - 1] != ' ')
        stamp--;
    if (stamp < 66 || value.at[stamp - 66] != ' ')
        return false;
    hash = stamp - 65;
    file.stamp = tend_arena_str(&list->arena, (struct tend_text){ value.at + stamp,
                                                                  value.len - stamp });
    file.hash = tend_arena_str(&list->arena, (struct tend_text){ value.at + hash, 64 });
    file.name = read_value(&list->arena, (struct tend_text){ value.at, hash - 1 });
    if (strlen(file.hash) != 64 || strspn(file.hash, "0123456789abcdef") != 64)
        return false;
    TEND_PUSH(&plugin->file, file);
    return true;
}

static bool take_line(struct tend_added_list *list, struct tend_text line)
{
    struct tend_added *plugin = list->plugin.n ? &list->plugin.at[list->plugin.n - 1] : NULL;
    struct tend_text key, value;
    const char **text, *eq;
    bool *flag;

    if (line.len == 0 || line.at[0] == '#')
        return true;
    if (line.len > 2 && line.at[0] == '[' && line.at[line.len - 1] == ']') {
        value = (struct tend_text){ line.at + 1, line.len - 2 };
        if (tend_added_find(list, value))
            return false;
        tend_added_take(list, value);
        return true;
    }
    eq = memchr(line.at, '=', (size_t)line.len);
    if (!plugin || !eq)
        return false;
    key = tend_text_trim((struct tend_text){ line.at, eq - line.at });
    value = tend_text_trim((struct tend_text){ eq + 1, line.at + line.len - eq - 1 });
    if (tend_text_is(key, "file"))
        return take_file(list, plugin, value);
    flag = flag_of(plugin, key);
    if (flag) {
        *flag = tend_text_is(value, "yes");
        return *flag || tend_text_is(value, "no");
    }
    text = text_of(plugin, key);
    if (text)
        *text = read_value(&list->arena, value);
    return text != NULL;
}

static tend_status parse(const char *path, struct tend_text rest, struct tend_added_list *list,
                         struct tend_error *err)
{
    for (int64_t number = 1; rest.len > 0; number++) {
        const char *end = memchr(rest.at, '\n', (size_t)rest.len);
        struct tend_text line = { rest.at, end ? end - rest.at : rest.len };

        rest.at += line.len + (end != NULL);
        rest.len -= line.len + (end != NULL);
        line = tend_text_trim(line);
        if (number == 1 ? !tend_text_is(line, HEAD) : !take_line(list, line))
            return tend_error_set(err, TEND_INVALID,
                                  "%s, line %lld: \"%.*s\" is no line of the record of plugins%s; "
                                  "mend the line, or remove the file and add your plugins again",
                                  path, (long long)number, TEND_FMT(tend_text_clip(line, 60)),
                                  number == 1 ? ", which begins with \"" HEAD "\"" : "");
    }
    return TEND_OK;
}

tend_status tend_added_read(const char *path, struct tend_added_list *list, struct tend_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    tend_status status = TEND_OK;
    int64_t have = 0;
    ssize_t got = 1;
    struct stat st;
    char *text;

    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR
                   ? TEND_OK
                   : tend_error_set(err, TEND_IO, "%s cannot be read: %s", path, strerror(errno));
    if (fstat(fd, &st) != 0 || st.st_size > RECORD_MOST) {
        close(fd);
        return tend_error_set(err, TEND_IO, "%s is no record of plugins", path);
    }
    text = tend_alloc((size_t)st.st_size + 1);
    while (have < st.st_size && got > 0) {
        got = read(fd, text + have, (size_t)(st.st_size - have));
        have += got > 0 ? got : 0;
    }
    close(fd);
    status = parse(path, (struct tend_text){ text, have }, list, err);
    tend_free(text);
    return status;
}

static void write_plugin(struct tend_buffer *out, struct tend_added *plugin)
{
    tend_buffer_addf(out, "\n[%s]\n", plugin->name);
    for (size_t i = 0; texts[i]; i++) {
        const char *value = *text_of(plugin, tend_text_of(texts[i]));

        if (!value || !*value)
            continue;
        tend_buffer_addf(out, "%s = ", texts[i]);
        write_value(out, value);
        tend_buffer_addc(out, '\n');
    }
    for (size_t i = 0; flags[i]; i++)
        tend_buffer_addf(out, "%s = %s\n", flags[i],
                         *flag_of(plugin, tend_text_of(flags[i])) ? "yes" : "no");
    for (int64_t i = 0; i < plugin->file.n; i++) {
        tend_buffer_adds(out, "file = ");
        write_value(out, plugin->file.at[i].name);
        tend_buffer_addf(out, " %s %s\n", plugin->file.at[i].hash, plugin->file.at[i].stamp);
    }
}

static bool write_whole(int fd, const char *text, int64_t len)
{
    while (len > 0) {
        ssize_t put = write(fd, text, (size_t)len);

        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        text += put;
        len -= put;
    }
    return fsync(fd) == 0;
}

tend_status tend_added_write(const char *path, const struct tend_added_list *list,
                             struct tend_error *err)
{
    struct tend_buffer out = { 0 };
    tend_status status = TEND_OK;
    struct tend_arena arena = { 0 };
    char *other = tend_arena_printf(&arena, "%s.XXXXXX", path);
    int fd = mkostemp(other, O_CLOEXEC);        /* 0600 */

    tend_buffer_adds(&out, HEAD "\n");
    for (int64_t i = 0; i < list->plugin.n; i++)
        write_plugin(&out, &list->plugin.at[i]);
    if (fd < 0 || !write_whole(fd, out.at, out.len) || rename(other, path) != 0) {
        status = tend_error_set(err, TEND_IO, "%s cannot be written: %s", path, strerror(errno));
        if (fd >= 0)
            unlink(other);
    }
    if (fd >= 0)
        close(fd);
    tend_buffer_finish(&out);
    tend_arena_finish(&arena);
    return status;
}

void tend_added_finish(struct tend_added_list *list)
{
    for (int64_t i = 0; i < list->plugin.n; i++)
        TEND_ARRAY_FINISH(&list->plugin.at[i].file);
    TEND_ARRAY_FINISH(&list->plugin);
    tend_arena_finish(&list->arena);
}

struct tend_added *tend_added_find(const struct tend_added_list *list, struct tend_text name)
{
    for (int64_t i = 0; i < list->plugin.n; i++)
        if (tend_text_is(name, list->plugin.at[i].name))
            return &list->plugin.at[i];
    return NULL;
}

struct tend_added *tend_added_take(struct tend_added_list *list, struct tend_text name)
{
    struct tend_added *plugin = tend_added_find(list, name);

    if (plugin)
        return plugin;
    TEND_PUSH(&list->plugin, (struct tend_added){ .name = tend_arena_str(&list->arena, name) });
    return &list->plugin.at[list->plugin.n - 1];
}

void tend_added_remove(struct tend_added_list *list, struct tend_text name)
{
    for (int64_t i = 0; i < list->plugin.n; i++) {
        if (!tend_text_is(name, list->plugin.at[i].name))
            continue;
        TEND_ARRAY_FINISH(&list->plugin.at[i].file);
        memmove(&list->plugin.at[i], &list->plugin.at[i + 1],
                (size_t)(list->plugin.n - i - 1) * sizeof *list->plugin.at);
        list->plugin.n--;
        return;
    }
}
