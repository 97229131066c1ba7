/* tend_person_merge, tend_person_unmerge, tend_apart_set: what they leave is what was there, in
 * whatever order merges, undos and other work come. */
#include "desk/merge.h"
#include "store/ops_merge.h"
#include "world.h"

enum { ROUNDS = 12, STEPS = 60, PEOPLE = 9 };

static tend_status merge(struct world *w, tend_id root, tend_id other)
{
    tend_status status;

    world_begin(w);
    status = tend_person_merge(&w->desk, &w->deed, root, other);
    if (status == TEND_OK)
        world_end(w);
    else
        world_abort(w);
    return status;
}

static tend_status part(struct world *w, tend_id person)
{
    tend_id root;
    tend_status status;

    world_begin(w);
    status = tend_person_unmerge(&w->desk, &w->deed, person, &root);
    if (status == TEND_OK)
        world_end(w);
    else
        world_abort(w);
    return status;
}

static void note(struct world *w, tend_id person, const char *text)
{
    tend_id made;

    world_begin(w);
    assert_int_equal(tend_person_note(&w->desk, &w->deed, person, tend_text_of(text), &made),
                     TEND_OK);
    world_end(w);
}

static void all_is_well(struct world *w)
{
    struct tend_text *problems;
    int64_t n;

    assert_int_equal(tend_store_check(w->store, &w->arena, &problems, &n), TEND_OK);
    if (n > 0)
        fail_msg("%.*s", TEND_FMT(problems[0]));
}

static void test_refused(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), anna = world_add(w, "Anna Lee", NULL);

    assert_int_equal(merge(w, ann, ann), TEND_EXISTS);
    assert_int_equal(merge(w, ann, 99), TEND_NOT_FOUND);
    assert_int_equal(merge(w, ann, 1), TEND_INVALID);
    assert_int_equal(merge(w, ann, anna), TEND_OK);
    assert_int_equal(merge(w, anna, ann), TEND_EXISTS);     /* no circles */
    assert_int_equal(merge(w, ann, anna), TEND_EXISTS);
    assert_int_equal(part(w, ann), TEND_NOT_FOUND);
    assert_int_equal(part(w, 99), TEND_NOT_FOUND);
    assert_int_equal(merge(w, 1, anna), TEND_OK);           /* the root goes, with her */
    assert_int_equal(tend_person_root(w->store, anna), 1);
    assert_int_equal(part(w, anna), TEND_OK);
    assert_int_equal(tend_person_root(w->store, anna), anna);
    assert_int_equal(tend_person_root(w->store, ann), 1);
}

static void test_chain(void **state)
{
    struct world *w = *state;
    tend_id p[5];
    tend_id *list;
    int64_t n;

    for (int i = 0; i < 5; i++)
        p[i] = world_add(w, tend_arena_printf(&w->arena, "Person %c", 'A' + i), NULL);
    assert_false(tend_merged_any(w->store));
    for (int i = 1; i < 5; i++)
        assert_int_equal(merge(w, p[i], p[i - 1]), TEND_OK);
    for (int i = 0; i < 5; i++)
        assert_int_equal(tend_person_root(w->store, p[i]), p[4]);
    assert_int_equal(tend_merged_list(w->store, p[4], &w->arena, &list, &n), TEND_OK);
    assert_int_equal(n, 4);
    assert_int_equal(list[0], p[0]);
    note(w, p[4], "of all");
    assert_int_equal(part(w, p[2]), TEND_OK);       /* takes those along who were merged into it */
    assert_int_equal(tend_person_root(w->store, p[0]), p[2]);
    assert_int_equal(tend_person_root(w->store, p[3]), p[4]);
    n = 5;
    tend_person_roots(w->store, p, &n);
    assert_int_equal(n, 2);
    all_is_well(w);
}

static void test_facts_of_both(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), anna = world_add(w, "Anna Lee", "Asia/Tokyo");
    tend_id touch = world_log(w, anna, "presentation", ""), *ids;
    struct tend_touch_view *touches;
    struct tend_task_view *tasks;
    struct tend_person_view view;
    int64_t n;

    assert_int_equal(merge(w, ann, anna), TEND_OK);
    assert_string_equal(world_stage(w, ann, "opportunity"), "presented");
    assert_int_equal(tend_person_read(w->store, ann, &w->arena, &view), TEND_OK);
    assert_true(tend_text_is(view.zone, "Asia/Tokyo"));
    assert_int_equal(view.n_family, 1);
    assert_true(tend_text_is(view.names[0], "Anna Lee"));
    assert_string_equal(tend_zone_name(tend_person_zone(w->store, ann)), "Asia/Tokyo");
    assert_int_equal(tend_touch_of(w->store, ann, 9, &w->arena, &touches, &n), TEND_OK);
    assert_int_equal(n, 1);
    assert_int_equal(touches[0].id, touch);
    assert_int_equal(touches[0].person, ann);
    assert_int_equal(touches[0].parties[0].person, ann);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tasks[0].person, ann);
    assert_true(tend_text_is(tasks[0].name, "Ann Lee"));
    assert_int_equal(tend_rows_of(w->store, TEND_T_stage_change, ann, &w->arena, &ids, &n), TEND_OK);
    assert_true(n >= 3);
    all_is_well(w);
}

static void test_apart(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), anna = world_add(w, "Anna Lee", NULL);
    uint64_t before = world_sum(w);

    world_begin(w);
    assert_int_equal(tend_apart_set(&w->desk, &w->deed, anna, ann, true), TEND_OK);
    assert_int_equal(tend_apart_set(&w->desk, &w->deed, ann, anna, true), TEND_OK);
    assert_int_equal(tend_apart_set(&w->desk, &w->deed, ann, ann, true), TEND_INVALID);
    world_end(w);
    assert_int_equal(world_rows(w, TEND_T_apart), 1);
    assert_true(tend_apart_has(w->store, ann, anna, NULL));
    assert_true(tend_apart_has(w->store, anna, ann, NULL));
    assert_int_equal(merge(w, ann, anna), TEND_OK);
    assert_holds(w->deed.warning.n > 0 ? w->deed.warning.at[0] : NULL, "not the same");
    world_begin(w);
    assert_int_equal(tend_apart_set(&w->desk, &w->deed, ann, anna, false), TEND_OK);
    world_end(w);
    assert_int_equal(part(w, anna), TEND_OK);
    assert_int_equal(world_sum(w), before);
}

/* --- random sequences ------------------------------------------------------ */

static uint64_t roll(struct world *w, uint64_t n)
{
    return tend_clock_random(&w->clock) % n;
}

static tend_id somebody(struct world *w)
{
    return 1 + (tend_id)roll(w, PEOPLE + 1);
}

static void write_something(struct world *w)
{
    tend_id person = tend_person_root(w->store, somebody(w)), id;
    struct tend_touch_ask ask = world_touch(&person, "call");
    struct tend_plan_ask plan = { .person = person, .kind = T("call"), .opens_day = 20600,
                                  .closes_day = 20603, .wall = -1 };
    tend_status status;

    world_begin(w);
    switch (roll(w, 5)) {
    case 0:
        status = tend_person_note(&w->desk, &w->deed, person, T("said so"), &id);
        break;
    case 1:
        status = tend_person_tag(&w->desk, &w->deed, person, T("warm"), roll(w, 2) != 0);
        break;
    case 2:
        ask.kind = roll(w, 2) ? T("presentation") : T("call");
        status = tend_touch_log(&w->desk, &w->deed, &ask, &id);
        break;
    case 3:
        status = tend_task_plan(&w->desk, &w->deed, &plan, &id);
        break;
    default:
        status = tend_person_do_not_contact(&w->desk, &w->deed, person, T("visit"), T(""), true,
                                            &id);
        break;
    }
    if (status == TEND_OK)
        world_end(w);
    else
        world_abort(w);
    tend_error_clear(&w->err);
}

/* A merge that is taken back at once has changed nothing. */
static void there_and_back(struct world *w)
{
    tend_id root = tend_person_root(w->store, somebody(w));
    tend_id other = tend_person_root(w->store, somebody(w));
    uint64_t before = world_sum(w), merged;
    struct tend_undo undo;

    if (merge(w, root, other) != TEND_OK)
        return;
    assert_int_equal(tend_person_root(w->store, other), root);
    merged = world_sum(w);
    assert_int_equal(part(w, other), TEND_OK);
    if (world_sum(w) != before)
        fail_msg("p%lld into p%lld and back is not the same", (long long)other, (long long)root);
    world_undo(w);                                          /* merged again */
    assert_int_equal(world_sum(w), merged);
    assert_int_equal(tend_store_redo(w->store, 1, false, &w->arena, &undo), TEND_OK);
    assert_int_equal(world_sum(w), before);
    assert_int_equal(merge(w, root, other), TEND_OK);
    world_undo(w);
    assert_int_equal(world_sum(w), before);
}

/* Everybody has a root, which is nobody's. */
static void roots_hold(struct world *w)
{
    for (tend_id p = 1; p <= PEOPLE + 1; p++) {
        struct tend_value v[TEND_N_person];
        tend_id root = tend_person_root(w->store, p);

        if (tend_row_read(w->store, TEND_T_person, root, &w->arena, v, NULL) != TEND_OK) {
            assert_int_equal(root, p);      /* an undo took them away */
            continue;
        }
        assert_int_equal(v[TEND_C_person_merged].i, 0);
    }
    assert_int_equal(tend_person_root(w->store, 1), 1);
}

static void random_work(struct world *w, bool exact)
{
    struct tend_undo undo;

    for (int i = 0; i < PEOPLE; i++)
        world_add(w, tend_arena_printf(&w->arena, "Person %c", 'A' + i), NULL);
    for (int i = 0; i < STEPS; i++) {
        w->clock.now += INT64_C(60000000);
        switch (roll(w, 8)) {
        case 0:
        case 1:
            merge(w, somebody(w), somebody(w));
            break;
        case 2:
            part(w, somebody(w));
            break;
        case 3:
            if (exact)
                there_and_back(w);
            break;
        case 4:
            tend_store_undo(w->store, 0, 1, false, &w->arena, &undo);
            break;
        case 5:
            tend_store_redo(w->store, 1, false, &w->arena, &undo);
            break;
        default:
            write_something(w);
            break;
        }
        tend_error_clear(&w->err);
        roots_hold(w);
    }
    all_is_well(w);
}

static void test_random_bare(void **state)
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        if (seed > 1) {
            world_teardown(state);
            world_setup_bare(state);
        }
        tend_clock_seed(&((struct world *)*state)->clock, seed);
        random_work(*state, true);
    }
}

static void test_random_with_plugins(void **state)
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        if (seed > 1) {
            world_teardown(state);
            world_setup(state);
        }
        tend_clock_seed(&((struct world *)*state)->clock, seed);
        random_work(*state, false);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_refused),
        WORLD_TEST(test_chain),
        WORLD_TEST(test_facts_of_both),
        WORLD_BARE(test_apart),
        WORLD_BARE(test_random_bare),
        WORLD_TEST(test_random_with_plugins),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
