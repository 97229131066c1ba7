/* Text that grows at its end, and the one place that writes JSON strings. */
#include "base/buffer.h"
#include "base/memory.h"
#include "base/utf8.h"
#include <stdio.h>
#include <string.h>

static void reserve(struct tend_buffer *buf, int64_t more)
{
    int64_t need = buf->len + more + 1;

    if (need <= buf->cap)
        return;
    int64_t cap = buf->cap ? buf->cap : 64;
    while (cap < need)
        cap *= 2;
    buf->at = tend_realloc(buf->at, (size_t)cap);
    buf->cap = cap;
}

void tend_buffer_add(struct tend_buffer *buf, struct tend_text text)
{
    reserve(buf, text.len);
    if (text.len)
        memcpy(buf->at + buf->len, text.at, (size_t)text.len);
    buf->len += text.len;
    buf->at[buf->len] = '\0';
}

void tend_buffer_adds(struct tend_buffer *buf, const char *text)
{
    if (text)
        tend_buffer_add(buf, (struct tend_text){ text, (int64_t)strlen(text) });
}

void tend_buffer_addc(struct tend_buffer *buf, char c)
{
    reserve(buf, 1);
    buf->at[buf->len++] = c;
    buf->at[buf->len] = '\0';
}

void tend_buffer_addf(struct tend_buffer *buf, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    tend_buffer_vaddf(buf, fmt, args);
    va_end(args);
}

void tend_buffer_vaddf(struct tend_buffer *buf, const char *fmt, va_list args)
{
    va_list again;
    int len;

    reserve(buf, 0);
    va_copy(again, args);
    len = vsnprintf(buf->at + buf->len, (size_t)(buf->cap - buf->len), fmt, args);
    if (len >= buf->cap - buf->len) {
        reserve(buf, len);
        len = vsnprintf(buf->at + buf->len, (size_t)(buf->cap - buf->len), fmt, again);
    }
    va_end(again);
    if (len > 0)
        buf->len += len;
    buf->at[buf->len] = '\0';
}

static void json_char(struct tend_buffer *buf, int32_t code)
{
    static const char plain[] = "\"\\\n\r\t\b\f", letters[] = "\"\\nrtbf";
    const char *found = code > 0 && code < 0x80 ? strchr(plain, code) : NULL;

    if (found) {
        tend_buffer_addc(buf, '\\');
        tend_buffer_addc(buf, letters[found - plain]);
        return;
    }
    /* escaped too, so that JSON on a terminal cannot move its cursor */
    if (tend_utf8_unsafe(code))
        tend_buffer_addf(buf, "\\u%04x", (unsigned)code);
    else
        tend_buffer_adds(buf, "\xEF\xBF\xBD");
}

void tend_buffer_json(struct tend_buffer *buf, struct tend_text text)
{
    int64_t pos = 0, plain = 0;

    reserve(buf, text.len + 2);
    tend_buffer_addc(buf, '"');
    while (pos < text.len) {
        int64_t from = pos;
        int32_t code = tend_utf8_next(text, &pos);

        if (code != TEND_UTF8_INVALID && code != '"' && code != '\\' && !tend_utf8_unsafe(code))
            continue;
        tend_buffer_add(buf, (struct tend_text){ text.at + plain, from - plain });
        json_char(buf, code);
        plain = pos;
    }
    if (plain < text.len)
        tend_buffer_add(buf, (struct tend_text){ text.at + plain, text.len - plain });
    tend_buffer_addc(buf, '"');
}

struct tend_text tend_buffer_text(const struct tend_buffer *buf)
{
    return (struct tend_text){ buf->at ? buf->at : "", buf->len };
}

void tend_buffer_reset(struct tend_buffer *buf)
{
    buf->len = 0;
    if (buf->at)
        buf->at[0] = '\0';
}

void tend_buffer_finish(struct tend_buffer *buf)
{
    tend_free(buf->at);
    *buf = (struct tend_buffer){ 0 };
}
