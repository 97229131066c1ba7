/* The list of effects as a table that is indexed by their numbers. */
#include "plugin/effect_list.h"
#include "plugin/effects.h"

static const struct tend_effect_member members[] = {
#define MAY false
#define NEEDED true
#define TEND_EFFECT_MEMBER(NAME, record, member, level, lua, type, most, need, doc)         \
    { TEND_FX_##NAME, #member, lua, TEND_EFFECT_##type, level, offsetof(struct record, member), \
      offsetof(struct record, member) + sizeof(((struct record *)0)->member), most, need, doc },
#include <tend/api/effects.def>
    { 0 },
};

/* Where the members of each begin: one number a member, and none for the effect itself. */
enum {
#define TEND_EFFECT(NAME, name, level, record, person, need, lua, doc) \
    FIRST_##NAME, BEFORE_##NAME = FIRST_##NAME - 1,
#define TEND_EFFECT_MEMBER(NAME, record, member, level, lua, type, most, need, doc) \
    MEMBER_##NAME##_##member,
#include <tend/api/effects.def>
    N_MEMBERS
};
_Static_assert(sizeof members / sizeof *members == N_MEMBERS + 1, "one number a member");

static const struct tend_effect_kind kinds[] = {
#define TEND_EFFECT(NAME, name, level, record, person, need, lua, doc)                          \
    [TEND_FX_##NAME] = { #name, level, #record, sizeof(struct record), TEND_EFFECT_##person,  \
                         need, lua, members + FIRST_##NAME, doc },
#include <tend/api/effects.def>
};

const struct tend_effect_kind *tend_effect_kind(uint32_t kind)
{
    return kind < sizeof kinds / sizeof *kinds && kinds[kind].name ? &kinds[kind] : NULL;
}

uint32_t tend_effect_kinds(void)
{
    return sizeof kinds / sizeof *kinds - 1;
}

uint32_t tend_effect_least(uint32_t kind)
{
    const struct tend_effect_kind *of = &kinds[kind];
    size_t least = sizeof(struct tend_fx);

    for (const struct tend_effect_member *m = of->members; m->kind == kind; m++)
        if (m->level <= of->level && m->end > least)
            least = m->end;
    return (uint32_t)least;
}
