/* The lines of a vCard: folded at 75 octets, between characters, with values and
 * parameters escaped. */
#include "desk/export_parts.h"

#define FOLD 75 /* octets of a line, without its end */

/* One character of a line; continues on the next where it is full. */
static void put(struct tend_card_line *l, const char *at, int64_t len)
{
    if (l->octets + len > FOLD) {
        tend_buffer_adds(l->out, "\r\n ");
        l->octets = 1;
    }
    tend_buffer_add(l->out, (struct tend_text){ at, len });
    l->octets += len;
}

static int64_t char_len(struct tend_text text, int64_t i)
{
    int64_t len = 1;

    while (i + len < text.len && ((unsigned char)text.at[i + len] & 0xC0) == 0x80)
        len++;
    return len;
}

struct tend_card_line tend_card_begin(struct tend_buffer *out, const char *name)
{
    struct tend_card_line l = { out, 0 };

    tend_card_raw(&l, name);
    return l;
}

void tend_card_raw(struct tend_card_line *l, const char *text)
{
    for (; *text; text++)
        put(l, text, 1);
}

void tend_card_text(struct tend_card_line *l, struct tend_text text)
{
    for (int64_t i = 0, len; i < text.len; i += len) {
        len = char_len(text, i);
        put(l, text.at + i, len);
    }
}

void tend_card_value(struct tend_card_line *l, struct tend_text text, const char *also)
{
    for (int64_t i = 0, len; i < text.len; i += len) {
        char c = text.at[i];

        len = char_len(text, i);
        if (c == '\n') {
            put(l, "\\n", 2);
            continue;
        }
        if (c == '\\' || c == ',' || strchr(also, c))
            put(l, "\\", 1);
        put(l, text.at + i, len);
    }
}

/* RFC 6868: ^ stands before what may not be in a parameter. */
void tend_card_param(struct tend_card_line *l, const char *name, struct tend_text value)
{
    tend_card_raw(l, name);
    put(l, "\"", 1);
    for (int64_t i = 0, len; i < value.len; i += len) {
        char c = value.at[i];

        len = char_len(value, i);
        if (c == '^' || c == '"' || c == '\n')
            put(l, c == '^' ? "^^" : c == '"' ? "^'" : "^n", 2);
        else if (c != '\r')
            put(l, value.at + i, len);
    }
    put(l, "\"", 1);
}

void tend_card_base64(struct tend_card_line *l, struct tend_text bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (int64_t i = 0; i < bytes.len; i += 3) {
        int64_t n = bytes.len - i < 3 ? bytes.len - i : 3;
        uint32_t bits = 0;

        for (int64_t k = 0; k < 3; k++)
            bits = bits << 8 | (k < n ? (unsigned char)bytes.at[i + k] : 0);
        for (int64_t k = 0; k < 4; k++)
            put(l, k <= n ? &digits[bits >> (18 - 6 * k) & 63] : "=", 1);
    }
}

void tend_card_end(struct tend_card_line *l)
{
    tend_buffer_adds(l->out, "\r\n");
}
