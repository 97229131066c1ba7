/* Runs chunks of Lua: lends them references, lists and the screen, and makes one
 * deed of what they collect. */
#include "shell/console.h"
#include "base/interrupt.h"
#include "desk/work.h"
#include "lua/lua_console.h"
#include "shell/plugged.h"
#include "shell/write.h"
#include "store/ops_task.h"
#include "store/ops_touch.h"
#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

#define TOUCHES_MOST 1000
#define CELLS 12

/* What a chunk asks for, while it runs. */
struct lent {
    struct tend_shell *shell;
    struct tend_arena arena;
    struct tend_buffer lines;    /* with --json: what was printed */
    const char *what;           /* the list that is being read */
    tend_id person;
    struct tend_task_view *tasks;
    struct tend_touch_view *touches;
    int64_t n;
    struct tend_cell cells[CELLS];
};

static void lend_print(void *data, struct tend_text line)
{
    struct lent *lent = data;
    struct tend_text one;

    if (lent->shell->options.json) {
        tend_buffer_adds(&lent->lines, lent->lines.len > 0 ? "," : "");
        tend_buffer_json(&lent->lines, line);
        return;
    }
    if (line.len == 0)
        tend_line_out(lent->shell, "%s", "");
    while (line.len > 0) {          /* as they stand: tend_text_cut would trim them */
        const char *end = memchr(line.at, '\n', (size_t)line.len);

        one = (struct tend_text){ line.at, end != NULL ? end - line.at : line.len };
        tend_line_out(lent->shell, "%.*s", TEND_FMT(one));
        line.at += one.len + (end != NULL ? 1 : 0);
        line.len -= one.len + (end != NULL ? 1 : 0);
    }
}

static tend_id lend_person(void *data, struct tend_text word, struct tend_buffer *why)
{
    struct lent *lent = data;
    tend_id person = 0;

    if (tend_ref_person(lent->shell, word, &person) == TEND_OK)
        return person;
    tend_buffer_adds(why, lent->shell->err.text);
    tend_error_clear(&lent->shell->err);
    return 0;
}

static struct tend_text digits(struct lent *lent, int64_t number)
{
    return number == 0 ? (struct tend_text){ "", 0 }
                       : tend_text_of(tend_arena_printf(&lent->arena, "%lld", (long long)number));
}

static void task_cells(struct lent *lent, const struct tend_task_view *task, int64_t *n)
{
    const struct tend_cell cells[] = {
        { "id", digits(lent, task->id) },
        { "person", digits(lent, task->person) },
        { "title", task->title },
        { "kind", task->kind },
        { "why", task->why },
        { "plugin", task->plugin },
        { "key", task->key },
        { "opens", digits(lent, task->opens_at) },
        { "closes", digits(lent, task->closes_at) },
        { "overdue", task->overdue ? TEND_TEXT("yes") : TEND_TEXT("") },
    };

    *n = sizeof cells / sizeof *cells;
    memcpy(lent->cells, cells, sizeof cells);
}

static void touch_cells(struct lent *lent, const struct tend_touch_view *touch, int64_t *n)
{
    struct tend_text disposition = { 0 };

    for (int64_t i = 0; i < touch->n_parties; i++) {
        if (touch->parties[i].person == lent->person)
            disposition = touch->parties[i].disposition;
    }
    const struct tend_cell cells[] = {
        { "id", digits(lent, touch->id) },
        { "person", digits(lent, touch->person) },
        { "kind", touch->kind },
        { "direction", touch->direction },
        { "text", touch->text },
        { "disposition", disposition },
        { "at", digits(lent, touch->at) },
        { "significant", touch->significant ? TEND_TEXT("yes") : TEND_TEXT("") },
    };

    *n = sizeof cells / sizeof *cells;
    memcpy(lent->cells, cells, sizeof cells);
}

static bool read_list(struct lent *lent, const char *what, tend_id person)
{
    struct tend_store *store = lent->shell->store;
    int64_t now = tend_shell_now(lent->shell);
    tend_status status;

    lent->what = what;
    lent->person = person;
    lent->n = 0;
    lent->tasks = NULL;
    lent->touches = NULL;
    if (strcmp(what, "touches") == 0)
        status = tend_touch_of(store, person, TOUCHES_MOST, &lent->arena, &lent->touches, &lent->n);
    else if (strcmp(what, "tasks") == 0)
        status = tend_task_of(store, person, now, &lent->arena, &lent->tasks, &lent->n);
    else
        status = tend_task_due(store, now, false, &lent->arena, &lent->tasks, &lent->n);
    return status == TEND_OK;
}

static bool lend_row(void *data, const char *what, tend_id person, int64_t index,
                     const struct tend_cell **cells, int64_t *n)
{
    struct lent *lent = data;

    if (index == 0 && !read_list(lent, what, person))
        return false;
    if (index >= lent->n)
        return false;
    if (lent->touches != NULL)
        touch_cells(lent, &lent->touches[index], n);
    else
        task_cells(lent, &lent->tasks[index], n);
    *cells = lent->cells;
    return true;
}

static const struct tend_eval_host host = { lend_print, lend_person, lend_row };

/* --- the state -------------------------------------------------------------- */

/* ~/.config/tend/init.lua, or "" if it is not there. */
static const char *init_file(struct tend_shell *shell)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME"), *path;
    const struct passwd *user = home == NULL ? getpwuid(getuid()) : NULL;

    if (user != NULL)
        home = user->pw_dir;
    if (shell->options.no_plugins || (home == NULL && (config == NULL || config[0] != '/')))
        return "";
    path = config != NULL && config[0] == '/'
               ? tend_arena_printf(&shell->arena, "%s/tend/init.lua", config)
               : tend_arena_printf(&shell->arena, "%s/.config/tend/init.lua", home);
    return access(path, F_OK) == 0 ? path : "";
}

static tend_status make_console(struct tend_shell *shell)
{
    struct tend_error err = { 0 };
    const char *path = init_file(shell);

    if (tend_registry_console(shell->registry, &tend_lua_console_runtime, path, &err) != TEND_OK)
        tend_shell_note(shell, "%s was not read: %s", path, err.text);
    return tend_registry_console_instance(shell->registry) != NULL
               ? TEND_OK
               : tend_error_set(&shell->err, TEND_INTERNAL, "there is no Lua: %s", err.text);
}

tend_status tend_console_open(struct tend_shell *shell)
{
    tend_status status = tend_shell_registry(shell, true);

    if (status != TEND_OK || tend_registry_console_instance(shell->registry) != NULL)
        return status;
    return make_console(shell);
}

void tend_console_renew(struct tend_shell *shell)
{
    if (shell->registry == NULL || !tend_registry_console_spent(shell->registry))
        return;
    tend_plugged_finish(shell);     /* commands of init.lua are records of the old state */
    if (make_console(shell) == TEND_OK)
        tend_shell_note(shell, "the Lua state was made anew; its variables are gone");
}

/* --- running ------------------------------------------------------------------ */

/* One document: the value, what was printed, and what was done. deed NULL: nothing. */
static void print_json(struct tend_shell *shell, const struct lent *lent,
                       const struct tend_eval *eval, const struct tend_deed *deed)
{
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '{');
    tend_json_raw(&json, "value", tend_buffer_text(&eval->value));
    tend_json_open(&json, "lines", '[');
    tend_buffer_add(&json.buf, tend_buffer_text(&lent->lines));
    tend_json_close(&json, ']');
    if (deed != NULL) {
        tend_write_json(shell, &json, deed);
    } else {
        tend_json_id(&json, "batch", 0);
        tend_json_open(&json, "effects", '[');
        tend_json_close(&json, ']');
    }
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
}

static int apply(struct tend_shell *shell, struct tend_effects *effects, const struct lent *lent,
                 const struct tend_eval *eval)
{
    struct tend_deed deed;
    tend_status status = tend_write_begin(shell, &deed, "lua");

    if (status == TEND_OK)
        status = tend_deed_effects(&shell->desk, &deed, "lua", effects);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    if (shell->options.json) {
        print_json(shell, lent, eval, &deed);
        tend_deed_finish(&deed);
    } else {
        tend_write_say(shell, &deed, "lua", NULL, 0);
    }
    return TEND_EXIT_OK;
}

static int run(struct tend_shell *shell, struct tend_eval *eval)
{
    struct lent lent = { .shell = shell };
    struct tend_effects effects = { 0 };
    int exit_status = TEND_EXIT_OK;
    tend_status status = tend_shell_open(shell, TEND_PLUGINS | TEND_WRITES | TEND_NO_NEW);

    shell->desk.dry = shell->options.dry;
    if (status == TEND_OK)
        status = tend_console_open(shell);
    eval->host = &host;
    eval->data = &lent;
    eval->json = shell->options.json;
    if (status == TEND_OK)
        status = tend_call_eval(shell->registry, eval, &shell->arena, &effects);
    if (status != TEND_OK) {
        exit_status = tend_shell_fail(shell);
        exit_status = status == TEND_CANCELLED ? exit_status : TEND_EXIT_FAILED;
    } else if (effects.list.n > 0) {
        exit_status = apply(shell, &effects, &lent, eval);
    } else if (eval->json && !eval->incomplete) {
        print_json(shell, &lent, eval, NULL);
    }
    fflush(shell->out);
    TEND_ARRAY_FINISH(&effects.list);
    tend_buffer_finish(&eval->out);
    tend_buffer_finish(&eval->value);
    tend_buffer_finish(&lent.lines);
    tend_arena_finish(&lent.arena);
    return exit_status;
}

int tend_console_line(struct tend_shell *shell, struct tend_text text, bool *incomplete)
{
    struct tend_eval eval = { .chunk = text, .name = "lua" };
    int exit_status = run(shell, &eval);

    if (incomplete != NULL)
        *incomplete = eval.incomplete;
    else if (eval.incomplete) {
        tend_error_set(&shell->err, TEND_USAGE, "the Lua ends in the middle: %.*s",
                       TEND_FMT(tend_text_clip(text, 60)));
        return tend_shell_fail(shell);
    }
    return exit_status;
}

int tend_console_script(struct tend_shell *shell, const char *name, struct tend_text text,
                        const struct tend_text *args, int64_t n)
{
    struct tend_eval eval = { .chunk = text, .name = name, .script = true, .args = args,
                              .n_args = n };

    return run(shell, &eval);
}

bool tend_console_goes_on(struct tend_shell *shell, struct tend_text line)
{
    line = tend_text_trim(line);
    if (!shell->lua && (line.len == 0 || line.at[0] != '='))
        return false;
    if (line.len > 0 && line.at[0] == '=')
        line = (struct tend_text){ line.at + 1, line.len - 1 };
    return tend_console_open(shell) == TEND_OK &&
           tend_lua_incomplete(tend_registry_console_instance(shell->registry), line);
}

void tend_console_complete(struct tend_shell *shell, struct tend_text text,
                           void (*add)(void *data, struct tend_text word), void *data)
{
    if (tend_console_open(shell) == TEND_OK)
        tend_lua_complete(tend_registry_console_instance(shell->registry), text, add, data);
}
