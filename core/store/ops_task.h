/* Tasks: the list of the day, and one task whole. */
#ifndef TEND_STORE_OPS_TASK_H
#define TEND_STORE_OPS_TASK_H

#include "store/row.h"

struct tend_task_view {
    tend_id id, person, doer, closed_touch, cause_id;
    enum tend_ref_kind cause_kind;
    enum tend_task_state state;
    struct tend_text name;              /* of the person */
    struct tend_text phone;             /* the first, as typed */
    struct tend_text kind, title, why, plugin, key, span, closed_by, zone;
    struct tend_text said;              /* the text of the person's last touch */
    int64_t anchor, opens_day, closes_day, wall, state_at;  /* wall < 0: none */
    int64_t opens_at, closes_at;        /* of an open one: instants */
    bool overdue;                       /* closes_at <= the instant asked about */
    int32_t group;                      /* its place in the day: desk/day.h */
};

tend_status tend_task_read(struct tend_store *store, tend_id task, int64_t now,
                           struct tend_arena *arena, struct tend_task_view *view);
/* Open tasks whose window has opened at `now`, of people not archived: overdue
 * and due, by closing time, then id. With all, every open task. */
tend_status tend_task_due(struct tend_store *store, int64_t now, bool all,
                          struct tend_arena *arena, struct tend_task_view **out, int64_t *n);
/* How many there are of them, without `all`. */
tend_status tend_task_due_count(struct tend_store *store, int64_t now, int64_t *n);
/* Those of them that opened behind the instant `since`, or are newer than the task
 * `last`: at most 100, by the time when they opened. */
tend_status tend_task_opened(struct tend_store *store, int64_t since, tend_id last, int64_t now,
                             struct tend_arena *arena, struct tend_task_view **out, int64_t *n);
tend_status tend_task_last(struct tend_store *store, tend_id *last);   /* the newest; 0: none */
/* Where the people stand who have a task that tend_task_due finds; one row for
 * each task and track. */
struct tend_task_stage {
    tend_id person;
    struct tend_text track, stage;
};
tend_status tend_task_stages(struct tend_store *store, int64_t now, bool all,
                             struct tend_arena *arena, struct tend_task_stage **out, int64_t *n);
/* How many open tasks open later than that. */
tend_status tend_task_later_count(struct tend_store *store, int64_t now, int64_t *n);
/* The instants at which open tasks open, between the two, in order. */
tend_status tend_task_opening(struct tend_store *store, int64_t after, int64_t until,
                              struct tend_arena *arena, int64_t **out, int64_t *n);
/* Open tasks that a decision with this effect has put off to later than `now`:
 * how many, and when the last opens. Batches before `from` do not
 * count. */
tend_status tend_task_put_off(struct tend_store *store, const char *effect, tend_id from,
                              int64_t now, int64_t *n, int64_t *last);
/* Open tasks of one person (no phone, no said). */
tend_status tend_task_of(struct tend_store *store, tend_id person, int64_t now,
                         struct tend_arena *arena, struct tend_task_view **out, int64_t *n);
/* The tasks of this key, by one look: *same, of this cause, whatever its state, an
 * open one first; *open, of any cause. 0: there is none. */
tend_status tend_task_keyed(struct tend_store *store, tend_id person, struct tend_text plugin,
                            struct tend_text key, enum tend_ref_kind cause_kind,
                            tend_id cause_id, tend_id *same, tend_id *open);
/* The task of this identity whatever its state; 0 if there is none. An open
 * one of the same key with another cause is found when cause_id is 0. */
tend_id tend_task_by_key(struct tend_store *store, tend_id person, struct tend_text plugin,
                         struct tend_text key, enum tend_ref_kind cause_kind, tend_id cause_id,
                         bool open_only);

#endif
