/* The good and the bad calls of ctx->service: see api.c. */
#include "api.h"

static void (*inside)(struct tend_ctx *ctx);

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    inside(ctx);
    return TEND_OK;
}

static double distance(struct tend_ctx *ctx, double a, double b)
{
    (void)ctx;
    return a - b;
}

static const char *region(struct tend_ctx *ctx, const char *zone)
{
    ctx->host->fail(ctx, TEND_NOT_FOUND, "no zone is called \"%s\"", zone);
    return NULL;
}

static const struct tend_export functions[] = {
    TEND_EXPORT2(distance, double, double, double, "how far apart"),
    TEND_EXPORT1(region, const char *, const char *, "always fails"),
    TEND_EXPORTS_END,
};
static const struct tend_service geo = { sizeof geo, "geo", 2, functions };
static const struct tend_policy policy = { sizeof policy, "uses-geo", "touch.logged", run };

static tend_status provide(struct tend_instance *instance, struct tend_error *err)
{
    tend_status status = tend_instance_provide(instance, "policy", &policy, NULL, err);

    return status == TEND_OK ? tend_instance_provide(instance, "service", &geo, NULL, err) : status;
}

static void in_policy(struct world *w, void (*fn)(struct tend_ctx *ctx))
{
    const struct tend_event_data data = { { .name = "touch.logged", .person = 1, .at = NOW }, NULL, 0 };

    inside = fn;
    assert_int_equal(world_load(w, "uses-geo", provide), TEND_OK);
    assert_int_equal(tend_call_policy(w->registry, world_find(w, "policy", "uses-geo"), &data,
                                      &w->arena, &w->effects),
                     TEND_OK);
}

static void has_good(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->service->has(ctx, "geo", 1), 1);
    assert_int_equal(ctx->service->has(ctx, "geo", 2), 1);
    assert_ptr_equal(ctx->host->get("tend.service", 2), ctx->service);
}
void good_service_has(struct world *w)
{
    in_policy(w, has_good);
}
static void has_bad(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->service->has(ctx, "geo", 3), 0);
    assert_int_equal(ctx->service->has(ctx, "moon", 1), 0);
    assert_int_equal(ctx->service->has(ctx, NULL, 1), 0);
}
void bad_service_has(struct world *w)
{
    in_policy(w, has_bad);
}

static void call_good(struct tend_ctx *ctx)
{
    const struct tend_any args[] = { { 'd', { .real = 5 } }, { 'd', { .real = 1.5 } } };
    struct tend_any result;

    assert_int_equal(ctx->service->call(ctx, "geo.distance", 2, args, &result), TEND_OK);
    assert_int_equal(result.as, 'd');
    assert_true(result.is.real == 3.5);
}
void good_service_call(struct world *w)
{
    in_policy(w, call_good);
}
static void call_bad(struct tend_ctx *ctx)
{
    const struct tend_any numbers[] = { { 'd', { .real = 5 } }, { 'l', { .number = 1 } } };
    const struct tend_any text = { 's', { .text = "x" } };
    struct tend_any result;

    assert_true(ctx->service->call(ctx, "geo.distance", 1, numbers, &result) < 0);
    assert_holds(tend_call_error(ctx), "distance takes 2 arguments, not 1: d(dd)");
    assert_true(ctx->service->call(ctx, "geo.distance", 2, numbers, &result) < 0);
    assert_holds(tend_call_error(ctx), "argument 2 is of type l; expected d");
    assert_int_equal(ctx->service->call(ctx, "geo.region", 1, &text, &result), TEND_NOT_FOUND);
    assert_holds(tend_call_error(ctx), "plugin uses-geo: region: no zone is called \"x\"");
    assert_true(ctx->service->call(ctx, "geo.height", 0, NULL, &result) < 0);
    assert_holds(tend_call_error(ctx), "geo has no function \"height\"; it has: distance region");
    assert_true(ctx->service->call(ctx, "moon.phase", 0, NULL, &result) < 0);
    assert_holds(tend_call_error(ctx), "no plugin provides the service \"moon\"");
    assert_true(ctx->service->call(ctx, "geo", 0, NULL, &result) < 0);
    assert_true(ctx->service->call(ctx, NULL, 0, NULL, NULL) < 0);
}
void bad_service_call(struct world *w)
{
    in_policy(w, call_bad);
}
