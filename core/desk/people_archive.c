/* Off the lists without being deleted: who is archived is found, but is nobody's work. */
#include "desk/apply.h"
#include "desk/people.h"
#include "store/ops_rows.h"

/* What plugins wanted of them goes from the list; what was planned by hand waits. */
static tend_status drop_tasks(struct tend_desk *desk, struct tend_deed *deed, tend_id person)
{
    struct tend_arena arena = { 0 };
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(desk->store, TEND_T_task, person, &arena, &ids, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_value v[TEND_N_task];

        status = tend_row_read(desk->store, TEND_T_task, ids[i], &arena, v, NULL);
        if (status != TEND_OK || v[TEND_C_task_plugin].type == TEND_NULL)
            continue;
        status = tend_task_close(desk, deed, ids[i], false, 0, NULL);
        if (status == TEND_OK)
            status = tend_deed_decide(desk, deed, person, &(struct tend_cause){ 0 }, "drop",
                                      TEND_REF_TASK, ids[i],
                                      TEND_TEXT("dropped: the person was archived"));
    }
    tend_arena_finish(&arena);
    return status;
}

tend_status tend_person_archive(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                bool on)
{
    struct tend_value v[TEND_N_person];
    struct tend_arena arena = { 0 };
    bool is;
    tend_status status = tend_person_there(desk, person);

    if (status == TEND_OK && person == tend_store_me(desk->store))
        return tend_error_set(desk->err, TEND_INVALID, "p%lld is you, who cannot be archived",
                              (long long)person);
    if (status == TEND_OK)
        status = tend_row_read(desk->store, TEND_T_person, person, &arena, v, NULL);
    is = status == TEND_OK && v[TEND_C_person_archived_at].type == TEND_INT;
    tend_arena_finish(&arena);
    if (status == TEND_OK && is == on)
        return tend_error_set(desk->err, TEND_EXISTS, on ? "p%lld is archived already"
                                                         : "p%lld is not archived",
                              (long long)person);
    if (status == TEND_OK)
        status = tend_row_set(desk->store, TEND_T_person, person, TEND_C_person_archived_at,
                              on ? tend_int(deed->now) : (struct tend_value){ 0 });
    if (status != TEND_OK)
        return status;
    tend_deed_tell(deed, &(struct tend_outcome){
        .effect = on ? "archived" : "listed", .kind = TEND_REF_PERSON, .id = person,
        .person = person, .wall = -1 });
    tend_deed_raise(deed, "person.changed", person, 0, 0, "archived");
    return on ? drop_tasks(desk, deed, person) : TEND_OK;
}
