/* Text: UTF-8, borrowed, not ended by a NUL. Unicode knowledge is utf8proc's. */
#ifndef TEND_BASE_TEXT_H
#define TEND_BASE_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"
#include <stdbool.h>
#include <string.h>
#include <tend/types.h>

#define TEND_TEXT(literal) ((struct tend_text){ (literal), (int64_t)sizeof(literal) - 1 })
/* For printf: "%.*s", TEND_FMT(text). */
#define TEND_FMT(text) (int)(text).len, (text).at

struct tend_text tend_text_of(const char *str);     /* NULL gives the empty text */
bool tend_text_eq(struct tend_text a, struct tend_text b);
bool tend_text_is(struct tend_text a, const char *b);
bool tend_text_is_nocase(struct tend_text a, const char *b);    /* ASCII only */
bool tend_text_starts(struct tend_text text, const char *with);
int tend_text_cmp(struct tend_text a, struct tend_text b);      /* by bytes */
struct tend_text tend_text_trim(struct tend_text text);
/* Next piece up to sep, trimmed; false when rest was spent. A separator at the
 * very end is followed by no piece. */
bool tend_text_cut(struct tend_text *rest, const char *sep, struct tend_text *out);
/* Next word of a list separated by any of spaces, commas, tabs, line ends. */
bool tend_text_word(struct tend_text *rest, struct tend_text *out);
/* Is `word` one of the words of the list? */
bool tend_text_has_word(struct tend_text list, struct tend_text word);
bool tend_text_valid(struct tend_text text);        /* is it UTF-8? */
/* All of it a decimal number, with an optional sign, that fits; else false. */
bool tend_text_int(struct tend_text text, int64_t *out);
/* Lower case (full case folding), without marks, compatibility forms resolved;
 * ß is ss, ø is o, ł is l, đ and ð are d, ħ is h, ı is i, æ is ae, œ is oe, þ is
 * th. Marks are diacritics: vowel signs of Indic and Thai writing are letters and
 * stay. Characters that nobody sees (joiners, soft hyphens) go. Invalid UTF-8
 * becomes U+FFFD. Pure ASCII takes a fast way. */
struct tend_text tend_text_fold(struct tend_arena *arena, struct tend_text text);
/* Columns on a terminal: wide characters 2, marks 0, emoji sequences as 2. */
int64_t tend_text_width(struct tend_text text);
/* The longest beginning that fits into so many columns. */
struct tend_text tend_text_clip(struct tend_text text, int64_t columns);
/* For a terminal: control characters (C0, DEL, C1, bidi overrides) are shown
 * as \x1b or \u{202e}, tab and line end as a space; the rest as it is. */
void tend_text_show(struct tend_buffer *out, struct tend_text text);
/* Edits (insert, delete, replace, swap of neighbours) from a to b, in
 * characters; `most + 1` as soon as it is more than `most`. */
int64_t tend_text_distance(struct tend_text a, struct tend_text b, int64_t most);
/* The word of the list nearest to `word`, for "did you mean"; NULL if none is
 * near (a third of its letters, at least 1, at most 3). A NULL ends words. */
const char *tend_text_nearest(struct tend_text word, const char *const *words);

#endif
