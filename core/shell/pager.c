/* The pager: a stream in the place of the terminal, which keeps what is printed
 * until it is more than the screen holds, and then feeds a pager with it. */
#include "shell/pager.h"
#include "shell/child.h"
#include "base/interrupt.h"
#include "shell/prompt_edit.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static struct {
    FILE *stream, *out, *errors;    /* ours, and those whose place it takes */
    struct tend_buffer kept;
    int64_t counted, rows;          /* bytes of kept, and the rows that they take */
    int64_t columns, most;          /* of the screen */
    enum { KEEPS, THROUGH, PAGED } state;
    pid_t child;
    int pipe;
    struct sigaction old_pipe;
} pager;

/* --- which --------------------------------------------------------------- */

static bool is_on_path(const char *name)
{
    struct tend_text rest = tend_text_of(getenv("PATH")), dir;
    bool found = false;

    while (!found && tend_text_cut(&rest, ":", &dir)) {
        struct tend_buffer path = { 0 };

        tend_buffer_addf(&path, "%.*s/%s", TEND_FMT(dir), name);
        found = access(path.at, X_OK) == 0;
        tend_buffer_finish(&path);
    }
    return found;
}

/* The command line of the pager; NULL for none. */
static const char *command(void)
{
    const char *wish = getenv("PAGER");

    if (!tend_edit_possible())
        return NULL;
    if (wish != NULL)
        return wish[0] != '\0' && strcmp(wish, "cat") != 0 ? wish : NULL;
    return is_on_path("less") ? "less -FRX" : NULL;
}

/* --- the process ----------------------------------------------------------- */

static bool start(void)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN };
    const char *line = command();
    int ends[2];

    if (line == NULL || pipe2(ends, O_CLOEXEC) != 0)
        return false;
    setenv("LESS", "FRX", 0);
    if (tend_child_start(line, ends[0], &pager.child) != 0) {
        close(ends[0]);
        close(ends[1]);
        return false;
    }
    close(ends[0]);
    pager.pipe = ends[1];
    sigaction(SIGPIPE, &ignore, &pager.old_pipe);   /* q in the pager does not end us */
    return true;
}

static void feed(const char *at, size_t size)
{
    while (size > 0 && pager.pipe >= 0) {
        ssize_t written = write(pager.pipe, at, size);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {             /* it was left: the rest is for nobody */
            close(pager.pipe);
            pager.pipe = -1;
            return;
        }
        at += written;
        size -= (size_t)written;
    }
}

/* --- the stream ------------------------------------------------------------ */

/* Rows of the complete lines that were added since the last count. */
static void count_rows(void)
{
    while (pager.counted < pager.kept.len) {
        const char *from = pager.kept.at + pager.counted;
        const char *end = memchr(from, '\n', (size_t)(pager.kept.len - pager.counted));
        int64_t width;

        if (end == NULL)
            return;
        width = tend_text_width((struct tend_text){ from, end - from });
        pager.rows += width > pager.columns ? (width + pager.columns - 1) / pager.columns : 1;
        pager.counted += end - from + 1;
    }
}

/* Decides where what was kept goes, and sends it there. */
static void let_go(bool paged)
{
    pager.state = paged && start() ? PAGED : THROUGH;
    if (pager.state == PAGED)
        feed(pager.kept.at, (size_t)pager.kept.len);
    else
        fwrite(pager.kept.at != NULL ? pager.kept.at : "", 1, (size_t)pager.kept.len, pager.out);
    fflush(pager.out);
    tend_buffer_reset(&pager.kept);
}

static ssize_t take(void *data, const char *at, size_t size)
{
    (void)data;
    if (pager.state == KEEPS) {
        tend_buffer_add(&pager.kept, (struct tend_text){ at, (int64_t)size });
        count_rows();
        if (pager.rows >= pager.most)
            let_go(true);
    } else if (pager.state == PAGED) {
        feed(at, size);
    } else {
        fwrite(at, 1, size, pager.out);
        fflush(pager.out);
    }
    return (ssize_t)size;
}

void tend_pager_begin(struct tend_shell *shell)
{
    struct winsize size = { 0 };

    if (shell->width == 0 || pager.stream != NULL || command() == NULL ||
        ioctl(fileno(shell->out), TIOCGWINSZ, &size) != 0 || size.ws_row < 4)
        return;
    pager.stream = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = take });
    if (pager.stream == NULL)
        return;
    pager.out = shell->out;
    pager.errors = shell->errors;
    pager.counted = pager.rows = 0;
    pager.columns = shell->width;
    pager.most = size.ws_row;
    pager.state = KEEPS;
    pager.pipe = -1;
    shell->out = pager.stream;
    if (isatty(fileno(shell->errors)))
        shell->errors = pager.stream;   /* so that both stay in their order */
}

static void wait_for_it(void)
{
    if (pager.pipe >= 0)
        close(pager.pipe);
    pager.pipe = -1;
    while (waitpid(pager.child, NULL, 0) < 0 && errno == EINTR)
        ;
    sigaction(SIGPIPE, &pager.old_pipe, NULL);
    tend_interrupt_clear();             /* a Ctrl-C was the pager's */
}

void tend_pager_end(struct tend_shell *shell)
{
    if (pager.stream == NULL)
        return;
    fflush(pager.stream);
    if (pager.state == KEEPS)
        let_go(false);
    if (pager.state == PAGED)
        wait_for_it();
    shell->out = pager.out;
    shell->errors = pager.errors;
    fclose(pager.stream);
    pager.stream = NULL;
    tend_buffer_finish(&pager.kept);
}

void tend_pager_release(struct tend_shell *shell)
{
    (void)shell;
    if (pager.stream == NULL)
        return;
    fflush(pager.stream);
    if (pager.state == KEEPS)
        let_go(false);
    else if (pager.state == PAGED) {    /* a pager and a question cannot share the screen */
        wait_for_it();
        pager.state = THROUGH;
    }
}
