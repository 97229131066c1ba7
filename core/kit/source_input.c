/* ctx->source for tests: see source_input.h. */
#include "kit/source_input.h"
#include <stdlib.h>
#include <string.h>

#define BLOCK 997           /* odd on purpose: rows lie across */

static const char *const fields[] = {
    "name",   "given", "family",   "email", "phone",   "organisation", "title",   "note",
    "tag",    "source", "zone",    "region", "birthday", "url",        "address", "id",
    "at",     "met_how", "interest", "raw",  "consent", "nickname", "anniversary",
    "joined", "rank", "uid", NULL,
};

static void broke(struct tend_input *in, const char *rule)
{
    if (in->broken == NULL)
        in->broken = tend_arena_str(&in->arena, tend_text_of(rule));
}

/* Where the text stands, or in a place that is wiped when the next one is lent. */
static void lend(struct tend_input *in, struct tend_text text, struct tend_text *out)
{
    *out = text;
    if (!in->poison || text.len == 0)
        return;
    if (in->held.len > 0)
        memset(in->held.at, '?', (size_t)in->held.len);
    tend_buffer_finish(&in->spent);
    in->spent = in->held;       /* kept for one more call: what looks there sees the wiping */
    in->held = (struct tend_buffer){ 0 };
    tend_buffer_add(&in->held, text);
    *out = tend_buffer_text(&in->held);
}

/* Something else comes between the lines. */
static void come_between(struct tend_input *in)
{
    void (*between)(void *) = in->between;

    if (between == NULL || in->rest.len > in->between_at)
        return;
    in->between = NULL;
    between(in->data);
}

static int32_t next_line(struct tend_input *in, struct tend_text *line)
{
    const char *end;
    int64_t len;

    in->after_cancel += in->cancelled;
    come_between(in);
    if (in->rest.len == 0)
        return 0;
    end = memchr(in->rest.at, '\n', (size_t)in->rest.len);
    len = end != NULL ? end - in->rest.at : in->rest.len;
    lend(in, (struct tend_text){ in->rest.at, len }, line);
    len += end != NULL;
    in->rest = (struct tend_text){ in->rest.at + len, in->rest.len - len };
    in->lines++;
    tend_call_took(in->registry, len);
    return 1;
}

static int32_t next_block(struct tend_input *in, struct tend_text *block)
{
    int64_t len = in->rest.len < BLOCK ? in->rest.len : BLOCK;

    in->after_cancel += in->cancelled;
    come_between(in);
    if (len == 0)
        return 0;
    while (len < in->rest.len && ((unsigned char)in->rest.at[len] & 0xc0) == 0x80)
        len++;
    lend(in, (struct tend_text){ in->rest.at, len }, block);
    in->rest = (struct tend_text){ in->rest.at + len, in->rest.len - len };
    tend_call_took(in->registry, len);
    return 1;
}

static int32_t map(struct tend_input *in, struct tend_text column, struct tend_text *field)
{
    (void)in, (void)column, (void)field;
    return 0;
}

static void column(struct tend_input *in, struct tend_text name, const char *field)
{
    if ((name.len > 0 && name.at == NULL) || (field != NULL && field[0] == '\0'))
        broke(in, "it called column without a name or a field");
}

static void found(struct tend_input *in, const char *what, struct tend_text value)
{
    if (what == NULL || what[0] == '\0' || (value.len > 0 && value.at == NULL))
        broke(in, "it called found without a text");
}

static void layout(struct tend_input *in, const char *title)
{
    (void)in, (void)title;
}

static struct tend_row *begin(struct tend_input *in)
{
    in->after_cancel += in->cancelled;
    if (in->open)
        broke(in, "a row began before the one before it had ended");
    in->open = true;
    in->put = false;
    in->row.in = in;
    return &in->row;
}

static void place(struct tend_row *row, int64_t line, struct tend_text raw)
{
    (void)raw;
    if (line < 1)
        broke(row->in, "a row has a place before the first line");
}

static void put(struct tend_row *row, const char *field, struct tend_text value)
{
    struct tend_input *in = row->in;
    bool known = field != NULL && (strchr(field, '.') != NULL);

    for (int64_t i = 0; field != NULL && !known && fields[i] != NULL; i++)
        known = strcmp(field, fields[i]) == 0;
    if (!in->open)
        broke(in, "a field was put into a row that has ended");
    else if (!known)
        broke(in, tend_arena_printf(&in->arena, "\"%.40s\" is no field; an attribute of your own has "
                                                "a dot in its name", field ? field : ""));
    else if (value.len < 0 || !tend_text_valid(value))
        broke(in, tend_arena_printf(&in->arena, "the value of %.40s is no UTF-8", field));
    else
        tend_buffer_addf(&in->rows, "%s=%.*s\n", field, TEND_FMT(value));
    in->put = true;
    in->over = tend_call_put(in->registry, value.len);
}

static void label(struct tend_row *row, struct tend_text text)
{
    if (!row->in->put)
        broke(row->in, "a label came before any value");
    tend_buffer_addf(&row->in->rows, "label=%.*s\n", TEND_FMT(text));
}

static tend_status over(struct tend_row *row, const char *how)
{
    struct tend_input *in = row->in;

    if (!in->open)
        broke(in, "a row ended twice");
    in->open = false;
    in->after_cancel += in->cancelled;
    tend_buffer_addf(&in->rows, "-- %s\n", how);
    if (++in->n_rows == in->cancel_at)
        in->cancelled = true;
    if (in->over == TEND_OK)
        in->over = tend_call_row(in->registry);
    return in->cancelled ? TEND_CANCELLED : in->over;
}

static tend_status end(struct tend_row *row)
{
    return over(row, "row");
}

static tend_status reject(struct tend_row *row, const char *code, int64_t column, const char *text)
{
    (void)column;
    row->in->rejected++;
    if (code == NULL || code[0] == '\0' || text == NULL || text[0] == '\0')
        broke(row->in, "a row was rejected without a code or a reason");
    return over(row, code != NULL ? code : "");
}

static void cursor(struct tend_input *in, struct tend_text text, int32_t more)
{
    (void)text, (void)more;
    broke(in, "a cursor is given in `page` only");
}

const struct tend_source_api tend_kit_source_api = {
    .size = sizeof tend_kit_source_api, .level = 2, .line = next_line, .block = next_block,
    .map = map, .layout = layout, .found = found, .column = column, .row = begin, .place = place, .put = put, .label = label,
    .end = end, .reject = reject, .cursor = cursor,
};

void tend_kit_input_finish(struct tend_input *in)
{
    tend_buffer_finish(&in->held);
    tend_buffer_finish(&in->spent);
    tend_buffer_finish(&in->rows);
    tend_arena_finish(&in->arena);
}
