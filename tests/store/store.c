/* Opening and closing: covers tend_store_open, tend_store_close, tend_store_read_begin, tend_store_read_end,
 * tend_store_error, tend_store_clock, tend_store_path, and the file's mode,
 * its being busy, read only, missing or something else. */
#include "fixture.h"
#include "store/driver_sqlite.h"
#include <sys/stat.h>
#include <sys/wait.h>

static int mode_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (int)(st.st_mode & 0777) : -1;
}

/* Readable by its owner alone, the files beside it too, whatever the umask. */
static void a_file_is_its_owners(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    char beside[128];
    mode_t was = umask(0);
    fixture_file(fx);
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    assert_int_equal(mode_of(fx->path), 0600);
    snprintf(beside, sizeof beside, "%s-wal", fx->path);
    assert_int_equal(mode_of(beside), 0600);
    snprintf(beside, sizeof beside, "%s-shm", fx->path);
    assert_int_equal(mode_of(beside), 0600);
    umask(was);
    assert_string_equal(tend_store_path(fx->store), fx->path);
    assert_ptr_equal(tend_store_clock(fx->store), &fx->clock);
    assert_ptr_equal(tend_store_error(fx->store), &fx->err);
    fixture_end(fx);
}

static tend_status open_path(struct fixture *fx, const char *path,
                             const struct tend_store_options *options)
{
    struct tend_store *store;
    tend_status status = tend_store_open(&store, path, options, &fx->err);
    tend_store_close(store);
    return status;
}

static void what_is_no_database_is_refused(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_folder(fx);
    struct tend_store_options options = fixture_options(fx);
    FILE *file = fopen(fx->path, "w");
    for (int i = 0; i < 400; i++) {
        fputs("name,phone,email\n", file);
    }
    fclose(file);
    assert_int_equal(open_path(fx, fx->path, &options), TEND_INVALID);
    assert_non_null(strstr(fx->err.text, "not a database"));
    assert_int_equal(open_path(fx, fx->folder, &options), TEND_INVALID);
    assert_int_equal(open_path(fx, "nosuch://host/db", &options), TEND_UNSUPPORTED);
    assert_non_null(strstr(fx->err.text, "nosuch://"));
    assert_int_equal(open_path(fx, "/nonexistent/folder/x.db", &options), TEND_IO);
    fixture_end(fx);
}

/* Another program's SQLite file is left alone. */
static void a_foreign_database_is_refused(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_file(fx);
    OK(tend_store_exec(fx->store, "PRAGMA application_id = 1; PRAGMA user_version = 0"));
    tend_store_close(fx->store);
    fx->store = NULL;
    struct tend_store_options options = fixture_options(fx);
    assert_int_equal(open_path(fx, fx->path, &options), TEND_INVALID);
    assert_non_null(strstr(fx->err.text, "another program"));
    fixture_end(fx);
}

static int opened;

static tend_status open_other(const char *path, const struct tend_db_options *options,
                              struct tend_db **db)
{
    opened += strcmp(path, "other://team/crm") == 0;
    return tend_driver_sqlite.open(":memory:", options, db);
}

/* A URL goes, whole, to the driver that answers its scheme. */
static void a_driver_answers_its_scheme(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_store_driver other = tend_driver_sqlite;
    fixture_clock(fx);
    other.scheme = "other";
    other.open = open_other;
    struct tend_store_options options = fixture_options(fx);
    options.driver = &other;
    OK(tend_store_open(&fx->store, "other://team/crm", &options, &fx->err));
    assert_int_equal(opened, 1);
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    assert_clean(fx);
    fixture_end(fx);
}

static void a_missing_file_is_not_made(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_folder(fx);
    struct tend_store_options options = fixture_options(fx);
    options.must_exist = true;
    assert_int_equal(open_path(fx, fx->path, &options), TEND_NOT_FOUND);
    options.must_exist = false;
    options.read_only = true;
    assert_int_equal(open_path(fx, fx->path, &options), TEND_NOT_FOUND);
    assert_int_equal(mode_of(fx->path), -1);
    options.memory = true;
    assert_int_equal(open_path(fx, fx->path, &options), TEND_OK);
    assert_int_equal(mode_of(fx->path), -1);
    options = fixture_options(fx);
    char url[128];
    snprintf(url, sizeof url, "sqlite:%s", fx->path);
    assert_int_equal(open_path(fx, url, &options), TEND_OK);
    assert_int_equal(mode_of(fx->path), 0600);
    fixture_end(fx);
}

/* Reading works, writing is refused, and the file stays byte for byte. */
static void read_only_is_read_only(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct stat before, after;
    struct tend_text *problems;
    int64_t n;
    fixture_file(fx);
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    tend_store_close(fx->store);
    assert_int_equal(stat(fx->path, &before), 0);
    struct tend_store_options options = fixture_options(fx);
    options.read_only = true;
    OK(tend_store_open(&fx->store, fx->path, &options, &fx->err));
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    assert_int_equal(tend_batch_begin(fx->store, TEND_BATCH_COMMAND, "x", 0), TEND_DENIED);
    assert_int_equal(tend_meta_set(fx->store, "zone", TEND_TEXT("UTC")), TEND_DENIED);
    assert_int_equal(tend_derive_rebuild(fx->store), TEND_DENIED);
    OK(tend_store_check(fx->store, &fx->arena, &problems, &n));
    assert_int_equal(n, 0);
    tend_store_close(fx->store);
    fx->store = NULL;
    assert_int_equal(stat(fx->path, &after), 0);
    assert_int_equal(before.st_size, after.st_size);
    assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
    fixture_end(fx);
}

/* In the child: as nobody, when the test runs as root, who may write anywhere. */
static int read_as_other(struct fixture *fx, bool read_only)
{
    struct tend_store_options options = fixture_options(fx);
    options.read_only = read_only;
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
        return 2;
    }
    if (access(fx->folder, W_OK) == 0) {
        return 3;
    }
    if (tend_store_open(&fx->store, fx->path, &options, &fx->err) != TEND_OK) {
        fputs(fx->err.text, stderr);
        return 4;
    }
    if (tend_batch_begin(fx->store, TEND_BATCH_COMMAND, "test", 0) != TEND_DENIED ||
        strstr(fx->err.text, "can only be read") == NULL || fx->err.cure[0] == '\0') {
        return 6;
    }
    return number(fx, "SELECT count(*) FROM person") == 1 ? 0 : 5;
}

/* A folder where nothing can be written: no place for WAL's shared memory. It
 * is read even if nobody asked for reading only. */
static void a_read_only_folder_can_be_read(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    int code;
    fixture_file(fx);
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    tend_store_close(fx->store);
    fx->store = NULL;
    if (geteuid() == 0) {
        assert_int_equal(chown(fx->folder, 65534, 65534), 0);
        assert_int_equal(chown(fx->path, 65534, 65534), 0);
    }
    assert_int_equal(chmod(fx->folder, 0500), 0);
    for (int i = 0; i < 2; i++) {
        pid_t child = fork();
        if (child == 0) {
            _exit(read_as_other(fx, i == 0));
        }
        assert_int_equal(waitpid(child, &code, 0), child);
        assert_int_equal(code, 0);
    }
    assert_int_equal(chmod(fx->folder, 0700), 0);
    fixture_end(fx);
}

/* Another process holds the write lock: the error names it. */
static void a_busy_file_names_its_holder(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    int ready[2], leave[2], code;
    char byte = 0, holder[128], expected[64];
    fixture_file(fx);
    assert_int_equal(pipe(ready), 0);
    assert_int_equal(pipe(leave), 0);
    tend_store_close(fx->store);
    fx->store = NULL;
    pid_t child = fork();
    if (child == 0) {
        struct tend_store_options mine = fixture_options(fx);
        tend_status status = tend_store_open(&fx->store, fx->path, &mine, &fx->err);
        if (status == TEND_OK) {
            status = tend_batch_begin(fx->store, TEND_BATCH_COMMAND, "hold", 0);
        }
        byte = (char)(status == TEND_OK);
        code = write(ready[1], &byte, 1) == 1 && read(leave[0], &byte, 1) == 1;
        _exit(code == 1 ? 0 : 1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(byte, 1);
    struct tend_store_options options = fixture_options(fx);
    OK(tend_store_open(&fx->store, fx->path, &options, &fx->err));
    fx->store->driver->holder(fx->store->db, holder, sizeof holder);
    OK(tend_store_exec(fx->store, "PRAGMA busy_timeout = 50"));
    assert_int_equal(tend_batch_begin(fx->store, TEND_BATCH_COMMAND, "x", 0), TEND_BUSY);
    assert_non_null(strstr(fx->err.text, "is in use by"));
    assert_true(fx->err.cure[0] != '\0');
    snprintf(expected, sizeof expected, "(process %ld)", (long)child);
    if (holder[0] != '\0') {
        assert_non_null(strstr(holder, expected));
        assert_non_null(strstr(fx->err.text, expected));
    }
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 0);
    assert_int_equal(write(leave[1], &byte, 1), 1);
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_int_equal(code, 0);
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    fixture_end(fx);
}

/* What was acknowledged is there after the process was gone without a word. */
static void an_open_batch_dies_with_its_process(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    int code;
    fixture_file(fx);
    tend_store_close(fx->store);
    fx->store = NULL;
    pid_t child = fork();
    if (child == 0) {
        struct tend_store_options mine = fixture_options(fx);
        if (tend_store_open(&fx->store, fx->path, &mine, &fx->err) != TEND_OK) {
            _exit(1);
        }
        begin(fx);
        add_person(fx, "Ann");
        commit(fx);
        begin(fx);
        add_person(fx, "Bob");
        OK(tend_derive_flush(fx->store));
        _exit(0);
    }
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_int_equal(code, 0);
    struct tend_store_options options = fixture_options(fx);
    OK(tend_store_open(&fx->store, fx->path, &options, &fx->err));
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    assert_clean(fx);
    fixture_end(fx);
}

static void reads_of_one_state(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    bool begun = tend_store_read_begin(fx->store);
    assert_true(begun);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 0);
    tend_store_read_end(fx->store, begun);
    begin(fx);
    begun = tend_store_read_begin(fx->store);
    assert_false(begun);
    add_person(fx, "Ann");
    tend_store_read_end(fx->store, begun);
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_its_owners),
        cmocka_unit_test(what_is_no_database_is_refused),
        cmocka_unit_test(a_foreign_database_is_refused),
        cmocka_unit_test(a_driver_answers_its_scheme),
        cmocka_unit_test(a_missing_file_is_not_made),
        cmocka_unit_test(read_only_is_read_only),
        cmocka_unit_test(a_read_only_folder_can_be_read),
        cmocka_unit_test(a_busy_file_names_its_holder),
        cmocka_unit_test(an_open_batch_dies_with_its_process),
        cmocka_unit_test(reads_of_one_state),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
