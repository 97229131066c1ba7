/* One person as a card, for people to read: where they stand, how to reach
 * them, what is to be done and what was said. */
#include "desk/people.h"
#include "shell/time.h"
#include "shell/view.h"
#include "shell/write.h"
#include "store/ops_merge.h"
#include "store/ops_rows.h"

#define TOUCHES_SHOWN 10
#define NOTES_SHOWN 10

static void card_line(struct tend_shell *shell, const char *label, struct tend_text text)
{
    if (text.len > 0)
        tend_line_out(shell, "  %-10s %.*s", label, TEND_FMT(text));
}

static void card_stages(struct tend_shell *shell, const struct tend_person_view *view)
{
    struct tend_buffer buf = { 0 };
    int64_t today = tend_shell_today(shell);

    for (int64_t i = 0; i < view->n_stages; i++) {
        const struct tend_pair_view *stage = &view->stages[i];

        tend_buffer_reset(&buf);
        tend_buffer_addf(&buf, "%.*s (%.*s), since ", TEND_FMT(stage->value),
                         TEND_FMT(stage->name));
        tend_when_say(&buf, tend_zone_day(tend_store_zone(shell->store), stage->at), -1, today);
        card_line(shell, "stage", tend_buffer_text(&buf));
    }
    for (int64_t i = 0; i < view->n_holds; i++) {
        const struct tend_hold_view *hold = &view->holds[i];

        tend_buffer_reset(&buf);
        tend_buffer_addf(&buf, "%.*s", TEND_FMT(hold->kind));
        if (hold->until_day != 0) {
            tend_buffer_adds(&buf, " until ");
            tend_when_say(&buf, hold->until_day, -1, today);
        }
        if (hold->reason.len > 0)
            tend_buffer_addf(&buf, " (%.*s)", TEND_FMT(hold->reason));
        card_line(shell, "on hold", tend_buffer_text(&buf));
    }
    tend_buffer_finish(&buf);
}

static void card_merged(struct tend_shell *shell, const struct tend_person_view *view)
{
    for (int64_t i = 0; i < view->n_family; i++)
        card_line(shell, "also", tend_text_of(tend_arena_printf(
                                     &shell->arena, "p%lld %.*s (merged)",
                                     (long long)view->family_ids[i], TEND_FMT(view->names[i]))));
}

static void card_facts(struct tend_shell *shell, const struct tend_person_view *view)
{
    for (int64_t i = 0; i < view->n_points; i++) {
        const struct tend_point_view *point = &view->points[i];
        const char *label = point->label.len > 0
                                ? tend_arena_printf(&shell->arena, " (%.*s)",
                                                    TEND_FMT(point->label))
                                : "";

        card_line(shell, tend_arena_str(&shell->arena, point->kind),
                  tend_text_of(tend_arena_printf(&shell->arena, "%.*s%s", TEND_FMT(point->value),
                                                 label)));
    }
    card_line(shell, "roles", tend_view_join(shell, view->roles, view->n_roles));
    card_line(shell, "tags", tend_view_join(shell, view->tags, view->n_tags));
    for (int64_t i = 0; i < view->n_attributes; i++)
        card_line(shell, tend_arena_str(&shell->arena, view->attributes[i].name),
                  view->attributes[i].value);
    card_line(shell, "source", view->source);
    card_line(shell, "zone", view->zone);
    if (view->n_dnc > 0)
        card_line(shell, "do not", tend_text_of(tend_arena_printf(
                                       &shell->arena, "contact by %.*s",
                                       TEND_FMT(tend_view_join(shell, view->dnc, view->n_dnc)))));
}

static tend_status card_tasks(struct tend_shell *shell, tend_id person)
{
    struct tend_task_view *tasks;
    struct tend_buffer buf = { 0 };
    int64_t n;
    tend_status status = tend_task_of(shell->store, person, tend_shell_now(shell), &shell->arena,
                                      &tasks, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        tend_buffer_reset(&buf);
        tend_buffer_addf(&buf, "t%lld %.*s, ", (long long)tasks[i].id, TEND_FMT(tasks[i].title));
        tend_view_window(shell, &buf, &tasks[i]);
        if (tasks[i].overdue)
            tend_buffer_adds(&buf, ", overdue");
        if (tasks[i].why.len > 0)
            tend_buffer_addf(&buf, " (%.*s)", TEND_FMT(tasks[i].why));
        card_line(shell, "to do", tend_buffer_text(&buf));
    }
    tend_buffer_finish(&buf);
    return status;
}

static tend_status card_touches(struct tend_shell *shell, tend_id person)
{
    struct tend_touch_view *touches;
    struct tend_buffer buf = { 0 };
    int64_t n;
    tend_status status = tend_touch_of(shell->store, person, TOUCHES_SHOWN, &shell->arena,
                                       &touches, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        const struct tend_touch_view *touch = &touches[i];

        tend_buffer_reset(&buf);
        tend_buffer_addf(&buf, "c%lld ", (long long)touch->id);
        tend_view_instant(shell, &buf, touch->at);
        tend_buffer_addf(&buf, ", %.*s", TEND_FMT(touch->kind));
        for (int64_t p = 0; p < touch->n_parties; p++) {
            if (touch->parties[p].person == person && touch->parties[p].disposition.len > 0)
                tend_buffer_addf(&buf, ", %.*s", TEND_FMT(touch->parties[p].disposition));
        }
        if (touch->text.len > 0)
            tend_buffer_addf(&buf, ": %.*s", TEND_FMT(touch->text));
        card_line(shell, "touch", tend_buffer_text(&buf));
    }
    if (status == TEND_OK && n == TOUCHES_SHOWN)
        card_line(shell, "", TEND_TEXT("... older ones with --json"));
    tend_buffer_finish(&buf);
    return status;
}

static tend_status card_notes(struct tend_shell *shell, tend_id person)
{
    struct tend_value v[TEND_N_note];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(shell->store, TEND_T_note, person, &shell->arena, &ids, &n);

    for (int64_t i = n; status == TEND_OK && i > 0 && i > n - NOTES_SHOWN; i--) {
        struct tend_buffer buf = { 0 };

        status = tend_row_read(shell->store, TEND_T_note, ids[i - 1], &shell->arena, v, NULL);
        if (status != TEND_OK)
            break;
        tend_buffer_addf(&buf, "n%lld ", (long long)ids[i - 1]);
        tend_view_instant(shell, &buf, v[TEND_C_note_at].i);
        tend_buffer_addf(&buf, ": %.*s", TEND_FMT(v[TEND_C_note_text].t));
        card_line(shell, "note", tend_buffer_text(&buf));
        tend_buffer_finish(&buf);
    }
    return status;
}

static tend_status card_links(struct tend_shell *shell, tend_id person)
{
    struct tend_value v[TEND_N_link];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_links(shell->store, person, &shell->arena, &ids, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_text kind;
        bool theirs;            /* seen from the other side, and not the same from there */
        tend_id other;

        status = tend_row_read(shell->store, TEND_T_link, ids[i], &shell->arena, v, NULL);
        if (status != TEND_OK)
            break;
        kind = v[TEND_C_link_kind].t;
        v[TEND_C_link_other].i = tend_person_root(shell->store, v[TEND_C_link_other].i);
        other = v[TEND_C_link_other].i == person ? v[TEND_C_link_person].i
                                                 : v[TEND_C_link_other].i;
        other = tend_person_root(shell->store, other);
        theirs = v[TEND_C_link_other].i == person && !tend_link_both_ways(kind);
        card_line(shell, "link",
                  tend_text_of(theirs ? tend_arena_printf(&shell->arena, "l%lld %s: %.*s of p%lld",
                                                          (long long)ids[i],
                                                          tend_write_who(shell, other),
                                                          TEND_FMT(kind), (long long)person)
                                      : tend_arena_printf(&shell->arena, "l%lld %.*s of %s",
                                                          (long long)ids[i], TEND_FMT(kind),
                                                          tend_write_who(shell, other))));
    }
    return status;
}

static tend_status card_objections(struct tend_shell *shell, tend_id person)
{
    struct tend_value v[TEND_N_objection];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(shell->store, TEND_T_objection, person, &shell->arena, &ids,
                                      &n);

    for (int64_t i = n; status == TEND_OK && i > 0 && i > n - NOTES_SHOWN; i--) {
        struct tend_text under;

        status = tend_row_read(shell->store, TEND_T_objection, ids[i - 1], &shell->arena, v, NULL);
        if (status != TEND_OK)
            break;
        under = v[TEND_C_objection_underlying].t;
        card_line(shell, "against it",
                  tend_text_of(tend_arena_printf(
                      &shell->arena, "o%lld %.*s%s%.*s", (long long)ids[i - 1],
                      TEND_FMT(v[TEND_C_objection_stated].t), under.len > 0 ? "; behind it: " : "",
                      TEND_FMT(under))));
    }
    return status;
}

static tend_status card_consents(struct tend_shell *shell, tend_id person)
{
    struct tend_value v[TEND_N_consent];
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(shell->store, TEND_T_consent, person, &shell->arena, &ids,
                                      &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_buffer buf = { 0 };

        status = tend_row_read(shell->store, TEND_T_consent, ids[i], &shell->arena, v, NULL);
        if (status != TEND_OK)
            break;
        tend_buffer_addf(&buf, "a%lld %.*s, ", (long long)ids[i],
                         TEND_FMT(v[TEND_C_consent_channel].t));
        tend_view_instant(shell, &buf, v[TEND_C_consent_at].i);
        if (v[TEND_C_consent_wording].t.len > 0)
            tend_buffer_addf(&buf, ": %.*s", TEND_FMT(v[TEND_C_consent_wording].t));
        card_line(shell, "agreed to", tend_buffer_text(&buf));
        tend_buffer_finish(&buf);
    }
    return status;
}

tend_status tend_view_card(struct tend_shell *shell, const struct tend_person_view *view)
{
    tend_status status;

    tend_line_out(shell, "p%lld %.*s%s", (long long)view->id, TEND_FMT(view->name),
                  view->archived_at != 0 ? " (archived)" : "");
    card_merged(shell, view);
    card_stages(shell, view);
    card_facts(shell, view);
    status = card_links(shell, view->id);
    if (status == TEND_OK)
        status = card_consents(shell, view->id);
    if (status == TEND_OK)
        status = card_objections(shell, view->id);
    if (status == TEND_OK)
        status = card_tasks(shell, view->id);
    if (status == TEND_OK)
        status = card_notes(shell, view->id);
    if (status == TEND_OK)
        status = card_touches(shell, view->id);
    return status;
}
