/* Names that other people took apart by hand, where the list is at hand.
 * Covers tend_name_split, tend_name_flags. */
#include "../needs.h"
#include "world.h"
#include <stdio.h>
#include <stdlib.h>

struct labelled {
    char name[512];
    char given[128], family[128]; /* the first given name or initial; all surnames */
    int32_t parts;
    bool joined; /* two people */
};

static void add(char *to, size_t size, const char *what)
{
    size_t len = strlen(to);

    snprintf(to + len, size - len, "%s%s", len ? " " : "", what);
}

static void unescape(char *text)
{
    char *found;

    while ((found = strstr(text, "&amp;")))
        memmove(found + 1, found + 5, strlen(found + 5) + 1);
}

/* One <Name>: labelled words between tags. */
static void take(char *element, struct labelled *out)
{
    *out = (struct labelled){ .parts = 0 };
    for (char *at = strchr(element, '<'); at; at = strchr(at, '<')) {
        char label[64], word[128];
        int n = 0;

        if (at[1] == '/' || sscanf(at, "<%63[A-Za-z]>%127[^<]%n", label, word, &n) != 2) {
            at++;
            continue;
        }
        at += n;
        unescape(word);
        add(out->name, sizeof out->name, word);
        out->parts++;
        word[strcspn(word, ",")] = '\0';
        if (strcmp(label, "And") == 0)
            out->joined = true;
        if (!out->given[0] && (strcmp(label, "GivenName") == 0 || strcmp(label, "FirstInitial") == 0))
            add(out->given, sizeof out->given, word);
        if (strcmp(label, "Surname") == 0 || strcmp(label, "LastInitial") == 0)
            add(out->family, sizeof out->family, word);
    }
}

/* Without full stops at the end, and without what follows the first given name. */
static bool same(struct tend_text got, const char *expected)
{
    struct tend_text text = tend_text_of(expected);

    while (text.len > 0 && text.at[text.len - 1] == '.')
        text.len--;
    while (got.len > 0 && got.at[got.len - 1] == '.')
        got.len--;
    return tend_text_eq(got, text);
}

static bool same_given(struct tend_text got, const char *expected)
{
    size_t len = strlen(expected);

    return same(got, expected) ||
           (got.len > (int64_t)len && len > 0 && memcmp(got.at, expected, len) == 0 &&
            got.at[len] == ' ');
}

static void names_labelled_by_hand(void **state)
{
    FILE *file = fopen(TEND_ROOT "/../shared/data/names/person_labeled.xml", "r");
    static char all[1 << 20];
    int32_t n = 0, right = 0, exact = 0;
    bool tell = getenv("TEND_TELL") != NULL;

    (void)state;
    CHECK_NEEDS("../shared/data", file != NULL);
    all[fread(all, 1, sizeof all - 1, file)] = '\0';
    fclose(file);
    for (char *at = strstr(all, "<Name>"); at; at = strstr(at + 1, "<Name>")) {
        char *end = strstr(at, "</Name>");
        struct tend_text given, family;
        struct labelled name;

        *end = '\0';
        take(at + 6, &name);
        *end = '<';
        if (name.parts < 2)
            continue;
        tend_name_split(tend_text_of(name.name), &given, &family);
        n++;
        exact += same(given, name.given) && same(family, name.family);
        if (same_given(given, name.given) && same(family, name.family))
            right++;
        else if (tell)
            print_message("# %s: \"%.*s\" \"%.*s\", not \"%s\" \"%s\"\n", name.name,
                          TEND_FMT(given), TEND_FMT(family), name.given, name.family);
    }
    print_message("# %d of %d names are right, %d without a second given name\n", right, n, exact);
    assert_true(n > 1500);
    assert_true(right * 100 >= n * 95);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(names_labelled_by_hand) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
