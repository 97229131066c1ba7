/* How long texts may be: tend_limit_name, tend_limit_text, and where they are
 * asked: names, tags, titles, notes, touches. */
#include "desk/limit.h"
#include "world.h"

/* n characters of two bytes each. */
static struct tend_text long_text(struct world *w, int64_t n)
{
    char *at = tend_arena_take(&w->arena, (size_t)n * 2 + 1);

    for (int64_t i = 0; i < n; i++)
        memcpy(at + 2 * i, "\xc3\xa4", 2);
    return (struct tend_text){ at, 2 * n };
}

static void test_limits(void **state)
{
    struct world *w = *state;

    assert_int_equal(tend_limit_name(&w->desk, "a name", long_text(w, 1000)), TEND_OK);
    assert_int_equal(tend_limit_name(&w->desk, "a name", long_text(w, 1001)), TEND_INVALID);
    assert_holds(w->err.text, "a name has 1000 characters at most");
    assert_int_equal(tend_limit_text(&w->desk, "a note", long_text(w, 32 * 1024)), TEND_OK);
    assert_int_equal(tend_limit_text(&w->desk, "a note", long_text(w, 32 * 1024 + 1)),
                     TEND_INVALID);
    assert_holds(w->err.text, "a note has 64 KiB at most; this is 65 KiB");
}

static void test_where(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), id, known;
    struct tend_text name = long_text(w, 1001), text = long_text(w, 33 * 1024);
    struct tend_field field = { T("name"), name, { "", 0 }, TEND_ASSIGN_SET };
    struct tend_plan_ask plan = { .person = ann, .title = name, .wall = -1 };
    struct tend_touch_ask touch = world_touch(&ann, "call");
    uint64_t before = world_sum(w);

    world_begin(w);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, name, NULL, 0, false, &id, &known),
                     TEND_INVALID);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, &field, 1), TEND_INVALID);
    assert_int_equal(tend_person_tag(&w->desk, &w->deed, ann, name, true), TEND_INVALID);
    assert_int_equal(tend_person_note(&w->desk, &w->deed, ann, name, &id), TEND_OK);
    assert_int_equal(tend_person_note(&w->desk, &w->deed, ann, text, &id), TEND_INVALID);
    assert_int_equal(tend_task_plan(&w->desk, &w->deed, &plan, &id), TEND_INVALID);
    touch.text = text;
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &touch, &id), TEND_INVALID);
    world_abort(w);
    assert_int_equal(world_sum(w), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = { WORLD_TEST(test_limits), WORLD_TEST(test_where) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
