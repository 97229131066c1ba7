/* Covers the functions of ctx->read and, through them, tend_read_list, _hold,
 * _touches and _state of store/ops_read. */
#include "base/date.h"
#include "store/row.h"
#include "world.h"

/* What each test asks, from inside of a policy. */
static void (*ask)(struct tend_ctx *ctx);

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    ask(ctx);
    return TEND_OK;
}

static const struct tend_policy policy = { sizeof policy, "p", "touch.logged", run };
static const struct tend_word call = { "call", NULL, "reached", NULL };
static const struct tend_word video = { "video", NULL, "shows_offer", NULL };
static const struct tend_word no_answer = { "no_answer", NULL, "-reached", NULL };
static const struct tend_word member = { "member", "opportunity", "won", NULL };
static const struct tend_word *const kinds[] = { &call, &video, NULL };
static const struct tend_word *const dispositions[] = { &no_answer, NULL };
static const struct tend_word *const stages[] = { &member, NULL };
static const struct tend_stage_set set = {
    .size = sizeof set, .name = "pipeline", .stages = stages, .touch_kinds = kinds,
    .dispositions = dispositions,
};

static tend_status ask_now(struct world *w, void (*fn)(struct tend_ctx *ctx))
{
    static const struct tend_event_field fields[] = {
        { "kind", { "call", 4 } }, { "text", { "hello", 5 } },
    };
    const struct tend_event_data data = {
        { .name = "touch.logged", .person = 1, .subject = 9, .at = NOW }, fields, 2,
    };

    ask = fn;
    return tend_call_policy(w->registry, world_find(w, "policy", "p"), &data, &w->arena,
                            &w->effects);
}

static void open_world(struct world *w)
{
    world_open(w);
    world_one(w, "pipeline", "stage_set", &set);
    world_one(w, "ant", "policy", &policy);
    world_store(w);
    assert_int_equal(tend_batch_begin(w->store, TEND_BATCH_COMMAND, "test", 0), TEND_OK);
}

static void commit(struct world *w)
{
    if (tend_batch_commit(w->store, NULL) != TEND_OK)
        fail_msg("%s", w->err.text);
}

#define VALUES(t, ...) ((struct tend_value[TEND_N_##t]){ __VA_ARGS__ })
#define SET(t, c, v) [TEND_C_##t##_##c] = (v)
#define STR(literal) tend_str(TEND_TEXT(literal))

static tend_id insert(struct world *w, enum tend_table table, const struct tend_value *values)
{
    tend_id id = 0;

    if (tend_row_insert(w->store, table, values, &id) != TEND_OK)
        fail_msg("%s", w->err.text);
    return id;
}

static tend_id add_person(struct world *w)
{
    tend_id id = insert(w, TEND_T_person, VALUES(person,
        SET(person, uid, STR("U1")), SET(person, name, STR("Ann Lee")),
        SET(person, given, STR("Ann")), SET(person, zone, STR("Europe/Vienna")),
        SET(person, source, STR("open house")), SET(person, keeper, tend_ref(1))));

    return id;
}

static tend_id person;

static void ask_row(struct tend_ctx *ctx)
{
    assert_text(ctx->read->get(ctx, person, "name"), "Ann Lee");
    assert_text(ctx->read->get(ctx, person, "given"), "Ann");
    assert_text(ctx->read->get(ctx, person, "family"), "");
    assert_text(ctx->read->get(ctx, person, "zone"), "Europe/Vienna");
    assert_text(ctx->read->get(ctx, person, "source"), "open house");
    assert_text(ctx->read->get(ctx, person, "region"), "");
    assert_text(ctx->read->get(ctx, person, "keeper"), "1");
    assert_text(ctx->read->get(ctx, person, "archived"), "");
    assert_text(ctx->read->get(ctx, person, "nonsense"), "");
    assert_text(ctx->read->get(ctx, person, NULL), "");
    assert_text(ctx->read->get(ctx, person + 1, "name"), "");
    assert_text(ctx->read->get(ctx, 0, "name"), "");
    assert_text(ctx->read->get(ctx, -4, "name"), "");
    assert_text(ctx->read->get(ctx, person, "name"), "Ann Lee");
}

static void test_row(void **state)
{
    struct world w;

    (void)state;
    open_world(&w);
    person = add_person(&w);
    commit(&w);
    assert_int_equal(ask_now(&w, ask_row), TEND_OK);
    assert_null(w.log.at);
    world_close(&w);
}

static void ask_lists(struct tend_ctx *ctx)
{
    assert_text(ctx->read->get(ctx, person, "tags"), "teacher,vip");
    assert_text(ctx->read->get(ctx, person, "roles"), "member");
    assert_text(ctx->read->get(ctx, person, "interest"), "business,product");
    assert_text(ctx->read->get(ctx, person, "barncsv.campaign"), "");
    assert_text(ctx->read->get(ctx, person, "email"), "Ann@example.com");
    assert_text(ctx->read->get(ctx, person, "phone"), "");
    assert_text(ctx->read->get(ctx, person, "address"), "1 Elm St");
    assert_text(ctx->read->get(ctx, person, "url"), "");
    assert_text(ctx->read->get(ctx, person, "dnc"), "call");
    assert_text(ctx->read->get(ctx, person, "archived"), "yes");
}

static void test_lists(void **state)
{
    struct world w;

    (void)state;
    open_world(&w);
    person = add_person(&w);
    tend_row_set(w.store, TEND_T_person, person, TEND_C_person_archived_at, tend_int(NOW));
    insert(&w, TEND_T_tag, VALUES(tag, SET(tag, person, tend_int(person)),
                                  SET(tag, tag, STR("teacher"))));
    insert(&w, TEND_T_tag, VALUES(tag, SET(tag, person, tend_int(person)),
                                  SET(tag, tag, STR("vip"))));
    insert(&w, TEND_T_role, VALUES(role, SET(role, person, tend_int(person)),
                                   SET(role, role, STR("customer")),
                                   SET(role, from_at, tend_int(NOW - 10)),
                                   SET(role, to_at, tend_int(NOW - 5))));
    insert(&w, TEND_T_role, VALUES(role, SET(role, person, tend_int(person)),
                                   SET(role, role, STR("member")),
                                   SET(role, from_at, tend_int(NOW - 5))));
    insert(&w, TEND_T_attribute, VALUES(attribute, SET(attribute, person, tend_int(person)),
                                        SET(attribute, name, STR("interest")),
                                        SET(attribute, value, STR("business"))));
    insert(&w, TEND_T_attribute, VALUES(attribute, SET(attribute, person, tend_int(person)),
                                        SET(attribute, name, STR("interest")),
                                        SET(attribute, value, STR("product"))));
    insert(&w, TEND_T_contact_point,
           VALUES(contact_point, SET(contact_point, person, tend_int(person)),
                  SET(contact_point, kind, STR("email")),
                  SET(contact_point, value, STR("Ann@example.com"))));
    insert(&w, TEND_T_contact_point,
           VALUES(contact_point, SET(contact_point, person, tend_int(person)),
                  SET(contact_point, kind, STR("email")),
                  SET(contact_point, value, STR("second@example.com"))));
    insert(&w, TEND_T_contact_point,
           VALUES(contact_point, SET(contact_point, person, tend_int(person)),
                  SET(contact_point, kind, STR("address")),
                  SET(contact_point, value, STR("1 Elm St"))));
    insert(&w, TEND_T_dnc, VALUES(dnc, SET(dnc, person, tend_int(person)),
                                  SET(dnc, channel, STR("call")), SET(dnc, at, tend_int(NOW))));
    assert_int_equal(ask_now(&w, ask_lists), TEND_OK);
    commit(&w);
    world_close(&w);
}

static const char *stage_now, *product_now, *hold_now, *hold_product;

static void ask_stage(struct tend_ctx *ctx)
{
    assert_text(ctx->read->get(ctx, person, "stage"), stage_now);
    assert_text(ctx->read->get(ctx, person, "stage.opportunity"), stage_now);
    assert_text(ctx->read->get(ctx, person, "stage.product"), product_now);
    assert_text(ctx->read->get(ctx, person, "hold"), hold_now);
    assert_text(ctx->read->get(ctx, person, "hold.product"), hold_product);
}

static void add_stage(struct world *w, const char *track, const char *to, int64_t at)
{
    insert(w, TEND_T_stage_change,
           VALUES(stage_change, SET(stage_change, person, tend_int(person)),
                  SET(stage_change, track, tend_str(tend_text_of(track))),
                  SET(stage_change, to_stage, tend_str(tend_text_of(to))),
                  SET(stage_change, at, tend_int(at))));
}

static tend_id add_hold(struct world *w, const char *kind, int64_t until_day)
{
    return insert(w, TEND_T_hold,
                  VALUES(hold, SET(hold, person, tend_int(person)),
                         SET(hold, track, STR("opportunity")),
                         SET(hold, kind, tend_str(tend_text_of(kind))),
                         SET(hold, at, tend_int(NOW - 1000)),
                         SET(hold, until_day, tend_int(until_day))));
}

/* Within the batch that changes them: what was written is seen at once. */
static void test_stage_and_hold(void **state)
{
    int64_t today = NOW / (24 * TEND_HOUR);
    struct world w;
    tend_id hold;

    (void)state;
    open_world(&w);
    person = add_person(&w);
    stage_now = product_now = hold_now = hold_product = "";
    assert_int_equal(ask_now(&w, ask_stage), TEND_OK);
    add_stage(&w, "opportunity", "listed", NOW - 10);
    add_stage(&w, "opportunity", "prospect", NOW - 5);
    add_stage(&w, "product", "customer", NOW - 7);
    add_hold(&w, "not_now", today);         /* until today: over */
    stage_now = "prospect";
    product_now = "customer";
    assert_int_equal(ask_now(&w, ask_stage), TEND_OK);
    hold = add_hold(&w, "soft_no", today + 2);
    hold_now = "soft_no";
    assert_int_equal(ask_now(&w, ask_stage), TEND_OK);
    tend_row_set(w.store, TEND_T_hold, hold, TEND_C_hold_ended_at, tend_int(NOW));
    hold_now = "";
    assert_int_equal(ask_now(&w, ask_stage), TEND_OK);
    commit(&w);
    assert_int_equal(ask_now(&w, ask_stage), TEND_OK);
    world_close(&w);
}

static void ask_event(struct tend_ctx *ctx)
{
    assert_text(ctx->read->event(ctx, "name"), "touch.logged");
    assert_text(ctx->read->event(ctx, "person"), "1");
    assert_text(ctx->read->event(ctx, "at"), "2026-11-28T10:00:00Z");
    assert_text(ctx->read->event(ctx, "kind"), "call");
    assert_text(ctx->read->event(ctx, "text"), "hello");
    assert_text(ctx->read->event(ctx, "disposition"), "");
    assert_text(ctx->read->event(ctx, NULL), "");
}

static void test_event(void **state)
{
    struct world w;

    (void)state;
    open_world(&w);
    assert_int_equal(ask_now(&w, ask_event), TEND_OK);
    world_close(&w);
}

static void ask_touched(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->read->touched(ctx, person, "call", 0), 3);
    assert_int_equal(ctx->read->touched(ctx, person, "reached", 0), 2);
    assert_int_equal(ctx->read->touched(ctx, person, "no_answer", 0), 1);
    assert_int_equal(ctx->read->touched(ctx, person, "shows_offer reached", 0), 3);
    assert_int_equal(ctx->read->touched(ctx, person, "significant", 0), 1);
    assert_int_equal(ctx->read->touched(ctx, person, "call", NOW - 50), 1);
    assert_int_equal(ctx->read->touched(ctx, person, "letter", 0), 0);
    assert_int_equal(ctx->read->touched(ctx, person + 1, "call", 0), 0);
    assert_int_equal(ctx->read->touched(ctx, 0, "call", 0), TEND_INVALID);
    assert_int_equal(ctx->read->touched(ctx, person, NULL, 0), TEND_INVALID);
}

static void add_touch(struct world *w, const char *kind, const char *disposition,
                      bool significant, int64_t at)
{
    tend_id touch = insert(w, TEND_T_touch,
                           VALUES(touch, SET(touch, person, tend_int(person)),
                                  SET(touch, kind, tend_str(tend_text_of(kind))),
                                  SET(touch, at, tend_int(at)),
                                  SET(touch, significant, tend_int(significant))));

    insert(w, TEND_T_touch_party,
           VALUES(touch_party, SET(touch_party, touch, tend_int(touch)),
                  SET(touch_party, person, tend_int(person)),
                  SET(touch_party, disposition, tend_str(tend_text_of(disposition)))));
}

static void test_touched(void **state)
{
    struct world w;

    (void)state;
    open_world(&w);
    person = add_person(&w);
    add_touch(&w, "call", "", false, NOW - 300);
    add_touch(&w, "call", "", true, NOW - 200);
    add_touch(&w, "call", "no_answer", false, NOW - 10);
    add_touch(&w, "video", "", false, NOW - 100);
    commit(&w);
    assert_int_equal(ask_now(&w, ask_touched), TEND_OK);
    world_close(&w);
}

static void ask_means(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->read->means(ctx, "stage", "member", "won"), 1);
    assert_int_equal(ctx->read->means(ctx, "stage", "member", "lost"), 0);
    assert_int_equal(ctx->read->means(ctx, "kind", "call", "reached"), 1);
    assert_int_equal(ctx->read->means(ctx, "disposition", "no_answer", "-reached"), 1);
    assert_int_equal(ctx->read->means(ctx, "disposition", "no_answer", "reached"), 0);
    assert_int_equal(ctx->read->means(ctx, "stage", "nowhere", "won"), 0);
    assert_int_equal(ctx->read->means(ctx, "colour", "red", "won"), 0);
    assert_int_equal(ctx->read->means(ctx, NULL, "member", "won"), 0);
    assert_int_equal(ctx->read->means(ctx, "stage", NULL, "won"), 0);
}

static void test_means(void **state)
{
    struct world w;

    (void)state;
    open_world(&w);
    assert_int_equal(ask_now(&w, ask_means), TEND_OK);
    world_close(&w);
}

static tend_id others[2];

static void ask_next(struct tend_ctx *ctx)
{
    assert_int_equal(ctx->read->next(ctx, "tag:vip", 0), others[0]);
    assert_int_equal(ctx->read->next(ctx, "tag:vip", others[0]), others[1]);
    assert_int_equal(ctx->read->next(ctx, "tag:vip", others[1]), 0);
    assert_int_equal(ctx->read->next(ctx, "tag:nobody", 0), 0);
    assert_true(ctx->read->next(ctx, "touched:never-ever", 0) < 0);
    assert_true(tend_call_error(ctx)[0] != '\0');
    assert_int_equal(ctx->read->next(ctx, "nosuchthing:x", 0), TEND_INVALID);
    assert_string_equal(tend_call_error(ctx),
                        "the filter \"nosuchthing:x\": there is no term \"nosuchthing\", and "
                        "nobody has such an attribute");
    assert_int_equal(ctx->read->next(ctx, "interest:business my.own:x", 0), 0);
    assert_int_equal(ctx->read->next(ctx, NULL, 0), TEND_INVALID);
    assert_int_equal(ctx->read->next(ctx, "tag:vip", 0), others[0]);
}

static void test_next(void **state)
{
    struct world w;

    (void)state;
    open_world(&w);
    add_person(&w);     /* p1 is `me`, whom lists leave out */
    add_person(&w);
    for (int i = 0; i < 2; i++) {
        others[i] = add_person(&w);
        insert(&w, TEND_T_tag, VALUES(tag, SET(tag, person, tend_int(others[i])),
                                      SET(tag, tag, STR("vip"))));
    }
    commit(&w);
    assert_int_equal(ask_now(&w, ask_next), TEND_OK);
    world_close(&w);
}

static void ask_state(struct tend_ctx *ctx)
{
    assert_text(ctx->read->state(ctx, person, "seen"), "twice");
    assert_text(ctx->read->state(ctx, 0, "seen"), "by itself");
    assert_text(ctx->read->state(ctx, person, "other"), "");
    assert_text(ctx->read->state(ctx, person + 1, "seen"), "");
    assert_text(ctx->read->state(ctx, -1, "seen"), "");
    assert_text(ctx->read->state(ctx, person, NULL), "");
}

static void add_state(struct world *w, tend_id of, const char *plugin, const char *value)
{
    insert(w, TEND_T_plugin_state,
           VALUES(plugin_state, SET(plugin_state, person, tend_ref(of)),
                  SET(plugin_state, plugin, tend_str(tend_text_of(plugin))),
                  SET(plugin_state, name, STR("seen")),
                  SET(plugin_state, value, tend_str(tend_text_of(value)))));
}

static void test_state(void **state)
{
    struct world w;

    (void)state;
    open_world(&w);
    person = add_person(&w);
    add_state(&w, person, "bee", "of another plugin");
    add_state(&w, person, "ant", "twice");
    add_state(&w, 0, "ant", "by itself");
    commit(&w);
    assert_int_equal(ask_now(&w, ask_state), TEND_OK);
    world_close(&w);
}

static void ask_nothing(struct tend_ctx *ctx)
{
    assert_text(ctx->read->get(ctx, 1, "name"), "");
    assert_text(ctx->read->state(ctx, 1, "name"), "");
    assert_int_equal(ctx->read->touched(ctx, 1, "call", 0), 0);
    assert_int_equal(ctx->read->next(ctx, "tag:vip", 0), 0);
}

static void test_no_database(void **state)
{
    struct world w;

    (void)state;
    world_open(&w);
    world_one(&w, "ant", "policy", &policy);
    assert_int_equal(ask_now(&w, ask_nothing), TEND_OK);
    world_close(&w);
}

static const char *expected;

static void ask_name(struct tend_ctx *ctx)
{
    assert_text(ctx->read->get(ctx, person, "name"), expected);
}

static void is_named(struct world *w, const char *name)
{
    expected = name;
    assert_int_equal(ask_now(w, ask_name), TEND_OK);
}

static void rename_person(struct world *w, const char *name)
{
    assert_int_equal(tend_row_set(w->store, TEND_T_person, person, TEND_C_person_name,
                                  tend_str(tend_text_of(name))), TEND_OK);
}

/* The row of a person is kept from call to call, but never past a write. */
static void kept_row(void **state)
{
    struct world w;

    (void)state;
    open_world(&w);
    person = add_person(&w);
    is_named(&w, "Ann Lee");
    rename_person(&w, "Ann Ray");
    is_named(&w, "Ann Ray");
    assert_int_equal(tend_savepoint_begin(w.store), TEND_OK);
    rename_person(&w, "Ann Fox");
    is_named(&w, "Ann Fox");
    tend_savepoint_rollback(w.store);
    is_named(&w, "Ann Ray");
    commit(&w);
    is_named(&w, "Ann Ray");
    assert_int_equal(tend_batch_begin(w.store, TEND_BATCH_COMMAND, "test", 0), TEND_OK);
    is_named(&w, "Ann Ray");
    rename_person(&w, "Ann Fox");
    is_named(&w, "Ann Fox");
    tend_batch_abort(w.store);
    is_named(&w, "Ann Ray");
    assert_int_equal(tend_batch_begin(w.store, TEND_BATCH_COMMAND, "test", 0), TEND_OK);
    is_named(&w, "Ann Ray");
    assert_int_equal(tend_row_delete(w.store, TEND_T_person, person), TEND_OK);
    is_named(&w, "");
    tend_batch_abort(w.store);
    is_named(&w, "Ann Ray");
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_row),     cmocka_unit_test(test_lists),
        cmocka_unit_test(test_stage_and_hold), cmocka_unit_test(test_event),
        cmocka_unit_test(test_touched), cmocka_unit_test(test_means),
        cmocka_unit_test(test_next),    cmocka_unit_test(test_state),
        cmocka_unit_test(test_no_database), cmocka_unit_test(kept_row),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
