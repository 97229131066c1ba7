/* People by hand: add, set, tag, note, link, do-not-contact, archive. */
#ifndef TEND_DESK_PEOPLE_H
#define TEND_DESK_PEOPLE_H

#include "desk/desk.h"

enum tend_assign { TEND_ASSIGN_SET, TEND_ASSIGN_ADD, TEND_ASSIGN_REMOVE };

struct tend_field {             /* f=v  f+=v  f-=v  f= (set to empty) */
    struct tend_text name, value, label;
    enum tend_assign how;
};

/* Fields: name given family zone region source email phone url address tag
 * role interest keeper, and any attribute with a dot in its name. An unknown
 * one is TEND_INVALID with a suggestion; a zone that is none, an e-mail
 * without @, likewise. */
tend_status tend_field_check(struct tend_desk *desk, const struct tend_field *field);

/* With a contact point that somebody has: TEND_EXISTS, *known says who, unless
 * `another`. Raises person.added; gives the initial stage. */
tend_status tend_person_add(struct tend_desk *desk, struct tend_deed *deed, struct tend_text name,
                            const struct tend_field *fields, int64_t n, bool another,
                            tend_id *person, tend_id *known);
tend_status tend_person_set(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            const struct tend_field *fields, int64_t n);
tend_status tend_person_tag(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                            struct tend_text tag, bool on);
tend_status tend_person_note(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             struct tend_text text, tend_id *note);
tend_status tend_person_link(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                             tend_id other, struct tend_text kind, tend_id *link);
/* Is this kind of link the same from either side, as spouse is? */
bool tend_link_both_ways(struct tend_text kind);
/* channel: all call text email visit; on false lifts it. */
tend_status tend_person_do_not_contact(struct tend_desk *desk, struct tend_deed *deed,
                                       tend_id person, struct tend_text channel,
                                       struct tend_text text, bool on, tend_id *dnc);

/* Erases them for good; the batch is sealed. A hash of each contact point stays. */
tend_status tend_person_forget(struct tend_desk *desk, struct tend_deed *deed, tend_id person);
/* Off the lists, or (on false) back on them. TEND_EXISTS if it is so already.
 * What plugins had planned is dropped. */
tend_status tend_person_archive(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                bool on);

struct tend_consent_ask {
    struct tend_text channel;   /* as of do-not-contact */
    struct tend_text wording;   /* what was agreed to */
    struct tend_text origin;    /* where: a form, a call */
    int64_t at;                 /* 0: now */
};
/* on false takes it back: TEND_NOT_FOUND if there is none. */
tend_status tend_person_consent(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                const struct tend_consent_ask *ask, bool on, tend_id *consent);

/* A task (title why kind), note (text person, by its id), link (kind) or objection
 * (stated underlying) is corrected, or taken back. */
tend_status tend_row_edit(struct tend_desk *desk, struct tend_deed *deed, enum tend_ref_kind kind,
                          tend_id id, struct tend_text field, struct tend_text value);
tend_status tend_row_remove(struct tend_desk *desk, struct tend_deed *deed,
                            enum tend_ref_kind kind, tend_id id);

/* The given name (the first one: Ann of Ann Marie Lee; both of a double one, Juan
 * Carlos) and the family name (with its particles: van Dyke; both of two, where
 * that is sure) of a name as people write it: "Lee, Ann", "LEE Ann", "Dr. Ann Lee,
 * PhD", "Ann & Bob Lee" (the first of them), 山田太郎. Titles, middle names and
 * suffixes are in neither. One word, and a firm, is the given name. Both lie
 * within name. In region HU the family comes first. */
void tend_name_split(struct tend_text name, struct tend_text *given, struct tend_text *family);
void tend_name_split_in(struct tend_text name, struct tend_text region, struct tend_text *given,
                        struct tend_text *family);
/* "Ann Lee" of "Lee, Ann"; any other name as it is. */
struct tend_text tend_name_turned(struct tend_arena *arena, struct tend_text name);
/* Two words or more, all in capitals or all in small letters; false where the
 * other case is not sure (Turkish, Greek, digits). */
bool tend_name_one_case(struct tend_text name);
/* Such a name as it is written: "Jan van der Berg", "Ann McDonald". family: it is
 * the family alone, which may begin with a small letter. */
struct tend_text tend_name_recased(struct tend_arena *arena, struct tend_text name, bool family);

#endif
