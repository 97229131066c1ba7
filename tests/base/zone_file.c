/* TZif files: made by hand, cut at every byte, and spoiled at every byte. */
#include "base/buffer.h"
#include "base/text.h"
#include "base/zone_parts.h"
#include "check.h"
#include <stdio.h>

static void put_be(struct tend_buffer *buf, int64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--)
        tend_buffer_addc(buf, (char)(i < 8 ? (unsigned char)((uint64_t)value >> (i * 8)) : 0));
}

/* What one block says; the counts can be told to lie. */
struct block {
    int version, time_size;
    int64_t n_time, n_type, n_char, n_leap, n_isstd, n_isut;
    int64_t at[4];
    unsigned char type[4];
    struct {
        int64_t offset;
        unsigned char summer, name;
    } types[4];
};

static void put_block(struct tend_buffer *buf, const struct block *b)
{
    tend_buffer_adds(buf, "TZif");
    tend_buffer_addc(buf, (char)b->version);
    for (int i = 0; i < 15; i++)
        tend_buffer_addc(buf, '\0');
    put_be(buf, b->n_isut, 4);
    put_be(buf, b->n_isstd, 4);
    put_be(buf, b->n_leap, 4);
    put_be(buf, b->n_time, 4);
    put_be(buf, b->n_type, 4);
    put_be(buf, b->n_char, 4);
    for (int64_t i = 0; i < b->n_time && i < 4; i++)
        put_be(buf, b->at[i], b->time_size);
    for (int64_t i = 0; i < b->n_time && i < 4; i++)
        tend_buffer_addc(buf, (char)b->type[i]);
    for (int64_t i = 0; i < b->n_type && i < 4; i++) {
        put_be(buf, b->types[i].offset, 4);
        tend_buffer_addc(buf, (char)b->types[i].summer);
        tend_buffer_addc(buf, (char)b->types[i].name);
    }
    for (int64_t i = 0; i < b->n_char && i < 8; i++)
        tend_buffer_addc(buf, i % 4 == 3 ? '\0' : 'A');
    for (int64_t i = 0; i < b->n_leap && i < 4; i++)
        put_be(buf, i, b->time_size + 4);
    for (int64_t i = 0; i < b->n_isstd + b->n_isut && i < 8; i++)
        tend_buffer_addc(buf, '\0');
}

static const struct block plain = {
    .version = '2',
    .time_size = 8,
    .n_time = 2,
    .n_type = 3,
    .n_char = 8,
    .at = { -5000, 1000000 },
    .type = { 1, 2 },
    .types = { { 3921, 0, 0 }, { 3600, 0, 4 }, { 7200, 1, 0 } },
};

static const struct block minimal = {
    .version = '2',
    .time_size = 4,
    .n_type = 1,
    .n_char = 4,
};

static tend_status parse_file(const struct block *first, const struct block *second,
                              const char *footer, struct tend_zone **zone, struct tend_error *err)
{
    struct tend_buffer buf = { 0 };
    tend_status status;

    put_block(&buf, first);
    if (second) {
        put_block(&buf, second);
        tend_buffer_adds(&buf, footer);
    }
    status = tend_zone_parse("Test/Zone", buf.at, (size_t)buf.len, zone, err);
    tend_buffer_finish(&buf);
    return status;
}

static void check_refused(const struct block *second, const char *footer, const char *because)
{
    struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };
    char expected[200];

    assert_int_equal(parse_file(&minimal, second, footer, &zone, &err), TEND_INVALID);
    assert_null(zone);
    snprintf(expected, sizeof expected, "Test/Zone is not a time zone file: %s", because);
    assert_string_equal(err.text, expected);
}

static int32_t offset_at(const struct tend_zone *zone, int64_t second)
{
    return tend_zone_offset(zone, second * TEND_SECOND);
}

/* tend_zone_parse, tend_zone_name, tend_zone_offset, tend_zone_free */
static void a_whole_file(void **state)
{
    (void)state;
    struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };
    struct block leaps = plain;

    assert_int_equal(parse_file(&minimal, &plain, "\nCCC-3\n", &zone, &err), TEND_OK);
    assert_string_equal(tend_zone_name(zone), "Test/Zone");
    assert_int_equal(offset_at(zone, -5001), 3921);
    assert_int_equal(offset_at(zone, -5000), 3600);
    assert_int_equal(offset_at(zone, 999999), 3600);
    assert_int_equal(offset_at(zone, 1000000), 10800); /* from here on the footer */
    tend_zone_free(zone);

    /* an empty footer: the last transition holds on; leap seconds change nothing */
    leaps.n_leap = 2;
    leaps.n_isstd = 3;
    leaps.n_isut = 3;
    assert_int_equal(parse_file(&minimal, &leaps, "\n\n", &zone, &err), TEND_OK);
    assert_int_equal(offset_at(zone, 99999999), 7200);
    tend_zone_free(zone);
    tend_zone_free(NULL);
}

/* tend_zone_parse: version 1, whose times have 32 bits */
static void an_old_file(void **state)
{
    (void)state;
    struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };
    struct block old = plain;

    old.version = 0;
    old.time_size = 4;
    assert_int_equal(parse_file(&old, NULL, "", &zone, &err), TEND_OK);
    assert_int_equal(offset_at(zone, -5001), 3921);
    assert_int_equal(offset_at(zone, -5000), 3600);
    assert_int_equal(offset_at(zone, 1000000), 7200);
    tend_zone_free(zone);
}

/* tend_zone_parse: each check of its own */
static void wrong_files(void **state)
{
    (void)state;
    struct block b;

    check_refused(&plain, "", "the rule at its end is missing");
    check_refused(&plain, "\nCET-1", "the rule at its end is cut short");
    check_refused(&plain, "\nCET-1CEST\n", "the rule at its end cannot be understood");
    b = plain, b.version = 0;
    check_refused(&b, "\n\n", "its two versions differ");
    b = plain, b.version = '1';
    check_refused(&b, "\n\n", "the version is unknown");
    b = plain, b.n_type = 0;
    check_refused(&b, "\n\n", "the number of types is not 1 to 256");
    b = plain, b.n_type = 257;
    check_refused(&b, "\n\n", "the number of types is not 1 to 256");
    b = plain, b.n_char = 0;
    check_refused(&b, "\n\n", "its counts do not fit each other");
    b = plain, b.n_isut = 2;
    check_refused(&b, "\n\n", "its counts do not fit each other");
    b = plain, b.n_isstd = 1;
    check_refused(&b, "\n\n", "its counts do not fit each other");
    b = plain, b.n_time = UINT32_MAX;
    check_refused(&b, "\n\n", "it is shorter than its counts say");
    b = plain, b.n_leap = UINT32_MAX;
    check_refused(&b, "\n\n", "it is shorter than its counts say");
    b = plain, b.type[1] = 3;
    check_refused(&b, "\n\n", "a type lies outside the types");
    b = plain, b.types[2].name = 8;
    check_refused(&b, "\n\n", "a name lies outside the names");
    b = plain, b.types[2].summer = 2;
    check_refused(&b, "\n\n", "a summer time flag is neither 0 nor 1");
    b = plain, b.types[0].offset = INT32_MIN;
    check_refused(&b, "\n\n", "an offset is beyond 26 hours");
    b = plain, b.types[0].offset = 93600;
    check_refused(&b, "\n\n", "an offset is beyond 26 hours");
    b = plain, b.at[1] = b.at[0];
    check_refused(&b, "\n\n", "its times do not ascend");
}

/* tend_zone_parse: no bytes, and other bytes */
static void not_a_file(void **state)
{
    (void)state;
    struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };
    char zeroes[100] = { 0 };

    assert_int_equal(tend_zone_parse("x", NULL, 0, &zone, &err), TEND_INVALID);
    assert_int_equal(tend_zone_parse("x", "TZif2", 5, &zone, &err), TEND_INVALID);
    assert_int_equal(tend_zone_parse("x", zeroes, sizeof zeroes, &zone, &err), TEND_INVALID);
    assert_null(zone);
}

/* tend_zone_offset, tend_zone_instant: transitions at the ends of time */
static void times_at_the_ends(void **state)
{
    (void)state;
    struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };
    struct block b = plain;

    b.at[0] = INT64_MIN;
    b.at[1] = INT64_MAX;
    assert_int_equal(parse_file(&minimal, &b, "\nCET-1CEST,M3.5.0,M10.5.0/3\n", &zone, &err),
                     TEND_OK);
    assert_int_equal(offset_at(zone, 0), 3600);
    assert_int_equal(tend_zone_instant(zone, 0, 0), -3600 * TEND_SECOND);
    assert_true(tend_zone_instant(zone, INT64_MAX, 0) > 0);
    assert_true(tend_zone_instant(zone, INT64_MIN, 0) < 0);
    tend_zone_free(zone);
}

/* tend_zone_parse: every shorter file is refused; a file with one wrong byte is refused, or
 * answers without harm (which a sanitizer watches) */
static void cut_and_spoiled(void **state)
{
    (void)state;
    FILE *file = fopen(CHECK_ZONES, "rb");
    unsigned char bytes[8192];
    struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };
    size_t len;

    CHECK_NEEDS(CHECK_ZONES, file);
    len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_int_equal(tend_zone_parse("x", bytes, len, &zone, &err), TEND_OK);
    tend_zone_free(zone);
    for (size_t cut = 0; cut < len; cut++) {
        /* a copy of that length, so that a read past its end is seen */
        void *copy = malloc(cut + 1);

        memcpy(copy, bytes, cut);
        assert_int_equal(tend_zone_parse("x", copy, cut, &zone, &err), TEND_INVALID);
        free(copy);
    }
    for (size_t i = 0; i < len; i++) {
        static const unsigned char spoil[] = { 0x01, 0x80, 0xFF };

        for (size_t k = 0; k < sizeof spoil; k++) {
            tend_status status;

            bytes[i] ^= spoil[k];
            status = tend_zone_parse("x", bytes, len, &zone, &err);
            bytes[i] ^= spoil[k];
            if (status != TEND_OK) {
                assert_int_equal(status, TEND_INVALID);
                continue;
            }
            int64_t at = tend_zone_instant(zone, 20000 + (int64_t)i, 0);
            assert_in_range(offset_at(zone, at / TEND_SECOND) + 100000, 6401, 193599);
            tend_zone_free(zone);
        }
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_whole_file),      cmocka_unit_test(an_old_file),
    cmocka_unit_test(wrong_files),       cmocka_unit_test(not_a_file),
    cmocka_unit_test(times_at_the_ends), cmocka_unit_test(cut_and_spoiled),
};

CHECK_MAIN(tests)
