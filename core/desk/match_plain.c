/* The core's own matcher, by names and contact keys; written as any plugin's is, by
 * include/tend alone. */
#include "desk/scrub.h"
#include <string.h>
#include <tend/plugin.h>

#define WORDS_MOST 8

struct known {                  /* what is compared of one person */
    tend_id id;
    struct tend_text word[WORDS_MOST];
    int64_t n;
    struct tend_text email, phone;      /* all keys, with commas between */
};

enum names { NAMES_NONE, NAMES_DIFFER, NAMES_PART, NAMES_NEAR, NAMES_WITHIN, NAMES_SAME };

/* "Lee," and "J." without their marks. */
static struct tend_text bare(struct tend_text word)
{
    while (word.len > 0 && strchr(",.", word.at[word.len - 1]) != NULL)
        word.len--;
    return word;
}

static void look(struct tend_ctx *ctx, tend_id person, struct known *out)
{
    struct tend_text rest, word;

    *out = (struct known){ .id = person };
    rest = ctx->text->fold(ctx, ctx->read->get(ctx, person, "name"));
    while (out->n < WORDS_MOST && ctx->text->cut(&rest, " ", &word))
        if (bare(word).len > 0)
            out->word[out->n++] = bare(word);
    out->email = ctx->read->get(ctx, person, "email.keys");
    out->phone = ctx->read->get(ctx, person, "phone.keys");
}

static bool equal(struct tend_text a, struct tend_text b)
{
    return a.len == b.len && memcmp(a.at, b.at, (size_t)a.len) == 0;
}

/* One letter more, less or another, in words that are long enough for that to be a
 * slip; or the first letter for the whole. */
static bool near(struct tend_text a, struct tend_text b)
{
    int64_t i = 0, x, y;

    if (a.len > b.len) {
        struct tend_text other = a;

        a = b;
        b = other;
    }
    if (a.len == 1 && b.len > 1)
        return a.at[0] == b.at[0];
    if (a.len < 3 || b.len - a.len > 1)
        return false;
    while (i < a.len && a.at[i] == b.at[i])
        i++;
    x = i + (a.len == b.len ? 1 : 0);
    y = i + 1;
    return x <= a.len && a.len - x == b.len - y &&
           memcmp(a.at + x, b.at + y, (size_t)(a.len - x)) == 0;
}

/* How many words of a are in b, each taken once. */
static int64_t count(const struct known *a, const struct known *b,
                     bool (*like)(struct tend_text, struct tend_text), bool a_used[WORDS_MOST],
                     bool b_used[WORDS_MOST])
{
    int64_t n = 0;

    for (int64_t i = 0; i < a->n; i++)
        for (int64_t j = 0; j < b->n && !a_used[i]; j++)
            if (!b_used[j] && like(a->word[i], b->word[j])) {
                a_used[i] = b_used[j] = true;
                n++;
            }
    return n;
}

static enum names compare_names(const struct known *a, const struct known *b)
{
    bool a_used[WORDS_MOST] = { false }, b_used[WORDS_MOST] = { false };
    int64_t least = a->n < b->n ? a->n : b->n, most = a->n < b->n ? b->n : a->n;
    int64_t same = count(a, b, equal, a_used, b_used);
    int64_t almost = count(a, b, near, a_used, b_used);

    if (least == 0)
        return NAMES_NONE;
    if (same == most)
        return NAMES_SAME;
    if (same == least)
        return least > 1 ? NAMES_WITHIN : NAMES_PART;
    if (same > 0 && same + almost == least)
        return NAMES_NEAR;
    return same + almost > 0 ? NAMES_PART : NAMES_DIFFER;
}

/* Do two lists of keys have one in common? */
static bool share(struct tend_ctx *ctx, struct tend_text a, struct tend_text b)
{
    struct tend_text one, other, rest;

    while (a.len > 0 && ctx->text->cut(&a, ",", &one))
        for (rest = b; rest.len > 0 && ctx->text->cut(&rest, ",", &other);)
            if (one.len > 0 && equal(one, other))
                return true;
    return false;
}

static const char *const names_say[] = {
    [NAMES_NONE] = "no name to compare", [NAMES_DIFFER] = "other names",
    [NAMES_PART] = "a part of the name", [NAMES_NEAR] = "almost the same name",
    [NAMES_WITHIN] = "the same name, one longer", [NAMES_SAME] = "the same name",
};
static const double with_key[] = {
    [NAMES_NONE] = 0.85, [NAMES_DIFFER] = 0.35, [NAMES_PART] = 0.6,
    [NAMES_NEAR] = 0.93, [NAMES_WITHIN] = 0.97, [NAMES_SAME] = 0.99,
};
/* Without a key in common; where each has others, less. */
static const double by_name[] = { -1, -1, -1, 0.6, 0.65, 0.8 };

static tend_status judge(struct tend_ctx *ctx, const struct known *a, const struct known *b,
                         struct tend_score *score)
{
    enum names names = compare_names(a, b);
    bool email = share(ctx, a->email, b->email), phone = share(ctx, a->phone, b->phone);
    bool others = (a->email.len > 0 && b->email.len > 0) || (a->phone.len > 0 && b->phone.len > 0);
    char text[120];

    score->same = email || phone ? with_key[names] : by_name[names];
    if (score->same < 0)
        return TEND_OK;
    if (!email && !phone && others)
        score->same -= 0.2;
    if (!email && !phone && a->n == 1)
        score->same = 0.3;      /* a first name alone */
    text[0] = '\0';
    if (email || phone)
        strcat(strcpy(text, "the same "),
               email && phone ? "e-mail and phone, " : email ? "e-mail, " : "phone, ");
    strcat(text, names_say[names]);
    if (!email && !phone && others)
        strcat(text, ", other numbers or addresses");
    score->reason = ctx->text->keep(ctx, (struct tend_text){ text, (int64_t)strlen(text) });
    return TEND_OK;
}

/* Pairs come in order, so that the first of one is often that of the next. */
static tend_status score(struct tend_ctx *ctx, int64_t n, const struct tend_pair *pairs,
                         struct tend_score *scores)
{
    struct known a = { .id = 0 }, b;
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        if (a.id != pairs[i].a)
            look(ctx, pairs[i].a, &a);
        look(ctx, pairs[i].b, &b);
        status = judge(ctx, &a, &b, &scores[i]);
    }
    return status;
}

const struct tend_matcher tend_match_plain = {
    sizeof tend_match_plain, "names-and-keys", "names, e-mail addresses and telephones", score,
};
