/* Normalisers of plugins go before the core's; blocks of any length.
 * Covers tend_normal_keys, tend_normal_email, tend_normal_phone, tend_normal_url. */
#include "desk/normal.h"
#include "intake_world.h"

static tend_status only_ann(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                            const struct tend_text *regions, struct tend_text *keys)
{
    (void)regions;
    assert_true(n <= 256);
    for (int64_t i = 0; i < n; i++)
        keys[i] = ctx->text->starts(values[i], "ann") ? (struct tend_text){ "ANN", 3 }
                                                      : (struct tend_text){ "", 0 };
    return TEND_OK;
}

static const struct tend_normaliser finer = { sizeof finer, "finer", "email", only_ann };

static void core_keys(void **state)
{
    struct intake_world w;
    struct tend_text values[3] = { TEND_TEXT("Ann@Example.com"), TEND_TEXT("nobody"),
                                   TEND_TEXT("Jörg@Example.com") };
    struct tend_text phones[2] = { TEND_TEXT("0664 555 1234"), TEND_TEXT("0664 555 1234") };
    struct tend_text regions[2] = { TEND_TEXT("AT"), TEND_TEXT("") };
    struct tend_text keys[3];

    (void)state;
    intake_world_open(&w);
    assert_int_equal(tend_normal_keys(&w.desk, TEND_TEXT("email"), 3, values, NULL, keys, &w.arena),
                     TEND_OK);
    assert_true(tend_text_is(keys[0], "ann@example.com"));
    assert_int_equal(keys[1].len, 0);
    assert_true(tend_text_is(keys[2], "jörg@example.com"));
    assert_int_equal(
        tend_normal_keys(&w.desk, TEND_TEXT("phone"), 2, phones, regions, keys, &w.arena), TEND_OK);
    assert_true(tend_text_is(keys[0], "+436645551234"));
    assert_true(tend_text_is(keys[1], "06645551234"));
    assert_int_equal(
        tend_normal_keys(&w.desk, TEND_TEXT("address"), 1, values, NULL, keys, &w.arena), TEND_OK);
    assert_int_equal(keys[0].len, 0);
    intake_world_close(&w);
}

static void pages(void **state)
{
    static const char *const same[][2] = {
        { "https://www.Example.com/", "example.com" },
        { "http://example.com/Ann/", "example.com/Ann" },
        { "example.com/a?b=c#d", "example.com/a?b=c" },
        { "https://www.linkedin.com/in/Ann-Example/", "linkedin.com/in/ann-example" },
        { "at.linkedin.com/in/ann-example/details?x=y", "linkedin.com/in/ann-example" },
        { "https://www.linkedin.com/company/example/", "linkedin.com/company/example" },
        { "notlinkedin.com/in/ann", "notlinkedin.com/in/ann" },
        { "no page", "" },
        { "ann@example.com", "" },
        { "localhost", "" },
        { "", "" },
    };
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        struct tend_text value = tend_text_of(same[i][0]), key;

        assert_int_equal(
            tend_normal_keys(&w.desk, TEND_TEXT("url"), 1, &value, NULL, &key, &w.arena), TEND_OK);
        assert_true(tend_text_is(key, same[i][1]));
    }
    intake_world_close(&w);
}

static void plugins_go_first(void **state)
{
    struct intake_world w;
    struct tend_text values[1000], keys[1000];

    (void)state;
    intake_world_open(&w);
    assert_int_equal(tend_registry_builtin(w.desk.registry, "normaliser", &finer), TEND_OK);
    for (int32_t i = 0; i < 1000; i++)
        values[i] =
            tend_text_of(tend_arena_printf(&w.arena, "%s%d@example.com", i % 2 ? "ann" : "Bob", i));
    assert_int_equal(
        tend_normal_keys(&w.desk, TEND_TEXT("email"), 1000, values, NULL, keys, &w.arena), TEND_OK);
    assert_true(tend_text_is(keys[0], "bob0@example.com"));
    assert_true(tend_text_is(keys[1], "ANN"));
    assert_true(tend_text_is(keys[998], "bob998@example.com"));
    assert_true(tend_text_is(keys[999], "ANN"));
    intake_world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(core_keys),
        cmocka_unit_test(pages),
        cmocka_unit_test(plugins_go_first),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
