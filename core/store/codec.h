/* Images of rows in the pages of the journal: a compact form of our own, with
 * the table by its name and columns by their place in the catalogue of the
 * schema that wrote them, so that later schemas can read it. */
#ifndef TEND_STORE_CODEC_H
#define TEND_STORE_CODEC_H

#include "base/buffer.h"
#include "store/row.h"

#define TEND_COLUMNS_MAX 32
/* A page is closed once it is this long; an entry is never cut. */
#define TEND_PAGE_FULL 61440

enum tend_entry_kind {
    TEND_ENTRY_UPDATE = 1,
    TEND_ENTRY_DELETE = 2,      /* before: the row */
    TEND_ENTRY_RESTORE = 3      /* rows id..last, put back under their old ids */
};

struct tend_entry {
    enum tend_entry_kind kind;
    enum tend_table table;
    tend_id id, last;               /* last: of a RESTORE */
    tend_id rev_before, rev_after;  /* 0 where there is no row */
    uint64_t mask;                  /* the columns that are given */
    struct tend_value before[TEND_COLUMNS_MAX], after[TEND_COLUMNS_MAX];
};

/* A page being read; all is borrowed from the bytes. */
struct tend_page {
    const unsigned char *at;
    int64_t len, pos;
    int32_t schema;
    enum tend_table table;      /* of the entry before */
};

void tend_codec_varint(struct tend_buffer *out, uint64_t value);
void tend_codec_header(struct tend_buffer *out);
/* last: the table of the entry before it in the page. */
void tend_codec_entry(struct tend_buffer *out, const struct tend_entry *entry,
                      enum tend_table last);
/* TEND_INVALID if it is no page of ours. */
tend_status tend_codec_open(struct tend_page *page, struct tend_text bytes);
/* 1 an entry, 0 the end, TEND_INVALID for what cannot be read. */
int32_t tend_codec_next(struct tend_page *page, struct tend_entry *entry);
/* A row for a checksum: id and all values; rev is left out. */
void tend_codec_row(struct tend_buffer *out, tend_id id, const struct tend_value *values,
                    int32_t n);

#endif
