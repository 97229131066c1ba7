/* Keys of telephone numbers. Covers tend_normal_phone, tend_normal_phone_key,
 * tend_normal_phone_why, tend_region_find, tend_region_calling, tend_region_of. */
#include "desk/normal.h"
#include "desk/region.h"
#include "../needs.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static void key_is(const char *typed, const char *region, const char *expected)
{
    char key[TEND_PHONE_KEY] = "";
    bool has = tend_normal_phone_key(tend_text_of(typed), tend_text_of(region), key);

    assert_int_equal(has, expected[0] != '\0');
    assert_string_equal(has ? key : "", expected);
}

static void international(void **state)
{
    (void)state;
    key_is("+43 664 555 12 34", "", "+436645551234");
    key_is("+43 664 555 12 34", "US", "+436645551234");
    key_is("0043 664 5551234", "", "+436645551234");
    key_is("011 44 20 7946 0000", "US", "+442079460000");
    key_is("+49 (0)887 9335754", "", "+498879335754");
    key_is("+44 020 7946 0000", "", "+442079460000");
    key_is("+39 (0)6 5551234", "", "+39065551234");
    key_is("+36 06 20 555 1234", "", "+36205551234");
    key_is("+52 1 55 1234 5678", "", "+525512345678");
    key_is("+999 555 1234", "", "");
    key_is("+43 1", "AT", "");
    key_is("+1 212 555 01030", "", "");
    key_is("+44 20 7946 00000", "", "");
}

static void national(void **state)
{
    (void)state;
    key_is("0664/555 12 34", "AT", "+436645551234");
    key_is("(212) 555-0103", "US", "+12125550103");
    key_is("1-800-555-0199", "ca", "+18005550199");
    key_is("555-0103", "US", "");
    key_is("00 1 212 555 010", "AT", "");
    key_is("43 664 5551234", "AT", "+436645551234");
    key_is("0549 886377", "SM", "+3780549886377");
    key_is("886377", "SM", "+3780549886377");
    key_is("8 (912) 555-12-34", "RU", "+79125551234");
    key_is("06 20 555 1234", "HU", "+36205551234");
    key_is("06 555 1234", "IT", "+39065551234");
    key_is("8 612 34567", "LT", "+37061234567");
    key_is("8 029 555 12 34", "BY", "+375295551234");
    key_is("044 55 1234 5678", "MX", "+525512345678");
    key_is("0 11 15 5555 5555", "AR", "+5491155555555");
    key_is("0 21 11 95555 1234", "BR", "+5511955551234");
    key_is("33612345678", "FR", "+33612345678");
    key_is("612 34 56 78", "FR", "+33612345678");
}

static void unknown_region(void **state)
{
    (void)state;
    key_is("0664 555 1234", "", "06645551234");
    key_is("0664/5551234", "ZZ", "06645551234");
    key_is("12", "", "");
    key_is("n/a", "AT", "");
    key_is("", "AT", "");
}

static void what_stands_around(void **state)
{
    (void)state;
    key_is("Tel. +43 1 555 0001", "", "+4315550001");
    key_is("+43 1 555 0001 ext. 12", "", "+4315550001");
    key_is("+43 1 555 0001 x12", "", "+4315550001");
    key_is("+43 1 555 0001 #12", "", "+4315550001");
    key_is("+43 1 555 0001, +43 1 555 0002", "", "+4315550001");
    key_is("０６６４ ５５５１２３", "AT", "+43664555123");
    key_is("1234567890123456789012345", "", "");
}

static void regions(void **state)
{
    (void)state;
    assert_string_equal(tend_region_find(TEND_TEXT("at"))->calling, "43");
    assert_null(tend_region_find(TEND_TEXT("ZZ")));
    assert_null(tend_region_find(TEND_TEXT("AUT")));
    assert_string_equal(tend_region_calling(TEND_TEXT("12125550103"))->code, "US");
    assert_string_equal(tend_region_calling(TEND_TEXT("4420"))->code, "GB");
    assert_string_equal(tend_region_calling(TEND_TEXT("3906"))->code, "IT");
    assert_null(tend_region_calling(TEND_TEXT("999")));
    assert_null(tend_region_calling(TEND_TEXT("")));
}

static void region_of(void **state)
{
    (void)state;
    assert_string_equal(tend_region_of(TEND_TEXT("14165550103"))->code, "CA");
    assert_string_equal(tend_region_of(TEND_TEXT("12125550103"))->code, "US");
    assert_string_equal(tend_region_of(TEND_TEXT("441534555010"))->code, "JE");
    assert_string_equal(tend_region_of(TEND_TEXT("447911123456"))->code, "GG");
    assert_string_equal(tend_region_of(TEND_TEXT("77015550103"))->code, "KZ");
    assert_string_equal(tend_region_of(TEND_TEXT("3906698"))->code, "VA");
    assert_string_equal(tend_region_of(TEND_TEXT("39066"))->code, "IT");
    assert_string_equal(tend_region_of(TEND_TEXT("1"))->code, "US");
    assert_null(tend_region_of(TEND_TEXT("")));
}

static void why_is(const char *typed, const char *region, const char *expected)
{
    struct tend_buffer why = { 0 };
    bool has = tend_normal_phone_why(tend_text_of(typed), tend_text_of(region), &why);

    assert_int_equal(has, expected[0] != '\0');
    assert_string_equal(has ? why.at : "", expected);
    tend_buffer_finish(&why);
}

static void reasons(void **state)
{
    (void)state;
    why_is("0664 555 1234", "AT", "");
    why_is("0664 555 1234", "", "");
    why_is("555-0103", "US", "too short for US: 7 digits, 10 were expected");
    why_is("0664", "AT", "too short for AT: 3 digits behind the 0, 4 to 13 were expected");
    why_is("+44 20 7946 00000", "", "too long for GB: 11 digits, 7, 9 or 10 were expected");
    why_is("+44 2079 4600", "", "no length that GB has: 8 digits, 7, 9 or 10 were expected");
    why_is("+999 555 1234", "AT", "no country has a calling code that it begins with");
    why_is("n/a", "AT", "it has hardly any digits");
    why_is("0664 555 1234 0664 555 1235 0664", "AT",
           "it has more digits than any number; are there two in it?");
}

/* An example of every kind of number of every country, where the list is at
 * hand: as typed at home, and from abroad. */
static void all_countries(void **state)
{
    FILE *file = fopen(TEND_ROOT "/../shared/data/phones/examples_e164.tsv", "r");
    char line[256], region[8], typed[64], e164[64], key[TEND_PHONE_KEY];
    int32_t n = 0, home = 0, abroad = 0;

    (void)state;
    CHECK_NEEDS("../shared/data", file != NULL);
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%*[^\t]\t%7[^\t]\t%*[^\t]\t%63[^\t]\t%63[^\n]", region, typed, e164) !=
                3 ||
            e164[0] != '+')
            continue;
        n++;
        if (tend_normal_phone_key(tend_text_of(typed), tend_text_of(region), key))
            home += strcmp(key, e164) == 0;
        if (tend_normal_phone_key(tend_text_of(e164), tend_text_of(""), key))
            abroad += strcmp(key, e164) == 0;
    }
    fclose(file);
    print_message("%d numbers: %d right at home, %d from abroad\n", n, home, abroad);
    assert_true(abroad + 1 >= n); /* +1 310-1234 is only dialled in its own city */
    assert_true(home * 1000 >= n * 985); /* the rest has no country, as +800 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(international),  cmocka_unit_test(national),
        cmocka_unit_test(unknown_region), cmocka_unit_test(what_stands_around),
        cmocka_unit_test(regions),        cmocka_unit_test(region_of),
        cmocka_unit_test(reasons),        cmocka_unit_test(all_countries),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
