/* why: from stored decisions, newest first. */
#include "desk/work.h"
#include "shell/ref.h"
#include "shell/view.h"

static void json_chain(struct tend_shell *shell, const struct tend_why *chain, int64_t n)
{
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '{');
    tend_json_open(&json, "chain", '[');
    for (int64_t i = 0; i < n; i++) {
        tend_json_open(&json, NULL, '{');
        tend_json_ref(&json, "what", chain[i].kind, chain[i].id);
        tend_json_time(&json, "at", chain[i].at, tend_store_zone(shell->store));
        tend_json_str(&json, "plugin", chain[i].plugin);
        tend_json_str(&json, "event", chain[i].event);
        tend_json_str(&json, "text", chain[i].text);
        tend_json_open(&json, "lines", '[');
        for (int64_t k = 0; k < chain[i].n_lines; k++)
            tend_json_str(&json, NULL, chain[i].lines[k]);
        tend_json_close(&json, ']');
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
}

static void say_link(struct tend_shell *shell, const struct tend_why *why)
{
    struct tend_buffer buf = { 0 };

    if (why->id != 0)
        tend_buffer_addf(&buf, "%c%lld ", (int)why->kind, (long long)why->id);
    if (why->at != 0) {
        tend_view_instant(shell, &buf, why->at);
        tend_buffer_adds(&buf, ", ");
    }
    tend_buffer_adds(&buf, why->text != NULL ? why->text : "");
    if (why->plugin != NULL)
        tend_buffer_addf(&buf, " (%s%s%s)", why->plugin, why->event != NULL ? ", on " : "",
                         why->event != NULL ? why->event : "");
    tend_line_out(shell, "%.*s", TEND_FMT(tend_buffer_text(&buf)));
    for (int64_t i = 0; i < why->n_lines; i++)
        tend_line_out(shell, "    %s", why->lines[i]);
    tend_buffer_finish(&buf);
}

static int run_why(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words first = tend_given(parsed, "ID"), second = tend_given(parsed, "PERSON");
    struct tend_why *chain;
    enum tend_ref_kind kind = TEND_REF_PERSON;
    tend_id id = 0;
    int64_t n;
    bool negated = tend_text_is(first.at[0].text, "not");
    tend_status status;

    if (negated != (second.n > 0)) {
        tend_error_set(&shell->err, TEND_USAGE, "why ID (t5, p12), or: why not PERSON, why not t5");
        return tend_shell_fail(shell);
    }
    status = tend_ref_any(shell, negated ? second.at[0].text : first.at[0].text, &kind, &id);
    if (status == TEND_OK && negated && kind != TEND_REF_PERSON && kind != TEND_REF_TASK)
        status = tend_point_at(&shell->err, TEND_USAGE, shell->line, &second.at[0],
                               "`why not` is asked of a person or of a task: why not ann, "
                               "why not t5");
    if (status == TEND_OK && !negated)
        status = tend_why(&shell->desk, kind, id, &shell->arena, &chain, &n);
    else if (status == TEND_OK)
        status = kind == TEND_REF_TASK
                     ? tend_why_not_task(&shell->desk, id, &shell->arena, &chain, &n)
                     : tend_why_not(&shell->desk, id, &shell->arena, &chain, &n);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json) {
        json_chain(shell, chain, n);
        return TEND_EXIT_OK;
    }
    for (int64_t i = 0; i < n; i++)
        say_link(shell, &chain[i]);
    if (n == 0)
        tend_shell_note(shell, "nothing is written down about that");
    return TEND_EXIT_OK;
}

static const struct tend_arg args[] = {
    { "ID", TEND_SLOT_REF, 0, "t5, c4, s7, h2, p12; or the word `not`", NULL },
    { "PERSON", TEND_SLOT_REF, TEND_OPTIONAL,
      "after `not`: a person (why is nothing planned?) or a task (why is it not due?)", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "why t3", "who wanted this task, and what for" },
    { "why not karin", "why nothing is planned for her" },
    { "why not t3", "why it is not on today's list" },
    { 0 }
};
static const struct tend_member why_members[] = {
    { "chain", "[object]", "newest first: what at plugin event text lines" },
    { 0 }
};
const struct tend_command tend_cmd_why = {
    .name = "why", .group = "looking back", .summary = "why something is there, or is not",
    .args = args, .examples = examples, .effects = TEND_PLUGINS,
    .members = why_members, .run = run_why,
};
