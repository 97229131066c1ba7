/* SPDX-License-Identifier: 0BSD
 *
 * lead-feed, in C: a lead source on the network.
 *
 *     tend import --from lead-feed url=https://example.com/people
 *
 * It teaches: a page is asked for at a time, and the cursor that is given back is where
 * the next one begins, also in the next import. The service answers with lines:
 *
 *     7;Ann Lee;ann@example.com
 *     more
 */
#include <stdio.h>
#include <tend/plugin.h>

/* "7;Ann Lee;ann@example.com" becomes a row; its id is the cursor from now on. */
static tend_status person(struct tend_ctx *ctx, struct tend_input *in, struct tend_text line,
                          struct tend_text *cursor)
{
    struct tend_row *row = ctx->source->row(in);
    struct tend_text name;

    ctx->text->cut(&line, ";", cursor);
    ctx->text->cut(&line, ";", &name);
    ctx->source->put(row, "id", *cursor);
    ctx->source->put(row, "name", name);
    ctx->source->put(row, "email", line);
    return ctx->source->end(row);
}

static tend_status page(struct tend_ctx *ctx, struct tend_input *in, struct tend_text cursor)
{
    struct tend_text url = ctx->command->text(ctx, "url"), line;
    char where[1024], after[64];
    const char *const query[] = { "after", after, NULL };
    const struct tend_http_request request = { .size = sizeof request, .url = where, .query = query };
    struct tend_http_response response = { .size = sizeof response };
    int32_t more = 0;
    tend_status status;

    if (url.len == 0)
        return ctx->host->fail(ctx, TEND_USAGE, "which list? Write url=https://...");
    snprintf(where, sizeof where, "%.*s", (int)url.len, url.at);
    snprintf(after, sizeof after, "%.*s", (int)(cursor.len ? cursor.len : 1),
             cursor.len ? cursor.at : "0");
    status = ctx->http->send(ctx, &request, &response); /* the slot says what went wrong */
    while (status == TEND_OK && ctx->text->cut(&response.body, "\n", &line)) {
        if (ctx->text->is(line, "more"))
            more = 1;
        else if (line.len > 0)
            status = person(ctx, in, line, &cursor);
    }
    if (status == TEND_OK)
        ctx->source->cursor(in, cursor, more);
    return status;
}

static const struct tend_command_arg url = {
    .size = sizeof url, .name = "url", .type = "url", .help = "where the list is",
};
static const struct tend_command_arg *const options[] = { &url, NULL };

static const struct tend_lead_source source = {
    .size = sizeof source, .name = "lead-feed", .title = "a list of people on the web",
    .options = options, .page = page,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "lead_source", &source);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "lead-feed",
    .version = "1.0.0",
    .summary = "Reads people from a service, page by page",
    .license = "0BSD",
    .needs = "none",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
