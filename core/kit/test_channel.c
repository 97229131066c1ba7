/* Channels: what a service answers becomes the right one of accepted, failed, retry and
 * unknown; above all nothing that may have left is sent a second time. */
#define TEND_UNSTABLE
#include "kit/stand_in.h"
#include <string.h>
#include <tend/x/channel.h>

struct trial {
    struct tend_kit_run *run;
    void *prompt;
    const char *name;
    struct tend_kit_stand_in good;
    struct tend_buffer out;
    int64_t keys;               /* so far: each message gets its own */
};

static const char *title(const struct trial *t, const char *what)
{
    return tend_arena_printf(&t->run->arena, "channel %s: %s", t->name, what);
}

static int line(struct trial *t, const char *text)
{
    tend_buffer_reset(&t->out);
    return t->run->ask->prompt->line(t->prompt, text, &t->out);
}

/* Sends under this key; the status of the command. */
static int send(struct trial *t, int64_t key)
{
    return line(t, tend_arena_printf(&t->run->arena,
                                     "channel send %s ann \"See you at seven\" --key k%lld --json",
                                     t->name, (long long)key));
}

static bool is_state(const struct trial *t, const char *states)
{
    struct tend_text rest = tend_text_of(states), state;

    while (tend_text_word(&rest, &state))
        if (t->out.len > 0 &&
            strstr(t->out.at, tend_arena_printf(&t->run->arena, "\"state\":\"%.*s\"",
                                                TEND_FMT(state))) != NULL)
            return true;
    return false;
}

static bool says_why(const struct trial *t)
{
    return strstr(t->out.at, "\"why\":\"\"") == NULL &&
           strstr(t->out.at, "did not say why") == NULL;
}

static void answered(struct trial *t, const struct tend_fixture *answer, const char *states,
                     const char *what)
{
    tend_kit_stand_in_use(t->run, t->prompt, answer, NULL);
    send(t, ++t->keys);
    if (!tend_kit_says(t->run, is_state(t, states), title(t, what), "one of: %s; it printed:\n%s",
                       states, t->out.len > 0 ? t->out.at : ""))
        return;
    if (!says_why(t))
        tend_kit_says(t->run, false, title(t, "it says why a message did not leave"), "%s", t->out.at);
}

static void refused(struct trial *t)
{
    static const struct tend_fixture busy = { .url = "*", .status = 429 },
                                     broken = { .url = "*", .status = 500 },
                                     locked = { .url = "*", .status = 401 },
                                     silent = { .url = "*", .fails = TEND_TIMEOUT };

    answered(t, &busy, "retry unknown", "a service that is too busy took nothing for good");
    answered(t, &broken, "failed retry unknown", "what broke the service is not accepted");
    answered(t, &locked, "failed retry unknown", "whom the service does not know, it takes nothing from");
    answered(t, &silent, "unknown", "after a silence nobody knows: it may have left");
    tend_kit_stand_in_use(t->run, t->prompt, &silent, NULL);
    tend_kit_says(t->run, send(t, t->keys) == 3, title(t, "what may have left is not sent again"),
                  "it printed:\n%s", t->out.len > 0 ? t->out.at : "");
}

static void accepted(struct trial *t)
{
    static const struct tend_fixture busy = { .url = "*", .status = 429 };
    int64_t key = ++t->keys;
    bool later;

    tend_kit_stand_in_use(t->run, t->prompt, &busy, NULL);
    send(t, key);
    later = is_state(t, "retry");
    tend_kit_stand_in_use(t->run, t->prompt, NULL, &t->good);
    key = later ? key : ++t->keys;
    send(t, key);
    tend_kit_says(t->run, is_state(t, "accepted"),
                  title(t, "what its service takes is accepted, also after it was busy"),
                  "it printed:\n%s", t->out.len > 0 ? t->out.at : "");
    tend_kit_says(t->run, send(t, key) == 3, title(t, "one key is sent once"),
                  "it printed:\n%s", t->out.len > 0 ? t->out.at : "");
    send(t, ++t->keys);
    tend_kit_says(t->run, is_state(t, "accepted"), title(t, "another key is another message"),
                  "it printed:\n%s", t->out.len > 0 ? t->out.at : "");
}

static void try_channel(struct trial *t, const struct tend_channel *channel)
{
    const struct tend_kit_prompt *prompt = t->run->ask->prompt;

    t->prompt = prompt->open(prompt->data, t->run->place.file);
    if (t->prompt == NULL)
        return;
    if (line(t, "add \"Ann Lee\" phone=+436641234567 email=ann@example.com --quiet") != 0 ||
        (strcmp(channel->address, "phone") != 0 && strcmp(channel->address, "email") != 0)) {
        tend_kit_skip(t->run, title(t, "sending"),
                      "it is tried with addresses of the kinds phone and email");
    } else {
        refused(t);
        if (tend_kit_stand_in(t->run, tend_arena_printf(&t->run->arena, "channel send %s", t->name),
                              &t->good))
            accepted(t);
        else
            tend_kit_skip(t->run, title(t, "what its service takes is accepted"),
                          tend_arena_printf(&t->run->arena, "put a transcript into tests/, with "
                                            "--http URL FILE and tend> channel send %s", t->name));
    }
    prompt->close(t->prompt);
}

void tend_kit_test_channel(struct tend_kit_run *run)
{
    const struct tend_provider *channel;
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, true, false) == TEND_OK && run->ask->prompt != NULL)
        for (int64_t i = 0; (channel = tend_kit_record(&world, "channel", i)) != NULL; i++) {
            struct trial t = { .run = run, .name = channel->name };

            try_channel(&t, channel->record);
            tend_buffer_finish(&t.out);
        }
    tend_kit_world_close(&world);
}
