/* Playbooks: every step has a name of its own and a window that can be read. */
#include "base/span.h"
#include "kit/private.h"
#include <string.h>

#define TEND_UNSTABLE
#include <tend/x/playbook.h>

static void one(struct tend_kit_run *run, struct tend_kit_world *world,
                const struct tend_provider *provider)
{
    const struct tend_playbook *book = provider->record;
    const char *twice = NULL, *window = NULL;

    for (int64_t i = 0; book->steps != NULL && book->steps[i] != NULL; i++) {
        const struct tend_step *step = book->steps[i];
        struct tend_window span;
        struct tend_error err = { 0 };

        if (step->window == NULL ||
            tend_window_parse(tend_text_of(step->window), &span, &err) != TEND_OK)
            window = step->name;
        for (int64_t j = 0; j < i; j++)
            if (strcmp(book->steps[j]->name, step->name) == 0)
                twice = step->name;
    }
    tend_kit_says(run, twice == NULL,
                  tend_arena_printf(&world->arena, "playbook %s: each step has a name of its own",
                                    provider->name), "%s is there twice", twice ? twice : "");
    tend_kit_says(run, window == NULL,
                  tend_arena_printf(&world->arena, "playbook %s: each window can be read",
                                    provider->name),
                  "that of %s cannot; 0d..2d was expected", window ? window : "");
}

void tend_kit_test_playbook(struct tend_kit_run *run)
{
    const struct tend_provider *book;
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, true, false) == TEND_OK)
        for (int64_t i = 0; (book = tend_kit_record(&world, "playbook", i)) != NULL; i++)
            one(run, &world, book);
    tend_kit_world_close(&world);
}
