/* References: tend_ref_typed, tend_ref_word, tend_ref_person, tend_ref_people,
 * tend_ref_tasks, tend_ref_batch, tend_ref_any, tend_ref_filter,
 * tend_ref_remember, tend_ref_last. */
#include "check.h"
#include "shell/ref.h"

static void people(struct check_shell *t)
{
    RUN(t, "add \"Ann Lee\" phone=\"+1 212 555 0101\" email=Ann@example.com", 0);
    RUN(t, "add \"Susi Mayr\"", 0);
    RUN(t, "add \"Susi Berg\" region=AT phone=\"+43 664 5551234\"", 0);
    RUN(t, "add \"Jos\xc3\xa9 N\xc3\xba\xc3\xb1" "ez\"", 0);
    RUN(t, "add Ann", 0);
}

/* tend_ref_typed, tend_ref_word */
static void typed(void **state)
{
    enum tend_ref_kind kind;
    tend_id id;

    (void)state;
    assert_true(tend_ref_typed(TEND_TEXT("p12"), &kind, &id));
    assert_int_equal(kind, TEND_REF_PERSON);
    assert_int_equal(id, 12);
    assert_true(tend_ref_typed(TEND_TEXT("P0012"), &kind, &id));
    assert_int_equal(id, 12);
    assert_true(tend_ref_typed(TEND_TEXT("c4"), &kind, &id));
    assert_int_equal(kind, TEND_REF_TOUCH);
    assert_false(tend_ref_typed(TEND_TEXT("12"), &kind, &id));
    assert_false(tend_ref_typed(TEND_TEXT("x12"), &kind, &id));
    assert_false(tend_ref_typed(TEND_TEXT("p"), &kind, &id));
    assert_false(tend_ref_typed(TEND_TEXT("p0"), &kind, &id));
    assert_false(tend_ref_typed(TEND_TEXT("p12x"), &kind, &id));
    assert_false(tend_ref_typed(TEND_TEXT("p99999999999999999999"), &kind, &id));
    assert_string_equal(tend_ref_word(TEND_REF_BATCH), "a batch");
}

struct ref_case {
    const char *ref;
    tend_id want;               /* 0: see status */
    tend_status status;
};

/* tend_ref_person */
static void person(void **state)
{
    static const struct ref_case cases[] = {
        { "p2", 2, 0 },
        { "2", 2, 0 },
        { "me", 1, 0 },
        { "lee", 2, 0 },
        { "ann l", 2, 0 },
        { "ann.l", 2, 0 },
        { "ANN LEE", 2, 0 },
        { "ann", 6, 0 },                /* the only one whose whole name it is */
        { "susi m", 3, 0 },
        { "jose", 5, 0 },
        { "NUNEZ", 5, 0 },
        { "ann@example.com", 2, 0 },
        { "+12125550101", 2, 0 },
        { "+1 (212) 555-0101", 2, 0 },
        { "susi", 0, TEND_AMBIGUOUS },
        { "p77", 0, TEND_NOT_FOUND },
        { "77", 0, TEND_NOT_FOUND },
        { "t5", 0, TEND_USAGE },
        { "zzz", 0, TEND_NOT_FOUND },
        { "no@example.com", 0, TEND_NOT_FOUND },
        { "+1 212 555 9999", 0, TEND_NOT_FOUND },
        { "", 0, TEND_USAGE },
    };
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tend_id id = 0;
        tend_status status = tend_ref_person(&t.shell, tend_text_of(cases[i].ref), &id);

        if (status != cases[i].status || (status == TEND_OK && id != cases[i].want))
            fail_msg("%s: status %d, p%lld: %s", cases[i].ref, (int)status, (long long)id,
                     t.shell.err.text);
    }
    check_close(&t);
}

/* tend_ref_person: candidates and suggestions are in the error */
static void errors(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    RUN(&t, "show susi", 3);
    SAYS(t.errors, "p3 Susi Mayr");
    SAYS(t.errors, "p4 Susi Berg");
    RUN(&t, "show Lea", 1);
    SAYS(t.errors, "Ann Lee");
    RUN(&t, "show P2", 0);
    RUN(&t, "show p99999999999999999999", 1);
    assert_null(strstr(t.errors, "try: add"));
    RUN(&t, "show P0", 1);
    assert_null(strstr(t.errors, "try: add"));
    RUN(&t, "show Zebulon", 1);
    SAYS(t.errors, "try: add \"Zebulon\"");
    /* two with just that name: a third, whose name only begins so, is not meant */
    RUN(&t, "add Ann --new", 0);
    RUN(&t, "show ann", 3);
    SAYS(t.errors, "2 people");
    assert_null(strstr(t.errors, "Ann Lee"));
    check_close(&t);
}

/* tend_ref_people: ann,bob and --where; no one twice */
static void several(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    RUN(&t, "tag \"ann l,p3,p2\" +x --json", 0);
    SAYS(t.out, "[{\"person\":2,");
    SAYS(t.out, "{\"person\":3,");
    RUN(&t, "count tag:x", 0);
    assert_string_equal(t.out, "2\n");
    RUN(&t, "tag --where tag:x -x +y", 0);
    RUN(&t, "count tag:y not tag:x", 0);
    assert_string_equal(t.out, "2\n");
    RUN(&t, "tag --where tag:none +y", 1);
    RUN(&t, "tag p2,zzz +y", 1);
    check_close(&t);
}

/* tend_ref_remember, tend_ref_last: `.`, also in the next process */
static void last(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "show .", 1);
    people(&t);
    RUN(&t, "show p3", 0);
    RUN(&t, "note . hello", 0);
    SAYS(t.out, "p3 Susi Mayr: noted");
    assert_int_equal(tend_ref_last(&t.shell), 3);
    tend_ref_remember(&t.shell, 4);
    assert_int_equal(tend_ref_last(&t.shell), 4);
    RUN(&t, "note p2 x --dry-run", 0);
    assert_int_equal(tend_ref_last(&t.shell), 4);
    check_close(&t);
}

/* tend_ref_tasks, tend_ref_batch, tend_ref_any */
static void others(void **state)
{
    struct check_shell t;
    enum tend_ref_kind kind;
    tend_id id;

    (void)state;
    check_open(&t);
    people(&t);
    RUN(&t, "plan p2 call mon", 0);
    RUN(&t, "plan p3 call tue", 0);
    RUN(&t, "snooze 1 t2 fri", 0);
    RUN(&t, "drop t1,t2", 0);
    RUN(&t, "drop p2", 2);
    RUN(&t, "drop t77", 1);
    assert_int_equal(tend_ref_batch(&t.shell, TEND_TEXT("b9"), &id), TEND_OK);
    assert_int_equal(id, 9);
    assert_int_equal(tend_ref_batch(&t.shell, TEND_TEXT("9"), &id), TEND_OK);
    assert_int_equal(tend_ref_batch(&t.shell, TEND_TEXT("t9"), &id), TEND_USAGE);
    assert_int_equal(tend_ref_any(&t.shell, TEND_TEXT("t9"), &kind, &id), TEND_OK);
    assert_int_equal(kind, TEND_REF_TASK);
    assert_int_equal(tend_ref_any(&t.shell, TEND_TEXT("lee"), &kind, &id), TEND_OK);
    assert_int_equal(kind, TEND_REF_PERSON);
    assert_int_equal(id, 2);
    check_close(&t);
}

/* tend_ref_filter: a caret under the term, and attributes that nobody has */
static void filters(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    RUN(&t, "list stge:listed", 2);
    SAYS(t.errors, "did you mean \"stage:\"?\n  stge:listed\n  ^^^^");
    RUN(&t, "list tag:x touched:soon", 2);
    SAYS(t.errors, "\n  tag:x touched:soon\n                ^^^^\n");
    RUN(&t, "list xyzzy:1", 2);
    SAYS(t.errors, "nobody has such an attribute");
    RUN(&t, "set p2 source=\"open house\"", 0);
    RUN(&t, "count source:\"open house\"", 0);
    assert_string_equal(t.out, "1\n");
    check_close(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(typed), cmocka_unit_test(person), cmocka_unit_test(errors),
    cmocka_unit_test(several), cmocka_unit_test(last), cmocka_unit_test(others),
    cmocka_unit_test(filters),
};
CHECK_MAIN(tests)
