/* The types of arguments by name, and what is typed for each: for messages, help
 * and the man pages. */
#include "shell/command.h"

static const struct {
    const char *name, *says;
} slots[] = {
    [TEND_SLOT_NONE] = { "none", "" },
    [TEND_SLOT_WORD] = { "word", "a word" },
    [TEND_SLOT_NUMBER] = { "number", "a number, such as 5" },
    [TEND_SLOT_CHOICE] = { "choice", "one of the choices" },
    [TEND_SLOT_TEXT] = { "text", "words, or a text in quotes" },
    [TEND_SLOT_NAME] = { "name", "a name: \"Ann Lee\"" },
    [TEND_SLOT_PERSON] = { "person", "a person: p12, ann, \"ann l\", an e-mail, a number, . or me" },
    [TEND_SLOT_PEOPLE] = { "people", "one or several people: ann or ann,bob" },
    [TEND_SLOT_TASKS] = { "tasks", "a task: t5, or several: t5,t6" },
    [TEND_SLOT_BATCH] = { "batch", "a batch: b12" },
    [TEND_SLOT_REF] = { "reference", "an id: t5, c4, b7, or a person" },
    [TEND_SLOT_KIND] = { "kind", "a kind of touch: call" },
    [TEND_SLOT_STAGE] = { "stage", "a stage: prospect, or product:customer" },
    [TEND_SLOT_FIELDS] = { "fields", "field=value: phone=\"0664 5551234\"" },
    [TEND_SLOT_TAGS] = { "tags", "+tag or -tag" },
    [TEND_SLOT_FILTER] = { "filter", "a filter: stage:prospect tag:teacher" },
    [TEND_SLOT_TIME] = { "time", "a time: tomorrow 3pm, fri 19:00, +3d, jan 5" },
    [TEND_SLOT_FILE] = { "file", "the name of a file" },
    [TEND_SLOT_FILES] = { "files", "names of files" },
    [TEND_SLOT_COMMAND] = { "command", "a command, such as log" },
    [TEND_SLOT_SETTINGS] = { "settings", "key=value: region=AT" },
    [TEND_SLOT_DISPOSITION] = { "disposition", "how it came out: reached, no_answer" },
    [TEND_SLOT_SENTIMENT] = { "sentiment", "how they felt: cold, cool, neutral, warm, hot or 0 to 100" },
    [TEND_SLOT_LINK] = { "link", "spouse, household, referred_by or coach" },
    [TEND_SLOT_PLUGIN] = { "plugin", "the name of a plugin, see `plugin list`" },
    [TEND_SLOT_PLAYBOOK] = { "playbook", "the name of a playbook, see `playbook list`" },
    [TEND_SLOT_READER] = { "reader", "the name of a reader: csv" },
    [TEND_SLOT_ORIGIN] = { "origin", "where people come from: fair" },
    [TEND_SLOT_REGION] = { "region", "two letters of a country: AT" },
    [TEND_SLOT_TOPIC] = { "topic", "a command or a topic: log, times" },
};
#define N_SLOTS (sizeof slots / sizeof *slots)

const char *tend_slot_name(enum tend_slot slot)
{
    return (size_t)slot < N_SLOTS && slots[slot].name != NULL ? slots[slot].name : "word";
}

const char *tend_slot_says(enum tend_slot slot)
{
    return (size_t)slot < N_SLOTS && slots[slot].says != NULL ? slots[slot].says : "a word";
}
