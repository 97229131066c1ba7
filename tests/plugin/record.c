/* Covers tend_record_check and tend_record_name: of every kind a good record,
 * and each thing that may be missing. */
#include "world.h"

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text name)
{
    (void)ctx, (void)head, (void)name;
    return 0;
}
static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    (void)ctx, (void)in;
    return TEND_OK;
}
static tend_status keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                        const struct tend_text *regions, struct tend_text *out)
{
    (void)ctx, (void)n, (void)values, (void)regions, (void)out;
    return TEND_OK;
}
static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)ctx, (void)event;
    return TEND_OK;
}
static tend_status check(struct tend_ctx *ctx, const struct tend_move *move)
{
    (void)ctx, (void)move;
    return TEND_OK;
}

static void refused(const char *kind, const void *record, tend_status status, const char *part)
{
    struct tend_error err = { 0 };

    assert_int_equal(tend_record_check(kind, record, &err), status);
    assert_holds(err.text, part);
}

static void taken(const char *kind, const void *record)
{
    struct tend_error err = { 0 };

    if (tend_record_check(kind, record, &err) != TEND_OK)
        fail_msg("%s", err.text);
}

static void test_heads(void **state)
{
    struct tend_policy policy = { sizeof policy, "p", "touch.logged", run };

    (void)state;
    taken("policy", &policy);
    assert_string_equal(tend_record_name(&policy), "p");
    refused("policy", NULL, TEND_INVALID, "no record");
    refused("polizei", &policy, TEND_UNSUPPORTED, "no kind \"polizei\"");
    refused(NULL, &policy, TEND_UNSUPPORTED, "no kind \"\"");
    policy.size = 8;
    refused("policy", &policy, TEND_INVALID, "has 8 bytes");
    policy.size = sizeof policy + 64;   /* of a newer header: taken */
    taken("policy", &policy);
    policy.name = NULL;
    refused("policy", &policy, TEND_INVALID, "no name for a policy");
    policy.name = "With Space";
    refused("policy", &policy, TEND_INVALID, "With Space");
    policy.name = "a_name-2";
    taken("policy", &policy);
}

static void test_policy(void **state)
{
    struct tend_policy policy = { sizeof policy, "p", NULL, run };

    (void)state;
    refused("policy", &policy, TEND_INVALID, "no `on`");
    policy.on = "";
    refused("policy", &policy, TEND_INVALID, "no `on`");
    policy.on = "touch.logged";
    policy.run = NULL;
    refused("policy", &policy, TEND_INVALID, "no `run`");
}

/* What begins like an event of the core's and is none would never come. */
static void test_on(void **state)
{
    struct tend_policy policy = { sizeof policy, "p", "touch.loged", run };
    struct tend_stage_set set = { .size = sizeof set, .name = "s", .on = "person.add",
                                  .rule = run };
    static const char *const wrong[] = { "touch", "stage.moved", "task.gone", "run.x",
                                         "message.sent", "edge.x", "import.begun", "person." };

    (void)state;
    refused("policy", &policy, TEND_INVALID,
            "the policy \"p\" has in its `on` \"touch.loged\", which is no event; did you mean "
            "\"touch.logged\"?");
    refused("stage_set", &set, TEND_INVALID, "\"person.add\", which is no event");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        policy.on = wrong[i];
        refused("policy", &policy, TEND_INVALID, "which is no event");
    }
    policy.on = "touch.logged  stage.change";
    refused("policy", &policy, TEND_INVALID, "did you mean \"stage.changed\"?");
    policy.on = "person.added person.changed touch.logged stage.changed task.opened task.done "
                "import.done club.evening";
    taken("policy", &policy);
}

static void test_source(void **state)
{
    struct tend_lead_source source = {
    .size = sizeof source, .name = "csv", .title = "CSV", .sniff = sniff, .read = read_file,
};

    (void)state;
    taken("lead_source", &source);
    source.sniff = NULL;
    refused("lead_source", &source, TEND_INVALID, "no `sniff`");
    source.sniff = sniff;
    source.read = NULL;
    refused("lead_source", &source, TEND_INVALID, "no `read`");
}

static void test_normaliser(void **state)
{
    struct tend_normaliser normaliser = { sizeof normaliser, "e164", "phone", keys };

    (void)state;
    taken("normaliser", &normaliser);
    normaliser.field = NULL;
    refused("normaliser", &normaliser, TEND_INVALID, "no `field`");
    normaliser.field = "phone";
    normaliser.keys = NULL;
    refused("normaliser", &normaliser, TEND_INVALID, "no `keys`");
}

static void test_stages(void **state)
{
    struct tend_word word = { "listed", "opportunity", "open", NULL };
    const struct tend_word *const words[] = { &word, NULL };
    struct tend_guard guard = { sizeof guard, "needs-talk", check };
    const struct tend_guard *const guards[] = { &guard, NULL };
    struct tend_stage_set set = { .size = sizeof set, .name = "pipeline" };

    (void)state;
    taken("stage_set", &set);
    set.stages = set.touch_kinds = set.dispositions = set.holds = words;
    set.guards = guards;
    taken("stage_set", &set);
    set.on = "touch.logged";
    refused("stage_set", &set, TEND_INVALID, "no `rule`");
    set.rule = run;
    taken("stage_set", &set);
    guard.check = NULL;
    refused("stage_set", &set, TEND_INVALID, "guard 1");
    guard.check = check;
    guard.size = 0;
    refused("stage_set", &set, TEND_INVALID, "guard 1");
    guard.size = sizeof guard;
    word.name = "not:a name";
    refused("stage_set", &set, TEND_INVALID, "among its stages the name \"not:a name\"");
    word.name = NULL;
    refused("stage_set", &set, TEND_INVALID, "among its stages");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heads),  cmocka_unit_test(test_policy),
        cmocka_unit_test(test_source), cmocka_unit_test(test_normaliser),
        cmocka_unit_test(test_stages), cmocka_unit_test(test_on),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
