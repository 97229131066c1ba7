/* Where in a line the cursor is: which arguments the word there can belong to,
 * by the same dealing that a whole line gets, but without its errors. */
#include "shell/complete_parts.h"

/* Words that may be followed by more of the same argument. */
static bool goes_on(const struct tend_arg *arg)
{
    switch (arg->slot) {
    case TEND_SLOT_TEXT:
    case TEND_SLOT_FIELDS:
    case TEND_SLOT_FILTER:
    case TEND_SLOT_FILES:
    case TEND_SLOT_SETTINGS:
    case TEND_SLOT_TAGS:
    case TEND_SLOT_NAME:
    case TEND_SLOT_TASKS:
    case TEND_SLOT_TIME:
        return true;
    default:
        return false;
    }
}

static void add_arg(struct tend_place *place, const struct tend_arg *arg)
{
    if (place->n_args < TEND_ARGS_MOST)
        place->arg[place->n_args++] = arg;
}

/* Which arguments the words before leave open. */
static void find_args(struct tend_place *place)
{
    struct tend_parsed *parsed = &place->parsed;
    int64_t at = 0;

    place->want = TEND_WANT_ARGS;
    for (const struct tend_arg *arg = place->command->args; arg != NULL && arg->name != NULL;
         arg++) {
        struct tend_error ignored = { 0 };
        int64_t taken = 0;

        if ((arg->how & TEND_WHERE) && tend_given_is(parsed, "where"))
            continue;
        if (at < parsed->token.n) {
            if (tend_deal_take(parsed, arg, at, &taken, &ignored) != TEND_OK)
                return;
            at += taken;
            if (taken == 0 && !(arg->how & TEND_OPTIONAL))
                return;
            if (at == parsed->token.n && taken > 0 && goes_on(arg)) {
                place->begun = true;
                add_arg(place, arg);
            }
            continue;
        }
        if (place->next == NULL)
            place->next = arg;
        add_arg(place, arg);
        if (!(arg->how & TEND_OPTIONAL))
            return;
    }
}

static void want_value(struct tend_place *place, const struct tend_flag *flag)
{
    place->want = TEND_WANT_VALUE;
    place->slot = flag->slot;
    place->name = flag->name;
    place->value = flag->value;
    place->help = flag->help;
    place->choices = flag->choices;
    place->how = flag->how;
}

static void want_global(struct tend_place *place, const struct tend_global *global)
{
    place->want = TEND_WANT_VALUE;
    place->slot = global->slot;
    place->name = global->name;
    place->value = global->value;
    place->help = global->help;
}

/* The name in --name or --name=value; *eq is where the = stands, or -1. */
static struct tend_text option_name(const struct tend_token *token, int64_t *eq)
{
    struct tend_text name = { token->text.at + 2, token->text.len - 2 };
    const char *sign = name.len > 0 ? memchr(name.at, '=', (size_t)name.len) : NULL;

    *eq = sign != NULL ? sign - token->text.at : -1;
    if (sign != NULL)
        name.len = sign - name.at;
    return name;
}

static bool is_option(const struct tend_token *token)
{
    return token->bare >= 2 && tend_text_starts(token->text, "--");
}

/* Notes a flag as given; true if its value is the word behind it. */
static bool note_flag(struct tend_place *place, const struct tend_token *token,
                      struct tend_text name, bool keyword, int64_t eq)
{
    const struct tend_global *global;
    int64_t index;
    const struct tend_flag *flag = tend_flag_find(place->command, name, keyword, &index);

    if (flag != NULL) {
        place->parsed.flag[index] = (struct tend_words){ token, 1 };
        return flag->slot != TEND_SLOT_NONE && eq < 0;
    }
    global = keyword ? NULL : tend_global_find(name);
    return global != NULL && global->value != NULL && eq < 0;
}

/* The word at the cursor is --name, --name=value or name=value; else false. */
static bool place_flag(struct tend_place *place)
{
    bool option = is_option(&place->word);
    const struct tend_global *global;
    struct tend_text name;
    const struct tend_flag *flag;
    int64_t eq, index;

    if (option) {
        name = option_name(&place->word, &eq);
        if (eq < 0) {
            place->want = TEND_WANT_OPTION;
            return true;
        }
    } else {
        eq = tend_keyword_eq(&place->word);
        if (eq < 0 || place->command == NULL)
            return false;
        name = (struct tend_text){ place->word.text.at, eq };
    }
    flag = tend_flag_find(place->command, name, !option, &index);
    global = flag == NULL && option ? tend_global_find(name) : NULL;
    if (flag == NULL && global == NULL)
        return option;
    if (flag != NULL)
        want_value(place, flag);
    else
        want_global(place, global);
    place->head = (struct tend_text){ place->word.text.at, eq + 1 };
    return true;
}

/* The word behind --name. */
static void place_behind(struct tend_place *place, const struct tend_token *option)
{
    int64_t eq, index;
    struct tend_text name = option_name(option, &eq);
    const struct tend_flag *flag = tend_flag_find(place->command, name, false, &index);

    if (flag != NULL)
        want_value(place, flag);
    else
        want_global(place, tend_global_find(name));
}

void tend_place_of(const struct tend_line *line, bool in_word, struct tend_place *place)
{
    int64_t n = line->token.n - (in_word ? 1 : 0);
    const struct tend_token *waits = NULL;      /* an option without its value */
    bool only_words = false;

    place->in_word = in_word;
    if (in_word)
        place->word = line->token.at[n];
    place->from = in_word ? place->word.at : line->text.len;
    for (int64_t i = 0; i < n; i++) {
        const struct tend_token *token = &line->token.at[i];
        int64_t eq;

        if (waits != NULL) {
            waits = NULL;
        } else if (!only_words && tend_text_is(token->text, "--")) {
            only_words = true;
        } else if (!only_words && is_option(token)) {
            struct tend_text name = option_name(token, &eq);

            waits = note_flag(place, token, name, false, eq) ? token : NULL;
        } else if (place->command == NULL) {
            place->command = tend_command_find(token->text);
            if (place->command == NULL)
                return;
            place->parsed.command = place->command;
        } else if (!only_words && place->command->args == NULL &&
                   tend_command_sub(place->command, token->text) != NULL) {
            place->command = tend_command_sub(place->command, token->text);
            place->parsed.command = place->command;
        } else if (!only_words && (eq = tend_keyword_eq(token)) >= 0 &&
                   tend_flag_find(place->command, (struct tend_text){ token->text.at, eq }, true,
                                  &(int64_t){ 0 }) != NULL) {
            note_flag(place, token, (struct tend_text){ token->text.at, eq }, true, eq);
        } else {
            TEND_PUSH(&place->parsed.token, *token);
        }
    }
    if (waits != NULL)
        place_behind(place, waits);
    else if (!only_words && in_word && place_flag(place))
        return;
    else if (place->command == NULL || (place->command->args == NULL && place->parsed.token.n == 0 &&
                                        tend_command_sub_at(place->command, 0) != NULL))
        place->want = TEND_WANT_VERB;
    else
        find_args(place);
}

void tend_place_find(struct tend_text line, struct tend_arena *arena, struct tend_place *place)
{
    static const char *const closings[] = { "", "\"", "'" };
    struct tend_line split = { 0 };
    struct tend_error ignored = { 0 };
    const struct tend_token *last;

    *place = (struct tend_place){ 0 };
    for (size_t i = 0; i < sizeof closings / sizeof *closings; i++) {   /* an open quote */
        char *closed = tend_arena_printf(arena, "%.*s%s", TEND_FMT(line), closings[i]);

        tend_line_finish(&split);
        if (tend_line_split(tend_text_of(closed), arena, &split, &ignored) == TEND_OK)
            break;
    }
    last = split.token.n > 0 ? &split.token.at[split.token.n - 1] : NULL;
    split.text = line;
    if (last == NULL && tend_text_trim(line).len > 0)
        return;         /* a comment */
    tend_place_of(&split, last != NULL && last->at + last->len >= line.len, place);
    tend_line_finish(&split);
}

void tend_place_finish(struct tend_place *place)
{
    TEND_ARRAY_FINISH(&place->parsed.token);
}
