/* Names that were surely typed otherwise than they are written. Covers
 * tend_name_turned, tend_name_one_case, tend_name_recased. */
#include "world.h"

static struct tend_arena arena;

static void turns(const char *typed, const char *expected)
{
    struct tend_text text = tend_name_turned(&arena, tend_text_of(typed));

    if (!tend_text_is(text, expected))
        print_message("# %s: %.*s, not %s\n", typed, TEND_FMT(text), expected);
    assert_true(tend_text_is(text, expected));
}

static void recases(const char *typed, const char *expected)
{
    struct tend_text text;

    assert_true(tend_name_one_case(tend_text_of(typed)));
    text = tend_name_recased(&arena, tend_text_of(typed), false);
    if (!tend_text_is(text, expected))
        print_message("# %s: %.*s, not %s\n", typed, TEND_FMT(text), expected);
    assert_true(tend_text_is(text, expected));
}

static void test_turned(void **state)
{
    (void)state;
    turns("Lee, Ann", "Ann Lee");
    turns("Lee,Ann Marie", "Ann Marie Lee");
    turns("Lee, Ann, MD", "Ann Lee, MD");
    turns("van Dyke, Dr. Ann", "Dr. Ann van Dyke");
    turns("Ann Lee", "Ann Lee");
    turns("Ann Lee, MD", "Ann Lee, MD");
    turns("Acme, Inc.", "Acme, Inc.");
    turns("Lee,", "Lee,");
    turns(",Ann", ",Ann");
}

static void test_recased(void **state)
{
    (void)state;
    recases("ANN LEE", "Ann Lee");
    recases("ann lee", "Ann Lee");
    recases("JAN VAN DER BERG", "Jan van der Berg");
    recases("RONALD MCDONALD", "Ronald McDonald");
    recases("kevin o'brien", "Kevin O'Brien");
    recases("CHARLES D'ARBOIS", "Charles D'Arbois");
    recases("ANN SMITH-LEE", "Ann Smith-Lee");
    recases("JEAN-LUC MOREAU", "Jean-Luc Moreau");
    recases("J.R. LEE", "J.R. Lee");
    recases("j. lee", "J. Lee");
    recases("PETER LEE III", "Peter Lee III");
    recases("PETER LEE JR", "Peter Lee Jr");
    recases("ANN LEE MD", "Ann Lee MD");
    recases("ANN LEE PHD", "Ann Lee PhD");
    recases("DJ MILLER", "DJ Miller");
    recases("ED MILLER", "Ed Miller");
    recases("OMAR AL MASRI", "Omar Al Masri");
    recases("MARIA DE LA CRUZ", "Maria de La Cruz");
    recases("JÖRG MÜLLER", "Jörg Müller");
    recases("łukasz żak", "Łukasz Żak");
    recases("ИВАН ПЕТРОВ", "Иван Петров");
    recases("ŽELJKO ČOLIĆ", "Željko Čolić");
    recases("ANN & BOB LEE", "Ann & Bob Lee");
}

static void test_left(void **state)
{
    static const char *const fine[] = { "Ann Lee", "Ann LEE", "IBM",   "ann",        "J R",
                                        "",        "王小明",  "IŞIK AĞ", "ΑΝΝΑ ΠΑΠΠΑ", "ANN 2 LEE",
                                        "ann lee@example.com", "McDonald Ann" };
    struct tend_text family;

    (void)state;
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
        assert_false(tend_name_one_case(tend_text_of(fine[i])));
    family = tend_name_recased(&arena, TEND_TEXT("VAN DER BERG"), true);
    assert_true(tend_text_is(family, "van der Berg"));
    tend_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_turned),
        cmocka_unit_test(test_recased),
        cmocka_unit_test(test_left),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
