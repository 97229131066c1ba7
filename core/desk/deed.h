/* What the files of the desk share: raising events, answering them, and saying
 * what came of it. For desk/ alone. */
#ifndef TEND_DESK_DEED_H
#define TEND_DESK_DEED_H

#include "desk/desk.h"
#include "store/row.h"

#define TEND_EVENTS_DEEP 8      /* events that answer events */
#define TEND_EVENTS_MOST 1000   /* of a batch that are answered at once */

struct tend_timer_claim;

/* An event that waits. What it says is read from the database when it is
 * answered, so that one asked again by a timer says the same. */
struct tend_raised {
    const char *name;           /* "touch.logged" */
    tend_id person, subject;
    int64_t at;
    const char *extra;          /* of person.changed: the fields; else NULL */
    const char *plugin;         /* only this one is asked; NULL: all */
    struct tend_timer_claim *timer;     /* it is what this timer was for; NULL */
    int32_t depth, attempt;
    bool answered;
};

struct tend_event_queue {
    TEND_ARRAY(struct tend_raised) event;
    int64_t next;
    int32_t depth;              /* of the event being answered */
};

/* Why something is done: who answers which event. Zeroed: the user. */
struct tend_cause {
    const char *plugin;
    const char *event;
    enum tend_ref_kind kind;
    tend_id id;
    int64_t at;                 /* the anchor of windows */
};

/* As tend_deed_begin, of another kind than a command. */
tend_status tend_deed_begin_as(struct tend_desk *desk, struct tend_deed *deed,
                               enum tend_batch_kind kind, const char *verb);
/* Does a plugin of this name (as in a timer) answer the event? With `all` even
 * one that is set aside. */
bool tend_deed_is_asked(struct tend_desk *desk, const char *event, const char *plugin, bool all);
/* name must be a literal, or live as long as the deed. at 0: now. */
void tend_deed_raise(struct tend_deed *deed, const char *name, tend_id person, tend_id subject,
                     int64_t at, const char *extra);
/* Answers what waits, in order: for each event the stage rules, what these
 * moved, then the policies. tend_deed_end does it for all that is left. */
tend_status tend_deed_answer(struct tend_desk *desk, struct tend_deed *deed);
/* Adds to what is reported; texts are copied into the deed's arena. */
void tend_deed_tell(struct tend_deed *deed, const struct tend_outcome *outcome);
void tend_deed_warn(struct tend_deed *deed, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Of a plugin's own, "<plugin>.<key>": it comes to that plugin alone. */
bool tend_event_is_own(const char *name);
/* What an event is about, as a cause: its subject, or its person. */
enum tend_ref_kind tend_event_subject(const char *name);
tend_status tend_event_build(struct tend_desk *desk, const struct tend_raised *raised,
                             struct tend_arena *arena, struct tend_event_data *data,
                             struct tend_cause *cause);

/* The row of why: lines are separated by line ends. */
tend_status tend_deed_decide(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             const struct tend_cause *cause, const char *effect,
                             enum tend_ref_kind subject_kind, tend_id subject,
                             struct tend_text text);

/* Gives a new person the initial stage that a stage set declares, if any. */
tend_status tend_pipeline_initial(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                  bool tell);

#endif
