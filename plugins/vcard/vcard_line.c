/* The lines of a card as properties: unfolded, with group, name and parameters.
 * What programs get wrong about folding is undone here. */
#include "vcard.h"
#include <string.h>

#define HARD 73 /* octets: a longer line of a 2.1 card was cut, not folded at a blank */

bool vcard_is(struct tend_text text, const char *word)
{
    int64_t i = 0;

    for (; i < text.len && word[i]; i++) {
        char a = text.at[i], b = word[i];

        a = a >= 'a' && a <= 'z' ? (char)(a - 'a' + 'A') : a;
        b = b >= 'a' && b <= 'z' ? (char)(b - 'a' + 'A') : b;
        if (a != b)
            return false;
    }
    return i == text.len && !word[i];
}

/* --- name and parameters --------------------------------------------------- */

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_';
}

/* Where the header ends: the colon that is in no quotes; -1 if there is none. */
static int64_t header_end(struct tend_text line)
{
    bool quoted = false;

    for (int64_t i = 0; i < line.len; i++) {
        if (line.at[i] == '"')
            quoted = !quoted;
        if (line.at[i] == ':' && !quoted)
            return i;
    }
    if (quoted) { /* a quote that is never closed is none */
        const char *colon = memchr(line.at, ':', (size_t)line.len);

        return colon ? colon - line.at : -1;
    }
    return -1;
}

static struct tend_text unquoted(struct tend_text text)
{
    text = vcard_trim(text);
    if (text.len > 1 && text.at[0] == '"' && text.at[text.len - 1] == '"')
        return (struct tend_text){ text.at + 1, text.len - 2 };
    return text;
}

/* A parameter; bare ones of vCard 2.1 are told by what they say. */
static void put_param(struct vcard_property *p, struct tend_text text)
{
    static const struct {
        const char *word, *name;
    } bare[] = {
        { "QUOTED-PRINTABLE", "ENCODING" }, { "BASE64", "ENCODING" }, { "B", "ENCODING" },
        { "8BIT", "ENCODING" },             { "7BIT", "ENCODING" },   { "URL", "VALUE" },
        { "UTF-8", "CHARSET" },
    };
    const char *equals = text.len > 0 ? memchr(text.at, '=', (size_t)text.len) : NULL;
    struct vcard_param *put = &p->params[p->n_params];

    if (vcard_trim(text).len == 0 || p->n_params == VCARD_PARAMS)
        return;
    p->n_params++;
    if (equals) {
        put->name = vcard_trim((struct tend_text){ text.at, equals - text.at });
        put->value = unquoted((struct tend_text){ equals + 1, text.at + text.len - equals - 1 });
        return;
    }
    put->name = (struct tend_text){ "TYPE", 4 };
    put->value = unquoted(text);
    for (size_t i = 0; i < sizeof bare / sizeof bare[0]; i++) {
        if (vcard_is(put->value, bare[i].word))
            put->name = (struct tend_text){ bare[i].name, (int64_t)strlen(bare[i].name) };
    }
}

static void put_params(struct vcard_property *p, struct tend_text text)
{
    bool quoted = false;
    int64_t begin = 0;

    for (int64_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.at[i] == '"')
            quoted = !quoted;
        if (i < text.len && (text.at[i] != ';' || quoted))
            continue;
        put_param(p, (struct tend_text){ text.at + begin, i - begin });
        begin = i + 1;
    }
}

/* "item1.TEL;TYPE=home" and what is behind the colon. */
static void split(struct vcard_property *p, struct tend_text line)
{
    int64_t end = header_end(line), n = 0, dot = -1;

    p->value = line;
    p->name = p->group = (struct tend_text){ "", 0 };
    p->n_params = 0;
    while (n < end && (is_name(line.at[n]) || line.at[n] == '.')) {
        if (line.at[n] == '.')
            dot = n;
        n++;
    }
    if (end < 0 || n == dot + 1 || (n < end && line.at[n] != ';' && line.at[n] != ' '))
        return;
    p->name = (struct tend_text){ line.at + dot + 1, n - dot - 1 };
    if (dot > 0)
        p->group = (struct tend_text){ line.at, dot };
    put_params(p, (struct tend_text){ line.at + n, end - n });
    p->value = (struct tend_text){ line.at + end + 1, line.len - end - 1 };
}

struct tend_text vcard_param(const struct vcard_property *p, const char *name, int64_t nth)
{
    for (int64_t i = nth; i < p->n_params; i++) {
        if (vcard_is(p->params[i].name, name))
            return p->params[i].value;
    }
    return (struct tend_text){ "", 0 };
}

struct tend_text vcard_param_text(struct vcard_room *room, struct tend_text text)
{
    char *out;
    int64_t n = 0;

    if (text.len == 0 || !memchr(text.at, '^', (size_t)text.len))
        return text;
    out = vcard_room_take(room, text.len);
    for (int64_t i = 0; i < text.len && out; i++) {
        char next = text.at[i] == '^' && i + 1 < text.len ? text.at[i + 1] : '\0';

        if (next == '^' || next == '\'' || next == 'n') {
            out[n++] = next == 'n' ? '\n' : next == '\'' ? '"' : next;
            i++;
        } else {
            out[n++] = text.at[i];
        }
    }
    return (struct tend_text){ out ? out : "", n };
}

/* --- unfolding --------------------------------------------------------------- */

static bool is_base64(struct tend_text line)
{
    for (int64_t i = 0; i < line.len; i++) {
        char c = line.at[i];

        if (!is_name(c) && c != '+' && c != '/' && c != '=' && c != ' ' && c != '\t')
            return false;
    }
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct unfolding {
    char *at; /* enough for all that is left of the card */
    int64_t len;
    int64_t last; /* octets of the line before */
    bool known;   /* the header is whole, and encoding is what it says */
    enum vcard_encoding encoding;
};

static void append(struct unfolding *u, struct tend_text line, int64_t from)
{
    memcpy(u->at + u->len, line.at + from, (size_t)(line.len - from));
    u->len += line.len - from;
    u->last = line.len;
}

/* What the header says about the lines behind it, as soon as it is whole. */
static void look_at_header(struct unfolding *u)
{
    struct vcard_property p;
    struct tend_text text = { u->at, u->len };

    if (u->known || header_end(text) < 0)
        return;
    split(&p, text);
    u->encoding = p.name.len > 0 ? vcard_encoding(&p) : VCARD_PLAIN;
    u->known = true;
}

/* Takes the next line if it goes on with what was taken. */
static bool goes_on(struct vcard_lines *l, struct unfolding *u, struct tend_text line)
{
    bool soft = u->encoding == VCARD_QUOTED && u->len > 0 && u->at[u->len - 1] == '=';

    if (vcard_line_is(line, "END:VCARD") && !(line.len > 0 && is_blank(line.at[0])))
        return false;
    if (soft) { /* a blank in front is of the folding, but in 2.1 of the text */
        u->len--;
        append(u, line, line.len > 0 && is_blank(line.at[0]) && !l->old ? 1 : 0);
        return true;
    }
    if (line.len > 0 && is_blank(line.at[0])) {
        bool keep = l->old && u->encoding == VCARD_PLAIN && u->last <= HARD && u->len > 0 &&
                    u->at[u->len - 1] != ' ';

        append(u, line, keep ? 0 : 1);
        return true;
    }
    if (line.len > 0 && ((u->encoding == VCARD_QUOTED && line.at[0] == '=') ||
                         (u->encoding == VCARD_BASE64 && is_base64(line)))) {
        append(u, line, 0);
        return true;
    }
    return false;
}

bool vcard_lines_next(struct vcard_lines *l, struct vcard_property *p)
{
    struct unfolding u = { .at = l->out, .encoding = VCARD_PLAIN };
    struct tend_text line = { "", 0 };

    while (vcard_trim(line).len == 0) {
        if (l->rest.len == 0)
            return false;
        line = vcard_line_cut(&l->rest);
        l->line++;
    }
    p->line = l->line - 1;
    append(&u, line, 0);
    for (;;) {
        struct tend_text rest = l->rest;

        look_at_header(&u);
        if (rest.len == 0)
            break;
        line = vcard_line_cut(&rest);
        if (!goes_on(l, &u, line))
            break;
        l->rest = rest;
        l->line++;
    }
    if (u.encoding == VCARD_QUOTED && u.len > 0 && u.at[u.len - 1] == '=')
        u.len--;
    split(p, (struct tend_text){ u.at, u.len });
    l->out += u.len;
    return true;
}
