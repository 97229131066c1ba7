/* One value becomes one row: names and addresses put together, values with their labels, and
 * whatever has no field of its own kept under its own name ("json.orders.total"). */
#include "json.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define JOINED 1024     /* the longest name or address that is put together */
#define NAME 200        /* the longest name of an attribute */
#define ASKED 1000      /* keys about which --map is asked */

struct joined {
    char text[JOINED];
    int64_t len;
};

struct work {
    struct json_reader *reader;
    struct tend_ctx *ctx;
    const struct json_tree *tree;
    struct tend_row *row;
    char path[NAME];            /* of the value in hand: "json.orders.total" */
    int64_t path_len;
    struct tend_text parts[JSON_FIELDS];    /* of the name and the address: what was said first */
    struct tend_text id;
    bool named;                 /* --map gave the name */
    bool in_array;
    bool has_region;
};

static void put_member(struct work *w, const struct json_node *m);

static const struct json_node *next(const struct work *w, int32_t i)
{
    return i > 0 ? &w->tree->nodes[i] : NULL;
}

static void join(struct joined *j, const char *between, struct tend_text text)
{
    int64_t gap = j->len > 0 ? (int64_t)strlen(between) : 0;

    if (text.len == 0 || j->len + gap + text.len > JOINED)
        return;
    memcpy(j->text + j->len, between, (size_t)gap);
    memcpy(j->text + j->len + gap, text.at, (size_t)text.len);
    j->len += gap + text.len;
}

static void put(const struct work *w, const char *field, struct tend_text value,
                struct tend_text label)
{
    value = w->ctx->text->trim(value);
    if (value.len == 0)
        return;
    w->ctx->source->put(w->row, field, value);
    if (label.len > 0)
        w->ctx->source->label(w->row, label);
}

static struct tend_text text_of(const char *text)
{
    return (struct tend_text){ text ? text : "", text ? (int64_t)strlen(text) : 0 };
}

/* --- where in the person we are ------------------------------------------- */

/* Goes into a member; what to give to leave(). */
static int64_t enter(struct work *w, struct tend_text key)
{
    int64_t before = w->path_len;

    if (key.len > 0 && w->path_len + key.len + 2 < NAME) {
        w->path[w->path_len++] = '.';
        for (int64_t i = 0; i < key.len; i++)
            w->path[w->path_len++] = (unsigned char)key.at[i] < 0x20 ? ' ' : key.at[i];
    }
    w->path[w->path_len] = '\0';
    return before;
}

static void leave(struct work *w, int64_t before)
{
    w->path_len = before;
    w->path[before] = '\0';
}

static void put_attribute(const struct work *w, struct tend_text value)
{
    put(w, w->path, value, (struct tend_text){ "", 0 });
}

/* What --map says of the path in hand, without "json."; NULL nothing. */
static const char *mapped(struct work *w)
{
    struct json_reader *r = w->reader;
    struct tend_text column = { w->path + 5, w->path_len - 5 }, field;
    char *path, *copy = NULL;

    for (int32_t i = 0; i < r->n_asked; i++) {
        if (strcmp(r->asked[i].path, column.at) == 0)
            return r->asked[i].field;
    }
    if (r->n_asked == ASKED || w->path_len <= 5)
        return NULL;
    if (r->asked == NULL)
        r->asked = malloc(ASKED * sizeof *r->asked);
    path = malloc((size_t)column.len + 1);
    if (w->ctx->source->map(r->in, column, &field) > 0) {
        copy = malloc((size_t)field.len + 1);
        if (copy != NULL) {
            memcpy(copy, field.at, (size_t)field.len);
            copy[field.len] = '\0';
        }
    }
    if (r->asked == NULL || path == NULL) {
        free(path);
        free(copy);
        return NULL;
    }
    memcpy(path, column.at, (size_t)column.len + 1);
    r->asked[r->n_asked++] = (struct json_asked){ path, copy };
    return copy;
}

void json_reader_finish(struct json_reader *reader)
{
    for (int32_t i = 0; i < reader->n_asked; i++) {
        free(reader->asked[i].path);
        free(reader->asked[i].field);
    }
    free(reader->asked);
    *reader = (struct json_reader){ 0 };
}

/* --- plain values --------------------------------------------------------- */

/* "4.41E+11": a spreadsheet ate the digits. */
static bool is_damaged(struct tend_text text)
{
    int64_t e = 0;

    while (e < text.len && ((text.at[e] >= '0' && text.at[e] <= '9') || text.at[e] == '.'))
        e++;
    return e > 0 && e + 1 < text.len && (text.at[e] == 'E' || text.at[e] == 'e') &&
           (text.at[e + 1] == '+' || (text.at[e + 1] >= '0' && text.at[e + 1] <= '9'));
}

static void put_phone(struct work *w, struct tend_text value, struct tend_text label)
{
    if (w->ctx->text->starts(value, "tel:"))
        value = (struct tend_text){ value.at + 4, value.len - 4 };
    if (is_damaged(value)) {
        w->reader->damaged++;
        put_attribute(w, value);
    } else {
        put(w, "phone", value, label);
    }
}

/* "yoga, gym" in one text; a tag of its own in a list. */
static void put_tags(struct work *w, struct tend_text rest)
{
    int64_t begin = 0;

    for (int64_t i = 0; i <= rest.len; i++) {
        if (i < rest.len && (w->in_array || !strchr(",;|", rest.at[i]) || rest.at[i] == '\0'))
            continue;
        put(w, "tag", (struct tend_text){ rest.at + begin, i - begin }, text_of(NULL));
        begin = i + 1;
    }
}

/* The two letters of a country; once. */
static bool put_region(struct work *w, struct tend_text value)
{
    bool code = value.len == 2;

    for (int64_t i = 0; i < value.len && code; i++)
        code = value.at[i] >= 'A' && value.at[i] <= 'Z';
    if (code && !w->has_region)
        put(w, "region", value, text_of(NULL));
    w->has_region = w->has_region || code;
    return code;
}

static void keep_part(struct work *w, enum json_field field, struct tend_text value)
{
    if (w->parts[field].len == 0)
        w->parts[field] = w->ctx->text->trim(value);
    else
        put_attribute(w, value);
}

/* Fields that are handed over as they stand. */
static const char *const plain[JSON_FIELDS] = {
    [JSON_NICKNAME] = "nickname", [JSON_EMAIL] = "email",       [JSON_URL] = "url",
    [JSON_NOTE] = "note",         [JSON_ORGANISATION] = "organisation",
    [JSON_TITLE] = "title",       [JSON_SOURCE] = "source",     [JSON_ZONE] = "zone",
    [JSON_BIRTHDAY] = "birthday", [JSON_AT] = "at",             [JSON_INTEREST] = "interest",
    [JSON_MET_HOW] = "met_how",   [JSON_ADDRESS] = "address",
};

static void put_plain(struct work *w, enum json_field field, struct tend_text value,
                      struct tend_text label)
{
    if (plain[field] != NULL)
        put(w, plain[field], value, label);
    else if (field == JSON_PHONE)
        put_phone(w, value, label);
    else if (field == JSON_TAG)
        put_tags(w, value);
    else if (field == JSON_REGION && put_region(w, value))
        return;
    else if (field == JSON_ID && w->id.len == 0)
        w->id = value;
    else if ((field >= JSON_NAME && field <= JSON_SUFFIX) ||
             (field >= JSON_STREET && field <= JSON_COUNTRY))
        keep_part(w, field, value);
    else
        put_attribute(w, value);
}

/* --- objects that are one value ------------------------------------------- */

/* {"$oid": "..."}, {"$date": ...}: how databases write what JSON has no type for. */
static const struct json_node *unwrapped(const struct work *w, const struct json_node *m)
{
    const struct json_node *only = next(w, m->child);

    return m->kind == JSON_OBJECT && only != NULL && only->next == 0 && only->key.len > 1 &&
                   only->key.at[0] == '$' && only->kind != JSON_OBJECT && only->kind != JSON_ARRAY
               ? only : m;
}

static bool is_plain(const struct json_node *m)
{
    return m != NULL && m->kind > JSON_NULL && m->kind < JSON_ARRAY;
}

static struct tend_text plain_text(const struct json_node *m)
{
    return is_plain(m) ? m->text : (struct tend_text){ "", 0 };
}

/* {"year": 1980, "month": 2, "day": 29}, also below "date". */
static bool put_date(struct work *w, const struct json_node *m)
{
    const struct json_node *inner = json_member(w->tree, m, "date");
    struct tend_text year, month, day;
    char date[32];

    if (inner != NULL && inner->kind == JSON_OBJECT)
        m = inner;
    year = plain_text(json_member(w->tree, m, "year"));
    month = plain_text(json_member(w->tree, m, "month"));
    day = plain_text(json_member(w->tree, m, "day"));
    if (month.len == 0 || month.len > 2 || day.len == 0 || day.len > 2 || year.len > 4)
        return false;
    if (year.len == 0 || (year.len == 1 && year.at[0] == '0'))
        year = (struct tend_text){ "-", 1 };
    snprintf(date, sizeof date, "%.*s-%s%.*s-%s%.*s", (int)year.len, year.at,
             month.len == 1 ? "0" : "", (int)month.len, month.at, day.len == 1 ? "0" : "",
             (int)day.len, day.at);
    put(w, "birthday", text_of(date), text_of(NULL));
    return true;
}

static void put_address(struct work *w, const struct tend_text parts[JSON_FIELDS],
                        struct tend_text label)
{
    struct joined all = { .len = 0 }, place = { .len = 0 };

    join(&all, ", ", parts[JSON_STREET]);
    if (parts[JSON_STATE].len > 0) {
        join(&place, " ", parts[JSON_CITY]);
        join(&place, ", ", parts[JSON_STATE]);
        join(&place, " ", parts[JSON_CODE]);
    } else {
        join(&place, " ", parts[JSON_CODE]);
        join(&place, " ", parts[JSON_CITY]);
    }
    join(&all, ", ", (struct tend_text){ place.text, place.len });
    join(&all, ", ", parts[JSON_COUNTRY]);
    for (int64_t i = 0; i < all.len; i++)
        all.text[i] = all.text[i] == '\n' || all.text[i] == '\r' ? ' ' : all.text[i];
    put(w, "address", (struct tend_text){ all.text, all.len }, label);
}

/* An address in parts; false if it is one value with a label. */
static bool take_address(struct work *w, const struct json_node *m, struct tend_text label)
{
    struct tend_text parts[JSON_FIELDS] = { 0 };
    bool some = false;

    for (const struct json_node *part = next(w, m->child); part; part = next(w, part->next)) {
        const struct json_word *word = json_word(w->ctx, part->key);
        enum json_field field = word ? word->field : JSON_UNKNOWN;

        if (field == JSON_REGION) /* beside a street it is a part of the country, or its code */
            field = w->ctx->text->is(part->key, "region") ? JSON_STATE : JSON_COUNTRY;
        if (is_plain(part) && field >= JSON_STREET && field <= JSON_COUNTRY &&
            parts[field].len == 0) {
            parts[field] = w->ctx->text->trim(part->text);
            some = true;
        } else if (json_value_word(w->ctx, part->key) == JSON_LABEL && is_plain(part)) {
            label = part->text;
        }
    }
    put_region(w, parts[JSON_COUNTRY]);
    if (some)
        put_address(w, parts, label);
    return some;
}

/* Does the object have a member that is the value? It is put with its label, and what stands
 * beside it is kept. False: there is none. */
static bool put_labelled(struct work *w, const struct json_node *m, enum json_field field,
                         struct tend_text label)
{
    const struct json_node *value = json_member(w->tree, m, "value");

    for (const struct json_node *v = next(w, m->child); v; v = next(w, v->next)) {
        enum json_field what = json_value_word(w->ctx, v->key);

        if (what == JSON_LABEL && is_plain(v))
            label = v->text;
        if (what == JSON_VALUE && is_plain(v) && v->text.len > 0 && !is_plain(value) &&
            !(field == JSON_EMAIL && memchr(v->text.at, '@', (size_t)v->text.len) == NULL))
            value = v;
    }
    if (!is_plain(value))
        return false;
    put_plain(w, field, value->text, field == JSON_TAG ? text_of(NULL) : label);
    for (const struct json_node *v = next(w, m->child); v; v = next(w, v->next)) {
        enum json_field what = json_value_word(w->ctx, v->key);
        int64_t before;

        if (v == value || what == JSON_ASIDE || what == JSON_LABEL)
            continue;
        before = enter(w, v->key);
        if (is_plain(v))
            put_attribute(w, v->text);
        leave(w, before);
    }
    return true;
}

/* Everything in it, under the names that it has. */
static void put_all(struct work *w, const struct json_node *m)
{
    int64_t before = enter(w, m->key);
    const char *field = is_plain(m) || m->kind == JSON_NULL ? NULL : mapped(w);

    if (field == NULL && is_plain(m))
        field = mapped(w);
    if (is_plain(m))
        put(w, field ? field : w->path, m->text, text_of(NULL));
    for (const struct json_node *v = next(w, m->child); v; v = next(w, v->next))
        put_all(w, v);
    leave(w, before);
}

/* --- members -------------------------------------------------------------- */

static void put_members(struct work *w, const struct json_node *object)
{
    for (const struct json_node *m = next(w, object->child); m; m = next(w, m->next))
        put_member(w, m);
}

/* {"name": "email", "values": ["ann@example.com"]}: fields as a list of pairs. */
static bool put_pair(struct work *w, const struct json_node *pair)
{
    static const char *const names[] = { "name", "key", "field", "label", "question", NULL };
    static const char *const values[] = { "value", "values", "answer", NULL };
    const struct json_node *name = NULL, *value = NULL;
    struct json_node member;

    for (int32_t i = 0; names[i] && !(name && name->kind == JSON_STRING); i++)
        name = json_member(w->tree, pair, names[i]);
    for (int32_t i = 0; values[i] && !value; i++)
        value = json_member(w->tree, pair, values[i]);
    if (name == NULL || name->kind != JSON_STRING || value == NULL)
        return false;
    member = *value;
    member.key = name->text;
    put_member(w, &member);
    return true;
}

static void put_object(struct work *w, const struct json_node *m, const struct json_word *word)
{
    enum json_field field = word ? word->field : JSON_UNKNOWN;
    struct tend_text label = text_of(word ? word->label : NULL);

    if (field == JSON_WRAP || field == JSON_SOURCE) {
        put_members(w, m);
        return;
    }
    if (field == JSON_ADDRESS && take_address(w, m, label))
        return;
    if (field == JSON_BIRTHDAY && put_date(w, m))
        return;
    if (field == JSON_NAME || (field == JSON_ORGANISATION && json_member(w->tree, m, "title"))) {
        for (const struct json_node *v = next(w, m->child); v; v = next(w, v->next)) {
            const struct json_word *part = json_word(w->ctx, v->key);

            if (is_plain(v) && part != NULL && field == JSON_ORGANISATION &&
                (part->field == JSON_NAME || part->field == JSON_TITLE))
                put_plain(w, part->field == JSON_NAME ? field : JSON_TITLE, v->text, label);
            else if (is_plain(v) && part != NULL && part->field >= JSON_NAME &&
                     part->field <= JSON_NICKNAME && field == JSON_NAME)
                put_plain(w, part->field, v->text, label);
            else if (json_value_word(w->ctx, v->key) != JSON_ASIDE)
                put_all(w, v);
        }
        return;
    }
    if (plain[field] != NULL || field == JSON_PHONE || field == JSON_TAG) {
        if (put_labelled(w, m, field, label))
            return;
    }
    for (const struct json_node *v = next(w, m->child); v; v = next(w, v->next))
        put_all(w, v);
}

static void put_value(struct work *w, const struct json_node *m, const struct json_word *word)
{
    m = unwrapped(w, m);
    if (m->kind == JSON_ARRAY) {
        bool before = w->in_array;

        w->in_array = true;
        for (const struct json_node *v = next(w, m->child); v; v = next(w, v->next)) {
            if (v->kind != JSON_OBJECT || !((word == NULL || word->field == JSON_WRAP) &&
                                            put_pair(w, v)))
                put_value(w, v, word);
        }
        w->in_array = before;
    } else if (m->kind == JSON_OBJECT) {
        put_object(w, m, word);
    } else if (is_plain(m)) {
        put_plain(w, word ? word->field : JSON_UNKNOWN, m->text, text_of(word ? word->label : NULL));
    }
}

/* The texts of a value, wherever they stand in it, as the field that --map gave. */
static void put_mapped(struct work *w, const struct json_node *m, const char *field)
{
    if (is_plain(m)) {
        put(w, field, m->text, text_of(NULL));
        w->named = w->named || strcmp(field, "name") == 0;
    } else if (m->kind != JSON_OBJECT || next(w, m->child) == NULL) {
        for (const struct json_node *v = next(w, m->child); v; v = next(w, v->next))
            put_mapped(w, v, field);
    } else if (json_member(w->tree, m, "value") != NULL) {
        put_mapped(w, json_member(w->tree, m, "value"), field);
    } else {
        for (const struct json_node *v = next(w, m->child); v; v = next(w, v->next))
            put_mapped(w, v, field);
    }
}

static void put_member(struct work *w, const struct json_node *m)
{
    int64_t before = enter(w, m->key);
    const char *field = mapped(w);

    if (field != NULL)
        put_mapped(w, m, field);
    else
        put_value(w, m, json_word(w->ctx, m->key));
    leave(w, before);
}

/* --- the whole ------------------------------------------------------------ */

/* A number that somebody counted up is somebody else's in the next program: it is an id only
 * together with the name. */
static void put_id(struct work *w, struct tend_text name)
{
    struct joined id = { .len = 0 };
    bool letters = false;

    for (int64_t i = 0; i < w->id.len; i++)
        letters = letters || w->id.at[i] < '0' || w->id.at[i] > '9';
    join(&id, "", w->id);
    if (w->id.len > 0 && w->id.len < 10 + (letters ? 0 : 6) && name.len > 0)
        join(&id, "/", w->ctx->text->fold(w->ctx, name));
    put(w, "id", (struct tend_text){ id.text, id.len }, text_of(NULL));
}

static void put_names(struct work *w)
{
    const struct tend_text *part = w->parts;
    struct joined whole = { .len = 0 };
    struct tend_text name = part[JSON_NAME];

    join(&whole, " ", part[JSON_GIVEN]);
    join(&whole, " ", part[JSON_MIDDLE]);
    join(&whole, " ", part[JSON_FAMILY]);
    if (name.len == 0)
        name = (struct tend_text){ whole.text, whole.len };
    if (!w->named)
        put(w, "name", name, text_of(NULL));
    put(w, "given", part[JSON_GIVEN], text_of(NULL));
    put(w, "family", part[JSON_FAMILY], text_of(NULL));
    put(w, "json.prefix", part[JSON_PREFIX], text_of(NULL));
    put(w, "json.suffix", part[JSON_SUFFIX], text_of(NULL));
    put_id(w, name);
}

static void put_places(struct work *w)
{
    static const struct {
        enum json_field field;
        const char *name;
    } alone[] = { { JSON_CITY, "json.city" }, { JSON_STATE, "json.state" },
                  { JSON_CODE, "json.postcode" }, { JSON_COUNTRY, "json.country" } };

    put_region(w, w->parts[JSON_COUNTRY]);
    if (w->parts[JSON_STREET].len > 0)
        put_address(w, w->parts, text_of(NULL));
    for (size_t i = 0; i < 4 && w->parts[JSON_STREET].len == 0; i++)
        put(w, alone[i].name, w->parts[alone[i].field], text_of(NULL));
}

/* What tend itself wrote: its members are called like the fields. The rest is of that database. */
static void put_own(struct work *w, const struct json_node *person)
{
    static const char *const same[] = { "uid", "name", "given", "family", "source", "zone",
                                        "region", "email", "phone", "url", "address", "note",
                                        NULL };
    const struct json_node *list;

    for (int32_t i = 0; same[i]; i++) {
        const struct json_node *m = json_member(w->tree, person, same[i]);

        if (is_plain(m))
            put(w, same[i], m->text, text_of(NULL));
        for (const struct json_node *v = m ? next(w, m->child) : NULL; v; v = next(w, v->next)) {
            if (is_plain(v))
                put(w, same[i], v->text, text_of(NULL));
            else
                put(w, same[i], plain_text(json_member(w->tree, v, "value")),
                    plain_text(json_member(w->tree, v, "label")));
        }
    }
    list = json_member(w->tree, person, "tags");
    for (const struct json_node *v = list ? next(w, list->child) : NULL; v; v = next(w, v->next))
        put(w, "tag", plain_text(v), text_of(NULL));
    list = json_member(w->tree, person, "notes");
    for (const struct json_node *v = list ? next(w, list->child) : NULL; v; v = next(w, v->next))
        put(w, "note", is_plain(v) ? v->text : plain_text(json_member(w->tree, v, "text")),
            text_of(NULL));
    list = json_member(w->tree, person, "attributes");
    for (const struct json_node *a = list ? next(w, list->child) : NULL; a; a = next(w, a->next)) {
        w->path_len = 0;
        enter(w, a->key);
        if (w->path_len == 0)
            continue; /* it has no name */
        if (is_plain(a))
            put(w, w->path + 1, a->text, text_of(NULL));
        for (const struct json_node *v = next(w, a->child); v; v = next(w, v->next))
            put(w, w->path + 1, plain_text(v), text_of(NULL));
    }
    list = json_member(w->tree, person, "dnc");
    w->reader->dnc += list != NULL && list->child > 0;
}

void json_row_put(struct json_reader *reader, const struct json_tree *tree, struct tend_row *row)
{
    struct work w = { .reader = reader, .ctx = reader->ctx, .tree = tree, .row = row,
                      .path = "json", .path_len = 4 };
    const struct json_node *person = &tree->nodes[0];

    if (reader->tend && person->kind == JSON_OBJECT) {
        put_own(&w, person);
        return;
    }
    put_members(&w, person);
    put_names(&w);
    put_places(&w);
}
