/* See fake_host.h. */
#include "fake_host.h"
#include <stdio.h>

struct tend_input {
    struct tend_text rest;
    int64_t block;
    const char *map;
    bool found; /* is written down */
};
struct tend_row {
    int64_t line;
    struct tend_text raw;
    struct tend_buffer text;
    bool put;
};

static struct tend_arena arena;
static struct tend_buffer out;
static struct tend_row row;

static int32_t cut(struct tend_text *rest, const char *sep, struct tend_text *piece)
{
    return tend_text_cut(rest, sep, piece);
}

static int32_t starts(struct tend_text text, const char *with)
{
    return tend_text_starts(text, with);
}

static int32_t is(struct tend_text text, const char *what)
{
    return tend_text_is(text, what);
}

static struct tend_text fold(struct tend_ctx *ctx, struct tend_text text)
{
    (void)ctx;
    return tend_text_fold(&arena, text);
}

static struct tend_text keep(struct tend_ctx *ctx, struct tend_text text)
{
    (void)ctx;
    return tend_arena_text(&arena, text);
}

static const struct tend_text_api text_api = {
    sizeof text_api, TEND_API, cut, starts, is, tend_text_trim, fold, keep,
};

static int32_t next_line(struct tend_input *in, struct tend_text *line)
{
    (void)in, (void)line;
    return TEND_UNSUPPORTED; /* csv reads blocks */
}

/* Blocks are copied and the copy before is overwritten: nobody may keep one. */
static int32_t next_block(struct tend_input *in, struct tend_text *block)
{
    static struct tend_buffer copy;
    int64_t len = in->rest.len < in->block ? in->rest.len : in->block;

    while (len < in->rest.len && ((unsigned char)in->rest.at[len] & 0xC0) == 0x80)
        len++;
    if (copy.at)
        memset(copy.at, '!', (size_t)copy.len);
    tend_buffer_reset(&copy);
    tend_buffer_add(&copy, (struct tend_text){ in->rest.at, len });
    in->rest.at += len;
    in->rest.len -= len;
    *block = tend_buffer_text(&copy);
    return len > 0;
}

static int32_t map(struct tend_input *in, struct tend_text column, struct tend_text *field)
{
    const char *equals = in->map ? strchr(in->map, '=') : NULL;

    if (!equals || !tend_text_eq(column, (struct tend_text){ in->map, equals - in->map }))
        return 0;
    *field = tend_text_of(equals + 1);
    return 1;
}

static void show_column(struct tend_input *in, struct tend_text name, const char *field)
{
    (void)in, (void)name, (void)field;
}

static void layout(struct tend_input *in, const char *title)
{
    (void)in;
    tend_buffer_addf(&out, "layout: %s\n", title);
}

static void found(struct tend_input *in, const char *what, struct tend_text value)
{
    if (in->found)
        tend_buffer_addf(&out, "%s: %.*s\n", what, TEND_FMT(value));
}

static struct tend_row *begin_row(struct tend_input *in)
{
    (void)in;
    tend_buffer_reset(&row.text);
    row.put = false;
    return &row;
}

static void place(struct tend_row *r, int64_t line, struct tend_text raw)
{
    r->line = line;
    r->raw = raw;
}

static void put(struct tend_row *r, const char *field, struct tend_text value)
{
    assert_true(tend_text_valid(value) && tend_text_valid(tend_text_of(field)));
    r->put = value.len > 0;
    if (r->put)
        tend_buffer_addf(&r->text, "%s%s=%.*s", r->text.len ? "|" : "", field, TEND_FMT(value));
}

static void label(struct tend_row *r, struct tend_text text)
{
    if (r->put)
        tend_buffer_addf(&r->text, " (%.*s)", TEND_FMT(text));
}

static tend_status end_row(struct tend_row *r)
{
    if (r->text.len > 0)
        tend_buffer_addf(&out, "%d %s\n", (int)r->line, r->text.at);
    return TEND_OK;
}

static tend_status reject(struct tend_row *r, const char *code, int64_t column, const char *text)
{
    assert_true(text[0] != '\0' && column >= 0 && r->line > 0);
    tend_buffer_addf(&out, "%d:%d %s %.*s\n", (int)r->line, (int)column, code, TEND_FMT(r->raw));
    return TEND_OK;
}

static const struct tend_source_api source_api = {
    .size = sizeof source_api,
    .level = TEND_API,
    .line = next_line,
    .block = next_block,
    .map = map,
    .layout = layout,
    .found = found,
    .column = show_column,
    .row = begin_row,
    .place = place,
    .put = put,
    .label = label,
    .end = end_row,
    .reject = reject,
};

/* "delimiter=;\nskip=2" */
static const char *options;

static struct tend_text option_text(struct tend_ctx *ctx, const char *name)
{
    struct tend_text rest = tend_text_of(options ? options : ""), line, key;

    (void)ctx;
    while (tend_text_cut(&rest, "\n", &line)) {
        if (tend_text_cut(&line, "=", &key) && tend_text_is(key, name))
            return line;
    }
    return (struct tend_text){ "", 0 };
}

static int64_t option_number(struct tend_ctx *ctx, const char *name)
{
    struct tend_text text = option_text(ctx, name);
    int64_t number = 0;

    tend_text_int(text, &number);
    return number;
}

static const struct tend_command_api command_api = {
    .size = sizeof command_api, .level = TEND_API, .text = option_text, .number = option_number,
};

static const struct tend_lead_source *reader;

static tend_status provide(struct tend_ctx *ctx, const char *kind, const void *record)
{
    (void)ctx;
    assert_string_equal(kind, "lead_source");
    reader = record;
    return TEND_OK;
}

static tend_status say_why(struct tend_ctx *ctx, tend_status code, const char *fmt, ...)
{
    (void)ctx, (void)fmt;
    return code;
}

static void note(struct tend_ctx *ctx, int32_t level, const char *fmt, ...)
{
    va_list args;
    char line[256];

    (void)ctx;
    va_start(args, fmt);
    vsnprintf(line, sizeof line, fmt, args);
    va_end(args);
    tend_buffer_addf(&out, "log %d: %s\n", (int)level, line);
}

static const struct tend_host host = {
    .size = sizeof host,
    .abi = TEND_ABI,
    .api = TEND_API,
    .fail = say_why,
    .log = note,
    .provide = provide,
};

struct tend_ctx fake_ctx = {
    .size = sizeof fake_ctx,
    .host = &host,
    .text = &text_api,
    .source = &source_api,
    .command = &command_api,
};

static void load(void)
{
    if (!reader)
        assert_int_equal(tend_plugin_entry()->init(&fake_ctx, &host), TEND_OK);
    tend_arena_reset(&arena);
}

const char *fake_read(struct tend_text text, int64_t block, const char *map_text)
{
    struct tend_input in = { text, block, map_text, false };

    load();
    tend_buffer_reset(&out);
    tend_buffer_adds(&out, "");
    assert_int_equal(reader->read(&fake_ctx, &in), TEND_OK);
    return out.at ? out.at : "";
}

const char *fake_read_as(struct tend_text text, const char *typed)
{
    struct tend_input in = { text, 65536, NULL, true };
    tend_status status;

    load();
    options = typed;
    tend_buffer_reset(&out);
    tend_buffer_adds(&out, "");
    status = reader->read(&fake_ctx, &in);
    options = NULL;
    return status == TEND_OK ? out.at : "refused";
}

tend_status fake_try(struct tend_text text, int64_t block)
{
    struct tend_input in = { text, block, NULL, false };

    load();
    tend_buffer_reset(&out);
    return reader->read(&fake_ctx, &in);
}

int32_t fake_sniff_text(struct tend_text text, const char *filename)
{
    load();
    return reader->sniff(&fake_ctx, text, tend_text_of(filename));
}

int32_t fake_sniff(const char *text, const char *filename)
{
    return fake_sniff_text(tend_text_of(text), filename);
}
