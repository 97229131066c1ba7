/* Cards of vCard 4.0 (RFC 6350) or 3.0, for address books. What has no place of
 * its own there, and what would not come back as it is, stands in X-TEND-FIELD,
 * so that tend reads its own cards back without loss. */
#include "desk/export_parts.h"

struct card { /* being written */
    struct tend_buffer *out;
    bool old;       /* 3.0 */
    int32_t groups; /* item1, item2... */
};

static void simple(struct card *c, const char *name, struct tend_text value)
{
    struct tend_card_line l;

    if (value.len == 0)
        return;
    l = tend_card_begin(c->out, name);
    tend_card_value(&l, value, ";");
    tend_card_end(&l);
}

/* A field by its name in tend. Line ends of other systems need base64. */
static void field(struct card *c, struct tend_text name, struct tend_text value,
                  struct tend_text label)
{
    struct tend_card_line l;

    if (value.len == 0)
        return;
    l = tend_card_begin(c->out, "X-TEND-FIELD");
    tend_card_param(&l, ";NAME=", name);
    if (label.len > 0)
        tend_card_param(&l, ";LABEL=", label);
    if (memchr(value.at, '\r', (size_t)value.len)) {
        tend_card_raw(&l, ";ENCODING=b:");
        tend_card_base64(&l, value);
    } else {
        tend_card_raw(&l, ":");
        tend_card_value(&l, value, ";");
    }
    tend_card_end(&l);
}

static bool begins(struct tend_text text, const char *with)
{
    int64_t n = (int64_t)strlen(with);

    return text.len >= n && tend_text_is_nocase((struct tend_text){ text.at, n }, with);
}

/* Does it come back as it is: one line, nothing at its ends that a reader takes off? */
static bool is_plain(struct tend_text text)
{
    for (int64_t i = 0; i < text.len; i++) {
        if ((unsigned char)text.at[i] < ' ')
            return false;
    }
    return text.len > 0 && !strchr(" ,", text.at[0]) && !strchr(" ,", text.at[text.len - 1]);
}

/* --- how they can be reached ------------------------------------------------- */

static const struct {
    const char *label, *types; /* of phones; the first two of all */
} labels[] = {
    { "work", ";TYPE=work" },
    { "home", ";TYPE=home" },
    { "mobile", ";TYPE=cell" },
    { "work mobile", ";TYPE=work;TYPE=cell" },
    { "home mobile", ";TYPE=home;TYPE=cell" },
    { "fax", ";TYPE=fax" },
    { "work fax", ";TYPE=work;TYPE=fax" },
    { "home fax", ";TYPE=home;TYPE=fax" },
    { "pager", ";TYPE=pager" },
};

static bool says(struct tend_text label, const char *word)
{
    int64_t n = (int64_t)strlen(word);

    for (int64_t i = 0; i + n <= label.len; i++) {
        if (tend_text_is_nocase((struct tend_text){ label.at + i, n }, word))
            return true;
    }
    return false;
}

/* Is the label one that TYPE= says? */
static bool is_type(const struct tend_point_view *p)
{
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
        if (tend_text_is(p->label, labels[i].label) && (i < 2 || tend_text_is(p->kind, "phone")))
            return true;
    }
    return p->label.len == 0;
}

/* TYPE= of a label that is one, and of what others may know in one of their own. */
static void put_types(struct tend_card_line *l, const struct tend_point_view *p)
{
    bool phone = tend_text_is(p->kind, "phone");
    bool cell = says(p->label, "mobile") || says(p->label, "cell");

    for (size_t i = 0; i < sizeof labels / sizeof labels[0] && is_type(p); i++) {
        if (tend_text_is(p->label, labels[i].label))
            tend_card_raw(l, labels[i].types);
    }
    if (is_type(p))
        return;
    tend_card_raw(l, says(p->label, "work") ? ";TYPE=work" : "");
    tend_card_raw(l, says(p->label, "home") ? ";TYPE=home" : "");
    tend_card_raw(l, phone && cell ? ";TYPE=cell" : "");
    tend_card_raw(l, phone && says(p->label, "fax") ? ";TYPE=fax" : "");
    tend_card_raw(l, phone && says(p->label, "pager") ? ";TYPE=pager" : "");
}

static void put_point(struct card *c, const struct tend_point_view *p)
{
    bool address = tend_text_is(p->kind, "address"), url = tend_text_is(p->kind, "url");
    bool named = !is_type(p);
    const char *property = address                          ? "ADR"
                           : tend_text_is(p->kind, "email") ? "EMAIL"
                           : tend_text_is(p->kind, "phone") ? "TEL"
                                                            : "URL";
    struct tend_card_line l;
    char name[32];

    if (!is_plain(p->value) || (named && !is_plain(p->label)) || begins(p->value, "tel:") || begins(p->value, "mailto:") ||
        (url && memchr(p->value.at, '\\', (size_t)p->value.len))) {
        field(c, p->kind, p->value, p->label);
        return;
    }
    c->groups += named;
    if (named)
        snprintf(name, sizeof name, "item%d.%s", (int)c->groups, property);
    l = tend_card_begin(c->out, named ? name : property);
    put_types(&l, p);
    tend_card_raw(&l, address ? ":;;" : ":");
    if (url)
        tend_card_text(&l, p->value);
    else
        tend_card_value(&l, p->value, address ? ";" : "");
    tend_card_raw(&l, address ? ";;;;" : "");
    tend_card_end(&l);
    if (!named)
        return;
    snprintf(name, sizeof name, "item%d.X-ABLabel:", (int)c->groups);
    simple(c, name, p->label);
}

/* "tend:" says that it is the key of another reader's id. */
static void put_id(struct card *c, const struct tend_point_view *p)
{
    struct tend_card_line l = tend_card_begin(c->out, "X-TEND-FIELD;NAME=\"id\":tend:");

    tend_card_value(&l, p->key, ";");
    tend_card_end(&l);
}

/* --- who, and the rest ---------------------------------------------------------- */

static void put_names(struct card *c, const struct tend_person_view *p)
{
    struct tend_text shown = p->name;
    struct tend_card_line l;

    for (int64_t i = 0; i < p->n_points && shown.len == 0; i++) {
        if (tend_text_is(p->points[i].kind, "email") || tend_text_is(p->points[i].kind, "phone"))
            shown = p->points[i].value;
    }
    simple(c, "FN:", shown.len > 0 ? shown : TEND_TEXT("?"));
    l = tend_card_begin(c->out, "N:");
    tend_card_value(&l, p->family, ";");
    tend_card_raw(&l, ";");
    tend_card_value(&l, p->given, ";");
    tend_card_raw(&l, ";;;");
    tend_card_end(&l);
}

static bool is_digits(struct tend_text text, int64_t from, int64_t n)
{
    if (from + n > text.len)
        return false;
    for (int64_t i = from; i < from + n; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    }
    return true;
}

/* 1980-03-22 or --03-22; 3.0 knows no day without a year but as Apple writes it. */
static bool put_day(struct card *c, const char *property, struct tend_text day)
{
    bool whole = day.len == 10 && is_digits(day, 0, 4) && day.at[4] == '-' &&
                 is_digits(day, 5, 2) && day.at[7] == '-' && is_digits(day, 8, 2);
    bool yearless = day.len == 7 && begins(day, "--") && is_digits(day, 2, 2) &&
                    day.at[4] == '-' && is_digits(day, 5, 2);
    struct tend_card_line l;

    if (!whole && !yearless)
        return false;
    l = tend_card_begin(c->out, property);
    if (yearless && c->old) {
        tend_card_raw(&l, ";X-APPLE-OMIT-YEAR=1604:1604-");
        tend_card_text(&l, (struct tend_text){ day.at + 2, 5 });
    } else {
        tend_card_raw(&l, ":");
        for (int64_t i = 0; i < day.len; i++) {
            if (c->old || day.at[i] != '-' || (yearless && i < 2)) /* 4.0 is without hyphens */
                tend_card_text(&l, (struct tend_text){ day.at + i, 1 });
        }
    }
    tend_card_end(&l);
    return true;
}

/* Properties that say the same in every address book. */
static bool put_known(struct card *c, const struct tend_pair_view *a)
{
    static const struct {
        const char *attribute, *property;
    } known[] = { { "organisation", "ORG:" }, { "title", "TITLE:" }, { "nickname", "NICKNAME:" } };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (tend_text_is(a->name, known[i].attribute) && is_plain(a->value)) {
            simple(c, known[i].property, a->value);
            return true;
        }
    }
    if (tend_text_is(a->name, "birthday")) {
        if (put_day(c, "BDAY", a->value))
            return true;
        if (c->old || !is_plain(a->value))
            return false;
        simple(c, "BDAY;VALUE=text:", a->value);
        return true;
    }
    return tend_text_is(a->name, "anniversary") &&
           put_day(c, c->old ? "X-ANNIVERSARY" : "ANNIVERSARY", a->value);
}

static bool is_category(struct tend_text tag)
{
    return is_plain(tag) && !tend_text_is_nocase(tag, "my contacts") &&
           !tend_text_is_nocase(tag, "mycontacts");
}

static void put_tags(struct card *c, const struct tend_person_view *p)
{
    struct tend_card_line l = { c->out, 0 };
    bool any = false;

    for (int64_t i = 0; i < p->n_tags; i++) {
        if (!is_category(p->tags[i]))
            field(c, TEND_TEXT("tag"), p->tags[i], (struct tend_text){ "", 0 });
    }
    for (int64_t i = 0; i < p->n_tags; i++) {
        if (!is_category(p->tags[i]))
            continue;
        if (!any)
            l = tend_card_begin(c->out, "CATEGORIES:");
        tend_card_raw(&l, any ? "," : "");
        tend_card_value(&l, p->tags[i], ";");
        any = true;
    }
    if (any)
        tend_card_end(&l);
}

void tend_export_vcard(struct tend_buffer *out, const struct tend_card *card, bool old)
{
    const struct tend_person_view *p = &card->person;
    const struct tend_text none = { "", 0 };
    struct card c = { .out = out, .old = old };

    tend_buffer_addf(out, "BEGIN:VCARD\r\nVERSION:%s\r\n", old ? "3.0" : "4.0");
    simple(&c, "UID:", p->uid);
    put_names(&c, p);
    for (int64_t i = 0; i < p->n_points; i++) {
        if (tend_text_is(p->points[i].kind, "id"))
            put_id(&c, &p->points[i]);
        else
            put_point(&c, &p->points[i]);
    }
    for (int64_t i = 0; i < p->n_attributes; i++) {
        if (!put_known(&c, &p->attributes[i]))
            field(&c, p->attributes[i].name, p->attributes[i].value, none);
    }
    put_tags(&c, p);
    for (int64_t i = 0; i < card->known.n_notes; i++) {
        if (memchr(card->known.notes[i].at, '\r', (size_t)card->known.notes[i].len))
            field(&c, TEND_TEXT("note"), card->known.notes[i], none);
        else
            simple(&c, "NOTE:", card->known.notes[i]);
    }
    if (p->n_dnc > 0) { /* for who reads it; an import tells, and marks nobody */
        struct tend_card_line l = tend_card_begin(out, "X-TEND-DNC:");

        for (int64_t i = 0; i < p->n_dnc; i++) {
            tend_card_raw(&l, i > 0 ? "," : "");
            tend_card_value(&l, p->dnc[i], ";");
        }
        tend_card_end(&l);
    }
    field(&c, TEND_TEXT("source"), p->source, none);
    field(&c, TEND_TEXT("zone"), p->zone, none);
    field(&c, TEND_TEXT("region"), p->region, none);
    tend_buffer_adds(out, "END:VCARD\r\n");
}
