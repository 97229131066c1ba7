/* Store drivers: a database in a folder of its own is made, written, copied, closed and
 * opened again, and holds what was committed. */
#include "desk/people.h"
#include "kit/private.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct shelf {                  /* where the database of the trial is */
    char dir[64];
    const char *url, *copy;
    struct tend_store_options options;
};

static const char *title(struct tend_kit_world *world, const struct tend_provider *driver,
                         const char *what)
{
    return tend_arena_printf(&world->arena, "store_driver %s: %s", driver->name, what);
}

/* The world's own database is left for that of the driver. */
static tend_status reopen(struct tend_kit_world *world, const struct shelf *shelf)
{
    tend_status status;

    tend_store_close(world->store);
    world->store = NULL;
    status = tend_store_open(&world->store, shelf->url, &shelf->options, &world->err);
    if (status == TEND_OK) {
        tend_registry_bind(world->registry, world->store);
        world->desk.store = world->store;
    }
    return status;
}

static tend_status add(struct tend_kit_world *world, const char *name, bool kept)
{
    struct tend_deed deed;
    tend_id person, known;
    tend_status status = tend_deed_begin(&world->desk, &deed, "add");

    if (status == TEND_OK && tend_store_me(world->store) == 0)
        status = tend_desk_me(&world->desk, &deed, TEND_TEXT("Mira Berg"));
    if (status == TEND_OK)
        status = tend_person_add(&world->desk, &deed, tend_text_of(name), NULL, 0, true, &person,
                                 &known);
    if (status == TEND_OK && kept)
        status = tend_deed_end(&world->desk, &deed);
    else
        tend_deed_abort(&world->desk, &deed);
    tend_deed_finish(&deed);
    return status;
}

static void check(struct tend_kit_run *run, struct tend_kit_world *world,
                  const struct tend_provider *driver)
{
    struct tend_text *problems = NULL;
    int64_t n = 0;
    tend_status status = tend_store_check(world->store, &world->arena, &problems, &n);

    tend_kit_says(run, status == TEND_OK && n == 0, title(world, driver, "nothing is wrong inside"),
                  "%.*s", TEND_FMT(n > 0 ? problems[0] : tend_text_of(tend_kit_why(world, status))));
}

static void trial(struct tend_kit_run *run, struct tend_kit_world *world,
                  const struct tend_provider *driver, const struct shelf *shelf)
{
    uint64_t before, empty;
    tend_status status = reopen(world, shelf);

    if (!tend_kit_says(run, status == TEND_OK, title(world, driver, "a new database is made"), "%s",
                       tend_kit_why(world, status)))
        return;
    empty = tend_kit_world_sum(world);
    status = add(world, "Ann Lee", true);
    before = tend_kit_world_sum(world);
    tend_kit_says(run, status == TEND_OK && before != empty, title(world, driver, "it is written"),
                  "%s", tend_kit_why(world, status));
    status = add(world, "Bob Ray", false);
    tend_kit_says(run, status == TEND_OK && tend_kit_world_sum(world) == before,
                  title(world, driver, "what is rolled back is gone"), "%s",
                  tend_kit_why(world, status));
    check(run, world, driver);
    status = tend_store_backup(world->store, shelf->copy);
    tend_kit_says(run, status == TEND_OK, title(world, driver, "a copy is made while it is open"),
                  "%s", tend_kit_why(world, status));
    status = reopen(world, shelf);
    tend_kit_says(run, status == TEND_OK && tend_kit_world_sum(world) == before,
                  title(world, driver, "opened again, it holds the same"), "%s",
                  tend_kit_why(world, status));
}

static void one(struct tend_kit_run *run, struct tend_kit_world *world,
                const struct tend_provider *driver)
{
    struct shelf shelf = { .options = { .clock = &world->clock, .driver = driver->record } };
    const char **names;
    int64_t n;

    snprintf(shelf.dir, sizeof shelf.dir, "/tmp/tend-driver-XXXXXX");
    if (mkdtemp(shelf.dir) == NULL) {
        tend_kit_skip(run, title(world, driver, "a database"), "no folder can be made in /tmp");
        return;
    }
    shelf.url = tend_arena_printf(&world->arena, "%s://%s/a.db", driver->name, shelf.dir);
    shelf.copy = tend_arena_printf(&world->arena, "%s/copy.db", shelf.dir);
    trial(run, world, driver, &shelf);
    tend_store_close(world->store);     /* before its driver's end */
    world->store = NULL;
    n = tend_kit_file_names(shelf.dir, &world->arena, &names);
    for (int64_t i = 0; i < n; i++)
        unlink(tend_arena_printf(&world->arena, "%s/%s", shelf.dir, names[i]));
    rmdir(shelf.dir);
}

void tend_kit_test_driver(struct tend_kit_run *run)
{
    const struct tend_provider *driver;
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, true, false) == TEND_OK) {
        driver = tend_kit_record(&world, "store_driver", 0);
        if (driver != NULL)
            one(run, &world, driver);
    }
    tend_kit_world_close(&world);
}
