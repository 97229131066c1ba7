/* Splits what was typed into words, and remembers where each stood so that an
 * error can point at it. */
#include "shell/parse.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void add_kept(struct tend_buffer *buf, char c)
{
    if (c == '"' || c == '\\')
        tend_buffer_addc(buf, '\\');
    tend_buffer_addc(buf, c);
}

/* Does a ' at i begin a quote? In O'Brien it does not. */
static bool begins_quote(struct tend_text text, int64_t begin, int64_t i)
{
    return i == begin || text.at[i - 1] == '=' || text.at[i - 1] == ':';
}

/* Reads one word at *pos. */
static tend_status read_word(struct tend_text text, int64_t *pos, struct tend_arena *arena,
                             struct tend_token *token, struct tend_error *err)
{
    struct tend_buffer buf = { 0 }, spelled = { 0 };
    char quote = '\0';
    int64_t i = *pos, open = i;

    *token = (struct tend_token){ .at = *pos, .bare = -1 };
    for (; i < text.len; i++) {
        char c = text.at[i];

        if (quote == '\0' && is_space(c))
            break;
        if (quote == '\0' && (c == '"' || (c == '\'' && begins_quote(text, *pos, i)))) {
            quote = c;
            open = i;
            if (!token->quoted)
                token->bare = buf.len;
            token->quoted = true;
            tend_buffer_addc(&spelled, '"');
        } else if (quote != '\0' && c == quote) {
            quote = '\0';
            tend_buffer_addc(&spelled, '"');
        } else {
            if (c == '\\' && quote != '\'' && i + 1 < text.len)
                c = text.at[++i];
            tend_buffer_addc(&buf, c);
            if (quote != '\0')
                add_kept(&spelled, c);
            else
                tend_buffer_addc(&spelled, c);
        }
    }
    token->text = tend_arena_text(arena, tend_buffer_text(&buf));
    if (token->bare > 0)
        token->spelled = tend_arena_text(arena, tend_buffer_text(&spelled));
    token->len = i - *pos;
    if (token->bare < 0)
        token->bare = buf.len;
    *pos = i;
    tend_buffer_finish(&buf);
    tend_buffer_finish(&spelled);
    if (quote != '\0')
        return tend_point_at(err, TEND_USAGE, text, &(struct tend_token){ .at = open, .len = 1 },
                             "a quote (%c) is not closed; a text is written \"so\", and a quote "
                             "in it \\\"", quote);
    return TEND_OK;
}

tend_status tend_line_split(struct tend_text text, struct tend_arena *arena,
                            struct tend_line *line, struct tend_error *err)
{
    int64_t pos = 0;

    *line = (struct tend_line){ .text = text };
    for (;;) {
        struct tend_token token;
        tend_status status;

        while (pos < text.len && is_space(text.at[pos]))
            pos++;
        if (pos >= text.len || text.at[pos] == '#')
            return TEND_OK;
        status = read_word(text, &pos, arena, &token, err);
        if (status != TEND_OK)
            return status;
        TEND_PUSH(&line->token, token);
    }
}

bool tend_line_open(struct tend_text text)
{
    struct tend_arena arena = { 0 };
    struct tend_line line;
    struct tend_error err = { 0 };
    struct tend_text whole = tend_text_trim(text);
    int64_t backslashes = 0;
    bool open;

    while (backslashes < text.len && text.at[text.len - 1 - backslashes] == '\\')
        backslashes++;
    if (backslashes % 2 == 1)
        return true;
    if (whole.len > 0 && strchr("=!?/", whole.at[0]) != NULL)
        return false;       /* not words: Lua, the system's shell, a topic, a search */
    open = tend_line_split(text, &arena, &line, &err) != TEND_OK;
    tend_line_finish(&line);
    tend_arena_finish(&arena);
    return open;
}

/* Would it be read as it is without quotes? */
static bool is_plain(struct tend_text word)
{
    if (word.len == 0 || word.at[0] == '#')
        return false;
    for (int64_t i = 0; i < word.len; i++) {
        if (is_space(word.at[i]) || word.at[i] == '"' || word.at[i] == '\\' ||
            (word.at[i] == '\'' && begins_quote(word, 0, i)))
            return false;
    }
    return true;
}

/* key=value and --key=value are quoted behind the sign, as people write them. */
static int64_t key_len(struct tend_text word)
{
    int64_t begin = tend_text_starts(word, "--") ? 2 : 0, i = begin;

    while (i < word.len && ((word.at[i] >= 'a' && word.at[i] <= 'z') || word.at[i] == '_' ||
                            word.at[i] == '.' || (begin > 0 && word.at[i] == '-')))
        i++;
    return i > begin && i < word.len && (word.at[i] == '=' || word.at[i] == ':') ? i + 1 : 0;
}

void tend_line_quote(struct tend_buffer *buf, struct tend_text word)
{
    int64_t key;

    if (is_plain(word)) {
        tend_buffer_add(buf, word);
        return;
    }
    key = key_len(word);
    tend_buffer_add(buf, (struct tend_text){ word.at, key });
    tend_buffer_addc(buf, '"');
    for (int64_t i = key; i < word.len; i++) {
        if (word.at[i] == '"' || word.at[i] == '\\')
            tend_buffer_addc(buf, '\\');
        tend_buffer_addc(buf, word.at[i]);
    }
    tend_buffer_addc(buf, '"');
}

void tend_line_words(int argc, char *const *argv, struct tend_arena *arena,
                     struct tend_line *line)
{
    struct tend_buffer buf = { 0 };

    *line = (struct tend_line){ 0 };
    for (int i = 0; i < argc; i++) {
        struct tend_text word = tend_arena_text(arena, tend_text_of(argv[i]));
        struct tend_token token = { .text = word, .bare = word.len };

        if (i > 0)
            tend_buffer_addc(&buf, ' ');
        token.at = buf.len;
        tend_line_quote(&buf, word);
        token.len = buf.len - token.at;
        for (int64_t c = 0; c < word.len; c++)
            token.quoted = token.quoted || is_space(word.at[c]);
        if (token.quoted)
            token.bare = key_len(word);
        TEND_PUSH(&line->token, token);
    }
    line->text = tend_arena_text(arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
}

void tend_line_finish(struct tend_line *line)
{
    TEND_ARRAY_FINISH(&line->token);
}
