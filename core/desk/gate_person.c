/* What the clock on somebody's wall shows, as far as that is known, and their
 * own good times. */
#include "desk/gate_parts.h"
#include "desk/region.h"
#include "store/ops_person.h"
#include "store/ops_read.h"
#include "store/ops_rows.h"

/* Do two zones show the same all year round? */
static bool alike(const struct tend_zone *a, const struct tend_zone *b, int64_t now)
{
    for (int64_t month = 0; month < 12; month++) {
        int64_t at = now + month * 30 * 24 * TEND_HOUR;

        if (tend_zone_offset(a, at) != tend_zone_offset(b, at))
            return false;
    }
    return true;
}

/* Those of a country that differ; kept for the next person, who mostly lives there too. */
static int64_t zones_of(struct tend_text code, int64_t now, const struct tend_zone *const **out)
{
    static struct {
        char code[2];
        int64_t now, n;
        const struct tend_zone *zone[TEND_GATE_ZONES];
    } last;
    const struct tend_zone *zones[TEND_GATE_ZONES];
    int64_t n;

    *out = last.zone;
    if (code.len != 2)
        return 0;
    if (last.n > 0 && memcmp(last.code, code.at, 2) == 0 && last.now == now)
        return last.n;
    memcpy(last.code, code.at, 2);
    last.now = now;
    last.n = 0;
    n = tend_zone_of_country(code, zones, TEND_GATE_ZONES);
    for (int64_t i = 0; i < n; i++) {
        int64_t k = 0;

        while (k < last.n && !alike(zones[i], last.zone[k], now))
            k++;
        if (k == last.n)
            last.zone[last.n++] = zones[i];
    }
    return last.n;
}

static void take_country(struct tend_gate_person *p, struct tend_text code, const char *by,
                         int64_t now)
{
    const struct tend_zone *const *zones;

    p->n_zones = zones_of(code, now, &zones);
    memcpy(p->zone, zones, (size_t)p->n_zones * sizeof *zones);
    p->by = by;
}

/* The country of the first telephone number that says one. */
static tend_status phone_country(struct tend_desk *desk, tend_id person, struct tend_arena *arena,
                                 struct tend_text *code)
{
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(desk->store, TEND_T_contact_point, person, arena, &ids, &n);

    *code = (struct tend_text){ "", 0 };
    for (int64_t i = 0; status == TEND_OK && code->len == 0 && i < n; i++) {
        struct tend_value v[TEND_N_contact_point];
        const struct tend_region *region;
        struct tend_text key;

        status = tend_row_read(desk->store, TEND_T_contact_point, ids[i], arena, v, NULL);
        key = v[TEND_C_contact_point_key].t;
        if (status != TEND_OK || !tend_text_is(v[TEND_C_contact_point_kind].t, "phone") ||
            v[TEND_C_contact_point_key].type != TEND_STR || !tend_text_starts(key, "+"))
            continue;
        region = tend_region_of((struct tend_text){ key.at + 1, key.len - 1 });
        if (region)
            *code = tend_text_of(region->code);
    }
    return status;
}

static tend_status take_zones(struct tend_desk *desk, tend_id person, struct tend_arena *arena,
                              struct tend_gate_person *p)
{
    int64_t now = tend_clock_now(desk->clock) / TEND_HOUR * TEND_HOUR;
    struct tend_value v[TEND_N_person];
    struct tend_text code = { "", 0 };
    tend_status status = tend_row_read(desk->store, TEND_T_person, person, arena, v, NULL);

    if (status != TEND_OK)
        return status;
    if (v[TEND_C_person_zone].t.len > 0) {
        p->zone[p->n_zones++] = tend_person_zone(desk->store, person);
        return TEND_OK;
    }
    if (v[TEND_C_person_region].t.len == 2)
        take_country(p, v[TEND_C_person_region].t, "by their region", now);
    if (p->n_zones == 0) {
        status = phone_country(desk, person, arena, &code);
        take_country(p, code, "by their phone number", now);
    }
    if (p->n_zones == 0) {
        p->zone[p->n_zones++] = tend_store_zone(desk->store);
        p->by = "your zone: theirs is not known";
    }
    return status;
}

/* A schedule that the person has as a field; false if there is none. */
static tend_status own_times(struct tend_desk *desk, tend_id person, const char *name,
                             struct tend_arena *arena, struct tend_hours *hours, bool *has)
{
    struct tend_error ignored = { 0 };
    struct tend_text value;
    tend_status status = tend_read_list(desk->store, TEND_READ_ATTRIBUTE, person,
                                        tend_text_of(name), 0, arena, &value);

    *has = status == TEND_OK && value.len > 0 &&
           tend_hours_parse(value, hours, &ignored) == TEND_OK;
    return status;
}

tend_status tend_gate_person(struct tend_desk *desk, tend_id person, struct tend_arena *arena,
                             struct tend_gate_person *p)
{
    bool has;
    tend_status status;

    memset(p, 0, sizeof *p);
    status = take_zones(desk, person, arena, p);
    if (status == TEND_OK)
        status = own_times(desk, person, "quiet", arena, &p->quiet, &has);
    if (status == TEND_OK && !has)
        p->quiet = tend_rules_get(desk)->quiet;
    if (status == TEND_OK)
        status = own_times(desk, person, "hours", arena, &p->hours, &has);
    if (status == TEND_OK && !has)
        p->hours.n = 0;
    return status;
}
