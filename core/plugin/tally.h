/* What each plugin costs, kept across processes: one fixed record a plugin in a
 * small file that every process maps, and adds to without a lock. */
#ifndef TEND_PLUGIN_TALLY_H
#define TEND_PLUGIN_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#define TEND_TALLY_BUCKETS 96   /* four a doubling, from 1 microsecond to 16 s */

struct tend_tally {             /* times in microseconds */
    char name[64];
    int64_t calls, time, longest, memory, kills, errors, effects, spare;
    char longest_what[64];
    uint32_t bucket[TEND_TALLY_BUCKETS];    /* calls by their time */
};

struct tend_tally_file;

/* NULL path: counts are of this process alone. Nothing is opened before a plugin
 * is called or asked for; a file that cannot be had is no error. */
struct tend_tally_file *tend_tally_open(const char *path);
void tend_tally_close(struct tend_tally_file *file);
/* The record of a plugin; NULL where there is no room, or `make` is not set and it
 * was never called. */
struct tend_tally *tend_tally_of(struct tend_tally_file *file, const char *name, bool make);
/* Record number n that was ever made, or NULL past the last. */
const struct tend_tally *tend_tally_at(struct tend_tally_file *file, int64_t n);
void tend_tally_reset(struct tend_tally_file *file);

void tend_tally_call(struct tend_tally *tally, int64_t took, const char *what);
/* No call of `share` (99: 99 %) took longer than this; a power of two and quarters. */
int64_t tend_tally_within(const struct tend_tally *tally, int64_t share);

#endif
