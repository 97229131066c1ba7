/* Lead sources in Lua. Covers bind_source.c, bind_input.c, bind_row.c. */
#include "fake.h"

static void good(void **state)
{
    static const char *const lines[] = {
        "Ann Lee;ann@example.com;555 0100", "", "broken", "raw", "Bob Ray;;", NULL
    };
    struct tend_instance *plugin = fake_load("pairs-file");
    struct fake_call call = { 0 };
    struct tend_input input = { .lines = lines };
    const struct tend_lead_source *source;

    (void)state;
    if (plugin->status != TEND_OK)
        fail_msg("%s", plugin->err.text);
    source = fake_record(plugin, "lead_source")->record;
    assert_string_equal(source->name, "pairs-file");
    assert_string_equal(source->title, "names and addresses");
    fake_begin(&call, plugin, "lead_source");
    if (fake_read(&call, &input) != TEND_OK)
        fail_msg("%s", call.error);
    assert_string_equal(
        fake_log(&call),
        "layout pairs\n"
        "row 1 email=ann@example.com name=Ann Lee pairs.line=3 phone=555 0100[mobile]\n"
        "row 3 reject pairs.fields 2 expected name;email;phone\n"
        "row 4 at 7 raw=as it stands name=Ann\n"
        "row 5 name=Bob Ray pairs.line=3\n");
    fake_end(&call);
    fake_unload(plugin);
}

static void sniffs(void **state)
{
    struct tend_instance *plugin = fake_load("pairs-file");
    struct fake_call call = { 0 };
    const struct tend_lead_source *source;

    (void)state;
    fake_begin(&call, plugin, "lead_source");
    source = call.provided->record;
    assert_int_equal(source->sniff(&call.ctx, TEND_TEXT("a;b;c"), TEND_TEXT("x.pairs")), 90);
    assert_int_equal(source->sniff(&call.ctx, TEND_TEXT("a;b;c"), TEND_TEXT("x.csv")), 10);
    assert_int_equal(source->sniff(&call.ctx, TEND_TEXT(""), TEND_TEXT("")), 0);
    fake_end(&call);
    fake_unload(plugin);
}

static struct tend_instance *source_of(const char *sniff, const char *read)
{
    char text[2048];

    snprintf(text, sizeof text,
             "return { lead_source = 's', sniff = %s, read = function(ctx, input)\n"
             "%s end }",
             sniff, read);
    return fake_load_text("s", text);
}

static void odd_sniffs(void **state)
{
    const struct {
        const char *sniff;
        int32_t sure;
        const char *message;
    } cases[] = {
        { "nil", 0, "" },
        { "function() end", 0, "" },
        { "function() return false end", 0, "" },
        { "function() return 55.5 end", 55, "" },
        { "function() return 101 end", TEND_INVALID,
          "sniff returned 101; expected a number from 0 to 100" },
        { "function() return 0/0 end", TEND_INVALID, "expected a number from 0 to 100" },
        { "function() return 'yes' end", TEND_INVALID, "sniff returned string; expected a number" },
        { "function(ctx) return ctx:get(1, 'name') end", TEND_INVALID,
          "no person can be read here" },
        { "function(ctx) ctx:emit { tag = 'a', person = 1 } end", TEND_INVALID,
          "no effects can be made here" },
        { "function() while true do end end", TEND_TIMEOUT, "was stopped" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_instance *plugin = source_of(cases[i].sniff, "");
        struct fake_call call = { 0 };

        fake_begin(&call, plugin, "lead_source");
        assert_int_equal(((const struct tend_lead_source *)call.provided->record)
                             ->sniff(&call.ctx, TEND_TEXT("x"), TEND_TEXT("y")),
                         cases[i].sure);
        assert_has(call.error, cases[i].message);
        fake_end(&call);
        fake_unload(plugin);
    }
}

static void read_refuses(const char *read, const char *const *lines, tend_status status,
                         const char *message, const char *log)
{
    struct tend_instance *plugin = source_of("nil", read);
    struct fake_call call = { 0 };
    struct tend_input input = { .lines = lines };

    if (plugin->status != TEND_OK)
        fail_msg("%s", plugin->err.text);
    fake_begin(&call, plugin, "lead_source");
    assert_int_equal(fake_read(&call, &input), status);
    assert_has(call.error, message);
    assert_string_equal(fake_log(&call), log);
    fake_end(&call);
    fake_unload(plugin);
}

/* a wrong row leaves none half built, and can be caught */
static void wrong_rows(void **state)
{
    static const char *const none[] = { NULL };

    (void)state;
    read_refuses("ctx.row { name = 'Ann', email = print }", none, TEND_INVALID,
                 "row: \"email\" is a function; expected a text, { value =, label = } or a list",
                 "");
    read_refuses("ctx.row { name = { value = 'x', labl = 'y' } }", none, TEND_INVALID,
                 "name has no \"labl\"; did you mean \"label\"?", "");
    read_refuses("ctx.row { phone = { { value = {} } } }", none, TEND_INVALID,
                 "row: \"phone\" is a table", "");
    read_refuses("ctx.row { 'Ann' }", none, TEND_INVALID, "row: a field has no name", "");
    read_refuses("ctx.row('Ann')", none, TEND_INVALID, "ctx.row: row is a string; expected a table", "");
    read_refuses("ctx.row { name = 'Ann', line = 'x' }", none, TEND_INVALID,
                 "row: \"line\" is a string", "");
    read_refuses("pcall(ctx.row, { name = print }) ctx.row { name = 'Ann' }", none, TEND_OK, "",
                 "row 0 name=Ann\n");
    read_refuses("ctx.reject(nil, 'x')", none, TEND_INVALID,
                 "reject: code is missing; expected a text", "");
    read_refuses("ctx.reject { code = 'c', txt = 'x' }", none, TEND_INVALID,
                 "did you mean \"text\"?", "");
    read_refuses("ctx.reject { code = 'c', text = 'x', column = 2, line = 9, raw = 'r' }", none,
                 TEND_OK, "", "row 0 at 9 raw=r reject c 2 x\n");
    read_refuses("return { { name = 'Ann' } }", none, TEND_INVALID,
                 "read returned a table; expected nothing: rows are given with ctx.row", "");
    read_refuses("input:lnes()", none, TEND_INVALID,
                 "input has no \"lnes\"; did you mean \"lines\"?", "");
    read_refuses("input.lines()", none, TEND_INVALID, "input expected, got no value", "");
}

/* what the host says stops the reading, even in pcall, and is not the plugin's fault */
static void host_stops(void **state)
{
    static const char *const broken[] = { "a", "!", NULL };
    static const char *const many[] = { "a", "b", "c", "d", NULL };
    struct tend_instance *plugin;
    struct fake_call call = { 0 };
    struct tend_input input = { .lines = many, .refuse_after = TEND_CANCELLED };

    (void)state;
    read_refuses(
        "while true do pcall(function() for l in input:lines() do ctx.row { name = l } end end)"
        " end",
        broken, TEND_IO, "the file cannot be read", "row 1 name=a\n");
    plugin = source_of("nil", "for l in input:blocks() do pcall(ctx.row, { name = l }) end");
    fake_begin(&call, plugin, "lead_source");
    assert_int_equal(fake_read(&call, &input), TEND_CANCELLED);
    assert_string_equal(call.error, "the host has had enough");
    assert_string_equal(fake_log(&call), "row 1 name=a\nrow 2 name=b\n");
    assert_false(call.breach);
    fake_end(&call);
    fake_unload(plugin);
}

/* the budget is of a row, not of the file */
static void budget(void **state)
{
    static const char *many[151];
    struct tend_instance *plugin = source_of(
        "nil", "for l in input:lines() do for i = 1, 200000 do end ctx.row { name = l } end");
    struct fake_call call = { .budget = 50000 };
    struct tend_input input = { .lines = many };

    (void)state;
    for (int i = 0; i < 150; i++)
        many[i] = "x";
    fake_begin(&call, plugin, "lead_source");
    if (fake_read(&call, &input) != TEND_OK)
        fail_msg("%s", call.error);
    assert_int_equal(input.rows, 150);
    assert_true(call.took > call.budget);
    fake_end(&call);
    fake_unload(plugin);
}

/* an input is of its call */
static void kept(void **state)
{
    static const char *const lines[] = { "a", NULL };
    struct tend_instance *plugin = fake_load_text(
        "s", "local kept return { lead_source = 's', read = function(ctx, input)\n"
             "kept = kept or input local l = kept:line() assert(kept:line() == nil) end }");
    struct fake_call call = { 0 };
    struct tend_input input = { .lines = lines };

    (void)state;
    fake_begin(&call, plugin, "lead_source");
    assert_int_equal(fake_read(&call, &input), TEND_OK);
    assert_int_equal(fake_read(&call, &input), TEND_INVALID);
    assert_has(call.error, "this input is of a call that is over");
    fake_end(&call);
    fake_unload(plugin);
}

static const char nested_plugin[] =
    "return { plugin = 'both', provides = {\n"
    "{ lead_source = 's', read = function(ctx, input)\n"
    "  for line in input:lines() do\n"
    "    ctx.row { name = line }\n"
    "    ctx.row { name = line .. input:map('Handy') }\n"
    "  end end },\n"
    "{ normaliser = 'n', field = 'email', key = function(ctx, value)\n"
    "  if value == 'loop' then while true do end end\n"
    "  assert(not pcall(function() return ctx.row { name = 'x' } end))\n"
    "  return value .. '!' end } } }";

static tend_status nested_status;
static char nested_key[32];

static void normalise(struct tend_input *in)
{
    struct tend_text value = tend_text_of(in->rows == 2 ? "loop" : "key"), key = { "", 0 };
    struct fake_call call = { 0 };

    fake_begin(&call, in->call->instance, "normaliser");
    nested_status = ((const struct tend_normaliser *)call.provided->record)
                        ->keys(&call.ctx, 1, &value, NULL, &key);
    snprintf(nested_key, sizeof nested_key, "%.*s", TEND_FMT(key));
    fake_end(&call);
}

/* a normaliser asked while a source of the same plugin waits for its row; one
 * that is stopped leaves the source alone */
static void nested(void **state)
{
    static const char *const lines[] = { "a", "b", NULL };
    struct tend_instance *plugin = fake_load_text("both", nested_plugin);
    struct fake_call call = { 0 };
    struct tend_input input = { .lines = lines, .at_end = normalise };

    (void)state;
    if (plugin->status != TEND_OK)
        fail_msg("%s", plugin->err.text);
    fake_begin(&call, plugin, "lead_source");
    if (fake_read(&call, &input) != TEND_OK)
        fail_msg("%s", call.error);
    assert_string_equal(fake_log(&call), "row 1 name=a\nrow 1 name=aphone\n"
                                         "row 2 name=b\nrow 2 name=bphone\n");
    assert_int_equal(nested_status, TEND_OK);
    assert_string_equal(nested_key, "key!");
    fake_end(&call);

    input = (struct tend_input){ .lines = lines, .at_end = normalise, .rows = 2 };
    call = (struct fake_call){ 0 };
    fake_begin(&call, plugin, "lead_source");
    assert_int_equal(fake_read(&call, &input), TEND_OK);
    assert_int_equal(input.rows, 6);
    fake_end(&call);
    fake_unload(plugin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good),       cmocka_unit_test(sniffs),     cmocka_unit_test(odd_sniffs),
        cmocka_unit_test(wrong_rows), cmocka_unit_test(host_stops), cmocka_unit_test(budget),
        cmocka_unit_test(kept),       cmocka_unit_test(nested),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
