/* Intake: a file of people becomes persons. Rows go through mapping and
 * normalisers; the same source id or e-mail is the same person, and so is the same
 * phone with a name that may be theirs; what a person has is not written again. */
#ifndef TEND_DESK_INTAKE_H
#define TEND_DESK_INTAKE_H

#include "desk/desk.h"
#include "plugin/call.h"

struct tend_intake_map { /* --map field=column */
    struct tend_text field, column;
};

enum tend_intake_on { /* what becomes of a row that tells of somebody who is known */
    TEND_ON_FILL,       /* what is empty is filled, further values are added */
    TEND_ON_UPDATE,     /* what one has one of is as the file says */
    TEND_ON_SKIP,       /* the person stays as they are */
    TEND_ON_NEW         /* it is somebody else after all */
};

struct tend_staging;
struct tend_intake;

struct tend_intake_progress { /* of one file */
    bool writing;             /* all was read; else rows are read */
    int64_t rows, all_rows;   /* all_rows 0: not known */
    int64_t bytes, all_bytes; /* of the file, while it is read */
};
struct tend_intake_watch { /* who sits before it; each may be NULL */
    void *data;
    /* what was found out, before the first row is written */
    void (*begins)(void *data, const struct tend_intake *out);
    void (*moved)(void *data, const struct tend_intake_progress *progress); /* a block further */
};

struct tend_intake_ask {
    const char *path;        /* "-" is standard input */
    const char *reader;      /* NULL: the one that sniffs best */
    struct tend_text source; /* origin for rows that name none; empty: layout or file */
    struct tend_text region; /* two letters; empty: meta region */
    const struct tend_intake_map *map;
    int64_t n_map;
    bool forget_map; /* --map none: the one of last time holds no more */
    const char *rejects; /* a file to write, NULL none */
    struct tend_staging *staging; /* rows are read into it before one is written; NULL: none */
    const struct tend_intake_watch *watch; /* NULL: nobody watches */
    bool match;          /* false: --match none */
    enum tend_intake_on on;
    bool live;           /* --mode live: events are answered row by row; else there are none */
    const char *encoding; /* NULL: as it is found */
    struct tend_call_args options; /* of the reader */
};

struct tend_intake_found { /* of the file: "delimiter", "semicolon" */
    const char *what, *value;
};

struct tend_intake_column { /* of the file, and the field that it becomes; NULL: left out */
    const char *name, *field;
};

struct tend_reject {
    int64_t line, column; /* column 0: the row */
    const char *code, *text;
};

struct tend_intake { /* rows_read = added + updated + unchanged + rejected */
    tend_id import;             /* 0: it brought nothing, and left nothing */
    const char *reader, *layout;
    const char *encoding;       /* of the file; NULL: there is none */
    TEND_ARRAY(struct tend_intake_found) found; /* what the reader said of it; texts likewise */
    TEND_ARRAY(struct tend_intake_column) column;   /* likewise */
    const char *remembered;     /* the --map of the last time, where this time has none; NULL */
    const char *wrong;          /* of TEND_USAGE: the option: "from", "map", "region" */
    int64_t rows_read, added, updated, unchanged, rejected;
    TEND_ARRAY(struct tend_reject) reject; /* the first 1000; texts in the deed's arena */
};

/* Within a deed. Cells that are blank altogether are no row. A file that no
 * reader knows, or cannot be read, is an error naming file, line and column. */
tend_status tend_intake_run(struct tend_desk *desk, struct tend_deed *deed,
                            const struct tend_intake_ask *ask, struct tend_intake *out);
void tend_intake_finish(struct tend_intake *out);
/* Gives the registry ctx->source and the core's normalisers: for tend_desk_setup. */
tend_status tend_intake_setup(struct tend_desk *desk);

#endif
