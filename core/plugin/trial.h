/* A plugin on trial: what `plugin test` does to one, and nobody else. */
#ifndef TEND_PLUGIN_TRIAL_H
#define TEND_PLUGIN_TRIAL_H

#include "plugin/registry.h"

/* Can memory and time be taken from it? Not from a C module, which has them from the system. */
bool tend_trial_possible(const struct tend_instance *instance);
/* Memory is refused after so many growths from now on, time is up after so many
 * instructions; -1: as ever. Whether what was set before has come to it. */
bool tend_trial_set(struct tend_instance *instance, int64_t growths, int64_t steps);
/* As if it had never been stopped. */
void tend_trial_forgive(struct tend_instance *instance);
/* Its own test of itself; TEND_UNSUPPORTED with an empty slot: it has none. */
tend_status tend_trial_selftest(struct tend_instance *instance);
/* What it would hand over at a reload, in the arena; TEND_UNSUPPORTED: nothing. */
tend_status tend_trial_save(struct tend_instance *instance, struct tend_arena *arena,
                            struct tend_text *state);

#endif
