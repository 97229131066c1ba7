/* Settings: covers tend_meta_get, tend_meta_set, tend_store_me, tend_store_zone. */
#include "fixture.h"

static void assert_setting(struct fixture *fx, const char *name, const char *value)
{
    struct tend_text got;
    OK(tend_meta_get(fx->store, name, &fx->arena, &got));
    assert_true(tend_text_is(got, value));
}

static void a_setting_is_kept(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_file(fx);
    assert_setting(fx, "name", "");
    OK(tend_meta_set(fx->store, "name", TEND_TEXT("Ann")));
    OK(tend_meta_set(fx->store, "name", TEND_TEXT("Ann Lee")));
    OK(tend_meta_set(fx->store, "region", TEND_TEXT("AT")));
    OK(tend_meta_set(fx->store, "region", TEND_TEXT("")));
    tend_store_close(fx->store);
    struct tend_store_options options = fixture_options(fx);
    OK(tend_store_open(&fx->store, fx->path, &options, &fx->err));
    assert_setting(fx, "name", "Ann Lee");
    assert_setting(fx, "region", "");
    assert_int_equal(number(fx, "SELECT count(*) FROM meta"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM batch"), 0);
    fixture_end(fx);
}

/* In a batch a setting shares its fate, and is no change of a fact. */
static void a_setting_in_a_batch(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    OK(tend_meta_set(fx->store, "me", TEND_TEXT("7")));
    assert_int_equal(tend_store_me(fx->store), 7);
    tend_batch_abort(fx->store);
    assert_int_equal(tend_store_me(fx->store), 0);
    begin(fx);
    OK(tend_meta_set(fx->store, "me", TEND_TEXT("7")));
    OK(tend_savepoint_begin(fx->store));
    OK(tend_meta_set(fx->store, "me", TEND_TEXT("8")));
    assert_int_equal(tend_store_me(fx->store), 8);
    tend_savepoint_rollback(fx->store);
    assert_int_equal(tend_store_me(fx->store), 7);
    assert_int_equal(commit(fx), 0);
    assert_int_equal(tend_store_me(fx->store), 7);
    OK(tend_meta_set(fx->store, "me", TEND_TEXT("ann")));
    assert_int_equal(tend_store_me(fx->store), 0);
    fixture_end(fx);
}

static void the_zone_is_known(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    assert_string_equal(tend_zone_name(tend_store_zone(fx->store)), "UTC");
    OK(tend_meta_set(fx->store, "zone", TEND_TEXT("Europe/Vienna")));
    assert_string_equal(tend_zone_name(tend_store_zone(fx->store)), "Europe/Vienna");
    OK(tend_meta_set(fx->store, "zone", TEND_TEXT("No/Where")));
    assert_string_equal(tend_zone_name(tend_store_zone(fx->store)), "UTC");
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_setting_is_kept),
        cmocka_unit_test(a_setting_in_a_batch),
        cmocka_unit_test(the_zone_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
