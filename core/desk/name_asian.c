/* Names in the writings of East Asia: the family comes first, and often nothing
 * stands between. */
#include "base/utf8.h"
#include "desk/name_parts.h"

enum script { OTHER, HAN, KANA, HANGUL, DOT };

static enum script script_of(int32_t code)
{
    if (code == 0x30FB || code == 0xFF65)
        return DOT;
    if ((code >= 0x4E00 && code <= 0x9FFF) || (code >= 0x3400 && code <= 0x4DBF) ||
        code == 0x3005 || (code >= 0xF900 && code <= 0xFAFF) ||
        (code >= 0x20000 && code <= 0x3FFFF))
        return HAN;
    if ((code >= 0x3041 && code <= 0x30FF) || (code >= 0xFF66 && code <= 0xFF9F))
        return KANA;
    if (code >= 0xAC00 && code <= 0xD7A3)
        return HANGUL;
    return OTHER;
}

/* Surnames of two characters, where most have one. */
static bool is_double(struct tend_text name)
{
    static const char *const doubles[] = {
        "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "夏侯", "皇甫", "尉迟",
        "公孙", "公孫", "慕容", "令狐", "司徒", "司空", "端木", "东方", "東方", "남궁",
        "황보", "제갈", "선우", "독고", "사공", "서문",
    };

    for (size_t i = 0; i < sizeof doubles / sizeof doubles[0]; i++)
        if (tend_text_starts(name, doubles[i]))
            return true;
    return false;
}

static struct tend_text without_address(struct tend_text name)
{
    static const char *const titles[] = { "様", "さん", "さま", "先生", "氏", "님", "씨", "女士" };

    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        int64_t len = (int64_t)strlen(titles[i]);

        if (name.len > len && memcmp(name.at + name.len - len, titles[i], (size_t)len) == 0)
            return tend_text_trim((struct tend_text){ name.at, name.len - len });
    }
    return name;
}

static int64_t bytes_of(struct tend_text name, int64_t letters)
{
    int64_t at = 0;

    while (letters-- > 0 && at < name.len)
        tend_utf8_next(name, &at);
    return at;
}

bool tend_name_asian(struct tend_text name, struct tend_text *given, struct tend_text *family)
{
    int64_t count[DOT + 1] = { 0 }, at = 0, cut = -1, behind = 0, letters = 0;
    struct tend_text before;

    if ((unsigned char)name.at[0] < 0xE0)
        return false;
    name = without_address(name);
    while (at < name.len) {
        int64_t from = at;
        int32_t code = tend_utf8_next(name, &at);
        enum script script = script_of(code);
        bool blank = code == ' ' || code == 0x3000 || script == DOT;

        if (script == OTHER && !blank)
            return false;
        count[script] += !blank || script == DOT;
        letters += !blank;
        if (blank && cut < 0) {
            cut = from;
            behind = at;
        }
    }
    if (cut < 0) {
        int64_t first = is_double(name) ? 2
                        : count[HANGUL] == letters ? 1
                        : count[KANA] == letters   ? letters /* nobody can tell */
                        : count[KANA] > 0 || letters > 3 ? 2
                                                         : 1;

        cut = behind = bytes_of(name, letters > 1 ? first : letters);
    }
    before = tend_text_trim((struct tend_text){ name.at, cut });
    *given = tend_text_trim((struct tend_text){ name.at + behind, name.len - behind });
    *family = before;
    if (count[DOT] > 0 || given->len == 0) { /* ジョン・スミス, a name from abroad */
        *family = *given;
        *given = before;
    }
    return true;
}
