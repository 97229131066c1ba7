/* tend_timer_add, tend_timer_backoff, tend_timer_next, tend_timer_take; and with
 * them tend_timer_first and tend_timer_waiting of the store. */
#include "sched/timer.h"
#include "base/date.h"
#include "base/text.h"
#include "store/ops_timer.h"
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

/* By due and id, only what waits, only what is due; what is taken is gone. */
static void test_claim(void **state)
{
    struct tend_clock clock = { .frozen = true, .now = 1000 };
    struct tend_store_options options = { .clock = &clock };
    struct tend_error err = { 0 };
    struct tend_arena arena = { 0 };
    struct tend_timer_ask ask = { .event = "task.done" };
    struct tend_timer_claim claim;
    struct tend_store *store;
    int64_t dues[] = { 30, 20, 20, 40 }, order[] = { 2, 3, 1 }, n;

    (void)state;
    assert_int_equal(tend_store_open(&store, ":memory:", &options, &err), TEND_OK);
    assert_int_equal(tend_batch_begin(store, TEND_BATCH_TICK, "test", 0), TEND_OK);
    for (int i = 0; i < 4; i++) {
        ask.due_at = dues[i];
        ask.subject = i + 1;
        assert_int_equal(tend_timer_add(store, &ask, NULL), TEND_OK);
    }
    ask.due_at = 1;
    ask.attempt = TEND_TIMER_ATTEMPTS + 1;      /* parked */
    assert_int_equal(tend_timer_add(store, &ask, NULL), TEND_OK);
    assert_int_equal(tend_timer_waiting(store, 30, &n), TEND_OK);
    assert_int_equal(n, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(tend_timer_next(store, 30, &arena, &claim), TEND_OK);
        assert_int_equal(claim.id, order[i]);
        assert_int_equal(claim.ask.subject, order[i]);
        assert_string_equal(claim.ask.event, "task.done");
        assert_null(claim.ask.plugin);
        assert_int_equal(tend_timer_take(store, &claim), TEND_OK);
    }
    assert_int_equal(tend_timer_next(store, 30, &arena, &claim), TEND_OK);
    assert_int_equal(claim.id, 0);
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
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_add), cmocka_unit_test(test_claim),
                                        cmocka_unit_test(test_backoff) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
