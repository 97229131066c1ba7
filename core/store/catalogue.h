/* The tables of the database, as enums and as data. See catalogue.def. */
#ifndef TEND_STORE_CATALOGUE_H
#define TEND_STORE_CATALOGUE_H

#include <stdbool.h>
#include <tend/types.h>

/* TEND_T_person ...; TEND_T_none is "no table". */
enum tend_table {
#define TABLE(t, kind, since) TEND_T_##t,
#define COLUMN(t, c, type, ref, privacy, since)
#define END(t)
#define INDEX(t, name, columns, where, since)
#include "store/catalogue.def"
#undef TABLE
#undef COLUMN
#undef END
#undef INDEX
    TEND_T_none
};

/* TEND_C_person_name ...: the index of a column in the values of a row (of a
 * fact without id and rev). TEND_N_person: how many there are. */
#define TABLE(t, kind, since) enum tend_columns_##t {
#define COLUMN(t, c, type, ref, privacy, since) TEND_C_##t##_##c,
#define END(t) TEND_N_##t };
#define INDEX(t, name, columns, where, since)
#include "store/catalogue.def"
#undef TABLE
#undef COLUMN
#undef END
#undef INDEX

enum tend_table_kind { TEND_TABLE_FACT, TEND_TABLE_SYSTEM, TEND_TABLE_DERIVED };
enum tend_column_type { TEND_COLUMN_INT, TEND_COLUMN_TEXT, TEND_COLUMN_BLOB };
enum tend_privacy { TEND_PRIVACY_FREE, TEND_PRIVACY_PERSONAL, TEND_PRIVACY_OWNER };

struct tend_column_def {
    const char *name;
    enum tend_column_type type;
    enum tend_table ref;
    enum tend_privacy privacy;
    int32_t since;
};

struct tend_table_def {
    const char *name;
    enum tend_table_kind kind;
    int32_t since;
    int32_t n_columns;
    const struct tend_column_def *columns;
    int32_t owner;          /* index of the OWNER column, -1 for none */
};

struct tend_index_def {
    enum tend_table table;
    const char *name;       /* begins with UNIQUE_ or PRIMARY_ if it is */
    const char *columns, *where;
    int32_t since;
};

#define TEND_TABLES ((int32_t)TEND_T_none)
#define TEND_SCHEMA 4       /* the newest migration */

extern const struct tend_table_def tend_catalogue[];
extern const struct tend_index_def tend_catalogue_indexes[];
extern const int32_t tend_catalogue_n_indexes;

/* By name; TEND_T_none if there is none. */
enum tend_table tend_catalogue_find(struct tend_text name);

/* What a cause or subject is; the letter of typed ids where there is one. */
enum tend_ref_kind {
    TEND_REF_NONE = 0,
    TEND_REF_PERSON = 'p',
    TEND_REF_TASK = 't',
    TEND_REF_BATCH = 'b',
    TEND_REF_TOUCH = 'c',
    TEND_REF_STAGE = 's',       /* a stage change */
    TEND_REF_HOLD = 'h',
    TEND_REF_SCHEDULE = 'y',
    TEND_REF_SLOT = 'z',        /* a day of a schedule */
    TEND_REF_IMPORT = 'i',
    TEND_REF_NOTE = 'n',
    TEND_REF_LINK = 'l',
    TEND_REF_DNC = 'd',
    TEND_REF_OBJECTION = 'o',
    TEND_REF_CONSENT = 'a',    /* agreed */
    TEND_REF_DECISION = 'e',
    TEND_REF_TIMER = 'w'
};

enum tend_task_state { TEND_TASK_OPEN = 0, TEND_TASK_DONE = 1, TEND_TASK_DROPPED = 2 };

#endif
