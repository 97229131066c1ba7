/* What the files of this plugin share. Nothing here knows the host's inside:
 * include/tend is all that is used.
 *
 *     blocks -> vcard_cards.c (whole cards) -> vcard_line.c (properties)
 *            -> vcard_value.c (texts) -> vcard_person.c (a row)
 */
#ifndef VCARD_H
#define VCARD_H

#include <stdbool.h>
#include <tend/plugin.h>

#define VCARD_MOST (16 << 20) /* bytes of a card: a longer one is none */

/* --- vcard_room.c: memory that lives as long as a card ------------------- */

struct vcard_room { /* zeroed is empty; vcard_room_finish */
    struct vcard_chunk *first;
    bool full; /* there was no memory for something */
};

/* NULL when there is none left: then room->full is set. */
char *vcard_room_take(struct vcard_room *room, int64_t size);
void vcard_room_reset(struct vcard_room *room);
void vcard_room_finish(struct vcard_room *room);

/* --- vcard_cards.c: text in, whole cards out ------------------------------ */

enum vcard_trouble {
    VCARD_FINE,
    VCARD_OPEN, /* the next card begins, or the file ends, before END:VCARD */
    VCARD_JUNK, /* lines that are in no card */
    VCARD_LONG  /* more than VCARD_MOST without an end */
};

struct vcard_cards { /* zeroed with line 1; vcard_cards_finish */
    char *text;      /* not read yet: from `at` to `len` */
    int64_t len, cap, at;
    int64_t line; /* of text[at], from 1 */
    /* the card or the junk that begins at `at`, as far as it was looked at */
    int64_t seen, seen_lines, depth;
    int64_t looked; /* bytes behind it that hold no end of a line */
    bool in_card, in_junk, agent;
    bool lost; /* within a card that was too long: up to its end */
    bool end;  /* nothing comes behind text */
    /* what was found last; lives until the next feed */
    struct tend_text raw;
    int64_t raw_line;
    enum vcard_trouble trouble;
};

tend_status vcard_cards_feed(struct vcard_cards *c, struct tend_text text);
/* 1 a card, or what is none (trouble); 0 feed more, unless end. */
int32_t vcard_cards_next(struct vcard_cards *c);
void vcard_cards_finish(struct vcard_cards *c);
/* Cuts the first line off *rest; ends are LF, CRLF and CR (and CR CR LF), and left out. */
struct tend_text vcard_line_cut(struct tend_text *rest);
/* Is this line that, but for case and white space around it? */
bool vcard_line_is(struct tend_text line, const char *what);

/* --- vcard_line.c: the lines of a card as properties ---------------------- */

#define VCARD_PARAMS 32

struct vcard_param {
    struct tend_text name, value; /* name: "TYPE", also of bare ones that are types */
};

struct vcard_property {
    struct tend_text group, name; /* name empty: the line is no property, value is all of it */
    struct vcard_param params[VCARD_PARAMS];
    int64_t n_params;
    struct tend_text value; /* unfolded, not decoded */
    int64_t line;
};

struct vcard_lines {
    struct tend_text rest;
    int64_t line;
    bool old; /* vCard 2.1, where folding keeps the blank */
    char *out; /* as large as rest: the lines unfolded, one behind the other */
};

/* false: no more. */
bool vcard_lines_next(struct vcard_lines *l, struct vcard_property *p);
/* A parameter by name, from the n-th on; empty if there is none. */
struct tend_text vcard_param(const struct vcard_property *p, const char *name, int64_t nth);
/* A parameter without the escapes of RFC 6868: ^n ^' ^^ */
struct tend_text vcard_param_text(struct vcard_room *room, struct tend_text text);
bool vcard_is(struct tend_text text, const char *word); /* whatever the case */

/* --- vcard_value.c: what a value says -------------------------------------- */

enum vcard_encoding { VCARD_PLAIN, VCARD_QUOTED, VCARD_BASE64 };

enum vcard_encoding vcard_encoding(const struct vcard_property *p);
/* Decoded to UTF-8, escapes still in it. */
struct tend_text vcard_decoded(struct vcard_room *room, const struct vcard_property *p);
/* The next piece up to an unescaped sep, without its escapes; false: none left. */
bool vcard_piece(struct vcard_room *room, struct tend_text *rest, char sep, struct tend_text *piece);
/* The same, with its escapes. */
bool vcard_piece_raw(struct tend_text *rest, char sep, struct tend_text *piece);
/* All of it without escapes. */
struct tend_text vcard_unescaped(struct vcard_room *room, struct tend_text text);
struct tend_text vcard_trim(struct tend_text text);
struct tend_text vcard_printf(struct vcard_room *room, const char *fmt, ...) TEND_PRINTF(2, 3);
/* a, between, b; only one of them where the other is empty. */
struct tend_text vcard_joined(struct vcard_room *room, struct tend_text a, const char *between,
                              struct tend_text b);
/* Lines become one: "Suite 4, 1 Main St". */
struct tend_text vcard_one_line(struct vcard_room *room, struct tend_text text);

/* --- vcard_charset.c ------------------------------------------------------- */

/* Bytes of a charset as UTF-8; of none that is known: UTF-8, else Windows-1252. */
struct tend_text vcard_charset(struct vcard_room *room, struct tend_text bytes,
                               struct tend_text charset);
/* Text that the host read as UTF-8 or Windows-1252, although its property names another
 * charset, read as that. */
struct tend_text vcard_recoded(struct vcard_room *room, struct tend_text text,
                               struct tend_text charset);

/* --- vcard_kind.c: labels and dates ---------------------------------------- */

/* "work fax" of the types of a property, or what X-ABLabel calls its group. */
struct tend_text vcard_label(struct vcard_room *room, const struct vcard_property *p,
                             struct tend_text called);
/* _$!<HomePage>!$_ is "home page". */
struct tend_text vcard_called(struct vcard_room *room, struct tend_text label);
bool vcard_has_type(const struct vcard_property *p, const char *type);
/* 1 is the most preferred; 101 none said so. */
int32_t vcard_preference(const struct vcard_property *p);
/* 1985-04-12, --04-12, or as it stands. */
struct tend_text vcard_date(struct vcard_room *room, const struct vcard_property *p,
                            struct tend_text text);

struct vcard_read;

/* --- vcard_jcard.c: cards in JSON ------------------------------------------ */

bool vcard_is_json(struct tend_text head);
/* Reads the cards that are whole in c. */
tend_status vcard_json(struct vcard_read *r, struct vcard_cards *c);

/* --- vcard_person.c: the properties of a card become a row ------------------ */

struct vcard_read { /* one file */
    struct tend_ctx *ctx;
    struct tend_input *in;
    struct vcard_room room;
    int64_t n_media, n_lists, n_odd, n_dnc; /* told at the end */
    int64_t depth;                   /* of agents within agents */
    bool json;
};

struct vcard_agent { /* a card within a card */
    struct tend_text raw;
    int64_t line;
    struct vcard_agent *next;
};

struct vcard_card { /* the one in hand */
    struct vcard_read *r;
    struct vcard_room *room;
    struct tend_row *row;
    struct vcard_property *properties;
    int64_t n;
    struct vcard_agent *agents;
    struct tend_text name, given, family, middle, prefix, suffix;
    int64_t n_put;
    bool has_region;
};

/* Hands over the card, and those within it. */
tend_status vcard_person(struct vcard_read *r, struct tend_text raw, int64_t line);
/* The value of a property, decoded, without escapes. */
struct tend_text vcard_text(struct vcard_card *card, const struct vcard_property *p);
/* Puts a value that is not empty, and labels it if the label is not. */
void vcard_put(struct vcard_card *card, const char *field, struct tend_text value,
               struct tend_text label);

/* Is this uid one that tend gave? */
bool vcard_is_uid(struct tend_text text);

/* --- vcard_name.c ------------------------------------------------------------- */

/* Fills the names of the card. */
void vcard_names(struct vcard_card *card);

/* --- vcard_field.c: one property becomes fields ------------------------------- */

void vcard_field(struct vcard_card *card, const struct vcard_property *p);
/* How they can be reached: the preferred first. */
void vcard_points(struct vcard_card *card, const char *property, const char *field);

/* --- vcard_address.c ------------------------------------------------------------ */

void vcard_address(struct vcard_card *card, const struct vcard_property *p);
/* What X-ABLabel calls the group of the property. */
struct tend_text vcard_group_label(struct vcard_card *card, const struct vcard_property *p);

#endif
