/* The SQLite driver's own: what its three files share. */
#ifndef TEND_STORE_DRIVER_SQLITE_H
#define TEND_STORE_DRIVER_SQLITE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <tend/x/store_driver.h>

#define TEND_SQLITE_APPLICATION 0x74656e64  /* "tend" in the file's header */
#define TEND_SQLITE_DAMAGED "the file is damaged: "     /* how such messages begin */

struct tend_db {
    sqlite3 *handle;
    char *path;
    char message[512];
    bool tuned;                 /* the settings for writing are made */
    int32_t busy_ms;
    sqlite3_stmt *search_insert, *search_doc;
};

extern const struct tend_store_driver tend_driver_sqlite;

tend_status tend_sqlite_status(int code);
/* The status of a result code; keeps the message. */
tend_status tend_sqlite_result(struct tend_db *db, int code);
tend_status tend_sqlite_exec(struct tend_db *db, const char *sql);

void tend_sqlite_holder(struct tend_db *db, char *out, size_t size);
tend_status tend_sqlite_integrity(struct tend_db *db,
                                  void (*problem)(void *data, const char *text), void *data);
tend_status tend_sqlite_backup(struct tend_db *db, const char *path);
tend_status tend_sqlite_restore(struct tend_db *db, const char *path);

tend_status tend_sqlite_scrub(struct tend_db *db);
tend_status tend_sqlite_search_clear(struct tend_db *db);
tend_status tend_sqlite_search_put(struct tend_db *db, tend_id person, struct tend_text text);
tend_status tend_sqlite_search_delete(struct tend_db *db, tend_id first, tend_id last);
tend_status tend_sqlite_search_query(struct tend_db *db, struct tend_text words, int64_t most,
                                     void (*found)(void *data, tend_id person), void *data);
tend_status tend_sqlite_search_walk(struct tend_db *db,
                                    void (*document)(void *data, tend_id person,
                                                     struct tend_text text),
                                    void *data);
int64_t tend_sqlite_search_waste(struct tend_db *db);
void tend_sqlite_search_close(struct tend_db *db);

#endif
