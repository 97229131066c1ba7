/* Which reader: the one that was named, or the one that is surest of the file. */
#include "desk/intake_parts.h"

tend_status tend_intake_wrong(struct tend_intake_run *run, const char *flag, const char *fmt, ...)
{
    struct tend_buffer text = { 0 };
    tend_status status;
    va_list args;

    va_start(args, fmt);
    tend_buffer_vaddf(&text, fmt, args);
    va_end(args);
    run->out->wrong = flag;
    status = tend_error_set(run->desk->err, TEND_USAGE, "%s", text.at);
    tend_buffer_finish(&text);
    return status;
}

struct tend_text tend_intake_file(const char *path)
{
    const char *slash = strrchr(path, '/');

    return tend_text_of(slash ? slash + 1 : path);
}

/* Text has line ends and tabs, and hardly any other control character. */
static bool looks_like_text(struct tend_text head)
{
    int64_t odd = 0;

    for (int64_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.at[i];

        odd += (c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f') || c == 0x7f;
    }
    return odd <= 16 || odd * 10 <= head.len;
}

static tend_status named_reader(struct tend_intake_run *run, const char *name,
                                const struct tend_provider **reader)
{
    const char *names[64] = { NULL }, *near;
    int64_t n = 0;
    const struct tend_provider *p;

    *reader =
        tend_registry_find(run->desk->registry, "lead_source", tend_text_of(name));
    if (*reader)
        return TEND_OK;
    for (int64_t i = 0;
         n < 63 && (p = tend_registry_at(run->desk->registry, "lead_source", i, false)); i++)
        names[n++] = p->name;
    near = tend_text_nearest(tend_text_of(name), names);
    if (!near)
        near = n > 0 ? names[0] : NULL;
    return tend_intake_wrong(run, "from", "there is no reader \"%s\"%s%s%s",
                          name, near ? "; did you mean \"" : "", near ? near : "",
                          near ? "\"?" : "");
}

static tend_status surest_reader(struct tend_intake_run *run, const struct tend_provider **reader)
{
    struct tend_text head = tend_stream_head(&run->in.stream), file = tend_intake_file(run->ask->path);
    const struct tend_provider *p;
    struct tend_error *err = run->desk->err, broke = { 0 };
    int32_t most = 0;

    *reader = NULL;
    if (head.len > TEND_INPUT_RAW) {
        head.len = TEND_INPUT_RAW;
        while (head.len > 0 && ((unsigned char)head.at[head.len] & 0xC0) == 0x80)
            head.len--;
    }
    if (!looks_like_text(head))
        return tend_error_set(run->desk->err, TEND_INVALID,
                              "%s is not a file of text; an export of people was expected",
                              run->ask->path);
    for (int64_t i = 0; (p = tend_registry_at(run->desk->registry, "lead_source", i, true)); i++) {
        int32_t sure;

        if (tend_instance_state(p->owner) != TEND_INSTANCE_LOADED)
            continue;
        sure = tend_call_sniff(run->desk->registry, p, head, file);
        if (sure < 0 && broke.code == TEND_OK)
            broke = *err;
        if (sure > most || (sure == most && *reader && strcmp(p->name, (*reader)->name) < 0)) {
            most = sure;
            *reader = p;
        }
    }
    tend_error_clear(err);
    if (*reader)
        return TEND_OK;
    if (tend_registry_at(run->desk->registry, "lead_source", 0, true) == NULL)
        return tend_error_set(err, TEND_UNSUPPORTED,
                              "%s: no plugin that reads files is loaded; see: tend plugin list",
                              run->ask->path);
    tend_error_set(err, TEND_UNSUPPORTED, "%s: no reader knows this kind of file%s%s",
                   run->ask->path, broke.text[0] ? "; " : "", broke.text);
    tend_error_cure(err, "tend import --from READER %s", run->ask->path);
    return TEND_UNSUPPORTED;
}

/* What people call a file: its name without folder and ending. */
struct tend_text tend_intake_title(const char *path)
{
    struct tend_text name = tend_intake_file(path);

    if (strcmp(path, "-") == 0)
        return TEND_TEXT("standard input");
    for (int64_t i = name.len - 1; i > 0; i--)
        if (name.at[i] == '.')
            return (struct tend_text){ name.at, i };
    return name;
}

tend_status tend_intake_reader(struct tend_intake_run *run, const char *name,
                               const struct tend_provider **reader)
{
    return name ? named_reader(run, name, reader) : surest_reader(run, reader);
}
