/* Globals that a Lua plugin sets: each is a local that was forgotten, and lives from one
 * call to the next. The text alone is looked at: an assignment to a name that is nowhere
 * declared in the file. */
#include "base/memory.h"
#include "kit/check.h"
#include <ctype.h>
#include <string.h>

struct token {
    struct tend_text text;
    int64_t line;
};
struct tokens {
    TEND_ARRAY(struct token) list;
};

static bool begins_name(char c)
{
    return isalpha((unsigned char)c) || c == '_';
}

/* How many bytes a string or comment with long brackets takes; 0: there is none here. */
static int64_t long_bracket(struct tend_text text, int64_t at)
{
    int64_t level = 0, from = at + 1;

    if (at >= text.len || text.at[at] != '[')
        return 0;
    for (; from < text.len && text.at[from] == '='; from++)
        level++;
    if (from >= text.len || text.at[from] != '[')
        return 0;
    for (int64_t i = from + 1; i + level + 1 < text.len; i++) {
        int64_t j = i + 1;

        if (text.at[i] != ']')
            continue;
        while (j < text.len && text.at[j] == '=')
            j++;
        if (j - i - 1 == level && j < text.len && text.at[j] == ']')
            return j + 1 - at;
    }
    return text.len - at;
}

static int64_t quoted(struct tend_text text, int64_t at)
{
    int64_t i = at + 1;

    for (; i < text.len && text.at[i] != text.at[at] && text.at[i] != '\n'; i++)
        i += text.at[i] == '\\';
    return (i < text.len ? i + 1 : text.len) - at;
}

/* The length of what is at this place and means nothing here: space, comments, strings. */
static int64_t nothing(struct tend_text text, int64_t at)
{
    int64_t len = 0;

    if (isspace((unsigned char)text.at[at]))
        return 1;
    if (text.at[at] == '"' || text.at[at] == '\'')
        return quoted(text, at);
    if (text.at[at] == '-' && at + 1 < text.len && text.at[at + 1] == '-') {
        len = long_bracket(text, at + 2);
        if (len > 0)
            return len + 2;
        for (len = 2; at + len < text.len && text.at[at + len] != '\n'; len++)
            ;
        return len;
    }
    return long_bracket(text, at);
}

static void cut_up(struct tokens *tokens, struct tend_text text)
{
    int64_t line = 1, len;

    for (int64_t i = 0; i < text.len; i += len) {
        int64_t left_out = nothing(text, i);

        len = left_out > 0 ? left_out : 1;
        if (left_out == 0) {
            while (begins_name(text.at[i]) && i + len < text.len &&
                   (isalnum((unsigned char)text.at[i + len]) || text.at[i + len] == '_'))
                len++;
            if (strchr("=~<>", text.at[i]) != NULL && i + 1 < text.len && text.at[i + 1] == '=')
                len = 2;
            TEND_PUSH(&tokens->list, (struct token){ { text.at + i, len }, line });
        } else if (text.at[i] == '"' || text.at[i] == '\'' || text.at[i] == '[') {
            TEND_PUSH(&tokens->list, (struct token){ TEND_TEXT("\"\""), line });
        }
        for (int64_t j = 0; j < len && i + j < text.len; j++)
            line += text.at[i + j] == '\n';
    }
}

static bool is(const struct tokens *tokens, int64_t i, const char *text)
{
    return i >= 0 && i < tokens->list.n && tend_text_is(tokens->list.at[i].text, text);
}

static bool is_name(const struct tokens *tokens, int64_t i)
{
    static const char *const words[] = { "and", "break", "do", "else", "elseif", "end", "false",
        "for", "function", "goto", "if", "in", "local", "nil", "not", "or", "repeat", "return",
        "then", "true", "until", "while", NULL };

    if (i < 0 || i >= tokens->list.n || !begins_name(tokens->list.at[i].text.at[0]))
        return false;
    for (const char *const *word = words; *word != NULL; word++)
        if (tend_text_is(tokens->list.at[i].text, *word))
            return false;
    return true;
}

/* Names from here on that are parted by commas, attributes (<const>) between. */
static void take_names(const struct tokens *tokens, int64_t i, struct tokens *locals)
{
    for (; is_name(tokens, i); i++) {
        TEND_PUSH(&locals->list, tokens->list.at[i++]);
        if (is(tokens, i, "<"))
            i += 3;
        if (!is(tokens, i, ","))
            return;
    }
}

static void find_locals(const struct tokens *tokens, struct tokens *locals)
{
    for (int64_t i = 0; i < tokens->list.n; i++) {
        if (is(tokens, i, "local"))
            take_names(tokens, is(tokens, i + 1, "function") ? i + 2 : i + 1, locals);
        else if (is(tokens, i, "for"))
            take_names(tokens, i + 1, locals);
        if (is(tokens, i, "function")) {
            while (i < tokens->list.n && !is(tokens, i, "("))
                i++;
            take_names(tokens, i + 1, locals);
        }
    }
}

static bool declared(const struct tokens *locals, struct tend_text name)
{
    for (int64_t i = 0; i < locals->list.n; i++)
        if (tend_text_eq(locals->list.at[i].text, name))
            return true;
    return false;
}

/* Does a statement that assigns begin at this name: name = or name, name = ? */
static bool assigns(const struct tokens *tokens, int64_t i)
{
    static const char *const before[] = { ".", ":", ",", "local", "goto", "for", "::", "<", NULL };

    for (const char *const *word = before; *word != NULL; word++)
        if (is(tokens, i - 1, *word))
            return false;
    if (is(tokens, i - 1, "function"))
        return is(tokens, i + 1, "(") && !is(tokens, i - 2, "local");
    while (is_name(tokens, i) && is(tokens, i + 1, ","))
        i += 2;
    return is_name(tokens, i) && is(tokens, i + 1, "=");
}

void tend_kit_check_globals(struct tend_kit_checking *checking)
{
    struct tokens tokens = { 0 }, locals = { 0 };
    /* inside of { } a name before = is a key; a function in it begins anew */
    TEND_ARRAY(char) inside = { 0 };

    cut_up(&tokens, tend_buffer_text(&checking->text));
    find_locals(&tokens, &locals);
    for (int64_t i = 0; i < tokens.list.n; i++) {
        static const char *const openers[] = { "function", "do", "then", "repeat", NULL };

        for (const char *const *word = openers; *word != NULL; word++)
            if (is(&tokens, i, *word))
                TEND_PUSH(&inside, 'b');
        if (is(&tokens, i, "{"))
            TEND_PUSH(&inside, '{');
        else if (is(&tokens, i, "elseif") || is(&tokens, i, "}") || is(&tokens, i, "end") ||
                 is(&tokens, i, "until"))
            inside.n -= inside.n > 0;
        if ((inside.n > 0 && inside.at[inside.n - 1] == '{') || !is_name(&tokens, i) ||
            !assigns(&tokens, i) || declared(&locals, tokens.list.at[i].text))
            continue;
        tend_kit_finds(checking, checking->source, tokens.list.at[i].line,
                       "%.*s is a global, which lives from one call to the next: write local before "
                       "it", TEND_FMT(tokens.list.at[i].text));
    }
    TEND_ARRAY_FINISH(&inside);
    TEND_ARRAY_FINISH(&locals.list);
    TEND_ARRAY_FINISH(&tokens.list);
}
