/* Names of an import as people are called: "LEE, ANN" becomes Ann Lee, before
 * anybody is looked for by name. What was typed is kept beside. */
#include "desk/intake_parts.h"
#include "desk/people.h"

static bool is_name(const struct tend_intake_value *v)
{
    return v->field == TEND_FIELD_NAME || v->field == TEND_FIELD_GIVEN ||
           v->field == TEND_FIELD_FAMILY;
}

/* Given and family name are told by each other: ANN, LEE; but not Ann, DJ. */
static bool is_one_case(struct tend_intake_run *run, const struct tend_intake_row *row)
{
    struct tend_text name = tend_intake_first(run, row, TEND_FIELD_NAME);
    struct tend_text given = tend_intake_first(run, row, TEND_FIELD_GIVEN);
    struct tend_text family = tend_intake_first(run, row, TEND_FIELD_FAMILY);

    if (given.len + family.len > 0)
        name = tend_text_of(tend_arena_printf(&run->arena, "%.*s %.*s", TEND_FMT(given),
                                              TEND_FMT(family)));
    return tend_name_one_case(name);
}

/* whole: the row has the whole name too, which keeps what was typed. */
static void repair(struct tend_intake_run *run, struct tend_intake_value *v, bool one_case,
                   bool whole)
{
    struct tend_text typed = v->value;

    if (v->field == TEND_FIELD_NAME)
        v->value = tend_name_turned(&run->arena, v->value);
    if (one_case)
        v->value = tend_name_recased(&run->arena, v->value, v->field == TEND_FIELD_FAMILY);
    if (!tend_text_eq(v->value, typed) && (v->field == TEND_FIELD_NAME || !whole))
        v->typed = typed;
}

/* Most names are fine: told by the first word, Ann. */
static bool may_be_odd(struct tend_text name)
{
    const unsigned char *at = (const unsigned char *)name.at;

    if (name.len < 3 || memchr(name.at, ',', (size_t)name.len))
        return true;
    return !(at[0] >= 'A' && at[0] <= 'Z' && at[1] >= 'a' && at[1] <= 'z');
}

void tend_intake_names(struct tend_intake_run *run)
{
    for (int64_t r = 0; r < run->rows.n; r++) {
        const struct tend_intake_row *row = &run->rows.at[r];
        bool odd = false, one_case, whole;

        for (int64_t i = row->first; i < row->first + row->n && !odd; i++)
            odd = is_name(&run->values.at[i]) && may_be_odd(run->values.at[i].value);
        if (!odd)
            continue;
        one_case = is_one_case(run, row);
        whole = tend_intake_first(run, row, TEND_FIELD_NAME).len > 0;
        for (int64_t i = row->first; i < row->first + row->n; i++)
            if (is_name(&run->values.at[i]))
                repair(run, &run->values.at[i], one_case, whole);
    }
}
