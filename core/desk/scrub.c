/* Scrub from end to end: what is known of everybody, who is worth a look, what each
 * likeness is worth, what the matchers of plugins say, and who belongs together. */
#include "desk/scrub.h"
#include "base/interrupt.h"
#include "desk/name_like.h"
#include "desk/scrub_parts.h"
#include <math.h>
#include <stdlib.h>

#define BLOCK 256
#define SURELY 14               /* ln of the odds that a matcher means by 1 or 0 */

struct scrubbing {
    struct tend_desk *desk;
    struct tend_arena *arena;           /* of what is found */
    struct tend_arena scratch;          /* of one block */
    struct tend_scrub_people people;
    struct tend_scrub_pairs pairs;
    struct tend_scrub_looks looks;
    struct tend_scrub_worth worth;
    TEND_ARRAY(const struct tend_provider *) matcher;
    TEND_ARRAY(const char *) trouble;
    struct opinion *opinion;                    /* of plugins, by pair, in order */
    int64_t n_opinions, opinions_cap;
};

struct opinion {
    uint32_t a, b;
    const char *reason;
};

/* --- what plugins say --------------------------------------------------------- */

/* One that fails is asked no more; one that broke a limit fails the command. */
static tend_status failed(struct scrubbing *s, int64_t at, tend_status status)
{
    if (status == TEND_CANCELLED || tend_registry_breached(s->desk->registry))
        return status;
    TEND_PUSH(&s->trouble, tend_arena_str(s->arena, tend_text_of(s->desk->err->text)));
    tend_error_clear(s->desk->err);
    for (; at + 1 < s->matcher.n; at++)
        s->matcher.at[at] = s->matcher.at[at + 1];
    s->matcher.n--;
    return TEND_OK;
}

static double log_odds(double p)
{
    double odds = p <= 0 ? -SURELY : p >= 1 ? SURELY : log(p / (1 - p));

    return odds > SURELY ? SURELY : odds < -SURELY ? -SURELY : odds;
}

static void keep_reason(struct scrubbing *s, const struct tend_scrub_look *look,
                        struct tend_text reason)
{
    if (reason.len == 0)
        return;
    if (s->n_opinions == s->opinions_cap) {
        s->opinions_cap = s->opinions_cap ? s->opinions_cap * 2 : 64;
        s->opinion = tend_realloc(s->opinion, (size_t)s->opinions_cap * sizeof *s->opinion);
    }
    s->opinion[s->n_opinions++] =
        (struct opinion){ look->a, look->b, tend_arena_str(s->arena, reason) };
}

/* How sure what was learned is: that any two are seldom one speaks against no plugin. */
static double sureness(const struct scrubbing *s, double weight)
{
    if (weight >= 0)
        return weight;
    return weight < s->worth.prior ? s->worth.prior - weight : 0;
}

/* Whoever is surer is heard: what was learned, or the plugin. */
static void hear(struct scrubbing *s, struct tend_scrub_look *const *looks,
                 const struct tend_score *scores, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        double odds;

        if (scores[i].same < 0)
            continue;
        odds = log_odds(scores[i].same);
        if (fabs(odds) > sureness(s, (double)looks[i]->weight) &&
            (odds > 0 || odds < (double)looks[i]->weight))
            looks[i]->weight = (float)odds;
        keep_reason(s, looks[i], scores[i].reason);
    }
}

static tend_status ask_block(struct scrubbing *s, struct tend_scrub_look *const *looks, int64_t n)
{
    struct tend_pair pairs[BLOCK];
    struct tend_score scores[BLOCK];

    for (int64_t i = 0; i < n; i++)
        pairs[i] = (struct tend_pair){ s->people.id[looks[i]->a], s->people.id[looks[i]->b] };
    for (int64_t m = 0; m < s->matcher.n; m++) {
        tend_status status = tend_call_matcher(s->desk->registry, s->matcher.at[m], n, pairs,
                                               scores, &s->scratch);

        if (status == TEND_OK) {
            hear(s, looks, scores, n);
            continue;
        }
        status = failed(s, m--, status);
        if (status != TEND_OK)
            return status;
    }
    tend_arena_reset(&s->scratch);
    return tend_interrupt_check(s->desk->err);
}

static tend_status ask_plugins(struct scrubbing *s)
{
    struct tend_scrub_look *block[BLOCK];
    const struct tend_provider *matcher;
    tend_status status = TEND_OK;
    int64_t n = 0;

    for (int64_t i = 0; (matcher = tend_registry_at(s->desk->registry, "matcher", i, false)); i++)
        TEND_PUSH(&s->matcher, matcher);
    for (int64_t i = 0; status == TEND_OK && s->matcher.n > 0 && i < s->looks.list.n; i++) {
        struct tend_scrub_look *look = &s->looks.list.at[i];

        if (look->weight <= TEND_SCRUB_APART)
            continue;
        block[n++] = look;
        if (n == BLOCK) {
            status = ask_block(s, block, n);
            n = 0;
        }
    }
    return status == TEND_OK && n > 0 ? ask_block(s, block, n) : status;
}

/* --- what was found ----------------------------------------------------------- */

static void put_reasons(struct scrubbing *s, const struct tend_scrub_look *look,
                        struct tend_scrub_pair *pair)
{
    TEND_ARRAY(const char *) reasons = { 0 };
    struct tend_text learned = tend_scrub_reason(&s->people, &s->worth, look, s->arena);

    if (learned.len > 0)
        TEND_PUSH(&reasons, tend_arena_str(s->arena, learned));
    for (int64_t i = 0; i < s->n_opinions; i++)
        if (s->opinion[i].a == look->a && s->opinion[i].b == look->b)
            TEND_PUSH(&reasons, s->opinion[i].reason);
    pair->n_reasons = reasons.n;
    pair->reasons = tend_arena_take(s->arena, (size_t)(reasons.n + 1) * sizeof *pair->reasons);
    for (int64_t i = 0; i < reasons.n; i++)
        pair->reasons[i] = reasons.at[i];
    TEND_ARRAY_FINISH(&reasons);
}

static int by_cluster(const void *a, const void *b)
{
    const struct tend_scrub_pair *x = a, *y = b;

    if (x->cluster != y->cluster)
        return x->cluster < y->cluster ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Do both have something that is nobody else's: an address, a birthday, a number that
 * no household shares? */
static bool share_their_own(const struct tend_scrub_people *people,
                            const struct tend_scrub_look *look)
{
    for (int32_t c = 1; c < tend_scrub_comparisons(people); c++) {
        const struct tend_scrub_field *field = &people->field.at[TEND_SCRUB_OTHERS + c - 1];

        if (!field->place && field->type != TEND_SCRUB_TEXT &&
            tend_scrub_level(look->levels, c) == TEND_LIKE_SAME)
            return true;
    }
    return false;
}

static struct tend_text whole_name(const struct tend_scrub_people *people, uint32_t person)
{
    const struct tend_scrub_field *field = &people->field.at[TEND_SCRUB_NAME];
    const struct tend_scrub_has *has;

    if (tend_scrub_values(field, person, &has) == 0)
        return (struct tend_text){ "", 0 };
    return tend_scrub_text(people, field, has->value);
}

/* Peter and Petra of one telephone are one letter apart, and two. */
static bool names_differ(struct scrubbing *s, const struct tend_scrub_look *look)
{
    int32_t level = tend_scrub_level(look->levels, 0);
    bool differ;

    if (level == TEND_LIKE_UNKNOWN || level < TEND_LIKE_NAME_ONE)
        return level != TEND_LIKE_UNKNOWN;
    if (level == TEND_LIKE_NAME_SAME || level == TEND_LIKE_NAME_TURNED ||
        share_their_own(&s->people, look))
        return false;
    differ = !tend_name_compatible(&s->scratch, whole_name(&s->people, look->a),
                                   whole_name(&s->people, look->b));
    tend_arena_reset(&s->scratch);
    return differ;
}

static void hand_over(struct scrubbing *s, double threshold, struct tend_scrub *out)
{
    struct tend_scrub_clusters clusters;

    tend_scrub_cluster(&s->people, &s->worth, &s->looks, log_odds(threshold), &clusters);
    out->clusters = clusters.n;
    out->pair = tend_arena_take(s->arena, (size_t)(clusters.pair.n + 1) * sizeof *out->pair);
    for (int64_t i = 0; i < clusters.pair.n; i++) {
        const struct tend_scrub_found *found = &clusters.pair.at[i];
        struct tend_scrub_pair *pair = &out->pair[out->n];

        if (tend_scrub_is_apart(&s->people, found->look.a, found->look.b))
            continue;
        *pair = (struct tend_scrub_pair){ .a = s->people.id[found->look.a],
                                          .b = s->people.id[found->look.b],
                                          .score = 1 / (1 + exp(-(double)found->look.weight)),
                                          .names_differ = names_differ(s, &found->look),
                                          .cluster = found->cluster };
        put_reasons(s, &found->look, pair);
        out->n++;
    }
    if (out->n > 0)
        qsort(out->pair, (size_t)out->n, sizeof *out->pair, by_cluster);
    out->n_trouble = s->trouble.n;
    out->trouble = tend_arena_take(s->arena, (size_t)(out->n_trouble + 1) * sizeof *out->trouble);
    for (int64_t i = 0; i < s->trouble.n; i++)
        out->trouble[i] = s->trouble.at[i];
    TEND_ARRAY_FINISH(&clusters.pair);
}

static void finish(struct scrubbing *s)
{
    tend_scrub_people_finish(&s->people);
    TEND_ARRAY_FINISH(&s->looks.list);
    TEND_ARRAY_FINISH(&s->matcher);
    TEND_ARRAY_FINISH(&s->trouble);
    tend_free(s->opinion);
    tend_arena_finish(&s->scratch);
}

tend_status tend_scrub_find(struct tend_desk *desk, double threshold, struct tend_arena *arena,
                            struct tend_scrub *out)
{
    struct scrubbing s = { .desk = desk, .arena = arena };
    bool begun = tend_store_read_begin(desk->store);
    tend_status status = tend_scrub_people_load(desk->store, &s.people);

    *out = (struct tend_scrub){ .n = 0 };
    if (status == TEND_OK)
        status = tend_scrub_pairs_find(&s.people, &s.pairs, desk->err);
    if (status == TEND_OK)
        status = tend_scrub_learn(&s.people, &s.pairs, &s.worth, desk->err);
    if (status == TEND_OK)
        status = tend_scrub_weigh(&s.people, &s.pairs, &s.worth, &s.looks, desk->err);
    out->looked = s.pairs.n;
    out->crowds = s.pairs.crowds;
    tend_free(s.pairs.at);
    if (status == TEND_OK)
        status = ask_plugins(&s);
    tend_store_read_end(desk->store, begun);
    if (status == TEND_OK)
        hand_over(&s, threshold, out);
    finish(&s);
    return status;
}
