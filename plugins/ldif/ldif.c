/* The lead source: ldif reads the address books of Thunderbird and the people of
 * directories. */
#include "ldif.h"
#include <string.h>

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    bool named = filename.len > 5 &&
                 ldif_is((struct tend_text){ filename.at + filename.len - 5, 5 }, ".ldif");

    while (head.len > 0) {
        struct tend_text line = ldif_line_cut(&head);

        if (ldif_trim(line).len == 0 || line.at[0] == '#' || line.at[0] == ' ')
            continue;
        if (ctx->text->starts(line, "version:"))
            continue;
        return ctx->text->starts(line, "dn:") ? 95 : named ? 15 : 0;
    }
    return named ? 20 : 0;
}

static tend_status reject(struct ldif_read *r, struct tend_text raw, int64_t line,
                          const char *code, int64_t column, const char *reason)
{
    r->row = r->ctx->source->row(r->in);
    r->ctx->source->place(r->row, line, raw);
    return r->ctx->source->reject(r->row, code, column, reason);
}

/* Does the entry say something, or is it a comment or the version? */
static bool says_something(const struct ldif_entry *e)
{
    for (int64_t i = 0; i < e->n; i++) {
        if (!ldif_is(e->values[i].name, "version"))
            return true;
    }
    return e->code != NULL;
}

static tend_status read_entry(struct ldif_read *r, struct tend_text raw, int64_t line)
{
    struct ldif_entry *e = &r->entry;

    if (ldif_entry_read(e, raw, line) != TEND_OK)
        return r->ctx->host->fail(r->ctx, TEND_NOMEM, "out of memory");
    if (!says_something(e))
        return TEND_OK;
    if (e->code)
        return reject(r, raw, e->line, e->code, e->column, e->reason);
    if (ldif_entry_get(e, "dn", 0).len == 0)
        return reject(r, raw, line, "ldif.dn", 1, "an entry begins with \"dn: \"");
    if (ldif_entry_has(e, "changetype", NULL) && !ldif_entry_has(e, "changetype", "add")) {
        r->n_changes++;
        return TEND_OK;
    }
    if (ldif_is_list(e))
        return TEND_OK;
    if (!ldif_is_person(e)) {
        r->n_others++;
        return TEND_OK;
    }
    r->row = r->ctx->source->row(r->in);
    r->ctx->source->place(r->row, line, raw);
    return ldif_person(r);
}

/* What lists are there, in all entries that are at hand? */
static tend_status find_lists(struct ldif_read *r, struct ldif_chunk c)
{
    struct tend_text raw;
    int64_t line;
    tend_status status = TEND_OK;

    while (status == TEND_OK && ldif_chunk_next(&c, &raw, &line)) {
        status = ldif_entry_read(&r->entry, raw, line);
        if (status == TEND_OK && !r->entry.code && ldif_is_list(&r->entry))
            status = ldif_lists_add(&r->lists, &r->entry);
    }
    if (status != TEND_OK)
        return r->ctx->host->fail(r->ctx, status, "out of memory");
    return TEND_OK;
}

/* The entries that are at hand; of one that has no end its beginning is refused. */
static tend_status read_chunk(struct ldif_read *r, struct ldif_chunk *c, bool *skip)
{
    struct tend_text raw;
    int64_t line;
    tend_status status = c->lost ? TEND_OK : find_lists(r, *c);

    if (*skip && c->at < c->len && (c->text[c->at] == '\n' || c->text[c->at] == '\r'))
        *skip = false; /* what was too long has ended */
    while (status == TEND_OK && ldif_chunk_next(c, &raw, &line)) {
        if (*skip) {
            *skip = c->lost;
        } else if (c->lost) {
            raw.len = raw.len < 200 ? raw.len : 200;
            while (raw.len > 0 && ((unsigned char)raw.at[raw.len] & 0xc0) == 0x80)
                raw.len--;
            status = reject(r, raw, line, "ldif.long", 0, "an entry of more than 8 MB");
            *skip = true;
        } else {
            status = read_entry(r, raw, line);
        }
    }
    c->lost = false;
    return status;
}

static tend_status read_all(struct ldif_read *r, struct ldif_chunk *c)
{
    bool skip = false;

    while (!c->end) {
        struct tend_text block;
        tend_status status;
        int32_t got = r->ctx->source->block(r->in, &block);

        if (got < 0)
            return got;
        c->end = got == 0;
        if (got > 0 && ldif_chunk_feed(c, block) != TEND_OK)
            return r->ctx->host->fail(r->ctx, TEND_NOMEM, "out of memory");
        if (!ldif_chunk_full(c))
            continue;
        status = read_chunk(r, c, &skip);
        if (status != TEND_OK)
            return status;
    }
    return TEND_OK;
}

static void tell(const struct ldif_read *r)
{
    const struct tend_host *host = r->ctx->host;
    long long missed = ldif_lists_missed(&r->lists);

    if (r->n_others > 0)
        host->log(r->ctx, 2, "%lld entr%s no person: left out", (long long)r->n_others,
                  r->n_others == 1 ? "y is" : "ies are");
    if (r->n_changes > 0)
        host->log(r->ctx, 2, "%lld entr%s or deletes something: left out", (long long)r->n_changes,
                  r->n_changes == 1 ? "y changes" : "ies change");
    if (missed > 0)
        host->log(r->ctx, 2, "%lld member%s of lists %s not in this file, or far before the list",
                  missed, missed == 1 ? "" : "s", missed == 1 ? "is" : "are");
}

static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    struct ldif_read r = { .ctx = ctx, .in = in };
    struct ldif_chunk chunk = { .line = 1 };
    tend_status status = read_all(&r, &chunk);

    if (status == TEND_OK)
        tell(&r);
    ldif_chunk_finish(&chunk);
    ldif_entry_finish(&r.entry);
    ldif_lists_finish(&r.lists);
    return status;
}

static const struct tend_lead_source ldif = {
    .size = sizeof ldif, .name = "ldif", .title = "LDIF", .sniff = sniff, .read = read_file,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "lead_source", &ldif);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "ldif",
    .version = "0.1.0",
    .summary = "Reads LDIF: the address books of Thunderbird, and directories",
    .license = "GPL-3.0-or-later",
    .needs = "none",
    .init = init,
};

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
