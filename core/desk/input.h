/* A file, pipe or standard input as UTF-8 text: blocks or numbered lines. Never
 * the whole of it is in memory; only its head is kept, since readers are asked
 * about that before one of them reads. */
#ifndef TEND_DESK_INPUT_H
#define TEND_DESK_INPUT_H

#include "base/buffer.h"
#include "base/error.h"
#include <stdbool.h>

#define TEND_INPUT_RAW 65536        /* bytes asked of the file at once */
#define TEND_INPUT_LINE (16 << 20) /* a longer line is no text file */

enum tend_encoding {
    TEND_ENCODING_UTF8,
    TEND_ENCODING_UTF16LE,
    TEND_ENCODING_UTF16BE,
    TEND_ENCODING_CP1252,
    TEND_ENCODING_OTHER /* of the many that iconv knows */
};

/* Bytes to UTF-8. What is no character becomes U+FFFD. Without UTF-16 each
 * sequence is taken for itself: as UTF-8 if it is, else its bytes are
 * Windows-1252, which they nearly always are. */
struct tend_decoder { /* zeroed is UTF-8 */
    enum tend_encoding encoding;
    int64_t seen;      /* characters of several bytes that were UTF-8 */
    int64_t odd;       /* bytes that were not of the encoding */
    int64_t odd_lines; /* lines that hold such bytes */
    bool in_odd_line;
    const char *name; /* of another encoding, as iconv calls it */
    void *other;      /* its iconv_t */
};

/* By BOM, by the pattern of NULs, by having UTF-8 in it or no high byte at all;
 * else Windows-1252, of which UTF-8 is still read. *bom: bytes to leave out. whole: nothing comes after these bytes. */
enum tend_encoding tend_decode_guess(const unsigned char *at, int64_t len, bool whole,
                                     int64_t *bom);
/* Adds to out; returns how many bytes were used: the beginning of a character
 * at the end is not, unless it is the last. */
int64_t tend_decode(struct tend_decoder *decoder, const unsigned char *at, int64_t len, bool last,
                    struct tend_buffer *out);
/* input_legacy.c: what the user calls it: TEND_USAGE if there is none of that name. */
tend_status tend_decode_named(struct tend_decoder *decoder, const char *name,
                              struct tend_error *err);
/* What is no UTF-8: which code page it is; Windows-1252 where nothing says more. */
void tend_decode_legacy(struct tend_decoder *decoder, const unsigned char *at, int64_t len);
int64_t tend_decode_other(struct tend_decoder *decoder, const unsigned char *at, int64_t len,
                          struct tend_buffer *out);
void tend_decode_close(struct tend_decoder *decoder);
const char *tend_encoding_name(enum tend_encoding encoding);

/* input_kind.c: is this the beginning of something that is no text? Then TEND_INVALID says
 * what it is, and what to do. */
tend_status tend_input_kind(const char *name, const unsigned char *at, int64_t len,
                            struct tend_error *err);

struct tend_stream { /* zeroed; then tend_stream_open */
    int fd;
    bool own, end, ended_cr;
    const char *path; /* borrowed */
    struct tend_error *err;
    struct tend_decoder decoder;
    unsigned char *raw;
    int64_t n_raw;            /* read and not yet decoded */
    struct tend_buffer head;  /* the first block, decoded */
    struct tend_buffer block; /* a later one */
    struct tend_buffer long_line;
    struct tend_text rest; /* of the block in use, not yet given as lines */
    bool started;          /* the head was handed out */
    int64_t line;          /* lines given so far */
    int64_t bytes, size;   /* read so far; all of a file, 0 of a pipe */
};

/* path "-" is standard input. The error says what is wrong with the file: what
 * holds NULs is no text, and what never ends is no file. */
tend_status tend_stream_open(struct tend_stream *stream, const char *path, struct tend_error *err);
/* The same with an encoding that somebody named, as iconv calls it; NULL: it is found.
 * TEND_USAGE: there is none of that name. */
tend_status tend_stream_open_as(struct tend_stream *stream, const char *path,
                                const char *encoding, struct tend_error *err);
const char *tend_stream_encoding(const struct tend_stream *stream);
/* The first block: at least 64 KiB of the file, or all of it. */
struct tend_text tend_stream_head(const struct tend_stream *stream);
/* 1, 0 at the end, < 0 an error. The text lives until the next call. */
int32_t tend_stream_block(struct tend_stream *stream, struct tend_text *block);
/* Ends are LF, CRLF and CR. */
int32_t tend_stream_line(struct tend_stream *stream, struct tend_text *line);
void tend_stream_close(struct tend_stream *stream);

#endif
