/* Full text on SQLite: an FTS5 table with a document a person. Only whether a
 * word occurs is kept, not where, which is all that `find` asks and is cheap.
 * Up to 16 MB wait in memory for the commit: what an import writes in one piece
 * need not be merged. */
#include "store/driver_sqlite.h"
#include <stdio.h>

tend_status tend_sqlite_search_clear(struct tend_db *db)
{
    tend_sqlite_search_close(db);
    return tend_sqlite_exec(db, "DROP TABLE IF EXISTS person_search;"
                                "CREATE VIRTUAL TABLE person_search USING fts5(text, "
                                "tokenize = 'unicode61 remove_diacritics 2', detail = none, "
                                "columnsize = 0);"
                                "INSERT INTO person_search (person_search, rank) "
                                "VALUES ('hashsize', 16777216)");
}

void tend_sqlite_search_close(struct tend_db *db)
{
    sqlite3_finalize(db->search_insert);
    db->search_insert = NULL;
}

tend_status tend_sqlite_search_put(struct tend_db *db, tend_id person, struct tend_text text)
{
    int code = SQLITE_OK;
    if (db->search_insert == NULL) {
        code = sqlite3_prepare_v3(db->handle,
                                  "INSERT INTO person_search (rowid, text) VALUES (?1, ?2)", -1,
                                  SQLITE_PREPARE_PERSISTENT, &db->search_insert, NULL);
    }
    if (code == SQLITE_OK) {
        sqlite3_bind_int64(db->search_insert, 1, person);
        sqlite3_bind_text64(db->search_insert, 2, text.len > 0 ? text.at : "",
                            (sqlite3_uint64)text.len, SQLITE_STATIC, SQLITE_UTF8);
        sqlite3_step(db->search_insert);
        code = sqlite3_reset(db->search_insert);
    }
    return tend_sqlite_result(db, code);
}

tend_status tend_sqlite_search_delete(struct tend_db *db, tend_id first, tend_id last)
{
    char sql[128];
    snprintf(sql, sizeof sql, "DELETE FROM person_search WHERE rowid BETWEEN %lld AND %lld",
             (long long)first, (long long)last);
    return tend_sqlite_exec(db, sql);
}

/* Each word in quotes with a star: FTS5's own syntax cannot be reached. */
static char *query_of(struct tend_text words)
{
    sqlite3_str *query = sqlite3_str_new(NULL);
    bool inside = false;
    for (int64_t i = 0; i < words.len; i++) {
        char c = words.at[i];
        if (c == ' ' || c == '\0') {
            if (inside) {
                sqlite3_str_appendall(query, "\" *");
            }
            inside = false;
        } else {
            if (!inside) {
                sqlite3_str_appendall(query, sqlite3_str_length(query) > 0 ? " AND \"" : "\"");
                inside = true;
            }
            sqlite3_str_appendchar(query, c == '"' ? 2 : 1, c);
        }
    }
    if (inside) {
        sqlite3_str_appendall(query, "\" *");
    }
    return sqlite3_str_finish(query);
}

tend_status tend_sqlite_search_query(struct tend_db *db, struct tend_text words, int64_t most,
                                     void (*found)(void *data, tend_id person), void *data)
{
    char *query = query_of(words);
    if (query == NULL) {
        return TEND_OK;
    }
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(db->handle,
                                  "SELECT rowid FROM person_search WHERE person_search MATCH ?1 "
                                  "ORDER BY rowid DESC LIMIT ?2",
                                  -1, &s, NULL);
    if (code == SQLITE_OK) {
        sqlite3_bind_text(s, 1, query, -1, SQLITE_STATIC);
        sqlite3_bind_int64(s, 2, most);
        while ((code = sqlite3_step(s)) == SQLITE_ROW) {
            found(data, sqlite3_column_int64(s, 0));
        }
    }
    tend_status status = tend_sqlite_result(db, code);
    sqlite3_finalize(s);
    sqlite3_free(query);
    return status;
}

tend_status tend_sqlite_search_walk(struct tend_db *db,
                                    void (*document)(void *data, tend_id person,
                                                     struct tend_text text),
                                    void *data)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(db->handle, "SELECT rowid, text FROM person_search ORDER BY rowid",
                                  -1, &s, NULL);
    if (code == SQLITE_OK) {
        while ((code = sqlite3_step(s)) == SQLITE_ROW) {
            const char *at = (const char *)sqlite3_column_text(s, 1);
            document(data, sqlite3_column_int64(s, 0),
                     (struct tend_text){ at, sqlite3_column_bytes(s, 1) });
        }
    }
    tend_status status = tend_sqlite_result(db, code);
    sqlite3_finalize(s);
    return status;
}
