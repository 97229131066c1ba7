/* The pages of the reference for authors of plugins, made from the lists of include/tend/api:
 * one for each table of functions, each object of Lua, each kind and each effect. */
#include "plugin/api.h"
#include "plugin/effect_list.h"
#include "shell/help.h"
#include <errno.h>

static tend_status write_page(struct tend_shell *shell, const char *folder, const char *topic,
                              const char *name, struct tend_buffer *buf)
{
    const char *path = tend_arena_printf(&shell->arena, "%s/%s-%s.txt", folder, topic, name);
    FILE *file = fopen(path, "w");
    size_t done = file != NULL ? fwrite(buf->at, 1, (size_t)buf->len, file) : 0;
    bool wrote = done == (size_t)buf->len;

    if (file == NULL || fclose(file) != 0 || !wrote)
        return tend_error_set(&shell->err, TEND_IO, "cannot write \"%s\": %s; name a folder that "
                              "is there", path, strerror(errno));
    tend_buffer_reset(buf);
    return TEND_OK;
}

static void add_since(struct tend_buffer *buf, int32_t level)
{
    if (level == 9)
        tend_buffer_adds(buf, " (tend.x: it may change)");
    else if (level > 0)
        tend_buffer_addf(buf, " (since level %d)", (int)level);
}

static void add_lua(struct tend_buffer *buf, const struct tend_api_lua *row)
{
    if (row->params != NULL)
        tend_buffer_addf(buf, "  %s.%s(%s)%s%s", row->object, row->name, row->params,
                         row->result[0] ? " -> " : "", row->result);
    else
        tend_buffer_addf(buf, "  %s.%s: %s", row->object, row->name, row->result);
    add_since(buf, row->level);
    tend_buffer_addf(buf, "\n      %s\n", row->doc);
}

static void add_function(struct tend_buffer *buf, const struct tend_api_function *fn)
{
    char of[80];

    snprintf(of, sizeof of, "%s.%s", fn->table, fn->name);
    tend_buffer_addf(buf, "%s %s%s", fn->result, fn->name, fn->args);
    add_since(buf, fn->level);
    tend_buffer_addf(buf, "\n    %s\n", fn->doc);
    for (const struct tend_api_lua *row = tend_api_lua; row->object != NULL; row++)
        if (row->name != NULL && strcmp(row->of, of) == 0)
            add_lua(buf, row);
    for (const struct tend_api_none *none = tend_api_none; none->table != NULL; none++)
        if (strcmp(none->table, fn->table) == 0 && strcmp(none->name, fn->name) == 0)
            tend_buffer_addf(buf, "  in Lua: %s\n", none->why);
    tend_buffer_addc(buf, '\n');
}

static tend_status write_tables(struct tend_shell *shell, const char *folder,
                                struct tend_buffer *buf)
{
    tend_status status = TEND_OK;

    for (const struct tend_api_function *fn = tend_api_functions; fn->table != NULL; fn++) {
        if (buf->len == 0)
            tend_buffer_addf(buf, "ctx->%s\n\n", fn->table);
        add_function(buf, fn);
        if (status == TEND_OK && (fn[1].table == NULL || strcmp(fn[1].table, fn->table) != 0))
            status = write_page(shell, folder, "table", fn->table, buf);
    }
    return status;
}

static tend_status write_objects(struct tend_shell *shell, const char *folder,
                                 struct tend_buffer *buf)
{
    tend_status status = TEND_OK;

    for (const struct tend_api_lua *of = tend_api_lua; of->object != NULL && status == TEND_OK; of++) {
        if (of->name != NULL)
            continue;
        tend_buffer_addf(buf, "%s, in Lua: %s\n\n", of->object, of->doc);
        for (const struct tend_api_lua *row = tend_api_lua; row->object != NULL; row++)
            if (row->name != NULL && strcmp(row->object, of->object) == 0)
                add_lua(buf, row);
        status = write_page(shell, folder, "lua", of->object, buf);
    }
    return status;
}

static void add_members(struct tend_buffer *buf, const char *record)
{
    for (const struct tend_api_member *m = tend_api_members; m->record != NULL; m++) {
        if (strcmp(m->record, record) != 0)
            continue;
        tend_buffer_addf(buf, "    %s;", m->declaration);
        add_since(buf, m->level);
        tend_buffer_addf(buf, "%s%s\n", m->doc[0] ? "\n        " : "", m->doc);
    }
}

static tend_status write_kinds(struct tend_shell *shell, const char *folder,
                               struct tend_buffer *buf)
{
    tend_status status = TEND_OK;

    for (const struct tend_api_kind *kind = tend_api_kinds; kind->name && status == TEND_OK; kind++) {
        tend_buffer_addf(buf, "%s: %s", kind->name, kind->doc);
        add_since(buf, kind->level);
        tend_buffer_addf(buf, "\n\nIn C struct %s of tend/%s%s:\n\n", kind->record, kind->header,
                         kind->both ? "; in Lua a table with its name under the kind's" :
                                      "; in C alone");
        add_members(buf, kind->record);
        status = write_page(shell, folder, "kind", kind->name, buf);
    }
    return status;
}

static void add_effect(struct tend_buffer *buf, uint32_t number, const struct tend_effect_kind *of)
{
    tend_buffer_addf(buf, "%s: %s", of->name, of->doc);
    add_since(buf, of->level);
    tend_buffer_addf(buf, "\n\nIn C struct %s, number %u. It %s a key%s%s%s.\n\n", of->record, number,
                     of->needs_key ? "needs" : "may have", of->lua_key[0] ? ", in Lua `" : "",
                     of->lua_key, of->lua_key[0] ? "`" : "");
    for (const struct tend_effect_member *m = of->members; m->kind == number; m++) {
        tend_buffer_addf(buf, "    %s%s", m->name, m->needed ? ", needed" : "");
        if (tend_effect_is_text(m))
            tend_buffer_addf(buf, ", at most %lld bytes", (long long)m->most);
        if (m->lua[0] != '\0')
            tend_buffer_addf(buf, ", in Lua `%s`", m->lua);
        tend_buffer_addf(buf, "\n        %s\n", m->doc);
    }
}

int tend_reference_write(struct tend_shell *shell, const char *folder)
{
    struct tend_buffer buf = { 0 };
    tend_status status = write_tables(shell, folder, &buf);

    if (status == TEND_OK)
        status = write_objects(shell, folder, &buf);
    if (status == TEND_OK)
        status = write_kinds(shell, folder, &buf);
    for (uint32_t number = 1; status == TEND_OK && number <= tend_effect_kinds(); number++) {
        const struct tend_effect_kind *of = tend_effect_kind(number);

        if (of == NULL)
            continue;
        add_effect(&buf, number, of);
        status = write_page(shell, folder, "effect", of->name, &buf);
    }
    tend_buffer_finish(&buf);
    return status == TEND_OK ? TEND_EXIT_OK : tend_shell_fail(shell);
}
