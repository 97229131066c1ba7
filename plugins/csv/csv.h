/* What the files of this plugin share. Nothing here knows the host's inside:
 * include/tend is all that is used. */
#ifndef CSV_H
#define CSV_H

#include <stdbool.h>
#include <tend/plugin.h>

/* --- csv_parse.c: text in, rows of cells out ---------------------------- */

struct csv_dialect {
    char delimiter; /* , ; tab | : */
    char quote;     /* " or ' */
    bool backslash; /* \" is a quote, rather than "" */
};

struct csv_cell {
    struct tend_text text;
    bool quoted;
};

enum csv_trouble {
    CSV_FINE,
    CSV_STRAY,  /* quotes within a cell that has none around it: Ann "Annie" Lee */
    CSV_HALF,   /* one of them has no partner */
    CSV_INSIDE, /* a quote within a quoted cell that is not doubled */
    CSV_OPEN,   /* a quoted cell that never ends */
    CSV_LONG    /* a row without end */
};

struct csv_parser { /* csv_parser_begin, ..._finish */
    struct csv_dialect dialect;
    bool stop[256]; /* what ends a cell without quotes */
    char *text;     /* not parsed yet: from `at` to `len` */
    int64_t len, cap, at;
    char *plain; /* cells whose quotes were taken out; as large as text */
    int64_t n_plain;
    bool end;            /* nothing comes behind text */
    bool ended_cr;       /* the row before ended with CR at the end of text */
    int64_t line;        /* of text[at], from 1 */
    int64_t most_quoted; /* a longer quoted cell was never closed */
    /* of the row read last; lives until the next feed or row */
    struct csv_cell *cells;
    int64_t n, cells_cap;
    struct tend_text raw; /* as it stands, without its end */
    int64_t row_line;
    enum csv_trouble trouble;
    int64_t trouble_line, trouble_column; /* from 1; characters */
};

void csv_parser_begin(struct csv_parser *p, struct csv_dialect dialect);
void csv_parser_finish(struct csv_parser *p);
/* Appends text, copied. TEND_NOMEM. After the last, set p->end. */
tend_status csv_parser_feed(struct csv_parser *p, struct tend_text text);
/* 1 a row, 0 none that is whole (feed more, unless p->end), TEND_NOMEM. A row
 * with CSV_OPEN holds its first line only, and reading goes on behind that. */
int32_t csv_parser_row(struct csv_parser *p);

/* --- csv_wish.c: what the user said about the file ---------------------- */

struct csv_wish {
    char delimiter, quote; /* 0: found out */
    char header;           /* 'y', 'n', 0: found out */
    int64_t skip;          /* lines above the header, or the first row */
    bool strict;           /* what is read by guessing is refused */
};

/* The options of the reader, a NULL ends. */
extern const struct tend_command_arg *const csv_options[];
/* TEND_INVALID, and the slot says why. */
tend_status csv_wish_read(struct tend_ctx *ctx, struct csv_wish *wish);
/* "semicolon", "tab", "^" */
const char *csv_delimiter_name(char delimiter, char text[8]);

/* --- csv_dialect.c: which delimiter, which quote ------------------------ */

/* From the beginning of a file. *sure: 0 to 100, that it is a table at all;
 * 0 also for lists of one column, which only their values can tell.
 * *width: how many cells most rows have. */
struct csv_dialect csv_dialect_guess(const struct csv_wish *wish, struct tend_ctx *ctx,
                                     struct tend_text head, int32_t *sure, int64_t *width);
/* Is this something else that is made of text: HTML, LDIF, JSON, a mail? */
bool csv_is_other(const struct tend_text_api *text, struct tend_text head);

/* --- csv_label.c: what columns are called in the world ------------------ */

enum csv_field {
    CSV_UNKNOWN,
    CSV_NAME,
    CSV_GIVEN,
    CSV_MIDDLE,
    CSV_FAMILY,
    CSV_PREFIX,
    CSV_SUFFIX,
    CSV_NICKNAME,
    CSV_EMAIL,
    CSV_PHONE,
    CSV_ORGANISATION,
    CSV_TITLE,
    CSV_NOTE,
    CSV_TAG,
    CSV_SOURCE,
    CSV_ZONE,
    CSV_BIRTHDAY,
    CSV_URL,
    CSV_AT,
    CSV_ID,
    CSV_INTEREST,
    CSV_MET_HOW,
    CSV_SPONSOR, /* of a downline: ids of members, when they joined */
    CSV_PLACEMENT,
    CSV_JOIN_DAY,
    CSV_RANK,
    CSV_ANNIVERSARY,
    CSV_ADDRESS,
    CSV_STREET,
    CSV_BOX,
    CSV_CITY,
    CSV_STATE,
    CSV_CODE,
    CSV_COUNTRY,
    CSV_COUNTRY_CODE,
    CSV_BIRTH_YEAR,
    CSV_BIRTH_MONTH,
    CSV_BIRTH_DAY,
    CSV_LABEL,  /* labels the value of the same group: "E-mail 1 - Type" */
    CSV_CUSTOM, /* a value whose name stands in the label of its group */
    CSV_RELATION, /* the same, of somebody close: "Spouse" */
    CSV_DNC,    /* yes, or a day: not to be contacted; kind e email, c call, t text, 0 all */
    CSV_MAPPED, /* what the user said: `mapped` */
    CSV_DROP    /* says nothing about a person */
};

struct csv_label {
    const char *text; /* folded, without separators: "emailadresse" */
    uint8_t field;    /* enum csv_field */
    char kind;        /* h home w work o other m mobile p pager a main f fax
                         H home fax W work fax; 0 none. Of CSV_DNC: e c t */
};

/* NULL if it is no known label. Numbers at the end do not matter ("Phone 2"). */
const struct csv_label *csv_label_find(const struct tend_text_api *text, struct tend_ctx *ctx,
                                       struct tend_text label);
const char *csv_label_kind(char kind); /* "work"; NULL for 0 */
/* The label as it is compared, into out; its length. */
int64_t csv_label_fold(const struct tend_text_api *text, struct tend_ctx *ctx,
                       struct tend_text label, char *out, int64_t size);

/* --- csv_layout.c: the header, and what each column holds --------------- */

enum csv_program {
    CSV_TABLE,
    CSV_GOOGLE,
    CSV_GOOGLE_OLD,
    CSV_LINKEDIN,
    CSV_OUTLOOK,
    CSV_THUNDERBIRD,
    CSV_HUBSPOT,
    CSV_MAILCHIMP,
    CSV_FACEBOOK,
    CSV_SALESFORCE,
    CSV_TEND,
    CSV_PROGRAMS
};

struct csv_column {
    char *name;      /* as in the file, ended by a NUL; its number if it has none */
    bool blank;      /* no label says what it holds */
    char *attribute; /* "csv.<name>" */
    char *mapped;    /* the field of --map */
    enum csv_field field;
    const char *kind; /* a label of its own: "work" */
    int64_t group;    /* "Phone 2 - Value": 2; of addresses: the kind's letter */
    int64_t label;    /* the column that labels it, -1 none */
};

struct csv_layout {
    enum csv_program program;
    bool header;
    int64_t header_line; /* counted behind the lines that were skipped */
    int64_t header_row; /* rows before the first of data, with the header; 0: none */
    struct csv_column *columns;
    int64_t n;
    bool shorter; /* rows leave out the empty cells at their end */
    bool street; /* there is a street: city, code... are parts of an address */
    bool strict; /* rows that need a guess are refused */
    char *hint;  /* no column tells who it is: what to do; else NULL */
};

const char *csv_program_title(enum csv_program program);
const char *csv_program_word(enum csv_program program); /* "linkedin", before ids */
/* Reads the first rows of head. in may be NULL (when it sniffs). */
tend_status csv_layout_guess(struct csv_layout *layout, struct tend_ctx *ctx, struct tend_input *in,
                             const struct csv_wish *wish, struct tend_text head,
                             struct csv_dialect dialect, int64_t width);
void csv_layout_finish(struct csv_layout *layout);

/* --- csv_show.c: what becomes of which column, for the user to see ------- */

void csv_show_columns(const struct tend_ctx *ctx, struct tend_input *in,
                      const struct csv_layout *layout);

/* --- csv_guess.c: what values look like --------------------------------- */

bool csv_looks_like_email(struct tend_text text);
bool csv_looks_like_phone(struct tend_text text);
/* A number, date, time, e-mail or phone: what no column is called. */
bool csv_looks_like_value(struct tend_text text);
/* Gives columns without a label a field, by their values from the row in hand
 * on. Names are guessed only where people can be reached, or have two. */
void csv_guess_by_content(struct tend_ctx *ctx, struct csv_layout *layout, struct csv_parser *p);

/* --- csv_row.c: one row of cells becomes a row of fields ---------------- */

/* A footer of a Salesforce report, which is no row. */
bool csv_row_is_footer(const struct csv_layout *layout, const struct csv_parser *p);
tend_status csv_row_put(struct tend_ctx *ctx, const struct csv_layout *layout,
                        const struct csv_parser *p, struct tend_row *row);

#endif
