/* Addresses: the parts of ADR put together as they are written on a letter. */
#include "vcard.h"
#include <string.h>

enum { BOX, EXTENDED, STREET, CITY, STATE, CODE, COUNTRY, MORE, PARTS };

struct tend_text vcard_group_label(struct vcard_card *card, const struct vcard_property *p)
{
    for (int64_t i = 0; i < card->n && p->group.len > 0; i++) {
        const struct vcard_property *label = &card->properties[i];

        if (vcard_is(label->name, "X-ABLABEL") && label->group.len == p->group.len &&
            memcmp(label->group.at, p->group.at, (size_t)p->group.len) == 0)
            return vcard_text(card, label);
    }
    return (struct tend_text){ "", 0 };
}

/* A LABEL parameter that should have stood in quotes has spilled into the value. */
static struct tend_text without_label(const struct vcard_property *p, struct tend_text box)
{
    if (vcard_param(p, "LABEL", 0).len == 0)
        return box;
    for (int64_t i = box.len; i > 0; i--) {
        if (box.at[i - 1] == ':')
            return (struct tend_text){ box.at + i, box.len - i };
    }
    return box;
}

static void put_region(struct vcard_card *card, struct tend_text country)
{
    if (country.len != 2 || (unsigned char)country.at[0] >= 0x80 || card->has_region)
        return;
    card->has_region = true;
    vcard_put(card, "region", country, (struct tend_text){ "", 0 });
}

/* "1 Main St, Suite 4, Arlington, VA 22201, USA"; "Ring 1, 1010 Wien". */
void vcard_address(struct vcard_card *card, const struct vcard_property *p)
{
    struct vcard_room *room = card->room;
    struct tend_text parts[PARTS] = { 0 }, rest = vcard_decoded(room, p), piece, place, address;

    for (int i = 0; vcard_piece(room, &rest, ';', &piece); i++) {
        piece = vcard_one_line(room, i == BOX ? without_label(p, piece) : piece);
        parts[i < MORE ? i : MORE] = vcard_joined(room, parts[i < MORE ? i : MORE], ", ", piece);
    }
    if (parts[STATE].len > 0) {
        place = vcard_joined(room, parts[STATE], " ", parts[CODE]);
        place = vcard_joined(room, parts[CITY], ", ", place);
    } else {
        place = vcard_joined(room, parts[CODE], " ", parts[CITY]);
    }
    address = vcard_joined(room, parts[STREET], ", ", parts[EXTENDED]);
    address = vcard_joined(room, address, ", ", parts[BOX]);
    address = vcard_joined(room, address, ", ", place);
    address = vcard_joined(room, address, ", ", parts[COUNTRY]);
    address = vcard_joined(room, address, ", ", parts[MORE]);
    if (address.len == 0) {
        address = vcard_param_text(room, vcard_param(p, "LABEL", 0));
        address = vcard_one_line(room, vcard_unescaped(room, address));
    }
    vcard_put(card, "address", address, vcard_label(room, p, vcard_group_label(card, p)));
    put_region(card, parts[COUNTRY]);
}
