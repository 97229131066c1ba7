/* ctx->source in a worker: rows go out as frames, whole ones only. */
#include "base/text.h"
#include "worker/serve.h"

#define VALUES_MOST 2000
#define ROW_MOST (4 << 20)      /* bytes of one row */

struct value {
    const char *field;
    struct tend_text value, label;
};

static struct rows {
    struct tend_arena arena;    /* of the row in hand */
    TEND_ARRAY(struct value) value;
    int64_t line, count, bytes;
    struct tend_text raw;
    bool open;
    struct tend_buffer cursor;
    bool has_cursor, more;
    struct tend_error mistake;
    tend_status over;
} rows;

static void blame(tend_status code, const char *text)
{
    if (rows.mistake.code == TEND_OK)
        tend_error_set(&rows.mistake, code, "it %s", text);
}

struct tend_input *tend_serve_input(void)
{
    return (struct tend_input *)(void *)&rows;
}

static bool is_input(const struct tend_input *in, const char *text)
{
    if (in == tend_serve_input())
        return true;
    blame(TEND_INVALID, text);
    return false;
}

static bool is_row(const struct tend_row *row, const char *text)
{
    if (row == (const struct tend_row *)(void *)&rows)
        return true;
    blame(TEND_INVALID, text);
    return false;
}

/* More than the plugin's limits are good for: the slot of its call says so. */
static void count(tend_status status)
{
    if (status != TEND_OK && rows.over == TEND_OK)
        rows.over = status;
}

static int32_t no_lines(struct tend_input *in, struct tend_text *text)
{
    (void)in;
    if (text)
        *text = (struct tend_text){ "", 0 };
    blame(TEND_INVALID, "asked for lines, but a page has no file: ask ctx->http");
    return TEND_INVALID;
}

static int32_t source_map(struct tend_input *in, struct tend_text column, struct tend_text *field)
{
    (void)in, (void)column, (void)field;
    return 0;
}

static void source_column(struct tend_input *in, struct tend_text name, const char *field)
{
    (void)in, (void)name, (void)field;
    blame(TEND_INVALID, "called column, but a page has no file");
}

static void source_found(struct tend_input *in, const char *what, struct tend_text value)
{
    (void)in, (void)what, (void)value;
    blame(TEND_INVALID, "called found, but a page has no file");
}

static void source_layout(struct tend_input *in, const char *title)
{
    if (!is_input(in, "called layout without the input that it was given"))
        return;
    if (!title || !tend_text_valid(tend_text_of(title))) {
        blame(TEND_INVALID, "called layout without a title");
        return;
    }
    count(tend_call_put(tend_serve.registry, (int64_t)strlen(title)));
    if (rows.over != TEND_OK)
        return;
    tend_frame_begin(&tend_serve.frame, TEND_FRAME_LAYOUT);
    tend_frame_put_text(&tend_serve.frame, tend_text_of(title));
    if (tend_serve.broken == TEND_OK)
        tend_serve.broken = tend_frame_send(tend_serve.out, &tend_serve.frame, &tend_serve.why);
}

static struct tend_row *source_row(struct tend_input *in)
{
    if (!is_input(in, "called row without the input that it was given"))
        return NULL;
    if (rows.open)
        blame(TEND_INTERNAL, "began a row before the last one had ended");
    tend_arena_reset(&rows.arena);
    rows.value.n = rows.bytes = 0;
    rows.line = ++rows.count;
    rows.raw = (struct tend_text){ "", 0 };
    rows.open = true;
    return (struct tend_row *)(void *)&rows;
}

static bool is_text(struct tend_text text)
{
    if (text.len < 0 || (text.len > 0 && !text.at)) {
        blame(TEND_INVALID, "gave a text that is nowhere");
        return false;
    }
    rows.bytes += text.len;
    count(tend_call_put(tend_serve.registry, text.len));
    if (rows.bytes > ROW_MOST)
        blame(TEND_LIMIT, "gave a row of more than 4 MiB");
    return rows.bytes <= ROW_MOST && rows.over == TEND_OK;
}

static void source_place(struct tend_row *row, int64_t line, struct tend_text raw)
{
    if (!is_row(row, "called place without a row") || !is_text(raw))
        return;
    if (line > 0)
        rows.line = line;
    rows.raw = tend_arena_text(&rows.arena, raw);
}

static void source_put(struct tend_row *row, const char *field, struct tend_text value)
{
    if (!is_row(row, "called put without a row") || !is_text(value))
        return;
    if (!field || !field[0])
        blame(TEND_INVALID, "called put without a field");
    else if (!rows.open)
        blame(TEND_INTERNAL, "called put on a row that had ended");
    else if (rows.value.n == VALUES_MOST)
        blame(TEND_LIMIT, "gave a row more than 2000 values");
    else if (value.len > 0)
        TEND_PUSH(&rows.value, (struct value){
            tend_arena_str(&rows.arena, tend_text_of(field)),
            tend_arena_text(&rows.arena, value), { "", 0 } });
}

static void source_label(struct tend_row *row, struct tend_text label)
{
    if (is_row(row, "called label without a row") && is_text(label) && rows.value.n > 0)
        rows.value.at[rows.value.n - 1].label = tend_arena_text(&rows.arena, label);
}

static tend_status hand_over(const char *code, int64_t column, const char *text)
{
    struct tend_buffer *out = &tend_serve.frame;

    if (!rows.open)
        blame(TEND_INTERNAL, "ended a row twice");
    rows.open = false;
    count(tend_call_row(tend_serve.registry));
    if (rows.mistake.code != TEND_OK)
        return rows.mistake.code;
    if (rows.over != TEND_OK)
        return rows.over;
    if (tend_serve.broken != TEND_OK)
        return tend_serve.broken;
    tend_frame_begin(out, TEND_FRAME_ROW);
    tend_frame_put_int(out, rows.line);
    tend_frame_put_int(out, column);
    tend_frame_put_int(out, rows.value.n);
    tend_frame_put_text(out, rows.raw);
    tend_frame_put_text(out, tend_text_of(code));
    tend_frame_put_text(out, tend_text_of(text));
    for (int64_t i = 0; i < rows.value.n; i++) {
        tend_frame_put_text(out, tend_text_of(rows.value.at[i].field));
        tend_frame_put_text(out, rows.value.at[i].value);
        tend_frame_put_text(out, rows.value.at[i].label);
    }
    tend_serve.broken = tend_frame_send(tend_serve.out, out, &tend_serve.why);
    return tend_serve.broken;
}

static tend_status source_end(struct tend_row *row)
{
    return is_row(row, "called end without a row") ? hand_over("", 0, "") : TEND_INVALID;
}

static tend_status source_reject(struct tend_row *row, const char *code, int64_t column,
                                 const char *text)
{
    if (!is_row(row, "called reject without a row") || (text && !is_text(tend_text_of(text))))
        return TEND_INVALID;
    return hand_over(code && code[0] ? code : "row", column > 0 ? column : 0,
                     text && text[0] ? text : "the reader gave no reason");
}

static void source_cursor(struct tend_input *in, struct tend_text cursor, int32_t more)
{
    if (!is_input(in, "called cursor without the input that it was given"))
        return;
    if (cursor.len < 0 || (cursor.len > 0 && !cursor.at) || cursor.len > 65536 ||
        !tend_text_valid(cursor)) {
        blame(TEND_INVALID, "gave a cursor that is no text of at most 64 KiB");
        return;
    }
    tend_buffer_reset(&rows.cursor);
    tend_buffer_add(&rows.cursor, cursor);
    rows.has_cursor = true;
    rows.more = more != 0;
}

void tend_serve_rows_begin(void)
{
    rows.open = rows.has_cursor = rows.more = false;
    rows.over = TEND_OK;
    rows.count = 0;
    tend_buffer_reset(&rows.cursor);
    tend_error_clear(&rows.mistake);
}

tend_status tend_serve_rows_end(struct tend_text *cursor, bool *has, bool *more,
                                struct tend_error *err)
{
    *cursor = tend_buffer_text(&rows.cursor);
    *has = rows.has_cursor;
    *more = rows.more;
    if (rows.open)
        blame(TEND_INTERNAL, "returned and never ended its last row");
    if (rows.mistake.code != TEND_OK)
        *err = rows.mistake;
    return rows.mistake.code;
}

void tend_serve_rows_finish(void)
{
    TEND_ARRAY_FINISH(&rows.value);
    tend_arena_finish(&rows.arena);
    tend_buffer_finish(&rows.cursor);
}

const struct tend_source_api tend_serve_source = {
    .size = sizeof(struct tend_source_api),
    .level = TEND_API,
    .line = no_lines,
    .block = no_lines,
    .map = source_map,
    .layout = source_layout,
    .row = source_row,
    .place = source_place,
    .put = source_put,
    .label = source_label,
    .end = source_end,
    .reject = source_reject,
    .cursor = source_cursor,
    .found = source_found,
    .column = source_column,
};
