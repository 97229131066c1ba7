/* The parts of scrub, for its own files:
 *
 *     scrub_people.c (what is known of whom) -> scrub_pairs.c (who is worth a look, by
 *       scrub_tokens.c) -> scrub_learn.c (what each likeness is worth, by scrub_compare.c)
 *       -> scrub_weigh.c (which pairs are likely) -> scrub.c (matchers of plugins)
 *       -> scrub_cluster.c -> scrub_reason.c
 *
 * People are numbered from 0 here, and every value is kept once a field: two have the
 * same value when they have the same number. */
#ifndef TEND_DESK_SCRUB_PARTS_H
#define TEND_DESK_SCRUB_PARTS_H

#include "base/array.h"
#include "base/text.h"
#include "desk/scrub.h"

#define TEND_SCRUB_FIELDS 16    /* compared at most, the name as one */
#define TEND_SCRUB_LEVELS 13    /* of likeness in a field, 0 is "not known of both" */
#define TEND_SCRUB_VALUES 3     /* of one field that are compared of one person */

/* Likeness of values. In a name there are more, TEND_LIKE_NAME_*. */
enum {
    TEND_LIKE_UNKNOWN,
    TEND_LIKE_OTHER,
    TEND_LIKE_SOME,             /* something in common */
    TEND_LIKE_PART,
    TEND_LIKE_ALMOST,           /* one slip of the hand */
    TEND_LIKE_SAME,
    TEND_LIKE_N
};
enum {
    TEND_LIKE_NAME_OTHER = 1,
    TEND_LIKE_NAME_SOME,        /* one part almost the same, the rest another */
    TEND_LIKE_NAME_GIVEN,       /* only that */
    TEND_LIKE_NAME_FAMILY,      /* only that */
    TEND_LIKE_NAME_ONE,         /* one part almost the same, the other not known of both */
    TEND_LIKE_NAME_WORDS,       /* most words of one are in the other */
    TEND_LIKE_NAME_GIVEN_ALONE, /* the given name is the same, no more is known of one */
    TEND_LIKE_NAME_FAMILY_ALONE,
    TEND_LIKE_NAME_NEAR,        /* both parts almost the same */
    TEND_LIKE_NAME_ALMOST,      /* one part the same, one almost */
    TEND_LIKE_NAME_TURNED,      /* the parts stand in the other order */
    TEND_LIKE_NAME_SAME,
    TEND_LIKE_NAME_N
};

enum tend_scrub_type { TEND_SCRUB_TEXT, TEND_SCRUB_DIGITS, TEND_SCRUB_DATE, TEND_SCRUB_EMAIL };

struct tend_scrub_value {
    uint32_t at, len;           /* in the pool */
    uint32_t n;                 /* people who have it */
    float rarity;               /* ln of how much rarer it is than one that two share by chance */
    uint64_t letters;           /* which bytes occur in it, by their last six bits */
};

struct tend_scrub_has {
    uint32_t person, value;
};

struct tend_scrub_field {
    const char *name;           /* "email", "csv.city" */
    enum tend_scrub_type type;
    bool place;                 /* shared by a household: address, telephone, town */
    bool of_name;               /* made of the name: an e-mail address, the name of an account */
    TEND_ARRAY(struct tend_scrub_value) value;
    TEND_ARRAY(struct tend_scrub_has) has;      /* by person once loaded */
    uint32_t *first;            /* of each person in `has`; one more at the end */
    uint32_t *slot;             /* values by hash: number + 1 */
    int64_t slots;
    int64_t filled;             /* people who have it */
    double chance;              /* that two people who have it have the same */
};

struct tend_scrub_known {       /* how alike two values were found to be */
    uint32_t a, b;              /* a is 0: nothing is kept here */
    uint16_t field, level;
};
#define TEND_SCRUB_KNOWN 65536

struct tend_scrub_people {
    tend_id *id;                /* ascending */
    int64_t n;
    uint32_t *index;            /* of an id: its number + 1, 0 none */
    tend_id last;               /* the highest id */
    TEND_ARRAY(struct tend_scrub_field) field;  /* the first three: name, given, family */
    uint32_t *cell;             /* of each person: the first value of each field, see below */
    struct tend_scrub_known *known;     /* TEND_SCRUB_KNOWN, by hash: kept while comparing */
    TEND_ARRAY(struct tend_pair) apart; /* by number, in order: somebody said they are not one */
    char *pool;
    int64_t pool_n, pool_cap;
    struct tend_arena arena;    /* names of fields */
};
enum { TEND_SCRUB_NAME, TEND_SCRUB_GIVEN, TEND_SCRUB_FAMILY, TEND_SCRUB_OTHERS };

/* Everybody who is not archived or merged. Fields that tell nothing are left out: of
 * one person, of no two the same, long texts. */
tend_status tend_scrub_people_load(struct tend_store *store, struct tend_scrub_people *people);
void tend_scrub_people_finish(struct tend_scrub_people *people);
struct tend_text tend_scrub_text(const struct tend_scrub_people *people,
                                 const struct tend_scrub_field *field, uint32_t value);
/* The values of a person in a field, at most TEND_SCRUB_VALUES. */
int32_t tend_scrub_values(const struct tend_scrub_field *field, uint32_t person,
                          const struct tend_scrub_has **values);

/* The number of the first value + 1, 0 if nothing is known; with the bit TEND_SCRUB_MORE
 * there are more. What a comparison needs of somebody stands in one place. */
#define TEND_SCRUB_MORE UINT32_C(0x80000000)
static inline uint32_t tend_scrub_cell(const struct tend_scrub_people *people, int64_t field,
                                       uint32_t person)
{
    return people->cell[(int64_t)person * people->field.n + field];
}
bool tend_scrub_is_apart(const struct tend_scrub_people *people, uint32_t a, uint32_t b);

/* --- tokens ----------------------------------------------------------------- */

struct tend_scrub_kind {        /* of token */
    int32_t field, twin;        /* twin: another field with the same tokens, -1 none */
    int32_t how;                /* see scrub_tokens.c */
    bool key;                   /* a whole number or address, which few should share */
};
struct tend_scrub_tokens {      /* of one kind */
    uint32_t *first;            /* of each person in `token`; one more at the end */
    uint32_t *token;            /* hashes */
};
#define TEND_SCRUB_KINDS 40
#define TEND_SCRUB_TOKENS 6     /* of one kind, a person */

/* Which there are, at most TEND_SCRUB_KINDS; how many. */
int32_t tend_scrub_kinds(const struct tend_scrub_people *people, struct tend_scrub_kind *kinds);
void tend_scrub_tokens_of(const struct tend_scrub_people *people,
                          const struct tend_scrub_kind *kind, struct tend_scrub_tokens *out);
void tend_scrub_tokens_finish(struct tend_scrub_tokens *tokens);

/* --- pairs ---------------------------------------------------------------- */

struct tend_scrub_pairs {       /* that are worth a look */
    uint64_t *at;               /* each once, in order: the lower number in the upper half */
    int64_t n;
    int64_t crowds;             /* values of so many that nobody was compared by them */
};
tend_status tend_scrub_pairs_find(const struct tend_scrub_people *people,
                                  struct tend_scrub_pairs *pairs, struct tend_error *err);

struct tend_scrub_look {        /* a pair that was looked at */
    uint32_t a, b;
    uint64_t levels;            /* four bits a comparison, the first lowest */
    float weight;               /* ln of the odds that they are the same */
};
struct tend_scrub_looks {
    TEND_ARRAY(struct tend_scrub_look) list;    /* in order */
};

/* --- likeness and its worth ------------------------------------------------- */

/* Comparison 0 is the name, i the field TEND_SCRUB_OTHERS + i - 1. */
int32_t tend_scrub_comparisons(const struct tend_scrub_people *people);
uint64_t tend_scrub_compare(const struct tend_scrub_people *people, uint32_t a, uint32_t b);
static inline int32_t tend_scrub_level(uint64_t levels, int32_t comparison)
{
    return (int32_t)(levels >> (4 * comparison) & 15);
}

#define TEND_SCRUB_BINS 32
enum { TEND_SCRUB_PART_NAMED, TEND_SCRUB_WHOLE_NAMED, TEND_SCRUB_NAMED };

struct tend_scrub_worth {       /* learned from the people themselves */
    double same[TEND_SCRUB_FIELDS][TEND_SCRUB_LEVELS];  /* how often the same person is so alike */
    double any[TEND_SCRUB_FIELDS][TEND_SCRUB_LEVELS];   /* how often any two people are */
    double weight[TEND_SCRUB_FIELDS][TEND_SCRUB_LEVELS];        /* ln of same / any */
    /* The same of what is made of the name, where the names are alike in a part, or whole:
     * two of one name have addresses that look alike, and need not be one. */
    double weight_named[TEND_SCRUB_FIELDS][TEND_SCRUB_NAMED][TEND_LIKE_N];
    double prior;               /* ln of the odds of any two */
    double place[TEND_SCRUB_BINS];      /* what living together is worth, by what it adds up to */
    bool place_learned;
};
tend_status tend_scrub_learn(const struct tend_scrub_people *people,
                             const struct tend_scrub_pairs *pairs, struct tend_scrub_worth *worth,
                             struct tend_error *err);

bool tend_scrub_is_place(const struct tend_scrub_people *people, int32_t comparison);
bool tend_scrub_is_shared(const struct tend_scrub_people *people, int32_t comparison,
                          uint64_t levels);     /* by a household, being so alike */
bool tend_scrub_is_of_name(const struct tend_scrub_people *people, int32_t comparison);
/* How the likeness of names bears on what is made of them; -1: not at all. */
int32_t tend_scrub_named(uint64_t levels);
int32_t tend_scrub_bin(double sum);
/* What is added where both have the same value: much for a rare one. */
double tend_scrub_rare(const struct tend_scrub_people *people, const struct tend_scrub_look *look,
                       int32_t comparison);
/* What one comparison adds to the weight. */
double tend_scrub_part(const struct tend_scrub_people *people,
                       const struct tend_scrub_worth *worth, const struct tend_scrub_look *look,
                       int32_t comparison);
/* Compares two and weighs that. TEND_SCRUB_APART if somebody said they are not one. */
struct tend_scrub_look tend_scrub_look_at(const struct tend_scrub_people *people,
                                          const struct tend_scrub_worth *worth, uint32_t a,
                                          uint32_t b);
#define TEND_SCRUB_APART -28
/* All pairs, or of very many those that are likely enough. */
tend_status tend_scrub_weigh(const struct tend_scrub_people *people,
                             const struct tend_scrub_pairs *pairs,
                             const struct tend_scrub_worth *worth, struct tend_scrub_looks *looks,
                             struct tend_error *err);

/* --- clusters --------------------------------------------------------------- */

/* Puts together who belongs together: two groups become one when all their pairs, taken
 * together, say so, so that strangers are not chained by one odd pair. Fills `out` with
 * every pair of every cluster. sure: ln of the odds that a pair needs. */
struct tend_scrub_found {
    struct tend_scrub_look look;
    int64_t cluster;
};
struct tend_scrub_clusters {
    TEND_ARRAY(struct tend_scrub_found) pair;
    int64_t n;
};
void tend_scrub_cluster(const struct tend_scrub_people *people,
                        const struct tend_scrub_worth *worth,
                        const struct tend_scrub_looks *looks, double sure,
                        struct tend_scrub_clusters *out);

/* Why they may be one, in words, the weightiest first. */
struct tend_text tend_scrub_reason(const struct tend_scrub_people *people,
                                   const struct tend_scrub_worth *worth,
                                   const struct tend_scrub_look *look, struct tend_arena *arena);

#endif
