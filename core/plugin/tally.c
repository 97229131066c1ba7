/* The file of tallies: a record is found by its name once a process, made under a
 * lock, and then only added to. What two processes add at once may take the name
 * of the longest call from one and its time from the other; no count is lost. */
#include "plugin/tally.h"
#include "base/memory.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define RECORDS 256
#define SIZE (RECORDS * sizeof(struct tend_tally))

_Static_assert(sizeof(struct tend_tally) == 576, "the file has records of this size");

struct tend_tally_file {
    char path[4096];
    struct tend_tally *record;  /* NULL until it is wanted */
    int fd;
    bool mapped, tried;
};

struct tend_tally_file *tend_tally_open(const char *path)
{
    struct tend_tally_file *file = tend_alloc(sizeof *file);

    snprintf(file->path, sizeof file->path, "%s", path ? path : "");
    file->fd = -1;
    return file;
}

void tend_tally_close(struct tend_tally_file *file)
{
    if (!file)
        return;
    if (file->mapped)
        munmap(file->record, SIZE);
    else
        tend_free(file->record);
    if (file->fd >= 0)
        close(file->fd);
    tend_free(file);
}

/* The folder of the state of programs need not be there yet. */
static void make_folder(const char *path)
{
    char folder[4096];

    snprintf(folder, sizeof folder, "%s", path);
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(folder, 0700);
        *slash = '/';
    }
}

static bool map(struct tend_tally_file *file, bool make)
{
    off_t size;
    void *at;

    if (!file->path[0])
        return false;
    if (make && access(file->path, W_OK) != 0)
        make_folder(file->path);
    file->fd = open(file->path, O_RDWR | O_CLOEXEC | (make ? O_CREAT : 0), 0600);
    if (file->fd < 0)
        return false;
    size = lseek(file->fd, 0, SEEK_END);
    if (size < (off_t)SIZE && ftruncate(file->fd, (off_t)SIZE) != 0)
        return false;
    at = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, file->fd, 0);
    if (at == MAP_FAILED)
        return false;
    file->record = at;
    file->mapped = true;
    return true;
}

static bool ready(struct tend_tally_file *file, bool make)
{
    if (file->record || (file->tried && !make))
        return file->record != NULL;
    file->tried = true;
    if (!map(file, make) && make)
        file->record = tend_alloc(SIZE);
    return file->record != NULL;
}

static struct tend_tally *find(struct tend_tally_file *file, const char *name, int *n)
{
    for (*n = 0; *n < RECORDS && file->record[*n].name[0]; ++*n)
        if (strncmp(file->record[*n].name, name, sizeof file->record->name) == 0)
            return &file->record[*n];
    return NULL;
}

struct tend_tally *tend_tally_of(struct tend_tally_file *file, const char *name, bool make)
{
    struct tend_tally *tally;
    int n;

    if (!file || !name || !name[0] || strlen(name) >= sizeof file->record->name ||
        !ready(file, make))
        return NULL;
    tally = find(file, name, &n);
    if (tally || !make)
        return tally;
    if (file->mapped)
        flock(file->fd, LOCK_EX);
    tally = find(file, name, &n);   /* another process may have been faster */
    if (!tally && n < RECORDS) {
        tally = &file->record[n];
        strcpy(tally->name, name);
    }
    if (file->mapped)
        flock(file->fd, LOCK_UN);
    return tally;
}

const struct tend_tally *tend_tally_at(struct tend_tally_file *file, int64_t n)
{
    if (!file || n < 0 || n >= RECORDS || !ready(file, false) || !file->record[n].name[0])
        return NULL;
    return &file->record[n];
}

/* The names stay: other processes add to these very records. */
void tend_tally_reset(struct tend_tally_file *file)
{
    const size_t name = sizeof file->record->name;

    if (!file || !ready(file, false))
        return;
    for (int i = 0; i < RECORDS && file->record[i].name[0]; i++)
        memset((char *)&file->record[i] + name, 0, sizeof file->record[i] - name);
}

/* The four quarters of each doubling; 0 to 3 microseconds stand for themselves. */
static int bucket_of(int64_t took)
{
    int doublings = 0, bucket;

    if (took < 4)
        return took < 0 ? 0 : (int)took;
    while ((took >> doublings) >= 8)
        doublings++;
    bucket = 4 * (doublings + 1) + (int)(took >> doublings) - 4;
    return bucket < TEND_TALLY_BUCKETS ? bucket : TEND_TALLY_BUCKETS - 1;
}

static int64_t end_of(int bucket)
{
    return bucket < 4 ? bucket : ((int64_t)(bucket % 4 + 5) << (bucket / 4 - 1)) - 1;
}

static void add(int64_t *to, int64_t n)
{
    __atomic_fetch_add(to, n, __ATOMIC_RELAXED);
}

void tend_tally_call(struct tend_tally *tally, int64_t took, const char *what)
{
    add(&tally->calls, 1);
    add(&tally->time, took);
    __atomic_fetch_add(&tally->bucket[bucket_of(took)], 1, __ATOMIC_RELAXED);
    if (took <= tally->longest)
        return;
    tally->longest = took;
    snprintf(tally->longest_what, sizeof tally->longest_what, "%s", what);
}

int64_t tend_tally_within(const struct tend_tally *tally, int64_t share)
{
    uint64_t all = 0, sum = 0;

    for (int i = 0; i < TEND_TALLY_BUCKETS; i++)
        all += tally->bucket[i];
    for (int i = 0; all > 0 && i < TEND_TALLY_BUCKETS; i++) {
        sum += tally->bucket[i];
        if (sum * 100 >= all * (uint64_t)share)
            return end_of(i) < tally->longest ? end_of(i) : tally->longest;
    }
    return 0;
}
