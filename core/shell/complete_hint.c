/* The hint: what the declaration of the command still has room for. */
#include "shell/complete_parts.h"

static void add_word(struct tend_buffer *buf, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void add_word(struct tend_buffer *buf, const char *fmt, ...)
{
    va_list args;

    if (buf->len > 0)
        tend_buffer_addc(buf, ' ');
    va_start(args, fmt);
    tend_buffer_vaddf(buf, fmt, args);
    va_end(args);
}

static void add_flags(struct tend_buffer *buf, const struct tend_place *place)
{
    const struct tend_flag *flag = place->command->flags;

    for (int64_t i = 0; flag != NULL && flag->name != NULL; flag++, i++) {
        if (place->parsed.flag[i].n > 0 && !(flag->how & TEND_REPEAT))
            continue;
        if (flag->how & TEND_KEYWORD)
            add_word(buf, "[%s=..]", flag->name);
        else if (flag->slot == TEND_SLOT_NONE)
            add_word(buf, "[--%s]", flag->name);
        else
            add_word(buf, "[--%s %s]", flag->name, flag->value);
    }
}

static void add_args(struct tend_buffer *buf, const struct tend_place *place)
{
    for (const struct tend_arg *arg = place->next; arg != NULL && arg->name != NULL; arg++) {
        if (arg->how & TEND_OPTIONAL)
            add_word(buf, "[%s]", arg->name);
        else
            add_word(buf, "%s", arg->name);
    }
}

struct tend_text tend_complete_hint(struct tend_text line, struct tend_arena *arena)
{
    bool between = line.len > 0 && line.at[line.len - 1] == ' ';
    struct tend_buffer buf = { 0 };
    struct tend_place place;
    struct tend_text text = { 0 };
    char *spaced;

    if (line.len == 0)
        return text;
    tend_place_find(line, arena, &place);
    if (place.want == TEND_WANT_VALUE && place.word.text.len == place.head.len) {
        add_word(&buf, "%s", place.value != NULL ? place.value : "");
        between = place.head.len > 0 || between;
    } else if (!place.in_word && place.want == TEND_WANT_ARGS) {
        add_args(&buf, &place);
        add_flags(&buf, &place);
    }
    tend_place_finish(&place);
    if (buf.len == 0 && !between) {     /* at the end of a word: what follows it */
        spaced = tend_arena_printf(arena, "%.*s ", TEND_FMT(line));
        tend_place_find(tend_text_of(spaced), arena, &place);
        if (!place.in_word && place.want == TEND_WANT_ARGS) {
            add_args(&buf, &place);
            add_flags(&buf, &place);
        } else if (!place.in_word && place.want == TEND_WANT_VALUE) {
            add_word(&buf, "%s", place.value != NULL ? place.value : "");
        }
        tend_place_finish(&place);
    }
    if (buf.len > 0)
        text = tend_text_of(tend_arena_printf(arena, "%s%.*s", between ? "" : " ",
                                              TEND_FMT(tend_buffer_text(&buf))));
    tend_buffer_finish(&buf);
    return text;
}
