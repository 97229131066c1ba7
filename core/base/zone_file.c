/* Reading the bytes of a TZif file (RFC 8536). Files come from the machine, but
 * a folder can be named by TZDIR: every count and index is checked against the
 * length before it is used. */
#include "base/memory.h"
#include "base/zone_parts.h"
#include <string.h>

#define HEADER 44

struct bytes {
    const unsigned char *at;
    uint64_t left;
};

struct counts {
    uint64_t isut, isstd, leap, time, type, chars;
};

static uint32_t be32(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* The same number with its sign, without a conversion that a compiler defines. */
static int64_t signed32(const unsigned char *at)
{
    int64_t value = be32(at);

    return value > INT32_MAX ? value - (INT64_C(1) << 32) : value;
}

static int64_t signed64(const unsigned char *at)
{
    uint64_t value = (uint64_t)be32(at) << 32 | be32(at + 4);

    return value > INT64_MAX ? -(int64_t)~value - 1 : (int64_t)value;
}

static const unsigned char *take(struct bytes *in, uint64_t n)
{
    const unsigned char *at = in->at;

    if (n > in->left)
        return NULL;
    in->at += n;
    in->left -= n;
    return at;
}

static const char *take_header(struct bytes *in, unsigned char *version, struct counts *counts)
{
    const unsigned char *at = take(in, HEADER);

    if (!at)
        return "the header is cut short";
    if (memcmp(at, "TZif", 4) != 0)
        return "it does not begin with TZif";
    *version = at[4];
    if (*version != 0 && *version < '2')
        return "the version is unknown";
    *counts = (struct counts){ be32(at + 20), be32(at + 24), be32(at + 28),
                               be32(at + 32), be32(at + 36), be32(at + 40) };
    return NULL;
}

/* Each count is below 2^32, so the sum cannot overflow. */
static uint64_t block_size(const struct counts *n, uint64_t time_size)
{
    return n->time * time_size + n->time + n->type * 6 + n->chars + n->leap * (time_size + 4) +
           n->isstd + n->isut;
}

/* Types: 4 bytes of offset, 1 "is summer time", 1 index of the name. */
static const char *take_types(const unsigned char *types, const struct counts *n,
                              int32_t offsets[256])
{
    for (uint64_t i = 0; i < n->type; i++) {
        int64_t offset = signed32(types + i * 6);

        if (offset < TEND_ZONE_WEST || offset > TEND_ZONE_EAST)
            return "an offset is beyond 26 hours";
        if (types[i * 6 + 4] > 1)
            return "a summer time flag is neither 0 nor 1";
        if (types[i * 6 + 5] >= n->chars)
            return "a name lies outside the names";
        offsets[i] = (int32_t)offset;
    }
    return NULL;
}

static const char *take_block(struct bytes *in, const struct counts *n, uint64_t time_size,
                              struct tend_zone *zone)
{
    const unsigned char *times, *indexes, *types;
    int32_t offsets[256];
    const char *wrong;

    if (n->type == 0 || n->type > 256)
        return "the number of types is not 1 to 256";
    if (n->chars == 0 || (n->isut != 0 && n->isut != n->type) ||
        (n->isstd != 0 && n->isstd != n->type))
        return "its counts do not fit each other";
    times = take(in, block_size(n, time_size));
    if (!times)
        return "it is shorter than its counts say";
    indexes = times + n->time * time_size;
    types = indexes + n->time;
    if ((wrong = take_types(types, n, offsets)))
        return wrong;
    zone->first = offsets[0];
    zone->n = (int64_t)n->time;
    zone->at = tend_alloc(n->time * sizeof *zone->at);
    zone->offset = tend_alloc(n->time * sizeof *zone->offset);
    for (uint64_t i = 0; i < n->time; i++) {
        zone->at[i] = time_size == 8 ? signed64(times + i * 8) : signed32(times + i * 4);
        if (i > 0 && zone->at[i] <= zone->at[i - 1])
            return "its times do not ascend";
        if (indexes[i] >= n->type)
            return "a type lies outside the types";
        zone->offset[i] = offsets[indexes[i]];
    }
    return NULL;
}

/* A line end, the rule (which can be empty), a line end. */
static const char *take_footer(struct bytes *in, struct tend_zone *zone)
{
    const unsigned char *end;

    if (in->left < 2 || in->at[0] != '\n')
        return "the rule at its end is missing";
    in->at++;
    in->left--;
    end = memchr(in->at, '\n', in->left);
    if (!end)
        return "the rule at its end is cut short";
    if (end == in->at)
        return NULL;
    zone->has_rule =
        tend_zone_rule_parse((struct tend_text){ (const char *)in->at, end - in->at }, &zone->rule);
    return zone->has_rule ? NULL : "the rule at its end cannot be understood";
}

static const char *take_file(struct bytes *in, struct tend_zone *zone)
{
    struct counts counts;
    unsigned char version;
    const char *wrong = take_header(in, &version, &counts);

    if (wrong)
        return wrong;
    if (version == 0)
        return take_block(in, &counts, 4, zone);
    /* the first block is for readers of version 1 only */
    if (!take(in, block_size(&counts, 4)))
        return "it is shorter than its counts say";
    if ((wrong = take_header(in, &version, &counts)))
        return wrong;
    if (version == 0)
        return "its two versions differ";
    if ((wrong = take_block(in, &counts, 8, zone)))
        return wrong;
    return take_footer(in, zone);
}

tend_status tend_zone_parse(const char *name, const void *bytes, size_t len,
                            struct tend_zone **zone, struct tend_error *err)
{
    struct bytes in = { bytes, len };
    struct tend_zone *made = tend_alloc(sizeof *made);
    const char *wrong = take_file(&in, made);

    if (wrong) {
        tend_zone_free(made);
        return tend_error_set(err, TEND_INVALID, "%s is not a time zone file: %s", name, wrong);
    }
    made->name = tend_strdup(name);
    *zone = made;
    return TEND_OK;
}

void tend_zone_free(struct tend_zone *zone)
{
    if (!zone)
        return;
    tend_free(zone->name);
    tend_free(zone->at);
    tend_free(zone->offset);
    tend_free(zone);
}
