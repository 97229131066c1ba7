/* Schedules of wall time: on which weekdays, from when until when. One serves
 * the user's working hours, quiet hours and a person's own good times.
 *
 *     mon-fri 18:00-21:30, sat 9:00-17:00      weekdays after 17:00
 *     21:00-08:00 (across midnight)            sat sun
 *
 * An instant is in it by what the clock on the wall shows: an hour that a clock
 * change leaves out is never in it, one that comes twice is twice. */
#ifndef TEND_DESK_HOURS_H
#define TEND_DESK_HOURS_H

#include "base/text.h"
#include "base/zone.h"

#define TEND_HOURS_MOST 32

struct tend_hours_span {
    uint8_t days;               /* of its beginning: bit 0 Monday .. 6 Sunday */
    int16_t from, to;           /* minutes after midnight; past 1440: of the next day */
};

struct tend_hours {
    int32_t n;                  /* 0: "off", no schedule */
    struct tend_hours_span span[TEND_HOURS_MOST];
};

/* TEND_INVALID says what was expected. Empty and "off" give no spans. */
tend_status tend_hours_parse(struct tend_text text, struct tend_hours *hours,
                             struct tend_error *err);
/* Does a span begin on this weekday (1 Monday)? */
bool tend_hours_weekday(const struct tend_hours *hours, int32_t weekday);
bool tend_hours_has(const struct tend_hours *hours, const struct tend_zone *zone,
                    int64_t instant);
/* The next instant at which the answer may be another, at most a day later. */
int64_t tend_hours_change(const struct tend_hours *hours, const struct tend_zone *zone,
                          int64_t instant);
/* Adds "mon-fri 18:00-21:30, sat 09:00-17:00"; "off". */
void tend_hours_say(struct tend_buffer *out, const struct tend_hours *hours);

#endif
