/* Time zones: our own reader of TZif (RFC 8536, version 2 and later with the
 * footer rule). Zones are immutable, kept by name for the life of the process.
 *
 * From wall to instant: a wall time in a gap moves forward by the gap's
 * length (02:30 becomes 03:30); in an overlap it is the first of the two. */
#ifndef TEND_BASE_ZONE_H
#define TEND_BASE_ZONE_H

#include "base/date.h"
#include "base/error.h"

struct tend_zone;

/* By IANA name. TEND_NOT_FOUND names the nearest known one. The folder is
 * $TZDIR, else /usr/share/zoneinfo. "UTC" needs no file. */
tend_status tend_zone_open(const char *name, const struct tend_zone **zone,
                           struct tend_error *err);
/* A hash of what the zone's file holds now; 0: there is none. */
uint64_t tend_zone_print(const char *name);
/* Zones are read anew when they are opened next, since their files have changed.
 * What was opened before stays as it was. */
void tend_zone_renew(void);
/* From the bytes of a TZif file, for tests and fuzzing; free with ..._free. */
tend_status tend_zone_parse(const char *name, const void *bytes, size_t len,
                            struct tend_zone **zone, struct tend_error *err);
void tend_zone_free(struct tend_zone *zone);
/* The machine's own zone: $TZ if it is a name, /etc/timezone, the link
 * /etc/localtime; else "UTC". A static text. */
const char *tend_zone_local_name(void);

/* The zones of a country (two letters), its largest place first, at most `most`;
 * returns how many, 0 if that is not known. */
int64_t tend_zone_of_country(struct tend_text code, const struct tend_zone **zones, int64_t most);

const char *tend_zone_name(const struct tend_zone *zone);
/* Seconds east of UTC at an instant (microseconds). */
int32_t tend_zone_offset(const struct tend_zone *zone, int64_t instant);
struct tend_civil tend_zone_civil(const struct tend_zone *zone, int64_t instant);
/* The local day (days since 1970) of an instant. */
int64_t tend_zone_day(const struct tend_zone *zone, int64_t instant);
/* A local day and microseconds of wall time after its midnight, to an instant. */
int64_t tend_zone_instant(const struct tend_zone *zone, int64_t day, int64_t wall);

#endif
