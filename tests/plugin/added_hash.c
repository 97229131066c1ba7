/* Covers tend_added_hash and tend_added_changed: a file of other bytes is told, one
 * that was only touched is not, and one of the same stamp is not read. */
#include "plugin/added.h"
#include "world.h"
#include <fcntl.h>
#include <sys/stat.h>

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void test_changed(void **state)
{
    struct tend_added added = { .name = "ant" };
    struct tend_added_file file = { .name = "ant.lua" };
    const struct timespec times[2] = { { 1000, 0 }, { 1000, 0 } };
    bool fresh = false;
    struct world w;

    (void)state;
    world_open(&w);
    added.path = world_file(&w, "ant.lua", "abc");
    assert_int_equal(tend_added_hash(added.path, &w.arena, &file, &w.err), TEND_OK);
    assert_string_equal(file.hash, ABC);
    TEND_PUSH(&added.file, file);
    assert_null(tend_added_changed(&added, &w.arena, &fresh));
    assert_false(fresh);

    assert_int_equal(utimensat(AT_FDCWD, added.path, times, 0), 0);
    assert_null(tend_added_changed(&added, &w.arena, &fresh));
    assert_true(fresh);
    fresh = false;
    assert_null(tend_added_changed(&added, &w.arena, &fresh));
    assert_false(fresh);

    world_file(&w, "ant.lua", "abd");       /* as long, and then as old, as it was */
    assert_int_equal(utimensat(AT_FDCWD, added.path, times, 0), 0);
    assert_string_equal(tend_added_changed(&added, &w.arena, &fresh), "ant.lua");

    added.file.at[0].hash = "another";      /* not looked at while the stamp is the same */
    world_file(&w, "ant.lua", "abc");
    assert_int_equal(tend_added_hash(added.path, &w.arena, &file, &w.err), TEND_OK);
    added.file.at[0].stamp = file.stamp;
    assert_null(tend_added_changed(&added, &w.arena, &fresh));

    added.path = tend_arena_printf(&w.arena, "%s/gone/ant.lua", w.dir);
    assert_string_equal(tend_added_changed(&added, &w.arena, &fresh), "ant.lua");
    assert_int_equal(tend_added_hash(added.path, &w.arena, &file, &w.err), TEND_NOT_FOUND);
    assert_int_equal(tend_added_hash(w.dir, &w.arena, &file, &w.err), TEND_INVALID);
    TEND_ARRAY_FINISH(&added.file);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_changed) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
