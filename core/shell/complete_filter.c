/* Terms of filters, and what stands behind their colon. */
#include "shell/complete_parts.h"
#include "store/filter.h"
#include "store/ops_complete.h"

static void offer_terms(struct tend_completer *c)
{
    struct tend_filter_help help;
    struct tend_text *names;
    int64_t n;

    for (int64_t i = 0; tend_filter_term_at(i, &help); i++)
        tend_offer_str(c, tend_arena_printf(c->arena, "%s:", help.name), help.expected, true);
    tend_offer_str(c, "not", "turns the next term round", false);
    if (c->typed.len == 0 || !tend_completer_opens(c, false) ||
        tend_words_in_use(c->shell->store, TEND_WORDS_ATTRIBUTE, c->arena, &names, &n) != TEND_OK)
        return;
    for (int64_t i = 0; i < n; i++)
        tend_offer_str(c, tend_arena_printf(c->arena, "%.*s:", TEND_FMT(names[i])),
                       "an attribute", true);
}

static void offer_days(struct tend_completer *c, bool touched)
{
    if (touched)
        tend_offer_str(c, "never", "nobody has", false);
    tend_offer_str(c, "today", "", false);
    tend_offer_str(c, "..-14d", "two weeks ago, or longer", false);
    tend_offer_str(c, "-7d..", "in the last seven days", false);
    tend_offer_str(c, "..today", "until today", false);
}

void tend_offer_filter(struct tend_completer *c)
{
    struct tend_filter_help help = { 0 };
    struct tend_text name;
    const char *colon = c->typed.len > 0 ? memchr(c->typed.at, ':', (size_t)c->typed.len) : NULL;
    bool known = false;

    if (colon == NULL) {
        offer_terms(c);
        return;
    }
    name = (struct tend_text){ c->typed.at, colon - c->typed.at };
    for (int64_t i = 0; !known && tend_filter_term_at(i, &help); i++)
        known = tend_text_is(name, help.name);
    tend_offer_behind(c, ':');
    tend_offer_behind(c, ',');
    if (known && help.days) {
        offer_days(c, tend_text_is(name, "touched"));
        return;
    }
    for (int64_t i = 0; known && help.words != NULL && help.words[i] != NULL; i++)
        tend_offer_str(c, help.words[i], "", false);
    if (tend_text_is(name, "tag"))
        tend_offer_words(c, TEND_WORDS_TAG, "a tag");
    else if (tend_text_is(name, "source"))
        tend_offer_words(c, TEND_WORDS_SOURCE, "a source");
    else if (tend_text_is(name, "stage") || tend_text_starts(name, "stage."))
        tend_offer_vocabulary(c, TEND_WORD_STAGE);
    else if (tend_text_is(name, "hold"))
        tend_offer_vocabulary(c, TEND_WORD_HOLD);
    else if (tend_text_is(name, "role"))
        tend_offer_slot(c, TEND_SLOT_CHOICE, 0, tend_roles, "a role");
}
