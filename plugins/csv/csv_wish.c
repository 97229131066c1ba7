/* What the user says about a file where the guess is wrong: delimiter, quote, header,
 * lines to leave out. */
#include "csv.h"
#include <string.h>

static const struct tend_command_arg delimiter = {
    .size = sizeof delimiter, .name = "delimiter", .type = "word",
    .help = "between cells: comma, semicolon, tab, pipe, colon, space or one character",
};
static const struct tend_command_arg quote = {
    .size = sizeof quote, .name = "quote", .type = "word",
    .help = "around cells: double, single or one character",
};
static const struct tend_command_arg header = {
    .size = sizeof header, .name = "header", .type = "choice", .choices = "yes no",
    .help = "is the first row the names of the columns?",
};
static const struct tend_command_arg skip = {
    .size = sizeof skip, .name = "skip", .type = "number",
    .help = "lines above the header, or above the first row",
};
static const struct tend_command_arg strict = {
    .size = sizeof strict, .name = "strict", .type = "flag",
    .help = "a row that is no correct CSV is refused, even where its meaning is clear",
};
const struct tend_command_arg *const csv_options[] = { &delimiter, &quote,  &header,
                                                       &skip,      &strict, NULL };

static const struct {
    const char *name;
    char is;
} characters[] = {
    { "comma", ',' }, { "semicolon", ';' }, { "tab", '\t' },   { "pipe", '|' },
    { "colon", ':' }, { "space", ' ' },     { "double", '"' }, { "single", '\'' },
};

const char *csv_delimiter_name(char delimiter_is, char text[8])
{
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        if (characters[i].is == delimiter_is)
            return characters[i].name;
    }
    text[0] = delimiter_is;
    text[1] = '\0';
    return text;
}

/* A name or one character; "\t" is how many would write a tab. */
static bool character(struct tend_ctx *ctx, struct tend_text text, char *out)
{
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        if (ctx->text->is(text, characters[i].name))
            return *out = characters[i].is, true;
    }
    if (ctx->text->is(text, "\\t"))
        return *out = '\t', true;
    *out = text.len == 1 ? text.at[0] : '\0';
    return text.len == 0 || (text.len == 1 && (unsigned char)*out >= ' ' && *out < 0x7f);
}

tend_status csv_wish_read(struct tend_ctx *ctx, struct csv_wish *wish)
{
    struct tend_text said;

    *wish = (struct csv_wish){ 0 };
    if (!ctx->command)
        return TEND_OK;
    said = ctx->command->text(ctx, "delimiter");
    if (!character(ctx, said, &wish->delimiter) || wish->delimiter == '"')
        return ctx->host->fail(ctx, TEND_INVALID,
                               "a delimiter is comma, semicolon, tab, pipe, colon, space or one "
                               "character, not \"%.*s\"", (int)said.len, said.at);
    said = ctx->command->text(ctx, "quote");
    if (!character(ctx, said, &wish->quote))
        return ctx->host->fail(ctx, TEND_INVALID,
                               "a quote is double, single or one character, not \"%.*s\"",
                               (int)said.len, said.at);
    said = ctx->command->text(ctx, "header");
    if (said.len > 0)
        wish->header = ctx->text->is(said, "no") ? 'n' : 'y';
    wish->skip = ctx->command->number(ctx, "skip");
    if (wish->skip < 0)
        return ctx->host->fail(ctx, TEND_INVALID, "skip is a number of lines");
    wish->strict = ctx->command->number(ctx, "strict") != 0;
    return TEND_OK;
}
