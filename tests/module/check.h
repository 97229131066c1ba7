/* What the tests of modules share: cmocka, and a folder of their own. */
#ifndef TEND_TESTS_MODULE_CHECK_H
#define TEND_TESTS_MODULE_CHECK_H

#include "base/text.h"
#include "module/module.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* One of the modules that meson built. */
static inline const char *built(const char *name)
{
    static char path[4096];

    snprintf(path, sizeof path, "%s/%s.so", getenv("TEND_TEST_MODULES"), name);
    return path;
}

/* A fresh folder, in which from now on the private copies are made. */
static inline const char *own_tmpdir(void)
{
    static char dir[4096];

    unsetenv("XDG_RUNTIME_DIR");
    snprintf(dir, sizeof dir, "%s/test-XXXXXX", getenv("TEND_TEST_MODULES"));
    assert_non_null(mkdtemp(dir));
    setenv("TMPDIR", dir, 1);
    return dir;
}

static inline int64_t count_entries(const char *dir)
{
    DIR *entries = opendir(dir);
    struct dirent *entry;
    int64_t n = 0;

    assert_non_null(entries);
    while ((entry = readdir(entries)) != NULL)
        n += entry->d_name[0] != '.';
    closedir(entries);
    return n;
}

static inline void put_file(const char *path, const char *from)
{
    FILE *in = fopen(from, "rb"), *out;
    char bytes[4096];
    size_t n;

    assert_non_null(in);
    remove(path);
    out = fopen(path, "wb");
    assert_non_null(out);
    while ((n = fread(bytes, 1, sizeof bytes, in)) > 0)
        assert_int_equal(fwrite(bytes, 1, n, out), n);
    fclose(in);
    assert_int_equal(fclose(out), 0);
}

static inline void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("\"%s\" does not hold \"%s\"", text, part);
}

#endif
