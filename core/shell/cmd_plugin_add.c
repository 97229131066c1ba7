/* plugin add: what somebody else wrote, after it was shown what it wants. */
#include "base/date.h"
#include "shell/added.h"
#include "shell/ask.h"
#include "shell/plugin_view.h"
#include <unistd.h>

struct add {                    /* one plugin on its way in */
    struct tend_look look;
    struct tend_added_work work;
    struct tend_rights grant, asked;    /* what it gets; what is new in that */
    const struct tend_added *old;       /* NULL: it is new here */
    struct tend_added_list before;      /* the record as it was */
    struct tend_added_services services;    /* of the one that was there */
    const char *aside;                  /* its files from before, or NULL */
    const char *from, *file, *path;     /* path: what is loaded */
    bool copied;
    bool folder, link, in_place;        /* in_place: its files are said yes to as they are */
};

static tend_status answer(struct tend_shell *shell, const char *question, const char *flag)
{
    tend_status status;
    char key = 'n';

    if (shell->options.yes)
        return TEND_OK;
    if (!tend_ask_can(shell))
        return tend_error_set(&shell->err, TEND_USAGE,
                              "\"%s\" can only be answered at a terminal; %s answers yes", question,
                              flag);
    status = tend_ask_key(shell, tend_arena_printf(&shell->arena, "%s [y/n]", question), "yn", &key);
    if (status == TEND_OK && key != 'y')
        status = tend_error_set(&shell->err, TEND_CANCELLED, "it was not added");
    return status;
}

/* A path, or the name of one that was added: then its own files are meant. */
static tend_status find(struct tend_shell *shell, const char *what, struct add *add)
{
    const struct tend_added *known;

    if (strchr(what, '/') == NULL && access(what, F_OK) != 0) {
        known = tend_added_find(&add->work.list, tend_text_of(what));
        if (known != NULL && known->path != NULL) {
            add->link = add->link || known->linked;
            add->in_place = true;
            add->from = known->from;
            add->file = tend_arena_str(&shell->arena, tend_text_of(known->path));
            return TEND_OK;
        }
        return tend_error_set(&shell->err, TEND_NOT_FOUND,
                              "there is no file or folder %s, and no plugin of that name was added",
                              what);
    }
    if (tend_added_main(shell, what, &add->file, &add->folder) != TEND_OK)
        return shell->err.code;
    add->from = add->file;
    return TEND_OK;
}

/* A C module can act as soon as it is opened: that is asked before it is. */
static tend_status look(struct tend_shell *shell, struct add *add)
{
    size_t len = strlen(add->file);
    tend_status status = TEND_OK;

    if (len > 3 && strcmp(add->file + len - 3, ".so") == 0) {
        const char *what = tend_look_native(shell, add->file);

        fprintf(shell->errors, "%s\n", what);
        status = answer(shell, "Open it, to see what it says of itself?", "--yes");
    }
    return status == TEND_OK ? tend_look_at(shell, add->file, &add->look) : status;
}

static tend_status parse_grant(struct tend_shell *shell, const char *text,
                               struct tend_rights *grant)
{
    if (text == NULL || strcmp(text, "any") == 0) {
        *grant = tend_rights_free();
        return TEND_OK;
    }
    return tend_rights_parse(tend_text_of(text), &shell->arena, grant, &shell->err);
}

/* What is new in it since the yes to the version before. */
static tend_status compare(struct tend_shell *shell, struct add *add)
{
    struct tend_rights before;

    add->old = tend_added_find(&add->work.list, tend_text_of(add->look.name));
    if (add->old != NULL && add->old->path == NULL)
        add->old = NULL;
    add->grant = add->asked = add->look.needs;
    if (add->old == NULL)
        return TEND_OK;
    if (parse_grant(shell, add->old->granted, &before) != TEND_OK)
        return shell->err.code;
    tend_rights_within(&add->look.needs, &before, &shell->arena, &add->asked);
    if (!add->look.needs.named && !before.named)
        add->asked = (struct tend_rights){ 0 };
    add->asked.native = add->look.needs.native && !before.native;
    add->asked.named = add->look.needs.named;
    return TEND_OK;
}

/* Rights that are held back by --without. */
static tend_status hold_back(struct tend_shell *shell, const char *without, struct add *add)
{
    struct tend_rights back, left;

    if (without == NULL)
        return TEND_OK;
    if (tend_rights_parse(tend_text_of(without), &shell->arena, &back, &shell->err) != TEND_OK)
        return shell->err.code = TEND_USAGE;
    if (back.native && add->look.native)
        return tend_error_set(&shell->err, TEND_USAGE,
                              "%s is a C module, which is the right \"native\": without that it "
                              "cannot be added at all",
                              add->look.name);
    tend_rights_within(&add->grant, &back, &shell->arena, &left);
    left.native = add->grant.native && !back.native;
    left.named = true;
    add->grant = left;
    return TEND_OK;
}

static bool same_author(const struct add *add)
{
    return strcmp(add->old->author != NULL ? add->old->author : "", add->look.author) == 0;
}

static void say(struct tend_shell *shell, const char *text)
{
    if (!shell->options.json && !shell->options.csv)
        tend_sayf(shell, "%s", text);
}

/* Shows it, and asks where there is something to ask. */
static tend_status consent(struct tend_shell *shell, struct add *add)
{
    const struct tend_added *old = add->old;
    bool more = tend_rights_any(&add->asked);

    if (old == NULL) {
        tend_look_show(shell, &add->look);
        return answer(shell, tend_arena_printf(&shell->arena, "Add %s, with these rights?",
                                               add->look.name), "--yes");
    }
    say(shell, tend_arena_printf(&shell->arena, "%s %s is there already; this is %s",
                                 old->name, old->version != NULL ? old->version : "-",
                                 add->look.version));
    if (!same_author(add))
        say(shell, tend_arena_printf(&shell->arena, "  it is now by %s; before, by %s",
                                     add->look.author[0] ? add->look.author : "nobody who says so",
                                     old->author != NULL ? old->author : "nobody who said so"));
    if (add->look.native && !old->native)
        say(shell, "  it is now a C module, and was not before");
    if (more) {
        say(shell, "  it now asks also for");
        tend_look_rights(shell, &add->asked, "    ");
    }
    if (!more && same_author(add) && !add->look.native && !add->in_place) {
        say(shell, "  it asks for nothing that you have not granted");
        return TEND_OK;
    }
    return answer(shell, tend_arena_printf(&shell->arena, "Take this %s?", old->name), "--yes");
}

static const char *today(struct tend_shell *shell)
{
    char text[40];

    return tend_arena_str(&shell->arena, tend_text_of(tend_instant_format(
                                             text, tend_shell_now(shell), 0)));
}

static const char *keep(struct add *add, const char *text)
{
    return tend_arena_str(&add->work.list.arena, tend_text_of(text));
}

/* Files and record. */
static tend_status put(struct tend_shell *shell, struct add *add)
{
    struct tend_added *entry;
    tend_status status = tend_added_read(add->work.path, &add->before, &shell->err);

    add->path = add->file;
    if (status == TEND_OK && !add->link && !add->in_place) {
        status = tend_added_copy(shell, add->file, add->folder, add->look.name, &add->path,
                                 &add->aside);
        add->copied = status == TEND_OK && strcmp(add->path, add->file) != 0;
    }
    if (status != TEND_OK)
        return status;
    entry = tend_added_take(&add->work.list, tend_text_of(add->look.name));
    entry->path = keep(add, add->path);
    entry->from = keep(add, add->from != NULL ? add->from : add->path);
    entry->language = keep(add, add->look.language);
    entry->version = keep(add, add->look.version);
    entry->author = keep(add, add->look.author);
    entry->granted = add->grant.named
                         ? keep(add, tend_rights_text(&add->grant, &shell->arena).at)
                         : "any";
    entry->added = keep(add, today(shell));
    entry->native = add->look.native;
    entry->enabled = true;
    entry->linked = add->link;
    status = tend_added_hashes(shell, &add->work.list, entry, !add->link);
    return status == TEND_OK ? tend_added_write(add->work.path, &add->work.list, &shell->err)
                             : status;
}

/* The plugin of this path as it is loaded; false: it is not. */
static bool loaded(struct tend_shell *shell, const struct add *add, struct tend_instance_info *info)
{
    for (int64_t i = 0; tend_registry_instance(shell->registry, i, info); i++)
        if (strcmp(info->path, add->path) == 0)
            return true;
    return false;
}

/* It is there, and does nothing yet. */
static void say_waiting(struct tend_shell *shell, const struct add *add)
{
    struct tend_instance_info info;

    if (loaded(shell, add, &info) && info.state == TEND_INSTANCE_WAITING)
        tend_shell_note(shell, "%s waits: %s", add->look.name, info.trouble);
}

/* It is loaded now as every later command will load it. */
static tend_status start(struct tend_shell *shell, const struct add *add)
{
    struct tend_instance_info info;
    tend_status status = TEND_OK;

    if (shell->registry != NULL && shell->plugins) {
        tend_registry_drop(shell->registry, tend_text_of(add->look.name));
        tend_added_load(shell);
        say_waiting(shell, add);    /* else it is said while all are loaded */
    } else {
        status = tend_shell_registry(shell, true);
    }
    if (status != TEND_OK || !loaded(shell, add, &info) || info.state != TEND_INSTANCE_FAILED)
        return status;
    return tend_error_set(&shell->err, TEND_INVALID, "%s was not %s: it does not load: %s",
                          add->look.name,
                          add->old != NULL ? "taken up, and the one from before stays" : "added",
                          info.trouble != NULL ? info.trouble : "no reason given");
}

/* Record and files are as they were before. */
static void take_back(struct tend_shell *shell, struct add *add)
{
    struct tend_error why = shell->err;

    tend_added_write(add->work.path, &add->before, &shell->err);
    if (shell->registry != NULL)
        tend_registry_drop(shell->registry, tend_text_of(add->look.name));
    if (add->copied)
        tend_added_back(shell, add->look.name, add->aside);
    if (shell->registry != NULL && shell->plugins)
        tend_added_load(shell);
    shell->err = why;
}

/* Who uses what it did for others still finds it. */
static tend_status keep_users(struct tend_shell *shell, const struct add *add)
{
    struct tend_error why;

    if (tend_added_users_kept(shell, add->look.name, &add->services) == TEND_OK)
        return TEND_OK;
    why = shell->err;
    tend_error_set(&shell->err, why.code, "%s was not taken up, and the one from before stays: %s",
                   add->look.name, why.text);
    tend_error_cure(&shell->err, "plugin info %s", add->look.name);
    return why.code;
}

static tend_status take(struct tend_shell *shell, struct add *add)
{
    tend_status status;

    if (add->old != NULL && !add->in_place)     /* else it is no more what it was */
        tend_added_services(shell, add->look.name, &add->services);
    status = put(shell, add);
    if (status == TEND_OK)
        status = start(shell, add);
    if (status == TEND_OK)
        status = keep_users(shell, add);
    if (status != TEND_OK)
        take_back(shell, add);
    else
        tend_added_forget(add->aside);
    tend_added_finish(&add->before);
    return status;
}

static int report(struct tend_shell *shell, const struct add *add, bool updated)
{
    const char *provides =
        tend_arena_str(&shell->arena, tend_plugin_provides(shell, add->look.name));
    struct tend_json json = { 0 };

    if (!shell->options.json) {
        tend_sayf(shell, "%s %s is %s%s%s", add->look.name, add->look.version,
                  updated ? "taken up" : "added", *provides ? ": " : "", provides);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_str(&json, "name", add->look.name);
    tend_json_str(&json, "version", add->look.version);
    tend_json_str(&json, "author", add->look.author);
    tend_json_str(&json, "language", add->look.language);
    tend_json_text(&json, "granted", tend_rights_text(&add->grant, &shell->arena));
    tend_json_bool(&json, "native", add->look.native);
    tend_json_bool(&json, "updated", updated);
    tend_json_str(&json, "provides", provides);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    return TEND_EXIT_OK;
}

static int run(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct add add = { .link = tend_given_is(parsed, "link") };
    tend_status status = tend_added_begin(shell, &add.work);
    bool updated;

    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = find(shell, tend_given_str(parsed, "PATH", &shell->arena), &add);
    if (status == TEND_OK)
        status = look(shell, &add);
    if (status == TEND_OK)
        status = compare(shell, &add);
    if (status == TEND_OK)
        status = hold_back(shell, tend_given_str(parsed, "without", &shell->arena), &add);
    if (status == TEND_OK)
        status = consent(shell, &add);
    updated = add.old != NULL;
    if (status == TEND_OK)
        status = take(shell, &add);
    tend_added_end(shell, &add.work, false);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    return report(shell, &add, updated);
}

static const struct tend_arg args[] = {
    { "PATH", TEND_SLOT_FILE, 0, "a .lua or .so file, a folder with one, or what was added before",
      NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "link", TEND_SLOT_NONE, 0, NULL, "leave it where it is, and load it as it is there", NULL },
    { "without", TEND_SLOT_WORD, 0, "RIGHTS", "rights that it does not get: \"net:api.example.com\"",
      NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin add leadbarn.lua", "shows what it is and what it asks for, asks, and keeps a copy" },
    { "plugin add --yes --link leadbarn.lua", "it stays there, and is loaded as it is there" },
    { 0 }
};
const struct tend_member tend_plugin_add_members[] = {
    { "name", "text", NULL },
    { "version", "text", NULL },
    { "author", "text", NULL },
    { "language", "text", "c, lua" },
    { "granted", "text", "rights; none where it names no rights" },
    { "native", "boolean", "true: a C module" },
    { "updated", "boolean", "true: it was there before" },
    { "provides", "text", NULL },
    { 0 }
};
const struct tend_command tend_cmd_plugin_add = {
    .name = "plugin add", .of = "plugin", .group = "the house",
    .summary = "add what somebody else wrote, after you saw what it may",
    .more = "What it is, what it reads, what it can bring about and what of the world it wants are "
            "shown, and asked; --yes answers. It gets no more than that. A copy is kept, with the "
            "hash of each file: what changes later is said. The same name again is an update, which "
            "asks if it wants more, or comes from somebody else. A C module is code that nothing "
            "holds: that is said every time.",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_NO_STORE,
    .document = TEND_ONE, .members = tend_plugin_add_members, .run = run,
};
