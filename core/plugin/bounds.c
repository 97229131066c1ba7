/* Limits as people write them, and whose word holds. */
#include "plugin/bounds.h"
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct unit {
    const char *name;
    int64_t by;
};

static const struct unit times[] = { { "ms", 1000 }, { "s", 1000000 }, { "m", 60000000 }, { 0 } };
static const struct unit sizes[] = {
    { "KiB", 1 << 10 }, { "MiB", 1 << 20 },  { "GiB", 1 << 30 }, { "KB", 1000 },
    { "MB", 1000000 },  { "GB", 1000000000 }, { 0 },
};
static const struct unit counts[] = { { "", 1 }, { 0 } };

static const struct limit {
    const char *name, *example;
    const struct unit *units;
    size_t at;
    int64_t most; /* that a plugin gets for asking */
} limits[] = {
    { "time", "time:2s", times, offsetof(struct tend_limits, time), INT64_C(5000000) },
    { "total", "total:60s", times, offsetof(struct tend_limits, total), INT64_C(120000000) },
    { "memory", "memory:64MiB", sizes, offsetof(struct tend_limits, memory), INT64_C(256) << 20 },
    { "output", "output:8MiB", sizes, offsetof(struct tend_limits, output), INT64_C(64) << 20 },
    { "effects", "effects:200", counts, offsetof(struct tend_limits, effects), 1000 },
    { "rows", "rows:5000", counts, offsetof(struct tend_limits, rows), 100000 },
};

#define N_LIMITS (sizeof limits / sizeof *limits)
#define LINE_MOST 1024
#define VALUE_MOST INT64_C(1000000)

static int64_t *member(struct tend_limits *of, const struct limit *limit)
{
    return (int64_t *)(void *)((char *)of + limit->at);
}

static tend_status wrong(struct tend_text word, const char *why, struct tend_error *err)
{
    return tend_error_set(err, TEND_INVALID,
                          "the limit \"%.*s\": %s; write time:2s total:60s memory:64MiB "
                          "output:8MiB effects:200 rows:5000", TEND_FMT(tend_text_clip(word, 60)), why);
}

/* Digits, then one of the units. */
static int64_t value_of(const struct limit *limit, struct tend_text text)
{
    int64_t n = 0, digits = 0;

    while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9' && n < VALUE_MOST)
        n = n * 10 + (text.at[digits++] - '0');
    text.at += digits;
    text.len -= digits;
    for (const struct unit *unit = limit->units; digits > 0 && unit->name; unit++)
        if (tend_text_is(text, unit->name))
            return n <= VALUE_MOST ? n * unit->by : 0;
    return 0;
}

static tend_status parse_word(struct tend_text word, struct tend_limits *out,
                              struct tend_error *err)
{
    int64_t name = 0, value;

    while (name < word.len && word.at[name] != ':' && word.at[name] != '=')
        name++;
    if (name == word.len)
        return wrong(word, "a name and a value belong together", err);
    for (size_t i = 0; i < N_LIMITS; i++) {
        if (!tend_text_is((struct tend_text){ word.at, name }, limits[i].name))
            continue;
        value = value_of(&limits[i],
                         (struct tend_text){ word.at + name + 1, word.len - name - 1 });
        if (value <= 0)
            return wrong(word, "its value is none", err);
        *member(out, &limits[i]) = value;
        return TEND_OK;
    }
    return wrong(word, "there is no limit of this name", err);
}

tend_status tend_limits_parse(struct tend_text text, struct tend_limits *out,
                              struct tend_error *err)
{
    struct tend_text word;
    tend_status status = TEND_OK;

    *out = (struct tend_limits){ 0 };
    while (status == TEND_OK && tend_text_word(&text, &word))
        status = parse_word(word, out, err);
    return status;
}

struct tend_limits tend_limits_settle(const struct tend_limits *asked,
                                      const struct tend_limits *user)
{
    struct tend_limits may = *asked, said = *user;

    for (size_t i = 0; i < N_LIMITS; i++) {
        int64_t *value = member(&may, &limits[i]), word = *member(&said, &limits[i]);

        if (word)
            *value = word;
        else if (*value > limits[i].most)
            *value = limits[i].most;
    }
    return may;
}

tend_status tend_limits_read(const char *path, const char *plugin, struct tend_limits *out,
                             struct tend_error *err)
{
    FILE *in = path && path[0] ? fopen(path, "re") : NULL;
    struct tend_error own = { 0 };
    char line[LINE_MOST];
    bool named = false;
    tend_status status = TEND_OK;

    *out = (struct tend_limits){ 0 };
    if (!in)
        return TEND_OK;
    for (int n = 1; status == TEND_OK && !named && fgets(line, sizeof line, in); n++) {
        struct tend_text rest = tend_text_trim(tend_text_of(line)), name;
        struct tend_limits said;

        if (rest.len == 0 || rest.at[0] == '#' || !tend_text_word(&rest, &name))
            continue;
        named = tend_text_is(name, plugin);
        if (!named && !tend_text_is(name, "*"))
            continue;
        status = tend_limits_parse(rest, &said, &own);
        if (status == TEND_OK)
            *out = said;
        else
            tend_error_set(err, status, "%s:%d: %s", path, n, own.text);
    }
    fclose(in);
    return status;
}
