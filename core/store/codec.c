/* How rows are written into journal pages, and read back without trusting a
 * byte: a damaged page is an error, never a crash. */
#include "store/codec.h"
#include "base/text.h"

#define T(t, kind, since) _Static_assert(TEND_N_##t <= TEND_COLUMNS_MAX, #t " is too wide");
#define TABLE(t, kind, since) T(t, kind, since)
#define COLUMN(t, c, type, ref, privacy, since)
#define END(t)
#define INDEX(t, name, columns, where, since)
#include "store/catalogue.def"
#undef TABLE
#undef COLUMN
#undef END
#undef INDEX
#undef T

void tend_codec_varint(struct tend_buffer *out, uint64_t value)
{
    char bytes[10];
    int64_t n = 0;
    while (value >= 0x80) {
        bytes[n++] = (char)(unsigned char)(0x80 | (value & 0x7f));
        value >>= 7;
    }
    bytes[n++] = (char)(unsigned char)value;
    tend_buffer_add(out, (struct tend_text){ bytes, n });
}

static uint64_t zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
}

static int64_t unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

static void put_value(struct tend_buffer *out, const struct tend_value *value)
{
    if (value->type == TEND_INT) {
        tend_codec_varint(out, zigzag(value->i));
    } else if (value->type != TEND_NULL) {
        tend_codec_varint(out, (uint64_t)value->t.len);
        tend_buffer_add(out, value->t);
    }
}

static void put_values(struct tend_buffer *out, const struct tend_value *values, uint64_t mask)
{
    uint64_t there = 0;
    for (int32_t c = 0; c < TEND_COLUMNS_MAX; c++) {
        if ((mask >> c & 1) != 0 && values[c].type != TEND_NULL) {
            there |= UINT64_C(1) << c;
        }
    }
    tend_codec_varint(out, there);
    for (int32_t c = 0; c < TEND_COLUMNS_MAX; c++) {
        if ((there >> c & 1) != 0) {
            put_value(out, &values[c]);
        }
    }
}

void tend_codec_header(struct tend_buffer *out)
{
    tend_buffer_add(out, TEND_TEXT("TJ\x01"));
    tend_codec_varint(out, TEND_SCHEMA);
}

void tend_codec_entry(struct tend_buffer *out, const struct tend_entry *entry,
                      enum tend_table last)
{
    tend_buffer_addc(out, (char)entry->kind);
    if (entry->table == last) {
        tend_buffer_addc(out, 0);
    } else {
        struct tend_text name = tend_text_of(tend_catalogue[entry->table].name);
        tend_buffer_addc(out, (char)name.len);
        tend_buffer_add(out, name);
    }
    tend_codec_varint(out, (uint64_t)entry->id);
    tend_codec_varint(out, (uint64_t)(entry->kind == TEND_ENTRY_RESTORE ? entry->last
                                                                        : entry->rev_before));
    if (entry->kind != TEND_ENTRY_DELETE) {
        tend_codec_varint(out, (uint64_t)entry->rev_after);
    }
    if (entry->kind == TEND_ENTRY_UPDATE) {
        tend_codec_varint(out, entry->mask);
        put_values(out, entry->before, entry->mask);
        put_values(out, entry->after, entry->mask);
    } else if (entry->kind == TEND_ENTRY_DELETE) {
        put_values(out, entry->before, entry->mask);
    }
}

static bool get_byte(struct tend_page *page, unsigned char *out)
{
    if (page->pos >= page->len) {
        return false;
    }
    *out = page->at[page->pos++];
    return true;
}

static bool get_varint(struct tend_page *page, uint64_t *out)
{
    uint64_t value = 0;
    unsigned char byte;
    for (int32_t shift = 0; shift < 64; shift += 7) {
        if (!get_byte(page, &byte) || (shift == 63 && byte > 1)) {
            return false;
        }
        value |= (uint64_t)(byte & 0x7f) << shift;
        if ((byte & 0x80) == 0) {
            *out = value;
            return true;
        }
    }
    return false;
}

static bool get_id(struct tend_page *page, tend_id *out)
{
    uint64_t value;
    if (!get_varint(page, &value) || value > INT64_MAX) {
        return false;
    }
    *out = (tend_id)value;
    return true;
}

static bool get_value(struct tend_page *page, enum tend_column_type type, struct tend_value *out)
{
    uint64_t number;
    if (!get_varint(page, &number)) {
        return false;
    }
    if (type == TEND_COLUMN_INT) {
        *out = (struct tend_value){ .type = TEND_INT, .i = unzigzag(number) };
        return true;
    }
    if (number > (uint64_t)(page->len - page->pos)) {
        return false;
    }
    out->type = type == TEND_COLUMN_TEXT ? TEND_STR : TEND_BLOB;
    out->i = 0;
    out->t.at = (const char *)page->at + page->pos;
    out->t.len = (int64_t)number;
    page->pos += (int64_t)number;
    return true;
}

/* Where the columns of the writer's schema stand now; returns their number. */
static int32_t column_map(const struct tend_page *page, int32_t *map)
{
    const struct tend_table_def *table = &tend_catalogue[page->table];
    int32_t n = 0;
    for (int32_t c = 0; c < table->n_columns; c++) {
        if (table->columns[c].since <= page->schema) {
            map[n++] = c;
        }
    }
    return n;
}

static bool get_values(struct tend_page *page, const int32_t *map, int32_t n,
                       struct tend_value *values)
{
    uint64_t there;
    if (!get_varint(page, &there) || (n < 64 && there >> n != 0)) {
        return false;
    }
    for (int32_t i = 0; i < n; i++) {
        struct tend_value *value = &values[map[i]];
        *value = (struct tend_value){ 0 };
        if ((there >> i & 1) != 0 &&
            !get_value(page, tend_catalogue[page->table].columns[map[i]].type, value)) {
            return false;
        }
    }
    return true;
}

tend_status tend_codec_open(struct tend_page *page, struct tend_text bytes)
{
    uint64_t schema;
    *page = (struct tend_page){ .at = (const unsigned char *)bytes.at, .len = bytes.len,
                                .table = TEND_T_none };
    if (bytes.len < 4 || memcmp(bytes.at, "TJ\x01", 3) != 0) {
        return TEND_INVALID;
    }
    page->pos = 3;
    if (!get_varint(page, &schema) || schema == 0 || schema > TEND_SCHEMA) {
        return TEND_INVALID;
    }
    page->schema = (int32_t)schema;
    return TEND_OK;
}

static bool get_table(struct tend_page *page)
{
    unsigned char len;
    if (!get_byte(page, &len) || len > page->len - page->pos) {
        return false;
    }
    if (len > 0) {
        struct tend_text name = { (const char *)page->at + page->pos, len };
        page->table = tend_catalogue_find(name);
        page->pos += len;
    }
    return page->table != TEND_T_none && tend_catalogue[page->table].kind == TEND_TABLE_FACT &&
           tend_catalogue[page->table].since <= page->schema;
}

static bool get_entry(struct tend_page *page, struct tend_entry *entry)
{
    unsigned char kind;
    int32_t map[TEND_COLUMNS_MAX] = { 0 };
    if (!get_byte(page, &kind) || kind < TEND_ENTRY_UPDATE || kind > TEND_ENTRY_RESTORE ||
        !get_table(page)) {
        return false;
    }
    entry->kind = (enum tend_entry_kind)kind;
    entry->table = page->table;
    entry->rev_before = entry->rev_after = 0;
    entry->mask = 0;
    if (!get_id(page, &entry->id) ||
        !get_id(page, kind == TEND_ENTRY_RESTORE ? &entry->last : &entry->rev_before) ||
        (kind != TEND_ENTRY_DELETE && !get_id(page, &entry->rev_after))) {
        return false;
    }
    if (kind == TEND_ENTRY_RESTORE) {
        return entry->last >= entry->id;
    }
    entry->last = entry->id;
    int32_t n = column_map(page, map);
    uint64_t mask = n < 64 ? (UINT64_C(1) << n) - 1 : UINT64_MAX;
    if (kind == TEND_ENTRY_UPDATE) {
        uint64_t given;
        if (!get_varint(page, &given) || (given & ~mask) != 0) {
            return false;
        }
        mask = given;
    }
    for (int32_t i = 0; i < n; i++) {
        entry->mask |= (mask >> i & 1) << map[i];
    }
    memset(entry->before, 0, sizeof entry->before);
    return get_values(page, map, n, entry->before) &&
           (kind == TEND_ENTRY_DELETE || get_values(page, map, n, entry->after));
}

int32_t tend_codec_next(struct tend_page *page, struct tend_entry *entry)
{
    if (page->pos >= page->len) {
        return 0;
    }
    return get_entry(page, entry) ? 1 : TEND_INVALID;
}

void tend_codec_row(struct tend_buffer *out, tend_id id, const struct tend_value *values,
                    int32_t n)
{
    tend_codec_varint(out, zigzag(id));
    put_values(out, values, n < 64 ? (UINT64_C(1) << n) - 1 : UINT64_MAX);
}
