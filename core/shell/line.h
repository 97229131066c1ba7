/* Words of a line. */
#ifndef TEND_SHELL_LINE_H
#define TEND_SHELL_LINE_H

#include "base/array.h"
#include "base/text.h"
#include "base/error.h"

struct tend_token {
    struct tend_text text;      /* without quotes and backslashes */
    int64_t at, len;            /* where it stands in the line, in bytes */
    bool quoted;                /* some of it was in quotes, or it holds a space */
    int64_t bare;               /* so many bytes of text came before the first quote */
    struct tend_text spelled;   /* with its quotes, where some follow its first byte; else empty */
};
struct tend_line {
    struct tend_text text;      /* as typed, or as it could have been */
    TEND_ARRAY(struct tend_token) token;
};

/* Words are parted by spaces; " and ' quote, and \ keeps the next character (not
 * within '). A word that begins with # ends the line. TEND_USAGE for a quote
 * that is not closed. */
tend_status tend_line_split(struct tend_text text, struct tend_arena *arena,
                            struct tend_line *line, struct tend_error *err);
/* Does it go on, on the next line: is a quote open, or a \ at its end? */
bool tend_line_open(struct tend_text text);
/* From words that a shell has split already. */
void tend_line_words(int argc, char *const *argv, struct tend_arena *arena,
                     struct tend_line *line);
void tend_line_finish(struct tend_line *line);
/* Adds a word so that it reads back as one: with quotes where it needs them. */
void tend_line_quote(struct tend_buffer *buf, struct tend_text word);

#endif
