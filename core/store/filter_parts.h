/* A filter taken apart: what filter_parse.c makes and filter_sql.c writes out. */
#ifndef TEND_STORE_FILTER_PARTS_H
#define TEND_STORE_FILTER_PARTS_H

#include "base/array.h"
#include "base/text.h"
#include "store/filter.h"

enum tend_filter_what {
    TEND_FILTER_NAME,
    TEND_FILTER_STAGE,
    TEND_FILTER_TAG,
    TEND_FILTER_ROLE,
    TEND_FILTER_SOURCE,
    TEND_FILTER_ZONE,
    TEND_FILTER_REGION,
    TEND_FILTER_HAS,
    TEND_FILTER_EMAIL,
    TEND_FILTER_PHONE,
    TEND_FILTER_HOLD,
    TEND_FILTER_DNC,
    TEND_FILTER_ARCHIVED,
    TEND_FILTER_TOUCHED,
    TEND_FILTER_ADDED,
    TEND_FILTER_DUE,
    TEND_FILTER_ID,
    TEND_FILTER_IMPORT,
    TEND_FILTER_ATTRIBUTE,
    TEND_FILTER_SORT
};

/* What the values of a term are. */
enum tend_filter_values { TEND_VALUES_TEXT, TEND_VALUES_DAYS, TEND_VALUES_IDS, TEND_VALUES_YES };

struct tend_filter_term_def {
    const char *name;
    enum tend_filter_what what;
    enum tend_filter_values values;
    const char *const *words;   /* the only ones, or NULL */
    const char *expected;       /* for messages */
};

struct tend_filter_value {
    struct tend_text text;      /* without its quotes */
    bool range;                 /* lo, hi hold (days, ids), or from, to (texts) */
    bool open_lo, open_hi;
    int64_t lo, hi;             /* instants: from lo to before hi; ids: both included */
    struct tend_text from, to;
    int64_t at, len;            /* in what was typed */
};

struct tend_filter_term {
    enum tend_filter_what what;
    bool negated;
    struct tend_text name;      /* of an attribute; the track of stage.TRACK */
    struct tend_filter_value *value;
    int64_t n_values;
    int64_t at, len;            /* its KEY in what was typed */
};

struct tend_filter {
    struct tend_filter_term *term;
    int64_t n_terms;
    bool asks_archived, asks_id;    /* then the usual leaving out does not happen */
    struct tend_text sort;          /* a known key, or an attribute; empty: by id */
    bool sort_down, sort_attribute;
    int64_t sort_at;                /* in what was typed */
    int64_t today;                  /* the local day on which it was asked */
};

/* The statement that answers a filter, with its parameters in order. */
struct tend_filter_sql {
    struct tend_buffer text;
    TEND_ARRAY(struct tend_value) param;
    bool merged;                /* somebody is merged into another */
};

/* NULL if there is no such term. */
const struct tend_filter_term_def *tend_filter_def(struct tend_text name);
/* The nearest known term or sort key, or NULL. */
const char *tend_filter_nearest(struct tend_text name, bool sort);
bool tend_filter_sortable(struct tend_text name);
/* An attribute that readers and the core give. */
bool tend_filter_well_known(struct tend_text name);

/* Is the value one that goes into a list, IN (...)? */
bool tend_filter_listed(enum tend_filter_what what, const struct tend_filter_value *value);

/* columns: "p.id" or "COUNT(*)"; after: only ids behind it (0 all), by id. */
void tend_filter_compile(const struct tend_filter *filter, const char *columns, tend_id me,
                         bool sorted, tend_id after, int64_t most, struct tend_arena *arena,
                         struct tend_filter_sql *sql);
void tend_filter_sql_finish(struct tend_filter_sql *sql);

#endif
