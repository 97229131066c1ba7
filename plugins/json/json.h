/* What the files of this plugin share. Nothing here knows the host's inside:
 * include/tend is all that is used. */
#ifndef JSON_H
#define JSON_H

#include <stdbool.h>
#include <tend/plugin.h>

#define JSON_PERSON (4 << 20)   /* bytes of one person at most: what may be in memory */
#define JSON_PATH 4             /* objects around the list of people */

/* --- json_tree.c: the text of one value, parsed ------------------------- */

enum json_kind { JSON_NULL, JSON_WORD, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json_node {
    enum json_kind kind;
    struct tend_text key;   /* in an object */
    struct tend_text text;  /* of a string, number, true and false; numbers as typed */
    int32_t child, next;    /* indices; 0 none */
};

struct json_tree { /* zeroed; json_tree_finish */
    struct json_node *nodes;    /* nodes[0] is the value itself */
    int32_t n, cap;
    char *plain;                /* strings whose escapes were taken out */
    int64_t n_plain, plain_cap;
    int64_t used;               /* of the text: where the value ended */
    const char *error;          /* what was expected; NULL */
    int64_t error_at;
    bool cut;                   /* partial: the text ended within the value */
};

/* Parses one value; texts lie in `text` or in the tree. partial: a text that ends too
 * early is no error. TEND_OK, TEND_INVALID (tree->error), TEND_NOMEM. */
tend_status json_tree_parse(struct json_tree *tree, struct tend_text text, bool partial);
void json_tree_finish(struct json_tree *tree);
/* The member of an object, by its key as it stands there; NULL. */
const struct json_node *json_member(const struct json_tree *tree, const struct json_node *object,
                                    const char *key);

/* --- json_shape.c: where in a file the people are ----------------------- */

struct json_shape {
    bool lines;             /* a value a line */
    bool list;              /* the values are in an array, which `path` leads to */
    bool people;            /* what was seen there looks like people */
    bool cards;             /* jCards */
    bool tend, google;      /* what tend itself writes, what Google's service answers */
    struct tend_text path[JSON_PATH];   /* keys; lie in the head */
    int32_t n;
};

tend_status json_shape_guess(struct tend_ctx *ctx, struct tend_text head, struct json_shape *shape);
bool json_is_card(const struct json_tree *tree, const struct json_node *node);  /* a jCard */

/* --- json_scan.c: the values of a stream, one after the other ----------- */

enum json_trouble {
    JSON_FINE,
    JSON_STRAY, /* text that is no value */
    JSON_TORN,  /* a line break within a string, a bracket that closes another one */
    JSON_CUT,   /* the file ends within it */
    JSON_LONG   /* of more than JSON_PERSON bytes */
};

struct json_scan { /* json_scan_begin, ..._finish */
    struct json_shape shape;
    char *keys;             /* of the shape's path */
    char *text;             /* not used yet: from `at` to `len` */
    int64_t len, cap, at;
    bool end;               /* nothing comes behind text */
    int64_t line, column;   /* of text[at], from 1 */
    int64_t indent;         /* of its line, -1: something stands before text[at] */
    int32_t level;          /* objects of the path that are open */
    bool in_list, seek;     /* seek: on to a line that begins like the value before */
    enum { JSON_NO_VALUE, JSON_TAKE, JSON_SKIP } value;
    int64_t pos;            /* of the value in hand: looked at so far, from `at` */
    int64_t depth;
    char open[128];         /* its brackets */
    bool string, escape;
    char first;             /* of the value before: what to seek */
    int64_t first_indent;
    int64_t done;           /* of the value handed over last: bytes to leave behind */
    /* of the value that came last; lives until the next feed or call */
    struct tend_text element;
    int64_t element_line, element_column;
    enum json_trouble trouble;
};

tend_status json_scan_begin(struct json_scan *s, const struct json_shape *shape);
void json_scan_finish(struct json_scan *s);
/* Appends text, copied. TEND_NOMEM. After the last, set s->end. */
tend_status json_scan_feed(struct json_scan *s, struct tend_text text);
/* 1 a value, 0 none that is whole (feed more, unless s->end). */
int32_t json_scan_next(struct json_scan *s);

/* --- json_words.c: what keys are called --------------------------------- */

enum json_field {
    JSON_UNKNOWN,
    JSON_NAME, JSON_GIVEN, JSON_MIDDLE, JSON_FAMILY, JSON_PREFIX, JSON_SUFFIX, JSON_NICKNAME,
    JSON_EMAIL, JSON_PHONE, JSON_URL, JSON_TAG, JSON_NOTE, JSON_ORGANISATION, JSON_TITLE,
    JSON_SOURCE, JSON_ZONE, JSON_BIRTHDAY, JSON_AT, JSON_ID, JSON_INTEREST, JSON_MET_HOW,
    JSON_ADDRESS, JSON_STREET, JSON_CITY, JSON_STATE, JSON_CODE, JSON_COUNTRY, JSON_REGION,
    JSON_WRAP,      /* an object around the fields: "properties" */
    JSON_VALUE,     /* in an object that is a value: the value, its label, what is neither */
    JSON_LABEL,
    JSON_ASIDE,
    JSON_LIST,      /* what lists of people are called */
    JSON_FIELDS
};

struct json_word {
    const char *text;       /* folded, without separators: "emailaddress" */
    enum json_field field;
    const char *label;      /* "work"; NULL */
};

/* Of a key of a person, of a value's object, of a list; NULL if it is none. */
const struct json_word *json_word(struct tend_ctx *ctx, struct tend_text key);
enum json_field json_value_word(struct tend_ctx *ctx, struct tend_text key);
bool json_list_word(struct tend_ctx *ctx, struct tend_text key);

/* --- json_row.c: one value becomes a row of fields ---------------------- */

struct json_reader {
    struct tend_ctx *ctx;
    struct tend_input *in;
    bool tend;
    int64_t damaged;        /* numbers that a spreadsheet ate */
    int64_t dnc;            /* people who are not to be contacted */
    struct json_asked {     /* keys about which --map was asked */
        char *path;
        char *field;        /* NULL: it does not say */
    } *asked;
    int32_t n_asked;
};

void json_row_put(struct json_reader *reader, const struct json_tree *tree, struct tend_row *row);
void json_reader_finish(struct json_reader *reader);

#endif
