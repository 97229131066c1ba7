/* The Lua prompt: what a chunk that somebody typed is run with. The functions are
 * the shell's; what the chunk wants done is collected as effects. */
#ifndef TEND_LUA_CONSOLE_H
#define TEND_LUA_CONSOLE_H

#include "base/buffer.h"
#include "base/text.h"
#include "plugin/runtime.h"

struct tend_eval_host {
    void (*print)(void *data, struct tend_text line);
    /* Whom a word means; 0, and why not. */
    tend_id (*person)(void *data, struct tend_text word, struct tend_buffer *why);
    /* The row at this index of "due", or of the person's "tasks" or "touches";
     * false past the last. Cells named person are ids, at opens closes instants. */
    bool (*row)(void *data, const char *what, tend_id person, int64_t index,
                const struct tend_cell **cells, int64_t *n);
};

struct tend_eval {
    struct tend_text chunk;
    const char *name;           /* for messages: "lua", "report.lua" */
    bool json;                  /* its values are not shown, but written to `value` */
    bool script;                /* its values are not shown, and it is never incomplete */
    const struct tend_text *args;
    int64_t n_args;
    const struct tend_eval_host *host;
    void *data;                 /* of the host's functions */
    bool incomplete;            /* out: the chunk goes on in the next line */
    struct tend_buffer value;   /* out: with json; finish it */
    struct tend_buffer out;     /* scratch; finish it */
};

/* For tend_registry_console: a state with nothing in it, or with a file that was run. */
extern const struct tend_runtime tend_lua_console_runtime;

struct tend_typed {             /* a function or table that was typed */
    struct tend_buffer text;    /* of its chunk; finish it */
    bool table;
    int params;
    char param[2][40];
    char missing[64];           /* a name it uses that the text does not have; "" */
    bool lent;                  /* it is the prompt's own */
};
/* What gave the global of this name its value; false: nobody typed it. */
bool tend_lua_typed(struct tend_instance *console, const char *name, struct tend_typed *out);
/* Does the chunk end in the middle? Runs nothing. */
bool tend_lua_incomplete(struct tend_instance *console, struct tend_text chunk);
/* What could stand at the end of the text: each is added as a whole word. */
typedef void (*tend_lua_word_fn)(void *data, struct tend_text word);
void tend_lua_complete(struct tend_instance *console, struct tend_text text,
                       tend_lua_word_fn add, void *data);

#endif
