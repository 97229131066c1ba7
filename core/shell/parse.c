/* Takes the verb, the options and the keywords out of a line, as its command
 * declares them; what is left is dealt to the arguments in deal.c. */
#include "shell/parse.h"

struct parser {
    const struct tend_line *line;
    struct tend_arena *arena;
    struct tend_parsed *out;
    struct tend_error *err;
    bool inside;                /* at the prompt */
    int64_t pos;                /* in the line's tokens */
    bool only_words;            /* after -- */
};

#define GLOBAL(name, value, slot, letter, start, member, help)                         \
    {                                                                                  \
        name, value, slot, letter, start, help, offsetof(struct tend_options, member)  \
    }

static const struct tend_global globals[] = {
    GLOBAL("db", "PATH|URL", TEND_SLOT_FILE, 0, true, db,
           "the database, else TEND_DB, else the XDG data folder"),
    GLOBAL("now", "TIME", TEND_SLOT_WORD, 0, true, now,
           "2026-11-26T19:00:00+01:00: the clock stands there"),
    GLOBAL("json", NULL, TEND_SLOT_NONE, 0, false, json, "data as one JSON document"),
    GLOBAL("csv", NULL, TEND_SLOT_NONE, 0, false, csv, "data as CSV with a heading"),
    GLOBAL("dry-run", NULL, TEND_SLOT_NONE, 'n', false, dry,
           "show what would come of it, write nothing"),
    GLOBAL("yes", NULL, TEND_SLOT_NONE, 'y', false, yes, "do not ask"),
    GLOBAL("quiet", NULL, TEND_SLOT_NONE, 'q', false, quiet, "no lines about what was done"),
    GLOBAL("plugin-dir", "DIR", TEND_SLOT_FILE, 0, true, plugin_dir,
           "more plugins (may be given several times)"),
    GLOBAL("no-plugins", NULL, TEND_SLOT_NONE, 0, true, no_plugins,
           "none but those of --plugin-dir"),
    GLOBAL("watch", NULL, TEND_SLOT_NONE, 0, true, watch,
           "at the prompt and in daemon: load a plugin anew when its file is saved"),
    GLOBAL("help", NULL, TEND_SLOT_NONE, 'h', false, help, "what it is for, and how it is used"),
    GLOBAL("version", NULL, TEND_SLOT_NONE, 0, false, version, "which tend this is"),
};
#define N_GLOBALS (sizeof globals / sizeof *globals)

const struct tend_global *tend_global_at(int64_t index)
{
    return index >= 0 && index < (int64_t)N_GLOBALS ? &globals[index] : NULL;
}

const struct tend_flag *tend_flag_find(const struct tend_command *command, struct tend_text name,
                                       bool keyword, int64_t *index)
{
    const struct tend_flag *flag = command != NULL ? command->flags : NULL;

    for (*index = 0; flag != NULL && flag->name != NULL; flag++, (*index)++) {
        if (tend_text_is(name, flag->name) && ((flag->how & TEND_KEYWORD) != 0) == keyword)
            return flag;
    }
    return NULL;
}

const struct tend_global *tend_global_find(struct tend_text name)
{
    for (size_t i = 0; i < N_GLOBALS; i++) {
        if (tend_text_is(name, globals[i].name))
            return &globals[i];
    }
    return NULL;
}

/* The nearest flag, with its dashes or its sign; NULL. */
static const char *nearest_flag(struct parser *p, struct tend_text name, bool keyword)
{
    TEND_ARRAY(const char *) names = { 0 };
    const struct tend_flag *flag = p->out->command != NULL ? p->out->command->flags : NULL;
    const char *near;

    for (; flag != NULL && flag->name != NULL; flag++) {
        if (((flag->how & TEND_KEYWORD) != 0) == keyword)
            TEND_PUSH(&names, flag->name);
    }
    for (size_t i = 0; i < N_GLOBALS && !keyword; i++)
        TEND_PUSH(&names, globals[i].name);
    TEND_PUSH(&names, NULL);
    near = tend_text_nearest(name, names.at);
    TEND_ARRAY_FINISH(&names);
    if (near == NULL)
        return NULL;
    return keyword ? tend_arena_printf(p->arena, "%s=", near)
                   : tend_arena_printf(p->arena, "--%s", near);
}

static void add_value(struct parser *p, struct tend_words *words, struct tend_token value)
{
    struct tend_token *grown = tend_arena_take(p->arena,
                                               (size_t)(words->n + 1) * sizeof *grown);

    if (words->n > 0)
        memcpy(grown, words->at, (size_t)words->n * sizeof *grown);
    grown[words->n++] = value;
    words->at = grown;
}

/* The value behind a flag's = , or the next word. */
static tend_status flag_value(struct parser *p, const struct tend_token *token,
                              struct tend_text name, int64_t eq, const char *expected,
                              struct tend_token *value)
{
    *value = *token;
    if (eq >= 0) {
        value->text.at += eq + 1;
        value->text.len -= eq + 1;
        value->bare = value->bare > eq ? value->bare - eq - 1 : 0;
        if (value->bare > 0 && value->spelled.len > eq) {
            value->spelled.at += eq + 1;
            value->spelled.len -= eq + 1;
        } else {
            value->spelled = (struct tend_text){ 0 };
        }
        return TEND_OK;
    }
    if (p->pos >= p->line->token.n)
        return tend_point_at(p->err, TEND_USAGE, p->line->text, token,
                             "--%.*s needs %s behind it", TEND_FMT(name), expected);
    *value = p->line->token.at[p->pos++];
    return TEND_OK;
}

static tend_status take_global(struct parser *p, const struct tend_global *global,
                               const struct tend_token *token, int64_t eq)
{
    char *member = (char *)&p->out->options + global->member;
    struct tend_token value;
    tend_status status;

    if (global->start_only && p->inside)
        return tend_point_at(p->err, TEND_USAGE, p->line->text, token,
                             "--%s belongs to the start of tend, not to a line of its prompt; "
                             "leave it out here", global->name);
    if (global->value == NULL) {
        if (eq >= 0)
            return tend_point_at(p->err, TEND_USAGE, p->line->text, token,
                                 "--%s takes no value; write it alone", global->name);
        *(bool *)member = true;
        return TEND_OK;
    }
    status = flag_value(p, token, tend_text_of(global->name), eq, global->value, &value);
    if (status != TEND_OK)
        return status;
    if (tend_text_is(tend_text_of(global->name), "plugin-dir"))
        TEND_PUSH(&p->out->options.plugin_dir, tend_arena_str(p->arena, value.text));
    else
        *(const char **)(void *)member = tend_arena_str(p->arena, value.text);
    return TEND_OK;
}

static tend_status take_flag(struct parser *p, const struct tend_flag *flag, int64_t index,
                             const struct tend_token *token, int64_t eq)
{
    struct tend_words *words = &p->out->flag[index];
    struct tend_token value = *token;
    tend_status status = TEND_OK;

    if (words->n > 0 && !(flag->how & TEND_REPEAT))
        return tend_point_at(p->err, TEND_USAGE, p->line->text, token, "%s is given twice; once is enough",
                             flag->name);
    if (flag->slot == TEND_SLOT_NONE && eq >= 0)
        return tend_point_at(p->err, TEND_USAGE, p->line->text, token, "--%s takes no value; write it alone",
                             flag->name);
    if (flag->slot != TEND_SLOT_NONE)
        status = flag_value(p, token, tend_text_of(flag->name), eq, flag->value, &value);
    if (status == TEND_OK)
        status = tend_check_text(p->err, p->line->text, &value, flag->slot);
    if (status == TEND_OK && flag->slot == TEND_SLOT_CHOICE)
        status =
            tend_check_choice(p->err, p->line->text, token, value.text, flag->name, flag->choices);
    if (status == TEND_OK && flag->slot == TEND_SLOT_NUMBER) {
        int64_t ignored;

        if (!tend_text_int(value.text, &ignored))
            status = tend_point_at(p->err, TEND_USAGE, p->line->text, &value,
                                   "%s takes a number, such as 5", flag->name);
    }
    if (status == TEND_OK)
        add_value(p, words, value);
    return status;
}

/* --name, --name=value. */
static tend_status take_long(struct parser *p, const struct tend_token *token)
{
    struct tend_text name = { token->text.at + 2, token->text.len - 2 };
    const char *eq_at = memchr(name.at, '=', (size_t)name.len);
    int64_t eq = -1, index;
    const struct tend_flag *flag;
    const struct tend_global *global;
    const char *near;

    if (eq_at != NULL) {
        name.len = eq_at - name.at;
        eq = name.len + 2;
    }
    flag = tend_flag_find(p->out->command, name, false, &index);
    if (flag != NULL)
        return take_flag(p, flag, index, token, eq);
    global = tend_global_find(name);
    if (global != NULL)
        return take_global(p, global, token, eq);
    near = nearest_flag(p, name, false);
    return tend_point_at(p->err, TEND_USAGE, p->line->text, token,
                         "there is no option --%.*s%s%s%s%s", TEND_FMT(name),
                         p->out->command == NULL ? " before the command" : "",
                         near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                         near != NULL ? "?" : "");
}

static bool has_slot(const struct tend_command *command, enum tend_slot slot)
{
    for (const struct tend_arg *arg = command->args; arg != NULL && arg->name != NULL; arg++) {
        if (arg->slot == slot)
            return true;
    }
    return false;
}

int64_t tend_keyword_eq(const struct tend_token *token)
{
    int64_t i = 0;

    while (i < token->text.len && ((token->text.at[i] >= 'a' && token->text.at[i] <= 'z') ||
                                   token->text.at[i] == '_'))
        i++;
    return i > 0 && i < token->text.len && token->text.at[i] == '=' && i < token->bare ? i : -1;
}

static bool has_keywords(const struct tend_command *command)
{
    const struct tend_flag *flag = command->flags;

    for (; flag != NULL && flag->name != NULL; flag++) {
        if (flag->how & TEND_KEYWORD)
            return true;
    }
    return false;
}

/* A word that is name=value of a command with such keywords; *used says so. */
static tend_status take_keyword(struct parser *p, const struct tend_token *token, bool *used)
{
    int64_t eq = tend_keyword_eq(token), index;
    const struct tend_flag *flag;
    struct tend_text name;
    const char *near;

    *used = false;
    if (eq < 0 || !has_keywords(p->out->command))
        return TEND_OK;
    name = (struct tend_text){ token->text.at, eq };
    flag = tend_flag_find(p->out->command, name, true, &index);
    *used = true;
    if (flag != NULL)
        return take_flag(p, flag, index, token, eq);
    near = nearest_flag(p, name, true);
    return tend_point_at(p->err, TEND_USAGE, p->line->text, token,
                         "%s knows no %.*s=%s%s%s (a text with = in it stands in quotes)",
                         p->out->command->name, TEND_FMT(name),
                         near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                         near != NULL ? "?" : "");
}

static tend_status take_verb(struct parser *p, const struct tend_token *token)
{
    const char *near;

    p->out->command = tend_command_find(token->text);
    p->out->verb = p->pos - 1;
    if (p->out->command != NULL)
        return TEND_OK;
    near = tend_command_nearest(token->text);
    return tend_point_at(p->err, TEND_USAGE, p->line->text, token,
                         "there is no command \"%.*s\"%s%s%s", TEND_FMT(token->text),
                         near != NULL ? "; did you mean " : "; see `help`",
                         near != NULL ? near : "", near != NULL ? "?" : "");
}

/* A single dash: a short option, or an ordinary word (-14d, -tag, -). */
static bool short_option(struct parser *p, const struct tend_token *token, const char **name)
{
    if (token->text.len != 2 || token->text.at[0] != '-' || token->quoted)
        return false;
    if (p->out->command != NULL && has_slot(p->out->command, TEND_SLOT_TAGS))
        return false;
    for (size_t i = 0; i < N_GLOBALS; i++) {
        if (globals[i].letter != '\0' && globals[i].letter == token->text.at[1]) {
            *name = globals[i].name;
            return true;
        }
    }
    return false;
}

/* The second word of `plugin add`; it stands behind the first at once, but for options. */
static tend_status take_second(struct parser *p, const struct tend_token *token)
{
    TEND_ARRAY(const char *) names = { 0 };
    const struct tend_command *first = p->out->command;
    const struct tend_command *command = tend_command_sub(first, token->text);
    const char *near, *name;
    tend_status status;

    if (command != NULL) {
        p->out->command = command;
        return TEND_OK;
    }
    for (int64_t i = 0; (name = tend_command_sub_at(first, i)) != NULL; i++)
        TEND_PUSH(&names, name);
    TEND_PUSH(&names, NULL);
    near = tend_text_nearest(token->text, names.at);
    status = tend_point_at(p->err, TEND_USAGE, p->line->text, token,
                           "there is no `%s %.*s`%s%s%s%s%s", first->name, TEND_FMT(token->text),
                           near != NULL ? "; did you mean " : "", near != NULL ? first->name : "",
                           near != NULL ? " " : "", near != NULL ? near : "",
                           near != NULL ? "?" : "");
    TEND_ARRAY_FINISH(&names);
    return status;
}

static tend_status take_token(struct parser *p, const struct tend_token *token)
{
    const char *name;
    tend_status status;
    bool used;

    if (!p->only_words && tend_text_is(token->text, "--")) {
        p->only_words = true;
        return TEND_OK;
    }
    if (!p->only_words && token->bare >= 3 && tend_text_starts(token->text, "--"))
        return take_long(p, token);
    if (!p->only_words && short_option(p, token, &name))
        return take_global(p, tend_global_find(tend_text_of(name)), token, -1);
    if (p->out->command == NULL)
        return take_verb(p, token);
    if (!p->only_words && p->out->command->args == NULL && p->out->token.n == 0 &&
        tend_command_sub_at(p->out->command, 0) != NULL)
        return take_second(p, token);
    if (!p->only_words) {
        status = take_keyword(p, token, &used);
        if (status != TEND_OK || used)
            return status;
    }
    TEND_PUSH(&p->out->token, *token);
    return TEND_OK;
}

tend_status tend_parse(const struct tend_line *line, bool inside, struct tend_arena *arena,
                       struct tend_parsed *parsed, struct tend_error *err)
{
    struct parser p = { .line = line, .arena = arena, .out = parsed, .err = err,
                        .inside = inside };
    tend_status status = TEND_OK;

    *parsed = (struct tend_parsed){ .line = line->text };
    while (status == TEND_OK && p.pos < line->token.n)
        status = take_token(&p, &line->token.at[p.pos++]);
    if (status == TEND_OK && parsed->command != NULL && !parsed->options.help)
        status = tend_deal(parsed, err);
    if (status == TEND_USAGE && err->cure[0] == '\0' && parsed->command != NULL)
        tend_error_cure(err, "help %s", parsed->command->name);
    else if (status == TEND_USAGE && err->cure[0] == '\0')
        tend_error_cure(err, "help");
    return status;
}

void tend_parse_options(const struct tend_line *line, struct tend_arena *arena,
                        struct tend_options *options)
{
    struct tend_parsed parsed = { .line = line->text };
    struct tend_error ignored = { 0 };
    struct parser p = { .line = line, .arena = arena, .out = &parsed, .err = &ignored };

    while (p.pos < line->token.n && !tend_text_is(line->token.at[p.pos].text, "--")) {
        const struct tend_token *token = &line->token.at[p.pos++];

        if (token->bare >= 3 && tend_text_starts(token->text, "--"))
            take_long(&p, token);
    }
    *options = parsed.options;
}

void tend_parsed_finish(struct tend_parsed *parsed)
{
    TEND_ARRAY_FINISH(&parsed->token);
    TEND_ARRAY_FINISH(&parsed->options.plugin_dir);
}

struct tend_words tend_given(const struct tend_parsed *parsed, const char *name)
{
    const struct tend_command *command = parsed->command;
    struct tend_text wanted = tend_text_of(name);

    for (int64_t i = 0; command->args != NULL && command->args[i].name != NULL; i++) {
        if (tend_text_is(wanted, command->args[i].name))
            return parsed->arg[i];
    }
    for (int64_t i = 0; command->flags != NULL && command->flags[i].name != NULL; i++) {
        if (tend_text_is(wanted, command->flags[i].name))
            return parsed->flag[i];
    }
    return (struct tend_words){ 0 };
}

struct tend_text tend_given_text(const struct tend_parsed *parsed, const char *name,
                                 struct tend_arena *arena)
{
    struct tend_words words = tend_given(parsed, name);
    struct tend_buffer buf = { 0 };
    struct tend_text text;

    for (int64_t i = 0; i < words.n; i++) {
        if (i > 0)
            tend_buffer_addc(&buf, ' ');
        tend_buffer_add(&buf, words.at[i].text);
    }
    text = tend_arena_text(arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

const char *tend_given_str(const struct tend_parsed *parsed, const char *name,
                           struct tend_arena *arena)
{
    return tend_given_is(parsed, name)
               ? tend_arena_str(arena, tend_given_text(parsed, name, arena))
               : NULL;
}

bool tend_given_is(const struct tend_parsed *parsed, const char *name)
{
    return tend_given(parsed, name).n > 0;
}

int32_t tend_given_yes(const struct tend_parsed *parsed, const char *name,
                       struct tend_arena *arena)
{
    if (!tend_given_is(parsed, name))
        return 0;
    return tend_text_is(tend_given_text(parsed, name, arena), "yes") ? 1 : -1;
}
