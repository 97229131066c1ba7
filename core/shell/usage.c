/* What a command looks like, from its declaration; and errors that point. */
#include "shell/parse.h"

#define SHOWN_MOST 160          /* a longer line is not repeated in an error */

tend_status tend_point_at(struct tend_error *err, tend_status code, struct tend_text line,
                          const struct tend_token *token, const char *fmt, ...)
{
    struct tend_buffer buf = { 0 }, shown = { 0 };
    struct tend_text before;
    va_list args;
    int64_t width;

    va_start(args, fmt);
    tend_buffer_vaddf(&buf, fmt, args);
    va_end(args);
    if (token != NULL && line.len > 0 && token->at + token->len <= line.len) {
        tend_text_show(&shown, line);
        tend_buffer_adds(&buf, "\n  ");
        tend_buffer_add(&buf, tend_buffer_text(&shown));
        tend_buffer_reset(&shown);
        before = (struct tend_text){ line.at, token->at };
        tend_text_show(&shown, before);
        width = tend_text_width(tend_buffer_text(&shown));
        tend_buffer_adds(&buf, "\n  ");
        for (int64_t i = 0; i < width; i++)
            tend_buffer_addc(&buf, ' ');
        tend_buffer_reset(&shown);
        tend_text_show(&shown, (struct tend_text){ line.at + token->at, token->len });
        width = tend_text_width(tend_buffer_text(&shown));
        for (int64_t i = 0; i < (width > 0 ? width : 1); i++)
            tend_buffer_addc(&buf, '^');
    }
    if (line.len > SHOWN_MOST) {
        const char *end = memchr(buf.at, '\n', (size_t)buf.len);

        if (end != NULL)
            buf.len = end - buf.at;
    }
    code = tend_error_set(err, code, "%.*s", TEND_FMT(tend_buffer_text(&buf)));
    tend_buffer_finish(&shown);
    tend_buffer_finish(&buf);
    return code;
}

struct tend_token tend_token_part(struct tend_text line, const struct tend_token *token,
                                  struct tend_text part)
{
    struct tend_token narrow = *token;
    const char *at = NULL;

    if (part.len > 0 && part.at >= token->text.at &&
        part.at + part.len <= token->text.at + token->text.len && token->at + token->len <= line.len)
        at = memmem(line.at + token->at, (size_t)token->len, token->text.at,
                    (size_t)token->text.len);
    if (at == NULL)
        return narrow;
    narrow.at = at - line.at + (part.at - token->text.at);
    narrow.len = part.len;
    return narrow;
}

static void add_arg(struct tend_buffer *buf, const struct tend_arg *arg)
{
    bool optional = (arg->how & TEND_OPTIONAL) != 0;

    tend_buffer_addf(buf, " %s%s", optional ? "[" : "", arg->name);
    switch (arg->slot) {
    case TEND_SLOT_PEOPLE:
        tend_buffer_addf(buf, "[,%s]", arg->name);
        break;
    case TEND_SLOT_TASKS:
        tend_buffer_addf(buf, "[,%s]", arg->name);
        break;
    case TEND_SLOT_FIELDS:
    case TEND_SLOT_TAGS:
    case TEND_SLOT_FILES:
    case TEND_SLOT_SETTINGS:
        tend_buffer_adds(buf, "...");
        break;
    default:
        break;
    }
    if (optional)
        tend_buffer_adds(buf, "]");
}

void tend_usage(struct tend_buffer *buf, const struct tend_command *command)
{
    tend_buffer_addf(buf, "usage: tend %s", command->name);
    for (const struct tend_arg *arg = command->args; arg != NULL && arg->name != NULL; arg++)
        add_arg(buf, arg);
    for (const struct tend_flag *flag = command->flags; flag != NULL && flag->name != NULL;
         flag++) {
        if (flag->how & TEND_KEYWORD)
            tend_buffer_addf(buf, " [%s=%s]", flag->name, flag->value);
        else if (flag->slot == TEND_SLOT_NONE)
            tend_buffer_addf(buf, " [--%s]", flag->name);
        else
            tend_buffer_addf(buf, " [--%s %s]", flag->name, flag->value);
    }
}
