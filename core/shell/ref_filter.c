/* Filters as they are typed. A shell takes quotes away and the prompt keeps
 * them, but the same filter means the same people either way. */
#include "plugin/vocabulary.h"
#include "shell/ref.h"
#include "store/filter.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool has_space(struct tend_text text)
{
    for (int64_t i = 0; i < text.len; i++) {
        if (is_space(text.at[i]))
            return true;
    }
    return false;
}

/* How much of a word is the KEY: before a value; 0 if nothing follows it. */
static int64_t key_len(struct tend_text word)
{
    int64_t i = 0;

    while (i < word.len && !is_space(word.at[i]) && strchr(":\",'()", word.at[i]) == NULL)
        i++;
    return i > 0 && i + 1 < word.len && word.at[i] == ':' && !is_space(word.at[i + 1]) ? i + 1 : 0;
}

static int64_t word_len(struct tend_text text)
{
    int64_t i = 0;

    while (i < text.len && !is_space(text.at[i]))
        i++;
    return i;
}

/* Does another term begin here? Otherwise the word belongs to the value before. */
static bool begins_term(struct tend_text text)
{
    struct tend_text word = { text.at, word_len(text) };

    return key_len(word) > 0 || tend_text_is(word, "not");
}

/* open house,gym: each choice in quotes if it holds a space. */
static void add_choices(struct tend_buffer *buf, struct tend_text value)
{
    while (value.len > 0) {
        int64_t n = 0;
        bool quote;

        while (n < value.len && (value.at[n] != ',' || n + 1 == value.len ||
                                 is_space(value.at[n + 1])))
            n++;
        quote = has_space((struct tend_text){ value.at, n });
        tend_buffer_adds(buf, quote ? "\"" : "");
        for (int64_t i = 0; i < n; i++) {
            if (quote && value.at[i] == '\\')
                tend_buffer_addc(buf, '\\');
            tend_buffer_addc(buf, value.at[i]);
        }
        tend_buffer_adds(buf, quote ? "\"" : "");
        if (n < value.len)
            tend_buffer_addc(buf, value.at[n++]);
        value.at += n;
        value.len -= n;
    }
}

/* Several words in one: terms of their own where one begins, and where none
 * does, the rest of a value whose quotes a shell has taken. */
static void add_terms(struct tend_buffer *buf, struct tend_text text)
{
    bool first = true;

    for (text = tend_text_trim(text); text.len > 0; text = tend_text_trim(text)) {
        int64_t n, key = key_len((struct tend_text){ text.at, word_len(text) });
        bool alone = tend_text_is((struct tend_text){ text.at, word_len(text) }, "not");

        n = word_len(text);
        while (!alone && n < text.len) {
            struct tend_text rest = tend_text_trim((struct tend_text){ text.at + n, text.len - n });

            if (begins_term(rest))
                break;
            n = rest.at - text.at + word_len(rest);
        }
        tend_buffer_adds(buf, first ? "" : " ");
        first = false;
        tend_buffer_add(buf, (struct tend_text){ text.at, key });
        add_choices(buf, (struct tend_text){ text.at + key, n - key });
        text.at += n;
        text.len -= n;
    }
}

static struct tend_text joined(struct tend_shell *shell, struct tend_words words)
{
    struct tend_buffer buf = { 0 };
    struct tend_text text;

    for (int64_t i = 0; i < words.n; i++) {
        const struct tend_token *token = &words.at[i];
        struct tend_text word = token->text;

        if (i > 0)
            tend_buffer_addc(&buf, ' ');
        if (token->spelled.len > 0)
            tend_buffer_add(&buf, token->spelled);
        else if (has_space(word) && memchr(word.at, '"', (size_t)word.len) == NULL)
            add_terms(&buf, word);
        else
            tend_buffer_add(&buf, word);
    }
    text = tend_arena_text(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

/* All words of the vocabulary, ended by a NULL. */
static const char *const *all_words(struct tend_shell *shell, enum tend_word_what what)
{
    struct tend_word_info info;
    const char **list;
    int64_t n = 0;

    while (tend_vocabulary_at(shell->registry, what, n, &info))
        n++;
    list = tend_arena_take(&shell->arena, (size_t)(n + 1) * sizeof *list);
    for (int64_t i = 0; i < n; i++) {
        tend_vocabulary_at(shell->registry, what, i, &info);
        list[i] = info.name;
    }
    list[n] = NULL;
    return list;
}

struct closed {                 /* terms whose values are the words of stage sets */
    const char *term, *noun;
    enum tend_word_what what;
};

/* What no plugin declares and nobody has is mistyped. */
static tend_status check_word(struct tend_shell *shell, const struct closed *closed,
                              const struct tend_filter_word *word, struct tend_text line)
{
    struct tend_token token = { .at = word->at, .len = word->len };
    const char *track = word->track.len > 0 ? tend_arena_str(&shell->arena, word->track) : NULL;
    const char *const *words;
    const char *near;
    tend_status status = tend_shell_registry(shell, true);

    if (status != TEND_OK)
        return status;
    words = all_words(shell, closed->what);
    if (words[0] == NULL ||
        tend_vocabulary_find(shell->registry, closed->what, word->text, track, NULL) ||
        tend_filter_anybody(shell->store, closed->term, word))
        return TEND_OK;
    near = tend_text_nearest(word->text, words);
    return tend_point_at(&shell->err, TEND_USAGE, line, &token, "there is no %s \"%.*s\"%s%s%s%s%s",
                         closed->noun, TEND_FMT(tend_text_clip(word->text, 60)),
                         track != NULL ? " in track " : "", track != NULL ? track : "",
                         near != NULL ? "; did you mean " : ", and nobody has one",
                         near != NULL ? near : "", near != NULL ? "?" : "");
}

static tend_status check_words(struct tend_shell *shell, const struct tend_filter *filter,
                               struct tend_text line)
{
    static const struct closed lists[] = { { "stage", "stage", TEND_WORD_STAGE },
                                           { "hold", "kind of hold", TEND_WORD_HOLD } };
    tend_status status = TEND_OK;

    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        struct tend_filter_word word;

        for (int64_t n = 0;
             status == TEND_OK && tend_filter_word_at(filter, lists[i].term, n, &word); n++)
            status = check_word(shell, &lists[i], &word, line);
    }
    return status;
}

tend_status tend_ref_filter(struct tend_shell *shell, struct tend_words words,
                            struct tend_filter **filter)
{
    struct tend_filter_word unknown;
    struct tend_token token = { 0 };
    struct tend_error why = { 0 };
    struct tend_text text;
    tend_status status;

    for (int64_t i = 0; i < words.n; i++) {
        if (words.at[i].bare > 0 && words.at[i].text.at[0] == '-')
            return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[i],
                                 "there is no option %.*s; those who are left out are named by "
                                 "not, such as: not tag:x",
                                 TEND_FMT(tend_text_clip(words.at[i].text, 60)));
    }
    text = joined(shell, words);
    status = tend_filter_check(text, tend_shell_now(shell), tend_store_zone(shell->store),
                               &shell->arena, filter, &why, &token.at, &token.len);
    if (status != TEND_OK)
        return tend_point_at(&shell->err, TEND_USAGE, text, &token, "%s", why.text);
    if (!tend_filter_unknown_at(shell->store, *filter, &unknown))
        return check_words(shell, *filter, text);
    token = (struct tend_token){ .at = unknown.at, .len = unknown.len };
    return tend_point_at(&shell->err, TEND_USAGE, text, &token,
                         "filter: %s \"%.*s%s\", and nobody has such an attribute",
                         unknown.sort ? "cannot sort by" : "there is no term",
                         TEND_FMT(unknown.text), unknown.sort ? "" : ":");
}
