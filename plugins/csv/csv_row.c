/* One row of cells becomes one row of fields: names put together, several
 * values in a cell taken apart, the quirks of each program's export undone. */
#include "csv.h"
#include <string.h>

#define JOINED 1024 /* the longest name or address that is put together */

struct joined {
    char text[JOINED];
    int64_t len;
};

static void join(struct joined *j, const char *between, struct tend_text text)
{
    int64_t gap = j->len > 0 ? (int64_t)strlen(between) : 0;

    if (text.len == 0 || j->len + gap + text.len > JOINED)
        return;
    memcpy(j->text + j->len, between, (size_t)gap);
    memcpy(j->text + j->len + gap, text.at, (size_t)text.len);
    j->len += gap + text.len;
}

static struct tend_text text_of(const struct joined *j)
{
    return (struct tend_text){ j->text, j->len };
}

struct work { /* the row in hand */
    struct tend_ctx *ctx;
    const struct csv_layout *layout;
    const struct csv_parser *p;
    struct tend_row *row;
};

static struct tend_text cell(const struct work *w, int64_t i)
{
    if (i < 0 || i >= w->p->n)
        return (struct tend_text){ "", 0 };
    return w->ctx->text->trim(w->p->cells[i].text);
}

static void put(const struct work *w, const char *field, struct tend_text value)
{
    if (value.len > 0)
        w->ctx->source->put(w->row, field, value);
}

/* The first column of a field that has a value. */
static struct tend_text first(const struct work *w, enum csv_field field)
{
    for (int64_t i = 0; i < w->layout->n; i++) {
        if (w->layout->columns[i].field == field && cell(w, i).len > 0)
            return cell(w, i);
    }
    return (struct tend_text){ "", 0 };
}

static bool is_word(struct tend_text text, const char *word)
{
    if ((int64_t)strlen(word) != text.len)
        return false;
    for (int64_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != word[i])
            return false;
    }
    return true;
}

/* What people write for "there is none". */
static bool is_nothing(struct tend_text text)
{
    static const char *const words[] = {
        "n/a", "na", "none", "null", "nil", "k.a.", "unknown", NULL
    };
    bool some = false;

    for (int64_t i = 0; i < text.len && !some; i++)
        some = !strchr("-./?_ 0", text.at[i]);
    for (int64_t i = 0; words[i] && some; i++)
        some = !is_word(text, words[i]);
    return !some;
}

/* --- names -------------------------------------------------------------- */

static void put_names(const struct work *w)
{
    struct tend_text name = first(w, CSV_NAME), given = first(w, CSV_GIVEN);
    struct tend_text family = first(w, CSV_FAMILY);
    struct joined whole = { .len = 0 };

    join(&whole, " ", given);
    join(&whole, " ", first(w, CSV_MIDDLE));
    join(&whole, " ", family);
    put(w, "name", name.len > 0 ? name : text_of(&whole));
    put(w, "given", given);
    put(w, "family", family);
    put(w, "csv.prefix", first(w, CSV_PREFIX));
    put(w, "csv.suffix", first(w, CSV_SUFFIX));
}

/* --- several values in one cell ----------------------------------------- */

static int64_t count(struct tend_text text, char c)
{
    int64_t n = 0;

    for (int64_t i = 0; i < text.len; i++)
        n += text.at[i] == c;
    return n;
}

static int64_t digits(struct tend_text text)
{
    int64_t n = 0;

    for (int64_t i = 0; i < text.len; i++)
        n += text.at[i] >= '0' && text.at[i] <= '9';
    return n;
}

/* How long the separator is that stands at i; 0 if none does. */
static int64_t separator(struct tend_text text, int64_t i, enum csv_field field)
{
    struct tend_text before = { text.at, i }, behind = { text.at + i + 1, text.len - i - 1 };

    if (text.len - i >= 5 && memcmp(text.at + i, " ::: ", 5) == 0)
        return 5;
    if (field == CSV_EMAIL)
        return strchr(";,|\n\r\t", text.at[i]) && count(before, '@') && count(behind, '@');
    if (field != CSV_PHONE)
        return 0;
    if (strchr(";|\n\r", text.at[i]))
        return 1;
    return text.at[i] == ',' && digits(before) >= 6 && digits(behind) >= 6;
}

static struct tend_text next_value(const struct work *w, struct tend_text *rest,
                                   enum csv_field field)
{
    struct tend_text whole = *rest;

    for (int64_t i = 0; i < whole.len; i++) {
        int64_t gap = separator(whole, i, field);

        if (gap > 0) {
            *rest = (struct tend_text){ whole.at + i + gap, whole.len - i - gap };
            return w->ctx->text->trim((struct tend_text){ whole.at, i });
        }
    }
    *rest = (struct tend_text){ "", 0 };
    return w->ctx->text->trim(whole);
}

/* "4.41E+11": a spreadsheet ate the digits. */
static bool is_damaged(struct tend_text text)
{
    int64_t e = 0;

    while (e < text.len && ((text.at[e] >= '0' && text.at[e] <= '9') || strchr(".,", text.at[e])))
        e++;
    return e > 0 && e + 1 < text.len && (text.at[e] == 'E' || text.at[e] == 'e') &&
           text.at[e + 1] == '+';
}

/* What spreadsheets and lead forms put around a number: ="..." '... p:... */
static struct tend_text bare_phone(const struct work *w, struct tend_text text)
{
    if (text.len > 3 && text.at[0] == '=' && text.at[1] == '"' && text.at[text.len - 1] == '"')
        text = (struct tend_text){ text.at + 2, text.len - 3 };
    if (text.len > 1 && text.at[0] == '\'')
        text = (struct tend_text){ text.at + 1, text.len - 1 };
    if (w->ctx->text->starts(text, "p:"))
        text = (struct tend_text){ text.at + 2, text.len - 2 };
    return w->ctx->text->trim(text);
}

/* The label of a column in this row, and whether it says "primary" ("* Home"). */
static struct tend_text label_of(const struct work *w, const struct csv_column *c, bool *primary)
{
    struct tend_text label = { "", 0 };

    *primary = false;
    if (c->kind)
        label = (struct tend_text){ c->kind, (int64_t)strlen(c->kind) };
    if (c->label >= 0)
        label = cell(w, c->label);
    if (label.len > 0 && label.at[0] == '*') {
        *primary = true;
        label = w->ctx->text->trim((struct tend_text){ label.at + 1, label.len - 1 });
    }
    return label;
}

static void put_values(const struct work *w, int64_t i, const char *field, struct tend_text label)
{
    const struct csv_column *c = &w->layout->columns[i];
    struct tend_text rest = cell(w, i);

    while (rest.len > 0) {
        struct tend_text value = next_value(w, &rest, c->field);

        if (c->field == CSV_PHONE)
            value = bare_phone(w, value);
        if (value.len == 0 || is_nothing(value))
            continue;
        if ((c->field == CSV_PHONE && is_damaged(value)) ||
            (c->field == CSV_EMAIL && w->ctx->text->starts(value, "/o="))) {
            put(w, c->attribute, value); /* kept, but nobody can be reached by it */
            continue;
        }
        put(w, field, value);
        if (label.len > 0)
            w->ctx->source->label(w->row, label);
    }
}

/* All columns of a field, the primary ones first. */
static void put_all(const struct work *w, enum csv_field field, const char *name)
{
    for (int32_t pass = 0; pass < 2; pass++) {
        for (int64_t i = 0; i < w->layout->n; i++) {
            bool primary;
            struct tend_text label;

            if (w->layout->columns[i].field != field || cell(w, i).len == 0)
                continue;
            label = label_of(w, &w->layout->columns[i], &primary);
            if (primary == (pass == 0))
                put_values(w, i, name, label);
        }
    }
}

/* --- tags --------------------------------------------------------------- */

static void put_tag(const struct work *w, struct tend_text tag)
{
    tag = w->ctx->text->trim(tag);
    while (tag.len > 1 && tag.at[0] == '*' && tag.at[1] == ' ')
        tag = w->ctx->text->trim((struct tend_text){ tag.at + 2, tag.len - 2 });
    if (tag.len > 1 && tag.at[0] == '"' && tag.at[tag.len - 1] == '"')
        tag = w->ctx->text->trim((struct tend_text){ tag.at + 1, tag.len - 2 });
    if (!is_word(tag, "mycontacts") && !is_word(tag, "my contacts"))
        put(w, "tag", tag);
}

static void put_tags(const struct work *w, struct tend_text rest)
{
    bool google = w->layout->program == CSV_GOOGLE || w->layout->program == CSV_GOOGLE_OLD;
    bool quoted = false;
    int64_t begin = 0;

    for (int64_t i = 0; i < rest.len; i++) {
        bool wide = rest.len - i >= 5 && memcmp(rest.at + i, " ::: ", 5) == 0;

        if (rest.at[i] == '"')
            quoted = !quoted;
        if (quoted || !(wide || (!google && strchr(",;|", rest.at[i]))))
            continue;
        put_tag(w, (struct tend_text){ rest.at + begin, i - begin });
        if (wide)
            i += 4;
        begin = i + 1;
    }
    put_tag(w, (struct tend_text){ rest.at + begin, rest.len - begin });
}

/* --- addresses ---------------------------------------------------------- */

static struct tend_text part(const struct work *w, int64_t group, enum csv_field field)
{
    for (int64_t i = 0; i < w->layout->n; i++) {
        if (w->layout->columns[i].field == field && w->layout->columns[i].group == group &&
            cell(w, i).len > 0)
            return cell(w, i);
    }
    return (struct tend_text){ "", 0 };
}

static void join_lines(const struct work *w, struct joined *out, struct tend_text text)
{
    int64_t begin = 0;

    for (int64_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.at[i] != '\n' && text.at[i] != '\r')
            continue;
        join(out, ", ", w->ctx->text->trim((struct tend_text){ text.at + begin, i - begin }));
        begin = i + 1;
    }
}

/* "1 Main St, Suite 4, Arlington, VA 22201, USA"; "Ring 1, 1010 Wien". */
static void join_address(const struct work *w, int64_t group, struct joined *out)
{
    struct tend_text state = part(w, group, CSV_STATE), code = part(w, group, CSV_CODE);
    struct tend_text city = part(w, group, CSV_CITY);
    struct joined place = { .len = 0 };

    join_lines(w, out, part(w, group, CSV_ADDRESS));
    if (out->len > 0 && group >= 10000)
        return; /* the whole of it is there */
    for (int64_t i = 0; i < w->layout->n; i++) {
        if (w->layout->columns[i].field == CSV_STREET && w->layout->columns[i].group == group)
            join_lines(w, out, cell(w, i));
    }
    join(out, ", ", part(w, group, CSV_BOX));
    if (state.len > 0) {
        join(&place, " ", city);
        join(&place, ", ", state);
        join(&place, " ", code);
    } else {
        join(&place, " ", code);
        join(&place, " ", city);
    }
    join(out, ", ", text_of(&place));
    join(out, ", ", part(w, group, CSV_COUNTRY));
}

static bool is_address(enum csv_field field)
{
    return field >= CSV_ADDRESS && field <= CSV_COUNTRY;
}

static bool group_is_earlier(const struct csv_layout *layout, int64_t i)
{
    for (int64_t j = 0; j < i; j++) {
        if (is_address(layout->columns[j].field) &&
            layout->columns[j].group == layout->columns[i].group)
            return true;
    }
    return false;
}

static void put_addresses(const struct work *w)
{
    for (int64_t i = 0; w->layout->street && i < w->layout->n; i++) {
        const struct csv_column *c = &w->layout->columns[i];
        struct joined address = { .len = 0 };
        struct tend_text label;
        bool primary;

        if (!is_address(c->field) || group_is_earlier(w->layout, i))
            continue;
        join_address(w, c->group, &address);
        if (address.len == 0)
            continue;
        put(w, "address", text_of(&address));
        label = label_of(w, c, &primary);
        if (label.len > 0)
            w->ctx->source->label(w->row, label);
    }
}

/* --- the rest ----------------------------------------------------------- */

static bool has_day(struct tend_text text)
{
    for (int64_t i = 0; i < text.len; i++) {
        if (text.at[i] >= '1' && text.at[i] <= '9')
            return true;
    }
    return false; /* "0.0.00": how Outlook says that it is not known */
}

static void two(struct joined *j, const char *between, struct tend_text number)
{
    if (number.len == 1)
        join(j, between, (struct tend_text){ "0", 1 });
    join(j, number.len == 1 ? "" : between, number);
}

static void put_birthday(const struct work *w)
{
    struct tend_text day = first(w, CSV_BIRTH_DAY), month = first(w, CSV_BIRTH_MONTH);
    struct tend_text year = first(w, CSV_BIRTH_YEAR), whole = first(w, CSV_BIRTHDAY);
    struct joined date = { .len = 0 };

    if (has_day(whole)) {
        put(w, "birthday", whole);
    } else if (has_day(day) && has_day(month)) {
        join(&date, "", has_day(year) ? year : (struct tend_text){ "-", 1 });
        two(&date, "-", month);
        two(&date, "-", day);
        put(w, "birthday", text_of(&date));
    }
}

static void put_region(const struct work *w)
{
    struct tend_text region = first(w, CSV_COUNTRY_CODE);

    for (int64_t i = 0; i < w->layout->n && region.len != 2; i++) {
        if (w->layout->columns[i].field == CSV_COUNTRY)
            region = cell(w, i);
    }
    if (region.len == 2)
        put(w, "region", region);
}

/* The id is the program's: another program's 8001 is somebody else. */
static void put_id(const struct work *w)
{
    const char *program = csv_program_word(w->layout->program);
    struct tend_text id = first(w, w->layout->program == CSV_LINKEDIN ? CSV_URL : CSV_ID);
    struct joined whole = { .len = 0 };

    if (w->ctx->text->starts(id, "l:"))
        id = (struct tend_text){ id.at + 2, id.len - 2 };
    if (id.len == 0)
        return;
    join(&whole, "", (struct tend_text){ program, (int64_t)strlen(program) });
    join(&whole, "/", id);
    put(w, "id", text_of(&whole));
}

/* What Outlook writes into columns that nobody filled. */
static bool is_default(const struct work *w, struct tend_text text)
{
    return w->layout->program == CSV_OUTLOOK &&
           (is_word(text, "normal") || is_word(text, "unspecified") || is_word(text, "false") ||
            is_word(text, "0.0.00") || is_word(text, "0/0/00"));
}

static void put_custom(const struct work *w, const struct csv_column *c, struct tend_text value)
{
    struct joined name = { .len = 0 };
    bool primary;
    struct tend_text label = label_of(w, c, &primary);

    join(&name, "", (struct tend_text){ "csv.", 4 });
    join(&name, "", label);
    if (label.len == 0 || name.len >= JOINED)
        put(w, c->attribute, value);
    else
        put(w, (name.text[name.len] = '\0', name.text), value);
}

/* Fields that are handed over as they stand. */
static const struct {
    enum csv_field field;
    const char *name;
} plain[] = {
    { CSV_NICKNAME, "nickname" },
    { CSV_ORGANISATION, "organisation" },
    { CSV_TITLE, "title" },
    { CSV_NOTE, "note" },
    { CSV_SOURCE, "source" },
    { CSV_ZONE, "zone" },
    { CSV_AT, "at" },
    { CSV_INTEREST, "interest" },
    { CSV_MET_HOW, "met_how" },
};

static void put_column(const struct work *w, int64_t i)
{
    const struct csv_column *c = &w->layout->columns[i];
    struct tend_text value = cell(w, i);

    if (value.len == 0)
        return;
    for (size_t k = 0; k < sizeof plain / sizeof plain[0]; k++) {
        if (c->field == plain[k].field)
            put(w, plain[k].name, value);
    }
    if (c->field == CSV_TAG)
        put_tags(w, value);
    if (c->field == CSV_CUSTOM)
        put_custom(w, c, value);
    if (c->field == CSV_MAPPED) {
        put(w, c->mapped, value);
        if (cell(w, c->label).len > 0)
            w->ctx->source->label(w->row, cell(w, c->label));
    }
    if ((c->field == CSV_UNKNOWN && !is_default(w, value)) ||
        (c->field == CSV_COUNTRY && !w->layout->street))
        put(w, c->attribute, value);
}

bool csv_row_is_footer(const struct csv_layout *layout, const struct csv_parser *p)
{
    static const char *const begins[] = { "Grand Totals (", "Confidential Information",
                                          "Copyright (c)", NULL };

    if (layout->n < 2 || p->n != 1)
        return false;
    for (int64_t i = 0; begins[i]; i++) {
        if (p->cells[0].text.len >= (int64_t)strlen(begins[i]) &&
            memcmp(p->cells[0].text.at, begins[i], strlen(begins[i])) == 0)
            return true;
    }
    return false;
}

/* Cells behind the last column that hold something. */
static bool has_extra(const struct work *w)
{
    for (int64_t i = w->layout->n; i < w->p->n; i++) {
        if (cell(w, i).len > 0)
            return true;
    }
    return false;
}

/* Hands the row over as one that cannot be read, if it is; *done says so. */
static tend_status reject(const struct work *w, bool *done)
{
    const struct tend_source_api *source = w->ctx->source;
    const struct csv_parser *p = w->p;

    *done = true;
    if (p->trouble == CSV_OPEN)
        return source->reject(w->row, "csv.quote", p->trouble_column,
                              "the quote that begins here is never closed; "
                              "a quote within a value is written twice");
    if (p->trouble == CSV_LONG)
        return source->reject(w->row, "csv.long", 1, "a row of more than 4 MB: is this a table?");
    if (p->trouble == CSV_INSIDE && p->n != w->layout->n)
        return source->reject(w->row, "csv.quote", p->trouble_column,
                              "a quote within a value is written twice");
    if (has_extra(w))
        return source->reject(w->row, "csv.cells", 0,
                              "more cells than the header has: a value that holds the "
                              "delimiter needs quotes around it");
    *done = false;
    return TEND_OK;
}

tend_status csv_row_put(struct tend_ctx *ctx, const struct csv_layout *layout,
                        const struct csv_parser *p, struct tend_row *row)
{
    struct work w = { ctx, layout, p, row };
    bool rejected;
    tend_status status = reject(&w, &rejected);

    if (rejected)
        return status;
    put_names(&w);
    put_all(&w, CSV_EMAIL, "email");
    put_all(&w, CSV_PHONE, "phone");
    put_all(&w, CSV_URL, "url");
    put_id(&w);
    put_addresses(&w);
    put_birthday(&w);
    put_region(&w);
    for (int64_t i = 0; i < layout->n; i++)
        put_column(&w, i);
    return ctx->source->end(row);
}
