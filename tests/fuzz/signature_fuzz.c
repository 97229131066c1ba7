/* Fuzzes tend_signature_parse: what is taken is written again as it was, and libffi takes it. */
#include "base/text.h"
#include "module/exports.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void nothing(void)
{
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tend_text text = { (const char *)data, (int64_t)size };
    struct tend_export list[] = { { sizeof *list, "f", "", nothing, "", 0 }, TEND_EXPORTS_END };
    struct tend_arena arena = { 0 };
    struct tend_functions functions;
    struct tend_signature signature;
    struct tend_error err = { 0 };
    char again[16];
    bool taken = tend_signature_parse(text, &signature, &err) == TEND_OK;

    if (taken) {
        tend_signature_format(&signature, again);
        if (!tend_text_is(text, again))
            abort();
    }
    memcpy(list[0].signature, data, size < sizeof list[0].signature ? size : sizeof list[0].signature);
    if ((tend_functions_prepare(list, true, &arena, &functions, &err) == TEND_OK) != taken &&
        size < sizeof list[0].signature && !memchr(data, 0, size))
        abort();
    tend_arena_finish(&arena);
    return 0;
}
