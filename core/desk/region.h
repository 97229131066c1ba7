/* How telephones are dialled, by country: what a phone key is made with. */
#ifndef TEND_DESK_REGION_H
#define TEND_DESK_REGION_H

#include <stdbool.h>
#include <tend/types.h>

struct tend_region {
    char code[3];    /* ISO 3166: "AT" */
    char calling[4]; /* "43" */
    char trunk[3];   /* dialled before a national number: "0"; "" none */
    char abroad[4];  /* dialled before a calling code, where it is not "00" */
    uint32_t lengths; /* bit n: a national number can have n digits */
    bool keeps_zero; /* a leading 0 is part of the number: IT */
};

/* By two letters in any case; NULL if it is none. */
const struct tend_region *tend_region_find(struct tend_text code);
/* The main region of the calling code that these digits begin with; NULL if
 * they begin with none. */
const struct tend_region *tend_region_calling(struct tend_text digits);
/* The region itself, where several share a calling code: 1204 is CA, 44 1534 is
 * JE. The main one where the digits do not tell; NULL as above. */
const struct tend_region *tend_region_of(struct tend_text digits);

#endif
