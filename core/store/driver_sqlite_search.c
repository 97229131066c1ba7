/* Full text on SQLite: an FTS5 table that keeps no text, and a row a document that says
 * which of its entries still count. Only whether a word occurs is kept, not where, which
 * is all that `find` asks and is cheap. Up to 16 MB wait in memory for the commit: what
 * is written in one piece need not be merged. */
#include "store/driver_sqlite.h"
#include "base/hash.h"
#include <stdio.h>
#include <string.h>

/* An index without texts cannot take a document out again. So each is put under a number
 * of its own, its person's id and a turn that grows whenever one is deleted, and counts
 * while person_search_doc has that turn. The row of person 0 has the turn in hand, and
 * as its print how many documents are in the index for nothing. */
#define DOCUMENT "(turn << 40) | "
#define PERSON "(s.rowid & 1099511627775)"      /* the lower 40 bits */

tend_status tend_sqlite_search_clear(struct tend_db *db)
{
    tend_sqlite_search_close(db);
    return tend_sqlite_exec(db, "DROP TABLE IF EXISTS person_search;"
                                "DROP TABLE IF EXISTS person_search_doc;"
                                "CREATE VIRTUAL TABLE person_search USING fts5(text, "
                                "content = '', tokenize = 'unicode61 remove_diacritics 2', "
                                "detail = none, columnsize = 0);"
                                "INSERT INTO person_search (person_search, rank) "
                                "VALUES ('hashsize', 16777216);"
                                "CREATE TABLE person_search_doc (person INTEGER PRIMARY KEY, "
                                "turn INTEGER, print INTEGER) STRICT;"
                                "INSERT INTO person_search_doc VALUES (0, 0, 0)");
}

void tend_sqlite_search_close(struct tend_db *db)
{
    sqlite3_finalize(db->search_insert);
    sqlite3_finalize(db->search_doc);
    db->search_insert = db->search_doc = NULL;
}

static int keep(struct tend_db *db, sqlite3_stmt **s, const char *sql)
{
    if (*s != NULL) {
        return SQLITE_OK;
    }
    return sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
}

static int run(sqlite3_stmt *s)
{
    sqlite3_step(s);
    return sqlite3_reset(s);
}

static int put_doc(struct tend_db *db, tend_id person, struct tend_text text)
{
    int code = keep(db, &db->search_doc,
                    "INSERT INTO person_search_doc (person, turn, print) "
                    "SELECT ?1, turn, ?2 FROM person_search_doc WHERE person = 0");
    if (code != SQLITE_OK) {
        return code;
    }
    sqlite3_bind_int64(db->search_doc, 1, person);
    sqlite3_bind_int64(db->search_doc, 2,
                       (int64_t)tend_hash(TEND_HASH_SEED, text.at, (size_t)text.len));
    return run(db->search_doc);
}

tend_status tend_sqlite_search_put(struct tend_db *db, tend_id person, struct tend_text text)
{
    int code = put_doc(db, person, text);
    if (code == SQLITE_OK) {
        code = keep(db, &db->search_insert,
                    "INSERT INTO person_search (rowid, text) "
                    "SELECT " DOCUMENT "?1, ?2 FROM person_search_doc WHERE person = 0");
    }
    if (code == SQLITE_OK) {
        sqlite3_bind_int64(db->search_insert, 1, person);
        sqlite3_bind_text64(db->search_insert, 2, text.len > 0 ? text.at : "",
                            (sqlite3_uint64)text.len, SQLITE_STATIC, SQLITE_UTF8);
        code = run(db->search_insert);
    }
    return tend_sqlite_result(db, code);
}

tend_status tend_sqlite_search_delete(struct tend_db *db, tend_id first, tend_id last)
{
    char sql[128];
    snprintf(sql, sizeof sql, "DELETE FROM person_search_doc WHERE person BETWEEN %lld AND %lld",
             (long long)(first > 0 ? first : 1), (long long)last);
    tend_status status = tend_sqlite_exec(db, sql);
    int gone = status == TEND_OK ? sqlite3_changes(db->handle) : 0;
    if (gone == 0) {
        return status;
    }
    snprintf(sql, sizeof sql, "UPDATE person_search_doc SET turn = turn + 1, print = print + %d "
                              "WHERE person = 0", gone);
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

/* Whose documents were written last come first. */
tend_status tend_sqlite_search_query(struct tend_db *db, struct tend_text words, int64_t most,
                                     void (*found)(void *data, tend_id person), void *data)
{
    char *query = query_of(words);
    if (query == NULL) {
        return TEND_OK;
    }
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(db->handle,
                                  "SELECT d.person FROM person_search s CROSS JOIN "
                                  "person_search_doc d ON d.person = " PERSON
                                  " AND d.turn = s.rowid >> 40 WHERE person_search MATCH ?1 "
                                  "ORDER BY s.rowid DESC LIMIT ?2",
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
    int code = sqlite3_prepare_v2(db->handle, "SELECT person, print FROM person_search_doc "
                                              "WHERE person > 0 ORDER BY person", -1, &s, NULL);
    if (code == SQLITE_OK) {
        while ((code = sqlite3_step(s)) == SQLITE_ROW) {
            int64_t print = sqlite3_column_int64(s, 1);
            char bytes[sizeof print];
            memcpy(bytes, &print, sizeof print);
            document(data, sqlite3_column_int64(s, 0),
                     (struct tend_text){ bytes, sizeof bytes });
        }
    }
    tend_status status = tend_sqlite_result(db, code);
    sqlite3_finalize(s);
    return status;
}

int64_t tend_sqlite_search_waste(struct tend_db *db)
{
    sqlite3_stmt *s = NULL;
    int64_t waste = 0;
    if (sqlite3_prepare_v2(db->handle, "SELECT print FROM person_search_doc WHERE person = 0", -1,
                           &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW) {
        waste = sqlite3_column_int64(s, 0);
    }
    sqlite3_finalize(s);
    return waste;
}
