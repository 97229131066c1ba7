/* Who is that? The same source id or e-mail is the same person, in this file and in the
 * database; so is the same phone with a name that may be theirs, since a household has
 * one phone too. Somebody with none of them is told by the whole name among those of the
 * same source who have none either. */
#include "base/hash.h"
#include "desk/intake_parts.h"
#include "desk/name_like.h"
#include "store/ops_rows.h"

#define TWO_TOLD 5 /* rows that answer to two people, one line each */

struct slot { /* 12 bytes: of a million rows there are two million */
    uint32_t low, high; /* of the hash */
    uint32_t person;    /* 0: free */
};

struct part {
    struct slot *slots;
    int64_t n, cap;
};

#define PARTS 64

struct tend_match { /* in parts, so that only one of them is there twice when it grows */
    struct part part[PARTS];
};

struct tend_match *tend_match_create(void)
{
    return tend_alloc(sizeof(struct tend_match));
}

void tend_match_destroy(struct tend_match *match)
{
    for (int32_t i = 0; match && i < PARTS; i++)
        tend_free(match->part[i].slots);
    tend_free(match);
}

static uint64_t hash_of(char kind, struct tend_text a, struct tend_text b)
{
    uint64_t hash = tend_hash(TEND_HASH_SEED, &kind, 1);

    hash = tend_hash(hash, a.at, (size_t)a.len);
    return b.len > 0 ? tend_hash(hash, b.at, (size_t)b.len) : hash;
}

static struct slot *slot_of(const struct part *part, uint64_t hash)
{
    uint32_t low = (uint32_t)hash, high = (uint32_t)(hash >> 32);
    int64_t i = (int64_t)((uint64_t)high * (uint64_t)part->cap >> 32);

    while (part->slots[i].person && (part->slots[i].low != low || part->slots[i].high != high))
        i = i + 1 < part->cap ? i + 1 : 0;
    return &part->slots[i];
}

static void grow(struct part *part)
{
    struct part bigger = { .n = part->n, .cap = part->cap ? part->cap + part->cap / 2 : 16 };

    bigger.slots = tend_alloc((size_t)bigger.cap * sizeof *bigger.slots);
    for (int64_t i = 0; i < part->cap; i++) {
        const struct slot *slot = &part->slots[i];

        if (slot->person)
            *slot_of(&bigger, (uint64_t)slot->high << 32 | slot->low) = *slot;
    }
    tend_free(part->slots);
    *part = bigger;
}

tend_id tend_match_find(const struct tend_match *match, char kind, struct tend_text a,
                        struct tend_text b)
{
    uint64_t hash = hash_of(kind, a, b);
    const struct part *part = &match->part[hash % PARTS];

    return part->n ? slot_of(part, hash)->person : 0;
}

tend_id tend_match_add(struct tend_match *match, char kind, struct tend_text a,
                       struct tend_text b, tend_id person)
{
    uint64_t hash = hash_of(kind, a, b);
    struct part *part = &match->part[hash % PARTS];
    struct slot *slot;

    if (part->n * 4 >= part->cap * 3)
        grow(part);
    slot = slot_of(part, hash);
    if (slot->person)
        return slot->person;
    *slot = (struct slot){ (uint32_t)hash, (uint32_t)(hash >> 32), (uint32_t)person };
    part->n++;
    return person;
}

/* --- rows --------------------------------------------------------------- */

static const struct {
    enum tend_intake_field field;
    char letter;
    const char *kind;
} keyed[] = {
    /* the surest first */
    { TEND_FIELD_ID, 'i', "id" },
    { TEND_FIELD_EMAIL, 'e', "email" },
    { TEND_FIELD_PHONE, 'p', "phone" },
};
#define N_KEYED (sizeof keyed / sizeof keyed[0])

static const struct tend_text nothing = { "", 0 };

tend_status tend_intake_of(struct tend_intake_run *run, tend_id person,
                           const struct tend_known **known)
{
    tend_status status = TEND_OK;

    if (run->known_of != person)
        status = tend_intake_known(run->desk->store, person, &run->arena, &run->known);
    run->known_of = status == TEND_OK ? person : 0;
    *known = &run->known;
    return status;
}

/* Does this person have the key, whoever had it first? */
static tend_status has_key_too(struct tend_intake_run *run, tend_id person, const char *kind,
                               struct tend_text key, bool *has)
{
    const struct tend_known *known;
    tend_status status = tend_intake_of(run, person, &known);

    *has = false;
    for (int64_t i = 0; status == TEND_OK && i < known->n_points && !*has; i++)
        *has = tend_text_is(known->points[i].kind, kind) &&
               tend_text_eq(known->points[i].key, key);
    return status;
}

/* A key of the row that somebody else has: kept, but it leads to nobody. */
static void set_aside(struct tend_intake_run *run, struct tend_intake_value *v, const char *kind)
{
    v->field = TEND_FIELD_ATTRIBUTE;
    v->name = tend_text_of(tend_arena_printf(&run->arena, "%s.also", kind));
    v->key = nothing;
}

static void tell_two(struct tend_intake_run *run, const struct tend_intake_row *row, tend_id person,
                     tend_id other)
{
    bool before = person < other;

    if (run->answer_to_two++ < TWO_TOLD)
        tend_deed_warn(run->deed, "line %lld answers to p%lld and p%lld; kept with p%lld",
                       (long long)row->line, (long long)(before ? person : other),
                       (long long)(before ? other : person), (long long)person);
}

static tend_status find_key(struct tend_intake_run *run, size_t k, struct tend_text key,
                            tend_id *person)
{
    *person = tend_match_find(run->keys, keyed[k].letter, key, nothing);
    if (*person || !run->keyed_before)
        return TEND_OK;
    return tend_intake_by_key(run->desk->store, tend_text_of(keyed[k].kind), key, person);
}

/* --- who shares a phone --------------------------------------------------- */

/* Of one phone, the first holders have a place in the table each; whoever comes behind
 * them is found by the whole name. */
#define HOLDERS 6

static struct tend_text place(int32_t i)
{
    static const char digits[] = "0123456789";

    return i > 0 ? (struct tend_text){ &digits[i], 1 } : nothing;
}

struct asked { /* who has this phone, of whom the row may tell? */
    struct tend_intake_run *run;
    struct tend_text key, name;
    tend_id own; /* whom the row tells of by a surer key; 0 nobody */
    tend_id found;
};

static tend_status may_be(struct asked *a, tend_id person)
{
    const struct tend_known *known;
    tend_status status;

    if (person == a->own) {
        a->found = person;
        return TEND_OK;
    }
    if (a->found)
        return TEND_OK;
    status = tend_intake_of(a->run, person, &known);
    if (status == TEND_OK && tend_name_compatible(&a->run->arena, a->name, known->name))
        a->found = person;
    return status;
}

static tend_status before_this_file(struct asked *a)
{
    tend_id holders[HOLDERS];
    int64_t n;
    tend_status status =
        tend_intake_holders(a->run->desk->store, TEND_TEXT("phone"), a->key, HOLDERS, holders, &n);

    for (int64_t i = 0; i < n && status == TEND_OK; i++)
        status = may_be(a, holders[i]);
    if (status == TEND_OK && !a->found && n == HOLDERS)
        status = tend_intake_holder(a->run->desk->store, TEND_TEXT("phone"), a->key, a->name,
                                    &a->found);
    return status;
}

static tend_status find_phone(struct tend_intake_run *run, const struct tend_intake_row *row,
                              struct tend_text key, tend_id own, tend_id *person)
{
    struct asked a = { .run = run, .key = key, .name = tend_intake_name(run, row), .own = own };
    tend_status status = TEND_OK;
    int32_t i = 0;

    for (; i < HOLDERS && status == TEND_OK && (!a.found || own); i++) {
        tend_id holder = tend_match_find(run->keys, 'p', key, place(i));

        if (!holder)
            break;
        status = may_be(&a, holder);
    }
    if (i == HOLDERS && !a.found)
        a.found = tend_match_find(run->keys, 'q', key, a.name);
    if (status == TEND_OK && !a.found && run->keyed_before)
        status = before_this_file(&a);
    *person = a.found;
    return status;
}

static void remember_phone(struct tend_intake_run *run, const struct tend_intake_row *row,
                           struct tend_text key, tend_id person)
{
    for (int32_t i = 0; i < HOLDERS; i++) {
        if (tend_match_add(run->keys, 'p', key, place(i), person) == person)
            return;
    }
    tend_match_add(run->keys, 'q', key, tend_intake_name(run, row), person);
}

/* --- who was exported by a tend ------------------------------------------- */

static void load_uid(void *data, tend_id person, struct tend_text uid)
{
    struct tend_intake_run *run = data;

    tend_match_add(run->keys, 'u', uid, nothing, person);
}

/* The person with the row's uid; *uid is empty if the row has none. */
static tend_status match_uid(struct tend_intake_run *run, const struct tend_intake_row *row,
                             struct tend_text *uid, tend_id *person)
{
    tend_status status = TEND_OK;

    *uid = tend_intake_first(run, row, TEND_FIELD_UID);
    *person = 0;
    if (uid->len == 0)
        return TEND_OK;
    if (!run->uids_loaded)
        status = tend_rows_uids(run->desk->store, load_uid, run);
    run->uids_loaded = true;
    *person = tend_match_find(run->keys, 'u', *uid, nothing);
    run->matched = "uid";
    return status;
}

/* Is that somebody of whom another row with a uid has told? */
static bool is_claimed(struct tend_intake_run *run, tend_id person)
{
    const char *id = tend_arena_printf(&run->arena, "%lld", (long long)person);

    return tend_match_find(run->keys, 'c', tend_text_of(id), nothing) != 0;
}

static void claim(struct tend_intake_run *run, struct tend_text uid, tend_id person)
{
    const char *id = tend_arena_printf(&run->arena, "%lld", (long long)person);

    tend_match_add(run->keys, 'u', uid, nothing, person);
    tend_match_add(run->keys, 'c', tend_text_of(id), nothing, person);
}

static tend_status match_keys(struct tend_intake_run *run, const struct tend_intake_row *row,
                              bool *has_key, tend_id *person)
{
    struct tend_text uid;
    tend_id other = 0;
    tend_status known = match_uid(run, row, &uid, person);

    *has_key = uid.len > 0;
    if (known != TEND_OK || *person)
        return known;
    for (size_t k = 0; k < N_KEYED; k++) {
        for (int64_t i = row->first; i < row->first + row->n; i++) {
            struct tend_intake_value *v = &run->values.at[i];
            tend_id found = 0;
            bool has = true;
            tend_status status = TEND_OK;

            if (v->field != keyed[k].field || v->key.len == 0)
                continue;
            *has_key = true;
            status = keyed[k].letter == 'p' ? find_phone(run, row, v->key, *person, &found)
                                            : find_key(run, k, v->key, &found);
            if (found && uid.len > 0 && is_claimed(run, found))
                found = 0;      /* two who were apart where they come from */
            if (status == TEND_OK && *person && found && found != *person)
                status = has_key_too(run, *person, keyed[k].kind, v->key, &has);
            if (status != TEND_OK)
                return status;
            if (!*person && found)
                run->matched = keyed[k].kind;
            if (!*person)
                *person = found;
            if (has)
                continue;
            other = found;
            set_aside(run, v, keyed[k].kind);
        }
    }
    if (other)
        tell_two(run, row, *person, other);
    return TEND_OK;
}

/* What is no address is not kept as one. */
static void set_aside_emails(struct tend_intake_run *run, const struct tend_intake_row *row)
{
    for (int64_t i = row->first; i < row->first + row->n; i++) {
        struct tend_intake_value *v = &run->values.at[i];

        if (v->field != TEND_FIELD_EMAIL || v->key.len > 0)
            continue;
        v->field = TEND_FIELD_ATTRIBUTE;
        v->name = tend_text_of(tend_arena_printf(&run->arena, "%s.email", run->out->reader));
    }
}

static void tell_odd(struct tend_intake_run *run, const struct tend_intake_odd *odd,
                     const char *one, const char *more, const char *kept)
{
    if (odd->n == 1)
        tend_deed_warn(run->deed, "line %lld: \"%s\" is %s: %s%s", (long long)odd->line,
                       odd->first, one, odd->why, kept);
    else if (odd->n > 1)
        tend_deed_warn(run->deed, "%lld values are %s, first in line %lld: \"%s\": %s%s",
                       (long long)odd->n, more, (long long)odd->line, odd->first, odd->why, kept);
}

void tend_intake_tell(struct tend_intake_run *run)
{
    int64_t more = run->answer_to_two - TWO_TOLD;

    tend_intake_dates_tell(run);
    if (more > 0)
        tend_deed_warn(run->deed, "%lld more row%s to two people", (long long)more,
                       more == 1 ? " answers" : "s answer");
    tell_odd(run, &run->odd_emails, "no e-mail address", "no e-mail addresses",
             tend_arena_printf(&run->deed->arena, "; kept as %s.email", run->out->reader));
    tell_odd(run, &run->odd_phones, "no whole phone number", "no whole phone numbers",
             "; kept as typed");
    if (run->damaged > 0)
        tend_deed_warn(run->deed, "%lld number%s damaged by a spreadsheet (%s): kept as typed, and "
                       "nobody is found by %s; write the file anew with that column as text",
                       (long long)run->damaged, run->damaged == 1 ? " is" : "s are",
                       run->damaged_first, run->damaged == 1 ? "it" : "them");
}

static void load_name(void *data, tend_id person, struct tend_text name, struct tend_text source)
{
    struct tend_intake_run *run = data;
    struct tend_arena scratch = { 0 };

    if (name.len > 0)
        tend_match_add(run->names, 'n', tend_text_fold(&scratch, name), source, person);
    tend_arena_finish(&scratch);
}

tend_status tend_intake_match(struct tend_intake_run *run, const struct tend_intake_row *row,
                              tend_id *person)
{
    bool has_key;
    tend_status status;

    *person = 0;
    set_aside_emails(run, row);
    if (!run->ask->match)
        return TEND_OK;
    status = match_keys(run, row, &has_key, person);
    if (status != TEND_OK || has_key)
        return status;
    if (!run->names_loaded) {
        status = tend_intake_unkeyed(run->desk->store, load_name, run);
        if (status != TEND_OK)
            return status;
        run->names_loaded = true;
    }
    run->matched = "name";
    *person =
        tend_match_find(run->names, 'n', tend_text_fold(&run->arena, tend_intake_name(run, row)),
                        tend_intake_origin(run, row));
    return TEND_OK;
}

void tend_intake_remember(struct tend_intake_run *run, const struct tend_intake_row *row,
                          tend_id person)
{
    bool has_key = false;

    struct tend_text uid = tend_intake_first(run, row, TEND_FIELD_UID);

    if (!run->ask->match)
        return;
    if (uid.len > 0)
        claim(run, uid, person);
    has_key = uid.len > 0;
    for (int64_t i = row->first; i < row->first + row->n; i++) {
        const struct tend_intake_value *v = &run->values.at[i];

        for (size_t k = 0; k < N_KEYED && v->key.len > 0; k++) {
            if (v->field != keyed[k].field)
                continue;
            if (keyed[k].letter == 'p')
                remember_phone(run, row, v->key, person);
            else
                tend_match_add(run->keys, keyed[k].letter, v->key, nothing, person);
            has_key = true;
        }
    }
    if (!has_key && run->names_loaded)
        tend_match_add(run->names, 'n', tend_text_fold(&run->arena, tend_intake_name(run, row)),
                       tend_intake_origin(run, row), person);
}
