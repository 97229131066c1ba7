/* Playbooks: started with somebody, the steps become tasks, once, and an undo takes all
 * of them back. That names and windows are good was seen when it was loaded. */
#define TEND_UNSTABLE
#include "desk/playbook.h"
#include "kit/private.h"
#include <string.h>
#include <tend/x/playbook.h>

static const char *title(struct tend_kit_world *world, const struct tend_provider *book,
                         const char *what)
{
    return tend_arena_printf(&world->arena, "playbook %s: %s", book->name, what);
}

static tend_status start(struct tend_kit_world *world, const struct tend_provider *book,
                         tend_id person, tend_id *running)
{
    struct tend_deed deed;
    tend_status status = tend_deed_begin(&world->desk, &deed, "playbook start");

    if (status == TEND_OK)
        status = tend_playbook_start(&world->desk, &deed, book, person, running);
    if (status == TEND_OK)
        status = tend_deed_end(&world->desk, &deed);
    else
        tend_deed_abort(&world->desk, &deed);
    for (int64_t i = 0; status == TEND_OK && i < deed.outcome.n; i++)
        if (strcmp(deed.outcome.at[i].effect, "failed") == 0)
            status = tend_error_set(&world->err, TEND_INVALID, "%s", deed.outcome.at[i].title);
    tend_deed_finish(&deed);
    return status;
}

static int64_t tasks(struct tend_kit_world *world)
{
    uint64_t sum;
    int64_t n = 0;

    tend_store_checksum(world->store, TEND_T_task, &sum, &n);
    return n;
}

static bool undone(struct tend_kit_world *world, uint64_t before)
{
    struct tend_undo undo;

    while (tend_kit_world_sum(world) != before &&
           tend_store_undo(world->store, 0, tend_store_me(world->store), false, &world->arena,
                           &undo) == TEND_OK && undo.batch.id != 0)
        ;
    return tend_kit_world_sum(world) == before;
}

static void with(struct tend_kit_run *run, struct tend_kit_world *world,
                 const struct tend_provider *book, tend_id person, const char *whom)
{
    uint64_t before = tend_kit_world_sum(world);
    int64_t n = tasks(world), made;
    tend_id running = 0;
    tend_status status;

    tend_error_clear(&world->err);
    status = start(world, book, person, &running);
    made = tasks(world) - n;
    tend_kit_says(run, status == TEND_OK && made > 0,
                  title(world, book, tend_arena_printf(&world->arena, "started with %s", whom)),
                  "%s", status == TEND_OK ? "no step became a task" : tend_kit_why(world, status));
    if (status != TEND_OK)
        return;
    status = start(world, book, person, &running);
    tend_kit_says(run, status == TEND_OK && tasks(world) - n == made,
                  title(world, book, "started again, it makes nothing twice"), "%lld more tasks; %s",
                  (long long)(tasks(world) - n - made), tend_kit_why(world, status));
    tend_kit_says(run, undone(world, before), title(world, book, "undo leaves nothing"),
                  "something of it stays");
}

void tend_kit_test_playbook(struct tend_kit_run *run)
{
    const struct tend_provider *book;
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, false, true) == TEND_OK) {
        for (int64_t i = 0; (book = tend_kit_record(&world, "playbook", i)) != NULL; i++) {
            with(run, &world, book, world.bare, "somebody of whom only the name is known");
            with(run, &world, book, world.full, "somebody of whom everything is");
        }
    }
    tend_kit_world_close(&world);
}
