/* What the files of the kit share: the run that is being reported, and the world in which
 * a plugin is tested. */
#ifndef TEND_KIT_PRIVATE_H
#define TEND_KIT_PRIVATE_H

#include "base/arena.h"
#include "base/text.h"
#include "desk/desk.h"
#include "kit/kit.h"
#include "plugin/effects.h"

#define TEND_KIT_NOW "2026-06-01T09:00:00Z"     /* a Monday */

struct tend_kit_place {         /* where things of a plugin are; texts in the arena */
    const char *file;           /* NAME.lua, NAME.so */
    const char *name;           /* of the file */
    const char *folder;         /* the author's: with README.md, tests/ */
    const char *tests;          /* folder/tests, or NULL */
    bool lua;
};
/* path: the file, its folder, or a project whose build folder has it. tests may be NULL. */
tend_status tend_kit_find(const char *path, const char *tests, struct tend_arena *arena,
                          struct tend_kit_place *place, struct tend_error *err);

struct tend_kit_run {
    const struct tend_kit_ask *ask;
    struct tend_kit_sum sum;
    struct tend_kit_place place;
    struct tend_arena arena;
};
/* One check; fmt "" when there is nothing to say. Returns ok. */
bool tend_kit_says(struct tend_kit_run *run, bool ok, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void tend_kit_skip(struct tend_kit_run *run, const char *name, const char *why);

/* A database in memory with the plugin, those that come with tend, and three people: me, one of whom only
 * the name is known, and one of whom everything is. */
struct tend_kit_world {
    struct tend_desk desk;
    struct tend_store *store;
    struct tend_registry *registry;
    struct tend_clock clock;
    struct tend_error err;
    struct tend_arena arena;
    tend_id bare, full, touch;      /* touch: of full */
    int64_t logged;                 /* lines that the plugin logged */
};
/* alone: without the plugins of tend. people: with the three. */
tend_status tend_kit_world_open(struct tend_kit_world *world, const struct tend_kit_run *run,
                                bool alone, bool people);
void tend_kit_world_close(struct tend_kit_world *world);
/* The plugin under test. */
struct tend_instance *tend_kit_own(const struct tend_kit_world *world);
/* The index-th record of a kind that the plugin provides; NULL past the last. */
const struct tend_provider *tend_kit_record(const struct tend_kit_world *world, const char *kind,
                                            int64_t index);
/* An event of this name, of the one of whom little is known, or of the other with all that
 * an event can say. */
struct tend_event_data tend_kit_event(struct tend_kit_world *world, const char *name, bool much);
/* What a policy answers, as text. */
tend_status tend_kit_answer(struct tend_kit_world *world, const struct tend_provider *policy,
                            const struct tend_event_data *event, struct tend_buffer *out);
void tend_kit_tell(struct tend_buffer *out, const struct tend_effects *effects);
/* The first file in tests/ that is neither a transcript nor code, and that the source
 * knows: its path, and what is in it; or NULL. */
const char *tend_kit_sample(struct tend_kit_run *run, struct tend_kit_world *world,
                            const struct tend_provider *source, struct tend_buffer *text);
/* One number over all facts. */
uint64_t tend_kit_world_sum(struct tend_kit_world *world);
/* What stands in the slot, or the name of the status. */
const char *tend_kit_why(const struct tend_kit_world *world, tend_status status);

/* The topics; each says its checks. */
void tend_kit_test_load(struct tend_kit_run *run);
void tend_kit_test_scarce(struct tend_kit_run *run);
void tend_kit_test_policy(struct tend_kit_run *run);
void tend_kit_test_source(struct tend_kit_run *run);
void tend_kit_test_page(struct tend_kit_run *run);
void tend_kit_test_channel(struct tend_kit_run *run);
void tend_kit_test_normaliser(struct tend_kit_run *run);
void tend_kit_test_stage(struct tend_kit_run *run);
void tend_kit_test_command(struct tend_kit_run *run);
void tend_kit_test_matcher(struct tend_kit_run *run);
void tend_kit_test_playbook(struct tend_kit_run *run);
void tend_kit_test_report(struct tend_kit_run *run);
void tend_kit_test_service(struct tend_kit_run *run);
void tend_kit_test_driver(struct tend_kit_run *run);
void tend_kit_test_self(struct tend_kit_run *run);
void tend_kit_test_transcripts(struct tend_kit_run *run);

/* transcript.c: one of them; `where` names it. */
void tend_kit_transcript(struct tend_kit_run *run, const char *where, struct tend_text text);

/* file.c */
tend_status tend_kit_file_read(const char *path, struct tend_buffer *out, struct tend_error *err);
/* The names in a folder, sorted, in the arena; 0 where there is none. */
int64_t tend_kit_file_names(const char *dir, struct tend_arena *arena, const char ***names);

#endif
