/* triage: from the list of names to the list of those to talk to, one card and
 * one key at a time. It stops early on purpose: ten a day are done, 500 never. */
#include "desk/gate.h"
#include "desk/people.h"
#include "desk/work.h"
#include "plugin/vocabulary.h"
#include "shell/ask.h"
#include "shell/view.h"
#include "shell/write.h"
#include "store/filter.h"
#include "store/ops_person.h"

#define MOST 10
#define TALK_DAYS 7             /* a first call may wait so long */
#define KEYS "tflasbq"

struct triage {
    struct tend_shell *shell;
    const tend_id *persons;
    tend_id *batch;             /* of each card; 0: skipped */
    char *key;
    int64_t n, at;
    bool quit;
};

static tend_status find_people(struct tend_shell *shell, const struct tend_parsed *parsed,
                               int64_t most, tend_id **persons, int64_t *n, int64_t *all)
{
    struct tend_filter *filter;
    tend_status status;

    if (!tend_given_is(parsed, "FILTER"))
        return tend_person_untold(shell->store, tend_vocabulary_initial(shell->registry), most,
                                  &shell->arena, persons, n, all);
    status = tend_ref_filter(shell, tend_given(parsed, "FILTER"), &filter);
    if (status == TEND_OK)
        status = tend_filter_list(shell->store, filter, most, &shell->arena, persons, n);
    return status == TEND_OK ? tend_filter_count(shell->store, filter, all) : status;
}

/* The outcomes shut each other out. */
static tend_status mark(struct triage *t, struct tend_deed *deed, tend_id person, const char *as)
{
    static const char *const tags[] = { "talk", "friend", "later" };
    struct tend_person_view view;
    tend_status status = tend_person_read(t->shell->store, person, &t->shell->arena, &view);

    for (size_t i = 0; status == TEND_OK && i < sizeof tags / sizeof *tags; i++) {
        bool has = false, on = as != NULL && strcmp(as, tags[i]) == 0;

        for (int64_t k = 0; k < view.n_tags; k++)
            has = has || tend_text_is(view.tags[k], tags[i]);
        if (has != on)
            status = tend_person_tag(&t->shell->desk, deed, person, tend_text_of(tags[i]), on);
    }
    return status;
}

/* Who wants to be left alone is marked, and no call is planned. */
static tend_status plan_call(struct triage *t, struct tend_deed *deed, tend_id person)
{
    struct tend_shell *shell = t->shell;
    struct tend_plan_ask ask = { .person = person, .kind = TEND_TEXT("call"),
                                 .title = TEND_TEXT("first call"), .wall = -1 };
    struct tend_word_info word;
    const char *why;
    tend_id task;
    tend_status status;

    if (!tend_vocabulary_find(shell->registry, TEND_WORD_KIND, ask.kind, NULL, &word))
        ask.kind = TEND_TEXT("");
    status = tend_gate_day(&shell->desk, person, tend_shell_today(shell) + 1, &shell->arena,
                           &ask.opens_day, &why);
    ask.closes_day = ask.opens_day + TALK_DAYS;
    if (status == TEND_OK)
        status = tend_task_plan(&shell->desk, deed, &ask, &task);
    if (status != TEND_DENIED)
        return status;
    (void)deed;
    tend_shell_note(shell, "%s", shell->err.text);
    tend_error_clear(&shell->err);
    return TEND_OK;
}

static tend_status decide(struct triage *t, struct tend_deed *deed, tend_id person, char key)
{
    tend_status status = mark(t, deed, person, key == 't'   ? "talk"
                                               : key == 'f' ? "friend"
                                               : key == 'l' ? "later"
                                                            : NULL);

    if (status == TEND_OK && key == 't')
        status = plan_call(t, deed, person);
    if (status == TEND_OK && key == 'a')
        status = tend_person_archive(&t->shell->desk, deed, person, true);
    return status;
}

/* One key is one batch. */
static int keep(struct triage *t, tend_id person, char key)
{
    struct tend_shell *shell = t->shell;
    const char *who = tend_write_who(shell, person);
    struct tend_deed deed;
    tend_status status = tend_write_begin(shell, &deed, "triage p%lld", (long long)person);

    if (status == TEND_OK)
        status = decide(t, &deed, person, key);
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    t->key[t->at] = key;
    t->batch[t->at++] = deed.batch;
    tend_write_say(shell, &deed, tend_arena_printf(&shell->arena, "%s: %s", who,
                                                   key == 't'   ? "talk to"
                                                   : key == 'f' ? "friend only"
                                                   : key == 'l' ? "later"
                                                                : "archived"),
                   "tag untag archived", person);
    return TEND_EXIT_OK;
}

/* The card before, with what was done about it taken back. */
static int go_back(struct triage *t)
{
    struct tend_shell *shell = t->shell;
    struct tend_undo undo;
    tend_id batch;

    if (t->at == 0) {
        tend_shell_note(shell, "this is the first card");
        return TEND_EXIT_OK;
    }
    batch = t->batch[--t->at];
    if (batch == 0)
        return TEND_EXIT_OK;
    if (tend_store_undo(shell->store, batch, tend_store_me(shell->store), shell->options.dry,
                        &shell->arena, &undo) != TEND_OK)
        return tend_shell_fail(shell);
    tend_sayf(shell, "took back b%lld", (long long)batch);
    return TEND_EXIT_OK;
}

static int one_card(struct triage *t)
{
    struct tend_shell *shell = t->shell;
    tend_id person = t->persons[t->at];
    struct tend_person_view view;
    tend_status status = tend_person_read(shell->store, person, &shell->arena, &view);
    const char *question;
    char key;

    if (status == TEND_OK) {
        tend_line_out(shell, "%s", "");
        status = tend_view_card(shell, &view);
    }
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    question = tend_arena_printf(&shell->arena, "%lld of %lld  [t]alk to [f]riend only [l]ater "
                                 "[a]rchive [s]kip [b]ack [q]uit", (long long)t->at + 1,
                                 (long long)t->n);
    fflush(shell->out);
    status = tend_ask_key(shell, question, KEYS, &key);
    if (status == TEND_CANCELLED || (status == TEND_OK && key == 'q')) {
        t->quit = true;
        tend_error_clear(&shell->err);
        return TEND_EXIT_OK;
    }
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (key == 'b')
        return go_back(t);
    if (key == 's') {
        t->key[t->at] = key;
        t->batch[t->at++] = 0;
        return TEND_EXIT_OK;
    }
    return keep(t, person, key);
}

static int run_cards(struct triage *t, int64_t all)
{
    int exit_status = TEND_EXIT_OK;
    int64_t left, talk = 0, other = 0;

    while (exit_status == TEND_EXIT_OK && !t->quit && t->at < t->n)
        exit_status = one_card(t);
    for (int64_t i = 0; i < t->at; i++) {
        talk += t->key[i] == 't';
        other += t->key[i] != 't' && t->key[i] != 's';
    }
    left = all - talk - other;
    tend_sayf(t->shell, "%lld to talk to, %lld put elsewhere%s", (long long)talk,
              (long long)other, left > 0 ? "" : "; that were all");
    if (left > 0)
        tend_sayf(t->shell, "%lld left for another day: triage", (long long)left);
    return exit_status;
}

static int run_triage(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words most = tend_given(parsed, "most");
    struct triage t = { .shell = shell };
    int64_t n = MOST, all = 0;
    tend_id *persons = NULL;
    tend_status status;

    if (tend_given_is(parsed, "most") &&
        (!tend_text_int(most.at[0].text, &n) || n < 1 || n > 1000)) {
        tend_point_at(&shell->err, TEND_USAGE, shell->line, &most.at[0],
                      "--most takes a number from 1 to 1000");
        return tend_shell_fail(shell);
    }
    if (!tend_ask_can(shell)) {
        tend_error_set(&shell->err, TEND_USAGE,
                       "triage asks for one key a card, which needs a terminal; without one: tag "
                       "PERSON +talk, +friend or +later, archive PERSON");
        return tend_shell_fail(shell);
    }
    status = find_people(shell, parsed, n, &persons, &t.n, &all);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (t.n == 0) {
        tend_sayf(shell, "nobody is left to be sorted");
        return TEND_EXIT_OK;
    }
    t.persons = persons;
    t.key = tend_arena_take(&shell->arena, (size_t)t.n);
    t.batch = tend_arena_take(&shell->arena, (size_t)t.n * sizeof *t.batch);
    return run_cards(&t, all);
}

static const struct tend_arg args[] = {
    { "FILTER", TEND_SLOT_FILTER, TEND_OPTIONAL, "who; else those who stand at the first stage and "
      "were not sorted yet, the newest import first", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "most", TEND_SLOT_NUMBER, 0, "N", "cards at once; else 10", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "triage", "ten people, one key each" },
    { "triage --most 5 tag:later", "whom you put off" },
    { 0 }
};
const struct tend_command tend_cmd_triage = {
    .name = "triage", .group = "daily", .summary = "sort people, one card and one key at a time",
    .more = "t  talk to: tag talk, and a first call is planned    f  friend only: tag friend\n"
            "l  later: tag later    a  archive    s  skip    b  back: takes the last key back\n"
            "Each key is a batch of its own. They are found again with list tag:talk, tag:friend,\n"
            "tag:later and archived:yes. Works at a terminal only.",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .run = run_triage,
};
