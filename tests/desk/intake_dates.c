/* Dates of an import. Covers tend_intake_dates, tend_intake_dates_tell. */
#include "intake_world.h"

static void import(struct intake_world *w, const char *region, const char *file)
{
    struct tend_intake_ask ask = { .match = true, .region = tend_text_of(region) };

    ask.path = intake_world_file(w, "list.csv", file);
    assert_int_equal(intake_world_import(w, &ask), TEND_OK);
}

static void the_column_tells(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    import(&w, "AT", "Name,Birthday\nAnn Lee,3/4/1990\nBob Ray,3/15/1985\nCid Day,1990-05-06\n");
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source list\n"
                      "  birthday 1990-03-04\n  birthday.typed 3/4/1990\n"
                      "person Bob Ray\n  given Bob\n  family Ray\n  source list\n"
                      "  birthday 1985-03-15\n  birthday.typed 3/15/1985\n"
                      "person Cid Day\n  given Cid\n  family Day\n  source list\n"
                      "  birthday 1990-05-06\n");
    assert_non_null(strstr(w.warnings.at, "birthday: dates are read as month/day/year"));
    import(&w, "AT", "Name,Birthday\nAnn Lee,3/4/1990\nBob Ray,3/15/1985\nCid Day,1990-05-06\n");
    assert_counts(&w, "read 3 added 0 updated 0 unchanged 3 rejected 0");
    intake_world_close(&w);
}

static void the_region_tells(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    import(&w, "AT", "Name,Birthday\nAnn Lee,3/4/1990\n");
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source list\n"
                      "  birthday 1990-04-03\n  birthday.typed 3/4/1990\n");
    assert_non_null(strstr(w.warnings.at, "birthday: dates are read as day/month/year"));
    intake_world_close(&w);
}

static void nobody_tells(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    import(&w, "", "Name,Birthday\nAnn Lee,3/4/1990\nBob Ray,7-Feb-62\n");
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source list\n"
                      "  birthday 3/4/1990\n"
                      "person Bob Ray\n  given Bob\n  family Ray\n  source list\n"
                      "  birthday 1962-02-07\n  birthday.typed 7-Feb-62\n");
    assert_non_null(strstr(w.warnings.at, "birthday: 1 value is left as typed, such as "
                                          "\"3/4/1990\": day or month first? see --region"));
    intake_world_close(&w);
}

static void in_either_order(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    import(&w, "US",
           "Name,Birthday\nAnn Lee,3/4/1990\nBob Ray,3/15/1985\nCid Day,15/3/1985\nDan Fox,32947\n");
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source list\n"
                      "  birthday 3/4/1990\n"
                      "person Bob Ray\n  given Bob\n  family Ray\n  source list\n"
                      "  birthday 1985-03-15\n  birthday.typed 3/15/1985\n"
                      "person Cid Day\n  given Cid\n  family Day\n  source list\n"
                      "  birthday 1985-03-15\n  birthday.typed 15/3/1985\n"
                      "person Dan Fox\n  given Dan\n  family Fox\n  source list\n"
                      "  birthday 32947\n");
    assert_non_null(strstr(w.warnings.at, "other dates have day and month in either order"));
    intake_world_close(&w);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_column_tells),
        cmocka_unit_test(the_region_tells),
        cmocka_unit_test(nobody_tells),
        cmocka_unit_test(in_either_order),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    intake_world_plugin(argc > 1 ? argv[1] : NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
