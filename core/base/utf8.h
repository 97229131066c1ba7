/* One character at a time: what the text files of this folder share. */
#ifndef TEND_BASE_UTF8_H
#define TEND_BASE_UTF8_H

#include <stdbool.h>
#include <tend/types.h>

#define TEND_UTF8_INVALID (-1)
#define TEND_UTF8_REPLACEMENT 0xFFFD

/* Reads the character at text[*pos] and moves *pos behind it. Bytes that are
 * not UTF-8 give TEND_UTF8_INVALID once for every broken sequence, so that one
 * U+FFFD stands for it (Unicode, 3.9, "maximal subpart"). *pos < text.len. */
int32_t tend_utf8_next(struct tend_text text, int64_t *pos);
/* Writes code, which must be valid; returns how many of the 4 bytes it took. */
int32_t tend_utf8_put(char out[4], int32_t code);
/* C0, DEL, C1 and the characters that reorder what a reader sees. */
bool tend_utf8_unsafe(int32_t code);
bool tend_utf8_space(int32_t code);
/* Are all bytes below 0x80? */
bool tend_utf8_ascii(struct tend_text text);

#endif
