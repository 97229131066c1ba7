/* The file of rejects: the rows that were refused, as they stand in the file,
 * under the header that they had, so that it can be mended and imported again.
 * In a table, three columns more say where each row was and what is wrong. Of a
 * service, which has no file, each is one line of JSON with its reason and the record. */
#include "desk/intake_parts.h"
#include <errno.h>
#include <sys/stat.h>

static const char columns[] = "reject_line"
                              "\0"
                              "reject_code"
                              "\0"
                              "reject_reason";

tend_status tend_intake_rejects_open(struct tend_intake_run *run)
{
    const char *path = run->ask->rejects;
    struct stat in, out;

    if (!path)
        return TEND_OK;
    if (fstat(run->in.stream.fd, &in) == 0 && stat(path, &out) == 0 && in.st_dev == out.st_dev &&
        in.st_ino == out.st_ino && S_ISREG(in.st_mode))
        return tend_error_set(run->desk->err, TEND_USAGE,
                              "--rejects %s is the file that is imported", path);
    if (run->desk->dry)
        return TEND_OK;
    run->rejects = fopen(path, "wb");
    if (!run->rejects)
        return tend_error_set(run->desk->err, TEND_IO, "%s cannot be written: %s", path,
                              strerror(errno));
    return TEND_OK;
}

struct tend_text tend_intake_head(const struct tend_intake_run *run)
{
    struct tend_text head = tend_stream_head(&run->in.stream);
    int64_t lines = run->head_lines, i = 0;

    while (i < head.len && lines > 0) {
        if (head.at[i] == '\n' ||
            (head.at[i] == '\r' && (i + 1 == head.len || head.at[i + 1] != '\n')))
            lines--;
        i++;
    }
    while (i > 0 && (head.at[i - 1] == '\n' || head.at[i - 1] == '\r'))
        i--;
    return (struct tend_text){ head.at, i };
}

/* How often the separator stands outside of quotes. */
static int64_t count_cells(struct tend_text line, char separator)
{
    bool quoted = false;
    int64_t n = 1;

    for (int64_t i = 0; i < line.len; i++) {
        quoted = quoted != (line.at[i] == '"');
        n += !quoted && line.at[i] == separator;
    }
    return n;
}

static struct tend_text last_line(struct tend_text head)
{
    int64_t begin = head.len;

    while (begin > 0 && head.at[begin - 1] != '\n' && head.at[begin - 1] != '\r')
        begin--;
    return (struct tend_text){ head.at + begin, head.len - begin };
}

/* A reader that asks about columns reads a table: what cuts its header into the
 * most of them is its separator. */
static char find_separator(struct tend_intake_run *run, struct tend_text header)
{
    static const char separators[] = ",;\t|:";
    int64_t most = 1;
    char found = 0;

    for (int32_t i = 0; separators[i] && run->columns > 1; i++) {
        int64_t n = count_cells(header, separators[i]);

        if (n > most) {
            most = n;
            found = separators[i];
        }
    }
    run->columns = most;
    return found;
}

static void put_text(FILE *out, struct tend_text text)
{
    fwrite(text.at, 1, (size_t)text.len, out);
}

static void put_head(struct tend_intake_run *run)
{
    struct tend_text head = run->head.len > 0 ? run->head : tend_intake_head(run);
    const char *column = columns;

    run->head_put = true;
    run->separator = find_separator(run, last_line(head));
    if (head.len == 0)
        return;
    put_text(run->rejects, head);
    for (int32_t i = 0; i < 3 && run->separator; i++) {
        fprintf(run->rejects, "%c%s", run->separator, column);
        column += strlen(column) + 1;
    }
    fputc('\n', run->rejects);
}

/* {"row":2,"code":"hive.test","text":"a test lead","raw":{...}}: raw as the plugin gave it. */
static void put_json(FILE *out, const struct tend_intake_row *row)
{
    struct tend_buffer line = { 0 };
    bool json = row->raw.len > 0 && (row->raw.at[0] == '{' || row->raw.at[0] == '[') &&
                memchr(row->raw.at, '\n', (size_t)row->raw.len) == NULL;

    tend_buffer_addf(&line, "{\"row\":%lld,\"code\":", (long long)row->line);
    tend_buffer_json(&line, tend_text_of(row->code));
    tend_buffer_adds(&line, ",\"text\":");
    tend_buffer_json(&line, tend_text_of(row->text));
    tend_buffer_adds(&line, ",\"raw\":");
    if (json)
        tend_buffer_add(&line, row->raw);
    else
        tend_buffer_json(&line, row->raw);
    tend_buffer_adds(&line, "}\n");
    put_text(out, tend_buffer_text(&line));
    tend_buffer_finish(&line);
}

void tend_intake_rejects_put(struct tend_intake_run *run, const struct tend_intake_row *row)
{
    if (!run->rejects)
        return;
    if (run->service) {
        put_json(run->rejects, row);
        return;
    }
    if (!run->head_put)
        put_head(run);
    put_text(run->rejects, row->raw);
    if (run->separator) {
        for (int64_t i = count_cells(row->raw, run->separator); i < run->columns; i++)
            fputc(run->separator, run->rejects);
        fprintf(run->rejects, "%c%lld%c%s%c\"", run->separator, (long long)row->line,
                run->separator, row->code, run->separator);
        for (const char *c = row->text; *c; c++) {
            if (*c == '"')
                fputc('"', run->rejects);
            fputc(*c, run->rejects);
        }
        fputc('"', run->rejects);
    }
    fputc('\n', run->rejects);
}

tend_status tend_intake_rejects_close(struct tend_intake_run *run)
{
    bool failed;

    if (!run->rejects)
        return TEND_OK;
    failed = ferror(run->rejects) != 0;
    failed = fclose(run->rejects) != 0 || failed;
    run->rejects = NULL;
    return failed ? tend_error_set(run->desk->err, TEND_IO, "%s cannot be written: %s",
                                   run->ask->rejects, strerror(errno))
                  : TEND_OK;
}
