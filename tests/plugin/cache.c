/* Covers plugin/cache.c: what is declared is known without opening the plugin, until
 * its files change. */
#include "world.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int64_t opened;

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)ctx;
    (void)event;
    return TEND_OK;
}

static const struct tend_policy policy = { sizeof policy, "nap", "touch.logged nap.due", run };
static bool broken;

static tend_status load(struct tend_instance *instance, const char *path, struct tend_error *err)
{
    opened++;
    if (broken)
        return tend_error_set(err, TEND_INVALID, "%s: it is broken now", path);
    if (tend_instance_manifest(instance, &(struct tend_manifest){ "nap", "1.0.0", "sleeps", "0BSD",
                                                                  "effects:task", "", "", "" },
                               err) != TEND_OK)
        return err->code;
    return tend_instance_provide(instance, "policy", &policy, NULL, err);
}

static void unload(struct tend_instance *instance)
{
    (void)instance;
}

static const struct tend_runtime naps = { .name = "nap", .suffix = ".nap", .load = load,
                                          .unload = unload };

static void write_file(const char *path, const char *text)
{
    FILE *out = fopen(path, "w");

    assert_non_null(out);
    fputs(text, out);
    assert_int_equal(fclose(out), 0);
}

/* One start of the program: how often was the plugin opened, and what is declared? */
static void start(const char *dir, const char *cache, bool ask, int64_t opens, const char *on)
{
    struct tend_error err = { 0 };
    struct tend_clock clock = { 0 };
    struct tend_registry *registry = tend_registry_create(&err, &clock);
    const struct tend_provider *provider;
    struct tend_instance_info info;

    opened = 0;
    tend_registry_runtime(registry, &naps);
    tend_registry_cache(registry, cache);
    assert_int_equal(tend_registry_load_dir(registry, dir), TEND_OK);
    tend_registry_cache_save(registry);
    provider = tend_registry_at(registry, "policy", 0, true);
    if (on) {
        assert_string_equal(provider->on, on);
        assert_true(tend_registry_instance(registry, 0, &info));
        assert_string_equal(info.manifest.summary, "sleeps");
        if (ask)
            assert_int_equal(tend_provider_wake(provider), TEND_OK);
        if (ask)
            assert_ptr_equal(provider->record, &policy);
    } else if (provider) {
        assert_int_equal(tend_provider_wake(provider), TEND_INVALID);
        assert_int_equal(tend_instance_state(provider->owner), TEND_INSTANCE_ASIDE);
    }
    assert_int_equal(opened, opens);
    tend_registry_destroy(registry);
}

static void cache(void **state)
{
    char dir[] = "/tmp/tend-cache-XXXXXX", plugin[64], cached[64];
    struct stat st;

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(plugin, sizeof plugin, "%s/nap.nap", dir);
    snprintf(cached, sizeof cached, "%s/cache", dir);
    write_file(plugin, "one");
    start(dir, cached, false, 1, policy.on);
    start(dir, cached, false, 0, policy.on);    /* nobody asked */
    start(dir, cached, true, 1, policy.on);     /* opened when it is asked */
    write_file(plugin, "another");
    start(dir, cached, false, 1, policy.on);
    /* a damaged file costs a start */
    assert_int_equal(stat(cached, &st), 0);
    assert_int_equal(truncate(cached, st.st_size / 2), 0);
    start(dir, cached, false, 1, policy.on);
    start(dir, cached, false, 0, policy.on);
    write_file(cached, "tend-plugins 1\nP\tx\n\n\tK\n");
    start(dir, cached, false, 1, policy.on);
    /* it stands where it stood, and is broken all the same: set aside, not forgotten */
    broken = true;
    start(dir, cached, true, 1, NULL);
    start(dir, cached, false, 1, NULL);         /* nothing is kept of it */
    broken = false;
    unlink(plugin);
    unlink(cached);
    rmdir(dir);
}

static const struct CMUnitTest tests[] = { cmocka_unit_test(cache) };

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
