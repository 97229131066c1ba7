/* Frames are written whole and read with care; see frame.h. */
#include "worker/frame.h"
#include "base/clock.h"
#include "base/interrupt.h"
#include "base/text.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define HEAD 5                  /* the length and the kind */
#define READ_MOST 65536
#define SLICE 200               /* ms: an interrupt that came just before is seen then */

static void put_bytes(struct tend_buffer *out, uint64_t number, int bytes)
{
    for (int i = 0; i < bytes; i++)
        tend_buffer_addc(out, (char)(number >> (8 * i) & 0xFF));
}

static uint64_t get_bytes(const char *at, int bytes)
{
    uint64_t number = 0;

    for (int i = bytes; i-- > 0;)
        number = number << 8 | (unsigned char)at[i];
    return number;
}

void tend_frame_begin(struct tend_buffer *out, enum tend_frame_kind kind)
{
    tend_buffer_reset(out);
    put_bytes(out, 0, 4);
    tend_buffer_addc(out, (char)kind);
}

void tend_frame_put_int(struct tend_buffer *out, int64_t number)
{
    put_bytes(out, (uint64_t)number, 8);
}

void tend_frame_put_text(struct tend_buffer *out, struct tend_text text)
{
    put_bytes(out, (uint64_t)text.len, 4);
    tend_buffer_add(out, text);
}

tend_status tend_frame_send(int fd, struct tend_buffer *out, struct tend_error *err)
{
    int64_t len = out->len - HEAD, sent = 0;

    if (len > TEND_FRAME_MOST)
        return tend_error_set(err, TEND_LIMIT, "%lld bytes at once are too many for a worker's "
                              "pipe, which takes %d", (long long)len, TEND_FRAME_MOST);
    for (int i = 0; i < 4; i++)
        out->at[i] = (char)((uint64_t)len >> (8 * i) & 0xFF);
    while (sent < out->len) {
        ssize_t n = write(fd, out->at + sent, (size_t)(out->len - sent));

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return tend_error_set(err, TEND_IO, "the pipe of the worker is broken: %s",
                                  strerror(errno));
        sent += n;
    }
    tend_buffer_reset(out);
    return TEND_OK;
}

static const char *take(struct tend_frame *frame, uint64_t len)
{
    const char *at = frame->rest.at;

    if (frame->bad || (uint64_t)frame->rest.len < len) {
        frame->bad = true;
        return NULL;
    }
    frame->rest.at += len;
    frame->rest.len -= (int64_t)len;
    return at;
}

int64_t tend_frame_int(struct tend_frame *frame)
{
    const char *at = take(frame, 8);

    return at ? (int64_t)get_bytes(at, 8) : 0;
}

struct tend_text tend_frame_text(struct tend_frame *frame)
{
    const char *at = take(frame, 4);
    uint64_t len = at ? get_bytes(at, 4) : 0;

    at = at ? take(frame, len) : NULL;
    return at ? (struct tend_text){ at, (int64_t)len } : (struct tend_text){ "", 0 };
}

bool tend_frame_whole(const struct tend_frame *frame)
{
    return !frame->bad && frame->rest.len == 0;
}

/* Is there a whole frame in what was read? */
static int32_t whole_frame(struct tend_frames *frames, struct tend_frame *frame,
                           struct tend_error *err)
{
    const char *at = frames->got.at + frames->used;
    int64_t left = frames->got.len - frames->used, len;

    if (left < HEAD)
        return 0;
    len = (int64_t)get_bytes(at, 4);
    if (len > TEND_FRAME_MOST || at[4] < TEND_FRAME_START || at[4] > TEND_FRAME_END)
        return tend_error_set(err, TEND_INTERNAL, "what came through the worker's pipe is no frame");
    if (left < HEAD + len)
        return 0;
    *frame = (struct tend_frame){ (enum tend_frame_kind)at[4], { at + HEAD, len }, false };
    frames->used += HEAD + len;
    return 1;
}

static tend_status wait_for(int fd, int64_t until, struct tend_error *err)
{
    struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

    for (;;) {
        int64_t left = until ? (until - tend_clock_ticks()) / 1000 : SLICE;
        int n;

        if (tend_interrupted())
            return tend_interrupt_check(err);
        if (left < 0)
            return tend_error_set(err, TEND_TIMEOUT, "it did not answer in time");
        n = poll(&poll_fd, 1, (int)(left < SLICE ? left + 1 : SLICE));
        if (n > 0)
            return TEND_OK;
        if (n < 0 && errno != EINTR)
            return tend_error_set(err, TEND_IO, "the pipe of the worker cannot be read: %s",
                                  strerror(errno));
    }
}

/* 1: more was read; 0: the end. */
static int32_t read_more(struct tend_frames *frames, struct tend_error *err)
{
    char bytes[READ_MOST];
    ssize_t n = read(frames->fd, bytes, sizeof bytes);

    if (n < 0 && errno == EINTR)
        return 1;
    if (n < 0)
        return tend_error_set(err, TEND_IO, "the pipe of the worker cannot be read: %s",
                              strerror(errno));
    if (n == 0 && frames->got.len > frames->used)
        return tend_error_set(err, TEND_INTERNAL, "the worker ended in the middle of a frame");
    tend_buffer_add(&frames->got, (struct tend_text){ bytes, n });
    return n > 0;
}

int32_t tend_frames_next(struct tend_frames *frames, int64_t until, struct tend_frame *frame,
                         struct tend_error *err)
{
    if (frames->used == frames->got.len) {
        tend_buffer_reset(&frames->got);
        frames->used = 0;
    }
    for (;;) {
        int32_t got = frames->got.len > 0 ? whole_frame(frames, frame, err) : 0;

        if (got != 0)
            return got;
        if (frames->used > 0) {         /* a part of one: to the front */
            frames->got.len -= frames->used;
            memmove(frames->got.at, frames->got.at + frames->used, (size_t)frames->got.len);
            frames->used = 0;
        }
        got = wait_for(frames->fd, until, err);
        if (got == TEND_OK)
            got = read_more(frames, err);
        if (got <= 0)
            return got;
    }
}

void tend_frames_finish(struct tend_frames *frames)
{
    tend_buffer_finish(&frames->got);
    frames->used = 0;
}
