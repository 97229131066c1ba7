/* Names as people are called, where what was typed is surely not so: sorted as
 * "Lee, Ann", or all in capitals, or all in small letters. */
#include "base/utf8.h"
#include "desk/name_parts.h"
#include "desk/people.h"

/* --- Lee, Ann ------------------------------------------------------------ */

struct tend_text tend_name_turned(struct tend_arena *arena, struct tend_text name)
{
    const char *comma = memchr(name.at, ',', (size_t)name.len), *second;
    struct tend_text before, behind, given, family, more = { "", 0 };

    if (!comma)
        return name;
    tend_name_split(name, &given, &family);
    if (given.len == 0 || family.len == 0 || family.at > comma || given.at < comma)
        return name; /* Ann Lee, MD */
    before = tend_text_trim((struct tend_text){ name.at, comma - name.at });
    behind = tend_text_trim((struct tend_text){ comma + 1, name.at + name.len - comma - 1 });
    second = memchr(behind.at, ',', (size_t)behind.len);
    if (second) { /* Lee, Ann, MD */
        more = (struct tend_text){ second, behind.at + behind.len - second };
        behind.len = second - behind.at;
    }
    return tend_text_of(tend_arena_printf(arena, "%.*s %.*s%.*s", TEND_FMT(behind),
                                          TEND_FMT(before), TEND_FMT(more)));
}

/* --- LEE ANN ------------------------------------------------------------- */

enum letter { NO_LETTER, CAPITAL, SMALL, UNKNOWN };

/* Latin and Cyrillic, where the other case is sure; Turkish and Greek are not. */
static enum letter letter_of(int32_t code)
{
    if (code >= 'A' && code <= 'Z')
        return CAPITAL;
    if (code >= 'a' && code <= 'z')
        return SMALL;
    if (code < 0xC0)
        return code == '@' || (code >= '0' && code <= '9') ? UNKNOWN : NO_LETTER;
    if (code <= 0xFF)
        return code == 0xD7 || code == 0xF7 ? NO_LETTER
               : code == 0xDF               ? SMALL
               : code < 0xDF                ? CAPITAL
                                            : SMALL;
    if (code == 0x11E || code == 0x11F || code == 0x130 || code == 0x131 || code == 0x15E ||
        code == 0x15F || code == 0x138 || code == 0x149 || code == 0x178 || code == 0x17F)
        return UNKNOWN;
    if (code <= 0x17E) /* capital and small in turn; odd ones are capitals in two ranges */
        return ((code >= 0x139 && code <= 0x148) || code >= 0x179) == (code & 1) ? CAPITAL : SMALL;
    if (code >= 0x400 && code <= 0x45F)
        return code < 0x430 ? CAPITAL : SMALL;
    return code == 0x2019 || code == 0x2013 ? NO_LETTER : UNKNOWN;
}

static int32_t other_case(int32_t code)
{
    bool capital = letter_of(code) == CAPITAL;

    if (code < 0x100)
        return code == 0xDF || code == 0xFF ? code : capital ? code + 32 : code - 32;
    if (code < 0x180)
        return capital ? code + 1 : code - 1;
    if (code < 0x410 || code >= 0x450)
        return capital ? code + 0x50 : code - 0x50;
    return capital ? code + 0x20 : code - 0x20;
}

bool tend_name_one_case(struct tend_text name)
{
    int64_t at = 0, capitals = 0, small = 0, words = 0;
    bool before = false;

    while (at < name.len) {
        int32_t code = tend_utf8_next(name, &at);
        enum letter letter = letter_of(code);

        if (letter == UNKNOWN || (capitals > 0 && letter == SMALL) ||
            (small > 0 && letter == CAPITAL))
            return false;
        capitals += letter == CAPITAL;
        small += letter == SMALL;
        words += letter != NO_LETTER && !before;
        before = code != ' ';
    }
    return words > 1 && capitals + small > words; /* more than initials */
}

static void put(struct tend_buffer *out, int32_t code, bool capital)
{
    enum letter letter = letter_of(code);
    char utf8[4];

    if ((letter == CAPITAL && !capital) || (letter == SMALL && capital))
        code = other_case(code);
    tend_buffer_add(out, (struct tend_text){ utf8, tend_utf8_put(utf8, code) });
}

/* The word in small letters, without dots, for the table; empty if it is longer. */
static void plain_of(struct tend_text word, char out[16])
{
    int32_t n = 0;

    for (int64_t i = 0; i < word.len && n < 15; i++) {
        if (word.at[i] == '.' || word.at[i] == ',')
            continue;
        out[n++] = word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] + 32) : word.at[i];
    }
    out[n] = '\0';
}

/* MD, III, DJ: capitals that stay. */
static bool is_capitals(const char *plain, struct tend_text word, bool first)
{
    uint32_t flags = tend_name_flags(plain);
    size_t len = strlen(plain);

    if (memchr(word.at, '.', (size_t)word.len) && len <= 3 && len * 2 <= (size_t)word.len)
        return true; /* J.R. */
    if (flags & (TEND_NAME_SUFFIX | TEND_NAME_SUFFIX_WEAK))
        return !first && len <= 4 && strcmp(plain, "jr") != 0 && strcmp(plain, "sr") != 0 &&
               strcmp(plain, "esq") != 0 && strcmp(plain, "phd") != 0 &&
               strcmp(plain, "fr") != 0 && !(flags & TEND_NAME_SUFFIX_WEAK);
    return first && len == 2 && (!strpbrk(plain, "aeiouy") || plain[1] == 'j');
}

/* van, de la: in small letters, but for those that are written with a capital. */
static bool is_small(const char *plain)
{
    static const char *const big[] = { "el", "al", "la", "le", "lo", "los", "las", "mc",
                                       "mac", "st", "saint", "san", "santa", "o" };
    uint32_t flags = tend_name_flags(plain);

    for (size_t i = 0; i < sizeof big / sizeof big[0]; i++)
        if (strcmp(plain, big[i]) == 0)
            return false;
    return (flags & (TEND_NAME_PARTICLE | TEND_NAME_SON)) || strcmp(plain, "und") == 0 ||
           strcmp(plain, "and") == 0 || strcmp(plain, "y") == 0;
}

/* McDonald, O'Brien, Smith-Lee */
static void put_word(struct tend_buffer *out, struct tend_text word)
{
    int64_t at = 0, letters = 0, since = 0;
    bool capital = true, mc;

    mc = word.len > 4 && (word.at[0] | 32) == 'm' && (word.at[1] | 32) == 'c';
    while (at < word.len) {
        int32_t code = tend_utf8_next(word, &at);
        bool letter = letter_of(code) != NO_LETTER;

        put(out, code, capital || (mc && letters == 2));
        letters += letter;
        since = letter ? since + 1 : since;
        capital = code == '-' || code == 0x2013 || code == '.' ||
                  ((code == '\'' || code == 0x2019) && since == 1);
        if (code == '-')
            since = 0;
    }
}

struct tend_text tend_name_recased(struct tend_arena *arena, struct tend_text name, bool family)
{
    struct tend_buffer out = { 0 };
    struct tend_text done;
    int64_t at = 0;
    bool first = !family;

    while (at < name.len) {
        int64_t end = at;
        struct tend_text word;
        char plain[16];

        while (end < name.len && name.at[end] != ' ')
            end++;
        word = (struct tend_text){ name.at + at, end - at };
        plain_of(word, plain);
        if (strcmp(plain, "phd") == 0)
            tend_buffer_adds(&out, "PhD");
        else if (!first && is_small(plain))
            for (int64_t i = 0; i < word.len;)
                put(&out, tend_utf8_next(word, &i), false);
        else if (is_capitals(plain, word, first))
            for (int64_t i = 0; i < word.len;)
                put(&out, tend_utf8_next(word, &i), true);
        else
            put_word(&out, word);
        first = first && word.len == 0;
        if (end < name.len)
            tend_buffer_addc(&out, ' ');
        at = end + 1;
    }
    done = tend_arena_text(arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    return done;
}
