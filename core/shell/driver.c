/* Which store driver opens a URL: the plugin that is called like its scheme, found
 * before any other is opened. */
#include "shell/driver.h"
#include "shell/added.h"
#include <string.h>
#include <tend/x/store_driver.h>
#include <unistd.h>

static const char *module_in(struct tend_arena *arena, const char *dir, struct tend_text scheme)
{
    const char *path = tend_arena_printf(arena, "%s/%.*s.so", dir, TEND_FMT(scheme));

    if (access(path, R_OK) == 0)
        return path;
    path = tend_arena_printf(arena, "%s/%.*s/%.*s.so", dir, TEND_FMT(scheme), TEND_FMT(scheme));
    return access(path, R_OK) == 0 ? path : NULL;
}

static const struct tend_provider *known(struct tend_shell *shell, struct tend_text scheme)
{
    return tend_registry_find(shell->registry, "store_driver", scheme);
}

static tend_status load(struct tend_shell *shell, const char *path)
{
    tend_status status = tend_registry_load_file(shell->registry, path);

    return status == TEND_EXISTS ? TEND_OK : status;
}

/* Those of --plugin-dir, then those that were added, then those that ship. *there: a
 * plugin of that name was found. */
static tend_status load_module(struct tend_shell *shell, struct tend_text scheme, bool *there)
{
    const char *path = NULL, *dir;

    for (int64_t i = 0; path == NULL && i < shell->options.plugin_dir.n; i++)
        path = module_in(&shell->arena, shell->options.plugin_dir.at[i], scheme);
    *there = path != NULL;
    if (*there || shell->options.no_plugins)
        return *there ? load(shell, path) : TEND_OK;
    tend_added_load_named(shell, tend_arena_str(&shell->arena, scheme));
    dir = tend_shell_plugin_dir(&shell->arena);
    path = known(shell, scheme) == NULL && dir != NULL ? module_in(&shell->arena, dir, scheme)
                                                       : NULL;
    *there = path != NULL || known(shell, scheme) != NULL;
    return path != NULL ? load(shell, path) : TEND_OK;
}

/* Only now all plugins are loaded, to say which schemes there are. */
static tend_status unknown(struct tend_shell *shell, struct tend_text scheme)
{
    const struct tend_provider *provider;
    struct tend_buffer buf = { 0 };

    if (tend_shell_registry(shell, true) == TEND_OK)
        for (int64_t i = 0; (provider = tend_registry_at(shell->registry, "store_driver", i,
                                                         false)) != NULL; i++)
            tend_buffer_addf(&buf, ", %s://", provider->name);
    tend_error_set(&shell->err, TEND_UNSUPPORTED,
                   "no store driver answers %.*s://; there are: a file, sqlite:FILE%.*s. A plugin "
                   "that is called \"%.*s\" and provides that store_driver brings it",
                   TEND_FMT(scheme), TEND_FMT(tend_buffer_text(&buf)), TEND_FMT(scheme));
    tend_error_cure(&shell->err, "plugin add FOLDER, or --plugin-dir DIR");
    tend_buffer_finish(&buf);
    return TEND_UNSUPPORTED;
}

static bool is_scheme(struct tend_text scheme)
{
    for (int64_t i = 0; i < scheme.len; i++)
        if (memchr("abcdefghijklmnopqrstuvwxyz0123456789-", scheme.at[i], 37) == NULL)
            return false;
    return scheme.len > 0 && scheme.len < 40;
}

tend_status tend_driver_of(struct tend_shell *shell, const char *url,
                           const struct tend_store_driver **driver)
{
    struct tend_text scheme = { url, strstr(url, "://") - url };
    const struct tend_provider *provider;
    tend_status status = tend_shell_registry(shell, false);
    bool there = false;

    if (status == TEND_OK && known(shell, scheme) == NULL && is_scheme(scheme))
        status = load_module(shell, scheme, &there);
    if (status != TEND_OK)
        return status;
    provider = known(shell, scheme);
    if (provider == NULL && !there)
        return unknown(shell, scheme);
    if (provider == NULL)
        return tend_error_set(&shell->err, TEND_UNSUPPORTED,
                              "the plugin %.*s is there, but provides no store_driver with the "
                              "scheme \"%.*s\"", TEND_FMT(scheme), TEND_FMT(scheme));
    *driver = provider->record;
    return TEND_OK;
}
