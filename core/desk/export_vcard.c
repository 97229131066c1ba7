/* Cards of vCard 4.0 (RFC 6350), for address books. What has no place of its
 * own there stays at home. */
#include "desk/export_parts.h"

#define FOLD 75 /* octets of a line, without its end */

struct line {
    struct tend_buffer *out;
    int64_t octets;
};

/* One character of a line; continues on the next where it is full. */
static void put(struct line *l, const char *at, int64_t len)
{
    if (l->octets + len > FOLD) {
        tend_buffer_adds(l->out, "\r\n ");
        l->octets = 1;
    }
    tend_buffer_add(l->out, (struct tend_text){ at, len });
    l->octets += len;
}

static int64_t char_len(struct tend_text text, int64_t i)
{
    int64_t len = 1;

    while (i + len < text.len && ((unsigned char)text.at[i + len] & 0xC0) == 0x80)
        len++;
    return len;
}

static void put_raw(struct line *l, const char *text)
{
    for (; *text; text++)
        put(l, text, 1);
}

/* Escaped as a value; `also` are the characters besides comma and backslash. */
static void put_value(struct line *l, struct tend_text text, const char *also)
{
    for (int64_t i = 0, len; i < text.len; i += len) {
        char c = text.at[i];

        len = char_len(text, i);
        if (c == '\r')
            continue;
        if (c == '\n') {
            put(l, "\\n", 2);
        } else {
            if (c == '\\' || c == ',' || strchr(also, c))
                put(l, "\\", 1);
            put(l, text.at + i, len);
        }
    }
}

static struct line begin(struct tend_buffer *out, const char *name)
{
    struct line l = { out, 0 };

    put_raw(&l, name);
    return l;
}

static void end(struct line *l)
{
    tend_buffer_adds(l->out, "\r\n");
}

static void simple(struct tend_buffer *out, const char *name, struct tend_text value)
{
    struct line l;

    if (value.len == 0)
        return;
    l = begin(out, name);
    put_value(&l, value, ";");
    end(&l);
}

static bool says(struct tend_text label, const char *word)
{
    for (int64_t i = 0; i + (int64_t)strlen(word) <= label.len; i++) {
        if (tend_text_is_nocase((struct tend_text){ label.at + i, (int64_t)strlen(word) }, word))
            return true;
    }
    return false;
}

/* TYPE= of what labels mean everywhere. */
static void put_type(struct line *l, const struct tend_point_view *p)
{
    bool phone = tend_text_is(p->kind, "phone");

    if (says(p->label, "work"))
        put_raw(l, ";TYPE=work");
    if (says(p->label, "home"))
        put_raw(l, ";TYPE=home");
    if (phone && (says(p->label, "mobile") || says(p->label, "cell")))
        put_raw(l, ";TYPE=cell");
    if (phone && says(p->label, "fax"))
        put_raw(l, ";TYPE=fax");
    if (phone && says(p->label, "pager"))
        put_raw(l, ";TYPE=pager");
}

static void put_point(struct tend_buffer *out, const struct tend_point_view *p)
{
    bool address = tend_text_is(p->kind, "address");
    struct line l;

    if (tend_text_is(p->kind, "id"))
        return;
    l = begin(out, address                          ? "ADR"
                   : tend_text_is(p->kind, "email") ? "EMAIL"
                   : tend_text_is(p->kind, "phone") ? "TEL"
                                                    : "URL");
    put_type(&l, p);
    put_raw(&l, address ? ":;;" : ":");
    put_value(&l, p->value, address ? ";" : "");
    put_raw(&l, address ? ";;;;" : "");
    end(&l);
}

static void put_names(struct tend_buffer *out, const struct tend_person_view *p)
{
    struct tend_text shown = p->name;
    struct line l;

    if (shown.len == 0 && p->n_points > 0)
        shown = p->points[0].value;
    simple(out, "FN:", shown.len > 0 ? shown : TEND_TEXT("?"));
    l = begin(out, "N:");
    put_value(&l, p->family, ";");
    put_raw(&l, ";");
    put_value(&l, p->given, ";");
    put_raw(&l, ";;;");
    end(&l);
}

static void put_attribute(struct tend_buffer *out, const struct tend_pair_view *a)
{
    int64_t day;

    if (tend_text_is(a->name, "organisation"))
        simple(out, "ORG:", a->value);
    else if (tend_text_is(a->name, "title"))
        simple(out, "TITLE:", a->value);
    else if (tend_text_is(a->name, "nickname"))
        simple(out, "NICKNAME:", a->value);
    else if (tend_text_is(a->name, "birthday"))
        simple(out,
               tend_date_parse(a->value, &day) || tend_text_starts(a->value, "--")
                   ? "BDAY:"
                   : "BDAY;VALUE=text:",
               a->value);
}

void tend_export_vcard(struct tend_buffer *out, const struct tend_card *card)
{
    const struct tend_person_view *p = &card->person;

    tend_buffer_adds(out, "BEGIN:VCARD\r\nVERSION:4.0\r\n");
    simple(out, "UID:", p->uid);
    put_names(out, p);
    for (int64_t i = 0; i < p->n_points; i++)
        put_point(out, &p->points[i]);
    for (int64_t i = 0; i < p->n_attributes; i++)
        put_attribute(out, &p->attributes[i]);
    if (p->n_tags > 0) {
        struct line l = begin(out, "CATEGORIES:");

        for (int64_t i = 0; i < p->n_tags; i++) {
            put_raw(&l, i ? "," : "");
            put_value(&l, p->tags[i], ";");
        }
        end(&l);
    }
    for (int64_t i = 0; i < card->known.n_notes; i++)
        simple(out, "NOTE:", card->known.notes[i]);
    tend_buffer_adds(out, "END:VCARD\r\n");
}
