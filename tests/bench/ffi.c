/* What a call of a C export costs from Lua, beside the same function by hand-written glue,
 * by a generic wrapper over libffi with nothing around it, and by ffi_call alone. All in
 * one run, in the state of a plugin with its limits on; nanoseconds, the median of rounds.
 * Aim: within 1.5 of the generic wrapper.
 *
 *     ffi MODULES      where tools.so of tests/plugin is */
#include "base/clock.h"
#include "lua/lua_host.h"
#include "lua/lua_state.h"
#include "plugin/call.h"
#include <ffi.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CALLS 1000000
#define ROUNDS 9

static const char plugin[] =
    "local function command(name, get)\n"
    "  return { command = name, summary = 'calls', run = function(ctx)\n"
    "    local f = get()\n"
    "    if f then for i = 1, 1000000 do f(i, 2) end else for i = 1, 1000000 do end end\n"
    "  end }\n"
    "end\n"
    "return { plugin = 'bench', version = '1.0.0', provides = {\n"
    "  command('loop', function() end),\n"
    "  command('glue', function() return glue end),\n"
    "  command('generic', function() return generic end),\n"
    "  command('export', function() return tend.c.test_tools.add end) } }\n";

static int64_t add(void *ctx, int64_t a, int64_t b)
{
    (void)ctx;
    return a + b;
}

static int glue(lua_State *L)
{
    lua_pushinteger(L, add(NULL, luaL_checkinteger(L, 1), luaL_checkinteger(L, 2)));
    return 1;
}

struct wrapped {
    ffi_cif cif;
    ffi_type *types[3];
    void (*code)(void);
    const char *letters;
};

static int generic(lua_State *L)
{
    struct wrapped *self = lua_touserdata(L, lua_upvalueindex(1));
    union {
        ffi_arg wide;
        int64_t l;
        double d;
        void *p;
    } slots[9], result;
    void *at[9];
    int n = 0;

    slots[0].p = NULL;
    at[0] = &slots[0];
    for (const char *letter = self->letters + 1; *letter; letter++) {
        n++;
        if (*letter == 'l')
            slots[n].l = luaL_checkinteger(L, n);
        else
            slots[n].d = luaL_checknumber(L, n);
        at[n] = &slots[n];
    }
    ffi_call(&self->cif, self->code, &result, at);
    if (self->letters[0] == 'l')
        lua_pushinteger(L, result.l);
    else
        lua_pushnumber(L, result.d);
    return 1;
}

static struct wrapped wrapped = {
    .types = { &ffi_type_pointer, &ffi_type_sint64, &ffi_type_sint64 },
    .code = (void (*)(void))add, .letters = "lll",
};

static void load(struct tend_registry *registry, struct tend_error *err, const char *modules)
{
    char path[4096], dir[] = "/tmp/tend-bench-XXXXXX";
    FILE *out;

    snprintf(path, sizeof path, "%s/tools.so", modules);
    if (tend_registry_load_file(registry, path) != TEND_OK || mkdtemp(dir) == NULL)
        exit((fprintf(stderr, "%s\n", err->text), 1));
    snprintf(path, sizeof path, "%s/bench.lua", dir);
    out = fopen(path, "w");
    fputs(plugin, out);
    fclose(out);
    if (tend_registry_load_file(registry, path) != TEND_OK)
        exit((fprintf(stderr, "%s\n", err->text), 1));
    unlink(path);
    rmdir(dir);
}

static double by_lua(struct tend_registry *registry, struct tend_error *err, const char *name)
{
    const struct tend_provider *command = tend_registry_find(registry, "command", tend_text_of(name));
    const struct tend_call_args args = { NULL, 0 };
    struct tend_effects effects = { 0 };
    struct tend_arena arena = { 0 };
    int64_t began = tend_clock_ticks();

    if (tend_call_command(registry, command, &args, &arena, &effects) != TEND_OK)
        exit((fprintf(stderr, "%s\n", err->text), 1));
    began = tend_clock_ticks() - began;
    tend_arena_finish(&arena);
    TEND_ARRAY_FINISH(&effects.list);
    return (double)began * 1000 / CALLS;
}

static double by_ffi(void)
{
    int64_t began = tend_clock_ticks();
    volatile int64_t sum = 0;

    for (int64_t i = 0; i < CALLS; i++) {
        int64_t a = i, b = 2, result;
        void *ctx = NULL, *at[] = { &ctx, &a, &b };

        ffi_call(&wrapped.cif, wrapped.code, &result, at);
        sum += result;
    }
    (void)sum;      /* so that no call is left out */
    return (double)(tend_clock_ticks() - began) * 1000 / CALLS;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *of)
{
    qsort(of, ROUNDS, sizeof *of, by_size);
    return of[ROUNDS / 2];
}

int main(int argc, char **argv)
{
    double loop[ROUNDS], hand[ROUNDS], wrap[ROUNDS], ours[ROUNDS], raw[ROUNDS], empty;
    struct tend_error err = { 0 };
    struct tend_clock clock = { 0 };
    struct tend_registry *registry = tend_registry_create(&err, &clock);
    struct tend_lua *lua;

    if (argc != 2)
        return 2;
    tend_registry_runtime(registry, &tend_lua_runtime);
    load(registry, &err, argv[1]);
    ffi_prep_cif(&wrapped.cif, FFI_DEFAULT_ABI, 3, &ffi_type_sint64, wrapped.types);
    lua = tend_instance_data(tend_registry_find(registry, "command", TEND_TEXT("glue"))->owner);
    lua_pushcfunction(lua->L, glue);
    lua_setglobal(lua->L, "glue");
    lua_pushlightuserdata(lua->L, &wrapped);
    lua_pushcclosure(lua->L, generic, 1);
    lua_setglobal(lua->L, "generic");
    for (int i = 0; i < ROUNDS; i++) {
        loop[i] = by_lua(registry, &err, "loop");
        hand[i] = by_lua(registry, &err, "glue");
        wrap[i] = by_lua(registry, &err, "generic");
        ours[i] = by_lua(registry, &err, "export");
        raw[i] = by_ffi();
    }
    empty = median(loop);
    printf("ffi_call %.0f ns   glue %.0f ns   generic wrapper %.0f ns   tend.c %.0f ns   "
           "ratio to the wrapper %.2f (aim 1.5)\n",
           median(raw), median(hand) - empty, median(wrap) - empty, median(ours) - empty,
           (median(ours) - empty) / (median(wrap) - empty));
    tend_registry_destroy(registry);
    return 0;
}
