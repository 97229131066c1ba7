/* From what plugins declare to what the parser, help and completion read: a
 * struct tend_command for each record, made when it is first needed. */
#include "shell/plugged.h"
#include "shell/console.h"

struct tend_plugged_list {
    struct tend_arena arena;
    uint64_t generation;        /* of the registry, when it was made */
    TEND_ARRAY(const struct tend_command *) command;
};

static const struct {
    const char *type;
    enum tend_slot slot;
} slots[] = {
    { "person", TEND_SLOT_PERSON }, { "people", TEND_SLOT_PEOPLE }, { "task", TEND_SLOT_TASKS },
    { "number", TEND_SLOT_NUMBER }, { "time", TEND_SLOT_TIME },     { "day", TEND_SLOT_TIME },
    { "choice", TEND_SLOT_CHOICE }, { "word", TEND_SLOT_WORD },     { "stage", TEND_SLOT_STAGE },
    { "kind", TEND_SLOT_KIND },     { "text", TEND_SLOT_TEXT },     { "filter", TEND_SLOT_FILTER },
    { "flag", TEND_SLOT_NONE },     { "url", TEND_SLOT_WORD },
};

static enum tend_slot slot_of(const char *type)
{
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        if (strcmp(slots[i].type, type) == 0)
            return slots[i].slot;
    }
    return TEND_SLOT_WORD;
}

static const char *upper(struct tend_arena *arena, const char *name)
{
    char *copy = tend_arena_str(arena, tend_text_of(name));

    for (char *c = copy; *c != '\0'; c++) {
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 'a' + 'A');
    }
    return copy;
}

/* "call text meet" as a list that a NULL ends. */
static const char *const *words_of(struct tend_arena *arena, const char *text)
{
    struct tend_text rest = tend_text_of(text), word;
    const char **list;
    int64_t n = 0;

    while (tend_text_word(&rest, &word))
        n++;
    if (n == 0)
        return NULL;
    list = tend_arena_take(arena, (size_t)(n + 1) * sizeof *list);
    rest = tend_text_of(text);
    for (n = 0; tend_text_word(&rest, &word); n++)
        list[n] = tend_arena_str(arena, word);
    return list;
}

static int64_t count(const struct tend_command_arg *const *list)
{
    int64_t n = 0;

    while (list != NULL && list[n] != NULL)
        n++;
    return n;
}

/* All options of a report are name=value. */
static uint32_t how_of(const struct tend_command_arg *arg, bool report)
{
    bool keyword = (arg->how & TEND_ARG_KEYWORD) || (report && slot_of(arg->type) != TEND_SLOT_NONE);

    return ((arg->how & TEND_ARG_OPTIONAL) ? TEND_OPTIONAL : 0) |
           (keyword ? TEND_KEYWORD : 0) |
           ((arg->how & TEND_ARG_PAST) ? TEND_BACKWARD : 0);
}

static bool make_args(struct tend_plugged *own, const struct tend_command_record *record,
                      struct tend_arena *arena)
{
    int64_t n = count(record->args);
    struct tend_arg *args = tend_arena_take(arena, (size_t)(n + 1) * sizeof *args);
    bool people = false;

    own->arg_name = tend_arena_take(arena, (size_t)(n + 1) * sizeof *own->arg_name);
    for (int64_t i = 0; i < n; i++) {
        const struct tend_command_arg *arg = record->args[i];

        own->arg_name[i] = upper(arena, arg->name);
        args[i] = (struct tend_arg){ own->arg_name[i], slot_of(arg->type), how_of(arg, false), arg->help,
                                     words_of(arena, arg->choices) };
        if (args[i].slot == TEND_SLOT_PEOPLE) {
            args[i].how |= TEND_WHERE;
            people = true;
        }
    }
    own->command.args = args;
    return people;
}

static void make_flags(struct tend_plugged *own, const struct tend_command_record *record,
                       bool people, struct tend_arena *arena)
{
    int64_t n = count(record->flags);
    struct tend_flag *flags = tend_arena_take(arena, (size_t)(n + 2) * sizeof *flags);

    own->flag_name = tend_arena_take(arena, (size_t)(n + 1) * sizeof *own->flag_name);
    for (int64_t i = 0; i < n; i++) {
        const struct tend_command_arg *flag = record->flags[i];
        enum tend_slot slot = slot_of(flag->type);

        own->flag_name[i] = flag->name;
        flags[i] = (struct tend_flag){ flag->name, slot, how_of(flag, own->report),
                                       slot == TEND_SLOT_NONE ? NULL : upper(arena, flag->type),
                                       flag->help, words_of(arena, flag->choices) };
    }
    if (people)
        flags[n] = (struct tend_flag){ "where", TEND_SLOT_FILTER, 0, "FILTER",
                                       "all who match, instead of naming them", NULL };
    own->command.flags = flags;
}

static void make_examples(struct tend_plugged *own, const struct tend_command_record *record,
                          struct tend_arena *arena)
{
    struct tend_example *examples;
    int64_t n = 0;

    while (record->examples != NULL && record->examples[n] != NULL)
        n += 2;
    examples = tend_arena_take(arena, (size_t)(n / 2 + 1) * sizeof *examples);
    for (int64_t i = 0; i < n; i += 2)
        examples[i / 2] = (struct tend_example){ record->examples[i], record->examples[i + 1] };
    own->command.examples = examples;
}

/* "person:person days:number" as members; how many. */
static int64_t add_fields(struct tend_member *members, const char *fields, struct tend_arena *arena)
{
    static const struct {
        const char *type, *json;
    } types[] = { { "person", "integer" }, { "task", "integer" }, { "number", "integer" },
                  { "time", "time" }, { "flag", "boolean" } };
    struct tend_text rest = tend_text_of(fields), word, name;
    int64_t n = 0;

    for (; tend_text_word(&rest, &word); n++) {
        tend_text_cut(&word, ":", &name);
        members[n] = (struct tend_member){ tend_arena_str(arena, name), "text", NULL };
        for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
            if (tend_text_is(word, types[i].type))
                members[n].type = types[i].json;
        }
    }
    return n;
}

/* One that only reads and has fields prints its rows; the others an object. */
static void make_members(struct tend_plugged *own, const struct tend_command_record *record,
                         struct tend_arena *arena)
{
    bool list = record->fields != NULL && !record->writes;
    size_t most = 4 + (record->fields != NULL ? strlen(record->fields) / 2 + 1 : 0);
    struct tend_member *members = tend_arena_take(arena, most * sizeof *members);
    int64_t n = 0;

    if (list) {
        add_fields(members, record->fields, arena);
    } else {
        members[n++] = (struct tend_member){ "lines", "[text]", "what it says" };
        if (record->fields != NULL)
            members[n++] = (struct tend_member){
                "rows", "[object]", tend_arena_printf(arena, "with %s", record->fields) };
        if (record->writes)
            members[n++] = (struct tend_member){ "...", "written", NULL };
    }
    own->command.document = list ? TEND_LIST : TEND_ONE;
    own->command.members = members;
}

/* A group that help does not know is that of plugins. */
static const char *group_of(const char *group)
{
    const char *known;

    for (int64_t i = 0; group != NULL && (known = tend_command_group(i)) != NULL; i++) {
        if (strcmp(known, group) == 0)
            return known;
    }
    return "plugins";
}

static struct tend_plugged *make(const struct tend_provider *provider, struct tend_arena *arena)
{
    struct tend_plugged *own = tend_arena_take(arena, sizeof *own);
    const struct tend_command_record *record = provider->record;

    own->provider = provider;
    own->report = strcmp(provider->kind, "report") == 0;
    if (own->report) {
        struct tend_command_record *copy = tend_arena_take(arena, sizeof *copy);

        *copy = tend_report_command(provider->record);
        record = copy;
    }
    own->record = record;
    own->command = (struct tend_command){
        .name = provider->name, .group = group_of(record->group), .summary = record->summary,
        .more = record->more,
        .effects = TEND_PLUGINS | (record->writes ? TEND_WRITES | TEND_NO_NEW : 0),
        .run = tend_plugged_run,
    };
    make_flags(own, record, make_args(own, record, arena), arena);
    make_examples(own, record, arena);
    make_members(own, record, arena);
    if (own->report) {
        own->command.group = "looking back";
        own->command.name = tend_arena_printf(arena, "report %s", provider->name);
        own->command.of = "report";
    }
    return own;
}

const struct tend_plugged *tend_plugged_of(const struct tend_command *command)
{
    return command != NULL && command->run == tend_plugged_run
               ? (const struct tend_plugged *)(const void *)command
               : NULL;
}

static const struct tend_arg alias_args[] = {
    { "WORD", TEND_SLOT_FILES, TEND_OPTIONAL, "what else stands on the line", NULL },
    { 0 }
};

/* Never run: the line is another one by then (shell.c). */
static int run_alias(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    (void)parsed;
    return tend_shell_fail(shell);
}

static void add_aliases(struct tend_shell *shell, struct tend_plugged_list *list)
{
    const char *name, *line;

    for (int64_t i = 0; tend_registry_alias(shell->registry, i, &name, &line); i++) {
        struct tend_command *command;

        if (tend_registry_find(shell->registry, "command", tend_text_of(name)) != NULL) {
            tend_shell_note(shell, "the alias %s is a command of a plugin; it is left out", name);
            continue;
        }
        command = tend_arena_take(&list->arena, sizeof *command);
        *command = (struct tend_command){
            .name = name, .group = "plugins",
            .summary = tend_arena_printf(&list->arena, "= %s", line),
            .more = line, .args = alias_args,
            .examples = tend_arena_take(&list->arena, sizeof(struct tend_example)),
            .effects = TEND_NO_STORE, .run = run_alias,
        };
        TEND_PUSH(&list->command, command);
    }
}

const char *tend_plugged_alias(const struct tend_command *command)
{
    return command != NULL && command->run == run_alias ? command->more : NULL;
}

bool tend_plugged_stale(const struct tend_shell *shell)
{
    return shell->plugged != NULL &&
           shell->plugged->generation != tend_registry_generation(shell->registry);
}

tend_status tend_plugged_load(struct tend_shell *shell)
{
    const struct tend_provider *provider;
    struct tend_plugged_list *list;
    tend_status status = tend_console_open(shell);

    if (status == TEND_OK && tend_plugged_stale(shell))
        tend_plugged_finish(shell);
    if (status != TEND_OK || shell->plugged != NULL)
        return status;
    list = shell->plugged = tend_alloc(sizeof *list);
    for (int64_t i = 0; (provider = tend_registry_at(shell->registry, "command", i, true)); i++)
        if (tend_provider_wake(provider) == TEND_OK)
            TEND_PUSH(&list->command, &make(provider, &list->arena)->command);
    for (int64_t i = 0; (provider = tend_registry_at(shell->registry, "report", i, true)); i++)
        TEND_PUSH(&list->command, &make(provider, &list->arena)->command);
    add_aliases(shell, list);
    list->generation = tend_registry_generation(shell->registry);
    tend_command_plug(list->command.at, list->command.n);
    return TEND_OK;
}

void tend_plugged_finish(struct tend_shell *shell)
{
    if (shell->plugged == NULL)
        return;
    tend_command_plug(NULL, 0);
    TEND_ARRAY_FINISH(&shell->plugged->command);
    tend_arena_finish(&shell->plugged->arena);
    tend_free(shell->plugged);
    shell->plugged = NULL;
}
