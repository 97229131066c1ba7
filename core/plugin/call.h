/* Calling plugins: every call of a provider goes through here, gets a context,
 * a budget and an error slot, is timed, and has its effects checked.
 *
 * A call that fails leaves the slot filled with "plugin NAME: KIND: why" and
 * returns its code; its effects are dropped. Whether it was a breach is asked
 * of the registry. */
#ifndef TEND_PLUGIN_CALL_H
#define TEND_PLUGIN_CALL_H

#include "plugin/effects.h"
#include "plugin/registry.h"

struct tend_event_field {
    const char *name;
    struct tend_text value;
};

struct tend_event_data {        /* an event, with what read->event answers */
    struct tend_event event;
    const struct tend_event_field *fields;
    int64_t n_fields;
};

struct tend_call_value {        /* one argument or flag of a command, as it was given */
    const char *name;
    struct tend_text text;
    int64_t number;
    const tend_id *people;
    int64_t n_people;
};
struct tend_call_args {
    const struct tend_call_value *value;
    int64_t n;
};

struct tend_veto {
    const char *plugin, *code, *text, *cure;    /* cure "" if there is none */
};
struct tend_vetoes {
    TEND_ARRAY(struct tend_veto) veto;          /* array on the heap, texts in the arena */
};

/* Does this policy or stage set answer the event (its `on`)? */
bool tend_call_answers(const struct tend_provider *provider, const char *event);
tend_status tend_call_policy(struct tend_registry *registry, const struct tend_provider *policy,
                             const struct tend_event_data *event, struct tend_arena *arena,
                             struct tend_effects *effects);
/* The rule of a stage set: only move and hold are taken. */
tend_status tend_call_rule(struct tend_registry *registry, const struct tend_provider *set,
                           const struct tend_event_data *event, struct tend_arena *arena,
                           struct tend_effects *effects);
/* Asks every guard of every stage set; all vetoes are collected. A guard that
 * fails, or whose plugin is set aside, vetoes. A breach ends the asking: its
 * code, and the slot says whose it was. */
tend_status tend_call_guards(struct tend_registry *registry, const struct tend_move *move,
                             struct tend_arena *arena, struct tend_vetoes *vetoes);
/* One look of a command: its effects, of which one may be an ask, for a flag that
 * it has and that was not given. */
tend_status tend_call_command(struct tend_registry *registry, const struct tend_provider *command,
                              const struct tend_call_args *args, struct tend_arena *arena,
                              struct tend_effects *effects);
/* A report as the command that it is to the shell. */
struct tend_report;
struct tend_command_record tend_report_command(const struct tend_report *report);
/* Likewise one look of a report, which prints and gives rows. */
tend_status tend_call_report(struct tend_registry *registry, const struct tend_provider *report,
                             const struct tend_call_args *args, struct tend_arena *arena,
                             struct tend_effects *effects);
/* How sure a matcher is of each of n pairs, at most 256; reasons go to the arena. */
tend_status tend_call_matcher(struct tend_registry *registry, const struct tend_provider *matcher,
                              int64_t n, const struct tend_pair *pairs, struct tend_score *scores,
                              struct tend_arena *arena);
/* Runs a chunk at the console: what it wants done is in effects. It may take as long
 * as it likes, until somebody interrupts it. */
tend_status tend_call_eval(struct tend_registry *registry, struct tend_eval *what,
                           struct tend_arena *arena, struct tend_effects *effects);
/* How sure, 0 to 100. One that fails is not sure, which is logged; after a
 * breach it is set aside, and its code < 0 returned with the slot filled. */
int32_t tend_call_sniff(struct tend_registry *registry, const struct tend_provider *source,
                        struct tend_text head, struct tend_text filename);
tend_status tend_call_read(struct tend_registry *registry, const struct tend_provider *source,
                           const struct tend_call_args *options, struct tend_input *input);
/* Whoever gives a reader ctx->source tells what it has read, and what it hands over: each
 * value (or other text), and each row at its end. TEND_LIMIT: it was more than that pays
 * for; the slot of the call is filled, and nothing more is taken. */
void tend_call_took(struct tend_registry *registry, int64_t bytes);
tend_status tend_call_put(struct tend_registry *registry, int64_t bytes);
tend_status tend_call_row(struct tend_registry *registry);
tend_status tend_call_keys(struct tend_registry *registry, const struct tend_provider *normaliser,
                           int64_t n, const struct tend_text *values,
                           const struct tend_text *regions, struct tend_text *keys,
                           struct tend_arena *arena);

#endif
