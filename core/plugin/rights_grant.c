/* What an instance may: what its manifest asks for, within what the user granted the
 * file that it comes from. */
#include "plugin/private.h"

/* NULL: nothing was said of this file. */
static const char *grant_of(const struct tend_registry *registry, const char *path)
{
    for (int64_t i = registry->grants.n; i-- > 0;)
        if (strcmp(registry->grants.at[i].path, path) == 0)
            return registry->grants.at[i].rights;
    return NULL;
}

void tend_registry_grant(struct tend_registry *registry, const char *path, const char *rights)
{
    TEND_PUSH(&registry->grants, (struct tend_grant){ tend_strdup(path), tend_strdup(rights) });
}

void tend_rights_forget(struct tend_registry *registry)
{
    for (int64_t i = 0; i < registry->grants.n; i++) {
        tend_free(registry->grants.at[i].path);
        tend_free(registry->grants.at[i].rights);
    }
    TEND_ARRAY_FINISH(&registry->grants);
    for (int64_t i = 0; i < registry->left_out.n; i++)
        tend_free(registry->left_out.at[i]);
    TEND_ARRAY_FINISH(&registry->left_out);
}

void tend_registry_leave_out(struct tend_registry *registry, const char *name)
{
    if (name) {
        TEND_PUSH(&registry->left_out, tend_strdup(name));
        return;
    }
    while (registry->left_out.n > 0)
        tend_free(registry->left_out.at[--registry->left_out.n]);
}

void tend_registry_drop(struct tend_registry *registry, struct tend_text name)
{
    for (int64_t i = 0; i < registry->instances.n; i++) {
        struct tend_instance *instance = registry->instances.at[i];

        if (!tend_text_is(name, instance->manifest.name))
            continue;
        memmove(&registry->instances.at[i], &registry->instances.at[i + 1],
                (size_t)(registry->instances.n - i - 1) * sizeof *registry->instances.at);
        registry->instances.n--;
        tend_instance_free(instance);
        return;
    }
}

static tend_status parse_grant(const char *text, struct tend_arena *arena,
                               struct tend_rights *grant, struct tend_error *err)
{
    struct tend_text any;
    struct tend_text rest = tend_text_of(text);

    if (!tend_text_word(&rest, &any) || !tend_text_is(any, "any"))
        return tend_rights_parse(tend_text_of(text), arena, grant, err);
    if (tend_rights_parse(rest, arena, grant, err) != TEND_OK)
        return err->code;
    grant->reads = UINT32_MAX;
    grant->effects = UINT64_MAX;
    return TEND_OK;
}

tend_status tend_rights_settle(struct tend_instance *instance, struct tend_error *err)
{
    const char *text = grant_of(instance->registry, instance->path);
    struct tend_rights needs, grant;
    tend_status status = tend_rights_parse(tend_text_of(instance->manifest.needs),
                                           &instance->arena, &needs, err);

    if (status != TEND_OK)
        return status;
    instance->manifest.needs = tend_rights_text(&needs, &instance->arena).at;
    needs.native = needs.native || instance->runtime == &tend_native_runtime;
    instance->rights = needs;
    instance->withheld = (struct tend_rights){ 0 };
    instance->granted = text != NULL;
    if (!text)
        return TEND_OK;
    status = parse_grant(text, &instance->arena, &grant, err);
    if (status == TEND_OK)
        instance->rights = tend_rights_within(&needs, &grant, &instance->arena,
                                              &instance->withheld);
    return status;
}

tend_status tend_rights_native(const struct tend_instance *instance, struct tend_error *err)
{
    const char *text = grant_of(instance->registry, instance->path);
    struct tend_arena arena = { 0 };
    struct tend_rights grant;
    tend_status status = TEND_OK;

    if (!text)
        return TEND_OK;
    status = parse_grant(text, &arena, &grant, err);
    if (status == TEND_OK && !grant.native) {
        status = tend_error_set(err, TEND_DENIED,
                                "it is a C module, code that nothing holds, and has not the right "
                                "\"native\": to trust it, add it again");
        tend_error_cure(err, "plugin add %s", instance->manifest.name);
    }
    tend_arena_finish(&arena);
    return status;
}

bool tend_registry_rights(const struct tend_registry *registry, int64_t index,
                          struct tend_arena *arena, struct tend_text *may,
                          struct tend_text *withheld)
{
    const struct tend_instance *instance;
    struct tend_rights left;

    if (index < 0 || index >= registry->instances.n)
        return false;
    instance = registry->instances.at[index];
    *may = tend_rights_text(&instance->rights, arena);
    left = instance->withheld;
    left.named = tend_rights_any(&left);
    *withheld = tend_rights_text(&left, arena);
    return true;
}
