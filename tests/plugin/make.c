/* Covers ctx->make->emit: of every kind of effect all members are copied, so
 * that a plugin may reuse its memory as soon as it has emitted. */
#include "world.h"

/* Texts that are gone when the call has ended. */
static char a[16], b[16], c[16], d[16], y[16], f[16], g[16], h[16], k[16];

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    tend_id p = event->person;

    strcpy(a, "first"), strcpy(b, "second"), strcpy(c, "third"), strcpy(d, "2d..7d");
    strcpy(k, "key");
    assert_int_equal(TEND_TASK(ctx, p, k, .title = a, .type = b, .window = d, .closed_by = c,
                               .why = b, .anchor = 77),
                     TEND_OK);
    assert_int_equal(TEND_RETIME(ctx, p, k, .window = d, .why = a), TEND_OK);
    assert_int_equal(TEND_DONE(ctx, p, k, .why = a), TEND_OK);
    assert_int_equal(TEND_DROP(ctx, p, k, .why = b), TEND_OK);
    assert_int_equal(TEND_MOVE(ctx, p, .track = a, .stage = b, .reason = c), TEND_OK);
    strcpy(d, "6w");
    assert_int_equal(TEND_HOLD(ctx, p, .track = a, .type = b, .until = d, .reason = c), TEND_OK);
    assert_int_equal(TEND_SET(ctx, p, .field = a, .value = b), TEND_OK);
    assert_int_equal(TEND_TAG(ctx, p, .text = a), TEND_OK);
    assert_int_equal(TEND_UNTAG(ctx, p, .text = b), TEND_OK);
    assert_int_equal(TEND_NOTE(ctx, p, k, .text = c), TEND_OK);
    assert_int_equal(TEND_LINK(ctx, p, .other = 9, .type = a), TEND_OK);
    assert_int_equal(TEND_STATE(ctx, 0, .name = a, .value = b), TEND_OK);
    strcpy(y, "year"), strcpy(f, "09:00"), strcpy(g, "7d"), strcpy(h, "skip");
    assert_int_equal(TEND_SCHEDULE(ctx, p, k, .every = y, .from = g, .at = f, .lead = g,
                                   .catch_up = h, .grace = g, .most = 3),
                     TEND_OK);
    memset(y, 'x', 4), memset(f, 'x', 4), memset(g, 'x', 1), memset(h, 'x', 4);
    memset(a, 'x', 3), memset(b, 'x', 3), memset(c, 'x', 3), memset(d, 'x', 2), memset(k, 'x', 3);
    return TEND_OK;
}

static const struct tend_policy policy = { sizeof policy, "p", "touch.logged", run };

static const struct tend_effect *at(struct world *w, int64_t index, uint32_t kind)
{
    const struct tend_effect *effect = &w->effects.list.at[index];

    assert_int_equal(effect->u.fx.kind, kind);
    assert_string_equal(effect->plugin, "ant");
    return effect;
}

static void assert_first(struct world *w)
{
    const struct tend_effect *e = at(w, 0, TEND_FX_TASK);

    assert_string_equal(e->u.fx.key, "key");
    assert_string_equal(e->u.task.title, "first");
    assert_string_equal(e->u.task.type, "second");
    assert_string_equal(e->u.task.window, "2d..7d");
    assert_string_equal(e->u.task.closed_by, "third");
    assert_string_equal(e->u.task.why, "second");
    assert_true(e->u.task.anchor == 77);
    e = at(w, 1, TEND_FX_RETIME);
    assert_string_equal(e->u.fx.key, "key");
    assert_string_equal(e->u.retime.window, "2d..7d");
    assert_string_equal(e->u.retime.why, "first");
    assert_string_equal(at(w, 2, TEND_FX_DONE)->u.close.why, "first");
    assert_string_equal(at(w, 3, TEND_FX_DROP)->u.close.why, "second");
    e = at(w, 4, TEND_FX_MOVE);
    assert_null(e->u.fx.key);
    assert_string_equal(e->u.move.track, "first");
    assert_string_equal(e->u.move.stage, "second");
    assert_string_equal(e->u.move.reason, "third");
    e = at(w, 5, TEND_FX_HOLD);
    assert_string_equal(e->u.hold.track, "first");
    assert_string_equal(e->u.hold.type, "second");
    assert_string_equal(e->u.hold.until, "6w");
    assert_string_equal(e->u.hold.reason, "third");
}

static void test_copies(void **state)
{
    const struct tend_event_data data = { .event = { .name = "touch.logged", .person = 5 } };
    const struct tend_effect *e;
    struct world w;

    (void)state;
    world_open(&w);
    world_one(&w, "ant", "policy", &policy);
    assert_int_equal(tend_call_policy(w.registry, world_find(&w, "policy", "p"), &data, &w.arena,
                                      &w.effects),
                     TEND_OK);
    assert_int_equal(w.effects.list.n, 13);
    assert_first(&w);
    e = at(&w, 6, TEND_FX_SET);
    assert_string_equal(e->u.set.field, "first");
    assert_string_equal(e->u.set.value, "second");
    assert_string_equal(at(&w, 7, TEND_FX_TAG)->u.text.text, "first");
    assert_string_equal(at(&w, 8, TEND_FX_UNTAG)->u.text.text, "second");
    e = at(&w, 9, TEND_FX_NOTE);
    assert_string_equal(e->u.text.text, "third");
    assert_string_equal(e->u.fx.key, "key");
    e = at(&w, 10, TEND_FX_LINK);
    assert_int_equal(e->u.link.other, 9);
    assert_string_equal(e->u.link.type, "first");
    e = at(&w, 11, TEND_FX_STATE);
    assert_int_equal(e->u.fx.person, 0);
    assert_string_equal(e->u.state.name, "first");
    assert_string_equal(e->u.state.value, "second");
    e = at(&w, 12, TEND_FX_SCHEDULE);
    assert_string_equal(e->u.schedule.every, "year");
    assert_string_equal(e->u.schedule.from, "7d");
    assert_string_equal(e->u.schedule.at, "09:00");
    assert_string_equal(e->u.schedule.lead, "7d");
    assert_string_equal(e->u.schedule.catch_up, "skip");
    assert_string_equal(e->u.schedule.grace, "7d");
    assert_int_equal(e->u.schedule.most, 3);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_copies) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
