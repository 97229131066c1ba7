/* People by hand: added, changed, tagged, noted, linked. */
#include "desk/people.h"
#include "desk/apply.h"
#include "desk/field.h"
#include "desk/limit.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"
#include <stdio.h>

tend_status tend_person_there(struct tend_desk *desk, tend_id person)
{
    bool there;
    tend_status status = tend_rows_person(desk->store, person, &there);

    if (status == TEND_OK && !there)
        return tend_error_set(desk->err, TEND_NOT_FOUND, "there is no person p%lld",
                              (long long)person);
    return status;
}

/* "Lee, Ann" is how lists are sorted; people are called Ann Lee. */
static tend_status insert(struct tend_desk *desk, struct tend_deed *deed, struct tend_text name,
                          tend_id *person, struct tend_text *called)
{
    struct tend_value v[TEND_N_person] = { 0 };
    struct tend_text given, family;
    char uid[27];

    tend_name_split(name, &given, &family);
    name = tend_name_turned(&deed->arena, name);
    *called = name;
    tend_clock_uid(desk->clock, uid);
    v[TEND_C_person_uid] = tend_str(tend_text_of(uid));
    v[TEND_C_person_name] = tend_str(name);
    v[TEND_C_person_given] = tend_str(given);
    v[TEND_C_person_family] = tend_str(family);
    v[TEND_C_person_keeper] = tend_ref(deed->actor);
    v[TEND_C_person_known_at] = tend_int(deed->now);
    return tend_row_insert(desk->store, TEND_T_person, v, person);
}

tend_status tend_desk_me(struct tend_desk *desk, struct tend_deed *deed, struct tend_text name)
{
    char id[24];
    tend_id me;
    tend_status status;

    if (tend_store_me(desk->store))
        return TEND_OK;
    name = tend_text_trim(name);
    status = insert(desk, deed, name.len ? name : TEND_TEXT("me"), &me, &name);
    if (status != TEND_OK)
        return status;
    snprintf(id, sizeof id, "%lld", (long long)me);
    status = tend_meta_set(desk->store, "me", tend_text_of(id));
    deed->actor = me;
    return status;
}

static tend_status check_all(struct tend_desk *desk, const struct tend_field *fields, int64_t n)
{
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < n; i++)
        status = tend_field_check(desk, &fields[i]);
    return status;
}

/* Has somebody one of these contact points? */
static tend_status find_known(struct tend_desk *desk, struct tend_deed *deed,
                              const struct tend_field *fields, int64_t n, tend_id *known)
{
    struct tend_text region = { "", 0 };

    for (int64_t i = 0; i < n; i++)
        if (tend_text_is(fields[i].name, "region"))
            region = tend_text_trim(fields[i].value);
    for (int64_t i = 0; i < n; i++) {
        struct tend_text value = tend_text_trim(fields[i].value), key = { "", 0 }, name;
        tend_status status;

        if ((!tend_text_is(fields[i].name, "email") && !tend_text_is(fields[i].name, "phone")) ||
            value.len == 0 || fields[i].how == TEND_ASSIGN_REMOVE)
            continue;
        status = tend_field_keys(desk, 0, region, fields[i].name, 1, &value, &key, &deed->arena);
        if (status != TEND_OK)
            return status;
        *known = tend_person_by_key(desk->store, fields[i].name, key);
        if (!*known)
            continue;
        name = tend_person_name(desk->store, *known, &deed->arena);
        tend_error_set(desk->err, TEND_EXISTS, "p%lld %.*s has that %.*s", (long long)*known,
                       TEND_FMT(name), TEND_FMT(fields[i].name));
        tend_error_cure(desk->err, "show p%lld", (long long)*known);
        return TEND_EXISTS;
    }
    return TEND_OK;
}

/* The fields with the name that was typed before them, so that given= and
 * family= do not make another. */
static const struct tend_field *with_name(struct tend_deed *deed, struct tend_text name,
                                          const struct tend_field *fields, int64_t *n)
{
    struct tend_field *all = tend_arena_take(&deed->arena, (size_t)(*n + 1) * sizeof *all);

    all[0] = (struct tend_field){ TEND_TEXT("name"), name, { "", 0 }, TEND_ASSIGN_SET };
    for (int64_t i = 0; i < *n; i++) {
        if (tend_text_is(fields[i].name, "name"))
            return fields;
        all[i + 1] = fields[i];
    }
    ++*n;
    return all;
}

tend_status tend_person_add(struct tend_desk *desk, struct tend_deed *deed, struct tend_text name,
                            const struct tend_field *fields, int64_t n, bool another,
                            tend_id *person, tend_id *known)
{
    int64_t outcomes = deed->outcome.n;
    struct tend_text called;
    bool changed;
    tend_status status = check_all(desk, fields, n);

    *person = 0;
    *known = 0;
    name = tend_text_trim(name);
    if (status == TEND_OK && name.len == 0)
        status = tend_error_set(desk->err, TEND_INVALID, "a person needs a name");
    if (status == TEND_OK && !tend_text_valid(name))
        status = tend_error_set(desk->err, TEND_INVALID, "the name is not UTF-8");
    if (status == TEND_OK)
        status = tend_limit_name(desk, "a name", name);
    if (status == TEND_OK && !another)
        status = find_known(desk, deed, fields, n, known);
    if (status == TEND_OK)
        status = insert(desk, deed, name, person, &called);
    if (status == TEND_OK) {
        fields = with_name(deed, called, fields, &n);
        status = tend_field_apply(desk, deed, *person, fields, n, NULL, &changed);
    }
    if (status != TEND_OK)
        return status;
    deed->outcome.n = outcomes;     /* what it came with is told with the person */
    tend_deed_tell(deed, &(struct tend_outcome){
        .effect = "person", .kind = TEND_REF_PERSON, .id = *person, .person = *person,
        .title = tend_arena_str(&deed->arena, name), .wall = -1 });
    tend_deed_raise(deed, "person.added", *person, 0, 0, NULL);
    return tend_pipeline_initial(desk, deed, *person, true);
}

static bool listed(struct tend_text list, struct tend_text name)
{
    return tend_text_has_word(list, name);
}

tend_status tend_person_set(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            const struct tend_field *fields, int64_t n)
{
    struct tend_buffer names = { 0 };
    bool changed = false;
    tend_status status = check_all(desk, fields, n);

    if (status == TEND_OK)
        status = tend_person_there(desk, person);
    if (status == TEND_OK)
        status = tend_field_apply(desk, deed, person, fields, n, NULL, &changed);
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        if (listed(tend_buffer_text(&names), fields[i].name))
            continue;
        if (names.len > 0)
            tend_buffer_addc(&names, ',');
        tend_buffer_add(&names, fields[i].name);
    }
    if (status == TEND_OK && changed)
        tend_deed_raise(deed, "person.changed", person, 0, 0, names.at);
    tend_buffer_finish(&names);
    return status;
}

tend_status tend_tag_apply(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                           struct tend_text tag, bool on, const char *plugin, bool *changed)
{
    struct tend_field field = { TEND_TEXT("tag"), tag, { "", 0 },
                                on ? TEND_ASSIGN_ADD : TEND_ASSIGN_REMOVE };
    tend_status status = tend_field_check(desk, &field);

    *changed = false;
    return status == TEND_OK
               ? tend_field_apply(desk, deed, person, &field, 1, plugin, changed)
               : status;
}

tend_status tend_person_tag(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            struct tend_text tag, bool on)
{
    bool changed = false;
    tend_status status = tend_person_there(desk, person);

    if (status == TEND_OK)
        status = tend_tag_apply(desk, deed, person, tag, on, NULL, &changed);
    if (status == TEND_OK && changed)
        tend_deed_raise(deed, "person.changed", person, 0, 0, "tag");
    return status;
}

tend_status tend_note_write(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            struct tend_text text, const char *plugin, tend_id *note)
{
    struct tend_value v[TEND_N_note] = {
        [TEND_C_note_person] = tend_int(person),
        [TEND_C_note_text] = tend_str(text),
        [TEND_C_note_at] = tend_int(deed->now),
        [TEND_C_note_known_at] = tend_int(deed->now),
    };
    tend_status status = tend_row_insert(desk->store, TEND_T_note, v, note);

    if (status == TEND_OK)
        tend_deed_tell(deed, &(struct tend_outcome){
            .effect = "note", .kind = TEND_REF_NOTE, .id = *note, .person = person,
            .plugin = plugin, .title = tend_arena_str(&deed->arena, text), .wall = -1 });
    return status;
}

tend_status tend_person_note(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             struct tend_text text, tend_id *note)
{
    tend_status status = tend_person_there(desk, person);

    *note = 0;
    text = tend_text_trim(text);
    if (status == TEND_OK && (text.len == 0 || !tend_text_valid(text)))
        return tend_error_set(desk->err, TEND_INVALID, "a note needs a text, in UTF-8");
    if (status == TEND_OK)
        status = tend_limit_text(desk, "a note", text);
    return status == TEND_OK ? tend_note_write(desk, deed, person, text, NULL, note) : status;
}
