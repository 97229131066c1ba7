/* Merging what scrub is sure of, a cluster after the other, in one batch. */
#include "desk/scrub_apply.h"
#include "base/interrupt.h"
#include "desk/merge.h"
#include "store/ops_person.h"
#include "store/ops_touch.h"

#define TOUCHES_COUNTED 100

struct applying {
    struct tend_desk *desk;
    struct tend_deed *deed;
    struct tend_scrub_applied *out;
    TEND_ARRAY(tend_id) member;         /* of a cluster, ascending */
};

/* --- who stays ---------------------------------------------------------------- */

static tend_status count_facts(struct tend_store *store, tend_id person, int64_t *facts)
{
    struct tend_arena arena = { 0 };
    struct tend_person_view view;
    struct tend_touch_view *touches;
    int64_t n = 0;
    tend_status status = tend_person_read(store, person, &arena, &view);

    if (status == TEND_OK)
        status = tend_touch_of(store, person, TOUCHES_COUNTED, &arena, &touches, &n);
    if (status == TEND_OK)
        *facts = n + view.n_points + view.n_attributes + view.n_tags + view.n_roles + view.n_holds;
    tend_arena_finish(&arena);
    return status;
}

tend_status tend_scrub_stays(struct tend_store *store, const tend_id *persons, int64_t n,
                             int64_t *best)
{
    int64_t most = -1;
    tend_status status = TEND_OK;

    *best = 0;
    for (int64_t i = 0; i < n && status == TEND_OK; i++) {
        int64_t facts = INT64_MAX;

        if (persons[i] != tend_store_me(store))
            status = count_facts(store, persons[i], &facts);
        if (facts > most || (facts == most && persons[i] < persons[*best])) {
            most = facts;
            *best = i;
        }
    }
    return status;
}

/* --- a cluster ------------------------------------------------------------------ */

static void take_member(struct applying *a, tend_id person)
{
    for (int64_t i = 0; i < a->member.n; i++)
        if (a->member.at[i] == person)
            return;
    TEND_PUSH(&a->member, person);
}

/* Is the name of the two another? They are in one cluster, so that they are among its pairs. */
static bool names_differ(const struct tend_scrub_pair *pair, int64_t n, tend_id a, tend_id b)
{
    for (int64_t i = 0; i < n; i++)
        if ((pair[i].a == a && pair[i].b == b) || (pair[i].a == b && pair[i].b == a))
            return pair[i].names_differ;
    return true;
}

static tend_status merge_cluster(struct applying *a, const struct tend_scrub_pair *pair, int64_t n)
{
    int64_t best, merged = 0;
    tend_status status;

    a->member.n = 0;
    for (int64_t i = 0; i < n; i++) {
        take_member(a, pair[i].a);
        take_member(a, pair[i].b);
    }
    status = tend_scrub_stays(a->desk->store, a->member.at, a->member.n, &best);
    for (int64_t i = 0; i < a->member.n && status == TEND_OK; i++) {
        if (i == best)
            continue;
        if (names_differ(pair, n, a->member.at[best], a->member.at[i])) {
            a->out->left++;
            continue;
        }
        status = tend_person_merge(a->desk, a->deed, a->member.at[best], a->member.at[i]);
        merged += status == TEND_OK;
    }
    a->out->merged += merged;
    a->out->clusters += merged > 0;
    return status == TEND_OK ? tend_interrupt_check(a->desk->err) : status;
}

tend_status tend_scrub_apply(struct tend_desk *desk, struct tend_deed *deed,
                             const struct tend_scrub *found, struct tend_scrub_applied *out)
{
    struct applying a = { .desk = desk, .deed = deed, .out = out };
    tend_status status = TEND_OK;
    int64_t end;

    *out = (struct tend_scrub_applied){ 0 };
    for (int64_t i = 0; i < found->n && status == TEND_OK; i = end) {
        for (end = i + 1; end < found->n && found->pair[end].cluster == found->pair[i].cluster;)
            end++;
        status = merge_cluster(&a, &found->pair[i], end - i);
    }
    TEND_ARRAY_FINISH(&a.member);
    return status;
}
