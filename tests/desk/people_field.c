/* Fields that have one value: tend_field_apply. */
#include "world.h"

static void set(struct world *w, tend_id person, const char *name, const char *value)
{
    struct tend_field field = { tend_text_of(name), tend_text_of(value), { "", 0 },
                                TEND_ASSIGN_SET };

    world_begin(w);
    if (tend_person_set(&w->desk, &w->deed, person, &field, 1) != TEND_OK)
        fail_msg("%s", w->err.text);
    world_end(w);
}

static struct tend_person_view view_of(struct world *w, tend_id person)
{
    struct tend_person_view view;

    assert_int_equal(tend_person_read(w->store, person, &w->arena, &view), TEND_OK);
    return view;
}

/* A name and its parts follow each other. */
static void test_names(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    const struct tend_field three[] = {
        { T("name"), T("Dr. Ann"), { "", 0 }, TEND_ASSIGN_SET },
        { T("given"), T("Ann"), { "", 0 }, TEND_ASSIGN_SET },
        { T("family"), T("Ray"), { "", 0 }, TEND_ASSIGN_SET },
    };

    set(w, ann, "family", "Smith");
    assert_true(tend_text_is(view_of(w, ann).name, "Ann Smith"));
    set(w, ann, "name", "Anna Maria Ray");
    assert_true(tend_text_is(view_of(w, ann).given, "Anna Maria"));
    assert_true(tend_text_is(view_of(w, ann).family, "Ray"));
    set(w, ann, "name", "Dr. Ann Marie Lee");
    set(w, ann, "family", "Day"); /* the title and the middle name stay */
    assert_true(tend_text_is(view_of(w, ann).name, "Dr. Ann Marie Day"));
    assert_true(tend_text_is(view_of(w, ann).given, "Ann"));
    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, three, 3), TEND_OK);
    world_end(w);
    assert_true(tend_text_is(view_of(w, ann).name, "Dr. Ann"));
    assert_true(tend_text_is(view_of(w, ann).family, "Ray"));
}

static void test_one(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_field keeper = { T("keeper"), T("p77"), { "", 0 }, TEND_ASSIGN_SET };

    set(w, ann, "region", "at");
    assert_true(tend_text_is(view_of(w, ann).region, "AT"));
    assert_string_equal(world_outcome(w, "set")->title, "region = at");
    set(w, ann, "source", "open house");
    assert_true(tend_text_is(view_of(w, ann).source, "open house"));
    set(w, ann, "source", "");
    assert_int_equal(view_of(w, ann).source.len, 0);
    set(w, ann, "keeper", "p2");
    assert_int_equal(view_of(w, ann).keeper, 2);
    set(w, ann, "keeper", "me");
    assert_int_equal(view_of(w, ann).keeper, 1);
    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, &keeper, 1), TEND_NOT_FOUND);
    world_abort(w);
}

/* Another zone moves the windows that are open. */
static void test_zone(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", "Europe/Vienna");
    struct tend_task_view *tasks;

    world_log(w, ann, "presentation", NULL);
    set(w, ann, "zone", "America/New_York");
    world_open_tasks(w, ann, &tasks);
    assert_int_equal(tasks[0].opens_at, world_instant("2026-03-28T00:00:00-04:00"));
    world_undo(w);
    world_open_tasks(w, ann, &tasks);
    assert_int_equal(tasks[0].opens_at, world_instant("2026-03-28T00:00:00+01:00"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_names), WORLD_TEST(test_one), WORLD_TEST(test_zone),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
