/* Lead sources that read files: a sample, and what becomes of it when it is cut, torn,
 * repeated and stopped. */
#include "base/interrupt.h"
#include "desk/intake.h"
#include "kit/source_input.h"
#include <string.h>

#define MANY 1000
#define MANY_SLOW 10000
#define LINES_BEFORE 200    /* the first row at most */
#define INTERRUPTS (INT64_C(1) << 20)      /* looks, each twice as late as the one before */

struct trial {
    struct tend_kit_run *run;
    struct tend_kit_world *world;
    const struct tend_provider *source;
    struct tend_text sample;
    const char *sample_path;    /* or NULL: there is none */
};

static const char *title(const struct trial *t, const char *what)
{
    return tend_arena_printf(&t->world->arena, "lead_source %s: %s", t->source->name, what);
}

static tend_status read(const struct trial *t, struct tend_input *in, struct tend_text text)
{
    in->rest = text;
    in->registry = t->world->registry;
    tend_error_clear(&t->world->err);
    return tend_call_read(t->world->registry, t->source, NULL, in);
}

/* A read that may fail, but only with a reason, and with no rule broken. */
static void clean(const struct trial *t, struct tend_text text, const char *what)
{
    struct tend_input in = { 0 };
    tend_status status = read(t, &in, text);
    bool said = status == TEND_OK || t->world->err.text[0] != '\0';
    bool breach = tend_registry_breached(t->world->registry);

    tend_kit_says(t->run, said && !breach && in.broken == NULL && !(status == TEND_OK && in.open),
                  title(t, what), "%s",
                  in.broken != NULL ? in.broken
                  : breach          ? t->world->err.text
                  : !said           ? "it failed and said not why"
                                    : "the last row was never ended");
    if (breach)
        tend_registry_remember(t->world->registry);
    tend_kit_input_finish(&in);
}

static void empty(const struct trial *t)
{
    struct tend_input in = { 0 };
    tend_status status = read(t, &in, (struct tend_text){ "", 0 });

    tend_kit_says(t->run, status == TEND_OK && in.n_rows == 0, title(t, "an empty file has no rows"),
                  "%lld rows; %s", (long long)in.n_rows, tend_kit_why(t->world, status));
    tend_kit_input_finish(&in);
}

static void good(const struct trial *t)
{
    struct tend_input first = { 0 }, second = { 0 }, kept = { .poison = true };
    tend_status status = read(t, &first, t->sample);

    tend_kit_says(t->run, status == TEND_OK && first.n_rows > first.rejected && first.broken == NULL,
                  title(t, "its sample has rows"), "%lld rows; %s", (long long)first.n_rows,
                  first.broken != NULL ? first.broken : tend_kit_why(t->world, status));
    read(t, &second, t->sample);
    tend_kit_says(t->run, tend_text_eq(tend_buffer_text(&first.rows), tend_buffer_text(&second.rows)),
                  title(t, "two files at once: what it read of one is not in the next"),
                  "the same file gave other rows the second time");
    read(t, &kept, t->sample);
    tend_kit_says(t->run, tend_text_eq(tend_buffer_text(&first.rows), tend_buffer_text(&kept.rows)),
                  title(t, "nothing of a line is used after the next was read"),
                  "a line lives until the next one: ctx->text->keep what is needed later");
    tend_kit_input_finish(&first);
    tend_kit_input_finish(&second);
    tend_kit_input_finish(&kept);
}

static tend_status import(struct tend_kit_world *world, const struct tend_intake_ask *ask,
                          struct tend_intake *out)
{
    struct tend_deed deed;
    tend_status status = tend_deed_begin(&world->desk, &deed, "import");

    if (status == TEND_OK)
        status = tend_intake_run(&world->desk, &deed, ask, out);
    if (status == TEND_OK)
        status = tend_deed_end(&world->desk, &deed);
    else
        tend_deed_abort(&world->desk, &deed);
    tend_deed_finish(&deed);
    return status;
}

static void read_second(void *data)
{
    const struct trial *t = data;
    struct tend_input second = { 0 };

    read(t, &second, t->sample);
    tend_kit_input_finish(&second);
}

/* While one file is half read, another one is, as a whole. */
static void interleaved(const struct trial *t)
{
    struct trial copy = *t;
    struct tend_input alone = { 0 }, half = { .between = read_second, .data = &copy,
                                              .between_at = t->sample.len / 2 };

    read(t, &alone, t->sample);
    read(t, &half, t->sample);
    tend_kit_says(t->run, tend_text_eq(tend_buffer_text(&alone.rows), tend_buffer_text(&half.rows)),
                  title(t, "one file is read while another is half read"),
                  "the first gave other rows then; keep what belongs to a file inside of `read`");
    tend_kit_input_finish(&alone);
    tend_kit_input_finish(&half);
}

/* Ctrl-C at one look after the other: an import is there as a whole or not at all, and what was
 * stopped leaves nothing behind in the plugin. */
static void interrupted(const struct trial *t)
{
    struct tend_intake_ask ask = { .path = t->sample_path, .reader = t->source->name, .match = true };
    struct tend_kit_world world;
    tend_status status = tend_kit_world_open(&world, t->run, true, true);
    uint64_t before = status == TEND_OK ? tend_kit_world_sum(&world) : 0;
    const char *bad = status == TEND_OK ? NULL : tend_kit_why(&world, status);
    int64_t look = 1, struck = 0;

    for (bool hit = true; bad == NULL && hit && look < INTERRUPTS; look *= 2) {
        struct tend_intake out = { 0 };

        tend_interrupt_at(look);
        status = import(&world, &ask, &out);
        hit = tend_interrupt_at(0);
        tend_intake_finish(&out);
        struck += hit;
        if (hit && status == TEND_OK)
            break;                      /* it came with the last row */
        if (hit && status != TEND_CANCELLED)
            bad = tend_kit_why(&world, status);
        else if (hit && tend_kit_world_sum(&world) != before)
            bad = "a part of it is in the database";
    }
    if (bad == NULL && status != TEND_OK) {
        struct tend_intake out = { 0 };

        status = import(&world, &ask, &out);
        if (status != TEND_OK || out.rows_read == 0)
            bad = tend_arena_printf(&t->run->arena, "afterwards it does not read it: %s",
                                    tend_kit_why(&world, status));
        tend_intake_finish(&out);
    }
    tend_kit_says(t->run, bad == NULL, title(t, "interrupted by Ctrl-C, nothing of it is half-done"),
                  "interrupted at %lld moments: %s", (long long)struck, bad != NULL ? bad : "");
    tend_kit_world_close(&world);
}

static void cancelled(const struct trial *t)
{
    struct tend_input whole = { 0 }, in = { 0 };
    tend_status status;

    read(t, &whole, t->sample);
    in.cancel_at = whole.n_rows > 1 ? whole.n_rows / 2 : 1;
    status = read(t, &in, t->sample);
    tend_kit_says(t->run, whole.n_rows == 0 || (status != TEND_OK && in.after_cancel == 0),
                  title(t, "stopped in the middle, it stops"),
                  "after `end` had not returned TEND_OK it went on; return what `end` returns");
    tend_kit_input_finish(&whole);
    tend_kit_input_finish(&in);
}

/* Every other line cut in half, and every third one gone. */
static struct tend_text ragged(const struct trial *t, struct tend_buffer *out)
{
    struct tend_text rest = t->sample;

    for (int64_t n = 0; rest.len > 0; n++) {
        const char *end = memchr(rest.at, '\n', (size_t)rest.len);
        int64_t len = end != NULL ? end - rest.at : rest.len;
        int64_t kept = n % 2 ? len / 2 : len;

        while (kept > 0 && kept < len && ((unsigned char)rest.at[kept] & 0xc0) == 0x80)
            kept--;
        if (n % 3 != 2)
            tend_buffer_add(out, (struct tend_text){ rest.at, kept });
        tend_buffer_addc(out, '\n');
        len += end != NULL;
        rest = (struct tend_text){ rest.at + len, rest.len - len };
    }
    return tend_buffer_text(out);
}

/* What a decoder makes of bytes that are no text, and what no editor shows. */
static struct tend_text torn(const struct trial *t, struct tend_buffer *out)
{
    for (int64_t i = 0; i < t->sample.len; i++) {
        if (i % 7 == 3 && ((unsigned char)t->sample.at[i] & 0xc0) != 0x80)
            tend_buffer_add(out, i % 2 ? TEND_TEXT("\xef\xbf\xbd") : (struct tend_text){ "\0\x01", 2 });
        tend_buffer_addc(out, t->sample.at[i]);
    }
    for (int64_t i = 0; i < 100000; i++)
        tend_buffer_addc(out, 'x');
    return tend_buffer_text(out);
}

/* So much of the sample, line by line, as gives its first row: what stands alone. */
static void one_row(const struct trial *t)
{
    int64_t len = 0, rows = 0;

    for (int32_t i = 0; i < LINES_BEFORE && rows == 0 && len < t->sample.len; i++) {
        const char *end = memchr(t->sample.at + len, '\n', (size_t)(t->sample.len - len));
        struct tend_input in = { 0 };

        len = end != NULL ? end + 1 - t->sample.at : t->sample.len;
        read(t, &in, (struct tend_text){ t->sample.at, len });
        rows = in.n_rows - in.rejected;
        if (tend_registry_breached(t->world->registry))
            rows = 1;           /* that is the one to tell of */
        tend_kit_input_finish(&in);
    }
    clean(t, (struct tend_text){ t->sample.at, len }, "one row");
}

static void repeat(const struct trial *t, struct tend_buffer *big, int64_t copies)
{
    tend_buffer_reset(big);
    for (int64_t i = 0; i < copies; i++) {
        tend_buffer_add(big, t->sample);
        if (t->sample.at[t->sample.len - 1] != '\n')
            tend_buffer_addc(big, '\n');
    }
}

static tend_status count_rows(const struct trial *t, struct tend_buffer *big, int64_t copies,
                              int64_t *rows)
{
    struct tend_input in = { 0 };
    tend_status status;

    repeat(t, big, copies);
    status = read(t, &in, tend_buffer_text(big));
    *rows = in.n_rows;
    tend_kit_input_finish(&in);
    return status;
}

/* The sample again and again, if two of it are a file: each gives as many rows as the second. */
static void many(const struct trial *t)
{
    struct tend_buffer big = { 0 };
    int64_t least = t->run->ask->slow ? MANY_SLOW : MANY, one, two, copies, rows, expected;
    bool whole = count_rows(t, &big, 1, &one) == TEND_OK && one > 0 &&
                 count_rows(t, &big, 2, &two) == TEND_OK && two > one;

    copies = whole ? 2 + least / (two - one) : one > 0 ? 1 + least / one : 1;
    expected = whole ? one + (copies - 1) * (two - one) : 0;
    repeat(t, &big, copies);
    clean(t, tend_buffer_text(&big), t->run->ask->slow ? "10,000 rows" : "1,000 rows");
    if (whole && count_rows(t, &big, copies, &rows) == TEND_OK)
        tend_kit_says(t->run, rows == expected, title(t, "no row of many is lost"),
                      "%lld rows came, not %lld", (long long)rows, (long long)expected);
    tend_buffer_finish(&big);
}

/* Through the intake itself: who is there is not added again. */
static void imported(const struct trial *t)
{
    struct tend_intake_ask ask = { .path = t->sample_path, .reader = t->source->name, .match = true };
    struct tend_kit_world world;
    int64_t added[2] = { 0, 0 };
    tend_status status = tend_kit_world_open(&world, t->run, true, true);

    for (int32_t i = 0; status == TEND_OK && i < 2; i++) {
        struct tend_intake out = { 0 };

        status = import(&world, &ask, &out);
        added[i] = out.added;
        tend_intake_finish(&out);
    }
    tend_kit_says(t->run, status == TEND_OK && added[0] > 0, title(t, "its sample is imported"),
                  "%lld people; %s", (long long)added[0], tend_kit_why(&world, status));
    tend_kit_says(t->run, status != TEND_OK || added[1] == 0,
                  title(t, "imported again, it adds nobody"),
                  "%lld people were added a second time: put an id, an e-mail or a phone into each "
                  "row", (long long)added[1]);
    tend_kit_world_close(&world);
}

const char *tend_kit_sample(struct tend_kit_run *run, struct tend_kit_world *world,
                            const struct tend_provider *source, struct tend_buffer *text)
{
    struct tend_kit_place *place = &run->place;
    const struct tend_lead_source *record = source->record;
    const char **names;
    int64_t n = place->tests != NULL ? tend_kit_file_names(place->tests, &run->arena, &names) : 0;

    for (int64_t i = 0; i < n; i++) {
        const char *path = tend_arena_printf(&run->arena, "%s/%s", place->tests, names[i]);
        const char *dot = strrchr(names[i], '.');
        struct tend_error err = { 0 };

        if (dot != NULL && (strcmp(dot, ".txt") == 0 || strcmp(dot, ".json") == 0 ||
                            strcmp(dot, ".lua") == 0 || strcmp(dot, ".c") == 0))
            continue;
        tend_buffer_reset(text);
        if (tend_kit_file_read(path, text, &err) != TEND_OK || text->len == 0)
            continue;
        if (record->sniff != NULL && n > 1 &&
            tend_call_sniff(world->registry, source, tend_buffer_text(text),
                            tend_text_of(names[i])) <= 0)
            continue;
        return path;
    }
    return NULL;
}

static void read_trials(struct trial *t)
{
    struct tend_buffer text = { 0 }, bent = { 0 };
    const char *end;

    empty(t);
    clean(t, TEND_TEXT("this is none of its files\n\n;,\t\"\n"), "a file that is not its own");
    t->sample_path = tend_kit_sample(t->run, t->world, t->source, &text);
    t->sample = tend_buffer_text(&text);
    if (t->sample_path == NULL) {
        tend_kit_skip(t->run, title(t, "all that needs a sample"),
                      "put a file of its kind into tests/");
    } else {
        good(t);
        end = memchr(t->sample.at, '\n', (size_t)t->sample.len);
        clean(t, (struct tend_text){ t->sample.at, end != NULL ? end - t->sample.at : t->sample.len },
              "one line");
        one_row(t);
        clean(t, (struct tend_text){ t->sample.at, t->sample.len - t->sample.len / 3 },
              "a file that ends in the middle");
        clean(t, ragged(t, &bent), "ragged rows");
        tend_buffer_reset(&bent);
        clean(t, torn(t, &bent), "bad bytes and a line of 100,000");
        many(t);
        interleaved(t);
        cancelled(t);
        interrupted(t);
        imported(t);
    }
    tend_buffer_finish(&bent);
    tend_buffer_finish(&text);
}

void tend_kit_test_source(struct tend_kit_run *run)
{
    struct tend_kit_world world;
    struct trial t = { .run = run, .world = &world };

    if (tend_kit_world_open(&world, run, true, false) == TEND_OK) {
        for (int64_t i = 0; (t.source = tend_kit_record(&world, "lead_source", i)) != NULL; i++) {
            tend_registry_source(world.registry, &tend_kit_source_api);
            if (((const struct tend_lead_source *)t.source->record)->read != NULL)
                read_trials(&t);
        }
    }
    tend_kit_world_close(&world);
}
