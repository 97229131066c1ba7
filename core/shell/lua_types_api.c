/* The part of tend.d.lua that is no command: what plugins and chunks of Lua are given.
 * A test compares it with what is there when they run. */
#include "shell/help.h"

struct stub {
    const char *of;         /* ctx, input, person, text; "": a function of the Lua prompt */
    const char *name;       /* NULL: the class itself */
    const char *type;       /* as LuaLS writes it; of a class what it is */
};

static const struct stub stubs[] = {
    { "person", NULL, "a person; fields are read when they are asked for, nil is not known" },
    { "person", "id", "integer" },
    { "person", "touched",
      "fun(self: tend.lua.person, terms: string|string[], since?: integer): integer" },
    { "person", "tag", "fun(self: tend.lua.person, tag: string): tend.lua.person" },
    { "person", "untag", "fun(self: tend.lua.person, tag: string): tend.lua.person" },
    { "person", "note", "fun(self: tend.lua.person, text: string): tend.lua.person" },
    { "person", "set",
      "fun(self: tend.lua.person, field: string, value: string|number|false): tend.lua.person" },
    { "person", "move",
      "fun(self: tend.lua.person, stage: string|table, more?: table): tend.lua.person" },
    { "person", "hold",
      "fun(self: tend.lua.person, kind: string, more: { till: string }): tend.lua.person" },
    { "person", "link",
      "fun(self: tend.lua.person, other: tend.lua.person, type: string): tend.lua.person" },
    { "person", "task", "fun(self: tend.lua.person, task: table): tend.lua.person" },
    { "person", "done", "fun(self: tend.lua.person, key: string): tend.lua.person" },
    { "person", "drop", "fun(self: tend.lua.person, key: string): tend.lua.person" },
    { "person", "tasks", "fun(self: tend.lua.person): table[] at the Lua prompt" },
    { "person", "touches", "fun(self: tend.lua.person): table[] at the Lua prompt" },
    { "text", NULL, "forgiving helpers for readers" },
    { "text", "cut", "fun(text: string, at: string): string, string?" },
    { "text", "fold", "fun(text: string): string" },
    { "text", "starts", "fun(text: string, with: string): boolean" },
    { "text", "trim", "fun(text: string): string" },
    { "ctx", NULL, "what every function of a plugin gets first" },
    { "ctx", "now", "integer microseconds" },
    { "ctx", "person", "tend.lua.person? whom the call is about" },
    { "ctx", "text", "tend.lua.text" },
    { "ctx", "emit", "fun(self: tend.lua.ctx, effect: tend.lua.effect)" },
    { "ctx", "get",
      "fun(self: tend.lua.ctx, person: tend.lua.person|integer, field: string): string?" },
    { "ctx", "log", "fun(self: tend.lua.ctx, text: any, level?: \"debug\"|\"info\"|\"warning\")" },
    { "ctx", "means",
      "fun(self: tend.lua.ctx, what: string, name: string, meaning: string): boolean" },
    { "ctx", "next",
      "fun(self: tend.lua.ctx, filter: string, after?: tend.lua.person|integer): integer?" },
    { "ctx", "people", "fun(self: tend.lua.ctx, filter: string): fun(): tend.lua.person?" },
    { "ctx", "reject", "fun(self: tend.lua.ctx, code: string, text: string) of readers" },
    { "ctx", "row", "fun(self: tend.lua.ctx, row: table<string, any>) of readers" },
    { "ctx", "state",
      "fun(self: tend.lua.ctx, name: string, person?: tend.lua.person|false): string?" },
    { "ctx", "touched",
      "fun(self: tend.lua.ctx, terms: string|string[], since?: integer): integer" },
    { "ctx", "veto",
      "fun(self: tend.lua.ctx, code: string, text: string, cure?: string) of guards" },
    { "input", NULL, "what a lead source reads" },
    { "input", "block", "fun(self: tend.lua.input): string?" },
    { "input", "blocks", "fun(self: tend.lua.input): fun(): string?" },
    { "input", "layout", "fun(self: tend.lua.input, title: string)" },
    { "input", "line", "fun(self: tend.lua.input): string?" },
    { "input", "lines", "fun(self: tend.lua.input): fun(): string?" },
    { "input", "map", "fun(self: tend.lua.input, column: string): string?" },
    { "event", NULL, "what a policy answers; its other fields depend on its name" },
    { "event", "name", "string" },
    { "event", "person", "integer?" },
    { "event", "subject", "integer?" },
    { "event", "at", "integer microseconds" },
    { "console", NULL, "of the Lua prompt, scripts and init.lua, as `tend`" },
    { "console", "person", "fun(who: string): tend.lua.person" },
    { "console", "people", "fun(filter: string): fun(): tend.lua.person?" },
    { "console", "due", "fun(): table[]" },
    { "console", "now", "fun(): integer" },
    { "console", "emit", "fun(effect: tend.lua.effect)" },
    { "console", "command", "fun(command: table) in init.lua" },
    { "console", "alias", "fun(name: string, line: string) in init.lua" },
    { "console", "text", "tend.lua.text" },
};

void tend_lua_types_api(struct tend_buffer *buf)
{
    tend_buffer_adds(buf, "---@alias tend.lua.effect table one effect; see plugins/README.md\n\n");
    for (size_t i = 0; i < sizeof stubs / sizeof *stubs; i++) {
        const struct stub *stub = &stubs[i];

        if (stub->name != NULL)
            tend_buffer_addf(buf, "---@field %s %s\n", stub->name, stub->type);
        else
            tend_buffer_addf(buf, "%s---%s\n---@class tend.lua.%s%s\n", i > 0 ? "\n" : "",
                             stub->type, stub->of,
                             strcmp(stub->of, "person") == 0 ? "\n---@field [string] any" : "");
    }
    tend_buffer_adds(buf, "\n---@type tend.lua.console\ntend = {}\n");
    for (size_t i = 0; i < sizeof stubs / sizeof *stubs; i++) {
        bool global = strcmp(stubs[i].of, "console") == 0 && stubs[i].name != NULL &&
                      strcmp(stubs[i].name, "command") != 0 &&
                      strcmp(stubs[i].name, "alias") != 0 && strcmp(stubs[i].name, "text") != 0;

        if (global)
            tend_buffer_addf(buf, "---@type %s\n%s = nil\n", stubs[i].type, stubs[i].name);
    }
    tend_buffer_addc(buf, '\n');
}
