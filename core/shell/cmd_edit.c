/* edit, remove: what was written down wrong is corrected, or taken back, by its id. */
#include "desk/people.h"
#include "desk/work.h"
#include "shell/fields.h"
#include "shell/local.h"
#include "shell/view.h"
#include "shell/write.h"

/* at=: as of `log`; a day alone keeps the time of day as noon. */
static tend_status read_at(struct tend_shell *shell, const struct tend_token *token,
                           struct tend_text value, int64_t *at)
{
    struct tend_token word = *token;
    struct tend_when when;
    tend_status status;

    word.text = value;
    status = tend_shell_when(shell, (struct tend_words){ &word, 1 }, true, &when);
    if (status == TEND_OK)
        *at = when.wall >= 0 ? when.at
                             : tend_zone_instant(tend_store_zone(shell->store), when.day,
                                                 12 * TEND_HOUR);
    if (status == TEND_OK && when.wall < 0 && when.day == tend_shell_today(shell))
        *at = tend_shell_now(shell);
    return status;
}

/* The fields of a thing that can be edited, for the message about one that it has not. */
static tend_status unknown(struct tend_shell *shell, const struct tend_token *token,
                           struct tend_text name, const char *thing, const char *fields)
{
    return tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                         "%s has no %.*s; it has %s", thing, TEND_FMT(name), fields);
}

static tend_status read_touch(struct tend_shell *shell, const struct tend_token *token,
                              struct tend_field *field, struct tend_touch_change *change)
{
    if (tend_text_is(field->name, "kind"))
        change->kind = &field->value;
    else if (tend_text_is(field->name, "text"))
        change->text = &field->value;
    else if (tend_text_is(field->name, "disposition"))
        change->disposition = &field->value;
    else if (tend_text_is(field->name, "sentiment"))
        change->sentiment = &field->value;
    else if (tend_text_is(field->name, "direction"))
        change->direction = &field->value;
    else if (tend_text_is(field->name, "significant") && tend_text_is(field->value, "yes"))
        change->significant = 1;
    else if (tend_text_is(field->name, "significant") && tend_text_is(field->value, "no"))
        change->significant = -1;
    else if (tend_text_is(field->name, "person"))
        return tend_ref_person(shell, field->value, &change->person);
    else if (tend_text_is(field->name, "at"))
        return read_at(shell, token, field->value, &change->at);
    else
        return unknown(shell, token, field->name, "a touch",
                       "kind at text disposition sentiment direction person, and significant, "
                       "which is yes or no");
    return TEND_OK;
}

static tend_status edit_touch(struct tend_shell *shell, struct tend_deed *deed, tend_id id,
                              struct tend_words words, struct tend_field *fields)
{
    struct tend_touch_change change = { 0 };
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < words.n; i++)
        status = read_touch(shell, &words.at[i], &fields[i], &change);
    return status == TEND_OK ? tend_touch_correct(&shell->desk, deed, id, &change) : status;
}

/* Tasks, notes and links: which text of which column, by name. */
static tend_status edit_row(struct tend_shell *shell, struct tend_deed *deed,
                            enum tend_ref_kind kind, tend_id id, struct tend_words words,
                            struct tend_field *fields)
{
    static const char *const known[] = { "a task", "title why kind", "a note", "text person",
                                         "a link", "kind", "an objection", "stated underlying" };
    int64_t at = kind == TEND_REF_TASK ? 0 : kind == TEND_REF_NOTE ? 2
                 : kind == TEND_REF_LINK ? 4 : 6;
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < words.n; i++) {
        if (!tend_text_has_word(tend_text_of(known[at + 1]), fields[i].name))
            return unknown(shell, &words.at[i], fields[i].name, known[at], known[at + 1]);
        if (tend_text_is(fields[i].name, "person")) {
            tend_id person = 0;

            status = tend_ref_person(shell, fields[i].value, &person);
            fields[i].value = tend_text_of(tend_arena_printf(&shell->arena, "%lld",
                                                             (long long)person));
        }
        if (status == TEND_OK)
            status = tend_row_edit(&shell->desk, deed, kind, id, fields[i].name, fields[i].value);
    }
    return status;
}

static tend_status check_kind(struct tend_shell *shell, const struct tend_token *token,
                              enum tend_ref_kind kind, tend_id id, bool edit)
{
    if (kind == TEND_REF_TOUCH || kind == TEND_REF_TASK || kind == TEND_REF_NOTE ||
        kind == TEND_REF_LINK || kind == TEND_REF_OBJECTION)
        return TEND_OK;
    if (kind == TEND_REF_PERSON && edit)
        tend_error_cure(&shell->err, "set p%lld ...", (long long)id);
    tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                  "%.*s is %s; what can be %s is a touch c4, a task t5, a note n2, a link l3, "
                  "an objection o1", TEND_FMT(token->text), tend_ref_word(kind),
                  edit ? "edited" : "removed");
    if (kind == TEND_REF_PERSON)
        tend_error_cure(&shell->err, edit ? "set p%lld field=value" : "archive p%lld",
                        (long long)id);
    return TEND_USAGE;
}

static int print_thing(struct tend_shell *shell, struct tend_deed *deed, enum tend_ref_kind kind,
                       tend_id id, tend_id person, const char *what)
{
    struct tend_json json = { 0 };

    if (!shell->options.json) {
        tend_write_say(shell, deed, what, "edit remove", person);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_id(&json, tend_write_key(kind), id);
    tend_json_id(&json, "person", person);
    tend_write_json(shell, &json, deed);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_deed_finish(deed);
    return TEND_EXIT_OK;
}

/* Whose is it? The outcome of the command itself says so. */
static tend_id whose(const struct tend_deed *deed, enum tend_ref_kind kind, tend_id id)
{
    for (int64_t i = 0; i < deed->outcome.n; i++) {
        if (deed->outcome.at[i].kind == kind && deed->outcome.at[i].id == id)
            return deed->outcome.at[i].person;
    }
    return 0;
}

static int finish(struct tend_shell *shell, struct tend_deed *deed, enum tend_ref_kind kind,
                  tend_id id, const char *what, tend_status status)
{
    tend_id person = status == TEND_OK ? whose(deed, kind, id) : 0;

    if (status == TEND_OK)
        status = tend_write_end(shell, deed);
    if (status != TEND_OK)
        return tend_write_fail(shell, deed, status);
    if (person != 0) {
        tend_ref_remember(shell, person);
        what = tend_arena_printf(&shell->arena, "%s: %s", tend_write_who(shell, person), what);
    }
    return print_thing(shell, deed, kind, id, person, what);
}

static int run_edit(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words ref = tend_given(parsed, "ID"), words = tend_given(parsed, "field=value");
    struct tend_field *fields = tend_arena_take(&shell->arena, (size_t)words.n * sizeof *fields);
    struct tend_buffer what = { 0 };
    enum tend_ref_kind kind;
    struct tend_deed deed;
    tend_id id;
    int exit_status;
    tend_status status = tend_ref_any(shell, ref.at[0].text, &kind, &id);

    if (status == TEND_OK)
        status = check_kind(shell, &ref.at[0], kind, id, true);
    for (int64_t i = 0; status == TEND_OK && i < words.n; i++) {
        status = tend_fields_read(shell, &words.at[i], &fields[i]);
        if (status == TEND_OK && fields[i].how != TEND_ASSIGN_SET)
            status = tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[i],
                                   "edit replaces: %.*s=value", TEND_FMT(fields[i].name));
    }
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    tend_buffer_addf(&what, "%c%lld now", (char)kind, (long long)id);
    for (int64_t i = 0; i < words.n; i++)
        tend_buffer_addf(&what, "%s %.*s=%.*s", i > 0 ? "," : "", TEND_FMT(fields[i].name),
                         TEND_FMT(fields[i].value));
    status = tend_write_begin(shell, &deed, "edit %c%lld", (char)kind, (long long)id);
    if (status == TEND_OK)
        status = kind == TEND_REF_TOUCH ? edit_touch(shell, &deed, id, words, fields)
                                        : edit_row(shell, &deed, kind, id, words, fields);
    exit_status = finish(shell, &deed, kind, id, what.at, status);
    tend_buffer_finish(&what);
    return exit_status;
}

static int run_remove(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words ref = tend_given(parsed, "ID");
    enum tend_ref_kind kind;
    struct tend_deed deed;
    tend_id id;
    tend_status status = tend_ref_any(shell, ref.at[0].text, &kind, &id);

    if (status == TEND_OK)
        status = check_kind(shell, &ref.at[0], kind, id, false);
    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = tend_write_begin(shell, &deed, "remove %c%lld", (char)kind, (long long)id);
    if (status == TEND_OK)
        status = kind == TEND_REF_TOUCH ? tend_touch_remove(&shell->desk, &deed, id)
                                        : tend_row_remove(&shell->desk, &deed, kind, id);
    return finish(shell, &deed, kind, id,
                  tend_arena_printf(&shell->arena, "%c%lld removed", (char)kind, (long long)id),
                  status);
}

/* One of the ids. */
static const struct tend_member members[] = {
    { "touch", "integer", "c4" },
    { "task", "integer", "t5" },
    { "note", "integer", "n2" },
    { "link", "integer", "l3" },
    { "objection", "integer", "o1" },
    { "person", "integer", NULL },
    { "...", "written", NULL },
    { 0 }
};

static const struct tend_arg edit_args[] = {
    { "ID", TEND_SLOT_REF, 0, "c4 (a touch), t5, n2, l3, o1: as `show` names them", NULL },
    { "field=value", TEND_SLOT_FIELDS, 0, "what it should have been", NULL },
    { 0 }
};
static const struct tend_example edit_examples[] = {
    { "edit c12 kind=family_meeting", "that presentation was with the family" },
    { "edit c12 person=karin at=mon", "with Karin, and on Monday" },
    { "edit n2 text=\"nut allergy, three kids\"", "a note" },
    { 0 }
};
const struct tend_command tend_cmd_edit = {
    .name = "edit", .group = "people", .summary = "correct a touch, task, note or link",
    .more = "What a touch had caused is taken back, if nobody has touched it since, and rules\n"
            "and policies look at it again.\n"
            "A touch: kind at text disposition sentiment direction person significant.\n"
            "A task: title why kind. A note: text person. A link: kind. An objection: stated\n"
            "underlying.",
    .args = edit_args, .examples = edit_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = members, .run = run_edit,
};

static const struct tend_arg remove_args[] = {
    { "ID", TEND_SLOT_REF, 0, "c4 (a touch), t5, n2, l3, o1: as `show` names them", NULL },
    { 0 }
};
static const struct tend_example remove_examples[] = {
    { "remove c12", "a touch that never was, with all that it caused" },
    { "remove n2", "a note" },
    { 0 }
};
const struct tend_command tend_cmd_remove = {
    .name = "remove", .group = "people", .summary = "take back a touch, task, note or link",
    .args = remove_args, .examples = remove_examples, .effects = TEND_WRITES | TEND_PLUGINS,
    .members = members, .run = run_remove,
};
