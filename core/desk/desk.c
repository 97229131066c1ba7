/* What the desk gives to the rest of the program when it starts. */
#include "desk/desk.h"
#include "desk/intake.h"

tend_status tend_desk_setup(struct tend_desk *desk)
{
    return tend_intake_setup(desk);
}
