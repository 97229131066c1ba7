/* Fuzzes tend_rights_parse: whatever a manifest says is refused with a reason, or can be
 * written out and read again as the same rights. */
#include "base/text.h"
#include "plugin/rights.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tend_text text = { (const char *)data, (int64_t)size }, written, again;
    struct tend_rights rights, second, left;
    struct tend_arena arena = { 0 };
    struct tend_error err = { 0 };

    if (tend_rights_parse(text, &arena, &rights, &err) != TEND_OK) {
        if (err.text[0] == '\0')
            abort();
    } else {
        written = tend_rights_text(&rights, &arena);
        if (tend_rights_parse(written, &arena, &second, &err) != TEND_OK)
            abort();
        again = tend_rights_text(&second, &arena);
        if (!tend_text_eq(written, again))
            abort();
        tend_rights_within(&rights, &second, &arena, &left);
        left.named = true;
        if (rights.named && tend_rights_any(&left))
            abort();        /* what is granted whole leaves nothing */
    }
    tend_arena_finish(&arena);
    return 0;
}
