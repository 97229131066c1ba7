/* Running commands: tend_shell_setup, tend_shell_finish, tend_shell_run,
 * tend_shell_line, tend_shell_fail, tend_exit_of, tend_shell_note,
 * tend_shell_sure, tend_shell_open, tend_shell_close, tend_shell_registry,
 * tend_shell_default_db, tend_shell_when. */
#include "check.h"
#include "shell/ref.h"
#include "shell/time.h"
#include <sys/stat.h>

/* tend_exit_of */
static void exits(void **state)
{
    (void)state;
    assert_int_equal(tend_exit_of(TEND_OK), 0);
    assert_int_equal(tend_exit_of(TEND_IO), 1);
    assert_int_equal(tend_exit_of(TEND_NOT_FOUND), 1);
    assert_int_equal(tend_exit_of(TEND_USAGE), 2);
    assert_int_equal(tend_exit_of(TEND_INVALID), 2);
    assert_int_equal(tend_exit_of(TEND_AMBIGUOUS), 3);
    assert_int_equal(tend_exit_of(TEND_EXISTS), 3);
    assert_int_equal(tend_exit_of(TEND_VETO), 4);
    assert_int_equal(tend_exit_of(TEND_CANCELLED), 130);
}

/* tend_shell_fail: lines stay lines, control characters are shown */
static void failing(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "nonsense \x1b[2J", 2);
    assert_null(strchr(t.errors, '\x1b'));
    assert_string_equal(t.out, "");
    rewind(t.shell.errors);
    tend_error_set(&t.shell.err, TEND_IO, "low");
    tend_error_wrap(&t.shell.err, "high\nsecond line");
    tend_error_cure(&t.shell.err, "help");
    assert_int_equal(tend_shell_fail(&t.shell), 1);
    fputc('\0', t.shell.errors);
    fflush(t.shell.errors);
    assert_string_equal(t.errors, "tend: high\nsecond line\n  because: low\n  try: help\n");
    check_close(&t);
}

/* tend_shell_line: options of a line are of that line alone */
static void lines(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "", 0);
    RUN(&t, "# nothing", 0);
    RUN(&t, "add Ann --quiet", 0);
    assert_string_equal(t.out, "");
    RUN(&t, "count --json", 0);
    assert_string_equal(t.out, "{\"count\":1}\n");
    RUN(&t, "count", 0);
    assert_string_equal(t.out, "1\n");
    RUN(&t, "list --json --csv", 2);
    RUN(&t, "say \"no end", 2);
    RUN(&t, "help log", 0);
    SAYS(t.out, "usage: tend log");
    RUN(&t, "log --help", 0);
    SAYS(t.out, "disposition=WORD");
    RUN(&t, "help lgo", 2);
    check_close(&t);
}

/* tend_shell_run, tend_shell_line: options of the start hold for every line */
static void started_with(void **state)
{
    struct check_shell t;
    struct tend_parsed parsed = { .options = { .json = true, .dry = true } };

    (void)state;
    check_open(&t);
    t.shell.prompt = false;
    parsed.options.db = ":memory:";
    parsed.options.no_plugins = true;
    TEND_PUSH(&parsed.options.plugin_dir, PLUGINS);
    assert_int_equal(tend_shell_run(&t.shell, &parsed), 0);
    tend_parsed_finish(&parsed);
    t.shell.prompt = true;
    RUN(&t, "add Ann", 0);
    SAYS(t.out, "\"dry_run\":true");
    RUN(&t, "count", 0);
    assert_string_equal(t.out, "{\"count\":0}\n");
    RUN(&t, "list --csv", 0);
    assert_int_equal(strncmp(t.out, "ref,", 4), 0);
    check_close(&t);
}

/* Words are text in UTF-8; names of files may be any bytes. */
static void not_text(void **state)
{
    static const char *const bad[] = {
        "add \xff", "log ann call \xff", "log ann call x sentiment=\xff", "note ann \xc3\x28",
        "dnc ann all \xff", "done t1 \xff", "move ann prospect reason=\xff",
    };
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "add ann", 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        RUN(&t, bad[i], 2);
        SAYS(t.errors, "this is not text in UTF-8");
    }
    RUN(&t, "backup /tmp/no/such\xff/x", 1);
    check_close(&t);
}

/* tend_shell_sure: more than a screenful asks; nobody can answer here */
static void sure(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "count", 0);
    assert_int_equal(tend_shell_sure(&t.shell, 24, "tag"), TEND_OK);
    assert_int_equal(tend_shell_sure(&t.shell, 25, "tag"), TEND_USAGE);
    SAYS(t.shell.err.text, "--yes");
    t.shell.options.yes = true;
    assert_int_equal(tend_shell_sure(&t.shell, 25, "tag"), TEND_OK);
    check_close(&t);
}

/* tend_shell_open, tend_shell_close: reading makes no file, writing does, in a
 * folder for the owner alone; a dry run does not */
static void files(void **state)
{
    struct check_shell t;
    struct tend_arena arena = { 0 };
    struct stat info;
    char *path;

    (void)state;
    check_open(&t);
    t.shell.options.db = NULL;
    path = tend_arena_printf(&arena, "%s", tend_shell_default_db(&arena));
    SAYS(path, "/.local/share/tend/tend.db");
    RUN(&t, "count", 0);
    SAYS(t.errors, "there is no database");
    RUN(&t, "add Ann --dry-run", 0);
    assert_int_not_equal(access(path, F_OK), 0);
    RUN(&t, "undo", 1);
    assert_int_not_equal(access(path, F_OK), 0);
    RUN(&t, "add Ann", 0);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    *strrchr(path, '/') = '\0';
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    tend_shell_close(&t.shell);
    RUN(&t, "count", 0);
    assert_string_equal(t.out, "1\n");
    assert_string_equal(t.errors, "");
    tend_arena_finish(&arena);
    check_close(&t);
}

/* tend_shell_registry: only what a command needs is loaded */
static void plugins(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "count", 0);
    assert_null(t.shell.registry);
    assert_int_equal(tend_shell_registry(&t.shell, false), TEND_OK);
    assert_non_null(t.shell.registry);
    assert_null(tend_registry_find(t.shell.registry, "stage_set", TEND_TEXT("pipeline")));
    RUN(&t, "plugin list", 0);
    SAYS(t.out, "pipeline");
    RUN(&t, "plugin info pipelin", 2);
    SAYS(t.errors, "did you mean pipeline?");
    RUN(&t, "plugin info pipeline --json", 0);
    SAYS(t.out, "\"kind\":\"stage_set\"");
    check_close(&t);
}

/* tend_shell_when, and --now in the user's zone once that is known */
static void times(void **state)
{
    struct check_shell t;
    struct tend_token token = { .text = TEND_TEXT("1/12"), .len = 4 };
    struct tend_words words = { &token, 1 };
    struct tend_when when;

    (void)state;
    check_open(&t);
    RUN(&t, "count", 0);
    assert_int_equal(tend_shell_now(&t.shell), CHECK_NOW);
    assert_int_equal(tend_shell_when(&t.shell, words, false, &when), TEND_USAGE);
    RUN(&t, "config date_order=dmy zone=Europe/Vienna", 0);
    assert_int_equal(tend_shell_when(&t.shell, words, false, &when), TEND_OK);
    assert_int_equal(when.day, tend_date_days(2026, 12, 1));
    check_close(&t);
}

/* config: each setting is checked before it is kept */
static void settings(void **state)
{
    static const char *const good[] = {
        "config zone=America/New_York", "config region=at", "config hours=18:00-21:00",
        "config hours=\"mon-fri 18:00-21:00, sat 9:00-17:00\"", "config hours=0:00-24:00",
        "config date_order=ymd", "config \"name=Mira S\"", "config region=",
        "config hours=\"weekdays after 5pm, sat\"", "config hours=0:00-24:00",
        "config quiet=22:00-07:00", "config quiet=off", "config holidays=AT",
        "config holidays=\"US 12-24, not 10-12\"", "config away=2026-12-20..2027-01-03",
    };
    static const char *const bad[] = {
        "config zone=Mars/Olympus", "config region=AUT",        "config region=1A",
        "config hours=late",        "config hours=21:00-18:00", "config hours=mon-xyz 9:00-10:00",
        "config hours=9:00-25:00",  "config date_order=dym",    "config name=",
        "config zoen=UTC",          "config zone+=UTC",         "config zone",
        "config quiet=always-ish",  "config holidays=XX",       "config holidays=13-12",
        "config away=soon",         "config away=2027-01-03..2026-12-20",
    };
    struct check_shell t;

    (void)state;
    check_open(&t);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        RUN(&t, good[i], 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        RUN(&t, bad[i], 2);
    RUN(&t, "config --json", 0);
    assert_string_equal(t.out, "{\"name\":\"Mira S\",\"zone\":\"America/New_York\",\"region\":null,"
                               "\"hours\":\"0:00-24:00\",\"date_order\":\"ymd\","
                               "\"quiet\":\"off\",\"holidays\":\"US 12-24, not 10-12\","
                               "\"away\":\"2026-12-20..2027-01-03\","
                               "\"daily\":null,\"new_people\":null}\n");
    RUN(&t, "show me", 0);
    SAYS(t.out, "p1 Mira S");
    check_close(&t);
}

/* set: somebody else's number is taken, and said */
static void shared(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "add \"Ann Lee\" phone=\"+1 212 555 0101\" email=ann@example.com", 0);
    RUN(&t, "add Bob", 0);
    RUN(&t, "set bob phone=\"+1 (212) 555-0101\" email=bob@example.com", 0);
    assert_string_equal(t.errors, "tend: p2 Ann Lee has that number too\n");
    RUN(&t, "set bob email+=ann@example.com", 0);
    SAYS(t.errors, "p2 Ann Lee has that address too");
    RUN(&t, "set ann email=ann@example.com", 0);
    assert_string_equal(t.errors, "");
    check_close(&t);
}

/* what a word can be is said where it is none, with a caret */
static void words(void **state)
{
    static const struct {
        const char *line;
        int status;
        const char *says;
    } cases[] = {
        { "move ann foo", 2, "there are opportunity:" },
        { "move ann prospct", 2, "did you mean prospect?\n  move ann prospct\n           ^^^^^^^" },
        { "move ann soft_no", 2, "it is set by what was said: log PERSON call disposition=soft_no" },
        { "move ann foo:customer", 2, "it is in product: product:customer" },
        { "log ann call x sentiment=wram", 2, "did you mean warm?" },
        { "log ann call x sentiment=101", 2, "cold, cool, neutral, warm, hot" },
        { "log ann call x sentiment=80", 0, "" },
        { "set ann role=custmer", 2, "did you mean customer?" },
        { "plan ann call 2027-02-29", 2, "there is no 29 Feb 2027" },
        { "plan ann call \"mon tue\"", 2, "\"tue\" is one word too many for a time" },
        { "config name=", 2, "a name cannot be empty" },
        { "config zone=UTC zone=UTC", 2, "zone is given twice\n  config zone=UTC zone=UTC\n"
                                         "                  ^^^^^^^^" },
        { "config hours=late", 2, "\n  config hours=late\n         ^^^^^^^^^^" },
    };
    struct check_shell t;

    (void)state;
    check_open(&t);
    RUN(&t, "add ann", 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RUN(&t, cases[i].line, cases[i].status);
        SAYS(t.errors, cases[i].says);
    }
    RUN(&t, "log ann call x sentiment=warm direction=in", 0);
    SAYS(t.out, ", warm, they reached out");
    check_close(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(exits), cmocka_unit_test(failing), cmocka_unit_test(lines),
    cmocka_unit_test(sure),  cmocka_unit_test(files),   cmocka_unit_test(plugins),
    cmocka_unit_test(times), cmocka_unit_test(settings), cmocka_unit_test(started_with),
    cmocka_unit_test(not_text), cmocka_unit_test(words), cmocka_unit_test(shared),
};
CHECK_MAIN(tests)
