/* Signatures of functions that plugins offer to each other: one letter a type, "d(hl)".
 * i l d s h b, v of results alone, at most eight arguments; see tend/export.h. */
#ifndef TEND_MODULE_SIGNATURE_H
#define TEND_MODULE_SIGNATURE_H

#include "base/error.h"

#define TEND_EXPORT_ARGS 8

struct tend_signature {
    char result;
    int32_t n;
    char args[TEND_EXPORT_ARGS];
};

tend_status tend_signature_parse(struct tend_text text, struct tend_signature *out,
                                 struct tend_error *err);
/* "d(hl)" again; out has room for 16. */
void tend_signature_format(const struct tend_signature *signature, char *out);
/* "boolean", "integer", "number", "string", "person": a letter as Lua has it. */
const char *tend_letter_lua(char letter);

#endif
