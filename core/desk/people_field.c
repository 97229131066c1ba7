/* Fields of a person are set, by a command or by a plugin's effect. */
#include "desk/apply.h"
#include "desk/field.h"
#include "desk/schedule.h"
#include "store/ops_person.h"

#define BIT(column) (UINT64_C(1) << TEND_C_person_##column)

struct setting {
    struct tend_desk *desk;
    struct tend_deed *deed;
    tend_id person;
    const char *plugin;
    struct tend_arena arena;
    struct tend_value v[TEND_N_person];
    uint64_t mask;
    struct tend_text given, family; /* as they were */
};

static void put(struct setting *s, int32_t column, struct tend_value value)
{
    struct tend_value *old = &s->v[column];

    if (old->type == value.type && old->i == value.i &&
        (value.type != TEND_STR || tend_text_eq(old->t, value.t)))
        return;
    *old = value;
    s->mask |= UINT64_C(1) << column;
}

static struct tend_text upper(struct tend_arena *arena, struct tend_text text)
{
    char *out = tend_arena_str(arena, text);

    for (char *c = out; *c; c++)
        if (*c >= 'a' && *c <= 'z')
            *c = (char)(*c - 0x20);
    return tend_text_of(out);
}

static tend_status set_own(struct setting *s, const struct tend_field_info *info,
                           struct tend_text value)
{
    uint64_t before = s->mask;

    s->mask = 0;
    if (info->column == TEND_C_person_keeper) {
        tend_id keeper = value.len ? tend_field_person(s->desk, value) : 0;
        tend_status status = keeper ? tend_person_there(s->desk, keeper) : TEND_OK;

        if (status != TEND_OK)
            return status;
        put(s, info->column, tend_ref(keeper));
    } else {
        put(s, info->column,
            tend_str(info->column == TEND_C_person_region ? upper(&s->arena, value) : value));
    }
    if (s->mask)
        tend_deed_tell(s->deed, &(struct tend_outcome){
            .effect = "set", .kind = TEND_REF_PERSON, .id = s->person, .person = s->person,
            .plugin = s->plugin, .wall = -1,
            .title = tend_arena_printf(&s->arena, "%s = %.*s", info->name, TEND_FMT(value)) });
    s->mask |= before;
    return TEND_OK;
}

/* The name with one part replaced; false if that was not in it. */
static bool replace(struct setting *s, struct tend_text *name, struct tend_text was,
                    struct tend_text now)
{
    if (tend_text_eq(was, now))
        return true;
    for (int64_t i = 0; was.len > 0 && now.len > 0 && i + was.len <= name->len; i++) {
        struct tend_text before = { name->at, i };
        struct tend_text behind = { name->at + i + was.len, name->len - i - was.len };

        if (memcmp(name->at + i, was.at, (size_t)was.len) != 0)
            continue;
        *name = tend_text_of(tend_arena_printf(&s->arena, "%.*s%.*s%.*s", TEND_FMT(before),
                                               TEND_FMT(now), TEND_FMT(behind)));
        return true;
    }
    return false;
}

/* A name follows its parts, and the parts follow a name, where only one of
 * them was given. */
static void keep_names(struct setting *s, uint64_t given_mask)
{
    bool name = given_mask & BIT(name), parts = given_mask & (BIT(given) | BIT(family));
    struct tend_text given, family;

    if (name && !parts) {
        tend_name_split(s->v[TEND_C_person_name].t, &given, &family);
        put(s, TEND_C_person_given, tend_str(given));
        put(s, TEND_C_person_family, tend_str(family));
    } else if (parts && !name) {
        struct tend_text whole = s->v[TEND_C_person_name].t;

        given = s->v[TEND_C_person_given].t;
        family = s->v[TEND_C_person_family].t;
        /* a title or a middle name stays where it is */
        if (!replace(s, &whole, s->given, given) || !replace(s, &whole, s->family, family))
            whole = tend_text_of(tend_arena_printf(&s->arena, "%.*s%s%.*s", TEND_FMT(given),
                                                   given.len && family.len ? " " : "",
                                                   TEND_FMT(family)));
        if (whole.len > 0)
            put(s, TEND_C_person_name, tend_str(whole));
    }
}

/* The row is looked at only for what stands in it; whoever calls knows that it is there. */
static tend_status read_own(struct setting *s, const struct tend_field *fields, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        const struct tend_field_info *info = tend_field_find(fields[i].name);

        if (info && info->kind == TEND_FIELD_OWN)
            return tend_row_read(s->desk->store, TEND_T_person, s->person, &s->arena, s->v, NULL);
    }
    return TEND_OK;
}

static tend_status set_all(struct setting *s, const struct tend_field *fields, int64_t n,
                           bool *changed)
{
    uint64_t given = 0;
    tend_status status = read_own(s, fields, n);

    s->given = s->v[TEND_C_person_given].t;
    s->family = s->v[TEND_C_person_family].t;
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        const struct tend_field_info *info = tend_field_find(fields[i].name);

        if (!info || info->kind != TEND_FIELD_OWN)
            continue;
        given |= UINT64_C(1) << info->column;
        status = set_own(s, info, tend_text_trim(fields[i].value));
    }
    if (status != TEND_OK)
        return status;
    if (given & (BIT(name) | BIT(given) | BIT(family)))
        keep_names(s, given);
    if (s->mask) {
        *changed = true;
        status = tend_row_update(s->desk->store, TEND_T_person, s->person, s->mask, s->v);
    }
    if (status == TEND_OK && (s->mask & BIT(zone)))
        status = tend_schedule_move(s->desk, s->person, &(int64_t){ 0 });
    /* after a region that was set: keys of phone numbers come from it */
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        const struct tend_field_info *info = tend_field_find(fields[i].name);

        if (info && info->kind != TEND_FIELD_OWN)
            status = tend_field_many(s->desk, s->deed, s->person, info, fields, n, i, s->plugin,
                                     changed);
    }
    return status;
}

tend_status tend_field_apply(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             const struct tend_field *fields, int64_t n, const char *plugin,
                             bool *changed)
{
    struct setting s = { .desk = desk, .deed = deed, .person = person, .plugin = plugin };
    tend_status status;

    *changed = false;
    status = set_all(&s, fields, n, changed);
    tend_arena_finish(&s.arena);
    return status;
}
