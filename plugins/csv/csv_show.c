/* Which column becomes which field, for the user to see before the first row is written. */
#include "csv.h"
#include <string.h>

/* By enum csv_field; NULL: it has no field of its own. */
static const char *field_of(const struct csv_column *column, bool street)
{
    switch (column->field) {
    case CSV_NAME: return "name";
    case CSV_GIVEN: return "given";
    case CSV_MIDDLE: return "given";
    case CSV_FAMILY: return "family";
    case CSV_PREFIX: return "name";
    case CSV_SUFFIX: return "name";
    case CSV_NICKNAME: return "nickname";
    case CSV_EMAIL: return "email";
    case CSV_PHONE: return "phone";
    case CSV_ORGANISATION: return "organisation";
    case CSV_TITLE: return "title";
    case CSV_NOTE: return "note";
    case CSV_TAG: return "tag";
    case CSV_SOURCE: return "source";
    case CSV_ZONE: return "zone";
    case CSV_BIRTHDAY: return "birthday";
    case CSV_URL: return "url";
    case CSV_AT: return "at";
    case CSV_ID: return "id";
    case CSV_INTEREST: return "interest";
    case CSV_MET_HOW: return "met_how";
    case CSV_ADDRESS: return "address";
    case CSV_STREET:
    case CSV_BOX: return "address";
    case CSV_CITY:
    case CSV_STATE:
    case CSV_CODE:
    case CSV_COUNTRY: return street ? "address" : column->attribute;
    case CSV_BIRTH_YEAR:
    case CSV_BIRTH_MONTH:
    case CSV_BIRTH_DAY: return "birthday";
    case CSV_MAPPED: return column->mapped;
    case CSV_LABEL: return "label";
    case CSV_DROP: return NULL;
    default: return column->attribute;
    }
}

void csv_show_columns(const struct tend_ctx *ctx, struct tend_input *in,
                      const struct csv_layout *layout)
{
    for (int64_t i = 0; i < layout->n && TEND_HAS(ctx->source, column); i++) {
        const struct csv_column *column = &layout->columns[i];

        ctx->source->column(in, (struct tend_text){ column->name, (int64_t)strlen(column->name) },
                            field_of(column, layout->street));
    }
}
