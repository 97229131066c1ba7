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
#include "base/interrupt.h"
#include "desk/scrub_parts.h"
#include <math.h>

#define RANDOM_PAIRS 150000
#define SAMPLE 250000          /* pairs that are learned from at most */
#define ROUNDS 60
#define STEADY 1e-3
#define PRIOR_PAIRS 10          /* what is expected weighs as much as so many pairs */
#define PRIOR_SHARE 0.3         /* and as this share of those found */
#define ANY_PAIRS 200           /* the same of random pairs, and of others of one name */
#define OTHER_NAME_MOST 0.02    /* of the same people have a name that is quite another */

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

/* How often two have the same value is known and need not be guessed, once many have one. */
static double chance_of_same(const struct tend_scrub_field *field)
{
    double filled = (double)field->filled, pairs = filled * (filled - 1) / 2;
    double chance = (field->chance * pairs + ANY_PAIRS * any_value[TEND_LIKE_SAME]) /
                    (pairs + ANY_PAIRS);

    return chance > 0.5 / filled ? chance : 0.5 / filled;
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
        if (c > 0 && people->n > 100)
            worth->any[c][TEND_LIKE_SAME] = chance_of_same(field_of(people, c));
    }
}

/* --- the same person -------------------------------------------------------- */

struct sample {                 /* a pair that is learned from */
    uint64_t levels;
    float rest, place;          /* what rare values add, which no weight changes */
};
struct samples {
    struct sample *at;
    int64_t n;
    double stands_for;          /* so many pairs each */
    int32_t comparisons;
    bool place[TEND_SCRUB_FIELDS], of_name[TEND_SCRUB_FIELDS];
};

struct round {                  /* what one round counts */
    double level[TEND_SCRUB_FIELDS][TEND_SCRUB_LEVELS];
    double named[TEND_SCRUB_FIELDS][TEND_SCRUB_NAMED][TEND_LIKE_N];     /* of others */
    double bin_same[TEND_SCRUB_BINS], bin_any[TEND_SCRUB_BINS];
    double same;
};

static tend_status take_samples(const struct tend_scrub_people *people,
                                const struct tend_scrub_pairs *pairs, struct samples *samples,
                                struct tend_error *err)
{
    int64_t step = pairs->n / SAMPLE + 1;
    tend_status status = TEND_OK;

    samples->stands_for = (double)step;
    samples->comparisons = tend_scrub_comparisons(people);
    samples->at = tend_alloc((size_t)(pairs->n / step + 1) * sizeof *samples->at);
    for (int32_t c = 0; c < samples->comparisons; c++) {
        samples->place[c] = tend_scrub_is_place(people, c);
        samples->of_name[c] = tend_scrub_is_of_name(people, c);
    }
    for (int64_t i = 0; i < pairs->n && status == TEND_OK; i += step) {
        struct sample *sample = &samples->at[samples->n++];
        struct tend_scrub_look look = { .a = (uint32_t)(pairs->at[i] >> 32),
                                        .b = (uint32_t)pairs->at[i] };

        look.levels = sample->levels = tend_scrub_compare(people, look.a, look.b);
        for (int32_t c = 0; c < samples->comparisons; c++)
            *(tend_scrub_is_shared(people, c, look.levels) ? &sample->place : &sample->rest) +=
                (float)tend_scrub_rare(people, &look, c);
        if (samples->n % 4096 == 0)
            status = tend_interrupt_check(err);
    }
    return status;
}

static double weigh(const struct samples *samples, const struct tend_scrub_worth *worth,
                    const struct sample *sample, double *place)
{
    double sum = worth->prior + (double)sample->rest, of_bin;
    int32_t named = tend_scrub_named(sample->levels);

    *place = (double)sample->place;
    for (int32_t c = 0; c < samples->comparisons; c++) {
        int32_t level = tend_scrub_level(sample->levels, c);

        if (named >= 0 && samples->of_name[c] && level < TEND_LIKE_SAME)
            sum += worth->weight_named[c][named][level];
        else
            *(samples->place[c] || (c == 0 && level == TEND_LIKE_NAME_FAMILY) ? place : &sum) +=
                worth->weight[c][level];
    }
    of_bin = worth->place[tend_scrub_bin(*place)];
    return sum + (worth->place_learned && of_bin < *place ? of_bin : *place);
}

static double expected_same(int32_t c, int32_t level)
{
    const double *e = expected(c, true);
    double sum = 0;

    for (int32_t l = 1; l < levels_of(c); l++)
        sum += e[l];
    return e[level] / sum;
}

static void count_named(const struct samples *samples, const struct sample *sample, double others,
                        struct round *round)
{
    int32_t named = tend_scrub_named(sample->levels);

    for (int32_t c = 1; named >= 0 && c < samples->comparisons; c++)
        if (samples->of_name[c])
            round->named[c][named][tend_scrub_level(sample->levels, c)] += others;
}

static void expect(const struct samples *samples, const struct tend_scrub_worth *worth,
                   struct round *round)
{
    memset(round, 0, sizeof *round);
    for (int64_t i = 0; i < samples->n; i++) {
        const struct sample *sample = &samples->at[i];
        double place, w = weigh(samples, worth, sample, &place);
        double p = samples->stands_for / (1 + exp(-w));

        for (int32_t c = 0; c < samples->comparisons; c++)
            round->level[c][tend_scrub_level(sample->levels, c)] += p;
        count_named(samples, sample, samples->stands_for - p, round);
        round->bin_same[tend_scrub_bin(place)] += p;
        round->bin_any[tend_scrub_bin(place)] += samples->stands_for - p;
        round->same += p;
    }
}

static int32_t first_alike(int32_t comparison)
{
    return comparison == 0 ? (int32_t)TEND_LIKE_NAME_NEAR : (int32_t)TEND_LIKE_ALMOST;
}

/* What is almost the same, or more, never speaks against two: where hardly anybody is
 * here twice, there is too little to learn that from. */
static void set_weights(const struct tend_scrub_people *people, struct tend_scrub_worth *worth)
{
    for (int32_t c = 0; c < tend_scrub_comparisons(people); c++)
        for (int32_t l = 1; l < levels_of(c); l++) {
            double weight = log(worth->same[c][l] / worth->any[c][l]);

            worth->weight[c][l] = l >= first_alike(c) && weight < 0 ? 0 : weight;
        }
}

/* Of what is made of the name: how often it is so alike among others of such names. */
static void set_named(const struct tend_scrub_people *people, const struct round *round,
                      struct tend_scrub_worth *worth)
{
    for (int32_t c = 1; c < tend_scrub_comparisons(people); c++)
        for (int32_t named = 0; named < TEND_SCRUB_NAMED; named++) {
            const double *count = round->named[c][named];
            double sum = ANY_PAIRS;

            for (int32_t l = 1; l < TEND_LIKE_SAME; l++)
                sum += count[l];
            for (int32_t l = 1; l < TEND_LIKE_SAME; l++)
                worth->weight_named[c][named][l] =
                    log(worth->same[c][l] / ((count[l] + ANY_PAIRS * worth->any[c][l]) / sum));
        }
}

/* One person is the same at least as often as almost the same: a class of pairs of which
 * that is not true is one of neighbours. Both get the half of what they have. */
static void order(double *same, int32_t first, int32_t last)
{
    for (int32_t l = first; l < last; l++)
        if (same[l] > same[last])
            same[l] = same[last] = (same[l] + same[last]) / 2;
}

/* Returns how much changed. */
static double maximise(const struct tend_scrub_people *people, const struct round *round,
                       struct tend_scrub_worth *worth)
{
    int32_t n = tend_scrub_comparisons(people);
    double changed = 0;

    for (int32_t c = 0; c < n; c++) {
        double now[TEND_SCRUB_LEVELS] = { 0 }, sum = 0, prior;

        for (int32_t l = 1; l < levels_of(c); l++)
            sum += round->level[c][l];
        prior = PRIOR_PAIRS + PRIOR_SHARE * sum;
        for (int32_t l = 1; l < levels_of(c); l++) {
            double same = (round->level[c][l] + prior * expected_same(c, l)) / (sum + prior);

            if (c == 0 && (l <= TEND_LIKE_NAME_SOME || l == TEND_LIKE_NAME_FAMILY) &&
                same > OTHER_NAME_MOST)
                same = OTHER_NAME_MOST;
            now[l] = same;
        }
        order(now, first_alike(c), levels_of(c) - 1);
        for (int32_t l = 1; l < levels_of(c); l++) {
            changed += fabs(now[l] - worth->same[c][l]);
            worth->same[c][l] = now[l];
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

static void begin(const struct tend_scrub_people *people, struct tend_scrub_worth *worth)
{
    learn_any(people, worth);
    for (int32_t c = 0; c < tend_scrub_comparisons(people); c++)
        for (int32_t l = 1; l < levels_of(c); l++)
            worth->same[c][l] = expected_same(c, l);
    set_weights(people, worth);
    set_named(people, &(struct round){ .same = 0 }, worth);
    learn_prior(people, 0.1 * (double)people->n, worth);
}

tend_status tend_scrub_learn(const struct tend_scrub_people *people,
                             const struct tend_scrub_pairs *pairs, struct tend_scrub_worth *worth,
                             struct tend_error *err)
{
    struct samples samples = { 0 };
    double changed = 2 * STEADY;
    tend_status status;

    *worth = (struct tend_scrub_worth){ 0 };
    if (people->n < 2)
        return TEND_OK;
    status = take_samples(people, pairs, &samples, err);
    if (status == TEND_OK)
        begin(people, worth);
    for (int32_t i = 0; status == TEND_OK && i < ROUNDS && changed >= STEADY; i++) {
        struct round round;

        expect(&samples, worth, &round);
        changed = maximise(people, &round, worth);
        set_weights(people, worth);
        set_named(people, &round, worth);
        learn_place(people, &round, worth);
        learn_prior(people, round.same, worth);
        status = tend_interrupt_check(err);
    }
    tend_free(samples.at);
    return status;
}
