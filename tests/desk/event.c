/* What an event says of itself: tend_event_build, tend_event_subject. */
#include "world.h"

static struct tend_event_data data;
static struct tend_cause cause;

static tend_status build(struct world *w, const char *name, tend_id person, tend_id subject)
{
    struct tend_raised raised = { .name = name, .person = person, .subject = subject,
                                  .at = w->clock.now, .extra = "zone,tag" };

    return tend_event_build(&w->desk, &raised, &w->arena, &data, &cause);
}

static void says(const char *field, const char *value)
{
    for (int64_t i = 0; i < data.n_fields; i++)
        if (strcmp(data.fields[i].name, field) == 0) {
            if (!tend_text_is(data.fields[i].value, value))
                fail_msg("%s is \"%.*s\"", field, TEND_FMT(data.fields[i].value));
            return;
        }
    fail_msg("there is no field %s", field);
}

static void test_touch(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), touch;
    struct tend_touch_ask ask = world_touch(&ann, "presentation");

    ask.text = T("Tom was there");
    ask.disposition = T("soft_no");
    ask.sentiment = T("cool");
    ask.significant = true;
    ask.at = world_instant("2026-03-25T18:00:00+01:00");
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    world_end(w);
    assert_int_equal(build(w, "touch.logged", ann, touch), TEND_OK);
    says("touch", "1");
    says("kind", "presentation");
    says("direction", "out");
    says("disposition", "soft_no");
    says("significant", "yes");
    says("sentiment", "cool");
    says("text", "Tom was there");
    says("means", "reached,shows_offer,significant");
    says("name", "touch.logged");
    says("person", "2");
    says("at", "2026-03-25T17:00:00Z");
    assert_int_equal(data.event.at, ask.at);
    assert_int_equal(data.event.subject, touch);
    assert_int_equal(cause.kind, TEND_REF_TOUCH);
    assert_int_equal(cause.id, touch);

    assert_int_equal(build(w, "stage.changed", ann, 2), TEND_OK);
    says("track", "opportunity");
    says("from", "listed");
    says("to", "presented");
    says("means", "open");
    says("by", "pipeline");
    assert_int_equal(cause.kind, TEND_REF_STAGE);

    assert_int_equal(build(w, "task.opened", ann, 1), TEND_OK);
    says("task", "1");
    says("key", "mull-over");
    says("type", "call");
    says("title", "Follow up");
    says("plugin", "followup");
}

static void test_person(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    assert_int_equal(build(w, "person.added", ann, 0), TEND_OK);
    says("source", "");
    assert_int_equal(cause.kind, TEND_REF_PERSON);
    assert_int_equal(cause.id, ann);
    assert_int_equal(build(w, "person.changed", ann, 0), TEND_OK);
    says("fields", "zone,tag");
    assert_int_equal(build(w, "touch.logged", ann, 99), TEND_NOT_FOUND);
    assert_int_equal(build(w, "import.done", 0, 99), TEND_NOT_FOUND);
}

static void test_import(void **state)
{
    struct world *w = *state;
    struct tend_value v[TEND_N_import] = { [TEND_C_import_added] = tend_int(318),
                                           [TEND_C_import_updated] = tend_int(4),
                                           [TEND_C_import_at] = tend_int(5) };
    tend_id id;

    world_begin(w);
    assert_int_equal(tend_row_insert(w->store, TEND_T_import, v, &id), TEND_OK);
    world_end(w);
    assert_int_equal(build(w, "import.done", 0, id), TEND_OK);
    says("import", "1");
    says("added", "318");
    says("updated", "4");
    assert_int_equal(data.event.at, 5);
    assert_int_equal(cause.kind, TEND_REF_IMPORT);
}

/* An event whose fact is gone is answered by nobody, and stops nothing. */
static void test_gone(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    world_begin(w);
    tend_deed_raise(&w->deed, "touch.logged", ann, 99, 0, NULL);
    world_end(w);
    assert_int_equal(w->deed.batch, 0);
    assert_int_equal(w->err.code, TEND_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_touch), WORLD_TEST(test_person), WORLD_TEST(test_import),
        WORLD_TEST(test_gone),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
