/* Dates of an import: what 3/4/1990 means is told by the other dates of the
 * field, else by the region; where neither tells, it stays as typed and is said. */
#include "base/date.h"
#include "desk/intake_parts.h"

static const char *const fields[TEND_INTAKE_DATES] = { "birthday", "anniversary", "joined" };

static int32_t date_field(const struct tend_intake_value *v)
{
    if (v->field != TEND_FIELD_ATTRIBUTE || v->name.len < 6 || v->name.len > 11)
        return -1;
    for (int32_t i = 0; i < TEND_INTAKE_DATES; i++)
        if (tend_text_is(v->name, fields[i]))
            return i;
    return -1;
}

/* What the values of the block tell of their field, for the whole file. */
static void learn(struct tend_intake_run *run)
{
    for (int64_t i = 0; i < run->values.n; i++) {
        int32_t f = date_field(&run->values.at[i]);
        enum tend_date_order tells;

        if (f < 0)
            continue;
        tells = tend_date_tells(run->values.at[i].value);
        if (tells == TEND_DATE_UNKNOWN)
            continue;
        if (run->dates[f].order != TEND_DATE_UNKNOWN && run->dates[f].order != tells)
            run->dates[f].both = true;
        run->dates[f].order = tells;
    }
}

static enum tend_date_order order_of(const struct tend_intake_run *run,
                                     const struct tend_intake_row *row, int32_t f)
{
    struct tend_text region = tend_intake_first(run, row, TEND_FIELD_REGION);

    if (run->dates[f].both)
        return TEND_DATE_UNKNOWN;
    if (run->dates[f].order != TEND_DATE_UNKNOWN)
        return run->dates[f].order;
    return tend_date_of_region(region.len == 2 ? region : run->region);
}

static void leave(struct tend_intake_run *run, struct tend_intake_date *date,
                  enum tend_date_is is, struct tend_text value)
{
    date->unsure += is == TEND_DATE_UNSURE;
    date->serial += is == TEND_DATE_SERIAL;
    date->none += is == TEND_DATE_NONE;
    if (!date->example)
        date->example = tend_arena_str(&run->deed->arena, tend_text_clip(value, 40));
}

static void convert(struct tend_intake_run *run, const struct tend_intake_row *row, int32_t f,
                    struct tend_intake_value *v)
{
    int64_t today = run->deed->now / (24 * TEND_HOUR);
    char iso[TEND_DATE_ISO];
    enum tend_date_is is = tend_date_read(v->value, TEND_DATE_UNKNOWN, today, iso);

    if (is == TEND_DATE_UNSURE) {
        enum tend_date_order order = order_of(run, row, f);

        is = tend_date_read(v->value, order, today, iso);
        run->dates[f].read[order] += is == TEND_DATE_READ;
    }
    if (is != TEND_DATE_READ) {
        leave(run, &run->dates[f], is, v->value);
    } else if (!tend_text_is(v->value, iso)) {
        v->typed = v->value;
        v->value = tend_arena_text(&run->arena, tend_text_of(iso));
    }
}

void tend_intake_dates(struct tend_intake_run *run)
{
    learn(run);
    for (int64_t r = 0; r < run->rows.n; r++) {
        const struct tend_intake_row *row = &run->rows.at[r];

        for (int64_t i = row->first; i < row->first + row->n; i++) {
            int32_t f = date_field(&run->values.at[i]);

            if (f >= 0)
                convert(run, row, f, &run->values.at[i]);
        }
    }
}

static void tell_left(struct tend_intake_run *run, const char *field,
                      const struct tend_intake_date *date)
{
    int64_t left = date->unsure + date->serial + date->none;

    if (left > 0)
        tend_deed_warn(run->deed, "%s: %lld value%s left as typed, such as \"%s\": %s", field,
                       (long long)left, left == 1 ? " is" : "s are", date->example,
                       date->unsure == 0   ? date->serial == 0
                                                 ? "no date"
                                                 : "a spreadsheet's count of days, not a date"
                       : date->both        ? "other dates have day and month in either order"
                                           : "day or month first? see --region");
}

void tend_intake_dates_tell(struct tend_intake_run *run)
{
    for (int32_t f = 0; f < TEND_INTAKE_DATES; f++) {
        const struct tend_intake_date *date = &run->dates[f];

        if (date->read[TEND_DATE_DAY_FIRST] > 0)
            tend_deed_warn(run->deed, "%s: dates are read as day/month/year", fields[f]);
        if (date->read[TEND_DATE_MONTH_FIRST] > 0)
            tend_deed_warn(run->deed, "%s: dates are read as month/day/year", fields[f]);
        tell_left(run, fields[f], date);
    }
}
