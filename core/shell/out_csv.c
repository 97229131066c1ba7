/* CSV as RFC 4180 has it, with a heading. */
#include "shell/output.h"

static void add_field(struct tend_buffer *buf, struct tend_text cell)
{
    bool quote = false;

    for (int64_t i = 0; i < cell.len && !quote; i++)
        quote = strchr("\",\r\n", cell.at[i]) != NULL;
    quote = quote || (cell.len > 0 && (cell.at[0] == ' ' || cell.at[cell.len - 1] == ' '));
    if (!quote) {
        tend_buffer_add(buf, cell);
        return;
    }
    tend_buffer_addc(buf, '"');
    for (int64_t i = 0; i < cell.len; i++) {
        if (cell.at[i] == '"')
            tend_buffer_addc(buf, '"');
        tend_buffer_addc(buf, cell.at[i]);
    }
    tend_buffer_addc(buf, '"');
}

void tend_out_csv(struct tend_buffer *buf, const struct tend_sheet *table)
{
    for (int64_t i = 0; i < table->n_columns; i++) {
        add_field(buf, tend_text_of(table->columns[i].title));
        tend_buffer_adds(buf, i + 1 == table->n_columns ? "\r\n" : ",");
    }
    for (int64_t i = 0; i < table->cell.n; i++) {
        add_field(buf, table->cell.at[i]);
        tend_buffer_adds(buf, (i + 1) % table->n_columns == 0 ? "\r\n" : ",");
    }
}
