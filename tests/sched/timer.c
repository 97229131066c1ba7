/* Timers: tend_timer_add, tend_timer_claims, tend_timer_settle, tend_timer_retry,
 * tend_timer_sleep, tend_timer_wake, tend_timer_release, tend_timer_backoff and
 * tend_timer_again_at; and with them the operations of the store. */
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

static struct tend_clock clock_of_test;
static struct tend_error err;
static struct tend_arena arena;

static struct tend_store *begin(void)
{
    struct tend_store_options options = { .clock = &clock_of_test };
    struct tend_store *store;

    tend_clock_freeze(&clock_of_test, 1000);
    tend_clock_seed(&clock_of_test, 1);
    assert_int_equal(tend_store_open(&store, ":memory:", &options, &err), TEND_OK);
    assert_int_equal(tend_batch_begin(store, TEND_BATCH_TICK, "test", 0), TEND_OK);
    return store;
}

static void end(struct tend_store *store)
{
    tend_batch_abort(store);
    tend_store_close(store);
    tend_arena_finish(&arena);
}

static tend_id add(struct tend_store *store, struct tend_timer_ask ask)
{
    tend_id id;

    ask.event = ask.event ? ask.event : "task.done";
    assert_int_equal(tend_timer_add(store, &ask, &id), TEND_OK);
    return id;
}

static struct tend_timer_claim *claims(struct tend_store *store, int64_t until, int64_t expected)
{
    struct tend_timer_claim *list;
    int64_t n;

    assert_int_equal(tend_timer_claims(store, until, 10, &arena, &list, &n), TEND_OK);
    assert_int_equal(n, expected);
    return list;
}

static int64_t value(struct tend_store *store, tend_id id, int32_t column)
{
    struct tend_value v[TEND_N_timer];

    assert_int_equal(tend_row_read(store, TEND_T_timer, id, &arena, v, NULL), TEND_OK);
    return v[column].i;
}

/* By due and id, only what waits, only what is due; what is settled is gone. */
static void test_claim(void **state)
{
    struct tend_store *store = begin();
    int64_t dues[] = { 30, 20, 20, 40 }, order[] = { 2, 3, 1 }, n, due_at;
    struct tend_timer_claim *list;
    tend_id first;

    (void)state;
    for (int i = 0; i < 4; i++)
        add(store, (struct tend_timer_ask){ .due_at = dues[i], .subject = i + 1 });
    add(store, (struct tend_timer_ask){ .due_at = 1, .attempt = TEND_TIMER_ATTEMPTS + 1 });
    add(store, (struct tend_timer_ask){ .due_at = 1, .asleep = true });
    assert_int_equal(tend_timer_waiting(store, 30, &n), TEND_OK);
    assert_int_equal(n, 3);
    assert_int_equal(tend_timer_first(store, 30, &first, &due_at), TEND_OK);
    assert_int_equal(first, 2);
    assert_int_equal(due_at, 20);
    list = claims(store, 30, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(list[i].id, order[i]);
        assert_int_equal(list[i].ask.subject, order[i]);
        assert_string_equal(list[i].ask.event, "task.done");
        assert_null(list[i].ask.plugin);
        assert_int_equal(tend_timer_settle(store, &list[i]), TEND_OK);
    }
    claims(store, 30, 0);
    assert_int_equal(tend_timer_settle(store, &list[0]), TEND_STALE);   /* not twice */
    assert_true(list[0].stale);
    end(store);
}

/* Whoever holds an old reading can neither settle nor put off. */
static void test_fence(void **state)
{
    struct tend_store *store = begin();
    tend_id id = add(store, (struct tend_timer_ask){ .due_at = 10, .plugin = "shaky" });
    struct tend_timer_claim *first = claims(store, 10, 1), *second = claims(store, 10, 1);

    (void)state;
    assert_int_equal(tend_timer_retry(store, 10, first, "shaky", "no moon"), TEND_OK);
    assert_true(first->kept);
    assert_int_equal(value(store, id, TEND_C_timer_fence), 1);
    assert_int_equal(value(store, id, TEND_C_timer_attempt), 1);
    assert_in_range(value(store, id, TEND_C_timer_due_at), 10 + TEND_MINUTE * 9 / 10,
                    10 + TEND_MINUTE);
    assert_int_equal(tend_timer_settle(store, second), TEND_STALE);
    assert_int_equal(tend_timer_retry(store, 10, second, "shaky", "late"), TEND_STALE);
    assert_int_equal(tend_timer_sleep(store, second, "shaky", "late"), TEND_STALE);
    assert_true(second->stale && !second->kept);
    assert_int_equal(value(store, id, TEND_C_timer_fence), 1);
    end(store);
}

/* The same timer all the way: waiting, parked, released. */
static void test_park(void **state)
{
    struct tend_store *store = begin();
    tend_id id = add(store, (struct tend_timer_ask){ .due_at = 10, .plugin = "shaky" }), *ids;
    int64_t n;

    (void)state;
    assert_int_equal(tend_timer_release(store, id, 99), TEND_INVALID);
    for (int i = 0; i <= TEND_TIMER_ATTEMPTS; i++) {
        struct tend_timer_claim *claim = claims(store, INT64_MAX, 1);

        assert_int_equal(claim->id, id);
        assert_int_equal(claim->ask.attempt, i);
        assert_int_equal(tend_timer_retry(store, 10, claim, "shaky", "no moon"), TEND_OK);
    }
    claims(store, INT64_MAX, 0);
    assert_int_equal(tend_timer_parked(store, 0, 5, &arena, &ids, &n), TEND_OK);
    assert_int_equal(n, 1);
    assert_int_equal(ids[0], id);
    assert_int_equal(tend_timer_parked(store, 7, 5, &arena, &ids, &n), TEND_OK);
    assert_int_equal(n, 0);
    assert_int_equal(tend_timer_release(store, id, 99), TEND_OK);
    assert_int_equal(value(store, id, TEND_C_timer_due_at), 99);
    assert_int_equal(value(store, id, TEND_C_timer_attempt), 0);
    claims(store, 99, 1);
    assert_int_equal(tend_timer_release(store, 77, 99), TEND_NOT_FOUND);
    end(store);
}

static void test_sleep(void **state)
{
    struct tend_store *store = begin();
    struct tend_text plugin = { "", 0 }, event = { "", 0 };
    struct tend_timer_claim *claim;
    int64_t n;

    (void)state;
    add(store, (struct tend_timer_ask){ .due_at = 10, .plugin = "moon", .attempt = 3 });
    add(store, (struct tend_timer_ask){ .due_at = 9, .plugin = "moon/full", .asleep = true });
    add(store, (struct tend_timer_ask){ .due_at = 9, .plugin = "moonlight", .asleep = true });
    claim = claims(store, 10, 1);
    assert_int_equal(tend_timer_sleep(store, claim, "moon", "not loaded"), TEND_OK);
    claims(store, INT64_MAX, 0);
    assert_int_equal(tend_timer_asleep(store, TEND_TEXT(""), &n), TEND_OK);
    assert_int_equal(n, 3);
    assert_int_equal(tend_timer_asleep(store, TEND_TEXT("moon"), &n), TEND_OK);
    assert_int_equal(n, 2);
    assert_int_equal(tend_timer_slept_for(store, &arena, &plugin, &event), TEND_OK);
    assert_true(tend_text_is(plugin, "moon"));
    assert_true(tend_text_is(event, "task.done"));
    n = 5;
    assert_int_equal(tend_timer_wake(store, plugin, event, &n), TEND_OK);
    assert_int_equal(n, 1);
    claim = claims(store, 10, 1);
    assert_int_equal(claim->ask.attempt, 3);    /* to sleep is not to fail */
    assert_int_equal(tend_timer_slept_for(store, &arena, &plugin, &event), TEND_OK);
    assert_true(tend_text_is(plugin, "moon/full"));
    assert_int_equal(tend_timer_slept_for(store, &arena, &plugin, &event), TEND_OK);
    assert_int_equal(tend_timer_slept_for(store, &arena, &plugin, &event), TEND_OK);
    assert_int_equal(plugin.len, 0);
    end(store);
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
                                        cmocka_unit_test(test_fence), cmocka_unit_test(test_park),
                                        cmocka_unit_test(test_sleep),
                                        cmocka_unit_test(test_backoff) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
