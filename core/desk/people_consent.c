/* What somebody agreed to: a fact with its wording, which the gate reads. */
#include "desk/apply.h"
#include "desk/people.h"
#include "store/ops_rows.h"

static tend_status find_open(struct tend_desk *desk, tend_id person, struct tend_text channel,
                             tend_id *consent)
{
    struct tend_arena arena = { 0 };
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(desk->store, TEND_T_consent, person, &arena, &ids, &n);

    *consent = 0;
    for (int64_t i = 0; status == TEND_OK && !*consent && i < n; i++) {
        struct tend_value v[TEND_N_consent];

        status = tend_row_read(desk->store, TEND_T_consent, ids[i], &arena, v, NULL);
        if (status == TEND_OK && v[TEND_C_consent_contact_point].type == TEND_NULL &&
            tend_text_eq(v[TEND_C_consent_channel].t, channel))
            *consent = ids[i];
    }
    tend_arena_finish(&arena);
    return status;
}

static tend_status write(struct tend_desk *desk, const struct tend_deed *deed, tend_id person,
                         const struct tend_consent_ask *ask, tend_id *consent)
{
    struct tend_value v[TEND_N_consent] = {
        [TEND_C_consent_person] = tend_int(person),
        [TEND_C_consent_channel] = tend_str(ask->channel),
        [TEND_C_consent_wording] = tend_str(ask->wording),
        [TEND_C_consent_origin] = tend_str(ask->origin),
        [TEND_C_consent_at] = tend_int(ask->at ? ask->at : deed->now),
        [TEND_C_consent_known_at] = tend_int(deed->now),
    };

    return tend_row_insert(desk->store, TEND_T_consent, v, consent);
}

tend_status tend_person_consent(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                const struct tend_consent_ask *ask, bool on, tend_id *consent)
{
    tend_status status = tend_person_there(desk, person);

    *consent = 0;
    if (status == TEND_OK)
        status = tend_channel_check(desk, ask->channel);
    if (status == TEND_OK)
        status = find_open(desk, person, ask->channel, consent);
    if (status != TEND_OK)
        return status;
    if (on && *consent)
        return tend_error_set(desk->err, TEND_EXISTS, "p%lld has agreed to %.*s already",
                              (long long)person, TEND_FMT(ask->channel));
    if (!on && !*consent)
        return tend_error_set(desk->err, TEND_NOT_FOUND, "p%lld has not agreed to %.*s",
                              (long long)person, TEND_FMT(ask->channel));
    status = on ? write(desk, deed, person, ask, consent)
                : tend_row_set(desk->store, TEND_T_consent, *consent, TEND_C_consent_ended_at,
                               tend_int(deed->now));
    if (status != TEND_OK)
        return status;
    tend_deed_tell(deed, &(struct tend_outcome){
        .effect = on ? "consent" : "withdrawn", .kind = TEND_REF_CONSENT, .id = *consent,
        .person = person, .title = tend_arena_str(&deed->arena, ask->channel), .wall = -1 });
    tend_deed_raise(deed, "person.changed", person, 0, 0, "consent");
    return TEND_OK;
}
