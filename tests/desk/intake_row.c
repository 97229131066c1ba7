/* The host's side of a lead source that reads lines: examples/source-c.
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
    ask.path = TEND_ROOT "/examples/source-c/leads.barn";
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

static tend_status once(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line;
    struct tend_row *row;

    assert_int_equal(ctx->source->line(in, &line), 1);
    row = ctx->source->row(in);
    ctx->source->put(row, "name", TEND_TEXT("  Ann \n"));
    ctx->source->label(row, TEND_TEXT("x"));
    ctx->source->put(row, "shoe", TEND_TEXT("38"));
    ctx->source->put(row, "note", TEND_TEXT("J\xF6rg"));
    ctx->source->put(row, "zone", TEND_TEXT("Europe/Nowhere"));
    return ctx->source->end(row);
}

static const struct tend_lead_source two_rows = { sizeof two_rows, "two", "two", sniff, careless };
static const struct tend_lead_source one_row = { sizeof one_row, "one", "one", sniff, once };

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
    assert_people(&w, "person Ann\n  given Ann\n  source list\n  one.shoe 38\n  note Jörg\n");
    assert_non_null(strstr(w.warnings.at, "\"shoe\""));
    assert_non_null(strstr(w.warnings.at, "\"Europe/Nowhere\""));
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
        cmocka_unit_test(fields),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    intake_world_plugin(argc > 1 ? argv[1] : NULL);
    barn = argc > 2 ? argv[2] : NULL;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
