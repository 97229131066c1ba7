/* The key of a telephone number: E.164 ("+436645551234"). Where nobody said
 * which country, the digits without a plus, so that the same text is the same
 * key; a number that its country cannot have has none. */
#include "base/utf8.h"
#include "desk/normal.h"
#include "desk/normal_dial.h"

#define MOST_DIGITS 24
#define EXTENSION_AFTER 4 /* letters behind so many digits begin an extension */

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

/* Letters of any writing; what stands between digits is below or among them. */
static bool is_letter(int32_t code)
{
    if (code < 0xC0)
        return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
    return code < 0x2000 || (code > 0x3040 && code < 0xFE00 && code != 0x30FC);
}

/* Does a second number or an extension begin here? */
static bool ends_number(const struct dialled *d, int32_t code)
{
    if (d->n < EXTENSION_AFTER)
        return false;
    return is_letter(code) || is_plus(code) || code == '#' || code == ';' || code == ',' ||
           code == '~' || code == 0xFF5E || code == 0xFF03;
}

static enum tend_dial_fault read_dialled(struct tend_text value, struct dialled *d)
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
            return TEND_DIAL_MANY;
        if (digit == 0 && d->n > 0 && from > 0 && value.at[from - 1] == '(' && at < value.len &&
            value.at[at] == ')')
            d->zero = d->n;
        d->digit[d->n++] = (char)('0' + digit);
    }
    return d->n >= 3 ? TEND_DIAL_OK : TEND_DIAL_DIGITS;
}

static enum tend_dial_fault dial(const struct tend_region *region, struct tend_text value,
                                 struct tend_dial *out)
{
    struct dialled d;
    enum tend_dial_fault fault = read_dialled(value, &d);

    if (fault == TEND_DIAL_OK)
        fault = tend_dial(region, d.digit, d.plus, d.zero, out);
    if (fault == TEND_DIAL_REGION)
        memcpy(out->key, d.digit, (size_t)d.n + 1);
    return fault;
}

static bool phone_key(const struct tend_region *region, struct tend_text value, char *out)
{
    struct tend_dial dialled;
    enum tend_dial_fault fault = dial(region, value, &dialled);

    if (fault != TEND_DIAL_OK && fault != TEND_DIAL_REGION)
        return false;
    memcpy(out, dialled.key, sizeof dialled.key);
    return true;
}

/* "8 or 9", "4 to 13", "6, 8 or 9" */
static void put_lengths(struct tend_buffer *out, uint32_t lengths)
{
    int32_t first = 0, last = 31, many = 0, seen = 0;

    while (!(lengths >> first & 1))
        first++;
    while (!(lengths >> last & 1))
        last--;
    for (int32_t i = first; i <= last; i++)
        many += (int32_t)(lengths >> i & 1);
    if (many > 2 && many == last - first + 1) {
        tend_buffer_addf(out, "%d to %d", first, last);
        return;
    }
    for (int32_t i = first; i <= last; i++) {
        if (lengths >> i & 1)
            tend_buffer_addf(out, "%s%d", seen == 0 ? "" : seen + 1 == many ? " or " : ", ", i),
                seen++;
    }
}

/* "too short for AT: 3 digits behind the 0, 4 to 13 were expected" */
static void put_length(struct tend_buffer *out, enum tend_dial_fault fault,
                       const struct tend_dial *d)
{
    const char *code = d->region->code[0] ? d->region->code : d->region->calling;

    tend_buffer_addf(out, fault == TEND_DIAL_SHORT  ? "too short for %s"
                          : fault == TEND_DIAL_LONG ? "too long for %s"
                                                    : "no length that %s has", code);
    tend_buffer_addf(out, ": %d digit%s", d->n, d->n == 1 ? "" : "s");
    if (d->cut > 0)
        tend_buffer_addf(out, " behind the %s", d->region->trunk);
    tend_buffer_adds(out, ", ");
    put_lengths(out, d->region->lengths);
    tend_buffer_adds(out, " were expected");
}

bool tend_normal_phone_why(struct tend_text value, struct tend_text region,
                           struct tend_buffer *out)
{
    struct tend_dial d;
    enum tend_dial_fault fault = dial(tend_region_find(region), value, &d);

    switch (fault) {
    case TEND_DIAL_OK:
    case TEND_DIAL_REGION:
        return false;
    case TEND_DIAL_DIGITS:
        tend_buffer_adds(out, "it has hardly any digits");
        return true;
    case TEND_DIAL_MANY:
        tend_buffer_adds(out, "it has more digits than any number; are there two in it?");
        return true;
    case TEND_DIAL_COUNTRY:
        tend_buffer_adds(out, "no country has a calling code that it begins with");
        return true;
    default:
        put_length(out, fault, &d);
        return true;
    }
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
