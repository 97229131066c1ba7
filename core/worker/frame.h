/* Frames: what goes through the pipe between tend and a worker. A frame is a
 * length (32 bits, little endian), a kind, and values in a fixed order: numbers
 * (64 bits) and texts (a length and its bytes). Whatever comes out of the pipe is
 * looked at as if somebody had made it up: a frame that is cut, too long, of no
 * known kind, or that holds less than it says, is an error and never a crash. */
#ifndef TEND_WORKER_FRAME_H
#define TEND_WORKER_FRAME_H

#include "base/buffer.h"
#include "base/error.h"
#include <stdbool.h>

#define TEND_FRAME_VERSION 1
#define TEND_FRAME_MOST (8 << 20)       /* bytes of one */

enum tend_frame_kind {
    TEND_FRAME_START = 1,   /* to the worker: which plugin, with what */
    TEND_FRAME_PAGE,        /* to the worker: one page from this cursor */
    TEND_FRAME_SEND,        /* to the worker: one message */
    TEND_FRAME_ANSWER,      /* to the worker: of a question */
    TEND_FRAME_HELLO,       /* from it: its version; the plugin is loaded */
    TEND_FRAME_ROW,         /* from it: one row, or one that was refused */
    TEND_FRAME_LAYOUT,
    TEND_FRAME_LOG,
    TEND_FRAME_ASK,         /* from it: may it, and what is the secret? */
    TEND_FRAME_END          /* from it: what became of the page or message */
};

struct tend_frame {             /* one that came; texts live until the next */
    enum tend_frame_kind kind;
    struct tend_text rest;
    bool bad;                   /* it held less than was asked of it */
};

/* Writing: begin, values, then send, which leaves the buffer empty. */
void tend_frame_begin(struct tend_buffer *out, enum tend_frame_kind kind);
void tend_frame_put_int(struct tend_buffer *out, int64_t number);
void tend_frame_put_text(struct tend_buffer *out, struct tend_text text);
tend_status tend_frame_send(int fd, struct tend_buffer *out, struct tend_error *err);

/* Values of a frame; once one is missing all are 0 and empty, and it is bad. */
int64_t tend_frame_int(struct tend_frame *frame);
struct tend_text tend_frame_text(struct tend_frame *frame);
/* Are all values read, and none was missing? */
bool tend_frame_whole(const struct tend_frame *frame);

struct tend_frames {            /* the reading end; zeroed but for fd */
    int fd;
    struct tend_buffer got;
    int64_t used;
};
/* The next one: 1, 0 at the end of the pipe, < 0 an error. until: ticks of the
 * clock after which it is TEND_TIMEOUT, 0 never; TEND_CANCELLED when somebody
 * interrupts. */
int32_t tend_frames_next(struct tend_frames *frames, int64_t until, struct tend_frame *frame,
                         struct tend_error *err);
void tend_frames_finish(struct tend_frames *frames);

#endif
