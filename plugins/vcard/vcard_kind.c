/* What types and labels are called, and dates as people and programs write them. */
#include "vcard.h"
#include <string.h>

/* --- labels ---------------------------------------------------------------- */

static const struct {
    const char *type, *word; /* word NULL: says nothing that a person wants to read */
    bool place;              /* said first: "work fax" */
} types[] = {
    { "HOME", "home", true },      { "WORK", "work", true },   { "OTHER", "other", true },
    { "CELL", "mobile", false },   { "MOBILE", "mobile", false }, { "IPHONE", "iPhone", false },
    { "FAX", "fax", false },       { "PAGER", "pager", false }, { "CAR", "car", false },
    { "MAIN", "main", false },     { "MODEM", "modem", false }, { "PREF", NULL, false },
    { "VOICE", NULL, false },      { "MSG", NULL, false },     { "INTERNET", NULL, false },
    { "X400", NULL, false },       { "POSTAL", NULL, false },  { "PARCEL", NULL, false },
    { "DOM", NULL, false },        { "INTL", NULL, false },    { "TEXT", NULL, false },
    { "VIDEO", NULL, false },      { "TEXTPHONE", NULL, false }, { "PCS", NULL, false },
    { "BBS", NULL, false },        { "ISDN", NULL, false },
};

static bool is_between(char c)
{
    return c == ',' || c == ' ' || c == ';';
}

/* The next of "work,voice"; false: none left. */
static bool next_type(struct tend_text *rest, struct tend_text *type)
{
    int64_t i = 0;

    while (rest->len > 0 && is_between(rest->at[0])) {
        rest->at++;
        rest->len--;
    }
    while (i < rest->len && !is_between(rest->at[i]))
        i++;
    *type = (struct tend_text){ rest->at, i };
    rest->at += i;
    rest->len -= i;
    return i > 0;
}

bool vcard_has_type(const struct vcard_property *p, const char *type)
{
    for (int64_t i = 0; i < p->n_params; i++) {
        struct tend_text rest = p->params[i].value, one;

        while (vcard_is(p->params[i].name, "TYPE") && next_type(&rest, &one)) {
            if (vcard_is(one, type))
                return true;
        }
    }
    return false;
}

int32_t vcard_preference(const struct vcard_property *p)
{
    struct tend_text pref = vcard_param(p, "PREF", 0);
    int32_t n = 0;

    for (int64_t i = 0; i < pref.len && n < 100; i++)
        n = pref.at[i] >= '0' && pref.at[i] <= '9' ? n * 10 + pref.at[i] - '0' : 101;
    if (n > 0)
        return n > 100 ? 100 : n;
    return vcard_has_type(p, "PREF") ? 1 : 101;
}

struct tend_text vcard_called(struct vcard_room *room, struct tend_text label)
{
    char *out;
    int64_t n = 0;

    if (label.len < 8 || memcmp(label.at, "_$!<", 4) != 0 ||
        memcmp(label.at + label.len - 4, ">!$_", 4) != 0)
        return label;
    label = (struct tend_text){ label.at + 4, label.len - 8 };
    out = vcard_room_take(room, label.len * 2 + 1);
    for (int64_t i = 0; i < label.len && out; i++) {
        bool upper = label.at[i] >= 'A' && label.at[i] <= 'Z';

        if (upper && n > 0)
            out[n++] = ' ';
        out[n++] = upper ? (char)(label.at[i] - 'A' + 'a') : label.at[i];
    }
    return (struct tend_text){ out ? out : "", n };
}

/* What a type is called, and whether it is a place. */
static struct tend_text word_of(struct tend_text type, bool *place)
{
    *place = false;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const char *word = types[i].word;

        if (!vcard_is(type, types[i].type))
            continue;
        *place = types[i].place;
        return (struct tend_text){ word ? word : "", word ? (int64_t)strlen(word) : 0 };
    }
    return type;
}

struct tend_text vcard_label(struct vcard_room *room, const struct vcard_property *p,
                             struct tend_text called)
{
    struct tend_text where = { "", 0 }, what = { "", 0 };

    if (called.len > 0)
        return vcard_called(room, called);
    for (int64_t i = 0; i < p->n_params; i++) {
        struct tend_text rest = p->params[i].value, one;
        bool place;

        while (vcard_is(p->params[i].name, "TYPE") && next_type(&rest, &one)) {
            one = word_of(one, &place);
            if (place)
                where = vcard_joined(room, where, " ", one);
            else
                what = vcard_joined(room, what, " ", one);
        }
    }
    return vcard_joined(room, where, " ", what);
}

/* --- dates ------------------------------------------------------------------ */

static bool digits(struct tend_text text, int64_t from, int64_t n)
{
    if (from + n > text.len)
        return false;
    for (int64_t i = from; i < from + n; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    }
    return true;
}

/* What may stand behind a day: nothing, or a time. */
static bool ends(struct tend_text text, int64_t at)
{
    return text.len == at || text.at[at] == 'T' || text.at[at] == 't' || text.at[at] == ' ';
}

struct tend_text vcard_date(struct vcard_room *room, const struct vcard_property *p,
                            struct tend_text text)
{
    struct tend_text omitted = vcard_param(p, "X-APPLE-OMIT-YEAR", 0);
    const char *at = text.at;
    bool yearless;

    if (vcard_is(vcard_param(p, "VALUE", 0), "TEXT"))
        return text;
    yearless = omitted.len == 4 && text.len > 4 && memcmp(omitted.at, at, 4) == 0;
    if (digits(text, 0, 8) && ends(text, 8))
        return yearless ? vcard_printf(room, "--%.2s-%.2s", at + 4, at + 6)
                        : vcard_printf(room, "%.4s-%.2s-%.2s", at, at + 4, at + 6);
    if (digits(text, 0, 4) && digits(text, 5, 2) && digits(text, 8, 2) && at[4] == '-' &&
        at[7] == '-' && ends(text, 10))
        return yearless ? vcard_printf(room, "--%.5s", at + 5)
                        : (struct tend_text){ at, 10 };
    if (text.len > 2 && memcmp(at, "--", 2) == 0 && digits(text, 2, 4) && ends(text, 6))
        return vcard_printf(room, "--%.2s-%.2s", at + 2, at + 4);
    if (text.len > 2 && memcmp(at, "--", 2) == 0 && digits(text, 2, 2) && digits(text, 5, 2) &&
        at[4] == '-' && ends(text, 7))
        return (struct tend_text){ at, 7 };
    return text;
}
