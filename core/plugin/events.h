/* What happens, and who listens to it, in which order. */
#ifndef TEND_PLUGIN_EVENTS_H
#define TEND_PLUGIN_EVENTS_H

#include "plugin/registry.h"

struct tend_event_info {
    const char *name, *fields, *when;
    int32_t level;              /* of the API, since when */
};

/* The events of the core; false past the last. */
bool tend_event_at(int64_t index, struct tend_event_info *event);
bool tend_event_find(struct tend_text name, struct tend_event_info *event);
/* Is it one that begins as the core's do ("touch.")? Then no plugin raises it. */
bool tend_event_is_cores(struct tend_text name);
/* Their names, a NULL ends: for messages. */
const char *const *tend_event_names(void);

enum tend_phase { TEND_PHASE_EARLY, TEND_PHASE_NORMAL, TEND_PHASE_LATE };

/* "early", "late" or neither before the events of an `on`. */
enum tend_phase tend_events_phase(const char *on);
const char *tend_phase_name(enum tend_phase phase);

/* Who answers this event, as they are asked: the rules of stage sets first, then the
 * policies; NULL past the last. Also those that are set aside. Wakes nobody. */
const struct tend_provider *tend_event_listener(const struct tend_registry *registry,
                                                struct tend_text event, int64_t index);

#endif
