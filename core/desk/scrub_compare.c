/* How alike two people are, field by field, in a few levels each: what the levels are
 * worth is learned (scrub_learn.c), not said here. */
#include "base/likeness.h"
#include "desk/name_like.h"
#include "desk/scrub_parts.h"

#define NEAR_WORD 0.9           /* by Winkler */

static int64_t longer_of(struct tend_text a, struct tend_text b)
{
    return a.len > b.len ? a.len : b.len;
}

static int64_t shortened(int64_t len)
{
    return len < TEND_LIKE_MOST ? len : TEND_LIKE_MOST;
}

static bool begins(struct tend_text a, struct tend_text b)
{
    int64_t n = a.len < b.len ? a.len : b.len;

    return memcmp(a.at, b.at, (size_t)n) == 0;
}

/* --- values ----------------------------------------------------------------- */

static int32_t like_text(struct tend_text a, struct tend_text b)
{
    struct tend_like_words words = tend_like_words(a, b);
    double share;
    int32_t edits;

    if (words.numbers < 0 && memchr(a.at, ' ', (size_t)a.len) && memchr(b.at, ' ', (size_t)b.len))
        return words.shorter >= 0.5 ? TEND_LIKE_SOME : TEND_LIKE_OTHER; /* another house */
    edits = tend_like_edits(a, b);
    share = 1 - (double)edits / (double)shortened(longer_of(a, b));
    if ((edits == 1 && longer_of(a, b) >= 3) || share >= 0.86)
        return TEND_LIKE_ALMOST;
    if (words.shorter >= 0.95 && words.longer >= 0.6)
        return TEND_LIKE_ALMOST;
    if (share >= 0.72 || words.shorter >= 0.9 ||
        (a.len >= 4 && b.len >= 4 && begins(a, b)))
        return TEND_LIKE_PART;
    return share >= 0.5 || words.shorter >= 0.6 ? TEND_LIKE_SOME : TEND_LIKE_OTHER;
}

/* The end of a number is the number: its beginning is a country or a prefix. */
static bool same_end(struct tend_text a, struct tend_text b)
{
    int64_t n = a.len < b.len ? a.len : b.len;

    return n >= 6 && memcmp(a.at + a.len - n, b.at + b.len - n, (size_t)n) == 0;
}

static int32_t like_digits(struct tend_text a, struct tend_text b)
{
    int32_t edits = tend_like_edits(a, b);

    if ((longer_of(a, b) >= 4 && edits == 1) || same_end(a, b))
        return TEND_LIKE_ALMOST;
    return longer_of(a, b) >= 6 && edits == 2 ? TEND_LIKE_SOME : TEND_LIKE_OTHER;
}

static bool same_piece(struct tend_text a, int64_t i, struct tend_text b, int64_t j)
{
    return memcmp(a.at + i, b.at + j, 2) == 0;
}

/* Both are eight digits, the year first. */
static int32_t like_date(struct tend_text a, struct tend_text b)
{
    int32_t edits;
    bool year, month, day;

    if (a.len != 8 || b.len != 8)
        return like_digits(a, b);
    edits = tend_like_edits(a, b);
    year = memcmp(a.at, b.at, 4) == 0;
    month = same_piece(a, 4, b, 4);
    day = same_piece(a, 6, b, 6);
    if (edits == 1 || (year && same_piece(a, 4, b, 6) && same_piece(a, 6, b, 4)))
        return TEND_LIKE_ALMOST;        /* a slip, or the month before the day */
    if (year + month + day == 2 || edits == 2)
        return TEND_LIKE_PART;
    return year ? TEND_LIKE_SOME : TEND_LIKE_OTHER;
}

static struct tend_text before_at(struct tend_text email)
{
    const char *at = memchr(email.at, '@', (size_t)email.len);

    return at ? (struct tend_text){ email.at, at - email.at } : email;
}

static int32_t like_email(struct tend_text a, struct tend_text b)
{
    struct tend_text x = before_at(a), y = before_at(b);
    double share;

    if (tend_text_eq(x, y) || tend_like_share(a, b) >= 0.88)
        return TEND_LIKE_ALMOST;
    share = tend_like_share(x, y);
    return share >= 0.8 ? TEND_LIKE_PART : share >= 0.6 ? TEND_LIKE_SOME : TEND_LIKE_OTHER;
}

/* Do the two have so few letters in common that no likeness could come of it? Each edit
 * brings or takes one letter at most. */
static bool strangers(const struct tend_scrub_value *a, const struct tend_scrub_value *b)
{
    int32_t most = (int32_t)(a->len > b->len ? a->len : b->len);
    int32_t only_a = __builtin_popcountll(a->letters & ~b->letters);
    int32_t only_b = __builtin_popcountll(b->letters & ~a->letters);

    return 2 * (only_a > only_b ? only_a : only_b) > most;
}

/* Where what is known of two values is kept, or will be: towns and given names are few,
 * and met again and again. */
static struct tend_scrub_known *known_of(const struct tend_scrub_people *people, int64_t field,
                                         uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)field;

    return &people->known[(h ^ h >> 31) % TEND_SCRUB_KNOWN];
}

static bool is_known(const struct tend_scrub_known *known, int64_t field, uint32_t a, uint32_t b)
{
    return known->a == a + 1 && known->b == b + 1 && known->field == field;
}

static int32_t like_known_text(const struct tend_scrub_people *people, int64_t field, uint32_t a,
                               uint32_t b)
{
    struct tend_scrub_known *known = known_of(people, field, a, b);
    const struct tend_scrub_field *of = &people->field.at[field];

    if (!is_known(known, field, a, b))
        *known = (struct tend_scrub_known){
            a + 1, b + 1, (uint16_t)field,
            (uint16_t)like_text(tend_scrub_text(people, of, a), tend_scrub_text(people, of, b))
        };
    return known->level;
}

static int32_t like(const struct tend_scrub_people *people, int64_t f, uint32_t a, uint32_t b)
{
    const struct tend_scrub_field *field = &people->field.at[f];

    if (a == b)
        return TEND_LIKE_SAME;
    if (strangers(&field->value.at[a], &field->value.at[b]))
        return TEND_LIKE_OTHER;
    switch (field->type) {
    case TEND_SCRUB_DATE:
        return like_date(tend_scrub_text(people, field, a), tend_scrub_text(people, field, b));
    case TEND_SCRUB_DIGITS:
        return like_digits(tend_scrub_text(people, field, a), tend_scrub_text(people, field, b));
    case TEND_SCRUB_EMAIL:
        return like_email(tend_scrub_text(people, field, a), tend_scrub_text(people, field, b));
    default:
        return like_known_text(people, f, a, b);
    }
}

/* The best of what both have. */
static int32_t like_many(const struct tend_scrub_people *people, int64_t f, uint32_t a, uint32_t b)
{
    const struct tend_scrub_has *x, *y;
    int32_t n = tend_scrub_values(&people->field.at[f], a, &x);
    int32_t m = tend_scrub_values(&people->field.at[f], b, &y);
    int32_t best = TEND_LIKE_UNKNOWN;

    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < m; j++) {
            int32_t level = like(people, f, x[i].value, y[j].value);

            best = level > best ? level : best;
        }
    return best;
}

static int32_t like_field(const struct tend_scrub_people *people, int64_t f, uint32_t a, uint32_t b)
{
    uint32_t x = tend_scrub_cell(people, f, a), y = tend_scrub_cell(people, f, b);

    if (x == 0 || y == 0)
        return TEND_LIKE_UNKNOWN;
    if ((x | y) & TEND_SCRUB_MORE)
        return like_many(people, f, a, b);
    return like(people, f, x - 1, y - 1);
}

/* --- names ------------------------------------------------------------------ */

enum part { UNKNOWN = -1, OTHER, NEAR, EQUAL };

static bool one_word(struct tend_text a)
{
    return memchr(a.at, ' ', (size_t)a.len) == NULL;
}

/* An initial, a slip, a short form; of several words, all of one in the other. */
static enum part compare_part(struct tend_text a, struct tend_text b)
{
    int64_t shorter = a.len < b.len ? a.len : b.len;

    if (tend_text_eq(a, b))
        return EQUAL;
    if (shorter == 1)
        return a.at[0] == b.at[0] ? NEAR : OTHER;
    if (longer_of(a, b) >= 3 && tend_like_edits(a, b) == 1)
        return NEAR;
    if (!one_word(a) || !one_word(b))
        return tend_like_words(a, b).shorter >= 0.95 ? NEAR : OTHER;
    if (tend_like_winkler(a, b) >= NEAR_WORD || (shorter >= 3 && begins(a, b)))
        return NEAR;
    return OTHER;
}

/* A part of a name: its value of a field, if it is known. */
struct name_part {
    int64_t field;
    uint32_t value;             /* its number + 1; 0: not known */
};
struct name {
    struct name_part whole, given, family;
};

static struct name_part part_of(const struct tend_scrub_people *people, int64_t field,
                                uint32_t person)
{
    return (struct name_part){ field, tend_scrub_cell(people, field, person) & ~TEND_SCRUB_MORE };
}

static struct name name_of(const struct tend_scrub_people *people, uint32_t person)
{
    return (struct name){ part_of(people, TEND_SCRUB_NAME, person),
                          part_of(people, TEND_SCRUB_GIVEN, person),
                          part_of(people, TEND_SCRUB_FAMILY, person) };
}

static struct tend_text text_of(const struct tend_scrub_people *people, struct name_part part)
{
    return tend_scrub_text(people, &people->field.at[part.field], part.value - 1);
}

static enum part like_part(const struct tend_scrub_people *people, struct name_part a,
                           struct name_part b)
{
    int64_t field = TEND_SCRUB_OTHERS + TEND_SCRUB_FIELDS + 4 * a.field + b.field;
    struct tend_scrub_known *known;

    if (a.value == 0 || b.value == 0)
        return UNKNOWN;
    if (a.field == b.field && a.value == b.value)
        return EQUAL;
    known = known_of(people, field, a.value - 1, b.value - 1);
    if (!is_known(known, field, a.value - 1, b.value - 1))
        *known = (struct tend_scrub_known){
            a.value, b.value, (uint16_t)field,
            (uint16_t)compare_part(text_of(people, a), text_of(people, b))
        };
    return (enum part)known->level;
}

/* Of a name of which one side knows only one part. */
static int32_t like_half(enum part given, enum part family, bool crossed)
{
    enum part known = given == UNKNOWN ? family : given;

    if (known == EQUAL)
        return given == UNKNOWN ? TEND_LIKE_NAME_FAMILY_ALONE : TEND_LIKE_NAME_GIVEN_ALONE;
    if (known == NEAR || crossed)
        return TEND_LIKE_NAME_ONE;
    return known == OTHER ? TEND_LIKE_NAME_OTHER : TEND_LIKE_UNKNOWN;
}

static int32_t like_words(struct tend_text a, struct tend_text b)
{
    struct tend_like_words words = tend_like_words(a, b);

    if (words.shorter >= 0.95 && words.longer > 0.7)
        return TEND_LIKE_NAME_NEAR;
    return words.shorter >= 0.9 ? TEND_LIKE_NAME_WORDS : TEND_LIKE_UNKNOWN;
}

static int32_t like_name(const struct tend_scrub_people *people, uint32_t x, uint32_t y)
{
    struct name a = name_of(people, x), b = name_of(people, y);
    enum part given, family, turned, back;
    int32_t words;

    if (a.whole.value == 0 || b.whole.value == 0)
        return TEND_LIKE_UNKNOWN;
    if (a.whole.value == b.whole.value)
        return TEND_LIKE_NAME_SAME;
    given = like_part(people, a.given, b.given);
    family = like_part(people, a.family, b.family);
    turned = like_part(people, a.given, b.family);
    back = like_part(people, a.family, b.given);
    if (turned > OTHER && back > OTHER && turned + back > EQUAL)
        return TEND_LIKE_NAME_TURNED;
    if (given == UNKNOWN || family == UNKNOWN)
        return like_half(given, family, turned > OTHER || back > OTHER);
    if (given == OTHER && family == EQUAL &&        /* Susi and Susanne: asked where it matters */
        tend_name_given_like(text_of(people, a.given), text_of(people, b.given)))
        given = NEAR;
    if (given > OTHER && family > OTHER)
        return given + family > EQUAL ? TEND_LIKE_NAME_ALMOST : TEND_LIKE_NAME_NEAR;
    words = like_words(text_of(people, a.whole), text_of(people, b.whole));
    if (words != TEND_LIKE_UNKNOWN)
        return words;
    if (family == EQUAL)
        return TEND_LIKE_NAME_FAMILY;
    if (given == EQUAL)
        return TEND_LIKE_NAME_GIVEN;
    return given + family > 0 || turned > OTHER || back > OTHER ? TEND_LIKE_NAME_SOME
                                                                : TEND_LIKE_NAME_OTHER;
}

/* --- all -------------------------------------------------------------------- */

int32_t tend_scrub_comparisons(const struct tend_scrub_people *people)
{
    return (int32_t)people->field.n - TEND_SCRUB_OTHERS + 1;
}

uint64_t tend_scrub_compare(const struct tend_scrub_people *people, uint32_t a, uint32_t b)
{
    uint64_t levels = (uint64_t)like_name(people, a, b);

    for (int64_t f = TEND_SCRUB_OTHERS; f < people->field.n; f++) {
        uint64_t level = (uint64_t)like_field(people, f, a, b);

        levels |= level << (4 * (f - TEND_SCRUB_OTHERS + 1));
    }
    return levels;
}
