/* What scrub knows of everybody: a column a field, each value kept once, folded to
 * small letters, digits and single spaces. Which fields are worth a comparison shows
 * in the values: one that no two people share tells nobody apart. */
#include "base/hash.h"
#include "desk/scrub_parts.h"
#include "store/ops_match.h"
#include <math.h>
#include <stdlib.h>

#define LONG_TEXT 64            /* on the average: a note */
#define MOSTLY 0.9              /* of the values that make a field one of dates or digits */
#define MERGED_DEPTH 20         /* merged into one who was merged into one who was ... */
#define VALUE_MOST 200          /* bytes that are kept of one */

struct tend_text tend_scrub_text(const struct tend_scrub_people *people,
                                 const struct tend_scrub_field *field, uint32_t value)
{
    const struct tend_scrub_value *v = &field->value.at[value];

    return (struct tend_text){ people->pool + v->at, v->len };
}

int32_t tend_scrub_values(const struct tend_scrub_field *field, uint32_t person,
                          const struct tend_scrub_has **values)
{
    uint32_t from = field->first[person], n = field->first[person + 1] - from;

    *values = field->has.at + from;
    return (int32_t)(n < TEND_SCRUB_VALUES ? n : TEND_SCRUB_VALUES);
}

/* --- values, each once ------------------------------------------------------ */

static uint64_t hash_of(struct tend_text text)
{
    return tend_hash(TEND_HASH_SEED, text.at, (size_t)text.len);
}

static void grow_slots(struct tend_scrub_people *people, struct tend_scrub_field *field)
{
    int64_t mask;

    field->slots = field->slots ? field->slots * 2 : 64;
    tend_free(field->slot);
    field->slot = tend_alloc((size_t)field->slots * sizeof *field->slot);
    mask = field->slots - 1;
    for (int64_t v = 0; v < field->value.n; v++) {
        int64_t i = (int64_t)(hash_of(tend_scrub_text(people, field, (uint32_t)v)) &
                              (uint64_t)mask);

        while (field->slot[i])
            i = (i + 1) & mask;
        field->slot[i] = (uint32_t)v + 1;
    }
}

static uint32_t put_in_pool(struct tend_scrub_people *people, struct tend_text text)
{
    int64_t at = people->pool_n;

    while (people->pool_n + text.len > people->pool_cap) {
        people->pool_cap = people->pool_cap ? people->pool_cap * 2 : 4096;
        people->pool = tend_realloc(people->pool, (size_t)people->pool_cap);
    }
    memcpy(people->pool + at, text.at, (size_t)text.len);
    people->pool_n += text.len;
    return (uint32_t)at;
}

static uint32_t value_of(struct tend_scrub_people *people, struct tend_scrub_field *field,
                         struct tend_text text)
{
    struct tend_scrub_value made = { .len = (uint32_t)text.len };
    int64_t i;

    if (field->value.n * 2 >= field->slots)
        grow_slots(people, field);
    for (i = (int64_t)(hash_of(text) & (uint64_t)(field->slots - 1)); field->slot[i];
         i = (i + 1) & (field->slots - 1))
        if (tend_text_eq(tend_scrub_text(people, field, field->slot[i] - 1), text))
            return field->slot[i] - 1;
    made.at = put_in_pool(people, text);
    for (int64_t b = 0; b < text.len; b++)
        made.letters |= UINT64_C(1) << (text.at[b] & 63);
    TEND_PUSH(&field->value, made);
    field->slot[i] = (uint32_t)field->value.n;
    return (uint32_t)field->value.n - 1;
}

/* --- reading ---------------------------------------------------------------- */

struct loading {
    struct tend_scrub_people *people;
    int64_t cap;                /* of ids */
    struct tend_arena scratch;  /* of one value */
    struct tend_buffer plain;
    TEND_ARRAY(struct tend_pair) merged;        /* who, into whom */
};

/* Is the last part of a field's name ("csv.city") one of these words? */
static bool is_one_of(struct tend_text name, const char *words)
{
    for (int64_t i = name.len; i-- > 0;)
        if (name.at[i] == '.') {
            name = (struct tend_text){ name.at + i + 1, name.len - i - 1 };
            break;
        }
    for (const char *at = words; name.len > 0 && (at = strchr(at, ' ')) != NULL && *++at;)
        if (strncmp(at, name.at, (size_t)name.len) == 0 && at[name.len] == ' ')
            return true;
    return false;
}

/* What a household shares. */
static const char places[] =
    " address addr street street_number house number unit flat apartment address_1 address_2 "
    "address1 address2 city town suburb village locality place postcode postal_code zip zip_code "
    "zipcode plz ort strasse region state province county country land ville ciudad phone ";
/* What people make of their names. */
static const char of_names[] =
    " email e_mail mail url web website user username user_name login nick nickname handle account "
    "profile linkedin facebook instagram twitter skype telegram ";

static struct tend_scrub_field *field_of(struct tend_scrub_people *people, struct tend_text name)
{
    struct tend_scrub_field made = { .type = TEND_SCRUB_TEXT };

    for (int64_t i = 0; i < people->field.n; i++)
        if (tend_text_is(name, people->field.at[i].name))
            return &people->field.at[i];
    made.name = tend_arena_str(&people->arena, name);
    made.place = is_one_of(tend_text_fold(&people->arena, name), places);
    made.of_name = is_one_of(tend_text_fold(&people->arena, name), of_names);
    if (tend_text_is(name, "email"))
        made.type = TEND_SCRUB_EMAIL;
    else if (tend_text_is(name, "phone"))
        made.type = TEND_SCRUB_DIGITS;
    TEND_PUSH(&people->field, made);
    return &people->field.at[people->field.n - 1];
}

/* Letters and digits in small, one space between words; an apostrophe is nothing. */
static struct tend_text plain(struct loading *l, struct tend_text text,
                              enum tend_scrub_type type)
{
    struct tend_text folded = tend_text_fold(&l->scratch, text);
    bool space = false;

    tend_buffer_reset(&l->plain);
    for (int64_t i = 0; i < folded.len && l->plain.len < VALUE_MOST; i++) {
        unsigned char c = (unsigned char)folded.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 128;

        if (type == TEND_SCRUB_EMAIL)
            letter = c > ' ';
        if (type == TEND_SCRUB_DIGITS)
            letter = c >= '0' && c <= '9';
        if (letter && space && l->plain.len > 0 && type == TEND_SCRUB_TEXT)
            tend_buffer_addc(&l->plain, ' ');
        if (letter)
            tend_buffer_addc(&l->plain, (char)c);
        space = letter ? false : space || c != '\'';
    }
    return tend_buffer_text(&l->plain);
}

/* A person, or into whom they were merged. */
static uint32_t number_of(const struct tend_scrub_people *people, tend_id id)
{
    return id > 0 && id <= people->last ? people->index[id] : 0;
}

static void take(struct loading *l, struct tend_text name, uint32_t person, struct tend_text text)
{
    struct tend_scrub_field *field = field_of(l->people, name);
    struct tend_text value = plain(l, text, field->type);
    struct tend_scrub_has has = { .person = person };

    if (value.len > 0) {
        has.value = value_of(l->people, field, value);
        TEND_PUSH(&field->has, has);
    }
    tend_arena_reset(&l->scratch);
}

static void take_person(void *data, const struct tend_match_row *row)
{
    struct loading *l = data;
    struct tend_scrub_people *people = l->people;

    if (people->n == 0 || people->id[people->n - 1] != row->person) {
        if (people->n == l->cap) {
            l->cap = l->cap ? l->cap * 2 : 1024;
            people->id = tend_realloc(people->id, (size_t)l->cap * sizeof *people->id);
        }
        people->id[people->n++] = row->person;
    }
    take(l, row->kind.len > 0 ? row->kind : TEND_TEXT("name"), (uint32_t)people->n - 1, row->value);
}

static void take_point(void *data, const struct tend_match_row *row)
{
    struct loading *l = data;
    uint32_t number = number_of(l->people, row->person);

    if (number)
        take(l, row->kind, number - 1, row->key.len > 0 ? row->key : row->value);
}

/* A field as it was typed ("given.typed") tells what the field tells already. */
static bool is_typed(struct tend_text name)
{
    return name.len > 6 && memcmp(name.at + name.len - 6, ".typed", 6) == 0;
}

static void take_attribute(void *data, const struct tend_match_row *row)
{
    struct loading *l = data;
    uint32_t number = number_of(l->people, row->person);

    if (number && !is_typed(row->kind))
        take(l, row->kind, number - 1, row->value);
}

/* Whoever was merged has the number of the one who stands for them. */
static void take_merged(void *data, tend_id person, tend_id into)
{
    struct loading *l = data;

    TEND_PUSH(&l->merged, (struct tend_pair){ person, into });
    if (person > l->people->last)
        l->people->last = person;
}

static void point_to_roots(struct loading *l)
{
    bool again = true;

    for (int32_t depth = 0; again && depth < MERGED_DEPTH; depth++) {
        again = false;
        for (int64_t i = 0; i < l->merged.n; i++) {
            uint32_t root = number_of(l->people, l->merged.at[i].b);

            again = again || (root && l->people->index[l->merged.at[i].a] != root);
            l->people->index[l->merged.at[i].a] = root;
        }
    }
}

static tend_status make_index(struct tend_store *store, struct loading *l)
{
    struct tend_scrub_people *people = l->people;
    tend_status status;

    people->last = people->n ? people->id[people->n - 1] : 0;
    status = tend_match_merged(store, take_merged, l);
    people->index = tend_alloc((size_t)(people->last + 1) * sizeof *people->index);
    for (int64_t i = 0; i < people->n; i++)
        people->index[people->id[i]] = (uint32_t)i + 1;
    point_to_roots(l);
    return status;
}

/* --- what kind of values, and are they worth it ------------------------------ */

static bool is_date(struct tend_text t)
{
    int32_t month, day;

    if (t.len != 8)
        return false;
    for (int32_t i = 0; i < 8; i++)
        if (t.at[i] < '0' || t.at[i] > '9')
            return false;
    month = (t.at[4] - '0') * 10 + t.at[5] - '0';
    day = (t.at[6] - '0') * 10 + t.at[7] - '0';
    return (t.at[0] == '1' || t.at[0] == '2') && month <= 12 && day <= 31;
}

static bool all_digits(struct tend_text t)
{
    for (int64_t i = 0; i < t.len; i++)
        if ((t.at[i] < '0' || t.at[i] > '9') && t.at[i] != ' ')
            return false;
    return true;
}

/* "1971 06 24" and "19710624" are one date: the values without their spaces, anew. */
static void squeeze(struct tend_scrub_people *people, struct tend_scrub_field *field)
{
    struct tend_scrub_field made = { .name = field->name };
    uint32_t *now = tend_alloc((size_t)(field->value.n + 1) * sizeof *now);

    for (int64_t v = 0; v < field->value.n; v++) {
        char text[256];
        struct tend_text old = tend_scrub_text(people, field, (uint32_t)v);
        int64_t n = 0;

        for (int64_t i = 0; i < old.len && n < (int64_t)sizeof text; i++)
            if (old.at[i] != ' ')
                text[n++] = old.at[i];
        now[v] = value_of(people, &made, (struct tend_text){ text, n });
    }
    for (int64_t i = 0; i < field->has.n; i++)
        field->has.at[i].value = now[field->has.at[i].value];
    tend_free(now);
    tend_free(field->slot);
    TEND_ARRAY_FINISH(&field->value);
    field->value.at = made.value.at;
    field->value.n = made.value.n;
    field->value.cap = made.value.cap;
    field->slot = made.slot;
    field->slots = made.slots;
}

static void find_type(struct tend_scrub_people *people, struct tend_scrub_field *field)
{
    int64_t digits = 0, dates = 0;

    for (int64_t v = 0; v < field->value.n; v++)
        digits += all_digits(tend_scrub_text(people, field, (uint32_t)v));
    if ((double)digits >= MOSTLY * (double)field->value.n) {
        squeeze(people, field);
        field->type = TEND_SCRUB_DIGITS;
        for (int64_t v = 0; v < field->value.n; v++)
            dates += is_date(tend_scrub_text(people, field, (uint32_t)v));
        if ((double)dates >= MOSTLY * (double)field->value.n)
            field->type = TEND_SCRUB_DATE;
    }
}

static int by_person(const void *a, const void *b)
{
    const struct tend_scrub_has *x = a, *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

static bool in_order(const struct tend_scrub_field *field)
{
    for (int64_t i = 1; i < field->has.n; i++)
        if (by_person(&field->has.at[i - 1], &field->has.at[i]) > 0)
            return false;
    return true;
}

/* Sorts what people have by person, each value once, and counts. */
static void settle(struct tend_scrub_people *people, struct tend_scrub_field *field)
{
    int64_t kept = 0, at = 0;
    double pairs = 0, shared;

    if (!in_order(field))
        qsort(field->has.at, (size_t)field->has.n, sizeof *field->has.at, by_person);
    for (int64_t i = 0; i < field->has.n; i++)
        if (kept == 0 || by_person(&field->has.at[kept - 1], &field->has.at[i]) != 0)
            field->has.at[kept++] = field->has.at[i];
    field->has.n = kept;
    field->first = tend_alloc((size_t)(people->n + 1) * sizeof *field->first);
    for (int64_t p = 0; p < people->n; p++) {
        field->first[p] = (uint32_t)at;
        field->filled += at < kept && field->has.at[at].person == p;
        for (; at < kept && field->has.at[at].person == p; at++)
            field->value.at[field->has.at[at].value].n++;
    }
    field->first[people->n] = (uint32_t)at;
    for (int64_t v = 0; v < field->value.n; v++)
        pairs += (double)field->value.at[v].n * ((double)field->value.at[v].n - 1);
    field->chance = field->filled > 1
                        ? pairs / ((double)field->filled * ((double)field->filled - 1)) : 0;
    /* one that only two have is no commoner than any, however few share one */
    shared = field->chance * (double)field->filled > 1 ? field->chance * (double)field->filled : 1;
    for (int64_t v = 0; v < field->value.n; v++)
        if (field->value.at[v].n > 1)
            field->value.at[v].rarity = (float)log(shared / (double)(field->value.at[v].n - 1));
}

static void finish_field(struct tend_scrub_field *field)
{
    TEND_ARRAY_FINISH(&field->value);
    TEND_ARRAY_FINISH(&field->has);
    tend_free(field->first);
    tend_free(field->slot);
}

/* Few share a number or an address: one that two have tells much, if nobody has another. */
static bool is_key(const struct tend_scrub_field *field)
{
    return strcmp(field->name, "email") == 0 || strcmp(field->name, "phone") == 0;
}

static bool is_useful(const struct tend_scrub_field *field)
{
    int64_t length = 0;

    for (int64_t v = 0; v < field->value.n; v++)
        length += field->value.at[v].len;
    if (is_key(field))
        return field->chance > 0;
    return field->chance > 0 && field->value.n > 1 && length <= LONG_TEXT * field->value.n;
}

static int by_filled(const void *a, const void *b)
{
    const struct tend_scrub_field *x = a, *y = b;

    if (x->filled != y->filled)
        return x->filled > y->filled ? -1 : 1;
    return strcmp(x->name, y->name);
}

/* The name stays whatever it is; of the rest the fullest that are worth it. */
static void choose(struct tend_scrub_people *people)
{
    int64_t kept = TEND_SCRUB_OTHERS, most = TEND_SCRUB_OTHERS + TEND_SCRUB_FIELDS - 1;

    for (int64_t i = TEND_SCRUB_OTHERS; i < people->field.n; i++) {
        struct tend_scrub_field *field = &people->field.at[i];

        if (is_useful(field))
            people->field.at[kept++] = *field;
        else
            finish_field(field);
    }
    people->field.n = kept;
    qsort(people->field.at + TEND_SCRUB_OTHERS, (size_t)(kept - TEND_SCRUB_OTHERS),
          sizeof *people->field.at, by_filled);
    while (people->field.n > most)
        finish_field(&people->field.at[--people->field.n]);
}

/* What a comparison needs, a row a person; and what only loading needed goes. */
static void make_cells(struct tend_scrub_people *people)
{
    int64_t width = people->field.n;

    people->cell = tend_alloc((size_t)(people->n * width + 1) * sizeof *people->cell);
    for (int64_t f = 0; f < width; f++) {
        struct tend_scrub_field *field = &people->field.at[f];

        tend_free(field->slot);
        field->slot = NULL;
        for (int64_t p = 0; p < people->n; p++) {
            uint32_t n = field->first[p + 1] - field->first[p];

            if (n > 0)
                people->cell[p * width + f] = (field->has.at[field->first[p]].value + 1) |
                                              (n > 1 ? TEND_SCRUB_MORE : 0);
        }
    }
    people->known = tend_alloc(TEND_SCRUB_KNOWN * sizeof *people->known);
}

/* --- who was said to be another ------------------------------------------------- */

static void take_apart(void *data, tend_id a, tend_id b)
{
    struct loading *l = data;
    uint32_t x = number_of(l->people, a), y = number_of(l->people, b);

    if (x && y && x != y)
        TEND_PUSH(&l->people->apart,
                  (struct tend_pair){ x < y ? x - 1 : y - 1, x < y ? y - 1 : x - 1 });
}

static int by_pair(const void *a, const void *b)
{
    const struct tend_pair *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

bool tend_scrub_is_apart(const struct tend_scrub_people *people, uint32_t a, uint32_t b)
{
    struct tend_pair key = { a < b ? a : b, a < b ? b : a };

    return people->apart.n > 0 && bsearch(&key, people->apart.at, (size_t)people->apart.n,
                                          sizeof key, by_pair) != NULL;
}

/* --- from end to end ----------------------------------------------------------- */

tend_status tend_scrub_people_load(struct tend_store *store, struct tend_scrub_people *people)
{
    struct loading l = { .people = people };
    tend_status status;

    *people = (struct tend_scrub_people){ 0 };
    field_of(people, TEND_TEXT("name"));
    field_of(people, TEND_TEXT("given"));
    field_of(people, TEND_TEXT("family"));
    status = tend_match_persons(store, take_person, &l);
    if (status == TEND_OK)
        status = make_index(store, &l);
    if (status == TEND_OK)
        status = tend_match_points(store, take_point, &l);
    if (status == TEND_OK)
        status = tend_match_attributes(store, take_attribute, &l);
    if (status == TEND_OK)
        status = tend_match_apart(store, take_apart, &l);
    if (people->apart.n > 0)
        qsort(people->apart.at, (size_t)people->apart.n, sizeof *people->apart.at, by_pair);
    for (int64_t i = 0; i < people->field.n; i++) {
        struct tend_scrub_field *field = &people->field.at[i];

        if (i >= TEND_SCRUB_OTHERS && field->type == TEND_SCRUB_TEXT)
            find_type(people, field);
        settle(people, field);
    }
    choose(people);
    make_cells(people);
    TEND_ARRAY_FINISH(&l.merged);
    tend_buffer_finish(&l.plain);
    tend_arena_finish(&l.scratch);
    return status;
}

void tend_scrub_people_finish(struct tend_scrub_people *people)
{
    for (int64_t i = 0; i < people->field.n; i++)
        finish_field(&people->field.at[i]);
    TEND_ARRAY_FINISH(&people->field);
    TEND_ARRAY_FINISH(&people->apart);
    tend_free(people->cell);
    tend_free(people->known);
    tend_free(people->id);
    tend_free(people->index);
    tend_free(people->pool);
    tend_arena_finish(&people->arena);
    *people = (struct tend_scrub_people){ 0 };
}
