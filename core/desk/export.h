/* People written out: as a table that tend reads back without loss, or as
 * cards for the address books of others. JSON is the shell's own. */
#ifndef TEND_DESK_EXPORT_H
#define TEND_DESK_EXPORT_H

#include "desk/desk.h"
#include <stdio.h>

enum tend_export_format { TEND_EXPORT_CSV, TEND_EXPORT_VCARD };

struct tend_export_ask {
    enum tend_export_format format;
    bool old;   /* vCard 3.0 */
    bool guard; /* CSV: nothing that a spreadsheet would run as a formula */
};

/* "csv", "vcf"; false for another. */
bool tend_export_named(struct tend_text name, enum tend_export_format *format);
/* Writes these persons in this order. TEND_IO if out takes no more. */
tend_status tend_export(struct tend_desk *desk, const struct tend_export_ask *ask,
                        const tend_id *persons, int64_t n, FILE *out);

#endif
