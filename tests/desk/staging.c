/* The staging file: blocks there and back, a cut-off end, a damaged middle, what waits.
 * Covers tend_staging_create, tend_staging_open, tend_staging_put, tend_staging_is,
 * tend_staging_text, tend_staging_list, tend_staging_close. */
#include "desk/staging.h"
#include "world.h"
#include <unistd.h>

static struct tend_error err;

static const char *database(struct tend_arena *arena, char *dir)
{
    assert_non_null(mkdtemp(dir));
    return tend_arena_printf(arena, "%s/people.db", dir);
}

static struct tend_staging *three(const char *db)
{
    struct tend_staging *s;

    assert_int_equal(tend_staging_create(&s, db, TEND_TEXT("first"), &err), TEND_OK);
    assert_non_null(s);
    assert_int_equal(s->next, 1);
    assert_int_equal(tend_staging_put(s, 'R', TEND_TEXT("some rows")), TEND_OK);
    assert_int_equal(tend_staging_put(s, 'E', TEND_TEXT("")), TEND_OK);
    return s;
}

static void there_and_back(void **state)
{
    char dir[] = "/tmp/tend-staging-XXXXXX";
    struct tend_arena arena = { 0 };
    const char *db = database(&arena, dir), *path;
    struct tend_staging *s = three(db), *other;
    struct tend_staging_left *left;
    struct tend_text text;
    int64_t n;

    (void)state;
    path = tend_arena_str(&arena, tend_text_of(s->path));
    assert_int_equal(tend_staging_open(&other, path, &err), TEND_BUSY);
    assert_int_equal(tend_staging_list(db, &arena, &left, &n), TEND_OK);
    assert_int_equal(n, 0);
    tend_staging_close(s, true);
    assert_int_equal(tend_staging_list(db, &arena, &left, &n), TEND_OK);
    assert_int_equal(n, 1);
    assert_string_equal(left[0].path, path);
    assert_true(tend_text_is(left[0].first, "first"));
    assert_int_equal(tend_staging_open(&s, path, &err), TEND_OK);
    assert_int_equal(s->block.n, 3);
    assert_int_equal(tend_staging_text(s, 1, &text), TEND_OK);
    assert_true(tend_text_is(text, "some rows"));
    assert_true(tend_staging_is(s, 1, 'R', TEND_TEXT("some rows")));
    assert_false(tend_staging_is(s, 1, 'E', TEND_TEXT("some rows")));
    assert_false(tend_staging_is(s, 1, 'R', TEND_TEXT("some rowz")));
    tend_staging_close(s, false);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(tend_staging_open(&s, path, &err), TEND_NOT_FOUND);
    assert_int_equal(rmdir(dir), 0);
    tend_arena_finish(&arena);
}

/* However it is cut off or damaged: what is whole before that stays, no more. */
static void cut_off_and_damaged(void **state)
{
    char dir[] = "/tmp/tend-staging-XXXXXX";
    struct tend_arena arena = { 0 };
    const char *db = database(&arena, dir);
    int64_t size = 0;

    (void)state;
    for (int64_t at = 0; at <= size; at++) {
        for (int damage = 0; damage < 2; damage++) {
            struct tend_staging *s = three(db);
            const char *path = tend_arena_str(&arena, tend_text_of(s->path));
            int64_t whole = 0;
            tend_status status;
            char c;

            size = s->end;
            for (int64_t i = 0; i < s->block.n; i++)
                whole += at >= s->block.at[i].at + s->block.at[i].len;
            if (!damage)
                assert_int_equal(ftruncate(s->fd, at), 0);
            else if (at < size && pread(s->fd, &c, 1, at) == 1) {
                c = (char)(c ^ 0x41);
                assert_int_equal(pwrite(s->fd, &c, 1, at), 1);
            }
            if (damage && at < 16)
                whole = 0;
            tend_staging_close(s, true);
            status = tend_staging_open(&s, path, &err);
            assert_int_equal(status, whole > 0 ? TEND_OK : TEND_INVALID);
            if (status == TEND_OK)
                assert_in_range(s->block.n, whole, whole + damage);
            if (status == TEND_OK)
                tend_staging_close(s, false);
            else
                unlink(path);
        }
    }
    rmdir(dir);
    tend_arena_finish(&arena);
}

static void without_a_place(void **state)
{
    struct tend_staging *s;

    (void)state;
    assert_int_equal(tend_staging_create(&s, ":memory:", TEND_TEXT(""), &err), TEND_OK);
    assert_null(s);
    assert_int_equal(tend_staging_create(&s, "/nowhere/at/all.db", TEND_TEXT(""), &err), TEND_OK);
    assert_null(s);
    assert_int_equal(tend_staging_create(&s, "pg://host/db", TEND_TEXT(""), &err), TEND_OK);
    assert_null(s);
    tend_staging_close(NULL, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(cut_off_and_damaged),
        cmocka_unit_test(without_a_place),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
