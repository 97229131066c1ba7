/* The small jobs with the row in hand. */
#include "csv_work.h"
#include <string.h>

void csv_join(struct csv_joined *joined, const char *between, struct tend_text text)
{
    int64_t gap = joined->len > 0 ? (int64_t)strlen(between) : 0;

    if (text.len == 0 || joined->len + gap + text.len > CSV_JOINED)
        return;
    memcpy(joined->text + joined->len, between, (size_t)gap);
    memcpy(joined->text + joined->len + gap, text.at, (size_t)text.len);
    joined->len += gap + text.len;
}

struct tend_text csv_joined_text(const struct csv_joined *joined)
{
    return (struct tend_text){ joined->text, joined->len };
}

struct tend_text csv_work_cell(const struct csv_work *w, int64_t column)
{
    if (column < 0 || column >= w->p->n)
        return (struct tend_text){ "", 0 };
    return w->ctx->text->trim(w->p->cells[column].text);
}

void csv_work_put(const struct csv_work *w, const char *field, struct tend_text value)
{
    if (value.len > 0)
        w->ctx->source->put(w->row, field, value);
}

struct tend_text csv_work_first(const struct csv_work *w, enum csv_field field)
{
    for (int64_t i = 0; i < w->layout->n; i++) {
        if (w->layout->columns[i].field == field && csv_work_cell(w, i).len > 0)
            return csv_work_cell(w, i);
    }
    return (struct tend_text){ "", 0 };
}

struct tend_text csv_work_label(const struct csv_work *w, const struct csv_column *c, bool *primary)
{
    struct tend_text label = { "", 0 };

    *primary = false;
    if (c->kind)
        label = (struct tend_text){ c->kind, (int64_t)strlen(c->kind) };
    if (c->label >= 0)
        label = csv_work_cell(w, c->label);
    if (label.len > 0 && label.at[0] == '*') {
        *primary = true;
        label = w->ctx->text->trim((struct tend_text){ label.at + 1, label.len - 1 });
    }
    return label;
}
