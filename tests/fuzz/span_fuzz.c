/* Fuzzes tend_window_parse, tend_instant_parse and tend_date_parse: whatever is
 * read must be a time that can be written and read again. */
#include "base/span.h"
#include "base/text.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tend_text text = { (const char *)data, (int64_t)size };
    struct tend_error err = { 0 };
    struct tend_window window;
    int64_t instant, again, days;
    bool local;
    char buf[64];

    (void)tend_window_parse(text, &window, &err);
    if (tend_instant_parse(text, &instant, &local)) {
        tend_instant_format(buf, instant, 0);
        if (!tend_instant_parse(tend_text_of(buf), &again, &local) || again != instant)
            abort();
    }
    if (tend_date_parse(text, &days)) {
        tend_date_format(buf, days);
        if (!tend_date_parse(tend_text_of(buf), &again) || again != days)
            abort();
    }
    return 0;
}
