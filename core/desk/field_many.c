/* Fields that have several values: `=` replaces all of that kind, `+=` adds,
 * `-=` removes. Contact points are the same when their keys are. */
#include "desk/field.h"
#include "base/hash.h"
#include "desk/apply.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"

#define COLUMNS_MOST 8          /* of the tables below */

struct value {                  /* one that is there, or is wanted */
    struct tend_text text, key, label;
    tend_id id;
    bool gone;
};

struct list {                   /* with an index by key and by text, in the arena */
    struct value *at;
    int64_t n, most;
    int64_t *slot;              /* 1 + place in at; 0: free */
    int64_t cap;
};

struct many {
    struct tend_desk *desk;
    struct tend_deed *deed;
    tend_id person;
    const char *plugin;
    struct tend_text name;
    enum tend_table table;
    struct tend_arena arena;
    struct list there;
    bool changed;
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
        out->key = tend_text_fold(&m->arena, out->text);
        return true;
    case TEND_T_role:
        out->text = v[TEND_C_role_role].t;
        return true;
    default:
        out->text = v[TEND_C_attribute_value].t;
        return tend_text_eq(v[TEND_C_attribute_name].t, m->name);
    }
}

static bool same(const struct value *a, const struct value *b)
{
    if (a->key.len > 0 && b->key.len > 0)
        return tend_text_eq(a->key, b->key);
    return tend_text_eq(a->text, b->text);
}

/* --- a list that finds the same value again ------------------------------ */

static int64_t *slot_of(struct list *list, struct tend_text text, const struct value *value)
{
    int64_t i = (int64_t)(tend_hash(TEND_HASH_SEED, text.at, (size_t)text.len) &
                          (uint64_t)(list->cap - 1));

    while (list->slot[i] && (list->at[list->slot[i] - 1].gone ||
                             !same(&list->at[list->slot[i] - 1], value)))
        i = (i + 1) & (list->cap - 1);
    return &list->slot[i];
}

static void index_value(struct list *list, int64_t index)
{
    const struct value *value = &list->at[index];
    int64_t *slot;

    if (value->key.len > 0 && !*(slot = slot_of(list, value->key, value)))
        *slot = index + 1;
    if (!*(slot = slot_of(list, value->text, value)))
        *slot = index + 1;
}

static struct value *find(struct list *list, const struct value *value)
{
    int64_t *slot = value->key.len > 0 ? slot_of(list, value->key, value) : NULL;

    if (!slot || !*slot)
        slot = slot_of(list, value->text, value);
    return *slot ? &list->at[*slot - 1] : NULL;
}

static void add(struct many *m, struct list *list, const struct value *value)
{
    if (list->n == list->most) {
        struct value *old = list->at;

        list->most = list->most ? list->most * 2 : 16;
        list->cap = list->most * 4;     /* two entries a value, half of it free */
        list->at = tend_arena_take(&m->arena, (size_t)list->most * sizeof *list->at);
        list->slot = tend_arena_take(&m->arena, (size_t)list->cap * sizeof *list->slot);
        if (list->n > 0)
            memcpy(list->at, old, (size_t)list->n * sizeof *old);
        for (int64_t i = 0; i < list->n; i++)
            if (!list->at[i].gone)
                index_value(list, i);
    }
    list->at[list->n++] = *value;
    index_value(list, list->n - 1);
}

static tend_status read_all(struct many *m)
{
    tend_id *ids;
    int64_t rows;
    tend_status status = tend_rows_of(m->desk->store, m->table, m->person, &m->arena, &ids, &rows);

    for (int64_t i = 0; status == TEND_OK && i < rows; i++) {
        struct tend_value v[COLUMNS_MOST];
        struct value value = { .id = ids[i] };

        status = tend_row_read(m->desk->store, m->table, ids[i], &m->arena, v, NULL);
        if (status == TEND_OK && read_value(m, v, &value))
            add(m, &m->there, &value);
    }
    return status;
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

static tend_status take_out(struct many *m, struct value *value, bool silent)
{
    value->gone = true;
    if (!silent)
        tell(m, false, value->text);
    m->changed = true;
    if (m->table == TEND_T_role)
        return tend_row_set(m->desk->store, TEND_T_role, value->id, TEND_C_role_to_at,
                            tend_int(m->deed->now));
    return tend_row_delete(m->desk->store, m->table, value->id);
}

/* Two people with one number may be right; whoever types it should know. */
static void warn_shared(struct many *m, const struct value *value)
{
    tend_id other = value->key.len > 0
                        ? tend_person_by_key(m->desk->store, m->name, value->key)
                        : 0;
    struct tend_text name;

    if (!other || other == m->person || tend_text_is(m->name, "url"))
        return; /* a page is of a firm as often as of a person */
    name = tend_person_name(m->desk->store, other, &m->arena);
    tend_deed_warn(m->deed, "p%lld %.*s has that %s too", (long long)other, TEND_FMT(name),
                   tend_text_is(m->name, "phone") ? "number" : "address");
}

static tend_status put_in(struct many *m, struct value *value)
{
    struct tend_value v[COLUMNS_MOST] = { 0 };
    tend_status status;

    if (m->table == TEND_T_contact_point) {
        warn_shared(m, value);
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
    status = tend_row_insert(m->desk->store, m->table, v, &value->id);
    if (status == TEND_OK)
        add(m, &m->there, value);
    return status;
}

/* The same contact point, written or labelled another way. */
static tend_status write_again(struct many *m, struct value *is, const struct value *wanted)
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
    is->text = wanted->text;
    if (label)
        is->label = wanted->label;
    tell(m, true, wanted->text);
    return status;
}

static tend_status wanted_value(struct many *m, const struct tend_field *field, struct value *out)
{
    *out = (struct value){ 0 };
    out->text = tend_text_trim(field->value);
    out->label = tend_text_trim(field->label);
    out->key = (struct tend_text){ "", 0 };
    if (m->table == TEND_T_tag)
        out->key = tend_text_fold(&m->arena, out->text);
    if (m->table != TEND_T_contact_point || out->text.len == 0)
        return TEND_OK;
    return tend_field_keys(m->desk, m->person, (struct tend_text){ "", 0 }, m->name, 1,
                           &out->text, &out->key, &m->arena);
}

/* The first `=` of a name in a command: what none of them wants goes. */
static tend_status replace(struct many *m, const struct tend_field *fields, int64_t n, int64_t at)
{
    struct list wanted = { 0 };
    bool other = false;
    tend_status status = TEND_OK;

    for (int64_t i = at; status == TEND_OK && i < n; i++) {
        struct value value;

        if (fields[i].how != TEND_ASSIGN_SET || !tend_text_eq(fields[i].name, m->name))
            continue;
        status = wanted_value(m, &fields[i], &value);
        other = other || value.text.len > 0;
        if (status == TEND_OK)
            add(m, &wanted, &value);
    }
    for (int64_t t = 0; status == TEND_OK && t < m->there.n; t++)
        if (!m->there.at[t].gone && !find(&wanted, &m->there.at[t]))
            status = take_out(m, &m->there.at[t], other);
    return status;
}

static tend_status assign(struct many *m, const struct tend_field *field)
{
    struct value *found, wanted;
    tend_status status = wanted_value(m, field, &wanted);

    if (status != TEND_OK || wanted.text.len == 0)
        return status;
    found = m->there.n > 0 ? find(&m->there, &wanted) : NULL;
    if (field->how == TEND_ASSIGN_REMOVE)
        return found ? take_out(m, found, false) : TEND_OK;
    return found ? write_again(m, found, &wanted) : put_in(m, &wanted);
}

static bool named_before(const struct tend_field *fields, int64_t at)
{
    for (int64_t i = 0; i < at; i++)
        if (tend_text_eq(fields[i].name, fields[at].name))
            return true;
    return false;
}

tend_status tend_field_many(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            const struct tend_field_info *info, const struct tend_field *fields,
                            int64_t n, int64_t at, const char *plugin, bool *changed)
{
    struct many m = { .desk = desk, .deed = deed, .person = person, .plugin = plugin,
                      .name = fields[at].name, .table = table_of(info->kind) };
    bool replaced = false;
    tend_status status;

    if (named_before(fields, at))
        return TEND_OK;
    status = read_all(&m);
    for (int64_t i = at; status == TEND_OK && i < n; i++) {
        if (!tend_text_eq(fields[i].name, m.name))
            continue;
        if (fields[i].how == TEND_ASSIGN_SET && !replaced) {
            replaced = true;
            status = replace(&m, fields, n, i);
        }
        if (status == TEND_OK)
            status = assign(&m, &fields[i]);
    }
    *changed = *changed || m.changed;
    tend_arena_finish(&m.arena);
    return status;
}
