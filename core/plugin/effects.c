/* Is an effect well formed? What it means for this person and this database is
 * asked later, when it is applied. */
#include "plugin/effects.h"
#include "base/date.h"
#include "base/recur.h"
#include "base/text.h"

#define NAME_MOST 200           /* keys, names, fields, tags */
#define LINE_MOST 1000          /* titles, reasons */
#define TEXT_MOST (64 * 1024)   /* notes, values, state */
#define SIZE_MOST 4096
#define CELLS_MOST 64

static const struct effect_kind {
    const char *name;
    uint32_t size;              /* what it had when the kind was new */
} kinds[] = {
    [TEND_FX_TASK] = { "task", sizeof(struct tend_fx_task) },
    [TEND_FX_RETIME] = { "retime", sizeof(struct tend_fx_retime) },
    [TEND_FX_DONE] = { "done", sizeof(struct tend_fx_close) },
    [TEND_FX_DROP] = { "drop", sizeof(struct tend_fx_close) },
    [TEND_FX_MOVE] = { "move", sizeof(struct tend_fx_move) },
    [TEND_FX_HOLD] = { "hold", sizeof(struct tend_fx_hold) },
    [TEND_FX_SET] = { "set", sizeof(struct tend_fx_set) },
    [TEND_FX_TAG] = { "tag", sizeof(struct tend_fx_text) },
    [TEND_FX_UNTAG] = { "untag", sizeof(struct tend_fx_text) },
    [TEND_FX_NOTE] = { "note", sizeof(struct tend_fx_text) },
    [TEND_FX_LINK] = { "link", sizeof(struct tend_fx_link) },
    [TEND_FX_STATE] = { "state", sizeof(struct tend_fx_state) },
    [TEND_FX_PRINT] = { "print", sizeof(struct tend_fx_text) },
    [TEND_FX_ROW] = { "row", sizeof(struct tend_fx_row) },
    [TEND_FX_ASK] = { "ask", sizeof(struct tend_fx_ask) },
    [TEND_FX_SCHEDULE] = { "schedule", sizeof(struct tend_fx_schedule) },
    [TEND_FX_CANCEL] = { "cancel", sizeof(struct tend_fx) },
};

const char *tend_effect_name(uint32_t kind)
{
    return kind < sizeof kinds / sizeof *kinds ? kinds[kind].name : NULL;
}

/* What a member of an effect may hold. */
struct rule {
    const char *member;
    const char *text;
    size_t most;
    bool needed;
    bool lines;                 /* may have several */
};

static bool has_control(struct tend_text text, bool lines)
{
    for (int64_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if ((c < 0x20 && !(lines && (c == '\n' || c == '\t' || c == '\r'))) || c == 0x7F)
            return true;
    }
    return false;
}

static tend_status check_text(const char *effect, const struct rule *rule, struct tend_error *err)
{
    size_t len = rule->text ? strnlen(rule->text, rule->most + 1) : 0;
    struct tend_text text = { rule->text, (int64_t)len };

    if (len == 0 && rule->needed)
        return tend_error_set(err, TEND_INVALID, "a %s needs `%s`", effect, rule->member);
    if (len == 0)
        return TEND_OK;
    if (len > rule->most)
        return tend_error_set(err, TEND_LIMIT, "the `%s` of a %s is longer than %zu bytes",
                              rule->member, effect, rule->most);
    if (!tend_text_valid(text))
        return tend_error_set(err, TEND_INVALID, "the `%s` of a %s is not UTF-8", rule->member,
                              effect);
    if (has_control(text, rule->lines))
        return tend_error_set(err, TEND_INVALID, "the `%s` of a %s holds control characters",
                              rule->member, effect);
    return TEND_OK;
}

static tend_status check_texts(const char *effect, const struct rule *rules, size_t n,
                               struct tend_error *err)
{
    for (size_t i = 0; i < n; i++) {
        tend_status status = check_text(effect, &rules[i], err);

        if (status != TEND_OK)
            return status;
    }
    return TEND_OK;
}

static tend_status check_window(const char *effect, const char *window, struct tend_error *err)
{
    struct tend_window parsed;

    if (tend_window_parse(tend_text_of(window), &parsed, err) == TEND_OK)
        return TEND_OK;
    return tend_error_wrap(err, "the `window` of a %s: \"%.60s\" is none; write it as 2d..7d",
                           effect, window);
}

static tend_status check_until(const char *until, struct tend_error *err)
{
    struct tend_span span;
    int64_t day;

    if (!until || !until[0] || tend_date_parse(tend_text_of(until), &day))
        return TEND_OK;
    if (until[0] != '-' && tend_span_parse(tend_text_of(until), &span, err) == TEND_OK)
        return TEND_OK;
    return tend_error_set(err, TEND_INVALID,
                          "the `until` of a hold: \"%.60s\" is no time to come; write 6w, 30d or "
                          "2027-01-11",
                          until);
}

#define RULES(effect, ...)                                                                  \
    check_texts((effect), (const struct rule[]){ __VA_ARGS__ },                             \
                sizeof((const struct rule[]){ __VA_ARGS__ }) / sizeof(struct rule), err)

static tend_status check_task(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_fx_task *task = (const void *)fx;
    tend_status status = RULES("task", { "title", task->title, LINE_MOST, true, false },
                               { "type", task->type, NAME_MOST, false, false },
                               { "window", task->window, NAME_MOST, true, false },
                               { "closed_by", task->closed_by, LINE_MOST, false, false },
                               { "why", task->why, LINE_MOST, false, false });

    return status == TEND_OK ? check_window("task", task->window, err) : status;
}

static tend_status check_retime(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_fx_retime *retime = (const void *)fx;
    tend_status status = RULES("retime", { "window", retime->window, NAME_MOST, true, false },
                               { "why", retime->why, LINE_MOST, false, false });

    return status == TEND_OK ? check_window("retime", retime->window, err) : status;
}

static tend_status check_hold(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_fx_hold *hold = (const void *)fx;
    tend_status status = RULES("hold", { "track", hold->track, NAME_MOST, false, false },
                               { "type", hold->type, NAME_MOST, true, false },
                               { "until", hold->until, NAME_MOST, false, false },
                               { "reason", hold->reason, LINE_MOST, false, false });

    return status == TEND_OK ? check_until(hold->until, err) : status;
}

/* Tags are shown as a list with commas, and typed as one. */
static tend_status check_tag(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_fx_text *tag = (const void *)fx;
    const char *effect = tend_effect_name(fx->kind);
    tend_status status = RULES(effect, { "text", tag->text, NAME_MOST, true, false });

    if (status == TEND_OK && strchr(tag->text, ','))
        return tend_error_set(err, TEND_INVALID, "the tag \"%.60s\" holds a comma: one %s a tag",
                              tag->text, effect);
    return status;
}

static tend_status check_link(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_fx_link *link = (const void *)fx;

    if (link->other <= 0 || link->other == fx->person)
        return tend_error_set(err, TEND_INVALID, "a link needs another person as `other`");
    return RULES("link", { "type", link->type, NAME_MOST, true, false });
}

/* What a terminal would obey is shown where it goes out. */
static tend_status check_print(const char *text, struct tend_error *err)
{
    if (text && strnlen(text, TEXT_MOST + 1) > TEXT_MOST)
        return tend_error_set(err, TEND_LIMIT, "the `text` of a print is longer than %d bytes",
                              TEXT_MOST);
    if (!tend_text_valid(tend_text_of(text)))
        return tend_error_set(err, TEND_INVALID, "the `text` of a print is not UTF-8");
    return TEND_OK;
}

static tend_status check_row(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_fx_row *row = (const void *)fx;

    if (row->n <= 0 || row->n > CELLS_MOST || !row->cells)
        return tend_error_set(err, TEND_INVALID, "a row has 1 to %d cells", CELLS_MOST);
    for (int64_t i = 0; i < row->n; i++) {
        const struct tend_cell *cell = &row->cells[i];

        if (!cell->name || !cell->name[0])
            return tend_error_set(err, TEND_INVALID, "cell %lld of a row has no name",
                                  (long long)(i + 1));
        if (cell->text.len < 0 || cell->text.len > TEXT_MOST || !tend_text_valid(cell->text))
            return tend_error_set(err, TEND_INVALID,
                                  "the cell \"%.60s\" of a row is longer than %d bytes, or not UTF-8",
                                  cell->name, TEXT_MOST);
    }
    return TEND_OK;
}

/* It is a word of `on`, behind the plugin's name and a dot. */
static tend_status check_event_key(const struct tend_fx *fx, struct tend_error *err)
{
    for (const char *c = fx->key; *c; c++)
        if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", *c))
            return tend_error_set(err, TEND_INVALID,
                                  "the key \"%.60s\" of a %s: expected a-z 0-9 - _, since it "
                                  "becomes the name of an event",
                                  fx->key, tend_effect_name(fx->kind));
    return TEND_OK;
}

static bool is_empty(const char *text)
{
    return !text || !text[0];
}

/* A span to come, without a sign. */
static tend_status check_span(const char *member, const char *text, struct tend_error *err)
{
    struct tend_span span;

    if (is_empty(text))
        return TEND_OK;
    if (text[0] != '-' && tend_span_parse(tend_text_of(text), &span, err) == TEND_OK)
        return TEND_OK;
    return tend_error_set(err, TEND_INVALID,
                          "the `%s` of a schedule: \"%.60s\" is no span; write 3d, 2w or 12h",
                          member, text);
}

/* "09:00" */
static bool is_wall(const char *text)
{
    return strlen(text) == 5 && text[0] >= '0' && text[0] <= '2' && text[1] >= '0' &&
           text[1] <= '9' && (text[0] < '2' || text[1] <= '3') && text[2] == ':' &&
           text[3] >= '0' && text[3] <= '5' && text[4] >= '0' && text[4] <= '9';
}

static tend_status check_schedule(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_fx_schedule *s = (const void *)fx;
    struct tend_recur rule;
    struct tend_span span;
    int64_t day;
    tend_status status = RULES("schedule", { "every", s->every, NAME_MOST, false, false },
                               { "from", s->from, NAME_MOST, false, false },
                               { "at", s->at, NAME_MOST, false, false },
                               { "lead", s->lead, NAME_MOST, false, false },
                               { "catch_up", s->catch_up, NAME_MOST, false, false },
                               { "grace", s->grace, NAME_MOST, false, false });

    if (status == TEND_OK)
        status = check_event_key(fx, err);
    if (status == TEND_OK && !is_empty(s->every) &&
        tend_recur_parse(tend_text_of(s->every), &rule, err) != TEND_OK)
        return tend_error_wrap(err, "the `every` of a schedule is no rule; write year, 2 weeks on "
                                    "mon thu, or month on 31");
    if (status == TEND_OK && !is_empty(s->from) && !tend_date_parse(tend_text_of(s->from), &day) &&
        (s->from[0] == '-' || tend_span_parse(tend_text_of(s->from), &span, err) != TEND_OK))
        return tend_error_set(err, TEND_INVALID,
                              "the `from` of a schedule: \"%.60s\" is neither a day as 1984-02-29 "
                              "nor a span from the event as 30d",
                              s->from);
    if (status == TEND_OK && !is_empty(s->at) && !is_wall(s->at))
        return tend_error_set(err, TEND_INVALID,
                              "the `at` of a schedule: \"%.60s\" is no time of day; write 09:00",
                              s->at);
    if (status == TEND_OK && !is_empty(s->catch_up) && strcmp(s->catch_up, "one") != 0 &&
        strcmp(s->catch_up, "skip") != 0 && strcmp(s->catch_up, "each") != 0)
        return tend_error_set(err, TEND_INVALID,
                              "the `catch_up` of a schedule is one, skip or each, not \"%.60s\"",
                              s->catch_up);
    if (status == TEND_OK && (s->most < 0 || s->most > TEND_EFFECTS_MOST))
        return tend_error_set(err, TEND_INVALID,
                              "the `most` of a schedule is a number from 1 to %d",
                              TEND_EFFECTS_MOST);
    if (status == TEND_OK)
        status = check_span("lead", s->lead, err);
    return status == TEND_OK ? check_span("grace", s->grace, err) : status;
}

static tend_status check_kind(const struct tend_fx *fx, struct tend_error *err)
{
    switch (fx->kind) {
    case TEND_FX_TASK:
        return check_task(fx, err);
    case TEND_FX_RETIME:
        return check_retime(fx, err);
    case TEND_FX_HOLD:
        return check_hold(fx, err);
    case TEND_FX_TAG:
    case TEND_FX_UNTAG:
        return check_tag(fx, err);
    case TEND_FX_LINK:
        return check_link(fx, err);
    case TEND_FX_SCHEDULE:
        return check_schedule(fx, err);
    case TEND_FX_CANCEL:
        return check_event_key(fx, err);
    case TEND_FX_MOVE: {
        const struct tend_fx_move *move = (const void *)fx;

        return RULES("move", { "track", move->track, NAME_MOST, false, false },
                     { "stage", move->stage, NAME_MOST, true, false },
                     { "reason", move->reason, LINE_MOST, false, false });
    }
    case TEND_FX_SET: {
        const struct tend_fx_set *set = (const void *)fx;

        return RULES("set", { "field", set->field, NAME_MOST, true, false },
                     { "value", set->value, TEXT_MOST, false, true });
    }
    case TEND_FX_NOTE: {
        const struct tend_fx_text *note = (const void *)fx;

        return RULES("note", { "text", note->text, TEXT_MOST, true, true });
    }
    case TEND_FX_PRINT: {
        const struct tend_fx_text *print = (const void *)fx;

        return check_print(print->text, err);
    }
    case TEND_FX_ROW:
        return check_row(fx, err);
    case TEND_FX_ASK: {
        const struct tend_fx_ask *ask = (const void *)fx;

        return RULES("ask", { "text", ask->text, LINE_MOST, true, false },
                     { "choices", ask->choices, LINE_MOST, false, false });
    }
    case TEND_FX_STATE: {
        const struct tend_fx_state *state = (const void *)fx;

        return RULES("state", { "name", state->name, NAME_MOST, true, false },
                     { "value", state->value, TEXT_MOST, false, true });
    }
    default: {
        const struct tend_fx_close *close = (const void *)fx;

        return RULES(tend_effect_name(fx->kind), { "why", close->why, LINE_MOST, false, false });
    }
    }
}

/* Members that this host does not know must not be lost without a word. */
static bool has_more(const struct tend_fx *fx, uint32_t size)
{
    const unsigned char *bytes = (const void *)fx;

    for (uint32_t i = size; i < fx->size; i++)
        if (bytes[i])
            return true;
    return false;
}

static bool of_nobody(uint32_t kind)
{
    return kind == TEND_FX_STATE || (TEND_EFFECTS_SAID & (UINT32_C(1) << kind)) != 0;
}

static bool needs_key(uint32_t kind)
{
    return kind == TEND_FX_TASK || kind == TEND_FX_RETIME || kind == TEND_FX_DONE ||
           kind == TEND_FX_DROP || kind == TEND_FX_ASK || kind == TEND_FX_SCHEDULE ||
           kind == TEND_FX_CANCEL;
}

tend_status tend_effect_check(const struct tend_fx *fx, struct tend_error *err)
{
    const char *name = fx ? tend_effect_name(fx->kind) : NULL;
    tend_status status;

    if (!fx)
        return tend_error_set(err, TEND_INVALID, "there is no effect to make");
    if (!name)
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "%u is no kind of effect that this tend knows", fx->kind);
    if (fx->size < kinds[fx->kind].size || fx->size > SIZE_MOST)
        return tend_error_set(err, TEND_INVALID,
                              "a %s has %u bytes, at least %u belong: set fx.size to the size of "
                              "its struct",
                              name, fx->size, kinds[fx->kind].size);
    if (has_more(fx, kinds[fx->kind].size))
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "a %s has members that this tend does not know; install a newer tend",
                              name);
    if (fx->person < 0 || (fx->person == 0 && !of_nobody(fx->kind)))
        return tend_error_set(err, TEND_INVALID, "a %s needs a person", name);
    status = RULES(name, { "key", fx->key, NAME_MOST, needs_key(fx->kind), false });
    return status == TEND_OK ? check_kind(fx, err) : status;
}
