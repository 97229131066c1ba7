/* What asking a guard costs that reads two fields of a person and lets the move pass, in C
 * and in Lua, beside the bare function with the two values as arguments; and what an effect
 * costs that a policy returns and that is applied, beside the insert of the same row. All in
 * one run, one database in memory; nanoseconds, the median of rounds. Aim of a guard: within
 * 2.5 of its floor. */
#include "../desk/world.h"
#include "base/clock.h"
#include "lua/lua_host.h"
#include "lua/lua_state.h"
#include <tend/plugin.h>
#include <unistd.h>

#define CALLS 20000
#define BARE_CALLS 2000000
#define PEOPLE 1000
#define ROUNDS 9

static const char lua_text[] =
    "return { plugin = 'bench', version = '1.0.0', provides = {\n"
    "  { stage_set = 'bench-guard', guards = { { 'two', function(ctx)\n"
    "    local p = ctx.person\n"
    "    if p.name == p.zone then return 'no' end\n"
    "  end } } },\n"
    "  { policy = 'bench-tag', on = 'touch.logged', run = function(ctx, event)\n"
    "    return { tag = 'warm' }\n"
    "  end } } }\n";
static const char floor_text[] =
    "return function(name, zone) if name == zone then return 'no' end end";
static const char key[] = "bench.floor";

static tend_status decide(struct tend_text name, struct tend_text zone)
{
    return tend_text_eq(name, zone) ? TEND_VETO : TEND_OK;
}

static tend_status two(struct tend_ctx *ctx, const struct tend_move *move)
{
    return decide(ctx->read->get(ctx, move->person, "name"),
                  ctx->read->get(ctx, move->person, "zone"));
}

static const struct tend_stage_set set = {
    .size = sizeof set, .name = "bench-guard",
    .guards = (const struct tend_guard *const[]){
        &(const struct tend_guard){ sizeof(struct tend_guard), "two", two }, NULL },
};

static tend_status tag(struct tend_ctx *ctx, const struct tend_event *event)
{
    return TEND_TAG(ctx, event->person, .text = "warm");
}

static const struct tend_policy policy = { sizeof policy, "bench-tag", "touch.logged", tag };

static void must(bool well, struct world *w)
{
    if (!well)
        exit((fprintf(stderr, "%s\n", w->err.text), 1));
}

static void load_lua(struct world *w)
{
    char path[512];
    FILE *out;

    tend_registry_runtime(w->registry, &tend_lua_runtime);
    snprintf(path, sizeof path, "%s/bench.lua", w->dir);
    out = fopen(path, "w");
    fputs(lua_text, out);
    fclose(out);
    must(tend_registry_load_file(w->registry, path) == TEND_OK, w);
    unlink(path);
}

static double per(int64_t began, int64_t calls)
{
    return (double)(tend_clock_ticks() - began) * 1000 / (double)calls;
}

/* One person: the second guard and those behind it. Many: each is the first to ask. */
static double by_guards(struct world *w, const tend_id *people, int64_t n)
{
    struct tend_move move = { sizeof move, 0, 0, "opportunity", "", "prospect", "user" };
    struct tend_vetoes vetoes = { 0 };
    struct tend_arena arena = { 0 };
    int64_t began;
    double took;

    world_begin(w); /* a move is asked about in its batch */
    began = tend_clock_ticks();
    for (int64_t i = 0; i < CALLS; i++) {
        move.person = people[i % n];
        must(tend_call_guards(w->registry, &move, &arena, &vetoes) == TEND_OK, w);
        tend_arena_reset(&arena);
    }
    took = per(began, CALLS);
    world_abort(w);
    world_done(w);
    if (vetoes.veto.n > 0)
        exit((fprintf(stderr, "a guard said no: %s\n", vetoes.veto.at[0].text), 1));
    TEND_ARRAY_FINISH(&vetoes.veto);
    tend_arena_finish(&arena);
    return took;
}

static double by_bare(void)
{
    tend_status (*volatile bare)(struct tend_text name, struct tend_text zone) = decide;
    int64_t began = tend_clock_ticks();

    for (int64_t i = 0; i < BARE_CALLS; i++)
        bare(T("Ann Lee"), T("Europe/Vienna"));
    return per(began, BARE_CALLS);
}

static double by_pcall(lua_State *L)
{
    int64_t began = tend_clock_ticks();

    for (int64_t i = 0; i < BARE_CALLS; i++) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, key);
        lua_pushliteral(L, "Ann Lee");
        lua_pushliteral(L, "Europe/Vienna");
        if (lua_pcall(L, 2, 1, 0) != LUA_OK)
            exit(1);
        lua_pop(L, 1);
    }
    return per(began, BARE_CALLS);
}

/* In a batch that is taken back: each person gets the tag anew in every round. */
static double by_effects(struct world *w, const struct tend_provider *provider,
                         const tend_id *people)
{
    struct tend_cause cause = { .plugin = "bench", .event = "touch.logged" };
    struct tend_effects effects = { 0 };
    struct tend_arena arena = { 0 };
    int64_t began;
    double took;

    world_begin(w);
    began = tend_clock_ticks();
    for (int64_t i = 0; i < PEOPLE; i++) {
        struct tend_event_data data = { .event = { .name = "touch.logged", .person = people[i],
                                                   .at = w->deed.now } };

        effects.list.n = 0;
        must(tend_call_policy(w->registry, provider, &data, &arena, &effects) == TEND_OK &&
             effects.list.n == 1 &&
             tend_apply(&w->desk, &w->deed, &cause, &effects, &arena) == TEND_OK, w);
        tend_arena_reset(&arena);
    }
    took = per(began, PEOPLE);
    must(w->deed.outcome.n == PEOPLE, w);
    world_abort(w);
    world_done(w);
    TEND_ARRAY_FINISH(&effects.list);
    tend_arena_finish(&arena);
    return took;
}

static double by_insert(struct world *w, const tend_id *people)
{
    int64_t began;
    double took;

    world_begin(w);
    began = tend_clock_ticks();
    for (int64_t i = 0; i < PEOPLE; i++) {
        struct tend_value v[TEND_N_tag] = {
            [TEND_C_tag_person] = tend_int(people[i]),
            [TEND_C_tag_tag] = tend_str(T("warm")),
            [TEND_C_tag_known_at] = tend_int(w->deed.now),
        };

        must(tend_row_insert(w->store, TEND_T_tag, v, NULL) == TEND_OK, w);
    }
    took = per(began, PEOPLE);
    world_abort(w);
    world_done(w);
    return took;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double median(double *of)
{
    qsort(of, ROUNDS, sizeof *of, by_size);
    return of[ROUNDS / 2];
}

static const struct tend_provider *find(struct world *w, const char *kind, const char *name)
{
    const struct tend_provider *provider =
        tend_registry_find(w->registry, kind, tend_text_of(name));

    if (!provider)
        exit((fprintf(stderr, "there is no %s %s\n", kind, name), 1));
    return provider;
}

/* One language in a world of its own, so that no other guard is asked. */
static void measure(const char *language, bool lua)
{
    double asked[ROUNDS], first[ROUNDS], bare[ROUNDS], applied[ROUNDS], inserted[ROUNDS];
    const struct tend_provider *provider;
    tend_id people[PEOPLE];
    lua_State *L = NULL;
    struct world *w;
    void *state;

    world_setup_bare(&state);
    w = state;
    for (int64_t i = 0; i < PEOPLE; i++) {
        char name[32];

        snprintf(name, sizeof name, "Ann Lee %d", (int)i);
        people[i] = world_add(w, name, "Europe/Vienna");
    }
    if (lua) {
        load_lua(w);
        find(w, "stage_set", "bench-guard");
    } else {
        world_plugin(w, "bench", "stage_set", &set);
        world_plugin(w, "bench-tag", "policy", &policy);
    }
    provider = find(w, "policy", "bench-tag");
    must(tend_provider_wake(provider) == TEND_OK, w);
    if (lua) {
        L = ((struct tend_lua *)tend_instance_data(provider->owner))->L;
        if (luaL_dostring(L, floor_text) != LUA_OK)
            exit((fprintf(stderr, "%s\n", lua_tostring(L, -1)), 1));
        lua_rawsetp(L, LUA_REGISTRYINDEX, key);
    }
    for (int i = 0; i < ROUNDS; i++) {
        first[i] = by_guards(w, people, PEOPLE);
        asked[i] = by_guards(w, people, 1);
        bare[i] = lua ? by_pcall(L) : by_bare();
        applied[i] = by_effects(w, provider, people);
        inserted[i] = by_insert(w, people);
    }
    printf("%-3s  guard %.0f ns   %s %.1f ns   ratio %.1f (aim 2.5); the first one to ask about a "
           "person %.0f ns\n", language, median(asked), lua ? "lua_pcall" : "bare call",
           median(bare), median(asked) / median(bare), median(first));
    printf("%-3s  effect returned and applied %.0f ns   insert of its row %.0f ns   ratio %.2f\n",
           language, median(applied), median(inserted), median(applied) / median(inserted));
    world_teardown(&state);
}

int main(void)
{
    measure("C", false);
    measure("Lua", true);
    return 0;
}
