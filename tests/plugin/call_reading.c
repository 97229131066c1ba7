/* Covers tend_call_took, tend_call_put, tend_call_row, tend_call_paid, and that a reader or a
 * page is stopped by them. */
#include "plugin/world.h"
#include "world.h"

static struct tend_registry *registry;
static int64_t bytes, rows, values, width;      /* read at first; then handed over */
static int64_t given;                           /* rows that were taken */
static bool ignores, was_paid;

static tend_status hand_over(struct tend_ctx *ctx)
{
    tend_call_took(registry, bytes);
    for (given = 0; given < rows; given++) {
        tend_status status = TEND_OK;

        for (int64_t i = 0; i < values && status == TEND_OK; i++)
            status = tend_call_put(registry, width);
        if (status == TEND_OK)
            status = tend_call_row(registry);
        was_paid = tend_call_paid(ctx);
        if (status != TEND_OK && !ignores)
            return status;
    }
    return TEND_OK;
}

static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    (void)in;
    return hand_over(ctx);
}

static tend_status read_page(struct tend_ctx *ctx, struct tend_input *in, struct tend_text cursor)
{
    (void)in, (void)cursor;
    return hand_over(ctx);
}

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    (void)ctx, (void)head, (void)filename;
    return 0;
}

static const struct tend_lead_source source = {
    .size = sizeof source, .name = "semi", .title = "semicolons", .sniff = sniff,
    .read = read_file, .page = read_page,
};

static void set(int64_t of_bytes, int64_t of_rows, int64_t of_values, int64_t of_width)
{
    bytes = of_bytes;
    rows = of_rows;
    values = of_values;
    width = of_width;
}

static const struct tend_provider *opened(struct world *w)
{
    const struct tend_provider *p;

    world_open(w);
    world_one(w, "semi", "lead_source", &source);
    p = world_find(w, "lead_source", "semi");
    registry = w->registry;
    ignores = false;
    return p;
}

static void test_rows(void **state)
{
    struct world w;
    const struct tend_provider *p = opened(&w);

    (void)state;
    set(0, 1000, 3, 10);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_OK);
    assert_false(was_paid);
    set(500, 500, 3, 10);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_OK);
    assert_true(was_paid);
    set(500, 1500, 3, 10);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_OK);
    assert_false(was_paid);
    set(35, INT64_MAX, 3, 10);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_LIMIT);
    assert_int_equal(given, 1035);
    assert_string_equal(w.err.text, "plugin semi: lead_source semi: handed over 1000 rows more than "
                                    "the 35 bytes that it read, and was stopped; if so many are "
                                    "right, write \"semi rows=10000\" into the file limits");
    assert_true(tend_registry_breached(w.registry));
    /* nobody reads now */
    assert_int_equal(tend_call_row(w.registry), TEND_OK);
    assert_int_equal(tend_call_put(w.registry, 1), TEND_OK);
    tend_call_took(w.registry, 1);
    world_close(&w);
}

/* One that goes on all the same has failed. */
static void test_ignored(void **state)
{
    struct world w;
    const struct tend_provider *p = opened(&w);

    (void)state;
    ignores = true;
    set(0, 5000, 0, 0);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_LIMIT);
    assert_int_equal(given, 5000);
    world_close(&w);
}

/* A row that is wide or long is several. */
static void test_big_rows(void **state)
{
    struct world w;
    const struct tend_provider *p = opened(&w);

    (void)state;
    set(0, 500, 63, 1);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_OK);
    set(0, 500, 64, 1);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_LIMIT);
    assert_int_equal(given, 333);
    world_close(&w);
    p = opened(&w);
    set(0, 1, 1, 4096 * 999);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_OK);
    set(0, 1, 1, 4096 * 1001);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_LIMIT);
    set(0, 1, 40000, 0);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_LIMIT);
    world_close(&w);
}

static void test_settings(void **state)
{
    struct world w;
    const struct tend_provider *p = opened(&w);

    (void)state;
    p->owner->limits.rows = 20;
    set(10, 30, 1, 1);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_OK);
    set(10, 31, 1, 1);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_LIMIT);
    assert_holds(w.err.text, "\"semi rows=200\"");
    p->owner->limits.rows = 1000000;        /* the file can say no more */
    set(0, 1000001, 1, 1);
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_LIMIT);
    assert_holds(w.err.text, "\"semi rows=1000000\"");
    world_close(&w);
}

static void test_page(void **state)
{
    struct world w;
    const struct tend_provider *p = opened(&w);

    (void)state;
    set(200, 1200, 3, 10);
    assert_int_equal(tend_call_page(w.registry, p, NULL, NULL, TEND_TEXT(""), 1000000), TEND_OK);
    assert_false(was_paid);
    set(200, INT64_MAX, 3, 10);
    assert_int_equal(tend_call_page(w.registry, p, NULL, NULL, TEND_TEXT(""), 1000000), TEND_LIMIT);
    assert_int_equal(given, 1200);
    assert_holds(w.err.text, "plugin semi: lead_source semi: handed over 1000 rows more than the 200");
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_ignored),
        cmocka_unit_test(test_big_rows),
        cmocka_unit_test(test_settings),
        cmocka_unit_test(test_page),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
