/* Exports as real programs write them, where they are at hand: everything comes
 * in right, a second time changes nothing, undo and redo are exact.
 * Covers tend_intake_run with tend_store_undo and tend_store_redo. */
#include "../needs.h"
#include "intake_world.h"
#include <unistd.h>

#define REAL TEND_ROOT "/../shared/data/export_headers/"

static bool missing(void)
{
    return access(REAL "google_contacts_new.csv", R_OK) != 0;
}

/* Imports, compares, imports again, undoes, redoes. */
static void check_file(const char *file, const char *counts, const char *again, const char *people)
{
    struct intake_world w;
    struct tend_undo undo;
    const char *path;
    uint64_t before, after;
    tend_id batch;

    intake_world_open(&w);
    path = tend_arena_printf(&w.arena, REAL "%s", file);
    before = intake_world_sum(&w);
    intake_world_take(&w, path);
    batch = w.batch;
    after = intake_world_sum(&w);
    assert_counts(&w, counts);
    assert_people(&w, people);
    intake_world_take(&w, path);
    assert_counts(&w, again);
    assert_true(intake_world_sum(&w) == after);
    assert_int_equal(tend_store_undo(w.store, batch, 1, false, &w.arena, &undo), TEND_OK);
    assert_int_equal(undo.n_conflicts, 0);
    assert_true(intake_world_sum(&w) == before);
    assert_int_equal(tend_store_redo(w.store, 1, false, &w.arena, &undo), TEND_OK);
    assert_true(intake_world_sum(&w) == after);
    intake_world_close(&w);
}

static void google_before_2023(void **state)
{
    (void)state;
    check_file(
        "google_contacts_old.csv", "read 1 added 1 updated 0 unchanged 0 rejected 0",
        "read 1 added 0 updated 0 unchanged 1 rejected 0",
        "person Prefix Firstname Middle Lastname Suffix\n"
        "  given Firstname\n"
        "  family Lastname\n"
        "  source Google Contacts\n"
        "  email home@aaa.pl = home@aaa.pl (Home)\n"
        "  email work@email.pl = work@email.pl (Work)\n"
        "  email unknown@email.com = unknown@email.com\n"
        "  email other@email.com = other@email.com (Other)\n"
        "  phone pager (Pager)\n"
        "  phone mainphone (Main)\n"
        "  phone homephone (Home)\n"
        "  phone homefax (Home Fax)\n"
        "  phone mobile (Mobile)\n"
        "  phone workphone (Work)\n"
        "  phone workfax (Work Fax)\n"
        "  url test.com = test.com (Profile)\n"
        "  url home.page.com = home.page.com (Home Page)\n"
        "  address home_street, home_pobox, home_city, home_state home_zip, home_country (Home)\n"
        "  address work_street, work_city work_zip, work_country (Work)\n"
        "  birthday 1975-12-12\n"
        "  csv.prefix Prefix\n"
        "  csv.suffix Suffix\n"
        "  nickname nick\n"
        "  organisation company\n"
        "  relation.spouse spouse\n"
        "  title jobtitle\n"
        "  tag Test\n"
        "  note note\"note\n");
}

static void google_new(void **state)
{
    (void)state;
    check_file("google_contacts_new.csv", "read 1 added 1 updated 0 unchanged 0 rejected 0",
               "read 1 added 0 updated 0 unchanged 1 rejected 0",
               "person Grace Brewster Hopper\n"
               "  given Grace\n"
               "  family Hopper\n"
               "  source Google Contacts\n"
               "  email grace@navy.example = grace@navy.example (Work)\n"
               "  email grace@example.com = grace@example.com (Other)\n"
               "  phone +1 555 0199 (Mobile)\n"
               "  url https://example.com/grace = example.com/grace\n"
               "  address 1 Main St, Suite 4, Arlington, VA 22201, USA (Work)\n"
               "  birthday 1906-12-09\n"
               "  nickname Amazing Grace\n"
               "  organisation US Navy\n"
               "  title Rear Admiral\n"
               "  tag Navy\n");
}

static void linkedin(void **state)
{
    (void)state;
    check_file("linkedin_connections.csv", "read 3 added 2 updated 0 unchanged 0 rejected 1",
               "read 3 added 0 updated 0 unchanged 2 rejected 1",
               "person Ada Lovelace\n"
               "  given Ada\n"
               "  family Lovelace\n"
               "  source LinkedIn connections\n"
               "  email ada@example.com = ada@example.com\n"
               "  url https://www.linkedin.com/in/ada-example = linkedin.com/in/ada-example\n"
               "  id linkedin/https://www.linkedin.com/in/ada-example = "
               "csv:linkedin/https://www.linkedin.com/in/ada-example\n"
               "  csv.Connected On 28 Sep 2026\n"
               "  organisation Acme, Inc.\n"
               "  title Engineering Manager\n"
               "person Grace Hopper\n"
               "  given Grace\n"
               "  family Hopper\n"
               "  source LinkedIn connections\n"
               "  url https://www.linkedin.com/in/grace-example = linkedin.com/in/grace-example\n"
               "  id linkedin/https://www.linkedin.com/in/grace-example = "
               "csv:linkedin/https://www.linkedin.com/in/grace-example\n"
               "  csv.Connected On 03 Jan 2019\n"
               "  organisation Globex\n"
               "  title Engineer\n");
}

static void facebook_in_utf16(void **state)
{
    struct intake_world w;
    struct tend_text people;

    (void)state;
    intake_world_open(&w);
    intake_world_take(&w, REAL "facebook_lead_ads_utf16le.csv");
    assert_counts(&w, "read 2 added 2 updated 0 unchanged 0 rejected 0");
    assert_string_equal(w.done.layout, "Facebook lead ads");
    people = intake_world_people(&w);
    assert_non_null(strstr(people.at, "person Søren Ærø\n"));
    assert_non_null(strstr(people.at, "  phone +447700900123 = +447700900123\n"));
    intake_world_close(&w);
}

static void outlook_in_cp1252(void **state)
{
    struct intake_world w;
    struct tend_text people;

    (void)state;
    intake_world_open(&w);
    intake_world_take(&w, REAL "outlook_desktop_cp1252.csv");
    assert_counts(&w, "read 1 added 1 updated 0 unchanged 0 rejected 0");
    people = intake_world_people(&w);
    assert_non_null(strstr(people.at, "person Jürgen Müller\n"));
    assert_non_null(strstr(people.at, "  organisation Beispiel GmbH & Co. KG\n"));
    assert_non_null(strstr(people.at, "  address Hauptstraße 1, 2. OG (work)\n"));
    assert_null(strstr(people.at, "Unspecified"));
    intake_world_close(&w);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(google_before_2023), cmocka_unit_test(google_new),
        cmocka_unit_test(linkedin),           cmocka_unit_test(facebook_in_utf16),
        cmocka_unit_test(outlook_in_cp1252),
    };

    CHECK_ALL_NEED("../shared/data", !missing());
    cmocka_set_message_output(CM_OUTPUT_TAP);
    intake_world_plugin(argc > 1 ? argv[1] : NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
