/* What the files of the prompt share, and nobody else sees. */
#ifndef TEND_SHELL_PROMPT_PARTS_H
#define TEND_SHELL_PROMPT_PARTS_H

#include "base/wait.h"
#include "shell/prompt.h"
#include "shell/prompt_edit.h"
#include "shell/prompt_notice.h"

struct tend_prompt {
    struct tend_shell *shell;
    struct tend_wait *wait;
    struct tend_buffer command;     /* its lines so far, while it goes on */
    struct tend_buffer entry;       /* for the history: the lines as they were typed */
    struct tend_buffer queue;       /* lines that are still to be run */
    int64_t queued;                 /* bytes of the queue that were taken */
    struct tend_buffer ahead;       /* the beginning of the line that comes next */
    struct tend_buffer news;        /* notices that wait until a search is over */
    struct tend_notice notice;
    int64_t look_at;                /* when to look for news: the machine's clock */
    struct tend_buffer text;        /* of the prompt */
    char *history;                  /* the file; NULL: none */
    bool over;
};

/* Hints and Tab, while a command is typed. */
const struct tend_edit_help *tend_prompt_help(struct tend_prompt *prompt);
/* The next line of the queue; false when there is none. */
bool tend_prompt_queued(struct tend_prompt *prompt, struct tend_text *line);

#endif
