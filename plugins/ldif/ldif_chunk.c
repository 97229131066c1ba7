/* Collects text until there are many entries, which end with a blank line, so that
 * lists are known before the people who are in them. */
#include "ldif.h"
#include <stdlib.h>
#include <string.h>

struct tend_text ldif_trim(struct tend_text text)
{
    while (text.len > 0 && (unsigned char)text.at[0] <= ' ') {
        text.at++;
        text.len--;
    }
    while (text.len > 0 && (unsigned char)text.at[text.len - 1] <= ' ')
        text.len--;
    return text;
}

bool ldif_is(struct tend_text text, const char *word)
{
    int64_t i = 0;

    for (; i < text.len && word[i]; i++) {
        char a = text.at[i], b = word[i];

        a = a >= 'A' && a <= 'Z' ? (char)(a - 'A' + 'a') : a;
        b = b >= 'A' && b <= 'Z' ? (char)(b - 'A' + 'a') : b;
        if (a != b)
            return false;
    }
    return i == text.len && !word[i];
}

/* Ends are LF, CRLF and CR. */
struct tend_text ldif_line_cut(struct tend_text *rest)
{
    struct tend_text line = { rest->at, 0 };
    int64_t end;

    while (line.len < rest->len && line.at[line.len] != '\n' && line.at[line.len] != '\r')
        line.len++;
    end = line.len + (line.len < rest->len);
    if (end < rest->len && line.at[end - 1] == '\r' && line.at[end] == '\n')
        end++;
    rest->at += end;
    rest->len -= end;
    return line;
}

tend_status ldif_chunk_feed(struct ldif_chunk *c, struct tend_text block)
{
    if (c->at > 0) {
        memmove(c->text, c->text + c->at, (size_t)(c->len - c->at));
        c->len -= c->at;
        c->ready -= c->at;
        c->tried = c->tried > c->at ? c->tried - c->at : 0;
        c->at = 0;
    }
    if (c->len + block.len > c->cap) {
        int64_t cap = (c->len + block.len) * 2;
        char *grown = realloc(c->text, (size_t)cap);

        if (!grown)
            return TEND_NOMEM;
        c->text = grown;
        c->cap = cap;
    }
    memcpy(c->text + c->len, block.at, (size_t)block.len);
    c->len += block.len;
    return TEND_OK;
}

void ldif_chunk_finish(struct ldif_chunk *c)
{
    free(c->text);
}

/* Where the last blank line begins; 0 if there is none. The last line may go on. */
static int64_t last_blank(const struct ldif_chunk *c)
{
    int64_t ends = 0, from = c->tried > c->at + 4 ? c->tried - 4 : c->at;

    for (int64_t i = c->len - 1; i > from; i--) {
        char end = c->text[i];

        if (end != '\n' && end != '\r') {
            ends = 0;
            continue;
        }
        if (end == '\n' && c->text[i - 1] == '\r')
            i--;
        if (++ends == 2)
            return i + (c->text[i] == '\r' && c->text[i + 1] == '\n' ? 2 : 1);
    }
    return 0;
}

bool ldif_chunk_full(struct ldif_chunk *c)
{
    if (c->end) {
        c->ready = c->len;
        return true;
    }
    if (c->len - c->at < LDIF_CHUNK)
        return false;
    c->ready = last_blank(c);
    if (c->ready > c->at)
        return true;
    c->tried = c->len;
    if (c->len - c->at <= LDIF_MOST)
        return false;
    c->ready = c->len; /* an entry without end */
    c->lost = true;
    return true;
}

bool ldif_chunk_next(struct ldif_chunk *c, struct tend_text *entry, int64_t *line)
{
    struct tend_text rest = { c->text + c->at, c->ready - c->at };
    const char *end = NULL;

    *entry = (struct tend_text){ NULL, 0 };
    while (rest.len > 0) {
        struct tend_text text = ldif_line_cut(&rest);

        c->line++;
        if (text.len == 0 && entry->at)
            break;
        if (text.len > 0 && !entry->at) {
            entry->at = text.at;
            *line = c->line - 1;
        }
        if (text.len > 0)
            end = text.at + text.len;
    }
    c->at = c->ready - rest.len;
    if (entry->at)
        entry->len = end - entry->at;
    return entry->at != NULL;
}
