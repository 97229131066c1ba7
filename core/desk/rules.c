/* Reads the settings that the gate asks for. */
#include "desk/rules.h"
#include "desk/desk.h"

static struct tend_text setting(struct tend_desk *desk, const char *name, struct tend_arena *arena)
{
    struct tend_text value = { "", 0 };

    tend_meta_get(desk->store, name, arena, &value);
    return value;
}

const struct tend_rules *tend_rules_get(struct tend_desk *desk)
{
    struct tend_rules *rules = &desk->rules;
    struct tend_arena arena = { 0 };
    struct tend_error ignored = { 0 };
    struct tend_text quiet;

    if (rules->loaded)
        return rules;
    tend_hours_parse(setting(desk, "hours", &arena), &rules->hours, &ignored);
    quiet = setting(desk, "quiet", &arena);
    if (quiet.len == 0 || tend_hours_parse(quiet, &rules->quiet, &ignored) != TEND_OK)
        tend_hours_parse(TEND_TEXT(TEND_QUIET_DEFAULT), &rules->quiet, &ignored);
    tend_holidays_parse(setting(desk, "holidays", &arena), &rules->holidays, &ignored);
    tend_away_parse(setting(desk, "away", &arena), &rules->away, &ignored);
    rules->loaded = true;
    tend_arena_finish(&arena);
    return rules;
}

void tend_rules_forget(struct tend_desk *desk)
{
    desk->rules.loaded = false;
}
