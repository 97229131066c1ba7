/* Events are answered: stage rules, what these moved, then policies, each call
 * in a savepoint of its own, so that one that fails takes back only itself. */
#include "base/text.h"
#include "desk/apply.h"
#include "desk/deed.h"
#include "sched/timer.h"
#include "store/ops_merge.h"
#include <stdlib.h>

static tend_status answer_one(struct tend_desk *desk, struct tend_deed *deed, int64_t index);

void tend_deed_raise(struct tend_deed *deed, const char *name, tend_id person, tend_id subject,
                     int64_t at, const char *extra)
{
    struct tend_raised raised = {
        .name = name,
        .person = person,
        .subject = subject,
        .at = at ? at : deed->now,
        .extra = extra ? tend_arena_str(&deed->arena, tend_text_of(extra)) : NULL,
        .depth = deed->queue->depth,
    };

    TEND_PUSH(&deed->queue->event, raised);
}

/* How a plugin's provider is called in a timer: by the plugin's name alone,
 * unless the record has another. */
static const char *timer_name(const struct tend_provider *provider, struct tend_arena *arena)
{
    const char *owner = tend_instance_name(provider->owner);

    if (strcmp(owner, provider->name) == 0)
        return owner;
    return tend_arena_printf(arena, "%s/%s", owner, provider->name);
}

static bool has_timer_name(const struct tend_provider *provider, const char *name)
{
    const char *owner = tend_instance_name(provider->owner);
    size_t n = strlen(owner);

    if (strncmp(name, owner, n) != 0)
        return false;
    if (name[n] == '\0')
        return strcmp(owner, provider->name) == 0;
    return name[n] == '/' && strcmp(name + n + 1, provider->name) == 0;
}

/* An event of a plugin's own goes to all that this plugin provides, and to nobody else. */
static bool is_asked(const struct tend_provider *provider, const struct tend_raised *raised)
{
    const char *owner = tend_instance_name(provider->owner), *plugin = raised->plugin;
    size_t n = strlen(owner);

    if (!tend_call_answers(provider, raised->name))
        return false;
    if (!tend_event_is_own(raised->name))
        return !plugin || has_timer_name(provider, plugin);
    return strncmp(raised->name, owner, n) == 0 && raised->name[n] == '.' &&
           (!plugin || strcmp(plugin, owner) == 0 || has_timer_name(provider, plugin));
}

static const char *const kinds[] = { "stage_set", "policy" };

bool tend_deed_is_asked(struct tend_desk *desk, const char *event, const char *plugin, bool all)
{
    struct tend_raised raised = { .name = event, .plugin = plugin };
    const struct tend_provider *provider;

    for (size_t k = 0; k < 2; k++)
        for (int64_t i = 0; (provider = tend_registry_at(desk->registry, kinds[k], i, all)); i++)
            if (is_asked(provider, &raised))
                return true;
    return false;
}

static bool anyone(struct tend_registry *registry, const char *event)
{
    const struct tend_provider *provider;

    for (size_t k = 0; k < 2; k++)
        for (int64_t i = 0; (provider = tend_registry_at(registry, kinds[k], i, true)); i++)
            if (tend_call_answers(provider, event))
                return true;
    return false;
}

/* The timer that the event came from is put off; there is none, or another plugin
 * that it asked has it already: a new one. */
static tend_status ask_again(struct tend_desk *desk, const struct tend_deed *deed,
                             const struct tend_raised *raised, const char *plugin,
                             const char *error, bool asleep, tend_id *timer)
{
    int32_t attempt = raised->attempt + 1;
    struct tend_timer_ask ask = {
        .person = raised->person,
        .subject = raised->subject,
        .plugin = plugin,
        .event = raised->name,
        .due_at = deed->now,
        .attempt = asleep ? raised->attempt : attempt,
        .error = error,
        .cause_kind = tend_event_subject(raised->name),
        .cause_id = raised->subject ? raised->subject : raised->person,
        .asleep = asleep,
    };

    if (raised->timer && !raised->timer->kept) {
        *timer = raised->timer->id;
        return asleep ? tend_timer_sleep(desk->store, raised->timer, plugin, error)
                      : tend_timer_retry(desk->store, deed->now, raised->timer, plugin, error);
    }
    if (!asleep)
        ask.due_at = tend_timer_again_at(desk->clock, deed->now, attempt);
    return tend_timer_add(desk->store, &ask, timer);
}

/* A call has failed by itself: that is told, written down, and tried again. */
static tend_status failed(struct tend_desk *desk, struct tend_deed *deed,
                          const struct tend_raised *raised, const struct tend_cause *cause,
                          const struct tend_provider *provider, struct tend_arena *arena)
{
    const char *plugin = cause->plugin, *again = timer_name(provider, arena);
    const char *why = tend_arena_str(arena, tend_text_of(desk->err->text));
    int32_t attempt = raised->attempt + 1;
    const char *then = attempt > TEND_TIMER_ATTEMPTS ? "it is not asked again until it is released"
                                                     : "it is asked again";
    struct tend_buffer text = { 0 };
    tend_id timer = 0;
    tend_status status;

    tend_error_clear(desk->err);
    tend_buffer_addf(&text, "%s failed on %s\n%s\n%s", plugin, raised->name, why, then);
    status = ask_again(desk, deed, raised, again, why, false, &timer);
    if (status == TEND_OK)
        status = tend_deed_decide(desk, deed, raised->person, cause, "failed", TEND_REF_TIMER,
                                  timer, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    tend_deed_warn(deed, "%s; what it wanted is left out, and %s", why, then);
    tend_deed_tell(deed, &(struct tend_outcome){ .effect = "failed", .kind = TEND_REF_TIMER,
                                                 .id = timer, .person = raised->person,
                                                 .plugin = plugin, .title = why, .wall = -1 });
    return status;
}

/* What is not the plugin's doing ends the whole command. */
static bool is_ours(tend_status status)
{
    return status == TEND_IO || status == TEND_BUSY || status == TEND_NOMEM ||
           status == TEND_INTERNAL || status == TEND_STALE;
}

static tend_status set_aside(struct tend_desk *desk, struct tend_deed *deed,
                             const struct tend_raised *raised,
                             const struct tend_provider *provider, struct tend_arena *arena)
{
    const char *plugin = tend_instance_name(provider->owner);
    tend_id timer;

    tend_deed_warn(deed, "plugin %s is set aside: what it would do is kept for later; see: "
                         "plugin info %s", plugin, plugin);
    return ask_again(desk, deed, raised, timer_name(provider, arena), "set aside", true, &timer);
}

static tend_status ask(struct tend_desk *desk, struct tend_deed *deed,
                       const struct tend_raised *raised, const struct tend_event_data *data,
                       const struct tend_cause *event_cause, const struct tend_provider *provider,
                       bool rule, struct tend_arena *arena)
{
    struct tend_cause cause = *event_cause;
    struct tend_effects effects = { 0 };
    int64_t events = deed->queue->event.n, outcomes = deed->outcome.n, warnings = deed->warning.n;
    tend_status status, applied = TEND_OK;

    cause.plugin = tend_instance_name(provider->owner);
    status = tend_savepoint_begin(desk->store);
    if (status != TEND_OK)
        return status;
    tend_error_clear(desk->err);
    status = rule ? tend_call_rule(desk->registry, provider, data, arena, &effects)
                  : tend_call_policy(desk->registry, provider, data, arena, &effects);
    if (status == TEND_OK)
        status = applied = tend_apply(desk, deed, &cause, &effects, arena);
    TEND_ARRAY_FINISH(&effects.list);
    if (status == TEND_OK)
        return tend_savepoint_release(desk->store);
    if (tend_registry_breached(desk->registry) || is_ours(applied)) {
        tend_savepoint_rollback(desk->store);
        return status;
    }
    if (applied != TEND_OK)
        tend_error_set(desk->err, applied, "plugin %s: what it wants cannot be done: %.700s",
                       cause.plugin, tend_arena_str(arena, tend_text_of(desk->err->text)));
    tend_savepoint_rollback(desk->store);
    deed->queue->event.n = events;
    deed->outcome.n = outcomes;
    deed->warning.n = warnings;
    if (tend_instance_state(provider->owner) == TEND_INSTANCE_ASIDE) {
        tend_deed_warn(deed, "%s", desk->err->text);
        tend_error_clear(desk->err);
        return set_aside(desk, deed, raised, provider, arena);
    }
    return failed(desk, deed, raised, &cause, provider, arena);
}

static tend_status ask_rules(struct tend_desk *desk, struct tend_deed *deed,
                             const struct tend_raised *raised, const struct tend_event_data *data,
                             const struct tend_cause *cause, struct tend_arena *arena)
{
    int64_t first = deed->queue->event.n, last;
    const struct tend_provider *set;
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK &&
                        (set = tend_registry_at(desk->registry, "stage_set", i, true));
         i++) {
        if (!is_asked(set, raised))
            continue;
        if (tend_instance_state(set->owner) == TEND_INSTANCE_LOADED)
            status = ask(desk, deed, raised, data, cause, set, true, arena);
        else
            status = set_aside(desk, deed, raised, set, arena);
    }
    last = deed->queue->event.n;    /* what was moved comes before the policies */
    for (int64_t i = first; status == TEND_OK && i < last; i++)
        if (!deed->queue->event.at[i].answered)
            status = answer_one(desk, deed, i);
    return status;
}

static tend_status ask_policies(struct tend_desk *desk, struct tend_deed *deed,
                                const struct tend_raised *raised,
                                const struct tend_event_data *data,
                                const struct tend_cause *cause, struct tend_arena *arena)
{
    const struct tend_provider *policy;
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK &&
                        (policy = tend_registry_at(desk->registry, "policy", i, true));
         i++) {
        if (!is_asked(policy, raised))
            continue;
        if (tend_instance_state(policy->owner) == TEND_INSTANCE_LOADED)
            status = ask(desk, deed, raised, data, cause, policy, false, arena);
        else
            status = set_aside(desk, deed, raised, policy, arena);
    }
    return status;
}

static tend_status too_deep(struct tend_desk *desk, struct tend_deed *deed,
                            const struct tend_raised *raised, const struct tend_cause *cause)
{
    const char *line = tend_arena_printf(
        &deed->arena, "%s of p%lld was not answered: events answer each other more than %d deep",
        raised->name, (long long)raised->person, TEND_EVENTS_DEEP);

    tend_deed_warn(deed, "%s", line);
    return tend_deed_decide(desk, deed, raised->person, cause, "failed", TEND_REF_NONE, 0,
                            tend_text_of(line));
}

static tend_status answer_one(struct tend_desk *desk, struct tend_deed *deed, int64_t index)
{
    struct tend_raised raised = deed->queue->event.at[index];
    int32_t depth = deed->queue->depth;
    struct tend_arena arena = { 0 };
    struct tend_event_data data = { 0 };
    struct tend_cause cause = { 0 };
    tend_status status;

    deed->queue->event.at[index].answered = true;
    raised.person = tend_person_root(desk->store, raised.person);
    if (!anyone(desk->registry, raised.name))
        return TEND_OK;
    status = tend_event_build(desk, &raised, &arena, &data, &cause);
    if (status == TEND_NOT_FOUND) {     /* what it was about is gone: nothing to answer */
        tend_error_clear(desk->err);
        status = TEND_OK;
    } else if (status == TEND_OK && raised.depth > TEND_EVENTS_DEEP) {
        status = too_deep(desk, deed, &raised, &cause);
    } else if (status == TEND_OK) {
        deed->queue->depth = raised.depth + 1;
        status = ask_rules(desk, deed, &raised, &data, &cause, &arena);
        if (status == TEND_OK)
            status = ask_policies(desk, deed, &raised, &data, &cause, &arena);
        deed->queue->depth = depth;
    }
    tend_arena_finish(&arena);
    return status;
}

static int by_person(const void *a, const void *b)
{
    const struct tend_raised *x = *(const struct tend_raised *const *)a;
    const struct tend_raised *y = *(const struct tend_raised *const *)b;
    int order = strcmp(x->name, y->name);

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (order != 0)
        return order;
    return (x->subject > y->subject) - (x->subject < y->subject);
}

/* A batch with very many events: each person gets a durable timer instead. */
static tend_status defer(struct tend_desk *desk, struct tend_deed *deed)
{
    struct tend_event_queue *queue = deed->queue;
    struct tend_raised **list = tend_alloc((size_t)queue->event.n * sizeof *list);
    tend_status status = TEND_OK;
    int64_t n = 0;

    for (int64_t i = queue->next; i < queue->event.n; i++)
        if (!queue->event.at[i].answered && queue->event.at[i].person)
            list[n++] = &queue->event.at[i];
    qsort(list, (size_t)n, sizeof *list, by_person);
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_timer_ask timer = {
            .person = list[i]->person,
            .subject = list[i]->subject,
            .event = list[i]->name,
            .due_at = deed->now,
            .cause_kind = tend_event_subject(list[i]->name),
            .cause_id = list[i]->subject ? list[i]->subject : list[i]->person,
        };

        list[i]->answered = true;
        if (i > 0 && by_person(&list[i - 1], &list[i]) == 0)
            continue;
        if (anyone(desk->registry, list[i]->name))
            status = tend_timer_add(desk->store, &timer, NULL);
    }
    tend_free(list);
    return status;
}

tend_status tend_deed_answer(struct tend_desk *desk, struct tend_deed *deed)
{
    struct tend_event_queue *queue = deed->queue;
    tend_status status = TEND_OK;

    if (queue->event.n - queue->next > TEND_EVENTS_MOST)
        status = defer(desk, deed);
    for (; status == TEND_OK && queue->next < queue->event.n; queue->next++)
        if (!queue->event.at[queue->next].answered)
            status = answer_one(desk, deed, queue->next);
    if (status == TEND_OK)
        queue->event.n = queue->next = 0;
    return status;
}
