/* The parts of an import, for the files of intake alone:
 *
 *     reader -> intake_row.c (collects a block of rows) -> intake.c (keys)
 *            -> intake_match.c (who is that?) -> intake_write.c (facts)
 */
#ifndef TEND_DESK_INTAKE_PARTS_H
#define TEND_DESK_INTAKE_PARTS_H

#include "base/text.h"
#include "desk/deed.h"
#include "desk/input.h"
#include "desk/intake.h"
#include "desk/normal_date.h"
#include "store/ops_intake.h"
#include <stdio.h>

#define TEND_INTAKE_BLOCK 256
#define TEND_INTAKE_HELD (4 << 20)      /* bytes of rows: then the block is full too */

enum tend_intake_field {
    TEND_FIELD_NAME,
    TEND_FIELD_GIVEN,
    TEND_FIELD_FAMILY,
    TEND_FIELD_EMAIL,
    TEND_FIELD_PHONE,
    TEND_FIELD_ID,
    TEND_FIELD_URL,
    TEND_FIELD_ADDRESS,
    TEND_FIELD_NOTE,
    TEND_FIELD_TAG,
    TEND_FIELD_SOURCE,
    TEND_FIELD_ZONE,
    TEND_FIELD_REGION,
    TEND_FIELD_UID,             /* of who was exported by a tend */
    TEND_FIELD_ATTRIBUTE
};

struct tend_intake_value {
    enum tend_intake_field field;
    struct tend_text name; /* of an attribute */
    struct tend_text value, label;
    struct tend_text key; /* of e-mail, phone and id; empty: none */
    struct tend_text typed; /* of a date or name that was typed otherwise; else empty */
};

struct tend_intake_row {
    int64_t line, first, n;  /* its values, in run->values */
    struct tend_text raw;    /* only where rejects are kept */
    const char *code, *text; /* of one that is rejected; else NULL */
    int64_t column;
};

struct tend_match; /* keys to persons: hashes in open addressing */

struct tend_row { /* the one that a reader is building */
    struct tend_input *in;
    int64_t line;
    struct tend_text raw;
    int64_t first; /* of its values */
    bool open;
    bool labelled; /* the value put last may get a label */
    const char *odd; /* a field with bytes that are no UTF-8; else NULL */
};

struct tend_input { /* what a reader holds in its hands */
    struct tend_stream stream;
    struct tend_text last; /* the line read last */
    char by;               /* 'l' read by lines, 'b' by blocks; 0 not yet */
    bool told;             /* of lines that are not UTF-8 */
    struct tend_row row;
    struct tend_intake_run *run;
};

#define TEND_INTAKE_DATES 3 /* birthday, anniversary, joined */

struct tend_intake_odd { /* e-mails or phones without a key, in rows that were taken */
    int64_t n, line; /* of the first of them */
    const char *first, *why;
};

struct tend_intake_date { /* what is known of the dates of one field */
    enum tend_date_order order;
    bool both;                    /* other dates have the other order */
    int64_t read[3];              /* by the order that was taken for them */
    int64_t unsure, serial, none; /* left as typed */
    const char *example;          /* of these */
};

struct tend_intake_run {
    struct tend_desk *desk;
    struct tend_deed *deed;
    const struct tend_intake_ask *ask;
    struct tend_intake *out;
    struct tend_input in;
    struct tend_arena arena; /* of the block in hand */
    TEND_ARRAY(struct tend_intake_value) values;
    TEND_ARRAY(struct tend_intake_row) rows;
    int64_t held;       /* bytes of these */
    tend_status status; /* what went wrong below the reader */
    const struct tend_intake_map *map; /* what was asked now, or the last time */
    int64_t n_map;
    bool *mapped;       /* a --map that a column answered to */
    int64_t columns;    /* which the reader asked about */
    struct tend_intake_date dates[TEND_INTAKE_DATES];
    bool warned_field;
    int64_t answer_to_two; /* rows that did */
    struct tend_intake_odd odd_emails, odd_phones;
    int64_t damaged;       /* numbers that a spreadsheet has rounded */
    const char *damaged_first;
    struct tend_text region; /* of who has none */
    struct tend_text file;   /* its title: the origin where nothing names one */
    struct tend_match *keys, *names;
    tend_id known_of;        /* whom `known` is about, until the block ends; 0 nobody */
    struct tend_known known;
    const char *matched;     /* by what the row in hand was: id email phone name uid */
    bool forgotten;    /* somebody was: their keys are looked for */
    bool keyed_before; /* there were keys in the database */
    bool names_loaded;
    bool uids_loaded;
    FILE *rejects;
    bool tree;          /* a row told of a sponsor or a placement */
    bool service;       /* there is no file */
    bool head_put;      /* the header is in the file of rejects */
    struct tend_text head; /* the lines before the first row; empty: they are in the stream */
    int64_t head_lines; /* lines before the first row */
    char separator;     /* of the table, for the file of rejects; 0 none */
    struct tend_intake_row *current;
    struct tend_buffer staged; /* the block on its way into the staging */
    int64_t n_staged;    /* rows read into it */
    int64_t first_block; /* of this file's rows */
    int64_t warned_before;
    bool merging; /* rows are written, no longer staged */
    bool begun;   /* the watcher was told so */
};

/* intake_row.c */
extern const struct tend_source_api tend_intake_source;
/* Around the call of the reader: what it gives back is checked against this
 * import. A row that it never ended is an error in run->status. */
void tend_intake_read_begin(struct tend_intake_run *run);
void tend_intake_read_end(struct tend_intake_run *run, tend_status status);
/* A field by its name; TEND_FIELD_ATTRIBUTE for one that is an attribute,
 * *known says whether it is one of ours or dotted. */
enum tend_intake_field tend_intake_field(const char *name, bool *known);

/* intake.c: what to do with the rows that were collected: they are staged, or keyed,
 * matched and written at once. */
tend_status tend_intake_flush(struct tend_intake_run *run);
tend_status tend_intake_write_rows(struct tend_intake_run *run);

/* intake_map.c: before the file is opened; when it is open: what was said the last time of
 * one with this header; when it was read: a column that is not there is an error, what was
 * said now is kept for the next time. */
tend_status tend_intake_map_check(struct tend_intake_run *run);
tend_status tend_intake_map_recall(struct tend_intake_run *run);
tend_status tend_intake_map_done(struct tend_intake_run *run);

/* intake_reader.c: NULL: the surest. */
tend_status tend_intake_reader(struct tend_intake_run *run, const char *name,
                               const struct tend_provider **reader);
/* A flag that is wrong: TEND_USAGE, and out->wrong names it. */
tend_status tend_intake_wrong(struct tend_intake_run *run, const char *flag, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The file without its folder; what people call it, without its ending. */
struct tend_text tend_intake_file(const char *path);
struct tend_text tend_intake_title(const char *path);

/* The parts of an import that files and pages share: what is asked before the first
 * row; the fact of the import; its counts, or that it brought nothing. */
tend_status tend_intake_prepare(struct tend_intake_run *run);
tend_status tend_intake_write_import(struct tend_intake_run *run);
tend_status tend_intake_write_counts(struct tend_intake_run *run, bool done);

/* intake_match.c */
struct tend_match *tend_match_create(void);
void tend_match_destroy(struct tend_match *match);
/* 0 if there is none; add keeps what is there, and returns it. */
tend_id tend_match_find(const struct tend_match *match, char kind, struct tend_text a,
                        struct tend_text b);
tend_id tend_match_add(struct tend_match *match, char kind, struct tend_text a,
                       struct tend_text b, tend_id person);
/* What this person has: read once a row. */
tend_status tend_intake_of(struct tend_intake_run *run, tend_id person,
                           const struct tend_known **known);
/* Who is that? 0: nobody that is known. A key that somebody else has, and an
 * e-mail that is none, become attributes of the row. */
tend_status tend_intake_match(struct tend_intake_run *run, const struct tend_intake_row *row,
                              tend_id *person);
/* From now on this person answers to the keys of the row. */
void tend_intake_remember(struct tend_intake_run *run, const struct tend_intake_row *row,
                          tend_id person);
/* Says how often that happened, once all rows are in. */
void tend_intake_tell(struct tend_intake_run *run);

/* intake_names.c: names of the block, where they are surely typed otherwise than
 * people are called. */
void tend_intake_names(struct tend_intake_run *run);

/* intake_dates.c: the dates of the block as ISO 8601, where they are surely read;
 * and, once all rows are in, how they were read. */
void tend_intake_dates(struct tend_intake_run *run);
void tend_intake_dates_tell(struct tend_intake_run *run);

/* intake_write.c */
tend_status tend_intake_add(struct tend_intake_run *run, const struct tend_intake_row *row,
                            tend_id *person);
/* *changed: did the row add anything? */
tend_status tend_intake_update(struct tend_intake_run *run, const struct tend_intake_row *row,
                               tend_id person, bool *changed);

/* intake_tree.c */
/* Is that the name of what tells where somebody stands in a downline? */
bool tend_intake_tells_tree(struct tend_text name);
/* At the end of an import with such rows: the ids of sponsors become edges. */
tend_status tend_intake_tree(struct tend_intake_run *run);

/* intake_dnc.c: of an attribute "dnc.email" that is new. */
tend_status tend_intake_dnc(struct tend_intake_run *run, tend_id person,
                            const struct tend_intake_value *value);

/* intake_reject.c */
/* The lines before the first row: the header, and what stands above it. */
struct tend_text tend_intake_head(const struct tend_intake_run *run);
tend_status tend_intake_rejects_open(struct tend_intake_run *run);
void tend_intake_rejects_put(struct tend_intake_run *run, const struct tend_intake_row *row);
tend_status tend_intake_rejects_close(struct tend_intake_run *run);

/* The first value of a field in the row; empty if there is none. */
struct tend_text tend_intake_first(const struct tend_intake_run *run,
                                   const struct tend_intake_row *row, enum tend_intake_field field);
/* The whole name: as given, or of its parts; in the block's arena. */
struct tend_text tend_intake_name(struct tend_intake_run *run, const struct tend_intake_row *row);
/* Where the person comes from: the row's source, --source, the layout that the
 * reader recognised, or the file. Never the reader. */
struct tend_text tend_intake_origin(const struct tend_intake_run *run,
                                    const struct tend_intake_row *row);

#endif
