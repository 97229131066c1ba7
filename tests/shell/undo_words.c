/* What was taken back, in words: tend_undo_words, tend_undo_row. */
#include "check.h"
#include "shell/undo_words.h"

static void said(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "undo", 1);
    RUN(&t, "add \"Ann Lee\"", 0);
    RUN(&t, "log ann presentation", 0);
    RUN(&t, "undo --dry-run", 0);
    SAYS(t.out, "Took back b3: log p2 Ann Lee: 1 touch, 1 stage change, 1 task. (dry run");
    RUN(&t, "undo", 0);
    assert_string_equal(t.out, "Took back b3: log p2 Ann Lee: 1 touch, 1 stage change, 1 task. "
                               "(redo does it again)\n");
    RUN(&t, "redo", 0);
    SAYS(t.out, "Did again what was undone by b4: ");
    RUN(&t, "history --most 0", 2);
    RUN(&t, "history --most -1", 2);
    RUN(&t, "history --most 1", 0);
    check_close(&t);
}

/* what is kept is named as people know it */
static void kept(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "add \"Ann Lee\"", 0);
    RUN(&t, "set p2 \"name=Ann Leigh\" source=gym", 0);
    RUN(&t, "set p2 \"name=Anne Leigh\"", 0);
    RUN(&t, "undo b3", 5);
    SAYS(t.errors, "left as it is: p2 Anne Leigh: name, which b4 changed later");
    assert_string_equal(tend_undo_row(&t.shell, TEND_T_task, 7), "task t7");
    assert_string_equal(tend_undo_row(&t.shell, TEND_T_note, 7), "note 7");
    check_close(&t);
}

static const struct CMUnitTest tests[] = { cmocka_unit_test(said), cmocka_unit_test(kept) };
CHECK_MAIN(tests)
