/* ctx->text: base/text as plugins see it, forgiving where they are careless. */
#include "plugin/private.h"

static int32_t cut(struct tend_text *rest, const char *sep, struct tend_text *out)
{
    if (sep && sep[0] && tend_text_cut(rest, sep, out))
        return 1;
    *out = (struct tend_text){ "", 0 };
    return 0;
}

static int32_t starts(struct tend_text text, const char *with)
{
    return with && tend_text_starts(text, with);
}

static int32_t is(struct tend_text text, const char *what)
{
    return tend_text_is(text, what ? what : "");
}

static struct tend_text trim(struct tend_text text)
{
    return tend_text_trim(text);
}

static struct tend_text fold(struct tend_ctx *ctx, struct tend_text text)
{
    return tend_text_fold(tend_call_of(ctx)->scratch, text);
}

static struct tend_text keep(struct tend_ctx *ctx, struct tend_text text)
{
    return tend_arena_text(tend_call_of(ctx)->scratch, text);
}

const struct tend_text_api tend_text_table = {
    .size = sizeof(struct tend_text_api),
    .level = TEND_API,
    .cut = cut,
    .starts = starts,
    .is = is,
    .trim = trim,
    .fold = fold,
    .keep = keep,
};
