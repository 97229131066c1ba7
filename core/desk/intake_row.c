/* ctx->source: the host's side of a lead source. Rows are copied here and
 * handed on in blocks, so that a reader can forget a line when it read it. */
#include "desk/intake_parts.h"

static const struct {
    const char *name;
    enum tend_intake_field field;
} fields[] = {
    { "name", TEND_FIELD_NAME },
    { "email", TEND_FIELD_EMAIL },
    { "phone", TEND_FIELD_PHONE },
    { "given", TEND_FIELD_GIVEN },
    { "family", TEND_FIELD_FAMILY },
    { "id", TEND_FIELD_ID },
    { "url", TEND_FIELD_URL },
    { "address", TEND_FIELD_ADDRESS },
    { "note", TEND_FIELD_NOTE },
    { "tag", TEND_FIELD_TAG },
    { "source", TEND_FIELD_SOURCE },
    { "zone", TEND_FIELD_ZONE },
    { "region", TEND_FIELD_REGION },
    { "organisation", TEND_FIELD_ATTRIBUTE },
    { "title", TEND_FIELD_ATTRIBUTE },
    { "birthday", TEND_FIELD_ATTRIBUTE },
    { "nickname", TEND_FIELD_ATTRIBUTE },
    { "at", TEND_FIELD_ATTRIBUTE },
    { "met_how", TEND_FIELD_ATTRIBUTE },
    { "interest", TEND_FIELD_ATTRIBUTE },
};

enum tend_intake_field tend_intake_field(const char *name, bool *known)
{
    *known = true;
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].name[0] == name[0] && strcmp(fields[i].name, name) == 0)
            return fields[i].field;
    }
    *known = strchr(name, '.') != NULL;
    return TEND_FIELD_ATTRIBUTE;
}

/* --- the file ----------------------------------------------------------- */

static int32_t source_line(struct tend_input *in, struct tend_text *line)
{
    int32_t got =
        in->run->status != TEND_OK ? in->run->status : tend_stream_line(&in->stream, line);

    if (got < 0)
        in->run->status = got;
    in->last = got > 0 ? *line : (struct tend_text){ "", 0 };
    return got;
}

static int32_t source_block(struct tend_input *in, struct tend_text *block)
{
    int32_t got =
        in->run->status != TEND_OK ? in->run->status : tend_stream_block(&in->stream, block);

    if (got < 0)
        in->run->status = got;
    return got;
}

static bool same_column(struct tend_arena *arena, struct tend_text a, struct tend_text b)
{
    return tend_text_eq(tend_text_fold(arena, tend_text_trim(a)),
                        tend_text_fold(arena, tend_text_trim(b)));
}

static int32_t source_map(struct tend_input *in, struct tend_text column, struct tend_text *field)
{
    struct tend_intake_run *run = in->run;

    run->columns++;
    for (int64_t i = 0; i < run->ask->n_map; i++) {
        if (same_column(&run->deed->arena, column, run->ask->map[i].column)) {
            run->mapped[i] = true;
            *field = run->ask->map[i].field;
            return 1;
        }
    }
    return 0;
}

static void source_layout(struct tend_input *in, const char *title)
{
    in->run->out->layout = tend_arena_str(&in->run->deed->arena, tend_text_of(title));
}

/* --- rows --------------------------------------------------------------- */

static struct tend_row *source_row(struct tend_input *in)
{
    struct tend_intake_run *run = in->run;

    if (in->row.open && run->status == TEND_OK)
        run->status = tend_error_set(run->desk->err, TEND_INTERNAL,
                                     "reader %s began a row before the one of line %lld had ended",
                                     run->out->reader, (long long)in->row.line);
    in->row = (struct tend_row){
        .in = in,
        .line = in->stream.line,
        .raw = in->last,
        .first = run->values.n,
        .open = true,
    };
    return &in->row;
}

static void source_place(struct tend_row *row, int64_t line, struct tend_text raw)
{
    row->line = line;
    row->raw = raw;
}

/* Trimmed, UTF-8, and ours. */
static struct tend_text take(struct tend_intake_run *run, struct tend_text value)
{
    struct tend_decoder decoder = { .encoding = TEND_ENCODING_UTF8, .seen = true };
    struct tend_buffer text = { 0 };
    struct tend_text out;

    value = tend_text_trim(value);
    if (tend_text_valid(value))
        return tend_arena_text(&run->arena, value);
    tend_decode(&decoder, (const unsigned char *)value.at, value.len, true, &text);
    out = tend_arena_text(&run->arena, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return out;
}

static void source_put(struct tend_row *row, const char *name, struct tend_text value)
{
    struct tend_intake_run *run = row->in->run;
    struct tend_intake_value put = { .name = { "", 0 } };
    bool known;

    row->labelled = false;
    if (!row->open || value.len <= 0 || name == NULL)
        return;
    put.field = tend_intake_field(name, &known);
    put.value = take(run, value);
    if (put.value.len == 0)
        return;
    if (put.field == TEND_FIELD_ATTRIBUTE)
        put.name = tend_arena_text(&run->arena, tend_text_of(name));
    if (!known) {
        put.name = tend_text_of(tend_arena_printf(&run->arena, "%s.%s", run->out->reader, name));
        if (!run->warned_field)
            tend_deed_warn(run->deed,
                           "reader %s has a field \"%s\", which is not known: kept as %s",
                           run->out->reader, name, put.name.at);
        run->warned_field = true;
    }
    TEND_PUSH(&run->values, put);
    row->labelled = true;
}

static void source_label(struct tend_row *row, struct tend_text label)
{
    struct tend_intake_run *run = row->in->run;

    if (row->open && row->labelled && label.len > 0)
        run->values.at[run->values.n - 1].label = take(run, label);
}

/* The row is whole: kept until its block is full. */
static tend_status keep_row(struct tend_row *row, const char *code, int64_t column,
                            const char *text)
{
    struct tend_intake_run *run = row->in->run;
    struct tend_intake_row kept = { .line = row->line, .first = row->first, .column = column };

    if (run->status == TEND_OK && !row->open)
        run->status = tend_error_set(run->desk->err, TEND_INTERNAL,
                                     "reader %s ended the row of line %lld twice",
                                     run->out->reader, (long long)row->line);
    row->open = false;
    if (run->status != TEND_OK)
        return run->status;
    kept.n = run->values.n - row->first;
    if (code) {
        kept.code = tend_arena_str(&run->deed->arena, tend_text_of(code));
        kept.text = tend_arena_str(&run->deed->arena, tend_text_of(text));
    } else if (kept.n == 0) {
        return TEND_OK; /* a blank row is no row */
    }
    if (run->rejects || run->ask->rejects)
        kept.raw = tend_arena_text(&run->arena, row->raw);
    if (run->head_lines < 0)
        run->head_lines = row->line - 1;
    TEND_PUSH(&run->rows, kept);
    return run->rows.n == TEND_INTAKE_BLOCK ? tend_intake_flush(run) : TEND_OK;
}

static tend_status source_end(struct tend_row *row)
{
    return keep_row(row, NULL, 0, NULL);
}

static tend_status source_reject(struct tend_row *row, const char *code, int64_t column,
                                 const char *text)
{
    return keep_row(row, code && code[0] ? code : "row", column, text ? text : "");
}

const struct tend_source_api tend_intake_source = {
    .size = sizeof(struct tend_source_api),
    .level = TEND_API,
    .line = source_line,
    .block = source_block,
    .map = source_map,
    .layout = source_layout,
    .row = source_row,
    .place = source_place,
    .put = source_put,
    .label = source_label,
    .end = source_end,
    .reject = source_reject,
};
