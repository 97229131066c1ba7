/* The runtime of C plugins: the same door that every language comes through. */
#include "module/module.h"
#include "plugin/private.h"

static tend_status run_init(struct tend_instance *instance, const struct tend_plugin *record,
                            struct tend_error *err)
{
    struct tend_call call;
    tend_status status = tend_call_begin(&call, instance->registry, instance, NULL);

    if (status != TEND_OK)
        return tend_error_set(err, status, "%s", instance->registry->err->text);
    status = tend_call_end(&call, record->init(&call.ctx, &tend_host_table));
    instance->plugin_data = call.ctx.data;
    if (status != TEND_OK)
        return tend_error_set(err, status, "its init failed: %s", call.error.text);
    return TEND_OK;
}

/* Before level 2 nobody was held to `needs`, so nobody wrote it exactly. */
static const char *needs_of(const struct tend_plugin *record)
{
    return record->api_min < 2 ? "" : record->needs;
}

static tend_status load(struct tend_instance *instance, const char *path, struct tend_error *err)
{
    struct tend_arena *arena = tend_instance_arena(instance);
    struct tend_plugin *record;
    struct tend_module module;
    tend_status status = tend_rights_native(instance, err);

    if (status == TEND_OK)
        status = tend_module_open(path, &module, err);
    if (status == TEND_OK)
        status = tend_instance_manifest(instance, &(struct tend_manifest){
            module.record->name, module.record->version, module.record->summary,
            module.record->license, needs_of(module.record),
            tend_module_whole(module.record).author, tend_module_whole(module.record).requires,
            tend_module_whole(module.record).limits,
        }, err);
    if (status != TEND_OK)
        return status;
    record = tend_arena_take(arena, sizeof *record);
    *record = tend_module_whole(module.record);
    if (record->exports)
        status = tend_instance_exports(instance, record->exports, err);
    if (status == TEND_OK && record->init)
        status = run_init(instance, record, err);
    /* only what has begun well is asked to end: see unload */
    if (status == TEND_OK)
        tend_instance_set_data(instance, record);
    return status;
}

static void fini(struct tend_instance *instance)
{
    const struct tend_plugin *record = tend_instance_data(instance);
    struct tend_call call;

    if (!record || !record->fini)
        return;
    if (tend_call_begin(&call, instance->registry, instance, NULL) != TEND_OK)
        return;
    record->fini(&call.ctx);
    tend_call_end(&call, TEND_OK);
}

/* The code stays: something may still refer to it. */
static void unload(struct tend_instance *instance)
{
    tend_instance_set_data(instance, NULL);
}

static tend_status save(struct tend_instance *instance, struct tend_ctx *ctx, int64_t *version,
                        struct tend_text *state)
{
    const struct tend_plugin *record = tend_instance_data(instance);

    *version = 1;
    *state = (struct tend_text){ "", 0 };
    return record->save ? record->save(ctx, version, state) : TEND_UNSUPPORTED;
}

static tend_status restore(struct tend_instance *instance, struct tend_ctx *ctx, int64_t version,
                           struct tend_text state)
{
    const struct tend_plugin *record = tend_instance_data(instance);

    return record->restore ? record->restore(ctx, version, state) : TEND_UNSUPPORTED;
}

static tend_status selftest(struct tend_instance *instance, struct tend_ctx *ctx)
{
    const struct tend_plugin *record = tend_instance_data(instance);

    return record->selftest ? record->selftest(ctx) : TEND_UNSUPPORTED;
}

const struct tend_runtime tend_native_runtime = {
    .name = "c",
    .suffix = ".so",
    .load = load,
    .unload = unload,
    .fini = fini,
    .save = save,
    .restore = restore,
    .selftest = selftest,
};
