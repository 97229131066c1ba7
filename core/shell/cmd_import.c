/* import: people out of files. */
#include "desk/intake.h"
#include "desk/staging.h"
#include "shell/import.h"
#include "shell/view.h"
#include "shell/write.h"
#include "store/filter.h"

#define REJECTS_SHOWN 20
#define REJECTS_SEEN 3          /* by who sits at a terminal: the line below says how many */
#define PREVIEW 5


/* --map field=column,field=column */
static tend_status read_map(struct tend_shell *shell, const struct tend_parsed *parsed,
                            struct tend_intake_ask *ask)
{
    struct tend_words words = tend_given(parsed, "map");
    TEND_ARRAY(struct tend_intake_map) map = { 0 };
    struct tend_intake_map *kept;

    ask->forget_map = words.n == 1 && tend_text_is(words.at[0].text, "none");
    if (ask->forget_map)
        return TEND_OK;
    for (int64_t i = 0; i < words.n; i++) {
        struct tend_text rest = words.at[i].text, piece;

        while (tend_text_cut(&rest, ",", &piece)) {
            const char *eq = piece.len > 0 ? memchr(piece.at, '=', (size_t)piece.len) : NULL;
            struct tend_intake_map one;

            if (eq == NULL || eq == piece.at || eq == piece.at + piece.len - 1) {
                TEND_ARRAY_FINISH(&map);
                return tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[i],
                                     "--map takes field=column, such as name=\"Full name\"");
            }
            one.field = (struct tend_text){ piece.at, eq - piece.at };
            one.column = (struct tend_text){ eq + 1, piece.at + piece.len - eq - 1 };
            TEND_PUSH(&map, one);
        }
    }
    if (map.n > 0) {
        kept = tend_arena_take(&shell->arena, (size_t)map.n * sizeof *kept);
        memcpy(kept, map.at, (size_t)map.n * sizeof *kept);
        ask->map = kept;
        ask->n_map = map.n;
    }
    TEND_ARRAY_FINISH(&map);
    return TEND_OK;
}

static const char *const ons[] = { "fill", "update", "skip", "new", NULL };

static enum tend_intake_on read_on(struct tend_text word)
{
    int32_t i = TEND_ON_NEW;

    while (i > TEND_ON_FILL && !tend_text_is(word, ons[i]))
        i--;
    return (enum tend_intake_on)i;
}

/* The flags that are options of the reader, behind those that were typed as name=value. */
static void flag_options(struct tend_shell *shell, const struct tend_parsed *parsed,
                         struct tend_call_args *args)
{
    struct tend_call_value *value = tend_arena_take(&shell->arena,
                                                    (size_t)(args->n + 4) * sizeof *value);
    int64_t n = args->n;

    if (n > 0)
        memcpy(value, args->value, (size_t)n * sizeof *value);
    if (tend_given(parsed, "delimiter").n > 0)
        value[n++] = (struct tend_call_value){
            .name = "delimiter", .text = tend_given_text(parsed, "delimiter", &shell->arena)
        };
    if (tend_given_is(parsed, "no-header"))
        value[n++] = (struct tend_call_value){ .name = "header", .text = TEND_TEXT("no") };
    if (tend_given(parsed, "skip").n > 0) {
        value[n] = (struct tend_call_value){
            .name = "skip", .text = tend_given_text(parsed, "skip", &shell->arena)
        };
        tend_text_int(value[n].text, &value[n].number);
        n++;
    }
    if (tend_given_is(parsed, "strict"))
        value[n++] = (struct tend_call_value){ .name = "strict", .text = TEND_TEXT("yes"), .number = 1 };
    *args = (struct tend_call_args){ value, n };
}

static tend_status read_ask(struct tend_shell *shell, const struct tend_parsed *parsed,
                            struct tend_import_run *run)
{
    struct tend_text region = tend_given_text(parsed, "region", &shell->arena);

    run->files = tend_given(parsed, "FILE");
    run->ask = (struct tend_intake_ask){
        .reader = tend_given_str(parsed, "from", &shell->arena),
        .source = tend_given_text(parsed, "source", &shell->arena),
        .rejects = tend_given_str(parsed, "rejects", &shell->arena),
        .encoding = tend_given_str(parsed, "encoding", &shell->arena),
        .match = !tend_text_is(tend_given_text(parsed, "match", &shell->arena), "none"),
        .on = read_on(tend_given_text(parsed, "on", &shell->arena)),
        .live = tend_text_is(tend_given_text(parsed, "mode", &shell->arena), "live"),
    };
    if (region.len > 0) {
        char *upper = tend_arena_str(&shell->arena, region);

        for (char *at = upper; *at != '\0'; at++)
            *at = *at >= 'a' && *at <= 'z' ? (char)(*at - 32) : *at;
        if (region.len != 2 || upper[0] < 'A' || upper[0] > 'Z' || upper[1] < 'A' ||
            upper[1] > 'Z')
            return tend_point_at(&shell->err, TEND_USAGE, shell->line,
                                 tend_given(parsed, "region").at,
                                 "--region takes the two letters of a country, such as AT");
        run->ask.region = tend_text_of(upper);
    }
    if (run->ask.rejects != NULL && run->files.n > 1)
        return tend_error_set(&shell->err, TEND_USAGE,
                              "--rejects takes one FILE to import at a time");
    if (shell->options.dry)             /* which writes nothing at all */
        run->ask.rejects = NULL;
    return read_map(shell, parsed, &run->ask);
}

static const char *file_name(struct tend_shell *shell, struct tend_text path)
{
    const char *name = tend_arena_str(&shell->arena, path), *slash = strrchr(name, '/');

    if (strcmp(name, "-") == 0)
        return "standard input";
    return slash != NULL ? slash + 1 : name;
}

static void say_rejects(struct tend_shell *shell, const char *name, const struct tend_intake *out,
                        const char *file)
{
    int64_t most = shell->width > 0 ? REJECTS_SEEN : REJECTS_SHOWN;

    for (int64_t i = 0; i < out->reject.n && i < most; i++) {
        const struct tend_reject *reject = &out->reject.at[i];

        if (reject->column > 0)
            tend_shell_note(shell, "%s:%lld:%lld: %s (%s)", name, (long long)reject->line,
                            (long long)reject->column, reject->text, reject->code);
        else
            tend_shell_note(shell, "%s:%lld: %s (%s)", name, (long long)reject->line,
                            reject->text, reject->code);
    }
    if (file != NULL && out->rejected > 0)
        tend_shell_note(shell, "%s: the %s rejected %s in %s: correct %s, then tend import %s", name,
                        tend_arena_printf(&shell->arena, out->rejected == 1 ? "row" : "%lld rows",
                                          (long long)out->rejected),
                        out->rejected == 1 ? "is" : "are", file,
                        out->rejected == 1 ? "it" : "them", file);
    else if (out->rejected > most)
        tend_shell_note(shell, "%s: %lld more rows rejected; --rejects FILE writes all of them down",
                        name, (long long)(out->rejected - most));
}

static void json_import(struct tend_shell *shell, struct tend_json *json, const char *name,
                        const struct tend_intake *out, const struct tend_deed *deed)
{
    tend_json_open(json, NULL, '{');
    tend_json_id(json, "import", out->import);
    tend_json_id(json, "batch", deed->batch);
    tend_json_str(json, "from", out->reader);
    tend_json_int(json, "read", out->rows_read);
    tend_json_int(json, "added", out->added);
    tend_json_int(json, "updated", out->updated);
    tend_json_int(json, "unchanged", out->unchanged);
    tend_json_int(json, "rejected", out->rejected);
    tend_json_str(json, "layout", out->layout);
    tend_json_str(json, "file", name);
    tend_json_str(json, "encoding", out->encoding);
    tend_json_open(json, "found", '{');
    for (int64_t i = 0; i < out->found.n; i++)
        tend_json_str(json, out->found.at[i].what, out->found.at[i].value);
    tend_json_close(json, '}');
    tend_json_open(json, "rejects", '[');
    for (int64_t i = 0; i < out->reject.n; i++) {
        const struct tend_reject *reject = &out->reject.at[i];

        tend_json_open(json, NULL, '{');
        tend_json_int(json, "line", reject->line);
        tend_json_id(json, "column", reject->column);
        tend_json_str(json, "code", reject->code);
        tend_json_str(json, "text", reject->text);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
    if (shell->options.dry)
        tend_json_bool(json, "dry_run", true);
    tend_json_close(json, '}');
}

static void say_import(struct tend_buffer *buf, const char *name, const struct tend_intake *out)
{
    tend_buffer_addf(buf, "%s%s: %lld read by %s", buf->len > 0 ? "; " : "", name,
                     (long long)out->rows_read, out->reader != NULL ? out->reader : "nobody");
    if (out->layout != NULL && out->layout[0] != '\0')
        tend_buffer_addf(buf, " (%s)", out->layout);
    tend_buffer_addf(buf, ": %lld added, %lld updated, %lld unchanged, %lld rejected",
                     (long long)out->added, (long long)out->updated, (long long)out->unchanged,
                     (long long)out->rejected);
}

/* A dry run shows the first people as they would be; after its end they are
 * gone, so they are written down before. */
static tend_status preview(struct tend_shell *shell, struct tend_buffer *buf, tend_id import)
{
    struct tend_text text = tend_text_of(tend_arena_printf(&shell->arena, "import:%lld",
                                                           (long long)import));
    struct tend_filter *filter;
    tend_id *persons;
    int64_t n;
    tend_status status = tend_filter_parse(text, tend_shell_now(shell),
                                           tend_store_zone(shell->store), &shell->arena, &filter,
                                           &shell->err);

    if (status == TEND_OK)
        status = tend_filter_list(shell->store, filter, PREVIEW, &shell->arena, &persons, &n);
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_person_view view;

        status = tend_person_read(shell->store, persons[i], &shell->arena, &view);
        if (status != TEND_OK)
            break;
        tend_buffer_addf(buf, "  line %lld: %.*s", (long long)view.import_line,
                         TEND_FMT(view.name));
        for (int64_t p = 0; p < view.n_points; p++) {
            if (!tend_text_is(view.points[p].kind, "id"))
                tend_buffer_addf(buf, ", %.*s", TEND_FMT(view.points[p].value));
        }
        for (int64_t a = 0; a < view.n_attributes; a++)
            tend_buffer_addf(buf, ", %.*s=%.*s", TEND_FMT(view.attributes[a].name),
                             TEND_FMT(view.attributes[a].value));
        tend_buffer_addc(buf, '\0');
    }
    return status;
}

/* Lines that end in a NUL, since a value may hold any other character. */
static void say_preview(struct tend_shell *shell, const struct tend_buffer *buf)
{
    for (int64_t at = 0; at < buf->len; at += (int64_t)strlen(buf->at + at) + 1)
        tend_say(shell, tend_text_of(buf->at + at));
}

/* How many consequences an import had, by what they are; a line for each person
 * would be a screen of its own. */
static void say_consequences(struct tend_buffer *buf, const struct tend_deed *deed)
{
    int64_t tasks = 0, failed = 0;

    for (int64_t i = 0; i < deed->outcome.n; i++) {
        tasks += strcmp(deed->outcome.at[i].effect, "task") == 0;
        failed += strcmp(deed->outcome.at[i].effect, "failed") == 0;
    }
    if (tasks > 0)
        tend_buffer_addf(buf, ". %lld to follow up", (long long)tasks);
    if (failed > 0)
        tend_buffer_addf(buf, ". %lld to be looked at again", (long long)failed);
}

/* What to do with so many new people: only where somebody sits who may do it. */
static void say_next(struct tend_shell *shell, const struct tend_import_run *run)
{
    int64_t added = 0;

    for (int64_t i = 0; i < run->n; i++)
        added += run->out[i].added;
    if (added > 0 && shell->width > 0)
        tend_sayf(shell, "  next: triage (ten people, a key each), or scrub (who may be here twice)");
}

int tend_import_print(struct tend_shell *shell, struct tend_deed *deed,
                      const struct tend_import_run *run)
{
    struct tend_json json = { 0 };
    struct tend_buffer line = { 0 };
    int64_t rejected = 0;

    if (run->n > 1)
        tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < run->n; i++) {
        const char *name = run->service ? run->service
                                        : file_name(shell, run->files.at[i].text);

        say_import(&line, name, &run->out[i]);
        json_import(shell, &json, name, &run->out[i], deed);
        if (!shell->options.json)
            say_rejects(shell, name, &run->out[i], run->ask.rejects);
        rejected += run->out[i].rejected;
    }
    if (run->n > 1)
        tend_json_close(&json, ']');
    if (shell->options.json) {
        tend_json_print(shell, &json);
        tend_deed_finish(deed);
    } else {
        say_preview(shell, &run->preview);
        say_consequences(&line, deed);
        deed->outcome.n = 0;
        tend_write_say(shell, deed, line.at, NULL, 0);
        if (!shell->options.dry)
            say_next(shell, run);
    }
    tend_buffer_finish(&line);
    tend_buffer_finish(&json.buf);
    return rejected > 0 ? TEND_EXIT_PART : TEND_EXIT_OK;
}

/* --strict: one row that is refused, or a file without any, and nothing is written. */
static tend_status check_strict(struct tend_shell *shell, const struct tend_import_run *run)
{
    int64_t rejected = 0;

    for (int64_t i = 0; i < run->n; i++) {
        const char *name = file_name(shell, run->files.at[i].text);

        if (run->out[i].rows_read == 0)
            return tend_error_set(&shell->err, TEND_INVALID,
                                  "%s has no rows: nothing was imported (--strict)", name);
        say_rejects(shell, name, &run->out[i], NULL);
        rejected += run->out[i].rejected;
    }
    if (rejected == 0)
        return TEND_OK;
    tend_error_set(&shell->err, TEND_INVALID, "%lld row%s rejected: nothing was imported (--strict)",
                   (long long)rejected, rejected == 1 ? " was" : "s were");
    tend_error_cure(&shell->err, "tend import FILE (without --strict: the rows that are right)");
    return TEND_INVALID;
}

/* A value that nobody could check before the plugins were there. */
static void point_at_flag(struct tend_shell *shell, const struct tend_parsed *parsed,
                          const char *flag)
{
    const char *text = tend_arena_printf(&shell->arena, "%s", shell->err.text);
    struct tend_words words = tend_given(parsed, flag);

    if (words.n > 0)
        tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[words.n - 1], "%s", text);
}

/* Where the file is: an import that goes on may be in another folder than it was begun. */
static const char *path_of(struct tend_shell *shell, const struct tend_import_files *files,
                           const char *path)
{
    if (path == NULL || files->folder == NULL || path[0] == '/' || strcmp(path, "-") == 0)
        return path;
    return tend_arena_printf(&shell->arena, "%s/%s", files->folder, path);
}

/* All files, in one deed. */
static tend_status import_files(struct tend_shell *shell, const struct tend_import_files *files,
                                struct tend_import_run *run, struct tend_deed *deed)
{
    struct tend_import_view view = { .shell = shell };
    tend_status status = tend_write_begin(shell, deed, "import");

    tend_import_watch(&view, &run->ask);

    run->ask.rejects = path_of(shell, files, run->ask.rejects);
    for (int64_t i = 0; status == TEND_OK && i < run->files.n; i++) {
        run->ask.path = path_of(shell, files, tend_arena_str(&shell->arena, run->files.at[i].text));
        view.name = file_name(shell, run->files.at[i].text);
        status = tend_intake_run(&shell->desk, deed, &run->ask, &run->out[i]);
        tend_import_progress_end(&view);
        if (status != TEND_OK && tend_import_left_out(shell, run, i, status)) {
            status = TEND_OK;
            i--;
            continue;
        }
        if (status == TEND_USAGE && run->out[i].wrong != NULL)
            point_at_flag(shell, files->parsed, run->out[i].wrong);
        if (status == TEND_OK && shell->options.dry && !shell->options.json)
            status = preview(shell, &run->preview, run->out[i].import);
    }
    if (status == TEND_OK && run->files.n == 0)
        status = tend_error_set(&shell->err, TEND_UNSUPPORTED, "no file there holds people");
    if (status == TEND_OK && tend_given_is(files->parsed, "strict"))
        status = check_strict(shell, run);
    if (status == TEND_OK)
        status = tend_import_merged(shell, run->ask.staging);
    if (status != TEND_OK)
        return status;
    if (run->out[0].import != 0)
        tend_batch_rename(shell->store, tend_arena_printf(&shell->arena, "import i%lld",
                                                          (long long)run->out[0].import));
    tend_import_progress_last(&view);
    status = tend_write_end(shell, deed);
    tend_import_progress_end(&view);
    return status;
}

/* Of one that went on and failed, what was staged stays too: only --discard lets it go. */
static int finish_import(struct tend_shell *shell, struct tend_import_run *run,
                         struct tend_deed *deed, tend_status status, bool resumed)
{
    bool keep = status != TEND_OK ? resumed || status == TEND_CANCELLED : shell->options.dry;
    int exit_status;

    if (status == TEND_CANCELLED && run->ask.staging != NULL)
        tend_import_kept(shell, run->ask.staging);
    tend_staging_close(run->ask.staging, keep);
    if (status == TEND_OK) {
        exit_status = tend_import_print(shell, deed, run);
    } else {
        exit_status = tend_write_fail(shell, deed, status);
        exit_status = status == TEND_INVALID ? TEND_EXIT_FAILED : exit_status;
    }
    for (int64_t i = 0; i < run->files.n; i++)
        tend_intake_finish(&run->out[i]);
    tend_buffer_finish(&run->preview);
    return exit_status;
}

int tend_import_run(struct tend_shell *shell, const struct tend_import_files *files)
{
    struct tend_import_run run = { 0 };
    struct tend_paste paste = { 0 };
    struct tend_deed deed = { 0 };
    tend_status status = read_ask(shell, files->parsed, &run);

    if (status == TEND_OK && run.ask.reader != NULL)
        status = tend_import_reader_options(shell, run.ask.reader, &run.files, &run.ask.options);
    if (status == TEND_OK)
        flag_options(shell, files->parsed, &run.ask.options);
    if (status == TEND_OK && run.files.n == 0)
        status = tend_import_no_file(shell);
    if (status == TEND_OK)
        status = tend_import_folders(shell, files->folder, &run);
    run.ask.staging = files->staging;
    for (int64_t i = 0; status == TEND_OK && i < run.files.n && !paste.on; i++) {
        if (shell->prompt && tend_text_is(run.files.at[i].text, "-"))
            status = tend_shell_paste(shell, &paste);
    }
    if (status == TEND_OK && run.ask.staging == NULL)
        status = tend_import_stage(shell, files->parsed, &run.ask.staging);
    if (status != TEND_OK) {
        tend_staging_close(run.ask.staging, true);
        return tend_shell_fail(shell);
    }
    run.n = run.files.n;
    run.out = tend_arena_take(&shell->arena, (size_t)run.files.n * sizeof *run.out);
    status = import_files(shell, files, &run, &deed);
    tend_shell_paste_end(&paste);
    return finish_import(shell, &run, &deed, status, files->staging != NULL);
}

static int run_import(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_import_files files = { .parsed = parsed };
    struct tend_import_run run = { 0 };
    const struct tend_provider *service;
    tend_status status;

    if (tend_given_is(parsed, "discard"))
        return tend_import_discard(shell, parsed);
    if (tend_given_is(parsed, "resume"))
        return tend_import_resume(shell, parsed);
    status = read_ask(shell, parsed, &run);
    if (status == TEND_OK && (service = tend_import_service_of(shell, run.ask.reader)) != NULL)
        return tend_import_service(shell, parsed, &run, service);
    if (status == TEND_OK)
        status = tend_import_waiting(shell);
    return status == TEND_OK ? tend_import_run(shell, &files) : tend_shell_fail(shell);
}

static const char *const matches[] = { "strict", "none", NULL };
static const char *const modes[] = { "quiet", "live", NULL };
static const struct tend_arg args[] = {
    { "FILE", TEND_SLOT_FILES, TEND_OPTIONAL,
      "files or folders; - is standard input. Of a service: option=value", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "from", TEND_SLOT_READER, 0, "READER", "who reads it, instead of who knows it best", NULL },
    { "source", TEND_SLOT_ORIGIN, 0, "ORIGIN", "where these people come from: phone, fair", NULL },
    { "map", TEND_SLOT_WORD, TEND_REPEAT, "field=column,...",
      "what a column holds; none: not as the last time", NULL },
    { "region", TEND_SLOT_REGION, 0, "CC", "country of numbers without one, and of dates as 3/4/1990", NULL },
    { "match", TEND_SLOT_CHOICE, 0, "strict|none", "none: every row is somebody new", matches },
    { "on", TEND_SLOT_CHOICE, 0, "fill|update|skip|new", "what a row does to who is known", ons },
    { "rejects", TEND_SLOT_FILE, 0, "FILE", "write the rows that were refused there", NULL },
    { "delimiter", TEND_SLOT_WORD, 0, "comma|semicolon|tab|pipe|C", "what stands between cells", NULL },
    { "no-header", TEND_SLOT_NONE, 0, NULL, "the first row is a person; columns are 1, 2, 3", NULL },
    { "skip", TEND_SLOT_NUMBER, 0, "N", "lines above the header, or above the first row", NULL },
    { "encoding", TEND_SLOT_WORD, 0, "NAME", "utf-8, utf-16, windows-1251, big5, mac...", NULL },
    { "strict", TEND_SLOT_NONE, 0, NULL, "one row refused, and nothing is written", NULL },
    { "mode", TEND_SLOT_CHOICE, 0, "quiet|live", "live: follow-ups are planned row by row", modes },
    { "resume", TEND_SLOT_NONE, 0, NULL, "an interrupted import goes on", NULL },
    { "discard", TEND_SLOT_NONE, 0, NULL, "an interrupted import is let go", NULL },
    { "again", TEND_SLOT_NONE, 0, NULL, "of a service: all of it, not only what is new", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "import --dry-run contacts.csv", "what would come in; nothing is written" },
    { "import --source phone --region AT contacts.csv", "numbers without a country are Austrian" },
    { "import --map name=Who,phone=Tel list.csv", "columns with names of their own" },
    { "import --source notebook -",
      "a list as you type it: name, number; a word is a tag, the rest a note" },
    { "import --from feed url=https://example.com/people.json", "people of a feed on the web" },
    { 0 }
};
static const struct tend_member import_members[] = {
    { "import", "integer", NULL },
    { "batch", "integer", NULL },
    { "from", "text", "the reader" },
    { "read", "integer", "the sum of the next four" },
    { "added", "integer", NULL },
    { "updated", "integer", NULL },
    { "unchanged", "integer", NULL },
    { "rejected", "integer", NULL },
    { "layout", "text", NULL },
    { "file", "text", NULL },
    { "encoding", "text", NULL },
    { "found", "object", "what the reader found out: delimiter, header..." },
    { "rejects", "[object]", "the file of refused rows" },
    { "dry_run", "boolean", NULL },
    { 0 }
};
const struct tend_command tend_cmd_import = {
    .name = "import", .group = "people", .summary = "people out of files",
    .more = "The same e-mail is the same person, and so is the same number with a name that may\n"
            "be theirs; the same file again changes nothing. Who is known gets what they have\n"
            "not (--on fill), what the file says (update), nothing (skip), or a namesake (new).\n"
            "Exit status 5: some rows were rejected.\n"
            "Nothing is in the database until all was read; what an interrupted import has read\n"
            "is kept beside it: --resume goes on, --discard lets it go.\n"
            "A service (--from NAME, without a file) is read page by page; the next import goes\n"
            "on where this one ends, even if it was interrupted.",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = import_members, .run = run_import,
};
