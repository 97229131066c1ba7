/* The zones of a country, from the list beside the zone files. */
#include "check.h"
#include "base/text.h"
#include "base/zone.h"

static void test_countries(void **state)
{
    const struct tend_zone *zones[40];
    int64_t n;

    (void)state;
    assert_int_equal(tend_zone_of_country(TEND_TEXT("AT"), zones, 40), 1);
    assert_string_equal(tend_zone_name(zones[0]), "Europe/Vienna");
    assert_int_equal(tend_zone_of_country(TEND_TEXT("jp"), zones, 40), 1);
    assert_string_equal(tend_zone_name(zones[0]), "Asia/Tokyo");
    n = tend_zone_of_country(TEND_TEXT("US"), zones, 40);
    assert_true(n > 10 && n < 40);
    assert_string_equal(tend_zone_name(zones[0]), "America/New_York");
    assert_int_equal(tend_zone_of_country(TEND_TEXT("US"), zones, 3), 3);
}

static void test_none(void **state)
{
    const struct tend_zone *zones[4];

    (void)state;
    assert_int_equal(tend_zone_of_country(TEND_TEXT("XX"), zones, 4), 0);
    assert_int_equal(tend_zone_of_country(TEND_TEXT("#c"), zones, 4), 0);
    assert_int_equal(tend_zone_of_country(TEND_TEXT(""), zones, 4), 0);
    assert_int_equal(tend_zone_of_country(TEND_TEXT("AUT"), zones, 4), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_countries),
                                        cmocka_unit_test(test_none) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
