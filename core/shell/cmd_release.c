/* release: what failed too often is tried again, when a person says so. */
#include "base/text.h"
#include "desk/deed.h"
#include "sched/timer.h"
#include "shell/parked.h"
#include "shell/view.h"
#include "shell/write.h"

void tend_parked_note(struct tend_shell *shell)
{
    struct tend_text plugin = { "", 0 }, event = { "", 0 };
    tend_id *ids;
    int64_t parked, asleep;

    if (tend_timer_parked(shell->store, 0, 1, &shell->arena, &ids, &parked) != TEND_OK ||
        tend_timer_asleep(shell->store, plugin, &asleep) != TEND_OK)
        return;
    if (parked > 0)
        tend_shell_note(shell, "%lld %s failed too often and %s parked: why w%lld; then release "
                        "w%lld, or release all", (long long)parked,
                        parked == 1 ? "timer has" : "timers have", parked == 1 ? "is" : "are",
                        (long long)ids[0], (long long)ids[0]);
    if (asleep > 0 && tend_timer_slept_for(shell->store, &shell->arena, &plugin, &event) == TEND_OK)
        tend_shell_note(shell, "%lld %s for a plugin that is not there (%.*s): plugin list",
                        (long long)asleep, asleep == 1 ? "timer waits" : "timers wait",
                        TEND_FMT(plugin));
}

static tend_status add_parked(struct tend_shell *shell, tend_id person, struct tend_ids *ids)
{
    tend_id *parked;
    int64_t n;
    tend_status status = tend_timer_parked(shell->store, person, INT64_MAX, &shell->arena, &parked,
                                           &n);

    if (status != TEND_OK || n == 0)
        return status;
    *ids = (struct tend_ids){ parked, n, true };
    return TEND_OK;
}

/* w7 w8, or a person, or all. */
static tend_status meant(struct tend_shell *shell, struct tend_words words, struct tend_ids *ids)
{
    enum tend_ref_kind kind;
    tend_id id;
    tend_status status = TEND_OK;

    *ids = (struct tend_ids){ tend_arena_take(&shell->arena, (size_t)words.n * sizeof(tend_id)),
                              0, words.n > 1 };
    if (words.n == 1 && tend_text_is(words.at[0].text, "all"))
        return add_parked(shell, 0, ids);
    for (int64_t i = 0; status == TEND_OK && i < words.n; i++) {
        status = tend_ref_any(shell, words.at[i].text, &kind, &id);
        if (status == TEND_OK && kind == TEND_REF_PERSON && words.n == 1)
            return add_parked(shell, id, ids);
        if (status == TEND_OK && kind != TEND_REF_TIMER)
            status = tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[i],
                                   "release takes w7, or several, or one person, or all");
        ids->at[ids->n++] = id;
    }
    return status;
}

static void print_released(struct tend_shell *shell, struct tend_deed *deed,
                           const struct tend_ids *ids, const char *what)
{
    struct tend_json json = { 0 };

    if (!shell->options.json) {
        tend_write_say(shell, deed, what, NULL, 0);
        return;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_open(&json, "released", '[');
    for (int64_t i = 0; i < ids->n; i++)
        tend_json_id(&json, NULL, ids->at[i]);
    tend_json_close(&json, ']');
    tend_write_json(shell, &json, deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
}

static int run_release(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_buffer what = { 0 };
    struct tend_deed deed;
    struct tend_ids ids;
    int exit_status = TEND_EXIT_OK;
    tend_status status = meant(shell, tend_given(parsed, "TIMER"), &ids);

    if (status == TEND_OK && ids.n == 0) {
        tend_error_set(&shell->err, TEND_NOT_FOUND, "nothing is parked there");
        tend_error_cure(&shell->err, "release all, or tick to do what is due");
        status = TEND_NOT_FOUND;
    }
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "release w%lld", (long long)ids.at[0]);
    tend_buffer_adds(&what, "Released to be tried again by the next tick:");
    for (int64_t i = 0; status == TEND_OK && i < ids.n; i++) {
        status = tend_timer_release(shell->store, ids.at[i], deed.now);
        if (i < 10)
            tend_buffer_addf(&what, "%s w%lld", i > 0 ? "," : "", (long long)ids.at[i]);
        else if (i == 10)
            tend_buffer_addf(&what, " and %lld more", (long long)(ids.n - 10));
    }
    if (status == TEND_INVALID || status == TEND_NOT_FOUND)
        tend_error_cure(&shell->err, "release all, for all that is parked");
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    if (status == TEND_OK)
        print_released(shell, &deed, &ids, what.at);
    else
        exit_status = tend_write_fail(shell, &deed, status);
    tend_buffer_finish(&what);
    return exit_status;
}

static const struct tend_arg args[] = {
    { "TIMER", TEND_SLOT_REF, TEND_REPEAT, "w7, or several; a person: all of theirs; or all",
      NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "release all", "after the plugin was mended" },
    { "release w7", "one alone" },
    { 0 }
};
static const struct tend_member members[] = {
    { "released", "[integer]", "timers" },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_release = {
    .name = "release", .group = "the house",
    .summary = "try again what failed too often",
    .more = "What a plugin was to answer is tried again by itself for some days, and then parked: "
            "`due` says how many are, `why not PERSON` which. A release counts from the start.",
    .args = args, .examples = examples, .effects = TEND_WRITES | TEND_NO_NEW,
    .members = members, .run = run_release,
};
