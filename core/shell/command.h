/* The declaration of a command: pure data, from which the parser, its errors,
 * `help` and "did you mean" come; a plugin's command will be the same struct. */
#ifndef TEND_SHELL_COMMAND_H
#define TEND_SHELL_COMMAND_H

#include <stdbool.h>
#include <tend/types.h>

struct tend_shell;
struct tend_parsed;

/* What stands in an argument or behind a flag. */
enum tend_slot {
    TEND_SLOT_NONE,         /* a flag without a value */
    TEND_SLOT_WORD,
    TEND_SLOT_NUMBER,
    TEND_SLOT_CHOICE,       /* one of `choices` */
    TEND_SLOT_TEXT,         /* all that is left, joined by spaces */
    TEND_SLOT_NAME,         /* words up to the first field=value */
    TEND_SLOT_PERSON,
    TEND_SLOT_PEOPLE,       /* ann,bob; several words too, where it repeats */
    TEND_SLOT_TASKS,        /* t5,t6 or bare numbers; several words too */
    TEND_SLOT_BATCH,
    TEND_SLOT_REF,          /* any typed id, or a person */
    TEND_SLOT_KIND,         /* a touch kind */
    TEND_SLOT_STAGE,        /* [track:]stage */
    TEND_SLOT_FIELDS,       /* f=v f+=v f-=v f= */
    TEND_SLOT_TAGS,         /* +a -b */
    TEND_SLOT_FILTER,
    TEND_SLOT_TIME,         /* day, time of day, or both; several words */
    TEND_SLOT_FILE,
    TEND_SLOT_FILES,
    TEND_SLOT_COMMAND,
    TEND_SLOT_SETTINGS,     /* key=value */
    /* one word each, which completion knows the values of */
    TEND_SLOT_DISPOSITION,
    TEND_SLOT_SENTIMENT,
    TEND_SLOT_LINK,         /* a kind of link */
    TEND_SLOT_PLUGIN,
    TEND_SLOT_PLAYBOOK,
    TEND_SLOT_READER,       /* a lead source */
    TEND_SLOT_ORIGIN,       /* where people came from */
    TEND_SLOT_REGION,       /* two letters */
    TEND_SLOT_TOPIC         /* a command, or a topic of help */
};

enum {                      /* `how` of arguments and flags */
    TEND_OPTIONAL = 1,
    TEND_KEYWORD = 2,       /* a flag written name=value instead of --name value */
    TEND_BACKWARD = 4,      /* a time that lies behind: at=mon */
    TEND_REPEAT = 8,        /* may be given several times */
    TEND_WHERE = 16         /* --where FILTER may stand in its place */
};

struct tend_arg {           /* name NULL ends a list */
    const char *name;       /* as usage shows it: "PERSON" */
    enum tend_slot slot;
    uint32_t how;
    const char *help;
    const char *const *choices;     /* a NULL ends */
};

struct tend_flag {          /* name NULL ends a list */
    const char *name;       /* without dashes: "rejects" */
    enum tend_slot slot;
    uint32_t how;
    const char *value;      /* as usage shows it: "FILE" */
    const char *help;
    const char *const *choices;
};

struct tend_example {       /* line NULL ends a list */
    const char *line, *does;
};

enum {                      /* what a command does */
    TEND_WRITES = 1,        /* takes --dry-run; makes `me` */
    TEND_PLUGINS = 2,       /* needs them loaded */
    TEND_NO_STORE = 4,      /* no database is opened */
    TEND_READS_BARE = 8,    /* without arguments it writes nothing */
    TEND_NO_NEW = 16,       /* writes, but makes no new database */
    TEND_HIDDEN = 32,       /* for programs: help and completion leave it out */
    TEND_SECOND_PLUGGED = 64    /* its second words come from plugins */
};

/* A member of what --json prints; name NULL ends a list. Any may be null.
 * type: integer number text time boolean any, a shape by its name ("task"), or one
 * of these between [ ] for an array, {text} for an object of texts. name "...":
 * all members of the shape `type`. */
struct tend_member {
    const char *name, *type, *what;
};
struct tend_shape {             /* an object that several commands print */
    const char *name;
    const struct tend_member *members;
};
/* By index, NULL past the last; by name, NULL if there is none. */
const struct tend_shape *tend_shape_at(int64_t index);
const struct tend_shape *tend_shape_find(const char *name);

/* The members by index, those of shapes that are taken over (...) in their
 * places; false past the last. */
bool tend_member_at(const struct tend_member *members, int64_t index, struct tend_member *member);
/* "person", "time": a type of arguments by name; what is typed there. */
const char *tend_slot_name(enum tend_slot slot);
const char *tend_slot_says(enum tend_slot slot);

enum tend_document {            /* what --json prints as a whole */
    TEND_ONE,                   /* an object with `members` */
    TEND_LIST,                  /* an array of such objects */
    TEND_ONE_OR_LIST            /* an array where several were asked for */
};

struct tend_command {
    const char *name, *group, *summary;
    const char *more;               /* a paragraph for `help NAME`, or NULL */
    const struct tend_arg *args;
    const struct tend_flag *flags;
    const struct tend_example *examples;
    uint32_t effects;
    enum tend_document document;
    const struct tend_member *members;      /* of its JSON, by type; NULL: it prints none */
    int (*run)(struct tend_shell *shell, const struct tend_parsed *parsed);
    /* Of one whose name is two words ("plugin add"): the first of them, itself a command,
     * which stands before it in the list and runs when no second word follows. */
    const char *of;
};

/* What `check --json` prints of a database that cannot even be opened. */
void tend_check_unopened(struct tend_shell *shell);

extern const struct tend_command tend_cmd_plugin_new, tend_cmd_plugin_check,
    tend_cmd_plugin_test;
extern const struct tend_command tend_cmd_plugin_secret, tend_cmd_worker,
    tend_cmd_channel, tend_cmd_channel_list, tend_cmd_channel_send;
extern const struct tend_command tend_cmd_events, tend_cmd_events_show, tend_cmd_events_unused;
extern const struct tend_command tend_cmd_archive, tend_cmd_consent, tend_cmd_edit, tend_cmd_remove,
    tend_cmd_forget;

/* One of the core's by name: what plugins brought is not looked at; NULL. */
const struct tend_command *tend_command_own(struct tend_text name);
/* By name, NULL if there is none; by index, NULL past the last. */
const struct tend_command *tend_command_find(struct tend_text name);
const struct tend_command *tend_command_at(int64_t index);
/* Commands of plugins and of the user: find, at, nearest and the group "plugins"
 * serve them behind the core's own. The list stays the caller's; NULL, 0 ends it. */
void tend_command_plug(const struct tend_command *const *list, int64_t n);
/* The command of two words of which `word` is the second; NULL. */
const struct tend_command *tend_command_sub(const struct tend_command *first,
                                            struct tend_text word);
/* Its second words one by one, NULL past the last (also where there is none). */
const char *tend_command_sub_at(const struct tend_command *first, int64_t index);
/* The nearest name, for "did you mean"; NULL. */
const char *tend_command_nearest(struct tend_text name);
/* Groups in the order of help; NULL past the last. */
const char *tend_command_group(int64_t index);

extern const struct tend_command tend_cmd_import, tend_cmd_add, tend_cmd_set, tend_cmd_show,
    tend_cmd_list, tend_cmd_count, tend_cmd_find, tend_cmd_log, tend_cmd_note, tend_cmd_tag,
    tend_cmd_link, tend_cmd_dnc, tend_cmd_move, tend_cmd_plan, tend_cmd_due, tend_cmd_done,
    tend_cmd_snooze, tend_cmd_drop, tend_cmd_why, tend_cmd_undo, tend_cmd_redo,
    tend_cmd_history, tend_cmd_plugin, tend_cmd_plugin_list, tend_cmd_plugin_info, tend_cmd_plugin_exports, tend_cmd_plugin_add,
    tend_cmd_plugin_remove, tend_cmd_plugin_enable, tend_cmd_plugin_disable, tend_cmd_plugin_reload, tend_cmd_export, tend_cmd_backup, tend_cmd_restore,
    tend_cmd_history, tend_cmd_plugin, tend_cmd_plugin_list, tend_cmd_plugin_info, tend_cmd_plugin_top, tend_cmd_plugin_reload, tend_cmd_export, tend_cmd_backup, tend_cmd_restore,
    tend_cmd_plugin_save,
    tend_cmd_check, tend_cmd_config, tend_cmd_tick, tend_cmd_daemon, tend_cmd_release,
    tend_cmd_lua, tend_cmd_complete, tend_cmd_spread,
    tend_cmd_triage, tend_cmd_help, tend_cmd_report, tend_cmd_playbook,
    tend_cmd_playbook_list, tend_cmd_playbook_show, tend_cmd_playbook_start, tend_cmd_scrub;
extern const struct tend_command tend_cmd_merge, tend_cmd_unmerge, tend_cmd_sponsor,
    tend_cmd_tree;

#endif
