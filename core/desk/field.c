/* Which fields a person has, and whether a value can be one of them. */
#include "desk/field.h"
#include "base/utf8.h"
#include "desk/limit.h"
#include "desk/normal.h"
#include "desk/region.h"
#include "store/ops_person.h"
#include <stdio.h>

static const struct tend_field_info fields[] = {
    { "name", TEND_FIELD_OWN, TEND_C_person_name },
    { "given", TEND_FIELD_OWN, TEND_C_person_given },
    { "family", TEND_FIELD_OWN, TEND_C_person_family },
    { "zone", TEND_FIELD_OWN, TEND_C_person_zone },
    { "region", TEND_FIELD_OWN, TEND_C_person_region },
    { "source", TEND_FIELD_OWN, TEND_C_person_source },
    { "keeper", TEND_FIELD_OWN, TEND_C_person_keeper },
    { "email", TEND_FIELD_POINT, 0 },
    { "phone", TEND_FIELD_POINT, 0 },
    { "url", TEND_FIELD_POINT, 0 },
    { "address", TEND_FIELD_POINT, 0 },
    { "tag", TEND_FIELD_TAG, 0 },
    { "role", TEND_FIELD_ROLE, 0 },
    { "interest", TEND_FIELD_ATTRIBUTE, 0 },
    { "organisation", TEND_FIELD_ATTRIBUTE, 0 },
    { "title", TEND_FIELD_ATTRIBUTE, 0 },
    { "birthday", TEND_FIELD_ATTRIBUTE, 0 },
    { "anniversary", TEND_FIELD_ATTRIBUTE, 0 },
    { "joined", TEND_FIELD_ATTRIBUTE, 0 },
    { "rank", TEND_FIELD_ATTRIBUTE, 0 },
    { "met_how", TEND_FIELD_ATTRIBUTE, 0 },
    { "quiet", TEND_FIELD_ATTRIBUTE, 0 },
    { "hours", TEND_FIELD_ATTRIBUTE, 0 },
};
#define N_FIELDS ((int64_t)(sizeof fields / sizeof *fields))

static const struct tend_field_info dotted = { NULL, TEND_FIELD_ATTRIBUTE, 0 };

static bool is_dotted(struct tend_text name)
{
    bool dot = false;

    if (name.len > 100)
        return false;
    for (int64_t i = 0; i < name.len; i++) {
        char c = name.at[i];

        if (c == '.') {
            if (i == 0 || i == name.len - 1 || name.at[i - 1] == '.')
                return false;
            dot = true;
        } else if ((unsigned char)c <= ' ' || c == '=' || c == ':' || c == ',' || c == '"') {
            return false;
        }
    }
    return dot && tend_text_valid(name);
}

const struct tend_field_info *tend_field_find(struct tend_text name)
{
    for (int64_t i = 0; i < N_FIELDS; i++)
        if (tend_text_is(name, fields[i].name))
            return &fields[i];
    return is_dotted(name) ? &dotted : NULL;
}

const char *const *tend_field_names(void)
{
    static const char *names[N_FIELDS + 1];

    if (!names[0])
        for (int64_t i = 0; i < N_FIELDS; i++)
            names[i] = fields[i].name;
    return names;
}

tend_status tend_field_keys(struct tend_desk *desk, tend_id person, struct tend_text region,
                            struct tend_text kind, int64_t n, const struct tend_text *values,
                            struct tend_text *keys, struct tend_arena *arena)
{
    struct tend_text *regions = tend_arena_take(arena, (size_t)(n + 1) * sizeof *regions);
    struct tend_value v[TEND_N_person];
    tend_status status = TEND_OK;

    if (region.len == 0 && person) {
        status = tend_row_read(desk->store, TEND_T_person, person, arena, v, NULL);
        if (status == TEND_OK)
            region = v[TEND_C_person_region].t;
    }
    if (status == TEND_OK && region.len == 0)
        status = tend_meta_get(desk->store, "region", arena, &region);
    for (int64_t i = 0; i < n; i++)
        regions[i] = region;
    if (status == TEND_OK)
        status = tend_normal_keys(desk, kind, n, values, regions, keys, arena);
    return status;
}

tend_id tend_field_person(struct tend_desk *desk, struct tend_text value)
{
    int64_t id;

    value = tend_text_trim(value);
    if (tend_text_is(value, "me"))
        return tend_store_me(desk->store);
    if (value.len > 1 && value.at[0] == 'p')
        value = (struct tend_text){ value.at + 1, value.len - 1 };
    return tend_text_int(value, &id) && id > 0 ? id : 0;
}

static tend_status check_zone(struct tend_desk *desk, struct tend_text value)
{
    const struct tend_zone *zone;
    char name[64] = "";

    if (value.len >= (int64_t)sizeof name)
        return tend_error_set(desk->err, TEND_INVALID, "that is no time zone; write it as "
                                                       "Europe/Vienna");
    memcpy(name, value.at, (size_t)value.len);
    if (tend_zone_open(name, &zone, desk->err) == TEND_OK)
        return TEND_OK;
    desk->err->code = TEND_INVALID;
    return TEND_INVALID;
}

static tend_status check_email(struct tend_desk *desk, struct tend_text value)
{
    struct tend_text part;
    const char *why = tend_normal_email_why(value, &part);

    if (!why)
        return TEND_OK;
    return tend_error_set(desk->err, TEND_INVALID, "\"%.*s\" is no e-mail address: %s",
                          TEND_FMT(tend_text_clip(value, 60)), why);
}

static tend_status check_phone(struct tend_desk *desk, struct tend_text value)
{
    int64_t digits = 0, pos = 0;
    bool several = false;

    while (pos < value.len) {
        int32_t code = tend_utf8_next(value, &pos);

        several = several || code == ',' || code == ';';
        digits += (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19) ||
                  (code >= 0x660 && code <= 0x669) || (code >= 0x6F0 && code <= 0x6F9);
    }
    if (several) {
        tend_error_set(desk->err, TEND_INVALID, "\"%.*s\" is not one phone number: give each by "
                       "itself", TEND_FMT(tend_text_clip(value, 60)));
        tend_error_cure(desk->err, "phone=ONE phone+=ANOTHER");
        return TEND_INVALID;
    }
    if (digits >= 3)
        return TEND_OK;
    return tend_error_set(desk->err, TEND_INVALID, "\"%.*s\" is no phone number",
                          TEND_FMT(tend_text_clip(value, 60)));
}

/* Somebody's own quiet hours, and the times that are good for them. */
static tend_status check_times(struct tend_desk *desk, const struct tend_field *field,
                               struct tend_text value)
{
    struct tend_hours hours;

    if (field->how != TEND_ASSIGN_SET)
        return tend_error_set(desk->err, TEND_INVALID, "%.*s has one value: use %.*s=",
                              TEND_FMT(field->name), TEND_FMT(field->name));
    return tend_hours_parse(value, &hours, desk->err);
}

static tend_status check_own(struct tend_desk *desk, const struct tend_field *field,
                             const struct tend_field_info *info, struct tend_text value)
{
    if (field->how != TEND_ASSIGN_SET)
        return tend_error_set(desk->err, TEND_INVALID, "%s has one value: use %s=", info->name,
                              info->name);
    if (value.len == 0)
        return info->column == TEND_C_person_name
                   ? tend_error_set(desk->err, TEND_INVALID, "a person needs a name")
                   : TEND_OK;
    if (info->column == TEND_C_person_zone)
        return check_zone(desk, value);
    if (info->column == TEND_C_person_region &&
        (value.len != 2 || !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", value.at[0] & ~0x20) ||
         !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", value.at[1] & ~0x20)))
        return tend_error_set(desk->err, TEND_INVALID,
                              "a region is the two letters of a country, such as AT");
    if (info->column == TEND_C_person_region && !tend_region_find(value))
        return tend_error_set(desk->err, TEND_INVALID, "there is no country %.*s",
                              TEND_FMT(value));
    if (info->column == TEND_C_person_keeper && !tend_field_person(desk, value))
        return tend_error_set(desk->err, TEND_INVALID,
                              "a keeper is a person: me, or an id such as p12");
    return TEND_OK;
}

/* "1984-02-29", or "--02-29" when the year is not known. */
static tend_status check_day(struct tend_desk *desk, const struct tend_field *field,
                             struct tend_text value)
{
    char whole[16];
    int64_t day;

    if (tend_date_parse(value, &day))
        return TEND_OK;
    if (value.len == 7 && value.at[0] == '-' && value.at[1] == '-') {
        snprintf(whole, sizeof whole, "2000-%.5s", value.at + 2);   /* a leap year */
        if (tend_date_parse(tend_text_of(whole), &day))
            return TEND_OK;
    }
    return tend_error_set(desk->err, TEND_INVALID,
                          "%.*s is a day such as 1984-02-29, or --02-29 if the year is not "
                          "known, not \"%.*s\"", TEND_FMT(field->name),
                          TEND_FMT(tend_text_clip(value, 40)));
}

tend_status tend_field_check(struct tend_desk *desk, const struct tend_field *field)
{
    const struct tend_field_info *info = tend_field_find(field->name);
    struct tend_text value = tend_text_trim(field->value);
    const char *near;
    tend_status status;

    if (!info) {
        near = tend_text_nearest(field->name, tend_field_names());
        return tend_error_set(desk->err, TEND_INVALID,
                              "there is no field \"%.*s\"%s%s%s (a field of your own has a dot in "
                              "its name)",
                              TEND_FMT(tend_text_clip(field->name, 60)),
                              near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    }
    if (!tend_text_valid(value))
        return tend_error_set(desk->err, TEND_INVALID, "the value of %.*s is not UTF-8",
                              TEND_FMT(field->name));
    status = info->kind == TEND_FIELD_ATTRIBUTE || info->kind == TEND_FIELD_POINT
                 ? tend_limit_text(desk, "a value", value)
                 : tend_limit_name(desk, info->kind == TEND_FIELD_TAG ? "a tag" : "that", value);
    if (status != TEND_OK)
        return status;
    if (info->kind == TEND_FIELD_OWN)
        return check_own(desk, field, info, value);
    if (tend_text_is(field->name, "quiet") || tend_text_is(field->name, "hours"))
        return check_times(desk, field, value);
    if (value.len == 0 && field->how != TEND_ASSIGN_SET)
        return tend_error_set(desk->err, TEND_INVALID, "%.*s needs a value",
                              TEND_FMT(field->name));
    if (value.len == 0 || field->how == TEND_ASSIGN_REMOVE)
        return TEND_OK;
    if (tend_text_is(field->name, "email"))
        return check_email(desk, value);
    if (tend_text_is(field->name, "phone"))
        return check_phone(desk, value);
    if (tend_text_is(field->name, "birthday") || tend_text_is(field->name, "anniversary") ||
        tend_text_is(field->name, "joined"))
        return check_day(desk, field, value);
    if (info->kind == TEND_FIELD_TAG && memchr(value.at, ',', (size_t)value.len))
        return tend_error_set(desk->err, TEND_INVALID, "a tag has no comma: give each by itself");
    return TEND_OK;
}
