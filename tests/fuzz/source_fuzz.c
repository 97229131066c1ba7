/* Fuzzes a lead source in C, built once for each that ships: whatever a file holds, in blocks of
 * any size, it says what is wrong or gives rows of text, and looks no further than it may. */
#include "../plugins/fake_host.h"
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The host decodes: a byte that is no UTF-8 comes as a character of Latin-1. */
static void decode(struct tend_text bytes, struct tend_buffer *out)
{
    if (tend_text_valid(bytes)) {
        tend_buffer_add(out, bytes);
        return;
    }
    for (int64_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.at[i];

        if (c >= 0x80)
            tend_buffer_addc(out, (char)(0xc0 | c >> 6));
        tend_buffer_addc(out, (char)(c < 0x80 ? c : 0x80 | (c & 0x3f)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = { "-", "people.csv", "people.json", "people.vcf", "people.ldif" };
    struct tend_buffer text = { 0 };
    char *exact;
    struct tend_text whole;
    int32_t sure;

    if (size < 2)
        return 0;
    decode((struct tend_text){ (const char *)data + 1, (int64_t)size - 1 }, &text);
    exact = malloc((size_t)text.len + 1); /* so that one byte too far is seen */
    if (!exact)
        abort();
    memcpy(exact, text.at ? text.at : "", (size_t)text.len);
    whole = (struct tend_text){ realloc(exact, (size_t)text.len + (text.len == 0)), text.len };
    sure = fake_sniff_text(whole, names[data[0] % 5]);
    if (!whole.at || sure > 100)
        abort();
    fake_try(whole, 65536);
    fake_try(whole, 1 + data[0]);
    free((char *)whole.at);
    tend_buffer_finish(&text);
    return 0;
}
