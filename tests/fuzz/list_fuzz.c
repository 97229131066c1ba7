/* Fuzzes the lead source list, which is Lua, through the host of Lua plugins: no text stops it,
 * and every line is a row or says why it is none. */
#include "kit/source_input.h"
#include "plugin/registry.h"
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct tend_kit_ask ask;
static struct tend_kit_run run = { .ask = &ask };
static struct tend_kit_world world;
static const struct tend_provider *source;

/* Lua has no coverage of its own: which fields come after which is what is new. */
__attribute__((section("__libfuzzer_extra_counters"))) static uint8_t seen[4096];

static void count(struct tend_text rows)
{
    struct tend_text line, field;
    uint32_t before = 0;

    while (tend_text_cut(&rows, "\n", &line)) {
        uint32_t hash = (uint32_t)(line.len > 20 ? 20 : line.len);

        if (!tend_text_cut(&line, "=", &field))
            continue;
        for (int64_t i = 0; i < field.len; i++)
            hash = hash * 31 + (unsigned char)field.at[i];
        seen[(before * 7 + hash) % sizeof seen]++;
        before = hash;
    }
}

static void load(void)
{
    run.place = (struct tend_kit_place){ .file = TEND_LIST, .name = "list", .lua = true };
    if (tend_kit_world_open(&world, &run, true, false) != TEND_OK)
        abort();
    source = tend_kit_record(&world, "lead_source", 0);
    tend_registry_source(world.registry, &tend_kit_source_api);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tend_text text = { (const char *)data, (int64_t)size };
    struct tend_input in = { .rest = text };

    if (!tend_text_valid(text))
        return 0; /* the host decodes */
    if (!source)
        load();
    in.registry = world.registry;
    tend_error_clear(&world.err);
    if (tend_call_sniff(world.registry, source, text, tend_text_of("notes.txt")) < 0 ||
        tend_call_read(world.registry, source, NULL, &in) != TEND_OK || in.broken || in.open) {
        fprintf(stderr, "%s %s\n", world.err.text, in.broken ? in.broken : "");
        abort();
    }
    count(tend_buffer_text(&in.rows));
    tend_kit_input_finish(&in);
    return 0;
}
