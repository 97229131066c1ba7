/* config: the user's own settings. Each is checked before it is kept. */
#include "desk/gate.h"
#include "desk/people.h"
#include "shell/fields.h"
#include "shell/time.h"
#include "desk/region.h"
#include "shell/local.h"
#include "shell/view.h"
#include "shell/write.h"

#define NAMED_MOST 10           /* tasks that are named one by one */

static const char *const keys[] = { "name",  "zone",     "region", "hours", "date_order",
                                    "quiet", "holidays", "away",   "daily", "new_people",
                                    NULL };

static tend_status check_region(struct tend_shell *shell, struct tend_text *value)
{
    char *upper = tend_arena_str(&shell->arena, *value);

    for (char *at = upper; *at != '\0'; at++)
        *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at;
    if (value->len != 2 || upper[0] < 'A' || upper[0] > 'Z' || upper[1] < 'A' || upper[1] > 'Z')
        return tend_error_set(&shell->err, TEND_USAGE,
                              "region is the two letters of a country, such as AT");
    if (tend_region_find(tend_text_of(upper)) == NULL)
        return tend_error_set(&shell->err, TEND_USAGE, "there is no country %s", upper);
    value->at = upper;
    return TEND_OK;
}

/* What the desk says of a value is wrong usage here. */
static tend_status usage(struct tend_shell *shell, tend_status status)
{
    return status == TEND_OK ? TEND_OK : (shell->err.code = TEND_USAGE);
}

/* "mon-fri 18:00-21:00, sat 9:00-17:00" */
static tend_status check_hours(struct tend_shell *shell, struct tend_text value)
{
    struct tend_hours hours;
    tend_status status = usage(shell, tend_hours_parse(value, &hours, &shell->err));

    for (int32_t i = 0; status == TEND_OK && i < hours.n; i++) {
        const struct tend_hours_span *span = &hours.span[i];

        if (span->to > 24 * 60 && span->to - span->from > 16 * 60)
            status = tend_error_set(&shell->err, TEND_USAGE, "these hours end before they begin; "
                                                             "hours are written 18:00-21:00");
    }
    return status;
}

static tend_status check_times(struct tend_shell *shell, struct tend_text key,
                               struct tend_text value)
{
    struct tend_hours quiet;
    struct tend_holidays holidays;
    struct tend_away away;

    if (tend_text_is(key, "hours"))
        return check_hours(shell, value);
    if (tend_text_is(key, "quiet"))
        return usage(shell, tend_hours_parse(value, &quiet, &shell->err));
    return usage(shell, tend_text_is(key, "away")
                            ? tend_away_parse(value, &away, &shell->err)
                            : tend_holidays_parse(value, &holidays, &shell->err));
}

static tend_status check_number(struct tend_shell *shell, struct tend_text key,
                                struct tend_text value, int64_t least)
{
    int64_t number;

    if (tend_text_int(value, &number) && number >= least && number <= 1000)
        return TEND_OK;
    return tend_error_set(&shell->err, TEND_USAGE, "%.*s is a number from %lld to 1000",
                          TEND_FMT(key), (long long)least);
}

static tend_status check(struct tend_shell *shell, const struct tend_token *token,
                         struct tend_field *field)
{
    const struct tend_zone *zone;
    struct tend_text key = field->name;
    const char *near = tend_text_nearest(key, keys);

    if (field->how != TEND_ASSIGN_SET)
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                             "a setting has one value: %.*s=...", TEND_FMT(key));
    if (field->value.len == 0 && !tend_text_is(key, "name")) {
        for (const char *const *known = keys; *known != NULL; known++) {
            if (tend_text_is(key, *known))
                return TEND_OK;                 /* cleared */
        }
    }
    if (tend_text_is(key, "name"))
        return tend_text_trim(field->value).len > 0
                   ? TEND_OK
                   : tend_error_set(&shell->err, TEND_USAGE,
                                    "a name cannot be empty: config name=\"Your Name\"");
    if (tend_text_is(key, "zone"))
        return tend_zone_open(tend_arena_str(&shell->arena, field->value), &zone, &shell->err) ==
                       TEND_OK
                   ? TEND_OK
                   : (shell->err.code = TEND_USAGE);
    if (tend_text_is(key, "region"))
        return check_region(shell, &field->value);
    if (tend_text_is(key, "hours") || tend_text_is(key, "quiet") ||
        tend_text_is(key, "holidays") || tend_text_is(key, "away"))
        return check_times(shell, key, field->value);
    if (tend_text_is(key, "date_order")) {
        if (tend_order_of(field->value) != TEND_ORDER_NONE)
            return TEND_OK;
        return tend_error_set(&shell->err, TEND_USAGE, "date_order is dmy, mdy or ymd");
    }
    if (tend_text_is(key, "daily"))
        return check_number(shell, key, field->value, 1);
    if (tend_text_is(key, "new_people"))
        return check_number(shell, key, field->value, 0);
    return tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                         "there is no setting %.*s; %s%s%s", TEND_FMT(key),
                         near != NULL ? "did you mean " : "there are ",
                         near != NULL ? near
                                      : "name, zone, region, hours, date_order, quiet, "
                                        "holidays, away, daily and new_people",
                         near != NULL ? "?" : "");
}

/* The i-th word, which is no setting that came before; errors point at it. */
static tend_status read_setting(struct tend_shell *shell, const struct tend_token *token,
                                struct tend_field *fields, int64_t i)
{
    tend_status status = tend_fields_read(shell, token, &fields[i]);
    char *why;

    if (status != TEND_OK)
        return status;
    for (int64_t k = 0; k < i; k++) {
        if (tend_text_eq(fields[k].name, fields[i].name))
            return tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                                 "%.*s is given twice", TEND_FMT(fields[i].name));
    }
    status = check(shell, token, &fields[i]);
    if (status == TEND_OK || strchr(shell->err.text, '\n') != NULL)
        return status;
    why = tend_arena_printf(&shell->arena, "%s", shell->err.text);
    return tend_point_at(&shell->err, status, shell->line, token, "%s", why);
}

/* The name of `me` goes with the setting. */
static tend_status rename_me(struct tend_shell *shell, const struct tend_field *field)
{
    struct tend_deed deed;
    tend_status status = tend_write_begin(shell, &deed, "config name");
    struct tend_text now;

    if (status == TEND_OK) {
        now = tend_person_name(shell->store, tend_store_me(shell->store), &shell->arena);
        if (!tend_text_eq(now, field->value))
            status = tend_person_set(&shell->desk, &deed, tend_store_me(shell->store), field, 1);
    }
    if (status == TEND_OK)
        status = tend_deed_end(&shell->desk, &deed);
    else if (shell->deed_open)
        tend_deed_abort(&shell->desk, &deed);
    shell->deed_open = false;
    tend_deed_finish(&deed);
    return status;
}

static tend_status keep(struct tend_shell *shell, const struct tend_field *field)
{
    tend_status status;

    if (shell->options.dry)
        return TEND_OK;
    status = tend_meta_set(shell->store, tend_arena_str(&shell->arena, field->name), field->value);
    if (status == TEND_OK && tend_text_is(field->name, "name"))
        status = rename_me(shell, field);
    /* windows of people without a zone of their own are in this one */
    if (status == TEND_OK && tend_text_is(field->name, "zone"))
        status = tend_derive_rebuild(shell->store);
    return status;
}

static bool is_days(struct tend_text key)
{
    return tend_text_is(key, "hours") || tend_text_is(key, "holidays") ||
           tend_text_is(key, "away");
}

/* The days that are worked go with what is planned on them: one batch. */
static tend_status keep_days(struct tend_shell *shell, const struct tend_field *fields, int64_t n,
                             struct tend_deed *deed, struct tend_gate_settled *settled)
{
    struct tend_rules before;
    tend_status status = tend_write_begin(shell, deed, "config");

    before = *tend_rules_get(&shell->desk);
    for (int64_t i = 0; status == TEND_OK && i < n; i++)
        if (is_days(fields[i].name))
            status = tend_meta_set(shell->store, tend_arena_str(&shell->arena, fields[i].name),
                                   fields[i].value);
    if (status == TEND_OK)
        status = tend_gate_settle(&shell->desk, deed, &before, settled);
    if (status == TEND_OK)
        status = tend_write_end(shell, deed);
    return status;
}

/* What was moved and what was left, after the lines of the settings. */
static void say_settled(struct tend_shell *shell, struct tend_deed *deed,
                        const struct tend_gate_settled *settled)
{
    if (settled->moved > 0) {
        const char *what = tend_arena_printf(&shell->arena, "%lld %s moved%s",
                                             (long long)settled->moved,
                                             settled->moved == 1 ? "task" : "tasks",
                                             settled->moved > NAMED_MOST ? ", such as" : "");

        if (deed->outcome.n > NAMED_MOST)
            deed->outcome.n = NAMED_MOST;
        tend_write_say(shell, deed, what, NULL, 0);
        if (!shell->options.dry)
            tend_shell_note(shell, "undo takes the moves back; the setting stays");
    }
    for (int64_t i = 0; i < settled->left.n; i++) {
        struct tend_task_view task;
        struct tend_buffer when = { 0 };

        if (i == NAMED_MOST) {
            tend_sayf(shell, "and %lld more", (long long)(settled->left.n - i));
            break;
        }
        if (tend_task_read(shell->store, settled->left.at[i], tend_shell_now(shell), &shell->arena,
                           &task) != TEND_OK)
            break;
        tend_view_window(shell, &when, &task);
        tend_sayf(shell, "planned by hand, left as it is: t%lld %.*s, p%lld %.*s, %s",
                  (long long)task.id, TEND_FMT(task.title), (long long)task.person,
                  TEND_FMT(task.name), when.at);
        tend_buffer_finish(&when);
    }
}

/* deed: what the settings did to tasks; NULL if nothing was asked of them. */
static int show_settings(struct tend_shell *shell, const struct tend_deed *deed,
                         const struct tend_gate_settled *settled)
{
    static const struct tend_sheet_column columns[] = { { "setting", 0 }, { "value", 0 } };
    struct tend_sheet sheet = { columns, 2, { 0 } };
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '{');
    for (const char *const *key = keys; *key != NULL; key++) {
        struct tend_text value = { 0 };

        if (tend_meta_get(shell->store, *key, &shell->arena, &value) != TEND_OK)
            return tend_shell_fail(shell);
        if (value.len == 0 && strcmp(*key, "quiet") == 0)
            value = TEND_TEXT(TEND_QUIET_DEFAULT);
        tend_json_text(&json, *key, value);
        tend_sheet_add(&sheet, tend_text_of(*key));
        tend_sheet_add(&sheet, value);
    }
    if (deed != NULL) {
        tend_write_json(shell, &json, deed);
        tend_json_open(&json, "left", '[');
        for (int64_t i = 0; i < settled->left.n; i++)
            tend_json_id(&json, NULL, settled->left.at[i]);
        tend_json_close(&json, ']');
    }
    tend_json_close(&json, '}');
    if (shell->options.json)
        tend_json_print(shell, &json);
    else
        tend_sheet_print(shell, &sheet);
    tend_buffer_finish(&json.buf);
    TEND_ARRAY_FINISH(&sheet.cell);
    return TEND_EXIT_OK;
}

static int keep_all(struct tend_shell *shell, const struct tend_field *fields, int64_t n)
{
    struct tend_gate_settled settled = { 0 };
    struct tend_deed deed = { 0 };
    tend_status status = TEND_OK;
    bool days = false;
    int exit_status = TEND_EXIT_OK;

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        days = days || is_days(fields[i].name);
        if (!is_days(fields[i].name))
            status = keep(shell, &fields[i]);
    }
    if (status == TEND_OK && days)
        status = keep_days(shell, fields, n, &deed, &settled);
    if (status != TEND_OK && days)
        return tend_write_fail(shell, &deed, status);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    for (int64_t i = 0; !shell->options.json && i < n; i++)
        tend_sayf(shell, "%.*s = %.*s%s", TEND_FMT(fields[i].name), TEND_FMT(fields[i].value),
                  shell->options.dry ? " (dry run: nothing was written)" : "");
    if (shell->options.json)
        exit_status = show_settings(shell, days ? &deed : NULL, &settled);
    else
        say_settled(shell, &deed, &settled);
    TEND_ARRAY_FINISH(&settled.left);
    tend_deed_finish(&deed);
    return exit_status;
}

static int run_config(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words words = tend_given(parsed, "KEY=VALUE");
    struct tend_field *fields = tend_arena_take(&shell->arena,
                                                (size_t)(words.n + 1) * sizeof *fields);

    if (words.n == 0)
        return show_settings(shell, NULL, NULL);
    for (int64_t i = 0; i < words.n; i++) {
        if (read_setting(shell, &words.at[i], fields, i) != TEND_OK)
            return tend_shell_fail(shell);
    }
    return keep_all(shell, fields, words.n);
}

static const struct tend_arg args[] = {
    { "KEY=VALUE", TEND_SLOT_SETTINGS, TEND_OPTIONAL, "name= zone= region= hours= date_order= quiet= "
      "holidays= away= daily= new_people=", keys },
    { 0 }
};
static const struct tend_example examples[] = {
    { "config", "all settings" },
    { "config name=\"Mira Sample\" zone=Europe/Vienna region=AT", "who and where you are" },
    { "config hours=\"mon-fri 18:00-21:00, sat 9:00-17:00\" date_order=dmy", "when you work" },
    { "config daily=8 new_people=1", "how many things a day takes, and how many new people" },
    { "config quiet=21:00-08:00 holidays=AT", "when nobody is called; the holidays of Austria" },
    { "config holidays=\"US, 12-24, 2026-12-31, not 10-12\"", "of the US, two more, one less" },
    { "config away=2026-12-20..2027-01-03", "nothing is planned then; away= clears it" },
    { 0 }
};
static const struct tend_member config_members[] = {
    { "name", "text", NULL },
    { "zone", "text", NULL },
    { "region", "text", NULL },
    { "hours", "text", NULL },
    { "date_order", "text", "dmy, mdy, ymd" },
    { "quiet", "text", "hours of rest" },
    { "holidays", "text", NULL },
    { "away", "text", NULL },
    { "daily", "text", NULL },
    { "new_people", "text", NULL },
    { "left", "[integer]", "tasks that were moved, and wait for a tick" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_config = {
    .name = "config", .group = "the house", .summary = "your name, zone, hours, holidays",
    .more = "hours are your own: plugins plan nothing on a weekday that has none. quiet is when "
            "nobody is called, by the clock where they live (21:00-08:00 unless set; off). "
            "holidays are a country's, dates (2026-12-25, 12-24 for every year), easter+1, and not "
            "12-08 for one that you work on. away takes days or ranges with commas; what plugins "
            "have planned then is moved, what you have planned is named. One person has their own: "
            "set ann quiet=20:00-09:00 hours=\"weekdays after 17:00\". An empty value clears.",
    .args = args, .examples = examples, .effects = TEND_WRITES | TEND_PLUGINS | TEND_READS_BARE,
    .members = config_members, .run = run_config,
};
