/* One record a line, fields parted by tabs, no heading: for cut, sort, awk. */
#include "shell/output.h"

void tend_out_tsv(struct tend_buffer *buf, const struct tend_sheet *table)
{
    for (int64_t i = 0; i < table->cell.n; i++) {
        struct tend_text cell = table->cell.at[i];

        for (int64_t c = 0; c < cell.len; c++) {
            char byte = cell.at[c];

            tend_buffer_addc(buf, byte == '\t' || byte == '\n' || byte == '\r' ? ' ' : byte);
        }
        tend_buffer_addc(buf, (i + 1) % table->n_columns == 0 ? '\n' : '\t');
    }
}
