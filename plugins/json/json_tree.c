/* One value of JSON as a tree: strings without their escapes, numbers as they are typed. */
#include "json.h"
#include <stdlib.h>
#include <string.h>

#define DEEP 100
#define MANY 100000     /* values in one person */

struct parser {
    struct json_tree *tree;
    struct tend_text text;
    int64_t at;
    bool partial, nomem;
};

static int32_t value(struct parser *p, int32_t depth);

static bool wrong(struct parser *p, const char *error)
{
    if (p->tree->error == NULL) {
        p->tree->error = error;
        p->tree->error_at = p->at;
    }
    return false;
}

static int peek(struct parser *p)
{
    while (p->at < p->text.len && p->text.at[p->at] != '\0' &&
           strchr(" \t\r\n\x1e", p->text.at[p->at]) != NULL)
        p->at++;
    return p->at < p->text.len ? (unsigned char)p->text.at[p->at] : -1;
}

/* -1: there is no memory for it. */
static int32_t add(struct parser *p, enum json_kind kind)
{
    struct json_tree *t = p->tree;

    if (t->n == MANY)
        wrong(p, "more than 100,000 values are no person");
    if (t->n == MANY)
        return t->n - 1;
    if (t->n == t->cap) {
        int32_t cap = t->cap > 0 ? t->cap * 2 : 64;
        struct json_node *grown = realloc(t->nodes, (size_t)cap * sizeof *grown);

        if (grown == NULL) {
            p->nomem = true;
            return -1;
        }
        t->nodes = grown;
        t->cap = cap;
    }
    t->nodes[t->n] = (struct json_node){ .kind = kind, .key = { "", 0 }, .text = { "", 0 } };
    return t->n++;
}

static int32_t hex4(const char *at)
{
    int32_t code = 0;

    for (int32_t i = 0; i < 4; i++) {
        char c = at[i];

        if (c >= '0' && c <= '9')
            code = code * 16 + c - '0';
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            code = code * 16 + (c | 32) - 'a' + 10;
        else
            return -1;
    }
    return code;
}

static void put_utf8(struct json_tree *t, int32_t code)
{
    char *at = t->plain + t->n_plain;

    if (code == 0 || (code >= 0xd800 && code < 0xe000))
        code = 0xfffd; /* a NUL, or half of a pair */
    if (code < 0x80) {
        at[0] = (char)code;
        t->n_plain += 1;
    } else if (code < 0x800) {
        at[0] = (char)(0xc0 | code >> 6);
        at[1] = (char)(0x80 | (code & 0x3f));
        t->n_plain += 2;
    } else if (code < 0x10000) {
        at[0] = (char)(0xe0 | code >> 12);
        at[1] = (char)(0x80 | (code >> 6 & 0x3f));
        at[2] = (char)(0x80 | (code & 0x3f));
        t->n_plain += 3;
    } else {
        at[0] = (char)(0xf0 | code >> 18);
        at[1] = (char)(0x80 | (code >> 12 & 0x3f));
        at[2] = (char)(0x80 | (code >> 6 & 0x3f));
        at[3] = (char)(0x80 | (code & 0x3f));
        t->n_plain += 4;
    }
}

/* What stands behind a backslash; p->at is behind it then. */
static bool escape(struct parser *p)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    struct json_tree *t = p->tree;
    const char *at = p->text.at + p->at;
    int64_t left = p->text.len - p->at;
    const char *known = left > 0 && at[0] != '\0' ? strchr(from, at[0]) : NULL;
    int32_t code, low;

    if (known != NULL) {
        t->plain[t->n_plain++] = to[known - from];
        p->at++;
        return true;
    }
    if (left == 0 || (at[0] == 'u' && left < 5 && p->partial)) {
        p->at = p->text.len;
        return true; /* cut off: the string ends here too */
    }
    if (at[0] != 'u')
        return wrong(p, "a backslash in a string is followed by one of \" \\ / b f n r t u; a "
                        "backslash itself is written twice");
    code = left >= 5 ? hex4(at + 1) : -1;
    if (code < 0)
        return wrong(p, "\\u is followed by four hexadecimal digits");
    p->at += 5;
    if (code >= 0xd800 && code < 0xdc00 && left >= 11 && at[5] == '\\' && at[6] == 'u' &&
        (low = hex4(at + 7)) >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        p->at += 6;
    }
    put_utf8(t, code);
    return true;
}

/* The string whose quote p->at stands on. */
static bool string(struct parser *p, struct tend_text *out)
{
    int64_t begin = ++p->at, copied = begin;
    char *plain = NULL;

    for (; p->at < p->text.len; p->at++) {
        char c = p->text.at[p->at];

        if (c == '"')
            break;
        if (c == '\n' || c == '\r')
            return wrong(p, "a string ends on its line: a line break in it is written \\n; or is "
                            "its closing quote missing?");
        if (c != '\\')
            continue;
        if (plain == NULL)
            plain = p->tree->plain + p->tree->n_plain;
        memcpy(p->tree->plain + p->tree->n_plain, p->text.at + copied, (size_t)(p->at - copied));
        p->tree->n_plain += p->at - copied;
        p->at++;
        if (!escape(p))
            return false;
        copied = p->at--;
    }
    if (p->at >= p->text.len && !p->partial) {
        p->at = begin - 1;
        return wrong(p, "the string that begins here is never closed on its line: a line break in it is written \\n");
    }
    if (p->at > p->text.len)
        p->at = p->text.len;
    *out = (struct tend_text){ p->text.at + begin, p->at - begin };
    if (plain != NULL) {
        if (copied < p->at) {
            memcpy(p->tree->plain + p->tree->n_plain, p->text.at + copied, (size_t)(p->at - copied));
            p->tree->n_plain += p->at - copied;
        }
        *out = (struct tend_text){ plain, p->tree->plain + p->tree->n_plain - plain };
    }
    if (p->at < p->text.len)
        p->at++;
    else
        p->tree->cut = true;
    return true;
}

static bool is_digit(const struct parser *p, int64_t at)
{
    return at < p->text.len && p->text.at[at] >= '0' && p->text.at[at] <= '9';
}

/* A number or a word. */
static int32_t plain_value(struct parser *p)
{
    struct tend_text word = { p->text.at + p->at, 0 };
    bool number = is_digit(p, p->at) || (word.at[0] == '-' && is_digit(p, p->at + 1));
    int32_t node;

    while (p->at + word.len < p->text.len && word.at[word.len] != '\0' &&
           strchr(",]}: \t\r\n\"[{", word.at[word.len]) == NULL)
        word.len++;
    for (int64_t i = 0; i < word.len && number; i++)
        number = strchr("+-.eE0123456789", word.at[i]) != NULL && word.at[i] != '\0';
    if (!number && !(word.len == 4 && (memcmp(word.at, "true", 4) == 0 ||
                                       memcmp(word.at, "null", 4) == 0)) &&
        !(word.len == 5 && memcmp(word.at, "false", 5) == 0)) {
        if (p->partial && p->at + word.len == p->text.len)
            p->tree->cut = true;
        else
            wrong(p, word.at[0] == '\'' ? "keys and strings have double quotes in JSON"
                                        : "a value was expected: a string in double quotes, a number, "
                                          "true, false, null, [ or {");
    }
    node = add(p, number ? JSON_NUMBER : word.at[0] == 'n' ? JSON_NULL : JSON_WORD);
    if (node >= 0)
        p->tree->nodes[node].text = word;
    p->at += word.len;
    return node;
}

/* Behind a member or an item: 1 one more may come, 0 it is closed, -1 wrong. */
static int next_item(struct parser *p, char close)
{
    int c = peek(p);

    if (c == ',') {
        p->at++;
        c = peek(p);
        if (c != close && c >= 0)
            return 1;
    }
    if (c == close) {
        p->at++;
        return 0;
    }
    if (c < 0 && p->partial) {
        p->tree->cut = true;
        return 0;
    }
    wrong(p, c < 0         ? close == '}' ? "the object is never closed: } was expected"
                                          : "the array is never closed: ] was expected"
             : close == '}' ? "a comma or } was expected here"
                            : "a comma or ] was expected here");
    return -1;
}

static bool key_of(struct parser *p, struct tend_text *key)
{
    int c = peek(p);

    if (c != '"')
        return wrong(p, c == '\'' ? "keys and strings have double quotes in JSON"
                                  : "a key in double quotes was expected here");
    if (!string(p, key))
        return false;
    c = peek(p);
    if (c == ':') {
        p->at++;
        return true;
    }
    if (c < 0 && p->partial) {
        p->tree->cut = true;
        return true;
    }
    return wrong(p, "a colon was expected behind the key");
}

static int32_t container(struct parser *p, int32_t depth, bool object)
{
    int32_t node = add(p, object ? JSON_OBJECT : JSON_ARRAY), last = 0;
    char close = object ? '}' : ']';
    int more = 1;

    p->at++;
    if (node < 0)
        return node;
    if (depth == DEEP) {
        wrong(p, "more than 100 values are within each other here");
        return node;
    }
    if (peek(p) == close) {
        p->at++;
        return node;
    }
    while (more > 0 && !p->nomem) {
        struct tend_text key = { "", 0 };
        int32_t item;

        if (p->partial && peek(p) < 0) {
            p->tree->cut = true;
            break;
        }
        if (object && !key_of(p, &key))
            break;
        if (p->tree->cut)
            break;
        item = value(p, depth + 1);
        if (item <= 0)
            break;
        p->tree->nodes[item].key = key;
        if (last == 0)
            p->tree->nodes[node].child = item;
        else
            p->tree->nodes[last].next = item;
        last = item;
        if (p->tree->cut || p->tree->error != NULL)
            break;
        more = next_item(p, close);
    }
    return node;
}

static int32_t value(struct parser *p, int32_t depth)
{
    int c = peek(p);
    int32_t node;

    if (c < 0) {
        if (p->partial)
            p->tree->cut = true;
        else
            wrong(p, "a value was expected, and nothing is there");
        return add(p, JSON_NULL);
    }
    if (c == '{' || c == '[')
        return container(p, depth, c == '{');
    if (c == '"') {
        struct tend_text text = { "", 0 };

        node = add(p, JSON_STRING);
        if (node >= 0 && string(p, &text))
            p->tree->nodes[node].text = text;
        return node;
    }
    return plain_value(p);
}

tend_status json_tree_parse(struct json_tree *tree, struct tend_text text, bool partial)
{
    struct parser p = { .tree = tree, .text = text, .partial = partial };

    tree->n = 0;
    tree->n_plain = 0;
    tree->error = NULL;
    tree->cut = false;
    if (tree->plain_cap <= text.len) { /* what has no escapes is never longer */
        free(tree->plain);
        tree->plain_cap = text.len + text.len / 2 + 64;
        tree->plain = malloc((size_t)tree->plain_cap);
        if (tree->plain == NULL) {
            tree->plain_cap = 0;
            return TEND_NOMEM;
        }
    }
    value(&p, 0);
    tree->used = p.at;
    return p.nomem ? TEND_NOMEM : tree->error != NULL ? TEND_INVALID : TEND_OK;
}

void json_tree_finish(struct json_tree *tree)
{
    free(tree->nodes);
    free(tree->plain);
    *tree = (struct json_tree){ 0 };
}

const struct json_node *json_member(const struct json_tree *tree, const struct json_node *object,
                                    const char *key)
{
    int64_t len = (int64_t)strlen(key);

    if (object->kind != JSON_OBJECT)
        return NULL;
    for (int32_t i = object->child; i > 0; i = tree->nodes[i].next) {
        if (tree->nodes[i].key.len == len && memcmp(tree->nodes[i].key.at, key, (size_t)len) == 0)
            return &tree->nodes[i];
    }
    return NULL;
}
