/* SPDX-License-Identifier: 0BSD
 *
 * ctx->file: files, within what the manifest asked for ("files:~/leads")
 * and the user granted. The files that an import names need no right: they are
 * a source's input.
 */
#ifndef TEND_FILE_H
#define TEND_FILE_H

#include <tend/types.h>

struct tend_ctx;

struct tend_file_api {
    uint32_t size, level;

    /* The whole file, at most 16 MiB. TEND_DENIED names the right that is missing. A path
     * that begins with neither / nor ~ stands beside the plugin, where it needs no right. */
    tend_status (*read)(struct tend_ctx *ctx, const char *path, struct tend_text *content);
    /* The names in a folder, each ended by a newline, sorted; a folder's end with /. */
    tend_status (*list)(struct tend_ctx *ctx, const char *path, struct tend_text *names);
};

#endif
