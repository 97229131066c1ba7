/* What can stand in an argument, by its declared type. */
#define TEND_UNSTABLE
#include "plugin/world.h"
#include "shell/complete_parts.h"
#include "shell/import.h"
#include "store/ops_complete.h"
#include <tend/x/playbook.h>

#define ROWS_SHOWN 30

static const char *const links[] = { "spouse", "household", "referred_by", "coach", NULL };
static const char *const sentiments[] = { "cold", "cool", "neutral", "warm", "hot", NULL };

void tend_offer_words(struct tend_completer *c, enum tend_word_of what, const char *about)
{
    struct tend_text *words;
    int64_t n;

    if (!tend_completer_opens(c, false) ||
        tend_words_in_use(c->shell->store, what, c->arena, &words, &n) != TEND_OK)
        return;
    for (int64_t i = 0; i < n; i++)
        tend_offer(c, words[i], tend_text_of(about), false);
}

/* A stage is written with its track where that is not the primary one. */
void tend_offer_vocabulary(struct tend_completer *c, enum tend_word_what what)
{
    struct tend_word_info word;
    const char *primary;

    if (!tend_completer_opens(c, true))
        return;
    primary = tend_vocabulary_primary(c->shell->registry);
    for (int64_t i = 0; tend_vocabulary_at(c->shell->registry, what, i, &word); i++) {
        bool titled = word.title != NULL && strcmp(word.title, word.name) != 0;
        const char *about = titled ? word.title : word.means;
        bool other = what == TEND_WORD_STAGE && word.track[0] != '\0' &&
                     strcmp(word.track, primary) != 0;

        tend_offer_str(c, word.name,
                       other ? tend_arena_printf(c->arena, "%s: %s", word.track,
                                                 about != NULL ? about : "")
                             : about, false);
    }
}

static void offer_stages(struct tend_completer *c)
{
    struct tend_word_info word;

    if (!tend_completer_opens(c, true))
        return;
    tend_offer_vocabulary(c, TEND_WORD_STAGE);
    if (c->typed.len == 0)
        return;
    for (int64_t i = 0; tend_vocabulary_at(c->shell->registry, TEND_WORD_STAGE, i, &word); i++)
        tend_offer_str(c, tend_arena_printf(c->arena, "%s:%s", word.track, word.name), word.title,
                       false);
}

/* By number, or by a word of the name or the title. */
static bool row_fits(struct tend_completer *c, const struct tend_row_hit *hit, const char *ref)
{
    struct tend_text rest = hit->person, word;

    if (tend_text_starts(tend_text_of(ref), tend_arena_str(c->arena, c->folded)) ||
        tend_text_starts(tend_text_of(ref + 1), tend_arena_str(c->arena, c->folded)))
        return true;
    while (tend_text_cut(&rest, " ", &word)) {
        if (tend_text_starts(tend_text_fold(c->arena, word), tend_arena_str(c->arena, c->folded)))
            return true;
    }
    return false;
}

static void offer_rows(struct tend_completer *c, const struct tend_row_hit *hits, int64_t n,
                       char letter)
{
    int64_t shown = 0;

    for (int64_t i = 0; i < n; i++) {
        char *ref = tend_arena_printf(c->arena, "%c%lld", letter, (long long)hits[i].id);

        if (!row_fits(c, &hits[i], ref))
            continue;
        if (shown++ >= ROWS_SHOWN) {
            c->left_out++;
            continue;
        }
        tend_offer_any(c, tend_text_of(ref), (struct tend_text){ 0 },
                       tend_text_of(tend_arena_printf(
                           c->arena, "%.*s%s%.*s", TEND_FMT(hits[i].person),
                           hits[i].person.len > 0 ? ": " : "", TEND_FMT(hits[i].text))), false);
    }
}

static void offer_tasks(struct tend_completer *c)
{
    struct tend_row_hit *hits;
    int64_t n;

    tend_offer_behind(c, ',');
    if (tend_completer_opens(c, false) &&
        tend_tasks_open(c->shell->store, 200, c->arena, &hits, &n) == TEND_OK) {
        offer_rows(c, hits, n, 't');
        c->at_least = c->at_least || n == 200;
    }
}

static void offer_batches(struct tend_completer *c)
{
    struct tend_row_hit *hits;
    int64_t n;

    if (tend_completer_opens(c, false) &&
        tend_batches_newest(c->shell->store, ROWS_SHOWN, c->arena, &hits, &n) == TEND_OK)
        offer_rows(c, hits, n, 'b');
}

static void offer_plugins(struct tend_completer *c)
{
    struct tend_instance_info info;

    if (!tend_completer_opens(c, true))
        return;
    for (int64_t i = 0; tend_registry_instance(c->shell->registry, i, &info); i++) {
        if (info.manifest.name != NULL)
            tend_offer_str(c, info.manifest.name, info.manifest.summary, false);
    }
}

static void offer_playbooks(struct tend_completer *c)
{
    const struct tend_provider *provider;

    if (!tend_completer_opens(c, true))
        return;
    for (int64_t i = 0;
         (provider = tend_registry_at(c->shell->registry, "playbook", i, false)) != NULL; i++)
        tend_offer_str(c, provider->name, ((const struct tend_playbook *)provider->record)->title,
                       false);
}

static void offer_readers(struct tend_completer *c)
{
    const struct tend_provider *provider;

    if (!tend_completer_opens(c, true))
        return;
    for (int64_t i = 0;
         (provider = tend_registry_at(c->shell->registry, "lead_source", i, false)) != NULL; i++)
        tend_offer_str(c, provider->name, "", false);
}

/* import --from SERVICE: its options. */
static bool offer_options(struct tend_completer *c)
{
    struct tend_words from = tend_given(&c->place->parsed, "from");
    const struct tend_command_arg *const *option;
    const struct tend_provider *service;
    struct tend_text name, flag;

    if (c->place->command != &tend_cmd_import || from.n == 0 || !tend_completer_opens(c, true))
        return false;
    name = from.at[0].text;             /* the flag itself: its value is behind =, or is next */
    if (memchr(name.at, '=', (size_t)name.len) != NULL)
        tend_text_cut(&name, "=", &flag);
    else
        name = from.at[1].text;
    service = tend_import_service_of(c->shell, tend_arena_str(c->arena, name));
    option = service != NULL ? tend_source_options(service->record) : NULL;
    for (; option != NULL && *option != NULL; option++)
        tend_offer_str(c, tend_arena_printf(c->arena, "%s=", (*option)->name), (*option)->help,
                       true);
    return service != NULL;
}

void tend_offer_slot(struct tend_completer *c, enum tend_slot slot, uint32_t how,
                     const char *const *choices, const char *about)
{
    if (slot == TEND_SLOT_SETTINGS) {
        tend_offer_settings(c, choices);
        return;
    }
    for (; choices != NULL && *choices != NULL; choices++) {
        bool lists = about != NULL && strstr(about, *choices) != NULL;  /* says all of them */

        tend_offer_str(c, *choices, lists ? NULL : about, false);
    }
    switch (slot) {
    case TEND_SLOT_COMMAND:
        tend_offer_verbs(c);
        break;
    case TEND_SLOT_TOPIC:
        tend_offer_verbs(c);
        break;
    case TEND_SLOT_PERSON:
    case TEND_SLOT_PEOPLE:
        tend_offer_people(c, slot == TEND_SLOT_PEOPLE);
        break;
    case TEND_SLOT_REF:
        tend_offer_str(c, "not", "why is nothing planned", false);
        offer_tasks(c);
        if (c->typed.len > 0)
            tend_offer_people(c, false);
        break;
    case TEND_SLOT_TASKS:
        offer_tasks(c);
        break;
    case TEND_SLOT_BATCH:
        offer_batches(c);
        break;
    case TEND_SLOT_KIND:
        tend_offer_vocabulary(c, TEND_WORD_KIND);
        break;
    case TEND_SLOT_DISPOSITION:
        tend_offer_vocabulary(c, TEND_WORD_DISPOSITION);
        tend_offer_vocabulary(c, TEND_WORD_HOLD);
        break;
    case TEND_SLOT_STAGE:
        offer_stages(c);
        break;
    case TEND_SLOT_SENTIMENT:
        tend_offer_slot(c, TEND_SLOT_CHOICE, 0, sentiments, about);
        break;
    case TEND_SLOT_LINK:
        tend_offer_slot(c, TEND_SLOT_CHOICE, 0, links, about);
        break;
    case TEND_SLOT_PLUGIN:
        offer_plugins(c);
        break;
    case TEND_SLOT_PLAYBOOK:
        offer_playbooks(c);
        break;
    case TEND_SLOT_READER:
        offer_readers(c);
        break;
    case TEND_SLOT_ORIGIN:
        tend_offer_words(c, TEND_WORDS_SOURCE, about);
        break;
    case TEND_SLOT_FIELDS:
        tend_offer_fields(c);
        break;
    case TEND_SLOT_TAGS:
        tend_offer_tags(c);
        break;
    case TEND_SLOT_FILTER:
        tend_offer_filter(c);
        break;
    case TEND_SLOT_TIME:
        tend_offer_times(c, (how & TEND_BACKWARD) != 0);
        break;
    case TEND_SLOT_FILE:
    case TEND_SLOT_FILES:
        if (offer_options(c))
            break;
        tend_offer_files(c);
        break;
    default:
        break;
    }
}
