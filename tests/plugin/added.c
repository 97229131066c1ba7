/* Covers tend_added_read, _write, _find, _take, _remove and _finish: what is written is
 * read again, and a record that is damaged says where. */
#include "plugin/added.h"
#include "world.h"
#include <sys/stat.h>

#define HASH "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void fill(struct tend_added_list *list)
{
    struct tend_added *one = tend_added_take(list, TEND_TEXT("leadbarn"));

    one->path = "/home/ann lee/plugins/leadbarn.lua";
    one->from = "/tmp/a\\b\nc=d.lua";
    one->language = "lua";
    one->version = "1.0.0";
    one->author = "Mira <mira@example.com>";
    one->granted = "net:api.example.com files:\"~/My Leads\"";
    one->added = "2026-11-26T18:00:00Z";
    one->enabled = true;
    TEND_PUSH(&one->file, (struct tend_added_file){ "my file.lua", HASH, "1:2:3.4:5.6" });
    TEND_PUSH(&one->file, (struct tend_added_file){ "leadbarn.lua", HASH, "2:2:3.4:5.6" });
    one = tend_added_take(list, TEND_TEXT("cadence"));
    assert_false(one->enabled);
    assert_ptr_equal(tend_added_take(list, TEND_TEXT("cadence")), one);
}

static void test_there_and_back(void **state)
{
    struct tend_added_list list = { 0 }, again = { 0 };
    const struct tend_added *one;
    struct stat st;
    struct world w;
    const char *path;

    (void)state;
    world_open(&w);
    path = world_file(&w, "plugins", "");
    fill(&list);
    assert_int_equal(tend_added_write(path, &list, &w.err), TEND_OK);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(tend_added_read(path, &again, &w.err), TEND_OK);
    assert_int_equal(again.plugin.n, 2);
    one = tend_added_find(&again, TEND_TEXT("leadbarn"));
    assert_string_equal(one->path, "/home/ann lee/plugins/leadbarn.lua");
    assert_string_equal(one->from, "/tmp/a\\b\nc=d.lua");
    assert_string_equal(one->author, "Mira <mira@example.com>");
    assert_string_equal(one->granted, "net:api.example.com files:\"~/My Leads\"");
    assert_string_equal(one->added, "2026-11-26T18:00:00Z");
    assert_true(one->enabled);
    assert_false(one->native);
    assert_int_equal(one->file.n, 2);
    assert_string_equal(one->file.at[0].name, "my file.lua");
    assert_string_equal(one->file.at[0].hash, HASH);
    assert_string_equal(one->file.at[0].stamp, "1:2:3.4:5.6");
    one = tend_added_find(&again, TEND_TEXT("cadence"));
    assert_null(one->path);
    assert_false(one->enabled);
    tend_added_remove(&again, TEND_TEXT("leadbarn"));
    tend_added_remove(&again, TEND_TEXT("nobody"));
    assert_int_equal(again.plugin.n, 1);
    assert_null(tend_added_find(&again, TEND_TEXT("leadbarn")));
    tend_added_finish(&list);
    tend_added_finish(&again);
    world_close(&w);
}

static void refuses(struct world *w, const char *text, const char *part)
{
    struct tend_added_list list = { 0 };
    const char *path = world_file(w, "plugins", text);

    if (tend_added_read(path, &list, &w->err) == TEND_OK)
        fail_msg("taken: %s", text);
    assert_holds(w->err.text, part);
    tend_added_finish(&list);
}

static void test_damaged(void **state)
{
    struct tend_added_list list = { 0 };
    struct world w;

    (void)state;
    world_open(&w);
    /* none has been written yet */
    assert_int_equal(tend_added_read(tend_arena_printf(&w.arena, "%s/none", w.dir), &list, &w.err),
                     TEND_OK);
    assert_int_equal(list.plugin.n, 0);
    refuses(&w, "tend plugins 2\n", "line 1: \"tend plugins 2\" is no line of the record");
    refuses(&w, "tend plugins 1\npath = /x\n", "line 2");
    refuses(&w, "tend plugins 1\n\n[a]\nnonsense\n", "line 4: \"nonsense\"");
    refuses(&w, "tend plugins 1\n[a]\nfuture = yes\n", "line 3");
    refuses(&w, "tend plugins 1\n[a]\nenabled = maybe\n", "line 3");
    refuses(&w, "tend plugins 1\n[a]\n[a]\n", "line 3");
    refuses(&w, "tend plugins 1\n[a]\nfile = x " HASH "\n", "line 3");
    refuses(&w, "tend plugins 1\n[a]\nfile = x zzz 1:2\n", "line 3");
    refuses(&w, "tend plugins 1\n[a]\nfile = \n", "line 3");
    tend_added_finish(&list);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_there_and_back),
                                        cmocka_unit_test(test_damaged) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
