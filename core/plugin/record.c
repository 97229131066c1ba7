/* What a record must have to be taken: one check for each kind, so that no
 * call ever meets a member that is not there. */
#define TEND_UNSTABLE
#include "base/buffer.h"
#include "plugin/api.h"
#include "plugin/events.h"
#include "plugin/private.h"
#include <tend/x/playbook.h>
#include <tend/x/channel.h>
#include <tend/x/report.h>
#include <tend/x/store_driver.h>

#define NAME_MOST 40

struct head {               /* how every record of every kind begins */
    int64_t size;
    const char *name;
};

const char *tend_record_name(const void *record)
{
    return ((const struct head *)record)->name;
}

bool tend_record_name_ok(const char *name)
{
    size_t len = 0;

    if (!name || name[0] < 'a' || name[0] > 'z')
        return false;
    for (; name[len]; len++)
        if (len == NAME_MOST || !strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", name[len]))
            return false;
    return true;
}

static tend_status lacks(struct tend_error *err, const char *kind, const void *record,
                         const char *member)
{
    return tend_error_set(err, TEND_INVALID, "the %s \"%s\" has no `%s`", kind,
                          tend_record_name(record), member);
}

static tend_status check_source(const void *record, struct tend_error *err)
{
    const struct tend_lead_source *source = record;

    if (tend_source_options(source)) {
        tend_status status = tend_record_options(source, err);

        if (status != TEND_OK)
            return status;
    }
    if (tend_source_page(source) && !source->read)
        return TEND_OK;
    if (!source->sniff)
        return lacks(err, "lead_source", record, "sniff");
    return source->read ? TEND_OK : lacks(err, "lead_source", record, "read` or `page");
}

static tend_status check_matcher(const void *record, struct tend_error *err)
{
    const struct tend_matcher *matcher = record;

    return matcher->score ? TEND_OK : lacks(err, "matcher", record, "score");
}

static tend_status check_normaliser(const void *record, struct tend_error *err)
{
    const struct tend_normaliser *normaliser = record;

    if (!normaliser->field || !normaliser->field[0])
        return lacks(err, "normaliser", record, "field");
    return normaliser->keys ? TEND_OK : lacks(err, "normaliser", record, "keys");
}

bool tend_record_one_of(struct tend_text word, const char *const *words)
{
    for (; *words; words++)
        if (tend_text_is(word, *words))
            return true;
    return false;
}

/* Other words may be the events of other plugins, and early or late. */
static tend_status check_on(const char *kind, const void *record, const char *on,
                            struct tend_error *err)
{
    struct tend_text rest = tend_text_of(on), word;
    struct tend_buffer all = { 0 };
    struct tend_event_info event;
    const char *near;

    while (tend_text_word(&rest, &word)) {
        if (!tend_event_is_cores(word) || tend_event_find(word, &event))
            continue;
        near = tend_text_nearest(word, tend_event_names());
        for (int64_t i = 0; tend_event_at(i, &event); i++)
            tend_buffer_addf(&all, " %s", event.name);
        tend_error_set(err, TEND_INVALID,
                       "the %s \"%s\" has in its `on` \"%.*s\", which is no event%s%s%s; the "
                       "events are%s",
                       kind, tend_record_name(record), TEND_FMT(tend_text_clip(word, 60)),
                       near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "", all.at);
        tend_buffer_finish(&all);
        return TEND_INVALID;
    }
    return TEND_OK;
}

static tend_status check_policy(const void *record, struct tend_error *err)
{
    const struct tend_policy *policy = record;

    if (!policy->on || !policy->on[0])
        return lacks(err, "policy", record, "on");
    if (!policy->run)
        return lacks(err, "policy", record, "run");
    return check_on("policy", record, policy->on, err);
}

static tend_status check_words(const struct tend_stage_set *set, const char *what,
                               const struct tend_word *const *words, struct tend_error *err)
{
    for (; words && *words; words++)
        if (!tend_record_name_ok((*words)->name))
            return tend_error_set(err, TEND_INVALID,
                                  "the stage_set \"%s\" has among its %s the name \"%.60s\"; a name "
                                  "is made of a-z 0-9 - _, beginning with a letter",
                                  set->name, what, (*words)->name ? (*words)->name : "");
    return TEND_OK;
}

static tend_status check_guards(const struct tend_stage_set *set, struct tend_error *err)
{
    for (int64_t i = 0; set->guards && set->guards[i]; i++) {
        const struct tend_guard *guard = set->guards[i];

        if (guard->size < (int64_t)sizeof *guard || !tend_record_name_ok(guard->name) || !guard->check)
            return tend_error_set(err, TEND_INVALID,
                                  "guard %lld of the stage_set \"%s\" needs its size, a name made of "
                                  "a-z 0-9 - _, and `check`",
                                  (long long)(i + 1), set->name);
    }
    return TEND_OK;
}

static tend_status check_stages(const void *record, struct tend_error *err)
{
    const struct tend_stage_set *set = record;
    tend_status status = check_words(set, "stages", set->stages, err);

    if (status == TEND_OK)
        status = check_words(set, "touch_kinds", set->touch_kinds, err);
    if (status == TEND_OK)
        status = check_words(set, "dispositions", set->dispositions, err);
    if (status == TEND_OK)
        status = check_words(set, "holds", set->holds, err);
    if (status == TEND_OK)
        status = check_guards(set, err);
    if (status == TEND_OK && set->on && set->on[0] && !set->rule)
        return lacks(err, "stage_set", record, "rule");
    return status == TEND_OK ? check_on("stage_set", record, set->on, err) : status;
}

/* Its name is the scheme of the URLs that it opens. `scrub` and `search_waste` may be missing. */
static tend_status check_driver(const void *record, struct tend_error *err)
{
    const struct tend_store_driver *driver = record;
    const char *const words[] = { driver->type_int, driver->type_text, driver->type_blob,
                                  driver->type_id, driver->table_end, driver->table_end_key };
    const struct {
        const char *name;
        bool there;
    } members[] = {
#define HAS(member) { #member, driver->member != NULL }
        HAS(open), HAS(close), HAS(message), HAS(holder), HAS(version), HAS(set_version),
        HAS(exec), HAS(prepare), HAS(bind_int), HAS(bind_text), HAS(bind_blob), HAS(bind_null),
        HAS(step), HAS(is_null), HAS(column_int), HAS(column_text), HAS(column_blob),
        HAS(reset), HAS(finalize), HAS(changes), HAS(begin), HAS(commit), HAS(rollback),
        HAS(integrity), HAS(backup), HAS(restore), HAS(search_clear), HAS(search_put),
        HAS(search_delete), HAS(search_query), HAS(search_walk), HAS(version_of_data),
#undef HAS
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!words[i])
            return lacks(err, "store_driver", record, "type_... and table_end...");
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!members[i].there)
            return lacks(err, "store_driver", record, members[i].name);
    return TEND_OK;
}

static tend_status check_channel(const void *record, struct tend_error *err)
{
    const struct tend_channel *channel = record;

    if (!channel->title || !channel->title[0])
        return lacks(err, "channel", record, "title");
    if (!channel->address || !channel->address[0])
        return lacks(err, "channel", record, "address");
    return channel->send ? TEND_OK : lacks(err, "channel", record, "send");
}

static tend_status check_service(const void *record, struct tend_error *err)
{
    const struct tend_service *service = record;

    if (!service->functions || service->functions->size == 0)
        return lacks(err, "service", record, "functions");
    return service->level >= 1 ? TEND_OK : lacks(err, "service", record, "level, from 1 on");
}

static const struct kind {  /* what there is to know of each else is in tend/api/kinds.def */
    const char *name;
    tend_status (*check)(const void *record, struct tend_error *err);
} kinds[] = {
    { "lead_source", check_source },
    { "normaliser", check_normaliser },
    { "stage_set", check_stages },
    { "policy", check_policy },
    { "command", tend_record_command },
    { "matcher", check_matcher },
    { "service", check_service },
    { "channel", check_channel },
    { "report", tend_record_report },
    { "playbook", tend_record_playbook },
    { "store_driver", check_driver },
};

#define N_KINDS (sizeof kinds / sizeof *kinds)

static tend_status no_kind(const char *kind, struct tend_error *err)
{
    struct tend_buffer names = { 0 };
    tend_status status;

    for (size_t i = 0; i < N_KINDS; i++)
        tend_buffer_addf(&names, "%s%s", i == 0 ? "" : i + 1 < N_KINDS ? ", " : " and ",
                         kinds[i].name);
    status = tend_error_set(err, TEND_UNSUPPORTED,
                            "there is no kind \"%.60s\" to plug in; the kinds are %s",
                            kind ? kind : "", names.at);
    tend_buffer_finish(&names);
    return status;
}

tend_status tend_record_check(const char *kind, const void *record, struct tend_error *err)
{
    for (size_t i = 0; kind && i < N_KINDS; i++) {
        const struct head *head = record;
        int64_t least = tend_api_kind(kinds[i].name)->least;

        if (strcmp(kinds[i].name, kind) != 0)
            continue;
        if (!head)
            return tend_error_set(err, TEND_INVALID, "there is no record for the %s", kind);
        if (head->size < least)
            return tend_error_set(err, TEND_INVALID,
                                  "the record of a %s has %lld bytes, at least %lld belong: does "
                                  "it begin with its size?",
                                  kind, (long long)head->size, (long long)least);
        if (!tend_record_name_ok(head->name))
            return tend_error_set(err, TEND_INVALID,
                                  "\"%.60s\" is no name for a %s; write a-z 0-9 - _, beginning with "
                                  "a letter, at most %d characters",
                                  head->name ? head->name : "", kind, NAME_MOST);
        return kinds[i].check(record, err);
    }
    return no_kind(kind, err);
}
