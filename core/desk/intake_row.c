/* ctx->source: the host's side of a lead source. Rows are copied here and
 * handed on in blocks, so that a reader can forget a line when it read it. */
#include "desk/intake_parts.h"
#include <stdarg.h>

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
    { "uid", TEND_FIELD_UID },
    { "organisation", TEND_FIELD_ATTRIBUTE },
    { "title", TEND_FIELD_ATTRIBUTE },
    { "birthday", TEND_FIELD_ATTRIBUTE },
    { "anniversary", TEND_FIELD_ATTRIBUTE },
    { "joined", TEND_FIELD_ATTRIBUTE },
    { "sponsor", TEND_FIELD_ATTRIBUTE },        /* ids of members: see intake_tree.c */
    { "placement", TEND_FIELD_ATTRIBUTE },
    { "rank", TEND_FIELD_ATTRIBUTE },
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

/* --- what a reader does wrong -------------------------------------------- */

/* The import whose reader is being called. There is one: readers start none. */
static struct tend_input *reading;

static void blame(struct tend_intake_run *run, tend_status code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The first mistake stops the import; what follows from it is not told. */
static void blame(struct tend_intake_run *run, tend_status code, const char *fmt, ...)
{
    va_list args;

    if (run->status != TEND_OK)
        return;
    va_start(args, fmt);
    run->status = tend_error_set(run->desk->err, code, "reader %s %s", run->out->reader,
                                 tend_arena_vprintf(&run->deed->arena, fmt, args));
    va_end(args);
}

void tend_intake_read_begin(struct tend_intake_run *run)
{
    reading = &run->in;
}

void tend_intake_read_end(struct tend_intake_run *run, tend_status status)
{
    if (status == TEND_OK && run->in.row.open)
        blame(run, TEND_INTERNAL, "returned and never ended the row of line %lld",
              (long long)run->in.row.line);
    reading = NULL;
}

/* NULL, and the reader is to blame, if this is not the input that it was given. */
static struct tend_intake_run *run_of(const struct tend_input *in, const char *call)
{
    if (in && in == reading)
        return in->run;
    if (reading)
        blame(reading->run, TEND_INVALID, "called %s without the input that it was given", call);
    return NULL;
}

static struct tend_intake_run *run_of_row(const struct tend_row *row, const char *call)
{
    if (row && reading && row == &reading->row)
        return reading->run;
    if (reading)
        blame(reading->run, TEND_INVALID, "called %s without a row", call);
    return NULL;
}

/* false: that is more than its input pays for, and the slot of its call says so. */
static bool may_give(struct tend_intake_run *run, int64_t bytes)
{
    tend_status status;

    if (run->status != TEND_OK)
        return false;
    status = tend_call_put(run->desk->registry, bytes);
    if (status != TEND_OK)
        run->status = status;
    run->held += bytes;
    return status == TEND_OK;
}

static bool is_text(struct tend_intake_run *run, struct tend_text text, const char *call)
{
    if (text.len == 0 || (text.len > 0 && text.at))
        return true;
    blame(run, TEND_INVALID,
          text.len < 0 ? "gave %s a text of less than no bytes" : "gave %s a text that is nowhere",
          call);
    return false;
}

/* --- the file ----------------------------------------------------------- */

/* Told once, when the file is spent. */
static void tell_odd_lines(struct tend_input *in)
{
    const char *path = in->run->ask->path, *slash = strrchr(path, '/');
    int64_t n = in->stream.decoder.odd_lines;

    if (n > 0 && !in->told)
        tend_deed_warn(in->run->deed, "%s: %lld line%s not UTF-8: read as Windows-1252",
                       slash ? slash + 1 : path, (long long)n, n == 1 ? " is" : "s are");
    in->told = true;
}

/* The run, if the reader may ask for that now. */
static struct tend_intake_run *may_read(struct tend_input *in, const struct tend_text *out, char by,
                                        const char *call)
{
    struct tend_intake_run *run = run_of(in, call);

    if (!run)
        return NULL;
    if (!out)
        blame(run, TEND_INVALID, "called %s with nowhere to put the text", call);
    else if (in->by && in->by != by)
        blame(run, TEND_INVALID, "reads by lines and by blocks: only one of them is whole");
    in->by = by;
    return run;
}

static int32_t source_line(struct tend_input *in, struct tend_text *line)
{
    struct tend_intake_run *run = may_read(in, line, 'l', "line");
    int32_t got;

    if (!run)
        return TEND_INVALID;
    got = run->status != TEND_OK ? run->status : tend_stream_line(&in->stream, line);
    if (got < 0)
        run->status = got;
    if (got == 0)
        tell_odd_lines(in);
    if (got > 0)
        tend_call_took(run->desk->registry, line->len + 1);
    in->last = got > 0 ? *line : (struct tend_text){ "", 0 };
    return got;
}

static int32_t source_block(struct tend_input *in, struct tend_text *block)
{
    struct tend_intake_run *run = may_read(in, block, 'b', "block");
    int32_t got;

    if (!run)
        return TEND_INVALID;
    got = run->status != TEND_OK ? run->status : tend_stream_block(&in->stream, block);
    if (got < 0)
        run->status = got;
    if (got == 0)
        tell_odd_lines(in);
    if (got > 0)
        tend_call_took(run->desk->registry, block->len);
    return got;
}

static bool same_column(struct tend_arena *arena, struct tend_text a, struct tend_text b)
{
    return tend_text_eq(tend_text_fold(arena, tend_text_trim(a)),
                        tend_text_fold(arena, tend_text_trim(b)));
}

static int32_t source_map(struct tend_input *in, struct tend_text column, struct tend_text *field)
{
    struct tend_intake_run *run = run_of(in, "map");

    if (!run || !is_text(run, column, "map"))
        return 0;
    if (!field) {
        blame(run, TEND_INVALID, "called map with nowhere to put the field");
        return 0;
    }
    run->columns++;
    if (run->n_map > 0 && !may_give(run, column.len))
        return 0;
    for (int64_t i = 0; i < run->n_map; i++) {
        if (same_column(&run->deed->arena, column, run->map[i].column)) {
            run->mapped[i] = true;
            *field = run->map[i].field;
            return 1;
        }
    }
    return 0;
}

static void source_layout(struct tend_input *in, const char *title)
{
    struct tend_intake_run *run = run_of(in, "layout");

    if (run && !title)
        blame(run, TEND_INVALID, "called layout without a title");
    else if (run && may_give(run, (int64_t)strlen(title)))
        run->out->layout = tend_arena_str(&run->deed->arena, tend_text_of(title));
}

/* Said again, the last holds. */
static void source_found(struct tend_input *in, const char *what, struct tend_text value)
{
    struct tend_intake_run *run = run_of(in, "found");
    struct tend_intake_found *found = NULL;

    if (!run || !is_text(run, value, "found"))
        return;
    if (!what || !what[0] || !tend_text_valid(tend_text_of(what)) || !tend_text_valid(value)) {
        blame(run, TEND_INVALID, "called found without a text that says what");
        return;
    }
    if (!may_give(run, value.len + (int64_t)strlen(what)))
        return;
    for (int64_t i = 0; i < run->out->found.n && !found; i++)
        found = strcmp(run->out->found.at[i].what, what) == 0 ? &run->out->found.at[i] : NULL;
    if (!found) {
        struct tend_intake_found one = { .what = tend_arena_str(&run->deed->arena,
                                                                tend_text_of(what)) };

        TEND_PUSH(&run->out->found, one);
        found = &run->out->found.at[run->out->found.n - 1];
    }
    found->value = tend_arena_str(&run->deed->arena, value);
}

static void source_column(struct tend_input *in, struct tend_text name, const char *field)
{
    struct tend_intake_run *run = run_of(in, "column");
    struct tend_intake_column column = { NULL, NULL };

    if (!run || !is_text(run, name, "column"))
        return;
    if (!tend_text_valid(name) || (field && (!field[0] || !tend_text_valid(tend_text_of(field))))) {
        blame(run, TEND_INVALID, "called column with a name or a field that is no text");
        return;
    }
    if (!may_give(run, name.len + (field ? (int64_t)strlen(field) : 0)))
        return;
    column.name = tend_arena_str(&run->deed->arena, name);
    if (field)
        column.field = tend_arena_str(&run->deed->arena, tend_text_of(field));
    TEND_PUSH(&run->out->column, column);
}

/* --- rows --------------------------------------------------------------- */

static struct tend_row *source_row(struct tend_input *in)
{
    struct tend_intake_run *run = run_of(in, "row");

    if (!run)
        return NULL;
    if (in->row.open)
        blame(run, TEND_INTERNAL, "began a row before the one of line %lld had ended",
              (long long)in->row.line);
    in->row = (struct tend_row){
        .in = in,
        .line = in->stream.line > 0 ? in->stream.line : 1,
        .raw = in->last,
        .first = run->values.n,
        .open = true,
    };
    return &in->row;
}

static void source_place(struct tend_row *row, int64_t line, struct tend_text raw)
{
    struct tend_intake_run *run = run_of_row(row, "place");

    if (!run || !is_text(run, raw, "place"))
        return;
    row->line = line > 0 ? line : 1;
    row->raw = raw;
}

/* Trimmed and kept. Bytes that are no UTF-8 make the row one that is refused. */
static struct tend_text take(struct tend_row *row, const char *name, struct tend_text value)
{
    struct tend_intake_run *run = row->in->run;

    value = tend_text_trim(value);
    if (tend_text_valid(value))
        return tend_arena_text(&run->arena, value);
    if (!row->odd)
        row->odd = tend_arena_str(&run->arena, tend_text_of(name));
    return (struct tend_text){ "", 0 };
}

/* Fields that a person has one of. */
static bool is_single(enum tend_intake_field field)
{
    return field <= TEND_FIELD_FAMILY || (field >= TEND_FIELD_SOURCE && field <= TEND_FIELD_REGION);
}

/* A second one of these is kept beside the first: "name.also". */
static void put_beside(struct tend_row *row, const char *name, struct tend_intake_value *put)
{
    struct tend_intake_run *run = row->in->run;

    for (int64_t i = row->first; i < run->values.n; i++) {
        if (run->values.at[i].field != put->field)
            continue;
        put->field = TEND_FIELD_ATTRIBUTE;
        put->name = tend_text_of(tend_arena_printf(&run->arena, "%s.also", name));
        if (tend_text_eq(run->values.at[i].value, put->value))
            put->value.len = 0;
        return;
    }
}

static void source_put(struct tend_row *row, const char *name, struct tend_text value)
{
    struct tend_intake_run *run = run_of_row(row, "put");
    struct tend_intake_value put = { .name = { "", 0 } };
    bool known;

    if (!run || !is_text(run, value, "put"))
        return;
    row->labelled = false;
    if (!name || !tend_text_valid(tend_text_of(name)))
        blame(run, TEND_INVALID, "called put without a field");
    else if (!row->open)
        blame(run, TEND_INTERNAL, "put %s into the row of line %lld, which had ended", name,
              (long long)row->line);
    if (run->status != TEND_OK || value.len == 0 ||
        !may_give(run, value.len + (int64_t)strlen(name)))
        return;
    put.field = tend_intake_field(name, &known);
    put.value = take(row, name, value);
    if (put.value.len > 0 && is_single(put.field))
        put_beside(row, name, &put);
    if (put.value.len == 0)
        return;
    if (put.field == TEND_FIELD_ATTRIBUTE && put.name.len == 0)
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
    struct tend_intake_run *run = run_of_row(row, "label");

    if (run && is_text(run, label, "label") && row->open && row->labelled && label.len > 0 &&
        may_give(run, label.len))
        run->values.at[run->values.n - 1].label = take(row, "label", label);
}

/* The row is whole: kept until its block is full. */
static tend_status keep_row(struct tend_row *row, const char *code, int64_t column,
                            const char *text)
{
    struct tend_intake_run *run = row->in->run;
    struct tend_intake_row kept = { .line = row->line, .first = row->first, .column = column };

    if (!row->open)
        blame(run, TEND_INTERNAL, "ended the row of line %lld twice", (long long)row->line);
    row->open = false;
    if (run->status == TEND_OK)
        run->status = tend_call_row(run->desk->registry);
    if (run->status != TEND_OK)
        return run->status;
    kept.n = run->values.n - row->first;
    if (!code && row->odd) {
        code = "row.utf8";
        text = tend_arena_printf(&run->arena, "\"%s\" has bytes that are not UTF-8", row->odd);
    }
    if (code && !may_give(run, (int64_t)strlen(text)))
        return run->status;
    if (code) {
        kept.code = tend_arena_str(&run->deed->arena, tend_text_of(code));
        kept.text = tend_arena_str(&run->deed->arena, tend_text_of(text));
    } else if (kept.n == 0) {
        return TEND_OK; /* a blank row is no row */
    }
    if (run->rejects || run->ask->rejects)
        kept.raw = may_give(run, row->raw.len) ? tend_arena_text(&run->arena, row->raw) : row->raw;
    if (run->head_lines < 0)
        run->head_lines = row->line - 1;
    if (run->status != TEND_OK)
        return run->status;
    TEND_PUSH(&run->rows, kept);
    run->held += kept.n * (int64_t)sizeof *run->values.at;
    return run->rows.n == TEND_INTAKE_BLOCK || run->held > TEND_INTAKE_HELD ? tend_intake_flush(run)
                                                                            : TEND_OK;
}

static tend_status source_end(struct tend_row *row)
{
    if (!run_of_row(row, "end"))
        return TEND_INVALID;
    return keep_row(row, NULL, 0, NULL);
}

static tend_status source_reject(struct tend_row *row, const char *code, int64_t column,
                                 const char *text)
{
    if (!run_of_row(row, "reject"))
        return TEND_INVALID;
    if (!code || !code[0] || !tend_text_valid(tend_text_of(code)))
        code = "row";
    if (!text || !text[0] || !tend_text_valid(tend_text_of(text)))
        text = "the reader gave no reason";
    return keep_row(row, code, column > 0 ? column : 0, text);
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
    .found = source_found,
    .column = source_column,
};
