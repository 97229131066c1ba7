/* A plugin that goes through one door at a time: which one, a word says. Its rights are given
 * when it is compiled, so that the same code can be tried with them and without. */
#define TEND_UNSTABLE
#include <stdbool.h>
#include <string.h>
#include <tend/plugin.h>
#include <tend/x/channel.h>
#include <tend/x/playbook.h>
#include <tend/x/report.h>

static const char *str(struct tend_ctx *ctx, struct tend_text text)
{
    return ctx->text->keep(ctx, text).at;
}

static tend_status say(struct tend_ctx *ctx, struct tend_text text)
{
    return TEND_PRINT(ctx, str(ctx, text));
}

/* --- effects, by their names in effects.def ------------------------------------------ */

static tend_status row(struct tend_ctx *ctx)
{
    const struct tend_cell cells[] = { { "word", { "one row", 7 } } };

    return TEND_ROW(ctx, cells, 1);
}

static tend_status make(struct tend_ctx *ctx, const char *word, tend_id p)
{
    if (strcmp(word, "task") == 0)
        return TEND_TASK(ctx, p, "k", .title = "Call", .window = "0d..3d");
    if (strcmp(word, "retime") == 0)
        return TEND_RETIME(ctx, p, "k", .window = "5d..9d");
    if (strcmp(word, "done") == 0)
        return TEND_DONE(ctx, p, "k", .why = "w");
    if (strcmp(word, "drop") == 0)
        return TEND_DROP(ctx, p, "k", .why = "w");
    if (strcmp(word, "move") == 0)
        return TEND_MOVE(ctx, p, .track = "doors", .stage = "within", .reason = "r");
    if (strcmp(word, "hold") == 0)
        return TEND_HOLD(ctx, p, .track = "doors", .type = "shut", .until = "6w", .reason = "r");
    if (strcmp(word, "set") == 0)
        return TEND_SET(ctx, p, .field = "x.town", .value = "Graz");
    if (strcmp(word, "tag") == 0)
        return TEND_TAG(ctx, p, .text = "vip");
    if (strcmp(word, "untag") == 0)
        return TEND_UNTAG(ctx, p, .text = "vip");
    if (strcmp(word, "note") == 0)
        return TEND_NOTE(ctx, p, "k", .text = "hello");
    if (strcmp(word, "link") == 0)
        return TEND_LINK(ctx, p, .other = 1, .type = "spouse");
    if (strcmp(word, "state") == 0)
        return TEND_STATE(ctx, p, .name = "n", .value = "v");
    if (strcmp(word, "schedule") == 0)
        return TEND_SCHEDULE(ctx, p, "k", .every = "year");
    if (strcmp(word, "cancel") == 0)
        return TEND_CANCEL(ctx, p, "k");
    if (strcmp(word, "print") == 0)
        return TEND_PRINT(ctx, "one line");
    if (strcmp(word, "row") == 0)
        return row(ctx);
    if (strcmp(word, "ask") == 0)
        return TEND_ASK(ctx, "which", .text = "Which one?");
    return TEND_UNSUPPORTED;
}

/* --- reads, by what is asked --------------------------------------------------------- */

static tend_status found(tend_id id)
{
    return id < 0 ? (tend_status)id : TEND_OK;
}

static tend_status look(struct tend_ctx *ctx, const char *word, tend_id p)
{
    if (strcmp(word, "get") == 0)
        return ctx->read->get(ctx, p, "name").len >= 0 ? TEND_OK : TEND_IO;
    if (strcmp(word, "next") == 0)
        return found(ctx->read->next(ctx, "", 0));
    if (strcmp(word, "touched") == 0)
        return found(ctx->read->touched(ctx, p, "reached", 0));
    if (strcmp(word, "due") == 0)
        return found(ctx->read->next(ctx, "due:..today", 0));
    if (strcmp(word, "noted") == 0)
        return found(ctx->read->next(ctx, "has:note", 0));
    if (strcmp(word, "kept") == 0)
        return ctx->read->state(ctx, p, "n").len >= 0 ? TEND_OK : TEND_IO;
    if (strcmp(word, "fields") == 0)
        return ctx->read->event(ctx, "fields").len >= 0 ? TEND_OK : TEND_IO;
    return TEND_UNSUPPORTED;
}

/* --- the world ----------------------------------------------------------------------- */

static tend_status fetch(struct tend_ctx *ctx, const char *url, const char *bearer,
                         struct tend_text *body)
{
    const struct tend_http_request request = { .size = sizeof request, .url = url,
                                               .bearer = bearer };
    struct tend_http_response response = { .size = sizeof response };
    tend_status status = ctx->http->send(ctx, &request, &response);

    *body = response.body;
    return status;
}

/* "read /etc/hostname", "list ~/leads", "http http://...", "bearer http://...", "secret token" */
static tend_status reach(struct tend_ctx *ctx, const char *word, struct tend_text *got)
{
    const char *what = strchr(word, ' ');

    if (!what)
        return TEND_UNSUPPORTED;
    what++;
    if (strncmp(word, "read ", 5) == 0)
        return ctx->file->read(ctx, what, got);
    if (strncmp(word, "list ", 5) == 0)
        return ctx->file->list(ctx, what, got);
    if (strncmp(word, "http ", 5) == 0 && ctx->http)
        return fetch(ctx, what, NULL, got);
    if (strncmp(word, "bearer ", 7) == 0 && ctx->http)
        return fetch(ctx, what, "token", got);
    if (strncmp(word, "secret ", 7) == 0 && ctx->secret)
        return ctx->secret->get(ctx, what, got);
    return TEND_UNSUPPORTED;
}

/* --- who asks ------------------------------------------------------------------------ */

static tend_status go(struct tend_ctx *ctx, const char *word, tend_id person, bool tells)
{
    struct tend_text got = { "", 0 };
    tend_status status = make(ctx, word, person);

    if (status == TEND_UNSUPPORTED)
        status = look(ctx, word, person);
    if (status != TEND_UNSUPPORTED)
        return status;
    status = reach(ctx, word, &got);
    if (strcmp(word, "none") == 0)
        return TEND_OK;
    if (status == TEND_UNSUPPORTED)
        return ctx->host->fail(ctx, TEND_INVALID, "there is no door %s here", word);
    return status == TEND_OK && tells ? say(ctx, got) : status;
}

static tend_status door(struct tend_ctx *ctx)
{
    return go(ctx, str(ctx, ctx->command->text(ctx, "word")),
              ctx->command->number(ctx, "for"), true);
}

/* What it does stands in a file beside it, which needs no right. */
static const char *word_of_file(struct tend_ctx *ctx)
{
    struct tend_text word;

    return ctx->file->read(ctx, "door.txt", &word) == TEND_OK ? str(ctx, ctx->text->trim(word))
                                                              : "none";
}

static tend_status answer(struct tend_ctx *ctx, const struct tend_event *event)
{
    return go(ctx, word_of_file(ctx), event->person, false);
}

static tend_status show(struct tend_ctx *ctx)
{
    return go(ctx, word_of_file(ctx), 2, true);
}

static tend_status page(struct tend_ctx *ctx, struct tend_input *in, struct tend_text cursor)
{
    struct tend_text got = { "", 0 };
    tend_status status = reach(ctx, str(ctx, ctx->command->text(ctx, "word")), &got);
    struct tend_row *row;

    (void)cursor;
    if (status != TEND_OK)
        return status;
    row = ctx->source->row(in);
    ctx->source->put(row, "name", got);
    return ctx->source->end(row);
}

static tend_status send(struct tend_ctx *ctx, const struct tend_message *message, int64_t *sent)
{
    struct tend_text got = { "", 0 };
    tend_status status = reach(ctx, str(ctx, message->text), &got);

    *sent = status == TEND_OK ? TEND_SENT_ACCEPTED : TEND_SENT_UNKNOWN;
    return status;
}

static const struct tend_command_arg word = { sizeof word, "word", "word", .help = "which door" };
static const struct tend_command_arg who = { sizeof who, "for", "person", .help = "for whom",
                                             .how = TEND_ARG_OPTIONAL };
static const struct tend_command_arg which = { sizeof which, "which", "word", .help = "an answer" };
static const struct tend_command_arg *const args[] = { &word, &who, NULL };
static const struct tend_command_arg *const flags[] = { &which, NULL };
static const struct tend_command_arg *const options[] = { &word, NULL };

static const struct tend_step step = { sizeof step, "one", "First", NULL, "0d..1d", NULL, NULL };
static const struct tend_step *const steps[] = { &step, NULL };

static const struct tend_command_record command = {
    .size = sizeof command, .name = "door", .summary = "one door", .args = args, .flags = flags,
    .fields = "word", .writes = 1, .run = door,
};
static const struct tend_policy policy = { sizeof policy, "doors", "person.changed", answer };
static const struct tend_report report = { .size = sizeof report, .name = "doors", .title = "one door",
                                           .fields = "word", .run = show };
static const struct tend_lead_source source = { .size = sizeof source, .name = "doors", .title = "one door",
                                                .options = options, .page = page };
static const struct tend_channel channel = { .size = sizeof channel, .name = "doors",
                                             .title = "one door", .address = "phone", .send = send };
#define WORD(name_, track_, means_) (&(const struct tend_word){ name_, track_, means_, NULL })
static const struct tend_word *const stages[] = {
    WORD("without", "doors", "open"), WORD("within", "doors", "open"), NULL,
};
static const struct tend_word *const kinds[] = { WORD("knock", NULL, "reached"), NULL };
static const struct tend_word *const holds[] = { WORD("shut", NULL, NULL), NULL };
static const struct tend_stage_set set = {
    .size = sizeof set, .name = "doors", .stages = stages, .touch_kinds = kinds, .holds = holds,
    .on = "touch.logged", .rule = answer,
};
static const struct tend_playbook playbook = { sizeof playbook, "doors", "one door", NULL, steps };

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    tend_status status = host->provide(ctx, "command", &command);

    if (status == TEND_OK)
        status = host->provide(ctx, "policy", &policy);
    if (status == TEND_OK)
        status = host->provide(ctx, "report", &report);
    if (status == TEND_OK)
        status = host->provide(ctx, "lead_source", &source);
    if (status == TEND_OK)
        status = host->provide(ctx, "channel", &channel);
    if (status == TEND_OK)
        status = host->provide(ctx, "stage_set", &set);
    return status == TEND_OK ? host->provide(ctx, "playbook", &playbook) : status;
}

TEND_PLUGIN(.name = "ant", .version = VERSION, .summary = "One door at a time", .license = "0BSD",
            .needs = NEEDS, .init = init)
