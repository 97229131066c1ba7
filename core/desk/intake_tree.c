/* A downline that was imported: rows name their sponsors by ids, in any order, so they become
 * edges once all rows are in. What cannot be resolved stays what it is, an attribute. */
#include "desk/intake_parts.h"
#include "desk/tree.h"
#include "store/ops_person.h"
#include "store/ops_tree.h"

enum { NAMED = 3 };             /* of those who cannot be placed, in a line */

struct placing {
    struct tend_intake_run *run;
    int64_t unknown, circles;
    struct tend_buffer unknown_ids, circle_words;
};

bool tend_intake_tells_tree(struct tend_text name)
{
    return tend_text_is(name, "sponsor") || tend_text_is(name, "placement");
}

static tend_status place(struct placing *p, tend_id person, struct tend_text id,
                         const char *kind, int64_t day)
{
    struct tend_desk *desk = p->run->desk;
    tend_id upline = tend_edge_by_id(desk->store, person, id);
    tend_status status;

    if (upline == person)       /* who stands at the top is often their own sponsor */
        return TEND_OK;
    if (upline == 0) {
        if (p->unknown++ < NAMED)
            tend_buffer_addf(&p->unknown_ids, "%s%.*s", p->unknown > 1 ? ", " : "", TEND_FMT(id));
        return TEND_OK;
    }
    status = tend_tree_set(desk, p->run->deed, person, upline, kind, day);
    if (status == TEND_INVALID && p->circles++ < NAMED)
        tend_buffer_addf(&p->circle_words, "%sp%lld %.*s under p%lld %.*s",
                         p->circles > 1 ? "; " : "", (long long)person,
                         TEND_FMT(tend_person_name(desk->store, person, &p->run->deed->arena)),
                         (long long)upline,
                         TEND_FMT(tend_person_name(desk->store, upline, &p->run->deed->arena)));
    if (status == TEND_INVALID || status == TEND_EXISTS) {
        tend_error_clear(desk->err);
        status = TEND_OK;
    }
    return status;
}

struct told {                   /* kept: writing goes on only when all were read */
    tend_id person;
    int64_t day;
    struct tend_text sponsor, placement;
};

struct gathered {
    TEND_ARRAY(struct told) list;
    struct tend_arena arena;
};

static tend_status gather(void *data, const struct tend_edge_told *told)
{
    struct gathered *g = data;
    struct told one = { .person = told->person };

    if (told->sponsor.len == 0 && told->placement.len == 0)
        return TEND_OK;
    if (!tend_date_parse(told->joined, &one.day))
        one.day = 0;
    one.sponsor = tend_arena_text(&g->arena, told->sponsor);
    one.placement = tend_arena_text(&g->arena, told->placement);
    TEND_PUSH(&g->list, one);
    return TEND_OK;
}

static void tell(struct placing *p)
{
    struct tend_deed *deed = p->run->deed;

    if (p->unknown > 0)
        tend_deed_warn(deed, "%lld %s of nobody who is known: %.*s%s; kept as it was told",
                       (long long)p->unknown,
                       p->unknown == 1 ? "sponsor or placement is the id"
                                       : "sponsors or placements are ids",
                       TEND_FMT(tend_buffer_text(&p->unknown_ids)),
                       p->unknown > NAMED ? ", ..." : "");
    if (p->circles > 0)
        tend_deed_warn(deed, "%lld would stand above themselves, and %s not placed: %.*s%s",
                       (long long)p->circles, p->circles == 1 ? "was" : "were",
                       TEND_FMT(tend_buffer_text(&p->circle_words)),
                       p->circles > NAMED ? "; ..." : "");
}

tend_status tend_intake_tree(struct tend_intake_run *run)
{
    struct placing p = { .run = run };
    struct gathered g = { .arena = { 0 } };
    int64_t events = run->deed->queue->event.n;
    tend_status status = tend_derive_flush(run->desk->store);

    if (status == TEND_OK)
        status = tend_edge_each_told(run->desk->store, run->out->import, gather, &g);
    for (int64_t i = 0; status == TEND_OK && i < g.list.n; i++)
        if (g.list.at[i].sponsor.len > 0)
            status = place(&p, g.list.at[i].person, g.list.at[i].sponsor, "sponsor",
                           g.list.at[i].day);
    for (int64_t i = 0; status == TEND_OK && i < g.list.n; i++)
        if (g.list.at[i].placement.len > 0)
            status = place(&p, g.list.at[i].person, g.list.at[i].placement, "placement",
                           g.list.at[i].day);
    if (status == TEND_OK)
        tell(&p);
    if (!run->ask->live)        /* nobody is asked about an import that is quiet */
        run->deed->queue->event.n = events;
    tend_buffer_finish(&p.unknown_ids);
    tend_buffer_finish(&p.circle_words);
    TEND_ARRAY_FINISH(&g.list);
    tend_arena_finish(&g.arena);
    return status;
}
