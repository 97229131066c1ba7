/* Effects become facts. For desk/ alone. */
#ifndef TEND_DESK_APPLY_H
#define TEND_DESK_APPLY_H

#include "base/text.h"
#include "desk/deed.h"

struct tend_applying {          /* one effect */
    struct tend_desk *desk;
    struct tend_deed *deed;
    const struct tend_cause *cause;
    struct tend_arena *arena;   /* scratch */
};

/* All of what one call returned; the caller holds a savepoint. A refusal by the
 * gate or a guard is no error, but told and written down. */
tend_status tend_apply(struct tend_desk *desk, struct tend_deed *deed,
                       const struct tend_cause *cause, const struct tend_effects *effects,
                       struct tend_arena *arena);

tend_status tend_apply_task(const struct tend_applying *a, const struct tend_fx_task *fx);
tend_status tend_apply_retime(const struct tend_applying *a, const struct tend_fx_retime *fx);
tend_status tend_apply_close(const struct tend_applying *a, const struct tend_fx_close *fx,
                             bool done);
tend_status tend_apply_move(const struct tend_applying *a, const struct tend_fx_move *fx);
tend_status tend_apply_hold(const struct tend_applying *a, const struct tend_fx_hold *fx);

/* Ends a task and raises task.done if it was done. touch: 0 without one. */
tend_status tend_task_close(struct tend_desk *desk, struct tend_deed *deed, tend_id task,
                            bool done, tend_id touch, const char *plugin);
/* A word, not a veto, if the window of a task that is done at this instant is still to open. */
void tend_task_warn_early(struct tend_desk *desk, struct tend_deed *deed, int64_t at,
                          tend_id person, struct tend_text plugin, int64_t opens_day);
/* Does the touch that is asked for close this task? */
struct tend_touch_ask;
struct tend_task_view;
bool tend_touch_answers(struct tend_desk *desk, const struct tend_touch_ask *ask, int64_t at,
                        const struct tend_task_view *task);
/* Closes what it closes of one person. */
tend_status tend_touch_close(struct tend_desk *desk, struct tend_deed *deed,
                             const struct tend_touch_ask *ask, int64_t at, tend_id person,
                             tend_id touch);
/* Where it was not said: a conversation is one in which something was said. */
bool tend_touch_conversation(struct tend_desk *desk, const struct tend_touch_ask *ask);
/* What somebody said against it, and what is behind that. */
tend_status tend_objection_write(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                 tend_id touch, struct tend_text stated,
                                 struct tend_text underlying);
/* Writes a stage change and what goes with it: no guard is asked. */
tend_status tend_stage_write(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             const struct tend_word_info *stage, struct tend_text from,
                             struct tend_text reason, const struct tend_cause *cause,
                             tend_id *change);
/* Changes a field of a person, for the user or (cause->plugin) for a plugin;
 * *changed says whether anything did. */
struct tend_field;
tend_status tend_field_apply(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             const struct tend_field *fields, int64_t n, const char *plugin,
                             bool *changed);
tend_status tend_tag_apply(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                           struct tend_text tag, bool on, const char *plugin, bool *changed);
tend_status tend_note_write(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            struct tend_text text, const char *plugin, tend_id *note);
tend_status tend_link_write(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            tend_id other, struct tend_text kind, const char *plugin,
                            tend_id *link, bool *made);
/* TEND_INVALID with a suggestion for what is no channel: all call text email visit,
 * or a touch kind. */
tend_status tend_channel_check(struct tend_desk *desk, struct tend_text channel);
/* TEND_NOT_FOUND if there is no such person. */
tend_status tend_person_there(struct tend_desk *desk, tend_id person);

/* "Thu 26 Mar 2026 19:00", in the zone. */
void tend_words_moment(struct tend_buffer *out, const struct tend_zone *zone, int64_t instant);
/* A line for each clock change between two local days, both included. */
void tend_words_changes(struct tend_buffer *out, const struct tend_zone *zone, int64_t from_day,
                        int64_t to_day);
/* A line that says what the gate made of a window; nothing if it let it be. */
struct tend_gate_window;
void tend_words_gate(struct tend_buffer *out, int64_t today, const struct tend_gate_window *wanted,
                     const struct tend_gate_window *allowed);
/* The words of one kind, for "did you mean": a list that a NULL ends. */
const char *const *tend_words_of(struct tend_desk *desk, enum tend_word_what what,
                                 struct tend_arena *arena);
/* TEND_INVALID with a suggestion if a stage set names words of this kind, and
 * this is none of them. */
tend_status tend_word_check(struct tend_desk *desk, enum tend_word_what what, const char *noun,
                            struct tend_text word);

#endif
