/* `selftest`: what only the plugin itself can know about itself. */
#include "kit/private.h"
#include "plugin/trial.h"

void tend_kit_test_self(struct tend_kit_run *run)
{
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, false, true) == TEND_OK) {
        tend_status status = tend_trial_selftest(tend_kit_own(&world));

        if (status != TEND_UNSUPPORTED || world.err.text[0] != '\0')
            tend_kit_says(run, status == TEND_OK, "its own selftest", "%s",
                          tend_kit_why(&world, status));
    }
    tend_kit_world_close(&world);
}
