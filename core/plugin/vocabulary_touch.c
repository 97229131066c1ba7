/* What a touch means: the disposition first, since it knows how it went
 * ("no_answer" is not "reached", though a call would be), then the kind. */
#include "plugin/private.h"

static struct tend_text means_of(const struct tend_registry *registry, enum tend_word_what what,
                                 struct tend_text name)
{
    struct tend_word_info word;

    if (name.len == 0 || !tend_vocabulary_find(registry, what, name, NULL, &word))
        return (struct tend_text){ "", 0 };
    return tend_text_of(word.means);
}

/* Is "-meaning" in the list? */
static bool denies(struct tend_text list, struct tend_text meaning)
{
    struct tend_text word;

    while (tend_text_word(&list, &word))
        if (word.at[0] == '-' && tend_text_eq((struct tend_text){ word.at + 1, word.len - 1 },
                                              meaning))
            return true;
    return false;
}

bool tend_vocabulary_touch_means(const struct tend_registry *registry, struct tend_text kind,
                                 struct tend_text disposition, bool significant,
                                 struct tend_text meaning)
{
    struct tend_text said = means_of(registry, TEND_WORD_DISPOSITION, disposition);

    if (meaning.len == 0 || meaning.at[0] == '-')
        return false;
    if (tend_text_eq(meaning, kind) || tend_text_eq(meaning, disposition) ||
        (significant && tend_text_is(meaning, "significant")))
        return true;
    if (denies(said, meaning))
        return false;
    return tend_text_has_word(said, meaning) ||
           tend_text_has_word(means_of(registry, TEND_WORD_KIND, kind), meaning);
}

bool tend_vocabulary_touch_matches(const struct tend_registry *registry, struct tend_text kind,
                                   struct tend_text disposition, bool significant,
                                   struct tend_text terms)
{
    struct tend_text term;

    while (tend_text_word(&terms, &term))
        if (tend_vocabulary_touch_means(registry, kind, disposition, significant, term))
            return true;
    return false;
}

/* Adds the words of a list that `not_in` does not deny and that are not there. */
static void add(struct tend_buffer *all, struct tend_text list, struct tend_text not_in)
{
    struct tend_text word;

    while (tend_text_word(&list, &word)) {
        if (word.at[0] == '-' || denies(not_in, word) ||
            tend_text_has_word(tend_buffer_text(all), word))
            continue;
        if (all->len > 0)
            tend_buffer_addc(all, ',');
        tend_buffer_add(all, word);
    }
}

struct tend_text tend_vocabulary_touch_all(const struct tend_registry *registry,
                                           struct tend_text kind, struct tend_text disposition,
                                           bool significant, struct tend_arena *arena)
{
    struct tend_text said = means_of(registry, TEND_WORD_DISPOSITION, disposition);
    struct tend_buffer all = { 0 };
    struct tend_text out;

    add(&all, means_of(registry, TEND_WORD_KIND, kind), said);
    add(&all, said, (struct tend_text){ "", 0 });
    if (significant)
        add(&all, TEND_TEXT("significant"), said);
    out = tend_arena_text(arena, tend_buffer_text(&all));
    tend_buffer_finish(&all);
    return out;
}
