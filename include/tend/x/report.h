/* SPDX-License-Identifier: 0BSD
 *
 * report: a table that is made anew whenever somebody looks (kind "report").
 * Free to change: define TEND_UNSTABLE before the include.
 *
 * It is shown by `report NAME`, as a table, JSON or CSV. It reads, and answers
 * with TEND_ROW and TEND_PRINT; what it was asked with is in ctx->command.
 */
#ifndef TEND_X_REPORT_H
#define TEND_X_REPORT_H

#ifndef TEND_UNSTABLE
#error "tend/x/report.h may change with every version: say #define TEND_UNSTABLE before it"
#endif

#include <tend/command.h>
#include <tend/types.h>

struct tend_report {
    int64_t size;
    const char *name;
    const char *title;                              /* a line */
    const struct tend_command_arg *const *options;  /* month=2026-11; a NULL ends; may be NULL */
    const char *fields;         /* "stage:word people:number", as of a command */
    tend_status (*run)(struct tend_ctx *ctx);
};

#endif
