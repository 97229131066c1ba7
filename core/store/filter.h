/* The one filter language: `stage:presented tag:teacher touched:..-14d
 * not source:"open house" sort:name-`. One term a word; all must hold; `not`
 * turns the next one round; a comma gives choices (stage:listed,prospect).
 *
 * Terms: stage: (any track) stage.TRACK: tag: role: source: zone: region:
 * kind of contact point has:email has:phone (also as email: phone: with a
 * value) hold: dnc:yes archived:yes touched:RANGE added:RANGE due:RANGE
 * id:RANGE name:WORD, and any attribute by its name (interest:business).
 * RANGE of days is A..B, ..B, A.., or one day: a date, today, -14d. A bare word
 * is a word of the name. Archived people and `me` are left out unless asked for.
 *
 * Also has:url has:note has:task has:touch has:tag, import:i3, touched:never, and
 * last sort:name family added touched due source zone id or an attribute; with
 * a minus behind it, the other way round. Values with spaces, commas or dots
 * stand in quotes, in which a backslash keeps the next character as it is. */
#ifndef TEND_STORE_FILTER_H
#define TEND_STORE_FILTER_H

#include "store/row.h"

struct tend_filter;             /* parsed; lives in the arena */

struct tend_filter_help {       /* a term of the language, for help and completion */
    const char *name, *expected;
    const char *const *words;   /* the only values, or NULL; of sort: what it can be by */
    bool days;                  /* takes a range of days */
};
bool tend_filter_term_at(int64_t index, struct tend_filter_help *help); /* false past the last */

/* now and zone resolve days. On an error the slot says which term, at which
 * column (from 1), what was expected, and the nearest known term. */
tend_status tend_filter_parse(struct tend_text text, int64_t now, const struct tend_zone *zone,
                              struct tend_arena *arena, struct tend_filter **filter,
                              struct tend_error *err);
/* The same, and where in the text the error is: its first byte (from 0) and how
 * many. Both may be NULL. */
tend_status tend_filter_check(struct tend_text text, int64_t now, const struct tend_zone *zone,
                              struct tend_arena *arena, struct tend_filter **filter,
                              struct tend_error *err, int64_t *at, int64_t *len);
/* The first attribute that it asks for and nobody has; empty if there is none.
 * Well-known ones and those with a dot in their name are not meant. */
struct tend_text tend_filter_unknown(struct tend_store *store, const struct tend_filter *filter);

struct tend_filter_word {       /* a word of a filter, and where it stands in it */
    struct tend_text text, track;   /* the track of stage.TRACK:, else empty */
    int64_t at, len;
    bool sort;                  /* sort:TEXT */
};
/* The same with its place; false if there is none. */
bool tend_filter_unknown_at(struct tend_store *store, const struct tend_filter *filter,
                            struct tend_filter_word *word);
/* The values of all terms `stage` or `hold`, one by one; false past the last. */
bool tend_filter_word_at(const struct tend_filter *filter, const char *term, int64_t index,
                         struct tend_filter_word *word);
/* Has anybody that stage, or that hold, now? */
bool tend_filter_anybody(struct tend_store *store, const char *term,
                         const struct tend_filter_word *word);
/* Does a term, or what it is sorted by, look at more than the person: "touch", "task",
 * "note"? */
bool tend_filter_reads(const struct tend_filter *filter, const char *of);
/* Does it hold no term at all? Then it means everybody. */
bool tend_filter_empty(const struct tend_filter *filter);
/* The persons, sorted as asked (else by id), at most `most` (< 0: all). */
tend_status tend_filter_list(struct tend_store *store, const struct tend_filter *filter,
                             int64_t most, struct tend_arena *arena, tend_id **persons,
                             int64_t *n);
tend_status tend_filter_count(struct tend_store *store, const struct tend_filter *filter,
                              int64_t *n);
/* The first who matches after this id; 0 none. */
tend_status tend_filter_next(struct tend_store *store, const struct tend_filter *filter,
                             tend_id after, tend_id *person);

#endif
