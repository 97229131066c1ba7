/* The key of an e-mail address: trimmed and in lower case. Only what could be
 * sent to has one; the rest is kept as typed and is nobody's key. */
#include "desk/normal.h"

static bool is_space(char c)
{
    return (unsigned char)c <= ' ' || c == 0x7f;
}

static bool good_local(struct tend_text local)
{
    return local.len > 0 && local.len <= 64 && local.at[0] != '.' && local.at[local.len - 1] != '.';
}

static bool good_domain(struct tend_text domain)
{
    if (domain.len == 0 || domain.len > 253 || domain.at[0] == '.' || domain.at[0] == '-' ||
        domain.at[domain.len - 1] == '-')
        return false;
    for (int64_t i = 0; i < domain.len; i++) {
        char c = domain.at[i];

        if (c == '.' && i + 1 < domain.len && domain.at[i + 1] == '.')
            return false;
        if (strchr("()<>,;:\"\\/", c))
            return false;
    }
    return true;
}

struct tend_text tend_normal_email_part(struct tend_text value)
{
    struct tend_text none = { "", 0 }, text = tend_text_trim(value);
    int64_t at = -1;

    /* Ann Lee <ann@example.com> */
    if (text.len > 2 && text.at[text.len - 1] == '>') {
        for (int64_t i = text.len - 2; i >= 0; i--) {
            if (text.at[i] == '<') {
                text = tend_text_trim((struct tend_text){ text.at + i + 1, text.len - i - 2 });
                break;
            }
        }
    }
    if (text.len > 7 && tend_text_is_nocase((struct tend_text){ text.at, 7 }, "mailto:"))
        text = (struct tend_text){ text.at + 7, text.len - 7 };
    if (text.len > 1 && text.at[text.len - 1] == '.')
        text.len--; /* the end of a sentence */
    for (int64_t i = 0; i < text.len; i++) {
        if (is_space(text.at[i]))
            return none;
        if (text.at[i] == '@') {
            if (at >= 0)
                return none;
            at = i;
        }
    }
    if (at < 0 || !good_local((struct tend_text){ text.at, at }) ||
        !good_domain((struct tend_text){ text.at + at + 1, text.len - at - 1 }))
        return none;
    return text;
}

static tend_status email_keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                              const struct tend_text *regions, struct tend_text *keys)
{
    (void)regions;
    for (int64_t i = 0; i < n; i++) {
        struct tend_text part = tend_normal_email_part(values[i]);

        keys[i] = (struct tend_text){ "", 0 };
        if (part.len == 0)
            continue;
        keys[i] = ctx->text->keep(ctx, part);
        for (int64_t j = 0; j < keys[i].len; j++) {
            /* kept just now: ours to write; only A to Z, since accents tell people apart */
            char *c = (char *)(uintptr_t)&keys[i].at[j];

            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c - 'A' + 'a');
        }
    }
    return TEND_OK;
}

const struct tend_normaliser tend_normal_email = {
    sizeof tend_normal_email,
    "email",
    "email",
    email_keys,
};
