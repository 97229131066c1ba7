/* The language of signatures, as small as it can be: the compiler writes most of them. */
#include "module/signature.h"
#include "base/text.h"
#include <string.h>

static const char letters[] = "bildshv";

const char *tend_letter_lua(char letter)
{
    switch (letter) {
    case 'b':
        return "boolean";
    case 'i':
    case 'l':
        return "integer";
    case 'd':
        return "number";
    case 's':
        return "string";
    case 'h':
        return "person";
    default:
        return "nothing";
    }
}

static tend_status refuse(struct tend_text text, struct tend_error *err, const char *why)
{
    return tend_error_set(err, TEND_INVALID,
                          "\"%.*s\" is no signature: %s; write the letter of the result and, in "
                          "brackets, those of at most %d arguments, as d(hl): b boolean, i int32, "
                          "l int64, d double, s text, h person, and v for no result",
                          TEND_FMT(tend_text_clip(text, 32)), why, TEND_EXPORT_ARGS);
}

static bool is_letter(char letter, bool result)
{
    return letter != '\0' && strchr(letters, letter) && (result || letter != 'v');
}

tend_status tend_signature_parse(struct tend_text text, struct tend_signature *out,
                                 struct tend_error *err)
{
    struct tend_signature made = { 0 };

    if (text.len < 3 || text.at[1] != '(' || text.at[text.len - 1] != ')')
        return refuse(text, err, "it has not the form");
    if (!is_letter(text.at[0], true))
        return refuse(text, err, "its result is of no type that there is");
    if (text.len - 3 > TEND_EXPORT_ARGS)
        return refuse(text, err, "it has too many arguments");
    made.result = text.at[0];
    made.n = (int32_t)(text.len - 3);
    for (int32_t i = 0; i < made.n; i++) {
        made.args[i] = text.at[2 + i];
        if (!is_letter(made.args[i], false))
            return refuse(text, err, "an argument is of no type that there is");
    }
    *out = made;
    return TEND_OK;
}

void tend_signature_format(const struct tend_signature *signature, char *out)
{
    *out++ = signature->result;
    *out++ = '(';
    memcpy(out, signature->args, (size_t)signature->n);
    out += signature->n;
    *out++ = ')';
    *out = '\0';
}
