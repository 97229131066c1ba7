/* Normalisers: columns of every length, empty and odd values, and keys that are the same
 * whenever and however they are asked for. */
#include "base/memory.h"
#include "kit/private.h"
#include <stdlib.h>
#include <string.h>

#define COLUMN 256
#define LONG 65536

static const char *const samples[] = {
    "ann@example.com", "Ann.Lee+news@GMail.com", "<eva@example.com>", "no address", "@", "a@b",
    "0664 555 12 34", "+1 (212) 555-0142", "00436645551234", "555", "++", "call me",
    "https://www.example.com/ann/", "example.com", "\xe2\x98\xba", "M\xc3\xbcller@example.com",
    "\t x \t", "\"", "\\", "%s%n", "-", ".",
};
#define N_SAMPLES ((int64_t)(sizeof samples / sizeof *samples))

struct column {
    struct tend_text value[COLUMN], region[COLUMN], key[COLUMN];
};

static tend_status ask(struct tend_kit_world *world, const struct tend_provider *normaliser,
                       struct column *column, int64_t n)
{
    tend_error_clear(&world->err);
    return tend_call_keys(world->registry, normaliser, n, column->value, column->region,
                          column->key, &world->arena);
}

static void fill(struct column *column)
{
    for (int64_t i = 0; i < COLUMN; i++) {
        column->value[i] = tend_text_of(samples[i % N_SAMPLES]);
        column->region[i] = i % 3 == 0 ? TEND_TEXT("US") : (struct tend_text){ "", 0 };
    }
}

static const char *title(struct tend_kit_world *world, const struct tend_provider *normaliser,
                         const char *what)
{
    return tend_arena_printf(&world->arena, "normaliser %s: %s", normaliser->name, what);
}

static bool lengths(struct tend_kit_run *run, struct tend_kit_world *world,
                    const struct tend_provider *normaliser, struct column *column)
{
    tend_status status = TEND_OK;
    int64_t n = 1;

    for (; status == TEND_OK && n <= COLUMN; n++)
        status = ask(world, normaliser, column, n);
    return tend_kit_says(run, status == TEND_OK,
                         title(world, normaliser, "columns of 1 to 256 values"),
                         "%lld values: %s", (long long)n - 1, tend_kit_why(world, status));
}

/* The key of a value in a column is that of the value alone. */
static void alone(struct tend_kit_run *run, struct tend_kit_world *world,
                  const struct tend_provider *normaliser, struct column *column)
{
    struct column *one = tend_alloc(sizeof *one);
    const char *wrong = NULL, *moved = NULL;

    for (int64_t i = 0; i < COLUMN && i < 3 * N_SAMPLES; i++) {
        one->value[0] = column->value[i];
        one->region[0] = column->region[i];
        if (ask(world, normaliser, one, 1) != TEND_OK || !tend_text_eq(one->key[0], column->key[i]))
            wrong = samples[i % N_SAMPLES];
        if (one->key[0].len == 0)
            continue;
        one->value[0] = column->key[i];
        if (ask(world, normaliser, one, 1) != TEND_OK ||
            (one->key[0].len > 0 && !tend_text_eq(one->key[0], column->key[i])))
            moved = samples[i % N_SAMPLES];
    }
    tend_kit_says(run, wrong == NULL,
                  title(world, normaliser, "a value has the same key alone and in a column"),
                  "\"%s\" has two", wrong ? wrong : "");
    tend_kit_says(run, moved == NULL, title(world, normaliser, "a key is its own key"),
                  "that of \"%s\" has another key", moved ? moved : "");
    tend_free(one);
}

static void again(struct tend_kit_run *run, struct tend_kit_world *world,
                  const struct tend_provider *normaliser, struct column *column)
{
    struct column *second = tend_alloc(sizeof *second);
    bool same = true;

    *second = *column;
    ask(world, normaliser, column, COLUMN);
    ask(world, normaliser, second, COLUMN);
    for (int64_t i = 0; i < COLUMN; i++)
        same = same && tend_text_eq(column->key[i], second->key[i]);
    tend_kit_says(run, same, title(world, normaliser, "the same values have the same keys"),
                  "asked twice, a value had two keys");
    tend_free(second);
}

static void odd(struct tend_kit_run *run, struct tend_kit_world *world,
                const struct tend_provider *normaliser, struct column *column)
{
    char *big = tend_alloc(LONG);
    tend_status status;
    bool none = true;

    for (int64_t i = 0; i < COLUMN; i++)
        column->value[i] = (struct tend_text){ "", 0 };
    status = ask(world, normaliser, column, COLUMN);
    for (int64_t i = 0; i < COLUMN; i++)
        none = none && column->key[i].len == 0;
    tend_kit_says(run, status == TEND_OK && none,
                  title(world, normaliser, "an empty value has no key"), "%s",
                  status == TEND_OK ? "it has one" : tend_kit_why(world, status));
    memset(big, 'a', LONG);
    memcpy(big + LONG - 12, "@example.com", 12);
    column->value[0] = (struct tend_text){ big, LONG };
    status = ask(world, normaliser, column, 1);
    tend_kit_says(run, status == TEND_OK, title(world, normaliser, "a value of 64 KiB"), "%s",
                  tend_kit_why(world, status));
    tend_free(big);
}

void tend_kit_test_normaliser(struct tend_kit_run *run)
{
    const struct tend_provider *normaliser;
    struct column *column = tend_alloc(sizeof *column);
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, true, false) == TEND_OK) {
        for (int64_t i = 0; (normaliser = tend_kit_record(&world, "normaliser", i)) != NULL; i++) {
            fill(column);
            if (!lengths(run, &world, normaliser, column))
                continue;
            alone(run, &world, normaliser, column);
            again(run, &world, normaliser, column);
            odd(run, &world, normaliser, column);
        }
    }
    tend_kit_world_close(&world);
    tend_free(column);
}
