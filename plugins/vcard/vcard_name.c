/* What a person is called: FN and N, and what stands in where programs leave
 * them empty. */
#include "vcard.h"
#include <string.h>

static struct tend_text first(struct vcard_card *card, const char *name)
{
    for (int64_t i = 0; i < card->n; i++) {
        struct tend_text text;

        if (!vcard_is(card->properties[i].name, name))
            continue;
        text = vcard_text(card, &card->properties[i]);
        if (text.len > 0)
            return vcard_one_line(card->room, text);
    }
    return (struct tend_text){ "", 0 };
}

/* Do these say the same to who looks them up? */
static bool is_point(struct vcard_card *card, struct tend_text name)
{
    for (int64_t i = 0; i < card->n; i++) {
        const struct vcard_property *p = &card->properties[i];
        struct tend_text value;

        if (!vcard_is(p->name, "TEL") && !vcard_is(p->name, "EMAIL") && !vcard_is(p->name, "ADR") &&
            !vcard_is(p->name, "URL"))
            continue;
        value = vcard_text(card, p);
        while (vcard_is(p->name, "ADR") && value.len > 0 && value.at[0] == ';')
            value = (struct tend_text){ value.at + 1, value.len - 1 };
        while (vcard_is(p->name, "ADR") && value.len > 0 && value.at[value.len - 1] == ';')
            value.len--;
        if (value.len == name.len && memcmp(value.at, name.at, (size_t)name.len) == 0)
            return true;
    }
    return name.len == 1 && name.at[0] == '?';
}

/* Commas between several are blanks: "Richter,James". */
static struct tend_text several(struct vcard_card *card, struct tend_text text, const char *between)
{
    struct tend_text out = { "", 0 }, one;

    while (text.at && vcard_piece(card->room, &text, ',', &one))
        out = vcard_joined(card->room, out, between, vcard_one_line(card->room, one));
    return out;
}

static bool contains(struct tend_text text, struct tend_text part)
{
    for (int64_t i = 0; i + part.len <= text.len; i++) {
        if (memcmp(text.at + i, part.at, (size_t)part.len) == 0)
            return true;
    }
    return false;
}

static void read_parts(struct vcard_card *card, struct tend_text n)
{
    struct tend_text *parts[] = { &card->family, &card->given, &card->middle, &card->prefix,
                                  &card->suffix };
    struct tend_text piece;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && vcard_piece_raw(&n, ';', &piece); i++) {
        if (i < 2)
            *parts[i] = vcard_one_line(card->room, vcard_unescaped(card->room, piece));
        else
            *parts[i] = several(card, piece, i == 2 ? " " : ", ");
    }
}

static bool same(struct tend_text a, struct tend_text b)
{
    return a.len == b.len && memcmp(a.at, b.at, (size_t)a.len) == 0;
}

/* All of the name in one part of N, as telephones do it, tells no parts. */
static bool is_whole(struct tend_text part, struct tend_text other, struct tend_text name)
{
    return other.len == 0 && same(part, name) && memchr(part.at, ' ', (size_t)part.len);
}

void vcard_names(struct vcard_card *card)
{
    struct tend_text composed;
    bool ours;

    for (int64_t i = 0; i < card->n && card->family.len + card->given.len == 0; i++) {
        if (vcard_is(card->properties[i].name, "N"))
            read_parts(card, vcard_decoded(card->room, &card->properties[i]));
    }
    composed = vcard_joined(card->room, card->given, " ", card->middle);
    composed = vcard_joined(card->room, composed, " ", card->family);
    card->name = first(card, "FN");
    if (card->name.len == 0 || is_point(card, card->name))
        card->name = composed;
    ours = vcard_is_uid(first(card, "UID")); /* who has no name there has none */
    if (card->name.len == 0 && !ours)
        card->name = first(card, "NICKNAME");
    if (card->name.len == 0 && !ours) {
        card->name = first(card, "ORG");
        while (card->name.len > 0 && card->name.at[card->name.len - 1] == ';')
            card->name.len--;
    }
    if (is_whole(card->given, card->family, card->name) ||
        is_whole(card->family, card->given, card->name))
        card->given.len = card->family.len = 0;
    if (contains(card->name, card->middle))
        card->middle.len = 0;
}
