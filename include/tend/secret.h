/* SPDX-License-Identifier: 0BSD
 *
 * ctx->secret: passwords and tokens. They are kept outside the database, by
 * `plugin secret PLUGIN NAME`, and are of the plugin whose manifest names them
 * ("secrets:token"). A request that only passes one on names it as its bearer
 * and never sees it.
 */
#ifndef TEND_SECRET_H
#define TEND_SECRET_H

#include <tend/types.h>

struct tend_ctx;

struct tend_secret_api {
    uint32_t size, level;

    /* TEND_NOT_FOUND, with the command that sets it, if there is none. */
    tend_status (*get)(struct tend_ctx *ctx, const char *name, struct tend_text *value);
};

#endif
