/* Copies: covers tend_store_backup, tend_store_restore. */
#include "fixture.h"
#include <sys/stat.h>

static char *beside(struct fixture *fx, const char *name)
{
    return tend_arena_printf(&fx->arena, "%s/%s", fx->folder, name);
}

static struct tend_store *second(struct fixture *fx, const char *path)
{
    struct tend_store *store;
    struct tend_store_options options = fixture_options(fx);
    OK(tend_store_open(&store, path, &options, &fx->err));
    return store;
}

static tend_status restore(struct fixture *fx, const char *path)
{
    const char *kept;
    return tend_store_restore(fx->store, path, &fx->arena, &kept);
}

/* While another connection has a batch open: the copy is what was committed,
 * is whole, and is its owner's alone. */
static void a_copy_is_taken_while_in_use(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct stat st;
    fixture_file(fx);
    begin(fx);
    add_note(fx, add_person(fx, "Ann"), "hello");
    commit(fx);
    struct facts committed = facts_of(fx);
    struct tend_store *other = second(fx, fx->path);
    begin(fx);
    add_person(fx, "Bob");
    OK(tend_derive_flush(fx->store));
    char *copy = beside(fx, "copy.db");
    OK(tend_store_backup(other, copy));
    commit(fx);
    tend_store_close(other);
    assert_int_equal(stat(copy, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    struct tend_store *mine = fx->store;
    fx->store = second(fx, copy);
    struct facts copied = facts_of(fx);
    assert_facts(&committed, &copied, "copy");
    tend_store_close(fx->store);
    fx->store = mine;
    assert_clean(fx);
    fixture_end(fx);
}

static void a_copy_replaces_an_older_one(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_file(fx);
    char *copy = beside(fx, "copy.db");
    OK(tend_store_backup(fx->store, copy));
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    OK(tend_store_backup(fx->store, copy));
    tend_store_close(fx->store);
    fx->store = second(fx, copy);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    fixture_end(fx);
}

static void where_it_cannot_go(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_file(fx);
    assert_int_equal(tend_store_backup(fx->store, fx->path), TEND_INVALID);
    assert_int_equal(tend_store_backup(fx->store, beside(fx, "no/such/folder.db")), TEND_IO);
    begin(fx);
    assert_int_equal(tend_store_backup(fx->store, beside(fx, "x.db")), TEND_INTERNAL);
    assert_int_equal(restore(fx, beside(fx, "x.db")), TEND_INTERNAL);
    tend_batch_abort(fx->store);
    fixture_end(fx);
}

/* The open store goes on with the restored data; what was there is kept. */
static void a_backup_is_put_back(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    fixture_file(fx);
    OK(tend_meta_set(fx->store, "me", TEND_TEXT("8")));
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    commit(fx);
    struct facts then = facts_of(fx);
    char *copy = beside(fx, "copy.db");
    OK(tend_store_backup(fx->store, copy));
    OK(tend_meta_set(fx->store, "me", TEND_TEXT("9")));
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name, tend_str(TEND_TEXT("X"))));
    add_person(fx, "Bob");
    commit(fx);
    struct facts later = facts_of(fx);
    assert_int_equal(tend_store_me(fx->store), 9);
    OK(restore(fx, copy));
    struct facts now = facts_of(fx);
    assert_facts(&then, &now, "restore");
    assert_int_equal(tend_store_me(fx->store), 8);
    assert_clean(fx);
    OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
    assert_clean(fx);
    tend_store_close(fx->store);
    fx->store = second(fx, tend_arena_printf(&fx->arena, "%s.before-restore.bak", fx->path));
    now = facts_of(fx);
    assert_facts(&later, &now, "before the restore");
    fixture_end(fx);
}

/* The second restore costs nothing that the first has kept. */
static void every_restore_keeps_what_was_there(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    const char *first, *second_kept;
    fixture_file(fx);
    char *empty = beside(fx, "empty.db");
    OK(tend_store_backup(fx->store, empty));
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    OK(tend_store_restore(fx->store, empty, &fx->arena, &first));
    OK(tend_store_restore(fx->store, empty, &fx->arena, &second_kept));
    assert_string_not_equal(first, second_kept);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 0);
    OK(tend_store_restore(fx->store, first, &fx->arena, &second_kept));
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    fixture_end(fx);
}

/* Nothing is touched when the source is no good. */
static void a_bad_source_is_refused(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_file(fx);
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    char *bad = beside(fx, "bad.db");
    assert_int_equal(restore(fx, bad), TEND_NOT_FOUND);
    FILE *file = fopen(bad, "w");
    fputs("this is a letter, and no database of anybody's", file);
    fclose(file);
    assert_int_equal(restore(fx, bad), TEND_INVALID);
    assert_int_equal(restore(fx, fx->path), TEND_INVALID);
    OK(tend_store_backup(fx->store, bad));
    struct tend_store *mine = fx->store;
    fx->store = second(fx, bad);
    OK(tend_store_exec(fx->store, "DELETE FROM person WHERE id = 1; "
                                  "INSERT INTO note (id, person, rev) VALUES (1, 1, 1)"));
    tend_store_close(fx->store);
    fx->store = mine;
    assert_int_equal(restore(fx, bad), TEND_INVALID);
    assert_non_null(strstr(fx->err.text, "damaged"));
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    assert_clean(fx);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_taken_while_in_use),
        cmocka_unit_test(a_copy_replaces_an_older_one),
        cmocka_unit_test(where_it_cannot_go),
        cmocka_unit_test(a_backup_is_put_back),
        cmocka_unit_test(every_restore_keeps_what_was_there),
        cmocka_unit_test(a_bad_source_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
