/* Running a command or a report of a plugin: its values are read, it is asked until it asks
 * no more, what it says is printed, and what it wants done is one deed. */
#include "base/text.h"
#include "shell/ask.h"
#include "shell/plugged.h"
#include "shell/write.h"
#include "desk/work.h"
#include <stdlib.h>

#define VALUES_MOST 24

struct running {
    struct tend_shell *shell;
    const struct tend_plugged *own;
    const struct tend_command_record *record;
    struct tend_call_value value[VALUES_MOST];
    struct tend_call_args args;
    struct tend_effects effects;
    bool failed;                /* the plugin did: no mistake of whoever typed the line */
};

static tend_status add_value(struct running *r, const struct tend_command_arg *arg,
                             struct tend_words words)
{
    struct tend_call_value *value = &r->value[r->args.n];

    if (words.n == 0)
        return TEND_OK;
    r->args.n++;
    return tend_plugged_value(r->shell, arg, words, value);
}

static tend_status add_people(struct running *r, const struct tend_command_arg *arg,
                              const struct tend_parsed *parsed, const char *name)
{
    struct tend_call_value *value = &r->value[r->args.n];
    struct tend_buffer buf = { 0 };
    struct tend_ids ids;
    tend_status status;

    if (!tend_given_is(parsed, name) && !tend_given_is(parsed, "where"))
        return TEND_OK;
    status = tend_ref_people(r->shell, parsed, name, &ids);
    if (status == TEND_OK && r->record->writes)
        status = tend_shell_sure(r->shell, ids.n, r->record->name);
    if (status != TEND_OK)
        return status;
    for (int64_t i = 0; i < ids.n; i++)
        tend_buffer_addf(&buf, "%s%lld", i > 0 ? "," : "", (long long)ids.at[i]);
    *value = (struct tend_call_value){ arg->name,
                                       tend_arena_text(&r->shell->arena, tend_buffer_text(&buf)),
                                       ids.at[0], ids.at, ids.n };
    tend_buffer_finish(&buf);
    r->args.n++;
    return TEND_OK;
}

static tend_status read_values(struct running *r, const struct tend_parsed *parsed)
{
    const struct tend_command_arg *const *args = r->record->args, *const *flags = r->record->flags;
    tend_status status = TEND_OK;

    r->args.value = r->value;
    for (int64_t i = 0; status == TEND_OK && args != NULL && args[i] != NULL; i++) {
        const char *name = r->own->arg_name[i];

        status = strcmp(args[i]->type, "people") == 0
                     ? add_people(r, args[i], parsed, name)
                     : add_value(r, args[i], tend_given(parsed, name));
    }
    for (int64_t i = 0; status == TEND_OK && flags != NULL && flags[i] != NULL; i++)
        status = add_value(r, flags[i], tend_given(parsed, r->own->flag_name[i]));
    return status;
}

/* --- questions ------------------------------------------------------------ */

static const struct tend_effect *find_ask(const struct running *r)
{
    for (int64_t i = 0; i < r->effects.list.n; i++) {
        if (r->effects.list.at[i].u.fx.kind == TEND_FX_ASK)
            return &r->effects.list.at[i];
    }
    return NULL;
}

static const struct tend_command_arg *declared(const struct running *r, const char *name,
                                               bool *is_flag)
{
    const struct tend_command_arg *const *args = r->record->args, *const *flags = r->record->flags;

    *is_flag = false;
    for (; args != NULL && *args != NULL; args++) {
        if (strcmp((*args)->name, name) == 0)
            return *args;
    }
    *is_flag = true;
    for (; flags != NULL && *flags != NULL; flags++) {
        if (strcmp((*flags)->name, name) == 0)
            return *flags;
    }
    return NULL;
}

static tend_status nobody_there(struct running *r, const struct tend_fx_ask *ask,
                                const struct tend_command_arg *arg, bool is_flag)
{
    struct tend_buffer buf = { 0 };
    tend_status status;

    if (!is_flag)
        tend_buffer_adds(&buf, arg->name);
    else if (arg->how & TEND_ARG_KEYWORD)
        tend_buffer_addf(&buf, "%s=", arg->name);
    else
        tend_buffer_addf(&buf, "--%s", arg->name);
    if (ask->choices != NULL && ask->choices[0] != '\0')
        tend_buffer_addf(&buf, " (one of: %s)", ask->choices);
    status = tend_error_set(&r->shell->err, TEND_USAGE, "%s asks: %s Answer with %.*s",
                            r->record->name, ask->text, TEND_FMT(tend_buffer_text(&buf)));
    tend_error_cure(&r->shell->err, "help %s", r->record->name);
    tend_buffer_finish(&buf);
    return status;
}

static tend_status read_answer(struct running *r, const struct tend_fx_ask *ask,
                               struct tend_text *answer)
{
    bool some = ask->choices != NULL && ask->choices[0] != '\0';
    const char *question = tend_arena_printf(&r->shell->arena, "%s%s%s%s ", ask->text,
                                             some ? " [" : "", some ? ask->choices : "",
                                             some ? "]" : "");
    tend_status status = tend_ask_line(r->shell, question, "", answer);

    if (status == TEND_OK && answer->len == 0)
        return tend_error_set(&r->shell->err, TEND_CANCELLED, "nothing was done");
    return status;
}

static tend_status answer(struct running *r, const struct tend_fx_ask *ask)
{
    struct tend_token *token = tend_arena_take(&r->shell->arena, sizeof *token);
    bool is_flag;
    const struct tend_command_arg *arg = declared(r, ask->fx.key, &is_flag);
    tend_status status;

    if (!tend_ask_can(r->shell))
        return nobody_there(r, ask, arg, is_flag);
    status = read_answer(r, ask, &token->text);
    if (status != TEND_OK)
        return status;
    token->bare = token->text.len;
    token->len = token->text.len;
    r->shell->line = token->text;
    if (ask->choices != NULL && ask->choices[0] != '\0' &&
        !tend_text_has_word(tend_text_of(ask->choices), token->text))
        return tend_point_at(&r->shell->err, TEND_USAGE, token->text, token, "%s is one of: %s",
                             arg->name, ask->choices);
    if (strcmp(arg->type, "people") == 0)
        return tend_error_set(&r->shell->err, TEND_UNSUPPORTED,
                              "%s asks for several people, which stand in its line: %s",
                              r->record->name, arg->name);
    return add_value(r, arg, (struct tend_words){ token, 1 });
}

/* --- saying and doing ------------------------------------------------------- */

/* Beside rows in CSV they are for whoever looks, not for the file. */
static int64_t print_lines(struct running *r)
{
    bool aside = r->record->fields != NULL && r->shell->options.csv;
    int64_t n = 0;

    for (int64_t i = 0; i < r->effects.list.n; i++) {
        const struct tend_effect *effect = &r->effects.list.at[i];

        const char *text = effect->u.text.text;

        if (effect->u.fx.kind != TEND_FX_PRINT)
            continue;
        if (aside)
            tend_shell_note(r->shell, "%s", text != NULL ? text : "");
        else
            tend_line_out(r->shell, "%s", text != NULL ? text : "");
        n++;
    }
    return n;
}

static void json_lines(struct running *r, struct tend_json *json)
{
    tend_json_open(json, "lines", '[');
    for (int64_t i = 0; i < r->effects.list.n; i++) {
        const struct tend_effect *effect = &r->effects.list.at[i];

        if (effect->u.fx.kind == TEND_FX_PRINT)
            tend_json_str(json, NULL, effect->u.text.text);
    }
    tend_json_close(json, ']');
}

/* deed NULL: a command that only reads. */
static void say(struct running *r, struct tend_deed *deed)
{
    struct tend_shell *shell = r->shell;
    struct tend_json json = { 0 };
    bool rows = r->record->fields != NULL;
    tend_id main = 0;
    int64_t said;

    for (int64_t i = 0; i < r->args.n && main == 0; i++)
        main = r->value[i].n_people == 1 ? r->value[i].people[0] : 0;
    if (!shell->options.json) {
        said = print_lines(r);
        if (rows)
            tend_plugged_rows(shell, r->record, &r->effects);
        if (deed != NULL && (deed->outcome.n > 0 || (said == 0 && !rows)))
            tend_write_say(shell, deed,
                           main != 0 ? tend_arena_printf(&shell->arena, "%s: %s", r->record->name,
                                                         tend_write_who(shell, main))
                                     : r->record->name,
                           NULL, main);
        return;
    }
    if (deed == NULL && rows) {
        tend_json_open(&json, NULL, '[');
        tend_plugged_json(shell, &json, r->record, &r->effects);
        tend_json_close(&json, ']');
    } else {
        tend_json_open(&json, NULL, '{');
        json_lines(r, &json);
        if (rows) {
            tend_json_open(&json, "rows", '[');
            tend_plugged_json(shell, &json, r->record, &r->effects);
            tend_json_close(&json, ']');
        }
        if (deed != NULL)
            tend_write_json(shell, &json, deed);
        tend_json_close(&json, '}');
    }
    tend_json_print(shell, &json);
}

static tend_status ask_plugin(struct running *r)
{
    struct tend_shell *shell = r->shell;

    tend_status status;

    r->effects.list.n = 0;
    status = (r->own->report ? tend_call_report : tend_call_command)(
        shell->registry, r->own->provider, &r->args, &shell->arena, &r->effects);
    r->failed = status != TEND_OK && status != TEND_CANCELLED;
    return status;
}

static int run_reading(struct running *r)
{
    const struct tend_effect *ask = NULL;
    tend_status status;

    do {
        status = ask_plugin(r);
        ask = status == TEND_OK ? find_ask(r) : NULL;
        if (ask != NULL)
            status = answer(r, &ask->u.ask);
    } while (status == TEND_OK && ask != NULL);
    if (status != TEND_OK) {
        int exit_status = tend_shell_fail(r->shell);

        return r->failed ? TEND_EXIT_FAILED : exit_status;
    }
    say(r, NULL);
    return TEND_EXIT_OK;
}

/* What it read and what it wants are of one transaction; none is open while a
 * question waits for its answer. */
static int run_writing(struct running *r)
{
    struct tend_shell *shell = r->shell;
    struct tend_deed deed;
    tend_status status;

    for (;;) {
        const struct tend_effect *ask;

        status = tend_write_begin(shell, &deed, "%s", r->record->name);
        if (status == TEND_OK)
            status = ask_plugin(r);
        ask = status == TEND_OK ? find_ask(r) : NULL;
        if (ask == NULL)
            break;
        tend_deed_abort(&shell->desk, &deed);
        shell->deed_open = false;
        tend_deed_finish(&deed);
        status = answer(r, &ask->u.ask);
        if (status != TEND_OK)
            return tend_shell_fail(shell);
    }
    if (status == TEND_OK)
        status = tend_deed_effects(&shell->desk, &deed, tend_instance_name(r->own->provider->owner),
                                   &r->effects);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK) {
        int exit_status = tend_write_fail(shell, &deed, status);

        return r->failed ? TEND_EXIT_FAILED : exit_status;
    }
    say(r, &deed);
    tend_deed_finish(&deed);
    return TEND_EXIT_OK;
}

int tend_plugged_run(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct running r = { .shell = shell, .own = tend_plugged_of(parsed->command) };
    int exit_status;

    r.record = r.own->record;
    if (read_values(&r, parsed) != TEND_OK)
        exit_status = tend_shell_fail(shell);
    else
        exit_status = r.record->writes ? run_writing(&r) : run_reading(&r);
    TEND_ARRAY_FINISH(&r.effects.list);
    return exit_status;
}
