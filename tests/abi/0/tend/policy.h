/* SPDX-License-Identifier: 0BSD
 *
 * policy: answers an event with effects (kind "policy").
 *
 * A policy runs inside the transaction of its event, in a savepoint of its
 * own: what it returns is applied whole or not at all, and is undone together
 * with the event.
 *
 * Events, and what read->event(ctx, FIELD) knows of each besides `name`,
 * `person` and `at` (ISO 8601):
 *
 *     person.added       source
 *     person.changed     fields (comma separated)
 *     touch.logged       touch kind direction disposition significant sentiment text
 *                        means (all that kind and disposition mean, comma separated)
 *     stage.changed      track from to means (of the stage) by (user, or a plugin)
 *     task.opened        task key type title plugin
 *     task.done          task key type title plugin
 *     import.done        import added updated
 *
 * A name in `on` that begins like one of these (person, touch, stage, task,
 * run, message, edge, import, up to the dot) and is none of them is refused
 * while the plugin loads.
 */
#ifndef TEND_POLICY_H
#define TEND_POLICY_H

#include <tend/types.h>

struct tend_ctx;

struct tend_event {
    uint32_t size, pad;
    const char *name;       /* "touch.logged" */
    tend_id person;         /* whom it is about; of a touch: the party */
    tend_id subject;        /* the touch, stage change or task; 0: none */
    int64_t at;             /* when it happened, microseconds UTC */
};

struct tend_policy {
    int64_t size;
    const char *name;
    const char *on;         /* event names, separated by spaces */
    tend_status (*run)(struct tend_ctx *ctx, const struct tend_event *event);
};

#endif
