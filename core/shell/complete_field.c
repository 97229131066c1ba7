/* field=value, key=value: names of fields and settings, and values of those
 * whose values are known. */
#include "desk/field.h"
#include "shell/complete_parts.h"
#include "store/ops_complete.h"

const char *const tend_roles[] = { "customer", "member", "builder", NULL };
static const char *const orders[] = { "dmy", "mdy", "ymd", NULL };

static void offer_names(struct tend_completer *c)
{
    struct tend_text *names;
    int64_t n;

    for (const char *const *name = tend_field_names(); *name != NULL; name++)
        tend_offer_str(c, tend_arena_printf(c->arena, "%s=", *name), "a field", true);
    if (!tend_completer_opens(c, false) ||
        tend_words_in_use(c->shell->store, TEND_WORDS_ATTRIBUTE, c->arena, &names, &n) != TEND_OK)
        return;
    for (int64_t i = 0; i < n; i++)
        tend_offer_str(c, tend_arena_printf(c->arena, "%.*s=", TEND_FMT(names[i])),
                       "an attribute", true);
}

/* The name before the =, without the sign of += and -=. */
static bool take_name(struct tend_completer *c, struct tend_text *name)
{
    const char *eq = c->typed.len > 0 ? memchr(c->typed.at, '=', (size_t)c->typed.len) : NULL;

    if (eq == NULL)
        return false;
    *name = (struct tend_text){ c->typed.at, eq - c->typed.at };
    if (name->len > 1 && (name->at[name->len - 1] == '+' || name->at[name->len - 1] == '-'))
        name->len--;
    tend_offer_behind(c, '=');
    return true;
}

void tend_offer_fields(struct tend_completer *c)
{
    struct tend_text name;

    if (!take_name(c, &name))
        offer_names(c);
    else if (tend_text_is(name, "tag"))
        tend_offer_words(c, TEND_WORDS_TAG, "a tag");
    else if (tend_text_is(name, "source"))
        tend_offer_words(c, TEND_WORDS_SOURCE, "a source");
    else if (tend_text_is(name, "role"))
        tend_offer_slot(c, TEND_SLOT_CHOICE, 0, tend_roles, "a role");
    else if (tend_text_is(name, "zone"))
        tend_offer_zones(c);
    else if (tend_text_is(name, "keeper"))
        tend_offer_str(c, "me", "", false);
}

/* The keys are the argument's choices. */
void tend_offer_settings(struct tend_completer *c, const char *const *keys)
{
    struct tend_text name;

    if (take_name(c, &name)) {
        if (tend_text_is(name, "date_order"))
            tend_offer_slot(c, TEND_SLOT_CHOICE, 0, orders, "");
        else if (tend_text_is(name, "zone"))
            tend_offer_zones(c);
        return;
    }
    for (; keys != NULL && *keys != NULL; keys++)
        tend_offer_str(c, tend_arena_printf(c->arena, "%s=", *keys), NULL, true);
}

void tend_offer_tags(struct tend_completer *c)
{
    struct tend_text *tags;
    int64_t n;

    if (!tend_completer_opens(c, false) ||
        tend_words_in_use(c->shell->store, TEND_WORDS_TAG, c->arena, &tags, &n) != TEND_OK)
        return;
    for (int64_t i = 0; i < n; i++) {
        tend_offer_str(c, tend_arena_printf(c->arena, "+%.*s", TEND_FMT(tags[i])), "", false);
        if (c->typed.len > 0)
            tend_offer_str(c, tend_arena_printf(c->arena, "-%.*s", TEND_FMT(tags[i])), "", false);
    }
}
