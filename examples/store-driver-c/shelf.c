/* SPDX-License-Identifier: 0BSD
 *
 * shelf, a store driver: shelf://family is the database family.db in the folder
 * $DATABASES (else ~/databases), so that it is found from wherever tend is called.
 *
 *     tend --db shelf://family list
 *
 * It teaches: a driver may wrap the one that is built in, and replace of it what it does
 * otherwise. One for another database fills every member of the table by itself.
 */
#define TEND_UNSTABLE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <tend/plugin.h>
#include <tend/x/store_driver.h>

static const char scheme[] = "shelf://";
static const struct tend_store_driver *built_in;
static struct tend_store_driver driver;
static char file[4096];

/* Where the database of this URL is; what is a path is a file as it stands. */
static const char *place(const char *url)
{
    const char *root = getenv("DATABASES"), *home = getenv("HOME");
    char folder[2048];

    if (strncmp(url, scheme, strlen(scheme)) == 0)
        url += strlen(scheme);
    if (strchr(url, '/') || strchr(url, ':'))
        return url;
    if (root)
        snprintf(folder, sizeof folder, "%s", root);
    else
        snprintf(folder, sizeof folder, "%s/databases", home ? home : ".");
    mkdir(folder, 0700); /* if it is there already, so much the better */
    snprintf(file, sizeof file, "%s/%s.db", folder, url);
    return file;
}

static tend_status open_db(const char *url, const struct tend_db_options *options,
                           struct tend_db **db)
{
    return built_in->open(place(url), options, db);
}

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    built_in = host->get("tend.x.store", 2);
    if (!built_in)
        return host->fail(ctx, TEND_UNSUPPORTED, "the driver that is built in is not there");
    driver = *built_in;
    driver.size = sizeof driver;
    driver.scheme = "shelf";
    driver.open = open_db;
    return host->provide(ctx, "store_driver", &driver);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "shelf",
    .version = "1.0.0",
    .summary = "Databases by name, in one folder",
    .license = "0BSD",
    .needs = "native",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
