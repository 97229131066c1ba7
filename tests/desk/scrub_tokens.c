/* What people are found by. Covers tend_scrub_kinds, tend_scrub_tokens_of,
 * tend_scrub_tokens_finish. */
#include "scrub_world.h"

/* Do two people have a token of a kind in common? `nth` of those of the field. */
static bool shares(const struct tend_scrub_people *people, const char *field, int32_t nth,
                   tend_id a, tend_id b)
{
    struct tend_scrub_kind kinds[TEND_SCRUB_KINDS];
    struct tend_scrub_tokens tokens;
    int32_t n = tend_scrub_kinds(people, kinds);
    int64_t f = scrub_field(people, field);
    uint32_t x = scrub_number(people, a), y = scrub_number(people, b);
    bool found = false;

    for (int32_t k = 0; k < n; k++) {
        if (kinds[k].field != f || nth-- != 0)
            continue;
        tend_scrub_tokens_of(people, &kinds[k], &tokens);
        for (uint32_t i = tokens.first[x]; i < tokens.first[x + 1]; i++)
            for (uint32_t j = tokens.first[y]; j < tokens.first[y + 1]; j++)
                found = found || tokens.token[i] == tokens.token[j];
        tend_scrub_tokens_finish(&tokens);
    }
    return found;
}

static void of_names(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    tend_id ann = scrub_add(w, "Ann Smith", NULL), bob = scrub_add(w, "Bob Smyth", NULL);
    tend_id turned = scrub_add(w, "Smith, Zoe", NULL), three = scrub_add(w, "Kim Zoe Wu", NULL);

    scrub_load(w, &people);
    assert_true(shares(&people, "given", 0, ann, turned));
    assert_false(shares(&people, "given", 0, ann, bob));
    assert_true(shares(&people, "given", 1, ann, bob));
    assert_true(shares(&people, "name", 0, turned, three));
    assert_false(shares(&people, "name", 0, ann, three));
    tend_scrub_people_finish(&people);
}

static void of_dates_and_addresses(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    tend_id a = scrub_add(w, "A B", "x.born=1971-06-24;email=lee@example.com");
    tend_id day = scrub_add(w, "C D", "x.born=1971-06-14;email=lee@example.net");
    tend_id month = scrub_add(w, "E F", "x.born=1971-08-24;email=lee@example.com");
    tend_id year = scrub_add(w, "G H", "x.born=1981-06-24");

    scrub_add(w, "I J", "x.born=1981-06-24");
    scrub_load(w, &people);
    assert_false(shares(&people, "x.born", 0, a, day));
    assert_true(shares(&people, "x.born", 1, a, day));
    assert_true(shares(&people, "x.born", 3, a, month));
    assert_false(shares(&people, "x.born", 1, a, month));
    assert_false(shares(&people, "x.born", 2, a, year));
    assert_true(shares(&people, "email", 0, a, month));
    assert_false(shares(&people, "email", 0, a, day));
    assert_true(shares(&people, "email", 1, a, day));
    assert_false(shares(&people, "email", 1, a, year));
    tend_scrub_people_finish(&people);
}

static void a_number_and_an_address_are_keys(void **state)
{
    struct world *w = *state;
    struct tend_scrub_people people;
    struct tend_scrub_kind kinds[TEND_SCRUB_KINDS];
    int32_t n, keys = 0;

    for (int32_t i = 0; i < 3; i++)
        scrub_add(w, "Ann Lee", i ? "phone=+43 664 5550101;email=a@example.com;home.city=Graz"
                                  : "phone=+43 664 5550102;email=b@example.com;home.city=Linz");
    scrub_load(w, &people);
    n = tend_scrub_kinds(&people, kinds);
    for (int32_t i = 0; i < n; i++)
        keys += kinds[i].key;
    assert_int_equal(keys, 2);
    tend_scrub_people_finish(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(of_names),
        WORLD_TEST(of_dates_and_addresses),
        WORLD_TEST(a_number_and_an_address_are_keys),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
