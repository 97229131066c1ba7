/* The world in which a plugin is tested: nothing of the author's own data, and the same
 * at every run. */
#include "base/date.h"
#include "desk/people.h"
#include "desk/work.h"
#include "kit/private.h"
#include "lua/lua_host.h"
#include <string.h>

static void no_log(void *data, int32_t level, const char *plugin, const char *text)
{
    struct tend_kit_world *world = data;

    (void)level, (void)plugin, (void)text;
    world->logged++;
}

static tend_status add(struct tend_kit_world *world, const char *name,
                       const struct tend_field *fields, int64_t n, tend_id *person)
{
    struct tend_deed deed;
    tend_id known;
    tend_status status = tend_deed_begin(&world->desk, &deed, "add");

    if (status == TEND_OK)
        status = tend_person_add(&world->desk, &deed, tend_text_of(name), fields, n, true, person,
                                 &known);
    if (status == TEND_OK)
        status = tend_deed_end(&world->desk, &deed);
    else
        tend_deed_abort(&world->desk, &deed);
    tend_deed_finish(&deed);
    return status;
}

/* A touch of the first kind that there is. */
static tend_status touch(struct tend_kit_world *world)
{
    struct tend_word_info kind;
    struct tend_deed deed;
    tend_status status;

    if (!tend_vocabulary_at(world->registry, TEND_WORD_KIND, 0, &kind))
        return TEND_OK;
    status = tend_deed_begin(&world->desk, &deed, "log");
    if (status == TEND_OK)
        status = tend_touch_log(&world->desk, &deed,
                                &(struct tend_touch_ask){
                                    .parties = &world->full, .n_parties = 1,
                                    .kind = tend_text_of(kind.name),
                                    .text = TEND_TEXT("a long talk at the fair"),
                                    .significant = 1 },
                                &world->touch);
    if (status == TEND_OK)
        status = tend_deed_end(&world->desk, &deed);
    else
        tend_deed_abort(&world->desk, &deed);
    tend_deed_finish(&deed);
    return status;
}

static tend_status populate(struct tend_kit_world *world)
{
#define F(n, v) { { n, sizeof n - 1 }, { v, sizeof v - 1 }, { "", 0 }, TEND_ASSIGN_SET }
    static const struct tend_field all[] = {
        F("zone", "America/New_York"), F("region", "US"), F("source", "fair"),
        F("email", "nia@example.com"), F("phone", "+12125550142"), F("interest", "business"),
        F("tag", "vip"), F("role", "customer"), F("kit.size", "XL"),
    };
#undef F
    struct tend_deed deed;
    tend_status status = tend_deed_begin(&world->desk, &deed, "test");

    if (status == TEND_OK)
        status = tend_desk_me(&world->desk, &deed, TEND_TEXT("Mira Berg"));
    if (status == TEND_OK)
        status = tend_deed_end(&world->desk, &deed);
    tend_deed_finish(&deed);
    if (status == TEND_OK)
        status = add(world, "Ann Lee", NULL, 0, &world->bare);
    if (status == TEND_OK)
        status = add(world, "Nia Okafor", all, sizeof all / sizeof *all, &world->full);
    if (status == TEND_OK)
        status = touch(world);
    return status;
}

tend_status tend_kit_world_open(struct tend_kit_world *world, const struct tend_kit_run *run,
                                bool alone, bool people)
{
    struct tend_store_options options = { .clock = &world->clock };
    tend_status status;
    int64_t now;
    bool local;

    *world = (struct tend_kit_world){ 0 };
    tend_instant_parse(TEND_TEXT(TEND_KIT_NOW), &now, &local);
    tend_clock_freeze(&world->clock, now);
    tend_clock_seed(&world->clock, 7);
    status = tend_store_open(&world->store, ":memory:", &options, &world->err);
    if (status != TEND_OK)
        return status;
    world->registry = tend_registry_create(&world->err, &world->clock);
    tend_registry_runtime(world->registry, &tend_lua_runtime);
    tend_registry_log(world->registry, no_log, world);
    tend_registry_bind(world->registry, world->store);
    world->desk = (struct tend_desk){ .store = world->store, .registry = world->registry,
                                      .clock = &world->clock, .err = &world->err };
    status = tend_desk_setup(&world->desk);
    if (status == TEND_OK)
        status = tend_meta_set(world->store, "zone", TEND_TEXT("UTC"));
    if (status == TEND_OK)
        status = tend_registry_load_file(world->registry, run->place.file);
    if (status == TEND_OK && !alone && run->ask->plugins != NULL)
        status = tend_registry_load_rest(world->registry, run->ask->plugins);
    if (status == TEND_OK && people)
        status = populate(world);
    return status;
}

void tend_kit_world_close(struct tend_kit_world *world)
{
    tend_registry_destroy(world->registry);
    tend_store_close(world->store);
    tend_arena_finish(&world->arena);
}

/* The plugin under test was loaded first. */
static const char *own_name(const struct tend_kit_world *world)
{
    struct tend_instance_info info;

    return tend_registry_instance(world->registry, 0, &info) ? info.manifest.name : "";
}

struct tend_instance *tend_kit_own(const struct tend_kit_world *world)
{
    return tend_registry_named(world->registry, tend_text_of(own_name(world)));
}

const struct tend_provider *tend_kit_record(const struct tend_kit_world *world, const char *kind,
                                            int64_t index)
{
    const struct tend_provider *provider;
    const char *own = own_name(world);

    for (int64_t i = 0; (provider = tend_registry_at(world->registry, kind, i, true)) != NULL; i++)
        if (strcmp(tend_instance_name(provider->owner), own) == 0 && index-- == 0)
            return provider;
    return NULL;
}

uint64_t tend_kit_world_sum(struct tend_kit_world *world)
{
    uint64_t all = 0;

    for (int32_t t = 0; t < TEND_TABLES; t++) {
        uint64_t sum = 0;
        int64_t rows = 0;

        if (tend_catalogue[t].kind != TEND_TABLE_FACT)
            continue;
        tend_store_checksum(world->store, (enum tend_table)t, &sum, &rows);
        all = all * 31 + sum + (uint64_t)rows;
    }
    return all;
}

const char *tend_kit_why(const struct tend_kit_world *world, tend_status status)
{
    return world->err.text[0] != '\0' ? world->err.text : tend_status_name(status);
}
