/* What the tests of scrub share: small invented lists of people. */
#ifndef TEND_TESTS_DESK_SCRUB_WORLD_H
#define TEND_TESTS_DESK_SCRUB_WORLD_H

#include "desk/scrub_parts.h"
#include "world.h"

/* fields: "email=ann@example.com;home.city=Graz"; NULL none. */
static inline tend_id scrub_add(struct world *w, const char *name, const char *fields)
{
    struct tend_field field[16];
    struct tend_text rest = tend_text_of(fields ? fields : "");
    tend_id person, known;
    int64_t n = 0;

    while (rest.len > 0) {
        const char *end = memchr(rest.at, ';', (size_t)rest.len);
        const char *is = memchr(rest.at, '=', (size_t)rest.len);
        int64_t len = end ? end - rest.at : rest.len;

        field[n++] = (struct tend_field){ .name = { rest.at, is - rest.at },
                                          .value = { is + 1, rest.at + len - is - 1 },
                                          .how = TEND_ASSIGN_ADD };
        rest = (struct tend_text){ rest.at + len + (end != NULL), rest.len - len - (end != NULL) };
    }
    world_begin(w);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, tend_text_of(name), field, n, true,
                                     &person, &known), TEND_OK);
    world_end(w);
    world_done(w);
    return person;
}

static inline void scrub_load(struct world *w, struct tend_scrub_people *people)
{
    assert_int_equal(tend_scrub_people_load(w->store, people), TEND_OK);
}

static inline uint32_t scrub_number(const struct tend_scrub_people *people, tend_id id)
{
    assert_in_range(id, 1, people->last);
    assert_int_not_equal(people->index[id], 0);
    return people->index[id] - 1;
}

/* The number of a field; it must be there. */
static inline int64_t scrub_field(const struct tend_scrub_people *people, const char *name)
{
    for (int64_t f = 0; f < people->field.n; f++)
        if (strcmp(people->field.at[f].name, name) == 0)
            return f;
    fail_msg("no field %s", name);
    return -1;
}

static inline bool scrub_has_field(const struct tend_scrub_people *people, const char *name)
{
    for (int64_t f = 0; f < people->field.n; f++)
        if (strcmp(people->field.at[f].name, name) == 0)
            return true;
    return false;
}

/* A list of 40: thirty people, ten of them twice, five of these with a slip. */
static inline void scrub_list(struct world *w)
{
    static const char *const given[] = { "Ann", "Bernd", "Clara", "David", "Emil", "Flora" };
    static const char *const family[] = { "Auer", "Winkler", "Dorner", "Egger", "Fuchs" };

    for (int32_t i = 0; i < 40; i++) {
        int32_t who = i % 30;
        char name[64], fields[256];

        snprintf(name, sizeof name, "%s %s%s", given[who % 6], family[who / 6],
                 i >= 30 && i % 2 ? "n" : "");
        snprintf(fields, sizeof fields,
                 "email=%s.%s%d@example.com;home.born=19%02d-0%d-1%d;home.city=%s",
                 given[who % 6], family[who / 6], who, 50 + who, 1 + who % 9, who % 10,
                 who % 3 ? "Graz" : "Linz");
        scrub_add(w, name, fields);
    }
}

#endif
