/* Stage sets in Lua. Covers bind_stage.c and bind_guard.c. */
#include "fake.h"

static void check_word(const struct tend_word *word, const char *name, const char *track,
                       const char *means, const char *title)
{
    assert_non_null(word);
    assert_string_equal(word->name, name);
    assert_string_equal(word->track ? word->track : "-", track);
    assert_string_equal(word->means ? word->means : "-", means);
    assert_string_equal(word->title ? word->title : "-", title);
}

static void words(void **state)
{
    struct tend_instance *plugin = fake_load("pipeline");
    const struct tend_stage_set *set;

    (void)state;
    if (plugin->status != TEND_OK)
        fail_msg("%s", plugin->err.text);
    assert_string_equal(plugin->manifest.name, "pipeline");
    assert_int_equal(plugin->n_provided, 2);
    set = fake_record(plugin, "stage_set")->record;
    assert_int_equal(set->size, sizeof *set);
    assert_string_equal(set->primary, "opportunity");
    assert_string_equal(set->initial, "listed");
    check_word(set->stages[0], "listed", "opportunity", "open", "Listed");
    check_word(set->stages[1], "prospect", "opportunity", "open qualified", "-");
    check_word(set->stages[2], "member", "opportunity", "won", "-");
    check_word(set->stages[3], "customer", "product", "won", "-");
    assert_null(set->stages[4]);
    check_word(set->touch_kinds[1], "presentation", "-", "reached shows_offer", "-");
    check_word(set->dispositions[0], "no_answer", "-", "-reached", "-");
    check_word(set->holds[0], "soft_no", "-", "-", "-");
    check_word(set->holds[1], "not_now", "-", "-", "Not now");
    assert_null(set->holds[2]);
    assert_string_equal(set->guards[0]->name, "interest");
    assert_int_equal(set->guards[0]->size, sizeof(struct tend_guard));
    assert_null(set->guards[5]);
    assert_string_equal(set->on, "touch.logged");
    fake_unload(plugin);
}

/* nothing and true are a pass, a text is a veto, all else fails */
static void guards(void **state)
{
    struct tend_instance *plugin = fake_load("pipeline");
    const struct fake_fact interest[] = { { 12, "interest", "business" }, { 0, NULL, NULL } };
    struct fake_call call = { 0 };

    (void)state;
    fake_begin(&call, plugin, "stage_set");
    assert_int_equal(fake_guard(&call, 0, "prospect"), TEND_OK);
    assert_string_equal(fake_log(&call),
                        "veto interest: no interest is known (set p12 interest=business)\n");
    call.facts = interest;
    assert_int_equal(fake_guard(&call, 0, "prospect"), TEND_OK);
    assert_string_equal(fake_log(&call), "");
    assert_int_equal(fake_guard(&call, 1, "prospect"), TEND_OK);
    assert_string_equal(fake_log(&call), "touched p12 significant 0\nveto talk: no significant"
                                         " conversation (log p12 call significant=yes)\n");
    assert_int_equal(fake_guard(&call, 1, "member"), TEND_OK);
    assert_string_equal(fake_log(&call), "");
    assert_int_equal(fake_guard(&call, 2, "prospect"), TEND_OK);
    assert_string_equal(fake_log(&call), "veto first: one (cure one)\nveto second: two (-)\n");
    assert_int_equal(fake_guard(&call, 3, "prospect"), TEND_INVALID);
    assert_has(call.error, "plugin pipeline: pipeline.lua:");
    assert_has(call.error, "an error that is a table");
    assert_int_equal(fake_guard(&call, 4, "prospect"), TEND_INVALID);
    assert_has(call.error,
               "guard \"strange\" returned false; expected nothing, or the text of a veto");
    assert_false(call.breach);
    fake_end(&call);
    fake_unload(plugin);
}

static void rule(void **state)
{
    struct tend_instance *plugin = fake_load("pipeline");
    const struct fake_fact shown[] = { { 0, "means", "shows_offer" }, { 0, NULL, NULL } };
    const struct fake_fact soft[] = { { 0, "disposition", "soft_no" }, { 0, NULL, NULL } };
    const struct fake_fact later[] = { { 0, "disposition", "not_now" }, { 0, NULL, NULL } };
    struct fake_call call = { .facts = shown };

    (void)state;
    fake_begin(&call, plugin, "stage_set");
    assert_int_equal(fake_rule(&call, "touch.logged"), TEND_OK);
    assert_string_equal(fake_log(&call),
                        "move p12 track=opportunity stage=prospect reason=saw the offer\n");
    call.facts = soft;
    assert_int_equal(fake_rule(&call, "touch.logged"), TEND_OK);
    assert_string_equal(fake_log(&call), "hold p12 type=soft_no until=6w\n");
    call.facts = later;
    assert_int_equal(fake_rule(&call, "touch.logged"), TEND_OK);
    assert_string_equal(fake_log(&call), "hold p12 type=not_now until=30d reason=asked\n");
    call.facts = NULL;
    assert_int_equal(fake_rule(&call, "touch.logged"), TEND_OK);
    assert_string_equal(fake_log(&call), "");
    fake_end(&call);
    fake_unload(plugin);
}

/* a stage set may be words alone */
static void least(void **state)
{
    struct tend_instance *plugin = fake_load_text("least", "return { stage_set = 'least' }");
    const struct tend_stage_set *set;

    (void)state;
    assert_int_equal(plugin->status, TEND_OK);
    set = fake_record(plugin, "stage_set")->record;
    assert_null(set->stages);
    assert_null(set->guards);
    assert_null(set->rule);
    assert_null(set->on);
    fake_unload(plugin);
}

static void refuses(const char *members, const char *message)
{
    char text[1024];
    struct tend_instance *plugin;

    snprintf(text, sizeof text, "return { stage_set = 's', %s }", members);
    plugin = fake_load_text("s", text);
    assert_int_equal(plugin->status, TEND_INVALID);
    assert_has(plugin->err.text, message);
    fake_unload(plugin);
}

static void wrong(void **state)
{
    (void)state;
    refuses("stages = 'x'", "stage_set \"s\": stages is a string; expected a list");
    refuses("stages = { 7 }", "stage_set \"s\": stages: expected entries as { \"name\"");
    refuses("stages = { { name = 'x' } }", "expected entries as");
    refuses("stages = { { 'a', mean = 'open' } }",
            "stage_set \"s\": stages: \"a\" has no \"mean\"; did you mean \"means\"?");
    refuses("stages = { 'a' }", "stage \"a\" has no track, and the set no primary one");
    refuses("primary = 't', initial = 'b', stages = { 'a' }", "initial is \"b\", which is none");
    refuses("primary = 7", "primary is a number; expected a text");
    refuses("guards = 'x'", "guards is a string; expected a list");
    refuses("guards = { { 'a' } }", "guards: expected entries as { \"name\", function(ctx, move)");
    refuses("guards = { function() end }", "guards: expected entries as");
    refuses("rule = function() end", "on and rule go together");
    refuses("on = 'touch.logged'", "on and rule go together");
    refuses("gaurds = {}", "has no \"gaurds\"; did you mean \"guards\"?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words), cmocka_unit_test(guards), cmocka_unit_test(rule),
        cmocka_unit_test(least), cmocka_unit_test(wrong),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
