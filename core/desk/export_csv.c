/* The table that tend reads back: each column is called like the field that it
 * holds, a field with several values has several columns, and a label stands in
 * the column "FIELD label" behind its value. Columns that begin with "tend" are
 * for people to read; an import leaves them out. */
#include "base/array.h"
#include "desk/export_parts.h"

struct column {
    char *name;
    int64_t width; /* the most values that anybody has */
    bool labelled;
};

struct columns {
    TEND_ARRAY(struct column) list;
    bool guard; /* against what a spreadsheet takes for a formula */
};

struct value { /* of one person, in the order of columns */
    struct tend_text name, value, label;
};

struct values {
    TEND_ARRAY(struct value) list;
};

static void add(struct values *v, struct tend_text name, struct tend_text value,
                struct tend_text label)
{
    if (value.len > 0)
        TEND_PUSH(&v->list, (struct value){ name, value, label });
}

static struct tend_text joined(struct tend_arena *arena, const struct tend_text *texts, int64_t n)
{
    struct tend_buffer list = { 0 };
    struct tend_text out;

    for (int64_t i = 0; i < n; i++) {
        if (i > 0)
            tend_buffer_adds(&list, ", ");
        tend_buffer_add(&list, texts[i]);
    }
    out = tend_arena_text(arena, tend_buffer_text(&list));
    tend_buffer_finish(&list);
    return out;
}

static struct tend_text stages_of(struct tend_arena *arena, const struct tend_person_view *p)
{
    struct tend_text *texts = tend_arena_take(arena, (size_t)(p->n_stages + 1) * sizeof *texts);

    for (int64_t i = 0; i < p->n_stages; i++)
        texts[i] = tend_text_of(tend_arena_printf(arena, "%.*s:%.*s", TEND_FMT(p->stages[i].name),
                                                  TEND_FMT(p->stages[i].value)));
    return joined(arena, texts, p->n_stages);
}

/* The id of another reader keeps its key: "tend:" says that it is one. */
static struct tend_text point_value(struct tend_arena *arena, const struct tend_point_view *p)
{
    if (!tend_text_is(p->kind, "id"))
        return p->value;
    return tend_text_of(tend_arena_printf(arena, "tend:%.*s", TEND_FMT(p->key)));
}

static void collect(struct tend_arena *arena, const struct tend_card *card, struct values *v)
{
    const struct tend_text none = { "", 0 };
    const struct tend_person_view *p = &card->person;

    v->list.n = 0;
    add(v, TEND_TEXT("tend"), p->uid, none);
    add(v, TEND_TEXT("name"), p->name, none);
    add(v, TEND_TEXT("given"), p->given, none);
    add(v, TEND_TEXT("family"), p->family, none);
    add(v, TEND_TEXT("source"), p->source, none);
    add(v, TEND_TEXT("zone"), p->zone, none);
    add(v, TEND_TEXT("region"), p->region, none);
    add(v, TEND_TEXT("tend stage"), stages_of(arena, p), none);
    add(v, TEND_TEXT("tend roles"), joined(arena, p->roles, p->n_roles), none);
    add(v, TEND_TEXT("tend dnc"), joined(arena, p->dnc, p->n_dnc), none);
    for (int64_t i = 0; i < p->n_points; i++)
        add(v, p->points[i].kind, point_value(arena, &p->points[i]), p->points[i].label);
    for (int64_t i = 0; i < p->n_tags; i++)
        add(v, TEND_TEXT("tag"), p->tags[i], none);
    for (int64_t i = 0; i < p->n_attributes; i++)
        add(v, p->attributes[i].name, p->attributes[i].value, none);
    for (int64_t i = 0; i < card->known.n_notes; i++)
        add(v, TEND_TEXT("note"), card->known.notes[i], none);
}

static struct column *find_column(struct columns *columns, struct tend_text name)
{
    for (int64_t i = 0; i < columns->list.n; i++) {
        if (tend_text_is(name, columns->list.at[i].name))
            return &columns->list.at[i];
    }
    return NULL;
}

/* Columns as wide as this person needs them. */
static void widen(struct columns *columns, const struct values *v)
{
    for (int64_t i = 0; i < v->list.n; i++) {
        const struct value *value = &v->list.at[i];
        struct column *column = find_column(columns, value->name);
        int64_t same = 0;

        if (!column) {
            struct column new = { .name = tend_alloc((size_t)value->name.len + 1) };

            memcpy(new.name, value->name.at, (size_t)value->name.len);
            TEND_PUSH(&columns->list, new);
            column = &columns->list.at[columns->list.n - 1];
        }
        for (int64_t j = 0; j <= i; j++)
            same += tend_text_eq(v->list.at[j].name, value->name);
        if (same > column->width)
            column->width = same;
        column->labelled = column->labelled || value->label.len > 0;
    }
}

static void put_cell(struct tend_buffer *out, struct tend_text text, bool *first)
{
    bool quote = false;

    if (!*first)
        tend_buffer_addc(out, ',');
    *first = false;
    for (int64_t i = 0; i < text.len && !quote; i++)
        quote = strchr(",\"\r\n;\t|:'", text.at[i]) != NULL || text.at[0] == ' ';
    if (!quote) {
        tend_buffer_add(out, text);
        return;
    }
    tend_buffer_addc(out, '"');
    for (int64_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"')
            tend_buffer_addc(out, '"');
        tend_buffer_addc(out, text.at[i]);
    }
    tend_buffer_addc(out, '"');
}

static void put_header(struct tend_buffer *out, const struct columns *columns)
{
    bool first = true;

    for (int64_t i = 0; i < columns->list.n; i++) {
        const struct column *c = &columns->list.at[i];

        for (int64_t k = 0; k < c->width; k++) {
            put_cell(out, tend_text_of(c->name), &first);
            if (!c->labelled)
                continue;
            tend_buffer_addf(out, ",%s label", c->name);
        }
    }
    tend_buffer_adds(out, "\r\n");
}

/* The k-th value of that name; NULL if there are fewer. */
static const struct value *nth(const struct values *v, const char *name, int64_t k)
{
    for (int64_t i = 0; i < v->list.n; i++) {
        if (tend_text_is(v->list.at[i].name, name) && k-- == 0)
            return &v->list.at[i];
    }
    return NULL;
}

/* A value as it stands in the table: guarded, it begins with an apostrophe. */
static void put_guarded(struct tend_buffer *out, const struct columns *columns,
                        struct tend_text text, bool *first)
{
    struct tend_buffer guarded = { 0 };

    if (!columns->guard || text.len == 0 || !strchr("=+-@\t\r", text.at[0])) {
        put_cell(out, text, first);
        return;
    }
    tend_buffer_addc(&guarded, '\'');
    tend_buffer_add(&guarded, text);
    put_cell(out, tend_buffer_text(&guarded), first);
    tend_buffer_finish(&guarded);
}

static void put_row(struct tend_buffer *out, const struct columns *columns, const struct values *v)
{
    const struct tend_text none = { "", 0 };
    bool first = true;

    for (int64_t i = 0; i < columns->list.n; i++) {
        const struct column *c = &columns->list.at[i];

        for (int64_t k = 0; k < c->width; k++) {
            const struct value *value = nth(v, c->name, k);

            put_guarded(out, columns, value ? value->value : none, &first);
            if (c->labelled)
                put_guarded(out, columns, value ? value->label : none, &first);
        }
    }
    tend_buffer_adds(out, "\r\n");
}

/* Goes over all persons: without out, to learn the columns. */
static tend_status pass(struct tend_desk *desk, const tend_id *persons, int64_t n,
                        struct columns *columns, FILE *out)
{
    struct tend_arena arena = { 0 };
    struct tend_buffer text = { 0 };
    struct values values = { .list = { 0 } };
    tend_status status = TEND_OK;

    if (out)
        put_header(&text, columns);
    for (int64_t i = 0; i < n && status == TEND_OK; i++) {
        struct tend_card card;

        status = tend_export_read(desk, persons[i], &arena, &card);
        if (status != TEND_OK)
            break;
        collect(&arena, &card, &values);
        if (!out)
            widen(columns, &values);
        else
            put_row(&text, columns, &values);
        if (text.len > 0)
            fwrite(text.at, 1, (size_t)text.len, out);
        tend_buffer_reset(&text);
        tend_arena_reset(&arena);
    }
    if (text.len > 0)
        fwrite(text.at, 1, (size_t)text.len, out); /* the header of nobody */
    TEND_ARRAY_FINISH(&values.list);
    tend_buffer_finish(&text);
    tend_arena_finish(&arena);
    return status;
}

tend_status tend_export_csv(struct tend_desk *desk, bool guard, const tend_id *persons, int64_t n,
                            FILE *out)
{
    static const char *const always[] = { "tend", "name", "given", "family", "email", "phone" };
    struct columns columns = { .list = { 0 }, .guard = guard };
    tend_status status;

    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        TEND_PUSH(&columns.list, (struct column){ tend_strdup(always[i]), 1, false });
    status = pass(desk, persons, n, &columns, NULL);
    if (status == TEND_OK)
        status = pass(desk, persons, n, &columns, out);
    for (int64_t i = 0; i < columns.list.n; i++)
        tend_free(columns.list.at[i].name);
    TEND_ARRAY_FINISH(&columns.list);
    return status;
}
