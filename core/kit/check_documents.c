/* What a user or another author reads: the words of commands, options and exports; and
 * events that never come. */
#include "kit/check.h"
#include "lua/lua_host.h"
#include <string.h>

#define TEND_UNSTABLE
#include <tend/x/report.h>

static const char *const topics[] = { "person", "touch", "stage", "task", "run",
                                      "message", "edge", "import", NULL };

static bool lacks(const char *text)
{
    return text == NULL || text[0] == '\0';
}

static void check_args(struct tend_kit_checking *checking, const char *of, const char *what,
                       const struct tend_command_arg *const *args)
{
    for (; args != NULL && *args != NULL; args++)
        if (lacks((*args)->help))
            tend_kit_finds(checking, checking->source, tend_kit_line_of(checking, (*args)->name),
                           "the %s %s of %s has no help: say in a few words what is typed there",
                           what, (*args)->name, of);
}

static void check_command(struct tend_kit_checking *checking, const struct tend_provider *provider)
{
    const struct tend_command_record *record = provider->record;
    const char *of = tend_arena_printf(&checking->arena, "the command %s", provider->name);
    int64_t line = tend_kit_line_of(checking, provider->name);

    if (lacks(record->summary))
        tend_kit_finds(checking, checking->source, line, "%s has no summary: a line for `help`", of);
    if (record->examples == NULL || record->examples[0] == NULL)
        tend_kit_finds(checking, checking->source, line,
                       "%s has no example: a line that is typed, and what it does", of);
    for (int64_t i = 0; record->examples != NULL && record->examples[i] != NULL; i += 2)
        if (lacks(record->examples[i + 1]))
            tend_kit_finds(checking, checking->source,
                           tend_kit_line_of(checking, record->examples[i]),
                           "the example \"%s\" does not say what it does", record->examples[i]);
    check_args(checking, of, "argument", record->args);
    check_args(checking, of, "flag", record->flags);
    if (checking->ask->command_taken != NULL && checking->ask->command_taken(provider->name))
        tend_kit_finds(checking, checking->source, line,
                       "%s is one of tend's own: give it another name", of);
}

static bool comes(const struct tend_kit_checking *checking, struct tend_text event)
{
    struct tend_instance_info info;
    struct tend_text rest = event, topic;

    if (!tend_text_cut(&rest, ".", &topic) || rest.len == 0)
        return false;
    for (const char *const *known = topics; *known != NULL; known++)
        if (tend_text_is(topic, *known))
            return true;
    return tend_registry_instance(checking->world.registry, 0, &info) &&
           tend_text_is(topic, info.manifest.name);
}

static void check_on(struct tend_kit_checking *checking, const struct tend_provider *provider,
                     const char *on)
{
    struct tend_text rest = tend_text_of(on), event;

    while (tend_text_word(&rest, &event)) {
        char *name = tend_arena_str(&checking->arena, event);

        if (!comes(checking, event))
            tend_kit_finds(checking, checking->source, tend_kit_line_of(checking, name),
                           "%s %s names the event %s, which never comes: neither tend nor this "
                           "plugin raises it", provider->kind, provider->name, name);
    }
}

static void check_exports(struct tend_kit_checking *checking, const char *of,
                          const struct tend_export *export)
{
    for (; export != NULL && export->size != 0; export++)
        if (lacks(export->doc))
            tend_kit_finds(checking, checking->source, tend_kit_line_of(checking, export->name),
                           "the function %s of %s has no line that says what it does", export->name,
                           of);
}

void tend_kit_check_documents(struct tend_kit_checking *checking)
{
    const struct tend_provider *one;
    const struct tend_kit_world *world = &checking->world;

    for (int64_t i = 0; (one = tend_kit_record(world, "command", i)) != NULL; i++)
        check_command(checking, one);
    for (int64_t i = 0; (one = tend_kit_record(world, "policy", i)) != NULL; i++)
        check_on(checking, one, ((const struct tend_policy *)one->record)->on);
    for (int64_t i = 0; (one = tend_kit_record(world, "stage_set", i)) != NULL; i++)
        check_on(checking, one, ((const struct tend_stage_set *)one->record)->on);
    for (int64_t i = 0; (one = tend_kit_record(world, "service", i)) != NULL; i++)
        check_exports(checking, one->name, ((const struct tend_service *)one->record)->functions);
    for (int64_t i = 0; (one = tend_kit_record(world, "report", i)) != NULL; i++) {
        const struct tend_report *report = one->record;

        if (lacks(report->title))
            tend_kit_finds(checking, checking->source, tend_kit_line_of(checking, one->name),
                           "the report %s has no title", one->name);
        check_args(checking, one->name, "option", report->options);
    }
    for (int64_t i = 0; (one = tend_kit_record(world, "lead_source", i)) != NULL; i++) {
        const struct tend_lead_source *source = one->record;

        if (lacks(source->title))
            tend_kit_finds(checking, checking->source, tend_kit_line_of(checking, one->name),
                           "the lead_source %s has no title: it tells a user which file this is",
                           one->name);
        if (source->size > (int64_t)offsetof(struct tend_lead_source, options))
            check_args(checking, one->name, "option", source->options);
    }
}
