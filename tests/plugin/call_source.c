/* Covers tend_call_sniff, tend_call_read and tend_call_keys. */
#include "world.h"

static int32_t sure;
static tend_status answer;
static bool says, file_broke, breaks;
static struct tend_error *slot;

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    assert_text(head, "a;b");
    assert_text(filename, "x.csv");
    assert_null(ctx->make);
    assert_null(ctx->read);
    if (breaks)
        return tend_call_fail(ctx, TEND_TIMEOUT, true, "took too long");
    return sure;
}

static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    (void)in;
    if (file_broke)
        return tend_error_set(slot, TEND_IO, "x.csv: line 3 cannot be read");
    if (says)
        return ctx->host->fail(ctx, answer, "line 7 is odd");
    return answer;
}

static const struct tend_lead_source source = {
    .size = sizeof source, .name = "semi", .title = "semicolons", .sniff = sniff, .read = read_file,
};

static void test_sniff(void **state)
{
    const struct tend_provider *p;
    struct tend_text value;
    struct world w;

    (void)state;
    world_open(&w);
    world_one(&w, "csv", "lead_source", &source);
    p = world_find(&w, "lead_source", "semi");
    sure = 70;
    assert_int_equal(tend_call_sniff(w.registry, p, TEND_TEXT("a;b"), TEND_TEXT("x.csv")), 70);
    sure = 500;
    assert_int_equal(tend_call_sniff(w.registry, p, TEND_TEXT("a;b"), TEND_TEXT("x.csv")), 100);
    sure = TEND_INVALID;
    assert_int_equal(tend_call_sniff(w.registry, p, TEND_TEXT("a;b"), TEND_TEXT("x.csv")), 0);
    assert_holds(w.log.at, "2 csv: lead_source semi: it returned invalid");
    /* a breach is told and remembered, but does not fail the command */
    breaks = true;
    assert_int_equal(tend_call_sniff(w.registry, p, TEND_TEXT("a;b"), TEND_TEXT("x.csv")),
                     TEND_TIMEOUT);
    assert_int_equal(tend_instance_state(p->owner), TEND_INSTANCE_LOADED);
    assert_int_equal(tend_call_sniff(w.registry, p, TEND_TEXT("a;b"), TEND_TEXT("x.csv")),
                     TEND_TIMEOUT);
    breaks = false;
    assert_string_equal(w.err.text, "plugin csv: lead_source semi: took too long");
    assert_holds(w.log.at, "2 csv: lead_source semi: took too long; it is set aside\n");
    assert_false(tend_registry_breached(w.registry));
    assert_int_equal(tend_instance_state(p->owner), TEND_INSTANCE_ASIDE);
    world_store(&w);
    tend_registry_remember(w.registry);
    assert_int_equal(tend_meta_get(w.store, "aside.csv", &w.arena, &value), TEND_OK);
    assert_true(value.len > 0);
    world_close(&w);
}

static void test_read(void **state)
{
    const struct tend_provider *p;
    struct world w;

    (void)state;
    world_open(&w);
    world_one(&w, "csv", "lead_source", &source);
    p = world_find(&w, "lead_source", "semi");
    slot = &w.err;
    file_broke = says = false;
    answer = TEND_OK;
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_OK);
    says = true;
    answer = TEND_INVALID;
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_INVALID);
    assert_string_equal(w.err.text, "plugin csv: lead_source semi: line 7 is odd");
    /* what the gate and the guards say is not the plugin's to say */
    answer = TEND_DENIED;
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_INTERNAL);
    answer = TEND_INVALID;
    says = false;
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_INVALID);
    assert_holds(w.err.text, "plugin csv: lead_source semi: it returned invalid");
    /* a broken file is no fault of the plugin */
    file_broke = true;
    assert_int_equal(tend_call_read(w.registry, p, NULL, NULL), TEND_IO);
    assert_string_equal(w.err.text, "x.csv: line 3 cannot be read");
    world_close(&w);
}

static tend_status keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                        const struct tend_text *regions, struct tend_text *out)
{
    for (int64_t i = 0; i < n; i++) {
        if (tend_text_is(values[i], "bad"))
            out[i] = (struct tend_text){ "\xff", 1 };
        else if (tend_text_is(values[i], "fail"))
            return ctx->host->fail(ctx, TEND_LIMIT, "cannot");
        else if (ctx->text->starts(regions[i], "AT"))
            out[i] = ctx->text->fold(ctx, values[i]);
    }
    return TEND_OK;
}

static void test_keys(void **state)
{
    static const struct tend_normaliser lower = { sizeof lower, "lower", "email", keys };
    struct tend_text values[2] = { TEND_TEXT("Ann"), TEND_TEXT("Bob") }, out[2];
    const struct tend_text regions[2] = { TEND_TEXT("AT"), TEND_TEXT("US") };
    const struct tend_provider *p;
    struct world w;

    (void)state;
    world_open(&w);
    world_one(&w, "keys", "normaliser", &lower);
    p = world_find(&w, "normaliser", "lower");
    assert_int_equal(tend_call_keys(w.registry, p, 2, values, regions, out, &w.arena), TEND_OK);
    assert_text(out[0], "ann");
    assert_int_equal(out[1].len, 0);
    values[0] = TEND_TEXT("bad");
    assert_int_equal(tend_call_keys(w.registry, p, 2, values, regions, out, &w.arena),
                     TEND_INVALID);
    assert_string_equal(w.err.text, "plugin keys: normaliser lower: key 1 is no UTF-8 text");
    values[0] = TEND_TEXT("fail");
    assert_int_equal(tend_call_keys(w.registry, p, 2, values, regions, out, &w.arena),
                     TEND_LIMIT);
    assert_holds(w.err.text, "cannot");
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sniff),
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_keys),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
