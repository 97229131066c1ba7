/* Filling the error slot. Texts are cut at a character, never inside one, and
 * may be built from what the slot itself holds. */
#include "base/error.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Copies as much as fits, cut before a character that would be split. */
static void put_text(char *out, size_t size, const char *from)
{
    size_t len = strlen(from);

    if (len >= size) {
        len = size - 1;
        while (len > 0 && ((unsigned char)from[len] & 0xC0) == 0x80)
            len--;
    }
    memmove(out, from, len);
    out[len] = '\0';
}

static void put_format(char *out, size_t size, const char *fmt, va_list args)
    __attribute__((format(printf, 3, 0)));

static void put_format(char *out, size_t size, const char *fmt, va_list args)
{
    /* four more bytes: enough to see whether the last character is whole */
    char text[sizeof((struct tend_error *)0)->text + 4];

    if (vsnprintf(text, sizeof text, fmt, args) < 0)
        put_text(text, sizeof text, fmt);
    put_text(out, size, text);
}

tend_status tend_error_set(struct tend_error *err, tend_status code, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    put_format(err->text, sizeof err->text, fmt, args);
    va_end(args);
    err->code = code;
    err->n_causes = 0;
    err->cure[0] = '\0';
    return code;
}

tend_status tend_error_wrap(struct tend_error *err, const char *fmt, ...)
{
    char text[sizeof err->text];
    va_list args;

    va_start(args, fmt);
    put_format(text, sizeof text, fmt, args);
    va_end(args);
    if (err->text[0]) {
        /* a slot that is full loses its innermost cause */
        if (err->n_causes < TEND_ERROR_CAUSES)
            err->n_causes++;
        memmove(err->cause[1], err->cause[0], (size_t)(err->n_causes - 1) * sizeof err->cause[0]);
        put_text(err->cause[0], sizeof err->cause[0], err->text);
    }
    put_text(err->text, sizeof err->text, text);
    return err->code;
}

void tend_error_cure(struct tend_error *err, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    put_format(err->cure, sizeof err->cure, fmt, args);
    va_end(args);
}

void tend_error_clear(struct tend_error *err)
{
    err->code = TEND_OK;
    err->n_causes = 0;
    err->text[0] = '\0';
    err->cure[0] = '\0';
}

const char *tend_status_name(tend_status code)
{
    static const char *const names[] = {
        "ok",          "nomem",    "invalid",   "not_found", "exists", "denied",
        "veto",        "limit",    "timeout",   "busy",      "stale",  "io",
        "unsupported", "internal", "cancelled", "ambiguous", "usage",
    };

    if (code > 0 || code <= -(tend_status)(sizeof names / sizeof *names))
        return "unknown";
    return names[-code];
}
