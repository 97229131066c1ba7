/* Who must not be contacted says an import, too: "dnc.email" with the reason makes a mark. It is
 * kept as an attribute beside it, so that the same file again does not renew one that was lifted. */
#include "desk/intake_parts.h"
#include "desk/apply.h"
#include "desk/people.h"
#include "store/ops_rows.h"

static tend_status is_marked(struct tend_intake_run *run, tend_id person, struct tend_text channel,
                             bool *marked)
{
    struct tend_store *store = run->desk->store;
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(store, TEND_T_dnc, person, &run->arena, &ids, &n);

    *marked = false;
    for (int64_t i = 0; i < n && status == TEND_OK && !*marked; i++) {
        struct tend_value v[TEND_N_dnc];

        status = tend_row_read(store, TEND_T_dnc, ids[i], &run->arena, v, NULL);
        *marked = status == TEND_OK && tend_text_eq(v[TEND_C_dnc_channel].t, channel);
    }
    return status;
}

tend_status tend_intake_dnc(struct tend_intake_run *run, tend_id person,
                            const struct tend_intake_value *value)
{
    struct tend_text channel = { value->name.at + 4, value->name.len - 4 };
    int64_t now = run->deed->now;
    struct tend_value v[TEND_N_dnc] = {
        [TEND_C_dnc_person] = tend_int(person), [TEND_C_dnc_channel] = tend_str(channel),
        [TEND_C_dnc_text] = tend_str(value->value), [TEND_C_dnc_at] = tend_int(now),
        [TEND_C_dnc_known_at] = tend_int(now),
    };
    bool marked;
    tend_id id;
    tend_status status;

    if (tend_channel_check(run->desk, channel) != TEND_OK) {
        tend_error_clear(run->desk->err);
        return TEND_OK;
    }
    status = is_marked(run, person, channel, &marked);
    if (status != TEND_OK || marked)
        return status;
    if (run->ask->live) /* plans are looked at again */
        return tend_person_do_not_contact(run->desk, run->deed, person, channel, value->value, true,
                                          &id);
    return tend_row_insert(run->desk->store, TEND_T_dnc, v, NULL);
}
