/* Writes a filter out as SQL that SQLite and PostgreSQL both take: what was
 * typed is only ever a parameter. Terms with an index become an IN, so that a
 * rare stage is found without a walk over all people. */
#include "store/derive.h"
#include "store/filter_parts.h"

/* Everybody who was merged, and the end of their pointers. */
#define MERGE_ROOT                                                                       \
    "WITH RECURSIVE merge_root (id, root) AS (SELECT m.id, m.merged FROM person m CROSS" \
    " JOIN person r WHERE m.merged IS NOT NULL AND r.id = m.merged AND r.merged IS NULL" \
    " UNION SELECT m.id, r.root FROM merge_root r CROSS JOIN person m"                   \
    " WHERE m.merged = r.id) "

#define FAMILY                                                                           \
    " IN (WITH RECURSIVE merged_in (id) AS (SELECT p.id UNION SELECT m.id FROM"          \
    " merged_in f CROSS JOIN person m WHERE m.merged = f.id) SELECT id FROM merged_in)"

struct writer {
    struct tend_filter_sql *sql;
    struct tend_arena *arena;
    int64_t today;
};

static void add(struct writer *w, const char *text)
{
    tend_buffer_adds(&w->sql->text, text);
}

/* A parameter at the end of the text. */
static void param(struct writer *w, struct tend_value value)
{
    TEND_PUSH(&w->sql->param, value);
    tend_buffer_addf(&w->sql->text, "?%lld", (long long)w->sql->param.n);
}

static void param_text(struct writer *w, struct tend_text text)
{
    param(w, (struct tend_value){ .type = TEND_STR, .t = text });
}

static struct tend_text lower(struct writer *w, struct tend_text text)
{
    char *copy = tend_arena_str(w->arena, text);

    for (int64_t i = 0; i < text.len; i++) {
        if (copy[i] >= 'A' && copy[i] <= 'Z')
            copy[i] = (char)(copy[i] - 'A' + 'a');
    }
    return (struct tend_text){ copy, text.len };
}

/* As typed, or in any case of its ASCII letters: beyond those the databases'
 * lower() differ. */
static void same_text(struct writer *w, const char *column, struct tend_text text)
{
    tend_buffer_addf(&w->sql->text, "(%s = ", column);
    param_text(w, text);
    tend_buffer_addf(&w->sql->text, " OR lower(%s) = ", column);
    param_text(w, lower(w, text));
    add(w, ")");
}

static void between(struct writer *w, const char *column, const struct tend_filter_value *value,
                    const char *before)
{
    if (!value->open_lo) {
        tend_buffer_addf(&w->sql->text, "%s >= ", column);
        param(w, tend_int(value->lo));
    }
    if (!value->open_hi) {
        tend_buffer_addf(&w->sql->text, "%s%s %s ", value->open_lo ? "" : " AND ", column, before);
        param(w, tend_int(value->hi));
    }
}

/* Those of whom a row tells something: "SELECT person FROM ..." up to its end. What is told of
 * somebody who was merged is told of their root. */
static void whom(struct writer *w, const char *sql)
{
    add(w, w->sql->merged ? "p.id IN (SELECT COALESCE(r.root, x.person) FROM (" : "p.id IN (");
    add(w, sql);
}

static void whom_end(struct writer *w)
{
    add(w, w->sql->merged ? ") x LEFT JOIN merge_root r ON r.id = x.person)" : ")");
}

/* Each folded word must begin a word of the name. */
static void write_name(struct writer *w, struct tend_text text)
{
    struct tend_text rest = tend_text_fold(w->arena, text), word;
    bool first = true;

    while (rest.len > 0) {
        int64_t n = 0;

        while (n < rest.len && rest.at[n] != ' ' && rest.at[n] != '.')
            n++;
        word = (struct tend_text){ rest.at, n };
        rest.at += n < rest.len ? n + 1 : n;
        rest.len -= n < rest.len ? n + 1 : n;
        if (word.len == 0)
            continue;
        add(w, first ? "" : " AND ");
        whom(w, "SELECT person FROM person_word WHERE word >= ");
        param_text(w, word);
        add(w, " AND word < ");
        param_text(w, tend_text_of(tend_arena_printf(w->arena, "%.*s\xF4\x8F\xBF\xBF",
                                                     TEND_FMT(word))));
        whom_end(w);
        first = false;
    }
    if (first)
        add(w, "1 = 0");
}

static void write_has(struct writer *w, struct tend_text what)
{
    static const struct {
        const char *word, *sql;
    } tables[] = {
        { "note", "SELECT person FROM note" },
        { "task", "SELECT person FROM task WHERE state = 0" },
        { "touch", "SELECT person FROM touch_party" },
        { "tag", "SELECT person FROM tag" },
    };

    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        if (tend_text_is(what, tables[i].word)) {
            whom(w, tables[i].sql);
            whom_end(w);
            return;
        }
    }
    whom(w, "SELECT person FROM contact_point WHERE kind = ");
    param_text(w, what);
    whom_end(w);
}

/* The key, or its end after an @. */
static void write_email(struct writer *w, struct tend_text text)
{
    text = lower(w, text);
    if (text.at[0] == '@') {
        whom(w, "SELECT person FROM contact_point WHERE kind = 'email'"
                " AND length(key) >= ");
        param(w, tend_int(text.len));
        add(w, " AND substr(key, length(key) - ");
        param(w, tend_int(text.len - 1));
        add(w, ") = ");
    } else {
        whom(w, "SELECT c.person FROM contact_key k JOIN contact_point c"
                " ON c.id = k.contact_point WHERE k.hash = ");
        param(w, tend_int(tend_key_hash(TEND_TEXT("email"), text)));
        add(w, " AND c.kind = 'email' AND c.key = ");
    }
    param_text(w, text);
    whom_end(w);
}

/* By the digits at the end of the key, so that 0664... finds +43664... */
static void write_phone(struct writer *w, struct tend_text text)
{
    char *digits = tend_arena_take(w->arena, (size_t)text.len + 1);
    int64_t n = 0, zeros = 0;

    for (int64_t i = 0; i < text.len; i++) {
        if (text.at[i] >= '0' && text.at[i] <= '9')
            digits[n++] = text.at[i];
    }
    while (zeros < n && digits[zeros] == '0')
        zeros++;
    if (zeros == n) {
        add(w, "1 = 0");
        return;
    }
    whom(w, "SELECT person FROM contact_point WHERE kind = 'phone' AND length(key) > ");
    param(w, tend_int(n - zeros));
    add(w, " AND substr(key, length(key) - ");
    param(w, tend_int(n - zeros - 1));
    add(w, ") = ");
    param_text(w, (struct tend_text){ digits + zeros, n - zeros });
    whom_end(w);
}

static void write_touched(struct writer *w, const struct tend_filter_value *value)
{
    if (!value->range) {
        add(w, tend_text_is(value->text, "never") ? "NOT " : "");
        whom(w, "SELECT person FROM touch_party");
        whom_end(w);
        return;
    }
    add(w, w->sql->merged ? "p.id IN (SELECT COALESCE(r.root, tp.person) FROM touch_party tp JOIN "
                            "touch t ON t.id = tp.touch LEFT JOIN merge_root r ON r.id = tp.person "
                            "GROUP BY COALESCE(r.root, tp.person) HAVING "
                          : "p.id IN (SELECT tp.person FROM touch_party tp JOIN touch t "
                            "ON t.id = tp.touch GROUP BY tp.person HAVING ");
    between(w, "MAX(t.at)", value, "<");
    add(w, ")");
}

/* Open tasks whose window and the range meet. */
static void write_due(struct writer *w, const struct tend_filter_value *value)
{
    whom(w, "SELECT person FROM task_due WHERE ");
    if (!value->open_hi) {
        add(w, "opens_at < ");
        param(w, tend_int(value->hi));
    }
    if (!value->open_lo) {
        add(w, value->open_hi ? "closes_at > " : " AND closes_at > ");
        param(w, tend_int(value->lo));
    }
    whom_end(w);
}

/* Texts of digits compare as numbers (a longer one is greater), others as
 * text, which is right for days written 2026-12-01. */
static void write_end(struct writer *w, struct tend_text end, bool low)
{
    const char *longer = low ? ">" : "<";

    if (end.at[0] < '0' || end.at[0] > '9') {
        tend_buffer_addf(&w->sql->text, " AND value %s= ", longer);
        param_text(w, end);
        return;
    }
    tend_buffer_addf(&w->sql->text,
                     " AND value >= '0' AND value < ':' AND (length(value) %s ", longer);
    param(w, tend_int(end.len));
    add(w, " OR (length(value) = ");
    param(w, tend_int(end.len));
    tend_buffer_addf(&w->sql->text, " AND value %s= ", longer);
    param_text(w, end);
    add(w, "))");
}

static void write_attribute(struct writer *w, struct tend_text name,
                            const struct tend_filter_value *value)
{
    whom(w, "SELECT person FROM attribute WHERE name = ");
    param_text(w, name);
    if (!value->range) {
        add(w, " AND ");
        same_text(w, "value", value->text);
    }
    if (value->range && value->from.len > 0)
        write_end(w, value->from, true);
    if (value->range && value->to.len > 0)
        write_end(w, value->to, false);
    whom_end(w);
}

static void write_open(struct writer *w, const char *table, const char *column,
                       struct tend_text value)
{
    bool no = tend_text_is(value, "no");
    bool any = no || tend_text_is(value, "yes");

    add(w, no ? "NOT " : "");
    whom(w, "SELECT person FROM ");
    tend_buffer_addf(&w->sql->text, "%s WHERE ended_at IS NULL", table);
    if (!any) {
        tend_buffer_addf(&w->sql->text, " AND %s = ", column);
        param_text(w, value);
    }
    if (strcmp(table, "hold") == 0) {   /* one that has run out is over */
        add(w, " AND (until_day IS NULL OR until_day > ");
        param(w, tend_int(w->today));
        add(w, ")");
    }
    whom_end(w);
}

static void write_stage(struct writer *w, const struct tend_filter_term *term,
                        const struct tend_filter_value *value)
{
    add(w, "p.id IN (SELECT person FROM person_stage WHERE stage = ");
    param_text(w, value->text);
    if (term->name.len > 0) {
        add(w, " AND track = ");
        param_text(w, term->name);
    }
    add(w, ")");
}

static void write_value(struct writer *w, const struct tend_filter_term *term,
                        const struct tend_filter_value *value)
{
    switch (term->what) {
    case TEND_FILTER_NAME:
        write_name(w, value->text);
        break;
    case TEND_FILTER_STAGE:
        write_stage(w, term, value);
        break;
    case TEND_FILTER_TAG:
        whom(w, "SELECT person FROM tag WHERE ");
        same_text(w, "tag", value->text);
        whom_end(w);
        break;
    case TEND_FILTER_ROLE:
        whom(w, "SELECT person FROM role WHERE to_at IS NULL AND ");
        same_text(w, "role", value->text);
        whom_end(w);
        break;
    case TEND_FILTER_SOURCE:
        same_text(w, "COALESCE(p.source, '')", value->text);
        break;
    case TEND_FILTER_ZONE:
        same_text(w, "COALESCE(p.zone, '')", value->text);
        break;
    case TEND_FILTER_REGION:
        same_text(w, "COALESCE(p.region, '')", value->text);
        break;
    case TEND_FILTER_HAS:
        write_has(w, value->text);
        break;
    case TEND_FILTER_EMAIL:
        write_email(w, value->text);
        break;
    case TEND_FILTER_PHONE:
        write_phone(w, value->text);
        break;
    case TEND_FILTER_HOLD:
        write_open(w, "hold", "kind", value->text);
        break;
    case TEND_FILTER_DNC:
        write_open(w, "dnc", "channel", value->text);
        break;
    case TEND_FILTER_ARCHIVED:
        add(w, tend_text_is(value->text, "yes")  ? "p.archived_at IS NOT NULL"
               : tend_text_is(value->text, "no") ? "p.archived_at IS NULL"
                                                 : "1 = 1");
        break;
    case TEND_FILTER_TOUCHED:
        write_touched(w, value);
        break;
    case TEND_FILTER_ADDED:
        between(w, "p.known_at", value, "<");
        break;
    case TEND_FILTER_DUE:
        write_due(w, value);
        break;
    case TEND_FILTER_ID:
        between(w, "p.id", value, "<=");
        break;
    case TEND_FILTER_IMPORT:
        between(w, "COALESCE(p.import, 0)", value, "<=");
        break;
    case TEND_FILTER_ATTRIBUTE:
        write_attribute(w, term->name, value);
        break;
    case TEND_FILTER_SORT:
        break;
    }
}

bool tend_filter_listed(enum tend_filter_what what, const struct tend_filter_value *value)
{
    return (what == TEND_FILTER_ID || what == TEND_FILTER_IMPORT) && !value->open_lo &&
           !value->open_hi && value->lo == value->hi;
}

/* The single numbers as one list: a condition each would be too deep. */
static void write_list(struct writer *w, const struct tend_filter_term *term)
{
    int64_t n = 0;

    for (int64_t i = 0; i < term->n_values; i++) {
        if (!tend_filter_listed(term->what, &term->value[i]))
            continue;
        add(w, n++ == 0 ? term->what == TEND_FILTER_ID ? "(p.id IN (" : "(COALESCE(p.import, 0) IN (" : ", ");
        param(w, tend_int(term->value[i].lo));
    }
    if (n > 0)
        add(w, "))");
    if (n > 0 && n < term->n_values)
        add(w, " OR ");
}

static void write_term(struct writer *w, const struct tend_filter_term *term)
{
    bool first = true;

    add(w, term->negated ? " AND NOT (" : " AND (");
    write_list(w, term);
    for (int64_t i = 0; i < term->n_values; i++) {
        if (tend_filter_listed(term->what, &term->value[i]))
            continue;
        add(w, first ? "(" : " OR (");
        write_value(w, term, &term->value[i]);
        add(w, ")");
        first = false;
    }
    add(w, ")");
}

/* Absent values come last, whichever way it is sorted. */
static void write_sort(struct writer *w, const struct tend_filter *filter)
{
    static const struct {
        const char *key, *sql;
    } keys[] = {
        { "id", "p.id" },
        { "added", "p.known_at" },
        { "source", "p.source" },
        { "zone", "p.zone" },
        { "touched", "(SELECT MAX(t.at) FROM touch_party tp JOIN touch t ON t.id = tp.touch "
                     "WHERE tp.person = p.id)" },
        { "due", "(SELECT MIN(d.closes_at) FROM task_due d WHERE d.person = p.id)" },
        { "touched", "(SELECT MAX(t.at) FROM touch_party tp JOIN touch t ON t.id = tp.touch "
                     "WHERE tp.person" FAMILY ")" },
        { "due", "(SELECT MIN(d.closes_at) FROM task_due d WHERE d.person" FAMILY ")" },
    };
    const char *down = filter->sort_down ? " DESC" : "";
    const char *expression = NULL;

    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (tend_text_is(filter->sort, keys[i].key) && (i < 6 || w->sql->merged))
            expression = keys[i].sql;
    }
    if (filter->sort_attribute) {
        int64_t at;

        TEND_PUSH(&w->sql->param, (struct tend_value){ .type = TEND_STR, .t = filter->sort });
        at = w->sql->param.n;
        expression = tend_arena_printf(
            w->arena, "(SELECT MAX(a.value) FROM attribute a WHERE a.person%s AND a.name = ?%lld)",
            w->sql->merged ? FAMILY : " = p.id", (long long)at);
        tend_buffer_addf(&w->sql->text,
                         " ORDER BY CASE WHEN %s IS NULL THEN 1 ELSE 0 END, CASE WHEN %s >= '0' "
                         "AND %s < ':' THEN length(%s) ELSE 0 END%s, %s%s, p.id",
                         expression, expression, expression, expression, down, expression, down);
    } else if (expression != NULL) {
        tend_buffer_addf(&w->sql->text,
                         " ORDER BY CASE WHEN %s IS NULL THEN 1 ELSE 0 END, %s%s, p.id",
                         expression, expression, down);
    } else {
        add(w, " ORDER BY p.id");
    }
}

void tend_filter_compile(const struct tend_filter *filter, const char *columns, tend_id me,
                         bool sorted, tend_id after, int64_t most, struct tend_arena *arena,
                         struct tend_filter_sql *sql)
{
    struct writer w = { sql, arena, filter->today };

    if (sql->merged)
        add(&w, MERGE_ROOT);
    tend_buffer_addf(&sql->text, "SELECT %s FROM person p WHERE p.id > ", columns);
    param(&w, tend_int(after));
    if (sql->merged)
        add(&w, " AND p.merged IS NULL");
    if (!filter->asks_archived)
        add(&w, " AND p.archived_at IS NULL");
    if (!filter->asks_id && me != 0) {
        add(&w, " AND p.id <> ");
        param(&w, tend_int(me));
    }
    for (int64_t i = 0; i < filter->n_terms; i++)
        write_term(&w, &filter->term[i]);
    if (sorted)
        write_sort(&w, filter);
    if (most >= 0) {
        add(&w, " LIMIT ");
        param(&w, tend_int(most));
    }
}

void tend_filter_sql_finish(struct tend_filter_sql *sql)
{
    tend_buffer_finish(&sql->text);
    TEND_ARRAY_FINISH(&sql->param);
}
