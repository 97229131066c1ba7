/* playbook: the plans that plugins bring: which there are, the steps of one before
 * anything runs, and starting it with somebody. */
#define TEND_UNSTABLE
#include "desk/playbook.h"
#include "shell/plugin_view.h"
#include "shell/view.h"
#include "shell/write.h"
#include <tend/x/playbook.h>

static int64_t count_steps(const struct tend_playbook *playbook)
{
    int64_t n = 0;

    while (playbook->steps[n] != NULL)
        n++;
    return n;
}

/* --- list ------------------------------------------------------------------- */

static int run_list(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    static const struct tend_sheet_column columns[] = {
        { "name", 0 }, { "what", TEND_COLUMN_SHRINKS }, { "for", 0 },
        { "steps", TEND_COLUMN_RIGHT }, { "plugin", TEND_COLUMN_RANK(1) },
    };
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };
    const struct tend_provider *provider;
    struct tend_json json = { 0 };
    int64_t n = 0;

    (void)parsed;
    tend_json_open(&json, NULL, '[');
    for (; (provider = tend_registry_at(shell->registry, "playbook", n, false)) != NULL; n++) {
        const struct tend_playbook *playbook = provider->record;
        int64_t steps = count_steps(playbook);

        tend_json_open(&json, NULL, '{');
        tend_json_str(&json, "name", provider->name);
        tend_json_str(&json, "title", playbook->title);
        tend_json_str(&json, "audience", playbook->audience);
        tend_json_int(&json, "steps", steps);
        tend_json_str(&json, "plugin", tend_instance_name(provider->owner));
        tend_json_close(&json, '}');
        tend_sheet_add(&sheet, tend_text_of(provider->name));
        tend_sheet_add(&sheet, tend_text_of(playbook->title));
        tend_sheet_add(&sheet, tend_text_of(playbook->audience));
        tend_sheet_add(&sheet, tend_text_of(tend_arena_printf(&shell->arena, "%lld",
                                                              (long long)steps)));
        tend_sheet_add(&sheet, tend_text_of(tend_instance_name(provider->owner)));
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
        tend_shell_note(shell, "there are no playbooks; a plugin brings them (see plugin list)");
    return TEND_EXIT_OK;
}

static const struct tend_member list_members[] = {
    { "name", "text", NULL },
    { "title", "text", NULL },
    { "audience", "text", "prospect, customer, member" },
    { "steps", "integer", "how many" },
    { "plugin", "text", NULL },
    { 0 }
};
static const struct tend_example list_examples[] = {
    { "playbook list", "which playbooks there are" },
    { 0 }
};
const struct tend_command tend_cmd_playbook_list = {
    .name = "playbook list", .of = "playbook", .group = "daily",
    .summary = "which playbooks there are", .examples = list_examples, .effects = TEND_PLUGINS,
    .document = TEND_LIST, .members = list_members, .run = run_list,
};

static const struct tend_example examples[] = {
    { "playbook", "which playbooks there are" },
    { 0 }
};
const struct tend_command tend_cmd_playbook = {
    .name = "playbook", .group = "daily", .summary = "plans of steps that plugins bring",
    .examples = examples, .effects = TEND_PLUGINS, .document = TEND_LIST,
    .members = list_members, .run = run_list,
};

/* --- show ------------------------------------------------------------------- */

static void show_json(struct tend_shell *shell, const struct tend_provider *provider)
{
    const struct tend_playbook *playbook = provider->record;
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '{');
    tend_json_str(&json, "name", provider->name);
    tend_json_str(&json, "title", playbook->title);
    tend_json_str(&json, "audience", playbook->audience);
    tend_json_str(&json, "plugin", tend_instance_name(provider->owner));
    tend_json_open(&json, "steps", '[');
    for (int64_t i = 0; playbook->steps[i] != NULL; i++) {
        const struct tend_step *step = playbook->steps[i];

        tend_json_open(&json, NULL, '{');
        tend_json_str(&json, "name", step->name);
        tend_json_str(&json, "title", step->title);
        tend_json_str(&json, "type", step->type);
        tend_json_str(&json, "window", step->window);
        tend_json_str(&json, "closed_by", step->closed_by);
        tend_json_str(&json, "why", step->why);
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
}

static int run_show(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    static const struct tend_sheet_column columns[] = {
        { "step", 0 }, { "window", 0 }, { "what", TEND_COLUMN_NAME },
        { "closed by", TEND_COLUMN_SHRINKS | TEND_COLUMN_RANK(2) },
        { "why", TEND_COLUMN_SHRINKS | TEND_COLUMN_RANK(1) },
    };
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };
    const struct tend_provider *provider;
    const struct tend_playbook *playbook;

    if (tend_provider_named(shell, parsed, "playbook", &provider) != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json) {
        show_json(shell, provider);
        return TEND_EXIT_OK;
    }
    playbook = provider->record;
    if (!tend_view_plain(shell))
        tend_line_out(shell, "%s: %s%s%s", provider->name, playbook->title,
                      playbook->audience != NULL ? ", for a " : "",
                      playbook->audience != NULL ? playbook->audience : "");
    for (int64_t i = 0; playbook->steps[i] != NULL; i++) {
        const struct tend_step *step = playbook->steps[i];

        tend_sheet_add(&sheet, tend_text_of(step->name));
        tend_sheet_add(&sheet, tend_text_of(step->window));
        tend_sheet_add(&sheet, tend_text_of(step->title));
        tend_sheet_add(&sheet, tend_text_of(step->closed_by));
        tend_sheet_add(&sheet, tend_text_of(step->why));
    }
    tend_sheet_print(shell, &sheet);
    return TEND_EXIT_OK;
}

static const struct tend_arg show_args[] = {
    { "NAME", TEND_SLOT_PLAYBOOK, 0, "which playbook", NULL },
    { 0 }
};
static const struct tend_example show_examples[] = {
    { "playbook show first-days", "its steps, and when each is due" },
    { 0 }
};
static const struct tend_member show_members[] = {
    { "name", "text", NULL },
    { "title", "text", NULL },
    { "audience", "text", NULL },
    { "plugin", "text", NULL },
    { "steps", "[object]", "name title type window closed_by why" },
    { 0 }
};
const struct tend_command tend_cmd_playbook_show = {
    .name = "playbook show", .of = "playbook", .group = "daily",
    .summary = "its steps, before anything runs", .args = show_args, .examples = show_examples,
    .effects = TEND_PLUGINS, .document = TEND_ONE, .members = show_members, .run = run_show,
};

/* --- start ------------------------------------------------------------------ */

struct started {
    const struct tend_provider *playbook;
    struct tend_ids ids;
    TEND_ARRAY(tend_id) running;        /* with whom it was under way already */
};

static int64_t count_outcomes(const struct tend_deed *deed, const char *effect)
{
    int64_t n = 0;

    for (int64_t i = 0; i < deed->outcome.n; i++)
        n += strcmp(deed->outcome.at[i].effect, effect) == 0;
    return n;
}

/* Of one person who may not be reached at all nothing is left to start. */
static tend_status all_refused(struct tend_shell *shell, const struct tend_deed *deed,
                               const struct started *s)
{
    tend_error_set(&shell->err, TEND_DENIED, "%s was not started: %s", s->playbook->name,
                   deed->outcome.at[0].title);
    if (s->ids.n == 1)
        tend_write_cure_mark(shell, s->ids.at[0], TEND_TEXT(""));
    return TEND_DENIED;
}

static tend_status start_all(struct tend_shell *shell, struct tend_deed *deed, struct started *s)
{
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < s->ids.n; i++) {
        tend_id task;

        status = tend_playbook_start(&shell->desk, deed, s->playbook, s->ids.at[i], &task);
        if (status != TEND_OK || task == 0)
            continue;
        TEND_PUSH(&s->running, s->ids.at[i]);
        if (s->ids.n > 1)
            tend_shell_note(shell, "%s is under way with %s (t%lld is open): nothing was re-timed",
                            s->playbook->name, tend_write_who(shell, s->ids.at[i]),
                            (long long)task);
        else
            status = tend_error_set(&shell->err, TEND_EXISTS,
                                    "%s is under way with %s (t%lld is open): nothing was re-timed",
                                    s->playbook->name, tend_write_who(shell, s->ids.at[i]),
                                    (long long)task);
    }
    if (status == TEND_OK && count_outcomes(deed, "task") == 0 &&
        count_outcomes(deed, "refused") > 0)
        status = all_refused(shell, deed, s);
    return status;
}

static void json_ids(struct tend_json *json, const char *key, const tend_id *ids, int64_t n)
{
    tend_json_open(json, key, '[');
    for (int64_t i = 0; i < n; i++)
        tend_json_int(json, NULL, ids[i]);
    tend_json_close(json, ']');
}

static void say_started(struct tend_shell *shell, struct tend_deed *deed, const struct started *s)
{
    struct tend_json json = { 0 };
    const char *who = s->ids.n == 1 ? tend_write_who(shell, s->ids.at[0])
                                    : tend_arena_printf(&shell->arena, "%lld people",
                                                        (long long)(s->ids.n - s->running.n));

    if (!shell->options.json) {
        tend_write_say(shell, deed, tend_arena_printf(&shell->arena, "%s: %s begins", who,
                                                      s->playbook->name),
                       NULL, s->ids.n == 1 ? s->ids.at[0] : 0);
        return;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_str(&json, "playbook", s->playbook->name);
    json_ids(&json, "people", s->ids.at, s->ids.n);
    json_ids(&json, "running", s->running.at, s->running.n);
    tend_write_json(shell, &json, deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
}

static int run_start(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct started s = { 0 };
    struct tend_deed deed;
    tend_status status = tend_provider_named(shell, parsed, "playbook", &s.playbook);
    int exit_status = TEND_EXIT_OK;

    if (status == TEND_OK)
        status = tend_ref_people(shell, parsed, "PERSON", &s.ids);
    if (status == TEND_OK)
        status = tend_shell_sure(shell, s.ids.n, "start it with");
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "playbook start %s p%lld", s.playbook->name,
                              (long long)s.ids.at[0]);
    if (status == TEND_OK)
        status = start_all(shell, &deed, &s);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        exit_status = tend_write_fail(shell, &deed, status);
    else
        say_started(shell, &deed, &s);
    if (status == TEND_OK && s.ids.n == 1)
        tend_ref_remember(shell, s.ids.at[0]);
    TEND_ARRAY_FINISH(&s.running);
    return exit_status;
}

static const struct tend_arg start_args[] = {
    { "NAME", TEND_SLOT_PLAYBOOK, 0, "which playbook", NULL },
    { "PERSON", TEND_SLOT_PEOPLE, TEND_WHERE, "with whom", NULL },
    { 0 }
};
static const struct tend_flag start_flags[] = {
    { "where", TEND_SLOT_FILTER, 0, "FILTER", "all who match, instead of naming them", NULL },
    { 0 }
};
static const struct tend_example start_examples[] = {
    { "playbook start first-days ann", "its steps become tasks of hers" },
    { "playbook start first-days ann --dry-run", "which tasks these would be" },
    { 0 }
};
static const struct tend_member start_members[] = {
    { "playbook", "text", NULL },
    { "people", "[integer]", "with whom" },
    { "running", "[integer]", "with whom it was under way already" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_playbook_start = {
    .name = "playbook start", .of = "playbook", .group = "daily",
    .summary = "starts it with somebody: each step becomes a task in its window",
    .args = start_args, .flags = start_flags, .examples = start_examples,
    .effects = TEND_WRITES | TEND_PLUGINS | TEND_NO_NEW, .document = TEND_ONE,
    .members = start_members, .run = run_start,
};
