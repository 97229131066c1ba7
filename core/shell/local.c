/* Times between the user's zone and that of a person: what is typed is the
 * user's, what is kept of a task is the person's. */
#include "shell/local.h"
#include "shell/view.h"

static int64_t wall_of(const struct tend_zone *zone, int64_t instant)
{
    struct tend_civil c = tend_zone_civil(zone, instant);

    return c.hour * TEND_HOUR + c.minute * TEND_MINUTE + c.second * TEND_SECOND;
}

static bool same_zone(struct tend_shell *shell, const struct tend_zone *zone)
{
    return strcmp(tend_zone_name(zone), tend_zone_name(tend_store_zone(shell->store))) == 0;
}

struct tend_local tend_local_of(struct tend_shell *shell, const struct tend_when *when,
                                const struct tend_zone *zone)
{
    struct tend_local local = { when->day, when->wall };
    int64_t today = tend_zone_day(zone, tend_shell_now(shell));

    if (when->wall >= 0) {
        local.day = tend_zone_day(zone, when->at);
        local.wall = wall_of(zone, when->at);
    } else if (when->day == tend_shell_today(shell) && local.day < today) {
        local.day = today;
    }
    return local;
}

static void say(struct tend_shell *shell, struct tend_buffer *buf, int64_t day, int64_t wall,
                const struct tend_zone *zone, bool plain)
{
    if (wall >= 0) {
        const struct tend_zone *own = tend_store_zone(shell->store);
        int64_t at = tend_zone_instant(zone, day, wall);

        day = tend_zone_day(own, at);
        wall = wall_of(own, at);
    }
    if (plain)
        tend_view_stamp(buf, day, wall);
    else
        tend_when_say(buf, day, wall, tend_shell_today(shell));
}

void tend_local_say(struct tend_shell *shell, struct tend_buffer *buf, int64_t day, int64_t wall,
                    const struct tend_zone *zone)
{
    say(shell, buf, day, wall, zone, false);
}

void tend_local_cell(struct tend_shell *shell, struct tend_buffer *buf, int64_t day, int64_t wall,
                     const struct tend_zone *zone)
{
    say(shell, buf, day, wall, zone, tend_view_plain(shell));
}

void tend_local_say_both(struct tend_shell *shell, struct tend_buffer *buf, int64_t day,
                         int64_t wall, const struct tend_zone *zone)
{
    tend_local_say(shell, buf, day, wall, zone);
    if (same_zone(shell, zone))
        return;
    tend_buffer_adds(buf, " (");
    if (wall >= 0) {
        tend_when_say(buf, day, wall, tend_shell_today(shell));
        tend_buffer_addc(buf, ' ');
    }
    tend_buffer_addf(buf, "%s)", tend_zone_name(zone));
}

tend_status tend_local_ahead(struct tend_shell *shell, struct tend_words words,
                             const struct tend_when *when)
{
    if (when->wall >= 0 ? when->at >= tend_shell_now(shell) - TEND_MINUTE
                        : when->day >= tend_shell_today(shell))
        return TEND_OK;
    return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                         "this %s is past; what has happened is logged: log PERSON KIND at=TIME",
                         when->wall >= 0 && when->day >= tend_shell_today(shell) ? "time" : "day");
}
