/* Plugins that the user added: where their record and their copies are, how they are
 * loaded at the start of every command, and what is shown before a yes. */
#ifndef TEND_SHELL_ADDED_H
#define TEND_SHELL_ADDED_H

#include "plugin/added.h"
#include "plugin/rights.h"
#include "shell/shell.h"

/* --- added.c -------------------------------------------------------------- */

/* The record in the configuration folder; NULL without a home. Lives in the arena. */
const char *tend_added_record(struct tend_shell *shell);
/* Where the copy of the plugin of this name is kept. */
const char *tend_added_folder(struct tend_shell *shell, const char *name);
/* Loads those that are enabled into the registry. What has changed since it was added
 * is said; nothing here fails a command. */
void tend_added_load(struct tend_shell *shell);
/* The same of this one alone, if there is one of that name. */
void tend_added_load_named(struct tend_shell *shell, const char *name);

struct tend_added_work {        /* the record while it is changed: nobody else writes it */
    struct tend_added_list list;
    const char *path;
    int lock;
};
/* After TEND_OK there must be an _end, which writes the record if `keep`. */
tend_status tend_added_begin(struct tend_shell *shell, struct tend_added_work *work);
tend_status tend_added_end(struct tend_shell *shell, struct tend_added_work *work, bool keep);
struct tend_origin {            /* where a plugin that is loaded is from; texts in the arena */
    const char *is;             /* "shipped", "added", "linked" or "folder" (--plugin-dir) */
    const char *from, *added;   /* of one that was added: where it was, and when; else "" */
    const char *changed;        /* a file that is not as it was then; else "" */
};
struct tend_origin tend_added_origin(struct tend_shell *shell, const char *path);
/* Of one that was added and is another now: a note, which for a module says that its code is not
 * loaded. */
void tend_added_say_changed(struct tend_shell *shell, const char *name, const char *file,
                            bool native);
/* added_switch.c: of `plugin enable` and `plugin disable`. */
extern const struct tend_member tend_added_members[];
int tend_added_switch(struct tend_shell *shell, const struct tend_parsed *parsed, bool on);

/* --- added_copy.c: the files ------------------------------------------------ */

/* The file that is loaded, of a file or of a folder that was named. */
tend_status tend_added_main(struct tend_shell *shell, const char *path, const char **file,
                            bool *folder);
/* Copies the file, or its whole folder, to where the plugin is kept, at once; *to is
 * the file that is loaded there, *aside where the copy from before stands now, or NULL. */
tend_status tend_added_copy(struct tend_shell *shell, const char *file, bool folder,
                            const char *name, const char **to, const char **aside);
/* The copy from before is needed no more, or takes its place again. */
void tend_added_forget(const char *aside);
void tend_added_back(struct tend_shell *shell, const char *name, const char *aside);
/* Hashes of all files of the plugin: its own folder, or the one file of a link. */
tend_status tend_added_hashes(struct tend_shell *shell, struct tend_added_list *list,
                              struct tend_added *added, bool folder);
/* Removes the copy. */
void tend_added_erase(struct tend_shell *shell, const char *name);

/* --- added_users.c: who uses the services of one that is updated --------------- */

#define TEND_ADDED_SERVICES 32
struct tend_added_services {
    struct tend_added_service {
        const char *name;
        int64_t level;
    } at[TEND_ADDED_SERVICES];
    int64_t n;
};
/* What it does for others as it is now; texts in the command's arena. */
void tend_added_services(struct tend_shell *shell, const char *plugin,
                         struct tend_added_services *out);
/* TEND_BUSY, with who it is, if somebody needs what was there before and is no more. */
tend_status tend_added_users_kept(struct tend_shell *shell, const char *plugin,
                                  const struct tend_added_services *before);

/* --- added_look.c: what it says of itself, and how that is told ------------- */

struct tend_look {              /* texts in the command's arena */
    const char *name, *version, *summary, *license, *author, *language, *provides;
    const char *file;
    struct tend_rights needs;
    bool native;
};
/* Reads the manifest; no init of a C module is run, and Lua has no rights meanwhile. */
tend_status tend_look_at(struct tend_shell *shell, const char *file, struct tend_look *look);
/* In plain words: what it is, and what it asks for. */
void tend_look_show(struct tend_shell *shell, const struct tend_look *look);
void tend_look_rights(struct tend_shell *shell, const struct tend_rights *rights,
                      const char *indent);
/* What a C module is, by its name. */
const char *tend_look_native(struct tend_shell *shell, const char *file);

#endif
