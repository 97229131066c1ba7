/* The words that stage sets bring: stages, touch kinds, dispositions, holds,
 * and what they mean. Merged over all stage sets in load order. */
#ifndef TEND_PLUGIN_VOCABULARY_H
#define TEND_PLUGIN_VOCABULARY_H

#include "plugin/registry.h"

enum tend_word_what { TEND_WORD_STAGE, TEND_WORD_KIND, TEND_WORD_DISPOSITION, TEND_WORD_HOLD };

struct tend_word_info {
    const char *name, *track, *means, *title;   /* track "" for all but stages */
    const char *plugin;
};

/* In order of declaration; false past the last. */
bool tend_vocabulary_at(const struct tend_registry *registry, enum tend_word_what what,
                        int64_t index, struct tend_word_info *word);
/* track may be NULL: any; of stages with the same name the primary track's. */
bool tend_vocabulary_find(const struct tend_registry *registry, enum tend_word_what what,
                          struct tend_text name, const char *track, struct tend_word_info *word);
/* The first stage set that names one decides; "opportunity" and NULL if none does. */
const char *tend_vocabulary_primary(const struct tend_registry *registry);
const char *tend_vocabulary_initial(const struct tend_registry *registry);
/* The plugin (stage set) whose `initial` that is; NULL if none. */
const char *tend_vocabulary_initial_by(const struct tend_registry *registry);
/* Does a touch of this kind with this disposition (may be empty) mean it? What
 * the disposition says ("reached", "-reached") goes before the kind. The kind,
 * the disposition and "significant" (if so) are matched by name too. */
bool tend_vocabulary_touch_means(const struct tend_registry *registry, struct tend_text kind,
                                 struct tend_text disposition, bool significant,
                                 struct tend_text meaning);
/* True if one of the words of `terms` is meant; an empty list is never meant. */
bool tend_vocabulary_touch_matches(const struct tend_registry *registry, struct tend_text kind,
                                   struct tend_text disposition, bool significant,
                                   struct tend_text terms);
/* All that it means, comma separated, in the arena. */
struct tend_text tend_vocabulary_touch_all(const struct tend_registry *registry,
                                           struct tend_text kind, struct tend_text disposition,
                                           bool significant, struct tend_arena *arena);

#endif
