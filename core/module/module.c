/* The handshake: what a module must be before any code of it runs but the one
 * function that returns its record. Every refusal says which side is older. */
#include "module/module.h"
#include <dlfcn.h>
#include <string.h>

#define NAME_MOST 40
/* What a record had when the first plugins were built: less is no record. */
#define RECORD_LEAST (offsetof(struct tend_plugin, fini) + sizeof(void (*)(void)))
#define RECORD_MOST 4096

bool tend_module_name_ok(const char *name)
{
    size_t len = 0;

    if (!name || name[0] < 'a' || name[0] > 'z')
        return false;
    for (; name[len]; len++)
        if (len == NAME_MOST || !strchr("abcdefghijklmnopqrstuvwxyz0123456789-", name[len]))
            return false;
    return true;
}

struct tend_plugin tend_module_whole(const struct tend_plugin *record)
{
    struct tend_plugin whole = { 0 };
    size_t size = (size_t)record->size;

    memcpy(&whole, record, size < sizeof whole ? size : sizeof whole);
    return whole;
}

static tend_status check_numbers(const struct tend_plugin *record, const char *path,
                                 struct tend_error *err)
{
    if (record->size < (int64_t)RECORD_LEAST || record->size > RECORD_MOST)
        return tend_error_set(err, TEND_INVALID,
                              "the record of %s has %lld bytes, where at least %zu belong: it is "
                              "older than this tend, or does not begin with TEND_HEAD; build it "
                              "again with the headers of this tend",
                              path, (long long)record->size, RECORD_LEAST);
    if (record->abi < TEND_ABI)
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "%s was built for ABI %d, this tend has ABI %d: the plugin is "
                              "older; get a newer version of it, or build it again",
                              path, record->abi, TEND_ABI);
    if (record->abi > TEND_ABI)
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "%s was built for ABI %d, this tend has ABI %d: tend is older; "
                              "install a newer tend",
                              path, record->abi, TEND_ABI);
    if (!record->build || strcmp(record->build, TEND_BUILD) != 0)
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "%s was built for \"%.40s\", this tend for \"%s\": they are for "
                              "different machines; build the plugin again on this one",
                              path, record->build ? record->build : "", TEND_BUILD);
    if (record->api_min > TEND_API)
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "%s needs API level %d, this tend has %d: tend is older; install a "
                              "newer tend",
                              path, record->api_min, TEND_API);
    return TEND_OK;
}

static tend_status check(const struct tend_plugin *record, const char *path,
                         struct tend_error *err)
{
    tend_status status;

    if (!record)
        return tend_error_set(err, TEND_INVALID,
                              "%s is no plugin: its tend_plugin_entry returned no record", path);
    status = check_numbers(record, path, err);
    if (status != TEND_OK)
        return status;
    if (!tend_module_name_ok(record->name))
        return tend_error_set(err, TEND_INVALID,
                              "%s calls itself \"%.60s\"; the name of a plugin is made of %s", path,
                              record->name ? record->name : "", TEND_MODULE_NAME_RULE);
    if (!record->init && !tend_module_whole(record).exports)
        return tend_error_set(err, TEND_INVALID,
                              "%s has no init and no exports in its record, so it provides nothing",
                              path);
    return TEND_OK;
}

/* What the loader says, without the name of the copy, which means nothing to
 * the user. */
static const char *loader_text(const struct tend_module_copy *copy)
{
    const char *text = dlerror();
    size_t len = strlen(copy->path);

    if (!text)
        return "unknown reason";
    if (strncmp(text, copy->path, len) == 0 && strncmp(text + len, ": ", 2) == 0)
        return text + len + 2;
    return text;
}

tend_status tend_module_open(const char *path, struct tend_module *module, struct tend_error *err)
{
    const struct tend_plugin *(*entry)(void) = NULL;
    struct tend_module_copy copy;
    tend_status status;
    void *symbol;

    *module = (struct tend_module){ 0 };
    status = tend_module_copy_make(path, &copy, module, err);
    if (status != TEND_OK)
        return status;
    module->handle = dlopen(copy.path, RTLD_NOW | RTLD_LOCAL);
    if (!module->handle) {
        tend_error_set(err, TEND_INVALID, "%s cannot be loaded as a module: %s", path,
                       loader_text(&copy));
        tend_module_copy_remove(&copy);
        return TEND_INVALID;
    }
    symbol = dlsym(module->handle, "tend_plugin_entry");
    if (!symbol)
        return tend_error_set(err, TEND_INVALID,
                              "%s is no plugin of tend: it has no function tend_plugin_entry",
                              path);
    memcpy(&entry, &symbol, sizeof entry);  /* ISO C has no cast from data to code */
    module->record = entry();
    status = check(module->record, path, err);
    if (status != TEND_OK)
        module->record = NULL;
    return status;
}
