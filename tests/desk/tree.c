/* tend_tree_set, tend_tree_read: edges with their days, no circles, levels, legs and counts. */
#include "desk/merge.h"
#include "desk/tree.h"
#include "store/ops_tree.h"
#include "world.h"

enum { PEOPLE = 60, TURNS = 400 };

static tend_status set(struct world *w, tend_id member, tend_id upline, const char *kind,
                       int64_t day)
{
    tend_status status;

    world_begin(w);
    status = tend_tree_set(&w->desk, &w->deed, member, upline, kind, day);
    if (status == TEND_OK)
        world_end(w);
    else
        world_abort(w);
    return status;
}

static int64_t today(struct world *w)
{
    return tend_store_today(w->store);
}

static int64_t read_tree(struct world *w, tend_id person, bool placement, int64_t day,
                         struct tend_tree_node **nodes)
{
    struct tend_tree_ask ask = { .person = person, .placement = placement, .day = day };
    int64_t n;

    assert_int_equal(tend_tree_read(&w->desk, &ask, &w->arena, nodes, &n), TEND_OK);
    return n;
}

static void test_days(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), bob = world_add(w, "Bob Ray", NULL);
    tend_id cara = world_add(w, "Cara Low", NULL), upline;
    int64_t now = today(w);
    uint64_t before;

    assert_int_equal(set(w, cara, ann, "sponsor", now - 30), TEND_OK);
    before = world_sum(w);
    assert_int_equal(set(w, cara, bob, "sponsor", now - 10), TEND_OK);
    assert_true(tend_edge_on(w->store, cara, "sponsor", now, &upline) != 0);
    assert_int_equal(upline, bob);
    assert_true(tend_edge_on(w->store, cara, "sponsor", now - 11, &upline) != 0);
    assert_int_equal(upline, ann);
    assert_int_equal(tend_edge_on(w->store, cara, "sponsor", now - 31, &upline), 0);
    assert_int_equal(upline, 0);
    assert_int_equal(tend_edge_on(w->store, cara, "placement", now, NULL), 0);
    assert_int_equal(world_rows(w, TEND_T_edge), 2);
    /* a mistake of the same day leaves no trace */
    assert_int_equal(set(w, cara, 1, "sponsor", now - 10), TEND_OK);
    assert_int_equal(world_rows(w, TEND_T_edge), 2);
    assert_int_equal(set(w, cara, 1, "sponsor", now), TEND_EXISTS);
    world_undo(w);
    world_undo(w);
    assert_int_equal(world_sum(w), before);
    assert_int_equal(set(w, cara, 99, "sponsor", now), TEND_NOT_FOUND);
    assert_int_equal(set(w, 99, cara, "sponsor", now), TEND_NOT_FOUND);
}

static void test_circles(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), bob = world_add(w, "Bob Ray", NULL);
    tend_id cara = world_add(w, "Cara Low", NULL);
    struct tend_tree_node *nodes;

    assert_int_equal(set(w, ann, ann, "sponsor", 0), TEND_INVALID);
    assert_int_equal(set(w, bob, ann, "sponsor", 0), TEND_OK);
    assert_int_equal(set(w, cara, bob, "sponsor", 0), TEND_OK);
    assert_int_equal(set(w, ann, cara, "sponsor", 0), TEND_INVALID);
    assert_holds(w->err.text, "Cara Low under");
    assert_holds(w->err.text, "Ann Lee already");
    /* the placements are another tree */
    assert_int_equal(set(w, ann, cara, "placement", 0), TEND_OK);
    assert_int_equal(read_tree(w, ann, false, today(w), &nodes), 3);
    /* one that a merge closes is not walked for ever */
    world_begin(w);
    assert_int_equal(tend_person_merge(&w->desk, &w->deed, ann, cara), TEND_OK);
    world_end(w);
    assert_int_equal(read_tree(w, ann, false, today(w), &nodes), 2);
    assert_int_equal(nodes[0].downline, 1);
    assert_int_equal(set(w, cara, bob, "placement", 0), TEND_OK);
}

/* The same from a walk that is as simple as can be. */
static int64_t count_below(const tend_id *above, tend_id person)
{
    int64_t n = 0;

    for (tend_id p = 1; p <= PEOPLE + 1; p++)
        if (above[p] == person && p != person)
            n += 1 + count_below(above, p);
    return n;
}

static void test_random(void **state)
{
    struct world *w = *state;
    tend_id above[PEOPLE + 2] = { 0 };
    struct tend_tree_node *nodes;
    int64_t n, seen = 0;

    for (int i = 0; i < PEOPLE; i++)
        world_add(w, tend_arena_printf(&w->arena, "Person %d", i), NULL);
    for (int i = 0; i < TURNS; i++) {
        tend_id member = 2 + (tend_id)(tend_clock_random(&w->clock) % PEOPLE);
        tend_id upline = 1 + (tend_id)(tend_clock_random(&w->clock) % (PEOPLE + 1));
        tend_status status = set(w, member, upline, "sponsor", today(w));
        tend_id at = upline;

        while (at != 0 && at != member)
            at = above[at];
        if (at == member) {
            assert_int_equal(status, TEND_INVALID);
        } else {
            assert_int_equal(status, above[member] == upline ? TEND_EXISTS : TEND_OK);
            above[member] = upline;
        }
        tend_error_clear(&w->err);
    }
    n = read_tree(w, 0, false, today(w), &nodes);
    for (int64_t i = 0; i < n; i++) {
        assert_int_equal(nodes[i].parent, above[nodes[i].person]);
        assert_int_equal(nodes[i].downline, count_below(above, nodes[i].person));
        if (nodes[i].parent != 0) {
            assert_int_equal(nodes[nodes[i].index].person, nodes[i].parent);
            assert_int_equal(nodes[i].level, nodes[nodes[i].index].level + 1);
            assert_int_equal(nodes[i].leg, nodes[i].level == 1 ? nodes[i].person
                                                               : nodes[nodes[i].index].leg);
        }
        seen++;
    }
    for (tend_id p = 1; p <= PEOPLE + 1; p++)
        seen -= above[p] != 0 || count_below(above, p) > 0;
    assert_int_equal(seen, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_days),
        WORLD_TEST(test_circles),
        WORLD_BARE(test_random),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
