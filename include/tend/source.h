/* SPDX-License-Identifier: 0BSD
 *
 * lead_source: reads rows of people out of a file (kind "lead_source").
 *
 * The host opens the file, decodes it to UTF-8 without a BOM, and numbers the
 * lines. The plugin asks for lines (`line`) or, where a value may span lines,
 * for blocks (`block`), and hands over rows:
 *
 *     row = ctx->source->row(in);
 *     ctx->source->put(row, "name", name);
 *     ctx->source->put(row, "phone", phone);
 *     ctx->source->label(row, label);           of the value put last: "mobile"
 *     status = ctx->source->end(row);
 *
 * Fields: name given family email phone organisation title note tag source
 * zone region birthday anniversary nickname url address id at met_how interest
 * joined rank, and uid, which tend gave and an export wrote. `id` is the source's
 * own: with the reader's name it finds the same person next time.
 * Any dotted name (barncsv.campaign) becomes an attribute. A field may be put
 * several times; an empty value is no value. A field that is none of these is
 * kept as "<reader>.<field>", and the user is told. `at` is when somebody raised a
 * hand. What they agreed to: "consent.phone" with its wording, beside it
 * "consent.phone.at" and "consent.phone.proof". Who must not be contacted:
 * "dnc.email" (a channel: all call text email visit) with the reason.
 */
#ifndef TEND_SOURCE_H
#define TEND_SOURCE_H

#include <tend/command.h>
#include <tend/types.h>

struct tend_ctx;
struct tend_input;      /* one file, pipe or stdin, being read */
struct tend_row;        /* one row being built */

struct tend_source_api {
    uint32_t size, level;

    /* The next line without its end; lives until the next call.
     * 1 a line, 0 the end, < 0 an error (the error slot is filled). */
    int32_t (*line)(struct tend_input *in, struct tend_text *line);
    /* The next block of the file, cut anywhere between two characters; lives
     * until the next call. Returns as `line`. Do not mix the two. */
    int32_t (*block)(struct tend_input *in, struct tend_text *block);
    /* What the user said this column holds (--map): 1 and *field, or 0. */
    int32_t (*map)(struct tend_input *in, struct tend_text column, struct tend_text *field);
    /* Tells the user which layout was recognised ("Google Contacts"). */
    void (*layout)(struct tend_input *in, const char *title);
    /* Begins a row at the line last read. The one before must have ended. */
    struct tend_row *(*row)(struct tend_input *in);
    /* Where the row begins, for readers of blocks; lines count from 1. raw is
     * the row as it stands in the file, for the file of rejects. */
    void (*place)(struct tend_row *row, int64_t line, struct tend_text raw);
    void (*put)(struct tend_row *row, const char *field, struct tend_text value);
    /* Labels the value that was put last ("work", "mobile"). */
    void (*label)(struct tend_row *row, struct tend_text label);
    /* Hands the row over. Not TEND_OK: stop reading and return it. TEND_LIMIT: it is 1000 rows
     * more than the bytes that were read (see `limits`); nothing more is taken. */
    tend_status (*end)(struct tend_row *row);
    /* Hands the row over as one that cannot be read: a short code such as
     * "csv.quote", the column (tend_column, 0 unknown), and what was expected. */
    tend_status (*reject)(struct tend_row *row, const char *code, int64_t column,
                          const char *text);
    /* In `page` only, since level 2: where the next page begins. It is kept in the
     * transaction that keeps the rows of this one. more 1: ask for that page
     * now; 0: it is where the next import goes on. */
    void (*cursor)(struct tend_input *in, struct tend_text cursor, int32_t more);
    /* Since level 2: what was found out about the file and could be said otherwise
     * by an option: "delimiter", "semicolon". The user is shown it. */
    void (*found)(struct tend_input *in, const char *what, struct tend_text value);
    /* Since level 2: which field a column of the file becomes, "csv.Gym" where it is kept
     * as an attribute; NULL: it is left out. Before the first row, so that the user sees
     * it before one is written. */
    void (*column)(struct tend_input *in, struct tend_text name, const char *field);
};

/* Where in its line `rest` begins, which was cut off it: in characters, from 1. */
static inline int64_t tend_column(struct tend_text line, struct tend_text rest)
{
    int64_t column = 1;

    for (int64_t i = 0; i < line.len && line.at + i != rest.at; i++)
        column += ((unsigned char)line.at[i] & 0xc0) != 0x80;
    return column;
}

struct tend_lead_source {
    int64_t size;
    const char *name;       /* "csv" */
    const char *title;      /* "comma separated values" */
    /* How sure are you of this file, 0 to 100, from its first decoded bytes
     * (at most 64 KiB)? The surest reader gets it; a tie goes to the first
     * name in the alphabet. A failure counts as 0, and is shown. */
    int32_t (*sniff)(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename);
    /* Reads it all. Called once a file. May be NULL if there is `page`. */
    tend_status (*read)(struct tend_ctx *ctx, struct tend_input *in);

    /* since level 2; each may be NULL */
    const struct tend_command_arg *const *options;  /* `import --from NAME url=https://...`,
                                                       or `--from NAME FILE skip=3`; in
                                                       ctx->command; a NULL ends */
    const char *every;      /* how often it is worth asking: "15m"; `plugin info` says it, and
                               nobody asks of itself */
    /* One page of a service on the network (ctx->http), with no file: `in` takes rows,
     * and has no lines. cursor is what the last page gave, at first empty. Runs in a
     * process of its own, where nothing of the database can be read, and which is
     * ended when it takes too long. TEND_BUSY, TEND_TIMEOUT, TEND_IO: it is tried
     * again. */
    tend_status (*page)(struct tend_ctx *ctx, struct tend_input *in, struct tend_text cursor);
};

#endif
