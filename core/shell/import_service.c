/* import --from SERVICE option=value: a deed a page, all of them one batch. */
#include "shell/import.h"
#include "desk/intake_page.h"
#include "plugin/world.h"
#include "shell/plugged.h"
#include "shell/write.h"
#include "worker/url.h"
#include <stdlib.h>

const struct tend_provider *tend_import_service_of(struct tend_shell *shell, const char *reader)
{
    const struct tend_provider *source =
        reader != NULL
            ? tend_registry_find(shell->registry, "lead_source", tend_text_of(reader))
            : NULL;

    if (source == NULL || source->record == NULL || tend_source_page(source->record) == NULL)
        return NULL;
    return source;
}

tend_status tend_import_no_file(struct tend_shell *shell)
{
    tend_error_set(&shell->err, TEND_USAGE, "import: FILE is missing (files to read; - is standard "
                   "input)\nusage: tend import FILE..., or import --from SERVICE option=value");
    tend_error_cure(&shell->err, "help import");
    return TEND_USAGE;
}

const struct tend_command_arg *tend_import_option(const struct tend_provider *service,
                                                  struct tend_text name)
{
    const struct tend_command_arg *const *option = tend_source_options(service->record);

    for (; option != NULL && *option != NULL; option++) {
        if (tend_text_is(name, (*option)->name))
            return *option;
    }
    return NULL;
}

static tend_status no_option(struct tend_shell *shell, const struct tend_provider *service,
                             const struct tend_token *token, struct tend_text name)
{
    const struct tend_command_arg *const *option = tend_source_options(service->record);
    struct tend_buffer buf = { 0 };
    const char *names[32], *near;
    int64_t n = 0;

    for (; option != NULL && *option != NULL && n < 31; option++) {
        tend_buffer_addf(&buf, "%s%s=", n > 0 ? ", " : "", (*option)->name);
        names[n++] = (*option)->name;
    }
    names[n] = NULL;
    near = tend_text_nearest(name, names);
    tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                  "%s asks a service and takes no \"%.*s\"%s%s%s; it takes %.*s", service->name,
                  TEND_FMT(name), near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                  near != NULL ? "=?" : "", TEND_FMT(n > 0 ? tend_buffer_text(&buf)
                                                          : TEND_TEXT("no option")));
    tend_buffer_finish(&buf);
    return TEND_USAGE;
}

static tend_status check_url(struct tend_shell *shell, const struct tend_token *token,
                             struct tend_text value)
{
    char host[TEND_URL_HOST];
    struct tend_error why = { 0 };

    if (tend_url_right(tend_arena_str(&shell->arena, value), host, &why) == TEND_OK)
        return TEND_OK;
    return tend_point_at(&shell->err, TEND_USAGE, shell->line, token, "%s", why.text);
}

struct given {
    struct tend_call_value *value;
    const char **typed;         /* its URLs */
    int64_t n, n_typed;
};

static tend_status take_option(struct tend_shell *shell, const struct tend_provider *service,
                               const struct tend_token *token, struct given *given)
{
    struct tend_text rest = token->text, name = token->text;
    const struct tend_command_arg *option = NULL;
    struct tend_token value = *token;
    tend_status status;

    if (memchr(rest.at, '=', (size_t)rest.len) != NULL && tend_text_cut(&rest, "=", &name))
        option = tend_import_option(service, name);
    if (option == NULL)
        return no_option(shell, service, token, name);
    for (int64_t i = 0; i < given->n; i++) {
        if (strcmp(given->value[i].name, option->name) == 0)
            return tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                                 "%s= stands there twice", option->name);
    }
    value.text = rest;
    if (rest.len == 0)
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, token, "%s= has no value",
                             option->name);
    status = tend_plugged_value(shell, option, (struct tend_words){ &value, 1 },
                                &given->value[given->n]);
    if (status == TEND_OK && strcmp(option->type, "choice") == 0 &&
        !tend_text_has_word(tend_text_of(option->choices), rest))
        status = tend_point_at(&shell->err, TEND_USAGE, shell->line, token, "%s= is one of: %s",
                               option->name, option->choices);
    if (status == TEND_OK && strcmp(option->type, "url") == 0) {
        status = check_url(shell, token, rest);
        given->typed[given->n_typed++] = tend_arena_str(&shell->arena, rest);
    }
    given->n++;
    return status;
}

static tend_status take_options(struct tend_shell *shell, const struct tend_provider *service,
                                struct tend_words words, struct given *given)
{
    tend_status status = TEND_OK;

    given->value = tend_arena_take(&shell->arena, (size_t)(words.n + 1) * sizeof *given->value);
    given->typed = tend_arena_take(&shell->arena, (size_t)(words.n + 1) * sizeof *given->typed);
    for (int64_t i = 0; i < words.n && status == TEND_OK; i++)
        status = take_option(shell, service, &words.at[i], given);
    return status;
}

tend_status tend_import_reader_options(struct tend_shell *shell, const char *reader,
                                       struct tend_words *files, struct tend_call_args *args)
{
    const struct tend_provider *source =
        tend_registry_find(shell->registry, "lead_source", tend_text_of(reader));
    struct tend_call_value *value = tend_arena_take(&shell->arena,
                                                    (size_t)(files->n + 1) * sizeof *value);
    struct tend_token *left = tend_arena_take(&shell->arena, (size_t)(files->n + 1) * sizeof *left);
    const char *typed[1];
    tend_status status = TEND_OK;
    int64_t n = 0, n_left = 0;

    for (int64_t i = 0; i < files->n && status == TEND_OK; i++) {
        struct tend_text rest = files->at[i].text, name;
        struct given given = { &value[n], typed, 0, 0 };

        if (source == NULL || source->record == NULL || !tend_text_cut(&rest, "=", &name) ||
            tend_import_option(source, name) == NULL) {
            left[n_left++] = files->at[i];
            continue;
        }
        status = take_option(shell, source, &files->at[i], &given);
        n++;
    }
    *files = (struct tend_words){ left, n_left };
    *args = (struct tend_call_args){ value, n };
    return status;
}

/* How long a worker may be silent; a test is not as patient as the world needs. */
int64_t tend_import_deadline(void)
{
    const char *text = getenv("TEND_WORKER_SECONDS");
    int64_t seconds;

    return text != NULL && tend_text_int(tend_text_of(text), &seconds) && seconds > 0
               ? seconds * 1000000
               : 0;
}

struct pages {
    struct tend_remote *service;
    struct tend_intake *out;
    struct tend_deed last;      /* what was done last, for the line about it */
    tend_id batch;
    bool any;
};

/* One page, in a deed of its own. */
static tend_status write_page(struct tend_shell *shell, struct pages *pages)
{
    struct tend_deed deed;
    tend_status status = tend_write_begin(shell, &deed, "import");
    bool first = pages->batch == 0;

    if (status == TEND_OK && !first && !shell->options.dry)
        tend_batch_go_on(shell->store, pages->batch);
    if (status == TEND_OK)
        status = tend_remote_write(pages->service, &deed, pages->out);
    if (status == TEND_OK && pages->out->import != 0)
        tend_batch_rename(shell->store, tend_arena_printf(&shell->arena, "import i%lld",
                                                          (long long)pages->out->import));
    if (status == TEND_OK)
        status = tend_write_end(shell, &deed);
    else if (shell->deed_open) {
        tend_deed_abort(&shell->desk, &deed);
        shell->deed_open = false;
    }
    if (status != TEND_OK) {
        tend_deed_finish(&deed);
        return status;
    }
    if (pages->any)
        tend_deed_finish(&pages->last);
    if (deed.batch == 0)
        deed.batch = pages->batch;
    pages->batch = deed.batch;
    pages->last = deed;
    pages->any = true;
    return TEND_OK;
}

static tend_status all_pages(struct tend_shell *shell, struct pages *pages)
{
    tend_status status;

    do {
        status = tend_remote_fetch(pages->service);
        if (status == TEND_OK)
            status = write_page(shell, pages);
    } while (status == TEND_OK && tend_remote_more(pages->service));
    return status;
}

/* What it has is kept, and said, before the error. */
static int finish(struct tend_shell *shell, struct tend_import_run *run, struct pages *pages,
                  tend_status status)
{
    struct tend_error why = shell->err;
    int exit_status = TEND_EXIT_OK;

    if (pages->any)
        exit_status = tend_import_print(shell, &pages->last, run);
    if (status == TEND_OK)
        return exit_status;
    shell->err = why;
    exit_status = tend_shell_fail(shell);
    if (status == TEND_INVALID)
        exit_status = TEND_EXIT_FAILED;
    return pages->any && status != TEND_CANCELLED ? TEND_EXIT_PART : exit_status;
}

int tend_import_service(struct tend_shell *shell, const struct tend_parsed *parsed,
                        struct tend_import_run *run, const struct tend_provider *service)
{
    struct tend_intake out = { .layout = "", .reader = service->name };
    struct pages pages = { .out = &out };
    struct given given = { 0 };
    struct tend_call_args args;
    struct tend_remote_ask ask = {
        .source = service, .intake = &run->ask, .options = &args,
        .again = tend_given_is(parsed, "again"), .deadline = tend_import_deadline(),
    };
    tend_status status = take_options(shell, service, run->files, &given);
    int exit_status;

    if (status == TEND_OK && run->ask.n_map > 0)
        status = tend_error_set(&shell->err, TEND_USAGE, "%s asks a service, whose plugin names the "
                                "fields: --map is for files", service->name);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    args = (struct tend_call_args){ given.value, given.n };
    ask.typed = given.typed;
    run->service = service->name;
    run->out = &out;
    run->n = 1;
    status = tend_remote_open(&shell->desk, &ask, &pages.service);
    if (status == TEND_OK)
        status = all_pages(shell, &pages);
    exit_status = finish(shell, run, &pages, status);
    tend_remote_close(pages.service);
    tend_intake_finish(&out);
    return exit_status;
}
