/* Statements: covers tend_sql, tend_sql_dynamic, tend_sql_keep, tend_sql_bind_*,
 * tend_sql_step, tend_sql_int, tend_sql_is_null, tend_sql_text, tend_sql_blob,
 * tend_sql_end, tend_sql_run, tend_sql_drop_all. */
#include "fixture.h"

static const char echo[] = "SELECT ?1, ?2, ?3, ?4";

static void values_go_and_come(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    for (int round = 0; round < 3; round++) {
        struct tend_sql *q = tend_sql(fx->store, echo);
        char text[] = "gone soon";
        tend_sql_bind_int(q, 1, INT64_MIN);
        tend_sql_bind_text(q, 2, tend_text_of(text));
        memset(text, 'x', sizeof text - 1);
        tend_sql_bind_null(q, 3);
        tend_sql_bind(q, 4, (struct tend_value){ .type = TEND_BLOB, .t = TEND_TEXT("\x00\x01") });
        assert_true(tend_sql_step(q));
        assert_true(tend_sql_int(q, 0) == INT64_MIN);
        assert_true(tend_text_is(tend_sql_text(q, 1), "gone soon"));
        assert_true(tend_sql_is_null(q, 2));
        assert_false(tend_sql_is_null(q, 0));
        assert_int_equal(tend_sql_int(q, 2), 0);
        assert_int_equal(tend_sql_text(q, 2).len, 0);
        assert_int_equal(tend_sql_blob(q, 3).len, 2);
        assert_false(tend_sql_step(q));
        OK(tend_sql_end(q));
    }
    struct tend_sql *q = tend_sql(fx->store, "SELECT length(?1), ?1 IS NULL");
    tend_sql_bind_text(q, 1, (struct tend_text){ NULL, 0 });
    assert_true(tend_sql_step(q));
    assert_int_equal(tend_sql_int(q, 1), 0);
    OK(tend_sql_end(q));
    fixture_end(fx);
}

/* The same statement open twice is two statements; closed, it is kept. */
static void a_statement_can_be_used_within_itself(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    struct tend_sql *a = tend_sql(fx->store, echo);
    struct tend_sql *b = tend_sql(fx->store, echo);
    assert_ptr_not_equal(a, b);
    tend_sql_bind_int(a, 1, 1);
    tend_sql_bind_int(b, 1, 2);
    assert_true(tend_sql_step(a) && tend_sql_step(b));
    assert_int_equal(tend_sql_int(a, 0), 1);
    assert_int_equal(tend_sql_int(b, 0), 2);
    OK(tend_sql_end(b));
    OK(tend_sql_end(a));
    struct tend_sql *c = tend_sql(fx->store, echo);
    assert_true(c == a || c == b);
    OK(tend_sql_end(c));
    tend_sql_drop_all(fx->store);
    fixture_end(fx);
}

/* Errors arrive at the end, with the words of the database; nothing before it
 * has to be asked. */
static void errors_wait_for_the_end(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    for (int round = 0; round < 2; round++) {
        struct tend_sql *q = tend_sql(fx->store, "SELECT nonsense FROM nowhere");
        tend_sql_bind_int(q, 1, 1);
        tend_sql_bind_text(q, 1, TEND_TEXT("x"));
        tend_sql_bind_null(q, 1);
        assert_false(tend_sql_step(q));
        assert_int_not_equal(tend_sql_end(q), TEND_OK);
        assert_non_null(strstr(fx->err.text, "nowhere"));
    }
    struct tend_sql *q = tend_sql_dynamic(fx->store, TEND_TEXT("INSERT INTO meta (name) VALUES "
                                                               "('a'), ('a')"));
    assert_int_equal(tend_sql_run(q), TEND_EXISTS);
    q = tend_sql_dynamic(fx->store, TEND_TEXT("SELECT 1 UNION SELECT 2"));
    assert_true(tend_sql_step(q));
    OK(tend_sql_end(q));
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_go_and_come),
        cmocka_unit_test(a_statement_can_be_used_within_itself),
        cmocka_unit_test(errors_wait_for_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
