/* What the forms of an export share; for export*.c alone. */
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
/* guard: what a spreadsheet would take for a formula gets an apostrophe in front. */
tend_status tend_export_csv(struct tend_desk *desk, bool guard, const tend_id *persons, int64_t n,
                            FILE *out);
/* old: vCard 3.0, else 4.0. */
void tend_export_vcard(struct tend_buffer *out, const struct tend_card *card, bool old);

/* export_line.c */
struct tend_card_line {
    struct tend_buffer *out;
    int64_t octets; /* since the last fold */
};

struct tend_card_line tend_card_begin(struct tend_buffer *out, const char *name);
void tend_card_raw(struct tend_card_line *l, const char *text);
/* As it is, folded between characters. */
void tend_card_text(struct tend_card_line *l, struct tend_text text);
/* Escaped as a value; `also` are the characters besides comma and backslash. */
void tend_card_value(struct tend_card_line *l, struct tend_text text, const char *also);
/* name is ";NAME=". */
void tend_card_param(struct tend_card_line *l, const char *name, struct tend_text value);
void tend_card_base64(struct tend_card_line *l, struct tend_text bytes);
void tend_card_end(struct tend_card_line *l);

#endif
