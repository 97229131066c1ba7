/* Rows become facts: somebody new with all that the row has, or what it adds
 * to somebody who is known. What is there already is not written again. */
#include "desk/intake_parts.h"
#include "desk/people.h"
#include "store/ops_rows.h"

static bool is_point(enum tend_intake_field field)
{
    return field == TEND_FIELD_EMAIL || field == TEND_FIELD_PHONE || field == TEND_FIELD_ID ||
           field == TEND_FIELD_URL || field == TEND_FIELD_ADDRESS;
}

static struct tend_text point_kind(enum tend_intake_field field)
{
    switch (field) {
    case TEND_FIELD_EMAIL:
        return TEND_TEXT("email");
    case TEND_FIELD_PHONE:
        return TEND_TEXT("phone");
    case TEND_FIELD_ID:
        return TEND_TEXT("id");
    case TEND_FIELD_URL:
        return TEND_TEXT("url");
    default:
        return TEND_TEXT("address");
    }
}

/* What was typed, where the value beside it is another: "birthday.typed". */
static tend_status write_typed(struct tend_intake_run *run, tend_id person, struct tend_text name,
                               struct tend_text typed)
{
    struct tend_value row[TEND_N_attribute] = {
        [TEND_C_attribute_person] = tend_int(person),
        [TEND_C_attribute_name] = tend_str(tend_text_of(
            tend_arena_printf(&run->arena, "%.*s.typed", TEND_FMT(name)))),
        [TEND_C_attribute_value] = tend_str(typed),
        [TEND_C_attribute_known_at] = tend_int(run->deed->now),
    };

    return tend_row_insert(run->desk->store, TEND_T_attribute, row, NULL);
}

/* One fact about a person: a contact point, tag, note or attribute. */
static tend_status write_value(struct tend_intake_run *run, tend_id person,
                               const struct tend_intake_value *v)
{
    struct tend_store *store = run->desk->store;
    int64_t now = run->deed->now;

    if (is_point(v->field)) {
        struct tend_value row[TEND_N_contact_point] = {
            [TEND_C_contact_point_person] = tend_int(person),
            [TEND_C_contact_point_kind] = tend_str(point_kind(v->field)),
            [TEND_C_contact_point_value] = tend_str(v->value),
            [TEND_C_contact_point_key] = tend_str(v->key),
            [TEND_C_contact_point_label] = tend_str(v->label),
            [TEND_C_contact_point_known_at] = tend_int(now),
        };

        return tend_row_insert(store, TEND_T_contact_point, row, NULL);
    }
    if (v->field == TEND_FIELD_TAG) {
        struct tend_value row[TEND_N_tag] = {
            [TEND_C_tag_person] = tend_int(person),
            [TEND_C_tag_tag] = tend_str(v->value),
            [TEND_C_tag_known_at] = tend_int(now),
        };

        return tend_row_insert(store, TEND_T_tag, row, NULL);
    }
    if (v->field == TEND_FIELD_NOTE) {
        struct tend_value row[TEND_N_note] = {
            [TEND_C_note_person] = tend_int(person),
            [TEND_C_note_text] = tend_str(v->value),
            [TEND_C_note_at] = tend_int(now),
            [TEND_C_note_known_at] = tend_int(now),
        };

        return tend_row_insert(store, TEND_T_note, row, NULL);
    }
    if (v->field == TEND_FIELD_ATTRIBUTE) {
        struct tend_value row[TEND_N_attribute] = {
            [TEND_C_attribute_person] = tend_int(person),
            [TEND_C_attribute_name] = tend_str(v->name),
            [TEND_C_attribute_value] = tend_str(v->value),
            [TEND_C_attribute_known_at] = tend_int(now),
        };
        tend_status status = tend_row_insert(store, TEND_T_attribute, row, NULL);

        if (status == TEND_OK && tend_text_starts(v->name, "dnc."))
            status = tend_intake_dnc(run, person, v);
        return status == TEND_OK && v->typed.len > 0 ? write_typed(run, person, v->name, v->typed)
                                                     : status;
    }
    if (v->field <= TEND_FIELD_FAMILY && v->typed.len > 0)
        return write_typed(run, person,
                           v->field == TEND_FIELD_NAME    ? TEND_TEXT("name")
                           : v->field == TEND_FIELD_GIVEN ? TEND_TEXT("given")
                                                          : TEND_TEXT("family"),
                           v->typed);
    return TEND_OK; /* a column of the person */
}

/* Do two values of a row, or of a row and a person, say the same? */
static bool same_value(struct tend_arena *arena, const struct tend_intake_value *a,
                       const struct tend_intake_value *b)
{
    if (a->field != b->field || !tend_text_eq(a->name, b->name))
        return false;
    if (a->field != TEND_FIELD_ID && tend_text_eq(a->value, b->value))
        return true;    /* also with another key: typed alike, read with another --region */
    if (a->key.len > 0 || b->key.len > 0)
        return tend_text_eq(a->key, b->key);
    return a->field == TEND_FIELD_TAG &&
           tend_text_eq(tend_text_fold(arena, a->value), tend_text_fold(arena, b->value));
}

static bool said_before(struct tend_intake_run *run, const struct tend_intake_row *row, int64_t i)
{
    for (int64_t j = row->first; j < i; j++) {
        if (same_value(&run->arena, &run->values.at[j], &run->values.at[i]))
            return true;
    }
    return false;
}

/* A zone that no file of zones has would break every window: left out. */
static struct tend_text good_zone(struct tend_intake_run *run, struct tend_text zone)
{
    const struct tend_zone *open;
    struct tend_error ignored;
    char name[64];

    if (zone.len == 0 || zone.len >= (int64_t)sizeof name)
        return (struct tend_text){ "", 0 };
    memcpy(name, zone.at, (size_t)zone.len);
    name[zone.len] = '\0';
    if (tend_zone_open(name, &open, &ignored) == TEND_OK)
        return zone;
    tend_deed_warn(run->deed, "line %lld: there is no zone \"%s\"; left out",
                   (long long)run->current->line, name);
    return (struct tend_text){ "", 0 };
}

static struct tend_text good_region(struct tend_intake_run *run, struct tend_text region)
{
    char *upper;

    if (region.len != 2)
        return (struct tend_text){ "", 0 };
    upper = tend_arena_str(&run->arena, region);
    for (int32_t i = 0; i < 2; i++) {
        if (upper[i] >= 'a' && upper[i] <= 'z')
            upper[i] = (char)(upper[i] - 'a' + 'A');
    }
    return tend_text_of(upper);
}

static void names_of(struct tend_intake_run *run, const struct tend_intake_row *row,
                     struct tend_text *name, struct tend_text *given, struct tend_text *family)
{
    *name = tend_intake_name(run, row);
    *given = tend_intake_first(run, row, TEND_FIELD_GIVEN);
    *family = tend_intake_first(run, row, TEND_FIELD_FAMILY);
    if (given->len == 0 && family->len == 0 && name->len > 0) {
        struct tend_text region = tend_intake_first(run, row, TEND_FIELD_REGION);

        tend_name_split_in(*name, region.len == 2 ? region : run->ask->region, given, family);
    }
}

static tend_status write_stage(struct tend_intake_run *run, tend_id person)
{
    const char *stage = tend_vocabulary_initial(run->desk->registry);
    struct tend_value row[TEND_N_stage_change] = {
        [TEND_C_stage_change_person] = tend_int(person),
        [TEND_C_stage_change_at] = tend_int(run->deed->now),
        [TEND_C_stage_change_known_at] = tend_int(run->deed->now),
        [TEND_C_stage_change_cause_kind] = tend_int(TEND_REF_IMPORT),
        [TEND_C_stage_change_cause_id] = tend_ref(run->out->import),
    };

    if (!stage)
        return TEND_OK;
    row[TEND_C_stage_change_track] =
        tend_str(tend_text_of(tend_vocabulary_primary(run->desk->registry)));
    row[TEND_C_stage_change_to_stage] = tend_str(tend_text_of(stage));
    row[TEND_C_stage_change_plugin] =
        tend_str(tend_text_of(tend_vocabulary_initial_by(run->desk->registry)));
    return tend_row_insert(run->desk->store, TEND_T_stage_change, row, NULL);
}

static void keep_uid(struct tend_text given, char uid[27])
{
    for (int64_t i = 0; i < given.len; i++)
        if (!given.at[i] || !strchr("0123456789ABCDEFGHJKMNPQRSTVWXYZ", given.at[i]))
            return;
    if (given.len == 26)
        memcpy(uid, given.at, 26);
}

tend_status tend_intake_add(struct tend_intake_run *run, const struct tend_intake_row *row,
                            tend_id *person)
{
    struct tend_text name, given, family;
    struct tend_value v[TEND_N_person] = {
        [TEND_C_person_keeper] = tend_ref(run->deed->actor),
        [TEND_C_person_source] = tend_str(tend_intake_origin(run, row)),
        [TEND_C_person_import] = tend_ref(run->out->import),
        [TEND_C_person_import_line] = tend_int(row->line),
        [TEND_C_person_known_at] = tend_int(run->deed->now),
    };
    char uid[27];
    tend_status status;

    tend_clock_uid(run->desk->clock, uid);
    if (run->ask->match && run->ask->on != TEND_ON_NEW) /* who they were in another database */
        keep_uid(tend_intake_first(run, row, TEND_FIELD_UID), uid);
    names_of(run, row, &name, &given, &family);
    v[TEND_C_person_uid] = tend_str((struct tend_text){ uid, 26 });
    v[TEND_C_person_name] = tend_str(name);
    v[TEND_C_person_given] = tend_str(given);
    v[TEND_C_person_family] = tend_str(family);
    v[TEND_C_person_zone] = tend_str(good_zone(run, tend_intake_first(run, row, TEND_FIELD_ZONE)));
    v[TEND_C_person_region] =
        tend_str(good_region(run, tend_intake_first(run, row, TEND_FIELD_REGION)));
    status = tend_row_insert(run->desk->store, TEND_T_person, v, person);
    for (int64_t i = row->first; i < row->first + row->n && status == TEND_OK; i++) {
        if (!said_before(run, row, i))
            status = write_value(run, *person, &run->values.at[i]);
    }
    if (status == TEND_OK)
        status = write_stage(run, *person);
    if (status == TEND_OK && run->ask->live)
        tend_deed_raise(run->deed, "person.added", *person, 0, run->deed->now, NULL);
    return status;
}

/* --- somebody who is known ---------------------------------------------- */

struct update {
    struct tend_intake_run *run;
    tend_id person;
    struct tend_known known;
    struct tend_buffer fields; /* what changed, comma separated */
    bool replace;              /* --on update */
};

static void changed_field(struct update *u, struct tend_text name)
{
    struct tend_text list = tend_buffer_text(&u->fields);

    if (list.len > 0 && tend_text_has_word(list, name))
        return;
    if (list.len > 0)
        tend_buffer_addc(&u->fields, ',');
    tend_buffer_add(&u->fields, name);
}

static tend_status has_point(struct update *u, const struct tend_intake_value *v, bool *has)
{
    struct tend_text kind = point_kind(v->field);

    for (int64_t i = 0; i < u->known.n_points && !*has; i++) {
        const struct tend_point_view *p = &u->known.points[i];
        struct tend_intake_value old = { .field = v->field, .value = p->value, .key = p->key };

        if (!tend_text_eq(p->kind, kind) || !same_value(&u->run->arena, &old, v))
            continue;
        *has = true;
        if (p->label.len > 0 || v->label.len == 0)
            continue;
        changed_field(u, kind);
        return tend_row_set(u->run->desk->store, TEND_T_contact_point, p->id,
                            TEND_C_contact_point_label, tend_str(v->label));
    }
    return TEND_OK;
}

static bool has_text(struct update *u, const struct tend_intake_value *v,
                     const struct tend_text *texts, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        struct tend_intake_value old = { .field = v->field, .value = texts[i] };

        if (same_value(&u->run->arena, &old, v))
            return true;
    }
    return false;
}

static bool has_attribute(const struct update *u, struct tend_text name, struct tend_text value)
{
    for (int64_t i = 0; i < u->known.n_attributes; i++) {
        if (tend_text_eq(u->known.attributes[i].name, name) &&
            tend_text_eq(u->known.attributes[i].value, value))
            return true;
    }
    return false;
}

/* The only value of this attribute in the row, and of this person: one is replaced by the
 * other. *id is 0 where there are several, or none. */
static tend_status single_attribute(struct update *u, const struct tend_intake_row *row,
                                    struct tend_text name, tend_id *id)
{
    struct tend_store *store = u->run->desk->store;
    tend_id *ids;
    int64_t n, same = 0;
    tend_status status;

    *id = 0;
    for (int64_t i = row->first; i < row->first + row->n; i++) {
        const struct tend_intake_value *v = &u->run->values.at[i];

        same += v->field == TEND_FIELD_ATTRIBUTE && tend_text_eq(v->name, name);
    }
    if (same != 1)
        return TEND_OK;
    status = tend_rows_of(store, TEND_T_attribute, u->person, &u->run->arena, &ids, &n);
    same = 0;
    for (int64_t i = 0; i < n && status == TEND_OK; i++) {
        struct tend_value old[TEND_N_attribute];

        status = tend_row_read(store, TEND_T_attribute, ids[i], &u->run->arena, old, NULL);
        if (status != TEND_OK || !tend_text_eq(old[TEND_C_attribute_name].t, name))
            continue;
        *id = same++ == 0 ? ids[i] : 0;
    }
    return status;
}

static tend_status replace_attribute(struct update *u, const struct tend_intake_row *row,
                                     const struct tend_intake_value *v, bool *done)
{
    tend_id id;
    tend_status status = single_attribute(u, row, v->name, &id);

    *done = status == TEND_OK && id != 0;
    if (!*done)
        return status;
    changed_field(u, v->name);
    return tend_row_set(u->run->desk->store, TEND_T_attribute, id, TEND_C_attribute_value,
                        tend_str(v->value));
}

static tend_status update_value(struct update *u, const struct tend_intake_row *row,
                                const struct tend_intake_value *v)
{
    struct tend_text name = v->name;
    bool has = false;
    tend_status status = TEND_OK;

    if (is_point(v->field)) {
        status = has_point(u, v, &has);
        name = point_kind(v->field);
    } else if (v->field == TEND_FIELD_TAG) {
        has = has_text(u, v, u->known.tags, u->known.n_tags);
        name = TEND_TEXT("tag");
    } else if (v->field == TEND_FIELD_NOTE) {
        has = has_text(u, v, u->known.notes, u->known.n_notes);
        name = TEND_TEXT("note");
    } else if (v->field == TEND_FIELD_ATTRIBUTE) {
        has = has_attribute(u, v->name, v->value);
        if (!has && u->replace)
            status = replace_attribute(u, row, v, &has);
    } else {
        return TEND_OK;
    }
    if (status != TEND_OK || has)
        return status;
    changed_field(u, name);
    return write_value(u->run, u->person, v);
}

/* A column of the person that is empty until now, or is to be as the file says. */
static void fill(struct update *u, struct tend_value *values, uint64_t *mask, int32_t column,
                 struct tend_text old, struct tend_text value, struct tend_text name)
{
    if (value.len == 0 || (u->replace ? tend_text_eq(old, value) : old.len > 0))
        return;
    values[column] = tend_str(value);
    *mask |= UINT64_C(1) << column;
    changed_field(u, name);
}

/* Empty columns are filled; a name that differs is kept beside the old one, unless it
 * replaces that. */
static tend_status update_columns(struct update *u, const struct tend_intake_row *row)
{
    struct tend_intake_run *run = u->run;
    struct tend_value v[TEND_N_person] = { 0 };
    struct tend_text name, given, family, zone = { "", 0 };
    uint64_t mask = 0;

    names_of(run, row, &name, &given, &family);
    if (!u->replace && name.len > 0 && u->known.name.len > 0 &&
        !tend_text_eq(tend_text_fold(&run->arena, name),
                      tend_text_fold(&run->arena, u->known.name))) {
        struct tend_intake_value also = { .field = TEND_FIELD_ATTRIBUTE,
                                          .name = TEND_TEXT("name.also"),
                                          .value = name };
        tend_status status = update_value(u, row, &also);

        if (status != TEND_OK)
            return status;
    }
    if (u->known.zone.len == 0 || u->replace)
        zone = good_zone(run, tend_intake_first(run, row, TEND_FIELD_ZONE));
    fill(u, v, &mask, TEND_C_person_name, u->known.name, name, TEND_TEXT("name"));
    if (u->replace || u->known.name.len == 0 ||
        u->known.given.len + u->known.family.len == 0) {
        fill(u, v, &mask, TEND_C_person_given, u->known.given, given, TEND_TEXT("given"));
        fill(u, v, &mask, TEND_C_person_family, u->known.family, family, TEND_TEXT("family"));
    }
    fill(u, v, &mask, TEND_C_person_zone, u->known.zone, zone, TEND_TEXT("zone"));
    fill(u, v, &mask, TEND_C_person_region, u->known.region,
         good_region(run, tend_intake_first(run, row, TEND_FIELD_REGION)), TEND_TEXT("region"));
    return mask ? tend_row_update(run->desk->store, TEND_T_person, u->person, mask, v) : TEND_OK;
}

/* So that `why` can say which rows told of somebody. */
static tend_status write_row(struct tend_intake_run *run, const struct tend_intake_row *row,
                             tend_id person)
{
    struct tend_value v[TEND_N_import_row] = {
        [TEND_C_import_row_person] = tend_int(person),
        [TEND_C_import_row_import] = tend_ref(run->out->import),
        [TEND_C_import_row_line] = tend_int(row->line),
        [TEND_C_import_row_matched] = tend_str(tend_text_of(run->matched)),
    };

    return tend_row_insert(run->desk->store, TEND_T_import_row, v, NULL);
}

tend_status tend_intake_update(struct tend_intake_run *run, const struct tend_intake_row *row,
                               tend_id person, bool *changed)
{
    struct update u = { .run = run, .person = person, .replace = run->ask->on == TEND_ON_UPDATE };
    const struct tend_known *known;
    tend_status status = tend_intake_of(run, person, &known);

    if (status == TEND_OK) {
        u.known = *known;
        status = update_columns(&u, row);
    }
    for (int64_t i = row->first; i < row->first + row->n && status == TEND_OK; i++) {
        if (!said_before(run, row, i))
            status = update_value(&u, row, &run->values.at[i]);
    }
    *changed = u.fields.len > 0;
    if (status == TEND_OK && *changed)
        status = write_row(run, row, person);
    if (status == TEND_OK && *changed && run->ask->live)
        tend_deed_raise(run->deed, "person.changed", person, 0, run->deed->now,
                        tend_arena_str(&run->deed->arena, tend_buffer_text(&u.fields)));
    tend_buffer_finish(&u.fields);
    return status;
}
