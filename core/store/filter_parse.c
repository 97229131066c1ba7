/* Reads a filter: one term a word, `not` before it, choices between commas,
 * ranges with two dots, quotes around what holds any of these. */
#include "base/span.h"
#include "store/filter_parts.h"

#define DAYS_MOST 3000000       /* some 8000 years: farther days are clamped */
#define PARTS_MOST 200          /* values and words; a database takes only so deep a condition */
#define IDS_MOST 10000          /* numbers, which go into one list */

struct reader {
    struct tend_text text;
    int64_t pos;
    int64_t now;
    const struct tend_zone *zone;
    struct tend_arena *arena;
    struct tend_error *err;
    int64_t at, len;            /* of the word being read, for errors */
    int64_t parts, ids;         /* read so far */
    TEND_ARRAY(struct tend_filter_term) terms;
};

/* One choice of a term as it was typed. */
struct piece {
    struct tend_text text;      /* without quotes and backslashes */
    bool quoted;
    int64_t at, len;            /* in the filter */
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void skip_space(struct reader *r)
{
    while (r->pos < r->text.len && is_space(r->text.at[r->pos]))
        r->pos++;
}

static tend_status fail(struct reader *r, int64_t at, int64_t len, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

static tend_status fail(struct reader *r, int64_t at, int64_t len, const char *fmt, ...)
{
    va_list args;
    char *why;

    va_start(args, fmt);
    why = tend_arena_vprintf(r->arena, fmt, args);
    va_end(args);
    r->at = at;
    r->len = len > 0 ? len : 1;
    return tend_error_set(r->err, TEND_INVALID, "filter, column %lld: %s", (long long)at + 1, why);
}

/* Reads up to a space or a comma that stands outside of quotes. */
static tend_status read_piece(struct reader *r, struct piece *piece)
{
    struct tend_buffer buf = { 0 };
    bool in = false;
    int64_t quote = 0;

    piece->at = r->pos;
    piece->quoted = false;
    for (; r->pos < r->text.len; r->pos++) {
        char c = r->text.at[r->pos];

        if (c == '"') {
            if (!in)
                quote = r->pos;
            in = !in;
            piece->quoted = true;
        } else if (in && c == '\\' && r->pos + 1 < r->text.len) {
            tend_buffer_addc(&buf, r->text.at[++r->pos]);
        } else if (!in && (is_space(c) || c == ',')) {
            break;
        } else {
            tend_buffer_addc(&buf, c);
        }
    }
    piece->len = r->pos - piece->at;
    piece->text = tend_arena_text(r->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    if (in)
        return fail(r, quote, 1, "this quote is not closed");
    return TEND_OK;
}

static tend_status read_day(struct reader *r, const struct piece *piece, struct tend_text text,
                            int64_t *day)
{
    struct tend_error ignored;
    struct tend_span span;
    int64_t today = tend_zone_day(r->zone, r->now);

    if (tend_text_is(text, "today"))
        *day = today;
    else if (tend_text_is(text, "yesterday"))
        *day = today - 1;
    else if (tend_text_is(text, "tomorrow"))
        *day = today + 1;
    else if (tend_date_parse(text, day))
        ;
    else if (text.len > 0 && (text.at[0] == '-' || text.at[0] == '+') &&
             tend_span_parse(text, &span, &ignored) == TEND_OK && span.elapsed == 0 &&
             span.days > -DAYS_MOST && span.days < DAYS_MOST && span.months > -96000 &&
             span.months < 96000)
        *day = tend_date_add_months(today, span.months) + span.days;
    else
        return fail(r, piece->at, piece->len,
                    "\"%.*s\" is no day; write 2026-12-01, today, -14d or +2w",
                    TEND_FMT(text));
    *day = *day > DAYS_MOST ? DAYS_MOST : *day < -DAYS_MOST ? -DAYS_MOST : *day;
    return TEND_OK;
}

static tend_status read_id(struct reader *r, const struct piece *piece, struct tend_text text,
                           int64_t *id)
{
    struct tend_text digits = text;

    if (digits.len > 1 && (digits.at[0] == 'p' || digits.at[0] == 'i')) {
        digits.at++;
        digits.len--;
    }
    if (!tend_text_int(digits, id) || *id < 0)
        return fail(r, piece->at, piece->len, "\"%.*s\" is no number", TEND_FMT(text));
    return TEND_OK;
}

/* Cuts a..b; false if there are no two dots. */
static bool cut_range(struct tend_text text, struct tend_text *from, struct tend_text *to)
{
    for (int64_t i = 0; i + 1 < text.len; i++) {
        if (text.at[i] == '.' && text.at[i + 1] == '.') {
            *from = (struct tend_text){ text.at, i };
            *to = (struct tend_text){ text.at + i + 2, text.len - i - 2 };
            return true;
        }
    }
    *from = *to = text;
    return false;
}

/* Both ends of a range of days or ids; one value is both. */
static tend_status read_ends(struct reader *r, const struct piece *piece, bool days,
                             struct tend_filter_value *value)
{
    tend_status (*read)(struct reader *, const struct piece *, struct tend_text, int64_t *) =
        days ? read_day : read_id;
    struct tend_text from, to;
    tend_status status = TEND_OK;
    int64_t hi;

    value->range = true;
    cut_range(piece->text, &from, &to);
    value->open_lo = from.len == 0;
    value->open_hi = to.len == 0;
    if (value->open_lo && value->open_hi)
        return fail(r, piece->at, piece->len, "a range needs one end at least: ..-14d");
    if (!value->open_lo)
        status = read(r, piece, from, &value->lo);
    if (status == TEND_OK && !value->open_hi)
        status = read(r, piece, to, &value->hi);
    if (status != TEND_OK)
        return status;
    if (!value->open_lo && !value->open_hi && value->lo > value->hi)
        return fail(r, piece->at, piece->len, "this range ends before it begins");
    if (days) {
        hi = value->hi;
        if (!value->open_lo)
            value->lo = tend_zone_instant(r->zone, value->lo, 0);
        if (!value->open_hi)
            value->hi = tend_zone_instant(r->zone, hi + 1, 0);
    }
    return TEND_OK;
}

static tend_status check_word(struct reader *r, const struct tend_filter_term_def *def,
                              const struct piece *piece)
{
    const char *near;

    if (def->words == NULL)
        return TEND_OK;
    for (const char *const *word = def->words; *word != NULL; word++) {
        if (tend_text_is(piece->text, *word))
            return TEND_OK;
    }
    near = tend_text_nearest(piece->text, def->words);
    return fail(r, piece->at, piece->len, "%s: takes %s%s%s%s", def->name, def->expected,
                near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                near != NULL ? "?" : "");
}

static tend_status read_value(struct reader *r, const struct tend_filter_term_def *def,
                              const struct piece *piece, struct tend_filter_value *value)
{
    bool word;

    *value = (struct tend_filter_value){ .text = piece->text, .at = piece->at, .len = piece->len };
    if (piece->text.len == 0)
        return fail(r, piece->at, piece->len, "a value is missing here%s%s",
                    def != NULL ? "; expected " : "", def != NULL ? def->expected : "");
    if (def == NULL) {                  /* an attribute */
        value->range = !piece->quoted && cut_range(piece->text, &value->from, &value->to);
        return TEND_OK;
    }
    word = def->what == TEND_FILTER_TOUCHED &&
           (tend_text_is(piece->text, "never") || tend_text_is(piece->text, "yes"));
    if (word || def->values == TEND_VALUES_TEXT || def->values == TEND_VALUES_YES)
        return check_word(r, def, piece);
    return read_ends(r, piece, def->values == TEND_VALUES_DAYS, value);
}

/* Single numbers are written as one list; all else is a condition each. */
static tend_status count_parts(struct reader *r, const struct piece *piece,
                               const struct tend_filter_term_def *def,
                               const struct tend_filter_value *value)
{
    if (tend_filter_listed(def != NULL ? def->what : TEND_FILTER_ATTRIBUTE, value)) {
        return ++r->ids <= IDS_MOST
                   ? TEND_OK
                   : fail(r, piece->at, piece->len, "a filter has no more than %d numbers",
                          IDS_MOST);
    }
    r->parts++;
    for (int64_t i = 0; i < piece->text.len; i++)
        r->parts += is_space(piece->text.at[i]) || piece->text.at[i] == '.';
    return r->parts <= PARTS_MOST
               ? TEND_OK
               : fail(r, piece->at, piece->len, "a filter has no more than %d words", PARTS_MOST);
}

static tend_status read_values(struct reader *r, const struct tend_filter_term_def *def,
                               struct tend_filter_term *term)
{
    TEND_ARRAY(struct tend_filter_value) values = { 0 };
    tend_status status;

    for (;;) {
        struct tend_filter_value value;
        struct piece piece;

        status = read_piece(r, &piece);
        if (status == TEND_OK)
            status = read_value(r, def, &piece, &value);
        if (status == TEND_OK)
            status = count_parts(r, &piece, def, &value);
        if (status != TEND_OK)
            break;
        TEND_PUSH(&values, value);
        if (r->pos >= r->text.len || r->text.at[r->pos] != ',')
            break;
        r->pos++;
    }
    if (status == TEND_OK) {
        term->n_values = values.n;
        term->value = tend_arena_take(r->arena, (size_t)values.n * sizeof *values.at);
        memcpy(term->value, values.at, (size_t)values.n * sizeof *values.at);
    }
    TEND_ARRAY_FINISH(&values);
    return status;
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '_' || c == '-' || c == '.' || (unsigned char)c >= 0x80;
}

/* KEY: before a value; false if the word has none. Moves behind the colon. */
static bool read_key(struct reader *r, struct tend_text *key)
{
    int64_t i = r->pos;

    while (i < r->text.len && is_name(r->text.at[i]))
        i++;
    if (i == r->pos || i >= r->text.len || r->text.at[i] != ':')
        return false;
    *key = (struct tend_text){ r->text.at + r->pos, i - r->pos };
    r->pos = i + 1;
    return true;
}

static tend_status read_sort(struct reader *r, struct tend_filter *filter, int64_t at,
                             struct tend_filter_term *term)
{
    struct tend_text key = term->value[0].text;
    const char *near;

    if (term->negated || term->n_values > 1)
        return fail(r, at, r->pos - at, "sort: takes one key: sort:name, and sort:name- for down");
    if (key.len > 1 && key.at[key.len - 1] == '-') {
        filter->sort_down = true;
        key.len--;
    }
    filter->sort = key;
    filter->sort_at = term->value[0].at;
    filter->sort_attribute = !tend_filter_sortable(key);
    near = filter->sort_attribute && !tend_filter_well_known(key) ? tend_filter_nearest(key, true)
                                                                   : NULL;
    if (near != NULL)
        return fail(r, at + 5, key.len, "cannot sort by \"%.*s\"; did you mean %s?",
                    TEND_FMT(key), near);
    if (filter->sort_attribute && tend_filter_def(key) != NULL)
        return fail(r, at + 5, key.len, "cannot sort by %.*s; there are name, family, added, "
                    "touched, due, source, zone, id and attributes", TEND_FMT(key));
    return TEND_OK;
}

static tend_status read_term(struct reader *r, struct tend_filter *filter, bool negated)
{
    struct tend_filter_term term = { .negated = negated };
    const struct tend_filter_term_def *def = NULL;
    struct tend_text key = { 0 };
    int64_t at = r->pos;
    tend_status status;

    if (!read_key(r, &key)) {
        def = tend_filter_def(TEND_TEXT("name"));
        term.what = TEND_FILTER_NAME;
    } else if (key.len > 6 && tend_text_starts(key, "stage.")) {
        def = tend_filter_def(TEND_TEXT("stage"));
        term.what = TEND_FILTER_STAGE;
        term.name = (struct tend_text){ key.at + 6, key.len - 6 };
    } else if ((def = tend_filter_def(key)) != NULL) {
        term.what = def->what;
    } else {
        const char *near = tend_filter_well_known(key) ? NULL : tend_filter_nearest(key, false);

        if (near != NULL)
            return fail(r, at, key.len, "there is no term \"%.*s:\"; did you mean \"%s:\"?",
                        TEND_FMT(key), near);
        term.what = TEND_FILTER_ATTRIBUTE;
        term.name = tend_arena_text(r->arena, key);
    }
    term.at = at;
    term.len = key.len;
    status = read_values(r, def, &term);
    if (status != TEND_OK)
        return status;
    if (term.what == TEND_FILTER_SORT)
        return read_sort(r, filter, at, &term);
    filter->asks_archived |= term.what == TEND_FILTER_ARCHIVED;
    filter->asks_id |= term.what == TEND_FILTER_ID;
    TEND_PUSH(&r->terms, term);
    return TEND_OK;
}

/* Is the next word `not`? Moves behind it. */
static bool read_not(struct reader *r)
{
    int64_t left = r->text.len - r->pos;

    if (left < 3 || memcmp(r->text.at + r->pos, "not", 3) != 0 ||
        (left > 3 && !is_space(r->text.at[r->pos + 3])))
        return false;
    r->pos += 3;
    return true;
}

static tend_status read_all(struct reader *r, struct tend_filter *filter)
{
    tend_status status = TEND_OK;

    for (skip_space(r); status == TEND_OK && r->pos < r->text.len; skip_space(r)) {
        int64_t at = r->pos;
        bool negated = read_not(r);

        skip_space(r);
        if (negated && r->pos >= r->text.len)
            return fail(r, at, 3, "a term is missing after \"not\"");
        status = read_term(r, filter, negated);
    }
    return status;
}

tend_status tend_filter_check(struct tend_text text, int64_t now, const struct tend_zone *zone,
                              struct tend_arena *arena, struct tend_filter **filter,
                              struct tend_error *err, int64_t *at, int64_t *len)
{
    struct reader r = { .text = text, .now = now, .zone = zone, .arena = arena, .err = err };
    tend_status status;

    *filter = tend_arena_take(arena, sizeof **filter);
    (*filter)->today = tend_zone_day(zone, now);
    if (!tend_text_valid(text) || memchr(text.len > 0 ? text.at : "", '\0', (size_t)text.len))
        status = fail(&r, 0, 0, "this is not text in UTF-8");
    else
        status = read_all(&r, *filter);
    if (status == TEND_OK && r.terms.n > 0) {
        (*filter)->n_terms = r.terms.n;
        (*filter)->term = tend_arena_take(arena, (size_t)r.terms.n * sizeof *r.terms.at);
        memcpy((*filter)->term, r.terms.at, (size_t)r.terms.n * sizeof *r.terms.at);
    }
    TEND_ARRAY_FINISH(&r.terms);
    if (at != NULL)
        *at = r.at;
    if (len != NULL)
        *len = r.len;
    return status;
}

tend_status tend_filter_parse(struct tend_text text, int64_t now, const struct tend_zone *zone,
                              struct tend_arena *arena, struct tend_filter **filter,
                              struct tend_error *err)
{
    return tend_filter_check(text, now, zone, arena, filter, err, NULL, NULL);
}
