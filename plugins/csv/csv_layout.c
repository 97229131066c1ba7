/* Finds the header among the first rows and decides what each column holds. */
#include "csv.h"
#include <stdlib.h>
#include <string.h>

#define LOOK_ROWS 30 /* the header stands among these */
#define FOLD 64

static char *copy(const char *before, struct tend_text text)
{
    size_t head = strlen(before);
    char *out = malloc(head + (size_t)text.len + 1);

    if (!out)
        return NULL;
    memcpy(out, before, head);
    for (int64_t i = 0; i < text.len; i++)
        out[head + (size_t)i] = (unsigned char)text.at[i] < ' ' ? ' ' : text.at[i];
    out[head + (size_t)text.len] = '\0';
    return out;
}

static bool folds_to(struct tend_ctx *ctx, struct tend_text label, const char *words)
{
    char folded[FOLD];
    int64_t len = csv_label_fold(ctx->text, ctx, label, folded, FOLD);
    struct tend_text rest = { words, (int64_t)strlen(words) }, word;

    while (len > 0 && ctx->text->cut(&rest, " ", &word)) {
        if (word.len == len && memcmp(word.at, folded, (size_t)len) == 0)
            return true;
    }
    return false;
}

/* --- numbered groups: "E-mail 1 - Value" -------------------------------- */

struct part {
    const char *base, *part;
    enum csv_field field;
};

static const struct part parts[] = {
    { "email", "value", CSV_EMAIL },        { "phone", "value", CSV_PHONE },
    { "website", "value", CSV_URL },        { "customfield", "value", CSV_CUSTOM },
    { "relation", "value", CSV_RELATION },  { "address", "formatted", CSV_ADDRESS },
    { "address", "street", CSV_STREET },    { "address", "extendedaddress", CSV_STREET },
    { "address", "pobox", CSV_BOX },        { "address", "city", CSV_CITY },
    { "address", "region", CSV_STATE },     { "address", "postalcode", CSV_CODE },
    { "address", "country", CSV_COUNTRY },  { "organization", "name", CSV_ORGANISATION },
    { "organization", "title", CSV_TITLE },
};
#define N_PARTS ((int64_t)(sizeof parts / sizeof parts[0]))

/* Cuts "Phone 2 - Value" into its three; false if it is not made so. */
static bool cut_group(struct tend_text label, struct tend_text *base, int64_t *number,
                      struct tend_text *part)
{
    int64_t dash = label.len - 3, end;

    while (dash > 0 && memcmp(label.at + dash, " - ", 3) != 0)
        dash--;
    if (dash <= 0)
        return false;
    *part = (struct tend_text){ label.at + dash + 3, label.len - dash - 3 };
    end = dash;
    while (end > 0 && label.at[end - 1] >= '0' && label.at[end - 1] <= '9')
        end--;
    if (end == dash || dash - end > 4)
        return false;
    *number = 0;
    for (int64_t i = end; i < dash; i++)
        *number = *number * 10 + (label.at[i] - '0');
    *base = (struct tend_text){ label.at, end };
    return true;
}

static bool bind_group(struct tend_ctx *ctx, struct tend_text label, struct csv_column *column)
{
    struct tend_text base, part;
    int64_t number, first = -1;

    if (!cut_group(label, &base, &number, &part))
        return false;
    for (int64_t i = 0; i < N_PARTS; i++) {
        if (!folds_to(ctx, base, parts[i].base))
            continue;
        if (first < 0)
            first = i;
        column->group = (first + 1) * 10000 + number;
        if (folds_to(ctx, part, "type label")) {
            column->field = CSV_LABEL;
            return true;
        }
        if (folds_to(ctx, part, parts[i].part)) {
            column->field = parts[i].field;
            return true;
        }
    }
    return first >= 0;
}

/* --- one column --------------------------------------------------------- */

static void bind(struct tend_ctx *ctx, struct tend_text label, struct csv_column *column)
{
    const struct csv_label *known;

    if (bind_group(ctx, label, column))
        return;
    known = csv_label_find(ctx->text, ctx, label);
    if (!known)
        return;
    column->field = (enum csv_field)known->field;
    column->kind = csv_label_kind(known->kind);
    column->group = known->kind;
}

static bool is_known(struct tend_ctx *ctx, struct tend_input *in, struct tend_text label)
{
    struct csv_column column = { .label = -1 };
    struct tend_text field;

    if (label.len == 0)
        return false;
    bind(ctx, label, &column);
    return column.field != CSV_UNKNOWN || column.group != 0 ||
           (in && ctx->source->map(in, label, &field) == 1);
}

/* --- the header --------------------------------------------------------- */

/* Which of the first rows is the header; -1 if none is. */
static int64_t find_header(struct tend_ctx *ctx, struct tend_input *in, struct csv_parser *p,
                           int64_t width)
{
    int64_t maybe = -1, wordy = -1, seen = 0;

    for (int64_t row = 0; row < LOOK_ROWS && csv_parser_row(p) > 0; row++) {
        int64_t known = 0, data = 0, filled = 0, n = 0;

        for (int64_t i = 0; i < p->n; i++) {
            struct tend_text cell = ctx->text->trim(p->cells[i].text);

            filled += cell.len > 0;
            n = cell.len > 0 ? i + 1 : n;
            known += is_known(ctx, in, cell);
            data += csv_looks_like_value(cell);
        }
        seen += filled > 0;
        if (filled == 0 || p->n * 2 < width || (p->n <= 2 && ctx->text->starts(p->raw, "sep=")))
            continue;
        if (data > 0 && known <= data)
            break;
        if (known >= 2 || (known == 1 && (p->n == 1 ? seen == 1 : width <= 3)))
            return row;
        if (known == 1 && maybe < 0)
            maybe = row;
        if (wordy < 0 && filled == n && n > 1) {
            wordy = row;
            seen = 1;
        }
    }
    /* a row of nothing but words above other rows is one too */
    return maybe >= 0 ? maybe : seen > 1 ? wordy : -1;
}

static struct tend_text name_of(const struct csv_column *column)
{
    return (struct tend_text){ column->name, (int64_t)strlen(column->name) };
}

static bool has_label(struct tend_ctx *ctx, const struct csv_layout *layout, const char *folded)
{
    for (int64_t i = 0; i < layout->n; i++) {
        if (folds_to(ctx, name_of(&layout->columns[i]), folded))
            return true;
    }
    return false;
}

static int64_t find_field(const struct csv_layout *layout, enum csv_field field)
{
    for (int64_t i = 0; i < layout->n; i++) {
        if (layout->columns[i].field == field)
            return i;
    }
    return -1;
}

static bool has_kind(const struct csv_layout *l, enum csv_field field, const char *kind)
{
    for (int64_t i = 0; i < l->n; i++) {
        if (l->columns[i].field == field && l->columns[i].kind &&
            strcmp(l->columns[i].kind, kind) == 0)
            return true;
    }
    return false;
}

/* In any language: two addresses and two phones of one person, and most of the rest that
 * these programs export whether it is filled or not. */
static enum csv_program find_address_book(const struct csv_layout *l)
{
    bool apart = find_field(l, CSV_BIRTH_YEAR) >= 0 && find_field(l, CSV_BIRTH_MONTH) >= 0;

    if (l->n < 20 || find_field(l, CSV_EMAIL) < 0 || find_field(l, CSV_FAMILY) < 0 ||
        !has_kind(l, CSV_STREET, "home") || !has_kind(l, CSV_STREET, "work") ||
        !has_kind(l, CSV_PHONE, "home") || !has_kind(l, CSV_PHONE, "work"))
        return CSV_TABLE;
    return apart && find_field(l, CSV_NAME) >= 0 ? CSV_THUNDERBIRD : CSV_OUTLOOK;
}

static enum csv_program find_program(struct tend_ctx *ctx, const struct csv_layout *l)
{
    if (l->n > 1 && ctx->text->is(name_of(&l->columns[0]), "tend") &&
        ctx->text->is(name_of(&l->columns[1]), "name"))
        return CSV_TEND;
    if (has_label(ctx, l, "connectedon") && has_label(ctx, l, "firstname"))
        return CSV_LINKEDIN;
    if (has_label(ctx, l, "inboxurl") || (has_label(ctx, l, "formid") && has_label(ctx, l, "adid")))
        return CSV_FACEBOOK;
    if (has_label(ctx, l, "groupmembership") || has_label(ctx, l, "email1type"))
        return CSV_GOOGLE_OLD;
    if (has_label(ctx, l, "email1label") || has_label(ctx, l, "phone1label") ||
        (has_label(ctx, l, "labels") && has_label(ctx, l, "fileas")))
        return CSV_GOOGLE;
    if (has_label(ctx, l, "screenname") && has_label(ctx, l, "displayname"))
        return CSV_THUNDERBIRD;
    if (has_label(ctx, l, "leid") && has_label(ctx, l, "euid"))
        return CSV_MAILCHIMP;
    if (has_label(ctx, l, "recordid") &&
        has_label(ctx, l, "lifecyclestage contactowner leadstatus createdate"))
        return CSV_HUBSPOT;
    if (has_label(ctx, l, "leadowner accountowner contactowner companyaccount"))
        return CSV_SALESFORCE;
    if (has_label(ctx, l, "businessphone telefongeschaftlich telephonebureau") &&
        has_label(ctx, l, "emailaddress emailadresse adressedemessagerie"))
        return CSV_OUTLOOK;
    return find_address_book(l);
}

const char *csv_program_title(enum csv_program program)
{
    static const char *const titles[CSV_PROGRAMS] = {
        "table",
        "Google Contacts",
        "Google Contacts (before 2023)",
        "LinkedIn connections",
        "Outlook",
        "Thunderbird",
        "HubSpot",
        "Mailchimp",
        "Facebook lead ads",
        "Salesforce report",
        "tend",
    };

    return titles[program];
}

const char *csv_program_word(enum csv_program program)
{
    static const char *const words[CSV_PROGRAMS] = {
        "table",   "google",    "google",   "linkedin",   "outlook", "thunderbird",
        "hubspot", "mailchimp", "facebook", "salesforce", "tend",
    };

    return words[program];
}

/* --- what columns mean beside each other -------------------------------- */

static struct tend_text cell_at(const struct csv_parser *p, int64_t i)
{
    return i >= 0 && i < p->n ? p->cells[i].text : (struct tend_text){ "", 0 };
}

static bool contains(struct tend_text whole, struct tend_text piece)
{
    return piece.len > 0 && whole.len > piece.len &&
           memmem(whole.at, (size_t)whole.len, piece.at, (size_t)piece.len) != NULL;
}

/* "Name;Vorname", "Nombre;Apellidos": the column that says only "name" is the
 * half that the other is not, unless the first row of data shows it is both. */
static void settle_names(struct tend_ctx *ctx, struct csv_layout *layout,
                         const struct csv_parser *data)
{
    int64_t given = find_field(layout, CSV_GIVEN), family = find_field(layout, CSV_FAMILY);
    int64_t other = given >= 0 ? given : family;

    if (other < 0 || (given >= 0 && family >= 0))
        return;
    for (int64_t i = 0; i < layout->n; i++) {
        if (layout->columns[i].field != CSV_NAME ||
            !folds_to(ctx, name_of(&layout->columns[i]),
                      "name nombre nome naam namn navn nimi nev имя ad"))
            continue;
        if (!contains(cell_at(data, i), cell_at(data, other)))
            layout->columns[i].field = given >= 0 ? CSV_FAMILY : CSV_GIVEN;
        return;
    }
}

/* Our own export: columns are called like the fields that they hold; "email
 * label" labels the column before; what begins with "tend" is not for reading. */
static tend_status settle_tend(struct csv_layout *layout)
{
    for (int64_t i = 0; i < layout->n; i++) {
        struct csv_column *c = &layout->columns[i];
        int64_t len = (int64_t)strlen(c->name);

        c->group = 0;
        c->kind = NULL;
        if (i == 0 && c->field != CSV_MAPPED) {
            c->field = CSV_MAPPED;      /* who it is, in whichever database */
            c->mapped = copy("uid", (struct tend_text){ "", 0 });
            if (!c->mapped)
                return TEND_NOMEM;
        } else if (memcmp(c->name, "tend", len < 4 ? (size_t)len + 1 : 4) == 0) {
            c->field = CSV_DROP;
        } else if (i > 0 && len > 6 && strcmp(c->name + len - 6, " label") == 0) {
            c->field = CSV_LABEL;
            layout->columns[i - 1].label = i;
        } else if (c->field != CSV_MAPPED) {
            c->field = CSV_MAPPED;
            c->mapped = copy("", name_of(c));
            if (!c->mapped)
                return TEND_NOMEM;
        }
    }
    return TEND_OK;
}

static void settle(struct tend_ctx *ctx, struct csv_layout *layout, const struct csv_parser *data)
{
    bool apart =
        find_field(layout, CSV_BIRTH_YEAR) >= 0 || find_field(layout, CSV_BIRTH_MONTH) >= 0;
    /* where sponsors are told by their ids, the ids are the company's */
    bool downline =
        find_field(layout, CSV_SPONSOR) >= 0 || find_field(layout, CSV_PLACEMENT) >= 0;
    int64_t titles = 0;

    settle_names(ctx, layout, data);
    layout->street = find_field(layout, CSV_STREET) >= 0 || find_field(layout, CSV_ADDRESS) >= 0;
    for (int64_t i = 0; i < layout->n; i++)
        titles += layout->columns[i].field == CSV_TITLE;
    for (int64_t i = 0; i < layout->n; i++) {
        struct csv_column *c = &layout->columns[i];

        if (c->field == CSV_BIRTHDAY && apart)
            c->field = CSV_BIRTH_DAY;
        if ((c->field == CSV_BIRTH_DAY || c->field == CSV_BIRTH_MONTH) &&
            folds_to(ctx, name_of(c), "jour mois") && find_field(layout, CSV_BIRTH_YEAR) < 0)
            c->field = CSV_UNKNOWN; /* of some other day */
        if (c->field == CSV_TITLE && titles > 1 &&
            folds_to(ctx, name_of(c), "title titel titolo titre titulo"))
            c->field = CSV_PREFIX;
        if (c->field >= CSV_CITY && c->field < CSV_COUNTRY && !layout->street)
            c->field = CSV_UNKNOWN;
        if (downline && c->field == CSV_UNKNOWN && folds_to(ctx, name_of(c), "id"))
            c->field = CSV_ID;
        if (c->field == CSV_ID && layout->program == CSV_TABLE && !downline)
            c->field = CSV_UNKNOWN; /* two lists number their people from 1 */
        if (layout->program == CSV_FACEBOOK && folds_to(ctx, name_of(c), "id"))
            c->field = CSV_ID;
        for (int64_t j = 0; j < layout->n && c->field != CSV_LABEL && c->group >= 10000; j++) {
            if (layout->columns[j].field == CSV_LABEL && layout->columns[j].group == c->group)
                c->label = j;
        }
    }
}

/* --- all of it ---------------------------------------------------------- */

static tend_status make_columns(struct csv_layout *layout, struct tend_ctx *ctx,
                                struct tend_input *in, const struct csv_parser *p)
{
    layout->columns = calloc((size_t)p->n + 1, sizeof *layout->columns);
    if (!layout->columns)
        return TEND_NOMEM;
    for (int64_t i = 0; i < p->n; i++, layout->n++) {
        struct csv_column *c = &layout->columns[i];
        struct tend_text name = ctx->text->trim(p->cells[i].text), field = { "", 0 };
        char number[24] = { 0 };
        int64_t at = (int64_t)sizeof number - 1;

        c->blank = !layout->header || name.len == 0;
        if (c->blank) {
            for (int64_t k = i + 1; k > 0; k /= 10)
                number[--at] = (char)('0' + k % 10);
            name = (struct tend_text){ number + at, (int64_t)sizeof number - 1 - at };
        }
        c->label = -1;
        c->name = copy("", name);
        c->attribute = copy(layout->header ? "csv." : "csv.column ", name);
        if (layout->header)
            bind(ctx, name, c);
        if (in && ctx->source->map(in, name, &field) == 1) {
            c->mapped = copy("", field);
            c->field = CSV_MAPPED;
        }
        if (!c->name || !c->attribute || (c->field == CSV_MAPPED && !c->mapped)) {
            layout->n++;
            return TEND_NOMEM;
        }
    }
    return TEND_OK;
}

static bool knows_somebody(const struct csv_layout *layout)
{
    for (int64_t i = 0; i < layout->n; i++) {
        enum csv_field field = layout->columns[i].field;

        if (field == CSV_NAME || field == CSV_GIVEN || field == CSV_FAMILY || field == CSV_EMAIL ||
            field == CSV_PHONE || field == CSV_MAPPED)
            return true;
    }
    return false;
}

/* What to do where no column tells who a row is about. */
static tend_status make_hint(struct csv_layout *layout)
{
    static const char says[] = "no column is known to hold a name, e-mail or phone: "
                               "say which does with --map name=COLUMN; here: ";
    int64_t size = 400, len = (int64_t)sizeof says - 1;
    char *hint = malloc((size_t)size);

    if (!hint)
        return TEND_NOMEM;
    memcpy(hint, says, (size_t)len);
    for (int64_t i = 0; i < layout->n; i++) {
        struct tend_text name = name_of(&layout->columns[i]);

        if (len + name.len + 8 > size) {
            memcpy(hint + len, ", ...", 5);
            len += 5;
            break;
        }
        memcpy(hint + len, ", ", 2);
        len += i > 0 ? 2 : 0;
        memcpy(hint + len, name.at, (size_t)name.len);
        len += name.len;
    }
    hint[len] = '\0';
    layout->hint = hint;
    return TEND_OK;
}

/* The first row with something in it, as the user said; -1 if there is none. */
static int64_t first_row(struct csv_parser *p)
{
    for (int64_t row = 0; csv_parser_row(p) > 0; row++) {
        if (p->n > 1 || p->cells[0].text.len > 0)
            return row;
    }
    return -1;
}

/* The first row with something in it; the parser stands behind it. */
static bool next_filled(struct csv_parser *p, int64_t *rows)
{
    while (csv_parser_row(p) > 0) {
        (*rows)++;
        if (p->n > 1 || p->cells[0].text.len > 0)
            return true;
    }
    return false;
}

/* Do cells stand where their column says: an e-mail or a phone under its label? */
static bool is_aligned(struct tend_ctx *ctx, const struct csv_layout *layout,
                       const struct csv_parser *p)
{
    for (int64_t i = 0; i < layout->n && i < p->n; i++) {
        struct tend_text cell = ctx->text->trim(p->cells[i].text);

        if ((layout->columns[i].field == CSV_EMAIL && csv_looks_like_email(cell)) ||
            (layout->columns[i].field == CSV_PHONE && csv_looks_like_phone(cell)))
            return true;
    }
    return false;
}

/* Some programs and most hands leave out the empty cells at the end of a row. Then
 * no row of full width ends in one. Where two short rows beside each other make one
 * whole one, a value was cut at its line end instead. p stands behind the header. */
static bool drops_empty_ends(struct tend_ctx *ctx, const struct csv_layout *layout,
                             struct csv_parser *p, struct tend_text head)
{
    int64_t fine = 0, before = 0;
    bool ends = head.len > 0 && strchr("\r\n", head.at[head.len - 1]);

    while (csv_parser_row(p) > 0) {
        if (p->n == 1 && p->cells[0].text.len == 0)
            continue;
        if (p->at >= p->len && !ends) /* the end of it may not be in the head */
            return fine > 0 || is_aligned(ctx, layout, p);
        if (p->n >= layout->n && ctx->text->trim(p->cells[layout->n - 1].text).len == 0)
            return false;
        if (p->n < layout->n && layout->n >= 5 && before > 0 && before + p->n - 1 == layout->n)
            return false;
        fine += p->n >= layout->n || is_aligned(ctx, layout, p);
        before = p->n < layout->n ? p->n : 0;
    }
    return fine > 0;
}

/* A parser of its own that stands behind the first rows of the head. */
static tend_status begin_behind(struct csv_parser *p, struct csv_dialect dialect,
                                struct tend_text head, int64_t rows)
{
    tend_status status;

    csv_parser_begin(p, dialect);
    status = csv_parser_feed(p, head);
    p->end = true;
    while (status == TEND_OK && rows > 0 && csv_parser_row(p) > 0)
        rows--;
    return status;
}

tend_status csv_layout_guess(struct csv_layout *layout, struct tend_ctx *ctx, struct tend_input *in,
                             const struct csv_wish *wish, struct tend_text head,
                             struct csv_dialect dialect, int64_t width)
{
    struct csv_parser p;
    int64_t header, rows = 0;
    tend_status status;

    *layout = (struct csv_layout){ 0 };
    csv_parser_begin(&p, dialect);
    status = csv_parser_feed(&p, head);
    p.end = true;
    header = status != TEND_OK || wish->header == 'n' ? -1
             : wish->header == 'y'                    ? first_row(&p)
                                                      : find_header(ctx, in, &p, width);
    csv_parser_finish(&p);
    layout->strict = wish->strict;

    layout->header = header >= 0;
    layout->header_row = rows = header + 1;
    status = status == TEND_OK ? begin_behind(&p, dialect, head, rows) : status;
    if (status == TEND_OK && (layout->header || next_filled(&p, &rows))) {
        if (!layout->header && ctx->text->starts(p.raw, "sep=")) {
            layout->header_row = rows;
            if (!next_filled(&p, &rows))
                p.n = 0;
        }
        layout->header_line = p.row_line;
        status = make_columns(layout, ctx, in, &p);
        if (status == TEND_OK && layout->header) {
            layout->program = find_program(ctx, layout);
            if (!next_filled(&p, &rows))
                p.n = 0;
        }
        if (status == TEND_OK && layout->program == CSV_TEND)
            status = settle_tend(layout);
        else if (status == TEND_OK)
            settle(ctx, layout, &p);
        if (status == TEND_OK && !knows_somebody(layout))
            csv_guess_by_content(ctx, layout, &p);
        if (status == TEND_OK && !knows_somebody(layout))
            status = make_hint(layout);
    }
    csv_parser_finish(&p);
    if (status == TEND_OK && layout->n > 1) {
        status = begin_behind(&p, dialect, head, layout->header_row);
        layout->shorter = drops_empty_ends(ctx, layout, &p, head);
        csv_parser_finish(&p);
    }
    if (status != TEND_OK)
        csv_layout_finish(layout);
    return status;
}

void csv_layout_finish(struct csv_layout *layout)
{
    for (int64_t i = 0; i < layout->n; i++) {
        free(layout->columns[i].name);
        free(layout->columns[i].attribute);
        free(layout->columns[i].mapped);
    }
    free(layout->columns);
    free(layout->hint);
    *layout = (struct csv_layout){ 0 };
}
