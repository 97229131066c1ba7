/* The parts of a store, for this folder only. */
#ifndef TEND_STORE_PARTS_H
#define TEND_STORE_PARTS_H

#include "base/array.h"
#include "base/buffer.h"
#include "store/codec.h"
#include "store/row.h"
#include "store/sql.h"
#include <tend/x/store_driver.h>

/* --- migrations (migrate.c) --------------------------------------------- */

struct tend_schema {            /* the catalogue, or one made for a test */
    const struct tend_table_def *tables;
    int32_t n_tables;
    const struct tend_index_def *indexes;   /* .table counts in tables */
    int32_t n_indexes;
};

/* The statements of migration `number` in a driver's words. */
void tend_schema_ddl(struct tend_buffer *out, const struct tend_schema *schema,
                     const struct tend_store_driver *driver, int32_t number);
/* Runs the migrations behind `from` up to `to`; a transaction is open. */
tend_status tend_schema_migrate(const struct tend_schema *schema,
                                const struct tend_store_driver *driver, struct tend_db *db,
                                int32_t from, int32_t to);

/* The whole of it: a backup beside the file unless it is new, the migrations,
 * and what is derived made anew, in one transaction. */
tend_status tend_store_migrate(struct tend_store *store, const struct tend_schema *schema,
                               int64_t from, int32_t to);

/* --- the log of a batch (journal.c) ------------------------------------- */

struct tend_range {             /* rows inserted, both ends */
    enum tend_table table;
    tend_id first, last;
};

struct tend_log {
    struct tend_buffer images;      /* encoded entries that are not in the database yet */
    int64_t page_start;             /* where the page that is being filled begins */
    enum tend_table page_table;     /* of its last entry */
    TEND_ARRAY(int64_t) cuts;       /* ends of the pages that are full */
    TEND_ARRAY(struct tend_range) ranges;
    int64_t last_range[TEND_TABLES];    /* 1 + index of the range that may grow */
    int64_t changes;
};

struct tend_log_mark {
    int64_t images, page_start, cuts, ranges, changes;
    enum tend_table page_table;
};

void tend_log_reset(struct tend_log *log);
void tend_log_finish(struct tend_log *log);
struct tend_log_mark tend_log_mark(const struct tend_log *log);
void tend_log_rollback(struct tend_log *log, const struct tend_log_mark *mark);
/* Ranges that are there stay as they are: what follows can be taken back. */
void tend_log_freeze(struct tend_log *log);
void tend_log_insert(struct tend_log *log, enum tend_table table, tend_id id);
void tend_log_entry(struct tend_log *log, const struct tend_entry *entry);
/* Writes what is there into the journal; all of it, or full pages only. */
tend_status tend_journal_write(struct tend_store *store, bool all);
/* When much has gathered and nothing can be taken back. */
tend_status tend_journal_spill(struct tend_store *store);

/* --- what must be derived anew (dirty.c) -------------------------------- */

enum {
    TEND_DIRTY_WORDS = 1,
    TEND_DIRTY_SEARCH = 2,
    TEND_DIRTY_STAGE = 4,
    TEND_DIRTY_TASKS = 8,       /* a person's zone: all open tasks */
    TEND_DIRTY_DUE = 1,         /* of a task */
    TEND_DIRTY_NEW = 64,        /* made in this batch: nothing derived is there */
    TEND_DIRTY_DONE = 128       /* was derived once in this batch */
};

struct tend_dirty_slot {
    tend_id id;
    uint32_t bits;
};

struct tend_dirty_set {
    /* Rows made in this batch, by id - base. */
    tend_id base;
    struct {
        uint8_t *at;
        int64_t n, cap;
    } fresh;
    int64_t low;                /* none before this index is marked */
    int64_t n_fresh;            /* how many of them are marked, at most */
    /* All others, an open hash. */
    struct tend_dirty_slot *slot;
    int64_t n, cap;
};

struct tend_key_change {        /* of contact_key; see derive_keys.c */
    int64_t hash;
    tend_id point;
    int32_t turn;               /* of one point, the later counts */
    bool gone;
};

struct tend_dirty {
    struct tend_dirty_set person, task;
    /* Keys that came and went, in their order; those before keys_done are in
     * the table. A rollback cuts off the end. */
    TEND_ARRAY(struct tend_key_change) key;
    int64_t keys_done;
    /* What was derived inside of open savepoints, to be marked again when one
     * of them is rolled back; id < 0 is a task. */
    TEND_ARRAY(struct tend_dirty_slot) flushed;
};

void tend_dirty_mark(struct tend_dirty_set *set, tend_id id, uint32_t bits);
/* A row made in this batch, whose new ids begin at base. */
void tend_dirty_mark_new(struct tend_dirty_set *set, tend_id base, tend_id id, uint32_t bits);
bool tend_dirty_any(const struct tend_dirty_set *set);
/* All marked ids in order, with their bits; the set is empty after. */
void tend_dirty_take(struct tend_dirty_set *set, struct tend_dirty_slot **out, int64_t *n);
void tend_dirty_reset(struct tend_dirty *dirty);
void tend_dirty_finish(struct tend_dirty *dirty);

/* After a change of a row: old and new are values, or NULL. */
void tend_derive_note(struct tend_store *store, enum tend_table table, tend_id id,
                      const struct tend_value *old, const struct tend_value *values,
                      uint64_t mask, bool is_new);

/* --- keys that there are (key_filter.c) --------------------------------- */

struct tend_key_filter {        /* of a batch; without bits it may have any */
    uint64_t *bits, mask;
};

void tend_key_filter_add(struct tend_key_filter *filter, int64_t hash);
bool tend_key_filter_may_have(const struct tend_key_filter *filter, int64_t hash);
void tend_key_filter_finish(struct tend_key_filter *filter);

/* When much is noted and nothing can be taken back: derives it. */
tend_status tend_derive_spill(struct tend_store *store);

/* --- rows on their way (bulk.c) ----------------------------------------- */

#define TEND_BULK_ROWS 48

/* Rows of a table on their way into it, many to a statement: half the cost of
 * one by one. */
struct tend_bulk {              /* zeroed but for store and table */
    struct tend_store *store;
    enum tend_table table;
    int32_t n, cap;
    struct tend_value *value;   /* of a fact with id and rev */
    struct tend_arena arena;
};

struct tend_bound {             /* a parameter */
    enum tend_value_type type;
    int64_t i;
};

/* A row of a derived table; texts are copied. */
tend_status tend_bulk_add(struct tend_bulk *bulk, const struct tend_value *values);
/* Writes what is left (unless status is an error already) and frees. */
tend_status tend_bulk_end(struct tend_bulk *bulk, tend_status status);

/* Its parts: a row that waits (of a fact with id and rev), and the first n go. */
void tend_bulk_put(struct tend_bulk *bulk, tend_id id, const struct tend_value *values,
                   tend_id rev);
tend_status tend_bulk_write(struct tend_bulk *bulk, int32_t n);
void tend_bulk_finish(struct tend_bulk *bulk);

struct tend_pending_mark {      /* rows that wait, and that are older than a savepoint */
    int32_t n[TEND_TABLES];
    int64_t gone;
};

/* New facts wait in a bulk of their table, and timers that are over for their
 * DELETE; a statement that names the table has them written first. After an
 * error the batch cannot be committed. */
tend_status tend_pending_add(struct tend_store *store, enum tend_table table, tend_id id,
                             const struct tend_value *values);
tend_status tend_pending_flush(struct tend_store *store);
/* Those of the tables in the mask alone. */
tend_status tend_pending_write(struct tend_store *store, uint64_t tables);
/* Does a row wait that has this number in the column? */
bool tend_pending_has(const struct tend_store *store, enum tend_table table, int32_t column,
                      int64_t value);
/* A timer that was read in this batch goes; TEND_EXISTS: it is to go already. */
tend_status tend_pending_gone(struct tend_store *store, tend_id timer);
void tend_pending_drop(struct tend_store *store);
/* How much waits, when a savepoint begins; back to it; and when one has ended,
 * whole statements of rows are written. */
void tend_pending_mark(const struct tend_store *store, struct tend_pending_mark *mark);
void tend_pending_cut(struct tend_store *store, const struct tend_pending_mark *mark);
tend_status tend_pending_settle(struct tend_store *store);
void tend_pending_finish(struct tend_store *store);

/* --- a store ------------------------------------------------------------ */

#define TEND_SAVEPOINTS 16
#define TEND_SQL_BUCKETS 256
#define TEND_UPDATES 12         /* kept update statements a table */

struct tend_sql {
    struct tend_store *store;
    struct tend_statement *statement;
    const char *text;           /* the literal; NULL: not of the cache */
    uint64_t tables;            /* of facts, that it names */
    bool writes;
    struct tend_sql *next;
    tend_status status;
    bool busy, dynamic;
    bool family;                /* of a person and all who were merged into them */
};

struct tend_row_sql {           /* made from the catalogue when first needed */
    struct tend_sql *insert, *restore, *select, *remove;
    struct tend_sql *insert_many;
    struct tend_sql *due;               /* of timers: a whole batch of them */
    struct tend_bound *bound;           /* to insert_many */
    struct tend_bulk bulk;              /* new facts that wait */
    struct {
        uint64_t mask;
        struct tend_sql *sql;
    } update[TEND_UPDATES];
    int32_t n_updates;
};

struct tend_savepoint {
    struct tend_log_mark log;
    tend_id next[TEND_TABLES];
    int64_t flushed, keys, keys_done;
    struct tend_pending_mark pending;
};

struct tend_store {
    const struct tend_store_driver *driver;
    struct tend_db *db;
    struct tend_error *err;
    struct tend_clock *clock;
    char *path;
    bool read_only, memory;
    bool copy;                  /* in memory, of an older file that is only looked at */

    struct tend_sql *sql[TEND_SQL_BUCKETS];
    struct tend_sql *kept;              /* made from the catalogue */
    struct tend_row_sql rows[TEND_TABLES];
    struct tend_arena scratch;          /* of one row operation */

    bool open;                          /* a batch */
    bool transaction;                   /* without a batch: settings, migration, rebuild */
    bool goes_on;                       /* it is a part of the batch before it */
    bool sealed;                        /* the batch cannot be undone */
    bool force;                         /* the batch row is written even without changes */
    bool settings;                      /* something outside of the journal was written */
    enum tend_batch_kind kind;
    char *command;
    tend_id actor, batch;
    int64_t at;
    tend_id undoes;
    tend_id start[TEND_TABLES], next[TEND_TABLES];  /* ids; 0: not loaded */
    struct tend_savepoint savepoint[TEND_SAVEPOINTS];
    int32_t depth;
    int32_t real;                       /* of these, the database knows of so many */
    uint64_t timers_seen;               /* another number after each change of one */
    uint64_t writes;                    /* likewise of whatever may have changed a row */
    struct tend_log log;
    struct tend_dirty dirty;
    struct tend_key_filter key_filter;
    struct {
        int64_t n;                      /* rows */
        tend_status status;             /* of the first write that failed */
        bool writing;
        TEND_ARRAY(tend_id) gone;       /* timers */
    } pending;

    struct {                            /* who was merged into whom (ops_merge.c) */
        bool known, any;
        tend_id person;                 /* who was asked for last, and has somebody or not */
        bool has;
    } merged;

    bool me_known;
    tend_id me;
    const struct tend_zone *zone;       /* NULL: not looked up yet */
};

/* The error of the last driver call, in our words; returns status. */
tend_status tend_store_fail(struct tend_store *store, tend_status status, const char *doing);
tend_status tend_store_exec(struct tend_store *store, const char *sql);
/* A savepoint is one of the database only when something is written behind it:
 * before that. */
tend_status tend_savepoint_write(struct tend_store *store);
/* A kept statement made at run time. */
struct tend_sql *tend_sql_keep(struct tend_store *store, struct tend_text text);
/* The statement of a literal for a whole family: NULL if there is none yet, then it is made. */
struct tend_sql *tend_sql_family(struct tend_store *store, const char *text);
struct tend_sql *tend_sql_family_make(struct tend_store *store, const char *text,
                                      struct tend_text sql);
/* What is known of merges may be wrong. */
void tend_merged_forget(struct tend_store *store);
/* Marks a kept statement as open; the same rules as tend_sql. */
struct tend_sql *tend_sql_again(struct tend_sql *q);
/* The bytes stay where they are until the statement ends. */
void tend_sql_bind_static(struct tend_sql *q, int32_t at, const struct tend_value *value);
void tend_sql_drop_all(struct tend_store *store);
/* Column `at` as a value, by its type in the catalogue; borrowed. */
struct tend_value tend_sql_value(struct tend_sql *q, int32_t at, enum tend_column_type type);

/* The next id of a table, in a batch; 0 after an error. */
tend_id tend_counter_next(struct tend_store *store, enum tend_table table);
/* Has the id been given out in this batch? */
bool tend_counter_fresh(const struct tend_store *store, enum tend_table table, tend_id id);
tend_status tend_counter_write(struct tend_store *store);
/* A transaction that is no batch, for what is not journaled. Inside of a batch
 * (or of another) it is part of that. */
tend_status tend_transaction_begin(struct tend_store *store, bool *own);
tend_status tend_transaction_end(struct tend_store *store, bool own, tend_status status);

bool tend_value_same(const struct tend_value *a, const struct tend_value *b);
/* Writes a row that was read and taken out: it is as if nothing had been. */
tend_status tend_row_put(struct tend_store *store, enum tend_table table, tend_id id,
                         const struct tend_value *values, tend_id rev);
/* Puts a row back under its old id and rev; the caller logs it. TEND_EXISTS
 * (without an error text) when there is one already. */
tend_status tend_row_restore(struct tend_store *store, enum tend_table table, tend_id id,
                             const struct tend_value *values, tend_id rev);
/* As tend_row_update, and sets rev (0: this batch). */
tend_status tend_row_update_rev(struct tend_store *store, enum tend_table table, tend_id id,
                                uint64_t mask, const struct tend_value *values, tend_id rev);
/* A row that was read in this transaction was deleted by a statement of its own:
 * what is left of tend_row_delete. */
tend_status tend_row_deleted(struct tend_store *store, enum tend_table table, tend_id id,
                             const struct tend_value *before, tend_id rev);
/* "SELECT <columns>, rev FROM <table> <tail>", where head is "SELECT ". */
void tend_row_select(struct tend_buffer *out, const char *head, enum tend_table table,
                     const char *tail);

#endif
