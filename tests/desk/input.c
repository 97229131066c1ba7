/* Files as decoded blocks and numbered lines.
 * Covers tend_decode_guess, tend_decode, tend_encoding_name, tend_stream_open,
 * tend_stream_head, tend_stream_block, tend_stream_line, tend_stream_close. */
#include "desk/input.h"
#include "base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct tend_error err;

/* Decodes all of it, first whole, then a byte at a time: both must say the same. */
static void check_decode(const void *bytes, int64_t len, enum tend_encoding encoding,
                         const char *expected)
{
    struct tend_decoder whole = { 0 }, slow;
    struct tend_buffer out = { 0 }, left = { 0 }, again = { 0 };
    const unsigned char *at = bytes;
    int64_t bom;

    whole.encoding = tend_decode_guess(at, len, true, &bom);
    assert_string_equal(tend_encoding_name(whole.encoding), tend_encoding_name(encoding));
    slow = whole;
    assert_int_equal(tend_decode(&whole, at + bom, len - bom, true, &out), len - bom);
    assert_string_equal(out.at ? out.at : "", expected);
    for (int64_t i = bom; i < len; i++) {
        int64_t used;

        tend_buffer_add(&left, (struct tend_text){ (const char *)at + i, 1 });
        used = tend_decode(&slow, (unsigned char *)left.at, left.len, i + 1 == len, &again);
        memmove(left.at, left.at + used, (size_t)(left.len - used));
        left.len -= used;
    }
    assert_string_equal(again.at ? again.at : "", expected);
    tend_buffer_finish(&out);
    tend_buffer_finish(&left);
    tend_buffer_finish(&again);
}
#define CHECK(bytes, encoding, expected) \
    check_decode(bytes, (int64_t)sizeof bytes - 1, encoding, expected)

static void encodings(void **state)
{
    (void)state;
    CHECK("", TEND_ENCODING_UTF8, "");
    CHECK("Ann\nLee", TEND_ENCODING_UTF8, "Ann\nLee");
    CHECK("\xEF\xBB\xBFJos\xC3\xA9", TEND_ENCODING_UTF8, "José");
    CHECK("J\xC3\xB6rg \xF0\x9F\x98\x80", TEND_ENCODING_UTF8, "Jörg 😀");
    CHECK("J\xF6rg \x80 5", TEND_ENCODING_CP1252, "Jörg € 5");
    CHECK("\xFF\xFE"
          "A\0\xE9\0\n\0",
          TEND_ENCODING_UTF16LE, "Aé\n");
    CHECK("\xFE\xFF"
          "\0A\0\xE9\0\n",
          TEND_ENCODING_UTF16BE, "Aé\n");
    CHECK("A\0n\0n\0,\0B\0o\0b\0", TEND_ENCODING_UTF16LE, "Ann,Bob");
    CHECK("\0A\0n\0n\0,\0B\0o\0b", TEND_ENCODING_UTF16BE, "Ann,Bob");
    CHECK("\xFF\xFE\x3D\xD8\x00\xDE"
          "x\0",
          TEND_ENCODING_UTF16LE, "😀x");
}

static void what_is_broken_is_shown(void **state)
{
    (void)state;
    CHECK("\xEF\xBB\xBF"
          "a\xC3\xA4 b\xE4 c",
          TEND_ENCODING_UTF8, "aä bä c");
    CHECK("\xEF\xBB\xBF"
          "a\xC3\xA4\xC3",
          TEND_ENCODING_UTF8, "aäÃ");
    CHECK("a\0b", TEND_ENCODING_UTF8,
          "a\xEF\xBF\xBD"
          "b");
    CHECK("\xFF\xFE"
          "a\0\x00\xDC"
          "b\0",
          TEND_ENCODING_UTF16LE,
          "a\xEF\xBF\xBD"
          "b");
    CHECK("\xFF\xFE"
          "a\0b",
          TEND_ENCODING_UTF16LE, "a\xEF\xBF\xBD");
    CHECK("a\x81", TEND_ENCODING_CP1252, "a\xEF\xBF\xBD");
}

/* One byte that is not UTF-8 says nothing about the others. */
static void each_sequence_for_itself(void **state)
{
    (void)state;
    CHECK("J\xF6rg\nJ\xC3\xB6rg\n\xD0\x90\xD0\xBD\xD0\xBD\xD0\xB0\n", TEND_ENCODING_UTF8,
          "Jörg\nJörg\nАнна\n");
    CHECK("\xD0\x90\n\xE4\n\xE2\x80\x99 \xF0\x9F\x98\x80", TEND_ENCODING_UTF8, "А\nä\n’ 😀");
    /* words in capitals before a closing quote: Windows-1252 in such a file */
    CHECK("SOCI\xE9T\xE9 CAF\xC9\x94", TEND_ENCODING_CP1252, "SOCIéTé CAFÉ”");
    CHECK("Bra\xC8\x99ov", TEND_ENCODING_UTF8, "Brașov");
}

static void lines_that_are_not_utf8(void **state)
{
    struct tend_decoder d = { 0 };
    struct tend_buffer out = { 0 };
    static const char text[] = "a\xE4\xE4\nb\xC3\xA4\n\nc\xE4 d\xE4\r\ne\xE4";

    (void)state;
    assert_int_equal(tend_decode(&d, (const unsigned char *)text, sizeof text - 1, true, &out),
                     sizeof text - 1);
    assert_int_equal(d.odd, 5);
    assert_int_equal(d.odd_lines, 3);
    tend_buffer_finish(&out);
}

static void ascii_that_turns_out_not_to_be_utf8(void **state)
{
    struct tend_decoder d = { 0 };
    struct tend_buffer out = { 0 };

    (void)state;
    tend_decode(&d, (const unsigned char *)"Ann ", 4, false, &out);
    tend_decode(&d, (const unsigned char *)"J\xF6rg J\xC3\xB6", 8, true, &out);
    assert_string_equal(out.at, "Ann Jörg Jö");
    assert_int_equal(d.odd_lines, 1);
    tend_buffer_finish(&out);
}

/* A pipe with these bytes, as standard input. */
static int pipe_in(const char *bytes, int64_t len)
{
    int ends[2], kept = dup(STDIN_FILENO);

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], bytes, (size_t)len), len);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    return kept;
}

static void pipe_back(int kept)
{
    dup2(kept, STDIN_FILENO);
    close(kept);
}

static void check_lines(const char *bytes, const char *const *lines)
{
    struct tend_stream s;
    struct tend_text line;
    int kept = pipe_in(bytes, (int64_t)strlen(bytes));
    int64_t n = 0;

    assert_int_equal(tend_stream_open(&s, "-", &err), TEND_OK);
    while (tend_stream_line(&s, &line) == 1) {
        assert_non_null(lines[n]);
        assert_true(tend_text_is(line, lines[n]));
        assert_int_equal(s.line, ++n);
    }
    assert_null(lines[n]);
    assert_int_equal(tend_stream_line(&s, &line), 0);
    tend_stream_close(&s);
    pipe_back(kept);
}

static void lines_and_their_ends(void **state)
{
    (void)state;
    check_lines("", (const char *[]){ NULL });
    check_lines("a", (const char *[]){ "a", NULL });
    check_lines("a\n\nb\n", (const char *[]){ "a", "", "b", NULL });
    check_lines("a\r\nb\r\n", (const char *[]){ "a", "b", NULL });
    check_lines("a\rb\r\rc", (const char *[]){ "a", "b", "", "c", NULL });
    check_lines("a\r\n\nb\n\rc\r", (const char *[]){ "a", "", "b", "", "c", NULL });
}

/* Lines longer than a block, and a CRLF that a block's end cuts in two. */
static void lines_over_blocks(void **state)
{
    char path[] = P_tmpdir "/input-test-XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "wb");
    struct tend_stream s;
    struct tend_text line, block;
    int64_t total = 0;

    (void)state;
    for (int32_t i = 0; i < TEND_INPUT_RAW - 1; i++)
        fputc('x', file);
    fputs("\r\n", file);
    for (int32_t i = 0; i < 3 * TEND_INPUT_RAW; i++)
        fputs("é", file);
    fputs("\nend", file);
    fclose(file);
    assert_int_equal(tend_stream_open(&s, path, &err), TEND_OK);
    assert_int_equal(tend_stream_head(&s).len, TEND_INPUT_RAW);
    assert_int_equal(tend_stream_line(&s, &line), 1);
    assert_int_equal(line.len, TEND_INPUT_RAW - 1);
    assert_int_equal(tend_stream_line(&s, &line), 1);
    assert_int_equal(line.len, 6 * TEND_INPUT_RAW);
    assert_true(tend_text_valid(line));
    assert_int_equal(tend_stream_line(&s, &line), 1);
    assert_true(tend_text_is(line, "end"));
    assert_int_equal(tend_stream_line(&s, &line), 0);
    tend_stream_close(&s);
    assert_int_equal(tend_stream_open(&s, path, &err), TEND_OK);
    while (tend_stream_block(&s, &block) == 1) {
        assert_true(tend_text_valid(block));
        total += block.len;
    }
    assert_int_equal(total, TEND_INPUT_RAW + 1 + 6 * TEND_INPUT_RAW + 4);
    tend_stream_close(&s);
    unlink(path);
}

static void what_cannot_be_opened(void **state)
{
    struct tend_stream s;

    (void)state;
    assert_int_equal(tend_stream_open(&s, "no/such/file.csv", &err), TEND_NOT_FOUND);
    assert_non_null(strstr(err.text, "no/such/file.csv"));
    assert_int_equal(tend_stream_open(&s, P_tmpdir, &err), TEND_INVALID);
    assert_non_null(strstr(err.text, "folder"));
}

static void what_is_no_text_or_never_ends(void **state)
{
    static const char nul[] = "Name,E-mail\nAnn\0,ann@example.com\n";
    char path[] = P_tmpdir "/input-test-XXXXXX";
    int fd = mkstemp(path), kept;
    struct tend_stream s;

    (void)state;
    assert_int_equal(write(fd, nul, sizeof nul - 1), sizeof nul - 1);
    close(fd);
    assert_int_equal(tend_stream_open(&s, path, &err), TEND_INVALID);
    assert_non_null(strstr(err.text, "not a file of text"));
    unlink(path);
    assert_int_equal(tend_stream_open(&s, "/dev/zero", &err), TEND_INVALID);
    assert_non_null(strstr(err.text, "/dev/zero is a device that does not end"));
    assert_int_equal(tend_stream_open(&s, "/dev/null", &err), TEND_OK);
    tend_stream_close(&s);
    kept = pipe_in(nul, sizeof nul - 1);
    assert_int_equal(tend_stream_open(&s, "-", &err), TEND_INVALID);
    assert_non_null(strstr(err.text, "standard input is not a file of text"));
    pipe_back(kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings),
        cmocka_unit_test(what_is_broken_is_shown),
        cmocka_unit_test(each_sequence_for_itself),
        cmocka_unit_test(lines_that_are_not_utf8),
        cmocka_unit_test(ascii_that_turns_out_not_to_be_utf8),
        cmocka_unit_test(lines_and_their_ends),
        cmocka_unit_test(lines_over_blocks),
        cmocka_unit_test(what_cannot_be_opened),
        cmocka_unit_test(what_is_no_text_or_never_ends),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
