/* Exports: reads people one by one and hands them to the form that was asked. */
#include "desk/export_parts.h"
#include <errno.h>

bool tend_export_named(struct tend_text name, enum tend_export_format *format)
{
    *format = tend_text_is(name, "vcf") ? TEND_EXPORT_VCARD : TEND_EXPORT_CSV;
    return *format == TEND_EXPORT_VCARD || tend_text_is(name, "csv");
}

tend_status tend_export_read(struct tend_desk *desk, tend_id person, struct tend_arena *arena,
                             struct tend_card *card)
{
    tend_status status = tend_person_read(desk->store, person, arena, &card->person);

    if (status == TEND_OK)
        status = tend_intake_known(desk->store, person, arena, &card->known);
    return status;
}

static tend_status export_cards(struct tend_desk *desk, bool old, const tend_id *persons, int64_t n,
                                FILE *out)
{
    struct tend_arena arena = { 0 };
    struct tend_buffer text = { 0 };
    tend_status status = TEND_OK;

    for (int64_t i = 0; i < n && status == TEND_OK; i++) {
        struct tend_card card;

        status = tend_export_read(desk, persons[i], &arena, &card);
        if (status != TEND_OK)
            break;
        tend_buffer_reset(&text);
        tend_export_vcard(&text, &card, old);
        fwrite(text.at, 1, (size_t)text.len, out);
        tend_arena_reset(&arena);
    }
    tend_buffer_finish(&text);
    tend_arena_finish(&arena);
    return status;
}

tend_status tend_export(struct tend_desk *desk, const struct tend_export_ask *ask,
                        const tend_id *persons, int64_t n, FILE *out)
{
    bool reading = tend_store_read_begin(desk->store); /* one view, and no lock a statement */
    tend_status status = ask->format == TEND_EXPORT_VCARD
                             ? export_cards(desk, ask->old, persons, n, out)
                             : tend_export_csv(desk, ask->guard, persons, n, out);

    tend_store_read_end(desk->store, reading);
    if (status == TEND_OK && (fflush(out) != 0 || ferror(out)))
        status = tend_error_set(desk->err, TEND_IO, "the export could not be written: %s",
                                strerror(errno));
    return status;
}
