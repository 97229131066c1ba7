/* Deals the words of a line to the arguments of its command: how many each
 * takes is in its declared type. None is left over. */
#include "shell/parse.h"
#include "shell/time.h"

struct dealer {
    struct tend_parsed *out;
    struct tend_error *err;
};

static bool is_choice(struct tend_text value, const char *const *choices)
{
    for (; *choices != NULL; choices++) {
        if (tend_text_is(value, *choices))
            return true;
    }
    return false;
}

tend_status tend_check_choice(struct tend_error *err, struct tend_text line,
                              const struct tend_token *token, struct tend_text value,
                              const char *what, const char *const *choices)
{
    struct tend_buffer buf = { 0 };
    const char *near;
    tend_status status;

    if (choices == NULL || is_choice(value, choices))
        return TEND_OK;
    for (const char *const *choice = choices; *choice != NULL; choice++)
        tend_buffer_addf(&buf, "%s%s", choice == choices ? "" : ", ", *choice);
    near = tend_text_nearest(value, choices);
    status = tend_point_at(err, TEND_USAGE, line, token, "%s is one of: %.*s%s%s%s", what,
                           TEND_FMT(tend_buffer_text(&buf)), near != NULL ? "; did you mean " : "",
                           near != NULL ? near : "", near != NULL ? "?" : "");
    tend_buffer_finish(&buf);
    return status;
}

static bool is_field(const struct tend_token *token)
{
    for (int64_t i = 0; i < token->text.len && i < token->bare + 1; i++) {
        char c = token->text.at[i];

        if (c == '=')
            return i > 0;
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '.' || c == '-' || c == '+'))
            return false;
    }
    return false;
}

/* 5, t5, t5,t6 */
static bool is_task_word(const struct tend_token *token)
{
    struct tend_text rest = token->text, piece;
    bool any = false;

    while (tend_text_cut(&rest, ",", &piece)) {
        int64_t i = piece.len > 1 && piece.at[0] == 't' ? 1 : 0;

        if (piece.len == 0)
            continue;
        for (; i < piece.len; i++) {
            if (piece.at[i] < '0' || piece.at[i] > '9')
                return false;
        }
        any = true;
    }
    return any && !token->quoted;
}

/* Tasks, and then a text that is not in quotes: a bare number between them could
 * belong to either. */
static tend_status take_tasks(struct dealer *d, const struct tend_arg *arg, int64_t at,
                              int64_t *taken)
{
    const struct tend_token *token = &d->out->token.at[at];
    int64_t left = d->out->token.n - at;

    *taken = 1;
    while (*taken < left && (arg->how & TEND_REPEAT) && is_task_word(&token[*taken]))
        (*taken)++;
    if (*taken == left || arg[1].slot != TEND_SLOT_TEXT || token[*taken].quoted)
        return TEND_OK;
    for (int64_t i = 1; i < *taken; i++) {
        if (token[i].text.at[0] != 't')
            return tend_point_at(d->err, TEND_USAGE, d->out->line, &token[i],
                                 "is %.*s a task (t%.*s) or a part of the text (in quotes)?",
                                 TEND_FMT(token[i].text), TEND_FMT(token[i].text));
    }
    return TEND_OK;
}

/* Does what follows a time look like a part of it that was not understood? */
static bool looks_like_time(const struct tend_token *token)
{
    char c = token->text.len > 0 ? token->text.at[0] : ' ';

    return !token->quoted && ((c >= '0' && c <= '9') || c == '+');
}

static tend_status take_time(struct dealer *d, const struct tend_arg *arg, int64_t at,
                             int64_t *taken)
{
    struct tend_when_ask ask = { .now = 0, .order = TEND_ORDER_NONE, .shape_only = true,
                                 .backward = (arg->how & TEND_BACKWARD) != 0 };
    struct tend_when when = { .wall = -1 };
    const struct tend_token *token = &d->out->token.at[at];
    struct tend_error why = { 0 };

    *taken = tend_when_take(token, d->out->token.n - at, &ask, &when, &why);
    if (*taken == 0) {
        struct tend_token odd = tend_token_part(d->out->line, token, when.odd);

        return tend_point_at(d->err, TEND_USAGE, d->out->line, &odd, "%s: %s", arg->name, why.text);
    }
    if (at + *taken < d->out->token.n && looks_like_time(&token[*taken]))
        return tend_point_at(d->err, TEND_USAGE, d->out->line, &token[*taken],
                             "%s: this is no part of a time; write tomorrow 3pm, fri 19:00, +3d "
                             "(a text stands in quotes)", arg->name);
    return TEND_OK;
}

tend_status tend_check_text(struct tend_error *err, struct tend_text line,
                            const struct tend_token *token, enum tend_slot slot)
{
    struct tend_text text = token->text;

    if (slot == TEND_SLOT_FILE || slot == TEND_SLOT_FILES ||
        (tend_text_valid(text) && (text.len == 0 || !memchr(text.at, '\0', (size_t)text.len))))
        return TEND_OK;
    return tend_point_at(err, TEND_USAGE, line, token, "this is not text in UTF-8");
}

tend_status tend_deal_take(struct tend_parsed *parsed, const struct tend_arg *arg, int64_t at,
                           int64_t *taken, struct tend_error *err)
{
    struct dealer dealer = { parsed, err }, *d = &dealer;
    int64_t left = d->out->token.n - at;
    const struct tend_token *token = left > 0 ? &d->out->token.at[at] : NULL;

    *taken = left > 0 ? 1 : 0;
    if (left == 0)
        return TEND_OK;
    switch (arg->slot) {
    case TEND_SLOT_TEXT:
    case TEND_SLOT_FIELDS:
    case TEND_SLOT_FILTER:
    case TEND_SLOT_FILES:
    case TEND_SLOT_SETTINGS:
    case TEND_SLOT_TAGS:
        *taken = left;
        return TEND_OK;
    case TEND_SLOT_NAME:
        for (*taken = 0; *taken < left && !is_field(&token[*taken]); (*taken)++)
            ;
        return TEND_OK;
    case TEND_SLOT_PEOPLE:
    case TEND_SLOT_TOPIC:
        *taken = arg->how & TEND_REPEAT ? left : 1;
        return TEND_OK;
    case TEND_SLOT_TASKS:
        return take_tasks(d, arg, at, taken);
    case TEND_SLOT_TIME:
        return take_time(d, arg, at, taken);
    case TEND_SLOT_NUMBER: {
        int64_t ignored;

        if (!tend_text_int(token->text, &ignored))
            return tend_point_at(d->err, TEND_USAGE, d->out->line, token, "%s is a number, such as 5", arg->name);
        return TEND_OK;
    }
    case TEND_SLOT_CHOICE: {
        tend_status status =
            tend_check_choice(d->err, d->out->line, token, token->text, arg->name, arg->choices);

        if (status != TEND_OK && (arg->how & TEND_OPTIONAL) && arg[1].name != NULL &&
            (token->quoted || tend_text_nearest(token->text, arg->choices) == NULL)) {
            *taken = 0;
            return TEND_OK;
        }
        return status;
    }
    default:
        return TEND_OK;
    }
}

static tend_status missing(struct dealer *d, const struct tend_arg *arg)
{
    struct tend_buffer usage = { 0 };
    tend_status status;

    tend_usage(&usage, d->out->command);
    status = tend_error_set(d->err, TEND_USAGE, "%s: %s is missing (%s)\n%.*s",
                            d->out->command->name, arg->name, arg->help,
                            TEND_FMT(tend_buffer_text(&usage)));
    tend_error_cure(d->err, "help %s", d->out->command->name);
    tend_buffer_finish(&usage);
    return status;
}

tend_status tend_deal(struct tend_parsed *parsed, struct tend_error *err)
{
    struct dealer dealer = { parsed, err }, *d = &dealer;
    const struct tend_command *command = d->out->command;
    int64_t at = 0, index = 0;

    for (const struct tend_arg *arg = command->args; arg != NULL && arg->name != NULL;
         arg++, index++) {
        int64_t taken = 0;
        tend_status status;

        if ((arg->how & TEND_WHERE) && tend_given_is(parsed, "where"))
            continue;
        status = tend_deal_take(parsed, arg, at, &taken, err);
        if (status != TEND_OK)
            return status;
        if (taken == 0 && !(arg->how & TEND_OPTIONAL))
            return missing(d, arg);
        for (int64_t i = at; status == TEND_OK && i < at + taken; i++)
            status = tend_check_text(d->err, d->out->line, &d->out->token.at[i], arg->slot);
        if (status != TEND_OK)
            return status;
        d->out->arg[index] = (struct tend_words){ taken > 0 ? &d->out->token.at[at] : NULL,
                                                   taken };
        at += taken;
    }
    if (at < d->out->token.n) {
        struct tend_buffer usage = { 0 };
        tend_status status;

        tend_usage(&usage, command);
        status = tend_point_at(d->err, TEND_USAGE, d->out->line, &d->out->token.at[at],
                               "%s: this is one word too many (%.*s)", command->name,
                               TEND_FMT(tend_buffer_text(&usage)));
        tend_buffer_finish(&usage);
        return status;
    }
    return TEND_OK;
}
