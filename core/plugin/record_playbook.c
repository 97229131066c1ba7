/* What a playbook must have to be taken: every step can be shown and started, with
 * a window that can be read, before anything of it runs. */
#define TEND_UNSTABLE
#include "plugin/private.h"
#include <tend/x/playbook.h>

#define STEPS_MOST 64           /* the effects of one call */

static const char *const audiences[] = { "prospect", "customer", "member", NULL };

static bool named_before(const struct tend_playbook *playbook, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        if (strcmp(playbook->steps[i]->name, playbook->steps[n]->name) == 0)
            return true;
    return false;
}

/* A step becomes a task, and is checked like one. */
static tend_status check_task(const struct tend_playbook *playbook, const struct tend_step *step,
                              struct tend_error *err)
{
    struct tend_fx_task task = {
        .fx = { sizeof task, TEND_FX_TASK, 1, step->name }, .title = step->title,
        .type = step->type, .window = step->window, .closed_by = step->closed_by,
        .why = step->why,
    };
    struct tend_error why = { 0 };
    tend_status status = tend_effect_check(&task.fx, &why);

    if (status != TEND_OK)
        return tend_error_set(err, status, "the playbook \"%s\": the step \"%s\": %s",
                              playbook->name, step->name, why.text);
    return TEND_OK;
}

static tend_status check_step(const struct tend_playbook *playbook, int64_t at,
                              struct tend_error *err)
{
    const struct tend_step *step = playbook->steps[at];

    if (step->size < (int64_t)sizeof *step || !tend_record_name_ok(step->name))
        return tend_error_set(err, TEND_INVALID,
                              "step %lld of the playbook \"%s\" needs its size, and a name made of "
                              "a-z 0-9 - _", (long long)(at + 1), playbook->name);
    if (named_before(playbook, at))
        return tend_error_set(err, TEND_EXISTS, "the playbook \"%s\" has two steps \"%s\"",
                              playbook->name, step->name);
    return check_task(playbook, step, err);
}

tend_status tend_record_playbook(const void *record, struct tend_error *err)
{
    const struct tend_playbook *playbook = record;
    tend_status status = TEND_OK;
    int64_t n = 0;

    if (!playbook->title || !playbook->title[0])
        return tend_error_set(err, TEND_INVALID, "the playbook \"%s\" has no `title`, a line",
                              playbook->name);
    if (playbook->audience && !tend_record_one_of(tend_text_of(playbook->audience), audiences))
        return tend_error_set(err, TEND_INVALID,
                              "the playbook \"%s\" is for \"%.40s\"; audience is one of: prospect "
                              "customer member", playbook->name, playbook->audience);
    for (; status == TEND_OK && playbook->steps && playbook->steps[n]; n++) {
        if (n == STEPS_MOST)
            return tend_error_set(err, TEND_LIMIT, "the playbook \"%s\" has more than %d steps",
                                  playbook->name, STEPS_MOST);
        status = check_step(playbook, n, err);
    }
    if (status == TEND_OK && n == 0)
        return tend_error_set(err, TEND_INVALID, "the playbook \"%s\" has no steps",
                              playbook->name);
    return status;
}
