/* Covers tend_vocabulary_touch_means, _touch_matches and _touch_all. */
#include "world.h"

static const struct tend_word call = { "call", NULL, "reached", NULL };
static const struct tend_word show = { "presentation", NULL, "reached shows_offer", NULL };
static const struct tend_word card = { "card", NULL, NULL, NULL };
static const struct tend_word no_answer = { "no_answer", NULL, "-reached -shows_offer", NULL };
static const struct tend_word thinking = { "thinking", NULL, "reached warm", NULL };
static const struct tend_word *const kinds[] = { &call, &show, &card, NULL };
static const struct tend_word *const dispositions[] = { &no_answer, &thinking, NULL };
static const struct tend_stage_set set = {
    .size = sizeof set, .name = "pipeline", .touch_kinds = kinds, .dispositions = dispositions,
};

static bool means(struct world *w, const char *kind, const char *disposition, bool significant,
                  const char *meaning)
{
    return tend_vocabulary_touch_means(w->registry, tend_text_of(kind), tend_text_of(disposition),
                                       significant, tend_text_of(meaning));
}

static bool matches(struct world *w, const char *kind, const char *disposition, const char *terms)
{
    return tend_vocabulary_touch_matches(w->registry, tend_text_of(kind),
                                         tend_text_of(disposition), false, tend_text_of(terms));
}

static void assert_all(struct world *w, const char *kind, const char *disposition,
                       bool significant, const char *expected)
{
    assert_text(tend_vocabulary_touch_all(w->registry, tend_text_of(kind),
                                          tend_text_of(disposition), significant, &w->arena),
                expected);
}

static void open_set(struct world *w)
{
    world_open(w);
    world_one(w, "pipeline", "stage_set", &set);
}

static void test_means(void **state)
{
    struct world w;

    (void)state;
    open_set(&w);
    assert_true(means(&w, "call", "", false, "reached"));
    assert_true(means(&w, "call", "", false, "call"));
    assert_false(means(&w, "call", "", false, "shows_offer"));
    assert_false(means(&w, "call", "", false, ""));
    assert_false(means(&w, "call", "", false, "significant"));
    assert_true(means(&w, "call", "", true, "significant"));
    /* what the disposition says goes before the kind */
    assert_false(means(&w, "call", "no_answer", false, "reached"));
    assert_false(means(&w, "presentation", "no_answer", false, "shows_offer"));
    assert_true(means(&w, "call", "no_answer", false, "call"));
    assert_true(means(&w, "call", "no_answer", false, "no_answer"));
    assert_false(means(&w, "call", "no_answer", false, "-reached"));
    assert_true(means(&w, "card", "thinking", false, "reached"));
    assert_true(means(&w, "card", "thinking", false, "warm"));
    assert_false(means(&w, "card", "", false, "reached"));
    /* words that nobody declared mean themselves */
    assert_true(means(&w, "letter", "", false, "letter"));
    assert_false(means(&w, "letter", "lost", false, "reached"));
    world_close(&w);
}

static void test_matches(void **state)
{
    struct world w;

    (void)state;
    open_set(&w);
    assert_true(matches(&w, "call", "", "card reached"));
    assert_true(matches(&w, "card", "", "card,reached"));
    assert_false(matches(&w, "call", "no_answer", "reached shows_offer"));
    assert_false(matches(&w, "call", "", ""));
    assert_false(matches(&w, "call", "", "  "));
    assert_true(tend_vocabulary_touch_matches(w.registry, TEND_TEXT("card"), TEND_TEXT(""), true,
                                              TEND_TEXT("reached significant")));
    world_close(&w);
}

static void test_all(void **state)
{
    struct world w;

    (void)state;
    open_set(&w);
    assert_all(&w, "presentation", "", false, "reached,shows_offer");
    assert_all(&w, "presentation", "no_answer", false, "");
    assert_all(&w, "presentation", "thinking", false, "reached,shows_offer,warm");
    assert_all(&w, "card", "", true, "significant");
    assert_all(&w, "unknown", "unknown", false, "");
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_means),
        cmocka_unit_test(test_matches),
        cmocka_unit_test(test_all),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
