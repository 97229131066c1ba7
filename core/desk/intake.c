/* An import from end to end: which reader, its rows in blocks through the
 * normalisers, and the fact that it happened, with its counts. */
#include "base/interrupt.h"
#include "base/part.h"
#include "desk/intake_stage.h"
#include "desk/normal.h"
#include "desk/region.h"
#include "plugin/world.h"
#include "store/forget.h"
#include "store/ops_intake.h"

#define REJECTS_TOLD 1000

struct tend_text tend_intake_first(const struct tend_intake_run *run,
                                   const struct tend_intake_row *row, enum tend_intake_field field)
{
    for (int64_t i = row->first; i < row->first + row->n; i++) {
        if (run->values.at[i].field == field)
            return run->values.at[i].value;
    }
    return (struct tend_text){ "", 0 };
}

struct tend_text tend_intake_name(struct tend_intake_run *run, const struct tend_intake_row *row)
{
    struct tend_text name = tend_intake_first(run, row, TEND_FIELD_NAME);
    struct tend_text given = tend_intake_first(run, row, TEND_FIELD_GIVEN);
    struct tend_text family = tend_intake_first(run, row, TEND_FIELD_FAMILY);

    if (name.len > 0)
        return name;
    if (given.len == 0 || family.len == 0)
        return given.len > 0 ? given : family;
    return tend_text_of(
        tend_arena_printf(&run->arena, "%.*s %.*s", TEND_FMT(given), TEND_FMT(family)));
}

/* The program that wrote a layout, without its version: "Google Contacts
 * (before 2023)". A plain table, or our own, is none. */
static struct tend_text program_of(const char *layout)
{
    const char *version = strstr(layout, " (");
    struct tend_text name = tend_text_of(layout);

    if (tend_text_is(name, "table") || tend_text_is(name, "tend"))
        return (struct tend_text){ "", 0 };
    if (version)
        name.len = version - layout;
    return name;
}

struct tend_text tend_intake_origin(const struct tend_intake_run *run,
                                    const struct tend_intake_row *row)
{
    struct tend_text source = tend_intake_first(run, row, TEND_FIELD_SOURCE);

    if (source.len == 0)
        source = run->ask->source;
    if (source.len == 0 && tend_intake_first(run, row, TEND_FIELD_UID).len > 0)
        return source;      /* who came from nowhere still does */
    if (source.len == 0)
        source = program_of(run->out->layout);
    return source.len > 0 ? source : run->file;
}

/* --- keys --------------------------------------------------------------- */

/* The keys of all values of a field in the block, as one column. */
static tend_status key_column(struct tend_intake_run *run, enum tend_intake_field field,
                              struct tend_text kind)
{
    size_t most = (size_t)run->values.n + 1;
    struct tend_text *values = tend_arena_take(&run->arena, most * sizeof *values);
    struct tend_text *regions = tend_arena_take(&run->arena, most * sizeof *regions);
    struct tend_text *keys = tend_arena_take(&run->arena, most * sizeof *keys);
    int64_t *at = tend_arena_take(&run->arena, most * sizeof *at), n = 0;
    tend_status status;

    for (int64_t r = 0; r < run->rows.n; r++) {
        const struct tend_intake_row *row = &run->rows.at[r];
        struct tend_text region = tend_intake_first(run, row, TEND_FIELD_REGION);

        for (int64_t i = row->first; i < row->first + row->n && !row->code; i++) {
            if (run->values.at[i].field != field)
                continue;
            values[n] = run->values.at[i].value;
            regions[n] = region.len == 2 ? region : run->region;
            at[n++] = i;
        }
    }
    status = n ? tend_normal_keys(run->desk, kind, n, values, regions, keys, &run->arena) : TEND_OK;
    for (int64_t i = 0; i < n && status == TEND_OK; i++)
        run->values.at[at[i]].key = keys[i];
    return status;
}

/* "tend:barn:1007", as an export writes it: the key that it had. */
static void exported_id(struct tend_intake_value *v)
{
    const char *colon;

    v->key = (struct tend_text){ v->value.at + 5, v->value.len - 5 };
    colon = memchr(v->key.at, ':', (size_t)v->key.len);
    v->value = v->key;
    if (colon)
        v->value = (struct tend_text){ colon + 1, v->key.at + v->key.len - colon - 1 };
}

static void key_ids(struct tend_intake_run *run)
{
    for (int64_t i = 0; i < run->values.n; i++) {
        struct tend_intake_value *v = &run->values.at[i];

        run->tree |= v->field == TEND_FIELD_ATTRIBUTE && tend_intake_tells_tree(v->name);
        if (v->field != TEND_FIELD_ID)
            continue;
        if (tend_text_starts(v->value, "tend:"))
            exported_id(v);
        else
            v->key = tend_text_of(
                tend_arena_printf(&run->arena, "%s:%.*s", run->out->reader, TEND_FMT(v->value)));
    }
}

/* 4.41E+11: what a spreadsheet makes of a long number. Its digits are gone. */
static bool is_damaged(struct tend_text text)
{
    int64_t i = 0, digits = 0;

    for (; i < text.len && strchr("0123456789.,", text.at[i]) && text.at[i]; i++)
        digits += text.at[i] >= '0' && text.at[i] <= '9';
    if (digits == 0 || i + 3 > text.len || (text.at[i] != 'E' && text.at[i] != 'e') ||
        text.at[i + 1] != '+')
        return false;
    for (i += 2; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    }
    return true;
}

/* It is kept as it is typed, and finds nobody: half the world would have that key. */
static void drop_damaged(struct tend_intake_run *run)
{
    for (int64_t r = 0; r < run->rows.n; r++) {
        const struct tend_intake_row *row = &run->rows.at[r];

        for (int64_t i = row->first; i < row->first + row->n; i++) {
            struct tend_intake_value *v = &run->values.at[i];

            if ((v->field != TEND_FIELD_PHONE && v->field != TEND_FIELD_ID &&
                 v->field != TEND_FIELD_ATTRIBUTE) || !is_damaged(v->value))
                continue;
            v->key.len = 0;
            if (run->damaged++ == 0)
                run->damaged_first = tend_arena_printf(&run->deed->arena, "%.*s in line %lld",
                                                       TEND_FMT(v->value), (long long)row->line);
        }
    }
}

/* --- one row ------------------------------------------------------------ */

/* Why an e-mail address or phone number has no key. */
static const char *no_key(struct tend_intake_run *run, const struct tend_intake_row *row,
                          const struct tend_intake_value *v)
{
    struct tend_text region = tend_intake_first(run, row, TEND_FIELD_REGION);
    const char *why =
        tend_normal_why(v->field == TEND_FIELD_EMAIL ? TEND_TEXT("email") : TEND_TEXT("phone"),
                        v->value, region.len == 2 ? region : run->region, &run->deed->arena);

    return why ? why : "no normaliser takes it";
}

/* Says once at the end how many there were, with the first of them. */
static void count_odd(struct tend_intake_run *run, const struct tend_intake_row *row)
{
    for (int64_t i = row->first; i < row->first + row->n; i++) {
        const struct tend_intake_value *v = &run->values.at[i];
        struct tend_intake_odd *odd = v->field == TEND_FIELD_EMAIL   ? &run->odd_emails
                                      : v->field == TEND_FIELD_PHONE ? &run->odd_phones
                                                                     : NULL;

        if (!odd || v->key.len > 0 || odd->n++ > 0)
            continue;
        odd->first = tend_arena_str(&run->deed->arena, tend_text_clip(v->value, 60));
        odd->why = no_key(run, row, v);
        odd->line = row->line;
    }
}

/* Can nobody be told by this row? Then why. */
static const char *useless(struct tend_intake_run *run, const struct tend_intake_row *row)
{
    const struct tend_intake_value *odd = NULL;

    if (tend_intake_name(run, row).len > 0)
        return NULL;
    for (int64_t i = row->first; i < row->first + row->n; i++) {
        const struct tend_intake_value *v = &run->values.at[i];

        if (v->field != TEND_FIELD_EMAIL && v->field != TEND_FIELD_PHONE)
            continue;
        if (v->key.len > 0)
            return NULL;
        odd = v;
    }
    if (odd)
        return tend_arena_printf(&run->deed->arena, "\"%.*s\" is no %s (%s), and there is no name",
                                 TEND_FMT(tend_text_clip(odd->value, 60)),
                                 odd->field == TEND_FIELD_EMAIL ? "e-mail address" : "phone number",
                                 no_key(run, row, odd));
    return "no name, e-mail or phone: one of them is needed";
}

/* Has somebody with one of these contact points asked to be forgotten? */
static bool asked_to_go(struct tend_intake_run *run, const struct tend_intake_row *row)
{
    for (int64_t i = row->first; i < row->first + row->n; i++) {
        const struct tend_intake_value *v = &run->values.at[i];
        int64_t hash;

        if (v->key.len > 0 &&
            tend_forgotten_hash(run->desk->store,
                                v->field == TEND_FIELD_EMAIL   ? TEND_TEXT("email")
                                : v->field == TEND_FIELD_PHONE ? TEND_TEXT("phone")
                                                               : TEND_TEXT("id"),
                                v->key, &hash) == TEND_OK &&
            tend_forgotten_has(run->desk->store, hash))
            return true;
    }
    return false;
}

static void reject(struct tend_intake_run *run, const struct tend_intake_row *row)
{
    run->out->rejected++;
    tend_intake_rejects_put(run, row);
    if (run->out->reject.n < REJECTS_TOLD) {
        struct tend_reject told = { row->line, row->column, row->code, row->text };

        TEND_PUSH(&run->out->reject, told);
    }
}

static tend_status take_row(struct tend_intake_run *run, struct tend_intake_row *row)
{
    enum tend_part before;
    tend_id person;
    bool changed = false;
    tend_status status;

    status = tend_interrupt_check(run->desk->err);
    if (status != TEND_OK)
        return status;
    run->out->rows_read++;
    run->current = row;
    run->known_of = 0;
    if (!row->code && (row->text = useless(run, row)))
        row->code = "intake.nobody";
    if (!row->code && run->forgotten && asked_to_go(run, row)) {
        row->code = "intake.forgotten";
        row->text = "asked to be forgotten";
    }
    if (row->code) {
        reject(run, row);
        return TEND_OK;
    }
    count_odd(run, row);
    before = tend_part_begin(TEND_PART_MATCH);
    status = tend_intake_match(run, row, &person);
    tend_part_begin(TEND_PART_FACTS);
    if (status != TEND_OK)
        return status;
    if (person && run->ask->on == TEND_ON_NEW)
        person = 0;
    if (person && run->ask->on == TEND_ON_SKIP) {
        run->out->unchanged++;
    } else if (person) {
        status = tend_intake_update(run, row, person, &changed);
        run->out->updated += changed;
        run->out->unchanged += !changed;
    } else {
        status = tend_intake_add(run, row, &person);
        run->out->added++;
    }
    tend_part_begin(TEND_PART_MATCH);
    if (status == TEND_OK)
        tend_intake_remember(run, row, person);
    tend_part_end(before);
    if (status == TEND_OK && run->ask->live)
        status = tend_deed_answer(run->desk, run->deed);
    return status;
}

static tend_status clear_rows(struct tend_intake_run *run, tend_status status)
{
    run->rows.n = run->values.n = run->held = 0;
    run->known_of = 0;
    tend_arena_reset(&run->arena);
    run->status = status;
    return status;
}

static void moved(struct tend_intake_run *run)
{
    const struct tend_intake_watch *watch = run->ask->watch;
    bool staging = run->ask->staging && !run->merging;
    struct tend_intake_progress progress = {
        .writing = run->merging,
        .rows = staging ? run->n_staged : run->out->rows_read,
        .all_rows = run->merging ? run->n_staged : 0,
        .bytes = run->in.stream.bytes,
        .all_bytes = run->in.stream.size,
    };

    if (watch && watch->moved)
        watch->moved(watch->data, &progress);
}

/* What was found out about the file is told before the first row is written. */
static void begins(struct tend_intake_run *run)
{
    const struct tend_intake_watch *watch = run->ask->watch;

    if (watch && watch->begins && !run->begun)
        watch->begins(watch->data, run->out);
    run->begun = true;
}

tend_status tend_intake_write_rows(struct tend_intake_run *run)
{
    enum tend_part before;
    tend_status status;

    begins(run);
    moved(run);
    before = tend_part_begin(TEND_PART_NORMALISE);
    status = key_column(run, TEND_FIELD_EMAIL, TEND_TEXT("email"));
    if (status == TEND_OK)
        status = key_column(run, TEND_FIELD_PHONE, TEND_TEXT("phone"));
    if (status == TEND_OK)
        status = key_column(run, TEND_FIELD_URL, TEND_TEXT("url"));
    key_ids(run);
    tend_intake_names(run);
    tend_intake_dates(run);
    drop_damaged(run);
    for (int64_t i = 0; i < run->rows.n && status == TEND_OK; i++)
        status = take_row(run, &run->rows.at[i]);
    tend_part_end(before);
    return clear_rows(run, status);
}

tend_status tend_intake_flush(struct tend_intake_run *run)
{
    if (!run->ask->staging || run->merging)
        return tend_intake_write_rows(run);
    moved(run);
    return clear_rows(run, tend_intake_stage_rows(run));
}

/* --- the whole ---------------------------------------------------------- */

tend_status tend_intake_write_import(struct tend_intake_run *run)
{
    const struct tend_intake_ask *ask = run->ask;
    struct tend_value v[TEND_N_import] = {
        [TEND_C_import_reader] = tend_str(tend_text_of(run->out->reader)),
        [TEND_C_import_file] = tend_str(ask->path ? tend_intake_file(ask->path) : (struct tend_text){ "", 0 }),
        [TEND_C_import_source] = tend_str(ask->source),
        [TEND_C_import_at] = tend_int(run->deed->now),
    };

    return tend_row_insert(run->desk->store, TEND_T_import, v, &run->out->import);
}

/* The parts of every import that do not depend on where its rows come from. */
tend_status tend_intake_prepare(struct tend_intake_run *run)
{
    tend_status status = TEND_OK;

    run->region = run->ask->region;
    if (run->region.len > 0 && !tend_region_find(run->region))
        return tend_intake_wrong(run, "region", "there is no country %.*s", TEND_FMT(run->region));
    if (run->region.len == 0)
        status = tend_meta_get(run->desk->store, "region", &run->deed->arena, &run->region);
    run->forgotten = tend_forgotten_any(run->desk->store);
    return status == TEND_OK ? tend_intake_any_key(run->desk->store, &run->keyed_before) : status;
}

/* A file that brought nothing leaves nothing, so that `undo` takes back what
 * somebody did, not this. */
static tend_status forget_import(struct tend_intake_run *run)
{
    tend_status status = tend_row_delete(run->desk->store, TEND_T_import, run->out->import);

    run->out->import = 0;
    return status;
}

static tend_status write_counts(struct tend_intake_run *run, bool done)
{
    const struct tend_intake *out = run->out;
    struct tend_value v[TEND_N_import] = {
        [TEND_C_import_layout] = tend_str(tend_text_of(out->layout)),
        [TEND_C_import_rows_read] = tend_int(out->rows_read),
        [TEND_C_import_added] = tend_int(out->added),
        [TEND_C_import_updated] = tend_int(out->updated),
        [TEND_C_import_unchanged] = tend_int(out->unchanged),
        [TEND_C_import_rejected] = tend_int(out->rejected),
    };
    uint64_t mask = 1u << TEND_C_import_layout | 1u << TEND_C_import_rows_read |
                    1u << TEND_C_import_added | 1u << TEND_C_import_updated |
                    1u << TEND_C_import_unchanged | 1u << TEND_C_import_rejected;
    tend_status status = tend_row_update(run->desk->store, TEND_T_import, out->import, mask, v);

    if (status == TEND_OK && done && run->ask->live)
        tend_deed_raise(run->deed, "import.done", 0, out->import, run->deed->now, NULL);
    return status;
}

tend_status tend_intake_write_counts(struct tend_intake_run *run, bool done)
{
    if (run->out->added + run->out->updated == 0)
        return forget_import(run);
    return write_counts(run, done);
}

/* What was asked of the reader, of which it must know all but `strict`. */
static tend_status options_of(struct tend_intake_run *run, const struct tend_provider *reader,
                              struct tend_call_args *args)
{
    const struct tend_call_args *asked = &run->ask->options;
    struct tend_call_value *kept = tend_arena_take(&run->deed->arena,
                                                   (size_t)(asked->n + 1) * sizeof *kept);

    *args = (struct tend_call_args){ .value = kept };
    for (int64_t i = 0; i < asked->n; i++) {
        const struct tend_command_arg *const *option = tend_source_options(reader->record);
        const char *name = asked->value[i].name;

        while (option && *option && strcmp((*option)->name, name) != 0)
            option++;
        if (option && *option)
            kept[args->n++] = asked->value[i];
        else if (strcmp(name, "strict") != 0)
            return tend_intake_wrong(run, strcmp(name, "header") == 0 ? "no-header" : name,
                                     "the reader %s has no option \"%s\"", reader->name, name);
    }
    return TEND_OK;
}

static tend_status read_all(struct tend_intake_run *run, const struct tend_provider *reader)
{
    struct tend_call_args options;
    enum tend_part before;
    tend_status status = options_of(run, reader, &options);

    if (status != TEND_OK)
        return status;
    tend_intake_read_begin(run);
    before = tend_part_begin(TEND_PART_PARSE);
    status = tend_call_read(run->desk->registry, reader, &options, &run->in);
    tend_part_end(before);
    tend_intake_read_end(run, status);
    if (run->status == TEND_OK && status == TEND_OK)
        return tend_intake_flush(run);
    if (run->status != TEND_OK)
        status = run->status;
    tend_error_wrap(run->desk->err, "%s could not be imported; it was read up to line %lld",
                    run->ask->path,
                    (long long)(run->in.row.line > run->in.stream.line ? run->in.row.line
                                                                       : run->in.stream.line));
    return status;
}

/* The file, row by row: staged, or written at once. */
static tend_status read_file(struct tend_intake_run *run, const struct tend_provider *reader)
{
    tend_status status = tend_intake_stage_begin(run);

    run->warned_before = run->deed->warning.n;
    if (status == TEND_OK)
        status = read_all(run, reader);
    if (status == TEND_OK)
        status = tend_intake_map_done(run);
    if (status == TEND_OK && run->ask->rejects)
        run->head = tend_arena_text(&run->deed->arena, tend_intake_head(run));
    return status == TEND_OK ? tend_intake_stage_end(run) : status;
}

static tend_status write_staged(struct tend_intake_run *run)
{
    run->merging = true;
    begins(run);
    return tend_intake_stage_merge(run);
}

static tend_status open_file(struct tend_intake_run *run)
{
    tend_status status = tend_stream_open_as(&run->in.stream, run->ask->path, run->ask->encoding,
                                             run->desk->err);

    if (status == TEND_USAGE)
        run->out->wrong = "encoding";
    if (status != TEND_OK)
        return status;
    run->out->encoding = tend_stream_encoding(&run->in.stream);
    return tend_intake_map_recall(run);
}

static tend_status run_import(struct tend_intake_run *run)
{
    const struct tend_provider *reader = NULL;
    bool whole = false;
    tend_status status = tend_intake_map_check(run);

    if (status == TEND_OK)
        status = tend_intake_stage_left(run, &whole);
    if (status == TEND_OK && !whole)
        status = open_file(run);
    if (status == TEND_OK && !whole)
        status = tend_intake_reader(run, run->out->reader ? run->out->reader : run->ask->reader,
                                    &reader);
    if (status != TEND_OK)
        return status;
    if (!whole)
        run->out->reader = tend_arena_str(&run->deed->arena, tend_text_of(reader->name));
    run->file = tend_intake_title(run->ask->path);
    status = tend_intake_prepare(run);
    if (status == TEND_OK)
        status = tend_intake_rejects_open(run);
    if (status == TEND_OK)
        status = tend_intake_write_import(run);
    if (status == TEND_OK && !whole)
        status = read_file(run, reader);
    if (status == TEND_OK && run->ask->staging)
        status = write_staged(run);
    if (status == TEND_OK)
        tend_intake_tell(run);
    if (status == TEND_OK)
        status = tend_intake_rejects_close(run);
    if (status == TEND_OK && run->tree)
        status = tend_intake_tree(run);
    if (status != TEND_OK)
        return status;
    return tend_intake_write_counts(run, true);
}

tend_status tend_intake_run(struct tend_desk *desk, struct tend_deed *deed,
                            const struct tend_intake_ask *ask, struct tend_intake *out)
{
    struct tend_intake_run run = {
        .desk = desk, .deed = deed, .ask = ask, .out = out, .head_lines = -1
    };
    tend_status status;

    *out = (struct tend_intake){ .layout = "" };
    run.in.run = &run;
    run.in.stream.fd = -1;
    run.keys = tend_match_create();
    run.names = tend_match_create();
    status = run_import(&run);
    if (run.rejects)
        fclose(run.rejects);
    tend_stream_close(&run.in.stream);
    tend_match_destroy(run.keys);
    tend_match_destroy(run.names);
    TEND_ARRAY_FINISH(&run.values);
    TEND_ARRAY_FINISH(&run.rows);
    tend_buffer_finish(&run.staged);
    tend_arena_finish(&run.arena);
    return status;
}

void tend_intake_finish(struct tend_intake *out)
{
    TEND_ARRAY_FINISH(&out->reject);
    TEND_ARRAY_FINISH(&out->found);
    TEND_ARRAY_FINISH(&out->column);
}

tend_status tend_intake_setup(struct tend_desk *desk)
{
    tend_status status;

    tend_registry_source(desk->registry, &tend_intake_source);
    status = tend_registry_builtin(desk->registry, "normaliser", &tend_normal_email);
    if (status == TEND_OK)
        status = tend_registry_builtin(desk->registry, "normaliser", &tend_normal_phone);
    if (status == TEND_OK)
        status = tend_registry_builtin(desk->registry, "normaliser", &tend_normal_url);
    return status;
}
