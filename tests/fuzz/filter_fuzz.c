/* Fuzzes tend_filter_parse and the SQL made of it: a filter that parses must
 * run on an empty database. */
#include "base/text.h"
#include "store/filter.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct tend_store *store;
    static struct tend_clock clock;
    static struct tend_error err;
    struct tend_store_options options = { .clock = &clock };
    struct tend_text text = { (const char *)data, (int64_t)size };
    struct tend_arena arena = { 0 };
    struct tend_filter *filter;
    int64_t n;

    if (store == NULL) {
        tend_clock_freeze(&clock, INT64_C(1795255200) * TEND_SECOND);
        if (tend_store_open(&store, ":memory:", &options, &err) != TEND_OK)
            abort();
    }
    if (tend_filter_parse(text, clock.now, tend_store_zone(store), &arena, &filter, &err) ==
            TEND_OK &&
        tend_filter_count(store, filter, &n) != TEND_OK)
        abort();
    tend_arena_finish(&arena);
    return 0;
}
