/* How alike two short texts are, for finding the same thing written twice. All work
 * on bytes of folded text (text.h), at most 64 of them; what is longer is cut. None
 * allocates. */
#ifndef TEND_BASE_LIKENESS_H
#define TEND_BASE_LIKENESS_H

#include <stdbool.h>
#include <tend/types.h>

#define TEND_LIKE_MOST 64

/* Letters put in, left out, changed, or swapped with their neighbour: optimal string
 * alignment (Damerau 1964). */
int32_t tend_like_edits(struct tend_text a, struct tend_text b);
/* 1 - edits / the longer length; 1 for two empty texts. */
double tend_like_share(struct tend_text a, struct tend_text b);
/* Jaro-Winkler, 0 to 1: likes the same beginning (Winkler 1990, prefix 4, scale 0.1). */
double tend_like_winkler(struct tend_text a, struct tend_text b);

struct tend_like_words {
    double shorter, longer;     /* how much of each, by letters, has a like word in the other */
    int32_t numbers;            /* 1: share a word that is a number; -1: have other ones; 0: one
                                   of them has none */
    bool whole;                 /* all words of the shorter are in the longer as they stand */
};
/* Words are what stands between spaces, at most 16; each is taken once. */
struct tend_like_words tend_like_words(struct tend_text a, struct tend_text b);

#endif
