/* A person asks to be forgotten: all goes, and a hash of their numbers and addresses stays. */
#include "desk/apply.h"
#include "desk/people.h"
#include "store/forget.h"
#include "store/ops_person.h"

/* The rows of `forgotten`, once a contact point. */
static tend_status keep_hashes(struct tend_desk *desk, const struct tend_deed *deed,
                               const struct tend_person_view *view)
{
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < view->n_points; i++) {
        struct tend_value v[TEND_N_forgotten] = { [TEND_C_forgotten_at] = tend_int(deed->now) };
        int64_t hash;

        if (view->points[i].key.len == 0)
            continue;
        status = tend_forgotten_hash(desk->store, view->points[i].kind, view->points[i].key, &hash);
        v[TEND_C_forgotten_hash] = tend_int(hash);
        if (status == TEND_OK && !tend_forgotten_has(desk->store, hash))
            status = tend_row_insert(desk->store, TEND_T_forgotten, v, NULL);
    }
    return status;
}

tend_status tend_person_forget(struct tend_desk *desk, struct tend_deed *deed, tend_id person)
{
    struct tend_person_view view;
    tend_status status = tend_person_read(desk->store, person, &deed->arena, &view);

    if (status == TEND_OK && person == tend_store_me(desk->store))
        return tend_error_set(desk->err, TEND_INVALID, "p%lld is you, who cannot be forgotten",
                              (long long)person);
    if (status == TEND_OK)
        status = keep_hashes(desk, deed, &view);
    /* those who were merged into them are they too */
    for (int64_t i = 0; status == TEND_OK && i < view.n_family; i++)
        status = tend_store_forget(desk->store, view.family_ids[i]);
    if (status == TEND_OK)
        status = tend_store_forget(desk->store, person);
    if (status == TEND_OK)
        tend_deed_tell(deed, &(struct tend_outcome){
            .effect = "forgotten", .kind = TEND_REF_PERSON, .id = person, .person = person,
            .wall = -1 });
    return status;
}
