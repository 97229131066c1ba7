/* A store driver that wraps the one that is built in and counts what goes through it;
 * what it counted stands behind FILE.trace when the database is closed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tend/plugin.h>
#include <tend/x/store_driver.h>

static const struct tend_store_driver *base;
static struct tend_store_driver driver;
static struct {
    char file[4096];
    long long prepared, steps, begun, committed, open;
} seen;

static const char *file_of(const char *url)
{
    return strncmp(url, "trace://", 8) == 0 ? url + 8 : url;
}

static void say(const char *what)
{
    char path[4110];
    FILE *out;

    if (strcmp(seen.file, ":memory:") == 0 || !seen.file[0])
        return;
    snprintf(path, sizeof path, "%s.trace", seen.file);
    out = fopen(path, "a");
    if (!out)
        return;
    fprintf(out, "%s prepared=%lld steps=%lld begun=%lld committed=%lld open=%lld\n", what,
            seen.prepared, seen.steps, seen.begun, seen.committed, seen.open);
    fclose(out);
}

static tend_status open_db(const char *path, const struct tend_db_options *options,
                           struct tend_db **db)
{
    snprintf(seen.file, sizeof seen.file, "%s", file_of(path));
    seen.open++;
    return base->open(file_of(path), options, db);
}

static void close_db(struct tend_db *db)
{
    seen.open -= db != NULL;
    if (db)
        say("closed");
    base->close(db);
}

static tend_status prepare(struct tend_db *db, struct tend_text sql, int32_t keep,
                           struct tend_statement **out)
{
    seen.prepared++;
    return base->prepare(db, sql, keep, out);
}

static int32_t step(struct tend_statement *s)
{
    seen.steps++;
    return base->step(s);
}

static tend_status begin(struct tend_db *db)
{
    seen.begun++;
    return base->begin(db);
}

static tend_status commit(struct tend_db *db)
{
    seen.committed++;
    return base->commit(db);
}

static tend_status backup(struct tend_db *db, const char *path)
{
    return base->backup(db, file_of(path));
}

static tend_status restore(struct tend_db *db, const char *path)
{
    return base->restore(db, file_of(path));
}

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    base = host->get("tend.x.store", 2);
    if (!TEND_HAS(base, scrub))
        return host->fail(ctx, TEND_UNSUPPORTED, "the driver that is built in is not there");
    driver = *base;
    driver.size = sizeof driver;
    driver.scheme = "trace";
    driver.open = open_db;
    driver.close = close_db;
    driver.prepare = prepare;
    driver.step = step;
    driver.begin = begin;
    driver.commit = commit;
    driver.backup = backup;
    driver.restore = restore;
    return host->provide(ctx, "store_driver", &driver);
}

static void fini(struct tend_ctx *ctx)
{
    (void)ctx;
    say("ended");
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "trace",
    .version = "1.0.0",
    .summary = "counts the statements of SQLite, for the tests",
    .license = "0BSD",
    .needs = "native",
    .init = init,
    .fini = fini,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
