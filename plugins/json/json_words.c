/* What keys are called in the files of programs and services. Folded: lower case, without marks
 * and without what separates words. In the order of bytes. */
#include "json.h"
#include <string.h>

#define FOLDED 64

static const struct json_word words[] = {
    { "about", JSON_NOTE, NULL },
    { "addedat", JSON_AT, NULL },
    { "additionalname", JSON_MIDDLE, NULL },
    { "address", JSON_ADDRESS, NULL },
    { "addresses", JSON_ADDRESS, NULL },
    { "addressline1", JSON_STREET, NULL },
    { "adresse", JSON_ADDRESS, NULL },
    { "alias", JSON_NICKNAME, NULL },
    { "apellido", JSON_FAMILY, NULL },
    { "apellidos", JSON_FAMILY, NULL },
    { "basicinfo", JSON_WRAP, NULL },
    { "bday", JSON_BIRTHDAY, NULL },
    { "bemerkung", JSON_NOTE, NULL },
    { "bio", JSON_NOTE, NULL },
    { "biographies", JSON_NOTE, NULL },
    { "biography", JSON_NOTE, NULL },
    { "birthdate", JSON_BIRTHDAY, NULL },
    { "birthday", JSON_BIRTHDAY, NULL },
    { "birthdays", JSON_BIRTHDAY, NULL },
    { "businessaddress", JSON_ADDRESS, "work" },
    { "businessphone", JSON_PHONE, "work" },
    { "businessphones", JSON_PHONE, "work" },
    { "categories", JSON_TAG, NULL },
    { "category", JSON_TAG, NULL },
    { "cell", JSON_PHONE, "mobile" },
    { "cellphone", JSON_PHONE, "mobile" },
    { "city", JSON_CITY, NULL },
    { "comment", JSON_NOTE, NULL },
    { "comments", JSON_NOTE, NULL },
    { "company", JSON_ORGANISATION, NULL },
    { "companyname", JSON_ORGANISATION, NULL },
    { "contact", JSON_WRAP, NULL },
    { "contactid", JSON_ID, NULL },
    { "contactinfo", JSON_WRAP, NULL },
    { "contactname", JSON_NAME, NULL },
    { "correo", JSON_EMAIL, NULL },
    { "country", JSON_COUNTRY, NULL },
    { "countrycode", JSON_REGION, NULL },
    { "countryorregion", JSON_COUNTRY, NULL },
    { "created", JSON_AT, NULL },
    { "createdat", JSON_AT, NULL },
    { "createdate", JSON_AT, NULL },
    { "createddate", JSON_AT, NULL },
    { "createdtime", JSON_AT, NULL },
    { "customer", JSON_WRAP, NULL },
    { "customfields", JSON_WRAP, NULL },
    { "data", JSON_WRAP, NULL },
    { "dateofbirth", JSON_BIRTHDAY, NULL },
    { "details", JSON_WRAP, NULL },
    { "display", JSON_NAME, NULL },
    { "displayname", JSON_NAME, NULL },
    { "dob", JSON_BIRTHDAY, NULL },
    { "email", JSON_EMAIL, NULL },
    { "emailaddress", JSON_EMAIL, NULL },
    { "emailaddresses", JSON_EMAIL, NULL },
    { "emailprivat", JSON_EMAIL, "home" },
    { "emails", JSON_EMAIL, NULL },
    { "employer", JSON_ORGANISATION, NULL },
    { "familienname", JSON_FAMILY, NULL },
    { "family", JSON_FAMILY, NULL },
    { "familyname", JSON_FAMILY, NULL },
    { "fax", JSON_PHONE, "fax" },
    { "fielddata", JSON_WRAP, NULL },
    { "fields", JSON_WRAP, NULL },
    { "firma", JSON_ORGANISATION, NULL },
    { "first", JSON_GIVEN, NULL },
    { "firstname", JSON_GIVEN, NULL },
    { "fn", JSON_NAME, NULL },
    { "fname", JSON_GIVEN, NULL },
    { "forename", JSON_GIVEN, NULL },
    { "formatted", JSON_NAME, NULL },
    { "formattedname", JSON_NAME, NULL },
    { "full", JSON_NAME, NULL },
    { "fullname", JSON_NAME, NULL },
    { "geburtsdatum", JSON_BIRTHDAY, NULL },
    { "geburtstag", JSON_BIRTHDAY, NULL },
    { "given", JSON_GIVEN, NULL },
    { "givenname", JSON_GIVEN, NULL },
    { "group", JSON_TAG, NULL },
    { "groups", JSON_TAG, NULL },
    { "handy", JSON_PHONE, "mobile" },
    { "homeaddress", JSON_ADDRESS, "home" },
    { "homeemail", JSON_EMAIL, "home" },
    { "homepage", JSON_URL, NULL },
    { "homephone", JSON_PHONE, "home" },
    { "homephones", JSON_PHONE, "home" },
    { "honorificprefix", JSON_PREFIX, NULL },
    { "honorificsuffix", JSON_SUFFIX, NULL },
    { "howwemet", JSON_MET_HOW, NULL },
    { "id", JSON_ID, NULL },
    { "interest", JSON_INTEREST, NULL },
    { "interestedin", JSON_INTEREST, NULL },
    { "interests", JSON_INTEREST, NULL },
    { "jobtitle", JSON_TITLE, NULL },
    { "keywords", JSON_TAG, NULL },
    { "labels", JSON_TAG, NULL },
    { "last", JSON_FAMILY, NULL },
    { "lastname", JSON_FAMILY, NULL },
    { "lead", JSON_WRAP, NULL },
    { "leadsource", JSON_SOURCE, NULL },
    { "lname", JSON_FAMILY, NULL },
    { "mail", JSON_EMAIL, NULL },
    { "mergefields", JSON_WRAP, NULL },
    { "message", JSON_NOTE, NULL },
    { "methow", JSON_MET_HOW, NULL },
    { "middle", JSON_MIDDLE, NULL },
    { "middlename", JSON_MIDDLE, NULL },
    { "mobile", JSON_PHONE, "mobile" },
    { "mobilenumber", JSON_PHONE, "mobile" },
    { "mobilephone", JSON_PHONE, "mobile" },
    { "nachname", JSON_FAMILY, NULL },
    { "name", JSON_NAME, NULL },
    { "names", JSON_NAME, NULL },
    { "nickname", JSON_NICKNAME, NULL },
    { "nicknames", JSON_NICKNAME, NULL },
    { "nombre", JSON_NAME, NULL },
    { "note", JSON_NOTE, NULL },
    { "notes", JSON_NOTE, NULL },
    { "notiz", JSON_NOTE, NULL },
    { "notizen", JSON_NOTE, NULL },
    { "occupation", JSON_TITLE, NULL },
    { "organisation", JSON_ORGANISATION, NULL },
    { "organization", JSON_ORGANISATION, NULL },
    { "organizations", JSON_ORGANISATION, NULL },
    { "origin", JSON_SOURCE, NULL },
    { "ort", JSON_CITY, NULL },
    { "otheraddress", JSON_ADDRESS, "other" },
    { "person", JSON_WRAP, NULL },
    { "personalemail", JSON_EMAIL, "home" },
    { "personalnotes", JSON_NOTE, NULL },
    { "phone", JSON_PHONE, NULL },
    { "phonenumber", JSON_PHONE, NULL },
    { "phonenumbers", JSON_PHONE, NULL },
    { "phones", JSON_PHONE, NULL },
    { "plz", JSON_CODE, NULL },
    { "position", JSON_TITLE, NULL },
    { "postalcode", JSON_CODE, NULL },
    { "postcode", JSON_CODE, NULL },
    { "prefix", JSON_PREFIX, NULL },
    { "prenom", JSON_GIVEN, NULL },
    { "profile", JSON_WRAP, NULL },
    { "properties", JSON_WRAP, NULL },
    { "province", JSON_STATE, NULL },
    { "recordid", JSON_ID, NULL },
    { "region", JSON_REGION, NULL },
    { "remark", JSON_NOTE, NULL },
    { "remarks", JSON_NOTE, NULL },
    { "resourcename", JSON_ID, NULL },
    { "salutation", JSON_PREFIX, NULL },
    { "source", JSON_SOURCE, NULL },
    { "state", JSON_STATE, NULL },
    { "strasse", JSON_STREET, NULL },
    { "street", JSON_STREET, NULL },
    { "streetaddress", JSON_STREET, NULL },
    { "suffix", JSON_SUFFIX, NULL },
    { "surname", JSON_FAMILY, NULL },
    { "tag", JSON_TAG, NULL },
    { "tags", JSON_TAG, NULL },
    { "tel", JSON_PHONE, NULL },
    { "telefon", JSON_PHONE, NULL },
    { "telefono", JSON_PHONE, NULL },
    { "telephone", JSON_PHONE, NULL },
    { "timezone", JSON_ZONE, NULL },
    { "title", JSON_TITLE, NULL },
    { "town", JSON_CITY, NULL },
    { "uid", JSON_ID, NULL },
    { "url", JSON_URL, NULL },
    { "urls", JSON_URL, NULL },
    { "user", JSON_WRAP, NULL },
    { "uuid", JSON_ID, NULL },
    { "vorname", JSON_GIVEN, NULL },
    { "web", JSON_URL, NULL },
    { "website", JSON_URL, NULL },
    { "websites", JSON_URL, NULL },
    { "whatsapp", JSON_PHONE, "whatsapp" },
    { "workaddress", JSON_ADDRESS, "work" },
    { "workemail", JSON_EMAIL, "work" },
    { "workphone", JSON_PHONE, "work" },
    { "zip", JSON_CODE, NULL },
    { "zipcode", JSON_CODE, NULL },
    { "zone", JSON_ZONE, NULL },
};

/* In the object that is one value among several: {"value": ..., "type": "work"}. */
static const struct json_word value_words[] = {
    { "address", JSON_VALUE, NULL },
    { "canonicalform", JSON_ASIDE, NULL },
    { "content", JSON_VALUE, NULL },
    { "displayname", JSON_VALUE, NULL },
    { "email", JSON_VALUE, NULL },
    { "emailaddress", JSON_VALUE, NULL },
    { "formattedtype", JSON_ASIDE, NULL },
    { "formattedvalue", JSON_VALUE, NULL },
    { "href", JSON_VALUE, NULL },
    { "id", JSON_ASIDE, NULL },
    { "isprimary", JSON_ASIDE, NULL },
    { "key", JSON_ASIDE, NULL },
    { "kind", JSON_LABEL, NULL },
    { "label", JSON_LABEL, NULL },
    { "metadata", JSON_ASIDE, NULL },
    { "name", JSON_VALUE, NULL },
    { "number", JSON_VALUE, NULL },
    { "phone", JSON_VALUE, NULL },
    { "phonenumber", JSON_VALUE, NULL },
    { "preferred", JSON_ASIDE, NULL },
    { "primary", JSON_ASIDE, NULL },
    { "rel", JSON_LABEL, NULL },
    { "text", JSON_VALUE, NULL },
    { "type", JSON_LABEL, NULL },
    { "uri", JSON_VALUE, NULL },
    { "url", JSON_VALUE, NULL },
    { "value", JSON_VALUE, NULL },
};

static const struct json_word list_words[] = {
    { "connections", JSON_LIST, NULL },
    { "contacts", JSON_LIST, NULL },
    { "content", JSON_LIST, NULL },
    { "customers", JSON_LIST, NULL },
    { "data", JSON_LIST, NULL },
    { "entries", JSON_LIST, NULL },
    { "hits", JSON_LIST, NULL },
    { "items", JSON_LIST, NULL },
    { "leads", JSON_LIST, NULL },
    { "list", JSON_LIST, NULL },
    { "members", JSON_LIST, NULL },
    { "people", JSON_LIST, NULL },
    { "persons", JSON_LIST, NULL },
    { "records", JSON_LIST, NULL },
    { "response", JSON_LIST, NULL },
    { "result", JSON_LIST, NULL },
    { "results", JSON_LIST, NULL },
    { "rows", JSON_LIST, NULL },
    { "subscribers", JSON_LIST, NULL },
    { "users", JSON_LIST, NULL },
    { "value", JSON_LIST, NULL },
};

/* Length of the key as it is compared; 0: it is none of ours. */
static int64_t fold(struct tend_ctx *ctx, struct tend_text key, char *out)
{
    bool plain = true;
    int64_t n = 0;

    if (key.len > FOLDED)
        return 0;
    for (int64_t i = 0; i < key.len; i++)
        plain = plain && (unsigned char)key.at[i] < 0x80;
    if (!plain)
        key = ctx->text->fold(ctx, key);
    for (int64_t i = 0; i < key.len && n < FOLDED; i++) {
        char c = key.at[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80)
            out[n++] = c;
    }
    return n;
}

/* The lists are in the order of bytes. */
static const struct json_word *find(const struct json_word *list, size_t count, const char *at,
                                    int64_t len)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = strncmp(at, list[mid].text, (size_t)len);

        if (order == 0 && list[mid].text[len] == '\0')
            return &list[mid];
        if (order > 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

const struct json_word *json_word(struct tend_ctx *ctx, struct tend_text key)
{
    char folded[FOLDED];
    int64_t len = fold(ctx, key, folded);
    const struct json_word *word;

    if (len == 0)
        return NULL;
    word = find(words, sizeof words / sizeof words[0], folded, len);
    while (word == NULL && len > 1 && folded[len - 1] >= '0' && folded[len - 1] <= '9')
        word = find(words, sizeof words / sizeof words[0], folded, --len); /* phone2 */
    return word;
}

enum json_field json_value_word(struct tend_ctx *ctx, struct tend_text key)
{
    char folded[FOLDED];
    int64_t len = fold(ctx, key, folded);
    const struct json_word *word =
        len > 0 ? find(value_words, sizeof value_words / sizeof value_words[0], folded, len) : NULL;

    return word != NULL ? word->field : JSON_UNKNOWN;
}

bool json_list_word(struct tend_ctx *ctx, struct tend_text key)
{
    char folded[FOLDED];
    int64_t len = fold(ctx, key, folded);

    return len > 0 && find(list_words, sizeof list_words / sizeof list_words[0], folded, len);
}
