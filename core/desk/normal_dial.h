/* What was dialled, as E.164. */
#ifndef TEND_DESK_NORMAL_DIAL_H
#define TEND_DESK_NORMAL_DIAL_H

#include "desk/region.h"

enum tend_dial_fault {
    TEND_DIAL_OK,
    TEND_DIAL_DIGITS,  /* fewer than three digits */
    TEND_DIAL_MANY,    /* more than any number has */
    TEND_DIAL_REGION,  /* it has no calling code, and nobody said which country */
    TEND_DIAL_COUNTRY, /* no country has its calling code */
    TEND_DIAL_SHORT,   /* these three of the country in out->region, with out->n digits */
    TEND_DIAL_LONG,
    TEND_DIAL_LENGTH, /* between two lengths that there are */
};

struct tend_dial {
    char key[40];
    const struct tend_region *region;
    int32_t n;   /* digits of the national number */
    int32_t cut; /* how many were cut off before it, as dialled at home */
};

/* digits: zero-ended, changed; plus: it began with one; zero: where a 0 stood
 * alone in brackets, or -1; region NULL: not known. */
enum tend_dial_fault tend_dial(const struct tend_region *region, char *digits, bool plus,
                               int64_t zero, struct tend_dial *out);

#endif
