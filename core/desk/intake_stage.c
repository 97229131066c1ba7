/* Rows on their way into the staging file and back: as the reader gave them, before any
 * key is made. What a file has brought already when it is read again is compared with
 * what is staged, block by block. */
#include "base/part.h"
#include "desk/intake_stage.h"
#include "desk/staging.h"
#include "store/ops_intake.h"

/* --- writing -------------------------------------------------------------- */

static void put_int(struct tend_buffer *out, int64_t value)
{
    uint64_t rest = (uint64_t)value;

    for (; rest >= 0x80; rest >>= 7)
        tend_buffer_addc(out, (char)(0x80 | (rest & 0x7f)));
    tend_buffer_addc(out, (char)rest);
}

static void put_text(struct tend_buffer *out, struct tend_text text)
{
    put_int(out, text.len);
    tend_buffer_add(out, text);
}

static void put_str(struct tend_buffer *out, const char *text)
{
    put_text(out, tend_text_of(text));
}

static void put_row(struct tend_buffer *out, const struct tend_intake_run *run,
                    const struct tend_intake_row *row)
{
    put_int(out, row->line);
    put_int(out, row->column);
    put_str(out, row->code);
    if (row->code)
        put_str(out, row->text);
    put_text(out, row->raw);
    put_int(out, row->n);
    for (int64_t i = row->first; i < row->first + row->n; i++) {
        const struct tend_intake_value *v = &run->values.at[i];

        put_int(out, v->field);
        put_text(out, v->name);
        put_text(out, v->value);
        put_text(out, v->label);
    }
}

static tend_status another(struct tend_intake_run *run)
{
    tend_status status = tend_error_set(run->desk->err, TEND_INVALID,
                                        "%s is not what it was when its import was interrupted",
                                        run->ask->path);

    tend_error_cure(run->desk->err, "import --discard, then import it anew");
    return status;
}

/* The block that comes next: it is there already, as it was read before, or is put. */
static tend_status next_block(struct tend_intake_run *run, char kind, struct tend_text text)
{
    struct tend_staging *s = run->ask->staging;
    tend_status status;

    if (s->next < s->block.n) {
        if (tend_staging_is(s, s->next++, kind, text))
            return TEND_OK;
        return another(run);
    }
    status = tend_staging_put(s, kind, text);
    s->next = s->block.n;
    return status;
}

tend_status tend_intake_stage_rows(struct tend_intake_run *run)
{
    enum tend_part before;
    tend_status status;

    if (run->rows.n == 0)
        return TEND_OK;
    before = tend_part_begin(TEND_PART_STAGING);
    tend_buffer_reset(&run->staged);
    put_int(&run->staged, run->rows.n);
    for (int64_t i = 0; i < run->rows.n; i++)
        put_row(&run->staged, run, &run->rows.at[i]);
    status = next_block(run, 'R', tend_buffer_text(&run->staged));
    run->n_staged += run->rows.n;
    tend_part_end(before);
    return status;
}

tend_status tend_intake_stage_begin(struct tend_intake_run *run)
{
    struct tend_staging *s = run->ask->staging;
    tend_status status;

    if (!s)
        return TEND_OK;
    tend_buffer_reset(&run->staged);
    put_str(&run->staged, run->out->reader);
    put_text(&run->staged, tend_intake_file(run->ask->path));
    status = next_block(run, 'F', tend_buffer_text(&run->staged));
    run->first_block = s->next;
    return status;
}

tend_status tend_intake_stage_end(struct tend_intake_run *run)
{
    struct tend_buffer *out = &run->staged;
    const struct tend_intake *done = run->out;

    if (!run->ask->staging)
        return TEND_OK;
    tend_buffer_reset(out);
    put_str(out, done->layout);
    put_str(out, done->encoding);
    put_int(out, done->found.n);
    for (int64_t i = 0; i < done->found.n; i++) {
        put_str(out, done->found.at[i].what);
        put_str(out, done->found.at[i].value);
    }
    put_int(out, done->column.n);
    for (int64_t i = 0; i < done->column.n; i++) {
        put_str(out, done->column.at[i].name);
        put_str(out, done->column.at[i].field);
    }
    put_str(out, done->remembered);
    put_text(out, run->head);
    put_int(out, run->columns);
    put_int(out, run->n_staged);
    put_int(out, run->deed->warning.n - run->warned_before);
    for (int64_t i = run->warned_before; i < run->deed->warning.n; i++)
        put_str(out, run->deed->warning.at[i]);
    return next_block(run, 'E', tend_buffer_text(out));
}

/* --- reading -------------------------------------------------------------- */

struct bytes { /* what is left of a block; bad: it is not what was put */
    struct tend_text rest;
    bool bad;
};

static int64_t take_int(struct bytes *in)
{
    uint64_t value = 0;

    for (uint32_t shift = 0; shift < 63 && in->rest.len > 0; shift += 7) {
        unsigned char c = (unsigned char)in->rest.at[0];

        in->rest.at++;
        in->rest.len--;
        value |= (uint64_t)(c & 0x7f) << shift;
        if (c < 0x80)
            return (int64_t)value;
    }
    in->bad = true;
    return 0;
}

static struct tend_text take_text(struct bytes *in)
{
    int64_t len = take_int(in);
    struct tend_text text = { in->rest.at, len };

    if (in->bad || len < 0 || len > in->rest.len) {
        in->bad = true;
        return (struct tend_text){ "", 0 };
    }
    in->rest.at += len;
    in->rest.len -= len;
    return text;
}

static const char *take_str(struct bytes *in, struct tend_arena *arena)
{
    return tend_arena_str(arena, take_text(in));
}

static void take_value(struct bytes *in, struct tend_intake_run *run)
{
    int64_t field = take_int(in);
    struct tend_intake_value v = { .field = (enum tend_intake_field)field };

    in->bad = in->bad || field < 0 || field > TEND_FIELD_ATTRIBUTE;
    v.name = take_text(in);
    v.value = take_text(in);
    v.label = take_text(in);
    TEND_PUSH(&run->values, v);
}

static void take_row(struct bytes *in, struct tend_intake_run *run)
{
    struct tend_intake_row row = { .first = run->values.n };
    struct tend_text code;

    row.line = take_int(in);
    row.column = take_int(in);
    code = take_text(in);
    if (code.len > 0) {
        row.code = tend_arena_str(&run->deed->arena, code);
        row.text = take_str(in, &run->deed->arena);
    }
    row.raw = take_text(in);
    row.n = take_int(in);
    for (int64_t i = 0; i < row.n && !in->bad; i++)
        take_value(in, run);
    TEND_PUSH(&run->rows, row);
}

static tend_status damaged(struct tend_intake_run *run)
{
    tend_status status = tend_error_set(run->desk->err, TEND_INVALID, "%s is damaged",
                                        run->ask->staging->path);

    tend_error_cure(run->desk->err, "import --discard, then import it anew");
    return status;
}

static tend_status merge_block(struct tend_intake_run *run, int64_t index)
{
    struct bytes in = { .bad = false };
    tend_status status = tend_staging_text(run->ask->staging, index, &in.rest);
    int64_t n = status == TEND_OK ? take_int(&in) : 0;

    for (int64_t i = 0; i < n && !in.bad; i++)
        take_row(&in, run);
    if (status == TEND_OK && in.bad)
        status = damaged(run);
    return status == TEND_OK ? tend_intake_write_rows(run) : status;
}

tend_status tend_intake_stage_merge(struct tend_intake_run *run)
{
    struct tend_staging *s = run->ask->staging;
    enum tend_part before = tend_part_begin(TEND_PART_STAGING);
    tend_status status = TEND_OK;

    if (run->ask->match && run->keyed_before)
        status = tend_intake_expect(run->desk->store, run->n_staged);
    for (int64_t i = run->first_block; status == TEND_OK && i < s->block.n; i++) {
        if (s->block.at[i].kind != 'R')
            break;
        status = merge_block(run, i);
    }
    tend_part_end(before);
    return status;
}

/* The end of what is staged of this file; -1: it was not read to its end. */
static int64_t end_of(const struct tend_staging *s)
{
    int64_t i = s->next + 1;

    while (i < s->block.n && s->block.at[i].kind == 'R')
        i++;
    return i < s->block.n && s->block.at[i].kind == 'E' ? i : -1;
}

tend_status tend_intake_stage_left(struct tend_intake_run *run, bool *whole)
{
    struct tend_staging *s = run->ask->staging;
    struct bytes in = { .bad = false };
    struct tend_text remembered;
    int64_t end, n;
    tend_status status;

    *whole = false;
    if (!s || s->next >= s->block.n)
        return TEND_OK;
    status = tend_staging_text(s, s->next, &in.rest);
    if (status == TEND_OK)
        run->out->reader = take_str(&in, &run->deed->arena);
    if (status == TEND_OK && !tend_text_eq(take_text(&in), tend_intake_file(run->ask->path)))
        status = another(run);
    end = end_of(s);
    if (status != TEND_OK || end < 0)
        return status;
    status = tend_staging_text(s, end, &in.rest);
    if (status != TEND_OK)
        return status;
    run->out->layout = take_str(&in, &run->deed->arena);
    run->out->encoding = take_str(&in, &run->deed->arena);
    n = take_int(&in);
    for (int64_t i = 0; i < n && !in.bad; i++) {
        struct tend_intake_found found = { .what = take_str(&in, &run->deed->arena) };

        found.value = take_str(&in, &run->deed->arena);
        TEND_PUSH(&run->out->found, found);
    }
    n = take_int(&in);
    for (int64_t i = 0; i < n && !in.bad; i++) {
        struct tend_intake_column column = { .name = take_str(&in, &run->deed->arena) };
        struct tend_text field = take_text(&in);

        if (field.len > 0)
            column.field = tend_arena_str(&run->deed->arena, field);
        TEND_PUSH(&run->out->column, column);
    }
    remembered = take_text(&in);
    if (remembered.len > 0)
        run->out->remembered = tend_arena_str(&run->deed->arena, remembered);
    run->head = tend_arena_text(&run->deed->arena, take_text(&in));
    run->columns = take_int(&in);
    run->n_staged = take_int(&in);
    n = take_int(&in);
    for (int64_t i = 0; i < n && !in.bad; i++)
        tend_deed_warn(run->deed, "%s", take_str(&in, &run->deed->arena));
    run->first_block = s->next + 1;
    s->next = end + 1;
    *whole = true;
    return in.bad ? damaged(run) : TEND_OK;
}
