/* `needs` as it stands in a manifest, both ways. What a stranger wrote there is
 * read here before anything else of it is believed. */
#include "base/text.h"
#include "plugin/effects.h"
#include "plugin/rights.h"
#include <string.h>

#define NEEDS_MOST 8192
#define EFFECTS_MOST 64             /* bits */
#define NAME_MOST 40
#define HOST_MOST 253

static const char *const right_names[TEND_RIGHTS + 1] = { "reads",   "effects", "files", "net",
                                                          "secrets", "native",  NULL };
static const char *const reads_names[TEND_READS + 1] = { "person", "touch", "task",
                                                         "note",   "state", NULL };

static const char *const right_examples[TEND_RIGHTS] = {
    "reads:person", "effects:task", "files:~/leads", "net:api.example.com", "secrets:token",
    "native",
};

struct reader {
    struct tend_text rest;
    struct tend_arena *arena;
    struct tend_rights *rights;
    struct tend_error *err;
    enum tend_right kind;
    bool has_kind;
};

const char *tend_right_name(enum tend_right right)
{
    return right < TEND_RIGHTS ? right_names[right] : NULL;
}

const char *tend_reads_name(enum tend_reads reads)
{
    return reads < TEND_READS ? reads_names[reads] : NULL;
}

static struct tend_right_list *list_of(struct tend_rights *rights, enum tend_right right)
{
    return right == TEND_RIGHT_FILES ? &rights->files
           : right == TEND_RIGHT_NET ? &rights->net
                                     : &rights->secrets;
}

static bool is_gap(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static tend_status refused(const struct reader *reader, struct tend_text item, const char *expected,
                           const char *near)
{
    char shown[64];
    size_t len = item.len < 60 ? (size_t)item.len : 60;

    for (size_t i = 0; i < len; i++)
        shown[i] = (unsigned char)item.at[i] < 0x20 || item.at[i] == 0x7F ? '?' : item.at[i];
    shown[len] = '\0';
    return tend_error_set(reader->err, TEND_INVALID, "needs: \"%s%s%s\" is no right%s%s%s; %s",
                          reader->has_kind ? right_names[reader->kind] : "",
                          reader->has_kind ? ":" : "", shown, near ? ", did you mean \"" : "",
                          near ? near : "", near ? "\"?" : "", expected);
}

/* "what is read is: person touch ..." */
static const char *listed(const struct reader *reader, const char *what, const char *const *words,
                          int64_t n)
{
    struct tend_buffer text = { 0 };
    const char *kept;

    tend_buffer_adds(&text, what);
    for (int64_t i = 0; i < n; i++)
        tend_buffer_addf(&text, " %s", words[i]);
    kept = tend_arena_str(reader->arena, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return kept;
}

/* --- one word of each kind ------------------------------------------------- */

static tend_status take_read(struct reader *reader, struct tend_text item)
{
    for (uint32_t i = 0; i < TEND_READS; i++)
        if (tend_text_is(item, reads_names[i])) {
            reader->rights->reads |= UINT32_C(1) << i;
            return TEND_OK;
        }
    return refused(reader, item, listed(reader, "what is read is:", reads_names, TEND_READS),
                   tend_text_nearest(item, reads_names));
}

static tend_status take_effect(struct reader *reader, struct tend_text item)
{
    const char *names[EFFECTS_MOST + 1] = { 0 };
    int64_t n = 0;

    for (uint32_t i = 1; i < EFFECTS_MOST; i++) {
        const char *name = tend_effect_name(i);

        if (name == NULL)
            continue;
        if (tend_text_is(item, name)) {
            reader->rights->effects |= UINT64_C(1) << i;
            return TEND_OK;
        }
        names[n++] = name;
    }
    return refused(reader, item, listed(reader, "the effects are:", names, n),
                   tend_text_nearest(item, names));
}

/* Does a part of the path lead up again? */
static bool leads_up(struct tend_text path)
{
    struct tend_text part;

    while (path.len > 0) {
        const char *slash = memchr(path.at, '/', (size_t)path.len);

        part = (struct tend_text){ path.at, slash ? slash - path.at : path.len };
        if (tend_text_is(part, ".."))
            return true;
        path.at += part.len + (slash != NULL);
        path.len -= part.len + (slash != NULL);
    }
    return false;
}

static bool path_ok(struct tend_text path)
{
    for (int64_t i = 0; i < path.len; i++)
        if ((unsigned char)path.at[i] < 0x20 || path.at[i] == 0x7F)
            return false;
    return tend_text_valid(path) && !leads_up(path) &&
           (path.at[0] == '/' || tend_text_is(path, "~") || tend_text_starts(path, "~/"));
}

static bool all_of(struct tend_text text, const char *set)
{
    for (int64_t i = 0; i < text.len; i++)
        if (text.at[i] == '\0' || !strchr(set, text.at[i]))
            return false;
    return text.len > 0;
}

static bool host_ok(struct tend_text host)
{
    struct tend_text name = host, port = { "", 0 };
    int64_t number;

    if (tend_text_starts(host, "http://"))      /* nothing is encrypted: said, never assumed */
        name = host = (struct tend_text){ host.at + 7, host.len - 7 };
    if (host.len > 2 && host.at[0] == '[') {
        const char *end = memchr(host.at, ']', (size_t)host.len);

        if (!end)
            return false;
        name = (struct tend_text){ host.at + 1, end - host.at - 1 };
        port = (struct tend_text){ end + 1, host.at + host.len - end - 1 };
        if (!all_of(name, "0123456789abcdef:."))
            return false;
    } else {
        const char *colon = memchr(host.at, ':', (size_t)host.len);

        if (colon) {
            name.len = colon - host.at;
            port = (struct tend_text){ colon, host.len - name.len };
        }
        if (!all_of(name, "abcdefghijklmnopqrstuvwxyz0123456789.-_") || name.at[0] == '.' ||
            name.at[0] == '-')
            return false;
    }
    if (port.len == 0)
        return name.len <= HOST_MOST;
    port.at++, port.len--;
    return name.len <= HOST_MOST && port.len <= 5 && all_of(port, "0123456789") &&
           port.at[0] != '0' && tend_text_int(port, &number) && number <= 65535;
}

static bool secret_ok(struct tend_text name)
{
    return name.len <= NAME_MOST &&
           all_of(name, "abcdefghijklmnopqrstuvwxyz0123456789-_") && name.at[0] >= 'a';
}

static void add(struct reader *reader, struct tend_text item)
{
    struct tend_right_list *list = list_of(reader->rights, reader->kind);
    const char **grown;

    for (int64_t i = 0; i < list->n; i++)
        if (tend_text_is(item, list->at[i]))
            return;
    grown = tend_arena_take(reader->arena, (size_t)(list->n + 1) * sizeof *grown);
    if (list->n)
        memcpy(grown, list->at, (size_t)list->n * sizeof *grown);
    grown[list->n++] = tend_arena_str(reader->arena, item);
    list->at = grown;
}

static tend_status take_item(struct reader *reader, struct tend_text item)
{
    if (!reader->has_kind)
        return refused(reader, item,
                       listed(reader, "rights are written", right_examples, TEND_RIGHTS),
                       tend_text_nearest(item, right_names));
    switch (reader->kind) {
    case TEND_RIGHT_READS:
        return take_read(reader, item);
    case TEND_RIGHT_EFFECTS:
        return take_effect(reader, item);
    case TEND_RIGHT_FILES:
        while (item.len > 1 && item.at[item.len - 1] == '/')
            item.len--;
        if (item.len == 0 || !path_ok(item))
            return refused(reader, item,
                           "a file or folder begins with / or ~/ and has no .. in it", NULL);
        break;
    case TEND_RIGHT_NET: {
        char *lower = tend_arena_str(reader->arena, item);

        for (int64_t i = 0; i < item.len; i++)
            lower[i] = (char)(lower[i] >= 'A' && lower[i] <= 'Z' ? lower[i] + 32 : lower[i]);
        item.at = lower;
        if (!host_ok(item))
            return refused(reader, item, "a host is written api.example.com, localhost:8080 or, "
                           "where nothing is encrypted, http://localhost:8080",
                           NULL);
        break;
    }
    default:
        if (item.len == 0 || !secret_ok(item))
            return refused(reader, item,
                           "the name of a secret is made of a-z 0-9 - _, beginning with a letter",
                           NULL);
        break;
    }
    add(reader, item);
    return TEND_OK;
}

/* --- the list ---------------------------------------------------------------- */

/* "reads:" in front of what is left. */
static bool take_kind(struct reader *reader)
{
    for (int i = 0; i < TEND_RIGHTS - 1; i++) {
        int64_t len = (int64_t)strlen(right_names[i]);

        if (reader->rest.len > len && tend_text_starts(reader->rest, right_names[i]) &&
            reader->rest.at[len] == ':') {
            reader->kind = (enum tend_right)i;
            reader->has_kind = true;
            reader->rest.at += len + 1;
            reader->rest.len -= len + 1;
            return true;
        }
    }
    return false;
}

/* One word, its quotes gone; an end within quotes is refused. */
static tend_status read_word(struct reader *reader, struct tend_text *word, bool *quoted)
{
    char *out = tend_arena_take(reader->arena, (size_t)reader->rest.len + 1);
    struct tend_text *rest = &reader->rest;
    bool in = false;
    int64_t n = 0;

    *quoted = false;
    for (; rest->len > 0; rest->at++, rest->len--) {
        if (*rest->at == '"') {
            *quoted = true;
            in = !in;
            continue;
        }
        if (!in && (is_gap(*rest->at) || *rest->at == ','))
            break;
        if (in && *rest->at == '\\' && rest->len > 1)
            rest->at++, rest->len--;
        out[n++] = *rest->at;
    }
    *word = (struct tend_text){ out, n };
    if (in)
        return tend_error_set(reader->err, TEND_INVALID, "needs: a quote \" is not closed");
    return TEND_OK;
}

static tend_status take_word(struct reader *reader, bool after_comma)
{
    struct tend_text word;
    bool quoted;
    tend_status status;

    if (take_kind(reader))
        return TEND_OK;     /* its words follow */
    status = read_word(reader, &word, &quoted);
    if (status != TEND_OK)
        return status;
    if (!quoted && !after_comma && tend_text_is(word, "native")) {
        reader->rights->native = true;
        reader->has_kind = false;
        return TEND_OK;
    }
    if (!quoted && !after_comma && tend_text_is(word, "none")) {
        reader->has_kind = false;
        return TEND_OK;
    }
    return take_item(reader, word);
}

tend_status tend_rights_parse(struct tend_text needs, struct tend_arena *arena,
                              struct tend_rights *rights, struct tend_error *err)
{
    struct reader reader = { needs, arena, rights, err, TEND_RIGHT_READS, false };
    tend_status status = TEND_OK;
    bool comma = false;

    *rights = (struct tend_rights){ 0 };
    if (needs.len > NEEDS_MOST)
        return tend_error_set(err, TEND_LIMIT, "needs: %lld bytes are more than the %d that it may "
                                               "have",
                              (long long)needs.len, NEEDS_MOST);
    while (status == TEND_OK && reader.rest.len > 0) {
        char c = *reader.rest.at;

        if (is_gap(c) || c == ',') {
            comma = c == ',' || (comma && c != ',');
            reader.rest.at++, reader.rest.len--;
            continue;
        }
        rights->named = true;
        status = take_word(&reader, comma);
        comma = false;
    }
    if (status == TEND_OK && !rights->named)
        *rights = tend_rights_free();
    return status;
}

/* --- and back ------------------------------------------------------------------ */

struct tend_rights tend_rights_free(void)
{
    return (struct tend_rights){ .reads = UINT32_MAX, .effects = UINT64_MAX };
}

const char *tend_rights_at(const struct tend_rights *rights, enum tend_right right, int64_t index)
{
    const struct tend_right_list *list;

    if (right == TEND_RIGHT_READS || right == TEND_RIGHT_EFFECTS) {
        uint64_t bits = right == TEND_RIGHT_READS ? rights->reads : rights->effects;

        for (uint32_t i = 0; i < EFFECTS_MOST; i++) {
            const char *name = right == TEND_RIGHT_READS ? tend_reads_name((enum tend_reads)i)
                                                         : tend_effect_name(i);

            if (name && (bits >> i & 1) && index-- == 0)
                return name;
        }
        return NULL;
    }
    list = right == TEND_RIGHT_FILES  ? &rights->files
           : right == TEND_RIGHT_NET ? &rights->net
                                     : &rights->secrets;
    return right != TEND_RIGHT_NATIVE && index < list->n ? list->at[index] : NULL;
}

bool tend_rights_any(const struct tend_rights *rights)
{
    return rights->native || rights->reads || rights->effects || rights->files.n ||
           rights->net.n || rights->secrets.n;
}

static void write_word(struct tend_buffer *out, const char *word)
{
    if (!strpbrk(word, " ,\"\\")) {
        tend_buffer_adds(out, word);
        return;
    }
    tend_buffer_addc(out, '"');
    for (; *word; word++) {
        if (*word == '"' || *word == '\\')
            tend_buffer_addc(out, '\\');
        tend_buffer_addc(out, *word);
    }
    tend_buffer_addc(out, '"');
}

struct tend_text tend_rights_text(const struct tend_rights *rights, struct tend_arena *arena)
{
    struct tend_buffer out = { 0 };
    struct tend_text text;
    const char *word;

    if (!rights->named)
        return TEND_TEXT("");
    for (int kind = 0; kind < TEND_RIGHTS - 1; kind++)
        for (int64_t i = 0; (word = tend_rights_at(rights, (enum tend_right)kind, i)) != NULL; i++) {
            tend_buffer_addf(&out, "%s%s%s", i ? "," : out.len ? " " : "",
                             i ? "" : right_names[kind], i ? "" : ":");
            write_word(&out, word);
        }
    if (rights->native)
        tend_buffer_adds(&out, out.len ? " native" : "native");
    if (out.len == 0)
        tend_buffer_adds(&out, "none");
    text = tend_arena_text(arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    return text;
}
