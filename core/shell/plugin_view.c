/* A plugin as JSON and in words, for the commands about plugins. */
#include "shell/plugin_view.h"
#include "plugin/world.h"
#include "shell/added.h"

#define TEND_KIND(kind, level, record, last, languages, standing, header, doc) #kind,
static const char *const kinds[] = {
#include <tend/api/kinds.def>
};

const char *tend_plugin_state(enum tend_instance_state state)
{
    if (state == TEND_INSTANCE_WAITING)
        return "waiting";
    return state == TEND_INSTANCE_LOADED ? "loaded" : state == TEND_INSTANCE_FAILED ? "failed"
                                                                                    : "aside";
}

/* Is this provider of the plugin of that name? The core's own have no instance. */
static bool provided_by(const struct tend_provider *provider, const char *name)
{
    const char *owner = provider->owner != NULL ? tend_instance_name(provider->owner) : "core";

    return owner != NULL && name != NULL && strcmp(owner, name) == 0;
}

struct tend_text tend_plugin_provides(struct tend_shell *shell, const char *name)
{
    const struct tend_provider *provider;
    struct tend_buffer buf = { 0 };
    struct tend_text text;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (int64_t i = 0;
             (provider = tend_registry_at(shell->registry, kinds[k], i, true)) != NULL; i++) {
            if (provided_by(provider, name))
                tend_buffer_addf(&buf, "%s%s %s", buf.len > 0 ? ", " : "", kinds[k],
                                 provider->name);
        }
    }
    text = tend_arena_text(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

static void json_provides(struct tend_shell *shell, struct tend_json *json, const char *name)
{
    const struct tend_provider *provider;

    tend_json_open(json, "provides", '[');
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (int64_t i = 0;
             (provider = tend_registry_at(shell->registry, kinds[k], i, true)) != NULL; i++) {
            if (!provided_by(provider, name))
                continue;
            tend_json_open(json, NULL, '{');
            tend_json_str(json, "kind", kinds[k]);
            tend_json_str(json, "name", provider->name);
            tend_json_close(json, '}');
        }
    }
    tend_json_close(json, ']');
}

void tend_plugin_rights(struct tend_shell *shell, const char *name, struct tend_text *may,
                        struct tend_text *withheld)
{
    struct tend_instance_info info;

    *may = *withheld = (struct tend_text){ "", 0 };
    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++)
        if (name != NULL && strcmp(info.manifest.name, name) == 0)
            tend_registry_rights(shell->registry, i, &shell->arena, may, withheld);
}

const char *tend_plugin_users(struct tend_shell *shell, const char *name)
{
    const struct tend_instance *instance =
        tend_registry_named(shell->registry, tend_text_of(name));

    return instance != NULL ? tend_registry_users(shell->registry, instance, &shell->arena) : "";
}

tend_status tend_plugin_free(struct tend_shell *shell, struct tend_text name)
{
    const char *users;

    if (tend_shell_registry(shell, true) != TEND_OK) {
        tend_error_clear(&shell->err);
        return TEND_OK;         /* nobody is loaded, so nobody uses it */
    }
    users = tend_plugin_users(shell, tend_arena_str(&shell->arena, name));
    if (*users == '\0')
        return TEND_OK;
    tend_error_set(&shell->err, TEND_BUSY, "plugin %.*s is used by %s: take that out first",
                   TEND_FMT(name), users);
    tend_error_cure(&shell->err, "plugin info %.*s", TEND_FMT(name));
    return TEND_BUSY;
}

static void json_users(struct tend_shell *shell, struct tend_json *json, const char *name)
{
    struct tend_text rest = tend_text_of(tend_plugin_users(shell, name)), word;

    tend_json_open(json, "users", '[');
    while (tend_text_word(&rest, &word))
        tend_json_str(json, NULL, tend_arena_str(&shell->arena, word));
    tend_json_close(json, ']');
}

const char *tend_plugin_handler(struct tend_shell *shell, const char *name, int64_t n)
{
    static const char *const listening[] = { "policy", "stage_set" };
    const struct tend_provider *provider;

    for (size_t k = 0; k < sizeof listening / sizeof *listening; k++)
        for (int64_t i = 0;
             (provider = tend_registry_at(shell->registry, listening[k], i, true)) != NULL; i++) {
            const char *on = provider->on;

            if (on == NULL || on[0] == '\0' || !provided_by(provider, name) || n-- > 0)
                continue;
            return tend_arena_printf(&shell->arena, "%s %s: %s", listening[k], provider->name, on);
        }
    return NULL;
}

const char *tend_plugin_asks(struct tend_shell *shell, const char *name)
{
    const struct tend_provider *provider;

    for (int64_t i = 0;
         (provider = tend_registry_at(shell->registry, "lead_source", i, true)) != NULL; i++) {
        const struct tend_lead_source *source = provider->record;

        if (!provided_by(provider, name) || source == NULL || tend_source_page(source) == NULL ||
            source->every == NULL || source->every[0] == '\0')
            continue;
        return tend_arena_printf(&shell->arena, "every %s is often enough: tend import --from %s",
                                 source->every, provider->name);
    }
    return NULL;
}

static void json_handlers(struct tend_shell *shell, struct tend_json *json, const char *name)
{
    const char *handler;

    tend_json_open(json, "handlers", '[');
    for (int64_t i = 0; (handler = tend_plugin_handler(shell, name, i)) != NULL; i++)
        tend_json_str(json, NULL, handler);
    tend_json_close(json, ']');
}

void tend_plugin_json(struct tend_shell *shell, struct tend_json *json,
                      const struct tend_instance_info *info)
{
    struct tend_origin origin = tend_added_origin(shell, info->path);
    struct tend_text may, withheld;

    tend_plugin_rights(shell, info->manifest.name, &may, &withheld);
    tend_json_open(json, NULL, '{');
    tend_json_str(json, "name", info->manifest.name);
    tend_json_str(json, "version", info->manifest.version);
    tend_json_str(json, "summary", info->manifest.summary);
    tend_json_str(json, "license", info->manifest.license);
    tend_json_str(json, "author", info->manifest.author);
    tend_json_str(json, "needs", info->manifest.needs);
    tend_json_text(json, "granted", may);
    tend_json_text(json, "withheld", withheld);
    tend_json_str(json, "origin", origin.is);
    tend_json_str(json, "added", origin.added);
    tend_json_str(json, "changed", origin.changed);
    tend_json_str(json, "language", info->language);
    tend_json_str(json, "state", tend_plugin_state(info->state));
    tend_json_str(json, "trouble", info->trouble);
    tend_json_str(json, "path", info->path);
    json_provides(shell, json, info->manifest.name);
    tend_json_str(json, "requires", info->manifest.requires);
    json_users(shell, json, info->manifest.name);
    json_handlers(shell, json, info->manifest.name);
    tend_plugin_tally_json(json, info->tally);
    tend_json_close(json, '}');
}

void tend_plugin_tally_json(struct tend_json *json, const struct tend_tally *tally)
{
    static const struct tend_tally none = { .calls = 0 };
    const struct tend_tally *t = tally != NULL ? tally : &none;

    tend_json_int(json, "calls", t->calls);
    tend_json_int(json, "microseconds", t->time);
    tend_json_int(json, "p99", tend_tally_within(t, 99));
    tend_json_int(json, "longest", t->longest);
    tend_json_str(json, "longest_what", t->longest_what);
    tend_json_int(json, "memory", t->memory);
    tend_json_int(json, "kills", t->kills);
    tend_json_int(json, "errors", t->errors);
    tend_json_int(json, "effects", t->effects);
}

struct names {
    TEND_ARRAY(const char *) list;
};

/* A caret under a name that is none, and what was meant; the names go. */
static tend_status no_such(struct tend_shell *shell, const struct tend_token *token,
                           const char *what, struct names *names)
{
    const char *near;

    TEND_PUSH(&names->list, NULL);
    near = tend_text_nearest(token->text, names->list.at);
    tend_point_at(&shell->err, TEND_USAGE, shell->line, token, "no %s is called \"%.*s\"%s%s%s", what,
                  TEND_FMT(token->text), near != NULL ? "; did you mean " : "",
                  near != NULL ? near : "", near != NULL ? "?" : "");
    tend_error_cure(&shell->err, "%s list", what);
    TEND_ARRAY_FINISH(&names->list);
    return TEND_USAGE;
}

tend_status tend_plugin_named(struct tend_shell *shell, const struct tend_parsed *parsed,
                              struct tend_instance_info *info)
{
    struct tend_words words = tend_given(parsed, "NAME");
    struct names names = { 0 };

    for (int64_t i = 0; tend_registry_instance(shell->registry, i, info); i++) {
        if (tend_text_is(words.at[0].text, info->manifest.name)) {
            TEND_ARRAY_FINISH(&names.list);
            return TEND_OK;
        }
        TEND_PUSH(&names.list, info->manifest.name);
    }
    return no_such(shell, &words.at[0], "plugin", &names);
}

tend_status tend_provider_named(struct tend_shell *shell, const struct tend_parsed *parsed,
                                const char *kind, const struct tend_provider **out)
{
    struct tend_words words = tend_given(parsed, "NAME");
    const struct tend_provider *provider;
    struct names names = { 0 };

    *out = tend_registry_find(shell->registry, kind, words.at[0].text);
    if (*out != NULL)
        return TEND_OK;
    for (int64_t i = 0; (provider = tend_registry_at(shell->registry, kind, i, false)); i++)
        TEND_PUSH(&names.list, provider->name);
    return no_such(shell, &words.at[0], kind, &names);
}

const struct tend_member tend_plugin_members[] = {
    { "name", "text", NULL },
    { "version", "text", NULL },
    { "summary", "text", NULL },
    { "license", "text", NULL },
    { "author", "text", NULL },
    { "needs", "text", "rights that it asks for" },
    { "granted", "text", "rights that it has" },
    { "withheld", "text", "what it asks for, and has not got" },
    { "origin", "text", "shipped, added, linked, folder" },
    { "added", "time", NULL },
    { "changed", "text", "a file that has changed since it was added" },
    { "language", "text", "c, lua" },
    { "state", "text", "loaded, failed, aside, disabled" },
    { "trouble", "text", NULL },
    { "path", "text", NULL },
    { "provides", "[object]", "kind name" },
    { "requires", "text", "services that it needs" },
    { "users", "[text]", "who needs its services" },
    { "handlers", "[text]", NULL },
    TEND_TALLY_MEMBERS,
    { 0 }
};
