/* Normalisers in Lua. Covers bind_normaliser.c. */
#include "fake.h"

static tend_status keys_of(struct fake_call *call, int64_t n, const struct tend_text *values,
                           const struct tend_text *regions, struct tend_text *keys)
{
    const struct tend_normaliser *normaliser = call->provided->record;

    return normaliser->keys(&call->ctx, n, values, regions, keys);
}

static void check(struct tend_text key, const char *expected)
{
    assert_true(tend_text_is(key, expected));
}

static void column(void **state)
{
    struct tend_instance *plugin = fake_load("phones");
    const struct tend_text values[] = { TEND_TEXT("(555) 0100"), TEND_TEXT("none"),
                                        TEND_TEXT("555-0101") };
    const struct tend_text regions[] = { TEND_TEXT("AT"), TEND_TEXT(""), TEND_TEXT("") };
    struct tend_text keys[3];
    struct fake_call call = { 0 };

    (void)state;
    if (plugin->status != TEND_OK)
        fail_msg("%s", plugin->err.text);
    assert_string_equal(plugin->manifest.name, "phones");
    fake_begin(&call, plugin, "normaliser");
    assert_string_equal(((const struct tend_normaliser *)call.provided->record)->field, "phone");
    assert_int_equal(keys_of(&call, 3, values, regions, keys), TEND_OK);
    check(keys[0], "AT5550100");
    check(keys[1], "");
    check(keys[2], "US5550101");
    assert_int_equal(keys_of(&call, 0, values, regions, keys), TEND_OK);
    fake_end(&call);
    fake_unload(plugin);
}

static void single(void **state)
{
    struct tend_instance *plugin = fake_load("lower");
    struct tend_text values[256], regions[256], keys[256];
    struct fake_call call = { 0 };

    (void)state;
    for (int i = 0; i < 256; i++) {
        values[i] = i % 2 ? TEND_TEXT("ANN@Example.COM") : TEND_TEXT("none");
        regions[i] = TEND_TEXT("");
    }
    regions[3] = TEND_TEXT("AT");
    fake_begin(&call, plugin, "normaliser");
    assert_int_equal(keys_of(&call, 256, values, regions, keys), TEND_OK);
    check(keys[0], "");
    check(keys[1], "ann@example.com/-");
    check(keys[3], "ann@example.com/AT");
    check(keys[255], "ann@example.com/-");
    fake_end(&call);
    fake_unload(plugin);
}

static void answers(const char *member, tend_status status, const char *message)
{
    const struct tend_text values[] = { TEND_TEXT("a"), TEND_TEXT("b") };
    struct tend_text keys[2];
    struct tend_instance *plugin;
    struct fake_call call = { 0 };
    char text[512];

    snprintf(text, sizeof text, "return { normaliser = 'n', field = 'email', %s }", member);
    plugin = fake_load_text("n", text);
    assert_int_equal(plugin->status, TEND_OK);
    fake_begin(&call, plugin, "normaliser");
    assert_int_equal(keys_of(&call, 2, values, values, keys), status);
    assert_has(call.error, message);
    fake_end(&call);
    fake_unload(plugin);
}

static void wrong(void **state)
{
    (void)state;
    answers("keys = function() return {} end", TEND_OK, "");
    answers("keys = function() return { false, 7 } end", TEND_OK, "");
    answers("keys = function() return 7 end", TEND_INVALID,
            "normaliser \"n\": keys returned a number; expected a list of keys");
    answers("keys = function() end", TEND_INVALID, "keys returned a nil");
    answers("keys = function() return { 'a', 'b', 'c' } end", TEND_INVALID,
            "returned 3 keys for 2 values");
    answers("keys = function() return { 'a', true } end", TEND_INVALID,
            "keys returned a boolean as key 2; expected a text, or nil for none");
    answers("keys = function() return { {} } end", TEND_INVALID, "returned a table as key 1");
    answers("key = function() return {} end", TEND_INVALID, "key returned a table as key 1");
    answers("key = function(_, v) error(v) end", TEND_INVALID, "n.lua:1: a");
    answers("key = function() while true do end end", TEND_TIMEOUT, "was stopped (at n.lua:1");
    answers("keys = function() while true do end end", TEND_TIMEOUT, "was stopped (at n.lua:1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(column),
        cmocka_unit_test(single),
        cmocka_unit_test(wrong),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
