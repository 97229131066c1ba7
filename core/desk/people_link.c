/* What ties people, and who asked to be left alone. */
#include "desk/apply.h"
#include "desk/gate.h"
#include "desk/people.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"

static const char *const channels[] = { "all", "call", "text", "email", "visit", NULL };

/* An open link of this kind from one to the other; *link 0 if there is none. */
static tend_status find_link(struct tend_desk *desk, tend_id person, tend_id other,
                             struct tend_text kind, tend_id *link)
{
    struct tend_arena arena = { 0 };
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(desk->store, TEND_T_link, person, &arena, &ids, &n);

    *link = 0;
    for (int64_t i = 0; status == TEND_OK && !*link && i < n; i++) {
        struct tend_value v[TEND_N_link];

        status = tend_row_read(desk->store, TEND_T_link, ids[i], &arena, v, NULL);
        if (status == TEND_OK && tend_person_root(desk->store, v[TEND_C_link_other].i) == other &&
            tend_text_eq(v[TEND_C_link_kind].t, kind))
            *link = ids[i];
    }
    tend_arena_finish(&arena);
    return status;
}

bool tend_link_both_ways(struct tend_text kind)
{
    return tend_text_is(kind, "spouse") || tend_text_is(kind, "household") ||
           tend_text_is(kind, "partner") || tend_text_is(kind, "friend") ||
           tend_text_is(kind, "sibling") || tend_text_is(kind, "colleague");
}

tend_status tend_link_write(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            tend_id other, struct tend_text kind, const char *plugin,
                            tend_id *link, bool *made)
{
    struct tend_value v[TEND_N_link] = {
        [TEND_C_link_person] = tend_int(person),
        [TEND_C_link_other] = tend_int(other),
        [TEND_C_link_kind] = tend_str(kind),
        [TEND_C_link_from_day] =
            tend_int(tend_zone_day(tend_store_zone(desk->store), deed->now)),
        [TEND_C_link_known_at] = tend_int(deed->now),
    };
    tend_status status = find_link(desk, person, other, kind, link);

    *made = false;
    if (status == TEND_OK && !*link && tend_link_both_ways(kind))
        status = find_link(desk, other, person, kind, link);
    if (status != TEND_OK || *link)
        return status;
    status = tend_row_insert(desk->store, TEND_T_link, v, link);
    if (status != TEND_OK)
        return status;
    *made = true;
    tend_deed_tell(deed, &(struct tend_outcome){
        .effect = "link", .kind = TEND_REF_LINK, .id = *link, .person = person, .plugin = plugin,
        .title = tend_arena_str(&deed->arena, kind), .wall = -1 });
    tend_deed_raise(deed, "person.changed", person, 0, 0, "link");
    return TEND_OK;
}

tend_status tend_person_link(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             tend_id other, struct tend_text kind, tend_id *link)
{
    bool made;
    tend_status status = tend_person_there(desk, person);

    *link = 0;
    kind = tend_text_trim(kind);
    if (status == TEND_OK)
        status = tend_person_there(desk, other);
    if (status == TEND_OK && person == other)
        return tend_error_set(desk->err, TEND_INVALID, "a link ties two people");
    if (status == TEND_OK && (kind.len == 0 || !tend_text_valid(kind)))
        return tend_error_set(desk->err, TEND_INVALID,
                              "a link needs a kind: spouse household referred_by coach");
    if (status == TEND_OK)
        status = tend_link_write(desk, deed, person, other, kind, NULL, link, &made);
    if (status == TEND_OK && !made)
        return tend_error_set(desk->err, TEND_EXISTS, "p%lld and p%lld are tied so already",
                              (long long)person, (long long)other);
    return status;
}

/* --- do-not-contact ----------------------------------------------------- */

tend_status tend_channel_check(struct tend_desk *desk, struct tend_text channel)
{
    const char *near;

    for (int64_t i = 0; channels[i]; i++)
        if (tend_text_is(channel, channels[i]))
            return TEND_OK;
    if (tend_vocabulary_find(desk->registry, TEND_WORD_KIND, channel, NULL, NULL))
        return TEND_OK;
    near = tend_text_nearest(channel, channels);
    return tend_error_set(desk->err, TEND_INVALID, "\"%.*s\" is no channel%s%s%s; there are: all "
                                                   "call text email visit",
                          TEND_FMT(tend_text_clip(channel, 60)), near ? "; did you mean " : "",
                          near ? near : "", near ? "?" : "");
}

/* The open marks of this channel; `all` lifts every one. */
static tend_status open_marks(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                              struct tend_text channel, bool lift, tend_id *mark)
{
    struct tend_arena arena = { 0 };
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(desk->store, TEND_T_dnc, person, &arena, &ids, &n);

    *mark = 0;
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_value v[TEND_N_dnc];

        status = tend_row_read(desk->store, TEND_T_dnc, ids[i], &arena, v, NULL);
        if (status != TEND_OK || v[TEND_C_dnc_contact_point].type != TEND_NULL ||
            (!tend_text_eq(v[TEND_C_dnc_channel].t, channel) &&
             !(lift && tend_text_is(channel, "all"))))
            continue;
        *mark = ids[i];
        if (lift)
            status = tend_row_set(desk->store, TEND_T_dnc, ids[i], TEND_C_dnc_ended_at,
                                  tend_int(deed->now));
    }
    tend_arena_finish(&arena);
    return status;
}

/* What the gate would now refuse goes from the list. */
static tend_status drop_tasks(struct tend_desk *desk, struct tend_deed *deed, tend_id person)
{
    struct tend_arena arena = { 0 };
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(desk->store, TEND_T_task, person, &arena, &ids, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_value v[TEND_N_task];
        struct tend_gate_answer gate = { .open = true };
        const char *text;

        status = tend_row_read(desk->store, TEND_T_task, ids[i], &arena, v, NULL);
        if (status == TEND_OK)
            status = tend_gate_ask(desk, deed, person, v[TEND_C_task_kind].t, &gate);
        if (status != TEND_OK || gate.open)
            continue;
        status = tend_task_close(desk, deed, ids[i], false, 0, NULL);
        text = tend_arena_printf(&arena, "dropped by the gate: %s", gate.why);
        if (status == TEND_OK)
            status = tend_deed_decide(desk, deed, person, &(struct tend_cause){ 0 }, "drop",
                                      TEND_REF_TASK, ids[i], tend_text_of(text));
    }
    tend_arena_finish(&arena);
    return status;
}

static void tell(struct tend_deed *deed, const char *effect, tend_id dnc, tend_id person,
                 struct tend_text channel)
{
    tend_deed_tell(deed, &(struct tend_outcome){
        .effect = effect, .kind = TEND_REF_DNC, .id = dnc, .person = person,
        .title = tend_arena_str(&deed->arena, channel), .wall = -1 });
}

static tend_status mark(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                        struct tend_text channel, struct tend_text text, tend_id *dnc)
{
    struct tend_value v[TEND_N_dnc] = {
        [TEND_C_dnc_person] = tend_int(person),
        [TEND_C_dnc_channel] = tend_str(channel),
        [TEND_C_dnc_text] = tend_str(text),
        [TEND_C_dnc_at] = tend_int(deed->now),
        [TEND_C_dnc_known_at] = tend_int(deed->now),
    };
    tend_status status = tend_row_insert(desk->store, TEND_T_dnc, v, dnc);

    if (status != TEND_OK)
        return status;
    tell(deed, "dnc", *dnc, person, channel);
    return drop_tasks(desk, deed, person);
}

tend_status tend_person_do_not_contact(struct tend_desk *desk, struct tend_deed *deed,
                                       tend_id person, struct tend_text channel,
                                       struct tend_text text, bool on, tend_id *dnc)
{
    tend_status status = tend_person_there(desk, person);

    *dnc = 0;
    channel = channel.len > 0 ? tend_text_trim(channel) : TEND_TEXT("all");
    if (status == TEND_OK)
        status = tend_channel_check(desk, channel);
    if (status == TEND_OK)
        status = open_marks(desk, deed, person, channel, !on, dnc);
    if (status != TEND_OK)
        return status;
    if (on && *dnc)
        return tend_error_set(desk->err, TEND_EXISTS, "p%lld is marked so already",
                              (long long)person);
    if (!on && !*dnc)
        return tend_error_set(desk->err, TEND_NOT_FOUND, "p%lld has no such mark",
                              (long long)person);
    if (on)
        status = mark(desk, deed, person, channel, text, dnc);
    else
        tell(deed, "contact", *dnc, person, channel);
    if (status == TEND_OK)
        tend_deed_raise(deed, "person.changed", person, 0, 0, "dnc");
    return status;
}
