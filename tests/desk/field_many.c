/* `=` replaces all of a kind, `+=` adds, `-=` removes: tend_field_many. */
#include "desk/normal.h"
#include "world.h"

static void set(struct world *w, tend_id person, int64_t n, const struct tend_field *fields)
{
    world_begin(w);
    if (tend_person_set(&w->desk, &w->deed, person, fields, n) != TEND_OK)
        fail_msg("%s", w->err.text);
    world_end(w);
}

#define F(name_, how_, value_) { T(name_), T(value_), { "", 0 }, TEND_ASSIGN_##how_ }
#define SET(person, ...)                                                       \
    set(w, person, sizeof((struct tend_field[]){ __VA_ARGS__ }) / sizeof(struct tend_field), \
        (struct tend_field[]){ __VA_ARGS__ })

static const char *values(struct world *w, tend_id person, const char *kind)
{
    struct tend_buffer all = { 0 };
    struct tend_person_view view;
    const char *out;

    assert_int_equal(tend_person_read(w->store, person, &w->arena, &view), TEND_OK);
    for (int64_t i = 0; i < view.n_points; i++)
        if (tend_text_is(view.points[i].kind, kind))
            tend_buffer_addf(&all, "%.*s|", TEND_FMT(view.points[i].value));
    for (int64_t i = 0; i < view.n_attributes; i++)
        if (tend_text_is(view.attributes[i].name, kind))
            tend_buffer_addf(&all, "%.*s|", TEND_FMT(view.attributes[i].value));
    for (int64_t i = 0; strcmp(kind, "role") == 0 && i < view.n_roles; i++)
        tend_buffer_addf(&all, "%.*s|", TEND_FMT(view.roles[i]));
    for (int64_t i = 0; strcmp(kind, "tag") == 0 && i < view.n_tags; i++)
        tend_buffer_addf(&all, "%.*s|", TEND_FMT(view.tags[i]));
    out = tend_arena_str(&w->arena, tend_buffer_text(&all));
    tend_buffer_finish(&all);
    return out;
}

static void test_points(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    assert_int_equal(tend_registry_builtin(w->registry, "normaliser", &tend_normal_email), TEND_OK);
    SET(ann, F("email", SET, "ann@example.com"));
    SET(ann, F("email", ADD, "lee@example.com"));
    assert_string_equal(values(w, ann, "email"), "ann@example.com|lee@example.com|");
    SET(ann, F("email", ADD, "LEE@example.com"));       /* the same key: written anew */
    assert_string_equal(values(w, ann, "email"), "ann@example.com|LEE@example.com|");
    SET(ann, F("email", REMOVE, "Ann@Example.Com"));    /* by key */
    assert_string_equal(values(w, ann, "email"), "LEE@example.com|");
    SET(ann, F("url", SET, "https://example.com"));
    SET(ann, F("email", SET, "new@example.com"));       /* of that kind only */
    assert_string_equal(values(w, ann, "email"), "new@example.com|");
    assert_string_equal(values(w, ann, "url"), "https://example.com|");
    SET(ann, F("email", SET, "a@example.com"), F("email", SET, "new@example.com"));
    assert_string_equal(values(w, ann, "email"), "new@example.com|a@example.com|");
    SET(ann, F("email", SET, ""));
    assert_string_equal(values(w, ann, "email"), "");
    world_undo(w);
    assert_string_equal(values(w, ann, "email"), "new@example.com|a@example.com|");
}

static void test_labels(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_field field = F("url", ADD, "https://example.com");
    struct tend_person_view view;

    set(w, ann, 1, &field);
    field.label = T("home");
    set(w, ann, 1, &field);
    assert_int_equal(tend_person_read(w->store, ann, &w->arena, &view), TEND_OK);
    assert_int_equal(view.n_points, 1);
    assert_true(tend_text_is(view.points[0].label, "home"));
}

static void test_words(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    SET(ann, F("tag", ADD, "teacher"), F("tag", ADD, "yoga"), F("tag", ADD, "yoga"));
    assert_string_equal(values(w, ann, "tag"), "teacher|yoga|");
    SET(ann, F("tag", REMOVE, "teacher"));
    assert_string_equal(values(w, ann, "tag"), "yoga|");
    SET(ann, F("tag", SET, "warm"));
    assert_string_equal(values(w, ann, "tag"), "warm|");
    SET(ann, F("interest", SET, "business"), F("my.goal", SET, "trip"));
    SET(ann, F("interest", ADD, "product"));
    assert_string_equal(values(w, ann, "interest"), "business|product|");
    SET(ann, F("interest", SET, "product"));
    assert_string_equal(values(w, ann, "interest"), "product|");
    assert_string_equal(values(w, ann, "my.goal"), "trip|");
}

/* A role has a beginning and an end: it is not deleted. */
static void test_roles(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_value v[TEND_N_role];

    SET(ann, F("role", ADD, "customer"), F("role", ADD, "member"));
    SET(ann, F("role", REMOVE, "customer"));
    assert_string_equal(values(w, ann, "role"), "member|");
    assert_int_equal(world_rows(w, TEND_T_role), 2);
    assert_int_equal(tend_row_read(w->store, TEND_T_role, 1, &w->arena, v, NULL), TEND_OK);
    assert_int_equal(v[TEND_C_role_to_at].i, w->clock.now);
}

/* Tags that differ in case only are one, and the first way of writing stays. */
static void test_tag_case(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    SET(ann, F("tag", ADD, "Yoga"), F("tag", ADD, "yoga"));
    SET(ann, F("tag", ADD, "YOGA"));
    assert_string_equal(values(w, ann, "tag"), "Yoga|");
    SET(ann, F("tag", REMOVE, "yoga"), F("tag", ADD, "gym"), F("tag", ADD, "yoga"));
    assert_string_equal(values(w, ann, "tag"), "gym|yoga|");
    SET(ann, F("tag", SET, "GYM"), F("tag", REMOVE, "gym"), F("tag", SET, "tea"));
    assert_string_equal(values(w, ann, "tag"), "tea|");
}

/* Very many at once take their time each, not each other's. */
static void test_very_many(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    const int64_t most = 20000;
    struct tend_field *fields = tend_arena_take(&w->arena, (size_t)most * sizeof *fields);
    int64_t began = tend_clock_ticks();

    for (int64_t i = 0; i < most; i++)
        fields[i] = (struct tend_field){
            T("tag"), tend_text_of(tend_arena_printf(&w->arena, "tag %lld", (long long)i)),
            { "", 0 }, TEND_ASSIGN_ADD };
    set(w, ann, most, fields);
    assert_int_equal(world_rows(w, TEND_T_tag), most);
    set(w, ann, most, fields);
    assert_int_equal(world_rows(w, TEND_T_tag), most);
    assert_true(tend_clock_ticks() - began < 20 * TEND_SECOND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_points), WORLD_TEST(test_labels), WORLD_TEST(test_words),
        WORLD_TEST(test_roles), WORLD_TEST(test_tag_case), WORLD_TEST(test_very_many),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
