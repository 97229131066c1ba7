/* The folded form: what search and matching see. */
#include "base/text.h"
#include "base/utf8.h"
#include "check.h"

static void check_fold(const char *from, const char *expected)
{
    struct tend_arena arena = { 0 };
    struct tend_text once = tend_text_fold(&arena, tend_text_of(from));

    check_text(once, expected);
    check_text(tend_text_fold(&arena, once), expected);
    tend_arena_finish(&arena);
}

/* tend_text_fold: ASCII */
static void ascii_is_lowered(void **state)
{
    (void)state;
    check_fold("", "");
    check_fold("Ann LEE @[`{ 09", "ann lee @[`{ 09");
    check_fold("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz");
}

/* tend_text_fold: the letters that its header names */
static void letters_of_europe(void **state)
{
    (void)state;
    check_fold("Zoë Ängström", "zoe angstrom");
    check_fold("STRAẞE straße", "strasse strasse");
    check_fold("Søren ØRSTED", "soren orsted");
    check_fold("Łódź", "lodz");
    check_fold("Đặng Văn Đức", "dang van duc");
    check_fold("Æsop Œuvre Þór Guðrún", "aesop oeuvre thor gudrun");
    check_fold("İstanbul Yıldız Ħal", "istanbul yildiz hal");
    check_fold("ΟΔΥΣΣΕΎΣ", "οδυσσευσ");
    check_fold("Ёлкин Й", "елкин и");
}

/* tend_text_fold: composed and decomposed, wide and ligatures, unseen characters */
static void same_text_same_fold(void **state)
{
    (void)state;
    check_fold("Zoe\xCC\x88", "zoe");
    check_fold("ﬁﬂ Ａｎｎ １２ ①", "fifl ann 12 1");
    check_fold("so\xC2\xAD"
               "ft\xE2\x80\x8B hy\xE2\x80\x8Dphen",
               "soft hyphen");
    check_fold("non\xC2\xA0"
               "breaking",
               "non breaking");
    check_fold("مُحَمَّد", "محمد");
    check_fold("שָׁלוֹם", "שלום");
}

/* tend_text_fold: writing whose marks are letters keeps them */
static void other_scripts_stay_readable(void **state)
{
    (void)state;
    check_fold("हिन्दी", "हिन्दी");
    check_fold("สวัสดี", "สวัสดี");
    check_fold("한국어", "한국어");
    check_fold("ガギ", "ガギ");
    check_fold("ｶﾞ", "ガ");
    check_fold("漢字", "漢字");
}

/* tend_text_fold: broken UTF-8 */
static void broken_bytes_are_replaced(void **state)
{
    (void)state;
    check_fold("A\xFFZ", "a\xEF\xBF\xBDz");
    check_fold("\xE2\x82", "\xEF\xBF\xBD");
}

/* tend_text_fold: longer than its first room, and the longest single expansion */
static void long_texts(void **state)
{
    (void)state;
    struct tend_arena arena = { 0 };
    struct tend_buffer from = { 0 };
    struct tend_text folded;

    for (int i = 0; i < 5000; i++)
        tend_buffer_adds(&from, "É\xEF\xB7\xBA");
    folded = tend_text_fold(&arena, tend_buffer_text(&from));
    assert_true(tend_text_valid(folded));
    assert_int_equal(folded.len % 5000, 0);
    assert_memory_equal(folded.at, folded.at + folded.len / 5000, (size_t)(folded.len / 5000));
    tend_buffer_finish(&from);
    tend_arena_finish(&arena);
}

/* tend_text_fold: every character alone gives UTF-8 that folds to itself */
static void every_character(void **state)
{
    (void)state;
    struct tend_arena arena = { 0 };
    int64_t moved = 0;

    for (int32_t code = 1; code <= 0x10FFFF; code++) {
        char bytes[4];
        struct tend_text once, twice;

        if (code >= 0xD800 && code <= 0xDFFF)
            continue;
        once = tend_text_fold(&arena, (struct tend_text){ bytes, tend_utf8_put(bytes, code) });
        twice = tend_text_fold(&arena, once);
        if (!tend_text_valid(once))
            fail_msg("U+%04X folds to broken bytes", (unsigned)code);
        moved += !tend_text_eq(once, twice);
        tend_arena_reset(&arena);
    }
    assert_int_equal(moved, 0);
    tend_arena_finish(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(ascii_is_lowered),          cmocka_unit_test(letters_of_europe),
    cmocka_unit_test(same_text_same_fold),       cmocka_unit_test(other_scripts_stay_readable),
    cmocka_unit_test(broken_bytes_are_replaced), cmocka_unit_test(long_texts),
    cmocka_unit_test(every_character),
};

CHECK_MAIN(tests)
