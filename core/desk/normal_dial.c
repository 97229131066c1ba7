/* From the digits that somebody would dial to E.164: what is dialled first is
 * left off, and the odd habits of some countries are known. */
#include "desk/normal_dial.h"
#include <string.h>

static bool begins(const char *digits, const char *with)
{
    return with[0] && strncmp(digits, with, strlen(with)) == 0;
}

static bool fits(const struct tend_region *region, const char *national)
{
    size_t n = strlen(national);

    return n < 32 && (region->lengths >> n & 1) != 0;
}

/* The key; or why there is none. */
static enum tend_dial_fault put_key(const struct tend_region *region, const char *national,
                                    struct tend_dial *out)
{
    size_t calling = strlen(region->calling), n = strlen(national);

    out->region = region;
    out->cut = 0;
    out->n = (int32_t)n;
    if (!fits(region, national))
        return n >= 32 || region->lengths >> n == 0 ? TEND_DIAL_LONG
               : (region->lengths & ((1u << n) - 1)) == 0 ? TEND_DIAL_SHORT
                                                           : TEND_DIAL_LENGTH;
    out->key[0] = '+';
    memcpy(out->key + 1, region->calling, calling);
    memcpy(out->key + 1 + calling, national, n + 1);
    return TEND_DIAL_OK;
}

/* --- with a calling code ------------------------------------------------ */

static enum tend_dial_fault from_abroad(const char *digits, int64_t zero, struct tend_dial *out)
{
    struct tend_text text = { digits, (int64_t)strlen(digits) };
    const struct tend_region *region = tend_region_calling(text);
    const char *rest;
    int64_t calling;

    if (!region)
        return TEND_DIAL_COUNTRY;
    calling = (int64_t)strlen(region->calling);
    rest = digits + calling;
    if (region->keeps_zero)
        return put_key(region, rest, out);
    if (zero == calling)
        rest++;
    else if (region->trunk[0] == '0' && begins(rest, region->trunk))
        rest += strlen(region->trunk);
    else if (strcmp(region->calling, "52") == 0 && strlen(rest) == 11 && rest[0] == '1')
        rest++; /* how Mexican mobiles were dialled until 2019 */
    return put_key(region, rest, out);
}

/* --- as dialled at home ------------------------------------------------- */

/* "11 15 5555 5555" is +54 9 11 5555 5555: Argentina's mobiles. */
static void argentina(char *rest)
{
    for (int64_t i = 2; i <= 4 && strlen(rest) == 12; i++) {
        if (rest[i] == '1' && rest[i + 1] == '5' && (i > 2 || begins(rest, "11"))) {
            memmove(rest + 1, rest, (size_t)i);
            rest[0] = '9';
            memmove(rest + i + 1, rest + i + 2, strlen(rest + i + 2) + 1);
            return;
        }
    }
}

/* Where the number of the carrier may be dialled behind the 0: how much to leave out. */
static int64_t with_carrier(const struct tend_region *region, const char *digits, int64_t n)
{
    if (strcmp(region->code, "BR") == 0 && digits[0] == '0')
        return n >= 13 ? 3 : 1;
    if (strcmp(region->code, "CO") == 0 && digits[0] == '0')
        return n == 14 ? 4 : n == 12 && strchr("579", digits[1]) ? 2 : 1;
    if (strcmp(region->code, "MX") == 0)
        return n == 12 && begins(digits, "01")                               ? 2
               : n == 13 && (begins(digits, "044") || begins(digits, "045")) ? 3
               : n == 11 && digits[0] == '1'                                 ? 1
                                                                             : 0;
    return -1;
}

/* What is dialled before a national number, beside the trunk digits of the table. */
static bool other_trunk(const struct tend_region *region, const char *digits, const char **rest)
{
    static const struct {
        char code[3], trunk[3];
    } others[] = { { "BY", "0" }, { "LT", "8" }, { "RU", "7" }, { "KZ", "7" },
                 { "UZ", "8" } };

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (strcmp(region->code, others[i].code) == 0 && begins(digits, others[i].trunk) &&
            fits(region, digits + strlen(others[i].trunk))) {
            *rest = digits + strlen(others[i].trunk);
            return true;
        }
    }
    return false;
}

/* A number with its calling code whose plus was lost, as spreadsheets do. Where
 * it could be a national one too, that would be dialled with a 0: it is one only
 * if it is short. */
static bool lost_plus(const struct tend_region *region, const char *digits, int64_t n)
{
    int64_t calling = (int64_t)strlen(region->calling);

    if (!begins(digits, region->calling) || !fits(region, digits + calling))
        return false;
    return !fits(region, digits) || (n >= calling + 9 && (!region->keeps_zero || n > 10));
}

static enum tend_dial_fault from_inside(const struct tend_region *region, char *digits,
                                        struct tend_dial *out)
{
    const char *rest = digits;
    int64_t n = (int64_t)strlen(digits), skip = with_carrier(region, digits, n);
    enum tend_dial_fault fault;

    if (skip >= 0)
        rest = digits + skip;
    else if (strcmp(region->code, "BY") == 0 && n == 11 && begins(digits, "80"))
        rest = digits + 2;
    else if (region->trunk[0] && begins(digits, region->trunk) &&
             (region->trunk[0] == '0' || fits(region, digits + strlen(region->trunk))))
        rest = digits + strlen(region->trunk);
    else
        other_trunk(region, digits, &rest);
    if (rest == digits && lost_plus(region, digits, n))
        rest += strlen(region->calling);
    skip = rest - digits;
    if (strcmp(region->code, "AR") == 0)
        argentina(digits + skip);
    if (strcmp(region->code, "SM") == 0 && strlen(rest) == 6 && strchr("89", rest[0])) {
        memmove(digits + 4, rest, 7);
        memcpy(digits, "0549", 4);
        rest = digits;
    }
    fault = put_key(region, rest, out);
    out->cut = skip == (int64_t)strlen(region->trunk) ? (int32_t)skip : 0;
    return fault;
}

/* --- which of the two --------------------------------------------------- */

/* With what is dialled to get abroad before it, though perhaps not in this
 * country; TEND_DIAL_REGION if it is no number from abroad. */
static enum tend_dial_fault behind_prefix(const struct tend_region *region, const char *digits,
                                          int64_t zero, struct tend_dial *out)
{
    enum tend_dial_fault fault = TEND_DIAL_REGION;
    const char *prefixes[] = { region ? region->abroad : "", "00", "0011" };

    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        int64_t skipped = (int64_t)strlen(prefixes[i]);

        if (i == 2 && (!region || strcmp(region->calling, "61") != 0))
            continue;
        if (fault == TEND_DIAL_OK || !begins(digits, prefixes[i]) ||
            strlen(digits) < (size_t)skipped + 6)
            continue;
        fault = from_abroad(digits + skipped, zero - skipped, out);
        if (fault != TEND_DIAL_OK && !begins(digits, "00"))
            fault = TEND_DIAL_REGION; /* a national number can begin like that */
    }
    return fault;
}

enum tend_dial_fault tend_dial(const struct tend_region *region, char *digits, bool plus,
                               int64_t zero, struct tend_dial *out)
{
    enum tend_dial_fault fault =
        plus ? from_abroad(digits, zero, out) : behind_prefix(region, digits, zero, out);

    return fault == TEND_DIAL_REGION && region ? from_inside(region, digits, out) : fault;
}
