/* Covers tend_vocabulary_at, _find, _primary, _initial, _initial_by: the words
 * of several stage sets, merged in load order. */
#include "world.h"

static const struct tend_word listed = { "listed", "opportunity", "open", "on the list" };
static const struct tend_word member = { "member", "opportunity", "won", NULL };
static const struct tend_word customer = { "customer", "product", "won", NULL };
static const struct tend_word listed_product = { "listed", "product", "odd", NULL };
static const struct tend_word listed_again = { "listed", "opportunity", "lost", "other" };
static const struct tend_word trackless = { "waiting", NULL, NULL, NULL };
static const struct tend_word call = { "call", NULL, "reached", NULL };
static const struct tend_word soft_no = { "soft_no", NULL, NULL, NULL };

static void test_empty(void **state)
{
    struct tend_word_info word;
    struct world w;

    (void)state;
    world_open(&w);
    assert_false(tend_vocabulary_at(w.registry, TEND_WORD_STAGE, 0, &word));
    assert_false(tend_vocabulary_find(w.registry, TEND_WORD_STAGE, TEND_TEXT("listed"), NULL,
                                      &word));
    assert_string_equal(tend_vocabulary_primary(w.registry), "opportunity");
    assert_null(tend_vocabulary_initial(w.registry));
    assert_null(tend_vocabulary_initial_by(w.registry));
    world_close(&w);
}

static const struct tend_word *const first_stages[] = { &listed_product, &customer, NULL };
static const struct tend_word *const second_stages[] = {
    &listed, &member, &listed_again, &trackless, NULL,
};
static const struct tend_word *const kinds[] = { &call, NULL };
static const struct tend_word *const holds[] = { &soft_no, NULL };
static const struct tend_stage_set first = {
    .size = sizeof first, .name = "extra", .stages = first_stages,
};
static const struct tend_stage_set second = {
    .size = sizeof second, .name = "pipeline", .primary = "opportunity", .initial = "listed",
    .stages = second_stages, .touch_kinds = kinds, .holds = holds,
};

static void open_two(struct world *w)
{
    world_open(w);
    world_one(w, "extra", "stage_set", &first);
    world_one(w, "pipeline", "stage_set", &second);
}

static void test_merged(void **state)
{
    struct tend_word_info word;
    struct world w;

    (void)state;
    open_two(&w);
    assert_true(tend_vocabulary_at(w.registry, TEND_WORD_STAGE, 0, &word));
    assert_string_equal(word.name, "listed");
    assert_string_equal(word.track, "product");
    assert_string_equal(word.plugin, "extra");
    assert_true(tend_vocabulary_at(w.registry, TEND_WORD_STAGE, 2, &word));
    assert_string_equal(word.name, "listed");
    assert_string_equal(word.track, "opportunity");
    assert_string_equal(word.means, "open");        /* not that of listed_again */
    assert_string_equal(word.title, "on the list");
    assert_true(tend_vocabulary_at(w.registry, TEND_WORD_STAGE, 4, &word));
    assert_string_equal(word.name, "waiting");
    assert_string_equal(word.track, "opportunity"); /* the set's primary */
    assert_string_equal(word.means, "");
    assert_string_equal(word.title, "waiting");
    assert_false(tend_vocabulary_at(w.registry, TEND_WORD_STAGE, 5, &word));
    assert_false(tend_vocabulary_at(w.registry, TEND_WORD_STAGE, -1, &word));
    assert_true(tend_vocabulary_at(w.registry, TEND_WORD_HOLD, 0, &word));
    assert_string_equal(word.name, "soft_no");
    assert_string_equal(word.track, "");
    assert_string_equal(tend_vocabulary_primary(w.registry), "opportunity");
    assert_string_equal(tend_vocabulary_initial(w.registry), "listed");
    assert_string_equal(tend_vocabulary_initial_by(w.registry), "pipeline");
    world_close(&w);
}

static void test_find(void **state)
{
    struct tend_word_info word;
    struct world w;

    (void)state;
    open_two(&w);
    /* declared later, and yet first: it is of the primary track */
    assert_true(tend_vocabulary_find(w.registry, TEND_WORD_STAGE, TEND_TEXT("listed"), NULL,
                                     &word));
    assert_string_equal(word.track, "opportunity");
    assert_true(tend_vocabulary_find(w.registry, TEND_WORD_STAGE, TEND_TEXT("listed"), "product",
                                     &word));
    assert_string_equal(word.means, "odd");
    assert_true(tend_vocabulary_find(w.registry, TEND_WORD_STAGE, TEND_TEXT("customer"), NULL,
                                     &word));
    assert_string_equal(word.track, "product");
    assert_false(tend_vocabulary_find(w.registry, TEND_WORD_STAGE, TEND_TEXT("customer"),
                                      "opportunity", &word));
    assert_true(tend_vocabulary_find(w.registry, TEND_WORD_KIND, TEND_TEXT("call"), NULL, NULL));
    assert_false(tend_vocabulary_find(w.registry, TEND_WORD_DISPOSITION, TEND_TEXT("call"), NULL,
                                      &word));
    world_close(&w);
}

static tend_status provide_and_fail(struct tend_instance *instance, struct tend_error *err)
{
    tend_status status = tend_instance_provide(instance, "stage_set", &second, NULL, err);

    assert_int_equal(status, TEND_OK);
    return tend_error_set(err, TEND_INVALID, "changed its mind");
}

/* Words of a plugin that did not load are gone. */
static void test_failed(void **state)
{
    struct tend_word_info word;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(world_load(&w, "pipeline", provide_and_fail), TEND_INVALID);
    assert_false(tend_vocabulary_at(w.registry, TEND_WORD_STAGE, 0, &word));
    assert_null(tend_vocabulary_initial(w.registry));
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_merged),
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_failed),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
