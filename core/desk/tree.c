/* The tree of sponsors and of placements: edges with a day from and a day to, so that it is known
 * as it was on any day. */
#include "desk/tree.h"
#include "base/array.h"
#include "base/memory.h"
#include "desk/apply.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"
#include "store/ops_tree.h"

enum { NAMED = 8 };             /* of a circle, in its error */

/* "Cara > Tom > Ann": who stands above the upline, up to the member. */
static tend_status no_circle(struct tend_desk *desk, tend_id member, tend_id upline,
                             const char *kind, int64_t day)
{
    struct tend_arena arena = { 0 };
    struct tend_buffer path = { 0 };
    tend_id at = upline;
    int64_t steps = 0;
    tend_status status = TEND_OK;

    tend_buffer_addf(&path, "p%lld %.*s", (long long)at,
                     TEND_FMT(tend_person_name(desk->store, at, &arena)));
    /* an old circle, which a merge may make, ends the walk */
    while (at != member && steps++ < 100000 && tend_edge_on(desk->store, at, kind, day, &at) != 0)
        if (steps <= NAMED || at == member)
            tend_buffer_addf(&path, "%s under p%lld %.*s", steps > NAMED ? " ..." : "",
                             (long long)at, TEND_FMT(tend_person_name(desk->store, at, &arena)));
    if (at == member)
        status = tend_error_set(desk->err, TEND_INVALID, "that would be a circle: %s%s", path.at,
                                steps == 0 ? ", who is the same" : " already");
    tend_buffer_finish(&path);
    tend_arena_finish(&arena);
    return status;
}

static tend_status make_member(struct tend_desk *desk, struct tend_deed *deed, tend_id member,
                               int64_t day)
{
    const struct tend_zone *zone = tend_store_zone(desk->store);
    struct tend_arena arena = { 0 };
    struct tend_value v[TEND_N_role];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(desk->store, TEND_T_role, member, &arena, &ids, &n);
    bool is = false;

    for (int64_t i = 0; status == TEND_OK && !is && i < n; i++) {
        status = tend_row_read(desk->store, TEND_T_role, ids[i], &arena, v, NULL);
        is = status == TEND_OK && tend_text_is(v[TEND_C_role_role].t, "member");
    }
    tend_arena_finish(&arena);
    if (status != TEND_OK || is)
        return status;
    memset(v, 0, sizeof v);
    v[TEND_C_role_person] = tend_int(member);
    v[TEND_C_role_role] = tend_str(TEND_TEXT("member"));
    v[TEND_C_role_from_at] = tend_int(
        day && day < tend_zone_day(zone, deed->now)
            ? tend_zone_instant(zone, day, 0)
            : deed->now);
    v[TEND_C_role_known_at] = tend_int(deed->now);
    return tend_row_insert(desk->store, TEND_T_role, v, NULL);
}

/* What held before ends on that day; if it had begun no earlier it was a mistake, and goes. */
static tend_status end_before(struct tend_desk *desk, tend_id edge, int64_t day)
{
    struct tend_arena arena = { 0 };
    struct tend_value v[TEND_N_edge];
    tend_status status = tend_row_read(desk->store, TEND_T_edge, edge, &arena, v, NULL);

    if (status == TEND_OK && day && (v[TEND_C_edge_from_day].type == TEND_NULL ||
                                     v[TEND_C_edge_from_day].i < day))
        status = tend_row_set(desk->store, TEND_T_edge, edge, TEND_C_edge_to_day, tend_int(day));
    else if (status == TEND_OK)
        status = tend_row_delete(desk->store, TEND_T_edge, edge);
    tend_arena_finish(&arena);
    return status;
}

tend_status tend_tree_set(struct tend_desk *desk, struct tend_deed *deed, tend_id member,
                          tend_id upline, const char *kind, int64_t day)
{
    int64_t today = tend_zone_day(tend_store_zone(desk->store), deed->now);
    struct tend_value v[TEND_N_edge] = {
        [TEND_C_edge_person] = tend_int(member),
        [TEND_C_edge_upline] = tend_int(upline),
        [TEND_C_edge_kind] = tend_str(tend_text_of(kind)),
        [TEND_C_edge_from_day] = tend_ref(day),
        [TEND_C_edge_known_at] = tend_int(deed->now),
    };
    tend_id before, above = 0;
    tend_status status = tend_person_there(desk, member);

    if (status == TEND_OK)
        status = tend_person_there(desk, upline);
    /* who has nobody below cannot come to stand above themselves */
    if (status == TEND_OK && (member == upline ||
                              tend_edge_any_under(desk->store, member, kind)))
        status = no_circle(desk, member, upline, kind, day > today ? day : today);
    if (status != TEND_OK)
        return status;
    before = tend_edge_on(desk->store, member, kind, day > today ? day : today, &above);
    if (before && above == upline)
        return tend_error_set(desk->err, TEND_EXISTS, "p%lld is %s p%lld already",
                              (long long)member,
                              strcmp(kind, "sponsor") == 0 ? "sponsored by" : "placed under",
                              (long long)upline);
    if (before)
        status = end_before(desk, before, day);
    if (status == TEND_OK)
        status = tend_row_insert(desk->store, TEND_T_edge, v, NULL);
    if (status == TEND_OK)
        status = make_member(desk, deed, member, day);
    if (status == TEND_OK && upline != tend_store_me(desk->store))
        status = make_member(desk, deed, upline, 0);
    if (status != TEND_OK)
        return status;
    tend_deed_raise(deed, "edge.changed", member, 0, 0, kind);
    return TEND_OK;
}

/* --- reading ------------------------------------------------------------------- */

struct waiting {                /* somebody whose turn comes */
    tend_id person;
    int64_t index, level;       /* of the parent */
    tend_id leg;
};

struct reading {
    TEND_ARRAY(struct tend_tree_node) node;
    TEND_ARRAY(struct waiting) stack;
    int64_t *slot;              /* who was there: 1 + index of the node, an open hash */
    int64_t slots;              /* a power of two, more than twice the nodes */
};

static int64_t *slot_of(struct reading *r, tend_id person)
{
    uint64_t at = (uint64_t)person * UINT64_C(0x9e3779b97f4a7c15) >> 20;

    for (;; at++) {
        int64_t *slot = &r->slot[at & (uint64_t)(r->slots - 1)];

        if (*slot == 0 || r->node.at[*slot - 1].person == person)
            return slot;
    }
}

static void grow(struct reading *r)
{
    tend_free(r->slot);
    r->slots = r->slots == 0 ? 64 : 2 * r->slots;
    r->slot = tend_alloc((size_t)r->slots * sizeof *r->slot);
    for (int64_t i = 0; i < r->node.n; i++)
        *slot_of(r, r->node.at[i].person) = i + 1;
}

/* False if they were there already: a merge may have closed a circle. */
static bool add_node(struct reading *r, struct tend_tree_node node)
{
    int64_t *slot;

    if (2 * (r->node.n + 1) >= r->slots)
        grow(r);
    slot = slot_of(r, node.person);
    if (*slot != 0)
        return false;
    TEND_PUSH(&r->node, node);
    *slot = r->node.n;
    return true;
}

static void wait_for(struct reading *r, const tend_id *persons, int64_t n, int64_t index)
{
    for (int64_t i = n; i > 0; i--) {   /* the first is taken first */
        const struct tend_tree_node *parent = index < 0 ? NULL : &r->node.at[index];
        struct waiting one = { persons[i - 1], index, parent ? parent->level + 1 : 0, 0 };

        if (parent)
            one.leg = parent->level == 0 ? one.person : parent->leg;
        TEND_PUSH(&r->stack, one);
    }
}

static tend_status read_all(struct tend_desk *desk, const struct tend_tree_ask *ask,
                            struct reading *r)
{
    struct tend_arena arena = { 0 };
    tend_status status = TEND_OK;

    while (status == TEND_OK && r->stack.n > 0) {
        struct waiting one = r->stack.at[--r->stack.n];
        struct tend_tree_node node = { .person = one.person, .level = one.level, .leg = one.leg,
                                       .index = one.index };
        tend_id *under;
        int64_t n;

        node.parent = one.index < 0 ? 0 : r->node.at[one.index].person;
        if (!add_node(r, node))
            continue;
        status = tend_edge_under(desk->store, one.person, ask->placement, ask->day, &arena, &under,
                                 &n);
        if (status == TEND_OK)
            wait_for(r, under, n, r->node.n - 1);
        tend_arena_reset(&arena);
    }
    tend_arena_finish(&arena);
    return status;
}

tend_status tend_tree_read(struct tend_desk *desk, const struct tend_tree_ask *ask,
                           struct tend_arena *arena, struct tend_tree_node **nodes, int64_t *n)
{
    struct reading r = { 0 };
    tend_id one = ask->person, *tops = &one;
    int64_t n_tops = 1;
    tend_status status = TEND_OK;

    if (ask->person == 0)
        status = tend_edge_tops(desk->store, ask->day, arena, &tops, &n_tops);
    if (status == TEND_OK) {
        wait_for(&r, tops, n_tops, -1);
        status = read_all(desk, ask, &r);
    }
    for (int64_t i = r.node.n - 1; i > 0; i--)      /* children stand behind their parents */
        if (r.node.at[i].index >= 0)
            r.node.at[r.node.at[i].index].downline += r.node.at[i].downline + 1;
    *n = r.node.n;
    *nodes = tend_arena_take(arena, (size_t)(r.node.n + 1) * sizeof **nodes);
    if (r.node.n > 0)
        memcpy(*nodes, r.node.at, (size_t)r.node.n * sizeof **nodes);
    TEND_ARRAY_FINISH(&r.node);
    TEND_ARRAY_FINISH(&r.stack);
    tend_free(r.slot);
    return status;
}
