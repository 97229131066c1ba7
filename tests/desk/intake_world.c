/* See intake_world.h. */
#include "intake_world.h"
#include "store/ops_intake.h"
#include <dirent.h>
#include <unistd.h>

static const char *plugin_path;

void intake_world_plugin(const char *path)
{
    plugin_path = path;
}

void intake_world_load(struct intake_world *w, const char *path)
{
    struct tend_instance_info info;
    int64_t last = 0;

    assert_int_equal(tend_registry_load_file(w->desk.registry, path), TEND_OK);
    while (tend_registry_instance(w->desk.registry, last + 1, &info))
        last++;
    assert_true(tend_registry_instance(w->desk.registry, last, &info));
    if (info.state != TEND_INSTANCE_LOADED)
        print_error("%s\n", info.trouble);
    assert_int_equal(info.state, TEND_INSTANCE_LOADED);
}

void intake_world_open(struct intake_world *w)
{
    const char *tmp = getenv("TMPDIR");
    struct tend_store_options options = { .clock = &w->clock };
    struct tend_deed deed = { 0 };
    char path[600];

    *w = (struct intake_world){ 0 };
    tend_clock_freeze(&w->clock, INTAKE_NOW);
    tend_clock_seed(&w->clock, 7);
    snprintf(w->dir, sizeof w->dir, "%s/intake-test-XXXXXX", tmp ? tmp : P_tmpdir);
    assert_non_null(mkdtemp(w->dir));
    snprintf(path, sizeof path, "%s/tend.db", w->dir);
    assert_int_equal(tend_store_open(&w->store, path, &options, &w->err), TEND_OK);
    w->desk = (struct tend_desk){ .store = w->store, .clock = &w->clock, .err = &w->err };
    w->desk.registry = tend_registry_create(&w->err, &w->clock);
    tend_registry_bind(w->desk.registry, w->store);
    assert_int_equal(tend_intake_setup(&w->desk), TEND_OK);
    if (plugin_path)
        intake_world_load(w, plugin_path);
    assert_int_equal(tend_deed_begin(&w->desk, &deed, "config"), TEND_OK);
    assert_int_equal(tend_desk_me(&w->desk, &deed, TEND_TEXT("Me Myself")), TEND_OK);
    assert_int_equal(tend_deed_end(&w->desk, &deed), TEND_OK);
    tend_deed_finish(&deed);
}

void intake_world_close(struct intake_world *w)
{
    DIR *dir = opendir(w->dir);
    struct dirent *entry;
    char path[1200];

    tend_intake_finish(&w->done);
    tend_registry_destroy(w->desk.registry);
    tend_store_close(w->store);
    tend_arena_finish(&w->arena);
    tend_buffer_finish(&w->warnings);
    while (dir && (entry = readdir(dir))) {
        snprintf(path, sizeof path, "%s/%s", w->dir, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    if (dir)
        closedir(dir);
    rmdir(w->dir);
}

const char *intake_world_bytes(struct intake_world *w, const char *name, const void *at,
                               int64_t len)
{
    char *path = tend_arena_printf(&w->arena, "%s/%s", w->dir, name);
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(at, 1, (size_t)len, file), len);
    assert_int_equal(fclose(file), 0);
    return path;
}

const char *intake_world_file(struct intake_world *w, const char *name, const char *text)
{
    return intake_world_bytes(w, name, text, (int64_t)strlen(text));
}

struct tend_text intake_world_read(struct intake_world *w, const char *path)
{
    struct tend_buffer text = { 0 };
    struct tend_text out;
    char block[4096];
    size_t got;
    FILE *file = fopen(path, "rb");

    if (!file)
        return (struct tend_text){ "", 0 };
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        tend_buffer_add(&text, (struct tend_text){ block, (int64_t)got });
    fclose(file);
    out = tend_arena_text(&w->arena, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return out;
}

tend_status intake_world_import(struct intake_world *w, const struct tend_intake_ask *ask)
{
    struct tend_deed deed = { 0 };
    tend_status status;

    tend_intake_finish(&w->done);
    tend_buffer_reset(&w->warnings);
    assert_int_equal(tend_deed_begin(&w->desk, &deed, "import"), TEND_OK);
    status = tend_intake_run(&w->desk, &deed, ask, &w->done);
    for (int64_t i = 0; i < w->done.reject.n; i++) {
        struct tend_reject *r = &w->done.reject.at[i];

        r->code = tend_arena_str(&w->arena, tend_text_of(r->code));
        r->text = tend_arena_str(&w->arena, tend_text_of(r->text));
    }
    w->done.layout = tend_arena_str(&w->arena, tend_text_of(w->done.layout));
    w->done.reader = tend_arena_str(&w->arena, tend_text_of(w->done.reader));
    if (status == TEND_OK)
        status = tend_deed_end(&w->desk, &deed);
    else
        tend_deed_abort(&w->desk, &deed);
    for (int64_t i = 0; i < deed.warning.n; i++)
        tend_buffer_addf(&w->warnings, "%s\n", deed.warning.at[i]);
    w->batch = deed.batch;
    tend_deed_finish(&deed);
    return status;
}

void intake_world_take(struct intake_world *w, const char *path)
{
    struct tend_intake_ask ask = { .path = path, .match = true };
    tend_status status = intake_world_import(w, &ask);

    if (status != TEND_OK)
        print_error("%s: %s\n", w->err.text, w->err.n_causes ? w->err.cause[0] : "");
    assert_int_equal(status, TEND_OK);
}

const char *intake_world_counts(struct intake_world *w)
{
    const struct tend_intake *d = &w->done;

    assert_int_equal(d->rows_read, d->added + d->updated + d->unchanged + d->rejected);
    return tend_arena_printf(&w->arena,
                             "read %lld added %lld updated %lld unchanged %lld rejected %lld",
                             (long long)d->rows_read, (long long)d->added, (long long)d->updated,
                             (long long)d->unchanged, (long long)d->rejected);
}

static void put_line(struct tend_buffer *out, const char *what, struct tend_text value)
{
    if (value.len == 0)
        return;
    tend_buffer_addf(out, "  %s ", what);
    for (int64_t i = 0; i < value.len; i++) {
        if (value.at[i] == '\n')
            tend_buffer_adds(out, "\\n");
        else
            tend_buffer_addc(out, value.at[i]);
    }
    tend_buffer_addc(out, '\n');
}

static void put_person(struct intake_world *w, tend_id person, struct tend_buffer *out)
{
    struct tend_person_view p;
    struct tend_known known;

    assert_int_equal(tend_person_read(w->store, person, &w->arena, &p), TEND_OK);
    assert_int_equal(tend_intake_known(w->store, person, &w->arena, &known), TEND_OK);
    tend_buffer_addf(out, "person %.*s\n", TEND_FMT(p.name));
    put_line(out, "given", p.given);
    put_line(out, "family", p.family);
    put_line(out, "source", p.source);
    put_line(out, "zone", p.zone);
    put_line(out, "region", p.region);
    for (int64_t i = 0; i < p.n_points; i++) {
        const struct tend_point_view *c = &p.points[i];
        char *kind = tend_arena_str(&w->arena, c->kind);
        char *text =
            tend_arena_printf(&w->arena, "%.*s%s%.*s%s%.*s%s", TEND_FMT(c->value),
                              c->key.len ? " = " : "", TEND_FMT(c->key), c->label.len ? " (" : "",
                              TEND_FMT(c->label), c->label.len ? ")" : "");

        put_line(out, kind, tend_text_of(text));
    }
    for (int64_t i = 0; i < p.n_attributes; i++)
        put_line(out, tend_arena_str(&w->arena, p.attributes[i].name), p.attributes[i].value);
    for (int64_t i = 0; i < p.n_tags; i++)
        put_line(out, "tag", p.tags[i]);
    for (int64_t i = 0; i < known.n_notes; i++)
        put_line(out, "note", known.notes[i]);
}

struct tend_text intake_world_people(struct intake_world *w)
{
    struct tend_buffer out = { 0 };
    struct tend_text text;
    struct tend_person_view view;
    tend_id last = 1, gone = 0;

    for (tend_id person = 2; gone < 2000; person++) {
        if (tend_person_read(w->store, person, &w->arena, &view) == TEND_OK) {
            last = person;
            gone = 0;
        } else {
            gone++;
        }
    }
    for (tend_id person = 2; person <= last; person++) {
        if (tend_person_read(w->store, person, &w->arena, &view) == TEND_OK)
            put_person(w, person, &out);
    }
    text = tend_arena_text(&w->arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    return text;
}

uint64_t intake_world_sum(struct intake_world *w)
{
    uint64_t all = 0;

    for (int32_t t = 0; t < TEND_TABLES; t++) {
        uint64_t sum;
        int64_t rows;

        if (tend_catalogue[t].kind == TEND_TABLE_SYSTEM || t == TEND_T_import)
            continue;
        assert_int_equal(tend_store_checksum(w->store, (enum tend_table)t, &sum, &rows), TEND_OK);
        all = all * 31 + sum + (uint64_t)rows;
    }
    return all;
}

void assert_counts(struct intake_world *w, const char *expected)
{
    assert_string_equal(intake_world_counts(w), expected);
}

void assert_people(struct intake_world *w, const char *expected)
{
    assert_string_equal(intake_world_people(w).at, expected);
}
