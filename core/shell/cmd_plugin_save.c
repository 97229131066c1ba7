/* plugin save: what was typed at the Lua prompt becomes a plugin. */
#include "base/buffer.h"
#include "lua/lua_console.h"
#include "shell/plugin_view.h"
#include "shell/added.h"
#include "shell/console.h"
#include "shell/output.h"
#include <ctype.h>
#include <errno.h>
#include <unistd.h>

static const char *kinds[] = { "command", "policy", NULL };

/* The file: the chunk as it was typed, and what makes a plugin of it. */
static void write_text(struct tend_buffer *out, const char *name, const char *plugin,
                       const char *kind, const char *on, const struct tend_typed *typed)
{
    tend_buffer_addf(out, "-- Kept with: plugin save %s\n%s\n\n", name, typed->text.at);
    if (typed->table) {
        tend_buffer_addf(out, "return %s\n", name);
        return;
    }
    if (strcmp(kind, "policy") == 0) {
        tend_buffer_addf(out, "return {\n  policy = \"%s\", version = \"1.0.0\", on = \"%s\",\n"
                              "  run = function(ctx, event) return %s(ctx, event) end,\n}\n",
                         plugin, on, name);
        return;
    }
    tend_buffer_addf(out, "return {\n  command = \"%s\", version = \"1.0.0\", writes = true,\n"
                          "  summary = \"%s, as it was typed at the Lua prompt\",\n",
                     plugin, name);
    if (typed->params > 0)
        tend_buffer_addf(out, "  args = { { \"%s\", \"person\", help = \"whom\" } },\n"
                              "  run = function(ctx, args) return %s(args.%s) end,\n}\n",
                         typed->param[0], name, typed->param[0]);
    else
        tend_buffer_addf(out, "  run = function() return %s() end,\n}\n", name);
}

static tend_status refuse(struct tend_shell *shell, const char *name, const char *kind,
                          const char *on, const struct tend_typed *typed)
{
    if (typed->missing[0] != '\0' && typed->lent)
        return tend_error_set(&shell->err, TEND_INVALID,
                              "%s uses %s, which is there at the Lua prompt alone; let it be given "
                              "what it works on, as function %s(p)", name, typed->missing, name);
    if (typed->missing[0] != '\0')
        return tend_error_set(&shell->err, TEND_INVALID,
                              "%s uses %s, which was typed by itself; type both in one chunk: do "
                              "... end around them", name, typed->missing);
    if (!typed->table && strcmp(kind, "policy") == 0 && on == NULL)
        return tend_error_set(&shell->err, TEND_USAGE,
                              "a policy answers events: say which with --on, as --on touch.logged");
    if (!typed->table && strcmp(kind, "command") == 0 && typed->params > 1)
        return tend_error_set(&shell->err, TEND_INVALID,
                              "%s takes %d values; one that becomes a command takes a person, or "
                              "nothing", name, typed->params);
    return TEND_OK;
}

/* Into a file that stays only until its copy is kept; the path, or NULL. */
static const char *put(struct tend_shell *shell, const char *plugin, const struct tend_buffer *text)
{
    const char *dir = tend_shell_state_dir(shell, true), *path = NULL;
    FILE *file = NULL;

    if (dir != NULL) {
        path = tend_arena_printf(&shell->arena, "%s/%s.lua", dir, plugin);
        file = fopen(path, "w");
    }
    if (file == NULL || fwrite(text->at, 1, (size_t)text->len, file) != (size_t)text->len) {
        tend_error_set(&shell->err, TEND_IO, "%s cannot be written: %s", path != NULL ? path : plugin,
                       strerror(errno));
        path = NULL;
    }
    if (file != NULL && fclose(file) != 0)
        path = NULL;
    return path;
}

/* One that is there already is replaced only if that was said. */
static tend_status look_before(struct tend_shell *shell, const char *path, bool replace)
{
    struct tend_added_work work = { 0 };
    const struct tend_added *old;
    struct tend_look look;
    bool there;

    if (tend_look_at(shell, path, &look) != TEND_OK)
        return shell->err.code;
    if (tend_added_begin(shell, &work) != TEND_OK)
        return shell->err.code;
    old = tend_added_find(&work.list, tend_text_of(look.name));
    there = old != NULL && old->path != NULL;
    tend_added_end(shell, &work, false);
    if (!there || replace)
        return TEND_OK;
    return tend_error_set(&shell->err, TEND_EXISTS,
                          "a plugin %s was added already; --replace puts this in its place",
                          look.name);
}

static void show_text(struct tend_shell *shell, const struct tend_buffer *text)
{
    struct tend_text all = tend_buffer_text(text);

    if (shell->options.json || shell->options.csv)
        return;
    for (int64_t from = 0, i = 0; i < all.len; i++)
        if (all.at[i] == '\n') {
            tend_line_out(shell, "  %.*s", (int)(i - from), all.at + from);
            from = i + 1;
        }
}

static bool plain_name(const char *name)
{
    for (const char *c = name; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && *c != '_')
            return false;
    return *name != '\0';
}

static int run_save(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    const char *name = tend_given_str(parsed, "NAME", &shell->arena);
    const char *kind = tend_given_str(parsed, "as", &shell->arena);
    const char *on = tend_given_str(parsed, "on", &shell->arena), *path = NULL;
    char *plugin = tend_arena_str(&shell->arena, tend_text_of(name)), line[4200];
    struct tend_typed typed = { 0 };
    struct tend_buffer text = { 0 };
    tend_status status = tend_console_open(shell);
    int done;

    for (char *c = plugin; *c != '\0'; c++)
        if (*c == '_')
            *c = '-';
    if (status == TEND_OK && (!plain_name(name) ||
        !tend_lua_typed(tend_registry_console_instance(shell->registry), name, &typed))) {
        status = tend_error_set(&shell->err, TEND_NOT_FOUND,
                                "nothing called %s was typed at the Lua prompt of this session", name);
        tend_error_cure(&shell->err, "= function %s(p) p:tag \"%s\" end", name, name);
    }
    kind = kind != NULL ? kind : "command";
    if (status == TEND_OK)
        status = refuse(shell, name, kind, on, &typed);
    if (status == TEND_OK) {
        write_text(&text, name, plugin, kind, on, &typed);
        show_text(shell, &text);
        path = put(shell, plugin, &text);
        status = path != NULL ? look_before(shell, path, tend_given_is(parsed, "replace"))
                              : shell->err.code;
    }
    tend_buffer_finish(&text);
    tend_buffer_finish(&typed.text);
    if (status == TEND_OK) {
        snprintf(line, sizeof line, "plugin add --yes \"%s\"", path);
        done = tend_shell_line(shell, tend_text_of(line));
    } else {
        done = tend_shell_fail(shell);
    }
    if (path != NULL)
        unlink(path);
    return done;
}

static const struct tend_arg args[] = {
    { "NAME", TEND_SLOT_WORD, 0, "a function or a table that was typed at the Lua prompt", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "as", TEND_SLOT_CHOICE, 0, "KIND", "what a function becomes; else a command", kinds },
    { "on", TEND_SLOT_WORD, 0, "EVENTS", "of a policy: what it answers", NULL },
    { "replace", TEND_SLOT_NONE, 0, NULL, "put it in the place of the plugin of that name", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin save vip", "after = function vip(p) p:tag \"vip\" end: from now on, vip ann" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_save = {
    .name = "plugin save", .of = "plugin", .group = "the house",
    .summary = "keep what was typed at the Lua prompt", .args = args, .flags = flags,
    .examples = examples,
    .more = "A function of a person becomes a command that takes one; a table that is a plugin is\n"
            "kept as it is. The chunk that it was typed in is the text of the file, which is shown,\n"
            "added to your plugins and loaded at once.",
    .effects = TEND_PLUGINS, .document = TEND_ONE, .members = tend_plugin_add_members,
    .run = run_save,
};
