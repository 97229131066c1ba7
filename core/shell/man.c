/* The pages of the manual, made from the declarations of the commands: tend.1,
 * and tend-VERB.1 for each. */
#include "shell/help.h"
#include <errno.h>

/* Text in man's language: no line begins with a dot, backslashes are kept. */
static void add_text(struct tend_buffer *buf, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if ((at == text || at[-1] == '\n') && (*at == '.' || *at == '\''))
            tend_buffer_adds(buf, "\\&");
        if (*at == '\\')
            tend_buffer_adds(buf, "\\e");
        else if (*at == '"')
            tend_buffer_adds(buf, "\\(dq");
        else if (*at == '-')
            tend_buffer_adds(buf, "\\-");
        else
            tend_buffer_addc(buf, *at);
    }
}

static void add_line(struct tend_buffer *buf, const char *macro, const char *text)
{
    tend_buffer_addf(buf, "%s%s", macro, macro[0] != '\0' ? " " : "");
    add_text(buf, text);
    tend_buffer_addc(buf, '\n');
}

static void add_term(struct tend_buffer *buf, const char *term, const char *text)
{
    tend_buffer_adds(buf, ".TP\n");
    add_line(buf, ".B", term);
    add_line(buf, "", text);
}

/* Lines that stay as they are. */
static void add_block(struct tend_buffer *buf, const char *text)
{
    tend_buffer_adds(buf, ".PP\n.nf\n");
    add_text(buf, text);
    tend_buffer_adds(buf, buf->at[buf->len - 1] == '\n' ? ".fi\n" : "\n.fi\n");
}

static void add_title(struct tend_buffer *buf, const char *name, const char *summary)
{
    tend_buffer_addf(buf, ".TH \"%s\" 1 \"\" \"tend\" \"tend\"\n.SH NAME\n", name);
    add_text(buf, name);
    tend_buffer_adds(buf, " \\- ");
    add_text(buf, summary);
    tend_buffer_adds(buf, "\n");
}

static void add_flags(struct tend_buffer *buf, const struct tend_flag *flag)
{
    char name[128];

    for (; flag != NULL && flag->name != NULL; flag++) {
        bool keyword = (flag->how & TEND_KEYWORD) != 0;

        snprintf(name, sizeof name, "%s%s%s%s", keyword ? "" : "--", flag->name,
                 flag->value == NULL ? "" : keyword ? "=" : " ",
                 flag->value != NULL ? flag->value : "");
        add_term(buf, name, flag->help);
    }
}

/* "tend-plugin-add" */
static void page_name(const struct tend_command *command, char *out, size_t size)
{
    snprintf(out, size, "tend-%s", command->name);
    for (char *at = out; *at != '\0'; at++) {
        if (*at == ' ')
            *at = '-';
    }
}

static void add_command(struct tend_buffer *buf, const struct tend_command *command)
{
    struct tend_buffer usage = { 0 };
    struct tend_member member;
    char name[64];

    page_name(command, name, sizeof name);
    add_title(buf, name, command->summary);
    tend_usage(&usage, command);
    add_line(buf, ".SH SYNOPSIS\n.B", usage.at + strlen("usage: "));
    tend_buffer_finish(&usage);
    tend_buffer_adds(buf, ".SH DESCRIPTION\n");
    add_line(buf, "", command->summary);
    if (command->more != NULL)
        add_block(buf, command->more);
    if (command->effects & TEND_WRITES)
        tend_buffer_adds(buf, ".PP\nIt writes: \\-\\-dry\\-run shows what would come of it, undo takes "
                              "it back.\n");
    for (const struct tend_arg *arg = command->args; arg != NULL && arg->name != NULL; arg++)
        add_term(buf, arg->name, arg->help);
    if (command->flags != NULL && command->flags->name != NULL)
        tend_buffer_adds(buf, ".SH OPTIONS\n");
    add_flags(buf, command->flags);
    if (command->examples != NULL)
        tend_buffer_adds(buf, ".SH EXAMPLES\n");
    for (const struct tend_example *e = command->examples; e != NULL && e->line != NULL; e++) {
        tend_buffer_adds(buf, ".TP\n.B tend ");
        add_text(buf, e->line);
        tend_buffer_addc(buf, '\n');
        add_line(buf, "", e->does);
    }
    if (command->members != NULL)
        tend_buffer_adds(buf, ".SH JSON\n");
    for (int64_t i = 0; tend_member_at(command->members, i, &member); i++) {
        tend_buffer_adds(buf, ".TP\n");
        tend_buffer_addf(buf, "\\fB%s\\fR (%s)\n", member.name, member.type);
        add_line(buf, "", member.what != NULL ? member.what : "(its name says it)");
    }
    tend_buffer_adds(buf, ".SH SEE ALSO\n.BR tend (1)\n");
}

static void add_program(struct tend_buffer *buf)
{
    const struct tend_help_topic *topic;
    const struct tend_command *command;
    const struct tend_global *global;
    const char *group;

    add_title(buf, "tend", "keeps people, and whom to follow up when");
    tend_buffer_adds(buf, ".SH SYNOPSIS\n.B tend\n[\\fIOPTION\\fR]... \\fICOMMAND\\fR "
                          "[\\fIARGUMENT\\fR]...\n.SH COMMANDS\n");
    for (int64_t g = 0; (group = tend_command_group(g)) != NULL; g++) {
        add_line(buf, ".SS", group);
        for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
            if (!(command->effects & TEND_HIDDEN) && strcmp(command->group, group) == 0)
                add_term(buf, command->name, command->summary);
        }
    }
    tend_buffer_adds(buf, ".SH OPTIONS\n");
    for (int64_t i = 0; (global = tend_global_at(i)) != NULL; i++) {
        char name[64];

        snprintf(name, sizeof name, "--%s%s%s", global->name, global->value != NULL ? " " : "",
                 global->value != NULL ? global->value : "");
        add_term(buf, name, global->help);
    }
    for (int64_t i = 0; (topic = tend_help_topic_at(i)) != NULL; i++) {
        add_line(buf, ".SH", topic->name);
        add_line(buf, "", topic->summary);
        if (topic->text != NULL)
            add_block(buf, topic->text);
    }
    tend_buffer_adds(buf, ".SH EXIT STATUS\n0 done, 1 failed, 2 wrong usage, 3 ambiguous or already "
                          "there, 4 vetoed,\n5 done in part, 130 interrupted.\n");
}

static tend_status write_page(struct tend_shell *shell, const char *folder, const char *name,
                              struct tend_buffer *buf)
{
    char *path = tend_arena_printf(&shell->arena, "%s/%s.1", folder, name);
    FILE *file = fopen(path, "we");
    size_t written = file != NULL ? fwrite(buf->at, 1, (size_t)buf->len, file) : 0;
    bool whole = file != NULL && fclose(file) == 0 && written == (size_t)buf->len;

    tend_buffer_reset(buf);
    return whole ? TEND_OK
                 : tend_error_set(&shell->err, TEND_IO, "%s cannot be written: %s", path,
                                  strerror(errno));
}

int tend_man_write(struct tend_shell *shell, const char *folder)
{
    const struct tend_command *command;
    struct tend_buffer buf = { 0 };
    tend_status status;

    add_program(&buf);
    status = write_page(shell, folder, "tend", &buf);
    for (int64_t i = 0; status == TEND_OK && (command = tend_command_at(i)) != NULL; i++) {
        char name[64];

        if (command->effects & TEND_HIDDEN)
            continue;
        add_command(&buf, command);
        page_name(command, name, sizeof name);
        status = write_page(shell, folder, name, &buf);
    }
    tend_buffer_finish(&buf);
    return status == TEND_OK ? TEND_EXIT_OK : tend_shell_fail(shell);
}
