/* How data goes out: a table on a terminal, TSV in a pipe, CSV, JSON. */
#ifndef TEND_SHELL_OUTPUT_H
#define TEND_SHELL_OUTPUT_H

#include "shell/shell.h"

/* --- tables --------------------------------------------------------------- */

enum {
    TEND_COLUMN_SHRINKS = 1,
    TEND_COLUMN_RIGHT = 2,
    TEND_COLUMN_NAME = 5,       /* shrinks, but stays long enough for a name */
    TEND_COLUMN_BELOW = 8       /* beside the others if all fit, else on a line of its own below them */
};
/* Where room is short the column of the highest rank goes first; without one it
 * stays. Or it in. */
#define TEND_COLUMN_RANK(n) ((n) << 8)

struct tend_sheet_column {
    const char *title;
    int32_t how;
};

struct tend_sheet {
    const struct tend_sheet_column *columns;
    int64_t n_columns;
    TEND_ARRAY(struct tend_text) cell;  /* row by row; texts are borrowed */
};

void tend_sheet_add(struct tend_sheet *table, struct tend_text cell);
/* In the form that fits where it goes; finishes the table. */
void tend_sheet_print(struct tend_shell *shell, struct tend_sheet *table);

void tend_out_table(struct tend_buffer *buf, const struct tend_sheet *table, int64_t width);
void tend_out_tsv(struct tend_buffer *buf, const struct tend_sheet *table);
void tend_out_csv(struct tend_buffer *buf, const struct tend_sheet *table);

/* --- JSON ----------------------------------------------------------------- */

struct tend_json {              /* zeroed is empty */
    struct tend_buffer buf;
    bool comma;
};

/* key NULL: an element of an array, or the document. */
void tend_json_open(struct tend_json *json, const char *key, char bracket);
void tend_json_close(struct tend_json *json, char bracket);
void tend_json_text(struct tend_json *json, const char *key, struct tend_text text); /* "": null */
void tend_json_str(struct tend_json *json, const char *key, const char *text);
void tend_json_int(struct tend_json *json, const char *key, int64_t value);
void tend_json_id(struct tend_json *json, const char *key, tend_id id);     /* 0: null */
void tend_json_bool(struct tend_json *json, const char *key, bool value);
void tend_json_raw(struct tend_json *json, const char *key, struct tend_text value); /* JSON */
/* ISO 8601 with the zone's offset; 0: null. */
void tend_json_time(struct tend_json *json, const char *key, int64_t instant,
                    const struct tend_zone *zone);
/* Prints it as one line, and finishes it. */
void tend_json_print(struct tend_shell *shell, struct tend_json *json);

/* --- lines ---------------------------------------------------------------- */

/* Lines stay lines; what a terminal would obey is shown. */
void tend_lines_show(struct tend_buffer *buf, struct tend_text text);
/* Broken between words where a terminal would break within them; 0: as it is. */
void tend_line_wrap(struct tend_buffer *buf, struct tend_text line, int64_t width);
/* A line of data: control characters shown, a line end behind it. */
void tend_line_out(struct tend_shell *shell, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* The same, of what a command did: nothing with --quiet. */
void tend_say(struct tend_shell *shell, struct tend_text line);
void tend_sayf(struct tend_shell *shell, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
