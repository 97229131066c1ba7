/* What the declaration of a command must have to be taken, and of a report, which is
 * one: the parser, help and completion are made from it, and never meet one that is
 * half. */
#include "plugin/private.h"

#define ARGS_MOST 6
#define FLAGS_MOST 14

static const char *const types[] = { "person", "people", "task",  "number", "time", "day",   "choice",
                                     "word",   "stage",  "kind",  "text",   "filter", "flag", "url", NULL };
static const char *const of_fields[] = { "text", "word", "number", "person", "task", "time", "flag", NULL };

struct declared {
    const char *kind;           /* "command", "report": for messages */
    const struct tend_command_record *record;
};

static bool is_greedy(const char *type)
{
    return strcmp(type, "text") == 0 || strcmp(type, "filter") == 0;
}

static tend_status check_arg(const struct declared *of, const char *what,
                             const struct tend_command_arg *arg, struct tend_error *err)
{
    const char *near;

    if (arg->size < (int64_t)sizeof *arg || !tend_record_name_ok(arg->name))
        return tend_error_set(err, TEND_INVALID,
                              "the %s \"%s\": each %s needs its size, and a name made of "
                              "a-z 0-9 - _", of->kind, of->record->name, what);
    if (!arg->type || !tend_record_one_of(tend_text_of(arg->type), types)) {
        near = tend_text_nearest(tend_text_of(arg->type), types);
        return tend_error_set(err, TEND_INVALID,
                              "the %s \"%s\": the %s \"%s\" is a \"%.40s\", which is no type%s%s%s; "
                              "the types are person people task number time day choice word stage "
                              "kind text filter flag url",
                              of->kind, of->record->name, what, arg->name, arg->type ? arg->type : "",
                              near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
    if (strcmp(arg->type, "choice") == 0 && (!arg->choices || !arg->choices[0]))
        return tend_error_set(err, TEND_INVALID,
                              "the %s \"%s\": the %s \"%s\" has no choices", of->kind, of->record->name,
                              what, arg->name);
    if (!arg->help || !arg->help[0])
        return tend_error_set(err, TEND_INVALID,
                              "the %s \"%s\": the %s \"%s\" has no help, a few words",
                              of->kind, of->record->name, what, arg->name);
    return TEND_OK;
}

static bool named_before(const struct tend_command_arg *const *list, int64_t n, const char *name)
{
    for (int64_t i = 0; i < n; i++)
        if (strcmp(list[i]->name, name) == 0)
            return true;
    return false;
}

static int64_t count(const struct tend_command_arg *const *list)
{
    int64_t n = 0;

    while (list && list[n])
        n++;
    return n;
}

static tend_status check_args(const struct declared *of, struct tend_error *err)
{
    int64_t n = count(of->record->args);
    bool optional = false;

    if (n > ARGS_MOST)
        return tend_error_set(err, TEND_LIMIT, "the %s \"%s\" has %lld arguments; at most %d",
                              of->kind, of->record->name, (long long)n, ARGS_MOST);
    for (int64_t i = 0; i < n; i++) {
        const struct tend_command_arg *arg = of->record->args[i];
        tend_status status = check_arg(of, "argument", arg, err);

        if (status != TEND_OK)
            return status;
        if (strcmp(arg->type, "flag") == 0)
            return tend_error_set(err, TEND_INVALID,
                                  "the %s \"%s\": a \"flag\" stands among the flags, not as "
                                  "argument \"%s\"", of->kind, of->record->name, arg->name);
        if (is_greedy(arg->type) && i + 1 < n)
            return tend_error_set(err, TEND_INVALID,
                                  "the %s \"%s\": \"%s\" takes all that is left, so it is the "
                                  "last argument", of->kind, of->record->name, arg->name);
        if (optional && !(arg->how & TEND_ARG_OPTIONAL))
            return tend_error_set(err, TEND_INVALID,
                                  "the %s \"%s\": \"%s\" must be given, so it stands before "
                                  "those that need not", of->kind, of->record->name, arg->name);
        if (named_before(of->record->args, i, arg->name))
            return tend_error_set(err, TEND_EXISTS, "the %s \"%s\" has two \"%s\"",
                                  of->kind, of->record->name, arg->name);
        optional = (arg->how & TEND_ARG_OPTIONAL) != 0;
    }
    return TEND_OK;
}

static tend_status check_flags(const struct declared *of, struct tend_error *err)
{
    const char *what = strcmp(of->kind, "report") == 0 ? "option" : "flag";
    int64_t n = count(of->record->flags);

    if (n > FLAGS_MOST)
        return tend_error_set(err, TEND_LIMIT, "the %s \"%s\" has %lld %ss; at most %d",
                              of->kind, of->record->name, (long long)n, what, FLAGS_MOST);
    for (int64_t i = 0; i < n; i++) {
        const struct tend_command_arg *flag = of->record->flags[i];
        tend_status status = check_arg(of, what, flag, err);

        if (status != TEND_OK)
            return status;
        if (strcmp(flag->type, "people") == 0)
            return tend_error_set(err, TEND_INVALID,
                                  "the %s \"%s\": several people are an argument, not the %s "
                                  "\"%s\"", of->kind, of->record->name, what, flag->name);
        if (named_before(of->record->flags, i, flag->name) ||
            named_before(of->record->args, count(of->record->args), flag->name))
            return tend_error_set(err, TEND_EXISTS, "the %s \"%s\" has two \"%s\"",
                                  of->kind, of->record->name, flag->name);
    }
    return TEND_OK;
}

/* Options of an import are written name=value. */
static const char *const of_options[] = { "text", "word", "number", "time", "day", "choice", "flag",
                                          "url", NULL };

tend_status tend_record_options(const struct tend_lead_source *source, struct tend_error *err)
{
    const struct tend_command_record named = { .name = source->name };
    const struct declared of = { "lead_source", &named };

    for (int64_t i = 0; source->options[i]; i++) {
        const struct tend_command_arg *option = source->options[i];
        tend_status status = check_arg(&of, "option", option, err);

        if (status != TEND_OK)
            return status;
        if (!tend_record_one_of(tend_text_of(option->type), of_options))
            return tend_error_set(err, TEND_INVALID,
                                  "the lead_source \"%s\": the option \"%s\" is a \"%s\"; "
                                  "options are text word number time day choice flag url",
                                  source->name, option->name, option->type);
        if (i == FLAGS_MOST)
            return tend_error_set(err, TEND_LIMIT, "the lead_source \"%s\" has more than %d options",
                                  source->name, FLAGS_MOST);
        if (named_before(source->options, i, option->name))
            return tend_error_set(err, TEND_EXISTS, "the lead_source \"%s\" has two \"%s\"",
                                  source->name, option->name);
    }
    return TEND_OK;
}

static tend_status check_fields(const struct declared *of, struct tend_error *err)
{
    struct tend_text rest = tend_text_of(of->record->fields), word, name;

    while (tend_text_word(&rest, &word)) {
        tend_text_cut(&word, ":", &name);
        if (word.len > 0 && !tend_record_one_of(word, of_fields))
            return tend_error_set(err, TEND_INVALID,
                                  "the %s \"%s\": the field \"%.*s\" is a \"%.*s\"; fields are "
                                  "text word number person task time flag", of->kind, of->record->name,
                                  TEND_FMT(tend_text_clip(name, 60)),
                                  TEND_FMT(tend_text_clip(word, 60)));
    }
    return TEND_OK;
}

static tend_status check_examples(const struct declared *of,
                                  struct tend_error *err)
{
    for (const char *const *example = of->record->examples; example && *example; example += 2) {
        struct tend_text line = tend_text_of(*example), first;

        if (!tend_text_word(&line, &first) || !tend_text_is(first, of->record->name) || !example[1])
            return tend_error_set(err, TEND_INVALID,
                                  "the %s \"%s\": an example is a line that begins with its "
                                  "name, and what it does", of->kind, of->record->name);
    }
    return TEND_OK;
}

tend_status tend_record_declared(const char *kind, const struct tend_command_record *record,
                                 struct tend_error *err)
{
    struct declared of = { kind, record };
    tend_status status = check_args(&of, err);

    if (status == TEND_OK)
        status = check_flags(&of, err);
    if (status == TEND_OK)
        status = check_fields(&of, err);
    return status == TEND_OK ? check_examples(&of, err) : status;
}

tend_status tend_record_command(const void *record, struct tend_error *err)
{
    const struct tend_command_record *command = record;

    if (!command->summary || !command->summary[0])
        return tend_error_set(err, TEND_INVALID,
                              "the command \"%s\" has no `summary`, the line of `help`",
                              command->name);
    if (!command->run)
        return tend_error_set(err, TEND_INVALID, "the command \"%s\" has no `run`", command->name);
    return tend_record_declared("command", command, err);
}
