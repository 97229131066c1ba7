/* An entry becomes a row: the names of Thunderbird (mozillaAbPersonAlpha) and of
 * directories (inetOrgPerson), and what is neither an attribute under its own. */
#include "ldif.h"
#include <stdio.h>
#include <string.h>

#define PART 512 /* bytes of an address or date that is put together */

static const struct {
    const char *name, *field, *label;
} fields[] = {
    { "mail", "email", NULL },
    { "rfc822Mailbox", "email", NULL },
    { "mozillaSecondEmail", "email", NULL },
    { "xmozillaSecondEmail", "email", NULL },
    { "mailAlternateAddress", "email", NULL },
    { "otherMailbox", "email", NULL },
    { "telephoneNumber", "phone", "work" },
    { "homePhone", "phone", "home" },
    { "homeTelephoneNumber", "phone", "home" },
    { "mobile", "phone", "mobile" },
    { "mobileTelephoneNumber", "phone", "mobile" },
    { "cellphone", "phone", "mobile" },
    { "fax", "phone", "fax" },
    { "facsimileTelephoneNumber", "phone", "fax" },
    { "pager", "phone", "pager" },
    { "pagerPhone", "phone", "pager" },
    { "mozillaWorkUrl", "url", "work" },
    { "workUrl", "url", "work" },
    { "mozillaHomeUrl", "url", "home" },
    { "homeUrl", "url", "home" },
    { "o", "organisation", NULL },
    { "company", "organisation", NULL },
    { "organizationName", "organisation", NULL },
    { "ou", "ldif.department", NULL },
    { "department", "ldif.department", NULL },
    { "title", "title", NULL },
    { "mozillaNickname", "nickname", NULL },
    { "xmozillaNickname", "nickname", NULL },
    { "description", "note", NULL },
    { "notes", "note", NULL },
};

/* Part of something that is put together, or of the directory and not of the person. */
static const char *const done[] = {
    "dn", "objectClass", "version", "changetype", "control", "cn", "commonName", "displayName",
    "givenName", "gn", "sn", "surname", "modifyTimestamp", "createTimestamp", "creatorsName",
    "modifiersName", "structuralObjectClass", "entryCSN", "entryDN", "subschemaSubentry",
    "hasSubordinates", "entryUUID", "nsUniqueId", "uid", "street", "streetAddress",
    "mozillaWorkStreet2", "postOfficeBox", "l", "localityName", "st", "stateOrProvinceName",
    "postalCode", "c", "co", "countryName", "mozillaHomeStreet", "mozillaHomeStreet2",
    "mozillaHomeLocalityName", "mozillaHomeState", "mozillaHomePostalCode",
    "mozillaHomeCountryName", "birthyear", "birthmonth", "birthday", "mozillaUseHtmlMail",
    "xmozillaUseHtmlMail", NULL,
};

static bool is_one_of(struct tend_text name, const char *const *names)
{
    for (int64_t i = 0; names[i]; i++) {
        if (ldif_is(name, names[i]))
            return true;
    }
    return false;
}

bool ldif_is_person(const struct ldif_entry *e)
{
    static const char *const classes[] = { "person", "organizationalPerson", "inetOrgPerson",
                                           "mozillaAbPersonAlpha", "pilotPerson",
                                           "residentialPerson", "newPilotPerson", "user", "contact",
                                           NULL };

    for (int64_t i = 0; i < e->n; i++) {
        if (ldif_is(e->values[i].name, "objectClass") && is_one_of(e->values[i].text, classes))
            return true;
    }
    return !ldif_entry_has(e, "objectClass", NULL);
}

static void put(struct ldif_read *r, const char *field, struct tend_text value, const char *label)
{
    value = ldif_trim(value);
    if (value.len == 0)
        return;
    r->ctx->source->put(r->row, field, value);
    if (label)
        r->ctx->source->label(r->row, (struct tend_text){ label, (int64_t)strlen(label) });
}

/* The first of these names that has a value. */
static struct tend_text first(const struct ldif_read *r, const char *const *names)
{
    struct tend_text text = { "", 0 };

    for (int64_t i = 0; names[i] && text.len == 0; i++)
        text = ldif_entry_get(&r->entry, names[i], 0);
    return text;
}

#define FIRST(r_, ...) first(r_, (const char *const[]){ __VA_ARGS__, NULL })

struct part {
    char at[PART];
    int64_t len;
};

/* Adds text behind `between`, lines as one; nothing that is too long. */
static void join(struct part *part, const char *between, struct tend_text text)
{
    int64_t n = part->len > 0 ? (int64_t)strlen(between) : 0;

    text = ldif_trim(text);
    if (text.len == 0 || part->len + n + text.len > PART)
        return;
    memcpy(part->at + part->len, between, (size_t)n);
    memcpy(part->at + part->len + n, text.at, (size_t)text.len);
    for (int64_t i = part->len + n; i < part->len + n + text.len; i++) {
        if (part->at[i] == '\n')
            part->at[i] = ' ';
    }
    part->len += n + text.len;
}

static struct tend_text joined(const struct part *part)
{
    return (struct tend_text){ part->at, part->len };
}

static void put_names(struct ldif_read *r)
{
    struct tend_text given = FIRST(r, "givenName", "gn"), family = FIRST(r, "sn", "surname");
    struct part whole = { .len = 0 };

    join(&whole, " ", given);
    join(&whole, " ", family);
    put(r, "name", FIRST(r, "displayName", "cn", "commonName"), NULL);
    if (FIRST(r, "displayName", "cn", "commonName").len == 0)
        put(r, "name", joined(&whole), NULL);
    put(r, "given", given, NULL);
    put(r, "family", family, NULL);
    put(r, "id", FIRST(r, "entryUUID", "nsUniqueId", "uid"), NULL);
    for (int64_t i = 1; ldif_entry_get(&r->entry, "cn", i).len > 0; i++)
        put(r, "name", ldif_entry_get(&r->entry, "cn", i), NULL);
}

struct place {
    struct tend_text street, street2, box, city, state, code, country;
    const char *label;
};

/* "1 Main St, Suite 4, Arlington, VA 22201, USA"; "Ring 1, 1010 Wien". */
static void put_place(struct ldif_read *r, const struct place *p)
{
    struct part address = { .len = 0 }, town = { .len = 0 };

    join(&address, ", ", p->street);
    join(&address, ", ", p->street2);
    join(&address, ", ", p->box);
    if (p->state.len > 0) {
        join(&town, " ", p->city);
        join(&town, ", ", p->state);
        join(&town, " ", p->code);
    } else {
        join(&town, " ", p->code);
        join(&town, " ", p->city);
    }
    join(&address, ", ", joined(&town));
    join(&address, ", ", p->country);
    put(r, "address", joined(&address), p->label);
}

static void put_addresses(struct ldif_read *r)
{
    struct place work = {
        .street = FIRST(r, "street", "streetAddress"),
        .street2 = FIRST(r, "mozillaWorkStreet2"),
        .box = FIRST(r, "postOfficeBox"),
        .city = FIRST(r, "l", "localityName"),
        .state = FIRST(r, "st", "stateOrProvinceName"),
        .code = FIRST(r, "postalCode"),
        .country = FIRST(r, "c", "countryName", "co"),
        .label = "work",
    };
    struct place home = {
        .street = FIRST(r, "mozillaHomeStreet"),
        .street2 = FIRST(r, "mozillaHomeStreet2"),
        .box = { "", 0 },
        .city = FIRST(r, "mozillaHomeLocalityName"),
        .state = FIRST(r, "mozillaHomeState"),
        .code = FIRST(r, "mozillaHomePostalCode"),
        .country = FIRST(r, "mozillaHomeCountryName"),
        .label = "home",
    };

    put_place(r, &work);
    put_place(r, &home);
    if (home.country.len == 2)
        put(r, "region", home.country, NULL);
    else if (work.country.len == 2)
        put(r, "region", work.country, NULL);
}

static void two(struct part *date, struct tend_text number)
{
    if (number.len == 1)
        join(date, "-", (struct tend_text){ "0", 1 });
    join(date, number.len == 1 ? "" : "-", number);
}

/* The day, month and year stand apart; in some programs the day is all of it. */
static void put_birthday(struct ldif_read *r)
{
    struct tend_text year = FIRST(r, "birthyear"), month = FIRST(r, "birthmonth");
    struct tend_text day = FIRST(r, "birthday");
    struct part date = { .len = 0 };

    if (day.len == 0 || day.len > 2 || month.len == 0 || month.len > 2) {
        put(r, "birthday", day.len > 2 ? day : (struct tend_text){ "", 0 }, NULL);
        put(r, "ldif.birthyear", day.len > 2 ? (struct tend_text){ "", 0 } : year, NULL);
        return;
    }
    join(&date, "", year.len == 4 ? year : (struct tend_text){ "-", 1 });
    two(&date, month);
    two(&date, day);
    put(r, "birthday", joined(&date), NULL);
}

/* "https://example.com/ann Ann's page" */
static void put_uri(struct ldif_read *r, struct tend_text text)
{
    const char *blank = memchr(text.at, ' ', (size_t)text.len);
    struct tend_text url = { text.at, blank ? blank - text.at : text.len };

    put(r, "url", url, NULL);
    if (blank)
        r->ctx->source->label(r->row, ldif_trim((struct tend_text){
                                          blank, text.len - (blank - text.at) }));
}

/* Lines of a postal address stand between dollars. */
static void put_postal(struct ldif_read *r, struct tend_text text, const char *label)
{
    struct part address = { .len = 0 };

    while (text.len > 0) {
        struct tend_text line;

        r->ctx->text->cut(&text, "$", &line);
        join(&address, ", ", line);
    }
    put(r, "address", joined(&address), label);
}

static void put_value(struct ldif_read *r, const struct ldif_value *v)
{
    struct tend_text mapped;

    if (v->text.len == 0)
        return;
    if (v->elsewhere) {
        put(r, v->also.at, v->text, NULL);
        return;
    }
    if (r->ctx->source->map(r->in, v->name, &mapped) == 1) {
        put(r, r->ctx->text->keep(r->ctx, mapped).at, v->text, NULL);
        return;
    }
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (ldif_is(v->name, fields[i].name)) {
            put(r, fields[i].field, v->text, fields[i].label);
            return;
        }
    }
    if (ldif_is(v->name, "labeledURI"))
        put_uri(r, v->text);
    else if (ldif_is(v->name, "postalAddress"))
        put_postal(r, v->text, "work");
    else if (ldif_is(v->name, "homePostalAddress"))
        put_postal(r, v->text, "home");
    else if (!is_one_of(v->name, done))
        put(r, v->also.at, v->text, NULL);
}

tend_status ldif_person(struct ldif_read *r)
{
    const struct ldif_entry *e = &r->entry;
    struct tend_text dn = ldif_entry_get(e, "dn", 0);
    const char *list;

    if (e->n > 400)
        return r->ctx->source->reject(r->row, "ldif.many", 0,
                                      "more than 400 values: is this the entry of one person?");
    put_names(r);
    for (int64_t i = 0; i < e->n; i++)
        put_value(r, &e->values[i]);
    put_addresses(r);
    put_birthday(r);
    for (int64_t i = 0; (list = ldif_lists_of(&r->lists, dn, i)) && i < 400; i++)
        put(r, "tag", (struct tend_text){ list, (int64_t)strlen(list) }, NULL);
    return r->ctx->source->end(r->row);
}
