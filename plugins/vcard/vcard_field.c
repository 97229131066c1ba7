/* One property becomes fields of the row: each as it is meant, and what has no
 * field of its own an attribute under its name. */
#include "vcard.h"
#include <string.h>

#define MOST_NAME 100 /* bytes of a name of an attribute */

static const struct tend_text none = { "", 0 };

/* --- how they can be reached ------------------------------------------------- */

static bool begins(struct tend_text text, const char *with)
{
    int64_t n = (int64_t)strlen(with);

    return text.len >= n && vcard_is((struct tend_text){ text.at, n }, with);
}

/* tel:+1-555-0100;ext=5 is +1-555-0100 ext. 5 */
static struct tend_text phone(struct vcard_card *card, struct tend_text text)
{
    struct tend_text ext = { "", 0 };
    const char *semicolon;

    if (!begins(text, "tel:"))
        return text;
    text = (struct tend_text){ text.at + 4, text.len - 4 };
    semicolon = text.len > 0 ? memchr(text.at, ';', (size_t)text.len) : NULL;
    if (!semicolon)
        return text;
    for (int64_t i = semicolon - text.at; i < text.len; i++) {
        struct tend_text rest = { text.at + i, text.len - i };

        if (begins(rest, ";ext="))
            ext = (struct tend_text){ rest.at + 5, rest.len - 5 };
    }
    for (int64_t i = 0; i < ext.len; i++)
        ext.len = ext.at[i] == ';' ? i : ext.len;
    return vcard_joined(card->room, (struct tend_text){ text.at, semicolon - text.at }, " ext. ",
                        ext);
}

static struct tend_text email(struct tend_text text)
{
    if (begins(text, "mailto:"))
        text = (struct tend_text){ text.at + 7, text.len - 7 };
    if (text.len > 2 && text.at[0] == '<' && text.at[text.len - 1] == '>')
        text = (struct tend_text){ text.at + 1, text.len - 2 };
    return text;
}

static bool is_mapped(struct vcard_card *card, const struct vcard_property *p,
                      struct tend_text *field)
{
    return p->name.len > 0 && card->r->ctx->source->map(card->r->in, p->name, field) == 1;
}

static void put_point(struct vcard_card *card, const struct vcard_property *p, const char *field)
{
    struct tend_text text = vcard_text(card, p);

    if (field[0] == 'p')
        text = phone(card, text);
    else if (field[0] == 'e')
        text = email(text);
    vcard_put(card, field, text, vcard_label(card->room, p, vcard_group_label(card, p)));
}

/* The next rank of preference that anybody has, behind `after`. */
static int32_t next_rank(const struct vcard_card *card, const char *property, int32_t after)
{
    int32_t next = 0;

    for (int64_t i = 0; i < card->n; i++) {
        int32_t rank;

        if (!vcard_is(card->properties[i].name, property))
            continue;
        rank = vcard_preference(&card->properties[i]);
        if (rank > after && (next == 0 || rank < next))
            next = rank;
    }
    return next;
}

void vcard_points(struct vcard_card *card, const char *property, const char *field)
{
    for (int32_t rank = next_rank(card, property, 0); rank > 0;
         rank = next_rank(card, property, rank)) {
        for (int64_t i = 0; i < card->n; i++) {
            const struct vcard_property *p = &card->properties[i];
            struct tend_text mapped;

            if (vcard_is(p->name, property) && vcard_preference(p) == rank &&
                !is_mapped(card, p, &mapped))
                put_point(card, p, field);
        }
    }
}

/* --- the rest ------------------------------------------------------------------- */

/* How much of a name is enough, cut between two characters. */
static int64_t short_of(struct tend_text name)
{
    int64_t len = name.len < MOST_NAME ? name.len : MOST_NAME;

    while (len > 0 && len < name.len && ((unsigned char)name.at[len] & 0xc0) == 0x80)
        len--;
    return len;
}

/* An attribute under its name in the file: "vcard.X-SKYPE". */
static void put_attribute(struct vcard_card *card, const struct vcard_property *p)
{
    struct tend_text name =
        vcard_printf(card->room, "vcard.%.*s", (int)short_of(p->name), p->name.at);

    if (name.len > 0)
        vcard_put(card, name.at, vcard_text(card, p), none);
}

static void put_named(struct vcard_card *card, const char *before, struct tend_text what,
                      struct tend_text value)
{
    struct tend_text name = vcard_printf(card->room, "%s%.*s", before, (int)short_of(what), what.at);
    char *at = vcard_room_take(card->room, name.len + 1);

    if (name.len == 0 || !at)
        return;
    memcpy(at, name.at, (size_t)name.len + 1);
    for (int64_t i = 0; i < name.len && before[0] == 'r'; i++) /* relation.spouse */
        at[i] = at[i] >= 'A' && at[i] <= 'Z' ? (char)(at[i] - 'A' + 'a') : at[i];
    vcard_put(card, at, value, none);
}

static void put_list(struct vcard_card *card, const struct vcard_property *p, const char *field)
{
    struct tend_text rest = vcard_decoded(card->room, p), one;
    bool tag = field[0] == 't';

    while (vcard_piece(card->room, &rest, ',', &one)) {
        if (!tag || (!vcard_is(one, "My Contacts") && !vcard_is(one, "myContacts")))
            vcard_put(card, field, vcard_one_line(card->room, one), none);
    }
}

static void put_organisation(struct vcard_card *card, const struct vcard_property *p)
{
    struct tend_text rest = vcard_decoded(card->room, p), one, unit = none;
    bool first = true;

    while (vcard_piece(card->room, &rest, ';', &one)) {
        one = vcard_one_line(card->room, one);
        if (one.len == 0)
            continue;
        if (first)
            vcard_put(card, "organisation", one, none);
        else
            unit = vcard_joined(card->room, unit, ", ", one);
        first = false;
    }
    vcard_put(card, "vcard.department", unit, none);
}

static bool has(const struct vcard_card *card, const char *name)
{
    for (int64_t i = 0; i < card->n; i++) {
        if (vcard_is(card->properties[i].name, name) && card->properties[i].value.len > 0)
            return true;
    }
    return false;
}

static void put_role(struct vcard_card *card, const struct vcard_property *p)
{
    if (has(card, "TITLE"))
        put_attribute(card, p);
    else
        vcard_put(card, "title", vcard_text(card, p), none);
}

static void put_day(struct vcard_card *card, const struct vcard_property *p, const char *field)
{
    vcard_put(card, field, vcard_date(card->room, p, vcard_text(card, p)), none);
}

/* X-ABDATE and X-ABRELATEDNAMES, which say in their label what they are. */
static void put_labelled(struct vcard_card *card, const struct vcard_property *p, bool date)
{
    struct tend_text label = vcard_called(card->room, vcard_group_label(card, p));

    if (date && vcard_is(label, "anniversary"))
        put_day(card, p, "anniversary");
    else if (date)
        put_named(card, "vcard.", label.len > 0 ? label : p->name,
                  vcard_date(card->room, p, vcard_text(card, p)));
    else
        put_named(card, "relation.", label.len > 0 ? label : (struct tend_text){ "other", 5 },
                  vcard_text(card, p));
}

static void put_related(struct vcard_card *card, const struct vcard_property *p)
{
    struct tend_text type = vcard_label(card->room, p, vcard_group_label(card, p));

    put_named(card, "relation.", type.len > 0 ? type : (struct tend_text){ "other", 5 },
              vcard_text(card, p));
}

/* Pictures, sounds and keys are noted, never loaded. */
static void put_media(struct vcard_card *card, const struct vcard_property *p)
{
    struct tend_text type = vcard_param(p, "MEDIATYPE", 0), value = vcard_trim(p->value);

    if (value.len == 0)
        return;
    card->r->n_media++;
    for (int64_t i = 0; i < p->n_params && type.len == 0; i++) {
        if (vcard_is(p->params[i].name, "TYPE"))
            type = p->params[i].value;
    }
    if (vcard_encoding(p) == VCARD_PLAIN && value.len < 1000 && !begins(value, "data:")) {
        put_attribute(card, p); /* where it is, which nobody asks */
        return;
    }
    put_named(card, "vcard.", p->name,
              vcard_printf(card->room, "%.*s%s%lld bytes, not loaded", (int)type.len, type.at,
                           type.len > 0 ? ", " : "", (long long)value.len / 4 * 3));
}

/* What an export of ours wrote finds the same person, elsewhere too. */
static void put_uid(struct vcard_card *card, const struct vcard_property *p)
{
    struct tend_text uid = vcard_text(card, p);

    if (begins(uid, "urn:uuid:"))
        uid = (struct tend_text){ uid.at + 9, uid.len - 9 };
    vcard_put(card, vcard_is_uid(uid) ? "uid" : "id", uid, none);
}

/* A letter's label tells more than nothing where there is no address. */
static void put_letter(struct vcard_card *card, const struct vcard_property *p)
{
    if (has(card, "ADR"))
        put_attribute(card, p);
    else
        vcard_put(card, "address", vcard_one_line(card->room, vcard_text(card, p)),
                  vcard_label(card->room, p, vcard_group_label(card, p)));
}

/* vnd.android.cursor.item/nickname;Annie;1;;... */
static void put_android(struct vcard_card *card, const struct vcard_property *p)
{
    struct tend_text rest = vcard_decoded(card->room, p), what, value = none, type = none;

    vcard_piece(card->room, &rest, ';', &what);
    vcard_piece(card->room, &rest, ';', &value);
    vcard_piece(card->room, &rest, ';', &type);
    if (vcard_is(what, "vnd.android.cursor.item/nickname"))
        vcard_put(card, "nickname", value, none);
    else if (vcard_is(what, "vnd.android.cursor.item/contact_event") && vcard_is(type, "3"))
        vcard_put(card, "birthday", vcard_date(card->room, p, value), none);
    else if (vcard_is(what, "vnd.android.cursor.item/contact_event") && vcard_is(type, "1"))
        vcard_put(card, "anniversary", vcard_date(card->room, p, value), none);
    else
        put_attribute(card, p);
}

/* X-TEND-FIELD;NAME="barn.campaign":May, of an export of ours. */
static void put_field(struct vcard_card *card, const struct vcard_property *p)
{
    struct tend_text name = vcard_param(p, "NAME", 0);
    struct tend_text field;

    if (name.len == 0)
        return;
    name = vcard_param_text(card->room, name);
    field = vcard_printf(card->room, "%.*s", (int)name.len, name.at);
    if (field.len > 0)
        vcard_put(card, field.at, vcard_text(card, p),
                  vcard_param_text(card->room, vcard_param(p, "LABEL", 0)));
}

static void put_country(struct vcard_card *card, const struct vcard_property *p)
{
    struct tend_text country = vcard_text(card, p);

    if (country.len != 2 || (unsigned char)country.at[0] >= 0x80) {
        put_attribute(card, p);
        return;
    }
    if (!card->has_region)
        vcard_put(card, "region", country, none);
    card->has_region = true;
}

static bool is_one_of(const struct vcard_property *p, const char *const *names)
{
    for (int64_t i = 0; names[i]; i++) {
        if (vcard_is(p->name, names[i]))
            return true;
    }
    return false;
}

void vcard_field(struct vcard_card *card, const struct vcard_property *p)
{
    static const char *const done[] = { /* or of the card, and not of the person */
        "BEGIN", "END",    "VERSION", "PRODID", "PROFILE",   "REV",      "FN",
        "N",     "EMAIL",  "TEL",     "URL",    "X-ABLABEL", "KIND",     "CLIENTPIDMAP",
        "CLASS", "MAILER", "X-MS-OL-DESIGN",    "X-ABSHOWAS", NULL,
    };
    static const char *const media[] = { "PHOTO", "LOGO", "SOUND", "KEY", NULL };
    static const char *const wedding[] = { "ANNIVERSARY", "X-ANNIVERSARY",
                                           "X-EVOLUTION-ANNIVERSARY", "X-MS-ANNIVERSARY", NULL };
    struct tend_text mapped;

    if (p->name.len == 0) {
        card->r->n_odd++;
        vcard_put(card, "vcard.line", p->value, none);
    } else if (is_mapped(card, p, &mapped)) {
        mapped = vcard_printf(card->room, "%.*s", (int)mapped.len, mapped.at);
        if (mapped.len > 0)
            vcard_put(card, mapped.at, vcard_text(card, p), none);
    } else if (is_one_of(p, done)) {
        return;
    } else if (is_one_of(p, media)) {
        put_media(card, p);
    } else if (vcard_is(p->name, "ADR")) {
        vcard_address(card, p);
    } else if (vcard_is(p->name, "LABEL")) {
        put_letter(card, p);
    } else if (vcard_is(p->name, "ORG")) {
        put_organisation(card, p);
    } else if (vcard_is(p->name, "TITLE")) {
        vcard_put(card, "title", vcard_text(card, p), none);
    } else if (vcard_is(p->name, "ROLE")) {
        put_role(card, p);
    } else if (vcard_is(p->name, "NICKNAME")) {
        put_list(card, p, "nickname");
    } else if (vcard_is(p->name, "CATEGORIES")) {
        put_list(card, p, "tag");
    } else if (vcard_is(p->name, "NOTE")) {
        vcard_put(card, "note", vcard_text(card, p), none);
    } else if (vcard_is(p->name, "BDAY")) {
        put_day(card, p, "birthday");
    } else if (is_one_of(p, wedding)) {
        put_day(card, p, "anniversary");
    } else if (vcard_is(p->name, "X-ABDATE")) {
        put_labelled(card, p, true);
    } else if (vcard_is(p->name, "X-ABRELATEDNAMES")) {
        put_labelled(card, p, false);
    } else if (vcard_is(p->name, "RELATED")) {
        put_related(card, p);
    } else if (vcard_is(p->name, "UID")) {
        put_uid(card, p);
    } else if (vcard_is(p->name, "X-ABADR")) {
        put_country(card, p);
    } else if (vcard_is(p->name, "X-ANDROID-CUSTOM")) {
        put_android(card, p);
    } else if (vcard_is(p->name, "X-TEND-FIELD")) {
        put_field(card, p);
    } else if (vcard_is(p->name, "X-TEND-DNC")) {
        card->r->n_dnc++;
    } else {
        put_attribute(card, p);
    }
}
