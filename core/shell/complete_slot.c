/* What can stand in an argument, by its declared type. */
#include "shell/complete_parts.h"

static void offer_topics(struct tend_completer *c)
{
    tend_offer_verbs(c);
}

void tend_offer_slot(struct tend_completer *c, enum tend_slot slot, uint32_t how,
                     const char *const *choices, const char *about)
{
    (void)how;
    for (; choices != NULL && *choices != NULL; choices++)
        tend_offer_str(c, *choices, about, false);
    switch (slot) {
    case TEND_SLOT_COMMAND:
    case TEND_SLOT_TOPIC:
        offer_topics(c);
        break;
    default:
        break;
    }
}
