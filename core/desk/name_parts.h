/* What the files that take names apart share. */
#ifndef TEND_DESK_NAME_PARTS_H
#define TEND_DESK_NAME_PARTS_H

#include "base/text.h"

enum {
    TEND_NAME_TITLE = 1 << 0,
    TEND_NAME_TITLE_GIVEN = 1 << 1, /* one before a given name: Sir Ian */
    TEND_NAME_STATE = 1 << 2,       /* of State Senator */
    TEND_NAME_SUFFIX = 1 << 3,
    TEND_NAME_SUFFIX_WEAK = 1 << 4,    /* a surname too: only behind a comma, or with dots */
    TEND_NAME_PARTICLE = 1 << 5,
    TEND_NAME_PARTICLE_SMALL = 1 << 6, /* only in small letters */
    TEND_NAME_SON = 1 << 7,            /* of: the family begins here */
    TEND_NAME_JOIN = 1 << 8,           /* two people */
    TEND_NAME_FIRM = 1 << 9,
    TEND_NAME_FIRM_WORD = 1 << 10,    /* where it is the last word, or the first */
    TEND_NAME_GIVEN_PART = 1 << 11,   /* La Shawn, Abdul Rahman */
    TEND_NAME_VIET = 1 << 12,         /* a surname before which Van is a middle name */
    TEND_NAME_SHORT_FAMILY = 1 << 13, /* two letters that are a surname in capitals */
    TEND_NAME_LATIN = 1 << 14,        /* a surname of Spain or Portugal, where people have two */
    TEND_NAME_DEVOUT = 1 << 15,       /* María del Carmen: given, with the particle */
    TEND_NAME_SPANISH = 1 << 16,      /* Ortega y Gasset */
    TEND_NAME_FIRST = 17,             /* 4 bits: first of a double given name, by language */
    TEND_NAME_SECOND = 21,            /* 4 bits: the second */
};

/* Of a word in lower case, without dots and accents; 0: a name. */
uint32_t tend_name_flags(const char *word);

/* In Han, Hangul or Kana the family comes first; false if it is not so written. */
bool tend_name_asian(struct tend_text name, struct tend_text *given, struct tend_text *family);

#endif
