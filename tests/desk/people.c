/* People by hand: tend_desk_me, tend_person_add, _set, _tag, _note. */
#include "desk/normal.h"
#include "world.h"
#include <tend/plugin.h>

static int64_t count_people(struct tend_store *store)
{
    int64_t n = -1;

    assert_int_equal(tend_person_count(store, &n), TEND_OK);
    return n;
}

static char seen[256];

static tend_status see(struct tend_ctx *ctx, const struct tend_event *event)
{
    struct tend_text fields = ctx->read->event(ctx, "fields");
    size_t at = strlen(seen);

    snprintf(seen + at, sizeof seen - at, "%s:%.*s ", event->name, TEND_FMT(fields));
    return TEND_OK;
}

static const struct tend_policy see_policy = { sizeof(struct tend_policy), "see",
                                               "person.added person.changed", see };

static void normalisers(struct world *w)
{
    assert_int_equal(tend_registry_builtin(w->registry, "normaliser", &tend_normal_email), TEND_OK);
    assert_int_equal(tend_registry_builtin(w->registry, "normaliser", &tend_normal_phone), TEND_OK);
}

static void test_me(void **state)
{
    struct world *w = *state;
    struct tend_person_view view;

    assert_int_equal(tend_person_read(w->store, 1, &w->arena, &view), TEND_OK);
    assert_true(tend_text_is(view.name, "Mira Berg"));
    assert_true(tend_text_is(view.family, "Berg"));
    world_begin(w);                     /* only once */
    assert_int_equal(tend_desk_me(&w->desk, &w->deed, T("Somebody")), TEND_OK);
    world_end(w);
    assert_int_equal(world_rows(w, TEND_T_person), 1);
    assert_int_equal(count_people(w->store), 0);
}

static void test_add(void **state)
{
    struct world *w = *state;
    const struct tend_field fields[] = {
        { T("zone"), T("Europe/Vienna"), { "", 0 }, TEND_ASSIGN_SET },
        { T("region"), T("at"), { "", 0 }, TEND_ASSIGN_SET },
        { T("phone"), T("0664 555 1234"), T("mobile"), TEND_ASSIGN_SET },
        { T("phone"), T("01 555 77 00"), { "", 0 }, TEND_ASSIGN_SET },
        { T("email"), T("Ann@Example.com"), { "", 0 }, TEND_ASSIGN_SET },
        { T("tag"), T("yoga"), { "", 0 }, TEND_ASSIGN_ADD },
        { T("role"), T("customer"), { "", 0 }, TEND_ASSIGN_SET },
        { T("leadbarn.campaign"), T("spring"), { "", 0 }, TEND_ASSIGN_SET },
    };
    struct tend_person_view view;
    tend_id person, known;

    normalisers(w);
    world_plugin(w, "see", "policy", &see_policy);
    seen[0] = '\0';
    world_begin(w);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, T("Lee, Ann Marie"), fields, 8, false,
                                     &person, &known), TEND_OK);
    world_end(w);
    assert_string_equal(seen, "person.added: ");
    assert_int_equal(tend_person_read(w->store, person, &w->arena, &view), TEND_OK);
    assert_true(tend_text_is(view.name, "Ann Marie Lee"));
    assert_true(tend_text_is(view.given, "Ann"));
    assert_true(tend_text_is(view.family, "Lee"));
    assert_true(tend_text_is(view.region, "AT"));
    assert_int_equal(view.uid.len, 26);
    assert_int_equal(view.keeper, 1);
    assert_int_equal(view.n_points, 3);
    assert_true(tend_text_is(view.points[0].value, "0664 555 1234"));
    assert_true(tend_text_is(view.points[0].key, "+436645551234"));
    assert_true(tend_text_is(view.points[0].label, "mobile"));
    assert_true(tend_text_is(view.points[1].key, "+4315557700"));
    assert_true(tend_text_is(view.points[2].key, "ann@example.com"));
    assert_int_equal(view.n_tags, 1);
    assert_int_equal(view.n_roles, 1);
    assert_int_equal(view.n_attributes, 1);
    assert_int_equal(view.n_stages, 1);
}

/* A number or address that somebody has is that somebody. */
static void test_known(void **state)
{
    struct world *w = *state;
    struct tend_field phone = { T("phone"), T("+43 664 555 1234"), { "", 0 }, TEND_ASSIGN_SET };
    struct tend_field same = { T("phone"), T("0664/5551234"), { "", 0 }, TEND_ASSIGN_SET };
    tend_id ann, person, known;

    normalisers(w);
    assert_int_equal(tend_meta_set(w->store, "region", T("AT")), TEND_OK);
    world_begin(w);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, T("Ann Lee"), &phone, 1, false, &ann,
                                     &known), TEND_OK);
    world_end(w);
    world_begin(w);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, T("Anna"), &same, 1, false, &person,
                                     &known), TEND_EXISTS);
    assert_int_equal(known, ann);
    assert_int_equal(person, 0);
    assert_string_equal(w->err.text, "p2 Ann Lee has that phone");
    assert_string_equal(w->err.cure, "show p2");
    assert_int_equal(tend_person_add(&w->desk, &w->deed, T("Anna"), &same, 1, true, &person,
                                     &known), TEND_OK);
    assert_int_not_equal(person, ann);
    world_abort(w);
}

/* The name that was typed stays, whatever its parts are said to be. */
static void test_add_name(void **state)
{
    struct world *w = *state;
    const struct tend_field fields[] = {
        { T("given"), T("Foo"), { "", 0 }, TEND_ASSIGN_SET },
        { T("family"), T("Bar"), { "", 0 }, TEND_ASSIGN_SET },
    };
    struct tend_person_view view;
    tend_id person, known;

    world_begin(w);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, T("Yy"), fields, 2, false, &person,
                                     &known), TEND_OK);
    world_end(w);
    assert_int_equal(tend_person_read(w->store, person, &w->arena, &view), TEND_OK);
    assert_true(tend_text_is(view.name, "Yy"));
    assert_true(tend_text_is(view.given, "Foo"));
    assert_true(tend_text_is(view.family, "Bar"));
}

/* A number that somebody else has is told, and taken. */
static void test_shared(void **state)
{
    struct world *w = *state;
    struct tend_field phone = { T("phone"), T("+43 664 555 1234"), { "", 0 }, TEND_ASSIGN_SET };
    tend_id ann = world_add(w, "Ann Lee", NULL), bob = world_add(w, "Bob Ray", NULL);

    normalisers(w);
    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, &phone, 1), TEND_OK);
    world_end(w);
    assert_int_equal(w->deed.warning.n, 0);
    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, bob, &phone, 1), TEND_OK);
    world_end(w);
    assert_int_equal(w->deed.warning.n, 1);
    assert_string_equal(w->deed.warning.at[0], "p2 Ann Lee has that number too");
    assert_int_equal(world_rows(w, TEND_T_contact_point), 2);
}

static void test_add_refused(void **state)
{
    struct world *w = *state;
    struct tend_field zone = { T("zone"), T("Europe/Viena"), { "", 0 }, TEND_ASSIGN_SET };
    tend_id person, known;

    world_begin(w);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, T("  "), NULL, 0, false, &person, &known),
                     TEND_INVALID);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, T("A\xff"), NULL, 0, false, &person,
                                     &known), TEND_INVALID);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, T("Ann"), &zone, 1, false, &person,
                                     &known), TEND_INVALID);
    assert_holds(w->err.text, "Europe/Vienna");
    world_abort(w);
}

static void test_set(void **state)
{
    struct world *w = *state;
    const struct tend_field fields[] = {
        { T("interest"), T("business"), { "", 0 }, TEND_ASSIGN_SET },
        { T("tag"), T("warm"), { "", 0 }, TEND_ASSIGN_ADD },
        { T("tag"), T("yoga"), { "", 0 }, TEND_ASSIGN_ADD },
    };
    struct tend_field bad = { T("intrest"), T("x"), { "", 0 }, TEND_ASSIGN_SET };
    tend_id ann = world_add(w, "Ann Lee", NULL);

    world_plugin(w, "see", "policy", &see_policy);
    seen[0] = '\0';
    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, fields, 3), TEND_OK);
    world_end(w);
    assert_string_equal(seen, "person.changed:interest,tag ");
    assert_int_equal(w->deed.outcome.n, 3);
    seen[0] = '\0';
    world_begin(w);                     /* what is so already changes nothing */
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, fields, 3), TEND_OK);
    world_end(w);
    assert_string_equal(seen, "");
    assert_int_equal(w->deed.batch, 0);
    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, &bad, 1), TEND_INVALID);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, 99, fields, 3), TEND_NOT_FOUND);
    world_abort(w);
}

static void test_tag_note(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), note;
    struct tend_person_view view;

    world_begin(w);
    assert_int_equal(tend_person_tag(&w->desk, &w->deed, ann, T("warm"), true), TEND_OK);
    assert_int_equal(tend_person_tag(&w->desk, &w->deed, ann, T("warm"), true), TEND_OK);
    assert_int_equal(tend_person_tag(&w->desk, &w->deed, ann, T("cold"), false), TEND_OK);
    assert_int_equal(tend_person_note(&w->desk, &w->deed, ann, T(" nut allergy "), &note),
                     TEND_OK);
    world_end(w);
    assert_int_equal(tend_person_read(w->store, ann, &w->arena, &view), TEND_OK);
    assert_int_equal(view.n_tags, 1);
    assert_string_equal(world_outcome(w, "note")->title, "nut allergy");
    world_begin(w);
    assert_int_equal(tend_person_tag(&w->desk, &w->deed, ann, T("a,b"), true), TEND_INVALID);
    assert_int_equal(tend_person_tag(&w->desk, &w->deed, 99, T("a"), true), TEND_NOT_FOUND);
    assert_int_equal(tend_person_note(&w->desk, &w->deed, ann, T(" "), &note), TEND_INVALID);
    assert_int_equal(tend_person_note(&w->desk, &w->deed, 99, T("x"), &note), TEND_NOT_FOUND);
    world_abort(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_me), WORLD_TEST(test_add), WORLD_TEST(test_known),
        WORLD_TEST(test_add_name),
        WORLD_TEST(test_shared), WORLD_TEST(test_add_refused), WORLD_TEST(test_set), WORLD_TEST(test_tag_note),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
