/* What the gate has to say where tasks are shown and planned: a task that would
 * wake somebody, a time that was chosen on a holiday. */
#include "shell/gate_words.h"
#include "desk/deed.h"
#include "store/ops_person.h"

/* What is read when they please wakes nobody. What has no kind is most likely a
 * call; the list of the day does without the vocabulary of plugins. */
static bool disturbs(struct tend_text kind)
{
    return !tend_text_has_word(TEND_TEXT("email letter card video reply web_form post"), kind);
}

static void add_clock(struct tend_buffer *out, const struct tend_zone *zone, int64_t at,
                      int64_t now)
{
    struct tend_civil c = tend_zone_civil(zone, at);
    int64_t day = tend_zone_day(zone, at);

    /* the next morning needs no day */
    if (day > tend_zone_day(zone, now) + 1)
        tend_buffer_addf(out, "%s ", tend_date_weekday_name(tend_date_weekday(day)));
    tend_buffer_addf(out, "%02d:%02d", c.hour, c.minute);
}

tend_status tend_gate_asleep(struct tend_shell *shell, const struct tend_task_view *task,
                             int64_t now, const char **words, int64_t *until)
{
    const struct tend_zone *own = tend_store_zone(shell->store);
    struct tend_gate_moment moment;
    struct tend_buffer out = { 0 };
    tend_status status;
    bool same;

    *words = NULL;
    *until = 0;
    if (task->opens_at > now || !disturbs(task->kind))
        return TEND_OK;
    status = tend_gate_quiet(&shell->desk, task->person, now, &shell->arena, &moment);
    if (status != TEND_OK || moment.open)
        return status;
    same = tend_zone_offset(own, moment.until) == tend_zone_offset(moment.zone, moment.until);
    tend_buffer_addf(&out, "quiet%s until ", same ? "" : " there");
    add_clock(&out, moment.zone, moment.until, now);
    if (!same) {
        tend_buffer_adds(&out, " (");
        add_clock(&out, own, moment.until, now);
        tend_buffer_adds(&out, " here)");
    }
    *words = tend_arena_str(&shell->arena, tend_buffer_text(&out));
    *until = moment.until;
    tend_buffer_finish(&out);
    return TEND_OK;
}

tend_status tend_gate_remark(struct tend_shell *shell, struct tend_deed *deed, tend_id person,
                             struct tend_text kind, int64_t day, int64_t wall)
{
    const struct tend_zone *zone = tend_person_zone(shell->store, person);
    struct tend_gate_moment moment;
    const char *why;
    int64_t open;
    tend_status status = tend_gate_day(&shell->desk, person, day, &shell->arena, &open, &why);

    if (status == TEND_OK && why != NULL)
        tend_deed_warn(deed, "%.*s; it stands as you chose it", (int)strcspn(why, ";"), why);
    if (status != TEND_OK || wall < 0 || !disturbs(kind))
        return status;
    status = tend_gate_quiet(&shell->desk, person, tend_zone_instant(zone, day, wall),
                             &shell->arena, &moment);
    if (status == TEND_OK && !moment.open)
        tend_deed_warn(deed, "%s; it stands as you chose it", moment.reason[0]);
    return status;
}
