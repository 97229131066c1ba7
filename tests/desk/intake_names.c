/* Names of an import. Covers tend_intake_names. */
#include "intake_world.h"

static const char *const list = "Name,E-mail,Country\n\"LEE, ANN\",ann@example.com,\n"
                                "JAN VAN DER BERG,jan@example.com,\nmaria mcdonald,,\n"
                                "Dr. Eva Moser,,\nNagy Anna,,HU\n";

static void as_people_are_called(void **state)
{
    struct intake_world w;
    const char *path;

    (void)state;
    intake_world_open(&w);
    path = intake_world_file(&w, "list.csv", list);
    intake_world_take(&w, path);
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source list\n"
                      "  email ann@example.com = ann@example.com\n  name.typed LEE, ANN\n"
                      "person Jan van der Berg\n  given Jan\n  family van der Berg\n  source list\n"
                      "  email jan@example.com = jan@example.com\n"
                      "  name.typed JAN VAN DER BERG\n"
                      "person Maria McDonald\n  given Maria\n  family McDonald\n  source list\n"
                      "  name.typed maria mcdonald\n"
                      "person Dr. Eva Moser\n  given Eva\n  family Moser\n  source list\n"
                      "person Nagy Anna\n  given Anna\n  family Nagy\n  source list\n"
                      "  region HU\n  csv.Country HU\n");
    intake_world_take(&w, path);
    assert_counts(&w, "read 5 added 0 updated 0 unchanged 5 rejected 0");
    intake_world_close(&w);
}

static void given_and_family(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    intake_world_take(&w, intake_world_file(&w, "list.csv",
                                            "First Name,Last Name\nANN,VAN DYKE\nDJ,Miller\n"));
    assert_people(&w, "person Ann van Dyke\n  given Ann\n  family van Dyke\n  source list\n"
                      "  name.typed ANN VAN DYKE\n"
                      "person DJ Miller\n  given DJ\n  family Miller\n  source list\n");
    intake_world_close(&w);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_people_are_called),
        cmocka_unit_test(given_and_family),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    intake_world_plugin(argc > 1 ? argv[1] : NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
