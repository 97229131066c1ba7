/* Covers tend_module_open and tend_module_name_ok: every refusal of the
 * handshake, and that a replaced file is another module. */
#include "check.h"

static void test_good(void **state)
{
    const char *dir = own_tmpdir();
    struct tend_module module;
    struct tend_error err = { 0 };

    (void)state;
    assert_int_equal(tend_module_open(built("good"), &module, &err), TEND_OK);
    assert_non_null(module.handle);
    assert_string_equal(module.record->name, "handshake");
    assert_string_equal(module.record->version, "1.0.0");
    assert_true(module.size > 1000);
    assert_true(module.mtime > 0);
    assert_true(module.hash != 0);
    assert_int_equal(count_entries(dir), 0);
    rmdir(dir);
}

static void refused(const char *name, tend_status status, const char *part, const char *more)
{
    const char *dir = own_tmpdir();
    struct tend_module module;
    struct tend_error err = { 0 };

    assert_int_equal(tend_module_open(built(name), &module, &err), status);
    assert_null(module.record);
    assert_int_equal(err.code, status);
    assert_holds(err.text, built(name));
    assert_holds(err.text, part);
    assert_holds(err.text, more);
    assert_int_equal(count_entries(dir), 0);
    rmdir(dir);
}

static void test_refusals(void **state)
{
    (void)state;
    refused("no_symbol", TEND_INVALID, "is no plugin of tend", "tend_plugin_entry");
    refused("no_record", TEND_INVALID, "is no plugin", "returned no record");
    refused("small", TEND_INVALID, "has 40 bytes", "build it again");
    refused("old_abi", TEND_UNSUPPORTED, "the plugin is older", "get a newer version");
    refused("new_abi", TEND_UNSUPPORTED, "tend is older", "install a newer tend");
    refused("wrong_build", TEND_UNSUPPORTED, "ilp32be", TEND_BUILD);
    refused("new_api", TEND_UNSUPPORTED, "needs API level 99", "tend is older");
    refused("bad_name", TEND_INVALID, "\"Bad-Name\"", "a-z 0-9 -");
    refused("no_init", TEND_INVALID, "no init", "provides nothing");
}

static void test_no_module(void **state)
{
    const char *dir = own_tmpdir();
    struct tend_module module;
    struct tend_error err = { 0 };
    char path[4200];
    FILE *file;

    (void)state;
    assert_int_equal(tend_module_open(built("nothing-here"), &module, &err), TEND_NOT_FOUND);
    assert_holds(err.text, "cannot be opened");
    assert_int_equal(tend_module_open(dir, &module, &err), TEND_INVALID);
    assert_holds(err.text, "is not a file");
    snprintf(path, sizeof path, "%s/text.so", dir);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs("this is no module\n", file);
    fclose(file);
    assert_int_equal(tend_module_open(path, &module, &err), TEND_INVALID);
    assert_holds(err.text, "cannot be loaded as a module");
    assert_null(strstr(err.text, "tend-module-"));
    assert_int_equal(count_entries(dir), 1);
    remove(path);
    rmdir(dir);
}

/* dlopen of the same path would give the old image. */
static void test_replaced(void **state)
{
    const char *dir = own_tmpdir();
    struct tend_module old, new, again;
    struct tend_error err = { 0 };
    char path[4200];

    (void)state;
    snprintf(path, sizeof path, "%s/same.so", dir);
    put_file(path, built("good"));
    assert_int_equal(tend_module_open(path, &old, &err), TEND_OK);
    put_file(path, built("other"));
    assert_int_equal(tend_module_open(path, &new, &err), TEND_OK);
    assert_string_equal(old.record->name, "handshake");
    assert_string_equal(new.record->name, "other");
    assert_true(old.hash != new.hash);
    assert_int_equal(tend_module_open(path, &again, &err), TEND_OK);
    assert_true(again.record != new.record);
    assert_true(again.hash == new.hash);
    remove(path);
    rmdir(dir);
}

static void test_names(void **state)
{
    (void)state;
    assert_true(tend_module_name_ok("a"));
    assert_true(tend_module_name_ok("first-week-2"));
    assert_true(tend_module_name_ok("abcdefghijklmnopqrstuvwxyzabcdefghijklmn"));
    assert_false(tend_module_name_ok("abcdefghijklmnopqrstuvwxyzabcdefghijklmno"));
    assert_false(tend_module_name_ok(NULL));
    assert_false(tend_module_name_ok(""));
    assert_false(tend_module_name_ok("-a"));
    assert_false(tend_module_name_ok("2a"));
    assert_false(tend_module_name_ok("a_b"));
    assert_false(tend_module_name_ok("a/b"));
    assert_false(tend_module_name_ok("\xc3\xa9"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),     cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_no_module), cmocka_unit_test(test_replaced),
        cmocka_unit_test(test_names),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
