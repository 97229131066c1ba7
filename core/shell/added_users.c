/* Who is left without what they use when a plugin is updated: its services before are
 * compared with those of the new one. */
#include "shell/added.h"

static int64_t level_of(const struct tend_provider *service)
{
    int64_t level = 0;

    return service->on != NULL && tend_text_int(tend_text_of(service->on), &level) ? level : 0;
}

/* The next service of this plugin at or after *i; NULL. */
static const struct tend_provider *next_service(const struct tend_registry *registry,
                                                const char *plugin, int64_t *i)
{
    const struct tend_provider *service;

    while ((service = tend_registry_at(registry, "service", (*i)++, true)) != NULL) {
        const char *owner = tend_instance_name(service->owner);

        if (owner != NULL && strcmp(owner, plugin) == 0)
            break;
    }
    return service;
}

void tend_added_services(struct tend_shell *shell, const char *plugin,
                         struct tend_added_services *out)
{
    const struct tend_provider *service;

    *out = (struct tend_added_services){ 0 };
    if (tend_shell_registry(shell, true) != TEND_OK) {
        tend_error_clear(&shell->err);      /* what does not load has no users */
        return;
    }
    for (int64_t i = 0;
         out->n < TEND_ADDED_SERVICES && (service = next_service(shell->registry, plugin, &i));)
        out->at[out->n++] = (struct tend_added_service){
            tend_arena_str(&shell->arena, tend_text_of(service->name)), level_of(service),
        };
}

tend_status tend_added_users_kept(struct tend_shell *shell, const char *plugin,
                                  const struct tend_added_services *before)
{
    for (int64_t n = 0; n < before->n; n++) {
        const struct tend_added_service *was = &before->at[n];
        const struct tend_provider *service;
        const char *users;
        int64_t now = 0;

        for (int64_t i = 0; (service = next_service(shell->registry, plugin, &i)) != NULL;)
            if (strcmp(service->name, was->name) == 0)
                now = level_of(service);
        users = tend_registry_needing(shell->registry, was->name, now, was->level, &shell->arena);
        if (*users == '\0')
            continue;
        if (now == 0)
            tend_error_set(&shell->err, TEND_BUSY, "it has no service \"%s\" any more, which %s uses",
                           was->name, users);
        else
            tend_error_set(&shell->err, TEND_BUSY,
                           "its service \"%s\" has only level %lld now, and %s needs more",
                           was->name, (long long)now, users);
        return TEND_BUSY;
    }
    return TEND_OK;
}
