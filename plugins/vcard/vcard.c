/* The lead source: vcard reads the cards that address books and telephones
 * export, of every version and with what they get wrong. */
#include "vcard.h"
#include <string.h>

#define RAW_MOST 1000 /* bytes that are shown of what is no card */

/* The same cards written as XML, which address books export as .vcf too. */
static bool is_xml(struct tend_text head)
{
    static const char space[] = "urn:ietf:params:xml:ns:vcard-4.0";
    int64_t n = (int64_t)sizeof space - 1;

    head = vcard_trim(head);
    for (int64_t i = 0; i + n <= head.len && head.at[0] == '<'; i++) {
        if (memcmp(head.at + i, space, (size_t)n) == 0)
            return true;
    }
    return false;
}

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    struct tend_text rest = head;
    bool named = false, any = false;

    (void)ctx;
    if (is_xml(head))
        return 60; /* to say what it is */
    if (vcard_is_json(head))
        return 98;
    if (filename.len > 4)
        named = vcard_is((struct tend_text){ filename.at + filename.len - 4, 4 }, ".vcf") ||
                vcard_is((struct tend_text){ filename.at + filename.len - 4, 4 }, ".vcd");
    while (rest.len > 0) {
        struct tend_text line = vcard_line_cut(&rest);

        if (vcard_trim(line).len == 0)
            continue;
        if (vcard_line_is(line, "BEGIN:VCARD"))
            return any ? 70 : 100;
        any = true;
    }
    return named ? (any ? 15 : 20) : 0;
}

static const char *code_of(enum vcard_trouble trouble)
{
    return trouble == VCARD_OPEN ? "vcard.end" : trouble == VCARD_LONG ? "vcard.long" : "vcard.junk";
}

static const char *reason_of(enum vcard_trouble trouble)
{
    return trouble == VCARD_OPEN
               ? "the card that begins here has no END:VCARD"
           : trouble == VCARD_LONG
               ? "the card that begins here is larger than 16 MB: export it without its pictures"
               : "this is in no card: BEGIN:VCARD was expected";
}

static tend_status reject(struct vcard_read *r, const struct vcard_cards *c)
{
    struct tend_row *row = r->ctx->source->row(r->in);
    struct tend_text raw = c->raw;

    if (c->trouble != VCARD_OPEN && raw.len > RAW_MOST) {
        raw.len = RAW_MOST;
        while (raw.len > 0 && ((unsigned char)raw.at[raw.len] & 0xc0) == 0x80)
            raw.len--;
    }
    r->ctx->source->place(row, c->raw_line, raw);
    return r->ctx->source->reject(row, code_of(c->trouble), 0, reason_of(c->trouble));
}

/* What is not in the rows, once. */
static void tell(const struct vcard_read *r)
{
    const struct tend_host *host = r->ctx->host;

    if (r->n_media > 0)
        host->log(r->ctx, 1, "%lld picture%s or other attachment%s noted and not loaded",
                  (long long)r->n_media, r->n_media == 1 ? "" : "s", r->n_media == 1 ? "" : "s");
    if (r->n_lists > 0)
        host->log(r->ctx, 2, "%lld card%s a list of people, not a person: left out",
                  (long long)r->n_lists, r->n_lists == 1 ? " is" : "s are");
    if (r->n_dnc > 0)
        host->log(r->ctx, 2, "%lld %s not to be contacted there: mark them with dnc",
                  (long long)r->n_dnc, r->n_dnc == 1 ? "is" : "are");
    if (r->n_odd > 0)
        host->log(r->ctx, 2, "%lld line%s no property of a card: kept as vcard.line",
                  (long long)r->n_odd, r->n_odd == 1 ? " is" : "s are");
}

/* The cards that are whole. */
static tend_status read_ready(struct vcard_read *r, struct vcard_cards *c)
{
    tend_status status = TEND_OK;

    if (r->json)
        return vcard_json(r, c);
    while (status == TEND_OK && !r->room.full && vcard_cards_next(c) > 0) {
        vcard_room_reset(&r->room);
        status = c->trouble == VCARD_FINE ? vcard_person(r, c->raw, c->raw_line) : reject(r, c);
    }
    return status;
}

static tend_status read_cards(struct vcard_read *r, struct vcard_cards *c)
{
    for (;;) {
        struct tend_text block;
        tend_status status = read_ready(r, c);
        int32_t got;

        if (r->room.full)
            return r->ctx->host->fail(r->ctx, TEND_NOMEM, "out of memory");
        if (status != TEND_OK || c->end)
            return status;
        got = r->ctx->source->block(r->in, &block);
        if (got < 0)
            return got;
        c->end = got == 0;
        if (got > 0 && c->line == 1 && c->len == 0 && is_xml(block))
            return r->ctx->host->fail(r->ctx, TEND_INVALID,
                                      "line 1: these are cards in XML (xCard), which is not read: "
                                      "export them as vCard, a .vcf file");
        if (got > 0 && c->line == 1 && c->len == 0)
            r->json = vcard_is_json(block);
        if (got > 0 && vcard_cards_feed(c, block) != TEND_OK)
            return r->ctx->host->fail(r->ctx, TEND_NOMEM, "out of memory");
    }
}

static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    struct vcard_read r = { .ctx = ctx, .in = in };
    struct vcard_cards cards = { .line = 1 };
    tend_status status = read_cards(&r, &cards);

    if (status == TEND_OK)
        tell(&r);
    vcard_cards_finish(&cards);
    vcard_room_finish(&r.room);
    return status;
}

static const struct tend_lead_source vcard = {
    .size = sizeof vcard, .name = "vcard", .title = "vCard", .sniff = sniff, .read = read_file,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "lead_source", &vcard);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "vcard",
    .version = "0.1.0",
    .summary = "Reads the cards of address books: vCard 2.1, 3.0 and 4.0",
    .license = "GPL-3.0-or-later",
    .needs = "none",
    .init = init,
};

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
