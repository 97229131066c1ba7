/* Sets of what must be derived: covers tend_dirty_mark, tend_dirty_mark_new,
 * tend_dirty_any, tend_dirty_take, tend_dirty_reset, tend_dirty_finish. */
#include "fixture.h"

static void marks_come_in_order(void **state)
{
    (void)state;
    struct tend_dirty dirty = { 0 };
    struct tend_dirty_slot *slots;
    int64_t n;
    struct tend_dirty_set *set = &dirty.person;
    assert_false(tend_dirty_any(set));
    for (tend_id id = 200; id > 0; id -= 2) {
        tend_dirty_mark(set, id, TEND_DIRTY_WORDS);
        tend_dirty_mark(set, id, TEND_DIRTY_SEARCH);
    }
    tend_dirty_mark(set, 0, TEND_DIRTY_WORDS);
    tend_dirty_mark(set, 7, 0);
    tend_dirty_mark_new(set, 1000, 1003, TEND_DIRTY_WORDS);
    tend_dirty_mark(set, 1001, TEND_DIRTY_STAGE);
    assert_true(tend_dirty_any(set));
    tend_dirty_take(set, &slots, &n);
    assert_int_equal(n, 102);
    for (int64_t i = 0; i < 100; i++) {
        assert_int_equal(slots[i].id, 2 * (i + 1));
        assert_int_equal(slots[i].bits, TEND_DIRTY_WORDS | TEND_DIRTY_SEARCH);
    }
    assert_int_equal(slots[100].id, 1001);
    assert_int_equal(slots[100].bits, TEND_DIRTY_STAGE);
    assert_int_equal(slots[101].id, 1003);
    assert_int_equal(slots[101].bits, TEND_DIRTY_WORDS | TEND_DIRTY_NEW);
    tend_free(slots);
    assert_false(tend_dirty_any(set));
    tend_dirty_finish(&dirty);
}

/* What was derived once in a batch is not new any more. */
static void new_is_new_once(void **state)
{
    (void)state;
    struct tend_dirty dirty = { 0 };
    struct tend_dirty_slot *slots;
    int64_t n;
    struct tend_dirty_set *set = &dirty.task;
    tend_dirty_mark_new(set, 1, 5, TEND_DIRTY_DUE);
    tend_dirty_take(set, &slots, &n);
    tend_free(slots);
    assert_int_equal(n, 1);
    tend_dirty_mark_new(set, 1, 5, TEND_DIRTY_DUE);
    tend_dirty_take(set, &slots, &n);
    assert_int_equal(n, 1);
    assert_int_equal(slots[0].bits & TEND_DIRTY_NEW, 0);
    tend_free(slots);
    tend_dirty_reset(&dirty);
    tend_dirty_mark_new(set, 1, 5, TEND_DIRTY_DUE);
    tend_dirty_take(set, &slots, &n);
    assert_int_equal(slots[0].bits & TEND_DIRTY_NEW, TEND_DIRTY_NEW);
    tend_free(slots);
    tend_dirty_finish(&dirty);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_come_in_order),
        cmocka_unit_test(new_is_new_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
