/* What the two forms of an export share; for export*.c alone. */
#ifndef TEND_DESK_EXPORT_PARTS_H
#define TEND_DESK_EXPORT_PARTS_H

#include "base/text.h"
#include "desk/export.h"
#include "store/ops_intake.h"

struct tend_card { /* a person with all that is exported */
    struct tend_person_view person;
    struct tend_known known; /* for the notes */
};

/* In the arena. */
tend_status tend_export_read(struct tend_desk *desk, tend_id person, struct tend_arena *arena,
                             struct tend_card *card);
tend_status tend_export_csv(struct tend_desk *desk, const tend_id *persons, int64_t n, FILE *out);
void tend_export_vcard(struct tend_buffer *out, const struct tend_card *card);

#endif
