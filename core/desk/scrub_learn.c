/* What each likeness is worth, learned from the people themselves, without anybody
 * having told which pairs are the same: Fellegi and Sunter's weights (1969), how often
 * any two people are so alike counted from random pairs, how often the same person is so
 * alike estimated by expectation and maximisation over the pairs that were found
 * (Winkler 1988). A value that many have is worth less than a rare one.
 *
 * Two cautions keep that from finding something else than people. What is expected of
 * the same person has a weight of its own beside what the data say, and another name
 * is never common among the same. And what a household shares (address, telephone, town)
 * comes together or not at all: its sum is counted as one thing, worth what such a sum
 * was worth. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "desk/scrub_parts.h"
#include <math.h>

#define RANDOM_PAIRS 150000
#define SAMPLE 250000          /* pairs that are learned from at most */
#define ROUNDS 60
#define STEADY 1e-3
#define PRIOR_PAIRS 10          /* what is expected weighs as much as so many pairs */
#define PRIOR_SHARE 0.3         /* and as this share of those found */
#define ANY_PAIRS 200           /* the same of random pairs */
#define OTHER_NAME_MOST 0.02    /* of the same people have a name that is quite another */
#define RARE_MOST 4             /* ln: what a rare value adds at most, or a common one takes */
#define BIN 1.5                 /* ln: the width of a bin of household sums */
#define BIN_ZERO 10

/* Expected of the same person, and of any two; only relations matter. */
static const double same_value[TEND_LIKE_N] = { 0, 3, 3, 8, 15, 60 };
static const double any_value[TEND_LIKE_N] = { 0, 0.9, 0.06, 0.03, 0.008, 0.002 };
static const double same_name[TEND_LIKE_NAME_N] = { 0, 1, 1, 1, 1, 1, 1, 8, 8, 12, 12, 12, 60 };
static const double any_name[TEND_LIKE_NAME_N] = { 0, 0.94, 0.02, 0.01, 0.01, 0.004, 0.001,
                                                   0.002, 0.002, 0.0005, 0.001, 0.0005, 0.0005 };

static int32_t levels_of(int32_t comparison)
{
    return comparison == 0 ? TEND_LIKE_NAME_N : TEND_LIKE_N;
}

static const double *expected(int32_t comparison, bool same)
{
    if (comparison == 0)
        return same ? same_name : any_name;
    return same ? same_value : any_value;
}

static const struct tend_scrub_field *field_of(const struct tend_scrub_people *people,
                                               int32_t comparison)
{
    return &people->field.at[TEND_SCRUB_OTHERS + comparison - 1];
}

static bool is_place(const struct tend_scrub_people *people, int32_t comparison)
{
    return comparison > 0 && field_of(people, comparison)->place;
}

/* --- rare and common values --------------------------------------------------- */

static double clamp(double w)
{
    return w > RARE_MOST ? RARE_MOST : w < -RARE_MOST ? -RARE_MOST : w;
}

/* Of a value that both have. */
static double rarity(const struct tend_scrub_field *field, uint32_t a, uint32_t b)
{
    const struct tend_scrub_has *x, *y;
    int32_t n = tend_scrub_values(field, a, &x), m = tend_scrub_values(field, b, &y);

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

static double rare(const struct tend_scrub_people *people, const struct tend_scrub_look *look,
                   int32_t comparison, int32_t level)
{
    double w = 0;

    if (comparison > 0)
        return level == TEND_LIKE_SAME
                   ? clamp(rarity(field_of(people, comparison), look->a, look->b)) : 0;
    if (has_equal_part(level))
        for (int32_t f = TEND_SCRUB_GIVEN; f <= TEND_SCRUB_FAMILY; f++)
            w += rarity(&people->field.at[f], look->a, look->b);
    return clamp(w);
}

/* --- weights ------------------------------------------------------------------ */

static int32_t bin_of(double sum)
{
    int32_t bin = (int32_t)(sum / BIN + BIN_ZERO);

    return bin < 0 ? 0 : bin >= TEND_SCRUB_BINS ? TEND_SCRUB_BINS - 1 : bin;
}

double tend_scrub_part(const struct tend_scrub_people *people,
                       const struct tend_scrub_worth *worth, const struct tend_scrub_look *look,
                       int32_t comparison)
{
    int32_t level = tend_scrub_level(look->levels, comparison);

    if (level == TEND_LIKE_UNKNOWN)
        return 0;
    return worth->weight[comparison][level] + rare(people, look, comparison, level);
}

/* *place: what the household's things add up to by themselves. */
static double weigh(const struct tend_scrub_people *people, const struct tend_scrub_worth *worth,
                    const struct tend_scrub_look *look, double *place)
{
    int32_t n = tend_scrub_comparisons(people);
    double sum = worth->prior;

    *place = 0;
    for (int32_t c = 0; c < n; c++) {
        double part = tend_scrub_part(people, worth, look, c);

        if (is_place(people, c))
            *place += part;
        else
            sum += part;
    }
    if (worth->place_learned && worth->place[bin_of(*place)] < *place)
        return sum + worth->place[bin_of(*place)];
    return sum + *place;
}

double tend_scrub_weigh(const struct tend_scrub_people *people,
                        const struct tend_scrub_worth *worth, const struct tend_scrub_look *look)
{
    double place;

    return weigh(people, worth, look, &place);
}

/* --- any two people --------------------------------------------------------- */

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static double all_pairs(const struct tend_scrub_people *people)
{
    return (double)people->n * (double)(people->n - 1) / 2;
}

static void learn_any(const struct tend_scrub_people *people, struct tend_scrub_worth *worth)
{
    int32_t n = tend_scrub_comparisons(people);
    double count[TEND_SCRUB_FIELDS][TEND_SCRUB_LEVELS] = { 0 };
    double most = all_pairs(people) < RANDOM_PAIRS ? all_pairs(people) : RANDOM_PAIRS;
    uint64_t random = UINT64_C(88172645463325252);      /* the same at every run */

    for (int64_t i = 0; i < RANDOM_PAIRS; i++) {
        uint32_t a = (uint32_t)(next_random(&random) % (uint64_t)people->n);
        uint32_t b = (uint32_t)(next_random(&random) % (uint64_t)people->n);
        uint64_t levels = a == b ? 0 : tend_scrub_compare(people, a, b);

        for (int32_t c = 0; c < n; c++)
            count[c][tend_scrub_level(levels, c)] += most / RANDOM_PAIRS;
    }
    for (int32_t c = 0; c < n; c++) {
        double sum = ANY_PAIRS;

        for (int32_t l = 1; l < levels_of(c); l++)
            sum += count[c][l];
        for (int32_t l = 1; l < levels_of(c); l++)
            worth->any[c][l] = (count[c][l] + ANY_PAIRS * expected(c, false)[l]) / sum;
        /* how often two have the same value is known, and need not be guessed */
        if (c > 0 && people->n > 100) {
            double least = 0.5 / (double)field_of(people, c)->filled;
            double chance = field_of(people, c)->chance;

            worth->any[c][TEND_LIKE_SAME] = chance > least ? chance : least;
        }
    }
}

/* --- the same person -------------------------------------------------------- */

struct round {                  /* what one round counts */
    double level[TEND_SCRUB_FIELDS][TEND_SCRUB_LEVELS];
    double bin_same[TEND_SCRUB_BINS], bin_any[TEND_SCRUB_BINS];
    double same;
};

static double expected_same(int32_t c, int32_t level)
{
    const double *e = expected(c, true);
    double sum = 0;

    for (int32_t l = 1; l < levels_of(c); l++)
        sum += e[l];
    return e[level] / sum;
}

static void expect(const struct tend_scrub_people *people, const struct tend_scrub_looks *looks,
                   int64_t step, const struct tend_scrub_worth *worth, struct round *round)
{
    int32_t n = tend_scrub_comparisons(people);

    memset(round, 0, sizeof *round);
    for (int64_t i = 0; i < looks->list.n; i += step) {
        const struct tend_scrub_look *look = &looks->list.at[i];
        double place, w = weigh(people, worth, look, &place);
        double p = (double)step / (1 + exp(-w));

        for (int32_t c = 0; c < n; c++)
            round->level[c][tend_scrub_level(look->levels, c)] += p;
        round->bin_same[bin_of(place)] += p;
        round->bin_any[bin_of(place)] += (double)step - p;
        round->same += p;
    }
}

static void set_weights(const struct tend_scrub_people *people, struct tend_scrub_worth *worth)
{
    for (int32_t c = 0; c < tend_scrub_comparisons(people); c++)
        for (int32_t l = 1; l < levels_of(c); l++)
            worth->weight[c][l] = log(worth->same[c][l] / worth->any[c][l]);
}

/* Returns how much changed. */
static double maximise(const struct tend_scrub_people *people, const struct round *round,
                       struct tend_scrub_worth *worth)
{
    int32_t n = tend_scrub_comparisons(people);
    double changed = 0;

    for (int32_t c = 0; c < n; c++) {
        double sum = 0, prior;

        for (int32_t l = 1; l < levels_of(c); l++)
            sum += round->level[c][l];
        prior = PRIOR_PAIRS + PRIOR_SHARE * sum;
        for (int32_t l = 1; l < levels_of(c); l++) {
            double same = (round->level[c][l] + prior * expected_same(c, l)) / (sum + prior);

            if (c == 0 && l <= TEND_LIKE_NAME_SOME && same > OTHER_NAME_MOST)
                same = OTHER_NAME_MOST;
            changed += fabs(same - worth->same[c][l]);
            worth->same[c][l] = same;
        }
    }
    return changed;
}

/* What such a sum of household things was worth; never less than a smaller sum's. */
static void learn_place(const struct tend_scrub_people *people, const struct round *round,
                        struct tend_scrub_worth *worth)
{
    for (int32_t b = 0; b < TEND_SCRUB_BINS; b++) {
        worth->place[b] = log((round->bin_same[b] + 0.5) / (round->same + 1) /
                              ((round->bin_any[b] + 0.5) / all_pairs(people)));
        if (b > 0 && worth->place[b] < worth->place[b - 1])
            worth->place[b] = (worth->place[b] + worth->place[b - 1]) / 2;
    }
    worth->place_learned = true;
}

static double log_odds(double p)
{
    return log(p / (1 - p));
}

static void learn_prior(const struct tend_scrub_people *people, double same,
                        struct tend_scrub_worth *worth)
{
    double all = all_pairs(people), least = 0.01 * (double)people->n / all;
    double share = (same + 0.5) / all;

    share = share < least ? least : share;
    worth->prior = log_odds(share > 0.2 ? 0.2 : share);
}

tend_status tend_scrub_learn(const struct tend_scrub_people *people,
                             struct tend_scrub_looks *looks, struct tend_scrub_worth *worth,
                             struct tend_error *err)
{
    int32_t n = tend_scrub_comparisons(people);
    int64_t step = looks->list.n / SAMPLE + 1;
    tend_status status = TEND_OK;

    *worth = (struct tend_scrub_worth){ 0 };
    if (people->n < 2)
        return TEND_OK;
    for (int64_t i = 0; status == TEND_OK && i < looks->list.n; i++) {
        struct tend_scrub_look *look = &looks->list.at[i];

        look->levels = tend_scrub_compare(people, look->a, look->b);
        if (i % 4096 == 0)
            status = tend_interrupt_check(err);
    }
    if (status != TEND_OK)
        return status;
    learn_any(people, worth);
    for (int32_t c = 0; c < n; c++)
        for (int32_t l = 1; l < levels_of(c); l++)
            worth->same[c][l] = expected_same(c, l);
    set_weights(people, worth);
    learn_prior(people, 0.1 * (double)people->n, worth);
    for (int32_t i = 0; status == TEND_OK && i < ROUNDS; i++) {
        struct round round;
        double changed;

        expect(people, looks, step, worth, &round);
        changed = maximise(people, &round, worth);
        set_weights(people, worth);
        learn_place(people, &round, worth);
        learn_prior(people, round.same, worth);
        status = tend_interrupt_check(err);
        if (changed < STEADY)
            break;
    }
    for (int64_t i = 0; i < looks->list.n; i++)
        looks->list.at[i].weight = (float)tend_scrub_weigh(people, worth, &looks->list.at[i]);
    return status;
}
