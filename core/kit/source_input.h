/* A file that is not there: text in memory, read by a lead source through the same table
 * of functions as any file, with every row and every broken rule written down. */
#ifndef TEND_KIT_SOURCE_INPUT_H
#define TEND_KIT_SOURCE_INPUT_H

#include "kit/private.h"

struct tend_row {           /* there is one at a time */
    struct tend_input *in;
};

struct tend_input {
    struct tend_text rest;
    struct tend_registry *registry; /* that counts the rows */
    bool poison;            /* overwrites a line when the next one is asked for */
    int64_t cancel_at;      /* the row that is refused with TEND_CANCELLED; 0: none */

    void (*between)(void *data);    /* called once, after the first half; NULL */
    void *data;
    int64_t between_at;             /* when no more than so much is left */

    struct tend_row row;
    struct tend_buffer held, spent; /* poison: the line or block that was lent last, and before */
    struct tend_buffer rows;        /* all that came, as text */
    int64_t n_rows, rejected, lines, after_cancel;
    bool cancelled, open, put;
    tend_status over;               /* it handed over more rows than it may */
    const char *broken;             /* the first rule that was broken, or NULL */
    struct tend_arena arena;
};

extern const struct tend_source_api tend_kit_source_api;
void tend_kit_input_finish(struct tend_input *in);

#endif
