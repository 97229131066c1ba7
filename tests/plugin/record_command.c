/* Covers tend_record_command: a good declaration, and each thing that makes one
 * impossible to read, explain or complete. */
#include "world.h"
#include <tend/command.h>

#define ARG(name_, type_, ...)                                                       \
    { .size = sizeof(struct tend_command_arg), .name = (name_), .type = (type_),      \
      .help = "h", __VA_ARGS__ }

static tend_status run(struct tend_ctx *ctx)
{
    (void)ctx;
    return TEND_OK;
}

static struct tend_command_record base(void)
{
    return (struct tend_command_record){ .size = sizeof(struct tend_command_record), .name = "try",
                                         .summary = "s", .run = run };
}

static void refused(const struct tend_command_record *record, tend_status status, const char *part)
{
    struct tend_error err = { 0 };

    assert_int_equal(tend_record_check("command", record, &err), status);
    assert_holds(err.text, part);
}

static void taken(const struct tend_command_record *record)
{
    struct tend_error err = { 0 };

    if (tend_record_check("command", record, &err) != TEND_OK)
        fail_msg("%s", err.text);
}

static void test_whole(void **state)
{
    static const struct tend_command_arg who = ARG("who", "person", .how = 0),
        rest = ARG("rest", "text", .how = TEND_ARG_OPTIONAL),
        kind = ARG("kind", "choice", .choices = "big small"), loud = ARG("loud", "flag", .how = 0);
    static const struct tend_command_arg *const args[] = { &who, &rest, NULL };
    static const struct tend_command_arg *const flags[] = { &kind, &loud, NULL };
    static const char *const good[] = { "try ann", "tries", NULL };
    static const char *const other[] = { "log ann", "x", NULL };
    static const char *const half[] = { "try", NULL, NULL };
    struct tend_command_record record = base();

    (void)state;
    taken(&record);
    record.args = args;
    record.flags = flags;
    record.fields = "person:person name days:number open:flag at:time task:task note:text";
    record.examples = good;
    taken(&record);
    record.examples = other;
    refused(&record, TEND_INVALID, "begins with its name");
    record.examples = half;
    refused(&record, TEND_INVALID, "and what it does");
    record.examples = NULL;
    record.fields = "name days:numbr";
    refused(&record, TEND_INVALID, "the field \"days\" is a \"numbr\"");
    record = base();
    record.summary = "";
    refused(&record, TEND_INVALID, "no `summary`");
    record = base();
    record.run = NULL;
    refused(&record, TEND_INVALID, "no `run`");
}

static void with_arg(struct tend_command_arg one, struct tend_command_arg two, tend_status status,
                     const char *part)
{
    const struct tend_command_arg *const args[] = { &one, two.size ? &two : NULL, NULL };
    struct tend_command_record record = base();

    record.args = args;
    refused(&record, status, part);
}

static void test_args(void **state)
{
    const struct tend_command_arg none = { 0 }, word = ARG("word", "word", .how = 0);
    struct tend_command_arg arg = word;

    (void)state;
    arg.size = 4;
    with_arg(arg, none, TEND_INVALID, "needs its size");
    arg = word;
    arg.name = "Big Word";
    with_arg(arg, none, TEND_INVALID, "a-z 0-9");
    arg = word;
    arg.type = "persn";
    with_arg(arg, none, TEND_INVALID, "did you mean \"person\"?");
    arg.type = NULL;
    with_arg(arg, none, TEND_INVALID, "no type");
    arg.type = "choice";
    with_arg(arg, none, TEND_INVALID, "no choices");
    arg = word;
    arg.help = "";
    with_arg(arg, none, TEND_INVALID, "no help");
    arg = word;
    arg.type = "flag";
    with_arg(arg, none, TEND_INVALID, "stands among the flags");
    arg.type = "text";
    arg.name = "rest";
    with_arg(arg, word, TEND_INVALID, "the last argument");
    arg.type = "word";
    arg.how = TEND_ARG_OPTIONAL;
    with_arg(arg, word, TEND_INVALID, "must be given");
    with_arg(word, word, TEND_EXISTS, "two \"word\"");
}

static void test_flags(void **state)
{
    static const struct tend_command_arg people = ARG("all", "people", .how = 0),
        word = ARG("word", "word", .how = 0);
    static const struct tend_command_arg *const several[] = { &people, NULL };
    static const struct tend_command_arg *const twice[] = { &word, &word, NULL };
    static const struct tend_command_arg *const once[] = { &word, NULL };
    const struct tend_command_arg *many[16] = { NULL };
    struct tend_command_record record = base();

    (void)state;
    record.flags = several;
    refused(&record, TEND_INVALID, "an argument, not the flag");
    record.flags = twice;
    refused(&record, TEND_EXISTS, "two \"word\"");
    record.flags = once;
    record.args = once;
    refused(&record, TEND_EXISTS, "two \"word\"");
    record.args = NULL;
    for (int i = 0; i < 15; i++)
        many[i] = &word;
    record.flags = many;
    refused(&record, TEND_LIMIT, "15 flags; at most 14");
    record.flags = NULL;
    record.args = many;
    refused(&record, TEND_LIMIT, "15 arguments; at most 6");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_args),
        cmocka_unit_test(test_flags),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
