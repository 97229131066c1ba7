/* Covers worker/frame.c: what is written comes back, and whatever else comes out of a
 * pipe is an error, never a crash. */
#include "worker/frame.h"
#include "base/clock.h"
#include "base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <string.h>
#include <unistd.h>

struct pipe_ends {
    int in, out;
    struct tend_frames frames;
    struct tend_error err;
};

static void open_pipe(struct pipe_ends *ends)
{
    int fds[2];

    *ends = (struct pipe_ends){ 0 };
    assert_int_equal(pipe(fds), 0);
    ends->frames.fd = ends->in = fds[0];
    ends->out = fds[1];
}

static void close_pipe(struct pipe_ends *ends)
{
    close(ends->in);
    if (ends->out >= 0)
        close(ends->out);
    tend_frames_finish(&ends->frames);
}

static void put(struct pipe_ends *ends, const void *bytes, size_t n)
{
    assert_int_equal(write(ends->out, bytes, n), (ssize_t)n);
}

static void end_writing(struct pipe_ends *ends)
{
    close(ends->out);
    ends->out = -1;
}

static void test_round_trip(void **state)
{
    struct pipe_ends ends;
    struct tend_buffer out = { 0 };
    struct tend_frame frame;

    (void)state;
    open_pipe(&ends);
    for (int64_t i = 0; i < 3; i++) {
        tend_frame_begin(&out, TEND_FRAME_ROW);
        tend_frame_put_int(&out, INT64_MIN + i);
        tend_frame_put_text(&out, TEND_TEXT("Ann\0Lee"));
        tend_frame_put_text(&out, TEND_TEXT(""));
        assert_int_equal(tend_frame_send(ends.out, &out, &ends.err), TEND_OK);
    }
    end_writing(&ends);
    for (int64_t i = 0; i < 3; i++) {
        assert_int_equal(tend_frames_next(&ends.frames, 0, &frame, &ends.err), 1);
        assert_int_equal(frame.kind, TEND_FRAME_ROW);
        assert_true(tend_frame_int(&frame) == INT64_MIN + i);
        assert_true(tend_text_eq(tend_frame_text(&frame), TEND_TEXT("Ann\0Lee")));
        assert_int_equal(tend_frame_text(&frame).len, 0);
        assert_true(tend_frame_whole(&frame));
    }
    assert_int_equal(tend_frames_next(&ends.frames, 0, &frame, &ends.err), 0);
    tend_buffer_finish(&out);
    close_pipe(&ends);
}

/* Every beginning of a frame, and nothing behind it. */
static void test_cut(void **state)
{
    static const char whole[] = { 12, 0, 0, 0, TEND_FRAME_LOG, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };

    (void)state;
    for (size_t n = 1; n <= sizeof whole; n++) {
        struct pipe_ends ends;
        struct tend_frame frame;
        int32_t got;

        open_pipe(&ends);
        put(&ends, whole, n);
        end_writing(&ends);
        got = tend_frames_next(&ends.frames, 0, &frame, &ends.err);
        assert_int_equal(got, n == sizeof whole ? 1 : TEND_INTERNAL);
        close_pipe(&ends);
    }
}

static void test_garbage(void **state)
{
    static const char *const bad[] = { "\xff\xff\xff\xff\x05", "\x01\x00\x00\x00\x00x",
                                       "\x01\x00\x00\x00\x7fx", "\x01\x00\x00\x00\xf0x" };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct pipe_ends ends;
        struct tend_frame frame;

        open_pipe(&ends);
        put(&ends, bad[i], i == 0 ? 5 : 6);
        assert_int_equal(tend_frames_next(&ends.frames, 0, &frame, &ends.err), TEND_INTERNAL);
        close_pipe(&ends);
    }
}

/* A text that says it is longer than its frame; what is asked for behind the end. */
static void test_lies(void **state)
{
    static const char lie[] = { 6, 0, 0, 0, TEND_FRAME_LOG, (char)0xff, (char)0xff, (char)0xff,
                                (char)0xff, 'x', 'y' };
    struct pipe_ends ends;
    struct tend_frame frame;

    (void)state;
    open_pipe(&ends);
    put(&ends, lie, sizeof lie);
    assert_int_equal(tend_frames_next(&ends.frames, 0, &frame, &ends.err), 1);
    assert_int_equal(tend_frame_text(&frame).len, 0);
    assert_true(frame.bad);
    assert_true(tend_frame_int(&frame) == 0);
    assert_false(tend_frame_whole(&frame));
    close_pipe(&ends);
}

static void test_limits(void **state)
{
    struct pipe_ends ends;
    struct tend_buffer out = { 0 };
    struct tend_frame frame;

    (void)state;
    open_pipe(&ends);
    assert_int_equal(tend_frames_next(&ends.frames, tend_clock_ticks() + 1000, &frame, &ends.err),
                     TEND_TIMEOUT);
    tend_frame_begin(&out, TEND_FRAME_ROW);
    while (out.len <= TEND_FRAME_MOST + 5)
        tend_frame_put_text(&out, TEND_TEXT("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
    assert_int_equal(tend_frame_send(ends.out, &out, &ends.err), TEND_LIMIT);
    tend_buffer_finish(&out);
    close_pipe(&ends);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_cut), cmocka_unit_test(test_garbage),
        cmocka_unit_test(test_lies),       cmocka_unit_test(test_limits),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
