/* SHA-256 against the vectors of its standard, and however the bytes are handed over.
 * Covers tend_sha256_begin, _add and _end. */
#include "base/sha256.h"
#include "check.h"
#include <string.h>

static void assert_hash(const char *text, const char *expected)
{
    struct tend_sha256 sha;
    char out[65];

    tend_sha256_begin(&sha);
    tend_sha256_add(&sha, text, strlen(text));
    tend_sha256_end(&sha, out);
    assert_string_equal(out, expected);
}

static void the_vectors_of_the_standard(void **state)
{
    (void)state;
    assert_hash("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_million(void **state)
{
    struct tend_sha256 sha;
    char part[977], out[65];
    size_t left = 1000000;

    (void)state;
    memset(part, 'a', sizeof part);
    tend_sha256_begin(&sha);
    for (size_t n = 1; left > 0; left -= n, n = n % sizeof part + 1) {
        if (n > left)
            n = left;
        tend_sha256_add(&sha, part, n);
    }
    tend_sha256_end(&sha, out);
    assert_string_equal(out, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

static void every_length_ends_as_it_should(void **state)
{
    struct tend_sha256 whole, parts;
    char a[65], b[65], text[200];

    (void)state;
    memset(text, 'x', sizeof text);
    for (size_t n = 0; n < sizeof text; n++) {
        tend_sha256_begin(&whole);
        tend_sha256_add(&whole, text, n);
        tend_sha256_end(&whole, a);
        tend_sha256_begin(&parts);
        for (size_t i = 0; i < n; i++)
            tend_sha256_add(&parts, text + i, 1);
        tend_sha256_end(&parts, b);
        assert_string_equal(a, b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_standard),
        cmocka_unit_test(a_million),
        cmocka_unit_test(every_length_ends_as_it_should),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
