/* Finds the cards in a file that comes in blocks: from BEGIN:VCARD to its
 * END:VCARD, with the cards of agents within them. */
#include "vcard.h"
#include <stdlib.h>
#include <string.h>

#define JUNK_MOST 4096 /* bytes of junk that are handed over as one row */

/* CR, CR LF, and CR CR LF, which programs make that turn LF into CR LF twice. */
static int64_t end_of_cr(struct tend_text rest)
{
    for (int64_t n = 1; n < 3 && n < rest.len; n++) {
        if (rest.at[n] == '\n')
            return n + 1;
        if (rest.at[n] != '\r')
            break;
    }
    return 1;
}

struct tend_text vcard_line_cut(struct tend_text *rest)
{
    struct tend_text line = { rest->at, 0 };
    int64_t end = 0;

    while (line.len < rest->len && line.at[line.len] != '\n' && line.at[line.len] != '\r')
        line.len++;
    rest->at += line.len;
    rest->len -= line.len;
    if (rest->len > 0)
        end = rest->at[0] == '\n' ? 1 : end_of_cr(*rest);
    rest->at += end;
    rest->len -= end;
    return line;
}

bool vcard_line_is(struct tend_text line, const char *what)
{
    return vcard_is(vcard_trim(line), what);
}

tend_status vcard_cards_feed(struct vcard_cards *c, struct tend_text text)
{
    if (c->at > 0) {
        memmove(c->text, c->text + c->at, (size_t)(c->len - c->at));
        c->len -= c->at;
        c->at = 0;
    }
    if (c->len + text.len > c->cap) {
        int64_t cap = (c->len + text.len) * 2;
        char *grown = realloc(c->text, (size_t)cap);

        if (!grown)
            return TEND_NOMEM;
        c->text = grown;
        c->cap = cap;
    }
    memcpy(c->text + c->len, text.at, (size_t)text.len);
    c->len += text.len;
    return TEND_OK;
}

void vcard_cards_finish(struct vcard_cards *c)
{
    free(c->text);
}

/* The next line behind what was seen; false: it may go on in the next block. */
static bool peek(struct vcard_cards *c, struct tend_text *line, int64_t *len)
{
    const char *begin = c->text != NULL ? c->text + c->at + c->seen : "";
    struct tend_text rest = { begin + c->looked, c->len - c->at - c->seen - c->looked };

    if (rest.len == 0 && (!c->end || c->looked == 0))
        return false;
    *line = vcard_line_cut(&rest);
    /* whole if ended by LF, or by CR with enough behind it to tell what it is part of */
    if (!c->end &&
        (rest.at == line->at + line->len || (rest.at[-1] == '\r' && rest.len < 2))) {
        c->looked = line->at + line->len - begin;
        return false;
    }
    c->looked = 0;
    *line = (struct tend_text){ begin, line->at + line->len - begin };
    *len = rest.at - begin;
    return true;
}

static int32_t hand_over(struct vcard_cards *c, enum vcard_trouble trouble)
{
    c->raw = (struct tend_text){ c->text + c->at, c->seen };
    while (c->raw.len > 0 && strchr("\r\n", c->raw.at[c->raw.len - 1]))
        c->raw.len--;
    c->raw_line = c->line;
    c->trouble = trouble;
    c->at += c->seen;
    c->line += c->seen_lines;
    c->seen = c->seen_lines = c->depth = c->looked = 0;
    c->in_card = c->in_junk = c->agent = false;
    return 1;
}

static void see(struct vcard_cards *c, int64_t len)
{
    c->seen += len;
    c->seen_lines++;
}

static void leave_out(struct vcard_cards *c, int64_t len)
{
    see(c, len);
    c->at += c->seen;
    c->line += c->seen_lines;
    c->seen = c->seen_lines = 0;
}

static bool is_agent(struct tend_text line)
{
    struct tend_text name = { line.at, line.len < 5 ? line.len : 5 };

    line = vcard_trim(line);
    return vcard_is(name, "AGENT") && line.at[line.len - 1] == ':';
}

/* A line within a card. true: something is to be handed over. */
static bool card_line(struct vcard_cards *c, struct tend_text line, int64_t len)
{
    if (vcard_line_is(line, "BEGIN:VCARD")) {
        if (!c->agent)
            return hand_over(c, VCARD_OPEN);
        c->depth++;
    }
    if (vcard_trim(line).len > 0)
        c->agent = is_agent(line);
    see(c, len);
    if (vcard_line_is(line, "END:VCARD") && --c->depth == 0)
        return hand_over(c, VCARD_FINE);
    if (c->seen <= VCARD_MOST)
        return false;
    c->lost = true;
    return hand_over(c, VCARD_LONG);
}

/* A line outside of cards. */
static bool other_line(struct vcard_cards *c, struct tend_text line, int64_t len)
{
    if (vcard_line_is(line, "BEGIN:VCARD")) {
        if (c->in_junk)
            return hand_over(c, VCARD_JUNK);
        c->lost = false;
        c->in_card = true;
        c->depth = 1;
        see(c, len);
        return false;
    }
    if (c->lost) {
        c->lost = !vcard_line_is(line, "END:VCARD");
        leave_out(c, len);
        return false;
    }
    if (!c->in_junk && vcard_trim(line).len == 0) {
        leave_out(c, len);
        return false;
    }
    c->in_junk = true;
    see(c, len);
    return c->seen > JUNK_MOST && hand_over(c, VCARD_JUNK);
}

int32_t vcard_cards_next(struct vcard_cards *c)
{
    struct tend_text line;
    int64_t len;

    while (peek(c, &line, &len)) {
        if (c->in_card ? card_line(c, line, len) : other_line(c, line, len))
            return 1;
    }
    if (c->end && c->in_card)
        return hand_over(c, VCARD_OPEN);
    if (c->end && c->in_junk)
        return hand_over(c, VCARD_JUNK);
    if (c->lost && c->len - c->at > VCARD_MOST) { /* a line without end, of a card that is lost */
        c->at = c->len;
        c->looked = 0;
    }
    if (c->len - c->at - c->seen > VCARD_MOST) {
        c->seen = c->len - c->at;
        c->lost = true;
        return hand_over(c, VCARD_LONG);
    }
    return 0;
}
