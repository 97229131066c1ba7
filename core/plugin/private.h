/* What the files of this folder share, and nobody else sees: the inside of a
 * registry, an instance and a call. */
#ifndef TEND_PLUGIN_PRIVATE_H
#define TEND_PLUGIN_PRIVATE_H

#include "base/array.h"
#include "base/text.h"
#include "module/exports.h"
#include "plugin/call.h"
#include "plugin/bounds.h"
#include "plugin/rights.h"
#include "plugin/tally.h"
#include "plugin/vocabulary.h"
#include "plugin/world.h"
#include "store/filter.h"

#define TEND_CALL_BUDGET (INT64_C(250) * 1000)  /* microseconds */
#define TEND_COMMAND_BUDGET (INT64_C(5000) * 1000)
#define TEND_TOTAL_BUDGET (INT64_C(30) * 1000 * 1000)   /* of all handlers of a plugin in a command */
#define TEND_OUTPUT_MOST (INT64_C(4) << 20)     /* bytes of texts of effects of one call */
#define TEND_OUTPUT_COMMAND (INT64_C(64) << 20)
#define TEND_CALL_DEPTH 8                       /* calls within calls */
#define TEND_VETOES_MOST 64                     /* of one guard */
#define TEND_VETO_BYTES 500                     /* of each of its texts */
#define TEND_READS_KEPT 256                     /* of a Lua plugin, before their memory is given back */
#define TEND_LOG_MOST 20                        /* lines of one call */
#define TEND_LOG_BYTES 500                      /* of one line */

struct tend_instance {
    struct tend_registry *registry;
    const struct tend_runtime *runtime;     /* NULL: the core's own */
    struct tend_manifest manifest;
    struct tend_rights rights, withheld;    /* what it may; what it asks for and may not */
    bool granted;                           /* its file was added, and somebody said what it may */
    const char *path;
    enum tend_instance_state state;
    bool loading, closing;
    bool asleep;                /* only its declarations are known */
    bool stale;                 /* these were wrong */
    bool spoke;                 /* while it was loading: what it says is to be seen each time */
    TEND_ARRAY(const char *) files;     /* besides path; in the arena */
    TEND_ARRAY(const char *) callees;   /* whose functions it has called by tend.c; likewise */
    struct tend_instance *replaces;         /* while it is staged: its records are not active */
    TEND_ARRAY(struct tend_provider *) staged;
    int32_t running;            /* calls of it on the stack */
    int32_t reloads;            /* how often the plugin was loaded anew */
    bool wanted;                /* a reload waits until no call is on the stack */
    bool breach;                /* broke a limit: the command must fail */
    bool unsaved;               /* killed or set aside, which the database does not know yet */
    struct tend_limits limits;  /* 0: the default */
    int64_t spent;              /* by its handlers in this command */
    struct tend_tally *tally;   /* what it costs, kept across processes; NULL until it is called */
    bool uncounted;             /* there is no room for it */
    int64_t slow_at;            /* when it was last said to be slow */
    const char *killed;         /* why its last call was stopped, or NULL */
    const char *trouble;
    void *data;                 /* the runtime's */
    void *plugin_data;          /* ctx->data */
    int64_t calls, time, longest;
    int64_t logged;             /* lines while it loads */
    int64_t size, mtime;        /* of the file when it was loaded */
    struct tend_arena arena;
};

struct tend_alias {
    const char *name, *line;    /* in the console's arena */
};

struct tend_grant {             /* what the user granted the plugin of this file */
    char *path, *rights;
};

struct tend_seen {              /* the row of a person that was read last */
    tend_id person;             /* 0: none */
    uint64_t writes;            /* as long as tend_row_writes is this */
    struct tend_value row[TEND_N_person];
    struct tend_arena arena;
};

struct tend_registry {
    struct tend_error *err;
    struct tend_clock *clock;
    struct tend_store *store;
    const struct tend_source_api *source;
    struct tend_cache *cache;           /* or NULL */
    const char *limits_file;            /* of the user's; or NULL */
    struct tend_tally_file *tallies;    /* or NULL */
    tend_slow_fn slow;
    void *slow_data;
    const struct tend_http_api *http;               /* in a worker */
    const struct tend_secret_api *secret;
    tend_may_fn may;
    const struct tend_fixture *fixture;
    int64_t n_fixtures;
    tend_log_fn log;
    bool (*taken)(struct tend_text name);   /* is it a command of the core's? */
    void *log_data;
    TEND_ARRAY(const struct tend_runtime *) runtimes;
    TEND_ARRAY(struct tend_instance *) instances;   /* in load order; the core's is not here */
    struct tend_instance *core;
    struct tend_instance *console;                  /* or NULL; not among the instances */
    bool phased;                                    /* some provider is early or late */
    bool console_spent;
    uint64_t generation;        /* of the providers: see tend_registry_generation */
    TEND_ARRAY(struct tend_alias) aliases;
    TEND_ARRAY(struct tend_grant) grants;
    TEND_ARRAY(char *) left_out;        /* names; of the plugins that come with tend */
    TEND_ARRAY(struct tend_provider *) providers;   /* in load order */
    TEND_ARRAY(struct tend_word_info) words[TEND_WORD_HOLD + 1];
    const char *primary, *initial, *initial_by;
    struct tend_arena scratch[TEND_CALL_DEPTH];     /* until a callback returns, by depth */
    int32_t depth;
    struct tend_seen seen;
    struct tend_call *reading;          /* the call whose rows are being counted, or NULL */
    struct tend_call *nested[TEND_CALL_DEPTH];      /* contexts of exports, clean between calls */
    struct tend_error link_error;
    struct tend_buffer link_text;                   /* the text that the last of them returned */
};

/* One call of a plugin. The context comes first: a plugin has its address. */
struct tend_call {
    struct tend_ctx ctx;
    struct tend_registry *registry;
    struct tend_instance *instance;
    const struct tend_provider *provider;   /* NULL in init and fini */
    const void *record;
    struct tend_arena *scratch;         /* until the callback returns */
    struct tend_arena *arena;           /* of the caller, for what is handed back */
    struct tend_effects *effects;       /* NULL: none may be emitted */
    int64_t effects_from;
    uint32_t effects_allowed;           /* a bit for each kind */
    int64_t effects_most;               /* 0: TEND_EFFECTS_MOST */
    int64_t output;                     /* bytes of texts of its effects */
    int64_t budget;                     /* 0: TEND_CALL_BUDGET */
    const struct tend_call_args *args;  /* of a command; else NULL */
    struct tend_vetoes *vetoes;         /* NULL: not a guard */
    int64_t vetoes_from;
    const struct tend_event_data *event;
    tend_status broken;                 /* the database failed under it */
    bool breach;
    int64_t logged;
    int64_t reads;
    int64_t began;
    /* of a reader: see call_reading.c */
    int64_t took;                       /* bytes of its input, or of answers to it */
    int64_t rows, rows_free;
    int64_t values, bytes;              /* of the row in hand, not counted yet */
    /* what read->get has fetched in this call */
    tend_id person;                     /* 0: nothing yet */
    uint64_t columns;                   /* a bit for each of row that was */
    const char *filter_text;
    struct tend_filter *filter;
    /* too big to be zeroed for each call: only their heads are, and `columns` */
    struct tend_error error;            /* the slot of this call */
    struct tend_error refused;          /* the first effect or veto that was not taken; code
                                           TEND_OK: only what the plugin was told last */
    struct tend_error denied;           /* the first read that it has no right to */
    struct tend_value row[TEND_N_person];
};

static inline struct tend_call *tend_call_of(struct tend_ctx *ctx)
{
    return (struct tend_call *)(void *)ctx;
}

/* context.c: every way into a plugin begins and ends with these. ..._begin
 * fails when calls are nested too deep, or the plugin is set aside; then there
 * is no end. ..._end returns the status of the call, with call->error filled
 * when it is not TEND_OK; effects and vetoes of a failed call are dropped. */
tend_status tend_call_begin(struct tend_call *call, struct tend_registry *registry,
                            struct tend_instance *instance, const struct tend_provider *provider);
tend_status tend_call_end(struct tend_call *call, tend_status status);
/* Puts the call's error into the slot of the registry, with the plugin's name
 * and what was called ("guard", its name) in front; `event` may be NULL.
 * Returns the code, which is never one of the gate's or the user's own. */
tend_status tend_call_blame(struct tend_call *call, const char *kind, const char *name,
                            const char *event);
/* rights.c: false, with the reason in the slot, for what this plugin may not. A read
 * that was denied fails the call, whatever the plugin goes on with. */
bool tend_call_may_read(struct tend_call *call, enum tend_reads what);
tend_status tend_call_may_make(struct tend_call *call, uint32_t effect);
/* What a call fails with that was denied a read. */
tend_status tend_call_denial(struct tend_call *call, tend_status status);
/* Was it granted? In a worker the parent knows. */
tend_status tend_call_may(struct tend_call *call, enum tend_right right, struct tend_text what,
                          struct tend_error *err);
/* call_reading.c: from now on its rows are counted, until registry->reading is NULL. */
void tend_call_reading(struct tend_call *call);
/* Notes that the store failed, so that the call fails even if it goes on. */
void tend_call_broken(struct tend_call *call, tend_status status);
/* A refusal that the plugin may live with; where it fails with that text, its cure is shown. */
void tend_call_told(struct tend_call *call, const struct tend_error *err);

/* host.c, text.c, read.c, make.c: the tables of a context */
extern const struct tend_host tend_host_table;
extern const struct tend_text_api tend_text_table;
extern const struct tend_read_api tend_read_table;
extern const struct tend_make_api tend_make_table;
extern const struct tend_command_api tend_command_table;
extern const struct tend_service_api tend_service_table;
extern const struct tend_file_api tend_file_table;
void tend_host_set_source(const struct tend_source_api *source);
void tend_host_log(struct tend_registry *registry, int32_t level, const char *plugin,
                    const char *text);
/* A line of the plugin's own: cut, and only counted past the first ones. _end
 * says how many those were. */
void tend_host_log_one(struct tend_instance *instance, int64_t *logged, int32_t level,
                       const char *text);
void tend_host_log_end(struct tend_instance *instance, int64_t *logged);

/* rights_grant.c: works out what an instance may, when its manifest is known; whether
 * native code of this file may be opened at all; the grants are gone. */
tend_status tend_rights_settle(struct tend_instance *instance, struct tend_error *err);
tend_status tend_rights_native(const struct tend_instance *instance, struct tend_error *err);
void tend_rights_forget(struct tend_registry *registry);

/* count.c: at the end of each call */
void tend_count_call(struct tend_call *call, int64_t took, tend_status status);

/* native.c */
extern const struct tend_runtime tend_native_runtime;

/* record.c: has a record of this kind all that it must have? */
tend_status tend_record_check(const char *kind, const void *record, struct tend_error *err);
const char *tend_record_name(const void *record);
bool tend_record_one_of(struct tend_text word, const char *const *words);
/* record_command.c, record_report.c, record_playbook.c */
tend_status tend_record_command(const void *record, struct tend_error *err);
tend_status tend_record_report(const void *record, struct tend_error *err);
tend_status tend_record_playbook(const void *record, struct tend_error *err);
/* Arguments, flags, fields and examples, of whatever kind has them. */
tend_status tend_record_declared(const char *kind, const struct tend_command_record *record,
                                 struct tend_error *err);
tend_status tend_record_options(const struct tend_lead_source *source, struct tend_error *err);
bool tend_record_name_ok(const char *name);

/* instance.c */
/* The place that was kept for a record while its owner was asleep, or NULL. */
struct tend_provider *tend_instance_place(const struct tend_instance *instance, const char *kind,
                                          const char *name);
/* One more: active at once, or staged if the instance replaces another. */
void tend_instance_push(struct tend_instance *instance, struct tend_provider *provider);
struct tend_instance *tend_instance_create(struct tend_registry *registry,
                                           const struct tend_runtime *runtime, const char *name,
                                           const char *path);
/* Nobody else has a command of this name; else the error says who. */
tend_status tend_instance_free_name(struct tend_instance *instance, const char *kind,
                                    const char *name, struct tend_error *err);
/* Of one that is asleep: what it provides. */
void tend_instance_declare(struct tend_instance *instance, const char *kind, const char *name,
                           const char *on);
/* registry.c: tend_provider_wake for a caller that tells the error itself. */
tend_status tend_provider_open(const struct tend_provider *provider);
/* load.c: opens one that is asleep. */
tend_status tend_instance_wake(struct tend_instance *instance, struct tend_error *err);
/* load.c: runs the file, and looks at what it calls itself. What was provided is
 * active at once, or staged if the instance replaces another. */
tend_status tend_instance_start(struct tend_instance *instance, struct tend_error *err);
/* The one way out, for a failed load, a reload, a removal and the end: no
 * registrations any more, then the plugin's fini, then what it provides is swept,
 * then the runtime's unload. The instance itself stays, as failed. */
void tend_instance_detach(struct tend_instance *instance);
void tend_instance_free(struct tend_instance *instance);

/* requires.c: is `requires` well formed; it waits if something is not there; those that
 * waited and need not any more are loaded. */
tend_status tend_requires_check(const struct tend_instance *instance, struct tend_error *err);
void tend_requires_wait(struct tend_instance *instance);
void tend_requires_settle(struct tend_registry *registry);
/* Before a reload: has the new one, which is staged, all that others use of the old one,
 * and is all there that it needs itself? */
tend_status tend_requires_kept(const struct tend_instance *old, struct tend_instance *fresh,
                               struct tend_error *err);
/* It has found a function of the other one for tend.c: it uses it from now on. */
void tend_requires_called(struct tend_instance *instance, const struct tend_instance *callee);
bool tend_requires_names(const struct tend_instance *instance, const char *service);
/* The provider of a service that is at least at this level, or NULL. */
struct tend_provider *tend_service_find(const struct tend_registry *registry,
                                        struct tend_text name, int64_t level);

/* link.c: exports stand among the providers, with the name of their plugin, so that they
 * are known while it is asleep. */
tend_status tend_instance_exports(struct tend_instance *instance, const struct tend_export *list,
                                  struct tend_error *err);
void tend_link_finish(struct tend_registry *registry);

/* vocabulary.c: after the stage sets have changed */
void tend_vocabulary_rebuild(struct tend_registry *registry);
void tend_vocabulary_finish(struct tend_registry *registry);

/* aside.c */
void tend_aside_stat(struct tend_instance *instance);
/* Sets it aside if the database remembers that this very file broke a limit. */
void tend_aside_recall(struct tend_instance *instance);
/* It broke a limit, or (reached) used what it may not have. The first time fails
 * the command; the second time in a row it is set aside, and the command goes on. */
void tend_aside_kill(struct tend_instance *instance, const char *reason, bool reached);
/* A call has ended well after one that was killed. */
void tend_aside_good(struct tend_instance *instance);

#endif
