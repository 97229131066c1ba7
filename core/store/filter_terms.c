/* The words of the filter language: which terms there are, and what each takes. */
#include "store/filter_parts.h"

static const char *const kinds[] = { "email", "phone", "url",   "address", "note",
                                     "task",  "touch", "tag",   "id",      NULL };
static const char *const yes_no[] = { "yes", "no", "any", NULL };

static const char *const channels[] = { "yes", "no", "all", "call", "text", "email", "visit",
                                        NULL };

static const struct tend_filter_term_def defs[] = {
    { "stage", TEND_FILTER_STAGE, TEND_VALUES_TEXT, NULL, "a stage: stage:prospect" },
    { "tag", TEND_FILTER_TAG, TEND_VALUES_TEXT, NULL, "a tag: tag:teacher" },
    { "role", TEND_FILTER_ROLE, TEND_VALUES_TEXT, NULL, "a role: role:customer" },
    { "source", TEND_FILTER_SOURCE, TEND_VALUES_TEXT, NULL, "a source: source:\"open house\"" },
    { "zone", TEND_FILTER_ZONE, TEND_VALUES_TEXT, NULL, "a time zone: zone:Europe/Vienna" },
    { "region", TEND_FILTER_REGION, TEND_VALUES_TEXT, NULL, "two letters: region:AT" },
    { "has", TEND_FILTER_HAS, TEND_VALUES_TEXT, kinds,
      "email, phone, url, address, note, task, touch, tag or id: has:phone" },
    { "email", TEND_FILTER_EMAIL, TEND_VALUES_TEXT, NULL,
      "an address or its domain: email:@example.com" },
    { "phone", TEND_FILTER_PHONE, TEND_VALUES_TEXT, NULL, "a number: phone:06645551234" },
    { "hold", TEND_FILTER_HOLD, TEND_VALUES_TEXT, NULL, "a kind of hold, or yes: hold:soft_no" },
    { "dnc", TEND_FILTER_DNC, TEND_VALUES_TEXT, channels,
      "yes, no, or a channel (all, call, text, email, visit): dnc:call" },
    { "archived", TEND_FILTER_ARCHIVED, TEND_VALUES_YES, yes_no, "yes, no or any" },
    { "touched", TEND_FILTER_TOUCHED, TEND_VALUES_DAYS, NULL,
      "days of the last touch, or never: touched:..-14d" },
    { "added", TEND_FILTER_ADDED, TEND_VALUES_DAYS, NULL, "days: added:-7d.." },
    { "due", TEND_FILTER_DUE, TEND_VALUES_DAYS, NULL, "days: due:..today" },
    { "id", TEND_FILTER_ID, TEND_VALUES_IDS, NULL, "numbers: id:12..40" },
    { "import", TEND_FILTER_IMPORT, TEND_VALUES_IDS, NULL, "the number of an import: import:3" },
    { "name", TEND_FILTER_NAME, TEND_VALUES_TEXT, NULL, "a word of the name: name:ann" },
    { "sort", TEND_FILTER_SORT, TEND_VALUES_TEXT, NULL, "what to sort by: sort:name" },
};
static const char *const names[] = { "stage", "tag",      "role",    "source", "zone",   "region",
                                     "has",   "email",    "phone",   "hold",   "dnc",    "archived",
                                     "touched", "added",  "due",     "id",     "import", "name",
                                     "sort",  "interest", NULL };
static const char *const sorts[] = { "name", "family", "added", "touched", "due", "source",
                                     "zone", "id",     NULL };
static const char *const known[] = { "organisation", "title", "birthday", "interest",
                                     "met_how",      "at",    "warmth",   NULL };

static bool among(struct tend_text word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (tend_text_is(word, *words))
            return true;
    }
    return false;
}

const struct tend_filter_term_def *tend_filter_def(struct tend_text name)
{
    for (size_t i = 0; i < sizeof defs / sizeof *defs; i++) {
        if (tend_text_is(name, defs[i].name))
            return &defs[i];
    }
    return NULL;
}

bool tend_filter_term_at(int64_t index, struct tend_filter_help *help)
{
    if (index < 0 || index >= (int64_t)(sizeof defs / sizeof *defs))
        return false;
    *help = (struct tend_filter_help){ .name = defs[index].name, .expected = defs[index].expected,
                                       .words = defs[index].words,
                                       .days = defs[index].values == TEND_VALUES_DAYS };
    if (defs[index].what == TEND_FILTER_SORT)
        help->words = sorts;
    return true;
}

const char *tend_filter_nearest(struct tend_text name, bool sort)
{
    return tend_text_nearest(name, sort ? sorts : names);
}

bool tend_filter_sortable(struct tend_text name)
{
    return among(name, sorts);
}

bool tend_filter_well_known(struct tend_text name)
{
    return memchr(name.at, '.', (size_t)name.len) != NULL || among(name, known);
}

bool tend_filter_reads(const struct tend_filter *filter, const char *of)
{
    bool touch = strcmp(of, "touch") == 0, task = strcmp(of, "task") == 0;

    if (!filter->sort_attribute && tend_text_is(filter->sort, touch ? "touched" : "due") &&
        (touch || task))
        return true;
    for (int64_t i = 0; i < filter->n_terms; i++) {
        const struct tend_filter_term *term = &filter->term[i];

        if ((term->what == TEND_FILTER_TOUCHED && touch) || (term->what == TEND_FILTER_DUE && task))
            return true;
        for (int64_t j = 0; term->what == TEND_FILTER_HAS && j < term->n_values; j++)
            if (tend_text_is(term->value[j].text, of))
                return true;
    }
    return false;
}
