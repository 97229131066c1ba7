/* Keys by their hash: covers tend_key_hash, tend_keys_note, tend_derive_keys,
 * tend_derive_keys_all, and how tend_person_by_key and tend_intake_by_key find
 * by them. */
#include "fixture.h"
#include "store/derive.h"
#include "store/ops_intake.h"

static tend_id whose(struct fixture *fx, const char *kind, const char *key)
{
    tend_id by_intake, person = tend_person_by_key(fx->store, tend_text_of(kind),
                                                   tend_text_of(key));
    OK(tend_intake_by_key(fx->store, tend_text_of(kind), tend_text_of(key), &by_intake));
    assert_int_equal(by_intake, person);
    return person;
}

static void undo_and_redo(struct fixture *fx, const char *kind, const char *key, tend_id before,
                          tend_id after)
{
    struct tend_undo undo;
    assert_int_equal(whose(fx, kind, key), after);
    OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
    assert_int_equal(whose(fx, kind, key), before);
    assert_clean(fx);
    OK(tend_store_redo(fx->store, 0, false, &fx->arena, &undo));
    assert_int_equal(whose(fx, kind, key), after);
    assert_clean(fx);
}

static void a_key_follows_its_point(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    const int32_t key = TEND_C_contact_point_key, kind = TEND_C_contact_point_kind;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann"), bob = add_person(fx, "Bob");
    tend_id point = add_point(fx, ann, "email", "ann@example.com");
    assert_int_equal(whose(fx, "email", "ann@example.com"), ann);   /* in the batch already */
    add_point(fx, bob, "email", "ann@example.com");
    assert_int_equal(whose(fx, "email", "ann@example.com"), ann);   /* the first */
    assert_int_equal(whose(fx, "phone", "ann@example.com"), 0);
    commit(fx);
    undo_and_redo(fx, "email", "ann@example.com", 0, ann);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_contact_point, point, key, tend_str(TEND_TEXT("a@b.test"))));
    assert_int_equal(whose(fx, "email", "ann@example.com"), bob);
    commit(fx);
    undo_and_redo(fx, "email", "a@b.test", 0, ann);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_contact_point, point, kind, tend_str(TEND_TEXT("id"))));
    commit(fx);
    undo_and_redo(fx, "id", "a@b.test", 0, ann);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_contact_point, point, TEND_C_contact_point_person,
                    tend_int(bob)));
    commit(fx);
    undo_and_redo(fx, "id", "a@b.test", ann, bob);
    begin(fx);
    OK(tend_row_delete(fx->store, TEND_T_contact_point, point));
    commit(fx);
    undo_and_redo(fx, "id", "a@b.test", bob, 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM contact_key"), 1);
    fixture_end(fx);
}

/* Back and forth within a batch, seen in between or not: the last counts. */
static void the_last_change_counts(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    const int32_t key = TEND_C_contact_point_key;
    fixture_memory(fx);
    for (int look = 0; look < 2; look++) {
        begin(fx);
        tend_id ann = add_person(fx, "Ann");
        tend_id point = add_point(fx, ann, "phone", "+15550001");
        for (int i = 0; i < 4; i++) {
            struct tend_text to = i % 2 == 0 ? TEND_TEXT("+15550002") : TEND_TEXT("+15550001");
            OK(tend_row_set(fx->store, TEND_T_contact_point, point, key, tend_str(to)));
            if (look > 0) {
                assert_int_equal(tend_person_by_key(fx->store, TEND_TEXT("phone"), to), ann);
            }
        }
        tend_id other = add_point(fx, ann, "phone", "+15550003");
        OK(tend_row_delete(fx->store, TEND_T_contact_point, other));
        commit(fx);
        assert_int_equal(whose(fx, "phone", "+15550001"), ann);
        assert_int_equal(whose(fx, "phone", "+15550002"), 0);
        assert_clean(fx);
        begin(fx);
        OK(tend_row_set(fx->store, TEND_T_contact_point, point, key, (struct tend_value){ 0 }));
        OK(tend_row_set(fx->store, TEND_T_contact_point, point, key,
                        tend_str(TEND_TEXT("+15550001"))));
        OK(tend_row_delete(fx->store, TEND_T_contact_point, point));
        commit(fx);
        assert_clean(fx);
        assert_int_equal(number(fx, "SELECT count(*) FROM contact_key"), 0);
    }
    fixture_end(fx);
}

/* What was noted before a savepoint and written within it comes again. */
static void a_rollback_takes_keys_back(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    for (int look = 0; look < 2; look++) {
        begin(fx);
        tend_id ann = add_person(fx, "Ann");
        tend_id point = add_point(fx, ann, "email", "ann@example.com");
        OK(tend_savepoint_begin(fx->store));
        OK(tend_savepoint_begin(fx->store));
        add_point(fx, ann, "email", "gone@example.com");
        OK(tend_row_delete(fx->store, TEND_T_contact_point, point));
        if (look > 0) {
            assert_int_equal(whose(fx, "email", "ann@example.com"), 0);
            assert_int_equal(whose(fx, "email", "gone@example.com"), ann);
        }
        tend_savepoint_rollback(fx->store);
        OK(tend_savepoint_release(fx->store));
        add_point(fx, ann, "email", "new@example.com");
        assert_int_equal(whose(fx, "email", "ann@example.com"), ann);
        OK(tend_row_delete(fx->store, TEND_T_contact_point, point));
        commit(fx);
        assert_int_equal(whose(fx, "email", "ann@example.com"), 0);
        assert_int_equal(whose(fx, "email", "gone@example.com"), 0);
        assert_int_equal(whose(fx, "email", "new@example.com"), ann);
        assert_clean(fx);
        begin(fx);
        OK(tend_row_delete(fx->store, TEND_T_contact_point, point + 1));
        commit(fx);
    }
    fixture_end(fx);
}

/* Two keys with one hash are made by hand: each finds its own person. */
static void keys_of_one_hash_are_told_apart(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_text *problems;
    int64_t n;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann"), bob = add_person(fx, "Bob");
    tend_id first = add_point(fx, ann, "email", "ann@example.com");
    add_point(fx, bob, "email", "bob@example.com");
    commit(fx);
    struct tend_sql *q =
        tend_sql(fx->store, "UPDATE contact_key SET hash = ?1 WHERE contact_point = ?2");
    tend_sql_bind_int(q, 1, tend_key_hash(TEND_TEXT("email"), TEND_TEXT("bob@example.com")));
    tend_sql_bind_int(q, 2, first);
    OK(tend_sql_run(q));
    assert_int_equal(whose(fx, "email", "bob@example.com"), bob);
    OK(tend_store_check(fx->store, &fx->arena, &problems, &n));
    assert_int_equal(n, 1);
    assert_non_null(strstr(tend_arena_str(&fx->arena, problems[0]), "contact_point 1: the key"));
    OK(tend_derive_rebuild(fx->store));
    assert_int_equal(whose(fx, "email", "ann@example.com"), ann);
    assert_clean(fx);
    assert_true(tend_key_hash(TEND_TEXT("id"), TEND_TEXT("x")) !=
                tend_key_hash(TEND_TEXT("i"), TEND_TEXT("dx")));
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_follows_its_point),
        cmocka_unit_test(the_last_change_counts),
        cmocka_unit_test(a_rollback_takes_keys_back),
        cmocka_unit_test(keys_of_one_hash_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
