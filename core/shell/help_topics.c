/* What is the same in all commands: how times, people and filters are written,
 * and the keys of the prompt. */
#include "base/text.h"
#include "shell/help.h"

static const struct tend_help_topic topics[] = {
    { "references", "how a person, a task or a batch is named",
      "  ann  lee  ann.l  \"ann l\"   the beginning of any word of the name; it must be\n"
      "                            one person alone, or the whole name\n"
      "  p12  12                   a person by id\n"
      "  ann@example.com           by e-mail;  +436645551234  by number\n"
      "  .                         the last person;  me  yourself\n"
      "  ann,bob                   several, where the command takes them\n"
      "  --where FILTER            all who match, where the command takes it\n"
      "  t5  t5,t6                 tasks (a bare number where a task is meant)\n"
      "  b7                        a batch: a command with all that came of it\n"
      "  c4 s7 h2                  a touch, a stage change, a hold: for `why`\n"
      "\nCase and accents do not matter. Who could be several people is asked, or listed\n"
      "with exit status 3; nothing is ever guessed.\n" },
    { "times", "how days and times are written",
      "  today  tomorrow  yesterday  mon..sun  next mon\n"
      "  +3d  +2w  +1m  in 3 days      -3d where the time lies behind\n"
      "  jan 5   5 jan   2026-12-01    12/11 only with `config date_order=`\n"
      "  3pm  15:00  noon              a time of day, alone or behind a day:\n"
      "  tomorrow 3pm   fri 19:00\n"
      "\nTimes are in your zone, and look ahead; at= looks back. mon is the next Monday\n"
      "that is not today. Behind a = several words stand in quotes: at=\"thu 19:00\".\n" },
    { "filters", "how people are chosen: list, count, export, --where", NULL },
    { "keys", "the keys of the prompt",
      "  Tab           completes; again: lists what fits, with what it is\n"
      "  Right, End    at the end of the line: takes the dim text, if it is a suggestion\n"
      "  Up, Down      earlier lines that begin with what is typed\n"
      "  Ctrl-R        search earlier lines\n"
      "  Ctrl-C        gives the line up, or stops the command; nothing is half written\n"
      "  Ctrl-D        on an empty line: the end, as `quit`\n"
      "  Ctrl-L        a clean screen\n"
      "\n  =EXPR         Lua;  !COMMAND  the system's shell\n"
      "  ?COMMAND      help;  /TEXT  search\n"
      "\nA ; outside quotes, with a space or nothing behind it, ends a command, and the next\n"
      "one may follow: log ann call; due. All of the line is understood before any of it is\n"
      "done; what fails stops the rest. # at the beginning of a word ends the line. Behind\n"
      "= ! ? / everything up to the end of the line belongs to it, every ; too.\n" },
};

const struct tend_help_topic *tend_help_topic_at(int64_t index)
{
    int64_t n = (int64_t)(sizeof topics / sizeof *topics);

    return index >= 0 && index < n ? &topics[index] : NULL;
}

const struct tend_help_topic *tend_help_topic_find(struct tend_text name)
{
    const struct tend_help_topic *topic;

    for (int64_t i = 0; (topic = tend_help_topic_at(i)) != NULL; i++) {
        if (tend_text_is(name, topic->name))
            return topic;
    }
    return NULL;
}
