/* What a plugin says of itself before it is added, in plain words: what it is, who
 * wrote it, what it reads, what it can bring about, and what of the world it wants. */
#include "lua/lua_host.h"
#include "module/module.h"
#include "shell/added.h"
#include "shell/plugin_view.h"

static const char *const reads[TEND_READS] = {
    "what you know of people: names, numbers, addresses, tags, stages",
    "what was said and done with them", "what is to be done", "whether there are notes",
    "what it has kept itself",
};

static const struct {
    const char *effect, *does;
} effects[] = {
    { "task", "plan tasks" },
    { "retime", "give its tasks another time" },
    { "done", "tick its tasks off" },
    { "drop", "drop its tasks" },
    { "move", "move people to another stage" },
    { "hold", "put people on hold" },
    { "set", "change fields of people" },
    { "tag", "tag people" },
    { "untag", "take tags away" },
    { "note", "write notes" },
    { "link", "link people" },
    { "state", "keep things of its own" },
    { "schedule", "be woken later" },
    { "cancel", "be woken no more" },
    { "print", "print lines" },
    { "row", "print tables" },
    { "ask", "ask you, when you call it" },
};

static const char *does_of(const char *effect)
{
    for (size_t i = 0; i < sizeof effects / sizeof *effects; i++)
        if (strcmp(effects[i].effect, effect) == 0)
            return effects[i].does;
    return effect;
}

static const char *reads_of(const char *word)
{
    for (uint32_t i = 0; i < TEND_READS; i++)
        if (strcmp(tend_reads_name((enum tend_reads)i), word) == 0)
            return reads[i];
    return word;
}

/* --- reading it ---------------------------------------------------------------- */

static void say_nothing(void *data, int32_t level, const char *plugin, const char *text)
{
    (void)data, (void)level, (void)plugin, (void)text;
}

static const char *kept(struct tend_shell *shell, const char *text)
{
    return tend_arena_str(&shell->arena, tend_text_of(text));
}

static tend_status take(struct tend_shell *shell, const struct tend_manifest *manifest,
                        struct tend_look *look)
{
    look->name = kept(shell, manifest->name);
    look->version = kept(shell, manifest->version);
    look->summary = kept(shell, manifest->summary);
    look->license = kept(shell, manifest->license);
    look->author = kept(shell, manifest->author);
    return tend_rights_parse(tend_text_of(kept(shell, manifest->needs)), &shell->arena,
                             &look->needs, &shell->err);
}

/* Its file is run for its table, as it would be at a start, in a registry of its own. */
static tend_status look_lua(struct tend_shell *shell, struct tend_look *look)
{
    struct tend_registry *own = shell->registry;
    struct tend_registry *alone = tend_registry_create(&shell->err, &shell->clock);
    struct tend_instance_info info;
    tend_status status;

    tend_registry_runtime(alone, &tend_lua_runtime);
    tend_registry_log(alone, say_nothing, NULL);
    tend_registry_grant(alone, look->file, "none");
    status = tend_registry_load_file(alone, look->file);
    if (status == TEND_OK && tend_registry_instance(alone, 0, &info)) {
        status = take(shell, &info.manifest, look);
        shell->registry = alone;
        look->provides = tend_arena_str(&shell->arena, tend_plugin_provides(shell, look->name));
        shell->registry = own;
    }
    tend_registry_destroy(alone);
    return status;
}

static tend_status look_c(struct tend_shell *shell, struct tend_look *look)
{
    struct tend_plugin record;
    struct tend_module module;
    tend_status status = tend_module_open(look->file, &module, &shell->err);

    if (status != TEND_OK)
        return status;
    record = tend_module_whole(module.record);
    look->provides = "";
    return take(shell, &(struct tend_manifest){ record.name, record.version, record.summary,
                                                record.license,
                                                record.api_min < 2 ? "" : record.needs,
                                                record.author, record.requires, record.limits },
                look);
}

tend_status tend_look_at(struct tend_shell *shell, const char *file, struct tend_look *look)
{
    size_t len = strlen(file);

    *look = (struct tend_look){ .file = file };
    look->native = len > 3 && strcmp(file + len - 3, ".so") == 0;
    look->language = look->native ? "c" : "lua";
    return look->native ? look_c(shell, look) : look_lua(shell, look);
}

/* --- telling it ------------------------------------------------------------------ */

const char *tend_look_native(struct tend_shell *shell, const char *file)
{
    return tend_arena_printf(&shell->arena,
                             "%s is a C module: trusted code. Nothing holds it, not its rights, not "
                             "its limits: it can do whatever you can do, from the moment that it is "
                             "opened. Go on only if you trust who wrote it.",
                             strrchr(file, '/') + 1);
}

static void say(struct tend_shell *shell, const char *text)
{
    if (!shell->options.json && !shell->options.csv)
        tend_sayf(shell, "%s", text);
}

static void line(struct tend_shell *shell, const char *indent, const char *label, const char *text)
{
    struct tend_buffer shown = { 0 };

    if (text == NULL || *text == '\0')
        return;
    tend_buffer_addf(&shown, "%s%-8s  ", indent, label);
    tend_text_show(&shown, tend_text_of(text));
    say(shell, shown.at);
    tend_buffer_finish(&shown);
}

static const char *joined(struct tend_shell *shell, const struct tend_rights *rights,
                          enum tend_right kind)
{
    struct tend_buffer out = { 0 };
    const char *word, *text;

    for (int64_t i = 0; (word = tend_rights_at(rights, kind, i)) != NULL; i++)
        tend_buffer_addf(&out, "%s%s", i ? ", " : "",
                         kind == TEND_RIGHT_EFFECTS ? does_of(word) : word);
    text = tend_arena_str(&shell->arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    return text;
}

void tend_look_rights(struct tend_shell *shell, const struct tend_rights *rights,
                      const char *indent)
{
    const char *word;

    if (!rights->named) {
        line(shell, indent, "any", "it names no rights, and so may read all that you know of people, "
                                   "and bring about whatever tend allows");
        line(shell, indent, "", "files, the network and secrets stay closed to it");
        return;
    }
    if (!tend_rights_any(rights)) {
        line(shell, indent, "nothing", "it reads nothing of yours, and changes nothing");
        return;
    }
    for (int64_t i = 0; (word = tend_rights_at(rights, TEND_RIGHT_READS, i)) != NULL; i++)
        line(shell, indent, i ? "" : "read", reads_of(word));
    line(shell, indent, "do", joined(shell, rights, TEND_RIGHT_EFFECTS));
    line(shell, indent, "files", joined(shell, rights, TEND_RIGHT_FILES));
    line(shell, indent, "network", joined(shell, rights, TEND_RIGHT_NET));
    line(shell, indent, "secrets", joined(shell, rights, TEND_RIGHT_SECRETS));
    if (rights->native)
        line(shell, indent, "native", "call code of C modules, which nothing holds");
}

void tend_look_show(struct tend_shell *shell, const struct tend_look *look)
{
    const char *title = tend_arena_printf(&shell->arena, "%s %s", look->name, look->version);

    line(shell, "", title, look->summary);
    if (look->summary[0] == '\0')
        say(shell, title);
    line(shell, "  ", "in", look->native ? "C" : "Lua");
    line(shell, "  ", "by", look->author[0] ? look->author : "somebody who does not say");
    line(shell, "  ", "license", look->license);
    line(shell, "  ", "provides", look->provides);
    line(shell, "  ", "file", look->file);
    say(shell, "  it asks for");
    tend_look_rights(shell, &look->needs, "    ");
}
