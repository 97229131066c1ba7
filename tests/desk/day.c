/* The order of the day: appointments, what closes first, care before the new. */
#include "world.h"
#include "desk/day.h"

static tend_id task(struct world *w, tend_id person, const char *plugin, int64_t opens,
                    int64_t closes, int64_t wall)
{
    struct tend_value v[TEND_N_task] = { { 0 } };
    int64_t today = world_day("2026-03-26");
    tend_id id;

    world_begin(w);
    v[TEND_C_task_person] = tend_int(person);
    v[TEND_C_task_plugin] = tend_str(tend_text_of(plugin));
    v[TEND_C_task_opens_day] = tend_int(today + opens);
    v[TEND_C_task_closes_day] = tend_int(today + closes);
    if (wall >= 0)
        v[TEND_C_task_wall] = tend_int(wall);
    v[TEND_C_task_state] = tend_int(TEND_TASK_OPEN);
    assert_int_equal(tend_row_insert(w->store, TEND_T_task, v, &id), TEND_OK);
    world_end(w);
    return id;
}

static void test_order(void **state)
{
    struct world *w = *state;
    tend_id new = world_add(w, "Ann Lee", NULL), member = world_add(w, "Bob Ray", NULL);
    struct tend_task_view *tasks;
    tend_id want[8];
    int64_t n;

    world_log(w, member, "call", "joined");
    assert_string_equal(world_stage(w, member, "opportunity"), "member");
    want[7] = task(w, new, "p", -40, -30, -1);          /* long over */
    want[6] = task(w, new, "p", -1, 5, -1);             /* there is time */
    want[5] = task(w, member, "p", -1, 6, -1);
    want[4] = task(w, new, "p", -1, 0, -1);             /* over today, over already */
    want[3] = task(w, new, NULL, -40, -30, -1);         /* never let go: by hand */
    want[2] = task(w, member, "p", -1, 0, -1);
    want[1] = task(w, new, NULL, 0, 0, 18 * TEND_HOUR);
    want[0] = task(w, new, NULL, 0, 0, 9 * TEND_HOUR);
    assert_int_equal(tend_day_tasks(&w->desk, w->clock.now, false, &w->arena, &tasks, &n),
                     TEND_OK);
    assert_int_equal(n, 8);
    for (int i = 0; i < 8; i++)
        assert_int_equal(tasks[i].id, want[i]);
    assert_int_equal(tasks[0].group, TEND_DAY_APPOINTMENT);
    assert_int_equal(tasks[7].group, TEND_DAY_OLD);
}

static void test_capacity(void **state)
{
    struct world *w = *state;
    int64_t n;

    assert_int_equal(tend_day_capacity(&w->desk, &n), TEND_OK);
    assert_int_equal(n, 10);
    assert_int_equal(tend_meta_set(w->store, "daily", T("4")), TEND_OK);
    assert_int_equal(tend_day_capacity(&w->desk, &n), TEND_OK);
    assert_int_equal(n, 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = { WORLD_TEST(test_order), WORLD_TEST(test_capacity) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
