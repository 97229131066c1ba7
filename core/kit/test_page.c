/* Lead sources that ask a service: interrupted at any page, the import goes on and brings the
 * same people as in one go; and what is no answer brings nobody. */
#include "kit/stand_in.h"
#include "plugin/world.h"
#include <string.h>

struct trial {
    struct tend_kit_run *run;
    const char *name;
    struct tend_kit_stand_in good;
    struct tend_buffer out;
};

static const char *title(const struct trial *t, const char *what)
{
    return tend_arena_printf(&t->run->arena, "lead_source %s: %s", t->name, what);
}

static int line(struct trial *t, void *prompt, const char *text)
{
    tend_buffer_reset(&t->out);
    return t->run->ask->prompt->line(prompt, text, &t->out);
}

static const char *printed(const struct trial *t)
{
    return tend_arena_str(&t->run->arena, tend_buffer_text(&t->out));
}

static void *open_prompt(const struct trial *t)
{
    return t->run->ask->prompt->open(t->run->ask->prompt->data, t->run->place.file);
}

/* Types the import; how many rows it says that it read. */
static int64_t import(struct trial *t, void *prompt)
{
    const char *at;
    int64_t n = 0;

    line(t, prompt, t->good.line);
    at = t->out.len > 0 ? strstr(t->out.at, " read by ") : NULL;
    for (int64_t ten = 1; at != NULL && at > t->out.at && at[-1] >= '0' && at[-1] <= '9'; ten *= 10)
        n += ten * (*--at - '0');
    return n;
}

struct came {
    int64_t rows;
    const char *list;
};

/* Who is there; fails: a page of the service that does not answer at first, NULL none. In
 * between the plugin is loaded anew. */
static struct came people(struct trial *t, const struct tend_fixture *fails, int64_t all)
{
    void *prompt = open_prompt(t);
    struct came came = { 0, "" };

    if (prompt == NULL)
        return came;
    tend_kit_stand_in_use(t->run, prompt, fails, &t->good);
    came.rows = import(t, prompt);
    if (came.rows < all) {              /* else that page was not asked for */
        tend_kit_stand_in_use(t->run, prompt, NULL, &t->good);
        line(t, prompt, tend_arena_printf(&t->run->arena, "plugin reload %s", t->name));
        came.rows += import(t, prompt);
    }
    line(t, prompt, "list");
    came.list = printed(t);
    t->run->ask->prompt->close(prompt);
    return came;
}

static void resumed(struct trial *t)
{
    const struct came whole = people(t, NULL, 0);
    struct came bad = { 0, NULL };
    const char *where = "";

    tend_kit_says(t->run, whole.list[0] != '\0', title(t, "its service brings people"),
                  "%s printed, with the answers of the transcript: nobody", t->good.line);
    for (int64_t i = 0; i < t->good.n && bad.list == NULL; i++) {
        const struct tend_fixture busy = { .url = t->good.fixture[i].url, .status = 503 };
        struct came came = people(t, &busy, whole.rows);

        if (strcmp(came.list, whole.list) != 0 || came.rows != whole.rows) {
            bad = came;
            where = busy.url;
        }
    }
    tend_kit_says(t->run, bad.list == NULL,
                  title(t, "interrupted at each page, it goes on where it was"),
                  "%s was busy at first. In one go %lld rows:\n%sand so %lld rows:\n%sgive back as "
                  "`cursor` where the next page begins, and keep nothing in variables", where,
                  (long long)whole.rows, whole.list, (long long)bad.rows,
                  bad.list != NULL ? bad.list : "");
}

/* What is no answer of the service: nothing came, or something else than was agreed. */
static void odd(struct trial *t)
{
    static const struct tend_fixture answers[] = {
        { .url = "*", .status = 404 },
        { .url = "*", .status = 500 },
        { .url = "*", .fails = TEND_TIMEOUT },
        { .url = "*", .body = { "{\"people\": [{\"name\"", 20 } },
        { .url = "*", .body = { "[7, null, \"x\", {}]", 18 } },
        { .url = "*", .body = { "", 0 } },
    };
    const char *bad = NULL;

    for (size_t i = 0; i < sizeof answers / sizeof *answers && bad == NULL; i++) {
        void *prompt = open_prompt(t);

        if (prompt == NULL)
            continue;
        tend_kit_stand_in_use(t->run, prompt, &answers[i], NULL);
        line(t, prompt, t->good.line != NULL
                            ? t->good.line
                            : tend_arena_printf(&t->run->arena, "import --from %s", t->name));
        line(t, prompt, "list");
        if (t->out.len > 0)
            bad = printed(t);
        t->run->ask->prompt->close(prompt);
    }
    tend_kit_says(t->run, bad == NULL, title(t, "what is no answer brings nobody"),
                  "it brought\n%sreturn nil, why, code, as ctx.http gave them",
                  bad != NULL ? bad : "");
}

void tend_kit_test_page(struct tend_kit_run *run)
{
    const struct tend_provider *source;
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, true, false) == TEND_OK && run->ask->prompt != NULL)
        for (int64_t i = 0; (source = tend_kit_record(&world, "lead_source", i)) != NULL; i++) {
            struct trial t = { .run = run, .name = source->name };

            if (tend_source_page(source->record) == NULL)
                continue;
            if (tend_kit_stand_in(run, tend_arena_printf(&run->arena, "import --from %s", t.name),
                                  &t.good))
                resumed(&t);
            else
                tend_kit_skip(run, title(&t, "interrupted at each page"),
                              tend_arena_printf(&run->arena, "put a transcript into tests/, with "
                                                "--http URL FILE and tend> import --from %s",
                                                t.name));
            odd(&t);
            tend_buffer_finish(&t.out);
        }
    tend_kit_world_close(&world);
}
