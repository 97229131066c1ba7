/* The words of all stage sets, merged: the first who declares a word says what
 * it means. Made anew when stage sets come or go, and only read in between. */
#include "plugin/private.h"

static bool is_there(const struct tend_registry *registry, enum tend_word_what what,
                     const char *name, const char *track)
{
    for (int64_t i = 0; i < registry->words[what].n; i++)
        if (strcmp(registry->words[what].at[i].name, name) == 0 &&
            strcmp(registry->words[what].at[i].track, track) == 0)
            return true;
    return false;
}

static void add(struct tend_registry *registry, enum tend_word_what what,
                const struct tend_provider *provider, const struct tend_word *const *words)
{
    const struct tend_stage_set *set = provider->record;

    for (; words && *words; words++) {
        const struct tend_word *word = *words;
        const char *track = "";

        if (what == TEND_WORD_STAGE)
            track = word->track && word->track[0] ? word->track
                    : set->primary                ? set->primary
                                                  : "opportunity";
        if (is_there(registry, what, word->name, track))
            continue;
        TEND_PUSH(&registry->words[what], (struct tend_word_info){
            .name = word->name,
            .track = track,
            .means = word->means ? word->means : "",
            .title = word->title ? word->title : word->name,
            .plugin = provider->owner->manifest.name,
        });
    }
}

void tend_vocabulary_rebuild(struct tend_registry *registry)
{
    const struct tend_provider *provider;

    for (size_t i = 0; i < sizeof registry->words / sizeof *registry->words; i++)
        registry->words[i].n = 0;
    registry->primary = registry->initial = registry->initial_by = NULL;
    /* one that is set aside too: its stages are still where people stand */
    for (int64_t i = 0; (provider = tend_registry_at(registry, "stage_set", i, true)) != NULL;
         i++) {
        const struct tend_stage_set *set = provider->record;

        add(registry, TEND_WORD_STAGE, provider, set->stages);
        add(registry, TEND_WORD_KIND, provider, set->touch_kinds);
        add(registry, TEND_WORD_DISPOSITION, provider, set->dispositions);
        add(registry, TEND_WORD_HOLD, provider, set->holds);
        if (!registry->primary && set->primary && set->primary[0])
            registry->primary = set->primary;
        if (!registry->initial && set->initial && set->initial[0]) {
            registry->initial = set->initial;
            registry->initial_by = provider->owner->manifest.name;
        }
    }
}

void tend_vocabulary_finish(struct tend_registry *registry)
{
    for (size_t i = 0; i < sizeof registry->words / sizeof *registry->words; i++)
        TEND_ARRAY_FINISH(&registry->words[i]);
}

bool tend_vocabulary_at(const struct tend_registry *registry, enum tend_word_what what,
                        int64_t index, struct tend_word_info *word)
{
    if (index < 0 || index >= registry->words[what].n)
        return false;
    *word = registry->words[what].at[index];
    return true;
}

bool tend_vocabulary_find(const struct tend_registry *registry, enum tend_word_what what,
                          struct tend_text name, const char *track, struct tend_word_info *word)
{
    const struct tend_word_info *found = NULL;

    for (int64_t i = 0; i < registry->words[what].n; i++) {
        const struct tend_word_info *one = &registry->words[what].at[i];

        if (!tend_text_is(name, one->name))
            continue;
        if (what != TEND_WORD_STAGE || (track && strcmp(one->track, track) == 0) ||
            (!track && strcmp(one->track, tend_vocabulary_primary(registry)) == 0)) {
            found = one;
            break;
        }
        if (!track && !found)
            found = one;
    }
    if (found && word)
        *word = *found;
    return found != NULL;
}

const char *tend_vocabulary_primary(const struct tend_registry *registry)
{
    return registry->primary ? registry->primary : "opportunity";
}

const char *tend_vocabulary_initial(const struct tend_registry *registry)
{
    return registry->initial;
}

const char *tend_vocabulary_initial_by(const struct tend_registry *registry)
{
    return registry->initial_by;
}
