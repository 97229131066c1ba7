/* People, tasks and touches as JSON and as rows of tables. */
#ifndef TEND_SHELL_VIEW_H
#define TEND_SHELL_VIEW_H

#include "shell/output.h"
#include "store/ops_person.h"
#include "store/ops_task.h"
#include "store/ops_touch.h"

/* Members of an object that is open. */
void tend_json_person(struct tend_shell *shell, struct tend_json *json,
                      const struct tend_person_view *view);
void tend_json_task(struct tend_shell *shell, struct tend_json *json,
                    const struct tend_task_view *view);
void tend_json_touch(struct tend_shell *shell, struct tend_json *json,
                     const struct tend_touch_view *view);
/* "cause": {"touch": 4}, or null. */
void tend_json_ref(struct tend_json *json, const char *key, enum tend_ref_kind kind, tend_id id);
/* The stage of the primary track; empty if there is none. */
struct tend_text tend_view_stage(struct tend_shell *shell, const struct tend_person_view *view);
/* The first contact point of a kind, as typed. */
struct tend_text tend_view_point(const struct tend_person_view *view, const char *kind);
struct tend_text tend_view_join(struct tend_shell *shell, const struct tend_text *texts,
                                int64_t n);
const struct tend_zone *tend_view_zone(struct tend_shell *shell,
                                       const struct tend_task_view *view);
/* Adds "Sat 28 Nov to Thu 3 Dec". */
void tend_view_window(struct tend_shell *shell, struct tend_buffer *buf,
                      const struct tend_task_view *view);
/* Is what is printed for programs? Then days are written with their year. */
bool tend_view_plain(const struct tend_shell *shell);
/* Adds "2026-11-26 19:00"; wall < 0: only the day. */
void tend_view_stamp(struct tend_buffer *buf, int64_t day, int64_t wall);
/* Adds "Thu 26 Nov 19:00" in the user's zone. */
void tend_view_instant(struct tend_shell *shell, struct tend_buffer *buf, int64_t instant);

/* What a person is called in a list: without a name by e-mail, or by number. */
struct tend_text tend_view_name(const struct tend_person_view *view);
struct tend_text tend_view_called(struct tend_shell *shell, tend_id person);
/* Prints people as table, TSV or CSV, or as a JSON array. */
tend_status tend_view_people(struct tend_shell *shell, const tend_id *persons, int64_t n);
/* The card of `show`. */
tend_status tend_view_card(struct tend_shell *shell, const struct tend_person_view *view);

#endif
