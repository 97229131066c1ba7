/* The lead source: json reads people out of JSON lines, lists and the answers of services, one
 * after the other. */
#include "json.h"
#include <string.h>

static bool ends(const struct tend_ctx *ctx, struct tend_text name, const char *end)
{
    int64_t len = (int64_t)strlen(end);

    return name.len > len &&
           ctx->text->is((struct tend_text){ name.at + name.len - len, len }, end);
}

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    bool named = ends(ctx, filename, ".json") || ends(ctx, filename, ".jsonl") ||
                 ends(ctx, filename, ".ndjson") || ends(ctx, filename, ".jcard");
    struct tend_text text = ctx->text->trim(head), rest;
    struct json_shape shape;
    tend_status status;

    if (text.len == 0)
        return named ? 20 : 0;
    if (text.at[0] != '{' && text.at[0] != '[')
        return named ? 40 : 0;
    rest = ctx->text->trim((struct tend_text){ text.at + 1, text.len - 1 });
    if (rest.len > 0 && strchr("\"{[]}", rest.at[0]) == NULL)
        return named ? 60 : 0;
    status = json_shape_guess(ctx, head, &shape);
    if (status != TEND_OK)
        return named || shape.lines ? 60 : 20;
    if (shape.cards)
        return 30; /* vcard reads them */
    return shape.tend ? 95 : shape.people ? 85 : named ? 60 : 45;
}

/* What wrote it, where that can be told; what people have is of the file, not of "JSON". */
static const char *title(const struct json_shape *shape)
{
    return shape->tend ? "tend" : shape->google ? "Google Contacts" : NULL;
}

/* Where in the file the character at `at` of the value is. */
static void place(const struct json_scan *s, int64_t at, int64_t *line, int64_t *column)
{
    *line = s->element_line;
    *column = s->element_column;
    for (int64_t i = 0; i < at && i < s->element.len; i++) {
        bool end = s->element.at[i] == '\n';

        *line += end;
        *column = end ? 1 : *column + (((unsigned char)s->element.at[i] & 0xc0) != 0x80);
    }
}

static tend_status refuse(struct json_reader *r, const struct json_scan *s, int64_t at,
                          const char *code, const char *text)
{
    const struct tend_source_api *source = r->ctx->source;
    struct tend_row *row = source->row(r->in);
    struct tend_text raw = s->element;
    int64_t line, column;

    place(s, at, &line, &column);
    if (s->trouble == JSON_LONG)
        raw.len = 1000;
    while (raw.len > 0 && raw.len < s->element.len &&
           ((unsigned char)raw.at[raw.len] & 0xc0) == 0x80)
        raw.len--;
    source->place(row, line, raw);
    return source->reject(row, code, column, text);
}

/* Is there something behind the value, on its line? -1 no. */
static int64_t behind(const struct json_scan *s, const struct json_tree *tree)
{
    for (int64_t i = tree->used; i < s->element.len; i++) {
        if (s->element.at[i] == '\0' || strchr(" \t\r,", s->element.at[i]) == NULL)
            return i;
    }
    return -1;
}

static tend_status read_value(struct json_reader *r, const struct json_scan *s,
                              struct json_tree *tree)
{
    const struct tend_source_api *source = r->ctx->source;
    struct tend_row *row;
    tend_status status;

    if (s->trouble == JSON_LONG)
        return refuse(r, s, 0, "json.long", "a person of more than 4 MB: is this a list of people?");
    status = json_tree_parse(tree, s->element, false);
    if (status == TEND_NOMEM)
        return r->ctx->host->fail(r->ctx, status, "out of memory");
    if (s->trouble == JSON_CUT)
        return refuse(r, s, 0, "json.end", "the file ends within the value that begins here");
    if (status != TEND_OK)
        return refuse(r, s, tree->error_at, "json.syntax", tree->error);
    if (behind(s, tree) >= 0)
        return refuse(r, s, behind(s, tree), "json.syntax",
                      "the value is over here, and something stands behind it");
    if (tree->nodes[0].kind != JSON_OBJECT)
        return refuse(r, s, 0, "json.person",
                      json_is_card(tree, &tree->nodes[0])
                          ? "a card, which another reader knows: import --from vcard"
                          : "an object with a name, an e-mail or a phone was expected");
    row = source->row(r->in);
    source->place(row, s->element_line, s->element);
    json_row_put(r, tree, row);
    return source->end(row);
}

static tend_status read_values(struct json_reader *r, struct json_scan *s, struct json_tree *tree)
{
    for (;;) {
        struct tend_text block;
        int32_t got;

        while (json_scan_next(s) > 0) {
            tend_status status = read_value(r, s, tree);

            if (status != TEND_OK)
                return status;
        }
        if (s->end)
            return TEND_OK;
        got = r->ctx->source->block(r->in, &block);
        if (got < 0)
            return got;
        s->end = got == 0;
        if (got > 0 && json_scan_feed(s, block) != TEND_OK)
            return r->ctx->host->fail(r->ctx, TEND_NOMEM, "out of memory");
    }
}

static void tell(const struct json_reader *r, const struct json_scan *s)
{
    const struct tend_host *host = r->ctx->host;

    if (s->in_list || s->level > 0)
        host->log(r->ctx, 2, "the list is never closed: was the file cut off?");
    if (r->damaged > 0)
        host->log(r->ctx, 2, "%lld phone%s lost digits in a spreadsheet (4.41E+11): kept as json.*, "
                             "nobody can be reached by that", (long long)r->damaged,
                  r->damaged == 1 ? "" : "s");
    if (r->dnc > 0)
        host->log(r->ctx, 2, "%lld %s not to be contacted there: mark them with dnc",
                  (long long)r->dnc, r->dnc == 1 ? "is" : "are");
}

static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    struct json_reader reader = { .ctx = ctx, .in = in };
    struct json_tree tree = { 0 };
    struct json_shape shape;
    struct json_scan scan;
    struct tend_text head;
    int32_t got = ctx->source->block(in, &head);
    tend_status status;

    if (got <= 0)
        return got;
    if (json_shape_guess(ctx, head, &shape) == TEND_NOMEM)
        return ctx->host->fail(ctx, TEND_NOMEM, "out of memory");
    if (title(&shape) != NULL)
        ctx->source->layout(in, title(&shape));
    reader.tend = shape.tend;
    status = json_scan_begin(&scan, &shape);
    if (status == TEND_OK)
        status = json_scan_feed(&scan, head);
    if (status == TEND_OK)
        status = read_values(&reader, &scan, &tree);
    else
        ctx->host->fail(ctx, status, "out of memory");
    if (status == TEND_OK)
        tell(&reader, &scan);
    json_scan_finish(&scan);
    json_tree_finish(&tree);
    json_reader_finish(&reader);
    return status;
}

static const struct tend_lead_source json = {
    .size = sizeof json, .name = "json", .title = "JSON and JSON lines", .sniff = sniff,
    .read = read_file,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "lead_source", &json);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "json",
    .version = "0.1.0",
    .summary = "Reads people out of JSON: lines, lists, the answers of services",
    .license = "GPL-3.0-or-later",
    .needs = "none",
    .init = init,
};

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
