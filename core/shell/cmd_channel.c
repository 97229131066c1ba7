/* channel: how messages leave; channel send: one message to one person. */
#define TEND_UNSTABLE
#include "desk/message.h"
#include "shell/import.h"
#include "shell/output.h"
#include "shell/plugin_view.h"
#include "shell/ref.h"
#include "shell/write.h"
#include <tend/x/channel.h>

static const struct tend_sheet_column columns[] = {
    { "name", 0 }, { "what", TEND_COLUMN_SHRINKS }, { "to", 0 }, { "most", TEND_COLUMN_RIGHT },
    { "plugin", 0 },
};

static int run_list(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };
    const struct tend_provider *provider;
    struct tend_json json = { 0 };
    int64_t n = 0;

    (void)parsed;
    tend_json_open(&json, NULL, '[');
    for (; (provider = tend_registry_at(shell->registry, "channel", n, false)) != NULL; n++) {
        const struct tend_channel *channel =
            tend_provider_wake(provider) == TEND_OK ? provider->record : NULL;
        const char *plugin = tend_instance_name(provider->owner);

        if (channel == NULL)
            continue;
        tend_json_open(&json, NULL, '{');
        tend_json_str(&json, "name", channel->name);
        tend_json_str(&json, "title", channel->title);
        tend_json_str(&json, "address", channel->address);
        tend_json_id(&json, "most", channel->most);
        tend_json_str(&json, "plugin", plugin);
        tend_json_close(&json, '}');
        tend_sheet_add(&sheet, tend_text_of(channel->name));
        tend_sheet_add(&sheet, tend_text_of(channel->title));
        tend_sheet_add(&sheet, tend_text_of(channel->address));
        tend_sheet_add(&sheet, tend_text_of(
            channel->most ? tend_arena_printf(&shell->arena, "%lld", (long long)channel->most) : ""));
        tend_sheet_add(&sheet, tend_text_of(plugin));
    }
    tend_json_close(&json, ']');
    if (shell->options.json) {
        tend_json_print(shell, &json);
        TEND_ARRAY_FINISH(&sheet.cell);
        return TEND_EXIT_OK;
    }
    tend_buffer_finish(&json.buf);
    tend_sheet_print(shell, &sheet);
    if (n == 0)
        tend_shell_note(shell, "there are no channels; a plugin brings them (see plugin list)");
    return TEND_EXIT_OK;
}

static const char *const states[] = { "accepted", "failed", "retry", "unknown", "sending" };

static const char *say_state(struct tend_shell *shell, const struct tend_message_ask *ask,
                             const struct tend_message_done *done)
{
    const char *who = tend_write_who(shell, ask->person), *name = ask->channel->name;

    switch (done->state) {
    case TEND_MESSAGE_ACCEPTED:
        return tend_arena_printf(&shell->arena, "%s: sent by %s", who, name);
    case TEND_MESSAGE_FAILED:
        return tend_arena_printf(&shell->arena, "%s: %s will never take it: %s", who, name,
                                 done->why);
    case TEND_MESSAGE_RETRY:
        return tend_arena_printf(&shell->arena, "%s: it did not leave: %s. The same line tries it "
                                                "again", who, done->why);
    default:
        return tend_arena_printf(&shell->arena, "%s: it may have left, or not: %s. It is not sent "
                                                "again under the key %s", who, done->why, done->key);
    }
}

static int print_sent(struct tend_shell *shell, struct tend_deed *deed,
                      const struct tend_message_ask *ask, const struct tend_message_done *done,
                      tend_id touch)
{
    struct tend_json json = { 0 };
    bool accepted = done->state == TEND_MESSAGE_ACCEPTED;

    if (shell->options.json) {
        tend_json_open(&json, NULL, '{');
        tend_json_id(&json, "message", done->message);
        tend_json_id(&json, "person", ask->person);
        tend_json_str(&json, "channel", ask->channel->name);
        tend_json_str(&json, "state", states[done->state]);
        tend_json_str(&json, "key", done->key);
        tend_json_str(&json, "why", accepted ? NULL : done->why);
        tend_json_id(&json, "touch", touch);
        tend_write_json(shell, &json, deed);
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
        tend_deed_finish(deed);
    } else {
        tend_write_say(shell, deed, say_state(shell, ask, done), "touch", ask->person);
    }
    return accepted ? TEND_EXIT_OK : TEND_EXIT_FAILED;
}

/* What became of it stands in the batch that claimed it. */
static tend_status settle(struct tend_shell *shell, struct tend_deed *deed,
                          const struct tend_message_ask *ask, struct tend_message_done *done,
                          tend_id batch, tend_id *touch)
{
    tend_status status = tend_write_begin(shell, deed, "channel send m%lld",
                                          (long long)done->message);

    if (status == TEND_OK)
        tend_batch_go_on(shell->store, batch);
    if (status == TEND_OK)
        status = tend_message_settle(&shell->desk, deed, ask, done, touch);
    return status == TEND_OK ? tend_write_end(shell, deed) : status;
}

static int run_send(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_message_ask ask = {
        .subject = tend_given_text(parsed, "subject", &shell->arena),
        .text = tend_given_text(parsed, "TEXT", &shell->arena),
        .key = tend_given_text(parsed, "key", &shell->arena),
        .deadline = tend_import_deadline(),
    };
    struct tend_message_done done;
    struct tend_deed deed = { 0 };
    tend_id touch = 0, batch;
    tend_status status = tend_provider_named(shell, parsed, "channel", &ask.channel);

    if (status == TEND_OK)
        status = tend_ref_person(shell, tend_given_text(parsed, "PERSON", &shell->arena),
                                 &ask.person);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "channel send");
    if (status == TEND_OK)
        status = tend_message_claim(&shell->desk, &deed, &ask, &shell->arena, &done);
    if (status == TEND_OK)
        tend_batch_rename(shell->store, tend_arena_printf(&shell->arena, "channel send m%lld",
                                                          (long long)done.message));
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    if (shell->options.dry) {
        tend_write_say(shell, &deed, tend_arena_printf(&shell->arena, "%s: would be sent by %s to %s",
                                                       tend_write_who(shell, ask.person),
                                                       ask.channel->name, done.to), "", ask.person);
        return TEND_EXIT_OK;
    }
    batch = deed.batch;
    tend_deed_finish(&deed);
    tend_message_send(&shell->desk, &ask, &shell->arena, &done);
    status = settle(shell, &deed, &ask, &done, batch, &touch);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    return print_sent(shell, &deed, &ask, &done, touch);
}

static const struct tend_example examples[] = {
    { "channel", "how messages can leave" },
    { 0 }
};
static const struct tend_example list_examples[] = {
    { "channel list", "how messages can leave, and to which address" },
    { 0 }
};
static const struct tend_member list_members[] = {
    { "name", "text", NULL },
    { "title", "text", NULL },
    { "address", "text", "the kind of contact point" },
    { "most", "integer", "characters of a text" },
    { "plugin", "text", NULL },
    { 0 }
};
const struct tend_command tend_cmd_channel = {
    .name = "channel", .group = "daily", .summary = "how messages leave", .examples = examples,
    .effects = TEND_PLUGINS, .document = TEND_LIST, .members = list_members, .run = run_list,
};
const struct tend_command tend_cmd_channel_list = {
    .name = "channel list", .of = "channel", .group = "daily", .summary = "the channels that plugins bring",
    .examples = list_examples, .effects = TEND_PLUGINS, .document = TEND_LIST,
    .members = list_members, .run = run_list,
};

static const struct tend_arg args[] = {
    { "NAME", TEND_SLOT_WORD, 0, "which channel: sms", NULL },
    { "PERSON", TEND_SLOT_PERSON, 0, "to whom", NULL },
    { "TEXT", TEND_SLOT_TEXT, 0, "what it says", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "subject", TEND_SLOT_WORD, 0, "TEXT", "of a channel that has one", NULL },
    { "key", TEND_SLOT_WORD, 0, "KEY", "nothing is sent twice under one key", NULL },
    { 0 }
};
static const struct tend_example send_examples[] = {
    { "channel send sms ann \"See you at seven\"", "if the gate lets it pass" },
    { 0 }
};
static const struct tend_member send_members[] = {
    { "message", "integer", NULL },
    { "person", "integer", NULL },
    { "channel", "text", NULL },
    { "state", "text", "accepted, failed, retry, unknown" },
    { "key", "text", NULL },
    { "why", "text", "where it was not accepted" },
    { "touch", "integer", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_channel_send = {
    .name = "channel send", .of = "channel", .group = "daily", .summary = "one message to one person",
    .more = "The gate is asked before, and again just before the bytes leave. The same text is\n"
            "sent to the same person once a day, unless it has another --key.",
    .args = args, .flags = flags, .examples = send_examples,
    .effects = TEND_WRITES | TEND_PLUGINS | TEND_NO_NEW, .members = send_members, .run = run_send,
};
