/* SPDX-License-Identifier: 0BSD
 *
 * store_driver: where the database lives. A table named "tend.x" is free to
 * change between versions; the store driver's is.
 *
 * A driver speaks SQL and nothing else: it knows no person and no table. The
 * core generates the tables from its catalogue with the driver's words, and
 * all other statements are written once, in what SQLite and PostgreSQL both
 * take with one meaning (?1 ?2 in order, 64-bit integers, no now()). What no
 * dialect shares (full text search, a copy while in use, an integrity check)
 * is an operation of its own here.
 *
 * The plugin is called like its scheme ("postgres" for postgres://...), since it is
 * found by that name, and opened, before any other. host->get("tend.x.store", 2) is
 * the driver that is built in (SQLite), for one that wraps it.
 *
 * Functions return TEND_OK or a negative status; `message` then says why, in
 * the words of the database. There is one connection and one thread.
 */
#ifndef TEND_X_STORE_DRIVER_H
#define TEND_X_STORE_DRIVER_H

#include <tend/types.h>

struct tend_db;         /* a connection; each driver has its own */
struct tend_statement;  /* a prepared statement */

struct tend_db_options {
    int32_t read_only;      /* nothing is made or written */
    int32_t must_exist;     /* TEND_NOT_FOUND rather than a new database */
    int32_t busy_ms;        /* how long to wait for another writer */
    const char *vfs;        /* SQLite's, for tests; NULL the default */
};

struct tend_store_driver {
    int64_t size;
    const char *scheme;     /* "postgres" answers postgres://... */

    /* Words of the dialect for CREATE TABLE. */
    const char *type_int;   /* 64 bits */
    const char *type_text, *type_blob;
    const char *type_id;    /* the key of a table */
    const char *table_end;  /* behind the closing parenthesis */
    const char *table_end_key;  /* of a table whose rows stand in the order of its key */

    /* path: the whole URL; a file that `backup` wrote; or ":memory:" for a database
     * that is gone when it is closed. *db is set whenever there is something to ask `message` of; close it
     * even if open failed. */
    tend_status (*open)(const char *path, const struct tend_db_options *options,
                        struct tend_db **db);
    void (*close)(struct tend_db *db);
    const char *(*message)(struct tend_db *db);
    /* Who keeps the database from us ("tend (process 4711)"); "" if unknown. */
    void (*holder)(struct tend_db *db, char *out, size_t size);
    /* The schema number; 0 is an empty database, TEND_INVALID one that holds
     * something else. */
    tend_status (*version)(struct tend_db *db, int64_t *version);
    tend_status (*set_version)(struct tend_db *db, int64_t version);

    tend_status (*exec)(struct tend_db *db, const char *sql);
    /* keep: it will be used often. */
    tend_status (*prepare)(struct tend_db *db, struct tend_text sql, int32_t keep,
                           struct tend_statement **out);
    /* Positions count from 1. copy 0: the bytes stay until the next reset. */
    void (*bind_int)(struct tend_statement *s, int32_t at, int64_t value);
    void (*bind_text)(struct tend_statement *s, int32_t at, struct tend_text value, int32_t copy);
    void (*bind_blob)(struct tend_statement *s, int32_t at, struct tend_text value, int32_t copy);
    void (*bind_null)(struct tend_statement *s, int32_t at);
    /* 1 a row, 0 the end, < 0 a status. */
    int32_t (*step)(struct tend_statement *s);
    /* Columns count from 0; texts live until the next step or reset. */
    int32_t (*is_null)(struct tend_statement *s, int32_t column);
    int64_t (*column_int)(struct tend_statement *s, int32_t column);    /* NULL is 0 */
    struct tend_text (*column_text)(struct tend_statement *s, int32_t column);
    struct tend_text (*column_blob)(struct tend_statement *s, int32_t column);
    void (*reset)(struct tend_statement *s);
    void (*finalize)(struct tend_statement *s);     /* NULL is fine */
    /* Rows changed by the last statement. */
    int64_t (*changes)(struct tend_db *db);

    /* A transaction that will write; it waits busy_ms for another writer. */
    tend_status (*begin)(struct tend_db *db);
    tend_status (*commit)(struct tend_db *db);      /* durable when it returns TEND_OK */
    void (*rollback)(struct tend_db *db);

    /* Whole integrity; calls `problem` for each. */
    tend_status (*integrity)(struct tend_db *db, void (*problem)(void *data, const char *text),
                             void *data);
    /* A consistent copy into a new file; an existing one is overwritten. */
    tend_status (*backup)(struct tend_db *db, const char *path);
    /* Makes the open database a copy of the file. No transaction is open. */
    tend_status (*restore)(struct tend_db *db, const char *path);

    /* Full text: one document a person, folded words by their beginning.
     * search_clear makes the table, or empties it. search_put is for a person
     * without a document; of one bulk they come in the order of their ids. */
    tend_status (*search_clear)(struct tend_db *db);
    tend_status (*search_put)(struct tend_db *db, tend_id person, struct tend_text text);
    tend_status (*search_delete)(struct tend_db *db, tend_id first, tend_id last);
    /* words: folded, separated by one space. Calls `found`, best first. */
    tend_status (*search_query)(struct tend_db *db, struct tend_text words, int64_t most,
                                void (*found)(void *data, tend_id person), void *data);
    /* The stored documents in the order of their persons, for a check; of one whose text
     * is not kept, the 8 bytes of its tend_hash. */
    tend_status (*search_walk)(struct tend_db *db,
                               void (*document)(void *data, tend_id person, struct tend_text text),
                               void *data);

    /* A number that is another after somebody else has written; of this
     * connection alone, and cheap enough to ask every second. */
    tend_status (*version_of_data)(struct tend_db *db, int64_t *version);

    /* After a forgetting, outside of a transaction: no byte of what was deleted is
     * left in the files. NULL: nothing is to be done. */
    tend_status (*scrub)(struct tend_db *db);

    /* How many documents were deleted and are still in the index: when these are more
     * than those that count, it is made anew. NULL: none. */
    int64_t (*search_waste)(struct tend_db *db);
};

#endif
