/* What loading a plugin anew costs while it serves, in Lua and in C, beside its bare parts in
 * the same run: the file loaded and run in a fresh state, and a copy of the module opened and
 * closed. Microseconds, the median of rounds; a copy of a C plugin stays in memory, so that
 * there are few.
 *
 *     reload FILE.lua MODULE.so */
#include "base/clock.h"
#include "lua/lua_host.h"
#include "lua/lua_state.h"
#include "plugin/reload.h"
#include <dlfcn.h>
#include <lualib.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define LUA_ROUNDS 501
#define C_ROUNDS 19

static void must(bool well, const char *why)
{
    if (!well)
        exit((fprintf(stderr, "%s\n", why), 1));
}

static void bare_lua(const char *path)
{
    lua_State *L = luaL_newstate();

    luaL_openlibs(L);
    must(luaL_loadfile(L, path) == LUA_OK && lua_pcall(L, 0, 1, 0) == LUA_OK,
         lua_tostring(L, -1));
    lua_close(L);
}

static void bare_module(const char *path)
{
    char copy[] = "/tmp/tend-bench-XXXXXX", block[65536];
    FILE *in = fopen(path, "rb"), *out = fdopen(mkstemp(copy), "wb");
    void *module;
    size_t n;

    must(in && out, path);
    while ((n = fread(block, 1, sizeof block, in)) > 0)
        fwrite(block, 1, n, out);
    fclose(in);
    fclose(out);
    module = dlopen(copy, RTLD_NOW | RTLD_LOCAL);
    must(module != NULL, "the copy cannot be opened");
    dlclose(module);
    unlink(copy);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static double median(int64_t *of, int n)
{
    qsort(of, (size_t)n, sizeof *of, by_size);
    return (double)of[n / 2];
}

static void quiet(void *data, int32_t level, const char *plugin, const char *text)
{
    (void)data;
    (void)level;
    (void)plugin;
    (void)text;
}

static void measure(const char *language, const char *path, int rounds,
                    void (*bare)(const char *path), const char *floor)
{
    int64_t anew[LUA_ROUNDS], least[LUA_ROUNDS];
    struct tend_error err = { 0 };
    struct tend_clock clock = { 0 };
    struct tend_registry *registry = tend_registry_create(&err, &clock);
    struct tend_instance_info info;
    struct tend_reload reload;
    char name[64];

    tend_registry_log(registry, quiet, NULL);
    tend_registry_runtime(registry, &tend_lua_runtime);
    must(tend_registry_load_file(registry, path) == TEND_OK &&
         tend_registry_instance(registry, 0, &info), err.text);
    snprintf(name, sizeof name, "%s", info.manifest.name);  /* the instance goes with its texts */
    for (int i = 0; i < rounds; i++) {
        int64_t began = tend_clock_ticks();

        bare(path);
        least[i] = tend_clock_ticks() - began;
        began = tend_clock_ticks();
        must(tend_registry_reload(registry, tend_text_of(name), &reload) == TEND_OK, err.text);
        anew[i] = tend_clock_ticks() - began;
    }
    printf("%-3s  reload of %s %.0f us   %s %.0f us   ratio %.1f\n", language, name,
           median(anew, rounds), floor, median(least, rounds),
           median(anew, rounds) / median(least, rounds));
    tend_registry_destroy(registry);
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    measure("C", argv[2], C_ROUNDS, bare_module, "copy, dlopen, dlclose");
    measure("Lua", argv[1], LUA_ROUNDS, bare_lua, "fresh state, load, run");
    return 0;
}
