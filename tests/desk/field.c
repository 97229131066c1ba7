/* What can be a field and a value: tend_field_find, _names, _check, _person,
 * _keys. */
#include "desk/field.h"
#include "desk/normal.h"
#include "world.h"

static void check(struct world *w, const char *name, const char *value, enum tend_assign how,
                  const char *trouble)
{
    struct tend_field field = { tend_text_of(name), tend_text_of(value), { "", 0 }, how };
    tend_status status = tend_field_check(&w->desk, &field);

    if (!trouble) {
        if (status != TEND_OK)
            fail_msg("%s=%s: %s", name, value, w->err.text);
        return;
    }
    assert_int_equal(status, TEND_INVALID);
    assert_holds(w->err.text, trouble);
}

static void test_check(void **state)
{
    struct world *w = *state;

    check(w, "email", "ann@example.com", TEND_ASSIGN_SET, NULL);
    check(w, "email", "ann", TEND_ASSIGN_SET, "no e-mail address");
    check(w, "email", "@example.com", TEND_ASSIGN_ADD, "no e-mail address");
    check(w, "email", "ann", TEND_ASSIGN_REMOVE, NULL);
    check(w, "email", "", TEND_ASSIGN_SET, NULL);
    check(w, "email", "", TEND_ASSIGN_ADD, "needs a value");
    check(w, "phone", "0664 555 1234", TEND_ASSIGN_SET, NULL);
    check(w, "phone", "call me", TEND_ASSIGN_SET, "no phone number");
    check(w, "phone", "\xd9\xa0\xd9\xa1\xd9\xa2\xd9\xa3", TEND_ASSIGN_SET, NULL);
    check(w, "zone", "Europe/Vienna", TEND_ASSIGN_SET, NULL);
    check(w, "zone", "Europe/Viena", TEND_ASSIGN_SET, "Europe/Vienna");
    check(w, "zone", "", TEND_ASSIGN_SET, NULL);
    check(w, "zone", "UTC", TEND_ASSIGN_ADD, "one value: use zone=");
    check(w, "name", "", TEND_ASSIGN_SET, "needs a name");
    check(w, "region", "AT", TEND_ASSIGN_SET, NULL);
    check(w, "region", "XX", TEND_ASSIGN_SET, "there is no country XX");
    check(w, "phone", "0664111222,0664222333", TEND_ASSIGN_SET, "not one phone number");
    assert_string_equal(w->err.cure, "phone=ONE phone+=ANOTHER");
    check(w, "phone", "0664111222;0664222333", TEND_ASSIGN_ADD, "not one phone number");
    check(w, "region", "at", TEND_ASSIGN_SET, NULL);
    check(w, "region", "A1", TEND_ASSIGN_SET, "two letters");
    check(w, "region", "AUT", TEND_ASSIGN_SET, "two letters");
    check(w, "keeper", "me", TEND_ASSIGN_SET, NULL);
    check(w, "keeper", "Dana", TEND_ASSIGN_SET, "a keeper is a person");
    check(w, "tag", "a,b", TEND_ASSIGN_ADD, "no comma");
    check(w, "leadbarn.campaign", "x", TEND_ASSIGN_SET, NULL);
    check(w, "intrest", "x", TEND_ASSIGN_SET, "did you mean interest?");
    check(w, "qqqqqqqq", "x", TEND_ASSIGN_SET, "has a dot in its name");
    check(w, ".x", "x", TEND_ASSIGN_SET, "there is no field");
    check(w, "x.", "x", TEND_ASSIGN_SET, "there is no field");
    check(w, "a..b", "x", TEND_ASSIGN_SET, "there is no field");
    check(w, "a.b c", "x", TEND_ASSIGN_SET, "there is no field");
    check(w, "interest", "a\xff", TEND_ASSIGN_SET, "not UTF-8");
}

static void test_find(void **state)
{
    struct world *w = *state;
    const char *const *names = tend_field_names();

    for (int64_t i = 0; names[i]; i++)
        assert_string_equal(tend_field_find(tend_text_of(names[i]))->name, names[i]);
    assert_int_equal(tend_field_find(T("x.y"))->kind, TEND_FIELD_ATTRIBUTE);
    assert_null(tend_field_find(T("xy")));
    assert_int_equal(tend_field_person(&w->desk, T("me")), 1);
    assert_int_equal(tend_field_person(&w->desk, T(" p12 ")), 12);
    assert_int_equal(tend_field_person(&w->desk, T("12")), 12);
    assert_int_equal(tend_field_person(&w->desk, T("-3")), 0);
    assert_int_equal(tend_field_person(&w->desk, T("pan")), 0);
}

/* Days that plugins count from are days. */
static void test_days(void **state)
{
    struct world *w = *state;
    static const char *const names[] = { "birthday", "anniversary", "joined" };
    static const struct {
        const char *value;
        tend_status status;
    } days[] = { { "1984-02-29", TEND_OK },          { "--02-29", TEND_OK },
                 { "1985-02-29", TEND_INVALID },     { "--02-30", TEND_INVALID },
                 { "14 March", TEND_INVALID },       { "", TEND_OK } };

    for (size_t n = 0; n < 3; n++) {
        for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
            struct tend_field field = { tend_text_of(names[n]), tend_text_of(days[i].value),
                                        { "", 0 }, TEND_ASSIGN_SET };

            assert_int_equal(tend_field_check(&w->desk, &field), days[i].status);
        }
    }
    assert_non_null(strstr(w->desk.err->text, "1984-02-29"));
}

/* The region is the one given, else the person's, else the user's. */
static void test_keys(void **state)
{
    struct world *w = *state;
    struct tend_field region = { T("region"), T("DE"), { "", 0 }, TEND_ASSIGN_SET };
    struct tend_text value = T("0664 555 1234"), key;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_text none = { "", 0 };

    assert_int_equal(tend_registry_builtin(w->registry, "normaliser", &tend_normal_phone), TEND_OK);
    assert_int_equal(tend_meta_set(w->store, "region", T("AT")), TEND_OK);
    assert_int_equal(tend_field_keys(&w->desk, ann, none, T("phone"), 1, &value, &key, &w->arena),
                     TEND_OK);
    assert_true(tend_text_is(key, "+436645551234"));
    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, &region, 1), TEND_OK);
    world_end(w);
    assert_int_equal(tend_field_keys(&w->desk, ann, none, T("phone"), 1, &value, &key, &w->arena),
                     TEND_OK);
    assert_true(tend_text_is(key, "+496645551234"));
    assert_int_equal(tend_field_keys(&w->desk, ann, T("AT"), T("phone"), 1, &value, &key,
                                     &w->arena), TEND_OK);
    assert_true(tend_text_is(key, "+436645551234"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_check), WORLD_TEST(test_find), WORLD_TEST(test_keys),
        WORLD_TEST(test_days),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
