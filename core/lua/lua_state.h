/* What the files of the Lua host share: the state of one plugin, the call in
 * progress, and the few functions that the bindings are written with.
 *
 * Every function here that takes a lua_State may leave by an error or a yield
 * of Lua, except where it says "never raises". So: nothing that must be freed
 * is held across a call of one. */
#ifndef TEND_LUA_LUA_STATE_H
#define TEND_LUA_LUA_STATE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/text.h"
#include <lauxlib.h>
#include <lua.h>
#include <stdbool.h>
#include <tend/plugin.h>

struct tend_eval;
struct tend_instance;

struct tend_lua_frame { /* one call of the plugin, on the stack of its caller */
    /* Pushes the function and its arguments; returns how many arguments. */
    int (*push)(lua_State *L, struct tend_lua_frame *frame);
    /* Takes the answers, which stand from `first` on; may be NULL. */
    void (*take)(lua_State *L, struct tend_lua_frame *frame, int first);
    int results;          /* how many answers */
    const void *self;     /* of the binding */
    void *out;            /* likewise */
    struct tend_ctx *ctx; /* NULL while the plugin loads */
    const struct tend_event *event;
    struct tend_input *input;
    tend_id person; /* whom the call is about, or 0 */
    struct tend_eval *eval; /* of the Lua prompt, or NULL */

    /* the host's own */
    struct tend_lua_frame *outer;
    lua_State *co;
    int64_t serial, budget, deadline, looks;
    int64_t last;      /* look at the clock; a binding may set when the call began */
    bool seeded;       /* its chance: see host_env.c */
    bool second_look;  /* was granted: the machine was busy elsewhere */
    bool over;         /* no more code of the plugin runs in this call */
    bool breach, told; /* told: the error slot is filled already */
    tend_status code;
    char text[1024], trace[256];
};

/* All zero but for the texts, of which only the beginning is: there is one of these a call. */
static inline void tend_lua_frame_clear(struct tend_lua_frame *frame)
{
    memset(frame, 0, offsetof(struct tend_lua_frame, text));
    frame->text[0] = frame->trace[0] = '\0';
}

struct tend_lua {
    lua_State *L;                 /* the main thread: never runs code of the plugin */
    lua_State *running;           /* the coroutine that does, or NULL */
    lua_State *idle;              /* one that can, or NULL; the registry holds it */
    struct tend_lua_frame *frame; /* the innermost call, or NULL */
    struct tend_instance *instance;
    struct tend_arena *arena;  /* the instance's: records live here */
    struct tend_arena scratch; /* for one function of a binding at a time */
    struct tend_buffer json;   /* what is being written as JSON */
    const char *chunk;         /* how messages call the file */
    const char *folder;        /* for require; NULL: one file is all there is */
    int64_t serial;            /* of the frames */
    size_t most, held, peak;   /* bytes; most: it may hold */
    size_t pressed;            /* what was refused last; a collection may help */
    uint32_t grown;            /* how many times memory was asked for */
    int closing;               /* depth of coroutine.close */
    int save, restore;         /* functions; LUA_NOREF: the plugin has none */
    int64_t state_version;
    bool heavy;                /* has held a big block: look at the clock more often */
    int selftest; /* a function; LUA_NOREF: the plugin has none */
    /* on trial: growths of memory and instructions that are left */
    bool tried, struck;
    int64_t growths, steps; /* -1: as ever */
};

#define TEND_LUA_LOAD_BUDGET INT64_C(250000) /* microseconds */
#define TEND_LUA_TICK 1000                   /* instructions between two looks */
#define TEND_LUA_TICK_HEAVY 50
#define TEND_LUA_TICK_SLOW 10
#define TEND_LUA_TICK_STOP 1 /* also marks a coroutine as stopped for good */

/* --- host_call.c: the only place from which the plugin runs --------------- */

/* Runs one call to its end. The frame has code, text and breach then; what
 * went wrong is also in the error slot of ctx. Never raises. */
tend_status tend_lua_call(struct tend_lua *lua, struct tend_lua_frame *frame);
/* The only place that resumes a coroutine. Never raises. */
int tend_lua_resume(struct tend_lua *lua, lua_State *from, lua_State *co, int n, int *results);
/* A message handler that runs nothing of the plugin: notes where it was. */
int tend_lua_trace(lua_State *L);
/* Where the code stands, "a.lua:3, a.lua:9". Never raises. */
void tend_lua_where(lua_State *L, char *out, size_t size);
/* `self` of the record being called, and the record; the text of the error slot. */
void *tend_lua_self(struct tend_ctx *ctx);
const void *tend_lua_record(struct tend_ctx *ctx);
const char *tend_lua_slot(struct tend_ctx *ctx);
/* When the call of the plugin began, for frame->last. */
int64_t tend_lua_began(struct tend_ctx *ctx);
/* A value that was read has been copied into the state. Never raises. */
void tend_lua_read_done(lua_State *L);
/* tend_instance_provide, its error raised. */
void tend_lua_provide(lua_State *L, const char *kind, const void *record, void *self);

/* --- host_limit.c -------------------------------------------------------- */

void *tend_lua_allocate(void *data, void *at, size_t old, size_t size);
void tend_lua_hook(lua_State *L, lua_Debug *ar);
/* The plugin broke a limit or asked for what it may not have: the call is
 * over. Does not stop it yet. Never raises. */
void tend_lua_breach(struct tend_lua *lua, tend_status code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* tend_runtime.trial. Never raises. */
bool tend_lua_trial(struct tend_lua *lua, int64_t growths, int64_t steps);
/* How many instructions there are until the next look. Never raises. */
int tend_lua_tick(const struct tend_lua *lua);
/* The breach of a refused allocation that stays refused. Never raises. */
void tend_lua_pressed(struct tend_lua *lua);
/* The host said stop, and why, in the error slot. Does not return. */
int tend_lua_halt(lua_State *L, tend_status code);
/* Leaves the plugin's code for good: by a yield, which nothing in Lua can
 * catch, or where that cannot be by an error that comes again at every
 * instruction. Returns only in a hook. */
int tend_lua_stop(lua_State *L);
/* Looks at the clock; stops if the call is over. Before anything slow. */
void tend_lua_check(lua_State *L);
/* The budget begins anew: a line was read. Never raises. */
void tend_lua_renew(struct tend_lua *lua);
/* A row was handed over. The budget begins anew if what was read pays for it; else the
 * time since then was the host's, and not the plugin's. */
void tend_lua_handed(struct tend_lua *lua, int64_t since);

/* --- host_env.c and its parts: what the plugin finds in its state --------- */

void tend_lua_open(lua_State *L);
void tend_lua_open_coroutine(lua_State *L);
void tend_lua_open_libraries(lua_State *L);
void tend_lua_open_require(lua_State *L);
/* host_source.c: lua_load of a text, a status as its; `load` as plugins have it. */
int tend_lua_load_text(lua_State *L, struct tend_text text, const char *chunk);
int tend_lua_load(lua_State *L);
/* host_function.c: the global `tend`; a value by its letter, out->as; what it is instead,
 * or NULL; what was expected, in words. */
void tend_lua_open_functions(lua_State *L);
int tend_lua_push_any(lua_State *L, const struct tend_any *value);
const char *tend_lua_take_any(lua_State *L, int index, struct tend_any *out);
const char *tend_lua_expected(char letter);
/* Pushes the function that a file of Lua text is; raises what is wrong with it. */
void tend_lua_push_file(lua_State *L, const char *path, const char *chunk);
/* How much work a pattern can be on a text of n bytes, in steps of about a
 * nanosecond. many: gmatch and gsub, which go on after a match. Never raises. */
double tend_lua_pattern_cost(struct tend_text pattern, int64_t n, bool anchor, bool many);

/* --- of the bindings ------------------------------------------------------ */

static inline struct tend_lua *tend_lua_of(lua_State *L)
{
    return *(struct tend_lua **)lua_getextraspace(L);
}

/* bind_value.c: how values cross, decided once. An empty text is nil. To text:
 * a text is itself, a number its digits, true is "yes", false is no value. nil
 * is "not said", and refused where something must be said. */
void tend_lua_push_text(lua_State *L, struct tend_text text);
/* Pushes a list of the words of a comma separated text that is a set too. */
void tend_lua_push_set(lua_State *L, struct tend_text text);
/* false for what is no text. Changes a number at index to its text. */
bool tend_lua_to_text(lua_State *L, int index, struct tend_text *out);
/* A text without a NUL, for C; raises `what` otherwise. */
const char *tend_lua_to_str(lua_State *L, int index, const char *what);
/* Raises where a read was denied: what came back empty is no answer. */
void tend_lua_check_denied(lua_State *L, struct tend_ctx *ctx);
/* A text, or a list of texts joined by spaces; pushes what it returns. */
const char *tend_lua_to_words(lua_State *L, int index, const char *what);
/* An id, or an object with one. */
tend_id tend_lua_to_person(lua_State *L, int index, const char *what);

/* bind_trial.c: `selftest` of the plugin whose table is at index, and running it. */
void tend_lua_bind_trial(lua_State *L, int index, const char *what);
tend_status tend_lua_selftest(struct tend_lua *lua, struct tend_ctx *ctx);

/* bind_table.c: reading the tables that a plugin is declared with. `what` is
 * what the table is, for messages. Texts are copied into the arena. */
void tend_lua_known_keys(lua_State *L, int index, const char *what, const char *const *keys);
/* n texts of the table at `names`, in the order of their bytes. */
void tend_lua_sort(lua_State *L, int names, lua_Integer n);
/* Of the table that is, or may be, the whole plugin: what each of them may have too. */
void tend_lua_kind_keys(lua_State *L, int index, const char *what, const char *const *keys);
void tend_lua_unknown(lua_State *L, const char *what, const char *word, const char *const *words);
const char *tend_lua_field(lua_State *L, int index, const char *what, const char *key,
                           const char *otherwise);
const char *tend_lua_needed(lua_State *L, int index, const char *what, const char *key);
const char *tend_lua_words(lua_State *L, int index, const char *what, const char *key);
/* `needs`, as a C plugin writes it; NULL where it is not there. */
const char *tend_lua_needs(lua_State *L, int index, const char *what);
/* The reference of a function, or LUA_NOREF if it is nil. */
int tend_lua_function(lua_State *L, int index, const char *what, const char *key);
bool tend_lua_is_true(lua_State *L, int index, const char *what, const char *key);
/* The text at place i of a list, kept; NULL if there is none. */
const char *tend_lua_kept_at(lua_State *L, int index, int i, const char *what);
/* Pushes the list under `key`; how many it has, -1 if there is none. */
int64_t tend_lua_open_list(lua_State *L, int index, const char *what, const char *key);
const char *tend_lua_keep(lua_State *L, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void *tend_lua_take(lua_State *L, size_t size);

/* bind_args.c: what a command takes, as lists of { "days", "number", help = ... }; and
 * options, as days = { "number", help = ... } or such a list. */
const struct tend_command_arg *const *tend_lua_args(lua_State *L, int index, const char *what,
                                                    const char *key);
const struct tend_command_arg *const *tend_lua_options(lua_State *L, int index, const char *what,
                                                       const char *key);
/* Puts what was given into the table on the top of the stack, by its name. */
void tend_lua_push_values(lua_State *L, struct tend_ctx *ctx,
                          const struct tend_command_arg *const *list);

/* bind_state.c: what a reload hands over. */
void tend_lua_bind_state(lua_State *L, int index, const char *what);
tend_status tend_lua_save(struct tend_lua *lua, struct tend_ctx *ctx, int64_t *version,
                          struct tend_text *state);
tend_status tend_lua_restore(struct tend_lua *lua, struct tend_ctx *ctx, int64_t version,
                             struct tend_text state);

/* One kind each: reads the table at index, provides the record. */
void tend_lua_bind_command(lua_State *L, int index);
void tend_lua_bind_matcher(lua_State *L, int index);
void tend_lua_bind_playbook(lua_State *L, int index);
void tend_lua_bind_policy(lua_State *L, int index);
void tend_lua_bind_stage_set(lua_State *L, int index);
void tend_lua_bind_source(lua_State *L, int index);
void tend_lua_bind_normaliser(lua_State *L, int index);
void tend_lua_bind_channel(lua_State *L, int index);
void tend_lua_bind_report(lua_State *L, int index);
void tend_lua_bind_service(lua_State *L, int index);
/* Calls a function of a service of this plugin. */
tend_status tend_lua_serve(struct tend_ctx *ctx, int64_t index, const struct tend_any *args,
                           struct tend_any *result);
/* `guards` of the stage set at index; NULL if there are none. */
const struct tend_guard *const *tend_lua_bind_guards(lua_State *L, int index, const char *what);

/* Objects. The open functions make their metatables. */
void tend_lua_open_ctx(lua_State *L);
void tend_lua_open_person(lua_State *L);
void tend_lua_open_event(lua_State *L);
void tend_lua_open_input(lua_State *L);
void tend_lua_push_ctx(lua_State *L);
void tend_lua_push_person(lua_State *L, tend_id person); /* 0: nil */
void tend_lua_push_event(lua_State *L);                  /* of the frame */
void tend_lua_push_move(lua_State *L, const struct tend_move *move);
void tend_lua_push_input(lua_State *L);          /* of the frame */
void tend_lua_push_text_functions(lua_State *L); /* ctx.text */
/* Makes metatable `type` with these functions, closed to the plugin. */
void tend_lua_class(lua_State *L, const char *type, const luaL_Reg *functions);
/* The frame, checked to be a call (not the loading of the plugin). */
struct tend_lua_frame *tend_lua_in_call(lua_State *L);
/* ctx.f(x) and ctx:f(x) are the same: drops ctx from the arguments. */
void tend_lua_drop_ctx(lua_State *L);

/* bind_effect.c: emits the effect at index; or what a plugin returned: nothing,
 * one effect, or a list of them. */
void tend_lua_emit(lua_State *L, int index);
void tend_lua_emit_answer(lua_State *L, int index, const char *who);

struct tend_lua_answer { /* a function(ctx, event) that answers with effects */
    struct tend_lua *lua;
    int function;
    const char *who; /* for messages */
};
tend_status tend_lua_ask(const struct tend_lua_answer *answer, struct tend_ctx *ctx,
                         const struct tend_event *event);


/* bind_check.c: sets the functions of an object into the table on the top; each looks at its
 * arguments first, by the list of include/tend/api.def, where it must stand. */
void tend_lua_functions(lua_State *L, const char *object, const luaL_Reg *functions);
/* The same look from inside of a function whose arguments begin at `from`. */
void tend_lua_check_call(lua_State *L, const char *object, const char *name, int from);
/* bind_world.c, bind_http.c, bind_json_read.c: the world. tend_lua_failed pushes nil,
 * the text of the slot and the word for the status, and returns 3. */
int tend_lua_failed(lua_State *L, tend_status status);
tend_status tend_lua_status_of(const char *code); /* TEND_OK: it is no such word */
void tend_lua_push_options(lua_State *L);
void tend_lua_push_file_functions(lua_State *L);
void tend_lua_push_http_functions(lua_State *L);
void tend_lua_open_http(lua_State *L);
/* Pushes the value; false with the reason, in the scratch arena, for what is no JSON. */
bool tend_lua_push_json(lua_State *L, struct tend_text text, const char **why);
/* host_call.c: what failed was told to the plugin, and is no error of the call. */
void tend_lua_forgive(struct tend_ctx *ctx);

/* Functions of ctx, each in the file of its topic. */
int tend_lua_ctx_get(lua_State *L);
int tend_lua_ctx_touched(lua_State *L);
int tend_lua_ctx_print(lua_State *L);
int tend_lua_ctx_row(lua_State *L);
int tend_lua_ctx_reject(lua_State *L);
int tend_lua_ctx_people(lua_State *L);
int tend_lua_ctx_secret(lua_State *L);

/* --- of the Lua prompt ----------------------------------------------------- */

/* host_load.c: a state with all that plugins find. */
tend_status tend_lua_make(struct tend_instance *instance, const char *path,
                          struct tend_error *err);
/* host_console.c: notes an alias, its error raised. */
void tend_lua_alias(lua_State *L, const char *name, const char *line);
void tend_lua_open_console(lua_State *L);
/* host_typed.c: these globals are of this chunk; a text without an address: of nobody's. */
void tend_lua_note_typed(lua_State *L, struct tend_text chunk);
/* Adds the value as text. */
void tend_lua_show(lua_State *L, int index, struct tend_buffer *out);
/* Adds the values at first..last as one JSON value: none is null, several an array. */
void tend_lua_json(lua_State *L, int first, int last, struct tend_buffer *out);
/* Sets the functions of a person into the table on the top. */
void tend_lua_set_methods(lua_State *L);
/* Pushes a list of tables: "due", "tasks", "touches". */
int tend_lua_push_rows(lua_State *L, const char *what, tend_id person);

#endif
