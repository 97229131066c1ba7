/* The frame of every command that writes: one deed, one line that says what
 * was understood and what came of it, and how to take it back. */
#include "shell/write.h"
#include "desk/backlog.h"
#include "desk/people.h"
#include "plugin/vocabulary.h"
#include "shell/local.h"
#include "shell/view.h"
#include "store/ops_person.h"
#include <stdlib.h>

#define TOLD 12                 /* consequences of a command; --json has all of them */

/* config name=..., else the login name. */
static struct tend_text my_name(struct tend_shell *shell)
{
    const char *user = getenv("USER");
    struct tend_text name = { 0 };

    if (tend_meta_get(shell->store, "name", &shell->arena, &name) == TEND_OK && name.len > 0)
        return name;
    return tend_text_of(user != NULL && *user != '\0' ? user : "me");
}

/* The first command that writes finds out where the user lives. */
static tend_status first_settings(struct tend_shell *shell)
{
    struct tend_text zone = { 0 };
    tend_status status = tend_meta_get(shell->store, "zone", &shell->arena, &zone);

    if (status == TEND_OK && zone.len == 0)
        status = tend_meta_set(shell->store, "zone", tend_text_of(tend_zone_local_name()));
    return status;
}

static tend_status begin(struct tend_shell *shell, struct tend_deed *deed, const char *verb)
{
    tend_status status;

    *deed = (struct tend_deed){ 0 };
    status = tend_deed_begin(&shell->desk, deed, verb);
    if (status != TEND_OK)
        return status;
    shell->deed_open = true;
    if (tend_store_me(shell->store) == 0)
        status = tend_desk_me(&shell->desk, deed, my_name(shell));
    return status == TEND_OK ? tend_backlog_seen(&shell->desk) : status;
}

/* In a deed of its own, so that undoing the first command leaves them there. */
tend_status tend_write_me(struct tend_shell *shell)
{
    struct tend_deed deed;
    tend_status status;

    if (tend_store_me(shell->store) != 0 || shell->options.dry)
        return TEND_OK;
    status = first_settings(shell);
    if (status != TEND_OK)
        return status;
    status = begin(shell, &deed, "me");
    if (status == TEND_OK)
        status = tend_deed_end(&shell->desk, &deed);
    else if (shell->deed_open)
        tend_deed_abort(&shell->desk, &deed);
    shell->deed_open = false;
    tend_deed_finish(&deed);
    return status;
}

tend_status tend_write_begin(struct tend_shell *shell, struct tend_deed *deed,
                             const char *fmt, ...)
{
    const char *verb;
    va_list args;
    tend_status status;

    va_start(args, fmt);
    verb = tend_arena_vprintf(&shell->arena, fmt, args);
    va_end(args);
    *deed = (struct tend_deed){ 0 };
    status = tend_write_me(shell);
    return status == TEND_OK ? begin(shell, deed, verb) : status;
}

static void print_warnings(struct tend_shell *shell, const struct tend_deed *deed)
{
    for (int64_t i = 0; i < deed->warning.n; i++)
        tend_shell_note(shell, "%s", deed->warning.at[i]);
}

tend_status tend_write_end(struct tend_shell *shell, struct tend_deed *deed)
{
    tend_status status = tend_deed_end(&shell->desk, deed);

    shell->deed_open = false;
    if (status == TEND_OK)
        print_warnings(shell, deed);
    return status;
}

static void json_veto(struct tend_json *json, const struct tend_veto *veto)
{
    tend_json_open(json, NULL, '{');
    tend_json_str(json, "plugin", veto->plugin);
    tend_json_str(json, "code", veto->code);
    tend_json_str(json, "text", veto->text);
    tend_json_str(json, "cure", veto->cure);
    tend_json_close(json, '}');
}

/* Without a veto in the deed it was the gate that said no. */
static int say_vetoes(struct tend_shell *shell, const struct tend_deed *deed)
{
    struct tend_json json = { 0 };

    for (int64_t i = 0; i < deed->vetoes.veto.n; i++) {
        const struct tend_veto *veto = &deed->vetoes.veto.at[i];

        tend_error_set(&shell->err, TEND_VETO, "vetoed by %s: %s", veto->plugin, veto->text);
        if (veto->cure != NULL)
            tend_error_cure(&shell->err, "%s", veto->cure);
        tend_shell_fail(shell);
    }
    if (deed->vetoes.veto.n == 0)
        tend_shell_fail(shell);
    if (!shell->options.json)
        return TEND_EXIT_VETO;
    tend_json_open(&json, NULL, '{');
    tend_json_open(&json, "vetoes", '[');
    if (deed->vetoes.veto.n == 0)
        json_veto(&json, &(struct tend_veto){ "gate", "dnc", shell->err.text, shell->err.cure });
    for (int64_t i = 0; i < deed->vetoes.veto.n; i++)
        json_veto(&json, &deed->vetoes.veto.at[i]);
    tend_json_close(&json, ']');
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    return TEND_EXIT_VETO;
}

int tend_write_fail(struct tend_shell *shell, struct tend_deed *deed, tend_status status)
{
    bool begun = shell->deed_open;
    int exit_status;

    if (begun)
        tend_deed_abort(&shell->desk, deed);
    shell->deed_open = false;
    if ((status == TEND_DENIED && begun) || (status == TEND_VETO && deed->vetoes.veto.n > 0))
        exit_status = say_vetoes(shell, deed);
    else
        exit_status = tend_shell_fail(shell);
    print_warnings(shell, deed);
    tend_deed_finish(deed);
    return exit_status;
}

void tend_write_cure_mark(struct tend_shell *shell, tend_id person, struct tend_text kind)
{
    struct tend_text rest = tend_person_dnc(shell->store, person, &shell->arena), channel;
    struct tend_text mark = { 0 };

    while (tend_text_cut(&rest, ",", &channel)) {
        if (tend_text_is(channel, "all"))
            mark = channel;
        else if (mark.len == 0 && tend_vocabulary_touch_means(shell->registry, kind,
                                                              TEND_TEXT(""), false, channel))
            mark = channel;
    }
    if (mark.len == 0 || tend_text_is(mark, "all"))
        tend_error_cure(&shell->err, "dnc p%lld --off", (long long)person);
    else
        tend_error_cure(&shell->err, "dnc p%lld %.*s --off", (long long)person, TEND_FMT(mark));
}

const char *tend_write_who(struct tend_shell *shell, tend_id person)
{
    struct tend_text name = tend_view_called(shell, person);

    return tend_arena_printf(&shell->arena, "p%lld %.*s", (long long)person, TEND_FMT(name));
}

/* --- consequences ----------------------------------------------------------- */

static void add_by(struct tend_buffer *buf, const struct tend_outcome *outcome)
{
    if (outcome->plugin != NULL && outcome->id != 0 && outcome->kind == TEND_REF_TASK)
        tend_buffer_addf(buf, " (%s, t%lld)", outcome->plugin, (long long)outcome->id);
    else if (outcome->plugin != NULL)
        tend_buffer_addf(buf, " (%s)", outcome->plugin);
    else if (outcome->id != 0 && outcome->kind == TEND_REF_TASK)
        tend_buffer_addf(buf, " (t%lld)", (long long)outcome->id);
}

static void add_window(struct tend_shell *shell, struct tend_buffer *buf,
                       const struct tend_outcome *outcome)
{
    const struct tend_zone *zone = tend_person_zone(shell->store, outcome->person);

    tend_buffer_addc(buf, ' ');
    if (outcome->wall >= 0)
        tend_local_say_both(shell, buf, outcome->opens_day, outcome->wall, zone);
    else
        tend_local_say(shell, buf, outcome->opens_day, -1, zone);
    if (outcome->closes_day > outcome->opens_day) {
        tend_buffer_adds(buf, " to ");
        tend_local_say(shell, buf, outcome->closes_day, -1, zone);
    }
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static bool is_one_of(const char *effect, const char *words)
{
    return tend_text_has_word(tend_text_of(words), tend_text_of(effect));
}

static void add_outcome(struct tend_shell *shell, struct tend_buffer *buf,
                        const struct tend_outcome *outcome, tend_id main, int64_t today)
{
    const char *effect = outcome->effect, *title = or_empty(outcome->title);

    if (is_one_of(effect, "move") && outcome->person == main) {
        tend_buffer_addf(buf, " -> %s", or_empty(outcome->to));
        add_by(buf, outcome);
        return;
    }
    tend_buffer_adds(buf, ". ");
    if (outcome->person != 0 && outcome->person != main)
        tend_buffer_addf(buf, "%s: ", tend_write_who(shell, outcome->person));
    if (is_one_of(effect, "task")) {
        tend_buffer_adds(buf, title);
        add_window(shell, buf, outcome);
    } else if (is_one_of(effect, "retime")) {
        tend_buffer_addf(buf, "%s now", title);
        add_window(shell, buf, outcome);
    } else if (is_one_of(effect, "move")) {
        tend_buffer_addf(buf, "-> %s", or_empty(outcome->to));
    } else if (is_one_of(effect, "hold")) {
        tend_buffer_addf(buf, "On hold (%s) until", or_empty(outcome->to));
        tend_buffer_addc(buf, ' ');
        tend_when_say(buf, outcome->opens_day != 0 ? outcome->opens_day : outcome->closes_day, -1,
                      today);
    } else if (is_one_of(effect, "closed done")) {
        tend_buffer_addf(buf, "Closes \"%s\"", title);
    } else if (is_one_of(effect, "drop dropped")) {
        tend_buffer_addf(buf, "Drops \"%s\"", title);
    } else if (is_one_of(effect, "withdrawn")) {
        tend_buffer_addf(buf, "Takes back \"%s\"", title);
    } else if (is_one_of(effect, "reopened")) {
        tend_buffer_addf(buf, "Opens \"%s\" again", title);
    } else if (is_one_of(effect, "timer")) {
        tend_buffer_adds(buf, "To be looked at again");
    } else {
        tend_buffer_addf(buf, "%s%s%s", effect, *title != '\0' ? ": " : "", title);
    }
    add_by(buf, outcome);
}

void tend_write_say(struct tend_shell *shell, struct tend_deed *deed, const char *what,
                    const char *own, tend_id main)
{
    struct tend_buffer buf = { 0 };
    int64_t today = tend_shell_today(shell), told = 0;

    tend_buffer_adds(&buf, what);
    for (int pass = 0; pass < 2; pass++) {      /* where they moved to stands first */
        for (int64_t i = 0; i < deed->outcome.n; i++) {
            const struct tend_outcome *outcome = &deed->outcome.at[i];
            bool first = is_one_of(outcome->effect, "move") && outcome->person == main;

            if (first != (pass == 0) || (outcome->plugin == NULL && own != NULL &&
                                         is_one_of(outcome->effect, own)))
                continue;
            if (told++ < TOLD)
                add_outcome(shell, &buf, outcome, main, today);
        }
    }
    if (told > TOLD)
        tend_buffer_addf(&buf, ". And %lld more", (long long)(told - TOLD));
    tend_buffer_adds(&buf, ".");
    if (shell->options.dry)
        tend_buffer_adds(&buf, " (dry run: nothing was written)");
    else if (deed->batch != 0)
        tend_buffer_addf(&buf, " (undo: b%lld)", (long long)deed->batch);
    else
        tend_buffer_adds(&buf, " (nothing changed)");
    tend_say(shell, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    tend_deed_finish(deed);
}

const char *tend_write_key(enum tend_ref_kind kind)
{
    switch (kind) {
    case TEND_REF_TASK:
        return "task";
    case TEND_REF_TOUCH:
        return "touch";
    case TEND_REF_STAGE:
        return "stage_change";
    case TEND_REF_HOLD:
        return "hold";
    case TEND_REF_IMPORT:
        return "import";
    case TEND_REF_NOTE:
        return "note";
    case TEND_REF_LINK:
        return "link";
    case TEND_REF_DNC:
        return "dnc";
    case TEND_REF_OBJECTION:
        return "objection";
    case TEND_REF_CONSENT:
        return "consent";
    case TEND_REF_DECISION:
        return "decision";
    case TEND_REF_TIMER:
        return "timer";
    default:
        return NULL;
    }
}

void tend_write_json(struct tend_shell *shell, struct tend_json *json,
                     const struct tend_deed *deed)
{
    tend_write_json_of(shell, json, deed, 0);
}

void tend_write_json_of(struct tend_shell *shell, struct tend_json *json,
                        const struct tend_deed *deed, tend_id person)
{
    tend_json_id(json, "batch", deed->batch);
    tend_json_open(json, "effects", '[');
    for (int64_t i = 0; i < deed->outcome.n; i++) {
        const struct tend_outcome *outcome = &deed->outcome.at[i];
        const struct tend_zone *zone = tend_person_zone(shell->store, outcome->person);

        if (person != 0 && outcome->person != person)
            continue;
        tend_json_open(json, NULL, '{');
        tend_json_str(json, "effect", outcome->effect);
        if (tend_write_key(outcome->kind) != NULL)
            tend_json_id(json, tend_write_key(outcome->kind), outcome->id);
        tend_json_id(json, "person", outcome->person);
        tend_json_str(json, "plugin", outcome->plugin);
        tend_json_str(json, "title", outcome->title);
        if (outcome->to != NULL) {
            tend_json_str(json, "track", outcome->track);
            tend_json_str(json, "from", outcome->from);
            tend_json_str(json, "to", outcome->to);
        }
        if (outcome->opens_day != 0) {
            int64_t wall = outcome->wall >= 0 ? outcome->wall : 0;

            tend_json_time(json, "opens", tend_zone_instant(zone, outcome->opens_day, wall), zone);
        }
        if (outcome->closes_day != 0)
            tend_json_time(json, "closes",
                           tend_zone_instant(zone, outcome->closes_day + 1, 0) - TEND_SECOND,
                           zone);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
    if (shell->options.dry)
        tend_json_bool(json, "dry_run", true);
}
