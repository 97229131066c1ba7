/* Cards written as JSON (jCard, RFC 7095): each is written again as lines, and read
 * as those are. */
#include "vcard.h"
#include <string.h>

#define DEEPEST 8 /* arrays within arrays of a card */

struct json { /* a card, from `at` on */
    const char *at, *end;
    bool bad;
};

struct writer { /* its lines; what does not fit makes it bad */
    char *at;
    int64_t len, cap;
    bool full;
};

enum mode { NAME, PARAM, VALUE };

static void put(struct writer *w, char c)
{
    if (w->len == w->cap)
        w->full = true;
    else
        w->at[w->len++] = c;
}

static void puts_to(struct writer *w, const char *text)
{
    for (; *text; text++)
        put(w, *text);
}

/* A character as it must stand there. */
static void put_char(struct writer *w, enum mode mode, char c)
{
    if (mode == NAME)
        put(w, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
    else if (c == '\n')
        puts_to(w, mode == PARAM ? "^n" : "\\n");
    else if (mode == PARAM && (c == '^' || c == '"'))
        puts_to(w, c == '^' ? "^^" : "^'");
    else if (mode == VALUE && strchr("\\,;", c) && c)
        put(w, '\\'), put(w, c);
    else if ((unsigned char)c >= ' ' || c == '\t')
        put(w, c);
}

static void put_code(struct writer *w, enum mode mode, uint32_t code)
{
    if (code < 0x80) {
        put_char(w, mode, (char)code);
    } else if (code < 0x800) {
        put(w, (char)(0xc0 | code >> 6));
        put(w, (char)(0x80 | (code & 0x3f)));
    } else {
        put(w, (char)(code < 0x10000 ? 0xe0 | code >> 12 : 0xf0 | code >> 18));
        if (code >= 0x10000)
            put(w, (char)(0x80 | (code >> 12 & 0x3f)));
        put(w, (char)(0x80 | (code >> 6 & 0x3f)));
        put(w, (char)(0x80 | (code & 0x3f)));
    }
}

static char peek(struct json *j)
{
    while (j->at < j->end && strchr(" \t\r\n", *j->at))
        j->at++;
    return j->at < j->end ? *j->at : '\0';
}

/* Takes this character, if it is the next. */
static bool take(struct json *j, char c)
{
    if (peek(j) != c)
        return false;
    j->at++;
    return true;
}

static void expect(struct json *j, char c)
{
    if (!take(j, c))
        j->bad = true;
}

static uint32_t four_digits(struct json *j)
{
    uint32_t code = 0;

    for (int i = 0; i < 4; i++) {
        char c = j->at < j->end ? *j->at++ : 'x';

        code = code * 16 + (uint32_t)(c >= '0' && c <= '9'   ? c - '0'
                                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                             : 0);
    }
    return code;
}

/* \u00e9, and two of them for what is beyond. */
static uint32_t hex_code(struct json *j)
{
    uint32_t code = four_digits(j), low;

    if (code < 0xd800 || code >= 0xe000)
        return code;
    if (code >= 0xdc00 || j->end - j->at < 6 || memcmp(j->at, "\\u", 2) != 0)
        return 0xfffd;
    j->at += 2;
    low = four_digits(j);
    return low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff) : 0xfffd;
}

static void string(struct json *j, struct writer *w, enum mode mode)
{
    static const char from[] = "nrtbf", to[] = "\n\r\t\b\f";

    expect(j, '"');
    while (!j->bad && j->at < j->end && *j->at != '"') {
        char c = *j->at++;
        const char *known;

        if (c != '\\' || j->at == j->end) {
            put_char(w, mode, c);
            continue;
        }
        c = *j->at++;
        known = c ? strchr(from, c) : NULL;
        if (c == 'u')
            put_code(w, mode, hex_code(j));
        else
            put_char(w, mode, known ? to[known - from] : c);
    }
    if (j->at == j->end)
        j->bad = true;
    else
        j->at++;
}

/* A text, a number, or an array of these, with what stands between at this depth. */
static void value(struct json *j, struct writer *w, enum mode mode, int32_t depth)
{
    bool first = true;

    if (peek(j) == '"') {
        string(j, w, mode);
        return;
    }
    if (!take(j, '[')) { /* true, 1985, null */
        while (j->at < j->end && !strchr(",]} \t\r\n", *j->at))
            put_char(w, mode, *j->at++);
        return;
    }
    if (depth == DEEPEST)
        j->bad = true;
    while (!j->bad && !take(j, ']')) {
        if (!first)
            expect(j, ',');
        if (!first)
            put(w, mode == VALUE && depth == 0 ? ';' : ',');
        first = false;
        value(j, w, mode, depth + 1);
    }
}

/* {"type": ["work", "voice"], "group": "item1"}; the group goes to the beginning. */
static void params(struct json *j, struct writer *w, int64_t begin)
{
    expect(j, '{');
    while (!j->bad && !take(j, '}')) {
        int64_t from = w->len, n;

        put(w, ';');
        string(j, w, NAME);
        expect(j, ':');
        if (w->len - from == 6 && memcmp(w->at + from, ";GROUP", 6) == 0) {
            char group[40];

            w->len = from;
            value(j, w, NAME, 0);
            n = w->len - from < 39 ? w->len - from : 39;
            memcpy(group, w->at + from, (size_t)n);
            w->len = from;
            if (w->len + n + 1 > w->cap) {
                w->full = true;
                return;
            }
            memmove(w->at + begin + n + 1, w->at + begin, (size_t)(from - begin));
            memcpy(w->at + begin, group, (size_t)n);
            w->at[begin + n] = '.';
            w->len += n + 1;
        } else {
            puts_to(w, "=\"");
            value(j, w, PARAM, 0);
            put(w, '"');
        }
        if (peek(j) != '}')
            expect(j, ',');
    }
}

/* ["tel", {"type": "work"}, "uri", "tel:+1-555-0100"] */
static void property(struct json *j, struct writer *w)
{
    int64_t begin = w->len, type;
    bool first = true;

    expect(j, '[');
    string(j, w, NAME);
    expect(j, ',');
    params(j, w, begin);
    expect(j, ',');
    type = w->len;
    puts_to(w, ";VALUE=");
    string(j, w, NAME);
    if (w->len - type == 14 && memcmp(w->at + type, ";VALUE=UNKNOWN", 14) == 0)
        w->len = type;
    put(w, ':');
    while (!j->bad && !w->full && !take(j, ']')) {
        expect(j, ',');
        if (!first)
            put(w, ',');
        first = false;
        value(j, w, VALUE, 0);
    }
    put(w, '\n');
}

/* ["vcard", [property...]] as lines. */
static bool to_lines(struct json *j, struct writer *w)
{
    struct writer none = { .cap = 0 };

    expect(j, '[');
    string(j, &none, NAME);
    expect(j, ',');
    expect(j, '[');
    puts_to(w, "BEGIN:VCARD\n");
    while (!j->bad && !w->full && !take(j, ']')) {
        property(j, w);
        if (peek(j) != ']')
            expect(j, ',');
    }
    puts_to(w, "END:VCARD\n");
    return !j->bad && !w->full;
}

static tend_status refuse(struct vcard_read *r, struct tend_text raw, int64_t line,
                          const char *code, const char *reason)
{
    struct tend_row *row = r->ctx->source->row(r->in);

    while (raw.len > 0 && ((unsigned char)raw.at[raw.len - 1] & 0xc0) == 0x80)
        raw.len--; /* within a character, perhaps */
    if (raw.len > 0 && (unsigned char)raw.at[raw.len - 1] >= 0xc0)
        raw.len--;
    r->ctx->source->place(row, line, raw);
    return r->ctx->source->reject(row, code, 0, reason);
}

static tend_status read_card(struct vcard_read *r, struct tend_text raw, int64_t line)
{
    struct json j = { raw.at, raw.at + raw.len, false };
    struct writer w = { .cap = raw.len * 2 + 1000 };

    w.at = vcard_room_take(&r->room, w.cap);
    if (!w.at)
        return TEND_OK; /* which the caller sees */
    if (to_lines(&j, &w))
        return vcard_person(r, (struct tend_text){ w.at, w.len }, line);
    return refuse(r, raw, line, "vcard.json",
                  "[\"vcard\", [[name, {}, type, value]...]] was expected");
}

/* How long the card is that begins here; 0: its end is not there yet. */
static int64_t card_len(struct tend_text text)
{
    int64_t depth = 0;
    bool quoted = false;

    for (int64_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == '[')
            depth++;
        else if (!quoted && c == ']' && --depth == 0)
            return i + 1;
    }
    return 0;
}

/* Does a card begin with this bracket? */
static bool is_card(struct tend_text text)
{
    struct json j = { text.at, text.at + text.len, false };

    return take(&j, '[') && peek(&j) == '"' && j.end - j.at >= 7 &&
           memcmp(j.at, "\"vcard\"", 7) == 0;
}

bool vcard_is_json(struct tend_text head)
{
    struct json j = { head.at, head.at + head.len, false };

    for (int i = 0; i < 3 && peek(&j) == '['; i++, j.at++) {
        if (is_card((struct tend_text){ j.at, j.end - j.at }))
            return true;
    }
    return peek(&j) == '"' && j.end - j.at >= 6 && memcmp(j.at, "\"vcard", 6) == 0;
}

tend_status vcard_json(struct vcard_read *r, struct vcard_cards *c)
{
    while (c->at < c->len) {
        struct tend_text text = { c->text + c->at, c->len - c->at };
        int64_t len = 1;
        tend_status status = TEND_OK;

        if (*text.at == '[' && !c->end && text.len < 64)
            return TEND_OK; /* too little to tell */
        if (*text.at == '[' && is_card(text)) {
            len = text.len >= c->looked * 2 || c->end ? card_len(text) : 0;
            if (len == 0 && !c->end && text.len < VCARD_MOST) {
                c->looked = c->looked * 2 > text.len ? c->looked : text.len;
                return TEND_OK;
            }
            c->looked = 0;
            if (len > 0) {
                status = read_card(r, (struct tend_text){ text.at, len }, c->line);
            } else {
                len = text.len;
                status = refuse(r, (struct tend_text){ text.at, len < 1000 ? len : 1000 }, c->line,
                                "vcard.end", "the card that begins here does not end");
            }
        }
        for (int64_t i = 0; i < len; i++)
            c->line += text.at[i] == '\n';
        c->at += len;
        if (status != TEND_OK || r->room.full)
            return status;
        vcard_room_reset(&r->room);
    }
    return TEND_OK;
}
