/* The desk's way of saying when, and what was probably meant. */
#include "desk/apply.h"
#include "desk/gate.h"

void tend_words_moment(struct tend_buffer *out, const struct tend_zone *zone, int64_t instant)
{
    struct tend_civil c = tend_zone_civil(zone, instant);
    int64_t day = tend_zone_day(zone, instant);

    tend_buffer_addf(out, "%s %d %s %d %02d:%02d", tend_date_weekday_name(tend_date_weekday(day)),
                     c.day, tend_date_month_name(c.month), c.year, c.hour, c.minute);
}

void tend_words_changes(struct tend_buffer *out, const struct tend_zone *zone, int64_t from_day,
                        int64_t to_day)
{
    char words[32];

    if (to_day - from_day > 800)
        to_day = from_day + 800;
    for (int64_t day = from_day; day <= to_day; day++) {
        if (tend_zone_offset(zone, tend_zone_instant(zone, day, 0)) ==
            tend_zone_offset(zone, tend_zone_instant(zone, day + 1, 0)))
            continue;
        tend_buffer_addf(out, "\nclock change on %s: days are local days",
                         tend_date_words(words, day, from_day));
    }
}

void tend_words_gate(struct tend_buffer *out, int64_t today, const struct tend_gate_window *wanted,
                     const struct tend_gate_window *allowed)
{
    char from[32], to[32];

    if (!allowed->why)
        return;
    tend_date_words(from, wanted->opens, today);
    tend_date_words(to, wanted->closes, today);
    tend_buffer_addf(out, "\nmoved by the gate from %s%s%s: %s", from,
                     wanted->closes > wanted->opens ? " to " : "",
                     wanted->closes > wanted->opens ? to : "", allowed->why);
}

const char *const *tend_words_of(struct tend_desk *desk, enum tend_word_what what,
                                 struct tend_arena *arena)
{
    struct tend_word_info word;
    const char **list;
    int64_t n = 0;

    while (tend_vocabulary_at(desk->registry, what, n, &word))
        n++;
    list = tend_arena_take(arena, (size_t)(n + 1) * sizeof *list);
    for (int64_t i = 0; i < n; i++) {
        tend_vocabulary_at(desk->registry, what, i, &word);
        list[i] = word.name;
    }
    return list;
}

tend_status tend_word_check(struct tend_desk *desk, enum tend_word_what what, const char *noun,
                            struct tend_text word)
{
    struct tend_arena arena = { 0 };
    const char *const *list;
    const char *near;
    tend_status status;

    if (tend_vocabulary_find(desk->registry, what, word, NULL, NULL) ||
        !tend_vocabulary_at(desk->registry, what, 0, &(struct tend_word_info){ 0 }))
        return TEND_OK;
    list = tend_words_of(desk, what, &arena);
    near = tend_text_nearest(word, list);
    if (near) {
        status = tend_error_set(desk->err, TEND_INVALID, "\"%.*s\" is no %s; did you mean %s?",
                                TEND_FMT(tend_text_clip(word, 60)), noun, near);
    } else {
        struct tend_buffer all = { 0 };

        for (int64_t i = 0; list[i]; i++)
            tend_buffer_addf(&all, "%s%s", i ? " " : "", list[i]);
        status = tend_error_set(desk->err, TEND_INVALID, "\"%.*s\" is no %s; there are: %s",
                                TEND_FMT(tend_text_clip(word, 60)), noun, all.at);
        tend_buffer_finish(&all);
    }
    tend_arena_finish(&arena);
    return status;
}
