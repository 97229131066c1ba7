/* What the declaration of a command must have to be taken: the parser, help and
 * completion are made from it, and never meet one that is half. */
#include "plugin/private.h"

#define ARGS_MOST 6
#define FLAGS_MOST 14

static const char *const types[] = { "person", "people", "task",  "number", "time", "day",   "choice",
                                     "word",   "stage",  "kind",  "text",   "filter", "flag", NULL };
static const char *const of_fields[] = { "text", "number", "person", "task", "time", "flag", NULL };

static bool is_one_of(struct tend_text word, const char *const *words)
{
    for (; *words; words++)
        if (tend_text_is(word, *words))
            return true;
    return false;
}

static bool is_greedy(const char *type)
{
    return strcmp(type, "text") == 0 || strcmp(type, "filter") == 0;
}

static tend_status check_arg(const struct tend_command_record *command, const char *what,
                             const struct tend_command_arg *arg, struct tend_error *err)
{
    const char *near;

    if (arg->size < (int64_t)sizeof *arg || !tend_record_name_ok(arg->name))
        return tend_error_set(err, TEND_INVALID,
                              "the command \"%s\": each %s needs its size, and a name made of "
                              "a-z 0-9 - _", command->name, what);
    if (!arg->type || !is_one_of(tend_text_of(arg->type), types)) {
        near = tend_text_nearest(tend_text_of(arg->type), types);
        return tend_error_set(err, TEND_INVALID,
                              "the command \"%s\": the %s \"%s\" is a \"%.40s\", which is no type%s%s%s; "
                              "the types are person people task number time day choice word stage "
                              "kind text filter flag",
                              command->name, what, arg->name, arg->type ? arg->type : "",
                              near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
    }
    if (strcmp(arg->type, "choice") == 0 && (!arg->choices || !arg->choices[0]))
        return tend_error_set(err, TEND_INVALID,
                              "the command \"%s\": the %s \"%s\" has no choices", command->name,
                              what, arg->name);
    if (!arg->help || !arg->help[0])
        return tend_error_set(err, TEND_INVALID,
                              "the command \"%s\": the %s \"%s\" has no help, a few words",
                              command->name, what, arg->name);
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

static tend_status check_args(const struct tend_command_record *command, struct tend_error *err)
{
    int64_t n = count(command->args);
    bool optional = false;

    if (n > ARGS_MOST)
        return tend_error_set(err, TEND_LIMIT, "the command \"%s\" has %lld arguments; at most %d",
                              command->name, (long long)n, ARGS_MOST);
    for (int64_t i = 0; i < n; i++) {
        const struct tend_command_arg *arg = command->args[i];
        tend_status status = check_arg(command, "argument", arg, err);

        if (status != TEND_OK)
            return status;
        if (strcmp(arg->type, "flag") == 0)
            return tend_error_set(err, TEND_INVALID,
                                  "the command \"%s\": a \"flag\" stands among the flags, not as "
                                  "argument \"%s\"", command->name, arg->name);
        if (is_greedy(arg->type) && i + 1 < n)
            return tend_error_set(err, TEND_INVALID,
                                  "the command \"%s\": \"%s\" takes all that is left, so it is the "
                                  "last argument", command->name, arg->name);
        if (optional && !(arg->how & TEND_ARG_OPTIONAL))
            return tend_error_set(err, TEND_INVALID,
                                  "the command \"%s\": \"%s\" must be given, so it stands before "
                                  "those that need not", command->name, arg->name);
        if (named_before(command->args, i, arg->name))
            return tend_error_set(err, TEND_EXISTS, "the command \"%s\" has two \"%s\"",
                                  command->name, arg->name);
        optional = (arg->how & TEND_ARG_OPTIONAL) != 0;
    }
    return TEND_OK;
}

static tend_status check_flags(const struct tend_command_record *command, struct tend_error *err)
{
    int64_t n = count(command->flags);

    if (n > FLAGS_MOST)
        return tend_error_set(err, TEND_LIMIT, "the command \"%s\" has %lld flags; at most %d",
                              command->name, (long long)n, FLAGS_MOST);
    for (int64_t i = 0; i < n; i++) {
        const struct tend_command_arg *flag = command->flags[i];
        tend_status status = check_arg(command, "flag", flag, err);

        if (status != TEND_OK)
            return status;
        if (strcmp(flag->type, "people") == 0)
            return tend_error_set(err, TEND_INVALID,
                                  "the command \"%s\": several people are an argument, not the flag "
                                  "\"%s\"", command->name, flag->name);
        if (named_before(command->flags, i, flag->name) ||
            named_before(command->args, count(command->args), flag->name))
            return tend_error_set(err, TEND_EXISTS, "the command \"%s\" has two \"%s\"",
                                  command->name, flag->name);
    }
    return TEND_OK;
}

static tend_status check_fields(const struct tend_command_record *command, struct tend_error *err)
{
    struct tend_text rest = tend_text_of(command->fields), word, name;

    while (tend_text_word(&rest, &word)) {
        tend_text_cut(&word, ":", &name);
        if (word.len > 0 && !is_one_of(word, of_fields))
            return tend_error_set(err, TEND_INVALID,
                                  "the command \"%s\": the field \"%.*s\" is a \"%.*s\"; fields are "
                                  "text number person task time flag", command->name,
                                  TEND_FMT(tend_text_clip(name, 60)),
                                  TEND_FMT(tend_text_clip(word, 60)));
    }
    return TEND_OK;
}

static tend_status check_examples(const struct tend_command_record *command,
                                  struct tend_error *err)
{
    for (const char *const *example = command->examples; example && *example; example += 2) {
        struct tend_text line = tend_text_of(*example), first;

        if (!tend_text_word(&line, &first) || !tend_text_is(first, command->name) || !example[1])
            return tend_error_set(err, TEND_INVALID,
                                  "the command \"%s\": an example is a line that begins with its "
                                  "name, and what it does", command->name);
    }
    return TEND_OK;
}

tend_status tend_record_command(const void *record, struct tend_error *err)
{
    const struct tend_command_record *command = record;
    tend_status status = TEND_OK;

    if (!command->summary || !command->summary[0])
        return tend_error_set(err, TEND_INVALID,
                              "the command \"%s\" has no `summary`, the line of `help`",
                              command->name);
    if (!command->run)
        return tend_error_set(err, TEND_INVALID, "the command \"%s\" has no `run`", command->name);
    status = check_args(command, err);
    if (status == TEND_OK)
        status = check_flags(command, err);
    if (status == TEND_OK)
        status = check_fields(command, err);
    return status == TEND_OK ? check_examples(command, err) : status;
}
