/* Covers ctx->command: a good and a bad call of each entry of api.def. */
#include "api.h"

static void (*inside)(struct tend_ctx *ctx);

static tend_status run(struct tend_ctx *ctx)
{
    inside(ctx);
    return TEND_OK;
}

static const struct tend_command_arg who = { sizeof who, "who", "people", "whom", NULL, 0 };
static const struct tend_command_arg days = { sizeof days, "days", "number", "how many", NULL, 0 };
static const struct tend_command_arg *const args[] = { &who, &days, NULL };
static const struct tend_command_record record = {
    .size = sizeof record, .name = "api", .summary = "for tests", .args = args, .run = run,
};

static tend_status provide(struct tend_instance *instance, struct tend_error *err)
{
    return tend_instance_provide(instance, "command", &record, NULL, err);
}

static void call(struct world *w, void (*fn)(struct tend_ctx *ctx))
{
    static const tend_id people[] = { 7, 9 };
    static const struct tend_call_value values[] = {
        { "who", { "7,9", 3 }, 7, people, 2 },
        { "days", { "30", 2 }, 30, NULL, 0 },
    };
    const struct tend_call_args given = { values, 2 };

    world_load(w, "api-command", provide);
    inside = fn;
    assert_int_equal(tend_call_command(w->registry, world_find(w, "command", "api"), &given,
                                       &w->arena, &w->effects),
                     TEND_OK);
}

static void text_good(struct tend_ctx *ctx)
{
    assert_text(ctx->command->text(ctx, "who"), "7,9");
    assert_text(ctx->command->text(ctx, "days"), "30");
    assert_ptr_equal(ctx->host->get("tend.command", 0), ctx->command);
    assert_true(TEND_HAS(ctx, command));
}
void good_command_text(struct world *w)
{
    call(w, text_good);
}
static void text_bad(struct tend_ctx *ctx)
{
    assert_text(ctx->command->text(ctx, "nothing"), "");
    assert_text(ctx->command->text(ctx, NULL), "");
}
void bad_command_text(struct world *w)
{
    call(w, text_bad);
}

static void number_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->command->number(ctx, "days"), 30);
    assert_int_equal(ctx->command->number(ctx, "who"), 7);
}
void good_command_number(struct world *w)
{
    call(w, number_good);
}
static void number_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->command->number(ctx, "nothing"), 0);
    assert_int_equal(ctx->command->number(ctx, NULL), 0);
}
void bad_command_number(struct world *w)
{
    call(w, number_bad);
}

static void person_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->command->person(ctx, "who", 0), 7);
    assert_int_equal(ctx->command->person(ctx, "who", 1), 9);
    assert_int_equal(ctx->command->person(ctx, "who", 2), 0);
}
void good_command_person(struct world *w)
{
    call(w, person_good);
}
static void person_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->command->person(ctx, "who", -1), 0);
    assert_int_equal(ctx->command->person(ctx, "days", 0), 0);
    assert_int_equal(ctx->command->person(ctx, NULL, 0), 0);
}
void bad_command_person(struct world *w)
{
    call(w, person_bad);
}
