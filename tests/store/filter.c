/* Filters against people: tend_filter_parse, tend_filter_list,
 * tend_filter_count, tend_filter_next, tend_filter_unknown, tend_filter_empty,
 * and the statements that tend_filter_compile makes. */
#include "fixture.h"
#include "store/filter.h"

#define DAY INT64_C(86400000000)

static void add_text(struct fixture *fx, enum tend_table table, tend_id person, const char *first,
                     const char *second)
{
    struct tend_value v[16] = { 0 };

    v[0] = tend_int(person);
    v[1] = tend_str(tend_text_of(first));
    if (second != NULL)
        v[2] = tend_str(tend_text_of(second));
    OK(tend_row_insert(fx->store, table, v, NULL));
}

static void add_touch(struct fixture *fx, tend_id person, int64_t at)
{
    struct tend_value v[TEND_N_touch] = { 0 };
    struct tend_value party[TEND_N_touch_party] = { 0 };
    tend_id touch;

    v[TEND_C_touch_person] = tend_int(person);
    v[TEND_C_touch_kind] = tend_str(TEND_TEXT("call"));
    v[TEND_C_touch_at] = tend_int(at);
    OK(tend_row_insert(fx->store, TEND_T_touch, v, &touch));
    party[TEND_C_touch_party_touch] = tend_int(touch);
    party[TEND_C_touch_party_person] = tend_int(person);
    OK(tend_row_insert(fx->store, TEND_T_touch_party, party, NULL));
}

static void set(struct fixture *fx, tend_id person, int32_t column, struct tend_value value)
{
    OK(tend_row_set(fx->store, TEND_T_person, person, column, value));
}

/* Ann 1, Bob 2, Cara 3, Dora 4 (archived), Åsa 5. Now is 22 Nov 2026, UTC. */
static void people(struct fixture *fx)
{
    struct tend_value dnc[TEND_N_dnc] = { 0 }, hold[TEND_N_hold] = { 0 };

    fixture_memory(fx);
    begin(fx);
    add_person(fx, "Ann Lee");
    add_person(fx, "Bob Ray");
    add_person(fx, "Cara Lee-Diaz");
    add_person(fx, "Dora Old");
    add_person(fx, "\xc3\x85sa Berg");
    set(fx, 1, TEND_C_person_source, tend_str(TEND_TEXT("Open House")));
    set(fx, 2, TEND_C_person_source, tend_str(TEND_TEXT("phone")));
    set(fx, 1, TEND_C_person_zone, tend_str(TEND_TEXT("Europe/Vienna")));
    set(fx, 2, TEND_C_person_region, tend_str(TEND_TEXT("AT")));
    set(fx, 4, TEND_C_person_archived_at, tend_int(FIXTURE_NOW));
    for (tend_id id = 1; id <= 5; id++)
        set(fx, id, TEND_C_person_known_at, tend_int(FIXTURE_NOW - 10 * DAY * id));
    add_stage(fx, 1, "opportunity", "prospect", 1);
    add_stage(fx, 2, "opportunity", "listed", 1);
    add_stage(fx, 2, "product", "customer", 1);
    add_stage(fx, 3, "product", "prospect", 1);
    add_text(fx, TEND_T_tag, 1, "Teacher", NULL);
    add_text(fx, TEND_T_tag, 2, "a,b", NULL);
    add_text(fx, TEND_T_role, 2, "customer", NULL);
    add_text(fx, TEND_T_attribute, 1, "interest", "business");
    add_text(fx, TEND_T_attribute, 1, "warmth", "7");
    add_text(fx, TEND_T_attribute, 2, "warmth", "60");
    add_text(fx, TEND_T_attribute, 3, "warmth", "100");
    add_text(fx, TEND_T_attribute, 3, "birthday", "1990-05-17");
    add_text(fx, TEND_T_attribute, 3, "x.note", "a..b");
    add_point(fx, 1, "email", "ann@example.com");
    add_point(fx, 1, "phone", "+436645551234");
    add_point(fx, 2, "email", "bob@sub.example.com");
    add_note(fx, 3, "likes tea");
    add_touch(fx, 1, FIXTURE_NOW - 20 * DAY);
    add_touch(fx, 1, FIXTURE_NOW - 2 * DAY);
    add_touch(fx, 2, FIXTURE_NOW - 30 * DAY);
    add_task(fx, 2, 20779, 20784);              /* 22 to 27 Nov */
    add_task(fx, 3, 20790, 20791);
    dnc[TEND_C_dnc_person] = tend_int(3);
    dnc[TEND_C_dnc_channel] = tend_str(TEND_TEXT("call"));
    OK(tend_row_insert(fx->store, TEND_T_dnc, dnc, NULL));
    hold[TEND_C_hold_person] = tend_int(2);
    hold[TEND_C_hold_kind] = tend_str(TEND_TEXT("soft_no"));
    OK(tend_row_insert(fx->store, TEND_T_hold, hold, NULL));
    commit(fx);
}

static struct tend_filter *parse(struct fixture *fx, const char *text)
{
    struct tend_filter *filter;

    OK(tend_filter_parse(tend_text_of(text), FIXTURE_NOW, tend_store_zone(fx->store), &fx->arena,
                         &filter, &fx->err));
    return filter;
}

struct filter_case {
    const char *filter, *ids;
};

/* tend_filter_list, tend_filter_count: every term, alone and turned round */
static void terms(void **state)
{
    static const struct filter_case cases[] = {
        { "", "1 2 3 5" },
        { "stage:prospect", "1 3" },
        { "stage.product:prospect", "3" },
        { "stage:listed,prospect", "1 2 3" },
        { "not stage:prospect", "2 5" },
        { "tag:teacher", "1" },
        { "tag:Teacher", "1" },
        { "tag:\"a,b\"", "2" },
        { "tag:a,b", "" },
        { "role:customer", "2" },
        { "source:\"open house\"", "1" },
        { "source:phone", "2" },
        { "not source:phone", "1 3 5" },
        { "zone:Europe/Vienna", "1" },
        { "region:at", "2" },
        { "has:email", "1 2" },
        { "has:phone,note", "1 3" },
        { "has:email not has:phone", "2" },
        { "has:task", "2 3" },
        { "has:touch", "1 2" },
        { "has:tag", "1 2" },
        { "email:ann@example.com", "1" },
        { "email:ANN@example.com", "1" },
        { "email:@example.com", "1" },
        { "email:@sub.example.com", "2" },
        { "phone:06645551234", "1" },
        { "phone:\"0664 555 1234\"", "1" },
        { "phone:+436645551234", "1" },
        { "phone:99", "" },
        { "phone:none", "" },
        { "hold:soft_no", "2" },
        { "hold:yes", "2" },
        { "hold:no", "1 3 5" },
        { "dnc:call", "3" },
        { "dnc:yes", "3" },
        { "not dnc:yes", "1 2 5" },
        { "archived:yes", "4" },
        { "archived:any", "1 2 3 4 5" },
        { "archived:no", "1 2 3 5" },
        { "touched:..-14d", "2" },              /* by the last touch */
        { "touched:-3d..", "1" },
        { "touched:2026-11-20", "1" },
        { "touched:-30d..today", "1 2" },
        { "touched:never", "3 5" },
        { "touched:yes", "1 2" },
        { "added:-15d..", "1" },
        { "added:..-40d", "5" },
        { "due:today", "2" },
        { "due:+1w..", "3" },
        { "due:..+1m", "2 3" },
        { "id:2..3", "2 3" },
        { "id:2,5", "2 5" },
        { "id:p2", "2" },
        { "import:3", "" },
        { "name:lee", "1 3" },
        { "lee", "1 3" },
        { "asa", "5" },
        { "\"ann l\"", "1" },
        { "ann.l", "1" },
        { "ann bob", "" },
        { "not ann", "2 3 5" },
        { "interest:business", "1" },
        { "interest:Business", "1" },
        { "warmth:60..", "2 3" },
        { "warmth:..60", "1 2" },
        { "warmth:8..99", "2" },
        { "birthday:1990-01-01..1990-12-31", "3" },
        { "x.note:\"a..b\"", "3" },
        { "nothing.known:1", "" },
        { "sort:name", "1 5 2 3" },             /* Ann, Asa, Bob, Cara */
        { "sort:name-", "3 2 5 1" },
        { "sort:warmth", "1 2 3 5" },
        { "sort:warmth-", "3 2 1 5" },
        { "sort:touched-", "1 2 3 5" },
        { "sort:touched", "2 1 3 5" },
        { "sort:source", "1 2 3 5" },
        { "sort:added", "5 3 2 1" },
        { "sort:due", "2 3 1 5" },
        { "sort:id- not tag:teacher", "5 3 2" },
        { "'; DROP TABLE person; --", "" },
    };
    struct fixture fixture, *fx = &fixture;

    (void)state;
    people(fx);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_buffer got = { 0 };
        struct tend_filter *filter = parse(fx, cases[i].filter);
        tend_id *ids;
        int64_t n, count;

        OK(tend_filter_list(fx->store, filter, -1, &fx->arena, &ids, &n));
        for (int64_t k = 0; k < n; k++)
            tend_buffer_addf(&got, "%s%lld", k > 0 ? " " : "", (long long)ids[k]);
        if (strcmp(got.at != NULL ? got.at : "", cases[i].ids) != 0)
            fail_msg("%s: %s, not %s", cases[i].filter, got.at, cases[i].ids);
        OK(tend_filter_count(fx->store, filter, &count));
        assert_int_equal(count, n);
        tend_buffer_finish(&got);
    }
    fixture_end(fx);
}

/* tend_filter_list: at most so many, in the order asked */
static void most(void **state)
{
    struct fixture fixture, *fx = &fixture;
    tend_id *ids;
    int64_t n;

    (void)state;
    people(fx);
    OK(tend_filter_list(fx->store, parse(fx, "sort:name-"), 2, &fx->arena, &ids, &n));
    assert_int_equal(n, 2);
    assert_int_equal(ids[0], 3);
    OK(tend_filter_list(fx->store, parse(fx, "sort:added"), 1, &fx->arena, &ids, &n));
    assert_int_equal(n, 1);
    assert_int_equal(ids[0], 5);
    OK(tend_filter_list(fx->store, parse(fx, ""), 0, &fx->arena, &ids, &n));
    assert_int_equal(n, 0);
    fixture_end(fx);
}

/* tend_filter_next walks by id, whatever the filter sorts by */
static void next(void **state)
{
    struct fixture fixture, *fx = &fixture;
    struct tend_filter *filter;
    tend_id id = 0;

    (void)state;
    people(fx);
    filter = parse(fx, "sort:name-");
    OK(tend_filter_next(fx->store, filter, id, &id));
    assert_int_equal(id, 1);
    OK(tend_filter_next(fx->store, filter, 3, &id));
    assert_int_equal(id, 5);
    OK(tend_filter_next(fx->store, filter, 5, &id));
    assert_int_equal(id, 0);
    fixture_end(fx);
}

/* `me` is left out unless ids are asked for */
static void me(void **state)
{
    struct fixture fixture, *fx = &fixture;
    int64_t n;

    (void)state;
    people(fx);
    OK(tend_meta_set(fx->store, "me", TEND_TEXT("1")));
    OK(tend_filter_count(fx->store, parse(fx, ""), &n));
    assert_int_equal(n, 3);
    OK(tend_filter_count(fx->store, parse(fx, "id:1"), &n));
    assert_int_equal(n, 1);
    fixture_end(fx);
}

/* tend_filter_unknown, tend_filter_empty */
static void unknown(void **state)
{
    struct fixture fixture, *fx = &fixture;

    (void)state;
    people(fx);
    assert_int_equal(tend_filter_unknown(fx->store, parse(fx, "warmth:1 tag:x")).len, 0);
    assert_int_equal(tend_filter_unknown(fx->store, parse(fx, "club.nr:1 interest:x")).len, 0);
    assert_true(tend_text_is(tend_filter_unknown(fx->store, parse(fx, "tag:x xyzzy:1")), "xyzzy"));
    assert_true(tend_text_is(tend_filter_unknown(fx->store, parse(fx, "sort:xyzzy")), "xyzzy"));
    assert_true(tend_filter_empty(parse(fx, "sort:name")));
    assert_false(tend_filter_empty(parse(fx, "ann")));
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms), cmocka_unit_test(most),    cmocka_unit_test(next),
        cmocka_unit_test(me),    cmocka_unit_test(unknown),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
