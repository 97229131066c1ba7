/* What writing commands print: tend_write_begin, tend_write_me, tend_write_end,
 * tend_write_fail, tend_write_cure_mark, tend_write_who, tend_write_say, tend_write_json. */
#include "check.h"
#include "shell/write.h"

/* the one line: what was understood, its consequences, the undo handle */
static void one_line(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "add \"Susi Mayr\" zone=Europe/Vienna", 0);
    assert_string_equal(t.out, "p2 Susi Mayr: added, zone=Europe/Vienna -> listed (pipeline). "
                               "(undo: b2)\n");
    RUN(&t, "log susi presentation \"Tom was there\" at=\"thu 19:00\"", 0);
    assert_string_equal(t.out, "p2 Susi Mayr: presentation, Thu 19 Nov 19:00 -> presented "
                               "(pipeline). Follow up Sat 21 Nov to Thu 26 Nov (followup, t1). "
                               "(undo: b3)\n");
    RUN(&t, "done t1 \"wants it\" significant=yes", 0);
    SAYS(t.out, "t1 Follow up, p2 Susi Mayr: done");
    RUN(&t, "undo", 0);
    RUN(&t, "log susi call", 0);
    SAYS(t.out, "Closes \"Follow up\" (t1)");
    check_close(&t);
}

/* twelve consequences are named, the others counted; --json has all */
static void bounded(void **state)
{
    struct check_shell t;
    const char *at;
    int n = 0;

    (void)state;
    check_open(&t);
    for (int i = 0; i < 10; i++)
        RUN(&t, "add Friend", 0);
    RUN(&t, "log p2,p3,p4,p5,p6,p7,p8,p9,p10,p11 presentation", 0);
    SAYS(t.out, ". And 8 more. (undo: b");
    RUN(&t, "undo", 0);
    RUN(&t, "log p2,p3,p4,p5,p6,p7,p8,p9,p10,p11 presentation --json", 0);
    for (at = t.out; (at = strstr(at, "\"effect\":")) != NULL; at++)
        n++;
    assert_int_equal(n, 21);      /* the touch is one */
    check_close(&t);
}

/* --dry-run: the same line, and nothing written */
static void dry(void **state)
{
    struct check_shell t;
    char *wet;

    (void)state;
    check_open(&t);
    RUN(&t, "add Ann", 0);
    RUN(&t, "log ann presentation --dry-run", 0);
    SAYS(t.out, "Follow up");
    SAYS(t.out, "(dry run: nothing was written)");
    wet = strdup(t.out);
    *strstr(wet, " (dry run") = '\0';
    RUN(&t, "due --all", 0);
    assert_string_equal(t.out, "");
    RUN(&t, "log ann presentation", 0);
    assert_memory_equal(t.out, wet, strlen(wet));
    free(wet);
    RUN(&t, "add Bob --dry-run --json", 0);
    SAYS(t.out, "\"name\":\"Bob\"");
    SAYS(t.out, "\"batch\":null");
    SAYS(t.out, "\"dry_run\":true");
    RUN(&t, "count", 0);
    assert_string_equal(t.out, "1\n");
    check_close(&t);
}

/* vetoes: exit 4, each with its cure, also as JSON; then the cure helps */
static void vetoes(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "add Ann", 0);
    RUN(&t, "move ann prospect --json", 4);
    SAYS(t.out, "{\"vetoes\":[{\"plugin\":\"pipeline\",\"code\":");
    SAYS(t.errors, "vetoed by pipeline");
    SAYS(t.errors, "try: log p2 call");
    RUN(&t, "log ann call \"good talk\" significant=yes", 0);
    RUN(&t, "set ann interest=business", 0);
    RUN(&t, "move ann prospect", 0);
    SAYS(t.out, "p2 Ann: listed -> prospect (opportunity)");
    RUN(&t, "move ann prospect", 3);
    RUN(&t, "dnc ann", 0);
    RUN(&t, "plan ann call mon --json", 4);
    SAYS(t.out, "{\"vetoes\":[{\"plugin\":\"gate\"");
    SAYS(t.out, "\"cure\":\"dnc p2 --off\"");
    RUN(&t, "log ann call x next=mon --json", 4);
    SAYS(t.out, "\"cure\":\"dnc p2 --off\"");
    RUN(&t, "dnc p2 --off", 0);
    RUN(&t, "dnc ann call", 0);
    RUN(&t, "plan ann call mon", 4);
    SAYS(t.errors, "try: dnc p2 call --off\n");
    RUN(&t, "dnc p2 call --off", 0);
    RUN(&t, "plan ann call mon", 0);
    check_close(&t);
}

/* tend_write_me: once, and undoing the first command leaves them there */
static void me(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "show me", 1);
    RUN(&t, "log me training", 0);
    SAYS(t.out, "p1 mira: training");
    RUN(&t, "undo", 0);
    RUN(&t, "show me --json", 0);
    SAYS(t.out, "\"id\":1");
    RUN(&t, "undo", 1);
    check_close(&t);
}

/* tend_write_json: effects with ids under the name of their type */
static void effects(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "add Ann", 0);
    RUN(&t, "log ann presentation --json", 0);
    SAYS(t.out, "\"effect\":\"task\",\"task\":1,\"person\":2,\"plugin\":\"followup\"");
    SAYS(t.out, "\"opens\":\"2026-11-23T00:00:00+01:00\",\"closes\":\"2026-11-28T23:59:59+01:00\"");
    SAYS(t.out, "\"effect\":\"move\"");
    check_close(&t);
}

/* tend_write_json_of: of several people each gets the effects on them alone */
static void effects_each(void **state)
{
    struct check_shell t;
    const char *second;

    (void)state;
    check_open(&t);
    RUN(&t, "add Ann", 0);
    RUN(&t, "add Bob", 0);
    RUN(&t, "tag p2,p3 +x --json", 0);
    second = strstr(t.out, "{\"person\":3,");
    assert_non_null(second);
    assert_null(strstr(second, "\"person\":2"));
    SAYS(second, "\"effect\":\"tag\"");
    RUN(&t, "set --where name:bob tag+=q", 0);
    SAYS(t.out, "p3 Bob: tag+=q");
    RUN(&t, "tag p2 +", 2);
    SAYS(t.errors, "which tag?");
    check_close(&t);
}

/* tend_write_who */
static void who(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "add \"Ann Lee\"", 0);
    assert_string_equal(tend_write_who(&t.shell, 2), "p2 Ann Lee");
    check_close(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(one_line), cmocka_unit_test(bounded), cmocka_unit_test(dry), cmocka_unit_test(vetoes),
    cmocka_unit_test(me),       cmocka_unit_test(effects), cmocka_unit_test(effects_each), cmocka_unit_test(who),
};
CHECK_MAIN(tests)
