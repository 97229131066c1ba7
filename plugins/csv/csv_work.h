/* The row in hand, and what the files that make fields of it share. */
#ifndef CSV_WORK_H
#define CSV_WORK_H

#include "csv.h"

#define CSV_JOINED 1024 /* the longest name or address that is put together */

struct csv_joined {
    char text[CSV_JOINED];
    int64_t len;
};

struct csv_work {
    struct tend_ctx *ctx;
    const struct csv_layout *layout;
    const struct csv_parser *p;
    struct tend_row *row;
};

/* Adds a text behind `between`; nothing if it is empty or too long. */
void csv_join(struct csv_joined *joined, const char *between, struct tend_text text);
struct tend_text csv_joined_text(const struct csv_joined *joined);

/* Trimmed; empty where there is none. */
struct tend_text csv_work_cell(const struct csv_work *w, int64_t column);
/* Puts a value that is not empty. */
void csv_work_put(const struct csv_work *w, const char *field, struct tend_text value);
/* The first column of a field that has a value. */
struct tend_text csv_work_first(const struct csv_work *w, enum csv_field field);
/* The label of a column in this row, and whether it says "primary" ("* Home"). */
struct tend_text csv_work_label(const struct csv_work *w, const struct csv_column *c,
                                bool *primary);

/* csv_address.c */
void csv_work_addresses(const struct csv_work *w);

#endif
