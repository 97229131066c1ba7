/* Likeness of two texts: edits held against the full table, the other measures
 * against known cases. */
#include "base/likeness.h"
#include "base/text.h"
#include "check.h"

static int32_t edits(const char *a, const char *b)
{
    return tend_like_edits(tend_text_of(a), tend_text_of(b));
}

/* tend_like_edits */
static void slips_of_the_hand(void **state)
{
    (void)state;
    assert_int_equal(edits("", ""), 0);
    assert_int_equal(edits("", "abc"), 3);
    assert_int_equal(edits("abc", ""), 3);
    assert_int_equal(edits("smith", "smith"), 0);
    assert_int_equal(edits("smith", "smyth"), 1);
    assert_int_equal(edits("smith", "smiht"), 1);
    assert_int_equal(edits("smith", "smth"), 1);
    assert_int_equal(edits("kitten", "sitting"), 3);
    assert_int_equal(edits("ca", "abc"), 3);    /* no piece is edited twice */
}

static int32_t table(const char *a, int32_t n, const char *b, int32_t m)
{
    static int32_t d[TEND_LIKE_MOST + 1][TEND_LIKE_MOST + 1];

    for (int32_t i = 0; i <= n; i++)
        for (int32_t j = 0; j <= m; j++) {
            int32_t best = i == 0 ? j : i;

            if (i > 0 && j > 0) {
                best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
                best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                    d[i - 2][j - 2] + 1 < best)
                    best = d[i - 2][j - 2] + 1;
            }
            d[i][j] = best;
        }
    return d[n][m];
}

static void edits_are_those_of_the_full_table(void **state)
{
    uint32_t random = 1;

    (void)state;
    for (int32_t round = 0; round < 4000; round++) {
        char text[2][TEND_LIKE_MOST];
        int32_t len[2];

        for (int32_t t = 0; t < 2; t++) {
            random = random * 1664525 + 1013904223;
            len[t] = (int32_t)((random >> 16) % (round % 8 == 0 ? TEND_LIKE_MOST + 1 : 9));
            for (int32_t i = 0; i < len[t]; i++) {
                random = random * 1664525 + 1013904223;
                text[t][i] = (char)("ab\xc3z"[random >> 30]);
            }
        }
        assert_int_equal(tend_like_edits((struct tend_text){ text[0], len[0] },
                                         (struct tend_text){ text[1], len[1] }),
                         table(text[0], len[0], text[1], len[1]));
    }
}

static void what_is_long_is_cut(void **state)
{
    char a[200], b[200];

    (void)state;
    memset(a, 'x', sizeof a);
    memset(b, 'x', sizeof b);
    b[150] = 'y';
    assert_int_equal(tend_like_edits((struct tend_text){ a, 200 }, (struct tend_text){ b, 200 }),
                     0);
    b[10] = 'y';
    assert_int_equal(tend_like_edits((struct tend_text){ a, 200 }, (struct tend_text){ b, 200 }),
                     1);
}

/* tend_like_share */
static void share_of_what_stays(void **state)
{
    (void)state;
    assert_float_equal(tend_like_share(TEND_TEXT(""), TEND_TEXT("")), 1, 1e-9);
    assert_float_equal(tend_like_share(TEND_TEXT("abcd"), TEND_TEXT("abxd")), 0.75, 1e-9);
    assert_float_equal(tend_like_share(TEND_TEXT("abc"), TEND_TEXT("")), 0, 1e-9);
}

/* tend_like_winkler */
static void published_cases_of_winkler(void **state)
{
    (void)state;
    assert_float_equal(tend_like_winkler(TEND_TEXT("martha"), TEND_TEXT("marhta")), 0.9611, 1e-4);
    assert_float_equal(tend_like_winkler(TEND_TEXT("dwayne"), TEND_TEXT("duane")), 0.84, 1e-4);
    assert_float_equal(tend_like_winkler(TEND_TEXT("dixon"), TEND_TEXT("dicksonx")), 0.8133, 1e-4);
    assert_float_equal(tend_like_winkler(TEND_TEXT("abc"), TEND_TEXT("xyz")), 0, 1e-9);
    assert_float_equal(tend_like_winkler(TEND_TEXT(""), TEND_TEXT("")), 0, 1e-9);
}

/* tend_like_words */
static void words_in_any_order(void **state)
{
    struct tend_like_words like;

    (void)state;
    like = tend_like_words(TEND_TEXT("12 elm street"), TEND_TEXT("elm street 12"));
    assert_float_equal(like.shorter, 1, 1e-9);
    assert_float_equal(like.longer, 1, 1e-9);
    assert_int_equal(like.numbers, 1);
    assert_true(like.whole);
    like = tend_like_words(TEND_TEXT("elm street 12"), TEND_TEXT("elm street 14"));
    assert_int_equal(like.numbers, -1);
    assert_false(like.whole);
    like = tend_like_words(TEND_TEXT("elm"), TEND_TEXT("elm street 14"));
    assert_float_equal(like.shorter, 1, 1e-9);
    assert_true(like.longer < 0.4);
    assert_int_equal(like.numbers, 0);
    like = tend_like_words(TEND_TEXT(""), TEND_TEXT("elm"));
    assert_float_equal(like.shorter, 0, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slips_of_the_hand),
        cmocka_unit_test(edits_are_those_of_the_full_table),
        cmocka_unit_test(what_is_long_is_cut),
        cmocka_unit_test(share_of_what_stays),
        cmocka_unit_test(published_cases_of_winkler),
        cmocka_unit_test(words_in_any_order),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
