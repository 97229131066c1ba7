/* What completion asks at every Tab: each answer is bounded by what a screen
 * shows, whatever the size of the database. */
#ifndef TEND_STORE_OPS_COMPLETE_H
#define TEND_STORE_OPS_COMPLETE_H

#include "store/row.h"

struct tend_person_hit {
    tend_id id;
    struct tend_text name, point, source;   /* point: a number or an address */
};
struct tend_person_hits {
    struct tend_person_hit *at;
    int64_t n;
    int64_t left_out;           /* so many more */
    bool at_least;              /* and perhaps more than these */
};
/* Persons, not archived, of whom some word of the name begins with each word of
 * `text`, by that word; the first `most` of them. An empty text is everybody. */
tend_status tend_person_begins(struct tend_store *store, struct tend_text text, int64_t most,
                               struct tend_arena *arena, struct tend_person_hits *hits);
/* Does a word begin so in this person's name alone? */
bool tend_person_alone_begins(struct tend_store *store, struct tend_text word, tend_id person);
/* Is nobody else called so, as far as *looks more rows can tell? */
bool tend_person_alone_called(struct tend_store *store, struct tend_text name, tend_id person,
                              int64_t *looks);

enum tend_word_of { TEND_WORDS_TAG, TEND_WORDS_ATTRIBUTE, TEND_WORDS_SOURCE };

/* Tags, names of attributes, sources of people that are in use; of the latter
 * two those of the newest rows. */
tend_status tend_words_in_use(struct tend_store *store, enum tend_word_of what,
                              struct tend_arena *arena, struct tend_text **words, int64_t *n);

struct tend_row_hit {           /* a task or a batch */
    tend_id id;
    struct tend_text person, text;      /* person: of a task its name */
    int64_t at;
};
/* Open tasks, those first that open first; the newest batches. */
tend_status tend_tasks_open(struct tend_store *store, int64_t most, struct tend_arena *arena,
                            struct tend_row_hit **hits, int64_t *n);
tend_status tend_batches_newest(struct tend_store *store, int64_t most, struct tend_arena *arena,
                                struct tend_row_hit **hits, int64_t *n);

#endif
