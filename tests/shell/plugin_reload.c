/* Reloads in a running program: what serves when, what is handed over, what waits,
 * and that ten thousand of them leave nothing behind. Covers tend_registry_reload,
 * tend_registry_wanted, tend_plugin_reload, tend_plugin_watch_start, _turn. */
#include "check.h"
#include "base/interrupt.h"
#include "plugin/reload.h"
#include "shell/plugin_watch.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifdef SANITIZED                /* it keeps what was freed, so that there is no size to look at */
#define RELOADS 500
#else
#define RELOADS 10000
#endif

static char folder[64];

static void write_file(const char *name, const char *text)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void open_with(struct check_shell *t, const char *name, const char *text)
{
    strcpy(folder, "/tmp/tend-reload-XXXXXX");
    assert_non_null(mkdtemp(folder));
    write_file(name, text);
    check_open(t);
    TEND_PUSH(&t->shell.options.plugin_dir, folder);
}

static void close_all(struct check_shell *t)
{
    char command[96];

    check_close(t);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

#define HELLO(text, rest) \
    "return { command = 'hello', summary = 's', " rest " run = function() return { print = " text \
    " } end }"

static void broken_file(void **state)
{
    struct check_shell t;

    (void)state;
    open_with(&t, "hello.lua", HELLO("'one'", ""));
    RUN(&t, "hello", 0);
    SAYS(t.out, "one");
    write_file("hello.lua", "return {\n\n  command = }");
    RUN(&t, "plugin reload hello", 1);
    SAYS(t.errors, "serves on: hello.lua:3:");
    RUN(&t, "hello", 0);
    SAYS(t.out, "one");
    write_file("hello.lua", "return { command = 'other', summary = 's', run = print }");
    RUN(&t, "plugin reload hello", 1);
    SAYS(t.errors, "a plugin keeps its name");
    write_file("hello.lua", HELLO("'two'", ""));
    RUN(&t, "hello; plugin reload hello; hello; hello", 0);
    SAYS(t.out, "one\nplugin hello is loaded anew\ntwo\ntwo\n");
    write_file("hello.lua", "return { plugin = 'hello', provides = { { command = 'hallo', summary = "
                            "'s', run = function() return { print = 'three' } end } } }");
    RUN(&t, "plugin reload hello; hello", 2);
    RUN(&t, "hallo", 0);
    SAYS(t.out, "three");
    RUN(&t, "plugin reload hell", 2);
    SAYS(t.errors, "did you mean hello?");
    close_all(&t);
}

static void state_goes_over(void **state)
{
    static const char *const good =
        "local v = {}\n"
        "return { command = 'hello', summary = 's', state_version = 7,\n"
        "  run = function() v.n = (v.n or 0) + 1 return { print = v.n .. (v.got or '') } end,\n"
        "  save = function() return { n = v.n, f = 0.1, big = math.mininteger, nan = 0/0,\n"
        "    list = { 1, 2, { x = 'a\\0b' } }, yes = true, [5] = false } end,\n"
        "  restore = function(ctx, o, version)\n"
        "    assert(version == 7 and o.f == 0.1 and o.big == math.mininteger and o.nan ~= o.nan)\n"
        "    assert(#o.list == 3 and o.list[3].x == 'a\\0b' and o.yes == true and o[5] == false)\n"
        "    assert(math.type(o.n) == 'integer') v = { n = o.n, got = '!' } end }\n";
    static const struct {
        const char *kept, *message;
    } refused[] = {
        { "{ a = { print } }", "hello.lua:2: value.a[1] is a function" },
        { "setmetatable({}, {})", "value is a table with a metatable" },
        { "{ [1.5] = 1 }", "a key that is a number; expected texts and whole numbers" },
        { "(function() local t = {} t.x = { t } return t end)()",
          "value.x[1] is a table that it stands in itself" },
        { "(function() local t = {} for i = 1, 99 do t = { t } end return t end)()",
          "tables deep" },
        { "('x'):rep(2^20 + 1)", "more than 1048576 bytes" },
        { "(function() local t = {} for i = 1, 2^17 do t[i] = i end return t end)()",
          "more than 1048576 bytes" },
        { "error 'no'", "its save failed: hello.lua:2: no" },
        { "(function() while true do end end)()", "its save failed" },
    };
    struct check_shell t;
    char text[512];

    (void)state;
    open_with(&t, "hello.lua", good);
    RUN(&t, "hello", 0);
    RUN(&t, "plugin reload hello", 0);
    SAYS(t.out, "with what the old one kept");
    RUN(&t, "hello", 0);
    SAYS(t.out, "2!");
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        snprintf(text, sizeof text, HELLO("'kept'", "\nsave = function() return %s end,"),
                 refused[i].kept);
        write_file("hello.lua", text);
        tend_shell_close(&t.shell);
        RUN(&t, "hello", 0);
        RUN(&t, "plugin reload hello", 1);
        SAYS(t.errors, refused[i].message);
        RUN(&t, "hello", 0);
        SAYS(t.out, "kept");
    }
    close_all(&t);
}

/* While it reads, somebody asks for it anew. */
static void ask_midway(void *data, int32_t level, const char *plugin, const char *text)
{
    struct check_shell *t = data;
    struct tend_reload reload;

    (void)level;
    if (strcmp(plugin, "rows") != 0)
        return;
    if (strcmp(text, "stop") == 0) {
        tend_interrupt_ask();
        return;
    }
    assert_int_equal(tend_registry_reload(t->shell.registry, TEND_TEXT("rows"), &reload), TEND_OK);
    assert_true(reload.waits);
    assert_null(tend_registry_wanted(t->shell.registry));
}

#define ROWS(midway)                                                                       \
    "return { lead_source = 'rows', sniff = function() return 0 end,\n"                    \
    "  read = function(ctx, input) local n = 0\n"                                          \
    "    for line in input:lines() do n = n + 1 if n == 2 then " midway " end\n"           \
    "      ctx:row { name = line } end end }\n"

static int64_t resident(void)
{
    long pages = 0, ignored;
    FILE *file = fopen("/proc/self/statm", "r");

    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld", &ignored, &pages), 2);
    fclose(file);
    return (int64_t)pages * sysconf(_SC_PAGESIZE);
}

static void reload_often(struct check_shell *t, const char *name, int32_t n)
{
    struct tend_reload reload;
    int64_t at_half = 0;

    for (int32_t i = 1; i <= n; i++) {
        if (tend_registry_reload(t->shell.registry, tend_text_of(name), &reload) != TEND_OK)
            fail_msg("reload %d: %s", i, t->shell.err.text);
        if (i == n / 2)         /* the heap has found its size by then */
            at_half = resident();
    }
#ifndef SANITIZED
    if (n >= 1000 && resident() > at_half + 128 * 1024)
        fail_msg("%lld bytes more than after %d reloads", (long long)(resident() - at_half), n / 2);
#else
    (void)at_half;
#endif
}

static void waits_for_its_call(void **state)
{
    struct check_shell t;
    char line[128];

    (void)state;
    open_with(&t, "rows.lua", ROWS("print 'now'"));
    write_file("list.rows", "Ann One\nBob Two\nCara Three\n");
    RUN(&t, "plugin list", 0);
    tend_registry_log(t.shell.registry, ask_midway, &t);
    snprintf(line, sizeof line, "import --from rows %s/list.rows", folder);
    RUN(&t, line, 0);
    assert_null(tend_registry_wanted(t.shell.registry));    /* it was done when the line was over */
    RUN(&t, "plugin reload rows --json", 0);
    SAYS(t.out, "\"times\":2");
    RUN(&t, "count", 0);
    SAYS(t.out, "3");
    close_all(&t);
}

/* A timer waits and an import was interrupted, while its plugins are loaded anew
 * thousands of times: nothing is lost, nothing comes twice, nothing is left behind. */
static void ten_thousand(void **state)
{
    struct check_shell t;
    char line[128];

    (void)state;
    open_with(&t, "rows.lua", ROWS("print 'stop'"));
    write_file("list.rows", "Ann One\nBob Two\nCara Three\n");
    write_file("waker.lua",
               "local n = 0\n"
               "return { policy = 'waker', on = { 'touch.logged', 'waker.again' },\n"
               "  save = function() return n end, restore = function(_, v) n = v + 1 end,\n"
               "  run = function(ctx, event)\n"
               "    if event.schedule then return { task = 'woken ' .. n, key = 'woken',\n"
               "      window = '0d..1d' } end\n"
               "    return { schedule = 'again', from = '1d', at = '09:00' } end }\n");
    RUN(&t, "add Zoe", 0);
    RUN(&t, "log zoe call", 0);
    tend_registry_log(t.shell.registry, ask_midway, &t);
    snprintf(line, sizeof line, "import --from rows %s/list.rows", folder);
    RUN(&t, line, 130);
    tend_interrupt_clear();
    write_file("rows.lua", ROWS(""));
    reload_often(&t, "waker", RELOADS);
    reload_often(&t, "rows", RELOADS / 10);
    write_file("waker.lua", "return {");
    RUN(&t, "plugin reload waker", 1);
    RUN(&t, line, 0);
    RUN(&t, "count", 0);
    SAYS(t.out, "4");
    RUN(&t, "due --all --json", 0);
    assert_null(strstr(t.out, "woken"));
    RUN(&t, "tick --until 2026-11-24T12:00", 0);
    RUN(&t, "due --all --json", 0);
    snprintf(line, sizeof line, "woken %d", RELOADS);
    SAYS(t.out, line);
    assert_null(strstr(strstr(t.out, line) + 1, "woken "));
    close_all(&t);
}

static void module_copies(void **state)
{
    struct check_shell t;
    struct tend_reload reload;
    char path[512];

    (void)state;
    check_open(&t);
    snprintf(path, sizeof path, "%s/keeper.so", getenv("TEND_TEST_MODULES"));
    RUN(&t, "plugin list", 0);
    assert_int_equal(tend_registry_load_file(t.shell.registry, path), TEND_OK);
    RUN(&t, "keeper", 0);
    SAYS(t.out, "one");
    for (int i = 0; i < 20; i++) {
        assert_int_equal(tend_registry_reload(t.shell.registry, TEND_TEXT("keeper"), &reload),
                         TEND_OK);
        assert_true(reload.carried);
        assert_int_equal(reload.bytes, sizeof(int32_t));
    }
    RUN(&t, "keeper", 0);
    SAYS(t.out, "two");
    RUN(&t, "plugin reload keeper", 0);
    SAYS(t.errors, "21 copies of its code stay in memory");
    check_close(&t);
}

static void watching(void **state)
{
    struct check_shell t;

    (void)state;
    open_with(&t, "hello.lua", HELLO("'one'", ""));
    RUN(&t, "plugin reload --watch", 0);
    RUN(&t, "hello", 0);
    write_file("new.lua", HELLO("'three'", ""));
    write_file("hello.lua", HELLO("'twos'", ""));
    tend_plugin_watch_turn(&t.shell, true);
    RUN(&t, "hello", 0);
    SAYS(t.out, "twos");
    {
        char from[128], to[128];

        snprintf(from, sizeof from, "%s/new.lua", folder);
        snprintf(to, sizeof to, "%s/hello.lua", folder);
        assert_int_equal(rename(from, to), 0);
    }
    tend_plugin_watch_turn(&t.shell, true);
    RUN(&t, "hello", 0);
    SAYS(t.out, "three");
    RUN(&t, "plugin reload --no-watch", 0);
    write_file("hello.lua", HELLO("'four'", ""));
    tend_plugin_watch_turn(&t.shell, true);
    RUN(&t, "hello", 0);
    SAYS(t.out, "three");
    close_all(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(broken_file),        cmocka_unit_test(state_goes_over),
        cmocka_unit_test(waits_for_its_call), cmocka_unit_test(ten_thousand),
        cmocka_unit_test(module_copies),      cmocka_unit_test(watching),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
