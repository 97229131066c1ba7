/* People as a list: a table, or JSON. */
#include "shell/view.h"

static const struct tend_sheet_column columns[] = {
    { "ref", TEND_COLUMN_RANK(1) },
    { "name", TEND_COLUMN_NAME },
    { "stage", TEND_COLUMN_RANK(2) },
    { "phone", TEND_COLUMN_RANK(3) },
    { "email", TEND_COLUMN_SHRINKS | TEND_COLUMN_RANK(5) },
    { "tags", TEND_COLUMN_SHRINKS | TEND_COLUMN_RANK(4) },
    { "source", TEND_COLUMN_SHRINKS | TEND_COLUMN_RANK(6) },
};

struct tend_text tend_view_join(struct tend_shell *shell, const struct tend_text *texts, int64_t n)
{
    struct tend_buffer buf = { 0 };
    struct tend_text text;

    for (int64_t i = 0; i < n; i++) {
        tend_buffer_adds(&buf, i > 0 ? ", " : "");
        tend_buffer_add(&buf, texts[i]);
    }
    text = tend_arena_text(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

struct tend_text tend_view_name(const struct tend_person_view *view)
{
    struct tend_text email = tend_view_point(view, "email");

    if (view->name.len > 0)
        return view->name;
    return email.len > 0 ? email : tend_view_point(view, "phone");
}

struct tend_text tend_view_called(struct tend_shell *shell, tend_id person)
{
    struct tend_text name = tend_person_name(shell->store, person, &shell->arena);
    struct tend_person_view view;

    if (name.len == 0 && tend_person_read(shell->store, person, &shell->arena, &view) == TEND_OK)
        name = tend_view_name(&view);
    return name.len > 0 ? name : TEND_TEXT("");
}

static tend_status people_json(struct tend_shell *shell, const tend_id *persons, int64_t n)
{
    struct tend_json json = { 0 };
    tend_status status = TEND_OK;

    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; i < n && status == TEND_OK; i++) {
        struct tend_arena arena = { 0 };
        struct tend_person_view view;

        status = tend_person_read(shell->store, persons[i], &arena, &view);
        if (status == TEND_OK) {
            tend_json_open(&json, NULL, '{');
            tend_json_person(shell, &json, &view);
            tend_json_close(&json, '}');
        }
        tend_arena_finish(&arena);
    }
    tend_json_close(&json, ']');
    if (status == TEND_OK)
        tend_json_print(shell, &json);
    tend_buffer_finish(&json.buf);
    return status;
}

tend_status tend_view_people(struct tend_shell *shell, const tend_id *persons, int64_t n)
{
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };

    if (shell->options.json)
        return people_json(shell, persons, n);
    for (int64_t i = 0; i < n; i++) {
        struct tend_person_view view;
        tend_status status = tend_person_read(shell->store, persons[i], &shell->arena, &view);

        if (status != TEND_OK) {
            TEND_ARRAY_FINISH(&sheet.cell);
            return status;
        }
        tend_sheet_add(&sheet, tend_text_of(tend_arena_printf(&shell->arena, "p%lld",
                                                              (long long)view.id)));
        tend_sheet_add(&sheet, tend_view_name(&view));
        tend_sheet_add(&sheet, tend_view_stage(shell, &view));
        tend_sheet_add(&sheet, tend_view_point(&view, "phone"));
        tend_sheet_add(&sheet, tend_view_point(&view, "email"));
        tend_sheet_add(&sheet, tend_view_join(shell, view.tags, view.n_tags));
        tend_sheet_add(&sheet, view.source);
    }
    tend_sheet_print(shell, &sheet);
    return TEND_OK;
}
