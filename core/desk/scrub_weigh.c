/* What two people's likeness is worth together: the learned weight of each level, more
 * where they share what is rare, and less where all of it is what a household shares. */
#include "base/interrupt.h"
#include "desk/scrub_parts.h"

#define RARE_MOST 4             /* ln: what a rare value adds at most, or a common one takes */
#define BIN 1.5                 /* ln: the width of a bin of household sums */
#define BIN_ZERO 10
#define KEEP_ALL 200000         /* so few pairs are all kept, and shown to matchers of plugins */
#define KEEP_LIKELY -4.6F       /* ln: of more, those that are likelier than 1 in 100 */
#define AHEAD 16                /* pairs: fetched from memory before they are compared */

static const struct tend_scrub_field *field_of(const struct tend_scrub_people *people,
                                               int32_t comparison)
{
    return &people->field.at[TEND_SCRUB_OTHERS + comparison - 1];
}

bool tend_scrub_is_place(const struct tend_scrub_people *people, int32_t comparison)
{
    return comparison > 0 && field_of(people, comparison)->place;
}

/* A family name alone is shared by a household too. */
bool tend_scrub_is_shared(const struct tend_scrub_people *people, int32_t comparison,
                          uint64_t levels)
{
    return comparison > 0 ? tend_scrub_is_place(people, comparison)
                          : tend_scrub_level(levels, 0) == TEND_LIKE_NAME_FAMILY;
}

bool tend_scrub_is_of_name(const struct tend_scrub_people *people, int32_t comparison)
{
    return comparison > 0 && field_of(people, comparison)->of_name;
}

int32_t tend_scrub_named(uint64_t levels)
{
    int32_t level = tend_scrub_level(levels, 0);

    if (level <= TEND_LIKE_NAME_SOME)
        return -1;
    return level >= TEND_LIKE_NAME_NEAR ? TEND_SCRUB_WHOLE_NAMED : TEND_SCRUB_PART_NAMED;
}

/* --- rare and common values --------------------------------------------------- */

static double clamp(double w)
{
    return w > RARE_MOST ? RARE_MOST : w < -RARE_MOST ? -RARE_MOST : w;
}

/* Of a value that both have; 0 if there is none. */
static double rarity(const struct tend_scrub_people *people, int64_t f, uint32_t a, uint32_t b)
{
    const struct tend_scrub_field *field = &people->field.at[f];
    uint32_t first = tend_scrub_cell(people, f, a), other = tend_scrub_cell(people, f, b);
    const struct tend_scrub_has *x, *y;
    int32_t n, m;

    if (first == 0 || other == 0)
        return 0;
    if (!((first | other) & TEND_SCRUB_MORE))
        return first == other ? (double)field->value.at[first - 1].rarity : 0;
    n = tend_scrub_values(field, a, &x);
    m = tend_scrub_values(field, b, &y);
    for (int32_t i = 0; i < n; i++)
        for (int32_t j = 0; j < m; j++)
            if (x[i].value == y[j].value)
                return (double)field->value.at[x[i].value].rarity;
    return 0;
}

static bool has_equal_part(int32_t level)
{
    return level == TEND_LIKE_NAME_SAME || level == TEND_LIKE_NAME_ALMOST ||
           level == TEND_LIKE_NAME_GIVEN || level == TEND_LIKE_NAME_FAMILY ||
           level == TEND_LIKE_NAME_GIVEN_ALONE || level == TEND_LIKE_NAME_FAMILY_ALONE;
}

double tend_scrub_rare(const struct tend_scrub_people *people, const struct tend_scrub_look *look,
                       int32_t comparison)
{
    int32_t level = tend_scrub_level(look->levels, comparison);

    if (comparison > 0)
        return level == TEND_LIKE_SAME
                   ? clamp(rarity(people, TEND_SCRUB_OTHERS + comparison - 1, look->a, look->b))
                   : 0;
    if (!has_equal_part(level))
        return 0;
    return clamp(rarity(people, TEND_SCRUB_GIVEN, look->a, look->b) +
                 rarity(people, TEND_SCRUB_FAMILY, look->a, look->b));
}

/* --- a pair ----------------------------------------------------------------- */

int32_t tend_scrub_bin(double sum)
{
    double bin = sum / BIN + BIN_ZERO;

    return bin < 0 ? 0 : bin >= TEND_SCRUB_BINS ? TEND_SCRUB_BINS - 1 : (int32_t)bin;
}

double tend_scrub_part(const struct tend_scrub_people *people,
                       const struct tend_scrub_worth *worth, const struct tend_scrub_look *look,
                       int32_t comparison)
{
    int32_t level = tend_scrub_level(look->levels, comparison);
    int32_t named = tend_scrub_named(look->levels);

    if (level == TEND_LIKE_UNKNOWN)
        return 0;
    if (named >= 0 && level < TEND_LIKE_SAME && tend_scrub_is_of_name(people, comparison))
        return worth->weight_named[comparison][named][level];
    return worth->weight[comparison][level] + tend_scrub_rare(people, look, comparison);
}

static double weigh(const struct tend_scrub_people *people, const struct tend_scrub_worth *worth,
                    const struct tend_scrub_look *look)
{
    double sum = worth->prior, place = 0, of_bin;
    int32_t n = tend_scrub_comparisons(people);

    for (int32_t c = 0; c < n; c++)
        *(tend_scrub_is_shared(people, c, look->levels) ? &place : &sum) +=
            tend_scrub_part(people, worth, look, c);
    of_bin = worth->place[tend_scrub_bin(place)];
    return sum + (worth->place_learned && of_bin < place ? of_bin : place);
}

struct tend_scrub_look tend_scrub_look_at(const struct tend_scrub_people *people,
                                          const struct tend_scrub_worth *worth, uint32_t a,
                                          uint32_t b)
{
    struct tend_scrub_look look = { .a = a < b ? a : b, .b = a < b ? b : a };

    look.levels = tend_scrub_compare(people, look.a, look.b);
    look.weight = tend_scrub_is_apart(people, look.a, look.b) ? TEND_SCRUB_APART
                                                               : (float)weigh(people, worth, &look);
    return look;
}

/* --- all -------------------------------------------------------------------- */

tend_status tend_scrub_weigh(const struct tend_scrub_people *people,
                             const struct tend_scrub_pairs *pairs,
                             const struct tend_scrub_worth *worth, struct tend_scrub_looks *looks,
                             struct tend_error *err)
{
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < pairs->n; i++) {
        struct tend_scrub_look look;

        if (i + AHEAD < pairs->n)
            __builtin_prefetch(&people->cell[(int64_t)(uint32_t)pairs->at[i + AHEAD] *
                                             people->field.n]);
        look = tend_scrub_look_at(people, worth, (uint32_t)(pairs->at[i] >> 32),
                                  (uint32_t)pairs->at[i]);
        if (pairs->n <= KEEP_ALL || look.weight >= KEEP_LIKELY)
            TEND_PUSH(&looks->list, look);
        if (i % 65536 == 0)
            status = tend_interrupt_check(err);
    }
    return status;
}
