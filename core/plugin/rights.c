/* The one question that every door asks, and what was granted of what a manifest
 * wants. Reads and effects are bits, worked out when the plugin is loaded, so that
 * asking for one is a test of a bit. */
#include "plugin/rights.h"
#include "plugin/private.h"
#include <stdlib.h>
#include <strings.h>

/* "~/leads" as it is on this disk, links followed where it is there; free it. */
static char *real_path(struct tend_text path)
{
    const char *home = getenv("HOME");
    struct tend_buffer full = { 0 };
    char *real;

    if (path.len > 0 && path.at[0] == '~' && home != NULL && home[0] == '/') {
        tend_buffer_adds(&full, home);
        path.at++, path.len--;
    }
    tend_buffer_add(&full, path);
    tend_buffer_addc(&full, '\0');
    real = realpath(full.at, NULL);
    if (real == NULL)
        real = strdup(full.at);
    tend_buffer_finish(&full);
    return real;
}

static bool leads_up(const char *path)
{
    for (const char *at = strstr(path, ".."); at; at = strstr(at + 1, ".."))
        if ((at == path || at[-1] == '/') && (at[2] == '\0' || at[2] == '/'))
            return true;
    return false;
}

/* Is path this file, or below this folder? */
static bool is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);

    if (strcmp(folder, "/") == 0)
        return path[0] == '/';
    return strncmp(path, folder, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

static bool file_in(const struct tend_right_list *files, struct tend_text what)
{
    char *path = real_path(what), *folder;
    bool in = false;

    for (int64_t i = 0; !in && i < files->n && path && !leads_up(path); i++) {
        folder = real_path(tend_text_of(files->at[i]));
        in = folder && is_below(path, folder);
        free(folder);
    }
    free(path);
    return in;
}

/* Of "host:443" only the host: "host" is the same. */
static int64_t host_len(struct tend_text host)
{
    struct tend_text port = tend_text_starts(host, "http://") ? TEND_TEXT(":80") : TEND_TEXT(":443");
    int64_t len = host.len - port.len;

    return len > 0 && memcmp(host.at + len, port.at, (size_t)port.len) == 0 ? len : host.len;
}

static bool is_host(struct tend_text a, struct tend_text b)
{
    int64_t len = host_len(a);

    return len == host_len(b) && strncasecmp(a.at, b.at, (size_t)len) == 0;
}

static bool word_in(const struct tend_right_list *list, enum tend_right right,
                    struct tend_text what)
{
    for (int64_t i = 0; i < list->n; i++) {
        struct tend_text have = tend_text_of(list->at[i]);

        if (right == TEND_RIGHT_NET ? is_host(what, have) : tend_text_eq(have, what))
            return true;
    }
    return false;
}

static bool bit_of(enum tend_right right, struct tend_text what, uint32_t *bit)
{
    for (*bit = 0; *bit < 64; (*bit)++) {
        const char *name = right == TEND_RIGHT_READS ? tend_reads_name((enum tend_reads)*bit)
                                                     : tend_effect_name(*bit);

        if (name && tend_text_is(what, name))
            return true;
    }
    return false;
}

static bool has(const struct tend_rights *rights, enum tend_right right, struct tend_text what)
{
    uint32_t bit;

    switch (right) {
    case TEND_RIGHT_READS:
        return bit_of(right, what, &bit) && rights->reads >> bit & 1;
    case TEND_RIGHT_EFFECTS:
        return bit_of(right, what, &bit) && rights->effects >> bit & 1;
    case TEND_RIGHT_FILES:
        return file_in(&rights->files, what);
    case TEND_RIGHT_NET:
        return word_in(&rights->net, right, what);
    case TEND_RIGHT_SECRETS:
        return word_in(&rights->secrets, right, what);
    case TEND_RIGHT_NATIVE:
        return rights->native;
    }
    return false;
}

/* The right in the words of a manifest, quoted for a sentence: what has a space has quotes
 * of its own there. */
static tend_status refuse(tend_status code, enum tend_right right, struct tend_text what,
                          const char *before, const char *after, struct tend_error *err)
{
    const char *home = right == TEND_RIGHT_FILES ? getenv("HOME") : NULL;
    bool at_home = home && home[0] == '/' && home[1] && tend_text_starts(what, home) &&
                   (what.at[strlen(home)] == '/' || what.len == (int64_t)strlen(home));
    bool spaced;

    if (at_home) {
        what.at += strlen(home);
        what.len -= (int64_t)strlen(home);
    }
    spaced = memchr(what.at, ' ', (size_t)what.len) || memchr(what.at, ',', (size_t)what.len);
    return tend_error_set(err, code, "%s the right %s%s%s%s%s%.*s\"%s", before,
                          spaced ? "" : "\"", tend_right_name(right),
                          right == TEND_RIGHT_NATIVE ? "" : ":", spaced ? "\"" : "",
                          at_home ? "~" : "", TEND_FMT(what), after);
}

tend_status tend_rights_ask(struct tend_instance *instance, enum tend_right right,
                            struct tend_text what, struct tend_error *err)
{
    if (has(&instance->rights, right, what))
        return TEND_OK;
    if (right == TEND_RIGHT_NATIVE)
        what = TEND_TEXT("");
    if (!has(&instance->withheld, right, what))
        return refuse(TEND_DENIED, right, what, "it has not",
                      "; its manifest names it in `needs`, then \"plugin add\" asks you for it", err);
    refuse(TEND_DENIED, right, what, "it asks for", ", which you did not grant", err);
    tend_error_cure(err, "plugin add %s", instance->manifest.name);
    return TEND_DENIED;
}

/* --- of a call -------------------------------------------------------------------- */

bool tend_call_may_read(struct tend_call *call, enum tend_reads what)
{
    if (call->instance->rights.reads >> what & 1)
        return true;
    tend_rights_ask(call->instance, TEND_RIGHT_READS, tend_text_of(tend_reads_name(what)),
                    &call->error);
    if (call->denied.code == TEND_OK)
        call->denied = call->error;
    return false;
}

tend_status tend_call_may_make(struct tend_call *call, uint32_t effect)
{
    if (call->instance->rights.effects >> effect & 1)
        return TEND_OK;
    return tend_rights_ask(call->instance, TEND_RIGHT_EFFECTS,
                           tend_text_of(tend_effect_name(effect)), &call->error);
}

/* --- when it is loaded --------------------------------------------------------------- */

static bool in_list(const struct tend_right_list *list, enum tend_right right, const char *word)
{
    if (right != TEND_RIGHT_FILES)
        return word_in(list, right, tend_text_of(word));
    for (int64_t i = 0; i < list->n; i++)
        if (is_below(word, list->at[i]))
            return true;
    return false;
}

static struct tend_right_list filter(const struct tend_right_list *needs,
                                     const struct tend_right_list *grant, enum tend_right right,
                                     bool within, struct tend_arena *arena)
{
    struct tend_right_list out = { 0 };

    out.at = tend_arena_take(arena, (size_t)(needs->n + 1) * sizeof *out.at);
    for (int64_t i = 0; i < needs->n; i++)
        if (in_list(grant, right, needs->at[i]) == within)
            out.at[out.n++] = needs->at[i];
    return out;
}

static struct tend_rights split(const struct tend_rights *needs, const struct tend_rights *grant,
                                bool within, struct tend_arena *arena)
{
    const struct tend_rights *a = needs, *b = grant;

    return (struct tend_rights){
        .named = a->named || (within && b->named),
        .native = a->native && b->native == within,
        .reads = a->reads & (within ? b->reads : ~b->reads),
        .effects = a->effects & (within ? b->effects : ~b->effects),
        .files = filter(&a->files, &b->files, TEND_RIGHT_FILES, within, arena),
        .net = filter(&a->net, &b->net, TEND_RIGHT_NET, within, arena),
        .secrets = filter(&a->secrets, &b->secrets, TEND_RIGHT_SECRETS, within, arena),
    };
}

struct tend_rights tend_rights_within(const struct tend_rights *needs,
                                      const struct tend_rights *grant, struct tend_arena *arena,
                                      struct tend_rights *left)
{
    if (left)
        *left = split(needs, grant, false, arena);
    return split(needs, grant, true, arena);
}
