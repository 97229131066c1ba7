/* What columns hold, as the user said it (--map): checked, and kept for the next file that
 * has the same header, so that it is said once. It is kept under a hash of the header, in
 * the user's settings. */
#include "base/hash.h"
#include "desk/intake_parts.h"

#define HEADER_MOST 40 /* lines from the top in which a header is looked for */

tend_status tend_intake_map_check(struct tend_intake_run *run)
{
    run->map = run->ask->map;
    run->n_map = run->ask->n_map;
    for (int64_t i = 0; i < run->n_map; i++) {
        const char *field = tend_arena_str(&run->deed->arena, run->map[i].field);
        bool known;

        tend_intake_field(field, &known);
        if (!known)
            return tend_intake_wrong(run, "map", "--map %s=...: there is no field \"%s\"; name, "
                                     "given, family, email, phone, organisation, title, note, "
                                     "tag, source, zone, region, birthday, anniversary, joined, "
                                     "rank, sponsor, placement, url, address, id, met_how, "
                                     "interest, or a name with a dot in it was expected", field, field);
    }
    return TEND_OK;
}

/* The next line of the head; false behind the last. */
static bool next_line(struct tend_text *rest, struct tend_text *line)
{
    int64_t i = 0;

    if (rest->len == 0)
        return false;
    while (i < rest->len && rest->at[i] != '\n' && rest->at[i] != '\r')
        i++;
    *line = (struct tend_text){ rest->at, i };
    i += i < rest->len;
    *rest = (struct tend_text){ rest->at + i, rest->len - i };
    return true;
}

static const char *setting_of(struct tend_intake_run *run, struct tend_text line)
{
    uint64_t hash = tend_hash(TEND_HASH_SEED, line.at, (size_t)line.len);

    return tend_arena_printf(&run->deed->arena, "import.map.%016llx", (unsigned long long)hash);
}

/* "field\tcolumn\n" a column. */
static bool read_map(struct tend_intake_run *run, struct tend_text text)
{
    struct tend_intake_map map[64];
    struct tend_buffer said = { 0 };
    struct tend_text line;
    int64_t n = 0;

    while (n < 64 && next_line(&text, &line)) {
        const char *tab = line.len > 0 ? memchr(line.at, '\t', (size_t)line.len) : NULL;

        if (!tab)
            continue;
        map[n].field = (struct tend_text){ line.at, tab - line.at };
        map[n].column = (struct tend_text){ tab + 1, line.at + line.len - tab - 1 };
        tend_buffer_addf(&said, "%s%.*s=%.*s", n > 0 ? "," : "", TEND_FMT(map[n].field),
                         TEND_FMT(map[n].column));
        n++;
    }
    if (n > 0) {
        struct tend_intake_map *kept = tend_arena_take(&run->deed->arena, sizeof map);

        memcpy(kept, map, (size_t)n * sizeof *map);
        run->map = kept;
        run->n_map = n;
        run->out->remembered = tend_arena_str(&run->deed->arena, tend_buffer_text(&said));
    }
    tend_buffer_finish(&said);
    return n > 0;
}

static tend_status recall(struct tend_intake_run *run)
{
    struct tend_text head = tend_stream_head(&run->in.stream), line, kept;
    tend_status status = TEND_OK;

    for (int i = 0; i < HEADER_MOST && status == TEND_OK && next_line(&head, &line); i++) {
        const char *setting;

        if (line.len < 3)
            continue;
        setting = setting_of(run, line);
        kept = (struct tend_text){ "", 0 };
        status = tend_meta_get(run->desk->store, setting, &run->deed->arena, &kept);
        if (status != TEND_OK || kept.len == 0)
            continue;
        if (run->ask->forget_map)
            status = tend_meta_set(run->desk->store, setting, TEND_TEXT(""));
        else if (read_map(run, kept))
            break;
    }
    return status;
}

tend_status tend_intake_map_recall(struct tend_intake_run *run)
{
    tend_status status = run->n_map == 0 ? recall(run) : TEND_OK;

    run->mapped = tend_arena_take(&run->deed->arena, (size_t)run->n_map + 1);
    memset(run->mapped, 0, (size_t)run->n_map + 1);
    return status;
}

static bool has(struct tend_text line, struct tend_text word)
{
    for (int64_t i = 0; word.len > 0 && i + word.len <= line.len; i++) {
        if (memcmp(line.at + i, word.at, (size_t)word.len) == 0)
            return true;
    }
    return false;
}

/* The header is the first line that names all columns of the map. */
static tend_status keep(struct tend_intake_run *run)
{
    struct tend_text head = tend_stream_head(&run->in.stream), line = { "", 0 };
    struct tend_buffer text = { 0 };
    tend_status status = TEND_OK;
    bool found = false;

    for (int i = 0; i < HEADER_MOST && !found && next_line(&head, &line); i++) {
        found = true;
        for (int64_t m = 0; m < run->n_map && found; m++)
            found = has(line, run->map[m].column);
    }
    for (int64_t m = 0; m < run->n_map; m++)
        tend_buffer_addf(&text, "%.*s\t%.*s\n", TEND_FMT(run->map[m].field),
                         TEND_FMT(run->map[m].column));
    if (found)
        status = tend_meta_set(run->desk->store, setting_of(run, line), tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return status;
}

tend_status tend_intake_map_done(struct tend_intake_run *run)
{
    for (int64_t i = 0; i < run->n_map; i++) {
        if (!run->mapped[i] && run->out->remembered)
            tend_deed_warn(run->deed, "there is no column \"%.*s\", which was mapped the last time",
                           TEND_FMT(run->map[i].column));
        else if (!run->mapped[i])
            return tend_error_set(run->desk->err, TEND_INVALID,
                                  "%s has no column \"%.*s\" (--map %.*s=...)", run->ask->path,
                                  TEND_FMT(run->map[i].column), TEND_FMT(run->map[i].field));
    }
    return run->ask->n_map > 0 ? keep(run) : TEND_OK;
}
