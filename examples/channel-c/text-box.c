/* SPDX-License-Identifier: 0BSD
 *
 * text-box, in C: a channel.
 *
 *     tend channel send text-box ann "See you at seven"
 *
 * It teaches: a message leaves through one function, which says what became of it:
 * accepted, failed for good, to be tried again, or unknown, and then it is never sent
 * twice. The gate was asked before. Here a service on the network takes the texts; the
 * key tells it which two are one.
 */
#define TEND_UNSTABLE
#include <tend/plugin.h>
#include <tend/x/channel.h>

static tend_status send(struct tend_ctx *ctx, const struct tend_message *message, int64_t *sent)
{
    const char *const query[] = { "to", message->to, NULL };
    const char *const headers[] = { "Idempotency-Key", message->key, NULL };
    const struct tend_http_request request = {
        .size = sizeof request, .url = "http://127.0.0.1:8025/send", .query = query,
        .headers = headers, .body = message->text, .type = "text/plain; charset=utf-8",
        .bearer = "token",
    };
    struct tend_http_response response = { .size = sizeof response };
    tend_status status = ctx->http->send(ctx, &request, &response);

    /* busy: it surely did not leave; what else went wrong: nobody knows */
    *sent = status == TEND_BUSY ? TEND_SENT_RETRY : TEND_SENT_UNKNOWN;
    if (status != TEND_OK)
        return status;      /* the slot says why */
    if (ctx->text->is(ctx->text->trim(response.body), "sent")) {
        *sent = TEND_SENT_ACCEPTED;
        return TEND_OK;
    }
    *sent = TEND_SENT_FAILED;
    return ctx->host->fail(ctx, TEND_INVALID, "the service does not take it: %.*s",
                           (int)(response.body.len < 200 ? response.body.len : 200),
                           response.body.at);
}

static const struct tend_channel channel = {
    .size = sizeof channel, .name = "text-box", .title = "texts, by a service on the network",
    .address = "phone", .most = 160, .send = send,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "channel", &channel);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "text-box",
    .version = "1.0.0",
    .summary = "Sends texts through a service",
    .license = "0BSD",
    .needs = "net:http://127.0.0.1:8025 secrets:token",
    .init = init,
};

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
