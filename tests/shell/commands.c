/* The declarations: tend_command_at, tend_command_find, tend_command_nearest,
 * tend_command_group; every example of every command parses. */
#include "check.h"
#include "shell/parse.h"

/* tend_command_at, tend_command_find: complete, and one of a name */
static void complete(void **state)
{
    const struct tend_command *command;

    (void)state;
    for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
        bool grouped = false;

        assert_ptr_equal(tend_command_find(tend_text_of(command->name)), command);
        assert_non_null(command->summary);
        assert_non_null(command->run);
        assert_non_null(command->examples);
        for (int64_t g = 0; tend_command_group(g) != NULL; g++)
            grouped = grouped || strcmp(tend_command_group(g), command->group) == 0;
        assert_true(grouped);
        for (int a = 0; command->args != NULL && command->args[a].name != NULL; a++) {
            assert_true(a < TEND_ARGS_MOST);
            assert_non_null(command->args[a].help);
            if (command->args[a].slot != TEND_SLOT_SETTINGS)
                assert_int_equal(command->args[a].slot == TEND_SLOT_CHOICE,
                                 command->args[a].choices != NULL);
        }
        for (int f = 0; command->flags != NULL && command->flags[f].name != NULL; f++) {
            assert_true(f < TEND_FLAGS_MOST);
            assert_non_null(command->flags[f].help);
            assert_int_equal(command->flags[f].slot == TEND_SLOT_NONE,
                             command->flags[f].value == NULL);
        }
    }
    assert_null(tend_command_at(-1));
    assert_null(tend_command_find(TEND_TEXT("ad")));
}

/* the commands that scripts rely on are there */
static void promised(void **state)
{
    static const char *const names[] = {
        "import", "add",  "set",    "show", "list",    "count",  "find",    "log",   "note",
        "tag",    "link", "plan",   "move", "due",     "done",   "snooze",  "drop",  "dnc",
        "why",    "undo", "redo",   "history", "plugin", "export", "backup", "restore", "check",
        "config", "help",
    };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_non_null(tend_command_find(tend_text_of(names[i])));
}

/* tend_command_nearest */
static void nearest(void **state)
{
    (void)state;
    assert_string_equal(tend_command_nearest(TEND_TEXT("improt")), "import");
    assert_string_equal(tend_command_nearest(TEND_TEXT("ls")), "list");
    assert_null(tend_command_nearest(TEND_TEXT("zzzzzz")));
}

/* each example is what it says: a line of that command */
static void examples(void **state)
{
    const struct tend_command *command;

    (void)state;
    for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
        for (int e = 0; command->examples[e].line != NULL; e++) {
            struct tend_arena arena = { 0 };
            struct tend_error err = { 0 };
            struct tend_line line;
            struct tend_parsed parsed;

            assert_non_null(command->examples[e].does);
            assert_int_equal(tend_line_split(tend_text_of(command->examples[e].line), &arena, &line,
                                             &err), TEND_OK);
            if (tend_parse(&line, true, &arena, &parsed, &err) != TEND_OK)
                fail_msg("%s: %s", command->examples[e].line, err.text);
            /* `plugin` alone shows what its second words do */
            if (command->of != NULL || tend_command_sub_at(command, 0) == NULL)
                assert_ptr_equal(parsed.command, command);
            tend_parsed_finish(&parsed);
            tend_line_finish(&line);
            tend_arena_finish(&arena);
        }
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(complete),
    cmocka_unit_test(promised),
    cmocka_unit_test(nearest),
    cmocka_unit_test(examples),
};
CHECK_MAIN(tests)
