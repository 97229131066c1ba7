/* The gate: whoever asked to be left alone is left alone, whoever asks. */
#include "desk/gate.h"
#include "base/text.h"
#include "desk/deed.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"

/* Does a mark on `marked` shut this channel? A touch kind is shut with the
 * channel that it is, or that it means. */
static bool shuts(struct tend_desk *desk, struct tend_text marked, struct tend_text channel)
{
    if (tend_text_is(marked, "all"))
        return true;
    return channel.len > 0 && tend_vocabulary_touch_means(desk->registry, channel,
                                                          (struct tend_text){ "", 0 }, false,
                                                          marked);
}

tend_status tend_gate_marked(struct tend_desk *desk, tend_id person, struct tend_text channel,
                             struct tend_arena *arena, struct tend_gate_answer *answer)
{
    tend_id *marks;
    int64_t n;
    tend_status status = tend_rows_of(desk->store, TEND_T_dnc, person, arena, &marks, &n);

    answer->open = true;
    answer->why = NULL;
    for (int64_t i = 0; status == TEND_OK && answer->open && i < n; i++) {
        struct tend_value v[TEND_N_dnc];
        char day[16];

        status = tend_row_read(desk->store, TEND_T_dnc, marks[i], arena, v, NULL);
        if (status != TEND_OK || v[TEND_C_dnc_contact_point].type != TEND_NULL ||
            !shuts(desk, v[TEND_C_dnc_channel].t, channel))
            continue;
        answer->open = false;
        answer->why = tend_arena_printf(
            arena, "marked do-not-contact (%.*s) on %s", TEND_FMT(v[TEND_C_dnc_channel].t),
            tend_date_format(day, tend_zone_day(tend_store_zone(desk->store),
                                                v[TEND_C_dnc_at].i)));
    }
    return status;
}

tend_status tend_gate_ask(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                          struct tend_text channel, struct tend_gate_answer *answer)
{
    return tend_gate_marked(desk, person, channel, &deed->arena, answer);
}
