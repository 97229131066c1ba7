/* Hostile bytes as a zone file: refused, or answering any question without harm. */
#include "base/zone.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t days[] = { INT64_MIN, -800000, -1, 0, 20000, 44000, 2900000, INT64_MAX };
    struct tend_zone *zone;
    struct tend_error err = { 0 };

    if (tend_zone_parse("fuzz", data, size, &zone, &err) != TEND_OK)
        return 0;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        for (int64_t hour = -30; hour <= 30; hour += 3) {
            int64_t at = tend_zone_instant(zone, days[i], hour * TEND_HOUR);
            int64_t day = tend_zone_day(zone, at);
            struct tend_civil civil = tend_zone_civil(zone, at);

            /* a gap, or two of them, never moves a wall time by more than some days */
            if (days[i] > -3000000 && days[i] < 2900001 && llabs(day - days[i]) > 6)
                abort();
            if (civil.month < 1 || civil.month > 12 || civil.hour < 0 || civil.hour > 23)
                abort();
        }
    tend_zone_free(zone);
    return 0;
}
