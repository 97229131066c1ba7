/* ctx->read: what is known, fetched only when it is asked for. The row of a
 * person is kept while calls ask about the same one and nothing is written. */
#include "plugin/private.h"
#include "base/date.h"
#include "store/ops_person.h"
#include "store/ops_read.h"

static const struct tend_text none = { "", 0 };

/* Columns of person that are fields as they stand. */
static const struct {
    const char *field;
    int32_t column;
} columns[] = {
    { "name", TEND_C_person_name },     { "given", TEND_C_person_given },
    { "family", TEND_C_person_family }, { "zone", TEND_C_person_zone },
    { "source", TEND_C_person_source }, { "region", TEND_C_person_region },
};

static struct tend_text number(struct tend_call *call, int64_t value)
{
    return tend_text_of(tend_arena_printf(call->scratch, "%lld", (long long)value));
}

/* The row as it was read last, by whichever call, or NULL: there is no such person, or
 * the database failed. Outside of a batch it is kept for no other call. */
static const struct tend_value *seen_row(struct tend_call *call, tend_id person)
{
    struct tend_seen *seen = &call->registry->seen;
    uint64_t writes = tend_row_writes(call->registry->store);
    tend_status status;

    if (seen->person == person && seen->writes == writes)
        return seen->row;
    seen->person = 0;
    tend_arena_reset(&seen->arena);
    status = tend_row_read(call->registry->store, TEND_T_person, person, &seen->arena, seen->row,
                           NULL);
    if (status != TEND_OK && status != TEND_NOT_FOUND)
        tend_call_broken(call, status);
    if (status != TEND_OK)
        return NULL;
    seen->person = person;
    seen->writes = tend_row_writes(call->registry->store); /* what waited was written first */
    return seen->row;
}

/* A column, its text copied to where it lives as long as the call; NULL as seen_row. */
static const struct tend_value *column_of(struct tend_call *call, tend_id person, int32_t column)
{
    const struct tend_value *row;

    if (call->person != person)
        call->columns = 0;
    if (!(call->columns >> column & 1)) {
        row = seen_row(call, person);
        if (!row)
            return NULL;
        call->person = person;
        call->row[column] = row[column];
        if (row[column].type == TEND_STR)
            call->row[column].t = tend_arena_text(call->scratch, row[column].t);
        call->columns |= UINT64_C(1) << column;
    }
    return &call->row[column];
}

static struct tend_text list(struct tend_call *call, enum tend_read_list what, tend_id person,
                             struct tend_text name)
{
    struct tend_text text = none;
    tend_status status = tend_read_list(call->registry->store, what, person, name, call->ctx.now,
                                        call->scratch, &text);

    if (status != TEND_OK)
        tend_call_broken(call, status);
    return text;
}

static struct tend_text hold(struct tend_call *call, tend_id person, const char *track)
{
    struct tend_store *store = call->registry->store;
    int64_t today = tend_zone_day(tend_person_zone(store, person), call->ctx.now);
    struct tend_text kind = none;
    tend_status status = tend_read_hold(store, person, track, today, call->scratch, &kind);

    if (status != TEND_OK)
        tend_call_broken(call, status);
    return kind;
}

static struct tend_text stage(struct tend_call *call, tend_id person, const char *track)
{
    struct tend_store *store = call->registry->store;
    tend_status status = tend_derive_flush(store);

    if (status != TEND_OK) {
        tend_call_broken(call, status);
        return none;
    }
    return tend_person_stage(store, person, track, call->scratch);
}

static struct tend_text field_of(struct tend_call *call, tend_id person, struct tend_text field)
{
    struct tend_registry *registry = call->registry;

    if (tend_text_is(field, "stage"))
        return stage(call, person, tend_vocabulary_primary(registry));
    if (tend_text_starts(field, "stage."))
        return stage(call, person, field.at + strlen("stage."));
    if (tend_text_is(field, "hold"))
        return hold(call, person, tend_vocabulary_primary(registry));
    if (tend_text_starts(field, "hold."))
        return hold(call, person, field.at + strlen("hold."));
    if (tend_text_is(field, "tags"))
        return list(call, TEND_READ_TAGS, person, none);
    if (tend_text_is(field, "roles"))
        return list(call, TEND_READ_ROLES, person, none);
    if (tend_text_is(field, "dnc"))
        return tend_person_dnc(registry->store, person, call->scratch);
    if (tend_text_is(field, "email") || tend_text_is(field, "phone") ||
        tend_text_is(field, "address") || tend_text_is(field, "url"))
        return list(call, TEND_READ_FIRST_POINT, person, field);
    if (tend_text_is(field, "email.keys") || tend_text_is(field, "phone.keys"))
        return list(call, TEND_READ_POINT_KEYS, person, (struct tend_text){ field.at, 5 });
    return list(call, TEND_READ_ATTRIBUTE, person, field);
}

static struct tend_text get(struct tend_ctx *ctx, tend_id person, const char *field)
{
    struct tend_call *call = tend_call_of(ctx);
    const struct tend_value *value;

    if (!tend_call_may_read(call, TEND_READS_PERSON))
        return none;
    if (!call->registry->store || person <= 0 || !field)
        return none;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        if (strcmp(field, columns[i].field) == 0)
            return (value = column_of(call, person, columns[i].column)) && value->type == TEND_STR
                       ? value->t
                       : none;
    if (strcmp(field, "keeper") == 0)
        return (value = column_of(call, person, TEND_C_person_keeper)) && value->i
                   ? number(call, value->i)
                   : none;
    if (strcmp(field, "archived") == 0)
        return (value = column_of(call, person, TEND_C_person_archived_at)) && value->i
                   ? TEND_TEXT("yes")
                   : none;
    return column_of(call, person, TEND_C_person_name)
               ? field_of(call, person, tend_text_of(field))
               : none;
}

/* What an event tells is of what it is about; a plugin's own is its own. */
static bool may_read_event(struct tend_call *call, struct tend_text name)
{
    static const struct {
        const char *topic;
        enum tend_reads reads;
    } topics[] = {
        { "touch.", TEND_READS_TOUCH },   { "task.", TEND_READS_TASK },
        { "person.", TEND_READS_PERSON }, { "stage.", TEND_READS_PERSON },
        { "import.", TEND_READS_PERSON },
    };

    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        if (tend_text_starts(name, topics[i].topic))
            return tend_call_may_read(call, topics[i].reads);
    return true;
}

static struct tend_text event(struct tend_ctx *ctx, const char *field)
{
    struct tend_call *call = tend_call_of(ctx);
    const struct tend_event_data *data = call->event;

    if (!data || !field)
        return none;
    if (strcmp(field, "name") == 0)
        return tend_text_of(data->event.name);
    if (strcmp(field, "person") == 0)
        return number(call, data->event.person);
    if (strcmp(field, "at") == 0)
        return tend_text_of(
            tend_instant_format(tend_arena_take(call->scratch, 40), data->event.at, 0));
    if (!may_read_event(call, tend_text_of(data->event.name)))
        return none;
    for (int64_t i = 0; i < data->n_fields; i++)
        if (strcmp(field, data->fields[i].name) == 0)
            return data->fields[i].value;
    return none;
}

static int64_t touched(struct tend_ctx *ctx, tend_id person, const char *terms, int64_t since)
{
    struct tend_call *call = tend_call_of(ctx);
    struct tend_read_touches *groups;
    int64_t n = 0, count = 0;
    tend_status status;

    if (person <= 0 || !terms)
        return tend_call_fail(ctx, TEND_INVALID, false, "touched needs a person and terms");
    if (!tend_call_may_read(call, TEND_READS_TOUCH))
        return TEND_DENIED;
    if (!call->registry->store)
        return 0;
    status = tend_read_touches(call->registry->store, person, since, call->scratch, &groups, &n);
    if (status != TEND_OK) {
        tend_call_broken(call, status);
        return status;
    }
    for (int64_t i = 0; i < n; i++)
        if (tend_vocabulary_touch_matches(call->registry, groups[i].kind, groups[i].disposition,
                                          groups[i].significant, tend_text_of(terms)))
            count += groups[i].n;
    return count;
}

static int32_t means(struct tend_ctx *ctx, const char *what, const char *name,
                     const char *meaning)
{
    static const char *const names[] = { "stage", "kind", "disposition", "hold" };
    struct tend_word_info word;

    for (int32_t i = 0; what && name && meaning && i <= (int32_t)TEND_WORD_HOLD; i++)
        if (strcmp(what, names[i]) == 0)
            return tend_vocabulary_find(tend_call_of(ctx)->registry, (enum tend_word_what)i,
                                        tend_text_of(name), NULL, &word) &&
                   tend_text_has_word(tend_text_of(word.means), tend_text_of(meaning));
    return 0;
}

/* Who is found by a term is read by it. */
static bool may_filter(struct tend_call *call)
{
    static const struct {
        const char *of;
        enum tend_reads reads;
    } kinds[] = {
        { "touch", TEND_READS_TOUCH }, { "task", TEND_READS_TASK }, { "note", TEND_READS_NOTE },
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (tend_filter_reads(call->filter, kinds[i].of) &&
            !tend_call_may_read(call, kinds[i].reads))
            return false;
    return true;
}

static tend_id next(struct tend_ctx *ctx, const char *filter, tend_id after)
{
    struct tend_call *call = tend_call_of(ctx);
    struct tend_store *store = call->registry->store;
    struct tend_text unknown;
    tend_id person = 0;
    tend_status status;

    if (!filter)
        return tend_call_fail(ctx, TEND_INVALID, false, "next needs a filter");
    if (!tend_call_may_read(call, TEND_READS_PERSON))
        return TEND_DENIED;
    if (!store)
        return 0;
    /* a walk asks with the same filter again and again */
    if (!call->filter_text || strcmp(call->filter_text, filter) != 0) {
        call->filter_text = NULL;
        status = tend_filter_parse(tend_text_of(filter), ctx->now, tend_store_zone(store),
                                   call->scratch, &call->filter, &call->error);
        if (status != TEND_OK)
            return status;
        unknown = tend_filter_unknown(store, call->filter);
        if (unknown.len > 0)
            return tend_call_fail(ctx, TEND_INVALID, false,
                                  tend_arena_printf(call->scratch,
                                                    "the filter \"%.200s\": there is no term "
                                                    "\"%.*s\", and nobody has such an attribute",
                                                    filter,
                                                    TEND_FMT(tend_text_clip(unknown, 60))));
        if (!may_filter(call))
            return TEND_DENIED;
        call->filter_text = tend_arena_str(call->scratch, tend_text_of(filter));
    }
    status = tend_derive_flush(store);
    if (status == TEND_OK)
        status = tend_filter_next(store, call->filter, after, &person);
    if (status != TEND_OK) {
        tend_call_broken(call, status);
        return status;
    }
    return person;
}

static struct tend_text state(struct tend_ctx *ctx, tend_id person, const char *name)
{
    struct tend_call *call = tend_call_of(ctx);
    struct tend_text value = none;
    tend_status status;

    if (!tend_call_may_read(call, TEND_READS_STATE))
        return none;
    if (!call->registry->store || person < 0 || !name)
        return none;
    status = tend_read_state(call->registry->store, call->instance->manifest.name, person, name,
                             call->scratch, &value);
    if (status != TEND_OK)
        tend_call_broken(call, status);
    return value;
}

const struct tend_read_api tend_read_table = {
    .size = sizeof(struct tend_read_api),
    .level = TEND_API,
    .get = get,
    .event = event,
    .touched = touched,
    .means = means,
    .next = next,
    .state = state,
};
