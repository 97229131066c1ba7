/* plugin new: an example is copied under another name. */
#include "kit/private.h"
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* A kind as it is typed, the folder of its example without the language, and what the
 * example is called: that is the word which becomes the new name, so no identifier of C holds
 * it. */
static const struct {
    const char *kind, *folder, *name;
} skeletons[] = {
    { "policy", "policy", "open-house-card" },
    { "command", "command", "dormant" },
    { "stage_set", "stage-set", "book-club" },
    { "lead_source", "lead-source", "barn" },
    { "page", "page", "lead-feed" },
    { "normaliser", "normaliser", "gmail-dots" },
    { "matcher", "matcher", "same-street" },
    { "service", "service", "week-span" },
    { "report", "report", "stage-count" },
    { "playbook", "playbook", "first-days" },
    { "channel", "channel", "text-box" },
    { "store_driver", "store-driver", "shelf" },
};
#define N_SKELETONS ((int64_t)(sizeof skeletons / sizeof *skeletons))

const char *tend_kit_kind(int64_t index)
{
    return index >= 0 && index < N_SKELETONS ? skeletons[index].kind : NULL;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Does the word stand here by itself? */
static bool stands(struct tend_text text, int64_t at, const char *word)
{
    int64_t len = (int64_t)strlen(word);

    return at + len <= text.len && memcmp(text.at + at, word, (size_t)len) == 0 &&
           (at == 0 || !is_word(text.at[at - 1])) &&
           (at + len == text.len || !is_word(text.at[at + len]));
}

/* week-span as Lua writes it: week_span. */
static const char *in_lua(struct tend_arena *arena, const char *name)
{
    char *copy = tend_arena_str(arena, tend_text_of(name));

    for (char *c = copy; *c != '\0'; c++)
        *c = *c == '-' ? '_' : *c;
    return copy;
}

/* A name and what it becomes, then both as Lua writes them. */
struct renaming {
    const char *from[2], *to[2];
};

/* The text with the name of the example replaced. */
static void rename_in(struct tend_buffer *out, struct tend_text text,
                      const struct renaming *renaming)
{
    for (int64_t i = 0; i < text.len;) {
        int32_t form = stands(text, i, renaming->from[0])   ? 0
                       : stands(text, i, renaming->from[1]) ? 1
                                                            : -1;

        if (form >= 0) {
            tend_buffer_adds(out, renaming->to[form]);
            i += (int64_t)strlen(renaming->from[form]);
        } else {
            tend_buffer_addc(out, text.at[i++]);
        }
    }
}

struct making {
    const struct tend_kit_new *ask;
    struct renaming names;
    struct tend_arena arena;
    struct tend_buffer *files;
    struct tend_error *err;
};

static tend_status write_file(struct making *m, const char *path, struct tend_text text)
{
    FILE *file = fopen(path, "wx");     /* never one that is there */
    bool bad;

    if (file == NULL)
        return tend_error_set(m->err, errno == EEXIST ? TEND_EXISTS : TEND_IO,
                              "%s cannot be written: %s", path, strerror(errno));
    fwrite(text.at, 1, (size_t)text.len, file);
    bad = ferror(file) != 0;
    if (fclose(file) != 0 || bad)
        return tend_error_set(m->err, TEND_IO, "%s cannot be written", path);
    tend_buffer_addf(m->files, "%s\n", path);
    return TEND_OK;
}

static tend_status copy(struct making *m, const char *from, const char *to)
{
    const char **names;
    int64_t n = tend_kit_file_names(from, &m->arena, &names);
    tend_status status = TEND_OK;

    if (mkdir(to, 0777) != 0)
        return tend_error_set(m->err, errno == EEXIST ? TEND_EXISTS : TEND_IO,
                              "%s cannot be made: %s", to, strerror(errno));
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        const char *path = tend_arena_printf(&m->arena, "%s/%s", from, names[i]), *out;
        struct tend_buffer name = { 0 }, text = { 0 }, changed = { 0 };
        struct stat st;

        rename_in(&name, tend_text_of(names[i]), &m->names);
        out = tend_arena_printf(&m->arena, "%s/%s", to, name.at);
        tend_buffer_finish(&name);
        if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
            status = copy(m, path, out);
        } else {
            status = tend_kit_file_read(path, &text, m->err);
            rename_in(&changed, tend_buffer_text(&text), &m->names);
            if (status == TEND_OK)
                status = write_file(m, out, tend_buffer_text(&changed));
        }
        tend_buffer_finish(&text);
        tend_buffer_finish(&changed);
    }
    return status;
}

static tend_status name_fits(const char *name, struct tend_error *err)
{
    size_t len = strlen(name), n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

    if (n == len && len <= 40 && name[0] >= 'a' && name[0] <= 'z')
        return TEND_OK;
    return tend_error_set(err, TEND_USAGE,
                          "\"%.60s\" cannot be the name of a plugin: small letters, digits and -, "
                          "beginning with a letter, at most 40", name);
}

tend_status tend_kit_make(const struct tend_kit_new *ask, struct tend_buffer *files,
                          struct tend_error *err)
{
    struct making m = { .ask = ask, .files = files, .err = err };
    const char *folder = NULL, *dir = ask->dir != NULL ? ask->dir : ask->name;
    struct stat st;
    tend_status status = name_fits(ask->name, err);

    for (int64_t i = 0; i < N_SKELETONS; i++) {
        if (strcmp(skeletons[i].kind, ask->kind) == 0) {
            m.names = (struct renaming){
                { skeletons[i].name, in_lua(&m.arena, skeletons[i].name) },
                { ask->name, in_lua(&m.arena, ask->name) },
            };
            folder = tend_arena_printf(&m.arena, "%s/%s-%s", ask->examples, skeletons[i].folder,
                                       ask->lang);
        }
    }
    if (status == TEND_OK && strcmp(ask->kind, "store_driver") == 0 && strcmp(ask->lang, "c") != 0)
        status = tend_error_set(err, TEND_USAGE, "a store driver is written in C: --kind "
                                "store_driver --lang c");
    if (status == TEND_OK && (folder == NULL || stat(folder, &st) != 0))
        status = tend_error_set(err, TEND_NOT_FOUND, "there is no example of a %s in %s (looked "
                                "for %s)", ask->kind, ask->lang, folder ? folder : "none");
    if (status == TEND_OK && stat(dir, &st) == 0)
        status = tend_error_set(err, TEND_EXISTS, "%s is there already; --dir names another "
                                                  "folder", dir);
    if (status == TEND_OK)
        status = copy(&m, folder, dir);
    tend_arena_finish(&m.arena);
    return status;
}
