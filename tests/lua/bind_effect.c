/* Every effect as a table, and every way to get one wrong. Covers
 * bind_effect.c and what of bind_value.c and bind_table.c it uses. */
#include "fake.h"

static void with(const char *body, struct fake_call *call, struct tend_instance **plugin)
{
    char text[2048];

    snprintf(text, sizeof text,
             "return { policy = 'p', on = 'x', run = function(ctx, event)\n"
             "%s end }",
             body);
    *plugin = fake_load_text("p", text);
    assert_int_equal((*plugin)->status, TEND_OK);
    fake_begin(call, *plugin, "policy");
}

static void makes(const char *body, const char *log)
{
    struct fake_call call = { 0 };
    struct tend_instance *plugin;

    with(body, &call, &plugin);
    if (fake_policy(&call, "x") != TEND_OK)
        fail_msg("%s: %s", body, call.error);
    assert_string_equal(fake_log(&call), log);
    fake_end(&call);
    fake_unload(plugin);
}

static void refuses(const char *body, const char *message)
{
    struct fake_call call = { 0 };
    struct tend_instance *plugin;

    with(body, &call, &plugin);
    assert_int_equal(fake_policy(&call, "x"), TEND_INVALID);
    assert_has(call.error, message);
    assert_false(call.breach);
    fake_end(&call);
    fake_unload(plugin);
}

static void each(void **state)
{
    (void)state;
    makes("return { task = 'Call', key = 'k', window = '2d..7d', closed_by = 'reached', type = "
          "'call',"
          " why = 'w', anchor = ctx.now }",
          "task p12 key=k title=Call type=call window=2d..7d closed_by=reached why=w"
          " anchor=1796000000000000\n");
    makes("return { task = 'Call', key = 'k', closed_by = { 'reached', 'joined', 'x' } }",
          "task p12 key=k title=Call closed_by=reached joined x\n");
    makes("return { retime = 'k', window = '1d', why = 'w' }",
          "retime p12 key=k window=1d why=w\n");
    makes("return { done = 'k', why = 'w' }", "done p12 key=k why=w\n");
    makes("return { drop = 'k' }", "drop p12 key=k\n");
    makes("return { move = 'presented', track = 'opportunity', reason = 'r' }",
          "move p12 track=opportunity stage=presented reason=r\n");
    makes("return { hold = 'soft_no', till = '6w', track = 't', reason = 'r' }",
          "hold p12 track=t type=soft_no until=6w reason=r\n");
    makes("return { hold = 'not_now', ['until'] = '2027-01-11' }",
          "hold p12 type=not_now until=2027-01-11\n");
    makes("return { set = 'interest', value = 'business' }",
          "set p12 name=interest value=business\n");
    makes("return { tag = 'vip' }", "tag p12 text=vip\n");
    makes("return { untag = 'vip' }", "untag p12 text=vip\n");
    makes("return { note = 'text', key = 'n' }", "note p12 key=n text=text\n");
    makes("return { link = 30, type = 'spouse' }", "link p12 other=30 type=spouse\n");
    makes("for p in ctx:people('x') do ctx:emit { link = p, type = 'spouse' } end",
          "link p12 other=12 type=spouse\nlink p12 other=30 type=spouse\n");
    makes("return { state = 'seen', value = 'yes' }", "state p12 name=seen value=yes\n");
}

/* text, number, true, false and nil are five different things */
static void values(void **state)
{
    (void)state;
    makes("return { set = 'n', value = 0 }", "set p12 name=n value=0\n");
    makes("return { set = 'n', value = 1.5 }", "set p12 name=n value=1.5\n");
    makes("return { set = 'n', value = true }", "set p12 name=n value=yes\n");
    makes("return { set = 'n', value = false }", "set p12 name=n value=\n");
    makes("return { set = 'n', value = '' }", "set p12 name=n value=\n");
    makes("return { state = 'n', value = '' }", "state p12 name=n value=\n");
    makes("return { state = 'n', value = false }", "state p12 name=n value=NULL\n");
    makes("return { task = 7, key = 8 }", "task p12 key=8 title=7\n");
    refuses("return { set = 'n', value = nil }", "the effect \"set\" has no value; expected a text,"
                                                 " a number, or false for none");
    refuses("return { state = 'n' }", "the effect \"state\" has no value");
    refuses("return { set = 'n', value = {} }",
            "value of the effect \"set\" is a table; expected a text");
    refuses("return { tag = true }", "tag of the effect \"tag\" is a boolean; expected a text");
    refuses("return { tag = 'a\\0b' }", "has a NUL byte in it");
    refuses("return { task = 'x', key = 'k', anchor = 'tomorrow' }",
            "anchor of the effect \"task\" is a string; expected microseconds");
    refuses("return { task = 'x', key = 'k', closed_by = { {} } }",
            "closed_by of the effect \"task\"");
}

static void whom(void **state)
{
    (void)state;
    makes("return { tag = 'a', person = 30 }", "tag p30 text=a\n");
    makes("return { tag = 'a', person = ctx.person }", "tag p12 text=a\n");
    makes("return { state = 'cursor', value = 1, person = false }",
          "state p0 name=cursor value=1\n");
    refuses("return { tag = 'a', person = 'Ann' }",
            "person of an effect is a string; expected a person or an id");
    refuses("return { tag = 'a', person = -1 }", "expected a person or an id");
    refuses("return { link = 'p30' }", "link of the effect \"link\" is a string");
}

static void lists(void **state)
{
    (void)state;
    makes("return {}", "");
    makes("return false", "");
    makes("return { false, { tag = 'a' }, false, { tag = 'b' } }",
          "tag p12 text=a\ntag p12 text=b\n");
    refuses("return { {}, { tag = 'a' } }", "an effect is empty");
}

static void wrong_keys(void **state)
{
    (void)state;
    refuses("return { task = 'x', key = 'k', windw = '1d' }",
            "the effect \"task\" has no \"windw\"; did you mean \"window\"? It has: person key type"
            " window closed_by why anchor");
    refuses("return { tagg = 'x' }",
            "an effect has no \"tagg\"; did you mean \"tag\"? It has: task");
    refuses("return { zzzzzz = 1 }",
            "an effect has no \"zzzzzz\"; it has: task retime done drop move"
            " hold set tag untag note link state");
    refuses("return { task = 'x', key = 'k', tag = 'a' }", "an effect is one thing: this is ");
    refuses("return { tag = 'x', [2] = 'y' }", "an effect has a member without a name: [2]");
    refuses("ctx:emit('tag')", "an effect is a table, as { tag = \"vip\" }; this is a string");
    refuses("return { task = 'x' }", "a task needs a key"); /* what the host says */
    refuses("pcall(ctx.emit, { tag = 'a' }) error('still')", "still");
}

/* ctx:emit does the same at once, and an error of it can be caught */
static void emitted(void **state)
{
    (void)state;
    makes("ctx:emit { tag = 'a' } ctx.emit { tag = 'b' } return { tag = 'c' }",
          "tag p12 text=a\ntag p12 text=b\ntag p12 text=c\n");
    makes("local ok, why = pcall(ctx.emit, ctx, { task = 'x' }) return { note = why, key = 'k' }",
          "note p12 key=k text=a task needs a key\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each),  cmocka_unit_test(values),     cmocka_unit_test(whom),
        cmocka_unit_test(lists), cmocka_unit_test(wrong_keys), cmocka_unit_test(emitted),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
