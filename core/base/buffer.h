/* Text that grows at its end. */
#ifndef TEND_BASE_BUFFER_H
#define TEND_BASE_BUFFER_H

#include <stdarg.h>
#include <tend/types.h>

struct tend_buffer {            /* zeroed is empty and valid */
    char *at;                   /* ended by a NUL once anything was added */
    int64_t len, cap;
};

void tend_buffer_add(struct tend_buffer *buf, struct tend_text text);
void tend_buffer_adds(struct tend_buffer *buf, const char *text);
void tend_buffer_addc(struct tend_buffer *buf, char c);
void tend_buffer_addf(struct tend_buffer *buf, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void tend_buffer_vaddf(struct tend_buffer *buf, const char *fmt, va_list args);
/* Adds a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void tend_buffer_json(struct tend_buffer *buf, struct tend_text text);
struct tend_text tend_buffer_text(const struct tend_buffer *buf);
void tend_buffer_reset(struct tend_buffer *buf);
void tend_buffer_finish(struct tend_buffer *buf);

#endif
