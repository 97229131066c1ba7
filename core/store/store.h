/* A database: opening, batches, undo, and the care of what is derived.
 *
 * There is one writer connection. Reading needs no batch. A batch is one
 * transaction, one command with all its consequences; what it changes goes
 * through row.h into the journal. Named operations on people, touches, tasks
 * are in ops_*.h; all SQL of the program stands in this folder.
 *
 * Errors are in the slot that was given to tend_store_open; every function
 * that returns a tend_status fills it. */
#ifndef TEND_STORE_STORE_H
#define TEND_STORE_STORE_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/zone.h"
#include "store/catalogue.h"
#include <stdbool.h>

struct tend_store;
struct tend_store_driver;       /* tend/x/store_driver.h */
extern const struct tend_store_driver tend_driver_sqlite;       /* that which is built in */

struct tend_store_options {
    struct tend_clock *clock;   /* borrowed for the store's life */
    bool read_only;             /* no file is made, nothing is written */
    bool memory;                /* start from nothing, in memory: for a dry run on no database */
    bool looks;                 /* nothing is to be kept: an older layout is read in a copy in memory */
    bool must_exist;            /* TEND_NOT_FOUND rather than a new file */
    const char *vfs;            /* SQLite VFS by name, NULL the default: for tests */
    const struct tend_store_driver *driver; /* what answers the URL's scheme; NULL: SQLite */
};

/* path: a file, "sqlite:FILE", ":memory:", or a URL whose scheme a driver
 * answers. A new file is readable by its owner alone. An older schema is
 * backed up beside the file (FILE.schema-N.bak) and migrated; a newer one is
 * refused. A file that is no database, or is busy (5 s), gets an error that
 * says so, with the process that holds it where that can be told. */
tend_status tend_store_open(struct tend_store **store, const char *path,
                            const struct tend_store_options *options, struct tend_error *err);
void tend_store_close(struct tend_store *store);    /* NULL is fine; rolls back */
bool tend_store_is_copy(const struct tend_store *store);    /* see `looks` */
struct tend_error *tend_store_error(struct tend_store *store);
struct tend_clock *tend_store_clock(struct tend_store *store);
const char *tend_store_path(struct tend_store *store);

/* --- batches ------------------------------------------------------------ */

enum tend_batch_kind {
    TEND_BATCH_COMMAND = 0,     /* somebody's command: `undo` takes the last */
    TEND_BATCH_TICK = 1,        /* the scheduler's: undone only by its id */
    TEND_BATCH_UNDO = 2,
    TEND_BATCH_REDO = 3
};

struct tend_batch {
    tend_id id;
    enum tend_batch_kind kind;
    tend_id actor;
    int64_t at;
    tend_id undoes, undone_by;  /* 0: none */
    bool sealed;
    int64_t changes;            /* rows */
    struct tend_text command;
};

/* Opens a transaction (BEGIN IMMEDIATE). command: the verb with ids, free of
 * personal text. actor: a person, 0 where there is no `me` yet. */
tend_status tend_batch_begin(struct tend_store *store, enum tend_batch_kind kind,
                             const char *command, tend_id actor);
/* The id that this batch will have; 0 outside of one. */
tend_id tend_batch_current(struct tend_store *store);
/* Derives, writes the journal, commits. A batch that changed nothing leaves
 * nothing: *id is 0. id may be NULL. On an error all is rolled back. */
tend_status tend_batch_commit(struct tend_store *store, tend_id *id);
void tend_batch_abort(struct tend_store *store);    /* rolls back; harmless outside of one */
/* Says more precisely what the batch is, before its commit. */
void tend_batch_rename(struct tend_store *store, const char *command);

/* It can never be undone: something has left the house. */
void tend_batch_seal(struct tend_store *store);
/* This batch goes on with that one, as a part of it that `undo` takes along: true if
 * nothing was written since. */
bool tend_batch_go_on(struct tend_store *store, tend_id batch);

/* Nested savepoints within a batch; a rollback takes back rows, journal and
 * ids since the mark, and closes the savepoint. */
tend_status tend_savepoint_begin(struct tend_store *store);
tend_status tend_savepoint_release(struct tend_store *store);
void tend_savepoint_rollback(struct tend_store *store);

/* Many reads as one, of one state, without a lock for each. Nothing may be written
 * before the end; in a batch it does nothing. */
bool tend_store_read_begin(struct tend_store *store);
void tend_store_read_end(struct tend_store *store, bool begun);

/* --- undo --------------------------------------------------------------- */

struct tend_conflict {          /* what an undo left as it is, and why */
    enum tend_table table;
    tend_id id;
    const char *column;         /* NULL: the whole row */
    tend_id rev;                /* the later batch; 0: a later row needs it */
};

struct tend_undo {
    struct tend_batch batch;    /* the new batch */
    tend_id undone;             /* the batch that was taken back */
    int64_t changes;
    int64_t n_conflicts;        /* all */
    int64_t n_listed;           /* how many of them are in conflict[] */
    struct tend_conflict conflict[32];
};

/* The inverse of a batch, as a batch. batch 0: the last command of `actor`
 * that is not undone (not an undo, redo or tick). TEND_NOT_FOUND when there is
 * none, TEND_EXISTS when it is undone already, TEND_VETO when it is sealed.
 * TEND_VETO too when it made `me`. When nothing can go back, for conflicts,
 * nothing is written and out->batch.id is 0. With dry, everything is done and
 * rolled back. */
tend_status tend_store_undo(struct tend_store *store, tend_id batch, tend_id actor, bool dry,
                            struct tend_arena *arena, struct tend_undo *out);
/* Undoes the last undo of `actor`, if no command of theirs came after it. */
tend_status tend_store_redo(struct tend_store *store, tend_id actor, bool dry,
                            struct tend_arena *arena, struct tend_undo *out);
/* The newest `most` batches before `before` (0: from the end), newest first. */
tend_status tend_store_history(struct tend_store *store, tend_id before, int64_t most,
                               struct tend_arena *arena, struct tend_batch **out, int64_t *n);
/* How many rows a batch changed in each table; counts has TEND_TABLES entries. */
tend_status tend_store_batch_changes(struct tend_store *store, tend_id batch, int64_t *counts);

/* --- derived data ------------------------------------------------------- */

/* Derives what this batch has marked so far; reads of derived tables within a
 * batch call it first. Cheap when nothing is marked. */
tend_status tend_derive_flush(struct tend_store *store);
/* Throws all derived tables away and makes them anew, in a transaction. */
tend_status tend_derive_rebuild(struct tend_store *store);
/* The zone of tasks whose person has none; from meta "zone". */
const struct tend_zone *tend_store_zone(struct tend_store *store);
/* It is opened anew: its file has changed. */
void tend_store_zone_renew(struct tend_store *store);
/* The local day there, by the store's clock. */
int64_t tend_store_today(struct tend_store *store);

/* --- care --------------------------------------------------------------- */

/* Every problem found, as lines of text: the driver's own integrity check,
 * refs that point nowhere, derived rows that differ from what would be derived
 * now, journal pages that cannot be read. *n == 0: all is well. */
tend_status tend_store_check(struct tend_store *store, struct tend_arena *arena,
                             struct tend_text **problems, int64_t *n);
/* A checksum over the rows of a table in id order; of a fact without `rev`, so
 * that a redo gives the same. */
tend_status tend_store_checksum(struct tend_store *store, enum tend_table table, uint64_t *sum,
                                int64_t *rows);
/* A whole copy while in use, written beside and renamed into place; readable
 * by its owner alone. */
tend_status tend_store_backup(struct tend_store *store, const char *path);
/* Puts a backup in the place of the open database. The source is checked
 * before, and what is there is kept beside it under a name that is new:
 * FILE.before-restore.bak, FILE.before-restore-2.bak. *kept is that name, in
 * the arena; NULL in memory. */
tend_status tend_store_restore(struct tend_store *store, const char *path,
                               struct tend_arena *arena, const char **kept);

/* --- settings ----------------------------------------------------------- */

/* Text in the arena; an empty text where there is none. Not journaled: these
 * are the user's own settings (name zone region hours quiet holidays
 * away date_order me). */
tend_status tend_meta_get(struct tend_store *store, const char *name, struct tend_arena *arena,
                          struct tend_text *value);
tend_status tend_meta_set(struct tend_store *store, const char *name, struct tend_text value);
/* A number that is another after another process has written. */
tend_status tend_store_changed(struct tend_store *store, int64_t *number);
/* The person who types (p1), 0 before the first run. Cached. */
tend_id tend_store_me(struct tend_store *store);

/* --- search ------------------------------------------------------------- */

/* After an import of thousands, people are found by name, number and address at once, by
 * notes a little later: the texts of so many persons are not in the index yet. */
tend_status tend_store_search_waiting(struct tend_store *store, int64_t *persons);
/* Puts texts into the index that wait for it, in a transaction of its own: all of them,
 * or as many as fit into some microseconds. *left: how many wait after. Within a batch,
 * and where nothing may be written, it only counts. */
tend_status tend_store_search_catch_up(struct tend_store *store, int64_t most, int64_t *left);

/* Persons whose name, contact points, notes or touch texts hold all words of
 * `text` by their beginnings, best first, at most `most`. */
tend_status tend_store_search(struct tend_store *store, struct tend_text text, int64_t most,
                              struct tend_arena *arena, tend_id **persons, int64_t *n);

#endif
