/* Opens what is imported and hands it out as decoded blocks or lines. */
#include "desk/input.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include "base/text.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *shown_path(const struct tend_stream *s)
{
    return strcmp(s->path, "-") == 0 ? "standard input" : s->path;
}

static tend_status open_file(struct tend_stream *s)
{
    struct stat info;

    if (strcmp(s->path, "-") == 0) {
        s->fd = STDIN_FILENO;
        return TEND_OK;
    }
    s->fd = open(s->path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (s->fd < 0)
        return tend_error_set(s->err, errno == ENOENT ? TEND_NOT_FOUND : TEND_IO,
                              "%s cannot be opened: %s", s->path, strerror(errno));
    s->own = true;
    if (fstat(s->fd, &info) != 0)
        return TEND_OK;
    if (S_ISDIR(info.st_mode))
        return tend_error_set(s->err, TEND_INVALID, "%s is a folder; a file was expected", s->path);
    if (S_ISREG(info.st_mode))
        s->size = (int64_t)info.st_size;
    return TEND_OK;
}

/* Fills the raw buffer as far as the file gives. A pipe gives little at a time. */
static tend_status fill(struct tend_stream *s)
{
    while (!s->end && s->n_raw < TEND_INPUT_RAW) {
        ssize_t got;

        if (!tend_interrupt_wait(s->fd))
            return tend_interrupt_check(s->err);
        got = read(s->fd, s->raw + s->n_raw, (size_t)(TEND_INPUT_RAW - s->n_raw));

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return tend_error_set(s->err, TEND_IO, "%s cannot be read behind line %lld: %s",
                                  shown_path(s), (long long)s->line, strerror(errno));
        if (got == 0)
            s->end = true;
        s->n_raw += got;
        s->bytes += got;
    }
    return TEND_OK;
}

/* A device that gives without end would be read without end. */
static tend_status check_ends(struct tend_stream *s)
{
    struct stat info;

    if (s->end || fstat(s->fd, &info) != 0 || !S_ISCHR(info.st_mode) || isatty(s->fd))
        return TEND_OK;
    return tend_error_set(s->err, TEND_INVALID,
                          "%s is a device that does not end; a file was expected", shown_path(s));
}

/* Text has no NULs, but for UTF-16. */
static tend_status check_text(struct tend_stream *s)
{
    enum tend_encoding encoding = s->decoder.encoding;

    if (encoding == TEND_ENCODING_UTF16LE || encoding == TEND_ENCODING_UTF16BE || s->n_raw == 0 ||
        !memchr(s->raw, 0, (size_t)s->n_raw))
        return TEND_OK;
    return tend_error_set(s->err, TEND_INVALID,
                          "%s is not a file of text; an export of people was expected",
                          shown_path(s));
}

static void decode_raw(struct tend_stream *s, int64_t from, struct tend_buffer *out)
{
    int64_t used = from + tend_decode(&s->decoder, s->raw + from, s->n_raw - from, s->end, out);

    s->n_raw -= used;
    memmove(s->raw, s->raw + used, (size_t)s->n_raw);
}

/* The encoding that was named, or else the one that is found. A BOM is none of the text. */
static tend_status find_encoding(struct tend_stream *s, const char *named, int64_t *bom)
{
    s->decoder.encoding = tend_decode_guess(s->raw, s->n_raw, s->end, bom);
    if (named)
        return tend_decode_named(&s->decoder, named, s->err);
    if (s->decoder.encoding == TEND_ENCODING_CP1252)
        tend_decode_legacy(&s->decoder, s->raw, s->n_raw);
    return TEND_OK;
}

tend_status tend_stream_open(struct tend_stream *s, const char *path, struct tend_error *err)
{
    return tend_stream_open_as(s, path, NULL, err);
}

const char *tend_stream_encoding(const struct tend_stream *s)
{
    return s->decoder.name ? s->decoder.name : tend_encoding_name(s->decoder.encoding);
}

tend_status tend_stream_open_as(struct tend_stream *s, const char *path, const char *encoding,
                                struct tend_error *err)
{
    int64_t bom = 0;
    tend_status status;

    *s = (struct tend_stream){ .fd = -1, .path = path, .err = err };
    status = open_file(s);
    if (status == TEND_OK) {
        s->raw = tend_alloc(TEND_INPUT_RAW);
        status = fill(s);
    }
    if (status == TEND_OK)
        status = check_ends(s);
    if (status == TEND_OK)
        status = tend_input_kind(shown_path(s), s->raw, s->n_raw, err);
    if (status == TEND_OK)
        status = find_encoding(s, encoding, &bom);
    if (status == TEND_OK)
        status = check_text(s);
    if (status != TEND_OK) {
        tend_stream_close(s);
        return status;
    }
    decode_raw(s, bom, &s->head);
    return TEND_OK;
}

struct tend_text tend_stream_head(const struct tend_stream *s)
{
    return tend_buffer_text(&s->head);
}

int32_t tend_stream_block(struct tend_stream *s, struct tend_text *block)
{
    if (!s->started) {
        s->started = true;
        *block = tend_stream_head(s);
        if (block->len > 0)
            return 1;
    }
    tend_buffer_reset(&s->block);
    while (s->block.len == 0) {
        tend_status status = fill(s);

        if (status != TEND_OK)
            return status;
        if (s->n_raw == 0 && s->end)
            return 0;
        decode_raw(s, 0, &s->block);
    }
    *block = tend_buffer_text(&s->block);
    return 1;
}

/* Where the line ends within the text; -1 if it does not. */
static int64_t find_end(struct tend_text text)
{
    const char *lf = memchr(text.at, '\n', (size_t)text.len);
    int64_t len = lf ? lf - text.at : text.len;
    const char *cr = memchr(text.at, '\r', (size_t)len);

    return cr ? cr - text.at : lf ? len : -1;
}

static void skip(struct tend_text *text, int64_t n)
{
    text->at += n;
    text->len -= n;
}

/* A new block into s->rest; the LF of a CRLF that a block's end cut in two is
 * left out. */
static int32_t next_rest(struct tend_stream *s)
{
    int32_t got = 1;

    while (s->rest.len == 0 && got > 0) {
        got = tend_stream_block(s, &s->rest);
        if (got > 0 && s->ended_cr && s->rest.at[0] == '\n')
            skip(&s->rest, 1);
        if (got > 0)
            s->ended_cr = false;
    }
    return got;
}

int32_t tend_stream_line(struct tend_stream *s, struct tend_text *line)
{
    bool some = false;

    tend_buffer_reset(&s->long_line);
    for (;;) {
        int32_t got = next_rest(s);
        int64_t end;

        if (got < 0)
            return got;
        if (got == 0) {
            *line = tend_buffer_text(&s->long_line);
            s->line += some;
            return some;
        }
        end = find_end(s->rest);
        if (end >= 0) {
            *line = (struct tend_text){ s->rest.at, end };
            if (some) {
                tend_buffer_add(&s->long_line, *line);
                *line = tend_buffer_text(&s->long_line);
            }
            s->ended_cr = s->rest.at[end] == '\r';
            skip(&s->rest, end + 1);
            if (s->ended_cr && s->rest.len > 0) {
                if (s->rest.at[0] == '\n')
                    skip(&s->rest, 1);
                s->ended_cr = false;
            }
            s->line++;
            return 1;
        }
        some = true;
        tend_buffer_add(&s->long_line, s->rest);
        skip(&s->rest, s->rest.len);
        if (s->long_line.len > TEND_INPUT_LINE)
            return tend_error_set(s->err, TEND_LIMIT, "%s: line %lld is longer than 16 MB",
                                  shown_path(s), (long long)s->line + 1);
    }
}

void tend_stream_close(struct tend_stream *s)
{
    if (s->own)
        close(s->fd);
    tend_decode_close(&s->decoder);
    tend_free(s->raw);
    tend_buffer_finish(&s->head);
    tend_buffer_finish(&s->block);
    tend_buffer_finish(&s->long_line);
    *s = (struct tend_stream){ .fd = -1 };
}
