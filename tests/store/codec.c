/* Journal pages: covers tend_codec_header, tend_codec_entry, tend_codec_open,
 * tend_codec_next, tend_codec_row, tend_codec_varint. */
#include "fixture.h"

static struct tend_entry note_entry(enum tend_entry_kind kind)
{
    struct tend_entry e = { .kind = kind, .table = TEND_T_note, .id = 300, .last = 300 };
    e.rev_before = 7;
    e.rev_after = 129;
    e.mask = (UINT64_C(1) << TEND_N_note) - 1;
    e.before[TEND_C_note_person] = tend_int(-5);
    e.before[TEND_C_note_text] = tend_str(TEND_TEXT("caf\xc3\xa9 \x00 and on"));
    e.before[TEND_C_note_at] = tend_int(INT64_MIN);
    e.after[TEND_C_note_person] = tend_int(INT64_MAX);
    e.after[TEND_C_note_text] = tend_str(TEND_TEXT("x"));
    return e;
}

static void assert_values(const struct tend_value *a, const struct tend_value *b, int32_t n)
{
    for (int32_t c = 0; c < n; c++) {
        assert_true(tend_value_same(&a[c], &b[c]));
    }
}

static void what_is_written_is_read(void **state)
{
    (void)state;
    struct tend_buffer buf = { 0 };
    struct tend_page page;
    struct tend_entry update = note_entry(TEND_ENTRY_UPDATE);
    struct tend_entry gone = note_entry(TEND_ENTRY_DELETE);
    struct tend_entry back = note_entry(TEND_ENTRY_RESTORE);
    struct tend_entry e;
    back.last = 500;
    back.table = TEND_T_tag;
    update.mask = UINT64_C(1) << TEND_C_note_text;
    tend_codec_header(&buf);
    tend_codec_entry(&buf, &update, TEND_T_none);
    tend_codec_entry(&buf, &gone, TEND_T_note);
    tend_codec_entry(&buf, &back, TEND_T_note);

    assert_int_equal(tend_codec_open(&page, tend_buffer_text(&buf)), TEND_OK);
    assert_int_equal(tend_codec_next(&page, &e), 1);
    assert_int_equal(e.kind, TEND_ENTRY_UPDATE);
    assert_int_equal(e.table, TEND_T_note);
    assert_int_equal(e.id, 300);
    assert_int_equal(e.rev_before, 7);
    assert_int_equal(e.rev_after, 129);
    assert_int_equal(e.mask, update.mask);
    assert_true(tend_value_same(&e.before[TEND_C_note_text], &update.before[TEND_C_note_text]));
    assert_true(tend_value_same(&e.after[TEND_C_note_text], &update.after[TEND_C_note_text]));

    assert_int_equal(tend_codec_next(&page, &e), 1);
    assert_int_equal(e.kind, TEND_ENTRY_DELETE);
    assert_values(e.before, gone.before, TEND_N_note);

    assert_int_equal(tend_codec_next(&page, &e), 1);
    assert_int_equal(e.kind, TEND_ENTRY_RESTORE);
    assert_int_equal(e.table, TEND_T_tag);
    assert_int_equal(e.last, 500);
    assert_int_equal(e.rev_after, 129);
    assert_int_equal(tend_codec_next(&page, &e), 0);
    tend_buffer_finish(&buf);
}

static void read_all(struct tend_text bytes)
{
    struct tend_page page;
    struct tend_entry e;
    int32_t more = tend_codec_open(&page, bytes);
    if (more == TEND_OK) {
        while ((more = tend_codec_next(&page, &e)) > 0) {
        }
    }
    assert_true(more == 0 || more == TEND_INVALID);
}

/* Every shortened page and every page with a byte changed is read to an end or
 * refused, and no byte behind it is touched (the sanitizers watch). */
static void damage_is_refused(void **state)
{
    (void)state;
    struct tend_buffer buf = { 0 };
    struct tend_entry update = note_entry(TEND_ENTRY_UPDATE);
    struct tend_entry gone = note_entry(TEND_ENTRY_DELETE);
    struct tend_page page;
    tend_codec_header(&buf);
    tend_codec_entry(&buf, &update, TEND_T_none);
    tend_codec_entry(&buf, &gone, TEND_T_note);
    for (int64_t len = 0; len <= buf.len; len++) {
        char *copy = malloc((size_t)len + 1);
        memcpy(copy, buf.at, (size_t)len);
        copy = realloc(copy, len > 0 ? (size_t)len : 1);
        read_all((struct tend_text){ copy, len });
        for (int64_t i = 0; i < len && len == buf.len; i++) {
            for (int b = 0; b < 256; b++) {
                char was = copy[i];
                copy[i] = (char)b;
                read_all((struct tend_text){ copy, len });
                copy[i] = was;
            }
        }
        free(copy);
    }
    assert_int_equal(tend_codec_open(&page, TEND_TEXT("")), TEND_INVALID);
    assert_int_equal(tend_codec_open(&page, TEND_TEXT("SQLite")), TEND_INVALID);
    assert_int_equal(tend_codec_open(&page, TEND_TEXT("TJ\x01\x63")), TEND_INVALID);
    tend_buffer_finish(&buf);
}

/* Bytes that only begin like a page. */
static void noise_is_refused(void **state)
{
    (void)state;
    struct tend_clock clock = { 0 };
    char bytes[200] = "TJ\x01\x01";
    tend_clock_seed(&clock, 3);
    for (int round = 0; round < 20000; round++) {
        for (size_t i = 4; i < sizeof bytes; i++) {
            bytes[i] = (char)(tend_clock_random(&clock) % (round % 2 ? 256 : 6));
        }
        read_all((struct tend_text){ bytes, (int64_t)(tend_clock_random(&clock) % 200) });
    }
}

static void a_row_is_its_values(void **state)
{
    (void)state;
    struct tend_buffer a = { 0 }, b = { 0 };
    struct tend_entry e = note_entry(TEND_ENTRY_DELETE);
    tend_codec_row(&a, 1, e.before, TEND_N_note);
    tend_codec_row(&b, 1, e.before, TEND_N_note);
    assert_true(tend_text_eq(tend_buffer_text(&a), tend_buffer_text(&b)));
    tend_buffer_reset(&b);
    tend_codec_row(&b, 2, e.before, TEND_N_note);
    assert_false(tend_text_eq(tend_buffer_text(&a), tend_buffer_text(&b)));
    tend_buffer_reset(&b);
    e.before[TEND_C_note_text] = (struct tend_value){ 0 };
    tend_codec_row(&b, 1, e.before, TEND_N_note);
    assert_false(tend_text_eq(tend_buffer_text(&a), tend_buffer_text(&b)));
    tend_buffer_reset(&a);
    tend_codec_varint(&a, 300);
    assert_int_equal(a.len, 2);
    tend_buffer_finish(&a);
    tend_buffer_finish(&b);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(damage_is_refused),
        cmocka_unit_test(noise_is_refused),
        cmocka_unit_test(a_row_is_its_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
