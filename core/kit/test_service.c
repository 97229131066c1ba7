/* Services and exports: every function is called as another plugin would, with usual values
 * and with the odd ones of each type, and answers or says in words why not. */
#include "kit/private.h"
#include "module/exports.h"
#include <string.h>

#define SETS 4

/* As Lua writes them; those of the first set are usual. */
static const char *const values[][SETS + 1] = {
    { "i", "7", "0", "-2147483648", "2147483647" },
    { "l", "7", "0", "math.mininteger", "math.maxinteger" },
    { "d", "0.5", "0.0", "-1/0", "0/0" },
    { "b", "true", "false", "true", "false" },
    { "s", "'Ann'", "''", "nil", "('x\\xc3\\xa4'):rep(20000)" },
    { "h", "person 'ann'", "person 'ann'", "1", "999999" },
};

struct caller {
    struct tend_kit_run *run;
    void *prompt;
    struct tend_arena arena;
    struct tend_buffer out;
};

static const char *value(char letter, int32_t set)
{
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (values[i][0][0] == letter)
            return values[i][set + 1];
    return "nil";
}

/* tend.service.geo.distance(0.5, 0.5); a - of a name is a _ in Lua. */
static const char *line(struct caller *c, const struct tend_provider *provider,
                        const struct tend_function *function, int32_t set)
{
    struct tend_buffer buf = { 0 };
    char *text;

    tend_buffer_addf(&buf, "tend.%s.%s.%s(", strcmp(provider->kind, "service") == 0 ? "service" : "c",
                     provider->name, function->name);
    for (int64_t i = 0; i < buf.len; i++)
        buf.at[i] = buf.at[i] == '-' ? '_' : buf.at[i];
    for (int32_t i = 0; i < function->signature.n; i++)
        tend_buffer_addf(&buf, "%s%s", i > 0 ? ", " : "", value(function->signature.args[i], set));
    tend_buffer_addc(&buf, ')');
    text = tend_arena_str(&c->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

static int call(struct caller *c, const char *code)
{
    tend_buffer_reset(&c->out);
    return c->run->ask->prompt->line(
        c->prompt, tend_arena_printf(&c->arena, "lua -e \"return %s\"", code), &c->out);
}

/* An error of Lua itself, of which whoever called cannot know what it means. */
static bool fell_over(const struct caller *c)
{
    return strstr(c->out.at, "attempt to ") != NULL || strstr(c->out.at, "bad argument") != NULL ||
           strstr(c->out.at, "was stopped") != NULL || strstr(c->out.at, " returned a") != NULL;
}

static void one(struct caller *c, const struct tend_provider *provider,
                const struct tend_function *function)
{
    const char *name = tend_arena_printf(&c->arena, "%s %s.%s", provider->kind, provider->name,
                                         function->name), *bad = NULL, *why = "", *first;
    int status;

    for (int32_t set = 0; set < SETS && bad == NULL; set++) {
        const char *code = line(c, provider, function, set);

        if (call(c, code) != 0 && (c->out.len == 0 || fell_over(c))) {
            bad = code;
            why = tend_arena_str(&c->arena, tend_buffer_text(&c->out));
        }
    }
    tend_kit_says(c->run, bad == NULL,
                  tend_arena_printf(&c->arena, "%s: odd values are answered, or refused in words",
                                    name), "%s\n%s", bad ? bad : "", why);
    status = call(c, line(c, provider, function, 0));
    first = tend_arena_str(&c->arena, tend_buffer_text(&c->out));
    tend_kit_says(c->run,
                  call(c, line(c, provider, function, 0)) == status &&
                      strcmp(first, c->out.len > 0 ? c->out.at : "") == 0,
                  tend_arena_printf(&c->arena, "%s: asked again it says the same", name),
                  "first:\n%sthen:\n%s", first, c->out.len > 0 ? c->out.at : "");
}

static void provided(struct tend_kit_run *run, const struct tend_provider *provider)
{
    const struct tend_kit_prompt *prompt = run->ask->prompt;
    struct caller c = { .run = run, .prompt = prompt->open(prompt->data, run->place.file) };

    if (c.prompt != NULL) {
        prompt->line(c.prompt, "add \"Ann Lee\" --quiet", &c.out);
        for (int64_t i = 0; i < provider->functions->n; i++)
            one(&c, provider, &provider->functions->at[i]);
        prompt->close(c.prompt);
    }
    tend_buffer_finish(&c.out);
    tend_arena_finish(&c.arena);
}

void tend_kit_test_service(struct tend_kit_run *run)
{
    static const char *const kinds[] = { "service", "exports" };
    const struct tend_provider *provider;
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, false, false) == TEND_OK && run->ask->prompt != NULL)
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            for (int64_t i = 0; (provider = tend_kit_record(&world, kinds[k], i)) != NULL; i++)
                if (provider->functions != NULL)
                    provided(run, provider);
    tend_kit_world_close(&world);
}
