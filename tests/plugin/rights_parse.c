/* Covers tend_rights_parse, _text, _at, _any and _within: what a manifest may say,
 * what is refused and how, and that it can be written out and read again. */
#include "world.h"

static struct tend_arena arena;
static struct tend_error err;

static struct tend_rights parse(const char *needs)
{
    struct tend_rights rights;

    if (tend_rights_parse(tend_text_of(needs), &arena, &rights, &err) != TEND_OK)
        fail_msg("%s: %s", needs, err.text);
    return rights;
}

static void becomes(const char *needs, const char *expected)
{
    struct tend_rights rights = parse(needs);
    struct tend_text text = tend_rights_text(&rights, &arena);

    assert_text(text, expected);
    rights = parse(text.at);
    assert_text(tend_rights_text(&rights, &arena), expected);
}

static void refuses(const char *needs, const char *part)
{
    struct tend_rights rights;

    if (tend_rights_parse(tend_text_of(needs), &arena, &rights, &err) == TEND_OK)
        fail_msg("taken: %s", needs);
    assert_holds(err.text, part);
}

static void test_forms(void **state)
{
    (void)state;
    becomes("", "");
    becomes("  \n", "");
    becomes("none", "none");
    becomes("native", "native");
    becomes("reads:person", "reads:person");
    becomes("reads:person,touch", "reads:person,touch");
    becomes("reads:touch person", "reads:person,touch");
    becomes("reads:person reads:touch", "reads:person,touch");
    becomes("reads:person, touch", "reads:person,touch");
    becomes("effects:move task native reads:state", "reads:state effects:task,move native");
    becomes("net:API.Example.com,localhost:8080 [::1]:80", "net:api.example.com,localhost:8080,[::1]:80");
    becomes("files:~/leads/ /srv/in", "files:~/leads,/srv/in");
    becomes("files:\"~/My Leads\",~", "files:\"~/My Leads\",~");
    becomes("files:\"/a\\\"b\\\\c\"", "files:\"/a\\\"b\\\\c\"");
    becomes("secrets:token secrets:token,other", "secrets:token,other");
    becomes("secrets:token,native native", "secrets:token,native native");
    becomes("reads: person", "reads:person");
    becomes("none native", "native");
}

static void test_refused(void **state)
{
    (void)state;
    refuses("person", "\"person\" is no right");
    refuses("person", "rights are written reads:person");
    refuses("nativ", "did you mean \"native\"?");
    refuses("effcts:task", "no right");
}

static void test_suggestions(void **state)
{
    (void)state;
    refuses("reads:persn", "did you mean \"person\"?");
    refuses("reads:persn", "person touch task note state");
    refuses("effects:tsk", "did you mean \"task\"?");
    refuses("effects:tsk", "the effects are: task");
    refuses("reads:person efects:task", "\"reads:efects:task\" is no right");
    refuses("files:leads", "begins with / or ~/");
    refuses("files:~ann/x", "begins with / or ~/");
    refuses("files:~/a/../../b", "no .. in it");
    refuses("files:/a\x01", "\"files:/a?\" is no right");
    refuses("files:/a\xff", "no right");
    refuses("net:https://example.com", "a host is written");
    refuses("net:*.example.com", "a host is written");
    refuses("net:example.com:0", "a host is written");
    refuses("net:example.com:65536", "a host is written");
    refuses("net:example.com:", "a host is written");
    refuses("net:.example.com", "a host is written");
    refuses("net:[::1", "a host is written");
    refuses("secrets:To-ken", "the name of a secret");
    refuses("secrets:\"\"", "the name of a secret");
    refuses("files:\"/a", "is not closed");
}

static void test_long(void **state)
{
    static char text[10000];

    (void)state;
    memset(text, 'a', sizeof text - 1);
    refuses(text, "more than the 8192");
}

static void within(const char *needs, const char *grant, const char *may, const char *left)
{
    struct tend_rights a = parse(needs), b = parse(grant), rest;
    struct tend_rights both = tend_rights_within(&a, &b, &arena, &rest);

    assert_text(tend_rights_text(&both, &arena), may);
    rest.named = true;
    assert_text(tend_rights_text(&rest, &arena), left);
    assert_int_equal(tend_rights_any(&rest), strcmp(left, "none") != 0);
}

static void test_within(void **state)
{
    (void)state;
    within("reads:person,touch effects:task", "reads:person effects:task,move",
           "reads:person effects:task", "reads:touch");
    within("files:~/leads/a,~/other", "files:~/leads", "files:~/leads/a", "files:~/other");
    within("files:~/leadsx", "files:~/leads", "none", "files:~/leadsx");
    within("files:/etc", "files:/", "files:/etc", "none");
    within("net:a.example.com:443 secrets:t native", "net:a.example.com",
           "net:a.example.com:443", "secrets:t native");
    within("net:a.example.com:443", "net:a.example.com:443", "net:a.example.com:443", "none");
    within("net:a.example.com", "net:a.example.com:443", "net:a.example.com", "none");
    within("net:http://localhost:80", "net:http://localhost", "net:http://localhost:80", "none");
    within("net:http://localhost:443", "net:http://localhost", "none", "net:http://localhost:443");
    within("native", "native", "native", "none");
    within("none", "reads:person", "none", "none");
}

static int finish(void **state)
{
    (void)state;
    tend_arena_finish(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forms),       cmocka_unit_test(test_refused),
        cmocka_unit_test(test_suggestions), cmocka_unit_test(test_long),
        cmocka_unit_test(test_within),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, finish);
}
