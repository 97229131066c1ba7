/* A host of our own for the functions of a plugin that reads files: what is put is written
 * down as text. */
#ifndef TEND_TESTS_PLUGINS_FAKE_HOST_H
#define TEND_TESTS_PLUGINS_FAKE_HOST_H

#include "base/buffer.h"
#include "base/text.h"
#include <tend/plugin.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail

extern struct tend_ctx fake_ctx;

/* Reads the text with the plugin's `read`, in blocks of so many bytes. What
 * came: "layout: TITLE", then "LINE name=Ann Lee|email=ann@example.com (Work)"
 * or "LINE:COLUMN CODE RAW". map: "column=field", or NULL. */
const char *fake_read(struct tend_text text, int64_t block, const char *map);
/* With options of the reader, a line each: "delimiter=;". What it found stands there too. */
const char *fake_read_as(struct tend_text text, const char *options);
/* Reads, and drops what came; it may be refused. A value that is no text fails. */
tend_status fake_try(struct tend_text text, int64_t block);
int32_t fake_sniff(const char *text, const char *filename);
int32_t fake_sniff_text(struct tend_text text, const char *filename);

#endif
