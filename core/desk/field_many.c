/* Fields that have several values: `=` replaces all of that kind, `+=` adds,
 * `-=` removes. Contact points are the same when their keys are. */
#include "desk/field.h"
#include "desk/apply.h"
#include "store/ops_rows.h"

#define COLUMNS_MOST 8          /* of the tables below */

struct many {
    struct tend_desk *desk;
    struct tend_deed *deed;
    tend_id person;
    const char *plugin;
    struct tend_text name;
    enum tend_table table;
    struct tend_arena arena;
    bool changed;
};

struct value {                  /* one that is there, or is wanted */
    struct tend_text text, key, label;
    tend_id id;
};

static enum tend_table table_of(enum tend_field_kind kind)
{
    switch (kind) {
    case TEND_FIELD_POINT:
        return TEND_T_contact_point;
    case TEND_FIELD_TAG:
        return TEND_T_tag;
    case TEND_FIELD_ROLE:
        return TEND_T_role;
    default:
        return TEND_T_attribute;
    }
}

static bool read_value(struct many *m, const struct tend_value *v, struct value *out)
{
    switch (m->table) {
    case TEND_T_contact_point:
        out->text = v[TEND_C_contact_point_value].t;
        out->key = v[TEND_C_contact_point_key].t;
        out->label = v[TEND_C_contact_point_label].t;
        return tend_text_eq(v[TEND_C_contact_point_kind].t, m->name);
    case TEND_T_tag:
        out->text = v[TEND_C_tag_tag].t;
        return true;
    case TEND_T_role:
        out->text = v[TEND_C_role_role].t;
        return true;
    default:
        out->text = v[TEND_C_attribute_value].t;
        return tend_text_eq(v[TEND_C_attribute_name].t, m->name);
    }
}

static tend_status read_all(struct many *m, struct value **out, int64_t *n)
{
    tend_id *ids;
    int64_t rows;
    tend_status status = tend_rows_of(m->desk->store, m->table, m->person, &m->arena, &ids, &rows);

    *n = 0;
    *out = tend_arena_take(&m->arena, (size_t)(rows + 1) * sizeof **out);
    for (int64_t i = 0; status == TEND_OK && i < rows; i++) {
        struct tend_value v[COLUMNS_MOST];
        struct value *value = &(*out)[*n];

        status = tend_row_read(m->desk->store, m->table, ids[i], &m->arena, v, NULL);
        value->id = ids[i];
        if (status == TEND_OK && read_value(m, v, value))
            (*n)++;
    }
    return status;
}

static bool same(const struct value *a, const struct value *b)
{
    if (a->key.len > 0 && b->key.len > 0)
        return tend_text_eq(a->key, b->key);
    return tend_text_eq(a->text, b->text);
}

static void tell(struct many *m, bool on, struct tend_text text)
{
    bool tag = m->table == TEND_T_tag;
    const char *title = tag ? tend_arena_str(&m->arena, text)
                            : tend_arena_printf(&m->arena, "%.*s %s %.*s", TEND_FMT(m->name),
                                                on ? "=" : "-=", TEND_FMT(text));

    m->changed = true;
    tend_deed_tell(m->deed, &(struct tend_outcome){
        .effect = tag ? (on ? "tag" : "untag") : "set", .kind = TEND_REF_PERSON, .id = m->person,
        .person = m->person, .plugin = m->plugin, .title = title, .wall = -1 });
}

static tend_status take_out(struct many *m, const struct value *value, bool silent)
{
    if (!silent)
        tell(m, false, value->text);
    m->changed = true;
    if (m->table == TEND_T_role)
        return tend_row_set(m->desk->store, TEND_T_role, value->id, TEND_C_role_to_at,
                            tend_int(m->deed->now));
    return tend_row_delete(m->desk->store, m->table, value->id);
}

static tend_status put_in(struct many *m, const struct value *value)
{
    struct tend_value v[COLUMNS_MOST] = { 0 };

    if (m->table == TEND_T_contact_point) {
        v[TEND_C_contact_point_person] = tend_int(m->person);
        v[TEND_C_contact_point_kind] = tend_str(m->name);
        v[TEND_C_contact_point_value] = tend_str(value->text);
        v[TEND_C_contact_point_key] = tend_str(value->key);
        v[TEND_C_contact_point_label] = tend_str(value->label);
        v[TEND_C_contact_point_known_at] = tend_int(m->deed->now);
    } else if (m->table == TEND_T_tag) {
        v[TEND_C_tag_person] = tend_int(m->person);
        v[TEND_C_tag_tag] = tend_str(value->text);
        v[TEND_C_tag_known_at] = tend_int(m->deed->now);
    } else if (m->table == TEND_T_role) {
        v[TEND_C_role_person] = tend_int(m->person);
        v[TEND_C_role_role] = tend_str(value->text);
        v[TEND_C_role_from_at] = tend_int(m->deed->now);
        v[TEND_C_role_known_at] = tend_int(m->deed->now);
    } else {
        v[TEND_C_attribute_person] = tend_int(m->person);
        v[TEND_C_attribute_name] = tend_str(m->name);
        v[TEND_C_attribute_value] = tend_str(value->text);
        v[TEND_C_attribute_known_at] = tend_int(m->deed->now);
    }
    tell(m, true, value->text);
    return tend_row_insert(m->desk->store, m->table, v, NULL);
}

/* The same contact point, written or labelled another way. */
static tend_status write_again(struct many *m, const struct value *is, const struct value *wanted)
{
    tend_status status = TEND_OK;
    bool text = !tend_text_eq(is->text, wanted->text);
    bool label = wanted->label.len > 0 && !tend_text_eq(is->label, wanted->label);

    if (m->table != TEND_T_contact_point || (!text && !label))
        return TEND_OK;
    if (text)
        status = tend_row_set(m->desk->store, m->table, is->id, TEND_C_contact_point_value,
                              tend_str(wanted->text));
    if (status == TEND_OK && label)
        status = tend_row_set(m->desk->store, m->table, is->id, TEND_C_contact_point_label,
                              tend_str(wanted->label));
    tell(m, true, wanted->text);
    return status;
}

static tend_status wanted_value(struct many *m, const struct tend_field *field, struct value *out)
{
    out->id = 0;
    out->text = tend_text_trim(field->value);
    out->label = tend_text_trim(field->label);
    out->key = (struct tend_text){ "", 0 };
    if (m->table != TEND_T_contact_point || out->text.len == 0)
        return TEND_OK;
    return tend_field_keys(m->desk, m->person, (struct tend_text){ "", 0 }, m->name, 1,
                           &out->text, &out->key, &m->arena);
}

/* The first `=` of a name in a command: what none of them wants goes. */
static tend_status replace(struct many *m, const struct tend_field *fields, int64_t n, int64_t at,
                           const struct value *there, int64_t n_there)
{
    tend_status status = TEND_OK;

    for (int64_t i = 0; i < at; i++)
        if (fields[i].how == TEND_ASSIGN_SET && tend_text_eq(fields[i].name, m->name))
            return TEND_OK;
    for (int64_t t = 0; status == TEND_OK && t < n_there; t++) {
        bool kept = false, other = false;

        for (int64_t i = at; status == TEND_OK && i < n; i++) {
            struct value value;

            if (fields[i].how != TEND_ASSIGN_SET || !tend_text_eq(fields[i].name, m->name))
                continue;
            status = wanted_value(m, &fields[i], &value);
            kept = kept || same(&there[t], &value);
            other = other || value.text.len > 0;
        }
        if (status == TEND_OK && !kept)
            status = take_out(m, &there[t], other);
    }
    return status;
}

static tend_status assign(struct many *m, const struct tend_field *fields, int64_t n, int64_t at)
{
    const struct tend_field *field = &fields[at];
    const struct value *found = NULL;
    struct value *there, wanted;
    int64_t n_there;
    tend_status status = wanted_value(m, field, &wanted);

    if (status == TEND_OK)
        status = read_all(m, &there, &n_there);
    if (status == TEND_OK && field->how == TEND_ASSIGN_SET)
        status = replace(m, fields, n, at, there, n_there);
    if (status != TEND_OK || wanted.text.len == 0)
        return status;
    for (int64_t i = 0; !found && i < n_there; i++)
        if (same(&there[i], &wanted))
            found = &there[i];
    if (field->how == TEND_ASSIGN_REMOVE)
        return found ? take_out(m, found, false) : TEND_OK;
    return found ? write_again(m, found, &wanted) : put_in(m, &wanted);
}

tend_status tend_field_many(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            const struct tend_field_info *info, const struct tend_field *fields,
                            int64_t n, int64_t at, const char *plugin, bool *changed)
{
    struct many m = { desk, deed, person, plugin, fields[at].name, table_of(info->kind), { 0 },
                      false };
    tend_status status = assign(&m, fields, n, at);

    *changed = *changed || m.changed;
    tend_arena_finish(&m.arena);
    return status;
}
