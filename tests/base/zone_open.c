/* Zones by name: the cache, what a wrong name is answered with, the own zone. */
#include "base/zone.h"
#include "check.h"
#include <stdio.h>
#include <unistd.h>

static void check_error(const char *name, tend_status code, const char *text)
{
    const struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };

    assert_int_equal(tend_zone_open(name, &zone, &err), code);
    assert_int_equal(err.code, code);
    assert_null(zone);
    assert_string_equal(err.text, text);
}

/* tend_zone_open, tend_zone_name */
static void zones_are_kept(void **state)
{
    (void)state;
    const struct tend_zone *first = NULL, *second = NULL, *other = NULL;
    struct tend_error err = { 0 };

    assert_int_equal(tend_zone_open("Europe/Vienna", &first, &err), TEND_OK);
    assert_int_equal(tend_zone_open("Europe/Vienna", &second, &err), TEND_OK);
    assert_int_equal(tend_zone_open("America/Port-au-Prince", &other, &err), TEND_OK);
    assert_ptr_equal(first, second);
    assert_ptr_not_equal(first, other);
    assert_string_equal(tend_zone_name(first), "Europe/Vienna");
    assert_int_equal(tend_zone_open("Etc/GMT+5", &other, &err), TEND_OK);
    assert_int_equal(tend_zone_offset(other, 0), -5 * 3600);
}

/* tend_zone_open: names that are nearly right */
static void wrong_names(void **state)
{
    (void)state;
    check_error("vienna", TEND_NOT_FOUND,
                "there is no time zone vienna; did you mean Europe/Vienna?");
    check_error("Viena", TEND_NOT_FOUND,
                "there is no time zone Viena; did you mean Europe/Vienna?");
    check_error("Europe/Vinna", TEND_NOT_FOUND,
                "there is no time zone Europe/Vinna; did you mean Europe/Vienna?");
    check_error("new york", TEND_NOT_FOUND,
                "there is no time zone new york; did you mean America/New_York?");
    check_error("Nowhere/Atall", TEND_NOT_FOUND,
                "there is no time zone Nowhere/Atall; expected a name like Europe/Vienna");
    check_error("", TEND_NOT_FOUND, "there is no time zone ; expected a name like Europe/Vienna");
    check_error("Europe", TEND_NOT_FOUND,
                "there is no time zone Europe; expected a name like Europe/Vienna");
}

/* tend_zone_open: no way out of the folder */
static void paths_are_refused(void **state)
{
    (void)state;
    check_error("/etc/passwd", TEND_INVALID,
                "a time zone is a name like Europe/Vienna, not the path /etc/passwd");
    check_error("Europe/../../../../etc/passwd", TEND_INVALID,
                "a time zone is a name like Europe/Vienna, not the path "
                "Europe/../../../../etc/passwd");
    check_error("..", TEND_INVALID, "a time zone is a name like Europe/Vienna, not the path ..");
    check_error("zone.tab", TEND_NOT_FOUND,
                "there is no time zone zone.tab; expected a name like Europe/Vienna");
}

/* tend_zone_open: TZDIR names an empty folder; UTC needs none */
static void without_zone_files(void **state)
{
    (void)state;
    const struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };

    setenv("TZDIR", "/nonexistent", 1);
    check_error("Europe/Rome", TEND_NOT_FOUND,
                "there is no time zone Europe/Rome: /nonexistent holds no zone files");
    assert_int_equal(tend_zone_open("UTC", &zone, &err), TEND_OK);
    assert_string_equal(tend_zone_name(zone), "UTC");
    assert_int_equal(tend_zone_offset(zone, 0), 0);
    unsetenv("TZDIR");
}

/* tend_zone_local_name */
static void the_own_zone(void **state)
{
    (void)state;
    const struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };

    setenv("TZ", "Asia/Tokyo", 1);
    assert_string_equal(tend_zone_local_name(), "Asia/Tokyo");
    setenv("TZ", ":Asia/Kathmandu", 1);
    assert_string_equal(tend_zone_local_name(), "Asia/Kathmandu");
    setenv("TZ", "/usr/share/zoneinfo/Europe/Rome", 1);
    assert_string_equal(tend_zone_local_name(), "Europe/Rome");
    setenv("TZ", "", 1);
    assert_string_equal(tend_zone_local_name(), "UTC");
    unsetenv("TZ");
    const char *machine = tend_zone_local_name();
    assert_int_equal(tend_zone_open(machine, &zone, &err), TEND_OK);
    /* a rule is no name: the machine's own answers */
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    assert_string_equal(tend_zone_local_name(), machine);
    unsetenv("TZ");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(zones_are_kept),    cmocka_unit_test(wrong_names),
    cmocka_unit_test(paths_are_refused), cmocka_unit_test(without_zone_files),
    cmocka_unit_test(the_own_zone),
};

CHECK_MAIN_ZONES(tests)
