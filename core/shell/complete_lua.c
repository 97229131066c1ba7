/* Completion of Lua, behind = and at the Lua prompt: names, fields and methods. */
#include "shell/complete_parts.h"
#include "shell/console.h"

static void offer(void *data, struct tend_text word)
{
    struct tend_completer *c = data;
    struct tend_candidate candidate = { .open = true };

    for (int64_t i = 0; i < c->list.n; i++) {
        if (tend_text_eq(c->list.at[i].word, word))
            return;
    }
    candidate.word = candidate.insert = candidate.shown = tend_arena_text(c->arena, word);
    TEND_PUSH(&c->list, candidate);
}

static bool is_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool tend_offer_lua(struct tend_completer *c, struct tend_text line, int64_t *from)
{
    struct tend_text rest = tend_text_trim(line);

    if (!c->shell->lua && (rest.len == 0 || rest.at[0] != '='))
        return false;
    *from = line.len;
    while (*from > 0 && is_part(line.at[*from - 1]))
        (*from)--;
    if (tend_completer_opens(c, true))
        tend_console_complete(c->shell, line, offer, c);
    return true;
}
