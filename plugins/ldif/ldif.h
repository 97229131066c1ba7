/* What the files of this plugin share. Nothing here knows the host's inside:
 * include/tend is all that is used.
 *
 *     blocks -> ldif_chunk.c (many whole entries) -> ldif_entry.c (attributes)
 *            -> ldif_lists.c (who is in which list), ldif_person.c (rows)
 */
#ifndef LDIF_H
#define LDIF_H

#include <stdbool.h>
#include <tend/plugin.h>

#define LDIF_CHUNK (4 << 20) /* bytes of entries that are looked at together */
#define LDIF_MOST (8 << 20) /* bytes of an entry: a longer one is none */

/* --- ldif_chunk.c: text in, entries out ----------------------------------- */

struct ldif_chunk { /* zeroed with line 1; ldif_chunk_finish */
    char *text;     /* from `at` to `len`: not handed out yet */
    int64_t len, cap, at;
    int64_t ready; /* up to here there are whole entries */
    int64_t tried; /* up to here there is no blank line */
    int64_t line;  /* of text[at] */
    bool end;      /* nothing comes behind text */
    bool lost;     /* within an entry that was too long */
};

tend_status ldif_chunk_feed(struct ldif_chunk *c, struct tend_text block);
/* Is there enough to look at? */
bool ldif_chunk_full(struct ldif_chunk *c);
/* The next entry, and its first line; false: none before `ready`. */
bool ldif_chunk_next(struct ldif_chunk *c, struct tend_text *entry, int64_t *line);
void ldif_chunk_finish(struct ldif_chunk *c);
struct tend_text ldif_line_cut(struct tend_text *rest);
struct tend_text ldif_trim(struct tend_text text);
bool ldif_is(struct tend_text text, const char *word); /* whatever the case */

/* --- ldif_entry.c: one entry as attributes --------------------------------- */

struct ldif_value {
    struct tend_text name; /* without options: "cn" of "cn;lang-en" */
    struct tend_text text; /* decoded; of what is not loaded: "12 bytes, not loaded" */
    struct tend_text also; /* the attribute that it is kept as: "ldif.cn" */
    bool elsewhere;        /* ":<": text is where the value is, which nobody reads */
};

struct ldif_entry { /* zeroed; its memory is used again; ldif_entry_finish */
    struct ldif_value *values;
    int64_t n, cap;
    char *room; /* the texts: three times as large as the entry */
    int64_t room_len, room_cap;
    /* of what cannot be read */
    const char *code, *reason;
    int64_t line, column;
};

/* 0, or TEND_NOMEM; what cannot be read has a code. */
tend_status ldif_entry_read(struct ldif_entry *e, struct tend_text raw, int64_t line);
void ldif_entry_finish(struct ldif_entry *e);
/* The n-th value of that name; empty if there is none. */
struct tend_text ldif_entry_get(const struct ldif_entry *e, const char *name, int64_t n);
bool ldif_entry_has(const struct ldif_entry *e, const char *name, const char *text);

/* --- ldif_lists.c: the lists that people are in ------------------------------ */

struct ldif_member {
    char *dn, *list;
    bool found;
};

struct ldif_lists { /* zeroed; ldif_lists_finish */
    struct ldif_member *members;
    int64_t n, cap, sorted;
};

bool ldif_is_list(const struct ldif_entry *e);
tend_status ldif_lists_add(struct ldif_lists *lists, const struct ldif_entry *e);
/* The i-th list that this dn is in; NULL: no more. */
const char *ldif_lists_of(struct ldif_lists *lists, struct tend_text dn, int64_t i);
int64_t ldif_lists_missed(const struct ldif_lists *lists);
void ldif_lists_finish(struct ldif_lists *lists);

/* --- ldif_person.c ------------------------------------------------------------ */

struct ldif_read { /* one file */
    struct tend_ctx *ctx;
    struct tend_input *in;
    struct tend_row *row;
    struct ldif_entry entry;
    struct ldif_lists lists;
    int64_t n_others, n_changes; /* entries that are no people, told at the end */
};

bool ldif_is_person(const struct ldif_entry *e);
/* Puts the entry in hand into the row, and ends it. */
tend_status ldif_person(struct ldif_read *r);

#endif
