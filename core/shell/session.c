/* What a command needs open: the clock, the database, the plugins. Each is
 * opened when the first command needs it, and stays for those that follow. */
#include "lua/lua_host.h"
#include "shell/added.h"
#include "shell/driver.h"
#include "shell/plugged.h"
#include "shell/plugin_watch.h"
#include "shell/ref.h"
#include "shell/shell.h"
#include "shell/time.h"
#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef TEND_PLUGIN_DIR         /* from the folder of the program */
#define TEND_PLUGIN_DIR "../lib/tend/plugins"
#endif

int64_t tend_shell_now(struct tend_shell *shell)
{
    return tend_clock_now(&shell->clock);
}

int64_t tend_shell_today(struct tend_shell *shell)
{
    return tend_zone_day(tend_store_zone(shell->store), tend_shell_now(shell));
}

/* --now: an instant; without an offset it is a wall time of the user's zone,
 * before a database told which of the machine's. */
static tend_status freeze(struct tend_shell *shell, const char *zone_name)
{
    struct tend_text text = tend_text_of(shell->options.now);
    const struct tend_zone *zone;
    int64_t instant;
    bool local;
    tend_status status;

    if (shell->options.now == NULL)
        return TEND_OK;
    if (!tend_instant_parse(text, &instant, &local))
        return tend_error_set(&shell->err, TEND_USAGE,
                              "--now takes a time such as 2026-11-26T19:00:00+01:00, not \"%.*s\"",
                              TEND_FMT(text));
    if (local) {
        int64_t day = instant / (24 * TEND_HOUR);

        day -= instant < 0 && instant % (24 * TEND_HOUR) != 0 ? 1 : 0;
        status = tend_zone_open(zone_name, &zone, &shell->err);
        if (status != TEND_OK)
            return status;
        instant = tend_zone_instant(zone, day, instant - day * 24 * TEND_HOUR);
    }
    tend_clock_freeze(&shell->clock, instant);
    return TEND_OK;
}

/* A folder and those above it, for the owner alone. */
static void make_folders(const char *path, struct tend_arena *arena)
{
    char *copy = tend_arena_str(arena, tend_text_of(path));

    for (char *at = copy + 1; *at != '\0'; at++) {
        if (*at == '/') {
            *at = '\0';
            mkdir(copy, 0700);
            *at = '/';
        }
    }
    mkdir(copy, 0700);
}

const char *tend_shell_default_db(struct tend_arena *arena)
{
    const char *data = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    const struct passwd *user = home == NULL ? getpwuid(getuid()) : NULL;

    if (data != NULL && data[0] == '/')
        return tend_arena_printf(arena, "%s/tend/tend.db", data);
    if (user != NULL)
        home = user->pw_dir;
    return tend_arena_printf(arena, "%s/.local/share/tend/tend.db", home != NULL ? home : ".");
}

const char *tend_shell_state_dir(struct tend_shell *shell, bool make)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME"), *dir;

    if (state != NULL && state[0] == '/')
        dir = tend_arena_printf(&shell->arena, "%s/tend", state);
    else if (home != NULL && home[0] == '/')
        dir = tend_arena_printf(&shell->arena, "%s/.local/state/tend", home);
    else
        return NULL;
    if (make)
        make_folders(dir, &shell->arena);
    return dir;
}

/* A driver's database: it says itself whether it is there. */
static tend_status open_url(struct tend_shell *shell, const char *url, bool looks)
{
    struct tend_store_options options = { .clock = &shell->clock, .looks = looks };
    tend_status status = tend_driver_of(shell, url, &options.driver);

    return status == TEND_OK ? tend_store_open(&shell->store, url, &options, &shell->err) : status;
}

static tend_status open_at(struct tend_shell *shell, const char *path, bool writes, bool looks)
{
    struct tend_store_options options = { .clock = &shell->clock, .looks = looks };
    const char *file = strncmp(path, "sqlite:", 7) == 0 ? path + 7 : path;

    shell->missing = strcmp(path, ":memory:") != 0 && access(file, F_OK) != 0 && errno == ENOENT;
    if (shell->missing && (!writes || shell->options.dry)) {
        options.memory = true;
    } else if (shell->missing) {
        shell->missing = false;
        if (shell->options.db == NULL && getenv("TEND_DB") == NULL) {
            char *folder = tend_arena_str(&shell->arena, tend_text_of(path));

            *strrchr(folder, '/') = '\0';
            make_folders(folder, &shell->arena);
        }
    }
    return tend_store_open(&shell->store, path, &options, &shell->err);
}

static tend_status open_store(struct tend_shell *shell, bool writes, bool looks)
{
    const char *path = shell->options.db;
    struct tend_text zone;
    tend_status status;

    if (path == NULL || *path == '\0')
        path = getenv("TEND_DB");
    if (path == NULL || *path == '\0')
        path = tend_shell_default_db(&shell->arena);
    if (strncmp(path, "sqlite://", 9) == 0)
        path += 9;
    status = strstr(path, "://") != NULL ? open_url(shell, path, looks)
                                         : open_at(shell, path, writes, looks);
    if (status != TEND_OK)
        return status;
    if (shell->missing && !shell->holds)
        tend_shell_note(shell, "there is no database at %s yet; begin with `import FILE` or "
                               "`add NAME`", path);
    shell->desk = (struct tend_desk){ .store = shell->store, .registry = shell->registry,
                                      .clock = &shell->clock, .err = &shell->err };
    if (shell->registry != NULL)        /* loaded before, to know a verb */
        tend_registry_bind(shell->registry, shell->store);
    status = tend_meta_get(shell->store, "zone", &shell->arena, &zone);
    if (status == TEND_OK && zone.len > 0)
        status = freeze(shell, tend_arena_str(&shell->arena, zone));
    return status;
}

static void close_store(struct tend_shell *shell)
{
    if (shell->registry != NULL)
        tend_registry_bind(shell->registry, NULL);
    tend_store_close(shell->store);
    shell->store = NULL;
    shell->desk = (struct tend_desk){ .registry = shell->registry, .err = &shell->err };
    shell->missing = false;
}

tend_status tend_shell_open(struct tend_shell *shell, uint32_t effects)
{
    bool writes = (effects & TEND_WRITES) && !(effects & TEND_NO_NEW);
    bool looks = !(effects & TEND_WRITES) || shell->options.dry;
    tend_status status = TEND_OK;

    if (effects & TEND_NO_STORE)
        return shell->store == NULL ? freeze(shell, tend_zone_local_name()) : TEND_OK;
    if (shell->store != NULL && shell->missing && writes && !shell->options.dry)
        close_store(shell);
    if (shell->store != NULL && tend_store_is_copy(shell->store) && !looks)
        close_store(shell);     /* the first that writes brings the file up to date */
    if (shell->store == NULL) {
        status = freeze(shell, tend_zone_local_name());
        if (status == TEND_OK)
            status = open_store(shell, writes, looks);
    }
    if (status == TEND_OK && (effects & (TEND_PLUGINS | TEND_WRITES)))
        status = tend_shell_registry(shell, (effects & TEND_PLUGINS) != 0);
    return status;
}

void tend_shell_close(struct tend_shell *shell)
{
    tend_plugin_watch_stop(shell);
    tend_plugged_finish(shell);
    close_store(shell);         /* before its driver, which may be a plugin */
    tend_registry_destroy(shell->registry);
    shell->registry = NULL;
    shell->desk.registry = NULL;
    shell->plugins = false;
}

/* --- plugins --------------------------------------------------------------- */

const char *tend_shell_plugin_dir(struct tend_arena *arena)
{
    char exe[4096], *slash, *dir;
    ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);

    if (len <= 0)
        return NULL;
    exe[len] = '\0';
    slash = strrchr(exe, '/');
    if (slash == NULL)
        return NULL;
    *slash = '\0';
    dir = tend_arena_printf(arena, "%s/plugins", exe);
    if (access(dir, R_OK) == 0)
        return dir;
    dir = TEND_PLUGIN_DIR[0] == '/' ? tend_arena_printf(arena, "%s", TEND_PLUGIN_DIR)
                                    : tend_arena_printf(arena, "%s/%s", exe, TEND_PLUGIN_DIR);
    return access(dir, R_OK) == 0 ? dir : NULL;
}

/* Those that could not be loaded are named once. */
static void name_failed(struct tend_shell *shell)
{
    struct tend_instance_info info;

    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++) {
        if (info.state == TEND_INSTANCE_WAITING)
            tend_shell_note(shell, "plugin %s is not loaded yet: %s", info.manifest.name,
                            info.trouble != NULL ? info.trouble : "");
        else if (info.state == TEND_INSTANCE_FAILED)
            tend_shell_note(shell, "plugin %s was not loaded: %s",
                            info.manifest.name != NULL ? info.manifest.name : info.path,
                            info.trouble != NULL ? info.trouble : "no reason given");
        else if (info.state == TEND_INSTANCE_ASIDE)
            tend_shell_note(shell, "plugin %s is set aside until its file changes: %s",
                            info.manifest.name, info.trouble != NULL ? info.trouble : "");
    }
}

/* Where the declarations of plugins are kept; a folder that cannot be made costs time. */
static void open_cache(struct tend_shell *shell)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME"), *dir;

    if (cache != NULL && cache[0] == '/')
        dir = tend_arena_printf(&shell->arena, "%s/tend", cache);
    else if (home != NULL && home[0] == '/')
        dir = tend_arena_printf(&shell->arena, "%s/.cache/tend", home);
    else
        return;
    make_folders(dir, &shell->arena);
    tend_registry_cache(shell->registry, tend_arena_printf(&shell->arena, "%s/plugins", dir));
}

tend_status tend_shell_load_plugins(struct tend_shell *shell)
{
    const char *dir;
    tend_status status;

    if (shell->only != NULL) {
        status = tend_registry_load_file(shell->registry, shell->only);
        if (status != TEND_OK)
            return status;
    } else {
        open_cache(shell);
    }
    for (int64_t i = 0; i < shell->options.plugin_dir.n; i++) {
        status = tend_registry_load_dir(shell->registry, shell->options.plugin_dir.at[i]);
        if (status != TEND_OK)
            return status;
    }
    if (!shell->options.no_plugins)
        tend_added_load(shell);
    dir = shell->options.no_plugins ? NULL : tend_shell_plugin_dir(&shell->arena);
    status = dir != NULL ? tend_registry_load_rest(shell->registry, dir) : TEND_OK;
    tend_registry_cache_save(shell->registry);
    if (status == TEND_OK)
        name_failed(shell);
    return status;
}

/* In a file, and at the prompt as a note. */
static void say_slow(void *data, const char *plugin, const char *what, int64_t took)
{
    struct tend_shell *shell = data;
    const char *dir = tend_shell_state_dir(shell, true);
    FILE *log = dir != NULL ? fopen(tend_arena_printf(&shell->arena, "%s/slow.log", dir), "ae") : NULL;
    char at[40];

    if (log != NULL) {
        tend_instant_format(at, tend_clock_now(&shell->clock), 0);
        fprintf(log, "%s\t%s\t%s\t%lld ms\n", at, plugin, what, (long long)(took / 1000));
        fclose(log);
    }
    if (shell->at_prompt != NULL)
        tend_shell_note(shell, "plugin %s is slow: %s took %lld ms; see: plugin info %s", plugin,
                        what, (long long)(took / 1000), plugin);
}

/* What plugins cost, and what the user lets them. What a test of one calls is not counted. */
static void count_calls(struct tend_shell *shell)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    const char *dir = shell->only == NULL ? tend_shell_state_dir(shell, false) : NULL;
    struct tend_arena *kept = &shell->arena;

    tend_registry_tally(shell->registry,
                        dir != NULL ? tend_arena_printf(&shell->arena, "%s/plugins.tally", dir)
                                    : NULL);
    tend_registry_slow(shell->registry, say_slow, shell);
    if (config != NULL && config[0] == '/')
        tend_registry_limits(shell->registry, tend_arena_printf(kept, "%s/tend/limits", config));
    else if (home != NULL && home[0] == '/')
        tend_registry_limits(shell->registry,
                             tend_arena_printf(kept, "%s/.config/tend/limits", home));
}

static bool is_core_command(struct tend_text name)
{
    return tend_command_own(name) != NULL;
}

tend_status tend_shell_registry(struct tend_shell *shell, bool plugins)
{
    tend_status status = TEND_OK;

    if (shell->registry == NULL) {
        shell->registry = tend_registry_create(&shell->err, &shell->clock);
        if (shell->store != NULL)
            tend_registry_bind(shell->registry, shell->store);
        tend_registry_runtime(shell->registry, &tend_lua_runtime);
        tend_registry_taken(shell->registry, is_core_command);
        count_calls(shell);
        shell->desk.registry = shell->registry;
        shell->desk.err = &shell->err;
        shell->desk.clock = &shell->clock;
        status = tend_desk_setup(&shell->desk);
    }
    if (status == TEND_OK && plugins && !shell->plugins) {
        status = tend_shell_load_plugins(shell);
        shell->plugins = true;
    }
    return status;
}

/* --- times ----------------------------------------------------------------- */

tend_status tend_shell_when(struct tend_shell *shell, struct tend_words words, bool backward,
                            struct tend_when *when)
{
    struct tend_when_ask ask = { .now = tend_shell_now(shell),
                                 .zone = tend_store_zone(shell->store), .backward = backward };
    struct tend_error why = { 0 };
    struct tend_text order;
    tend_status status = tend_meta_get(shell->store, "date_order", &shell->arena, &order);

    if (status != TEND_OK)
        return status;
    ask.order = tend_order_of(order);
    when->odd = (struct tend_text){ 0 };
    if (words.n == 1) {
        status = tend_when_parse(words.at[0].text, &ask, when, &why);
    } else {
        int64_t used = tend_when_take(words.at, words.n, &ask, when, &why);

        status = used == words.n ? TEND_OK : TEND_USAGE;
        if (used > 0 && used < words.n)
            tend_error_set(&why, TEND_USAGE, "\"%.*s\" is no part of a time",
                           TEND_FMT(words.at[used].text));
    }
    if (status != TEND_OK) {
        struct tend_token odd = tend_token_part(shell->line, &words.at[0], when->odd);

        return tend_point_at(&shell->err, TEND_USAGE, shell->line, &odd, "%s", why.text);
    }
    return TEND_OK;
}
