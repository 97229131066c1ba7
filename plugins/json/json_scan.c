/* Values out of a stream: finds where each person begins and ends, so that one is in memory
 * and not the file. What stands around the list is passed by. */
#include "json.h"
#include <stdlib.h>
#include <string.h>

tend_status json_scan_begin(struct json_scan *s, const struct json_shape *shape)
{
    int64_t total = 0;

    *s = (struct json_scan){ .shape = *shape, .line = 1, .column = 1 };
    for (int32_t i = 0; i < shape->n; i++)
        total += shape->path[i].len;
    s->keys = malloc((size_t)total + 1);
    if (s->keys == NULL)
        return TEND_NOMEM;
    total = 0;
    for (int32_t i = 0; i < shape->n; i++) { /* the head that they lie in is lent */
        memcpy(s->keys + total, shape->path[i].at, (size_t)shape->path[i].len);
        s->shape.path[i].at = s->keys + total;
        total += shape->path[i].len;
    }
    return TEND_OK;
}

void json_scan_finish(struct json_scan *s)
{
    free(s->keys);
    free(s->text);
    *s = (struct json_scan){ 0 };
}

tend_status json_scan_feed(struct json_scan *s, struct tend_text text)
{
    int64_t left;

    s->at += s->done; /* its lines were counted when it was handed over */
    s->done = 0;
    left = s->len - s->at;
    if (s->at > 0)
        memmove(s->text, s->text + s->at, (size_t)left);
    s->at = 0;
    s->len = left;
    if (s->len + text.len > s->cap) {
        int64_t cap = (s->len + text.len) * 2;
        char *grown = realloc(s->text, (size_t)cap);

        if (grown == NULL)
            return TEND_NOMEM;
        s->text = grown;
        s->cap = cap;
    }
    memcpy(s->text + s->len, text.at, (size_t)text.len);
    s->len += text.len;
    return TEND_OK;
}

/* Counts lines and columns over bytes that are left behind. */
static void count(struct json_scan *s, const char *at, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        if (at[i] == '\n') {
            s->line++;
            s->column = 1;
            s->indent = 0;
        } else {
            s->column += ((unsigned char)at[i] & 0xc0) != 0x80;
            if (s->indent >= 0)
                s->indent = at[i] == ' ' || at[i] == '\t' ? s->indent + 1 : -1;
        }
    }
}

static void pass(struct json_scan *s, int64_t n)
{
    count(s, s->text + s->at, n);
    s->at += n;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\x1e' || c == ',';
}

/* The value in hand is over: `pos` bytes of it. True: it was one to take. */
static bool hand_over(struct json_scan *s, enum json_trouble trouble)
{
    bool taken = s->value == JSON_TAKE;

    s->value = JSON_NO_VALUE;
    if (!taken) {
        pass(s, s->pos);
        return false;
    }
    s->element = (struct tend_text){ s->text + s->at, s->pos };
    s->element_line = s->line;
    s->element_column = s->column;
    s->trouble = trouble;
    s->first = s->pos > 0 ? s->text[s->at] : 0;
    s->first_indent = s->indent;
    count(s, s->text + s->at, s->pos);
    s->done = s->pos;
    s->seek = trouble == JSON_TORN || trouble == JSON_STRAY;
    return true;
}

static void begin_value(struct json_scan *s, bool take)
{
    s->value = take ? JSON_TAKE : JSON_SKIP;
    s->pos = 0;
    s->depth = 0;
    s->string = s->escape = false;
}

/* Looks at one more character of a value in brackets. 1: it is over with it; -1: it is torn. */
static int32_t look(struct json_scan *s, char c)
{
    if (s->string) {
        if (s->escape)
            s->escape = false;
        else if (c == '\\')
            s->escape = true;
        else if (c == '"')
            s->string = false;
        else if (c == '\n')
            return -1;
        return s->string || s->depth > 0 ? 0 : 1;
    }
    if (c == '"') {
        s->string = true;
    } else if (c == '{' || c == '[') {
        if (s->depth == (int64_t)sizeof s->open)
            return -1;
        s->open[s->depth++] = c == '{' ? '}' : ']';
    } else if (c == '}' || c == ']') {
        if (s->depth == 0 || s->open[s->depth - 1] != c)
            return -1;
        return --s->depth == 0;
    }
    return 0;
}

/* Too much of it is there already: its beginning is handed over, and the rest passed by. */
static int32_t too_long(struct json_scan *s)
{
    hand_over(s, JSON_LONG);
    s->at += s->done;
    s->done = 0;
    s->value = JSON_SKIP;
    s->pos = 0;
    return 1;
}

/* There is no more text, and the value is not over. 1, 0 as below. */
static int32_t wait_for_more(struct json_scan *s, enum json_trouble trouble)
{
    if (s->value == JSON_TAKE && s->pos > JSON_PERSON)
        return too_long(s);
    if (s->value == JSON_SKIP) { /* nobody will look at that again */
        pass(s, s->pos);
        s->pos = 0;
    }
    return s->end && hand_over(s, trouble);
}

/* Goes on with the value in hand. 1 a value was handed over, 0 there is no more text, -1 it was
 * passed by. */
static int32_t go_on_line(struct json_scan *s)
{
    const char *from = s->text + s->at;
    const char *end = memchr(from + s->pos, '\n', (size_t)(s->len - s->at - s->pos));

    s->pos = end != NULL ? end - from : s->len - s->at;
    if (end == NULL || (s->value == JSON_TAKE && s->pos > JSON_PERSON))
        return wait_for_more(s, JSON_FINE);
    return hand_over(s, JSON_FINE) ? 1 : -1;
}

static int32_t go_on(struct json_scan *s)
{
    char first = s->at < s->len ? s->text[s->at] : 0;
    bool brackets = first == '{' || first == '[' || first == '"' || s->depth > 0 || s->string;

    while (s->at + s->pos < s->len) {
        char c = s->text[s->at + s->pos];
        int32_t over = 0;

        if (!brackets && c != '\0' && strchr(",]} \t\r\n", c) != NULL)
            return hand_over(s, JSON_FINE) ? 1 : -1;
        if (brackets)
            over = look(s, c);
        if (over < 0)
            return hand_over(s, JSON_TORN) ? 1 : -1;
        s->pos++;
        if (over > 0)
            return hand_over(s, JSON_FINE) ? 1 : -1;
        if (s->value == JSON_TAKE && s->pos > JSON_PERSON)
            break;
    }
    return wait_for_more(s, brackets ? JSON_CUT : JSON_FINE);
}

/* After text that could not be read: on to a line that begins as that did. */
static bool seek(struct json_scan *s)
{
    while (s->at < s->len) {
        const char *end = memchr(s->text + s->at, '\n', (size_t)(s->len - s->at));
        int64_t i;

        if (s->indent != 0 || s->column != 1) { /* within a line */
            pass(s, end != NULL ? end + 1 - s->text - s->at : s->len - s->at);
            continue;
        }
        for (i = s->at; i < s->len && (s->text[i] == ' ' || s->text[i] == '\t'); i++)
            ;
        if (i == s->len && !s->end)
            return false; /* the rest of the line is not there yet */
        if (i < s->len && (s->text[i] == '{' || s->text[i] == '[') &&
            (s->first_indent < 0 || i - s->at == s->first_indent)) {
            s->seek = false;
            return true;
        }
        pass(s, i + 1 > s->len ? s->len - s->at : i + 1 - s->at);
    }
    return false;
}

/* A key at `at`, with its colon and the first character of its value. 1, 0 there is more to
 * come, -1 it is no key. */
static int32_t find_key(const struct json_scan *s, struct tend_text *key, int64_t *value)
{
    int64_t i = s->at + 1;

    while (i < s->len && s->text[i] != '"' && s->text[i] != '\n')
        i += s->text[i] == '\\' ? 2 : 1;
    if (i >= s->len)
        return s->end || i - s->at > JSON_PERSON ? -1 : 0;
    if (s->text[i] != '"')
        return -1;
    *key = (struct tend_text){ s->text + s->at + 1, i - s->at - 1 };
    for (i++; i < s->len && is_space(s->text[i]); i++)
        ;
    if (i < s->len && s->text[i] != ':')
        return -1;
    for (i++; i < s->len && is_space(s->text[i]); i++)
        ;
    *value = i - s->at;
    return i < s->len ? 1 : s->end ? -1 : 0;
}

/* The next member of an object on the way to the list. 1, 0 there is more to come, -1 there is
 * something else. */
static int32_t step(struct json_scan *s)
{
    struct tend_text key, wanted = s->shape.path[s->level - 1];
    bool last = s->level == s->shape.n;
    int64_t value;
    int32_t got;
    char c = s->text[s->at];

    if (c == '}') {
        s->level--;
        pass(s, 1);
        return 1;
    }
    got = c == '"' ? find_key(s, &key, &value) : -1;
    if (got <= 0)
        return got;
    wanted.at = key.len == wanted.len && memcmp(key.at, wanted.at, (size_t)key.len) == 0
                    ? wanted.at : NULL;
    pass(s, value);
    c = s->text[s->at];
    if (wanted.at != NULL && c == (last ? '[' : '{')) {
        s->in_list = last;
        s->level += !last;
        pass(s, 1);
    } else {
        begin_value(s, false);
    }
    return 1;
}

/* What begins here, outside of any value; returns as `step`. */
static int32_t begin(struct json_scan *s)
{
    char c = s->text[s->at];

    if (s->shape.lines) {
        begin_value(s, true);
    } else if (s->in_list && c == ']') {
        s->in_list = false;
        pass(s, 1);
    } else if ((s->in_list || s->level == 0) && (c == ']' || c == '}' || c == ':')) {
        return -1;
    } else if (s->in_list) {
        begin_value(s, true);
    } else if (s->level > 0) {
        return step(s);
    } else if (s->shape.n > 0 && c == '{') {
        s->level = 1;
        pass(s, 1);
    } else if (s->shape.n == 0 && s->shape.list && c == '[') {
        s->in_list = true;
        pass(s, 1);
    } else {
        begin_value(s, s->shape.n == 0 || (c != '[' && c != '"'));
    }
    return 1;
}

/* Text that begins no value: what stands on this line. 1, or 0: there is more to come. */
static int32_t stray(struct json_scan *s)
{
    const char *end = memchr(s->text + s->at, '\n', (size_t)(s->len - s->at));

    if (end == NULL && !s->end && s->len - s->at <= JSON_PERSON)
        return 0;
    s->value = JSON_TAKE;
    s->pos = end != NULL ? end - s->text - s->at : s->len - s->at;
    s->level = 0;
    s->in_list = false;
    hand_over(s, JSON_STRAY);
    return 1;
}

int32_t json_scan_next(struct json_scan *s)
{
    s->at += s->done;
    s->done = 0;
    for (;;) {
        int32_t got;

        if (s->value != JSON_NO_VALUE) {
            got = s->shape.lines ? go_on_line(s) : go_on(s);
            if (got >= 0)
                return got;
            continue;
        }
        if (s->seek && !seek(s))
            return 0;
        while (s->at < s->len && is_space(s->text[s->at]))
            pass(s, 1);
        if (s->at >= s->len)
            return 0;
        got = begin(s);
        if (got <= 0)
            return got < 0 ? stray(s) : 0;
    }
}
