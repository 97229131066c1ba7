/* What people are found by: a value, a word of it, how a name sounds, the part of an
 * address before the @, two parts of a date. Each kind of token of each field is a
 * column, a few hashes a person. */
#include "base/hash.h"
#include "desk/scrub_parts.h"

enum how { WHOLE, SOUND, WORDS, LOCAL, MONTH, DAY_OF_MONTH, DAY_OF_YEAR };

/* --- of a value ------------------------------------------------------------- */

static uint32_t token_of(const char *at, size_t len)
{
    return (uint32_t)(tend_hash(TEND_HASH_SEED, at, len) >> 32);
}

/* The first letter and up to four sounds (Soundex of R. C. Russell, one longer). */
static uint32_t sound_of(struct tend_text text)
{
    static const char sounds[] = "01230120022455012623010202";
    char out[5], last = 0;
    int32_t n = 0;

    for (int64_t i = 0; i < text.len && n < 5; i++) {
        char c = text.at[i], sound;

        if (c < 'a' || c > 'z')
            continue;
        sound = sounds[c - 'a'];
        if (n == 0)
            out[n++] = c;
        else if (sound != '0' && sound != last)
            out[n++] = sound;
        if (c != 'h' && c != 'w')
            last = sound;
    }
    return token_of(out, (size_t)n);
}

static uint32_t pieces(struct tend_text date, int32_t from, int32_t to)
{
    return token_of(date.at + from, (size_t)(to - from));
}

/* Day and year: the month is what is most often mistaken for the day. */
static uint32_t year_and_day(struct tend_text date)
{
    char text[6];

    memcpy(text, date.at, 4);
    memcpy(text + 4, date.at + 6, 2);
    return token_of(text, 6);
}

static int32_t words_of(struct tend_text text, uint32_t *token, int32_t most)
{
    int32_t n = 0;

    for (int64_t i = 0, from = 0; i <= text.len && n < most; i++) {
        if (i < text.len && text.at[i] != ' ')
            continue;
        if (i - from > 1 && i - from < text.len)        /* one word is the whole value */
            token[n++] = token_of(text.at + from, (size_t)(i - from));
        from = i + 1;
    }
    return n;
}

static int32_t tokens_of_value(const struct tend_scrub_people *people,
                               const struct tend_scrub_field *field, uint32_t value, enum how how,
                               uint32_t *token, int32_t most)
{
    struct tend_text text = tend_scrub_text(people, field, value);
    const char *at;

    switch (how) {
    case WHOLE:
        *token = token_of(text.at, (size_t)text.len);
        return 1;
    case SOUND:
        *token = sound_of(text);
        return 1;
    case WORDS:
        return words_of(text, token, most);
    case LOCAL:
        at = memchr(text.at, '@', (size_t)text.len);
        *token = token_of(text.at, (size_t)(at ? at - text.at : text.len));
        return 1;
    default:
        if (text.len != 8)
            return 0;
        *token = how == MONTH ? pieces(text, 0, 6)
                 : how == DAY_OF_MONTH ? pieces(text, 2, 8) : year_and_day(text);
        return 1;
    }
}

/* --- of everybody ----------------------------------------------------------- */

static int32_t each_once(uint32_t *token, int32_t n)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < n; i++) {
        int32_t j = 0;

        while (j < kept && token[j] != token[i])
            j++;
        if (j == kept)
            token[kept++] = token[i];
    }
    return kept;
}

static int32_t tokens_of(const struct tend_scrub_people *people,
                         const struct tend_scrub_kind *kind, uint32_t person, uint32_t *token)
{
    int32_t n = 0;

    for (int32_t twin = 0; twin < 2; twin++) {
        int32_t f = twin ? kind->twin : kind->field;
        const struct tend_scrub_has *has;
        int32_t values = f < 0 ? 0 : tend_scrub_values(&people->field.at[f], person, &has);

        for (int32_t v = 0; v < values && n < TEND_SCRUB_TOKENS; v++)
            n += tokens_of_value(people, &people->field.at[f], has[v].value,
                                 (enum how)kind->how, token + n, TEND_SCRUB_TOKENS - n);
    }
    return each_once(token, n);
}

void tend_scrub_tokens_of(const struct tend_scrub_people *people,
                          const struct tend_scrub_kind *kind, struct tend_scrub_tokens *out)
{
    TEND_ARRAY(uint32_t) all = { 0 };

    out->first = tend_alloc((size_t)(people->n + 1) * sizeof *out->first);
    for (uint32_t person = 0; person < people->n; person++) {
        uint32_t token[TEND_SCRUB_TOKENS];
        int32_t n = tokens_of(people, kind, person, token);

        out->first[person] = (uint32_t)all.n;
        for (int32_t i = 0; i < n; i++)
            TEND_PUSH(&all, token[i]);
    }
    out->first[people->n] = (uint32_t)all.n;
    out->token = all.at;
}

void tend_scrub_tokens_finish(struct tend_scrub_tokens *tokens)
{
    tend_free(tokens->first);
    tend_free(tokens->token);
}

/* --- which kinds ------------------------------------------------------------ */

struct listing {
    struct tend_scrub_kind *kind;
    int32_t n;
};

static void add_kind(struct listing *list, int64_t field, int32_t twin, enum how how)
{
    if (list->n < TEND_SCRUB_KINDS)
        list->kind[list->n++] = (struct tend_scrub_kind){ .field = (int32_t)field, .twin = twin,
                                                          .how = (int32_t)how };
}

int32_t tend_scrub_kinds(const struct tend_scrub_people *people, struct tend_scrub_kind *kinds)
{
    struct listing list = { kinds, 0 };

    add_kind(&list, TEND_SCRUB_GIVEN, TEND_SCRUB_FAMILY, WHOLE);
    add_kind(&list, TEND_SCRUB_GIVEN, TEND_SCRUB_FAMILY, SOUND);
    add_kind(&list, TEND_SCRUB_NAME, -1, WORDS);
    add_kind(&list, TEND_SCRUB_NAME, -1, WHOLE);        /* a common name, with something else */
    for (int64_t f = TEND_SCRUB_OTHERS; f < people->field.n; f++) {
        const struct tend_scrub_field *field = &people->field.at[f];

        add_kind(&list, f, -1, WHOLE);
        kinds[list.n - 1].key = strcmp(field->name, "email") == 0 ||
                                strcmp(field->name, "phone") == 0;
        if (field->type == TEND_SCRUB_EMAIL)
            add_kind(&list, f, -1, LOCAL);
        if (field->type == TEND_SCRUB_TEXT)
            add_kind(&list, f, -1, WORDS);
        for (enum how how = MONTH; field->type == TEND_SCRUB_DATE && how <= DAY_OF_YEAR; how++)
            add_kind(&list, f, -1, how);
    }
    return list.n;
}
