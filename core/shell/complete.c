/* Candidates for the word at the cursor: gathered by topic, put into the form
 * in which the line reads them back. */
#include "shell/complete_parts.h"
#include "shell/plugged.h"

#define ALIASES_DEEP 8

bool tend_completer_opens(struct tend_completer *c, bool plugins)
{
    struct tend_shell *shell = c->shell;
    tend_status status;

    shell->holds = true;
    status = tend_shell_open(shell, plugins ? TEND_PLUGINS : 0);
    shell->holds = false;
    return status == TEND_OK;
}

void tend_offer_any(struct tend_completer *c, struct tend_text value, struct tend_text shown,
                    struct tend_text about, bool open)
{
    struct tend_candidate candidate = { .about = tend_arena_text(c->arena, about), .open = open };
    struct tend_buffer buf = { 0 };

    for (int64_t i = 0; i < c->list.n; i++) {
        const struct tend_text *other = &c->list.at[i].word;

        if (other->len == c->head.len + value.len &&
            memcmp(other->at + c->head.len, value.at, (size_t)value.len) == 0)
            return;
    }
    candidate.word = tend_text_of(tend_arena_printf(c->arena, "%.*s%.*s", TEND_FMT(c->head),
                                                    TEND_FMT(value)));
    tend_line_quote(&buf, candidate.word);
    if (open && buf.len > 1 && buf.at[buf.len - 1] == '"')
        buf.len--;
    candidate.insert = tend_arena_text(c->arena, tend_buffer_text(&buf));
    candidate.shown = tend_arena_text(c->arena, shown.len > 0 ? shown : value);
    tend_buffer_finish(&buf);
    TEND_PUSH(&c->list, candidate);
}

void tend_offer(struct tend_completer *c, struct tend_text value, struct tend_text about,
                bool open)
{
    struct tend_text folded = tend_text_fold(c->arena, value);

    if (folded.len >= c->folded.len &&
        memcmp(folded.at, c->folded.at, (size_t)c->folded.len) == 0)
        tend_offer_any(c, value, value, about, open);
}

void tend_offer_str(struct tend_completer *c, const char *value, const char *about, bool open)
{
    tend_offer(c, tend_text_of(value), tend_text_of(about), open);
}

static void set_typed(struct tend_completer *c, int64_t head)
{
    struct tend_text word = c->place->word.text;

    c->head = (struct tend_text){ word.at, head };
    c->typed = (struct tend_text){ word.at + head, word.len - head };
    c->folded = tend_text_fold(c->arena, c->typed);
}

void tend_offer_behind(struct tend_completer *c, char sep)
{
    for (int64_t i = c->typed.len; i > 0; i--) {
        if (c->typed.at[i - 1] == sep) {
            set_typed(c, c->head.len + i);
            return;
        }
    }
}

static void gather(struct tend_completer *c)
{
    const struct tend_place *place = c->place;
    int64_t head = place->head.len;

    set_typed(c, head);
    switch (place->want) {
    case TEND_WANT_VERB:
        tend_offer_verbs(c);
        break;
    case TEND_WANT_OPTION:
        tend_offer_options(c);
        break;
    case TEND_WANT_VALUE:
        tend_offer_slot(c, place->slot, place->how, place->choices, place->help);
        break;
    case TEND_WANT_ARGS:
        for (int64_t i = 0; i < place->n_args; i++) {
            set_typed(c, head);
            tend_offer_slot(c, place->arg[i]->slot, place->arg[i]->how, place->arg[i]->choices,
                            place->arg[i]->help);
        }
        set_typed(c, head);
        tend_offer_keywords(c);
        break;
    case TEND_WANT_NOTHING:
        break;
    }
}

/* The beginning that all share, cut at a whole character. */
static struct tend_text common(struct tend_completer *c, struct tend_text line, int64_t from)
{
    struct tend_text first, typed = { line.at + from, line.len - from };
    int64_t len;

    if (c->list.n == 0)
        return typed;
    first = c->list.at[0].insert;
    len = first.len;
    for (int64_t i = 1; i < c->list.n; i++) {
        const struct tend_text *other = &c->list.at[i].insert;
        int64_t same = 0;

        while (same < len && same < other->len && first.at[same] == other->at[same])
            same++;
        len = same;
    }
    while (len > 0 && len < first.len && ((unsigned char)first.at[len] & 0xc0) == 0x80)
        len--;
    return len >= typed.len ? (struct tend_text){ first.at, len } : typed;
}

static void complete(struct tend_shell *shell, const struct tend_place *place,
                     struct tend_text line, struct tend_arena *arena,
                     struct tend_completion *out)
{
    struct tend_completer c = { .shell = shell, .arena = arena, .place = place };
    struct tend_error kept = shell->err;
    int64_t from = place->from;

    if (!tend_offer_lua(&c, line, &from))
        gather(&c);
    shell->err = kept;
    *out = (struct tend_completion){ .from = from, .to = line.len, .n = c.list.n,
                                     .left_out = c.left_out, .at_least = c.at_least };
    out->at = tend_arena_take(arena, (size_t)(c.list.n + 1) * sizeof *out->at);
    if (c.list.n > 0)
        memcpy(out->at, c.list.at, (size_t)c.list.n * sizeof *out->at);
    out->common = common(&c, line, from);
    TEND_ARRAY_FINISH(&c.list);
}

/* Commands of plugins and aliases, where the word may be one or stands behind one. */
static bool load_verbs(struct tend_shell *shell, const struct tend_place *place)
{
    struct tend_error kept = shell->err;
    tend_status status;

    if (shell->plugged != NULL || shell->lua ||
        (place->command != NULL && !(place->command->effects & TEND_SECOND_PLUGGED)))
        return false;
    shell->holds = true;
    status = tend_plugged_load(shell);
    shell->holds = false;
    shell->err = kept;
    return status == TEND_OK;
}

/* The line with the alias as what it stands for. */
static bool write_alias(struct tend_text line, const struct tend_command *command,
                        struct tend_arena *arena, struct tend_text *longer)
{
    const char *meaning = tend_plugged_alias(command);
    struct tend_text rest = line, word = { "", 0 };

    if (meaning == NULL)
        return false;
    while (!tend_text_is(word, command->name))
        if (!tend_text_word(&rest, &word))
            return false;
    *longer = tend_text_of(tend_arena_printf(arena, "%.*s%s%.*s", (int)(word.at - line.at), line.at,
                                             meaning, (int)(line.at + line.len - word.at - word.len),
                                             word.at + word.len));
    return true;
}

static void complete_line(struct tend_shell *shell, struct tend_text line, int deep,
                          struct tend_arena *arena, struct tend_completion *out)
{
    struct tend_text longer;
    struct tend_place place;

    tend_place_find(line, arena, &place);
    if (load_verbs(shell, &place)) {
        tend_place_finish(&place);
        tend_place_find(line, arena, &place);
    }
    if (deep < ALIASES_DEEP && place.from > 0 && place.command != NULL &&
        write_alias(line, place.command, arena, &longer)) {
        complete_line(shell, longer, deep + 1, arena, out);
        out->from -= longer.len - line.len;
        out->to = line.len;
    } else {
        complete(shell, &place, line, arena, out);
    }
    tend_place_finish(&place);
}

void tend_complete(struct tend_shell *shell, struct tend_text line, int64_t cursor,
                   struct tend_arena *arena, struct tend_completion *out)
{
    line.len = cursor < 0 ? 0 : cursor < line.len ? cursor : line.len;
    complete_line(shell, line, 0, arena, out);
}

void tend_complete_words(struct tend_shell *shell, int argc, char *const *argv,
                         struct tend_arena *arena, struct tend_completion *out)
{
    struct tend_place place = { 0 };
    struct tend_line line;

    tend_line_words(argc, argv, arena, &line);
    tend_place_of(&line, argc > 0, &place);
    if (load_verbs(shell, &place)) {
        tend_place_finish(&place);
        place = (struct tend_place){ 0 };
        tend_place_of(&line, argc > 0, &place);
    }
    if (tend_plugged_alias(place.command) != NULL)
        complete_line(shell, line.text, 0, arena, out);
    else
        complete(shell, &place, line.text, arena, out);
    tend_place_finish(&place);
    tend_line_finish(&line);
}
