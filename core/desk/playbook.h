/* Playbooks: a plan of steps that is started with somebody. */
#ifndef TEND_DESK_PLAYBOOK_H
#define TEND_DESK_PLAYBOOK_H

#include "desk/desk.h"

/* Each step becomes a task in its window, counted from now, by the way of any plugin's
 * task: one that the gate refuses is told, not made. A playbook of which a task is open
 * with this person is not started again: *running is that task then, and nothing is
 * done; else 0. */
tend_status tend_playbook_start(struct tend_desk *desk, struct tend_deed *deed,
                                const struct tend_provider *playbook, tend_id person,
                                tend_id *running);

#endif
