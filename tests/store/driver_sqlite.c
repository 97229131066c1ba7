/* What every store driver must do, run on SQLite: covers each member of
 * struct tend_store_driver, and tend_sqlite_status. */
#include "fixture.h"
#include "base/hash.h"
#include "store/driver_sqlite.h"

struct conformance {
    struct fixture fx;
    const struct tend_store_driver *driver;
    struct tend_db *db;
};

static void start(struct conformance *c)
{
    struct tend_db_options options = { .busy_ms = 100 };
    c->driver = &tend_driver_sqlite;
    fixture_folder(&c->fx);
    assert_int_equal(c->driver->open(c->fx.path, &options, &c->db), TEND_OK);
}

static void stop(struct conformance *c)
{
    c->driver->close(c->db);
    c->driver->close(NULL);
    fixture_end(&c->fx);
}

static int64_t one(struct conformance *c, const char *sql)
{
    struct tend_statement *s;
    assert_int_equal(c->driver->prepare(c->db, tend_text_of(sql), 0, &s), TEND_OK);
    int64_t n = c->driver->step(s) == 1 ? c->driver->column_int(s, 0) : -1;
    c->driver->finalize(s);
    return n;
}

static void statements(void **state)
{
    (void)state;
    struct conformance t, *c = &t;
    struct tend_statement *s;
    start(c);
    assert_int_equal(c->driver->exec(c->db, "CREATE TABLE x (id INTEGER PRIMARY KEY, t TEXT, "
                                            "b BLOB)"), TEND_OK);
    assert_int_equal(c->driver->prepare(c->db, TEND_TEXT("INSERT INTO x VALUES (?1, ?2, ?3)"), 1,
                                        &s), TEND_OK);
    for (int64_t i = 1; i <= 3; i++) {
        c->driver->bind_int(s, 1, i * INT64_C(3000000000));
        c->driver->bind_text(s, 2, TEND_TEXT("gr\xc3\xbc\xc3\x9f"), (int32_t)(i & 1));
        if (i == 3) {
            c->driver->bind_null(s, 3);
        } else {
            c->driver->bind_blob(s, 3, TEND_TEXT("\x00\xff"), 0);
        }
        assert_int_equal(c->driver->step(s), 0);
        assert_int_equal(c->driver->changes(c->db), 1);
        c->driver->reset(s);
    }
    assert_true(c->driver->step(s) < 0);    /* the key is there */
    assert_true(c->driver->message(c->db) != NULL);
    c->driver->finalize(s);
    c->driver->finalize(NULL);
    assert_int_equal(c->driver->prepare(c->db, TEND_TEXT("SELECT id, t, b FROM x ORDER BY id"), 0,
                                        &s), TEND_OK);
    for (int64_t i = 1; i <= 3; i++) {
        assert_int_equal(c->driver->step(s), 1);
        assert_true(c->driver->column_int(s, 0) == i * INT64_C(3000000000));
        assert_true(tend_text_is(c->driver->column_text(s, 1), "gr\xc3\xbc\xc3\x9f"));
        assert_int_equal(c->driver->is_null(s, 2), i == 3);
        assert_int_equal(c->driver->column_blob(s, 2).len, i == 3 ? 0 : 2);
    }
    assert_int_equal(c->driver->step(s), 0);
    c->driver->finalize(s);
    assert_int_not_equal(c->driver->prepare(c->db, TEND_TEXT("SELEC"), 0, &s), TEND_OK);
    assert_true(strlen(c->driver->message(c->db)) > 0);
    stop(c);
}

static void transactions(void **state)
{
    (void)state;
    struct conformance t, *c = &t;
    start(c);
    assert_int_equal(c->driver->exec(c->db, "CREATE TABLE x (id INTEGER)"), TEND_OK);
    assert_int_equal(c->driver->begin(c->db), TEND_OK);
    assert_int_equal(c->driver->exec(c->db, "INSERT INTO x VALUES (1); SAVEPOINT s0; "
                                            "INSERT INTO x VALUES (2); ROLLBACK TO s0; "
                                            "RELEASE s0"), TEND_OK);
    assert_int_equal(c->driver->commit(c->db), TEND_OK);
    assert_int_equal(one(c, "SELECT count(*) FROM x"), 1);
    assert_int_equal(c->driver->begin(c->db), TEND_OK);
    assert_int_equal(c->driver->exec(c->db, "DELETE FROM x"), TEND_OK);
    c->driver->rollback(c->db);
    c->driver->rollback(c->db);
    assert_int_equal(one(c, "SELECT count(*) FROM x"), 1);
    struct tend_db *other;
    struct tend_db_options options = { .busy_ms = 20 };
    assert_int_equal(c->driver->open(c->fx.path, &options, &other), TEND_OK);
    assert_int_equal(c->driver->begin(c->db), TEND_OK);
    assert_int_equal(c->driver->begin(other), TEND_BUSY);
    c->driver->rollback(c->db);
    assert_int_equal(c->driver->begin(other), TEND_OK);
    c->driver->close(other);
    stop(c);
}

static void note_problem(void *data, const char *text)
{
    (void)text;
    ++*(int *)data;
}

static void versions_and_care(void **state)
{
    (void)state;
    struct conformance t, *c = &t;
    int64_t version;
    int problems = 0;
    char holder[64], copy[128];
    start(c);
    assert_int_equal(c->driver->version(c->db, &version), TEND_OK);
    assert_int_equal(version, 0);
    assert_int_equal(c->driver->exec(c->db, "CREATE TABLE x (id INTEGER)"), TEND_OK);
    assert_int_equal(c->driver->version(c->db, &version), TEND_INVALID);
    assert_int_equal(c->driver->set_version(c->db, 7), TEND_OK);
    assert_int_equal(c->driver->version(c->db, &version), TEND_OK);
    assert_int_equal(version, 7);
    assert_int_equal(c->driver->integrity(c->db, note_problem, &problems), TEND_OK);
    assert_int_equal(problems, 0);
    c->driver->holder(c->db, holder, sizeof holder);
    assert_string_equal(holder, "");
    snprintf(copy, sizeof copy, "%s.copy", c->fx.path);
    assert_int_equal(c->driver->backup(c->db, copy), TEND_OK);
    assert_int_equal(c->driver->exec(c->db, "DROP TABLE x"), TEND_OK);
    assert_int_equal(c->driver->restore(c->db, copy), TEND_OK);
    assert_int_equal(one(c, "SELECT count(*) FROM x"), 0);
    assert_int_not_equal(c->driver->restore(c->db, "/nonexistent/file"), TEND_OK);
    assert_int_not_equal(c->driver->backup(c->db, "/nonexistent/file"), TEND_OK);
    stop(c);
}

/* Another connection's write is seen, one's own is none. */
static void others_writes_are_noticed(void **state)
{
    (void)state;
    struct conformance t, *c = &t;
    struct tend_db_options options = { .busy_ms = 1000 };
    struct tend_db *other;
    int64_t before, after;
    start(c);
    assert_int_equal(c->driver->exec(c->db, "CREATE TABLE x (a INTEGER)"), TEND_OK);
    assert_int_equal(c->driver->version_of_data(c->db, &before), TEND_OK);
    assert_int_equal(c->driver->exec(c->db, "INSERT INTO x VALUES (1)"), TEND_OK);
    assert_int_equal(c->driver->version_of_data(c->db, &after), TEND_OK);
    assert_int_equal(after, before);
    assert_int_equal(c->driver->open(c->fx.path, &options, &other), TEND_OK);
    assert_int_equal(c->driver->exec(other, "INSERT INTO x VALUES (2)"), TEND_OK);
    assert_int_equal(c->driver->version_of_data(c->db, &after), TEND_OK);
    assert_int_not_equal(after, before);
    c->driver->close(other);
    stop(c);
}

static void note_found(void *data, tend_id person)
{
    tend_buffer_addf(data, "%lld ", (long long)person);
}

static void note_document(void *data, tend_id person, struct tend_text text)
{
    static const char *const texts[] = { "ann lee", "bob" };
    for (size_t i = 0; i < 2; i++) {
        uint64_t print = tend_hash(TEND_HASH_SEED, texts[i], strlen(texts[i]));
        if (text.len == sizeof print && memcmp(text.at, &print, sizeof print) == 0) {
            tend_buffer_addf(data, "%lld=%s ", (long long)person, texts[i]);
        }
    }
}

static void assert_query(struct conformance *c, const char *words, int64_t most, const char *ids)
{
    struct tend_buffer out = { 0 };
    tend_buffer_adds(&out, "");
    assert_int_equal(c->driver->search_query(c->db, tend_text_of(words), most, note_found, &out),
                     TEND_OK);
    assert_string_equal(out.at != NULL ? out.at : "", ids);
    tend_buffer_finish(&out);
}

static void search(void **state)
{
    (void)state;
    struct conformance t, *c = &t;
    struct tend_buffer out = { 0 };
    start(c);
    assert_int_equal(c->driver->search_clear(c->db), TEND_OK);
    assert_int_equal(c->driver->search_put(c->db, 1, TEND_TEXT("ann lee")), TEND_OK);
    assert_int_equal(c->driver->search_put(c->db, 2, TEND_TEXT("anna smith")), TEND_OK);
    assert_int_equal(c->driver->search_put(c->db, 9, TEND_TEXT("bob")), TEND_OK);
    assert_query(c, "ann", 10, "2 1 ");
    assert_query(c, "ann le", 10, "1 ");
    assert_query(c, "ann", 1, "2 ");
    assert_query(c, "", 10, "");
    assert_query(c, "\"*\" OR", 10, "");
    assert_int_equal(c->driver->search_delete(c->db, 2, 5), TEND_OK);
    assert_query(c, "ann", 10, "1 ");
    assert_int_equal(c->driver->search_waste(c->db), 1);
    assert_int_equal(c->driver->search_put(c->db, 2, TEND_TEXT("bea")), TEND_OK);
    assert_query(c, "ann", 10, "1 ");       /* nothing of what it was before */
    assert_query(c, "b", 10, "2 9 ");       /* whose text was written last */
    assert_int_equal(c->driver->search_delete(c->db, 2, 2), TEND_OK);
    assert_int_equal(c->driver->search_walk(c->db, note_document, &out), TEND_OK);
    assert_string_equal(out.at, "1=ann lee 9=bob ");
    assert_int_equal(c->driver->search_clear(c->db), TEND_OK);
    assert_query(c, "ann", 10, "");
    tend_buffer_finish(&out);
    stop(c);
}

static void codes_become_statuses(void **state)
{
    (void)state;
    assert_int_equal(tend_sqlite_status(SQLITE_DONE), TEND_OK);
    assert_int_equal(tend_sqlite_status(SQLITE_BUSY_SNAPSHOT), TEND_BUSY);
    assert_int_equal(tend_sqlite_status(SQLITE_NOTADB), TEND_INVALID);
    assert_int_equal(tend_sqlite_status(SQLITE_CONSTRAINT_UNIQUE), TEND_EXISTS);
    assert_int_equal(tend_sqlite_status(SQLITE_READONLY), TEND_DENIED);
    assert_int_equal(tend_sqlite_status(SQLITE_FULL), TEND_IO);
    assert_int_equal(tend_sqlite_status(SQLITE_NOMEM), TEND_NOMEM);
    assert_int_equal(tend_sqlite_status(SQLITE_INTERRUPT), TEND_CANCELLED);
    assert_int_equal(tend_sqlite_status(SQLITE_ERROR), TEND_INTERNAL);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statements),        cmocka_unit_test(transactions),
        cmocka_unit_test(versions_and_care), cmocka_unit_test(others_writes_are_noticed),
        cmocka_unit_test(search),
        cmocka_unit_test(codes_become_statuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
