/* References to people: what a word can mean, tried from the surest to the
 * loosest. Guessing is for suggestions only. */
#include "shell/ref.h"
#include "desk/normal.h"
#include "shell/ask.h"
#include "shell/view.h"
#include "shell/write.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"

#define SHOWN 10                /* candidates of an ambiguous name */

static const struct {
    enum tend_ref_kind kind;
    const char *word;
} words[] = {
    { TEND_REF_PERSON, "a person" },  { TEND_REF_TASK, "a task" },
    { TEND_REF_BATCH, "a batch" },    { TEND_REF_TOUCH, "a touch" },
    { TEND_REF_STAGE, "a stage change" }, { TEND_REF_HOLD, "a hold" },
    { TEND_REF_IMPORT, "an import" }, { TEND_REF_NOTE, "a note" },
    { TEND_REF_LINK, "a link" },      { TEND_REF_DNC, "a do-not-contact mark" },
    { TEND_REF_OBJECTION, "an objection" }, { TEND_REF_CONSENT, "a consent" },
    { TEND_REF_SLOT, "a day of a schedule" },
    { TEND_REF_SCHEDULE, "a schedule" },
    { TEND_REF_DECISION, "a decision" }, { TEND_REF_TIMER, "a timer" },
};

const char *tend_ref_word(enum tend_ref_kind kind)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (words[i].kind == kind)
            return words[i].word;
    }
    return "nothing";
}

static bool is_digits(struct tend_text text)
{
    for (int64_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
    }
    return text.len > 0;
}

bool tend_ref_typed(struct tend_text text, enum tend_ref_kind *kind, tend_id *id)
{
    struct tend_text digits = { text.at + 1, text.len - 1 };
    char letter = text.len > 0 && text.at[0] >= 'A' && text.at[0] <= 'Z'
                      ? (char)(text.at[0] - 'A' + 'a')
                      : text.len > 0 ? text.at[0] : '\0';

    if (text.len < 2 || !is_digits(digits) || !tend_text_int(digits, id) || *id == 0)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if ((char)words[i].kind == letter) {
            *kind = words[i].kind;
            return true;
        }
    }
    return false;
}

/* Only digits and what people put between them, and long enough to be one. */
static bool is_phone(struct tend_text text)
{
    int64_t digits = 0;

    for (int64_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c >= '0' && c <= '9')
            digits++;
        else if (strchr(" +-/().", c) == NULL || c == '\0')
            return false;
    }
    return digits >= 5 && (text.at[0] == '+' || text.at[0] == '0' || text.at[0] == '(' ||
                           digits >= 9 || !is_digits(text));
}

/* By the key that the normalisers give. */
static tend_status by_key(struct tend_shell *shell, const char *kind, struct tend_text text,
                          tend_id *person)
{
    struct tend_text region = { 0 }, key = { 0 };
    tend_status status = tend_shell_registry(shell, false);

    if (status != TEND_OK)
        return status;
    status = tend_meta_get(shell->store, "region", &shell->arena, &region);
    if (status != TEND_OK)
        return status;
    status = tend_normal_keys(&shell->desk, tend_text_of(kind), 1, &text, &region, &key,
                              &shell->arena);
    if (status != TEND_OK)
        return status;
    *person = key.len > 0 ? tend_person_by_key(shell->store, tend_text_of(kind), key) : 0;
    if (*person == 0)
        return tend_error_set(&shell->err, TEND_NOT_FOUND, "nobody has the %s %.*s",
                              kind[0] == 'e' ? "e-mail" : "number", TEND_FMT(text));
    return TEND_OK;
}

static tend_status by_id(struct tend_shell *shell, tend_id id, tend_id *person)
{
    struct tend_person_view view;
    tend_status status = tend_person_read(shell->store, id, &shell->arena, &view);

    if (status != TEND_OK)
        return status;
    *person = tend_person_root(shell->store, id);
    if (*person != id)
        tend_shell_note(shell, "p%lld was merged into %s", (long long)id,
                        tend_write_who(shell, *person));
    return TEND_OK;
}

/* What tells this one from the others of the name: where they stand, a number,
 * the last touch. */
static void say_choice(struct tend_shell *shell, int64_t number, tend_id id)
{
    struct tend_person_view view;
    struct tend_touch_view *touches;
    struct tend_text stage, point;
    struct tend_buffer buf = { 0 };
    int64_t n = 0;

    if (tend_person_read(shell->store, id, &shell->arena, &view) != TEND_OK)
        return;
    tend_buffer_addf(&buf, "  %lld  %.*s", (long long)number, TEND_FMT(view.name));
    stage = tend_view_stage(shell, &view);
    point = tend_view_point(&view, "phone");
    if (point.len == 0)
        point = tend_view_point(&view, "email");
    if (point.len > 0)
        tend_buffer_addf(&buf, ", %.*s", TEND_FMT(point));
    if (stage.len > 0)
        tend_buffer_addf(&buf, ", %.*s", TEND_FMT(stage));
    if (tend_touch_of(shell->store, id, 1, &shell->arena, &touches, &n) == TEND_OK && n > 0) {
        tend_buffer_addf(&buf, ", %.*s ", TEND_FMT(touches[0].kind));
        tend_view_instant(shell, &buf, touches[0].at);
        if (touches[0].text.len > 0)
            tend_buffer_addf(&buf, ": %.*s", TEND_FMT(touches[0].text));
    }
    tend_line_out(shell, "%.*s", TEND_FMT(shell->width > 0
                                              ? tend_text_clip(tend_buffer_text(&buf), shell->width)
                                              : tend_buffer_text(&buf)));
    tend_buffer_finish(&buf);
}

/* Somebody at a terminal takes a number. */
static tend_status choose(struct tend_shell *shell, struct tend_text text, const tend_id *found,
                          int64_t n, tend_id *person)
{
    int64_t most = n > SHOWN ? SHOWN : n, number;
    tend_status status;

    tend_line_out(shell, "\"%.*s\" can be%s", TEND_FMT(text),
                  n > SHOWN ? " many; these are the first:" : ":");
    for (int64_t i = 0; i < most; i++)
        say_choice(shell, i + 1, found[i]);
    fflush(shell->out);
    status = tend_ask_number(shell, "Which one?", most, &number);
    if (status == TEND_OK)
        *person = found[number - 1];
    else if (status == TEND_CANCELLED)
        tend_error_set(&shell->err, TEND_CANCELLED, "nobody was chosen, and nothing done");
    return status;
}

static tend_status ambiguous(struct tend_shell *shell, struct tend_text text,
                             const tend_id *found, int64_t n, tend_id *person)
{
    struct tend_buffer buf = { 0 };
    tend_status status;

    if (tend_ask_can(shell))
        return choose(shell, text, found, n, person);
    tend_buffer_addf(&buf, "\"%.*s\" can be %s%lld people; say which by its id", TEND_FMT(text),
                     n > SHOWN ? "more than " : "", (long long)(n > SHOWN ? SHOWN : n));
    for (int64_t i = 0; i < n && i < SHOWN; i++) {
        struct tend_person_view view;

        if (tend_person_read(shell->store, found[i], &shell->arena, &view) != TEND_OK)
            continue;
        tend_buffer_addf(&buf, "\n  p%lld\t%.*s", (long long)found[i], TEND_FMT(view.name));
        for (int64_t p = 0, shown = 0; p < view.n_points && shown < 2; p++) {
            if (tend_text_is(view.points[p].kind, "phone") ||
                tend_text_is(view.points[p].kind, "email")) {
                tend_buffer_addf(&buf, "\t%.*s", TEND_FMT(view.points[p].value));
                shown++;
            }
        }
    }
    status = tend_error_set(&shell->err, TEND_AMBIGUOUS, "%s", buf.at);
    tend_buffer_finish(&buf);
    return status;
}

/* p999..., P0: an id that is none, and nobody's name. */
static bool like_id(struct tend_text text)
{
    int64_t i = 1;

    while (i < text.len && ((text.at[i] >= '0' && text.at[i] <= '9') || text.at[i] == '.'))
        i++;
    return text.len > 1 && i == text.len;
}

static tend_status nobody(struct tend_shell *shell, struct tend_text text)
{
    struct tend_text *near;
    int64_t n = 0;
    struct tend_buffer buf = { 0 };
    tend_status status;

    tend_buffer_addf(&buf, "nobody is called \"%.*s\"", TEND_FMT(text));
    if (tend_person_near(shell->store, text, 3, &shell->arena, &near, &n) == TEND_OK && n > 0) {
        tend_buffer_adds(&buf, "; did you mean ");
        for (int64_t i = 0; i < n; i++)
            tend_buffer_addf(&buf, "%s%.*s", i == 0 ? "" : i + 1 < n ? ", " : " or ",
                             TEND_FMT(near[i]));
        tend_buffer_adds(&buf, "?");
    }
    status = tend_error_set(&shell->err, TEND_NOT_FOUND, "%s", buf.at);
    if (n == 0 && !like_id(text))
        tend_error_cure(&shell->err, "add \"%.*s\"", TEND_FMT(text));
    tend_buffer_finish(&buf);
    return status;
}

/* The only one, or the only one whose whole name it is, or the only one who is
 * not archived. */
static tend_status by_name(struct tend_shell *shell, struct tend_text text, tend_id *person)
{
    tend_id *found, live = 0, exact[SHOWN + 1];
    struct tend_text folded = tend_text_fold(&shell->arena, text);
    int64_t n, n_live = 0, n_exact = 0;
    tend_status status = tend_person_by_name(shell->store, text, SHOWN + 1, &shell->arena,
                                             &found, &n);

    if (status != TEND_OK)
        return status;
    if (n == 0)
        return nobody(shell, text);
    for (int64_t i = 0; n > 1 && i < n; i++) {
        struct tend_person_view view;

        status = tend_person_read(shell->store, found[i], &shell->arena, &view);
        if (status != TEND_OK)
            return status;
        if (view.archived_at != 0)
            continue;
        live = found[i];
        n_live++;
        if (tend_text_eq(tend_text_fold(&shell->arena, view.name), folded)) {
            exact[n_exact++] = found[i];
        }
    }
    if (n == 1 || n_exact == 1 || (n_live == 1 && n <= SHOWN)) {
        *person = n == 1 ? found[0] : n_exact == 1 ? exact[0] : live;
        return TEND_OK;
    }
    if (n_exact > 1)
        return ambiguous(shell, text, exact, n_exact, person);
    return ambiguous(shell, text, found, n, person);
}

tend_status tend_ref_person(struct tend_shell *shell, struct tend_text text, tend_id *person)
{
    enum tend_ref_kind kind;
    tend_id id;

    text = tend_text_trim(text);
    if (text.len == 0)
        return tend_error_set(&shell->err, TEND_USAGE, "a person is missing");
    if (tend_text_is(text, ".")) {
        *person = tend_ref_last(shell);
        if (*person == 0)
            return tend_error_set(&shell->err, TEND_NOT_FOUND,
                                  "there is no last person yet; name one");
        return TEND_OK;
    }
    if (tend_text_is(text, "me")) {
        tend_status status = shell->writes ? tend_write_me(shell) : TEND_OK;

        if (status != TEND_OK)
            return status;
        *person = tend_store_me(shell->store);
        if (*person == 0)
            return tend_error_set(&shell->err, TEND_NOT_FOUND,
                                  "there is no `me` yet: it is made by the first command that "
                                  "writes, such as config name=\"Your Name\"");
        return TEND_OK;
    }
    if (tend_ref_typed(text, &kind, &id)) {
        if (kind != TEND_REF_PERSON)
            return tend_error_set(&shell->err, TEND_USAGE, "%.*s is %s; a person is wanted here",
                                  TEND_FMT(text), tend_ref_word(kind));
        return by_id(shell, id, person);
    }
    if (memchr(text.at, '@', (size_t)text.len) != NULL)
        return by_key(shell, "email", text, person);
    if (is_phone(text))
        return by_key(shell, "phone", text, person);
    if (is_digits(text) && tend_text_int(text, &id))
        return by_id(shell, id, person);
    return by_name(shell, text, person);
}

tend_status tend_ref_any(struct tend_shell *shell, struct tend_text text,
                         enum tend_ref_kind *kind, tend_id *id)
{
    if (tend_ref_typed(text, kind, id) && *kind != TEND_REF_PERSON)
        return TEND_OK;
    *kind = TEND_REF_PERSON;
    return tend_ref_person(shell, text, id);
}

tend_status tend_ref_batch(struct tend_shell *shell, struct tend_text text, tend_id *batch)
{
    enum tend_ref_kind kind;

    if (is_digits(text) && tend_text_int(text, batch))
        return TEND_OK;
    if (tend_ref_typed(text, &kind, batch) && kind == TEND_REF_BATCH)
        return TEND_OK;
    return tend_error_set(&shell->err, TEND_USAGE,
                          "\"%.*s\" is no batch; it is written b12, see `history`",
                          TEND_FMT(text));
}
