/* The first run: a few questions with good guesses, and people from a file. What
 * is answered goes through the commands that change it later, so that nothing is
 * set here that could not be set there. */
#include "desk/region.h"
#include "shell/ask.h"
#include "shell/greet.h"
#include "shell/output.h"
#include <dirent.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOURS "mon-fri 18:00-21:30, sat 9:00-17:00"
#define ROOM 1024

struct first_run {
    struct tend_shell *shell;
    char guess[ROOM], answer[ROOM]; /* outlive the commands that are run */
    bool left, people;
};

/* What came of the account: the name before the first comma. */
static void guess_name(char *guess)
{
    const struct passwd *account = getpwuid(getuid());
    const char *gecos = account != NULL ? account->pw_gecos : NULL, *user = getenv("USER");

    if (gecos != NULL && *gecos != '\0' && *gecos != ',')
        snprintf(guess, ROOM, "%.*s", (int)strcspn(gecos, ","), gecos);
    else
        snprintf(guess, ROOM, "%s", user != NULL ? user : "");
}

/* The country of a zone, by the table that comes with the zones; "" unknown. */
static void region_of_zone(const char *zone, char region[3])
{
    const char *dir = getenv("TZDIR");
    char path[ROOM], line[ROOM], code[3], name[64];
    FILE *table;

    region[0] = '\0';
    snprintf(path, sizeof path, "%s/zone.tab", dir != NULL ? dir : "/usr/share/zoneinfo");
    table = fopen(path, "re");
    while (table != NULL && region[0] == '\0' && fgets(line, sizeof line, table) != NULL) {
        if (line[0] != '#' && sscanf(line, "%2s %*s %63s", code, name) == 2 &&
            strcmp(name, zone) == 0)
            memcpy(region, code, 3);
    }
    if (table != NULL)
        fclose(table);
}

/* Of a number with its country: "+43 664 ..." or 0043...; "" unknown. */
static void region_of_number(const char *number, char region[3])
{
    const struct tend_region *found;
    char digits[32];
    size_t n = 0;

    region[0] = '\0';
    for (const char *at = number; *at != '\0' && n < sizeof digits - 1; at++) {
        if (*at >= '0' && *at <= '9')
            digits[n++] = *at;
    }
    digits[n] = '\0';
    if (number[0] != '+' && strncmp(digits, "00", 2) != 0)
        return;
    found = tend_region_of(tend_text_of(number[0] == '+' ? digits : digits + 2));
    if (found != NULL)
        memcpy(region, found->code, 3);
}

/* The newest .csv of the folder, if it is newer than what was found before. */
static void look_for_file(const char *folder, struct timespec *newest, char *guess)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        size_t len = strlen(entry->d_name);
        char path[ROOM];
        struct stat st;

        if (len < 5 || strcmp(entry->d_name + len - 4, ".csv") != 0 ||
            (size_t)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name) >= sizeof path)
            continue;
        if (stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
            (guess[0] == '\0' || st.st_mtim.tv_sec > newest->tv_sec)) {
            *newest = st.st_mtim;
            memcpy(guess, path, strlen(path) + 1);
        }
    }
    if (dir != NULL)
        closedir(dir);
}

static void guess_file(char *guess)
{
    const char *home = getenv("HOME");
    struct timespec newest = { 0 };
    char folder[ROOM];

    guess[0] = '\0';
    look_for_file(".", &newest, guess);
    if (home == NULL)
        return;
    look_for_file(home, &newest, guess);
    if ((size_t)snprintf(folder, sizeof folder, "%s/Downloads", home) < sizeof folder)
        look_for_file(folder, &newest, guess);
}

/* --- asking -------------------------------------------------------------------- */

/* false: skipped, or left for good. Quotes would end the word that it becomes. */
static bool ask(struct first_run *run, const char *question)
{
    struct tend_text answer = { 0 };
    size_t n = 0;

    if (run->left)
        return false;
    if (tend_ask_line(run->shell, question, run->guess, &answer) != TEND_OK) {
        tend_error_clear(&run->shell->err);
        run->left = true;
        return false;
    }
    for (int64_t i = 0; i < answer.len && n < ROOM - 1; i++) {
        if (answer.at[i] != '"' && answer.at[i] != '\\')
            run->answer[n++] = answer.at[i];
    }
    run->answer[n] = '\0';
    return n > 0;
}

static int command(struct first_run *run, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
static int command(struct first_run *run, const char *fmt, ...)
{
    struct tend_buffer line = { 0 };
    va_list args;
    int exit_status;

    va_start(args, fmt);
    tend_buffer_vaddf(&line, fmt, args);
    va_end(args);
    exit_status = tend_shell_line(run->shell, tend_buffer_text(&line));
    tend_buffer_finish(&line);
    return exit_status;
}

/* What was just answered is not said again. */
static void be_quiet(struct first_run *run, bool quiet)
{
    run->shell->start.quiet = run->shell->options.quiet = quiet;
}

/* Asks until the setting is good, or skipped. */
static void ask_setting(struct first_run *run, const char *question, const char *key)
{
    while (ask(run, question)) {
        int exit_status;

        be_quiet(run, true);
        exit_status = command(run, "config %s=\"%s\"", key, run->answer);
        be_quiet(run, false);
        if (exit_status == TEND_EXIT_OK)
            return;
        memcpy(run->guess, run->answer, ROOM);
    }
}

/* The own number says which country; else the zone does. */
static void ask_number(struct first_run *run)
{
    char region[3] = "", zone[3];

    run->guess[0] = '\0';
    region_of_zone(tend_zone_local_name(), zone);
    if (ask(run, "Your own number (+43 ...):")) {
        region_of_number(run->answer, region);
        if (region[0] == '\0')
            memcpy(region, zone, sizeof region);
        be_quiet(run, true);
        if (region[0] != '\0')
            command(run, "config region=%s", region);
        command(run, "set me phone=\"%s\"", run->answer);
        be_quiet(run, false);
    } else if (!run->left && zone[0] != '\0') {
        be_quiet(run, true);
        command(run, "config region=%s", zone);
        be_quiet(run, false);
    }
}

static void ask_file(struct first_run *run)
{
    const char *home = getenv("HOME");
    char path[2 * ROOM], key = 'n';
    int exit_status;

    guess_file(run->guess);
    if (!ask(run, "A file of people (.csv):"))
        return;
    if (strncmp(run->answer, "~/", 2) == 0 && home != NULL)
        snprintf(path, sizeof path, "%s%s", home, run->answer + 1);
    else
        snprintf(path, sizeof path, "%s", run->answer);
    exit_status = command(run, "import --dry-run \"%s\"", path);
    if (exit_status != TEND_EXIT_OK && exit_status != TEND_EXIT_PART)
        return;
    if (tend_ask_key(run->shell, "Import them? [y]es [n]o", "yn", &key) != TEND_OK)
        tend_error_clear(&run->shell->err);
    if (key == 'y')
        exit_status = command(run, "import \"%s\"", path);
    run->people = key == 'y' && (exit_status == TEND_EXIT_OK || exit_status == TEND_EXIT_PART);
}

static void say_next(const struct first_run *run)
{
    struct tend_shell *shell = run->shell;

    tend_line_out(shell, "%s", "");
    tend_line_out(shell, "Three things to type next (config changes what was asked, undo takes "
                         "back):");
    if (run->people) {
        tend_line_out(shell, "  triage                           ten people, one key each");
        tend_line_out(shell, "  list                             who there is");
    } else {
        tend_line_out(shell, "  add \"Ann Lee\" phone=\"0664 5551234\"");
        tend_line_out(shell, "  import --dry-run contacts.csv    what would come in");
    }
    tend_line_out(shell, "  help");
}

void tend_first_run(struct tend_shell *shell)
{
    struct first_run *run = tend_alloc(sizeof *run);

    *run = (struct first_run){ .shell = shell };
    shell->prompt = true;       /* the options of the start stay for the commands */
    tend_line_out(shell, "Welcome to tend. Enter takes what stands there, an empty line skips, "
                         "Ctrl-D leaves.");
    fflush(shell->out);
    guess_name(run->guess);
    ask_setting(run, "Your name:", "name");
    snprintf(run->guess, ROOM, "%s", tend_zone_local_name());
    ask_setting(run, "Your zone:", "zone");
    snprintf(run->guess, ROOM, "%s", HOURS);
    ask_setting(run, "When you work on this:", "hours");
    ask_number(run);
    ask_file(run);
    say_next(run);
    tend_free(run);
}
