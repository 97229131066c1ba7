/* The key of a telephone number: E.164 ("+436645551234") wherever that can be
 * told, else the digits without a plus, so that the same text is the same key. */
#include "base/utf8.h"
#include "desk/normal.h"
#include "desk/region.h"

#define MOST_DIGITS 24
#define EXTENSION_AFTER 5 /* letters behind so many digits begin an extension */

struct dialled { /* what was typed, down to its digits */
    char digit[MOST_DIGITS + 1];
    int64_t n;
    int64_t zero; /* the digit that stood alone in brackets, "(0)"; -1 none */
    bool plus;
};

/* 0 to 9 for digits of the scripts in which numbers get typed, else -1. */
static int32_t digit_of(int32_t code)
{
    static const int32_t zeros[] = { '0', 0xFF10, 0x0660, 0x06F0, 0x0966 };

    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++) {
        if (code >= zeros[i] && code <= zeros[i] + 9)
            return code - zeros[i];
    }
    return -1;
}

static bool is_plus(int32_t code)
{
    return code == '+' || code == 0xFF0B;
}

static bool is_letter(int32_t code)
{
    return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
}

/* Does a second number or an extension begin here? */
static bool ends_number(const struct dialled *d, int32_t code)
{
    if (d->n < EXTENSION_AFTER)
        return false;
    return is_letter(code) || is_plus(code) || code == '#' || code == ';' || code == ',';
}

static bool read_dialled(struct tend_text value, struct dialled *d)
{
    int64_t at = 0;

    *d = (struct dialled){ .zero = -1 };
    while (at < value.len) {
        int64_t from = at;
        int32_t code = tend_utf8_next(value, &at);
        int32_t digit = digit_of(code);

        if (ends_number(d, code))
            break;
        if (is_plus(code) && d->n == 0)
            d->plus = true;
        if (digit < 0)
            continue;
        if (d->n == MOST_DIGITS)
            return false;
        if (digit == 0 && d->n > 0 && from > 0 && value.at[from - 1] == '(' && at < value.len &&
            value.at[at] == ')')
            d->zero = d->n;
        d->digit[d->n++] = (char)('0' + digit);
    }
    return d->n >= 3;
}

static bool begins(const char *digits, const char *with)
{
    return with[0] && strncmp(digits, with, strlen(with)) == 0;
}

static bool put_key(char *out, const char *calling, const char *rest)
{
    size_t len = strlen(calling) + strlen(rest);

    if (len < 5 || len > 17)
        return false;
    out[0] = '+';
    memcpy(out + 1, calling, strlen(calling));
    memcpy(out + 1 + strlen(calling), rest, strlen(rest) + 1);
    return true;
}

/* digits begin with a calling code; zero is where the "(0)" is in them, or -1. */
static bool from_abroad(char *digits, int64_t zero, char *out)
{
    const struct tend_region *region =
        tend_region_calling((struct tend_text){ digits, (int64_t)strlen(digits) });
    char *rest;

    if (!region)
        return false;
    rest = digits + strlen(region->calling);
    if (region->keeps_zero)
        return put_key(out, region->calling, rest);
    if (zero == (int64_t)strlen(region->calling))
        rest++;
    else if (region->trunk[0] == '0' && begins(rest, region->trunk))
        rest += strlen(region->trunk);
    else if (strcmp(region->calling, "52") == 0 && strlen(rest) == 11 && rest[0] == '1')
        rest++; /* how Mexican mobiles were dialled until 2019 */
    return put_key(out, region->calling, rest);
}

/* "0 11 15 5555 5555" is +54 9 11 5555 5555: Argentina's mobiles. */
static void argentina(char *rest)
{
    if (strlen(rest) != 12)
        return;
    for (int64_t i = 2; i <= 4; i++) {
        if (rest[i] == '1' && rest[i + 1] == '5') {
            memmove(rest + 1, rest, (size_t)i);
            rest[0] = '9';
            memmove(rest + i + 1, rest + i + 2, strlen(rest + i + 2) + 1);
            return;
        }
    }
}

/* What stands before the national number here, where that is no plain trunk
 * digit: how many digits to leave out, -1 where the plain rule holds. */
static int64_t odd_prefix(const struct tend_region *region, const char *digits, int64_t n)
{
    if (strcmp(region->trunk, "1") == 0)
        return n == 11 && digits[0] == '1' ? 1 : 0;
    if (strcmp(region->calling, "7") == 0)
        return n == 11 && (digits[0] == '8' || digits[0] == '7') ? 1 : 0;
    if (strcmp(region->code, "BY") == 0)
        return begins(digits, "80") ? (n == 11 ? 2 : 0) : n == 10 && digits[0] == '8';
    if (strcmp(region->code, "LT") == 0)
        return n == 9 && (digits[0] == '8' || digits[0] == '0') ? 1 : 0;
    if (strcmp(region->code, "TM") == 0)
        return n == 9 && digits[0] == '8' ? 1 : 0;
    if (strcmp(region->code, "MX") == 0)
        return n == 12 && begins(digits, "01")                               ? 2
               : n == 13 && (begins(digits, "044") || begins(digits, "045")) ? 3
                                                                             : 0;
    if (strcmp(region->code, "BR") == 0 && digits[0] == '0')
        return n >= 13 ? 3 : 1; /* 0, then the carrier's two digits where one was chosen */
    return -1;
}

static bool from_inside(const struct tend_region *region, struct dialled *d, char *out)
{
    char *digits = d->digit;
    int64_t n = d->n, calling = (int64_t)strlen(region->calling);
    int64_t skip = odd_prefix(region, digits, n);

    if (skip > 0) {
        digits += skip;
    } else if (skip < 0 && region->trunk[0] && begins(digits, region->trunk)) {
        digits += strlen(region->trunk);
    } else if (region->digits > 0 && n == calling + region->digits &&
               begins(digits, region->calling)) {
        digits += calling; /* the plus was lost, as spreadsheets do */
    }
    if (strcmp(region->trunk, "1") == 0 && strlen(digits) != 10)
        return false; /* a local number without its area */
    if (strcmp(region->code, "AR") == 0)
        argentina(digits);
    return strlen(digits) >= 4 && put_key(out, region->calling, digits);
}

/* The digits behind what is dialled to get abroad; NULL if that is not there. */
static char *behind_prefix(const struct tend_region *region, struct dialled *d, int64_t *skipped)
{
    const char *prefix = region && region->abroad[0] ? region->abroad : "00";

    if (region && strcmp(region->code, "AU") == 0)
        prefix = "0011";
    else if (begins(d->digit, "00") && !begins(d->digit, prefix))
        prefix = "00"; /* what most of the world writes, whatever is dialled */
    if (!begins(d->digit, prefix) || d->n < (int64_t)strlen(prefix) + 7)
        return NULL;
    *skipped = (int64_t)strlen(prefix);
    return d->digit + *skipped;
}

static bool phone_key(const struct tend_region *region, struct tend_text value, char *out)
{
    struct dialled d;
    int64_t skipped = 0;
    char *abroad;

    if (!read_dialled(value, &d))
        return false;
    if (d.plus && from_abroad(d.digit, d.zero, out))
        return true;
    abroad = d.plus ? NULL : behind_prefix(region, &d, &skipped);
    if (abroad && from_abroad(abroad, d.zero - skipped, out))
        return true;
    if (!d.plus && region && from_inside(region, &d, out))
        return true;
    memcpy(out, d.digit, (size_t)d.n + 1);
    return true;
}

bool tend_normal_phone_key(struct tend_text value, struct tend_text region,
                           char out[TEND_PHONE_KEY])
{
    return phone_key(tend_region_find(region), value, out);
}

static tend_status phone_keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                              const struct tend_text *regions, struct tend_text *keys)
{
    const struct tend_region *region = NULL;
    struct tend_text last = { "", 0 };

    for (int64_t i = 0; i < n; i++) {
        char key[TEND_PHONE_KEY];

        if (!tend_text_eq(regions[i], last)) {
            region = tend_region_find(regions[i]);
            last = regions[i];
        }
        keys[i] = phone_key(region, values[i], key) ? ctx->text->keep(ctx, tend_text_of(key))
                                                    : (struct tend_text){ "", 0 };
    }
    return TEND_OK;
}

const struct tend_normaliser tend_normal_phone = {
    sizeof tend_normal_phone,
    "phone",
    "phone",
    phone_keys,
};
