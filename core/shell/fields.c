/* Reads the f=v words of `add` and `set`, and has the desk check each, so that
 * a mistyped field is refused with a caret before anything is written. */
#include "shell/fields.h"

tend_status tend_fields_read(struct tend_shell *shell, const struct tend_token *token,
                             struct tend_field *field)
{
    struct tend_text text = token->text;
    const char *eq = text.len > 0 ? memchr(text.at, '=', (size_t)text.len) : NULL;
    int64_t at = eq != NULL ? eq - text.at : 0;

    if (at == 0)
        return tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                             "\"%.*s\" is no field; write field=value (field+=value adds, "
                             "field-=value removes, field= clears)", TEND_FMT(text));
    *field = (struct tend_field){ .name = { text.at, at },
                                  .value = { eq + 1, text.len - at - 1 } };
    if (at > 1 && (text.at[at - 1] == '+' || text.at[at - 1] == '-')) {
        field->how = text.at[at - 1] == '+' ? TEND_ASSIGN_ADD : TEND_ASSIGN_REMOVE;
        field->name.len--;
        if (field->value.len == 0)
            return tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                                 "what should be %s %.*s?",
                                 field->how == TEND_ASSIGN_ADD ? "added to" : "removed from",
                                 TEND_FMT(field->name));
    }
    return TEND_OK;
}

tend_status tend_fields_sentiment(struct tend_shell *shell, struct tend_words words)
{
    static const char *const known[] = { "cold", "cool", "neutral", "warm", "hot", NULL };
    int64_t number;

    if (words.n == 0 || (tend_text_int(words.at[0].text, &number) && number >= 0 && number <= 100))
        return TEND_OK;
    return tend_check_choice(&shell->err, shell->line, &words.at[0], words.at[0].text,
                             "sentiment (a number up to 100, or a word)", known);
}

/* The roles that the core knows by what they mean. */
static tend_status check_role(struct tend_shell *shell, const struct tend_token *token,
                              const struct tend_field *field)
{
    static const char *const known[] = { "customer", "member", "builder", NULL };

    if (!tend_text_is(field->name, "role") || field->value.len == 0 ||
        field->how == TEND_ASSIGN_REMOVE)
        return TEND_OK;
    return tend_check_choice(&shell->err, shell->line, token, field->value, "role", known);
}

tend_status tend_fields_all(struct tend_shell *shell, struct tend_words words,
                            struct tend_field **fields, int64_t *n)
{
    *n = 0;
    *fields = tend_arena_take(&shell->arena, (size_t)(words.n + 2) * sizeof **fields);
    for (int64_t i = 0; i < words.n; i++) {
        struct tend_field *field = &(*fields)[i];
        tend_status status = tend_fields_read(shell, &words.at[i], field);

        if (status != TEND_OK)
            return status;
        status = check_role(shell, &words.at[i], field);
        if (status != TEND_OK)
            return status;
        status = tend_field_check(&shell->desk, field);
        if (status != TEND_OK) {
            char *why = tend_arena_printf(&shell->arena, "%s", shell->err.text);
            char *cure = tend_arena_printf(&shell->arena, "%s", shell->err.cure);

            status = tend_point_at(&shell->err, status, shell->line, &words.at[i], "%s", why);
            tend_error_cure(&shell->err, "%s", cure);
            return status;
        }
        (*n)++;
    }
    return TEND_OK;
}
