/* Words that begin times, each with the day that it means now; and zones. */
#include "shell/complete_parts.h"
#include "shell/time.h"

static const char *const ahead[] = {
    "today", "tomorrow", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "next", "+1d", "+3d",
    "+1w", "noon", NULL
};
static const char *const behind[] = {
    "today", "yesterday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "now", "-1d", "-3d",
    NULL
};
static const char *const areas[] = {
    "Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/",
    "UTC", NULL
};

void tend_offer_times(struct tend_completer *c, bool backward)
{
    struct tend_when_ask ask = { .backward = backward };

    if (!tend_completer_opens(c, false))
        return;
    ask.now = tend_shell_now(c->shell);
    ask.zone = tend_store_zone(c->shell->store);
    for (const char *const *word = backward ? behind : ahead; *word != NULL; word++) {
        struct tend_buffer about = { 0 };
        struct tend_error ignored = { 0 };
        struct tend_when when;

        if (tend_when_parse(tend_text_of(*word), &ask, &when, &ignored) == TEND_OK)
            tend_when_say(&about, when.day, when.wall, tend_shell_today(c->shell));
        else if (strcmp(*word, "next") == 0)
            tend_buffer_adds(&about, "next mon: of the next week");
        tend_offer_str(c, *word, about.len > 0 ? about.at : "", false);
        tend_buffer_finish(&about);
    }
}

void tend_offer_zones(struct tend_completer *c)
{
    for (const char *const *area = areas; *area != NULL; area++)
        tend_offer_str(c, *area, "", strchr(*area, '/') != NULL);
}
