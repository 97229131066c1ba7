/* Starting a playbook: its steps become tasks of its plugin, with the key
 * "<playbook>/<step>". */
#define TEND_UNSTABLE
#include "desk/playbook.h"
#include "desk/apply.h"
#include "plugin/rights.h"
#include "store/ops_read.h"
#include "store/ops_task.h"
#include <tend/x/playbook.h>

struct starting {
    struct tend_applying a;
    const struct tend_playbook *playbook;
    tend_id person;
};

static const char *key_of(const struct starting *s, const struct tend_step *step)
{
    return tend_arena_printf(s->a.arena, "%s/%s", s->playbook->name, step->name);
}

/* An open task of it, or 0. */
static tend_id open_task(const struct starting *s)
{
    tend_id task = 0;

    for (int64_t i = 0; task == 0 && s->playbook->steps[i] != NULL; i++)
        task = tend_task_by_key(s->a.desk->store, s->person, tend_text_of(s->a.cause->plugin),
                                tend_text_of(key_of(s, s->playbook->steps[i])), TEND_REF_NONE, 0,
                                true);
    return task;
}

static tend_status make_tasks(const struct starting *s)
{
    const struct tend_playbook *playbook = s->playbook;
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && playbook->steps[i] != NULL; i++) {
        const struct tend_step *step = playbook->steps[i];
        struct tend_fx_task task = {
            .fx = { sizeof task, TEND_FX_TASK, s->person, key_of(s, step) },
            .title = step->title, .type = step->type, .window = step->window,
            .closed_by = step->closed_by,
            .why = step->why != NULL ? step->why : playbook->title,
        };

        status = tend_apply_task(&s->a, &task);
    }
    return status;
}

/* A playbook for members may be started with somebody who is none: that is said. */
static tend_status check_audience(const struct starting *s)
{
    const char *audience = s->playbook->audience;
    struct tend_text roles, role;
    tend_status status;
    bool fits;

    if (audience == NULL || audience[0] == '\0')
        return TEND_OK;
    status = tend_read_list(s->a.desk->store, TEND_READ_ROLES, s->person, (struct tend_text){ 0 },
                            s->a.deed->now, s->a.arena, &roles);
    if (status != TEND_OK)
        return status;
    fits = roles.len == 0 && strcmp(audience, "prospect") == 0;
    while (!fits && tend_text_cut(&roles, ",", &role))
        fits = tend_text_is(role, audience);
    if (!fits)
        tend_deed_warn(s->a.deed, "%s is for a %s, which p%lld is not", s->playbook->name, audience,
                       (long long)s->person);
    return TEND_OK;
}

/* Its steps are tasks. What is refused to it is its own failure, and no veto. */
static tend_status may_start(struct tend_desk *desk, const struct tend_provider *playbook)
{
    struct tend_error why = { 0 };

    if (tend_rights_ask(playbook->owner, TEND_RIGHT_EFFECTS, TEND_TEXT("task"), &why) == TEND_OK)
        return TEND_OK;
    tend_error_set(desk->err, TEND_INTERNAL, "plugin %s: playbook %s: %s",
                   tend_instance_name(playbook->owner), playbook->name, why.text);
    if (why.cure[0])
        tend_error_cure(desk->err, "%s", why.cure);
    return TEND_INTERNAL;
}

tend_status tend_playbook_start(struct tend_desk *desk, struct tend_deed *deed,
                                const struct tend_provider *playbook, tend_id person,
                                tend_id *running)
{
    struct tend_arena arena = { 0 };
    struct tend_cause cause = {
        .plugin = tend_instance_name(playbook->owner),
        .event = tend_arena_printf(&deed->arena, "playbook %s", playbook->name),
        .kind = TEND_REF_BATCH, .id = tend_batch_current(desk->store), .at = deed->now,
    };
    struct starting s = { { desk, deed, &cause, &arena }, playbook->record, person };
    tend_status status = may_start(desk, playbook);

    *running = 0;
    if (status == TEND_OK)
        status = tend_person_there(desk, person);
    if (status == TEND_OK)
        *running = open_task(&s);
    if (status == TEND_OK && *running == 0)
        status = check_audience(&s);
    if (status == TEND_OK && *running == 0)
        status = make_tasks(&s);
    tend_arena_finish(&arena);
    return status;
}
