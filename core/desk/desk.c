/* What the desk gives to the rest of the program when it starts. */
#include "desk/desk.h"
#include "desk/intake.h"
#include "desk/scrub.h"

tend_status tend_desk_setup(struct tend_desk *desk)
{
    tend_status status = tend_registry_builtin(desk->registry, "matcher", &tend_match_plain);

    return status == TEND_OK ? tend_intake_setup(desk) : status;
}
