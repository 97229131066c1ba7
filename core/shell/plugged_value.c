/* The words of an argument as the value that a plugin gets: ids, instants, numbers. */
#include "plugin/vocabulary.h"
#include "shell/plugged.h"
#include "shell/ref.h"
#include "shell/time.h"

static bool is(const struct tend_command_arg *arg, const char *type)
{
    return strcmp(arg->type, type) == 0;
}

/* As a filter is written: with the quotes that it was typed with. */
static struct tend_text join(struct tend_shell *shell, struct tend_words words, bool spelled)
{
    struct tend_buffer buf = { 0 };
    struct tend_text text;

    for (int64_t i = 0; i < words.n; i++) {
        const struct tend_token *token = &words.at[i];

        if (i > 0)
            tend_buffer_addc(&buf, ' ');
        if (spelled && token->spelled.len > 0)
            tend_buffer_add(&buf, token->spelled);
        else
            tend_buffer_add(&buf, token->text);
    }
    text = tend_arena_text(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

static struct tend_text digits(struct tend_shell *shell, int64_t number)
{
    return tend_text_of(tend_arena_printf(&shell->arena, "%lld", (long long)number));
}

static tend_status one_person(struct tend_shell *shell, const struct tend_token *word,
                              struct tend_call_value *value)
{
    tend_id *person = tend_arena_take(&shell->arena, sizeof *person);
    tend_status status = tend_ref_person(shell, word->text, person);

    if (status != TEND_OK)
        return status;
    tend_ref_remember(shell, *person);
    value->number = *person;
    value->people = person;
    value->n_people = 1;
    value->text = digits(shell, *person);
    return TEND_OK;
}

static tend_status one_task(struct tend_shell *shell, const struct tend_token *word,
                            struct tend_call_value *value)
{
    enum tend_ref_kind kind;
    tend_id id;
    int64_t number;

    if (tend_ref_typed(word->text, &kind, &id) && kind == TEND_REF_TASK)
        number = id;
    else if (!tend_text_int(word->text, &number) || number <= 0)
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, word,
                             "\"%.*s\" is no task; write t5, as `due` shows it",
                             TEND_FMT(word->text));
    value->number = number;
    value->text = digits(shell, number);
    return TEND_OK;
}

static tend_status one_time(struct tend_shell *shell, const struct tend_command_arg *arg,
                            struct tend_words words, struct tend_call_value *value)
{
    const struct tend_zone *zone = tend_store_zone(shell->store);
    char *text = tend_arena_take(&shell->arena, 40);
    struct tend_when when;
    tend_status status = tend_shell_when(shell, words, (arg->how & TEND_ARG_PAST) != 0, &when);

    if (status != TEND_OK)
        return status;
    if (is(arg, "day") && when.wall >= 0)
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                             "%s is a day, without a time of day", arg->name);
    value->number = when.at;
    value->text = tend_text_of(
        is(arg, "day") ? tend_date_format(text, when.day)
                       : tend_instant_format(text, when.at, tend_zone_offset(zone, when.at)));
    return TEND_OK;
}

/* A word of the stage sets, where there are any. */
static tend_status known_word(struct tend_shell *shell, enum tend_word_what what,
                              const struct tend_token *token)
{
    TEND_ARRAY(const char *) names = { 0 };
    struct tend_text text = token->text, track;
    struct tend_word_info word;
    const char *near;
    bool known = !tend_vocabulary_at(shell->registry, what, 0, &word);

    if (text.len > 0 && memchr(text.at, ':', (size_t)text.len) != NULL)
        tend_text_cut(&text, ":", &track);
    for (int64_t i = 0; !known && tend_vocabulary_at(shell->registry, what, i, &word); i++) {
        known = tend_text_is(text, word.name);
        TEND_PUSH(&names, word.name);
    }
    TEND_PUSH(&names, NULL);
    near = tend_text_nearest(text, names.at);
    TEND_ARRAY_FINISH(&names);
    if (known)
        return TEND_OK;
    return tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                         "there is no %s \"%.*s\"%s%s%s",
                         what == TEND_WORD_STAGE ? "stage" : "kind of touch", TEND_FMT(text),
                         near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                         near != NULL ? "?" : "");
}

tend_status tend_plugged_value(struct tend_shell *shell, const struct tend_command_arg *arg,
                               struct tend_words words, struct tend_call_value *value)
{
    struct tend_filter *filter;

    *value = (struct tend_call_value){ .name = arg->name };
    if (is(arg, "person"))
        return one_person(shell, &words.at[0], value);
    if (is(arg, "task"))
        return one_task(shell, &words.at[0], value);
    if (is(arg, "time") || is(arg, "day"))
        return one_time(shell, arg, words, value);
    value->text = join(shell, words, is(arg, "filter"));
    if (is(arg, "flag")) {
        value->text = TEND_TEXT("yes");
        value->number = 1;
    }
    if (is(arg, "number") && !tend_text_int(value->text, &value->number))
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0], "%s is a number",
                             arg->name);
    if (is(arg, "stage"))
        return known_word(shell, TEND_WORD_STAGE, &words.at[0]);
    if (is(arg, "kind"))
        return known_word(shell, TEND_WORD_KIND, &words.at[0]);
    return is(arg, "filter") ? tend_ref_filter(shell, words, &filter) : TEND_OK;
}
