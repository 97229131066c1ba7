/* The catalogue as data, for everything that walks over all tables: DDL, row
 * statements, journal, checksums, undo, check. */
#include "store/catalogue.h"
#include <string.h>

#define TABLE(t, kind, since) static const struct tend_column_def columns_##t[] = {
#define COLUMN(t, c, type, ref, privacy, since) \
    { #c, TEND_COLUMN_##type, TEND_T_##ref, TEND_PRIVACY_##privacy, since },
#define END(t) };
#define INDEX(t, name, columns, where, since)
#include "store/catalogue.def"
#undef TABLE
#undef COLUMN
#undef END
#undef INDEX

/* 1 + the index of the OWNER column, 0 for none: there is at most one. */
#define TABLE(t, kind, since) enum { OWNER_##t = 0
#define COLUMN(t, c, type, ref, privacy, since) \
    + (TEND_PRIVACY_##privacy == TEND_PRIVACY_OWNER ? 1 + TEND_C_##t##_##c : 0)
#define END(t) };
#define INDEX(t, name, columns, where, since)
#include "store/catalogue.def"
#undef TABLE
#undef COLUMN
#undef END
#undef INDEX

const struct tend_table_def tend_catalogue[] = {
#define TABLE(t, kind, since) \
    { #t, TEND_TABLE_##kind, since, TEND_N_##t, columns_##t, OWNER_##t - 1 },
#define COLUMN(t, c, type, ref, privacy, since)
#define END(t)
#define INDEX(t, name, columns, where, since)
#include "store/catalogue.def"
#undef TABLE
#undef COLUMN
#undef END
#undef INDEX
};

const struct tend_index_def tend_catalogue_indexes[] = {
#define TABLE(t, kind, since)
#define COLUMN(t, c, type, ref, privacy, since)
#define END(t)
#define INDEX(t, name, columns, where, since) { TEND_T_##t, #name, columns, where, since },
#include "store/catalogue.def"
#undef TABLE
#undef COLUMN
#undef END
#undef INDEX
};

const int32_t tend_catalogue_n_indexes =
    (int32_t)(sizeof tend_catalogue_indexes / sizeof *tend_catalogue_indexes);

enum tend_table tend_catalogue_find(struct tend_text name)
{
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        const char *known = tend_catalogue[t].name;
        if (strlen(known) == (size_t)name.len && memcmp(known, name.at, (size_t)name.len) == 0) {
            return (enum tend_table)t;
        }
    }
    return TEND_T_none;
}
