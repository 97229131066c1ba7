/* Matchers: the same from either side, between 0 and 1, and 256 pairs at once. */
#include "base/memory.h"
#include "kit/private.h"

#define BLOCK 256

static const char *title(struct tend_kit_world *world, const struct tend_provider *matcher,
                         const char *what)
{
    return tend_arena_printf(&world->arena, "matcher %s: %s", matcher->name, what);
}

static void pairs_of(const struct tend_kit_world *world, struct tend_pair *pairs, bool turned)
{
    const tend_id people[] = { world->bare, world->full, tend_store_me(world->store) };

    for (int64_t i = 0; i < BLOCK; i++) {
        tend_id a = people[i % 3], b = people[(i + 1 + i / 3 % 2) % 3];

        pairs[i] = turned ? (struct tend_pair){ b, a } : (struct tend_pair){ a, b };
    }
}

static void one(struct tend_kit_run *run, struct tend_kit_world *world,
                const struct tend_provider *matcher)
{
    struct tend_pair *pairs = tend_alloc(BLOCK * sizeof *pairs);
    struct tend_score *there = tend_alloc(BLOCK * sizeof *there),
                      *back = tend_alloc(BLOCK * sizeof *back);
    int64_t odd = -1, unlike = -1;
    tend_status status;

    pairs_of(world, pairs, false);
    tend_error_clear(&world->err);
    status = tend_call_matcher(world->registry, matcher, BLOCK, pairs, there, &world->arena);
    tend_kit_says(run, status == TEND_OK, title(world, matcher, "256 pairs at once"), "%s",
                  tend_kit_why(world, status));
    pairs_of(world, pairs, true);
    if (status == TEND_OK)
        status = tend_call_matcher(world->registry, matcher, BLOCK, pairs, back, &world->arena);
    for (int64_t i = 0; status == TEND_OK && i < BLOCK; i++) {
        double gap = there[i].same - back[i].same;

        odd = there[i].same > 1 ? i : odd;
        unlike = gap > 1e-9 || gap < -1e-9 ? i : unlike;
    }
    tend_kit_says(run, odd < 0, title(world, matcher, "a score is from 0 to 1, or below 0"),
                  "one is %f", odd < 0 ? 0.0 : there[odd].same);
    tend_kit_says(run, unlike < 0, title(world, matcher, "the score is the same from either side"),
                  "%f and turned round %f", unlike < 0 ? 0.0 : there[unlike].same,
                  unlike < 0 ? 0.0 : back[unlike].same);
    tend_free(pairs);
    tend_free(there);
    tend_free(back);
}

void tend_kit_test_matcher(struct tend_kit_run *run)
{
    const struct tend_provider *matcher;
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, false, true) == TEND_OK)
        for (int64_t i = 0; (matcher = tend_kit_record(&world, "matcher", i)) != NULL; i++)
            one(run, &world, matcher);
    tend_kit_world_close(&world);
}
