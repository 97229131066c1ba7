/* tend_timer_add, tend_timer_backoff. */
#include "sched/timer.h"
#include "base/date.h"
#include "base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void test_add(void **state)
{
    struct tend_clock clock = { .frozen = true, .now = 1000 };
    struct tend_store_options options = { .clock = &clock };
    struct tend_error err = { 0 };
    struct tend_arena arena = { 0 };
    struct tend_store *store;
    struct tend_timer_ask ask = { .plugin = "followup", .event = "touch.logged", .subject = 7,
                                  .due_at = 2000, .attempt = 1, .error = "no moon",
                                  .cause_kind = TEND_REF_TOUCH, .cause_id = 7 };
    struct tend_value v[TEND_N_timer];
    tend_id id;

    (void)state;
    assert_int_equal(tend_store_open(&store, ":memory:", &options, &err), TEND_OK);
    assert_int_equal(tend_timer_add(store, &ask, &id), TEND_INTERNAL);  /* outside of a batch */
    assert_int_equal(tend_batch_begin(store, TEND_BATCH_COMMAND, "test", 0), TEND_OK);
    assert_int_equal(tend_timer_add(store, &ask, &id), TEND_OK);
    assert_int_equal(tend_row_read(store, TEND_T_timer, id, &arena, v, NULL), TEND_OK);
    assert_true(tend_text_is(v[TEND_C_timer_plugin].t, "followup"));
    assert_true(tend_text_is(v[TEND_C_timer_error].t, "no moon"));
    assert_int_equal(v[TEND_C_timer_due_at].i, 2000);
    assert_int_equal(v[TEND_C_timer_state].i, TEND_TIMER_WAITING);
    assert_int_equal(v[TEND_C_timer_person].type, TEND_NULL);
    assert_int_equal(v[TEND_C_timer_cause_kind].i, TEND_REF_TOUCH);
    ask.attempt = TEND_TIMER_ATTEMPTS + 1;      /* enough: it waits for a person */
    ask.plugin = NULL;
    assert_int_equal(tend_timer_add(store, &ask, &id), TEND_OK);
    assert_int_equal(tend_row_read(store, TEND_T_timer, id, &arena, v, NULL), TEND_OK);
    assert_int_equal(v[TEND_C_timer_state].i, TEND_TIMER_PARKED);
    assert_int_equal(v[TEND_C_timer_plugin].type, TEND_NULL);
    tend_batch_abort(store);
    tend_store_close(store);
    tend_arena_finish(&arena);
}

static void test_backoff(void **state)
{
    (void)state;
    assert_int_equal(tend_timer_backoff(0), TEND_MINUTE);
    assert_int_equal(tend_timer_backoff(1), TEND_MINUTE);
    assert_int_equal(tend_timer_backoff(2), 5 * TEND_MINUTE);
    assert_int_equal(tend_timer_backoff(3), 25 * TEND_MINUTE);
    assert_int_equal(tend_timer_backoff(99), 24 * TEND_HOUR);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_add),
                                        cmocka_unit_test(test_backoff) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
