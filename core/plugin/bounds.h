/* How much a plugin may: what it asks for in its manifest, within what the user
 * allows in the file `limits` of the configuration folder.
 *
 *     name     default   at most   what happens past it
 *     time     250 ms    5 s       of one call (a command: 5 s): it is stopped
 *     total    30 s      120 s     of all handlers in one command: they are not called any more
 *     memory   32 MiB    256 MiB   of a Lua plugin: it is stopped
 *     effects  64        1000      of one call (a command: 100,000): the call fails
 *     output   4 MiB     64 MiB    of texts of effects of one call (a command: 64 MiB): likewise
 *     rows     1000      100,000   of a reader, beyond one for each byte that it has read (of a
 *                                  file, or of answers to a page): it is stopped
 *
 * A line of the file is "NAME time=5s memory=64MiB"; what stands there is the
 * user's word, whatever the plugin asks for and above `at most` too. * is for
 * every plugin that has no line of its own. C code cannot be stopped: time and
 * memory are told of it; effects, output and rows hold. */
#ifndef TEND_PLUGIN_BOUNDS_H
#define TEND_PLUGIN_BOUNDS_H

#include "base/error.h"
#include "base/text.h"

struct tend_limits {            /* 0: not said */
    int64_t time, total;        /* microseconds */
    int64_t memory, output;     /* bytes */
    int64_t effects, rows;
};

/* "time:2s memory:64MiB effects:200", or with = in place of :. */
tend_status tend_limits_parse(struct tend_text text, struct tend_limits *limits,
                              struct tend_error *err);
/* What the plugin may have of what it asks for. */
struct tend_limits tend_limits_settle(const struct tend_limits *asked,
                                      const struct tend_limits *user);
/* What the file says of a plugin; one that is not there says nothing. */
tend_status tend_limits_read(const char *path, const char *plugin, struct tend_limits *limits,
                             struct tend_error *err);

#endif
