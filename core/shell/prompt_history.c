/* The history: a file a database in the state folder, an entry a line. It is
 * readable by its owner alone, and each line is there before it is run. */
#include "shell/prompt_history.h"
#include "base/hash.h"
#include "shell/prompt_edit.h"
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define ENTRIES_MOST 2000

static struct tend_buffer last_entry;   /* for the life of the process */
static struct tend_buffer unwritten;    /* entries from before there was a database */

/* Several lines are one entry, and so one line of the file. */
static void add_escaped(struct tend_buffer *buf, struct tend_text entry)
{
    for (int64_t i = 0; i < entry.len; i++) {
        if (entry.at[i] == '\\' || entry.at[i] == '\n')
            tend_buffer_addc(buf, '\\');
        tend_buffer_addc(buf, entry.at[i] == '\n' ? 'n' : entry.at[i]);
    }
}

static void add_unescaped(struct tend_buffer *buf, struct tend_text line)
{
    for (int64_t i = 0; i < line.len; i++) {
        char c = line.at[i];

        if (c == '\\' && i + 1 < line.len)
            c = line.at[++i] == 'n' ? '\n' : line.at[i];
        tend_buffer_addc(buf, c);
    }
}

/* The file's name shows which database it is, and no two have the same. */
static char *file_of(struct tend_shell *shell)
{
    const char *state = tend_shell_state_dir(shell, true), *base;
    char *real = realpath(tend_store_path(shell->store), NULL);
    struct tend_buffer path = { 0 };
    char *copy = NULL;

    if (state != NULL && real != NULL) {
        base = strrchr(real, '/');
        base = base != NULL ? base + 1 : real;
        tend_buffer_addf(&path, "%s/history-", state);
        for (int i = 0; base[i] != '\0' && i < 40; i++) {
            bool plain = (base[i] >= 'a' && base[i] <= 'z') || (base[i] >= 'A' && base[i] <= 'Z') ||
                         (base[i] >= '0' && base[i] <= '9') || base[i] == '.';
            tend_buffer_addc(&path, plain ? base[i] : '_');
        }
        tend_buffer_addf(&path, "-%08x", (unsigned)tend_hash(TEND_HASH_SEED, real, strlen(real)));
        copy = tend_strdup(path.at);
    }
    tend_buffer_finish(&path);
    free(real);
    return copy;
}

/* The newest entries alone, written beside and renamed into place. */
static void shorten(const char *path, struct tend_text newest)
{
    struct tend_buffer beside = { 0 };
    int fd;

    tend_buffer_addf(&beside, "%s.%ld", path, (long)getpid());
    fd = open(beside.at, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd >= 0) {
        bool written = write(fd, newest.at, (size_t)newest.len) == (ssize_t)newest.len;

        if (close(fd) != 0 || !written || rename(beside.at, path) != 0)
            unlink(beside.at);
    }
    tend_buffer_finish(&beside);
}

static bool read_file(const char *path, struct tend_buffer *text)
{
    char block[16384];
    ssize_t got;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return false;
    while ((got = read(fd, block, sizeof block)) > 0)
        tend_buffer_add(text, (struct tend_text){ block, got });
    close(fd);
    return true;
}

/* The text from its `most`th line from the end on. */
static struct tend_text newest_of(struct tend_text text, int64_t most)
{
    int64_t at = text.len, lines = 0;

    while (at > 0 && (text.at[at - 1] != '\n' || lines++ < most))
        at--;
    return (struct tend_text){ text.at + at, text.len - at };
}

char *tend_history_open(struct tend_shell *shell)
{
    struct tend_buffer text = { 0 }, entry = { 0 };
    struct tend_text rest, line;
    char *path = NULL;

    if (shell->store != NULL && !shell->missing)
        path = file_of(shell);
    if (path == NULL)
        return NULL;
    if (read_file(path, &text)) {
        rest = newest_of(tend_buffer_text(&text), ENTRIES_MOST);
        if (text.len > 2 * rest.len)
            shorten(path, rest);
        while (tend_text_cut(&rest, "\n", &line)) {
            tend_buffer_reset(&entry);
            add_unescaped(&entry, line);
            if (entry.len > 0)
                tend_edit_remember(tend_buffer_text(&entry));
        }
        tend_buffer_reset(&last_entry);
        tend_buffer_add(&last_entry, tend_buffer_text(&entry));
    }
    tend_buffer_finish(&entry);
    tend_buffer_finish(&text);
    return path;
}

static void append(const char *path, struct tend_text lines)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);

    if (fd < 0)
        return;
    (void)!write(fd, lines.at, (size_t)lines.len);      /* in one piece: others append too */
    close(fd);
}

void tend_history_add(const char *path, struct tend_text entry)
{
    if (tend_text_trim(entry).len == 0 || entry.at[0] == ' ' ||
        tend_text_eq(entry, tend_buffer_text(&last_entry)))
        return;
    tend_buffer_reset(&last_entry);
    tend_buffer_add(&last_entry, entry);
    tend_edit_remember(entry);
    add_escaped(&unwritten, entry);
    tend_buffer_addc(&unwritten, '\n');
    if (path != NULL)
        tend_history_write(path);
}

void tend_history_write(const char *path)
{
    if (unwritten.len > 0)
        append(path, tend_buffer_text(&unwritten));
    tend_buffer_finish(&unwritten);
}
