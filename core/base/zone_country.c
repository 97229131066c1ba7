/* Which zones a country has, by the list that comes with the zone files. */
#include "base/text.h"
#include "base/zone_parts.h"
#include <fcntl.h>
#include <unistd.h>

#define ZONES_MOST 40           /* the country with the most has 29 */
#define LIST_MOST (64 * 1024)   /* zone.tab has 19 KiB */

/* The list is read once, and lives as long as the zones do. */
static struct tend_text list(void)
{
    static char text[LIST_MOST];
    static ssize_t len = -1;
    struct tend_arena arena = { 0 };
    int fd;

    if (len >= 0)
        return (struct tend_text){ text, len };
    fd = open(tend_arena_printf(&arena, "%s/zone.tab", tend_zone_folder()), O_RDONLY | O_CLOEXEC);
    tend_arena_finish(&arena);
    len = fd < 0 ? 0 : read(fd, text, sizeof text);
    if (fd >= 0)
        close(fd);
    len = len < 0 ? 0 : len;
    return (struct tend_text){ text, len };
}

/* The zones of a country whose people were asked about last: mostly that of the next. */
static struct {
    char code[2];
    int64_t n;
    const struct tend_zone *zone[ZONES_MOST];
} last;

/* Lines are: country, place, zone, a remark; parted by tabs. */
static int64_t find(struct tend_text code, const struct tend_zone **zones, int64_t most)
{
    struct tend_text rest = list(), line, country, place, name;
    int64_t n = 0;

    while (n < most && tend_text_cut(&rest, "\n", &line)) {
        struct tend_error ignored;
        char copy[64];

        if (line.len < 2 || (line.at[0] | 0x20) != (code.at[0] | 0x20) ||
            (line.at[1] | 0x20) != (code.at[1] | 0x20) || !tend_text_cut(&line, "\t", &country) ||
            country.len != 2 || !tend_text_cut(&line, "\t", &place) ||
            !tend_text_cut(&line, "\t", &name) || name.len >= (int64_t)sizeof copy)
            continue;
        memcpy(copy, name.at, (size_t)name.len);
        copy[name.len] = '\0';
        if (tend_zone_open(copy, &zones[n], &ignored) == TEND_OK)
            n++;
    }
    return n;
}

int64_t tend_zone_of_country(struct tend_text code, const struct tend_zone **zones, int64_t most)
{
    if (code.len != 2)
        return 0;
    if (last.n == 0 || memcmp(last.code, code.at, 2) != 0) {
        memcpy(last.code, code.at, 2);
        last.n = find(code, last.zone, ZONES_MOST);
    }
    most = most < last.n ? most : last.n;
    memcpy(zones, last.zone, (size_t)most * sizeof *zones);
    return most;
}
