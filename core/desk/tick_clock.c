/* A clock that stands before what was written last: somebody set it, or set it
 * right. Nothing is lost or done twice by that, since a timer that is done is gone
 * and the others wait for their time; but it is said, once. */
#include "base/text.h"
#include "desk/tick.h"

#define TOLD "clock_told"       /* the batch that the clock was seen to stand before */

static const char *span_words(struct tend_arena *arena, int64_t span)
{
    int64_t minutes = (span + TEND_MINUTE / 2) / TEND_MINUTE;

    if (minutes >= 48 * 60)
        return tend_arena_printf(arena, "%lld days", (long long)(minutes / (24 * 60)));
    if (minutes >= 120)
        return tend_arena_printf(arena, "%lld hours", (long long)(minutes / 60));
    return tend_arena_printf(arena, "%lld minute%s", (long long)minutes, minutes == 1 ? "" : "s");
}

tend_status tend_tick_clock(struct tend_desk *desk, struct tend_arena *arena, const char **line)
{
    int64_t now = tend_clock_now(desk->clock), n, told;
    struct tend_text value;
    struct tend_batch *last;
    tend_status status = tend_store_history(desk->store, 0, 1, arena, &last, &n);

    *line = NULL;
    if (status != TEND_OK || n == 0 || last->at < now + TEND_MINUTE)
        return status;
    status = tend_meta_get(desk->store, TOLD, arena, &value);
    if (status != TEND_OK || (tend_text_int(value, &told) && told == last->id))
        return status;
    *line = tend_arena_printf(arena, "the clock stands %s before what was written last (b%lld): "
                                     "what is done is not done again, the rest waits for its time",
                              span_words(arena, last->at - now), (long long)last->id);
    return tend_meta_set(desk->store, TOLD,
                         tend_text_of(tend_arena_printf(arena, "%lld", (long long)last->id)));
}
