/* Who is the same person, and what a row adds to somebody who is known.
 * Covers tend_match_create, tend_match_add, tend_match_find, tend_intake_match,
 * tend_intake_remember, tend_intake_add, tend_intake_update. */
#include "desk/intake_parts.h"
#include "intake_world.h"

static void keys_to_persons(void **state)
{
    struct tend_match *match = tend_match_create();
    char name[32];

    (void)state;
    for (int32_t i = 1; i <= 5000; i++) {
        snprintf(name, sizeof name, "key %d", i);
        tend_match_add(match, 'e', tend_text_of(name), TEND_TEXT(""), i);
        tend_match_add(match, 'e', tend_text_of(name), TEND_TEXT(""), 1 + i);
    }
    assert_int_equal(tend_match_find(match, 'e', TEND_TEXT("key 1"), TEND_TEXT("")), 1);
    assert_int_equal(tend_match_find(match, 'e', TEND_TEXT("key 5000"), TEND_TEXT("")), 5000);
    assert_int_equal(tend_match_find(match, 'p', TEND_TEXT("key 1"), TEND_TEXT("")), 0);
    assert_int_equal(tend_match_find(match, 'e', TEND_TEXT("key 5001"), TEND_TEXT("")), 0);
    assert_int_equal(tend_match_find(match, 'e', TEND_TEXT("key 1"), TEND_TEXT("x")), 0);
    tend_match_destroy(match);
}

static void take(struct intake_world *w, const char *text, const char *counts)
{
    intake_world_take(w, intake_world_file(w, "list.csv", text));
    assert_counts(w, counts);
}

static void same_email_or_phone_in_one_file(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    take(&w,
         "Name,E-mail,Phone\nAnn Lee,ann@example.com,\nAnn Lee,Ann@Example.COM,+1 212 555 0101\n"
         "A. Lee,,+1 (212) 555-0101\nBob Ray,bob@example.com,\n",
         "read 4 added 2 updated 2 unchanged 0 rejected 0");
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source list\n"
                      "  email ann@example.com = ann@example.com\n"
                      "  phone +1 212 555 0101 = +12125550101\n  name.also A. Lee\n"
                      "person Bob Ray\n  given Bob\n  family Ray\n  source list\n"
                      "  email bob@example.com = bob@example.com\n");
    intake_world_close(&w);
}

static void what_a_row_adds(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    take(&w, "E-mail,Tags\nann@example.com,Yoga\n",
         "read 1 added 1 updated 0 unchanged 0 rejected 0");
    take(&w,
         "First Name,Last Name,E-mail,Work Email,Tags,Company,Notes,Country\n"
         "Ann,Lee,ann@example.com,ann@work.example,yoga;Tea,Acme,likes tea,at\n",
         "read 1 added 0 updated 1 unchanged 0 rejected 0");
    take(&w, "Home Email,Company\nann@example.com,Acme\n",
         "read 1 added 0 updated 1 unchanged 0 rejected 0");
    take(&w, "Work Email,Company\nANN@example.com,Acme\n",
         "read 1 added 0 updated 0 unchanged 1 rejected 0");
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source list\n  region AT\n"
                      "  email ann@example.com = ann@example.com (home)\n"
                      "  email ann@work.example = ann@work.example (work)\n"
                      "  csv.Country at\n  organisation Acme\n  tag Tea\n  tag Yoga\n"
                      "  note likes tea\n");
    intake_world_close(&w);
}

static void names_alone(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    take(&w, "Name,E-mail\nAnn Lee,\nANN LEE,\nAnn Lee,ann@example.com\n",
         "read 3 added 2 updated 0 unchanged 1 rejected 0");
    take(&w, "Name,E-mail\nAnn Lee,\nAnn Lee,ann@example.com\n",
         "read 2 added 0 updated 0 unchanged 2 rejected 0");
    take(&w, "Name,Source\nAnn Lee,fair\n", "read 1 added 1 updated 0 unchanged 0 rejected 0");
    intake_world_close(&w);
}

static void the_sources_own_id(void **state)
{
    const struct tend_intake_map map[] = { { TEND_TEXT("id"), TEND_TEXT("Nr") } };
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true, .map = map, .n_map = 1 };

    (void)state;
    intake_world_open(&w);
    ask.path = intake_world_file(&w, "a.csv", "Nr,Name\n7,Ann Lee\n8,Ann Lee\n");
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_counts(&w, "read 2 added 2 updated 0 unchanged 0 rejected 0");
    ask.path = intake_world_file(&w, "b.csv", "Nr,Name,E-mail\n7,Ann Huber,ann@example.com\n");
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_counts(&w, "read 1 added 0 updated 1 unchanged 0 rejected 0");
    intake_world_close(&w);
}

static void without_matching_all_are_new(void **state)
{
    struct intake_world w;
    struct tend_intake_ask ask = { .match = false };

    (void)state;
    intake_world_open(&w);
    ask.path =
        intake_world_file(&w, "a.csv", "Name,E-mail\nAnn,ann@example.com\nAnn,ann@example.com\n");
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_counts(&w, "read 2 added 2 updated 0 unchanged 0 rejected 0");
    intake_world_close(&w);
}

/* The e-mail says who it is; a number of somebody who may be the same stays with them. */
static void a_row_that_answers_to_two(void **state)
{
    static const char people[] =
        "person Robert Ray\n  given Robert\n  family Ray\n  source list\n"
        "  phone +1 212 555 0101 = +12125550101\n"
        "person Bob Ray\n  given Bob\n  family Ray\n  source list\n"
        "  email bob@example.com = bob@example.com\n  phone.also +1 212 555 0101\n";
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    take(&w, "Name,E-mail,Phone\nRobert Ray,,+1 212 555 0101\nBob Ray,bob@example.com,\n",
         "read 2 added 2 updated 0 unchanged 0 rejected 0");
    take(&w, "Name,E-mail,Phone\nBob Ray,bob@example.com,+1 212 555 0101\n",
         "read 1 added 0 updated 1 unchanged 0 rejected 0");
    assert_people(&w, people);
    assert_non_null(strstr(w.warnings.at, "line 2 answers to p2 and p3; kept with p3"));
    take(&w, "Name,E-mail,Phone\nBob Ray,bob@example.com,+1 212 555 0101\n",
         "read 1 added 0 updated 0 unchanged 1 rejected 0");
    assert_people(&w, people);
    intake_world_close(&w);
}

static void many_rows_that_answer_to_two(void **state)
{
    struct tend_buffer text = { 0 };
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    tend_buffer_adds(&text, "Name,E-mail,Phone\nAnn Lee,,+1 212 555 0101\n");
    for (int32_t i = 0; i < 8; i++)
        tend_buffer_addf(&text, "Ann P%d,p%d@example.com,\nAnn P%d,p%d@example.com,+1 212 555 0101\n", i, i,
                         i, i);
    take(&w, text.at, "read 17 added 9 updated 8 unchanged 0 rejected 0");
    assert_non_null(strstr(w.warnings.at, "line 12 answers to p2 and p7; kept with p7\n"));
    assert_null(strstr(w.warnings.at, "line 14 "));
    assert_non_null(strstr(w.warnings.at, "3 more rows answer to two people\n"));
    tend_buffer_finish(&text);
    intake_world_close(&w);
}

/* A household has one phone: by it alone only a name that may be theirs is found, and
 * the second time everybody is found again, however many share it. */
static void who_shares_a_phone(void **state)
{
    static const char file[] = "Name,Phone\nHilde Mayr,+1 212 555 0101\nPetra Mayr,+1 212 555 0101\n"
                               "H. Mayr,+1 212 555 0101\n,+1 212 555 0101\n";
    struct tend_buffer many = { 0 };
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    take(&w, file, "read 4 added 2 updated 1 unchanged 1 rejected 0");
    take(&w, file, "read 4 added 0 updated 0 unchanged 4 rejected 0");
    assert_people(&w, "person Hilde Mayr\n  given Hilde\n  family Mayr\n  source list\n"
                      "  phone +1 212 555 0101 = +12125550101\n  name.also H. Mayr\n"
                      "person Petra Mayr\n  given Petra\n  family Mayr\n  source list\n"
                      "  phone +1 212 555 0101 = +12125550101\n");
    assert_string_equal(w.warnings.at ? w.warnings.at : "", "");
    tend_buffer_adds(&many, "Name,Phone\n");
    for (int32_t i = 0; i < 20; i++)
        tend_buffer_addf(&many, "%c%cnton %c%cmann,+1 212 555 0102\n", 'A' + i, 'a' + i, 'B' + i,
                         'a' + i);
    take(&w, many.at, "read 20 added 20 updated 0 unchanged 0 rejected 0");
    take(&w, many.at, "read 20 added 0 updated 0 unchanged 20 rejected 0");
    tend_buffer_finish(&many);
    intake_world_close(&w);
}

static void act(struct intake_world *w, enum tend_intake_on on, const char *counts)
{
    struct tend_intake_ask ask = { .match = true, .on = on };

    ask.path = intake_world_file(w, "b.csv",
                                 "Name,E-mail,Company,Tags\nAnn Huber,ann@example.com,New,tea\n");
    assert_int_equal(intake_world_import(w, &ask), TEND_OK);
    assert_counts(w, counts);
}

static void what_is_done_to_who_is_known(void **state)
{
    struct intake_world w;
    uint64_t sum;

    (void)state;
    intake_world_open(&w);
    take(&w, "Name,E-mail,Company\nAnn Lee,ann@example.com,Old\n",
         "read 1 added 1 updated 0 unchanged 0 rejected 0");
    sum = intake_world_sum(&w);
    act(&w, TEND_ON_SKIP, "read 1 added 0 updated 0 unchanged 1 rejected 0");
    assert_true(sum == intake_world_sum(&w));
    act(&w, TEND_ON_UPDATE, "read 1 added 0 updated 1 unchanged 0 rejected 0");
    assert_people(&w, "person Ann Huber\n  given Ann\n  family Huber\n  source list\n"
                      "  email ann@example.com = ann@example.com\n  organisation New\n"
                      "  tag tea\n");
    act(&w, TEND_ON_UPDATE, "read 1 added 0 updated 0 unchanged 1 rejected 0");
    act(&w, TEND_ON_NEW, "read 1 added 1 updated 0 unchanged 0 rejected 0");
    act(&w, TEND_ON_FILL, "read 1 added 0 updated 0 unchanged 1 rejected 0");
    intake_world_close(&w);
}

static void rows_that_told_more(void **state)
{
    struct intake_world w;
    struct tend_value v[TEND_N_import_row];
    tend_id *ids;
    int64_t n;

    (void)state;
    intake_world_open(&w);
    take(&w, "Name,E-mail,Phone\nAnn Lee,ann@example.com,\n",
         "read 1 added 1 updated 0 unchanged 0 rejected 0");
    take(&w, "Name,E-mail,Phone\nBen Lee,ben@example.com,\nA. Lee,ann@example.com,+1 212 555 0101\n"
             "Ann Lee,,+1 212 555 0101\n",
         "read 3 added 1 updated 1 unchanged 1 rejected 0");
    assert_int_equal(tend_intake_rows_of(w.store, 2, &w.arena, &ids, &n), TEND_OK);
    assert_int_equal(n, 1);
    assert_int_equal(tend_row_read(w.store, TEND_T_import_row, ids[0], &w.arena, v, NULL), TEND_OK);
    assert_int_equal(v[TEND_C_import_row_line].i, 3);
    assert_int_equal(v[TEND_C_import_row_import].i, w.done.import);
    assert_true(tend_text_is(v[TEND_C_import_row_matched].t, "email"));
    assert_int_equal(tend_intake_rows_of(w.store, 3, &w.arena, &ids, &n), TEND_OK);
    assert_int_equal(n, 0);
    intake_world_close(&w);
}

static void emails_that_are_none(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    take(&w, "Name,E-mail\nAnn,not an email\nBob,ask\n",
         "read 2 added 2 updated 0 unchanged 0 rejected 0");
    assert_people(&w, "person Ann\n  given Ann\n  source list\n  csv.email not an email\n"
                      "person Bob\n  given Bob\n  source list\n  csv.email ask\n");
    assert_string_equal(w.warnings.at, "2 values are no e-mail addresses, first in line 2: \"not an email\": it has no @; kept as csv.email\n");
    intake_world_close(&w);
}

/* People that a tend wrote out stay who they were: matched by their uid before
 * anything else, apart where they were apart, from nowhere if they were. */
static void who_was_exported(void **state)
{
    struct intake_world w;
    struct tend_person_view view;

    (void)state;
    intake_world_open(&w);
    take(&w, "tend,name,email,source\n01M8CG7A80D0CEF0P4A2JKGZ70,Bob Ray,,\n"
             "01M8CG7A80S43ZS7W7B5D1S2A1,Bob Ray,,gym\n"
             "01M8CG7A80S43ZS7W7B5D1S2A2,Ann Lee,a@example.com,gym\n"
             "01M8CG7A80S43ZS7W7B5D1S2A3,Anne Lee,a@example.com,gym\n"
             "no uid at all,Cid Fox,,gym\n",
         "read 5 added 5 updated 0 unchanged 0 rejected 0");
    assert_int_equal(tend_person_read(w.store, 2, &w.arena, &view), TEND_OK);
    assert_true(tend_text_is(view.uid, "01M8CG7A80D0CEF0P4A2JKGZ70"));
    assert_int_equal(view.source.len, 0);
    assert_int_equal(tend_person_read(w.store, 6, &w.arena, &view), TEND_OK);
    assert_int_equal(view.uid.len, 26);
    take(&w, "tend,name,email,source\n01M8CG7A80D0CEF0P4A2JKGZ70,Bob Ray,,\n"
             "01M8CG7A80S43ZS7W7B5D1S2A1,Bob Ray,bob@example.com,gym\n"
             "01M8CG7A80S43ZS7W7B5D1S2A3,Anne Lee,a@example.com,gym\n",
         "read 3 added 0 updated 1 unchanged 2 rejected 0");
    assert_int_equal(tend_person_read(w.store, 3, &w.arena, &view), TEND_OK);
    assert_int_equal(view.n_points, 1);
    intake_world_close(&w);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_to_persons),    cmocka_unit_test(same_email_or_phone_in_one_file),
        cmocka_unit_test(what_a_row_adds),    cmocka_unit_test(names_alone),
        cmocka_unit_test(a_row_that_answers_to_two),
        cmocka_unit_test(many_rows_that_answer_to_two),
        cmocka_unit_test(who_shares_a_phone),
        cmocka_unit_test(what_is_done_to_who_is_known),
        cmocka_unit_test(rows_that_told_more),
        cmocka_unit_test(emails_that_are_none),
        cmocka_unit_test(the_sources_own_id), cmocka_unit_test(without_matching_all_are_new),
        cmocka_unit_test(who_was_exported),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    intake_world_plugin(argc > 1 ? argv[1] : NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
