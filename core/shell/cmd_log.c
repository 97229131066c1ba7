/* log, note: what was said, and what is worth remembering. */
#include "desk/people.h"
#include "desk/work.h"
#include "shell/fields.h"
#include "shell/gate_words.h"
#include "shell/local.h"
#include "shell/view.h"
#include "shell/write.h"

struct log_words {              /* what was typed, understood */
    struct tend_ids parties;
    int64_t n_main;             /* named before the kind; those of with= come after */
    struct tend_touch_ask ask;
    struct tend_when at, next;
    bool has_at, has_next;
};

static tend_status add_party(struct tend_shell *shell, struct tend_ids *parties, tend_id person)
{
    tend_id *grown;

    for (int64_t i = 0; i < parties->n; i++) {
        if (parties->at[i] == person)
            return TEND_OK;
    }
    grown = tend_arena_take(&shell->arena, (size_t)(parties->n + 1) * sizeof *grown);
    memcpy(grown, parties->at, (size_t)parties->n * sizeof *grown);
    grown[parties->n++] = person;
    parties->at = grown;
    return TEND_OK;
}

/* at=: behind now. A day alone is noon of that day, since windows count days;
 * of today it is now. */
static tend_status read_at(struct tend_shell *shell, struct tend_words words, struct log_words *log)
{
    tend_status status = tend_shell_when(shell, words, true, &log->at);
    int64_t now = tend_shell_now(shell);

    if (status != TEND_OK)
        return status;
    log->has_at = true;
    if (log->at.wall < 0)
        log->at.at = log->at.day == tend_shell_today(shell)
                         ? now
                         : tend_zone_instant(tend_store_zone(shell->store), log->at.day,
                                             12 * TEND_HOUR);
    if (log->at.at > now)
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                             "at= is when it happened, and that lies ahead; "
                             "what is to come is planned: plan PERSON KIND TIME");
    log->ask.at = log->at.at;
    return TEND_OK;
}

static tend_status read_words(struct tend_shell *shell, const struct tend_parsed *parsed,
                              struct log_words *log)
{
    struct tend_text with = tend_given_text(parsed, "with", &shell->arena), piece;
    tend_status status = tend_ref_people(shell, parsed, "PERSON", &log->parties);

    log->n_main = log->parties.n;
    while (status == TEND_OK && tend_text_cut(&with, ",", &piece)) {
        tend_id person = 0;

        status = tend_ref_person(shell, piece, &person);
        if (status == TEND_OK)
            status = add_party(shell, &log->parties, person);
    }
    log->ask = (struct tend_touch_ask){
        .kind = tend_given_text(parsed, "KIND", &shell->arena),
        .text = tend_given_text(parsed, "TEXT", &shell->arena),
        .direction = tend_given_text(parsed, "direction", &shell->arena),
        .disposition = tend_given_text(parsed, "disposition", &shell->arena),
        .sentiment = tend_given_text(parsed, "sentiment", &shell->arena),
        .significant = tend_given_yes(parsed, "significant", &shell->arena),
        .objection = tend_given_text(parsed, "objection", &shell->arena),
        .underlying = tend_given_text(parsed, "underlying", &shell->arena),
        .parties = log->parties.at, .n_parties = log->parties.n, .n_main = log->n_main,
    };
    if (status == TEND_OK)
        status = tend_fields_sentiment(shell, tend_given(parsed, "sentiment"));
    if (status == TEND_OK && tend_given_is(parsed, "at"))
        status = read_at(shell, tend_given(parsed, "at"), log);
    if (status == TEND_OK && tend_given_is(parsed, "next")) {
        log->has_next = true;
        status = tend_shell_when(shell, tend_given(parsed, "next"), false, &log->next);
        if (status == TEND_OK)
            status = tend_local_ahead(shell, tend_given(parsed, "next"), &log->next);
    }
    return status;
}

/* The one line before its consequences. */
static void say_log(struct tend_shell *shell, struct tend_buffer *buf, const struct log_words *log)
{
    for (int64_t i = 0; i < log->parties.n; i++)
        tend_buffer_addf(buf, "%s%s", i > 0 ? ", " : "",
                         tend_write_who(shell, log->parties.at[i]));
    tend_buffer_addf(buf, ": %.*s, ", TEND_FMT(log->ask.kind));
    if (log->has_at && log->at.wall < 0)
        tend_when_say(buf, log->at.day, -1, tend_shell_today(shell));
    else
        tend_view_instant(shell, buf, log->ask.at != 0 ? log->ask.at : tend_shell_now(shell));
    if (log->ask.disposition.len > 0)
        tend_buffer_addf(buf, ", %.*s", TEND_FMT(log->ask.disposition));
    if (log->ask.sentiment.len > 0)
        tend_buffer_addf(buf, ", %.*s", TEND_FMT(log->ask.sentiment));
    if (tend_text_is(log->ask.direction, "in"))
        tend_buffer_adds(buf, ", they reached out");
    if (log->ask.significant > 0)
        tend_buffer_adds(buf, ", significant");
    if (log->ask.objection.len > 0)
        tend_buffer_addf(buf, ", against it: %.*s", TEND_FMT(log->ask.objection));
    if (log->ask.underlying.len > 0)
        tend_buffer_addf(buf, ", behind it: %.*s", TEND_FMT(log->ask.underlying));
}

static int print_log(struct tend_shell *shell, struct tend_deed *deed, const struct log_words *log,
                     tend_id touch, const char *what)
{
    struct tend_json json = { 0 };
    const struct tend_zone *zone = tend_store_zone(shell->store);

    if (!shell->options.json) {
        tend_write_say(shell, deed, what, "touch objection", log->parties.at[0]);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_id(&json, "touch", touch);
    tend_json_text(&json, "kind", log->ask.kind);
    tend_json_open(&json, "parties", '[');
    for (int64_t i = 0; i < log->parties.n; i++)
        tend_json_id(&json, NULL, log->parties.at[i]);
    tend_json_close(&json, ']');
    tend_json_time(&json, "at", log->ask.at != 0 ? log->ask.at : deed->now, zone);
    tend_json_text(&json, "text", log->ask.text);
    tend_json_text(&json, "disposition", log->ask.disposition);
    tend_write_json(shell, &json, deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
    return TEND_EXIT_OK;
}

/* next=: planned in the same deed. */
static tend_status also(struct tend_shell *shell, struct tend_deed *deed,
                        const struct log_words *log)
{
    tend_status status = TEND_OK;
    tend_id task;

    if (log->has_next) {
        tend_id person = log->parties.at[0];
        struct tend_local next = tend_local_of(shell, &log->next,
                                               tend_person_zone(shell->store, person));
        struct tend_plan_ask plan = { .person = person, .kind = TEND_TEXT("call"),
                                      .opens_day = next.day, .closes_day = next.day,
                                      .wall = next.wall };

        status = tend_task_plan(&shell->desk, deed, &plan, &task);
        if (status == TEND_DENIED)
            tend_write_cure_mark(shell, person, plan.kind);
        if (status == TEND_OK)
            status = tend_gate_remark(shell, deed, person, plan.kind, next.day, next.wall);
    }
    return status;
}

static int run_log(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct log_words log = { 0 };
    struct tend_deed deed;
    struct tend_buffer what = { 0 };
    tend_id touch = 0;
    int exit_status;
    tend_status status = read_words(shell, parsed, &log);

    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "log p%lld", (long long)log.parties.at[0]);
    if (status == TEND_OK)
        status = tend_touch_log(&shell->desk, &deed, &log.ask, &touch);
    if (status == TEND_OK)
        status = also(shell, &deed, &log);
    if (status == TEND_OK)
        say_log(shell, &what, &log);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status == TEND_OK) {
        tend_ref_remember(shell, log.parties.at[0]);
        exit_status = print_log(shell, &deed, &log, touch, what.at);
    } else {
        exit_status = tend_write_fail(shell, &deed, status);
    }
    tend_buffer_finish(&what);
    return exit_status;
}

static int run_note(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text text = tend_given_text(parsed, "TEXT", &shell->arena);
    struct tend_json json = { 0 };
    struct tend_deed deed;
    const char *who;
    tend_id person, note = 0;
    tend_status status = tend_ref_person(shell, tend_given_text(parsed, "PERSON", &shell->arena),
                                         &person);

    if (status != TEND_OK)
        return tend_shell_fail(shell);
    who = tend_write_who(shell, person);
    status = tend_write_begin(shell, &deed, "note p%lld", (long long)person);
    if (status == TEND_OK)
        status = tend_person_note(&shell->desk, &deed, person, text, &note);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    tend_ref_remember(shell, person);
    if (!shell->options.json) {
        tend_write_say(shell, &deed, tend_arena_printf(&shell->arena, "%s: noted", who), "note",
                       person);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_id(&json, "note", note);
    tend_json_id(&json, "person", person);
    tend_json_text(&json, "text", text);
    tend_write_json(shell, &json, &deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(&deed);
    return TEND_EXIT_OK;
}

static const char *const yes_no[] = { "yes", "no", NULL };
static const char *const directions[] = { "in", "out", NULL };
static const struct tend_arg log_args[] = {
    { "PERSON", TEND_SLOT_PEOPLE, 0, "with whom", NULL },
    { "KIND", TEND_SLOT_KIND, 0, "call, presentation, ...", NULL },
    { "TEXT", TEND_SLOT_TEXT, TEND_OPTIONAL, "what was said", NULL },
    { 0 }
};
static const struct tend_flag log_flags[] = {
    { "significant", TEND_SLOT_CHOICE, TEND_KEYWORD, "yes",
      "a real conversation; if not said: reached, and with a text", yes_no },
    { "disposition", TEND_SLOT_DISPOSITION, TEND_KEYWORD, "WORD", "how it came out: no_answer, soft_no",
      NULL },
    { "sentiment", TEND_SLOT_SENTIMENT, TEND_KEYWORD, "WORD", "how they felt: warm", NULL },
    { "objection", TEND_SLOT_WORD, TEND_KEYWORD, "TEXT", "what they said against it", NULL },
    { "underlying", TEND_SLOT_WORD, TEND_KEYWORD, "TEXT", "what is behind that", NULL },
    { "with", TEND_SLOT_PEOPLE, TEND_KEYWORD, "PERSON", "who else was there", NULL },
    { "direction", TEND_SLOT_CHOICE, TEND_KEYWORD, "in|out", "who reached out; out if not said",
      directions },
    { "at", TEND_SLOT_TIME, TEND_KEYWORD | TEND_BACKWARD, "TIME", "when it happened, if not now",
      NULL },
    { "next", TEND_SLOT_TIME, TEND_KEYWORD, "TIME", "plan a call for then", NULL },
    { 0 }
};
static const struct tend_example log_examples[] = {
    { "log ann call \"20 min, wants extra income\" significant=yes", "a conversation" },
    { "log susi,tom presentation at=\"thu 19:00\"", "two people; Thursday that was" },
    { "log karin call disposition=no_answer", "nobody answered" },
    { "log karin call disposition=soft_no objection=time underlying=\"afraid to ask friends\"",
      "what was said against it, and what is behind that" },
    { 0 }
};
static const struct tend_member log_members[] = {
    { "...", "touch", NULL },
    { "disposition", "text", "of all parties" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_log = {
    .name = "log", .group = "daily", .summary = "write down a touch: a call, a meeting, a message",
    .args = log_args, .flags = log_flags, .examples = log_examples,
    .effects = TEND_WRITES | TEND_PLUGINS,
    .members = log_members, .run = run_log,
};

static const struct tend_arg note_args[] = {
    { "PERSON", TEND_SLOT_PERSON, 0, "about whom", NULL },
    { "TEXT", TEND_SLOT_TEXT, 0, "what to remember", NULL },
    { 0 }
};
static const struct tend_example note_examples[] = {
    { "note eva \"nut allergy, two kids\"", "not a touch: nothing is re-timed" },
    { 0 }
};
static const struct tend_member note_members[] = {
    { "note", "integer", NULL },
    { "person", "integer", NULL },
    { "text", "text", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_note = {
    .name = "note", .group = "daily", .summary = "write something down about a person",
    .args = note_args, .examples = note_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = note_members, .run = run_note,
};
