/* The order of the day: a time of the clock first, then what closes first, and
 * of that the care for those who are with us before the new. */
#include "desk/day.h"
#include "base/text.h"
#include <stdlib.h>

#define CAPACITY 10
#define OLD_DAYS 7              /* after twice its own length */

struct people {
    TEND_ARRAY(tend_id) id;
};

static int compare_ids(const void *a, const void *b)
{
    tend_id x = *(const tend_id *)a, y = *(const tend_id *)b;

    return (x > y) - (x < y);
}

/* Those whose stage means "won", in the order of their ids. */
static tend_status cared_for(struct tend_desk *desk, int64_t now, bool all,
                             struct tend_arena *arena, struct people *people)
{
    struct tend_task_stage *stages;
    int64_t n;
    tend_status status = tend_task_stages(desk->store, now, all, arena, &stages, &n);

    for (int64_t i = 0; status == TEND_OK && desk->registry != NULL && i < n; i++) {
        struct tend_word_info word;

        if (tend_vocabulary_find(desk->registry, TEND_WORD_STAGE, stages[i].stage,
                                 tend_arena_str(arena, stages[i].track), &word) &&
            tend_text_has_word(tend_text_of(word.means), TEND_TEXT("won")))
            TEND_PUSH(&people->id, stages[i].person);
    }
    if (people->id.n > 0)
        qsort(people->id.at, (size_t)people->id.n, sizeof *people->id.at, compare_ids);
    return status;
}

static bool is_old(const struct tend_task_view *task, int64_t today)
{
    int64_t length = task->closes_day - task->opens_day + 1;

    return task->plugin.len > 0 && task->wall < 0 &&
           task->closes_day + 2 * length + OLD_DAYS < today;
}

static int32_t group_of(const struct tend_task_view *task, const struct people *people,
                        int64_t today)
{
    bool care = people->id.n > 0 &&
                bsearch(&task->person, people->id.at, (size_t)people->id.n,
                        sizeof *people->id.at, compare_ids) != NULL;

    if (task->wall >= 0 && task->opens_day == today)
        return TEND_DAY_APPOINTMENT;
    if (is_old(task, today))
        return TEND_DAY_OLD;
    if (task->closes_day <= today)
        return care ? TEND_DAY_CARE_NOW : TEND_DAY_NOW;
    return care ? TEND_DAY_CARE : TEND_DAY_LATER;
}

static int64_t time_of(const struct tend_task_view *task)
{
    return task->group == TEND_DAY_APPOINTMENT ? task->opens_at : task->closes_at;
}

static int compare_tasks(const void *a, const void *b)
{
    const struct tend_task_view *x = a, *y = b;

    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (time_of(x) != time_of(y))
        return time_of(x) < time_of(y) ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* Of what opens later today only appointments stand on the list already; and a
 * window of another zone is late only when it has closed there. */
static void keep_open(struct tend_task_view *tasks, int64_t now, int64_t *n)
{
    int64_t kept = 0;

    for (int64_t i = 0; i < *n; i++) {
        tasks[i].overdue = tasks[i].overdue && tasks[i].closes_at <= now;
        if (tasks[i].opens_at <= now || tasks[i].wall >= 0)
            tasks[kept++] = tasks[i];
    }
    *n = kept;
}

tend_status tend_day_tasks(struct tend_desk *desk, int64_t now, bool all,
                           struct tend_arena *arena, struct tend_task_view **out, int64_t *n)
{
    const struct tend_zone *zone = tend_store_zone(desk->store);
    int64_t today = tend_zone_day(zone, now), night = tend_zone_instant(zone, today + 1, 0) - 1;
    struct people people = { { 0 } };
    tend_status status = tend_task_due(desk->store, all ? now : night, all, arena, out, n);

    if (status == TEND_OK && !all)
        keep_open(*out, now, n);
    if (status == TEND_OK && *n > 0)
        status = cared_for(desk, night, all, arena, &people);
    for (int64_t i = 0; status == TEND_OK && i < *n; i++)
        (*out)[i].group = group_of(&(*out)[i], &people, today);
    if (status == TEND_OK && *n > 1)
        qsort(*out, (size_t)*n, sizeof **out, compare_tasks);
    TEND_ARRAY_FINISH(&people.id);
    return status;
}

tend_status tend_day_capacity(struct tend_desk *desk, int64_t *capacity)
{
    struct tend_arena arena = { 0 };
    struct tend_text text = { 0 };
    tend_status status = tend_meta_get(desk->store, "daily", &arena, &text);

    if (status != TEND_OK || !tend_text_int(text, capacity) || *capacity < 1)
        *capacity = CAPACITY;
    tend_arena_finish(&arena);
    return status;
}
