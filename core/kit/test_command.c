/* Commands: each example of the declaration runs, as it is, as JSON, and with --dry-run,
 * which writes nothing. */
#include "kit/private.h"
#include <string.h>

static const char *const before[] = {
    "add \"Ann Lee\" email=ann@example.com --quiet",
    "add \"Bob Ray\" phone=+436645550142 tag=teacher --quiet",
    "log ann call \"a long talk\" significant=yes --quiet",
    "plan bob call tomorrow \"Call back\" --quiet",
};

struct session {
    struct tend_kit_run *run;
    void *prompt;
    struct tend_arena arena;
    struct tend_buffer out;
};

static bool open_session(struct session *s)
{
    const struct tend_kit_prompt *prompt = s->run->ask->prompt;

    s->prompt = prompt->open(prompt->data, s->run->place.file);
    for (size_t i = 0; s->prompt != NULL && i < sizeof before / sizeof *before; i++)
        prompt->line(s->prompt, before[i], &s->out);
    return s->prompt != NULL;
}

static int type(struct session *s, const char *line)
{
    tend_buffer_reset(&s->out);
    return s->run->ask->prompt->line(s->prompt, line, &s->out);
}

static const char *said(const struct session *s)
{
    return s->out.len > 0 ? s->out.at : "";
}

/* Nobody is there to be asked: a question ends with 2, and names the flag. */
static bool was_asked(struct session *s, int status)
{
    return status == 2 && strstr(said(s), "--") != NULL && strstr(said(s), "answer") != NULL;
}

static void example(struct session *s, const char *line, bool writes)
{
    struct tend_kit_run *run = s->run;
    int status;

    if (writes) {
        char *history, *dry = tend_arena_printf(&s->arena, "%s --dry-run", line);

        type(s, "history --json");
        history = tend_arena_str(&s->arena, tend_buffer_text(&s->out));
        status = type(s, dry);
        tend_kit_says(run, status == 0 || was_asked(s, status), dry, "[exit %d]\n%s", status,
                      said(s));
        type(s, "history --json");
        tend_kit_says(run, strcmp(history, said(s)) == 0,
                      tend_arena_printf(&s->arena, "%s writes nothing", dry), "it did");
    }
    status = type(s, tend_arena_printf(&s->arena, "%s --json", line));
    tend_kit_says(run, (status == 0 && (said(s)[0] == '[' || said(s)[0] == '{')) ||
                           was_asked(s, status),
                  tend_arena_printf(&s->arena, "%s --json", line), "[exit %d]\n%s", status, said(s));
    status = type(s, line);
    tend_kit_says(run, status == 0 || was_asked(s, status), line, "[exit %d]\n%s", status, said(s));
}

static void examples(struct tend_kit_run *run, const struct tend_provider *command)
{
    const struct tend_command_record *record = command->record;

    for (int64_t i = 0; record->examples != NULL && record->examples[i] != NULL; i += 2) {
        struct session s = { .run = run };

        if (open_session(&s)) {
            example(&s, record->examples[i], record->writes != 0);
            run->ask->prompt->close(s.prompt);
        }
        tend_buffer_finish(&s.out);
        tend_arena_finish(&s.arena);
    }
    tend_kit_says(run, record->examples != NULL && record->examples[0] != NULL,
                  tend_arena_printf(&run->arena, "command %s has an example", command->name),
                  "an example is what `help` shows; add one: line, what it does");
}

void tend_kit_test_command(struct tend_kit_run *run)
{
    const struct tend_provider *command;
    struct tend_kit_world world;

    if (run->ask->prompt != NULL && tend_kit_world_open(&world, run, true, false) == TEND_OK) {
        for (int64_t i = 0; (command = tend_kit_record(&world, "command", i)) != NULL; i++)
            examples(run, command);
        tend_kit_world_close(&world);
    } else if (run->ask->prompt != NULL) {
        tend_kit_world_close(&world);
    }
}
