/* Edit distance, held against the full table; and "did you mean". */
#include "base/text.h"
#include "check.h"

static int64_t far(const char *a, const char *b, int64_t most)
{
    return tend_text_distance(tend_text_of(a), tend_text_of(b), most);
}

/* tend_text_distance */
static void distances(void **state)
{
    (void)state;
    assert_int_equal(far("", "", 3), 0);
    assert_int_equal(far("abc", "abc", 0), 0);
    assert_int_equal(far("kitten", "sitting", 9), 3);
    assert_int_equal(far("improt", "import", 3), 1);
    assert_int_equal(far("ca", "abc", 5), 3); /* no piece is edited twice */
    assert_int_equal(far("", "abc", 5), 3);
    assert_int_equal(far("abc", "", 5), 3);
    assert_int_equal(far("Zoë", "Zoe", 3), 1); /* characters, not bytes */
    assert_int_equal(far("漢字", "字漢", 3), 1);
}

/* tend_text_distance: its limit */
static void limit_holds(void **state)
{
    (void)state;
    assert_int_equal(far("kitten", "sitting", 2), 3);
    assert_int_equal(far("kitten", "sitting", 3), 3);
    assert_int_equal(far("a", "zzzzzzzz", 3), 4);
    assert_int_equal(far("abc", "abd", 0), 1);
    assert_int_equal(far("abc", "abc", -1), 0);
    assert_int_equal(far("abc", "xyz", INT64_MAX), 3);
}

static int64_t min3(int64_t a, int64_t b, int64_t c)
{
    int64_t low = a < b ? a : b;

    return low < c ? low : c;
}

static int64_t whole_table(const char *a, const char *b)
{
    int64_t d[16][16];
    int na = (int)strlen(a), nb = (int)strlen(b);

    for (int i = 0; i <= na; i++)
        for (int j = 0; j <= nb; j++) {
            if (i == 0 || j == 0) {
                d[i][j] = i + j;
                continue;
            }
            d[i][j] =
                min3(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < d[i][j])
                d[i][j] = d[i - 2][j - 2] + 1;
        }
    return d[na][nb];
}

/* tend_text_distance: the band agrees with the full table, for every limit */
static void band_agrees(void **state)
{
    (void)state;
    uint32_t seed = 12345;

    for (int round = 0; round < 20000; round++) {
        char word[2][16];

        for (int w = 0; w < 2; w++) {
            seed = seed * 1664525u + 1013904223u;
            int len = (int)(seed >> 24) % 10;
            for (int i = 0; i < len; i++) {
                seed = seed * 1664525u + 1013904223u;
                word[w][i] = (char)('a' + (seed >> 24) % 3);
            }
            word[w][len] = '\0';
        }
        int64_t truth = whole_table(word[0], word[1]), most = round % 8;
        int64_t expected = truth > most ? most + 1 : truth;
        if (far(word[0], word[1], most) != expected)
            fail_msg("%s to %s within %d: %d, not %d", word[0], word[1], (int)most,
                     (int)far(word[0], word[1], most), (int)expected);
    }
}

/* tend_text_nearest */
static void did_you_mean(void **state)
{
    (void)state;
    static const char *const words[] = { "import", "export", "list", "log", "Europe/Vienna", NULL };
    static const char *const none[] = { NULL };

    assert_string_equal(tend_text_nearest(TEND_TEXT("improt"), words), "import");
    assert_string_equal(tend_text_nearest(TEND_TEXT("IMPORT"), words), "import");
    assert_string_equal(tend_text_nearest(TEND_TEXT("exprot"), words), "export");
    assert_string_equal(tend_text_nearest(TEND_TEXT("lst"), words), "list");
    assert_string_equal(tend_text_nearest(TEND_TEXT("lg"), words), "log");
    assert_string_equal(tend_text_nearest(TEND_TEXT("europe/viena"), words), "Europe/Vienna");
    assert_null(tend_text_nearest(TEND_TEXT("xyz"), words));
    assert_null(tend_text_nearest(TEND_TEXT("lxxt"), words)); /* 4 letters: 1 at most */
    assert_null(tend_text_nearest(TEND_TEXT(""), words));
    assert_null(tend_text_nearest(TEND_TEXT("list"), none));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(distances),
    cmocka_unit_test(limit_holds),
    cmocka_unit_test(band_agrees),
    cmocka_unit_test(did_you_mean),
};

CHECK_MAIN(tests)
