/* When the rules of a zone change, or who lives where, what was planned by wall
 * time is at another instant. */
#include "base/hash.h"
#include "desk/schedule.h"
#include "store/ops_schedule.h"

#define BLOCK 500

static tend_status move_timer(struct tend_desk *desk, tend_id timer, struct tend_arena *arena,
                              int64_t *moved)
{
    struct tend_value v[TEND_N_timer];
    struct tend_schedule s;
    int64_t due;
    tend_status status = tend_row_read(desk->store, TEND_T_timer, timer, arena, v, NULL);

    /* what failed waits for its next attempt, not for its day */
    if (status != TEND_OK || v[TEND_C_timer_attempt].i > 0)
        return status;
    status = tend_schedule_read(desk, v[TEND_C_timer_schedule].i, arena, &s);
    if (status != TEND_OK)
        return status;
    due = tend_schedule_due(&s, v[TEND_C_timer_slot].i);
    if (due == v[TEND_C_timer_due_at].i)
        return TEND_OK;
    ++*moved;
    return tend_row_set(desk->store, TEND_T_timer, timer, TEND_C_timer_due_at, tend_int(due));
}

tend_status tend_schedule_move(struct tend_desk *desk, tend_id person, int64_t *moved)
{
    struct tend_arena arena = { 0 };
    tend_id *ids, last = 0;
    int64_t n = BLOCK;
    tend_status status = TEND_OK;

    while (status == TEND_OK && n == BLOCK) {
        tend_arena_reset(&arena);
        status = tend_schedule_timers(desk->store, person, last, BLOCK, &arena, &ids, &n);
        for (int64_t i = 0; status == TEND_OK && i < n; i++) {
            last = ids[i];
            status = move_timer(desk, last, &arena, moved);
        }
    }
    tend_arena_finish(&arena);
    return status;
}

/* A line for the user's zone and for each zone that somebody lives in: its name and
 * what its file holds. */
static tend_status zones_now(struct tend_desk *desk, struct tend_arena *arena,
                             struct tend_buffer *out)
{
    const char *own = tend_zone_name(tend_store_zone(desk->store));
    struct tend_text zone = { "", 0 };
    tend_status status = TEND_OK;

    tend_buffer_addf(out, "%s %016llx", own, (unsigned long long)tend_zone_print(own));
    for (;;) {
        const char *name;

        status = tend_schedule_zone_next(desk->store, zone, arena, &zone);
        if (status != TEND_OK || zone.len == 0)
            return status;
        name = tend_arena_str(arena, zone);
        tend_buffer_addf(out, "\n%s %016llx", name, (unsigned long long)tend_zone_print(name));
    }
}

/* Zones that are new need no work: what is there was reckoned with them. */
static bool has_changed(struct tend_text before, struct tend_text now)
{
    struct tend_text old = before, line, first;
    bool found = tend_text_cut(&old, "\n", &first) && tend_text_cut(&now, "\n", &line);

    if (!found || !tend_text_eq(first, line))
        return found;
    while (tend_text_cut(&now, "\n", &line)) {
        struct tend_text name = { line.at, line.len - 16 }, other;

        for (old = before; tend_text_cut(&old, "\n", &other);)
            if (other.len == line.len &&
                tend_text_eq(name, (struct tend_text){ other.at, other.len - 16 }) &&
                !tend_text_eq(line, other))
                return true;
    }
    return false;
}

static tend_status renew(struct tend_desk *desk, int64_t *moved)
{
    struct tend_deed deed;
    tend_status status;

    tend_zone_renew();
    tend_store_zone_renew(desk->store);
    status = tend_deed_begin_as(desk, &deed, TEND_BATCH_TICK, "tick zones");
    if (status == TEND_OK)
        status = tend_schedule_move(desk, 0, moved);
    if (status == TEND_OK)
        status = tend_schedule_windows(desk->store);
    if (status == TEND_OK)
        status = tend_deed_end(desk, &deed);
    else
        tend_deed_abort(desk, &deed);
    tend_deed_finish(&deed);
    return status;
}

tend_status tend_schedule_rezone(struct tend_desk *desk, int64_t *moved)
{
    struct tend_arena arena = { 0 };
    struct tend_buffer now = { 0 };
    struct tend_text before;
    tend_status status = tend_meta_get(desk->store, "zones", &arena, &before);

    *moved = 0;
    if (status == TEND_OK)
        status = zones_now(desk, &arena, &now);
    if (status == TEND_OK && !tend_text_eq(before, tend_buffer_text(&now))) {
        if (before.len > 0 && has_changed(before, tend_buffer_text(&now)))
            status = renew(desk, moved);
        if (status == TEND_OK && !desk->dry)
            status = tend_meta_set(desk->store, "zones", tend_buffer_text(&now));
    }
    tend_buffer_finish(&now);
    tend_arena_finish(&arena);
    return status;
}
