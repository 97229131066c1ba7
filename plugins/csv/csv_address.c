/* Addresses: the columns of one group put together as they are written on a
 * letter. */
#include "csv_work.h"

static struct tend_text part(const struct csv_work *w, int64_t group, enum csv_field field)
{
    for (int64_t i = 0; i < w->layout->n; i++) {
        if (w->layout->columns[i].field == field && w->layout->columns[i].group == group &&
            csv_work_cell(w, i).len > 0)
            return csv_work_cell(w, i);
    }
    return (struct tend_text){ "", 0 };
}

static void join_lines(const struct csv_work *w, struct csv_joined *out, struct tend_text text)
{
    int64_t begin = 0;

    for (int64_t i = 0; i <= text.len; i++) {
        if (i < text.len && text.at[i] != '\n' && text.at[i] != '\r')
            continue;
        csv_join(out, ", ", w->ctx->text->trim((struct tend_text){ text.at + begin, i - begin }));
        begin = i + 1;
    }
}

/* "1 Main St, Suite 4, Arlington, VA 22201, USA"; "Ring 1, 1010 Wien". */
static void join_address(const struct csv_work *w, int64_t group, struct csv_joined *out)
{
    struct tend_text state = part(w, group, CSV_STATE), code = part(w, group, CSV_CODE);
    struct tend_text city = part(w, group, CSV_CITY);
    struct csv_joined place = { .len = 0 };

    join_lines(w, out, part(w, group, CSV_ADDRESS));
    if (out->len > 0 && group >= 10000)
        return; /* the whole of it is there */
    for (int64_t i = 0; i < w->layout->n; i++) {
        if (w->layout->columns[i].field == CSV_STREET && w->layout->columns[i].group == group)
            join_lines(w, out, csv_work_cell(w, i));
    }
    csv_join(out, ", ", part(w, group, CSV_BOX));
    if (state.len > 0) {
        csv_join(&place, " ", city);
        csv_join(&place, ", ", state);
        csv_join(&place, " ", code);
    } else {
        csv_join(&place, " ", code);
        csv_join(&place, " ", city);
    }
    csv_join(out, ", ", csv_joined_text(&place));
    csv_join(out, ", ", part(w, group, CSV_COUNTRY));
}

static bool is_address(enum csv_field field)
{
    return field >= CSV_ADDRESS && field <= CSV_COUNTRY;
}

static bool group_is_earlier(const struct csv_layout *layout, int64_t i)
{
    for (int64_t j = 0; j < i; j++) {
        if (is_address(layout->columns[j].field) &&
            layout->columns[j].group == layout->columns[i].group)
            return true;
    }
    return false;
}

void csv_work_addresses(const struct csv_work *w)
{
    for (int64_t i = 0; w->layout->street && i < w->layout->n; i++) {
        const struct csv_column *c = &w->layout->columns[i];
        struct csv_joined address = { .len = 0 };
        struct tend_text label;
        bool primary;

        if (!is_address(c->field) || group_is_earlier(w->layout, i))
            continue;
        join_address(w, c->group, &address);
        if (address.len == 0)
            continue;
        csv_work_put(w, "address", csv_joined_text(&address));
        label = csv_work_label(w, c, &primary);
        if (label.len > 0)
            w->ctx->source->label(w->row, label);
    }
}
