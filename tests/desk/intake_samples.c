/* The sample exports of examples/, and what must come out of them.
 * Covers tend_intake_run over the csv plugin, as a whole. */
#include "intake_world.h"

#define EXPORTS TEND_ROOT "/examples/exports/"

/* expected.txt without its comments. */
static struct tend_text expected(struct intake_world *w)
{
    struct tend_text rest = intake_world_read(w, EXPORTS "expected.txt"), line;
    struct tend_buffer out = { 0 };

    assert_true(rest.len > 0);
    while (rest.len > 0) {
        const char *end = memchr(rest.at, '\n', (size_t)rest.len);
        int64_t len = end ? end - rest.at + 1 : rest.len;

        line = (struct tend_text){ rest.at, len };
        rest = (struct tend_text){ rest.at + len, rest.len - len };
        if (line.at[0] != '#')
            tend_buffer_add(&out, line);
    }
    line = tend_arena_text(&w->arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    return line;
}

static void import_all(struct intake_world *w, struct tend_buffer *told)
{
    static const char *const files[] = { "google-new.csv", "google-old.csv", "linkedin.csv",
                                         "plain.csv" };

    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        struct tend_intake_ask ask = { .match = true, .region = TEND_TEXT("AT") };

        ask.path = tend_arena_printf(&w->arena, EXPORTS "%s", files[i]);
        assert_int_equal(intake_world_import(w, &ask), TEND_OK);
        tend_buffer_addf(told, "file %s: %s: %s\n", files[i], w->done.layout,
                         intake_world_counts(w));
    }
}

static void what_must_come_out(void **state)
{
    struct intake_world w;
    struct tend_buffer told = { 0 };

    (void)state;
    intake_world_open(&w);
    import_all(&w, &told);
    tend_buffer_add(&told, intake_world_people(&w));
    if (getenv("TEND_SHOW"))
        fprintf(stderr, "%s", told.at);
    assert_string_equal(told.at, expected(&w).at);
    tend_buffer_finish(&told);
    intake_world_close(&w);
}

static void a_second_time_changes_nothing(void **state)
{
    struct intake_world w;
    struct tend_buffer first = { 0 }, again = { 0 };
    struct tend_text people;
    uint64_t sum;

    (void)state;
    intake_world_open(&w);
    import_all(&w, &first);
    people = intake_world_people(&w);
    sum = intake_world_sum(&w);
    import_all(&w, &again);
    assert_null(strstr(again.at, "added 1"));
    assert_string_equal(again.at, "file google-new.csv: Google Contacts: "
                                  "read 13 added 0 updated 0 unchanged 12 rejected 1\n"
                                  "file google-old.csv: Google Contacts (before 2023): "
                                  "read 12 added 0 updated 0 unchanged 11 rejected 1\n"
                                  "file linkedin.csv: LinkedIn connections: "
                                  "read 13 added 0 updated 0 unchanged 12 rejected 1\n"
                                  "file plain.csv: table: "
                                  "read 12 added 0 updated 0 unchanged 11 rejected 1\n");
    assert_people(&w, people.at);
    assert_true(intake_world_sum(&w) == sum);
    tend_buffer_finish(&first);
    tend_buffer_finish(&again);
    intake_world_close(&w);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_must_come_out),
        cmocka_unit_test(a_second_time_changes_nothing),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    intake_world_plugin(argc > 1 ? argv[1] : NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
