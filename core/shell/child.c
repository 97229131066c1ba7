/* Started by posix_spawn, which sets signals and descriptors right before the
 * program is there to see them. */
#include "shell/child.h"
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

int tend_child_start(const char *line, int in, pid_t *child)
{
    char *argv[] = { (char *)(uintptr_t)"sh", (char *)(uintptr_t)"-c", (char *)(uintptr_t)line,
                     NULL };
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t none, usual;
    int failed;

    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGINT);
    sigaddset(&usual, SIGPIPE);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawn_file_actions_init(&files);
    if (in != STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
    failed = posix_spawn(child, "/bin/sh", &files, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    return failed;
}

int tend_child_run(const char *line)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN }, before;
    pid_t child;
    int status = -1;

    sigaction(SIGINT, &ignore, &before);    /* a Ctrl-C is for the program */
    if (tend_child_start(line, STDIN_FILENO, &child) == 0) {
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            ;
    }
    sigaction(SIGINT, &before, NULL);
    return status;
}
