/* The line editor: one line at a time, fed byte by byte, so that who waits for
 * input can wait for the time and for signals too. The only face that GNU
 * readline shows to the rest. */
#ifndef TEND_SHELL_PROMPT_EDIT_H
#define TEND_SHELL_PROMPT_EDIT_H

#include "base/text.h"

enum tend_edit {
    TEND_EDIT_MORE,         /* the line goes on */
    TEND_EDIT_LINE,         /* Enter */
    TEND_EDIT_END           /* Ctrl-D on an empty line, or the terminal is gone */
};

/* What stands behind the editor while a line is typed; a member may be NULL. */
struct tend_edit_help {
    /* Dim text right of the cursor, which stands at the end of the line; *taken: so
     * many bytes of it are text that Right puts into the line. */
    void (*hint)(void *data, struct tend_text line, struct tend_buffer *hint, int64_t *taken);
    /* Tab. */
    void (*complete)(void *data, struct tend_text line, int64_t cursor);
    void *data;
    bool history;           /* earlier lines can be had with Up and Ctrl-R */
};

/* Can the terminal move its cursor? Not with TERM=dumb. */
bool tend_edit_possible(void);
/* Shows the prompt and what stands in the line already. Escape sequences in the
 * prompt stand between \001 and \002. */
void tend_edit_start(const char *prompt, struct tend_text guess,
                     const struct tend_edit_help *help);
/* Takes what has been typed; call it when input can be read. */
enum tend_edit tend_edit_input(void);
/* What Enter accepted; lives until the next start. */
struct tend_text tend_edit_line(void);
/* Gives the terminal back. Harmless when nothing is edited. */
void tend_edit_stop(void);

/* Ctrl-C: the line goes, and whatever was going on over it. Edited on from here. */
void tend_edit_cancel(void);
/* Is a search or another question of the editor's own going on? Then a notice waits. */
bool tend_edit_busy(void);
/* Prints `lines` (shown already, each with its line end; may be empty) above the
 * line that is being typed, and changes the prompt unless it is NULL. */
void tend_edit_above(struct tend_text lines, const char *prompt);
void tend_edit_resized(void);
/* Columns and rows of the screen. */
void tend_edit_screen(int64_t *columns, int64_t *rows);

/* For who completes: puts text in the place of bytes from..to, the cursor behind it. */
void tend_edit_replace(int64_t from, int64_t to, struct tend_text with);
void tend_edit_beep(void);

/* The lines that Up and Ctrl-R go through. */
void tend_edit_remember(struct tend_text line);

#endif
