/* __worker: tend as the process in which a plugin may wait for the world. */
#include "shell/shell.h"
#include "worker/worker.h"
#include <fcntl.h>
#include <unistd.h>

/* The pipe is ours alone: what the plugin prints goes where errors go. */
static int keep(int fd, int instead)
{
    int kept = fcntl(fd, F_DUPFD_CLOEXEC, 3);

    if (instead >= 0)
        dup2(instead, fd);
    return kept;
}

static int run_worker(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int in = keep(STDIN_FILENO, null), out = keep(STDOUT_FILENO, STDERR_FILENO);
    tend_status status;

    (void)parsed;
    status = tend_shell_registry(shell, false);
    if (status == TEND_OK)
        status = tend_worker_serve(shell->registry, &shell->clock, in, out, &shell->err);
    close(in);
    close(out);
    close(null);
    return status == TEND_OK ? TEND_EXIT_OK : tend_shell_fail(shell);
}

static const struct tend_example examples[] = {
    { "__worker", "started by tend itself, never by hand" },
    { 0 }
};
const struct tend_command tend_cmd_worker = {
    .name = "__worker", .group = "the house", .summary = "a plugin waits for the world here",
    .examples = examples, .effects = TEND_NO_STORE | TEND_HIDDEN, .run = run_worker,
};
