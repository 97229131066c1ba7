/* Text on a terminal: how many columns it takes, and how to show text that
 * somebody else wrote without obeying it. */
#include "base/text.h"
#include "base/utf8.h"
#include <utf8proc.h>

#define ZWJ 0x200D
#define VS16 0xFE0F /* "show the one before as emoji" */

static bool is_pictograph(int32_t code)
{
    return code >= 0xA9 &&
           utf8proc_get_property(code)->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_region(int32_t code)
{
    return code >= 0x1F1E6 && code <= 0x1F1FF;
}

static bool is_skin_tone(int32_t code)
{
    return code >= 0x1F3FB && code <= 0x1F3FF;
}

/* Moves *pos behind what a terminal draws as one, and returns its columns. */
static int64_t next_cluster(struct tend_text text, int64_t *pos)
{
    int32_t base = tend_utf8_next(text, pos), before = base;
    int64_t columns;
    bool picture, region = is_region(base);

    if (base >= 0x20 && base < 0x7F) {
        columns = 1;
        if (*pos >= text.len || (unsigned char)text.at[*pos] < 0x80)
            return columns;
    } else {
        columns = base == TEND_UTF8_INVALID ? 1 : utf8proc_charwidth(base);
    }
    picture = is_pictograph(base);
    while (*pos < text.len) {
        int64_t after = *pos;
        int32_t code = tend_utf8_next(text, &after);

        if (code == VS16) {
            columns = columns == 1 ? 2 : columns;
        } else if (region && is_region(code)) {
            columns = 2;
            region = false;
        } else if (picture && ((before == ZWJ && is_pictograph(code)) || is_skin_tone(code))) {
            columns = 2;
        } else if (code < 0x80 || utf8proc_charwidth(code) != 0) {
            break;
        }
        before = code;
        *pos = after;
    }
    return columns;
}

int64_t tend_text_width(struct tend_text text)
{
    int64_t pos = 0, columns = 0;

    while (pos < text.len)
        columns += next_cluster(text, &pos);
    return columns;
}

struct tend_text tend_text_clip(struct tend_text text, int64_t columns)
{
    int64_t pos = 0, end = 0, used = 0;

    while (pos < text.len) {
        used += next_cluster(text, &pos);
        if (used > columns)
            break;
        end = pos;
    }
    return (struct tend_text){ text.at, end };
}

void tend_text_show(struct tend_buffer *out, struct tend_text text)
{
    int64_t pos = 0, plain = 0;

    while (pos < text.len) {
        int64_t from = pos;
        int32_t code = tend_utf8_next(text, &pos);
        bool line_end =
            code == '\t' || code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029;

        if (code != TEND_UTF8_INVALID && !line_end && !tend_utf8_unsafe(code))
            continue;
        tend_buffer_add(out, (struct tend_text){ text.at + plain, from - plain });
        if (line_end) {
            if (code == '\r' && pos < text.len && text.at[pos] == '\n')
                pos++;
            tend_buffer_addc(out, ' ');
        } else if (code == TEND_UTF8_INVALID) {
            for (; from < pos; from++)
                tend_buffer_addf(out, "\\x%02x", (unsigned)(unsigned char)text.at[from]);
        } else {
            tend_buffer_addf(out, code < 0x80 ? "\\x%02x" : "\\u{%x}", (unsigned)code);
        }
        plain = pos;
    }
    if (plain < text.len)
        tend_buffer_add(out, (struct tend_text){ text.at + plain, text.len - plain });
}
