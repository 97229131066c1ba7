/* Is an effect well formed? What it means for this person and this database is
 * asked later, when it is applied. */
#include "plugin/effects.h"
#include "base/date.h"
#include "base/recur.h"
#include "base/text.h"
#include "plugin/effect_list.h"

#define KEY_MOST 200
#define SIZE_MOST 4096
#define TEXT_MOST 65536         /* of a cell */
#define CELLS_MOST 64

const char *tend_effect_name(uint32_t kind)
{
    const struct tend_effect_kind *of = tend_effect_kind(kind);

    return of ? of->name : NULL;
}

static bool has_control(struct tend_text text, bool lines)
{
    for (int64_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if ((c < 0x20 && !(lines && (c == '\n' || c == '\t' || c == '\r'))) || c == 0x7F)
            return true;
    }
    return false;
}

/* A text: how it may be, is in its row of the list. */
static tend_status check_text(const char *effect, const struct tend_effect_member *member,
                              const char *value, struct tend_error *err)
{
    size_t most = (size_t)member->most, len = value ? strnlen(value, most + 1) : 0;
    struct tend_text text = { value, (int64_t)len };
    bool lines = member->type == TEND_EFFECT_LINES || member->type == TEND_EFFECT_VALUE;

    if (len == 0 && member->needed)
        return tend_error_set(err, TEND_INVALID, "a %s needs `%s`", effect, member->name);
    if (len == 0)
        return TEND_OK;
    if (len > most)
        return tend_error_set(err, TEND_LIMIT, "the `%s` of a %s is longer than %zu bytes",
                              member->name, effect, most);
    if (!tend_text_valid(text))
        return tend_error_set(err, TEND_INVALID, "the `%s` of a %s is not UTF-8", member->name,
                              effect);
    /* of what is shown as it is, what a terminal would obey is shown where it goes out */
    if (member->type != TEND_EFFECT_SHOWN && has_control(text, lines))
        return tend_error_set(err, TEND_INVALID, "the `%s` of a %s holds control characters",
                              member->name, effect);
    return TEND_OK;
}

static tend_status check_member(const struct tend_fx *fx, const char *effect,
                                const struct tend_effect_member *member, struct tend_error *err)
{
    const char *at = (const char *)fx + member->at, *text;
    int64_t number;

    if (tend_effect_is_text(member)) {
        memcpy(&text, at, sizeof text);
        return check_text(effect, member, text, err);
    }
    memcpy(&number, at, sizeof number);
    if (member->type == TEND_EFFECT_NUMBER && (number < 0 || number > member->most))
        return tend_error_set(err, TEND_INVALID, "the `%s` of a %s is a number from 1 to %lld",
                              member->name, effect, (long long)member->most);
    return TEND_OK;
}

/* Members that an older struct lacks are behind its end. */
static tend_status check_members(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_effect_kind *of = tend_effect_kind(fx->kind);
    const struct tend_effect_member key = { .name = "key", .most = KEY_MOST,
                                            .needed = of->needs_key };
    tend_status status = check_text(of->name, &key, fx->key, err);

    for (const struct tend_effect_member *m = of->members; m->kind == fx->kind; m++)
        if (status == TEND_OK && m->end <= fx->size)
            status = check_member(fx, of->name, m, err);
    return status;
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

/* Tags are shown as a list with commas, and typed as one. */
static tend_status check_tag(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_fx_text *tag = (const void *)fx;

    if (strchr(tag->text, ','))
        return tend_error_set(err, TEND_INVALID, "the tag \"%.60s\" holds a comma: one %s a tag",
                              tag->text, tend_effect_name(fx->kind));
    return TEND_OK;
}

static tend_status check_link(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_fx_link *link = (const void *)fx;

    if (link->other <= 0 || link->other == fx->person)
        return tend_error_set(err, TEND_INVALID, "a link needs another person as `other`");
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
    tend_status status = check_event_key(fx, err);

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
    if (status == TEND_OK)
        status = check_span("lead", s->lead, err);
    return status == TEND_OK ? check_span("grace", s->grace, err) : status;
}

/* What its members mean together, and what a text must say. */
static tend_status check_kind(const struct tend_fx *fx, struct tend_error *err)
{
    switch (fx->kind) {
    case TEND_FX_TASK:
        return check_window("task", ((const struct tend_fx_task *)(const void *)fx)->window, err);
    case TEND_FX_RETIME:
        return check_window("retime", ((const struct tend_fx_retime *)(const void *)fx)->window,
                            err);
    case TEND_FX_HOLD:
        return check_until(((const struct tend_fx_hold *)(const void *)fx)->until, err);
    case TEND_FX_TAG:
    case TEND_FX_UNTAG:
        return check_tag(fx, err);
    case TEND_FX_LINK:
        return check_link(fx, err);
    case TEND_FX_SCHEDULE:
        return check_schedule(fx, err);
    case TEND_FX_CANCEL:
        return check_event_key(fx, err);
    case TEND_FX_ROW:
        return check_row(fx, err);
    default:
        return TEND_OK;
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

tend_status tend_effect_check(const struct tend_fx *fx, struct tend_error *err)
{
    const struct tend_effect_kind *of = fx ? tend_effect_kind(fx->kind) : NULL;
    tend_status status;

    if (!fx)
        return tend_error_set(err, TEND_INVALID, "there is no effect to make");
    if (!of)
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "%u is no kind of effect that this tend knows", fx->kind);
    if (fx->size < tend_effect_least(fx->kind) || fx->size > SIZE_MOST)
        return tend_error_set(err, TEND_INVALID,
                              "a %s has %u bytes, at least %u belong: set fx.size to the size of "
                              "its struct",
                              of->name, fx->size, tend_effect_least(fx->kind));
    if (has_more(fx, of->size))
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "a %s has members that this tend does not know; install a newer tend",
                              of->name);
    if (fx->person < 0 || (fx->person == 0 && of->person == TEND_EFFECT_ONE))
        return tend_error_set(err, TEND_INVALID, "a %s needs a person", of->name);
    status = check_members(fx, err);
    return status == TEND_OK ? check_kind(fx, err) : status;
}
