/* Covers module/signature.c. */
#include "check.h"
#include "base/text.h"
#include "module/signature.h"

static void test_good(void **state)
{
    static const char *const good[] = { "v()", "i(i)", "d(hl)", "s(bildshbi)", "b()", "h(h)", NULL };

    (void)state;
    for (int i = 0; good[i]; i++) {
        struct tend_signature signature;
        struct tend_error err = { 0 };
        char again[16];

        if (tend_signature_parse(tend_text_of(good[i]), &signature, &err) != TEND_OK)
            fail_msg("%s", err.text);
        tend_signature_format(&signature, again);
        assert_string_equal(again, good[i]);
    }
}

static void test_bad(void **state)
{
    static const char *const bad[] = { "", "v", "v(", "v)", "()", "v() ", " v()", "v(v)", "x()",
                                       "i(x)", "i(ll", "i ll)", "i(illlllllll)", "i(i)i", "ii(i)",
                                       "i((i)", "i(i))", "I()", "i(\x01)", NULL };

    (void)state;
    for (int i = 0; bad[i]; i++) {
        struct tend_signature signature = { 'v', 3, "lll" };
        struct tend_error err = { 0 };

        if (tend_signature_parse(tend_text_of(bad[i]), &signature, &err) != TEND_INVALID)
            fail_msg("\"%s\" was taken", bad[i]);
        assert_non_null(strstr(err.text, "is no signature: "));
        assert_non_null(strstr(err.text, "as d(hl)"));
        assert_int_equal(signature.n, 3);       /* as it was */
    }
}

static void test_nul(void **state)
{
    struct tend_signature signature;
    struct tend_error err = { 0 };

    (void)state;
    assert_int_equal(tend_signature_parse(TEND_TEXT("i(\0)"), &signature, &err), TEND_INVALID);
    assert_int_equal(tend_signature_parse(TEND_TEXT("\0()"), &signature, &err), TEND_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_nul),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
