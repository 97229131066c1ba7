/* One row of cells becomes one row of fields: names put together, several
 * values in a cell taken apart, the quirks of each program's export undone. */
#include "csv_work.h"
#include <string.h>

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

/* Did the user say which column holds that, and does it hold something? */
static bool is_mapped(const struct csv_work *w, const char *field)
{
    for (int64_t i = 0; i < w->layout->n; i++) {
        const struct csv_column *c = &w->layout->columns[i];

        if (c->field == CSV_MAPPED && strcmp(c->mapped, field) == 0 && csv_work_cell(w, i).len > 0)
            return true;
    }
    return false;
}

static void put_names(const struct csv_work *w)
{
    struct tend_text name = csv_work_first(w, CSV_NAME), given = csv_work_first(w, CSV_GIVEN);
    struct tend_text family = csv_work_first(w, CSV_FAMILY);
    struct csv_joined whole = { .len = 0 };

    csv_join(&whole, " ", given);
    csv_join(&whole, " ", csv_work_first(w, CSV_MIDDLE));
    csv_join(&whole, " ", family);
    if (!is_mapped(w, "name"))
        csv_work_put(w, "name", name.len > 0 ? name : csv_joined_text(&whole));
    csv_work_put(w, "given", given);
    csv_work_put(w, "family", family);
    csv_work_put(w, "csv.prefix", csv_work_first(w, CSV_PREFIX));
    csv_work_put(w, "csv.suffix", csv_work_first(w, CSV_SUFFIX));
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

static struct tend_text next_value(const struct csv_work *w, struct tend_text *rest,
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

/* "4.41E+11": a spreadsheet ate the digits. The host tells of it. */
static bool is_damaged(struct tend_text text)
{
    int64_t e = 0;

    while (e < text.len && ((text.at[e] >= '0' && text.at[e] <= '9') || strchr(".,", text.at[e])))
        e++;
    return e > 0 && e + 1 < text.len && (text.at[e] == 'E' || text.at[e] == 'e') &&
           text.at[e + 1] == '+';
}

/* What spreadsheets and lead forms put around a number: ="..." '... p:... */
static struct tend_text bare_phone(const struct csv_work *w, struct tend_text text)
{
    if (text.len > 3 && text.at[0] == '=' && text.at[1] == '"' && text.at[text.len - 1] == '"')
        text = (struct tend_text){ text.at + 2, text.len - 3 };
    if (text.len > 1 && text.at[0] == '\'')
        text = (struct tend_text){ text.at + 1, text.len - 1 };
    if (w->ctx->text->starts(text, "p:"))
        text = (struct tend_text){ text.at + 2, text.len - 2 };
    return w->ctx->text->trim(text);
}

static void put_values(const struct csv_work *w, int64_t i, const char *field,
                       struct tend_text label)
{
    const struct csv_column *c = &w->layout->columns[i];
    struct tend_text rest = csv_work_cell(w, i);

    while (rest.len > 0) {
        struct tend_text value = next_value(w, &rest, c->field);

        if (c->field == CSV_PHONE)
            value = bare_phone(w, value);
        if (value.len == 0 || is_nothing(value))
            continue;
        if ((c->field == CSV_PHONE && is_damaged(value)) ||
            (c->field == CSV_EMAIL && w->ctx->text->starts(value, "/o="))) {
            csv_work_put(w, c->attribute, value); /* kept, but nobody can be reached by it */
            continue;
        }
        csv_work_put(w, field, value);
        if (label.len > 0)
            w->ctx->source->label(w->row, label);
    }
}

/* All columns of a field, the primary ones first. */
static void put_all(const struct csv_work *w, enum csv_field field, const char *name)
{
    for (int32_t pass = 0; pass < 2; pass++) {
        for (int64_t i = 0; i < w->layout->n; i++) {
            bool primary;
            struct tend_text label;

            if (w->layout->columns[i].field != field || csv_work_cell(w, i).len == 0)
                continue;
            label = csv_work_label(w, &w->layout->columns[i], &primary);
            if (primary == (pass == 0))
                put_values(w, i, name, label);
        }
    }
}

/* --- tags --------------------------------------------------------------- */

static void put_tag(const struct csv_work *w, struct tend_text tag)
{
    tag = w->ctx->text->trim(tag);
    while (tag.len > 1 && tag.at[0] == '*' && tag.at[1] == ' ')
        tag = w->ctx->text->trim((struct tend_text){ tag.at + 2, tag.len - 2 });
    if (tag.len > 1 && tag.at[0] == '"' && tag.at[tag.len - 1] == '"')
        tag = w->ctx->text->trim((struct tend_text){ tag.at + 1, tag.len - 2 });
    if (!is_word(tag, "mycontacts") && !is_word(tag, "my contacts"))
        csv_work_put(w, "tag", tag);
}

static void put_tags(const struct csv_work *w, struct tend_text rest)
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

/* --- the rest ----------------------------------------------------------- */

static bool has_day(struct tend_text text)
{
    for (int64_t i = 0; i < text.len; i++) {
        if (text.at[i] >= '1' && text.at[i] <= '9')
            return true;
    }
    return false; /* "0.0.00": how Outlook says that it is not known */
}

static void two(struct csv_joined *j, const char *between, struct tend_text number)
{
    if (number.len == 1)
        csv_join(j, between, (struct tend_text){ "0", 1 });
    csv_join(j, number.len == 1 ? "" : between, number);
}

static void put_birthday(const struct csv_work *w)
{
    struct tend_text day = csv_work_first(w, CSV_BIRTH_DAY),
                     month = csv_work_first(w, CSV_BIRTH_MONTH);
    struct tend_text year = csv_work_first(w, CSV_BIRTH_YEAR),
                     whole = csv_work_first(w, CSV_BIRTHDAY);
    struct csv_joined date = { .len = 0 };

    if (has_day(whole)) {
        csv_work_put(w, "birthday", whole);
    } else if (has_day(day) && has_day(month)) {
        csv_join(&date, "", has_day(year) ? year : (struct tend_text){ "-", 1 });
        two(&date, "-", month);
        two(&date, "-", day);
        csv_work_put(w, "birthday", csv_joined_text(&date));
    }
}

static void put_region(const struct csv_work *w)
{
    struct tend_text region = csv_work_first(w, CSV_COUNTRY_CODE);

    for (int64_t i = 0; i < w->layout->n && region.len != 2; i++) {
        if (w->layout->columns[i].field == CSV_COUNTRY)
            region = csv_work_cell(w, i);
    }
    if (region.len == 2)
        csv_work_put(w, "region", region);
}

/* The id is the program's: another program's 8001 is somebody else. */
static void put_id(const struct csv_work *w)
{
    const char *program = csv_program_word(w->layout->program);
    struct tend_text id = csv_work_first(w, w->layout->program == CSV_LINKEDIN ? CSV_URL : CSV_ID);
    struct csv_joined whole = { .len = 0 };

    if (w->ctx->text->starts(id, "l:"))
        id = (struct tend_text){ id.at + 2, id.len - 2 };
    if (id.len == 0)
        return;
    csv_join(&whole, "", (struct tend_text){ program, (int64_t)strlen(program) });
    csv_join(&whole, "/", id);
    csv_work_put(w, "id", csv_joined_text(&whole));
}

/* What Outlook writes into columns that nobody filled. */
static bool is_default(const struct csv_work *w, struct tend_text text)
{
    return w->layout->program == CSV_OUTLOOK &&
           (is_word(text, "normal") || is_word(text, "unspecified") || is_word(text, "false") ||
            is_word(text, "0.0.00") || is_word(text, "0/0/00"));
}

/* A value whose name stands in the label beside it: "relation.spouse". */
static void put_named(const struct csv_work *w, const struct csv_column *c, struct tend_text value)
{
    const char *before = c->field == CSV_RELATION ? "relation." : "csv.";
    struct csv_joined name = { .len = 0 };
    bool primary;
    struct tend_text label = csv_work_label(w, c, &primary);

    if (c->field == CSV_RELATION)
        label = w->ctx->text->fold(w->ctx, label);
    csv_join(&name, "", (struct tend_text){ before, (int64_t)strlen(before) });
    csv_join(&name, "", label);
    if (name.len >= CSV_JOINED || (label.len == 0 && c->field == CSV_CUSTOM))
        csv_work_put(w, c->attribute, value);
    else if (label.len == 0)
        csv_work_put(w, "relation.other", value);
    else
        csv_work_put(w, (name.text[name.len] = '\0', name.text), value);
}

/* "no", or what people write for it. */
static bool is_no(struct tend_text text)
{
    static const char *const words[] = { "no",  "false", "n",   "f",    "nein", "non",     "nej",
                                         "nie", "nee",   "não", "falsch", "faux", "falso", NULL };

    for (int64_t i = 0; words[i]; i++) {
        if (is_word(text, words[i]))
            return true;
    }
    return is_nothing(text);
}

/* Who unsubscribed or asked not to be called: "dnc.email" with the column and what is in it. */
static void put_dnc(const struct csv_work *w, const struct csv_column *c, struct tend_text value)
{
    const char *field = c->group == 'e' ? "dnc.email"
                        : c->group == 'c' ? "dnc.call"
                        : c->group == 't' ? "dnc.text"
                                          : "dnc.all";
    struct csv_joined why = { .len = 0 };

    if (is_no(value))
        return;
    csv_join(&why, "", (struct tend_text){ c->name, (int64_t)strlen(c->name) });
    csv_join(&why, ": ", value);
    csv_work_put(w, field, csv_joined_text(&why));
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
    { CSV_SPONSOR, "sponsor" },
    { CSV_PLACEMENT, "placement" },
    { CSV_JOIN_DAY, "joined" },
    { CSV_RANK, "rank" },
    { CSV_ANNIVERSARY, "anniversary" },
};

static void put_column(const struct csv_work *w, int64_t i)
{
    const struct csv_column *c = &w->layout->columns[i];
    struct tend_text value = csv_work_cell(w, i);

    if (value.len == 0)
        return;
    for (size_t k = 0; k < sizeof plain / sizeof plain[0]; k++) {
        if (c->field == plain[k].field)
            csv_work_put(w, plain[k].name, value);
    }
    if (c->field == CSV_TAG)
        put_tags(w, value);
    if (c->field == CSV_DNC)
        put_dnc(w, c, value);
    if (c->field == CSV_CUSTOM || c->field == CSV_RELATION)
        put_named(w, c, value);
    if (c->field == CSV_MAPPED) {
        csv_work_put(w, c->mapped, value);
        if (csv_work_cell(w, c->label).len > 0)
            w->ctx->source->label(w->row, csv_work_cell(w, c->label));
    }
    if ((c->field == CSV_UNKNOWN && !is_default(w, value)) ||
        (c->field == CSV_COUNTRY && !w->layout->street))
        csv_work_put(w, c->attribute, value);
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
static bool has_extra(const struct csv_work *w)
{
    for (int64_t i = w->layout->n; i < w->p->n; i++) {
        if (csv_work_cell(w, i).len > 0)
            return true;
    }
    return false;
}

static bool has_any(const struct csv_work *w)
{
    for (int64_t i = 0; i < w->p->n; i++) {
        if (csv_work_cell(w, i).len > 0)
            return true;
    }
    return false;
}

/* Hands the row over as one that cannot be read, if it is; *done says so. */
static tend_status reject(const struct csv_work *w, bool *done)
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
    if (p->trouble == CSV_STRAY && w->layout->strict)
        return source->reject(w->row, "csv.quote", p->trouble_column,
                              "a quote in a value without quotes around it");
    if (p->trouble == CSV_INSIDE || p->trouble == CSV_HALF)
        return source->reject(w->row, "csv.quote", p->trouble_column,
                              p->trouble == CSV_HALF
                                  ? "the quote here has no partner; a value with a quote in it "
                                    "stands in quotes, with that one written twice"
                                  : "a quote within a value is written twice");
    if (has_extra(w))
        return source->reject(w->row, "csv.cells", 0,
                              "more cells than the header has: a value that holds the "
                              "delimiter needs quotes around it");
    if (p->n < w->layout->n && !w->layout->shorter && has_any(w))
        return source->reject(w->row, "csv.cells", 0,
                              "fewer cells than the header has: a value with a line end in it "
                              "needs quotes around it, and empty cells their delimiters");
    if (w->layout->hint && has_any(w))
        return source->reject(w->row, "csv.nobody", 0, w->layout->hint);
    *done = false;
    return TEND_OK;
}

tend_status csv_row_put(struct tend_ctx *ctx, const struct csv_layout *layout,
                        const struct csv_parser *p, struct tend_row *row)
{
    struct csv_work w = { ctx, layout, p, row };
    bool rejected;
    tend_status status = reject(&w, &rejected);

    if (rejected)
        return status;
    put_names(&w);
    put_all(&w, CSV_EMAIL, "email");
    put_all(&w, CSV_PHONE, "phone");
    put_all(&w, CSV_URL, "url");
    put_id(&w);
    csv_work_addresses(&w);
    put_birthday(&w);
    put_region(&w);
    for (int64_t i = 0; i < layout->n; i++)
        put_column(&w, i);
    return ctx->source->end(row);
}
