/* add, set, show: one person, by hand. */
#include "shell/fields.h"
#include "shell/view.h"
#include "shell/write.h"
#include "store/ops_merge.h"
#include "store/ops_rows.h"

static bool has_digit_first(struct tend_text word)
{
    return word.len > 1 &&
           ((word.at[0] >= '0' && word.at[0] <= '9') || word.at[0] == '+' || word.at[0] == '(');
}

/* `add Peter Koller 0676 555 77`: what follows a name as digits is a number, and
 * what holds an @ an e-mail. The line that is printed says so. */
static void cut_name(struct tend_shell *shell, struct tend_words words, struct tend_text *name,
                     struct tend_field *fields, int64_t *n)
{
    struct tend_buffer text = { 0 }, phone = { 0 };

    for (int64_t i = 0; i < words.n; i++) {
        struct tend_text word = words.at[i].text;
        bool digits = !words.at[i].quoted && i > 0 && has_digit_first(word);
        bool mail = !words.at[i].quoted && i > 0 && memchr(word.at, '@', (size_t)word.len);

        if (mail) {
            fields[(*n)++] = (struct tend_field){ .name = TEND_TEXT("email"), .value = word,
                                                  .how = TEND_ASSIGN_ADD };
            continue;
        }
        if (digits || phone.len > 0)
            tend_buffer_addf(&phone, "%s%.*s", phone.len > 0 ? " " : "", TEND_FMT(word));
        else
            tend_buffer_addf(&text, "%s%.*s", i > 0 ? " " : "", TEND_FMT(word));
    }
    *name = tend_arena_text(&shell->arena, tend_buffer_text(&text));
    if (phone.len > 0)
        fields[(*n)++] = (struct tend_field){
            .name = TEND_TEXT("phone"), .how = TEND_ASSIGN_ADD,
            .value = tend_arena_text(&shell->arena, tend_buffer_text(&phone)) };
    tend_buffer_finish(&text);
    tend_buffer_finish(&phone);
}

static void add_fields(struct tend_buffer *buf, const struct tend_field *fields, int64_t n)
{
    static const char *const signs[] = { "=", "+=", "-=" };

    for (int64_t i = 0; i < n; i++)
        tend_buffer_addf(buf, ", %.*s%s%.*s", TEND_FMT(fields[i].name), signs[fields[i].how],
                         TEND_FMT(fields[i].value));
}

static int already_there(struct tend_shell *shell, struct tend_deed *deed, tend_id known)
{
    if (known != 0)
        tend_error_cure(&shell->err, "show p%lld   (another person: add ... --new)",
                        (long long)known);
    return tend_write_fail(shell, deed, TEND_EXISTS);
}

/* Prints one person who was written, and ends the deed. In a dry run the rows
 * are gone after the end, so they are read before it. */
static int finish_person(struct tend_shell *shell, struct tend_deed *deed, tend_id person,
                         const char *what, const char *own)
{
    struct tend_person_view view;
    struct tend_json json = { 0 };
    const char *who = tend_write_who(shell, person);
    tend_status status = TEND_OK;

    if (shell->options.dry)
        status = tend_person_read(shell->store, person, &shell->arena, &view);
    if (status == TEND_OK)
        status = tend_write_end(shell, deed);
    if (status == TEND_OK && !shell->options.dry)
        status = tend_person_read(shell->store, person, &shell->arena, &view);
    if (status != TEND_OK)
        return tend_write_fail(shell, deed, status);
    tend_ref_remember(shell, person);
    if (!shell->options.json) {
        tend_write_say(shell, deed, tend_arena_printf(&shell->arena, "%s: %s", who, what), own,
                       person);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_person(shell, &json, &view);
    tend_write_json(shell, &json, deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
    return TEND_EXIT_OK;
}

static int run_add(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_field *fields;
    struct tend_text name;
    struct tend_deed deed;
    struct tend_buffer what = { 0 };
    tend_id person = 0, known = 0;
    int64_t n;
    int exit_status;
    tend_status status = tend_fields_all(shell, tend_given(parsed, "field=value"), &fields, &n);

    if (status != TEND_OK)
        return tend_shell_fail(shell);
    fields = memcpy(tend_arena_take(&shell->arena, (size_t)(n + tend_given(parsed, "NAME").n + 1) *
                                                       sizeof *fields),
                    fields, (size_t)n * sizeof *fields);
    cut_name(shell, tend_given(parsed, "NAME"), &name, fields, &n);
    status = tend_write_begin(shell, &deed, "add");
    if (status == TEND_OK)
        status = tend_person_add(&shell->desk, &deed, name, fields, n,
                                 tend_given_is(parsed, "new"), &person, &known);
    if (status == TEND_EXISTS)
        return already_there(shell, &deed, known);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    tend_batch_rename(shell->store, tend_arena_printf(&shell->arena, "add p%lld",
                                                      (long long)person));
    tend_buffer_adds(&what, "added");
    add_fields(&what, fields, n);
    exit_status = finish_person(shell, &deed, person, what.at, "person added set tag");
    tend_buffer_finish(&what);
    return exit_status;
}

/* Several: an array, and a line each. */
static int finish_several(struct tend_shell *shell, struct tend_deed *deed,
                          const struct tend_ids *ids, const char *what)
{
    struct tend_json json = { 0 };
    tend_status status = tend_write_end(shell, deed);

    if (status != TEND_OK)
        return tend_write_fail(shell, deed, status);
    if (!shell->options.json) {
        tend_write_say(shell, deed,
                       ids->n == 1
                           ? tend_arena_printf(&shell->arena, "%s: %s",
                                               tend_write_who(shell, ids->at[0]), what)
                           : tend_arena_printf(&shell->arena, "%lld people: %s",
                                               (long long)ids->n, what),
                       "set tag untag", 0);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < ids->n; i++) {
        struct tend_person_view view;

        if (tend_person_read(shell->store, ids->at[i], &shell->arena, &view) != TEND_OK)
            continue;
        tend_json_open(&json, NULL, '{');
        tend_json_person(shell, &json, &view);
        tend_write_json_of(shell, &json, deed, view.id);
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
    return TEND_EXIT_OK;
}

static int run_set(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_field *fields;
    struct tend_ids ids;
    struct tend_deed deed;
    struct tend_buffer what = { 0 };
    int64_t n;
    int exit_status;
    tend_status status = tend_ref_people(shell, parsed, "PERSON", &ids);

    if (status == TEND_OK)
        status = tend_fields_all(shell, tend_given(parsed, "field=value"), &fields, &n);
    if (status == TEND_OK)
        status = tend_shell_sure(shell, ids.n, "change");
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, ids.n == 1 ? "set p%lld" : "set p%lld...",
                              (long long)ids.at[0]);
    for (int64_t i = 0; status == TEND_OK && i < ids.n; i++)
        status = tend_person_set(&shell->desk, &deed, ids.at[i], fields, n);
    if (status != TEND_OK)
        return tend_write_fail(shell, &deed, status);
    add_fields(&what, fields, n);
    exit_status = ids.several
                      ? finish_several(shell, &deed, &ids, what.at + 2)
                      : finish_person(shell, &deed, ids.at[0], what.at + 2, "set tag untag");
    tend_buffer_finish(&what);
    return exit_status;
}

static tend_status json_notes(struct tend_shell *shell, struct tend_json *json, tend_id person)
{
    struct tend_value v[TEND_N_note];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(shell->store, TEND_T_note, person, &shell->arena, &ids, &n);

    tend_json_open(json, "notes", '[');
    for (int64_t i = n; status == TEND_OK && i > 0; i--) {
        status = tend_row_read(shell->store, TEND_T_note, ids[i - 1], &shell->arena, v, NULL);
        if (status != TEND_OK)
            break;
        tend_json_open(json, NULL, '{');
        tend_json_id(json, "note", ids[i - 1]);
        tend_json_text(json, "text", v[TEND_C_note_text].t);
        tend_json_time(json, "at", v[TEND_C_note_at].i, tend_store_zone(shell->store));
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
    return status;
}

static tend_status json_links(struct tend_shell *shell, struct tend_json *json, tend_id person)
{
    struct tend_value v[TEND_N_link];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_links(shell->store, person, &shell->arena, &ids, &n);

    tend_json_open(json, "links", '[');
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        status = tend_row_read(shell->store, TEND_T_link, ids[i], &shell->arena, v, NULL);
        if (status != TEND_OK)
            break;
        tend_json_open(json, NULL, '{');
        tend_json_id(json, "link", ids[i]);
        tend_json_id(json, "person", tend_person_root(shell->store, v[TEND_C_link_person].i));
        tend_json_id(json, "other", tend_person_root(shell->store, v[TEND_C_link_other].i));
        tend_json_text(json, "kind", v[TEND_C_link_kind].t);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
    return status;
}

static tend_status json_objections(struct tend_shell *shell, struct tend_json *json,
                                   tend_id person)
{
    struct tend_value v[TEND_N_objection];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(shell->store, TEND_T_objection, person, &shell->arena, &ids,
                                      &n);

    tend_json_open(json, "objections", '[');
    for (int64_t i = n; status == TEND_OK && i > 0; i--) {
        status = tend_row_read(shell->store, TEND_T_objection, ids[i - 1], &shell->arena, v, NULL);
        if (status != TEND_OK)
            break;
        tend_json_open(json, NULL, '{');
        tend_json_id(json, "objection", ids[i - 1]);
        tend_json_id(json, "touch", v[TEND_C_objection_touch].i);
        tend_json_text(json, "stated", v[TEND_C_objection_stated].t);
        tend_json_text(json, "underlying", v[TEND_C_objection_underlying].t);
        tend_json_time(json, "at", v[TEND_C_objection_known_at].i, tend_store_zone(shell->store));
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
    return status;
}

static tend_status json_consents(struct tend_shell *shell, struct tend_json *json, tend_id person)
{
    struct tend_value v[TEND_N_consent];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(shell->store, TEND_T_consent, person, &shell->arena, &ids,
                                      &n);

    tend_json_open(json, "consents", '[');
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        status = tend_row_read(shell->store, TEND_T_consent, ids[i], &shell->arena, v, NULL);
        if (status != TEND_OK)
            break;
        tend_json_open(json, NULL, '{');
        tend_json_id(json, "consent", ids[i]);
        tend_json_text(json, "channel", v[TEND_C_consent_channel].t);
        tend_json_text(json, "text", v[TEND_C_consent_wording].t);
        tend_json_text(json, "origin", v[TEND_C_consent_origin].t);
        tend_json_time(json, "at", v[TEND_C_consent_at].i, tend_store_zone(shell->store));
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
    return status;
}

static tend_status show_json(struct tend_shell *shell, const struct tend_person_view *view)
{
    struct tend_json json = { 0 };
    struct tend_task_view *tasks;
    struct tend_touch_view *touches;
    int64_t n_tasks, n_touches;
    tend_status status = tend_task_of(shell->store, view->id, tend_shell_now(shell),
                                      &shell->arena, &tasks, &n_tasks);

    if (status == TEND_OK)
        status = tend_touch_of(shell->store, view->id, -1, &shell->arena, &touches, &n_touches);
    if (status != TEND_OK)
        return status;
    tend_json_open(&json, NULL, '{');
    tend_json_person(shell, &json, view);
    tend_json_open(&json, "tasks", '[');
    for (int64_t i = 0; i < n_tasks; i++) {
        tend_json_open(&json, NULL, '{');
        tend_json_task(shell, &json, &tasks[i]);
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_open(&json, "touches", '[');
    for (int64_t i = 0; i < n_touches; i++) {
        tend_json_open(&json, NULL, '{');
        tend_json_touch(shell, &json, &touches[i]);
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    status = json_notes(shell, &json, view->id);
    if (status == TEND_OK)
        status = json_links(shell, &json, view->id);
    if (status == TEND_OK)
        status = json_objections(shell, &json, view->id);
    if (status == TEND_OK)
        status = json_consents(shell, &json, view->id);
    tend_json_close(&json, '}');
    if (status == TEND_OK)
        tend_json_print(shell, &json);
    tend_buffer_finish(&json.buf);
    return status;
}

static int run_show(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_person_view view;
    tend_id person;
    tend_status status = tend_ref_person(shell, tend_given_text(parsed, "PERSON", &shell->arena),
                                         &person);

    if (status == TEND_OK)
        status = tend_person_read(shell->store, person, &shell->arena, &view);
    if (status == TEND_OK && shell->options.csv)
        status = tend_view_people(shell, &person, 1);
    else if (status == TEND_OK)
        status = shell->options.json ? show_json(shell, &view) : tend_view_card(shell, &view);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    tend_ref_remember(shell, person);
    return TEND_EXIT_OK;
}

static const struct tend_arg add_args[] = { { "NAME", TEND_SLOT_NAME, 0, "the name, as you say it",
                                              NULL },
                                            { "field=value", TEND_SLOT_FIELDS, TEND_OPTIONAL,
                                              "phone= email= zone= source= tag= ...", NULL },
                                            { 0 } };
static const struct tend_flag add_flags[] = {
    { "new", TEND_SLOT_NONE, 0, NULL, "another person, though the number or e-mail is known",
      NULL },
    { 0 }
};
static const struct tend_example add_examples[] = {
    { "add \"Ann Lee\" phone=\"0664 5551234\" zone=Europe/Vienna",
      "with a number and a time zone" },
    { "add Peter Koller 0676 555 77 met_how=gym", "a number behind the name is one" },
    { 0 }
};
static const struct tend_member add_members[] = {
    { "...", "person", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_add = {
    .name = "add", .group = "people", .summary = "add a person", .args = add_args,
    .flags = add_flags, .examples = add_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = add_members, .run = run_add,
};

static const struct tend_arg set_args[] = {
    { "PERSON", TEND_SLOT_PEOPLE, TEND_WHERE, "whom", NULL },
    { "field=value", TEND_SLOT_FIELDS, 0, "f=v replaces, f+=v adds, f-=v removes, f= clears",
      NULL },
    { 0 }
};
static const struct tend_flag where_flags[] = {
    { "where", TEND_SLOT_FILTER, 0, "FILTER", "all who match, instead of PERSON", NULL },
    { 0 }
};
static const struct tend_example set_examples[] = {
    { "set ann interest=business", "one field" },
    { "set --where 'source:phone not has:email' tag+=incomplete", "everybody who matches" },
    { 0 }
};
static const struct tend_member set_members[] = {
    { "...", "person", NULL },
    { "...", "written", NULL },
    { 0 }
};
const struct tend_command tend_cmd_set = {
    .name = "set", .group = "people", .summary = "change fields of a person", .args = set_args,
    .more = "Fields: name given family zone region source email phone url address tag role\n"
            "interest keeper, and any attribute with a dot in its name.",
    .flags = where_flags, .examples = set_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .document = TEND_ONE_OR_LIST, .members = set_members, .run = run_set,
};

static const struct tend_arg show_args[] = {
    { "PERSON", TEND_SLOT_PERSON, 0, "whom", NULL },
    { 0 }
};
static const struct tend_example show_examples[] = {
    { "show ann", "by the beginning of a name" },
    { "show +436645551234", "by number" },
    { "show .", "the last person" },
    { 0 }
};
static const struct tend_member show_members[] = {
    { "...", "person", NULL },
    { "tasks", "[task]", "open ones" },
    { "touches", "[touch]", "newest first" },
    { "notes", "[object]", "note text at" },
    { "links", "[object]", "link person name kind" },
    { "objections", "[object]", "what they have against it: stated, underlying, response" },
    { "consents", "[object]", "to which channels they agreed" },
    { 0 }
};
const struct tend_command tend_cmd_show = {
    .name = "show", .group = "people", .summary = "all about a person", .args = show_args,
    .examples = show_examples, .effects = TEND_PLUGINS,
    .members = show_members, .run = run_show,
};
