/* events: what happens, who listens, in which order and why. */
#include "plugin/events.h"
#include "base/text.h"
#include "sched/timer.h"
#include "shell/plugin_view.h"

static int64_t listeners(struct tend_shell *shell, const char *name)
{
    int64_t n = 0;

    while (tend_event_listener(shell->registry, tend_text_of(name), n) != NULL)
        n++;
    return n;
}

/* The plugins that listen, in their order, joined by commas. */
static struct tend_text who(struct tend_shell *shell, const char *name)
{
    const struct tend_provider *provider;
    struct tend_buffer buf = { 0 };
    struct tend_text text;

    for (int64_t i = 0; (provider = tend_event_listener(shell->registry, tend_text_of(name), i));
         i++)
        tend_buffer_addf(&buf, "%s%s", i > 0 ? ", " : "", tend_instance_name(provider->owner));
    text = tend_arena_text(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

static const char *number(struct tend_shell *shell, int64_t n)
{
    return tend_arena_printf(&shell->arena, "%lld", (long long)n);
}

static const struct tend_sheet_column columns[] = {
    { "event", 0 }, { "listeners", TEND_COLUMN_SHRINKS }, { "when", TEND_COLUMN_SHRINKS },
    { "knows", TEND_COLUMN_SHRINKS },
};

/* A row a name: of the core's events, and of what plugins listen to besides. */
struct event_list {
    struct tend_sheet sheet;
    struct tend_json json;
    TEND_ARRAY(const char *) told;
};

static void add_event(struct tend_shell *shell, struct event_list *list, const char *name,
                      const char *fields, const char *when)
{
    tend_sheet_add(&list->sheet, tend_text_of(name));
    tend_sheet_add(&list->sheet, who(shell, name));
    tend_sheet_add(&list->sheet, tend_text_of(when));
    tend_sheet_add(&list->sheet, tend_text_of(fields));
    tend_json_open(&list->json, NULL, '{');
    tend_json_str(&list->json, "name", name);
    tend_json_int(&list->json, "listeners", listeners(shell, name));
    tend_json_text(&list->json, "plugins", who(shell, name));
    tend_json_str(&list->json, "when", when);
    tend_json_str(&list->json, "knows", fields);
    tend_json_close(&list->json, '}');
    TEND_PUSH(&list->told, name);
}

static bool is_told(const struct event_list *list, struct tend_text name)
{
    for (int64_t i = 0; i < list->told.n; i++)
        if (tend_text_is(name, list->told.at[i]))
            return true;
    return false;
}

/* An event of a plugin's own is called after it, and comes to it alone. */
static bool is_raised(struct tend_text name, const struct tend_provider *listener)
{
    struct tend_text rest = name, plugin;

    return tend_text_cut(&rest, ".", &plugin) && rest.len > 0 &&
           tend_text_is(plugin, tend_instance_name(listener->owner));
}

/* Calls add for each word in an `on` that is no event of the core's. */
static void each_own(struct tend_shell *shell, struct event_list *list, bool unused)
{
    static const char *const kinds[] = { "stage_set", "policy" };
    const struct tend_provider *provider;
    struct tend_event_info event;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (int64_t i = 0; (provider = tend_registry_at(shell->registry, kinds[k], i, true)); i++) {
            struct tend_text rest = tend_text_of(provider->on ? provider->on : ""), word;

            while (tend_text_word(&rest, &word)) {
                bool raised = is_raised(word, provider);

                if (tend_text_is(word, "early") || tend_text_is(word, "late") ||
                    tend_event_find(word, &event) || is_told(list, word) || raised == unused)
                    continue;
                add_event(shell, list, tend_arena_str(&shell->arena, word), "",
                          raised ? "a day of this plugin's own schedule is due; it comes to it alone"
                                 : "never: an event of a plugin comes to that plugin alone");
            }
        }
    }
}

static int print_list(struct tend_shell *shell, struct event_list *list)
{
    tend_json_close(&list->json, ']');
    TEND_ARRAY_FINISH(&list->told);
    if (shell->options.json) {
        TEND_ARRAY_FINISH(&list->sheet.cell);
        tend_json_print(shell, &list->json);
        return TEND_EXIT_OK;
    }
    tend_buffer_finish(&list->json.buf);
    tend_sheet_print(shell, &list->sheet);
    return TEND_EXIT_OK;
}

static int run_events(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct event_list list = {
        .sheet = { columns, sizeof columns / sizeof *columns, { 0 } },
    };
    bool unused = parsed->command == &tend_cmd_events_unused;
    struct tend_event_info event;

    tend_json_open(&list.json, NULL, '[');
    for (int64_t i = 0; tend_event_at(i, &event); i++) {
        if (!unused || listeners(shell, event.name) == 0)
            add_event(shell, &list, event.name, event.fields,
                      unused ? "nobody listens" : event.when);
    }
    each_own(shell, &list, unused);
    if (!unused)
        each_own(shell, &list, true);
    return print_list(shell, &list);
}

/* --- one event --------------------------------------------------------------- */

static const char *why_here(struct tend_shell *shell, const struct tend_provider *provider)
{
    enum tend_phase phase = tend_events_phase(provider->on);
    const char *kind = strcmp(provider->kind, "stage_set") == 0
                           ? "a stage set's rule, before all policies"
                           : "a policy";

    if (phase == TEND_PHASE_NORMAL)
        return tend_arena_printf(&shell->arena, "%s, in the order of loading", kind);
    return tend_arena_printf(&shell->arena, "%s, %s by its own wish", kind, tend_phase_name(phase));
}

static const struct tend_sheet_column show_columns[] = {
    { "nr", TEND_COLUMN_RIGHT }, { "plugin", 0 }, { "kind", 0 }, { "name", 0 }, { "state", 0 },
    { "why here", TEND_COLUMN_SHRINKS },
};

static tend_status no_event(struct tend_shell *shell, const struct tend_token *word)
{
    const char *near = tend_text_nearest(word->text, tend_event_names());

    tend_point_at(&shell->err, TEND_USAGE, shell->line, word,
                  "there is no event \"%.*s\", and no plugin listens to one%s%s%s",
                  TEND_FMT(word->text), near != NULL ? "; did you mean " : "",
                  near != NULL ? near : "", near != NULL ? "?" : "");
    tend_error_cure(&shell->err, "events");
    return TEND_USAGE;
}

static int run_show(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_sheet sheet = { show_columns, sizeof show_columns / sizeof *show_columns, { 0 } };
    const struct tend_token *word = &tend_given(parsed, "EVENT").at[0];
    const struct tend_provider *provider;
    struct tend_event_info event;
    struct tend_json json = { 0 };
    bool known = tend_event_find(word->text, &event);

    if (!known && tend_event_listener(shell->registry, word->text, 0) == NULL) {
        no_event(shell, word);
        return tend_shell_fail(shell);
    }
    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; (provider = tend_event_listener(shell->registry, word->text, i)); i++) {
        const char *state = tend_plugin_state(tend_instance_state(provider->owner));

        tend_sheet_add(&sheet, tend_text_of(number(shell, i + 1)));
        tend_sheet_add(&sheet, tend_text_of(tend_instance_name(provider->owner)));
        tend_sheet_add(&sheet, tend_text_of(provider->kind));
        tend_sheet_add(&sheet, tend_text_of(provider->name));
        tend_sheet_add(&sheet, tend_text_of(state));
        tend_sheet_add(&sheet, tend_text_of(why_here(shell, provider)));
        tend_json_open(&json, NULL, '{');
        tend_json_int(&json, "nr", i + 1);
        tend_json_str(&json, "plugin", tend_instance_name(provider->owner));
        tend_json_str(&json, "kind", provider->kind);
        tend_json_str(&json, "name", provider->name);
        tend_json_str(&json, "state", state);
        tend_json_str(&json, "phase", tend_phase_name(tend_events_phase(provider->on)));
        tend_json_str(&json, "why", why_here(shell, provider));
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    if (shell->options.json) {
        TEND_ARRAY_FINISH(&sheet.cell);
        tend_json_print(shell, &json);
        return TEND_EXIT_OK;
    }
    tend_buffer_finish(&json.buf);
    if (known)
        tend_sayf(shell, "%s: %s; it knows %s", event.name, event.when, event.fields);
    tend_sheet_print(shell, &sheet);
    return TEND_EXIT_OK;
}

static const struct tend_member list_members[] = {
    { "name", "text", NULL },
    { "listeners", "integer", NULL },
    { "plugins", "text", "who listens, in the order in which they are asked" },
    { "when", "text", NULL },
    { "knows", "text", "what read->event and event.FIELD can be asked for" },
    { 0 }
};
static const struct tend_example examples[] = {
    { "events", "what happens, and who listens" },
    { 0 }
};
const struct tend_command tend_cmd_events = {
    .name = "events", .group = "the house", .summary = "what happens, and which plugins listen",
    .examples = examples, .effects = TEND_PLUGINS, .document = TEND_LIST, .members = list_members,
    .run = run_events,
};

static const struct tend_arg show_args[] = {
    { "EVENT", TEND_SLOT_WORD, 0, "its name, see `events`", NULL },
    { 0 }
};
static const struct tend_example show_examples[] = {
    { "events show touch.logged", "who is asked about a touch, in which order, and why" },
    { 0 }
};
static const struct tend_member show_members[] = {
    { "nr", "integer", "in which order they are asked" },
    { "plugin", "text", NULL },
    { "kind", "text", "stage_set, policy" },
    { "name", "text", NULL },
    { "state", "text", "loaded, failed, aside" },
    { "phase", "text", "early, normal, late" },
    { "why", "text", "why it is asked there" },
    { 0 }
};
const struct tend_command tend_cmd_events_show = {
    .name = "events show", .of = "events", .group = "the house",
    .summary = "who listens to one, in which order and why", .args = show_args,
    .examples = show_examples, .effects = TEND_PLUGINS, .document = TEND_LIST,
    .members = show_members, .run = run_show,
};

static const struct tend_example unused_examples[] = {
    { "events unused", "events without a listener, and listeners to what never comes" },
    { 0 }
};
const struct tend_command tend_cmd_events_unused = {
    .name = "events unused", .of = "events", .group = "the house",
    .summary = "events without a listener, and listeners to what never comes",
    .examples = unused_examples, .effects = TEND_PLUGINS, .document = TEND_LIST,
    .members = list_members, .run = run_events,
};
