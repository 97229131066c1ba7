/* One import from end to end: what is asked, what is refused, what is told.
 * Covers tend_intake_run, tend_intake_finish, tend_intake_setup. */
#include "intake_world.h"

#define LIST \
    "Name,E-mail,Phone\nAnn Lee,ann@example.com,+1 212 555 0101\nBob Ray,,+1 212 555 0103\n"

static tend_status import(struct intake_world *w, struct tend_intake_ask ask)
{
    ask.match = true;
    return intake_world_import(w, &ask);
}

static void counts_and_the_import_fact(void **state)
{
    struct intake_world w;
    struct tend_value v[TEND_N_import];

    (void)state;
    intake_world_open(&w);
    intake_world_take(&w, intake_world_file(&w, "list.csv", LIST));
    assert_counts(&w, "read 2 added 2 updated 0 unchanged 0 rejected 0");
    assert_string_equal(w.done.reader, "csv");
    assert_true(w.batch > 0);
    assert_int_equal(tend_row_read(w.store, TEND_T_import, w.done.import, &w.arena, v, NULL),
                     TEND_OK);
    assert_true(tend_text_is(v[TEND_C_import_file].t, "list.csv"));
    assert_true(tend_text_is(v[TEND_C_import_reader].t, "csv"));
    assert_int_equal(v[TEND_C_import_rows_read].i, 2);
    assert_int_equal(v[TEND_C_import_added].i, 2);
    assert_int_equal(v[TEND_C_import_at].i, INTAKE_NOW);
    intake_world_close(&w);
}

static void a_dry_run_counts_and_leaves_nothing(void **state)
{
    struct intake_world w;
    const char *path;
    uint64_t before;

    (void)state;
    intake_world_open(&w);
    path = intake_world_file(&w, "list.csv", LIST);
    before = intake_world_sum(&w);
    w.desk.dry = true;
    intake_world_take(&w, path);
    assert_counts(&w, "read 2 added 2 updated 0 unchanged 0 rejected 0");
    w.desk.dry = false;
    assert_int_equal(w.batch, 0);
    assert_true(intake_world_sum(&w) == before);
    intake_world_close(&w);
}

static void rows_that_tell_nobody_are_rejected(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    intake_world_take(
        &w, intake_world_file(
                &w, "list.csv",
                "Name,E-mail,Phone,Company\n,,,Acme\n,,,\n,nowhere,,\nAnn Lee,nowhere,,\n"));
    assert_counts(&w, "read 3 added 1 updated 0 unchanged 0 rejected 2");
    assert_int_equal(w.done.reject.n, 2);
    assert_int_equal(w.done.reject.at[0].line, 2);
    assert_string_equal(w.done.reject.at[0].code, "intake.nobody");
    assert_int_equal(w.done.reject.at[1].line, 4);
    assert_non_null(strstr(w.done.reject.at[1].text, "\"nowhere\""));
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source list\n  csv.email nowhere\n");
    intake_world_close(&w);
}

static void source_and_region_of_rows_without(void **state)
{
    struct intake_world w;
    const char *path;

    (void)state;
    intake_world_open(&w);
    path = intake_world_file(&w, "list.csv",
                             "Name,Phone,Source\nAnn Lee,0664 555 0101,\n"
                             "Bob Ray,0664 555 0102,fair\n");
    assert_int_equal(import(&w, (struct tend_intake_ask){ .path = path,
                                                          .region = TEND_TEXT("AT"),
                                                          .source = TEND_TEXT("list") }),
                     TEND_OK);
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source list\n"
                      "  phone 0664 555 0101 = +436645550101\n"
                      "person Bob Ray\n  given Bob\n  family Ray\n  source fair\n"
                      "  phone 0664 555 0102 = +436645550102\n");
    intake_world_close(&w);
}

/* Never the reader: what the file is called, when no program is recognised. */
static void origin_of_a_file(void **state)
{
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true, .region = TEND_TEXT("XX") };

    (void)state;
    intake_world_open(&w);
    ask.path = intake_world_file(&w, "book club.2026.csv", "Name\nAnn Lee\n");
    assert_int_equal(intake_world_import(&w, &ask), TEND_USAGE);
    assert_non_null(strstr(w.err.text, "there is no country XX"));
    intake_world_take(&w, ask.path);
    assert_people(&w, "person Ann Lee\n  given Ann\n  family Lee\n  source book club.2026\n");
    intake_world_close(&w);
}

/* A dry run leaves the file of rejects as it is. */
static void a_dry_run_writes_no_rejects(void **state)
{
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true };

    (void)state;
    intake_world_open(&w);
    ask.path = intake_world_file(&w, "list.csv", "Name,E-mail,City\n,,Wien\n");
    ask.rejects = intake_world_file(&w, "rejects.csv", "what was rejected yesterday\n");
    w.desk.dry = true;
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_counts(&w, "read 1 added 0 updated 0 unchanged 0 rejected 1");
    assert_string_equal(intake_world_read(&w, ask.rejects).at, "what was rejected yesterday\n");
    intake_world_close(&w);
}

static void map_says_what_columns_hold(void **state)
{
    const struct tend_intake_map map[] = {
        { TEND_TEXT("name"), TEND_TEXT("Wer") },
        { TEND_TEXT("phone"), TEND_TEXT("wo") },
    };
    const struct tend_intake_map lost[] = { { TEND_TEXT("name"), TEND_TEXT("Who") } };
    const struct tend_intake_map wrong[] = { { TEND_TEXT("nmae"), TEND_TEXT("Wer") } };
    struct intake_world w;
    struct tend_intake_ask ask;

    (void)state;
    intake_world_open(&w);
    ask = (struct tend_intake_ask){ .map = map, .n_map = 2 };
    ask.path = intake_world_file(&w, "odd.csv", "Wer,Wo\nAnn Lee,+1 212 555 0101\n");
    assert_int_equal(import(&w, ask), TEND_OK);
    assert_counts(&w, "read 1 added 1 updated 0 unchanged 0 rejected 0");
    ask.map = lost;
    ask.n_map = 1;
    assert_int_equal(import(&w, ask), TEND_INVALID);
    assert_non_null(strstr(w.err.text, "no column \"Who\""));
    ask.map = wrong;
    assert_int_equal(import(&w, ask), TEND_USAGE);
    assert_non_null(strstr(w.err.text, "\"nmae\""));
    intake_world_close(&w);
}

static void files_that_cannot_be_read(void **state)
{
    struct intake_world w;
    unsigned char noise[10240];

    (void)state;
    intake_world_open(&w);
    assert_int_equal(import(&w, (struct tend_intake_ask){ .path = "nowhere.csv" }), TEND_NOT_FOUND);
    assert_non_null(strstr(w.err.text, "nowhere.csv"));
    assert_int_equal(import(&w, (struct tend_intake_ask){ .path = w.dir }), TEND_INVALID);
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (unsigned char)i;
    assert_int_equal(import(&w, (struct tend_intake_ask){ .path = intake_world_bytes(
                                                              &w, "noise.bin", noise, 10240) }),
                     TEND_INVALID);
    assert_non_null(strstr(w.err.text, "noise.bin"));
    assert_int_equal(
        import(&w, (struct tend_intake_ask){ .path = intake_world_file(&w, "list.csv", LIST),
                                             .reader = "cvs" }),
        TEND_USAGE);
    assert_non_null(strstr(w.err.text, "did you mean \"csv\"?"));
    assert_int_equal(w.batch, 0);
    intake_world_close(&w);
}

static void many_rows_over_many_blocks(void **state)
{
    struct intake_world w;
    struct tend_buffer text = { 0 };
    const char *path;

    (void)state;
    intake_world_open(&w);
    tend_buffer_adds(&text, "Name,E-mail,Notes\n");
    for (int32_t i = 0; i < 3000; i++)
        tend_buffer_addf(&text, "Person %d,p%d@example.com,\"line one\nof %d\"\n", i, i % 2900, i);
    path = intake_world_file(&w, "many.csv", text.at);
    tend_buffer_finish(&text);
    intake_world_take(&w, path);
    assert_counts(&w, "read 3000 added 2900 updated 100 unchanged 0 rejected 0");
    intake_world_take(&w, path);
    assert_counts(&w, "read 3000 added 0 updated 0 unchanged 3000 rejected 0");
    intake_world_close(&w);
}

static void the_file_of_rejects_can_be_imported(void **state)
{
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true };
    const char *mended;

    (void)state;
    intake_world_open(&w);
    ask.path = intake_world_file(&w, "list.csv",
                                 "Report of today\n\nName;E-mail;City\n"
                                 "Ann Lee;ann@example.com;Wien\n;;\"Li;nz\"\n;x\n");
    ask.rejects = tend_arena_printf(&w.arena, "%s/rejects.csv", w.dir);
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_counts(&w, "read 3 added 1 updated 0 unchanged 0 rejected 2");
    assert_string_equal(
        intake_world_read(&w, ask.rejects).at,
        "Report of today\n\nName;E-mail;City;reject_line;reject_code;reject_reason\n"
        ";;\"Li;nz\";5;intake.nobody;\"no name, e-mail or phone: one of them is needed\"\n"
        ";x;;6;intake.nobody;\"\"\"x\"\" is no e-mail address (it has no @), and there is no "
        "name\"\n");
    mended = intake_world_file(
        &w, "mended.csv",
        "Name;E-mail;City;reject_line;reject_code;reject_reason\n"
        "Bob Ray;;\"Li;nz\";5;intake.nobody;\"no name, e-mail or phone: one of them is needed\"\n");
    intake_world_take(&w, mended);
    assert_counts(&w, "read 1 added 1 updated 0 unchanged 0 rejected 0");
    assert_null(strstr(intake_world_people(&w).at, "intake.nobody"));
    ask.rejects = ask.path;
    assert_int_equal(intake_world_import(&w, &ask), TEND_USAGE);
    intake_world_close(&w);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_the_import_fact),
        cmocka_unit_test(a_dry_run_counts_and_leaves_nothing),
        cmocka_unit_test(rows_that_tell_nobody_are_rejected),
        cmocka_unit_test(source_and_region_of_rows_without),
        cmocka_unit_test(origin_of_a_file),
        cmocka_unit_test(a_dry_run_writes_no_rejects),
        cmocka_unit_test(map_says_what_columns_hold),
        cmocka_unit_test(files_that_cannot_be_read),
        cmocka_unit_test(many_rows_over_many_blocks),
        cmocka_unit_test(the_file_of_rejects_can_be_imported),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    intake_world_plugin(argc > 1 ? argv[1] : NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
