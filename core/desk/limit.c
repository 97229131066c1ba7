/* Texts that are too long are refused where they are typed: a list, a card and
 * a search have to live with them ever after. */
#include "desk/limit.h"
#include "base/utf8.h"

tend_status tend_limit_name(struct tend_desk *desk, const char *what, struct tend_text text)
{
    int64_t n = 0, pos = 0;

    if (text.len <= TEND_LIMIT_NAME)
        return TEND_OK;
    for (; pos < text.len && n <= TEND_LIMIT_NAME; n++)
        tend_utf8_next(text, &pos);
    if (n <= TEND_LIMIT_NAME)
        return TEND_OK;
    return tend_error_set(desk->err, TEND_INVALID,
                          "%s has %d characters at most (\"%.*s...\" has more); a note has room",
                          what, TEND_LIMIT_NAME, TEND_FMT(tend_text_clip(text, 40)));
}

tend_status tend_limit_text(struct tend_desk *desk, const char *what, struct tend_text text)
{
    if (text.len <= TEND_LIMIT_TEXT)
        return TEND_OK;
    return tend_error_set(desk->err, TEND_INVALID, "%s has %d KiB at most; this is %lld KiB", what,
                          TEND_LIMIT_TEXT / 1024, (long long)((text.len + 1023) / 1024));
}
