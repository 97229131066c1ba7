/* plugin test: what a plugin promises is tried, in a database of its own. */
#include "kit/kit.h"
#include "shell/output.h"
#include "shell/plugin_kit.h"

struct telling {
    struct tend_shell *shell;
    struct tend_json json;
};

/* A reason in lines of its own, as TAP has it. */
static void say_why(struct tend_shell *shell, const char *why)
{
    struct tend_text rest = tend_text_of(why);

    while (rest.len > 0) {
        const char *end = memchr(rest.at, '\n', (size_t)rest.len);
        int64_t len = end != NULL ? end - rest.at : rest.len;

        tend_line_out(shell, "#   %.*s", (int)len, rest.at);
        len += end != NULL;
        rest = (struct tend_text){ rest.at + len, rest.len - len };
    }
}

static void say(void *data, const struct tend_kit_result *result)
{
    struct telling *telling = data;
    struct tend_shell *shell = telling->shell;

    if (shell->options.json) {
        tend_json_open(&telling->json, NULL, '{');
        tend_json_int(&telling->json, "number", result->number);
        tend_json_bool(&telling->json, "ok", result->ok);
        tend_json_str(&telling->json, "check", result->name);
        tend_json_bool(&telling->json, "skipped", result->skipped);
        tend_json_str(&telling->json, "why", result->why);
        tend_json_close(&telling->json, '}');
        return;
    }
    tend_line_out(shell, "%s %lld - %s%s%s", result->ok ? "ok" : "not ok",
                  (long long)result->number, result->name, result->skipped ? " # SKIP " : "",
                  result->skipped ? result->why : "");
    if (!result->ok)
        say_why(shell, result->why);
    fflush(shell->out);
}

static int run_test(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct telling telling = { .shell = shell };
    const char *path = tend_given_str(parsed, "PATH", &shell->arena);
    struct tend_kit_ask ask = {
        .path = path != NULL ? path : ".",
        .tests = tend_given_str(parsed, "tests", &shell->arena),
        .plugins = tend_shell_plugin_dir(&shell->arena),
        .slow = tend_given_is(parsed, "slow"),
        .prompt = &tend_plugin_prompt,
        .result = say,
        .data = &telling,
    };
    struct tend_kit_sum sum;
    tend_status status;

    tend_json_open(&telling.json, NULL, '[');
    status = tend_kit_test(&ask, &sum, &shell->err);
    tend_json_close(&telling.json, ']');
    if (status != TEND_OK) {
        tend_buffer_finish(&telling.json.buf);
        return tend_shell_fail(shell);
    }
    if (shell->options.json) {
        tend_json_print(shell, &telling.json);
    } else {
        tend_buffer_finish(&telling.json.buf);
        tend_line_out(shell, "1..%lld", (long long)sum.checks);
        tend_line_out(shell, "# %lld checks, %lld failed, %lld left out", (long long)sum.checks,
                      (long long)sum.failed, (long long)sum.skipped);
    }
    return sum.failed > 0 ? TEND_EXIT_FAILED : TEND_EXIT_OK;
}

static const struct tend_arg args[] = {
    { "PATH", TEND_SLOT_FILE, TEND_OPTIONAL, "the plugin, or its folder; else this one", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "tests", TEND_SLOT_FILE, 0, "DIR", "its transcripts and samples; else tests beside it", NULL },
    { "slow", TEND_SLOT_NONE, 0, NULL, "10,000 rows, 1,000 loads, and each step of what is else sampled", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin test ~/thanks", "tries all that it promises" },
    { 0 }
};
static const struct tend_member members[] = {
    { "number", "integer", "from 1" },
    { "ok", "boolean", "does it hold" },
    { "check", "text", "what was tried" },
    { "skipped", "boolean", "it was left out" },
    { "why", "text", "what was expected, and what came" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_test = {
    .name = "plugin test", .of = "plugin", .group = "the house",
    .summary = "tries what a plugin promises, in a database of its own",
    .more = "The checks of its kinds, loading and unloading, memory that runs out, and its "
            "transcripts in tests/*.txt: lines that begin with tend> and what each prints, where "
            "... is anything. One line a check (TAP); exit 1 when one fails.",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_NO_STORE,
    .document = TEND_LIST, .members = members, .run = run_test,
};
