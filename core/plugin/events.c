/* The events that there are, and the order in which they are answered. */
#include "plugin/events.h"
#include "base/text.h"
#include "plugin/private.h"

static const struct tend_event_info events[] = {
#define TEND_EVENT(name, level, fields, when) { name, fields, when, level },
#include <tend/api/event.def>
};
#define N_EVENTS ((int64_t)(sizeof events / sizeof *events))

static const char *const names[] = {
#define TEND_EVENT(name, level, fields, when) name,
#include <tend/api/event.def>
    NULL
};

/* Nobody else says anything that begins as these do; run, message and edge are
 * kept for what is to come. */
static const char *const topics[] = { "person", "touch", "stage", "task",
                                      "run", "message", "edge", "import" };

bool tend_event_at(int64_t index, struct tend_event_info *event)
{
    if (index < 0 || index >= N_EVENTS)
        return false;
    *event = events[index];
    return true;
}

bool tend_event_find(struct tend_text name, struct tend_event_info *event)
{
    for (int64_t i = 0; tend_event_at(i, event); i++)
        if (tend_text_is(name, event->name))
            return true;
    return false;
}

bool tend_event_is_cores(struct tend_text name)
{
    struct tend_text rest = name, topic;

    if (!tend_text_cut(&rest, ".", &topic))
        return false;
    for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
        if (tend_text_is(topic, topics[i]))
            return true;
    return false;
}

const char *const *tend_event_names(void)
{
    return names;
}

static const char *const phases[] = { "early", "normal", "late" };

enum tend_phase tend_events_phase(const char *on)
{
    struct tend_text rest = tend_text_of(on ? on : ""), word;

    if (!tend_text_word(&rest, &word))
        return TEND_PHASE_NORMAL;
    if (tend_text_is(word, "early"))
        return TEND_PHASE_EARLY;
    return tend_text_is(word, "late") ? TEND_PHASE_LATE : TEND_PHASE_NORMAL;
}

const char *tend_phase_name(enum tend_phase phase)
{
    return phases[phase];
}

const struct tend_provider *tend_event_listener(const struct tend_registry *registry,
                                                struct tend_text event, int64_t index)
{
    static const char *const kinds[] = { "stage_set", "policy" };
    const struct tend_provider *provider;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (int64_t i = 0; (provider = tend_registry_at(registry, kinds[k], i, true)); i++) {
            if (provider->on && tend_text_has_word(tend_text_of(provider->on), event) &&
                index-- == 0)
                return provider;
        }
    }
    return NULL;
}
