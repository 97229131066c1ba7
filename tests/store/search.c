/* `find`: covers tend_store_search and the search operations of the driver. */
#include "fixture.h"

static void assert_found(struct fixture *fx, const char *text, const char *ids)
{
    struct tend_buffer got = { 0 };
    tend_id *persons;
    int64_t n;
    OK(tend_store_search(fx->store, tend_text_of(text), 10, &fx->arena, &persons, &n));
    for (int64_t i = 0; i < n; i++) {
        tend_buffer_addf(&got, "%lld ", (long long)persons[i]);
    }
    if (strcmp(got.at != NULL ? got.at : "", ids) != 0) {
        fail_msg("\"%s\" found %s, not %s", text, got.at != NULL ? got.at : "nobody", ids);
    }
    tend_buffer_finish(&got);
}

static void words_are_found_by_their_beginning(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann Lee");
    tend_id jose = add_person(fx, "Jos\xc3\xa9 O'Brien");
    tend_id cara = add_person(fx, "Cara Smith");
    add_point(fx, ann, "email", "Ann.Lee@example.com");
    add_point(fx, jose, "phone", "+15550123");
    add_note(fx, cara, "met ann at the \"open house\"; likes caf\xc3\xa9s");
    commit(fx);
    assert_found(fx, "ann", "1 3 ");        /* the name first */
    assert_found(fx, "AN LE", "1 ");
    assert_found(fx, "jose", "2 ");
    assert_found(fx, "brien", "2 ");
    assert_found(fx, "o'brien", "2 ");
    assert_found(fx, "ann.lee@example.com", "1 ");
    assert_found(fx, "15550123", "2 ");
    assert_found(fx, "+1555", "2 ");
    assert_found(fx, "open house", "3 ");
    assert_found(fx, "CAFES smith", "3 ");
    assert_found(fx, "nobody", "");
    assert_found(fx, "ann nobody", "");
    fixture_end(fx);
}

/* No text of the user's is query syntax, and none breaks it. */
static void any_text_is_only_text(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    static const char *const texts[] = { "", " ", "\"", "*", "NEAR(", "a AND", "text:ann", "-ann",
                                         "'; DROP TABLE person", "\xff\xfe", "(((((", "^a", "%",
                                         "a b c d e f g h i j k l m" };
    tend_id *persons;
    int64_t n;
    fixture_memory(fx);
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        OK(tend_store_search(fx->store, tend_text_of(texts[i]), 10, &fx->arena, &persons, &n));
    }
    OK(tend_store_search(fx->store, (struct tend_text){ "an\0n", 4 }, 10, &fx->arena, &persons,
                         &n));
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    fixture_end(fx);
}

/* The index follows every change, also inside of the batch, and an undo. */
static void the_index_follows(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    assert_found(fx, "ann", "1 ");
    commit(fx);
    begin(fx);
    tend_id note = add_note(fx, ann, "sailing");
    assert_found(fx, "sail", "1 ");
    commit(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_note, note, TEND_C_note_text,
                    tend_str(TEND_TEXT("rowing"))));
    commit(fx);
    assert_found(fx, "sail", "");
    assert_found(fx, "row", "1 ");
    OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
    assert_found(fx, "sail", "1 ");
    OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
    OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
    assert_found(fx, "ann", "");
    fixture_end(fx);
}

static void no_more_than_asked(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    tend_id *persons;
    int64_t n;
    fixture_memory(fx);
    begin(fx);
    for (int i = 0; i < 30; i++) {
        add_person(fx, "Ann");
    }
    commit(fx);
    OK(tend_store_search(fx->store, TEND_TEXT("ann"), 7, &fx->arena, &persons, &n));
    assert_int_equal(n, 7);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_by_their_beginning),
        cmocka_unit_test(any_text_is_only_text),
        cmocka_unit_test(the_index_follows),
        cmocka_unit_test(no_more_than_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
