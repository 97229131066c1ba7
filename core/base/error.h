/* The error slot: what went wrong, in words for the person who reads it.
 *
 * A function that can fail returns a tend_status and fills the slot it was
 * given. Slots are never NULL. The first line says what was expected and what
 * to do; causes are what lay underneath, outermost first. */
#ifndef TEND_BASE_ERROR_H
#define TEND_BASE_ERROR_H

#include <tend/types.h>

#define TEND_ERROR_CAUSES 4

struct tend_error {
    tend_status code;
    int32_t n_causes;
    char text[1024];
    char cause[TEND_ERROR_CAUSES][256];
    char cure[256];             /* the command that helps, or "" */
};

/* Fills the slot (dropping what was there) and returns code, for `return`. */
tend_status tend_error_set(struct tend_error *err, tend_status code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Puts a new text in front; the old one becomes the first cause. Keeps and
 * returns the code. */
tend_status tend_error_wrap(struct tend_error *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void tend_error_cure(struct tend_error *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void tend_error_clear(struct tend_error *err);
/* "invalid", "not_found"...; a static text. */
const char *tend_status_name(tend_status code);

#endif
