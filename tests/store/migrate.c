/* Migrations: covers tend_schema_ddl, tend_schema_migrate, tend_store_migrate,
 * and how tend_store_open meets a database of another age. */
#include "fixture.h"
#include "store/driver_sqlite.h"
#include <sys/stat.h>

/* A small catalogue with a table, a column and an index more in its second
 * migration. */
static const struct tend_column_def pet_columns[] = {
    { "name", TEND_COLUMN_TEXT, TEND_T_none, TEND_PRIVACY_FREE, 1 },
    { "age", TEND_COLUMN_INT, TEND_T_none, TEND_PRIVACY_FREE, 2 },
};
static const struct tend_column_def toy_columns[] = {
    { "id", TEND_COLUMN_INT, TEND_T_none, TEND_PRIVACY_FREE, 2 },
    { "picture", TEND_COLUMN_BLOB, TEND_T_none, TEND_PRIVACY_FREE, 2 },
};
static const struct tend_column_def nap_columns[] = {
    { "pet", TEND_COLUMN_INT, TEND_T_none, TEND_PRIVACY_FREE, 3 },
    { "at", TEND_COLUMN_INT, TEND_T_none, TEND_PRIVACY_FREE, 3 },
};
static const struct tend_table_def tables[] = {
    { "pet", TEND_TABLE_FACT, 1, 2, pet_columns, -1 },
    { "toy", TEND_TABLE_SYSTEM, 2, 2, toy_columns, -1 },
    { "nap", TEND_TABLE_DERIVED, 3, 2, nap_columns, -1 },
};
static const struct tend_index_def indexes[] = {
    { (enum tend_table)0, "pet_name", "name", "", 1 },
    { (enum tend_table)0, "UNIQUE_pet_age", "age", "age IS NOT NULL", 2 },
    { (enum tend_table)2, "PRIMARY_nap", "at, pet", "", 3 },
};
static const struct tend_schema schema = { tables, 3, indexes, 3 };

static void assert_ddl(const struct tend_store_driver *driver, int32_t number, const char *text)
{
    struct tend_buffer ddl = { 0 };
    tend_schema_ddl(&ddl, &schema, driver, number);
    assert_string_equal(ddl.at != NULL ? ddl.at : "", text);
    tend_buffer_finish(&ddl);
}

/* The same catalogue in the words of two dialects. */
static void ddl_follows_the_catalogue(void **state)
{
    (void)state;
    struct tend_store_driver other = tend_driver_sqlite;
    assert_ddl(&tend_driver_sqlite, 1,
               "CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT, rev INTEGER) STRICT;\n"
               "CREATE INDEX pet_name ON pet (name);\n");
    assert_ddl(&tend_driver_sqlite, 2,
               "ALTER TABLE pet ADD COLUMN age INTEGER;\n"
               "CREATE TABLE toy (id INTEGER PRIMARY KEY, picture BLOB) STRICT;\n"
               "CREATE UNIQUE INDEX pet_age ON pet (age) WHERE age IS NOT NULL;\n");
    assert_ddl(&tend_driver_sqlite, 3,
               "CREATE TABLE nap (pet INTEGER, at INTEGER, PRIMARY KEY (at, pet)) "
               "STRICT, WITHOUT ROWID;\n");
    assert_ddl(&tend_driver_sqlite, 4, "");
    other.type_int = "BIGINT";
    other.type_blob = "BYTEA";
    other.type_id = "BIGINT PRIMARY KEY";
    other.table_end = other.table_end_key = "";
    assert_ddl(&other, 1, "CREATE TABLE pet (id BIGINT PRIMARY KEY, name TEXT, rev BIGINT);\n"
                          "CREATE INDEX pet_name ON pet (name);\n");
    assert_ddl(&other, 3, "CREATE TABLE nap (pet BIGINT, at BIGINT, PRIMARY KEY (at, pet));\n");
}

static void an_older_schema_is_brought_up(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_db_options options = { .busy_ms = 100 };
    struct tend_db *db;
    int64_t version;
    fixture_folder(fx);
    const struct tend_store_driver *driver = &tend_driver_sqlite;
    assert_int_equal(driver->open(fx->path, &options, &db), TEND_OK);
    assert_int_equal(driver->version(db, &version), TEND_OK);
    assert_int_equal(version, 0);
    assert_int_equal(tend_schema_migrate(&schema, driver, db, 0, 1), TEND_OK);
    assert_int_equal(driver->exec(db, "INSERT INTO pet (id, name) VALUES (1, 'Rex')"), TEND_OK);
    assert_int_not_equal(driver->exec(db, "SELECT age FROM pet"), TEND_OK);
    assert_int_equal(tend_schema_migrate(&schema, driver, db, 1, 2), TEND_OK);
    assert_int_equal(driver->exec(db, "UPDATE pet SET age = 3 WHERE name = 'Rex'"), TEND_OK);
    assert_int_equal(driver->version(db, &version), TEND_OK);
    assert_int_equal(version, 2);
    driver->close(db);
    fixture_end(fx);
}

#define NEXT (TEND_SCHEMA + 1)

/* A real database one migration on: the file is backed up first, the facts are
 * still there, and this program refuses it from then on. */
static void a_file_is_backed_up_first(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_table_def grown[TEND_TABLES];
    struct tend_column_def columns[TEND_N_note + 1];
    struct tend_store *copy;
    struct stat st;
    char bak[128];
    fixture_file(fx);
    begin(fx);
    add_note(fx, add_person(fx, "Ann"), "hello");
    commit(fx);
    struct facts before = facts_of(fx);
    memcpy(grown, tend_catalogue, sizeof grown);
    memcpy(columns, tend_catalogue[TEND_T_note].columns, TEND_N_note * sizeof *columns);
    columns[TEND_N_note] = (struct tend_column_def){ "mood", TEND_COLUMN_TEXT, TEND_T_none,
                                                     TEND_PRIVACY_PERSONAL, NEXT };
    grown[TEND_T_note].columns = columns;
    grown[TEND_T_note].n_columns = TEND_N_note + 1;
    struct tend_schema next = { grown, TEND_TABLES, tend_catalogue_indexes,
                                tend_catalogue_n_indexes };
    OK(tend_store_migrate(fx->store, &next, TEND_SCHEMA, NEXT));
    assert_int_equal(number(fx, "SELECT count(*) FROM note WHERE mood IS NULL"), 1);
    struct facts after = facts_of(fx);
    assert_facts(&before, &after, "migration");
    snprintf(bak, sizeof bak, "%s.schema-%d.bak", fx->path, TEND_SCHEMA);
    assert_int_equal(stat(bak, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    tend_store_close(fx->store);
    fx->store = NULL;
    struct tend_store_options options = fixture_options(fx);
    assert_int_equal(tend_store_open(&fx->store, fx->path, &options, &fx->err), TEND_UNSUPPORTED);
    assert_null(fx->store);
    assert_non_null(strstr(fx->err.text, "newer"));
    OK(tend_store_open(&copy, bak, &options, &fx->err));
    tend_store_close(copy);
    fixture_end(fx);
}

/* A migration that fails leaves the database as it was. */
static void a_failed_migration_is_rolled_back(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    static const struct tend_column_def bad[] = {
        { "no such syntax (", TEND_COLUMN_TEXT, TEND_T_none, TEND_PRIVACY_FREE, NEXT },
    };
    static const struct tend_table_def two[] = {
        { "fine", TEND_TABLE_FACT, NEXT, 0, bad, -1 },
        { "broken", TEND_TABLE_FACT, NEXT, 1, bad, -1 },
    };
    struct tend_schema next = { two, 2, NULL, 0 };
    fixture_file(fx);
    assert_int_not_equal(tend_store_migrate(fx->store, &next, TEND_SCHEMA, NEXT), TEND_OK);
    assert_int_equal(number(fx, "SELECT count(*) FROM sqlite_schema WHERE name = 'fine'"), 0);
    assert_int_equal(number(fx, "SELECT user_version FROM pragma_user_version"),
                     TEND_SCHEMA);
    assert_clean(fx);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ddl_follows_the_catalogue),
        cmocka_unit_test(an_older_schema_is_brought_up),
        cmocka_unit_test(a_file_is_backed_up_first),
        cmocka_unit_test(a_failed_migration_is_rolled_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
