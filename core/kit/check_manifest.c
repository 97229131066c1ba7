/* The manifest: all that a stranger reads of a plugin before it is added. */
#include "kit/check.h"
#include <string.h>

/* Of https://spdx.org/licenses, what plugins are likely to have; their -only and -or-later
 * are taken too. */
static const char *const licences[] = {
    "0BSD",       "AGPL-3.0",   "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
    "CC0-1.0",    "EUPL-1.2",   "GPL-2.0",    "GPL-3.0",      "ISC",          "LGPL-2.1",
    "LGPL-3.0",   "MIT",        "MIT-0",      "MPL-2.0",      "Unlicense",    "Zlib",
    NULL,
};

static bool is_licence(const char *text)
{
    for (const char *const *known = licences; *known != NULL; known++) {
        size_t len = strlen(*known);

        if (strncmp(text, *known, len) == 0 &&
            (text[len] == '\0' || strcmp(text + len, "-only") == 0 ||
             strcmp(text + len, "-or-later") == 0))
            return true;
    }
    return strncmp(text, "LicenseRef-", 11) == 0;
}

/* 1.0, 1.2.3 */
static bool is_version(const char *text)
{
    int32_t parts = 1;

    if (*text < '0' || *text > '9')
        return false;
    for (; *text != '\0' && *text != '-' && *text != '+'; text++) {
        if (*text == '.' && text[1] >= '0' && text[1] <= '9')
            parts++;
        else if (*text < '0' || *text > '9')
            return false;
    }
    return parts == 2 || parts == 3;
}

void tend_kit_check_manifest(struct tend_kit_checking *checking)
{
    const char *file = checking->source;
    struct tend_instance_info info;

    if (!tend_registry_instance(checking->world.registry, 0, &info))
        return;
    if (strcmp(info.manifest.name, checking->place.name) != 0)
        tend_kit_finds(checking, file, tend_kit_line_of(checking, info.manifest.name),
                       "the plugin is called %s and its file %s: give both one name",
                       info.manifest.name, checking->place.name);
    if (!is_version(info.manifest.version))
        tend_kit_finds(checking, file, tend_kit_line_of(checking, "version"),
                       "version is \"%s\": two or three numbers were expected, 1.0.0",
                       info.manifest.version);
    if (info.manifest.summary[0] == '\0')
        tend_kit_finds(checking, file, 1, "summary is missing: one line that says what it does");
    else if (strlen(info.manifest.summary) > 100 || strchr(info.manifest.summary, '\n') != NULL)
        tend_kit_finds(checking, file, tend_kit_line_of(checking, "summary"),
                       "summary is longer than a line of 100 characters: lists cut it");
    if (info.manifest.license[0] == '\0')
        tend_kit_finds(checking, file, 1, "license is missing: an SPDX identifier, such as 0BSD, "
                                          "MIT or GPL-3.0-or-later");
    else if (!is_licence(info.manifest.license))
        tend_kit_finds(checking, file, tend_kit_line_of(checking, "license"),
                       "license is \"%s\", which is no SPDX identifier that plugins use (0BSD, MIT, "
                       "GPL-3.0-or-later...); LicenseRef-NAME is one of your own",
                       info.manifest.license);
    if (info.manifest.needs[0] == '\0')
        tend_kit_finds(checking, file, 1, "needs is missing: say what it reads and which effects it "
                                          "has, \"reads:person,touch effects:task\", or \"none\"; "
                                          "`plugin add` shows it");
}
