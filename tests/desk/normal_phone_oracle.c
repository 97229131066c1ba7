/* Keys of telephone numbers beside Debian's python3-phonenumbers: every region
 * and type, as it writes them and as people do. Covers tend_dial. */
#include "desk/normal.h"
#include "../needs.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define SHOWN 12 /* of what went wrong */

struct count {
    char what[32];
    int32_t n, right;
};

static struct count *count_of(struct count *counts, const char *what)
{
    while (counts->what[0] && strcmp(counts->what, what) != 0)
        counts++;
    snprintf(counts->what, sizeof counts->what, "%s", what);
    return counts;
}

static char *cut(char **rest)
{
    char *field = *rest, *tab = strchr(field, '\t');

    *rest = tab ? tab + 1 : field + strlen(field);
    if (tab)
        *tab = '\0';
    return field;
}

static void compare(char *line, struct count *counts, bool tell)
{
    char *rest = line, *what = cut(&rest), *region = cut(&rest), *typed = cut(&rest);
    char key[TEND_PHONE_KEY];
    struct count *count = count_of(counts, what);

    if (!tend_normal_phone_key(tend_text_of(typed), tend_text_of(region), key))
        key[0] = '\0';
    count->n++;
    if (strcmp(key, rest) == 0)
        count->right++;
    else if (tell || count->n - count->right <= SHOWN)
        print_message("# %s, %s: \"%s\" gave \"%s\", not \"%s\"\n", what, region, typed, key,
                      rest);
}

static void as_the_package_writes_them(void **state)
{
    FILE *from = popen("/usr/bin/python3 " TEND_ROOT "/tests/desk/normal_phone_oracle.py", "r");
    struct count counts[32] = { { "", 0, 0 } };
    bool tell = getenv("TEND_TELL") != NULL;
    int32_t all = 0, right = 0;
    char line[512];

    (void)state;
    assert_non_null(from);
    while (fgets(line, sizeof line, from)) {
        line[strcspn(line, "\n")] = '\0';
        compare(line, counts, tell);
    }
    CHECK_NEEDS("Debian's python3-phonenumbers", pclose(from) == 0 || counts[0].n > 0);
    for (struct count *c = counts; c->what[0]; c++) {
        bool wrong = strcmp(c->what, "wrong length") == 0;

        print_message("# %s: %d of %d\n", c->what, c->right, c->n);
        if (wrong)
            assert_int_equal(c->right, c->n);
        else
            all += c->n, right += c->right;
    }
    print_message("# %d of %d\n", right, all);
    assert_true(all > 15000);
    assert_true((int64_t)right * 1000 >= (int64_t)all * 990);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(as_the_package_writes_them) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
