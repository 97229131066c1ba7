/* Tasks and touches as JSON, and their times in words. */
#include "shell/local.h"
#include "shell/view.h"

static const struct {
    enum tend_ref_kind kind;
    const char *word;
} kinds[] = {
    { TEND_REF_PERSON, "person" }, { TEND_REF_TASK, "task" },
    { TEND_REF_BATCH, "batch" },   { TEND_REF_TOUCH, "touch" },
    { TEND_REF_STAGE, "stage_change" }, { TEND_REF_HOLD, "hold" },
    { TEND_REF_IMPORT, "import" }, { TEND_REF_NOTE, "note" },
    { TEND_REF_LINK, "link" },     { TEND_REF_DNC, "dnc" },
    { TEND_REF_SCHEDULE, "schedule" }, { TEND_REF_SLOT, "slot" },
    { TEND_REF_DECISION, "decision" }, { TEND_REF_TIMER, "timer" },
};

void tend_json_ref(struct tend_json *json, const char *key, enum tend_ref_kind kind, tend_id id)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].kind == kind && id != 0) {
            tend_json_open(json, key, '{');
            tend_json_id(json, kinds[i].word, id);
            tend_json_close(json, '}');
            return;
        }
    }
    tend_json_str(json, key, NULL);
}

const struct tend_zone *tend_view_zone(struct tend_shell *shell,
                                       const struct tend_task_view *view)
{
    const struct tend_zone *zone;
    struct tend_error ignored;

    if (view->zone.len > 0 && tend_zone_open(tend_arena_str(&shell->arena, view->zone), &zone,
                                             &ignored) == TEND_OK)
        return zone;
    return tend_person_zone(shell->store, view->person);
}

static const char *state_word(enum tend_task_state state)
{
    return state == TEND_TASK_DONE ? "done" : state == TEND_TASK_DROPPED ? "dropped" : "open";
}

void tend_json_task(struct tend_shell *shell, struct tend_json *json,
                    const struct tend_task_view *view)
{
    const struct tend_zone *zone = tend_view_zone(shell, view);
    int64_t wall = view->wall >= 0 ? view->wall : 0;

    tend_json_id(json, "task", view->id);
    tend_json_id(json, "person", view->person);
    tend_json_text(json, "name", view->name);
    tend_json_text(json, "kind", view->kind);
    tend_json_text(json, "title", view->title);
    tend_json_time(json, "opens", tend_zone_instant(zone, view->opens_day, wall), zone);
    /* the last moment of the last day, so that its date is that day */
    tend_json_time(json, "closes", tend_zone_instant(zone, view->closes_day + 1, 0) - TEND_SECOND,
                   zone);
    tend_json_bool(json, "overdue", view->overdue);
    tend_json_id(json, "doer", view->doer);
    tend_json_id(json, "run", 0);
    tend_json_str(json, "step", NULL);
    tend_json_ref(json, "cause", view->cause_kind, view->cause_id);
    tend_json_text(json, "phone", view->phone);
    tend_json_text(json, "why", view->why);
    tend_json_text(json, "plugin", view->plugin);
    tend_json_text(json, "window", view->span);
    tend_json_text(json, "said", view->said);
    tend_json_bool(json, "appointment", view->wall >= 0);
    tend_json_str(json, "state", state_word(view->state));
    tend_json_time(json, "state_at", view->state_at, zone);
    tend_json_id(json, "closed_touch", view->closed_touch);
}

void tend_json_touch(struct tend_shell *shell, struct tend_json *json,
                     const struct tend_touch_view *view)
{
    const struct tend_zone *zone = tend_store_zone(shell->store);

    tend_json_id(json, "touch", view->id);
    tend_json_text(json, "kind", view->kind);
    tend_json_text(json, "direction", view->direction);
    tend_json_time(json, "at", view->at, zone);
    tend_json_text(json, "text", view->text);
    tend_json_bool(json, "significant", view->significant);
    tend_json_open(json, "parties", '[');
    for (int64_t i = 0; i < view->n_parties; i++) {
        const struct tend_party_view *party = &view->parties[i];

        tend_json_open(json, NULL, '{');
        tend_json_id(json, "person", party->person);
        tend_json_text(json, "name", party->name);
        tend_json_text(json, "disposition", party->disposition);
        tend_json_text(json, "sentiment", party->sentiment);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
}

void tend_view_window(struct tend_shell *shell, struct tend_buffer *buf,
                      const struct tend_task_view *view)
{
    const struct tend_zone *zone = tend_view_zone(shell, view);

    tend_local_say(shell, buf, view->opens_day, view->wall, zone);
    if (view->closes_day > view->opens_day) {
        tend_buffer_adds(buf, " to ");
        tend_local_say(shell, buf, view->closes_day, -1, zone);
    }
}

bool tend_view_plain(const struct tend_shell *shell)
{
    return shell->width == 0 || shell->options.csv;
}

void tend_view_stamp(struct tend_buffer *buf, int64_t day, int64_t wall)
{
    char text[16];

    tend_buffer_adds(buf, tend_date_format(text, day));
    if (wall >= 0) {
        tend_buffer_addc(buf, ' ');
        tend_wall_say(buf, wall);
    }
}

void tend_view_instant(struct tend_shell *shell, struct tend_buffer *buf, int64_t instant)
{
    const struct tend_zone *zone = tend_store_zone(shell->store);
    struct tend_civil civil = tend_zone_civil(zone, instant);

    tend_when_say(buf, tend_zone_day(zone, instant),
                  civil.hour * TEND_HOUR + civil.minute * TEND_MINUTE, tend_shell_today(shell));
}
