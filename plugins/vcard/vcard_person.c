/* A card becomes a row, and each card within it one of its own. */
#include "vcard.h"
#include <string.h>

#define MOST_PUT 900  /* a row takes 1000 */
#define DEEPEST 8     /* agents of agents */

struct tend_text vcard_text(struct vcard_card *card, const struct vcard_property *p)
{
    return vcard_unescaped(card->room, vcard_decoded(card->room, p));
}

void vcard_put(struct vcard_card *card, const char *field, struct tend_text value,
               struct tend_text label)
{
    value = vcard_trim(value);
    if (value.len == 0 || ++card->n_put > MOST_PUT)
        return;
    card->r->ctx->source->put(card->row, field, value);
    if (label.len > 0)
        card->r->ctx->source->label(card->row, label);
}

bool vcard_is_uid(struct tend_text text)
{
    for (int64_t i = 0; i < text.len; i++) {
        if (!memchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", text.at[i], 32))
            return false;
    }
    return text.len == 26;
}

/* --- reading the lines ------------------------------------------------------- */

/* Which version says so: it may stand anywhere in the card. */
static bool is_old(struct tend_text raw)
{
    while (raw.len > 0) {
        struct tend_text line = vcard_trim(vcard_line_cut(&raw));

        if (line.len > 8 && vcard_is((struct tend_text){ line.at, 8 }, "VERSION:"))
            return vcard_is(vcard_trim((struct tend_text){ line.at + 8, line.len - 8 }), "2.1");
    }
    return false;
}

static int64_t count_lines(struct tend_text raw)
{
    int64_t n = 0;

    for (; raw.len > 0; n++)
        vcard_line_cut(&raw);
    return n;
}

static void add_agent(struct vcard_card *card, struct tend_text raw, int64_t line)
{
    struct vcard_agent *agent =
        (struct vcard_agent *)(void *)vcard_room_take(card->room, sizeof *agent);

    if (agent)
        *agent = (struct vcard_agent){ raw, line, card->agents };
    if (agent)
        card->agents = agent;
}

/* The lines behind a BEGIN:VCARD up to its END are another card. */
static void skip_agent(struct vcard_card *card, struct vcard_lines *l, const char *begin,
                       int64_t line)
{
    int64_t depth = 1;

    while (depth > 0 && l->rest.len > 0) {
        struct tend_text text = vcard_line_cut(&l->rest);

        l->line++;
        depth += vcard_line_is(text, "BEGIN:VCARD") ? 1 : vcard_line_is(text, "END:VCARD") ? -1 : 0;
    }
    add_agent(card, (struct tend_text){ begin, l->rest.at - begin }, line);
}

static bool read_lines(struct vcard_card *card, struct tend_text raw, int64_t line)
{
    int64_t most = count_lines(raw);
    struct vcard_lines l = { .rest = raw, .line = line, .old = is_old(raw) };

    l.out = vcard_room_take(card->room, raw.len + 1);
    card->properties = (struct vcard_property *)(void *)vcard_room_take(
        card->room, most * (int64_t)sizeof *card->properties);
    if (!l.out || !card->properties)
        return false;
    for (;;) {
        struct vcard_property *p = &card->properties[card->n];
        const char *begin = l.rest.at;

        if (!vcard_lines_next(&l, p))
            return true;
        if (vcard_is(p->name, "BEGIN") && card->n > 0)
            skip_agent(card, &l, begin, p->line);
        else
            card->n++;
    }
}

/* --- who ------------------------------------------------------------------------ */

static const struct vcard_property *find(const struct vcard_card *card, const char *name)
{
    for (int64_t i = 0; i < card->n; i++) {
        if (vcard_is(card->properties[i].name, name))
            return &card->properties[i];
    }
    return NULL;
}

/* A list of addresses that looks like a card. */
static bool is_list(struct vcard_card *card)
{
    const struct vcard_property *kind = find(card, "KIND");

    if (!kind)
        kind = find(card, "X-ADDRESSBOOKSERVER-KIND");
    return kind && vcard_is(vcard_text(card, kind), "group");
}

static bool has_point(struct vcard_card *card)
{
    for (int64_t i = 0; i < card->n; i++) {
        const struct vcard_property *p = &card->properties[i];

        if ((vcard_is(p->name, "TEL") || vcard_is(p->name, "EMAIL")) &&
            vcard_text(card, p).len > 0)
            return true;
    }
    return false;
}

static tend_status put_row(struct vcard_card *card)
{
    const struct tend_source_api *source = card->r->ctx->source;
    const struct tend_text none = { "", 0 };

    vcard_put(card, "name", card->name, none);
    vcard_put(card, "given", card->given, none);
    vcard_put(card, "family", card->family, none);
    vcard_put(card, "vcard.middle", card->middle, none);
    vcard_put(card, "vcard.prefix", card->prefix, none);
    vcard_put(card, "vcard.suffix", card->suffix, none);
    vcard_points(card, "EMAIL", "email");
    vcard_points(card, "TEL", "phone");
    vcard_points(card, "URL", "url");
    for (int64_t i = 0; i < card->n; i++)
        vcard_field(card, &card->properties[i]);
    if (card->n_put > MOST_PUT)
        return source->reject(card->row, "vcard.many", 0,
                              "more than 900 values: is this the card of one person?");
    return source->end(card->row);
}

static tend_status read_agents(struct vcard_card *card)
{
    tend_status status = TEND_OK;

    if (++card->r->depth < DEEPEST) {
        for (struct vcard_agent *a = card->agents; a && status == TEND_OK; a = a->next)
            status = vcard_person(card->r, a->raw, a->line);
    }
    card->r->depth--;
    return status;
}

/* The card of an agent that stands in a value, with its line ends as escapes. */
static void find_inline_agents(struct vcard_card *card)
{
    for (int64_t i = 0; i < card->n; i++) {
        struct vcard_property *p = &card->properties[i];
        struct tend_text text;

        if (!vcard_is(p->name, "AGENT"))
            continue;
        text = vcard_text(card, p);
        if (text.len > 11 && vcard_is((struct tend_text){ text.at, 11 }, "BEGIN:VCARD")) {
            add_agent(card, text, p->line);
            p->value.len = 0;
        }
    }
}

tend_status vcard_person(struct vcard_read *r, struct tend_text raw, int64_t line)
{
    const struct tend_source_api *source = r->ctx->source;
    const struct tend_text none = { "", 0 };
    struct vcard_card card = { .r = r,         .room = &r->room, .name = none,   .given = none,
                               .family = none, .middle = none,   .prefix = none, .suffix = none };
    tend_status status;

    if (!read_lines(&card, raw, line))
        return TEND_OK; /* the room is full, which the caller sees */
    if (is_list(&card)) {
        r->n_lists++;
        return TEND_OK;
    }
    find_inline_agents(&card);
    vcard_names(&card);
    card.row = source->row(r->in);
    source->place(card.row, line, raw);
    if (card.name.len == 0 && !has_point(&card))
        status = source->reject(card.row, "vcard.nobody", 0,
                                "FN, N, TEL or EMAIL was expected: nobody can be told by this card");
    else
        status = put_row(&card);
    return status == TEND_OK && card.agents ? read_agents(&card) : status;
}
