/* The host's side of a lead source that reads lines: examples/lead-source-c.
 * Covers tend_intake_source (line, row, put, label, end, reject, layout, map),
 * tend_intake_field, tend_intake_flush. */
#include "desk/intake_parts.h"
#include "intake_world.h"

static const char *barn;

static void the_example_in_c(void **state)
{
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true, .region = TEND_TEXT("AT") };

    (void)state;
    intake_world_open(&w);
    intake_world_load(&w, barn);
    ask.path = TEND_ROOT "/examples/lead-source-c/tests/leads.barn";
    ask.rejects = tend_arena_printf(&w.arena, "%s/rejects.barn", w.dir);
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_string_equal(w.done.reader, "barn");
    assert_counts(&w, "read 3 added 2 updated 0 unchanged 0 rejected 1");
    assert_int_equal(w.done.reject.at[0].line, 9);
    assert_string_equal(w.done.reject.at[0].code, "barn.line");
    assert_people(&w, "person Eva Huber\n  given Eva\n  family Huber\n  source leads\n"
                      "  id 1007 = barn:1007\n  phone 0664/555 12 34 = +436645551234 (mobile)\n"
                      "  email eva@example.com = eva@example.com\n  barn.campaign Spring fair\n"
                      "  note met at the tractor show\n"
                      "person Nia Okafor\n  given Nia\n  family Okafor\n  source leads\n"
                      "  id 1009 = barn:1009\n  phone +43 1 555 0009 = +4315550009 (work)\n"
                      "  phone 0664/555 00 09 = +436645550009\n  barn.campaign Spring fair\n");
    assert_non_null(strstr(intake_world_read(&w, ask.rejects).at, "LEADBARN 2\ncampaign"));
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_counts(&w, "read 3 added 0 updated 0 unchanged 2 rejected 1");
    intake_world_close(&w);
}

/* --- a reader that is careless ------------------------------------------ */

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    (void)filename;
    return ctx->text->starts(head, "CARELESS") ? 100 : 0;
}

static tend_status careless(struct tend_ctx *ctx, struct tend_input *in)
{
    const struct tend_source_api *s = ctx->source;
    struct tend_text line, field;
    struct tend_row *row;

    assert_int_equal(s->line(in, &line), 1);
    s->layout(in, "careless");
    assert_int_equal(s->map(in, TEND_TEXT("Name"), &field), 0);
    row = s->row(in);
    s->label(row, TEND_TEXT("of nothing"));
    s->put(row, "name", TEND_TEXT("  Ann \n"));
    s->put(row, "email", TEND_TEXT(""));
    s->label(row, TEND_TEXT("of an empty value"));
    s->put(row, "email", TEND_TEXT("ann@example.com"));
    s->label(row, TEND_TEXT(" work "));
    s->put(row, "shoe", TEND_TEXT("38"));
    s->put(row, "note", TEND_TEXT("J\xF6rg"));
    assert_int_equal(s->end(row), TEND_OK);
    assert_int_equal(s->end(s->row(in)), TEND_OK);
    s->row(in);
    s->row(in);
    return s->line(in, &line) < 0 ? TEND_INTERNAL : TEND_OK;
}

/* One mistake a letter; the first line of the file says which. */
static tend_status wrong(struct tend_ctx *ctx, struct tend_input *in)
{
    const struct tend_source_api *s = ctx->source;
    struct tend_text line, field;
    struct tend_row *row;
    char what;

    if (s->line(in, &line) != 1)
        return TEND_INVALID;
    what = line.at[9];
    row = s->row(in);
    s->put(row, "name", TEND_TEXT("Ann"));
    if (what == 'a')
        return TEND_OK; /* and never ended */
    if (what == 'b')
        s->put(row, "email", (struct tend_text){ "ann@example.com", -1 });
    if (what == 'c')
        s->put(NULL, "email", TEND_TEXT("ann@example.com"));
    if (what == 'd')
        s->put(row, NULL, TEND_TEXT("ann@example.com"));
    if (what == 'e')
        assert_true(s->line(in, NULL) < 0);
    if (what == 'f')
        s->label(NULL, TEND_TEXT("x"));
    if (what == 'g')
        s->place(NULL, 1, line);
    if (what == 'h')
        assert_int_equal(s->end(NULL), TEND_INVALID);
    if (what == 'i')
        assert_true(s->block(in, &line) < 0);
    if (what == 'j')
        assert_int_equal(s->map(NULL, TEND_TEXT("x"), &field), 0);
    if (what == 'k')
        assert_null(s->row(NULL));
    if (what == 'l')
        s->layout(in, NULL);
    if (what == 'm')
        assert_int_equal(s->reject(NULL, "x", 1, "y"), TEND_INVALID);
    if (what == 'n')
        s->put(row, "note", (struct tend_text){ NULL, 3 });
    s->end(row);
    if (what == 'o')
        s->put(row, "note", TEND_TEXT("late"));
    return TEND_OK;
}

static tend_status odd_rows(struct tend_ctx *ctx, struct tend_input *in)
{
    const struct tend_source_api *s = ctx->source;
    struct tend_row *row = s->row(in);
    struct tend_text line;

    s->put(row, "name", TEND_TEXT("Before any line"));
    s->reject(row, NULL, 0, NULL);
    assert_int_equal(s->line(in, &line), 1);
    row = s->row(in);
    s->put(row, "name", TEND_TEXT("Ann"));
    s->put(row, "name", TEND_TEXT("Ann Lee"));
    s->put(row, "name", TEND_TEXT("Ann"));
    return s->end(row);
}

static tend_status once(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line;
    struct tend_row *row;

    assert_int_equal(ctx->source->line(in, &line), 1);
    row = ctx->source->row(in);
    ctx->source->put(row, "name", TEND_TEXT("  Ann \n"));
    ctx->source->label(row, TEND_TEXT("x"));
    ctx->source->put(row, "shoe", TEND_TEXT("38"));
    ctx->source->end(row);
    row = ctx->source->row(in);
    ctx->source->put(row, "name", TEND_TEXT("Bob"));
    ctx->source->put(row, "note", TEND_TEXT("J\xF6rg"));
    ctx->source->end(row);
    row = ctx->source->row(in);
    ctx->source->put(row, "name", TEND_TEXT("  Ann \n"));
    ctx->source->put(row, "zone", TEND_TEXT("Europe/Nowhere"));
    return ctx->source->end(row);
}

static const struct tend_lead_source two_rows = {
    .size = sizeof two_rows, .name = "two", .title = "two", .sniff = sniff, .read = careless,
};
static const struct tend_lead_source wrong_one = {
    .size = sizeof wrong_one, .name = "wrong", .title = "wrong", .sniff = sniff, .read = wrong,
};
static const struct tend_lead_source odd_one = {
    .size = sizeof odd_one, .name = "odd", .title = "odd", .sniff = sniff, .read = odd_rows,
};
static const struct tend_lead_source one_row = {
    .size = sizeof one_row, .name = "one", .title = "one", .sniff = sniff, .read = once,
};

static void a_careless_reader(void **state)
{
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true, .reader = "two" };

    (void)state;
    intake_world_open(&w);
    ask.path = intake_world_file(&w, "list.txt", "CARELESS\nx\n");
    assert_int_equal(tend_registry_builtin(w.desk.registry, "lead_source", &two_rows), TEND_OK);
    assert_int_equal(tend_registry_builtin(w.desk.registry, "lead_source", &one_row), TEND_OK);
    assert_int_equal(intake_world_import(&w, &ask), TEND_INTERNAL);
    assert_non_null(strstr(w.err.text, "list.txt"));
    assert_non_null(strstr(w.err.cause[0], "reader two began a row"));
    assert_people(&w, "");
    ask.reader = NULL; /* both are as sure: the first of the alphabet */
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_people(&w, "person Ann\n  given Ann\n  source list\n  one.shoe 38\n");
    assert_counts(&w, "read 3 added 1 updated 0 unchanged 1 rejected 1");
    assert_string_equal(w.done.reject.at[0].code, "row.utf8");
    assert_non_null(strstr(w.done.reject.at[0].text, "\"note\""));
    assert_non_null(strstr(w.warnings.at, "\"shoe\""));
    assert_non_null(strstr(w.warnings.at, "\"Europe/Nowhere\""));
    intake_world_close(&w);
}

static void what_a_reader_does_wrong(void **state)
{
    static const char *const says[] = {
        "never ended the row of line 1", "less than no bytes", "put without a row",
        "put without a field", "line with nowhere", "label without a row", "place without a row",
        "end without a row", "by lines and by blocks", "map without the input",
        "row without the input", "layout without a title", "reject without a row",
        "put a text that is nowhere", "put note into the row of line 1, which had ended", NULL,
    };
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true, .reader = "wrong" };

    (void)state;
    intake_world_open(&w);
    assert_int_equal(tend_registry_builtin(w.desk.registry, "lead_source", &wrong_one), TEND_OK);
    for (int64_t i = 0; says[i]; i++) {
        char text[] = "CARELESS ?\n";

        text[9] = (char)('a' + i);
        ask.path = intake_world_file(&w, "list.txt", text);
        assert_true(intake_world_import(&w, &ask) < 0);
        if (!strstr(w.err.cause[0], says[i]))
            print_error("%s: %s\n", says[i], w.err.cause[0]);
        assert_non_null(strstr(w.err.cause[0], says[i]));
        assert_non_null(strstr(w.err.cause[0], "reader wrong"));
        assert_people(&w, "");
    }
    /* nobody reads now */
    assert_null(tend_intake_source.row(NULL));
    tend_intake_source.put(NULL, "name", TEND_TEXT("Ann"));
    assert_int_equal(tend_intake_source.end(NULL), TEND_INVALID);
    intake_world_close(&w);
}

/* --- one that hands over more than it reads ------------------------------- */

static int64_t tries;

/* Reads one line, and makes of it as many rows as it is told. */
static tend_status endless(struct tend_ctx *ctx, struct tend_input *in)
{
    const struct tend_source_api *s = ctx->source;
    struct tend_text line;

    assert_int_equal(s->line(in, &line), 1);
    for (tries = 0; tries < line.at[9] * INT64_C(50); tries++) {
        struct tend_row *row = s->row(in);
        tend_status status;

        s->put(row, "name", TEND_TEXT("Ann"));
        status = s->end(row);
        if (status != TEND_OK)
            return status;
    }
    return TEND_OK;
}

static const struct tend_lead_source endless_one = {
    .size = sizeof endless_one, .name = "endless", .title = "endless", .sniff = sniff,
    .read = endless,
};

/* Values of a megabyte are written before there are many of them. */
static tend_status long_values(struct tend_ctx *ctx, struct tend_input *in)
{
    const struct tend_source_api *s = ctx->source;
    struct tend_text block;
    tend_status status = TEND_OK;

    while (s->block(in, &block) > 0 && status == TEND_OK) {
        struct tend_row *row = s->row(in);

        s->put(row, "name", TEND_TEXT("Ann"));
        s->put(row, "note", block);
        status = s->end(row);
        assert_true(s->row(in) && in->run->held < TEND_INTAKE_HELD + (1 << 20));
        in->row.open = false;
    }
    return status;
}

static const struct tend_lead_source long_one = {
    .size = sizeof long_one, .name = "long", .title = "long", .sniff = sniff, .read = long_values,
};

static void rows_cost_input(void **state)
{
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true, .reader = "endless" };
    struct tend_buffer big = { 0 };

    (void)state;
    intake_world_open(&w);
    assert_int_equal(tend_registry_builtin(w.desk.registry, "lead_source", &endless_one), TEND_OK);
    assert_int_equal(tend_registry_builtin(w.desk.registry, "lead_source", &long_one), TEND_OK);
    ask.path = intake_world_file(&w, "list.txt", "CARELESS \x14\n");   /* 1000 rows */
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_int_equal(w.done.rows_read, 1000);
    ask.path = intake_world_file(&w, "list.txt", "CARELESS \x7f\n");
    assert_int_equal(intake_world_import(&w, &ask), TEND_LIMIT);
    assert_int_equal(tries, 1011);
    assert_non_null(strstr(w.err.text, "list.txt could not be imported"));
    assert_non_null(strstr(w.err.cause[0], "1000 rows more than the 11 bytes that it read"));
    tend_buffer_adds(&big, "CARELESS");
    for (int64_t i = 0; i < 10 << 20; i++)
        tend_buffer_addc(&big, 'x');
    ask.path = intake_world_file(&w, "list.txt", big.at);
    ask.reader = "long";
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_true(w.done.rows_read > 10);
    tend_buffer_finish(&big);
    intake_world_close(&w);
}

static void rows_that_are_odd(void **state)
{
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true, .reader = "odd" };

    (void)state;
    intake_world_open(&w);
    assert_int_equal(tend_registry_builtin(w.desk.registry, "lead_source", &odd_one), TEND_OK);
    ask.path = intake_world_file(&w, "list.txt", "CARELESS\n");
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_counts(&w, "read 2 added 1 updated 0 unchanged 0 rejected 1");
    assert_int_equal(w.done.reject.at[0].line, 1);
    assert_string_equal(w.done.reject.at[0].text, "the reader gave no reason");
    assert_non_null(strstr(intake_world_people(&w).at, "name.also Ann Lee\n"));
    intake_world_close(&w);
}

static void two_columns_for_one_field(void **state)
{
    const struct tend_intake_map map[] = { { TEND_TEXT("name"), TEND_TEXT("Who") },
                                           { TEND_TEXT("name"), TEND_TEXT("X") } };
    struct intake_world w;
    struct tend_intake_ask ask = { .match = true, .map = map, .n_map = 2 };

    (void)state;
    intake_world_open(&w);
    ask.path = intake_world_file(&w, "a.csv", "Who,X\nAnn Lee,Annie\n");
    assert_int_equal(intake_world_import(&w, &ask), TEND_OK);
    assert_non_null(strstr(intake_world_people(&w).at, "person Ann Lee\n"));
    assert_non_null(strstr(intake_world_people(&w).at, "  name.also Annie\n"));
    intake_world_close(&w);
}

static void lines_that_are_not_utf8(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    intake_world_take(&w, intake_world_file(&w, "list.csv", "Name,E-mail\nJ\xF6rg,a@example.com\n"
                                                            "J\xC3\xB6rg,b@example.com\n"
                                                            "Zo\xEB,c@example.com\n"));
    assert_non_null(strstr(intake_world_people(&w).at, "email b@example.com"));
    assert_non_null(strstr(w.warnings.at, "list.csv: 2 lines are not UTF-8: read as Windows-1252"));
    assert_null(strstr(intake_world_people(&w).at, "Ã"));
    intake_world_close(&w);
}

/* A few control characters are no reason to refuse a file. */
static void control_characters(void **state)
{
    struct intake_world w;

    (void)state;
    intake_world_open(&w);
    intake_world_take(&w, intake_world_file(&w, "list.csv", "Name,Notes\nAnn,a\x01\x02\x03\x04\x05"
                                                            "b\nBob,\n"));
    assert_counts(&w, "read 2 added 2 updated 0 unchanged 0 rejected 0");
    intake_world_close(&w);
}

static void fields(void **state)
{
    bool known;

    (void)state;
    assert_int_equal(tend_intake_field("email", &known), TEND_FIELD_EMAIL);
    assert_true(known);
    assert_int_equal(tend_intake_field("birthday", &known), TEND_FIELD_ATTRIBUTE);
    assert_true(known);
    assert_int_equal(tend_intake_field("barn.campaign", &known), TEND_FIELD_ATTRIBUTE);
    assert_true(known);
    tend_intake_field("e-mail", &known);
    assert_false(known);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_in_c),
        cmocka_unit_test(a_careless_reader),
        cmocka_unit_test(rows_cost_input),
        cmocka_unit_test(what_a_reader_does_wrong),
        cmocka_unit_test(rows_that_are_odd),
        cmocka_unit_test(two_columns_for_one_field),
        cmocka_unit_test(lines_that_are_not_utf8),
        cmocka_unit_test(control_characters),
        cmocka_unit_test(fields),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    intake_world_plugin(argc > 1 ? argv[1] : NULL);
    barn = argc > 2 ? argv[2] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
