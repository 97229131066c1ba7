/* What scrub knows of everybody. Covers tend_scrub_people_load, tend_scrub_people_finish,
 * tend_scrub_text, tend_scrub_values, tend_scrub_is_apart. */
#include "scrub_world.h"

static struct tend_text value(const struct tend_scrub_people *people, const char *field,
                              tend_id person, int32_t i)
{
    const struct tend_scrub_has *has;
    int64_t f = scrub_field(people, field);
    int32_t n = tend_scrub_values(&people->field.at[f], scrub_number(people, person), &has);

    return i < n ? tend_scrub_text(people, &people->field.at[f], has[i].value) : T("");
}

static void values_are_folded_and_kept_once(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    tend_id ann = scrub_add(w, "Änn O'Lee", "home.city=St.  Pölten");
    tend_id bob = scrub_add(w, "Bob Ray", "home.city=ST PÖLTEN");

    scrub_add(w, "Cid Fox", "home.city=Graz");
    scrub_load(w, &people);
    assert_true(tend_text_is(value(&people, "name", ann, 0), "ann olee"));
    assert_true(tend_text_is(value(&people, "given", ann, 0), "ann"));
    assert_true(tend_text_is(value(&people, "home.city", bob, 0), "st polten"));
    assert_int_equal(tend_scrub_cell(&people, scrub_field(&people, "home.city"),
                                     scrub_number(&people, ann)),
                     tend_scrub_cell(&people, scrub_field(&people, "home.city"),
                                     scrub_number(&people, bob)));
    assert_true(people.field.at[scrub_field(&people, "home.city")].place);
    tend_scrub_people_finish(&people);
}

static void several_values(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    tend_id ann = scrub_add(w, "Ann Lee", "email=a@example.com;email=b@example.com");
    tend_id bob = scrub_add(w, "Bob Ray", "email=b@example.com");
    uint32_t cell;
    int64_t f;

    scrub_add(w, "Cid Fox", "email=c@example.com");
    scrub_load(w, &people);
    f = scrub_field(&people, "email");
    assert_int_equal(people.field.at[f].type, TEND_SCRUB_EMAIL);
    cell = tend_scrub_cell(&people, f, scrub_number(&people, ann));
    assert_true(cell & TEND_SCRUB_MORE);
    assert_true(tend_text_is(value(&people, "email", ann, 1), "b@example.com"));
    cell = tend_scrub_cell(&people, f, scrub_number(&people, bob));
    assert_false(cell & TEND_SCRUB_MORE);
    tend_scrub_people_finish(&people);
}

static void types_show_in_the_values(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;

    scrub_add(w, "Ann Lee", "x.born=1971-06-24;x.no=12 34;x.word=red;x.note=only one has this;name.typed=LEE");
    scrub_add(w, "Bob Ray", "x.born=19710624;x.no=1234;x.word=red;name.typed=LEE");
    scrub_add(w, "Cid Fox", "x.born=1980-01-02;x.no=99;x.word=blue;name.typed=FOX");
    scrub_load(w, &people);
    assert_int_equal(people.field.at[scrub_field(&people, "x.born")].type, TEND_SCRUB_DATE);
    assert_int_equal(people.field.at[scrub_field(&people, "x.born")].value.n, 2);
    assert_int_equal(people.field.at[scrub_field(&people, "x.no")].type, TEND_SCRUB_DIGITS);
    assert_int_equal(people.field.at[scrub_field(&people, "x.word")].type, TEND_SCRUB_TEXT);
    assert_false(scrub_has_field(&people, "x.note"));
    assert_false(scrub_has_field(&people, "name.typed"));       /* the name tells it already */
    tend_scrub_people_finish(&people);
}

static void who_is_archived_is_not_compared(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    tend_id ann = scrub_add(w, "Ann Lee", NULL), bob = scrub_add(w, "Bob Ray", NULL);

    world_begin(w);
    assert_int_equal(tend_person_archive(&w->desk, &w->deed, bob, true), TEND_OK);
    world_end(w);
    world_done(w);
    scrub_load(w, &people);
    assert_int_not_equal(people.index[ann], 0);
    assert_true(bob > people.last || people.index[bob] == 0);
    tend_scrub_people_finish(&people);
}

static void who_is_apart(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    tend_id ann = scrub_add(w, "Ann Lee", NULL), other = scrub_add(w, "Ann Lee", NULL);
    tend_id bob = scrub_add(w, "Bob Ray", NULL), row;
    struct tend_value v[TEND_N_apart] = { [TEND_C_apart_person] = tend_int(ann),
                                          [TEND_C_apart_other] = tend_int(other),
                                          [TEND_C_apart_known_at] = tend_int(1) };

    world_begin(w);
    assert_int_equal(tend_row_insert(w->store, TEND_T_apart, v, &row), TEND_OK);
    world_end(w);
    world_done(w);
    scrub_load(w, &people);
    assert_true(tend_scrub_is_apart(&people, scrub_number(&people, other),
                                    scrub_number(&people, ann)));
    assert_false(tend_scrub_is_apart(&people, scrub_number(&people, ann),
                                     scrub_number(&people, bob)));
    tend_scrub_people_finish(&people);
}

static void nobody(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;

    scrub_load(w, &people);
    assert_in_range(people.n, 0, 1);
    tend_scrub_people_finish(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(values_are_folded_and_kept_once), WORLD_TEST(several_values),
        WORLD_TEST(types_show_in_the_values),        WORLD_TEST(who_is_archived_is_not_compared),
        WORLD_TEST(who_is_apart),                    WORLD_TEST(nobody),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
