/* Words that declarations know: verbs, options, keywords. */
#include "shell/complete_parts.h"

static void offer_second(struct tend_completer *c, const struct tend_command *first)
{
    const char *word;

    for (int64_t i = 0; (word = tend_command_sub_at(first, i)) != NULL; i++)
        tend_offer_str(c, word, tend_command_sub(first, tend_text_of(word))->summary, false);
}

void tend_offer_verbs(struct tend_completer *c)
{
    const struct tend_command *command = c->place->command;

    if (command != NULL && tend_command_sub_at(command, 0) != NULL) {
        offer_second(c, command);
        return;
    }
    if (c->typed.len > 0 && c->typed.at[0] == '?') {    /* ?log is help */
        c->head.len++;
        c->typed = (struct tend_text){ c->typed.at + 1, c->typed.len - 1 };
        c->folded = tend_text_fold(c->arena, c->typed);
    }
    for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
        if (!(command->effects & TEND_HIDDEN) && command->of == NULL)
            tend_offer_str(c, command->name, command->summary, false);
    }
}

void tend_offer_options(struct tend_completer *c)
{
    const struct tend_command *command = c->place->command;
    const struct tend_flag *flag = command != NULL ? command->flags : NULL;
    const struct tend_global *global;

    for (int64_t i = 0; flag != NULL && flag->name != NULL; flag++, i++) {
        bool given = c->place->parsed.flag[i].n > 0 && !(flag->how & TEND_REPEAT);

        if (!given && !(flag->how & TEND_KEYWORD))
            tend_offer_str(c, tend_arena_printf(c->arena, "--%s", flag->name), flag->help, false);
    }
    for (int64_t i = 0; (global = tend_global_at(i)) != NULL; i++) {
        bool writes = command == NULL || (command->effects & TEND_WRITES);

        if ((global->start_only && c->shell->prompt) ||
            (!writes && tend_text_is(tend_text_of(global->name), "dry-run")))
            continue;
        tend_offer_str(c, tend_arena_printf(c->arena, "--%s", global->name), global->help, false);
    }
}

void tend_offer_keywords(struct tend_completer *c)
{
    const struct tend_flag *flag = c->place->command->flags;

    for (int64_t i = 0; flag != NULL && flag->name != NULL; flag++, i++) {
        bool given = c->place->parsed.flag[i].n > 0 && !(flag->how & TEND_REPEAT);

        if (given)
            continue;
        if (flag->how & TEND_KEYWORD)
            tend_offer_str(c, tend_arena_printf(c->arena, "%s=", flag->name), flag->help, true);
        else if (c->typed.len == 0)
            tend_offer_str(c, tend_arena_printf(c->arena, "--%s", flag->name), flag->help, false);
    }
}
