/* Why two may be one, in words a person would say: what speaks for it, the weightiest
 * first, then what speaks against it. */
#include "desk/scrub_parts.h"
#include <stdlib.h>

#define WORTH_SAYING 0.7        /* ln */
#define FOR_MOST 4
#define AGAINST_MOST 2

static const char *const name_words[TEND_LIKE_NAME_N] = {
    [TEND_LIKE_NAME_OTHER] = "another name",
    [TEND_LIKE_NAME_SOME] = "a part of the name is like the other's",
    [TEND_LIKE_NAME_GIVEN] = "only the given name is the same",
    [TEND_LIKE_NAME_FAMILY] = "only the family name is the same",
    [TEND_LIKE_NAME_ONE] = "a part of the name is almost the same",
    [TEND_LIKE_NAME_WORDS] = "most words of the name are the same",
    [TEND_LIKE_NAME_GIVEN_ALONE] = "the same given name, all that is known of one",
    [TEND_LIKE_NAME_FAMILY_ALONE] = "the same family name, all that is known of one",
    [TEND_LIKE_NAME_NEAR] = "almost the same name",
    [TEND_LIKE_NAME_ALMOST] = "almost the same name",
    [TEND_LIKE_NAME_TURNED] = "the same name the other way round",
    [TEND_LIKE_NAME_SAME] = "the same name",
};
static const char *const value_words[TEND_LIKE_N] = {
    [TEND_LIKE_OTHER] = "another %s",     [TEND_LIKE_SOME] = "%s has something in common",
    [TEND_LIKE_PART] = "%s is alike",     [TEND_LIKE_ALMOST] = "almost the same %s",
    [TEND_LIKE_SAME] = "the same %s",
};

/* "csv.date_of_birth" is said as "date of birth". */
static const char *said(const char *name, struct tend_arena *arena)
{
    const char *dot = strrchr(name, '.');
    char *out = tend_arena_str(arena, tend_text_of(dot ? dot + 1 : name));

    for (char *at = out; *at; at++)
        if (*at == '_')
            *at = ' ';
    return strcmp(out, "email") == 0 ? "e-mail" : out;
}

static const char *words_for(const struct tend_scrub_people *people, int32_t comparison,
                             int32_t level, struct tend_arena *arena)
{
    const char *name, *before, *after;

    if (comparison == 0)
        return name_words[level];
    name = said(people->field.at[TEND_SCRUB_OTHERS + comparison - 1].name, arena);
    before = value_words[level];
    after = strstr(before, "%s");
    return tend_arena_printf(arena, "%.*s%s%s", (int)(after - before), before, name, after + 2);
}

struct part {
    double worth;
    int32_t comparison;
};

static int by_worth(const void *a, const void *b)
{
    const struct part *x = a, *y = b;

    if (x->worth != y->worth)
        return x->worth > y->worth ? -1 : 1;
    return x->comparison - y->comparison;
}

struct tend_text tend_scrub_reason(const struct tend_scrub_people *people,
                                   const struct tend_scrub_worth *worth,
                                   const struct tend_scrub_look *look, struct tend_arena *arena)
{
    struct part part[TEND_SCRUB_FIELDS];
    int32_t n = tend_scrub_comparisons(people), said_for = 0, said_against = 0;
    const char *text = "";

    for (int32_t c = 0; c < n; c++)
        part[c] = (struct part){ tend_scrub_part(people, worth, look, c), c };
    qsort(part, (size_t)n, sizeof *part, by_worth);
    for (int32_t i = 0; i < n && said_for < FOR_MOST && part[i].worth >= WORTH_SAYING; i++) {
        int32_t c = part[i].comparison;

        text = tend_arena_printf(arena, "%s%s%s", text, said_for++ ? ", " : "",
                                 words_for(people, c, tend_scrub_level(look->levels, c), arena));
    }
    for (int32_t i = n; i-- > 0 && said_against < AGAINST_MOST && part[i].worth <= -WORTH_SAYING;) {
        int32_t c = part[i].comparison;

        text = tend_arena_printf(arena, "%s%s%s", text,
                                 said_against++ ? ", " : said_for ? "; but " : "",
                                 words_for(people, c, tend_scrub_level(look->levels, c), arena));
    }
    return tend_text_of(text);
}
