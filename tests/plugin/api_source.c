/* Covers ctx->source: a good and a bad call of each function, made by a reader
 * in an import of the real intake. */
#include "api.h"
#include "desk/intake.h"
#include "store/ops_person.h"

static struct reading {         /* what the reader of this test does and sees */
    tend_status (*read)(struct tend_ctx *ctx, struct tend_input *in);
    int64_t seen;
} reading;

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    (void)ctx, (void)head, (void)filename;
    return 0;
}

static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    assert_non_null(ctx->source);
    assert_true(TEND_HAS(ctx->source, reject));
    assert_ptr_equal(ctx->host->get("tend.source", 0), ctx->source);
    return reading.read(ctx, in);
}

static const struct tend_lead_source source = {
    .size = sizeof source, .name = "apireader", .title = "for the tests", .sniff = sniff, .read = read_file,
};

/* One import, still open: what came of it can be looked at. */
struct import {
    struct tend_desk desk;
    struct tend_deed deed;
    struct tend_intake out;
    tend_status status;
};

static void import_mapped(struct world *w, struct import *i, const char *text, int64_t n_map,
                          tend_status (*read)(struct tend_ctx *ctx, struct tend_input *in))
{
    const struct tend_intake_map map = { TEND_TEXT("given"), TEND_TEXT("Vorname") };
    struct tend_intake_ask ask = {
        .path = world_file(w, "people.txt", text), .reader = "apireader", .map = &map,
        .n_map = n_map, .match = true,
    };

    *i = (struct import){ .desk = { .store = w->store, .registry = w->registry,
                                        .clock = &w->clock, .err = &w->err } };
    reading = (struct reading){ read, 0 };
    world_one(w, "apireader", "lead_source", &source);
    assert_int_equal(tend_intake_setup(&i->desk), TEND_OK);
    assert_int_equal(tend_deed_begin(&i->desk, &i->deed, "import"), TEND_OK);
    i->status = tend_intake_run(&i->desk, &i->deed, &ask, &i->out);
}

static void import(struct world *w, struct import *i, const char *text,
                   tend_status (*read)(struct tend_ctx *ctx, struct tend_input *in))
{
    import_mapped(w, i, text, 0, read);
}

static void finish(struct import *i)
{
    tend_deed_abort(&i->desk, &i->deed);
    tend_intake_finish(&i->out);
    tend_deed_finish(&i->deed);
}

static void assert_counts(const struct import *i, int64_t rows_read, int64_t added,
                          int64_t rejected)
{
    assert_int_equal(i->status, TEND_OK);
    assert_int_equal(i->out.rows_read, rows_read);
    assert_int_equal(i->out.added, added);
    assert_int_equal(i->out.rejected, rejected);
}

static void view(struct world *w, struct tend_person_view *person)
{
    tend_id *found = NULL;
    int64_t n = 0;

    assert_int_equal(tend_derive_flush(w->store), TEND_OK);
    assert_int_equal(tend_person_by_name(w->store, TEND_TEXT("ann"), 2, &w->arena, &found, &n),
                     TEND_OK);
    assert_int_equal(n, 1);
    assert_int_equal(tend_person_read(w->store, found[0], &w->arena, person), TEND_OK);
}

/* --- the file ----------------------------------------------------------- */

static tend_status read_lines(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line;

    assert_int_equal(ctx->source->line(in, &line), 1);
    assert_text(line, "one");
    assert_int_equal(ctx->source->line(in, &line), 1);
    assert_text(line, "");
    assert_int_equal(ctx->source->line(in, &line), 1);
    assert_text(line, "Jos\xc3\xa9");
    assert_int_equal(ctx->source->line(in, &line), 0);
    reading.seen = 3;
    return TEND_OK;
}
void good_source_line(struct world *w)
{
    struct import i;

    import(w, &i, "\xef\xbb\xbfone\r\n\nJos\xc3\xa9", read_lines);
    assert_counts(&i, 0, 0, 0);
    assert_int_equal(reading.seen, 3);
    finish(&i);
}
static tend_status read_past_the_end(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line;

    while (ctx->source->line(in, &line) > 0)
        reading.seen++;
    assert_int_equal(ctx->source->line(in, &line), 0);
    assert_int_equal(ctx->source->line(in, &line), 0);
    return TEND_OK;
}
void bad_source_line(struct world *w)
{
    struct import i;

    import(w, &i, "", read_past_the_end);
    assert_counts(&i, 0, 0, 0);
    assert_int_equal(reading.seen, 0);
    finish(&i);
}

static tend_status read_blocks(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text block;
    int32_t got;

    while ((got = ctx->source->block(in, &block)) > 0)
        reading.seen += block.len;
    return got;
}
void good_source_block(struct world *w)
{
    struct import i;

    import(w, &i, "a,b\n\"c\nd\",e\n", read_blocks);
    assert_counts(&i, 0, 0, 0);
    assert_int_equal(reading.seen, 12);
    finish(&i);
}
static tend_status read_block_past_the_end(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text block;

    while (ctx->source->block(in, &block) > 0)
        reading.seen++;
    assert_int_equal(ctx->source->block(in, &block), 0);
    return TEND_OK;
}
void bad_source_block(struct world *w)
{
    struct import i;

    import(w, &i, "", read_block_past_the_end);
    assert_counts(&i, 0, 0, 0);
    assert_int_equal(reading.seen, 0);
    finish(&i);
}

static tend_status read_mapped(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text field = TEND_TEXT("untouched");

    assert_int_equal(ctx->source->map(in, TEND_TEXT("Vorname"), &field), 1);
    assert_text(field, "given");
    return TEND_OK;
}
void good_source_map(struct world *w)
{
    struct import i;

    import_mapped(w, &i, "x\n", 1, read_mapped);
    assert_counts(&i, 0, 0, 0);
    finish(&i);
}
static tend_status read_not_mapped(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text field = TEND_TEXT("untouched");

    assert_int_equal(ctx->source->map(in, TEND_TEXT("Nachname"), &field), 0);
    assert_text(field, "untouched");
    assert_int_equal(ctx->source->map(in, (struct tend_text){ NULL, 0 }, &field), 0);
    return TEND_OK;
}
void bad_source_map(struct world *w)
{
    struct import i;

    import_mapped(w, &i, "x\n", 1, read_not_mapped);
    /* a --map that no column answers to is a mistake of the user's */
    assert_int_equal(i.status, TEND_INVALID);
    assert_holds(w->err.text, "Vorname");
    finish(&i);
}

static tend_status name_layout(struct tend_ctx *ctx, struct tend_input *in)
{
    ctx->source->layout(in, "Google Contacts");
    return TEND_OK;
}
void good_source_layout(struct world *w)
{
    struct import i;

    import(w, &i, "x\n", name_layout);
    assert_string_equal(i.out.layout, "Google Contacts");
    finish(&i);
}
static tend_status name_no_layout(struct tend_ctx *ctx, struct tend_input *in)
{
    ctx->source->layout(in, NULL);
    return TEND_OK;
}
void bad_source_layout(struct world *w)
{
    struct import i;

    import(w, &i, "x\n", name_no_layout);
    assert_int_equal(i.status, TEND_INVALID);
    assert_holds(w->err.cause[0], "apireader");
    assert_true(!i.out.layout || !i.out.layout[0]);
    finish(&i);
}

static tend_status tell_found(struct tend_ctx *ctx, struct tend_input *in)
{
    ctx->source->found(in, "delimiter", TEND_TEXT("comma"));
    ctx->source->found(in, "header", TEND_TEXT("in line 1"));
    ctx->source->found(in, "delimiter", TEND_TEXT("tab"));
    return TEND_OK;
}
void good_source_found(struct world *w)
{
    struct import i;

    import(w, &i, "x\n", tell_found);
    assert_int_equal(i.out.found.n, 2);
    assert_string_equal(i.out.found.at[0].what, "delimiter");
    assert_string_equal(i.out.found.at[0].value, "tab");
    finish(&i);
}
static tend_status tell_columns(struct tend_ctx *ctx, struct tend_input *in)
{
    ctx->source->column(in, TEND_TEXT("Tel"), "phone");
    ctx->source->column(in, TEND_TEXT("Nr"), NULL);
    return TEND_OK;
}
void good_source_column(struct world *w)
{
    struct import i;

    import(w, &i, "x\n", tell_columns);
    assert_int_equal(i.status, TEND_OK);
    assert_int_equal(i.out.column.n, 2);
    assert_string_equal(i.out.column.at[0].name, "Tel");
    assert_string_equal(i.out.column.at[0].field, "phone");
    assert_null(i.out.column.at[1].field);
    finish(&i);
}
static tend_status tell_no_field(struct tend_ctx *ctx, struct tend_input *in)
{
    ctx->source->column(in, TEND_TEXT("Tel"), "");
    return TEND_OK;
}
void bad_source_column(struct world *w)
{
    struct import i;

    import(w, &i, "x\n", tell_no_field);
    assert_int_equal(i.status, TEND_INVALID);
    assert_holds(w->err.cause[0], "apireader");
    assert_int_equal(i.out.column.n, 0);
    finish(&i);
}
static tend_status tell_nothing(struct tend_ctx *ctx, struct tend_input *in)
{
    ctx->source->found(in, NULL, TEND_TEXT("tab"));
    return TEND_OK;
}
void bad_source_found(struct world *w)
{
    struct import i;

    import(w, &i, "x\n", tell_nothing);
    assert_int_equal(i.status, TEND_INVALID);
    assert_holds(w->err.cause[0], "apireader");
    assert_int_equal(i.out.found.n, 0);
    finish(&i);
}

/* --- rows --------------------------------------------------------------- */

static tend_status one_row(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line;
    struct tend_row *row;

    assert_int_equal(ctx->source->line(in, &line), 1);
    row = ctx->source->row(in);
    assert_non_null(row);
    ctx->source->put(row, "name", line);
    return ctx->source->end(row);
}
void good_source_row(struct world *w)
{
    struct tend_person_view person;
    struct import i;

    import(w, &i, "Ann Lee\n", one_row);
    assert_counts(&i, 1, 1, 0);
    view(w, &person);
    assert_text(person.name, "Ann Lee");
    finish(&i);
}
static tend_status row_in_a_row(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_row *row = ctx->source->row(in);

    ctx->source->put(row, "name", TEND_TEXT("Ann Lee"));
    row = ctx->source->row(in);
    return row ? ctx->source->end(row) : TEND_INVALID;
}
void bad_source_row(struct world *w)
{
    struct import i;

    import(w, &i, "x\n", row_in_a_row);
    assert_int_equal(i.status, TEND_INTERNAL);
    assert_int_equal(w->err.n_causes, 1);
    assert_holds(w->err.cause[0], "reader apireader began a row before the one");
    finish(&i);
}

static int64_t place_at;

static tend_status placed(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_row *row = ctx->source->row(in);

    ctx->source->place(row, place_at, TEND_TEXT("raw,row"));
    return ctx->source->reject(row, "api.odd", 2, "it is odd");
}
void good_source_place(struct world *w)
{
    struct import i;

    place_at = 42;
    import(w, &i, "x\n", placed);
    assert_counts(&i, 1, 0, 1);
    assert_int_equal(i.out.reject.at[0].line, 42);
    finish(&i);
}
void bad_source_place(struct world *w)
{
    struct import i;

    place_at = -7;      /* nonsense is kept out of nothing but the message */
    import(w, &i, "x\n", placed);
    assert_counts(&i, 1, 0, 1);
    finish(&i);
}

static tend_status put_many(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_row *row = ctx->source->row(in);

    ctx->source->put(row, "given", TEND_TEXT("Ann"));
    ctx->source->put(row, "family", TEND_TEXT(" Lee "));
    ctx->source->put(row, "email", TEND_TEXT("ann@example.com"));
    ctx->source->put(row, "email", TEND_TEXT("lee@example.com"));
    ctx->source->put(row, "apireader.campaign", TEND_TEXT("spring"));
    return ctx->source->end(row);
}
void good_source_put(struct world *w)
{
    struct tend_person_view person;
    struct import i;

    import(w, &i, "x\n", put_many);
    assert_counts(&i, 1, 1, 0);
    view(w, &person);
    assert_text(person.given, "Ann");
    assert_text(person.family, "Lee");
    assert_int_equal(person.n_points, 2);
    assert_text(person.points[1].value, "lee@example.com");
    assert_int_equal(person.n_attributes, 1);
    assert_text(person.attributes[0].name, "apireader.campaign");
    finish(&i);
}
static tend_status put_odd(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_row *row = ctx->source->row(in);

    ctx->source->put(row, "name", TEND_TEXT("Ann Lee"));
    ctx->source->put(row, "family", (struct tend_text){ NULL, 0 });
    ctx->source->put(row, "shoe_size", TEND_TEXT("44"));
    return ctx->source->end(row);
}
/* An empty value is no value; an unknown field is kept, and said. */
void bad_source_put(struct world *w)
{
    struct tend_person_view person;
    struct import i;

    import(w, &i, "x\n", put_odd);
    assert_counts(&i, 1, 1, 0);
    assert_true(i.deed.warning.n > 0);
    assert_holds(i.deed.warning.at[0], "shoe_size");
    view(w, &person);
    assert_int_equal(person.n_attributes, 1);
    assert_text(person.attributes[0].name, "apireader.shoe_size");
    finish(&i);
}

static tend_status label_phone(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_row *row = ctx->source->row(in);

    ctx->source->put(row, "name", TEND_TEXT("Ann Lee"));
    ctx->source->put(row, "phone", TEND_TEXT("+1 212 555 0147"));
    ctx->source->label(row, TEND_TEXT("mobile"));
    return ctx->source->end(row);
}
void good_source_label(struct world *w)
{
    struct tend_person_view person;
    struct import i;

    import(w, &i, "x\n", label_phone);
    assert_counts(&i, 1, 1, 0);
    view(w, &person);
    assert_int_equal(person.n_points, 1);
    assert_text(person.points[0].label, "mobile");
    finish(&i);
}
static tend_status label_nothing(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_row *row = ctx->source->row(in);

    ctx->source->label(row, TEND_TEXT("before anything"));
    ctx->source->put(row, "name", TEND_TEXT("Ann Lee"));
    ctx->source->put(row, "email", TEND_TEXT("ann@example.com"));
    ctx->source->put(row, "phone", (struct tend_text){ "", 0 });
    ctx->source->label(row, TEND_TEXT("of a phone that is none"));
    return ctx->source->end(row);
}
void bad_source_label(struct world *w)
{
    struct tend_person_view person;
    struct import i;

    import(w, &i, "x\n", label_nothing);
    assert_counts(&i, 1, 1, 0);
    view(w, &person);
    assert_int_equal(person.n_points, 1);
    assert_text(person.points[0].label, "");
    finish(&i);
}

static tend_status two_rows(struct tend_ctx *ctx, struct tend_input *in)
{
    tend_status status = one_row(ctx, in);

    return status == TEND_OK ? one_row(ctx, in) : status;
}
void good_source_end(struct world *w)
{
    struct import i;

    import(w, &i, "Ann Lee\nBob Ray\n", two_rows);
    assert_counts(&i, 2, 2, 0);
    finish(&i);
}
static tend_status end_twice(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_row *row = ctx->source->row(in);

    assert_int_equal(ctx->source->end(row), TEND_OK);   /* blank: no row */
    row = ctx->source->row(in);
    ctx->source->put(row, "name", TEND_TEXT("Ann Lee"));
    assert_int_equal(ctx->source->end(row), TEND_OK);
    reading.seen = ctx->source->end(row);
    return (tend_status)reading.seen;
}
void bad_source_end(struct world *w)
{
    struct import i;

    import(w, &i, "x\n", end_twice);
    assert_true(reading.seen < 0);
    assert_true(i.status < 0);
    finish(&i);
}

static tend_status reject_one(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line;

    assert_int_equal(ctx->source->line(in, &line), 1);
    assert_int_equal(ctx->source->line(in, &line), 1);
    return ctx->source->reject(ctx->source->row(in), "api.short", 3, "5 fields expected");
}
void good_source_reject(struct world *w)
{
    struct import i;

    import(w, &i, "x\ny\n", reject_one);
    assert_counts(&i, 1, 0, 1);
    assert_int_equal(i.out.reject.n, 1);
    assert_int_equal(i.out.reject.at[0].line, 2);
    assert_int_equal(i.out.reject.at[0].column, 3);
    assert_string_equal(i.out.reject.at[0].code, "api.short");
    assert_string_equal(i.out.reject.at[0].text, "5 fields expected");
    finish(&i);
}
static tend_status reject_without_words(struct tend_ctx *ctx, struct tend_input *in)
{
    return ctx->source->reject(ctx->source->row(in), NULL, 0, NULL);
}
void bad_source_reject(struct world *w)
{
    struct import i;

    import(w, &i, "x\n", reject_without_words);
    assert_counts(&i, 1, 0, 1);
    assert_true(i.out.reject.at[0].code[0] != '\0');
    finish(&i);
}
