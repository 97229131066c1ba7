/* What the files of the zone reader share; for them alone. */
#ifndef TEND_BASE_ZONE_PARTS_H
#define TEND_BASE_ZONE_PARTS_H

#include "base/zone.h"

/* Seconds east of UTC stay within these (RFC 8536, 3.2). */
#define TEND_ZONE_WEST (-93599)
#define TEND_ZONE_EAST 93599

enum tend_zone_day {
    TEND_ZONE_JULIAN,  /* Jn: 1..365, 29 February is never counted */
    TEND_ZONE_COUNTED, /* n: 0..365, it is */
    TEND_ZONE_WEEKDAY  /* Mm.w.d: the w-th (5: last) d (0 Sunday) of m */
};

struct tend_zone_change { /* one of the two changes of every year */
    enum tend_zone_day form;
    int32_t day; /* n, or d */
    int32_t month, week;
    int32_t time; /* seconds of wall time after that day's midnight */
};

struct tend_zone_rule {                 /* the footer: what holds after the last transition */
    bool changes;                       /* false: standard time for ever */
    int32_t standard, summer;           /* seconds east */
    struct tend_zone_change start, end; /* of summer time */
};

struct tend_zone {
    char *name;
    int64_t n;       /* transitions, ascending */
    int64_t *at;     /* seconds since 1970 UTC */
    int32_t *offset; /* seconds east from at[i] on */
    int32_t first;   /* before at[0] */
    bool has_rule;
    struct tend_zone_rule rule;
};

/* A stretch of time with one offset: from inclusive, to exclusive. */
struct tend_zone_stretch {
    int64_t from, to; /* seconds; INT64_MIN and INT64_MAX are open ends */
    int32_t offset;
};

/* Where the files of zones are. */
const char *tend_zone_folder(void);
/* A TZ text like "CET-1CEST,M3.5.0,M10.5.0/3", whole; false if it is not one. */
bool tend_zone_rule_parse(struct tend_text text, struct tend_zone_rule *rule);
struct tend_zone_stretch tend_zone_rule_stretch(const struct tend_zone_rule *rule, int64_t second);

#endif
