/* Answers that stand in for a service in the tests of a plugin: by the whole URL. */
#include "base/text.h"
#include "worker/serve.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static tend_status read_file(const char *path, struct tend_buffer *out, struct tend_error *err)
{
    char bytes[65536];
    ssize_t n;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return tend_error_set(err, TEND_INVALID, "the fixture %s cannot be read: %s", path,
                              strerror(errno));
    while ((n = read(fd, bytes, sizeof bytes)) > 0)
        tend_buffer_add(out, (struct tend_text){ bytes, n });
    if (n < 0)
        tend_error_set(err, TEND_INVALID, "the fixture %s cannot be read: %s", path,
                       strerror(errno));
    close(fd);
    return n < 0 ? TEND_INVALID : TEND_OK;
}

static const char *type_of(const struct tend_fixture *fixture)
{
    struct tend_text file = tend_text_of(fixture->file);

    if (fixture->type && fixture->type[0])
        return fixture->type;
    if (file.len > 4 && strcmp(file.at + file.len - 4, ".csv") == 0)
        return "text/csv";
    if (file.len > 4 && (strcmp(file.at + file.len - 4, ".xml") == 0 ||
                         strcmp(file.at + file.len - 4, ".rss") == 0))
        return "application/xml";
    return "application/json";
}

tend_status tend_http_fixture(const struct tend_http_ask *ask, struct tend_http_got *got,
                              struct tend_error *err)
{
    for (int64_t i = 0; i < tend_serve.n_fixtures; i++) {
        const struct tend_fixture *fixture = &tend_serve.fixture[i];

        if (strcmp(fixture->url, "*") != 0 && strcmp(fixture->url, ask->url) != 0)
            continue;
        if (fixture->fails)
            return tend_error_set(err, (tend_status)fixture->fails, "the fixture of %s fails (%s)",
                                  ask->url, tend_status_name((tend_status)fixture->fails));
        got->status = fixture->status ? fixture->status : 200;
        tend_buffer_addf(&got->headers, "content-type: %s\n%s", type_of(fixture),
                         fixture->headers ? fixture->headers : "");
        if (fixture->file && fixture->file[0])
            return read_file(fixture->file, &got->body, err);
        tend_buffer_add(&got->body, fixture->body);
        return TEND_OK;
    }
    return tend_error_set(err, TEND_INVALID, "there is no fixture for %s", ask->url);
}
