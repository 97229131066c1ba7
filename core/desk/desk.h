/* The desk: where a command becomes facts. One deed is one command with all
 * its consequences:
 *
 *     tend_deed_begin -> tend_touch_log, tend_person_set ... -> tend_deed_end
 *
 * The use cases write facts and raise events; tend_deed_end answers the events
 * (stage rules, then policies, each in a savepoint), in the same transaction,
 * and commits, or in a dry run rolls back: what is reported is the same. */
#ifndef TEND_DESK_DESK_H
#define TEND_DESK_DESK_H

#include "desk/rules.h"
#include "plugin/call.h"
#include "plugin/vocabulary.h"
#include "store/store.h"

struct tend_desk {              /* borrowed parts of the running program */
    struct tend_store *store;
    struct tend_registry *registry;
    struct tend_clock *clock;
    struct tend_error *err;     /* every failing function of desk/ fills it */
    bool dry;                   /* --dry-run */
    struct tend_rules rules;    /* by tend_rules_get */
};

/* One consequence, for the one line that every write prints and for --json. */
struct tend_outcome {
    const char *effect;         /* "touch" "task" "retime" "closed" "reopened" "move" "hold" "set"
                                   "tag" "untag" "note" "link" "timer" "refused" "failed" "dnc" ... */
    enum tend_ref_kind kind;    /* what `id` is */
    tend_id id, person;
    const char *plugin;         /* NULL: the user */
    const char *track, *from, *to;      /* of a move */
    const char *title;          /* of a task; the text of what was refused or failed */
    int64_t opens_day, closes_day;      /* of a task, hold (until) */
    int64_t wall;               /* of an appointment, else -1 */
};

struct tend_deed {
    struct tend_arena arena;    /* all texts below */
    tend_id batch;              /* after the end; 0 if nothing changed, or a dry run */
    int64_t now;                /* one instant for the whole deed */
    tend_id actor;
    TEND_ARRAY(struct tend_outcome) outcome;
    TEND_ARRAY(const char *) warning;           /* one line each, for stderr */
    struct tend_vetoes vetoes;                  /* when TEND_VETO was returned */
    struct tend_event_queue *queue;             /* desk's own */
};

/* verb: free of personal text ("log p12"). */
tend_status tend_deed_begin(struct tend_desk *desk, struct tend_deed *deed, const char *verb);
/* Answers all events and commits. On an error everything is rolled back. */
tend_status tend_deed_end(struct tend_desk *desk, struct tend_deed *deed);
/* Rolls back; a breach of a plugin is remembered. */
void tend_deed_abort(struct tend_desk *desk, struct tend_deed *deed);
void tend_deed_finish(struct tend_deed *deed);  /* frees; after end or abort */

/* Makes `me` (p1) with this name if there is none yet, within a deed. */
tend_status tend_desk_me(struct tend_desk *desk, struct tend_deed *deed, struct tend_text name);
/* Registers the core's own normalisers and ctx->source. Once, at start. */
tend_status tend_desk_setup(struct tend_desk *desk);

#endif
