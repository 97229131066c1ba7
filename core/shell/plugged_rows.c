/* What a plugin's command says, in the form that fits where it goes: rows by the
 * types of the fields that it declares. */
#include "shell/plugged.h"
#include "shell/view.h"

#define FIELDS_MOST 32

struct field {
    const char *name, *type;
};

static int64_t read_fields(struct tend_shell *shell, const char *text, struct field *fields)
{
    struct tend_text rest = tend_text_of(text), word, name;
    int64_t n = 0;

    while (n < FIELDS_MOST && tend_text_word(&rest, &word)) {
        tend_text_cut(&word, ":", &name);
        fields[n].name = tend_arena_str(&shell->arena, name);
        fields[n++].type = word.len > 0 ? tend_arena_str(&shell->arena, word) : "text";
    }
    return n;
}

static struct tend_text cell_of(const struct tend_fx_row *row, const char *name)
{
    for (int64_t i = 0; i < row->n; i++) {
        if (strcmp(row->cells[i].name, name) == 0)
            return row->cells[i].text;
    }
    return (struct tend_text){ "", 0 };
}

static bool is(const struct field *field, const char *type)
{
    return strcmp(field->type, type) == 0;
}

/* An instant is microseconds, or ISO 8601. */
static bool instant_of(struct tend_text text, int64_t *instant)
{
    bool local;

    return tend_text_int(text, instant) || tend_instant_parse(text, instant, &local);
}

static struct tend_text shown(struct tend_shell *shell, const struct field *field,
                              struct tend_text text)
{
    const struct tend_zone *zone = tend_store_zone(shell->store);
    struct tend_buffer buf = { 0 };
    char iso[40];
    int64_t number;

    if (is(field, "person") && tend_text_int(text, &number))
        tend_buffer_addf(&buf, "p%lld", (long long)number);
    else if (is(field, "task") && tend_text_int(text, &number))
        tend_buffer_addf(&buf, "t%lld", (long long)number);
    else if (!is(field, "time") || !instant_of(text, &number))
        return text;
    else if (tend_view_plain(shell))
        tend_buffer_adds(&buf, tend_instant_format(iso, number, tend_zone_offset(zone, number)));
    else
        tend_view_instant(shell, &buf, number);
    text = tend_arena_text(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

void tend_plugged_rows(struct tend_shell *shell, const struct tend_command_record *record,
                       const struct tend_effects *effects)
{
    struct field fields[FIELDS_MOST];
    struct tend_sheet_column columns[FIELDS_MOST];
    struct tend_sheet sheet = { .columns = columns };

    sheet.n_columns = read_fields(shell, record->fields, fields);
    for (int64_t i = 0; i < sheet.n_columns; i++) {
        int32_t how = is(&fields[i], "number") ? TEND_COLUMN_RIGHT
                      : is(&fields[i], "text") ? TEND_COLUMN_NAME
                                               : 0;

        columns[i] = (struct tend_sheet_column){ fields[i].name, how };
    }
    for (int64_t i = 0; i < effects->list.n; i++) {
        const struct tend_effect *effect = &effects->list.at[i];

        for (int64_t c = 0; effect->u.fx.kind == TEND_FX_ROW && c < sheet.n_columns; c++)
            tend_sheet_add(&sheet, shown(shell, &fields[c],
                                         cell_of(&effect->u.row, fields[c].name)));
    }
    tend_sheet_print(shell, &sheet);
}

static void json_cell(struct tend_shell *shell, struct tend_json *json, const struct field *field,
                      struct tend_text text)
{
    int64_t number;

    if (is(field, "time") && instant_of(text, &number))
        tend_json_time(json, field->name, number, tend_store_zone(shell->store));
    else if (is(field, "flag"))
        tend_json_bool(json, field->name, text.len > 0);
    else if (!is(field, "text") && !is(field, "word") && tend_text_int(text, &number))
        tend_json_int(json, field->name, number);
    else
        tend_json_text(json, field->name, text);
}

void tend_plugged_json(struct tend_shell *shell, struct tend_json *json,
                       const struct tend_command_record *record,
                       const struct tend_effects *effects)
{
    struct field fields[FIELDS_MOST];
    int64_t n = read_fields(shell, record->fields, fields);

    for (int64_t i = 0; i < effects->list.n; i++) {
        const struct tend_effect *effect = &effects->list.at[i];

        if (effect->u.fx.kind != TEND_FX_ROW)
            continue;
        tend_json_open(json, NULL, '{');
        for (int64_t c = 0; c < n; c++)
            json_cell(shell, json, &fields[c], cell_of(&effect->u.row, fields[c].name));
        tend_json_close(json, '}');
    }
}
