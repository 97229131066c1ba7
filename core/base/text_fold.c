/* The form of a text that search and matching compare: case, marks and the
 * choice of code points gone. Imports fold every name, most of them ASCII. */
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include <utf8proc.h>

/* Letters that people write with plain ones and that no decomposition holds.
 * Looked up after case folding. */
static const struct {
    int32_t code;
    char as[3];
} plain[] = {
    { 0x00E6, "ae" }, { 0x00F0, "d" }, { 0x00F8, "o" }, { 0x00FE, "th" }, { 0x0111, "d" },
    { 0x0127, "h" },  { 0x0131, "i" }, { 0x0142, "l" }, { 0x0153, "oe" },
};

/* Diacritics go; the vowel signs of Devanagari or Thai, which are marks too,
 * are letters to their readers and stay. Told apart by combining class. */
static bool is_diacritic(const utf8proc_property_t *property)
{
    int class = property->combining_class;

    if (property->category == UTF8PROC_CATEGORY_ME)
        return true;
    return property->category == UTF8PROC_CATEGORY_MN &&
           (class == 1 || (class >= 10 && class <= 36) || class >= 200);
}

/* Folds one character into out; returns how many codes that made. */
static int64_t fold_char(int32_t code, int32_t *out, int64_t cap)
{
    enum { MOST = 32 };
    int32_t parts[MOST];
    int last_boundclass = 0;
    int64_t n = 0;
    utf8proc_ssize_t count;

    if (code == TEND_UTF8_INVALID)
        code = TEND_UTF8_REPLACEMENT;
    count = utf8proc_decompose_char(code, parts, MOST,
                                    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
                                        UTF8PROC_IGNORE,
                                    &last_boundclass);
    if (count < 0 || count > MOST) {
        parts[0] = code;
        count = 1;
    }
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        const char *as = NULL;

        if (parts[i] >= 0x80) {
            if (is_diacritic(utf8proc_get_property(parts[i])))
                continue;
            for (size_t k = 0; k < sizeof plain / sizeof *plain; k++)
                if (plain[k].code == parts[i])
                    as = plain[k].as;
        }
        if (!as && n < cap)
            out[n++] = parts[i];
        for (; as && *as && n < cap; as++)
            out[n++] = *as;
    }
    return n;
}

/* Marks that stayed get the order that Unicode gives them. */
static void order_marks(int32_t *codes, int64_t n)
{
    for (int64_t i = 1; i < n; i++) {
        int32_t code = codes[i];
        int class = code < 0x300 ? 0 : utf8proc_get_property(code)->combining_class;
        int64_t k = i;

        if (class == 0)
            continue;
        while (k > 0 && codes[k - 1] >= 0x300 &&
               utf8proc_get_property(codes[k - 1])->combining_class > class) {
            codes[k] = codes[k - 1];
            k--;
        }
        codes[k] = code;
    }
}

static struct tend_text fold_ascii(struct tend_arena *arena, struct tend_text text)
{
    char *out = tend_arena_str(arena, text);

    for (int64_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)out[i];

        out[i] = (char)(c | ((unsigned)(c - 'A') < 26u) << 5);
    }
    return (struct tend_text){ out, text.len };
}

struct tend_text tend_text_fold(struct tend_arena *arena, struct tend_text text)
{
    enum { MOST = 20 }; /* codes that one character can become: U+FDFA is 18 */
    int32_t some[256], *codes = some;
    int64_t n = 0, pos = 0, cap = 256, len = 0;
    struct tend_text folded;
    char *out;

    if (tend_utf8_ascii(text))
        return fold_ascii(arena, text);
    while (pos < text.len) {
        if (cap - n < MOST) {
            int32_t *grown =
                tend_realloc(codes == some ? NULL : codes, (size_t)cap * 2 * sizeof *codes);
            if (codes == some)
                memcpy(grown, some, (size_t)n * sizeof *codes);
            codes = grown;
            cap *= 2;
        }
        n += fold_char(tend_utf8_next(text, &pos), codes + n, cap - n);
    }
    order_marks(codes, n);
    /* composed again: Hangul syllables and kana stay one character each */
    n = utf8proc_normalize_utf32(codes, n, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    if (n < 0)
        n = 0;
    out = tend_arena_take(arena, (size_t)n * 4 + 1);
    for (int64_t i = 0; i < n; i++)
        len += tend_utf8_put(out + len, codes[i]);
    if (codes != some)
        tend_free(codes);
    folded = (struct tend_text){ out, len };
    return folded;
}
