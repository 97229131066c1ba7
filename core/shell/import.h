/* What import of files and import of a service share. */
#ifndef TEND_SHELL_IMPORT_H
#define TEND_SHELL_IMPORT_H

#include "desk/intake.h"
#include "shell/shell.h"

struct tend_import_run {
    struct tend_intake_ask ask;
    struct tend_intake *out;    /* one a file */
    int64_t n;
    struct tend_words files;
    bool *found;                /* this file was in a folder that was given */
    const char *service;        /* its name, instead of a file's; NULL */
    struct tend_buffer preview;
};

/* cmd_import.c: what came of it, and the exit status. Finishes the deed. */
int tend_import_print(struct tend_shell *shell, struct tend_deed *deed,
                      const struct tend_import_run *run);

#define TEND_IMPORT_FILES 1000  /* of one import */

/* import_folder.c: folders among the files become their files. folder: the one in which the
 * import was begun; NULL: this one. */
tend_status tend_import_folders(struct tend_shell *shell, const char *folder,
                                struct tend_import_run *run);
/* A file of a folder that nobody reads: it is named, and no more of `run`. */
bool tend_import_left_out(struct tend_shell *shell, struct tend_import_run *run, int64_t at,
                          tend_status status);

struct tend_import_view {           /* what is shown while it runs */
    struct tend_shell *shell;
    const char *name;               /* of the file */
    struct tend_intake_watch watch;
    int64_t started, begun, said;   /* ticks: when it and this part began, and was shown last */
    int64_t first;                  /* rows there were then */
    bool moves, shown, writing;     /* there is a line of progress to be had; it stands there */
};
/* import_view.c: from now on `ask` is watched by it. */
void tend_import_watch(struct tend_import_view *view, struct tend_intake_ask *ask);
/* The commit is all that is left. */
void tend_import_progress_last(struct tend_import_view *view);
void tend_import_progress_end(struct tend_import_view *view);

struct tend_import_files {
    const struct tend_parsed *parsed;
    struct tend_staging *staging;   /* of one that goes on; else NULL */
    const char *folder;             /* in which it was begun; NULL: this one */
};
/* Closes the staging. */
int tend_import_run(struct tend_shell *shell, const struct tend_import_files *files);

/* import_resume.c: a staging file for this import; NULL where it cannot have one. */
tend_status tend_import_stage(struct tend_shell *shell, const struct tend_parsed *parsed,
                              struct tend_staging **staging);
/* In the batch that merges it: so that it is never merged twice. */
tend_status tend_import_merged(struct tend_shell *shell, struct tend_staging *staging);
/* Says which imports wait. */
tend_status tend_import_waiting(struct tend_shell *shell);
/* Fills the slot with how an interrupted import goes on. */
tend_status tend_import_kept(struct tend_shell *shell, const struct tend_staging *staging);
int tend_import_resume(struct tend_shell *shell, const struct tend_parsed *parsed);
int tend_import_discard(struct tend_shell *shell, const struct tend_parsed *parsed);

/* import_service.c: the source of that name, if it asks a service; NULL. */
const struct tend_provider *tend_import_service_of(struct tend_shell *shell, const char *reader);
/* name=value among the files, of the options that this reader has: taken out of them. */
tend_status tend_import_reader_options(struct tend_shell *shell, const char *reader,
                                       struct tend_words *files, struct tend_call_args *args);
/* How long a worker may be silent; 0: the usual. */
int64_t tend_import_deadline(void);
tend_status tend_import_no_file(struct tend_shell *shell);
int tend_import_service(struct tend_shell *shell, const struct tend_parsed *parsed,
                        struct tend_import_run *run, const struct tend_provider *service);
/* The option of a source by its name; NULL. */
const struct tend_command_arg *tend_import_option(const struct tend_provider *service,
                                                  struct tend_text name);

#endif
