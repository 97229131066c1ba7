/* What an event says of itself (see tend/policy.h), read from the facts that it
 * is about: told now or asked again by a timer, it says the same. */
#include "base/text.h"
#include "desk/deed.h"
#include "store/ops_rows.h"
#include <stdio.h>

#define FIELDS_MOST 12

struct building {
    struct tend_desk *desk;
    const struct tend_raised *raised;
    struct tend_arena *arena;
    struct tend_event_field *fields;
    int64_t n;
    int64_t at;
};

static void put(struct building *b, const char *name, struct tend_text value)
{
    b->fields[b->n++] = (struct tend_event_field){ name, value };
}

static void put_str(struct building *b, const char *name, const char *value)
{
    put(b, name, tend_text_of(value));
}

static void put_int(struct building *b, const char *name, int64_t value)
{
    put_str(b, name, tend_arena_printf(b->arena, "%lld", (long long)value));
}

/* The row that the event is about: the event is refused if it is gone. */
static tend_status row_of(struct building *b, enum tend_table table, struct tend_value *values)
{
    return tend_row_read(b->desk->store, table, b->raised->subject, b->arena, values, NULL);
}

static tend_status touch_fields(struct building *b)
{
    struct tend_store *store = b->desk->store;
    struct tend_value v[TEND_N_touch], party[TEND_N_touch_party] = { 0 };
    tend_status status = row_of(b, TEND_T_touch, v);
    struct tend_text kind, disposition;
    bool significant;
    tend_id id;

    if (status != TEND_OK)
        return status;
    id = tend_rows_party(store, b->raised->subject, b->raised->person);
    if (id && (status = tend_row_read(store, TEND_T_touch_party, id, b->arena, party, NULL)) !=
                  TEND_OK)
        return status;
    kind = v[TEND_C_touch_kind].t;
    disposition = party[TEND_C_touch_party_disposition].t;
    significant = v[TEND_C_touch_significant].i != 0;
    put_int(b, "touch", b->raised->subject);
    put(b, "kind", kind);
    put(b, "direction", v[TEND_C_touch_direction].t);
    put(b, "disposition", disposition);
    put_str(b, "significant", significant ? "yes" : "");
    put(b, "sentiment", party[TEND_C_touch_party_sentiment].t);
    put(b, "text", v[TEND_C_touch_text].t);
    put(b, "means", tend_vocabulary_touch_all(b->desk->registry, kind, disposition, significant,
                                              b->arena));
    b->at = v[TEND_C_touch_at].i;
    return TEND_OK;
}

static struct tend_text commas(struct tend_arena *arena, const char *words)
{
    struct tend_text rest = tend_text_of(words), word, out;
    struct tend_buffer list = { 0 };

    while (tend_text_word(&rest, &word)) {
        if (list.len > 0)
            tend_buffer_addc(&list, ',');
        tend_buffer_add(&list, word);
    }
    out = tend_arena_text(arena, tend_buffer_text(&list));
    tend_buffer_finish(&list);
    return out;
}

static tend_status stage_fields(struct building *b)
{
    struct tend_value v[TEND_N_stage_change];
    tend_status status = row_of(b, TEND_T_stage_change, v);
    struct tend_word_info word = { 0 };
    char *track;

    if (status != TEND_OK)
        return status;
    track = tend_arena_str(b->arena, v[TEND_C_stage_change_track].t);
    tend_vocabulary_find(b->desk->registry, TEND_WORD_STAGE, v[TEND_C_stage_change_to_stage].t,
                         track, &word);
    put_str(b, "track", track);
    put(b, "from", v[TEND_C_stage_change_from_stage].t);
    put(b, "to", v[TEND_C_stage_change_to_stage].t);
    put(b, "means", commas(b->arena, word.means));
    put(b, "by", v[TEND_C_stage_change_plugin].t.len ? v[TEND_C_stage_change_plugin].t
                                                     : TEND_TEXT("user"));
    b->at = v[TEND_C_stage_change_at].i;
    return TEND_OK;
}

static tend_status task_fields(struct building *b)
{
    struct tend_value v[TEND_N_task];
    tend_status status = row_of(b, TEND_T_task, v);

    if (status != TEND_OK)
        return status;
    put_int(b, "task", b->raised->subject);
    put(b, "key", v[TEND_C_task_key].t);
    put(b, "type", v[TEND_C_task_kind].t);
    put(b, "title", v[TEND_C_task_title].t);
    put(b, "plugin", v[TEND_C_task_plugin].t);
    b->at = strcmp(b->raised->name, "task.done") == 0 ? v[TEND_C_task_state_at].i
                                                      : v[TEND_C_task_known_at].i;
    return TEND_OK;
}

static tend_status import_fields(struct building *b)
{
    struct tend_value v[TEND_N_import];
    tend_status status = row_of(b, TEND_T_import, v);

    if (status != TEND_OK)
        return status;
    put_int(b, "import", b->raised->subject);
    put_int(b, "added", v[TEND_C_import_added].i);
    put_int(b, "updated", v[TEND_C_import_updated].i);
    b->at = v[TEND_C_import_at].i;
    return TEND_OK;
}

static tend_status person_fields(struct building *b)
{
    struct tend_value v[TEND_N_person];
    tend_status status;

    if (strcmp(b->raised->name, "person.merged") == 0) {
        put_int(b, "merged", b->raised->subject);
        return TEND_OK;
    }
    if (strcmp(b->raised->name, "person.added") != 0) {
        put_str(b, "fields", b->raised->extra ? b->raised->extra : "");
        return TEND_OK;
    }
    status = tend_row_read(b->desk->store, TEND_T_person, b->raised->person, b->arena, v, NULL);
    if (status != TEND_OK)
        return status;
    put(b, "source", v[TEND_C_person_source].t);
    b->at = v[TEND_C_person_known_at].i;
    return TEND_OK;
}

/* A day of a schedule: an event of the plugin that wished for it. */
static tend_status slot_fields(struct building *b)
{
    struct tend_value v[TEND_N_slot], s[TEND_N_schedule];
    tend_status status = row_of(b, TEND_T_slot, v);
    char day[16];

    if (status == TEND_OK)
        status = tend_row_read(b->desk->store, TEND_T_schedule, v[TEND_C_slot_schedule].i,
                               b->arena, s, NULL);
    if (status != TEND_OK)
        return status;
    put(b, "schedule", s[TEND_C_schedule_key].t);
    put(b, "slot", tend_arena_text(b->arena,
                                   tend_text_of(tend_date_format(day, v[TEND_C_slot_day].i))));
    put_int(b, "missed", v[TEND_C_slot_missed].i);
    put_int(b, "late", v[TEND_C_slot_late].i);
    b->at = v[TEND_C_slot_due_at].i;
    return TEND_OK;
}

bool tend_event_is_own(const char *name)
{
    static const char *const topics[] = { "person.", "touch.", "stage.", "task.",
                                          "run.", "message.", "edge.", "import." };

    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        if (tend_text_starts(tend_text_of(name), topics[i]))
            return false;
    return true;
}

enum tend_ref_kind tend_event_subject(const char *name)
{
    struct tend_text text = tend_text_of(name);

    if (tend_text_starts(text, "touch."))
        return TEND_REF_TOUCH;
    if (tend_text_starts(text, "stage."))
        return TEND_REF_STAGE;
    if (tend_text_starts(text, "task."))
        return TEND_REF_TASK;
    if (tend_text_starts(text, "import."))
        return TEND_REF_IMPORT;
    return tend_event_is_own(name) ? TEND_REF_SLOT : TEND_REF_PERSON;
}

tend_status tend_event_build(struct tend_desk *desk, const struct tend_raised *raised,
                             struct tend_arena *arena, struct tend_event_data *data,
                             struct tend_cause *cause)
{
    struct building b = { desk, raised, arena, NULL, 0, raised->at };
    enum tend_ref_kind kind = tend_event_subject(raised->name);
    char at[48];
    tend_status status = TEND_OK;

    b.fields = tend_arena_take(arena, FIELDS_MOST * sizeof *b.fields);
    if (kind == TEND_REF_TOUCH)
        status = touch_fields(&b);
    else if (kind == TEND_REF_STAGE)
        status = stage_fields(&b);
    else if (kind == TEND_REF_TASK)
        status = task_fields(&b);
    else if (kind == TEND_REF_IMPORT)
        status = import_fields(&b);
    else if (kind == TEND_REF_SLOT)
        status = slot_fields(&b);
    else
        status = person_fields(&b);
    if (status != TEND_OK)
        return status;
    put_str(&b, "name", raised->name);
    put_int(&b, "person", raised->person);
    put(&b, "at", tend_arena_text(arena, tend_text_of(tend_instant_format(at, b.at, 0))));
    data->event = (struct tend_event){
        .size = sizeof data->event,
        .name = raised->name,
        .person = raised->person,
        .subject = raised->subject,
        .at = b.at,
    };
    data->fields = b.fields;
    data->n_fields = b.n;
    *cause = (struct tend_cause){
        .event = raised->name,
        .kind = kind,
        .id = raised->subject ? raised->subject : kind == TEND_REF_PERSON ? raised->person : 0,
        .at = b.at,
    };
    return TEND_OK;
}
