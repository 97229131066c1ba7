/* struct tend_host: the frozen bootstrap that every plugin starts from. It has
 * no data of its own; what belongs to a call is found through its context. */
#include "plugin/private.h"
#include <stdio.h>

/* The functions of sources are of the process, like the other tables. */
static const struct tend_source_api *source_table;

void tend_host_set_source(const struct tend_source_api *source)
{
    source_table = source;
}

static const void *at_level(const void *table, uint32_t level, uint32_t min_level)
{
    return level >= min_level ? table : NULL;
}

static const void *get(const char *table, uint32_t min_level)
{
    if (!table)
        return NULL;
    if (strcmp(table, "tend.text") == 0)
        return at_level(&tend_text_table, tend_text_table.level, min_level);
    if (strcmp(table, "tend.read") == 0)
        return at_level(&tend_read_table, tend_read_table.level, min_level);
    if (strcmp(table, "tend.make") == 0)
        return at_level(&tend_make_table, tend_make_table.level, min_level);
    if (strcmp(table, "tend.command") == 0)
        return at_level(&tend_command_table, tend_command_table.level, min_level);
    if (strcmp(table, "tend.service") == 0)
        return at_level(&tend_service_table, tend_service_table.level, min_level);
    if (strcmp(table, "tend.file") == 0)
        return at_level(&tend_file_table, tend_file_table.level, min_level);
    if (strcmp(table, "tend.source") == 0 && source_table)
        return at_level(source_table, source_table->level, min_level);
    if (strcmp(table, "tend.x.store") == 0)     /* the driver that is built in */
        return at_level(&tend_driver_sqlite, TEND_API, min_level);
    return NULL;
}

TEND_PRINTF(3, 4)
static tend_status fail(struct tend_ctx *ctx, tend_status code, const char *fmt, ...)
{
    struct tend_call *call = tend_call_of(ctx);
    va_list args;

    va_start(args, fmt);
    code = tend_call_fail(ctx, code, false, tend_arena_vprintf(call->scratch, fmt, args));
    va_end(args);
    return code;
}

void tend_host_log(struct tend_registry *registry, int32_t level, const char *plugin,
                    const char *text)
{
    struct tend_buffer line = { 0 };

    if (registry->log) {
        registry->log(registry->log_data, level, plugin, text);
        return;
    }
    if (level < 1)
        return;
    tend_text_show(&line, tend_text_of(text));
    fprintf(stderr, "plugin %s: %s\n", plugin, line.at ? line.at : "");
    tend_buffer_finish(&line);
}

/* Cut between two characters. */
static const char *cut_line(const char *text, char out[TEND_LOG_BYTES + 8])
{
    size_t len = strnlen(text, TEND_LOG_BYTES + 1);

    if (len <= TEND_LOG_BYTES)
        return text;
    for (len = TEND_LOG_BYTES; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
        len--;
    snprintf(out, TEND_LOG_BYTES + 8, "%.*s...", (int)len, text);
    return out;
}

void tend_host_log_one(struct tend_instance *instance, int64_t *logged, int32_t level,
                       const char *text)
{
    struct tend_registry *registry = instance->registry;
    char cut[TEND_LOG_BYTES + 8];

    if (level < 1 && !registry->log)    /* nobody sees it */
        return;
    instance->spoke = instance->spoke || instance->loading;
    if (++*logged <= TEND_LOG_MOST)
        tend_host_log(registry, level, instance->manifest.name, cut_line(text, cut));
}

void tend_host_log_end(struct tend_instance *instance, int64_t *logged)
{
    char text[64];

    if (*logged > TEND_LOG_MOST) {
        snprintf(text, sizeof text, "%lld more", (long long)(*logged - TEND_LOG_MOST));
        tend_host_log(instance->registry, 1, instance->manifest.name, text);
    }
    *logged = 0;
}

void tend_instance_log(struct tend_instance *instance, int32_t level, const char *text)
{
    tend_host_log_one(instance, &instance->logged, level, text);
}

TEND_PRINTF(3, 4)
static void write_log(struct tend_ctx *ctx, int32_t level, const char *fmt, ...)
{
    struct tend_call *call = tend_call_of(ctx);
    char text[TEND_LOG_BYTES + 8]; /* more would be cut */
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    tend_host_log_one(call->instance, &call->logged, level, text);
}

static tend_status provide(struct tend_ctx *ctx, const char *kind, const void *record)
{
    struct tend_call *call = tend_call_of(ctx);

    return tend_instance_provide(call->instance, kind, record, NULL, &call->error);
}

const struct tend_host tend_host_table = {
    .size = sizeof(struct tend_host),
    .abi = TEND_ABI,
    .api = TEND_API,
    .get = get,
    .fail = fail,
    .log = write_log,
    .provide = provide,
};
