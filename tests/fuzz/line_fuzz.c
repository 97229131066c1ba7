/* Fuzzes the command line: splitting, quoting, and a line against the declaration
 * of its command. What was split reads back as the same words once it is quoted. */
#include "shell/parse.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_quoted(const struct tend_line *line, struct tend_arena *arena)
{
    struct tend_error err = { 0 };
    struct tend_buffer buf = { 0 };
    struct tend_line again = { 0 };

    for (int64_t i = 0; i < line->token.n; i++) {
        tend_buffer_adds(&buf, i > 0 ? " " : "");
        tend_line_quote(&buf, line->token.at[i].text);
    }
    if (tend_line_split(tend_buffer_text(&buf), arena, &again, &err) != TEND_OK ||
        again.token.n != line->token.n)
        abort();
    for (int64_t i = 0; i < line->token.n; i++)
        if (!tend_text_eq(again.token.at[i].text, line->token.at[i].text))
            abort();
    tend_line_finish(&again);
    tend_buffer_finish(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tend_text text = { (const char *)data, (int64_t)size };
    struct tend_arena arena = { 0 };
    struct tend_error err = { 0 };
    struct tend_line line = { 0 };
    struct tend_parsed parsed = { 0 };

    (void)tend_line_open(text);
    if (tend_line_split(text, &arena, &line, &err) == TEND_OK) {
        check_quoted(&line, &arena);
        if (tend_parse(&line, true, &arena, &parsed, &err) != TEND_OK && !err.text[0])
            abort();
        tend_parsed_finish(&parsed);
    }
    tend_line_finish(&line);
    tend_arena_finish(&arena);
    return 0;
}
