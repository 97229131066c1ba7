/* Tasks, notes, links and objections by their id: one field changed, or the whole taken back. */
#include "desk/apply.h"
#include "desk/limit.h"
#include "desk/people.h"

static const struct {
    enum tend_ref_kind kind;
    const char *name;
    enum tend_table table;
    int32_t column, owner;
} editable[] = {
    { TEND_REF_TASK, "title", TEND_T_task, TEND_C_task_title, TEND_C_task_person },
    { TEND_REF_TASK, "why", TEND_T_task, TEND_C_task_why, TEND_C_task_person },
    { TEND_REF_TASK, "kind", TEND_T_task, TEND_C_task_kind, TEND_C_task_person },
    { TEND_REF_NOTE, "text", TEND_T_note, TEND_C_note_text, TEND_C_note_person },
    { TEND_REF_NOTE, "person", TEND_T_note, TEND_C_note_person, TEND_C_note_person },
    { TEND_REF_LINK, "kind", TEND_T_link, TEND_C_link_kind, TEND_C_link_person },
    { TEND_REF_OBJECTION, "stated", TEND_T_objection, TEND_C_objection_stated,
      TEND_C_objection_person },
    { TEND_REF_OBJECTION, "underlying", TEND_T_objection, TEND_C_objection_underlying,
      TEND_C_objection_person },
};
#define N_EDITABLE (sizeof editable / sizeof *editable)

static tend_status read_row(struct tend_desk *desk, struct tend_deed *deed, size_t at, tend_id id,
                            tend_id *person)
{
    struct tend_value v[32];
    tend_status status = tend_row_read(desk->store, editable[at].table, id, &deed->arena, v, NULL);

    if (status == TEND_NOT_FOUND)
        return tend_error_set(desk->err, TEND_NOT_FOUND, "there is no %s %c%lld",
                              tend_catalogue[editable[at].table].name, (char)editable[at].kind,
                              (long long)id);
    if (status == TEND_OK)
        *person = v[editable[at].owner].i;
    return status;
}

static tend_status check_value(struct tend_desk *desk, size_t at, struct tend_text value)
{
    bool needed = strcmp(editable[at].name, "text") == 0 || strcmp(editable[at].name, "title") == 0 ||
                  editable[at].table == TEND_T_link;

    if (needed && value.len == 0)
        return tend_error_set(desk->err, TEND_INVALID, "%s cannot be empty; to take it back: "
                                                       "remove", editable[at].name);
    if (editable[at].column == TEND_C_task_kind && editable[at].table == TEND_T_task &&
        value.len > 0)
        return tend_word_check(desk, TEND_WORD_KIND, "kind of touch", value);
    return tend_limit_text(desk, editable[at].name, value);
}

tend_status tend_row_edit(struct tend_desk *desk, struct tend_deed *deed, enum tend_ref_kind kind,
                          tend_id id, struct tend_text field, struct tend_text value)
{
    struct tend_value to = tend_str(tend_text_trim(value));
    tend_id person = 0, number;
    size_t at = 0;
    tend_status status;

    while (at < N_EDITABLE &&
           (editable[at].kind != kind || !tend_text_is(field, editable[at].name)))
        at++;
    if (at == N_EDITABLE)
        return tend_error_set(desk->err, TEND_INVALID, "there is no such field to edit: %.*s",
                              TEND_FMT(tend_text_clip(field, 60)));
    status = read_row(desk, deed, at, id, &person);
    if (status == TEND_OK)
        status = check_value(desk, at, to.t);
    if (status == TEND_OK && editable[at].column == editable[at].owner) {
        if (!tend_text_int(value, &number))
            number = 0;
        status = tend_person_there(desk, number);
        to = tend_int(number);
        person = number;
    }
    if (status == TEND_OK)
        status = tend_row_set(desk->store, editable[at].table, id, editable[at].column, to);
    if (status != TEND_OK)
        return status;
    tend_deed_tell(deed, &(struct tend_outcome){ .effect = "edit", .kind = kind, .id = id,
                                                 .person = person, .wall = -1 });
    if (kind != TEND_REF_TASK)
        tend_deed_raise(deed, "person.changed", person, 0, 0,
                        tend_catalogue[editable[at].table].name);
    return TEND_OK;
}

tend_status tend_row_remove(struct tend_desk *desk, struct tend_deed *deed,
                            enum tend_ref_kind kind, tend_id id)
{
    tend_id person = 0;
    size_t at = 0;
    tend_status status;

    while (at < N_EDITABLE && editable[at].kind != kind)
        at++;
    if (at == N_EDITABLE)
        return tend_error_set(desk->err, TEND_INVALID, "that cannot be taken back by its id");
    status = read_row(desk, deed, at, id, &person);
    if (status == TEND_OK)
        status = tend_row_delete(desk->store, editable[at].table, id);
    if (status != TEND_OK)
        return status;
    tend_deed_tell(deed, &(struct tend_outcome){ .effect = "remove", .kind = kind, .id = id,
                                                 .person = person, .wall = -1 });
    if (kind != TEND_REF_TASK)
        tend_deed_raise(deed, "person.changed", person, 0, 0,
                        tend_catalogue[editable[at].table].name);
    return TEND_OK;
}
