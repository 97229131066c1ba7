/* tend_person_link, tend_person_do_not_contact. */
#include "world.h"

static tend_status link_people(struct world *w, tend_id a, tend_id b, const char *kind)
{
    tend_id link;
    tend_status status;

    world_begin(w);
    status = tend_person_link(&w->desk, &w->deed, a, b, tend_text_of(kind), &link);
    if (status == TEND_OK)
        world_end(w);
    else
        world_abort(w);
    return status;
}

static void test_link(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), tom = world_add(w, "Tom Lee", NULL);
    struct tend_value v[TEND_N_link];

    assert_int_equal(link_people(w, ann, tom, "spouse"), TEND_OK);
    assert_int_equal(tend_row_read(w->store, TEND_T_link, 1, &w->arena, v, NULL), TEND_OK);
    assert_int_equal(v[TEND_C_link_other].i, tom);
    assert_int_equal(v[TEND_C_link_from_day].i, world_day("2026-03-26"));
    assert_int_equal(link_people(w, ann, tom, "spouse"), TEND_EXISTS);
    assert_int_equal(link_people(w, tom, ann, "spouse"), TEND_EXISTS);  /* it goes both ways */
    assert_int_equal(link_people(w, ann, tom, "coach"), TEND_OK);
    assert_int_equal(link_people(w, tom, ann, "coach"), TEND_OK);       /* that does not */
    assert_int_equal(link_people(w, ann, ann, "spouse"), TEND_INVALID);
    assert_int_equal(link_people(w, ann, tom, ""), TEND_INVALID);
    assert_int_equal(link_people(w, ann, 99, "spouse"), TEND_NOT_FOUND);
    assert_int_equal(link_people(w, 99, ann, "spouse"), TEND_NOT_FOUND);
}

static tend_status mark(struct world *w, tend_id person, const char *channel, bool on)
{
    tend_id dnc;
    tend_status status;

    world_begin(w);
    status = tend_person_do_not_contact(&w->desk, &w->deed, person, tend_text_of(channel),
                                        T("asked me"), on, &dnc);
    if (status == TEND_OK)
        world_end(w);
    else
        world_abort(w);
    return status;
}

static const char *marks(struct world *w, tend_id person)
{
    return tend_arena_str(&w->arena, tend_person_dnc(w->store, person, &w->arena));
}

static void test_dnc(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    assert_int_equal(mark(w, ann, "call", true), TEND_OK);
    assert_string_equal(world_outcome(w, "dnc")->title, "call");
    assert_int_equal(world_outcome(w, "dnc")->id, 1);
    assert_int_equal(mark(w, ann, "call", true), TEND_EXISTS);
    assert_int_equal(mark(w, ann, "", true), TEND_OK);
    assert_string_equal(marks(w, ann), "call,all");
    assert_int_equal(mark(w, ann, "call", false), TEND_OK);
    assert_string_equal(world_outcome(w, "contact")->title, "call");
    assert_string_equal(marks(w, ann), "all");
    assert_int_equal(mark(w, ann, "call", false), TEND_NOT_FOUND);
    assert_int_equal(mark(w, ann, "emial", true), TEND_INVALID);
    assert_holds(w->err.text, "did you mean email?");
    assert_int_equal(mark(w, 99, "all", true), TEND_NOT_FOUND);
    assert_int_equal(world_rows(w, TEND_T_dnc), 2);     /* facts stay */
}

int main(void)
{
    const struct CMUnitTest tests[] = { WORLD_TEST(test_link), WORLD_TEST(test_dnc) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
