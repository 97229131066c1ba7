/* A name as it is typed, and its two parts. The whole name stays as typed: what
 * is neither (titles, middle names, Jr.) is left out of the parts only. */
#include "base/utf8.h"
#include "desk/name_parts.h"
#include "desk/people.h"

#define MOST 16 /* words; of a longer name the last is the family */

struct word {
    struct tend_text text; /* without the commas around it */
    uint32_t flags;
    bool comma;   /* one stands behind it */
    bool initial; /* J, J., J.R. */
    bool caps;    /* two letters or more, all of them capitals */
    bool small;   /* begins with a small letter */
    bool dotted;
    bool big, little; /* letters of either case in it */
};

struct words {
    struct word at[MOST];
    int32_t n;
    bool mixed; /* letters of both cases: so capitals say something */
    bool first_comma;
    bool big, little;
};

/* --- words -------------------------------------------------------------- */

static bool is_blank(int32_t code)
{
    return code <= ' ' || code == 0xA0 || code == 0x3000 || code == 0x200B;
}

/* The quote or bracket that closes this one; 0 if it is none. */
static int32_t closing(int32_t code)
{
    switch (code) {
    case '(':
        return ')';
    case '[':
        return ']';
    case '"':
    case '\'':
        return code;
    case 0x201C:
    case 0x201E:
        return 0x201D;
    case 0x2018:
        return 0x2019;
    case 0xAB:
        return 0xBB;
    default:
        return 0;
    }
}

/* Where the nickname that begins at `at` ends; at itself if there is none. */
static int64_t past_nickname(struct tend_text name, int64_t at)
{
    int64_t pos = at;
    int32_t open = tend_utf8_next(name, &pos), close = closing(open);

    if (!close)
        return at;
    while (pos < name.len) {
        int32_t code = tend_utf8_next(name, &pos), next = ' ';
        int64_t peek = pos;

        if (peek < name.len)
            next = tend_utf8_next(name, &peek);
        if ((code == close || (open == 0x201E && code == 0x201C)) &&
            (is_blank(next) || next == ',' || close == ')' || close == ']'))
            return pos;
    }
    return at;
}

/* The letter without its accent, for the letters of Western Europe; else 0. */
static char plain_letter(int32_t code)
{
    static const char plain[] = "aaaaaaaceeeeiiiidnooooo*ouuuuyts";

    if (code >= 'A' && code <= 'Z')
        return (char)(code - 'A' + 'a');
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') || code == '&' || code == '+')
        return (char)code;
    if (code >= 0xC0 && code <= 0xFF)
        return plain[(code - 0xC0) & 31];
    return '\0';
}

static void know(struct word *w)
{
    char word[16];
    int64_t pos = 0;
    int32_t n = 0, letters = 0, capitals = 0;
    bool first_small = false, fits = true;

    while (pos < w->text.len) {
        int32_t code = tend_utf8_next(w->text, &pos);
        char plain = plain_letter(code);

        if (code == '.')
            w->dotted = true;
        if (code == '.' || code == '\'' || code == 0x2019 || code == '-')
            continue;
        letters++;
        w->little = w->little || (plain && code >= 'a' && code != 0xDF && (code < 0xC0 || code > 0xDE));
        capitals += (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE);
        first_small = first_small || (letters == 1 && plain && code != 0xDF &&
                                      ((code >= 'a' && code <= 'z') || code >= 0xE0));
        fits = fits && plain && n < 15;
        if (fits)
            word[n++] = plain;
    }
    word[n] = '\0';
    w->flags = fits && n > 0 ? tend_name_flags(word) : 0;
    if (fits && (strcmp(word, "&") == 0 || strcmp(word, "+") == 0))
        w->flags = TEND_NAME_JOIN;
    w->big = capitals > 0;
    w->caps = letters > 1 && capitals == letters && !w->dotted;
    w->small = first_small;
    w->initial = letters == 1 || (w->dotted && letters == 2 && w->text.len == 4 && capitals == 2);
}

/* Is there a letter or digit in it? Emoji and dashes are no words of a name. */
static bool says_something(struct tend_text text)
{
    int64_t pos = 0;

    while (pos < text.len) {
        int32_t code = tend_utf8_next(text, &pos);

        if (plain_letter(code) || (code > 0xFF && code < 0x2000) ||
            (code > 0x2E80 && code < 0xFE00) || (code >= 0x10000 && code < 0x1F000))
            return true;
    }
    return false;
}

static void put_word(struct words *words, struct tend_text text)
{
    struct word *w = &words->at[words->n];

    *w = (struct word){ .text = text };
    if (!says_something(text))
        return;
    know(w);
    if (!(w->flags & (TEND_NAME_TITLE | TEND_NAME_SUFFIX))) {
        words->big = words->big || w->big;
        words->little = words->little || w->little;
    }
    words->n++;
}

/* false: too many of them. */
static bool cut(struct tend_text name, struct words *words)
{
    int64_t at = 0;

    words->n = 0;
    words->first_comma = words->big = words->little = false;
    while (at < name.len) {
        int64_t from = at, end = at;
        int32_t code = tend_utf8_next(name, &at);

        if (code == ',' || code == ';') {
            if (words->n > 0)
                words->at[words->n - 1].comma = true;
            else
                words->first_comma = true;
        }
        if (is_blank(code) || code == ',' || code == ';')
            continue;
        end = past_nickname(name, from);
        if (end > from) {
            at = end;
            continue;
        }
        for (at = end = from; at < name.len; end = at) {
            code = tend_utf8_next(name, &at);
            if (is_blank(code) || code == ',' || code == ';')
                break;
        }
        at = end;
        if (words->n == MOST)
            return false;
        put_word(words, (struct tend_text){ name.at + from, end - from });
    }
    words->mixed = words->big && words->little;
    return true;
}

/* --- what is no name ---------------------------------------------------- */

static bool is_suffix(const struct words *words, int32_t i, bool behind_comma)
{
    const struct word *w = &words->at[i];

    if (w->flags & TEND_NAME_SUFFIX)
        return true;
    if (!(w->flags & TEND_NAME_SUFFIX_WEAK))
        return false;
    return behind_comma || (w->dotted && !w->initial) || (w->caps && words->mixed && i > 1);
}

/* "... attorney at law" */
static bool is_at_law(const struct words *words, int32_t end)
{
    return end > 2 && tend_text_is_nocase(words->at[end - 1].text, "law") &&
           tend_text_is_nocase(words->at[end - 2].text, "at");
}

static int32_t without_suffixes(const struct words *words, int32_t from, int32_t to)
{
    while (to - from > 1) {
        if (is_at_law(words, to))
            to -= 2;
        else if (is_suffix(words, to - 1, words->at[to - 2].comma))
            to--;
        else
            break;
    }
    return to;
}

static bool is_title(const struct words *words, int32_t i, int32_t to)
{
    if (words->at[i].flags & TEND_NAME_STATE)
        return i + 1 < to && (words->at[i + 1].flags & TEND_NAME_TITLE);
    return (words->at[i].flags & TEND_NAME_TITLE) != 0 ||
           (i == 0 && tend_text_is(words->at[i].text, "Sr."));
}

static int32_t without_titles(const struct words *words, int32_t from, int32_t to)
{
    while (to - from > 1 && is_title(words, from, to))
        from++;
    return from;
}

static bool is_firm(const struct words *words)
{
    for (int32_t i = 0; i < words->n; i++) {
        bool end = i == words->n - 1 || i == 0;

        if (words->n > 1 && i > 0 && (words->at[i].flags & TEND_NAME_FIRM))
            return true;
        if (words->n > 1 && end && (words->at[i].flags & TEND_NAME_FIRM_WORD))
            return true;
    }
    return false;
}

/* --- one person --------------------------------------------------------- */

/* From the first letter of one word to the last of another, without a full
 * stop that ends no abbreviation. */
static struct tend_text span(const struct words *words, int32_t from, int32_t to)
{
    struct tend_text last, all;

    if (from >= to)
        return (struct tend_text){ "", 0 };
    last = words->at[to - 1].text;
    all = (struct tend_text){ words->at[from].text.at,
                              last.at + last.len - words->at[from].text.at };
    if (!words->at[to - 1].initial && all.len > 4 && all.at[all.len - 1] == '.')
        all.len--;
    return all;
}

static struct tend_text given_of(const struct words *words, int32_t from, int32_t to)
{
    int32_t end = from + 1;
    uint32_t first, second;

    if (from >= to)
        return (struct tend_text){ "", 0 };
    if (end < to && !words->at[end].initial) {
        first = words->at[from].flags >> TEND_NAME_FIRST & 15;
        second = words->at[end].flags >> TEND_NAME_SECOND & 15;
        if ((first & second) || (words->at[from].flags & TEND_NAME_GIVEN_PART))
            end++;
    }
    return span(words, from, end);
}

static bool is_particle(const struct words *words, int32_t i, int32_t from, int32_t to)
{
    const struct word *w = &words->at[i];

    if ((w->flags & TEND_NAME_PARTICLE_SMALL) && w->small && words->mixed &&
        (!w->initial || w->text.at[0] == '\''))
        return true;
    if (!(w->flags & TEND_NAME_PARTICLE))
        return false;
    if (w->initial)
        return i - from > 1 && !w->dotted; /* O Meara, where there is a middle name already */
    return !((words->at[to - 1].flags & TEND_NAME_VIET) && tend_text_is_nocase(w->text, "van"));
}

/* Behind "del Carmen", where that begins here and more follows; else i. */
static int32_t past_devout(const struct words *words, int32_t i, int32_t to)
{
    int32_t k = i;

    while (k < to && (words->at[k].flags & TEND_NAME_PARTICLE))
        k++;
    return k < to - 1 && (words->at[k].flags & TEND_NAME_DEVOUT) ? k + 1 : i;
}

/* Where the capitals at the end begin, in a name that is not all in capitals. */
static int32_t capitals_at_end(const struct words *words, int32_t from, int32_t to)
{
    int32_t k = to;

    if (!words->mixed || words->at[from].caps)
        return to - 1;
    while (k - 1 > from && words->at[k - 1].caps)
        k--;
    return k < to ? k : to - 1;
}

/* Where the family begins. */
static int32_t family_at(const struct words *words, int32_t from, int32_t to)
{
    const struct word *w = words->at;
    int32_t at = capitals_at_end(words, from, to);

    for (int32_t i = from + 1; i < at; i++) {
        int32_t past = past_devout(words, i, to);

        if (past > i) {
            i = past - 1;
            continue;
        }
        if ((w[i].flags & TEND_NAME_SON) || is_particle(words, i, from, to))
            at = i;
        else if ((w[i].flags & TEND_NAME_SPANISH) && w[i].small && i - 1 > from)
            at = i - 1;
    }
    if (at - 1 > from && (w[at - 1].flags & TEND_NAME_LATIN) && !(w[at].flags & TEND_NAME_SON) &&
        ((w[at].flags & TEND_NAME_LATIN) || (at < to - 1 && !(w[at].flags & TEND_NAME_SPANISH))))
        at--;
    return at;
}

/* How many words in capitals begin a name that goes on in small letters: DUPONT Jean. */
static int32_t capitals_first(const struct words *words, int32_t from, int32_t to)
{
    int32_t k = from;

    if (!words->mixed || words->at[to - 1].caps || words->at[to - 1].initial)
        return 0;
    while (k < to && words->at[k].caps)
        k++;
    if (k == from + 1 && words->at[from].text.len == 2 &&
        !(words->at[from].flags & TEND_NAME_SHORT_FAMILY))
        return 0; /* JP Morgan */
    return k - from;
}

static void family_first(const struct words *words, int32_t from, int32_t family_end, int32_t to,
                         struct tend_text *given, struct tend_text *family)
{
    *family = span(words, from, family_end);
    *given = given_of(words, family_end, to);
}

static void person(const struct words *words, int32_t from, int32_t to, bool turned,
                   struct tend_text *given, struct tend_text *family)
{
    int32_t first = without_titles(words, from, to), at;
    bool titled = first > from && !(words->at[first - 1].flags & TEND_NAME_TITLE_GIVEN);
    const struct word *w = words->at;

    to = without_suffixes(words, first, to);
    if (to - first == 1) {
        *(titled ? family : given) = span(words, first, to);
        return;
    }
    at = capitals_first(words, first, to);
    if (to - first == 3 && w[to - 1].initial && !w[to - 1].dotted && !w[first].initial &&
        !w[first + 1].initial)
        turned = true; /* Lee Ann M, as in lists that are sorted */
    if (at > 0 || turned) {
        family_first(words, first, first + (at > 0 ? at : 1), to, given, family);
        return;
    }
    if (to - first > 2 && (w[first].flags & TEND_NAME_VIET) &&
        (tend_text_is_nocase(w[first + 1].text, "van") ||
         tend_text_is_nocase(w[first + 1].text, "thi"))) {
        *family = span(words, first, first + 1);
        *given = span(words, to - 1, to);
        return;
    }
    at = family_at(words, first, to);
    if ((w[first].flags & TEND_NAME_PARTICLE) && w[first].small && words->mixed &&
        !w[first].initial)
        at = first; /* van Dyke */
    *given = given_of(words, first, at);
    *family = span(words, at, to);
}

/* --- two people, and Lee, Ann -------------------------------------------- */

/* The "and" between two people; 0 if there is none. */
static int32_t join_at(const struct words *words, int32_t from, int32_t to)
{
    for (int32_t i = from + 1; i < to - 1; i++)
        if ((words->at[i].flags & TEND_NAME_JOIN) &&
            !(words->at[i - 1].flags & TEND_NAME_PARTICLE)) /* von und zu */
            return i;
    return 0;
}

/* Ann & Bob Lee; Mr. and Mrs. Max Lee; Ann Lee and Bob Day: the first of them. */
static void couple(const struct words *words, int32_t join, bool turned, struct tend_text *given,
                   struct tend_text *family)
{
    struct tend_text other;
    int32_t first = 0, names = 0;

    while (first < join && is_title(words, first, join))
        first++;
    for (int32_t i = first; i < join; i++)
        names += !words->at[i].initial && !is_suffix(words, i, false);
    if (first == join) {
        person(words, join + 1, words->n, turned, given, family);
        return;
    }
    if (names > 1) {
        person(words, 0, join, turned, given, family);
        return;
    }
    if (first > 0 && words->n - without_titles(words, join + 1, words->n) == 1) {
        *family = span(words, first, first + 1); /* Dr. Lee & Dr. Day */
        return;
    }
    *given = given_of(words, first, join);
    person(words, join + 1, words->n, turned, &other, family);
}

/* Is all that stands behind the comma a suffix? */
static bool only_suffixes(const struct words *words, int32_t comma)
{
    for (int32_t i = comma + 1; i < words->n; i++)
        if (!is_suffix(words, i, true) && !is_at_law(words, i + 1) &&
            (i + 2 > words->n || !is_at_law(words, i + 2)))
            return false;
    return true;
}

static void with_comma(const struct words *words, int32_t comma, struct tend_text *given,
                       struct tend_text *family)
{
    int32_t from = without_titles(words, 0, comma + 1), to = comma + 2;
    int32_t behind = without_titles(words, comma + 1, words->n);

    while (to < words->n && !words->at[to - 1].comma && !(words->at[to].flags & TEND_NAME_JOIN))
        to++;
    while (behind < to - 1 && is_suffix(words, behind, true) && words->at[behind].comma)
        behind++; /* Lee, MD, Ann */
    if (behind >= to)
        to = words->n;
    *family = span(words, from, without_suffixes(words, from, comma + 1));
    *given = given_of(words, behind, to);
}

void tend_name_split_in(struct tend_text name, struct tend_text region, struct tend_text *given,
                        struct tend_text *family)
{
    struct words words;
    int32_t comma = 0, join;
    bool turned = tend_text_is_nocase(region, "HU");

    name = tend_text_trim(name);
    *given = name;
    *family = (struct tend_text){ "", 0 };
    if (name.len == 0 || memchr(name.at, '@', (size_t)name.len) ||
        tend_name_asian(name, given, family) || !cut(name, &words) || words.n == 0)
        return;
    if (is_firm(&words))
        return;
    *given = *family;
    while (comma < words.n && !words.at[comma].comma)
        comma++;
    join = join_at(&words, 0, words.n);
    if (words.first_comma)
        *given = given_of(&words, 0, words.n);
    else if (comma == words.n - 1 && words.n == 1)
        *family = span(&words, 0, 1);
    else if (comma < words.n - 1 && !only_suffixes(&words, comma))
        with_comma(&words, comma, given, family);
    else if (join)
        couple(&words, join, turned, given, family);
    else
        person(&words, 0, words.n, turned, given, family);
}

void tend_name_split(struct tend_text name, struct tend_text *given, struct tend_text *family)
{
    tend_name_split_in(name, (struct tend_text){ "", 0 }, given, family);
}
