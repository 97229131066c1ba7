/* What a Lua pattern can cost. The pattern functions cannot be interrupted, so
 * the most that they may do is worked out before: every repetition that can
 * give back what it took multiplies the work by the length of the text, except
 * where it is seen that giving back cannot help:
 *
 *     [^,]*,      the comma is not in [^,]: only the longest run can go on
 *     %w+         nothing follows that could fail
 *
 * The walk is from the last item to the first. `fail` is the most work of an
 * attempt that fails, `match` of one that does not; a fail of 0 is an item
 * from which on nothing can fail. */
#include "lua/lua_state.h"
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#define ITEMS_MOST 400
#define TOO_MUCH 1e300

struct set {
    uint32_t bits[8];
};

enum item_kind { ITEM_ONE, ITEM_BALANCE, ITEM_FRONTIER, ITEM_BACK };

struct item {
    enum item_kind kind;
    char repeat;   /* * + - ? or 0 */
    double weight; /* of one comparison */
    struct set set;
};

static void set_add(struct set *set, int c)
{
    set->bits[c >> 5] |= UINT32_C(1) << (c & 31);
}

static bool set_meets(const struct set *a, const struct set *b)
{
    for (int i = 0; i < 8; i++)
        if (a->bits[i] & b->bits[i])
            return true;
    return false;
}

static bool set_is_all(const struct set *set)
{
    for (int i = 0; i < 8; i++)
        if (set->bits[i] != UINT32_MAX)
            return false;
    return true;
}

static bool in_class(int c, int class)
{
    bool in;

    switch (tolower(class)) {
    case 'a':
        in = isalpha(c);
        break;
    case 'c':
        in = iscntrl(c);
        break;
    case 'd':
        in = isdigit(c);
        break;
    case 'g':
        in = isgraph(c);
        break;
    case 'l':
        in = islower(c);
        break;
    case 'p':
        in = ispunct(c);
        break;
    case 's':
        in = isspace(c);
        break;
    case 'u':
        in = isupper(c);
        break;
    case 'w':
        in = isalnum(c);
        break;
    case 'x':
        in = isxdigit(c);
        break;
    default:
        return c == class;
    }
    return isupper(class) ? !in : in;
}

/* A class is worked out once: a plugin asks for the same few at every event. */
static void add_class(struct set *set, int class)
{
    static struct set classes[256];
    static bool known[256];
    struct set *of = &classes[class & 255];

    for (int c = 0; !known[class & 255] && c < 256; c++)
        if (in_class(c, class))
            set_add(of, c);
    known[class & 255] = true;
    for (int i = 0; i < 8; i++)
        set->bits[i] |= of->bits[i];
}

/* What stands after [; returns past the ], or NULL if that is missing. */
static const char *read_set(const char *at, const char *end, struct item *item)
{
    bool negated = at < end && *at == '^', first = true;
    const char *begin = at;

    if (negated)
        at++;
    for (; at < end && (first || *at != ']'); first = false) {
        unsigned char c = (unsigned char)*at++;

        if (c == '%' && at < end) {
            add_class(&item->set, (unsigned char)*at++);
        } else if (at + 1 < end && *at == '-' && at[1] != ']') {
            for (int i = c; i <= (unsigned char)at[1]; i++)
                set_add(&item->set, i);
            at += 2;
        } else {
            set_add(&item->set, c);
        }
    }
    if (at >= end)
        return NULL;
    if (negated)
        for (int i = 0; i < 8; i++)
            item->set.bits[i] = ~item->set.bits[i];
    item->weight = 1 + (double)(at - begin) / 4;
    return at + 1;
}

/* One item with its repetition; NULL where the pattern is malformed, which the
 * stock function will tell. */
static const char *read_item(const char *at, const char *end, struct item *item)
{
    unsigned char c = (unsigned char)*at++;

    *item = (struct item){ .kind = ITEM_ONE, .weight = 1 };
    if (c == '[') {
        at = read_set(at, end, item);
    } else if (c == '.') {
        memset(&item->set, 0xFF, sizeof item->set);
    } else if (c != '%') {
        set_add(&item->set, c);
    } else if (at == end) {
        return NULL;
    } else if (*at == 'b') {
        item->kind = ITEM_BALANCE;
        if (end - at < 3)
            return NULL;
        set_add(&item->set, (unsigned char)at[1]);
        return at + 3;
    } else if (*at == 'f') {
        item->kind = ITEM_FRONTIER;
        at = at + 1 < end && at[1] == '[' ? read_set(at + 2, end, item) : NULL;
        memset(&item->set, 0xFF, sizeof item->set);
        return at;
    } else if (isdigit((unsigned char)*at)) {
        item->kind = ITEM_BACK;
        memset(&item->set, 0xFF, sizeof item->set);
        return at + 1;
    } else {
        add_class(&item->set, (unsigned char)*at++);
    }
    if (at != NULL && at < end && *at != '\0' && strchr("*+-?", *at) != NULL)
        item->repeat = *at++;
    return at;
}

/* A plain character after one is only more of the same comparison. */
static bool joins(struct item *items, int count)
{
    const struct item *item = &items[count];

    if (count == 0 || item->kind != ITEM_ONE || item->repeat != '\0' ||
        items[count - 1].kind != ITEM_ONE || items[count - 1].repeat != '\0')
        return false;
    items[count - 1].weight += item->weight;
    return true;
}

struct rest {                  /* of the pattern, from an item on */
    double fail, match, again; /* again: match, without what is paid by what it consumed */
    double quick;              /* to see that it does not begin here */
    bool nullable, dollar;
    struct set first; /* what it can begin with */
};

static void walk_one(struct rest *rest, const struct item *item)
{
    rest->fail = rest->fail + item->weight;
    rest->quick = item->weight;
    rest->match += item->weight;
    rest->again += item->weight;
    rest->nullable = false;
    rest->first = item->set;
}

static void walk_optional(struct rest *rest, const struct item *item)
{
    bool one_way = rest->fail == 0 ||
                   (!set_meets(&item->set, &rest->first) && (!rest->nullable || rest->dollar));
    double ways = one_way ? 1 : 2;

    rest->quick += item->weight;
    if (rest->fail > 0)
        rest->fail = item->weight + ways * rest->fail;
    rest->match = item->weight + ways * rest->match;
    rest->again = item->weight + ways * rest->again;
    for (int i = 0; i < 8; i++)
        rest->first.bits[i] |= item->set.bits[i];
}

static void walk_repeat(struct rest *rest, const struct item *item, double n)
{
    bool sure = rest->fail == 0;
    bool one_way =
        sure || (!set_meets(&item->set, &rest->first) && (!rest->nullable || rest->dollar));
    double run = n * (item->weight + (sure ? 0 : 2 * rest->quick)), fail = rest->fail;

    if (one_way) {
        rest->fail = sure ? 0 : run + fail;
        rest->match += run;
        rest->again += item->weight;
    } else {
        rest->fail = run + n * fail;
        rest->match += run + n * fail;
        rest->again += run + n * fail;
    }
    /* what takes anything reaches an end where the rest may be nothing */
    if (set_is_all(&item->set) && rest->nullable)
        rest->fail = 0;
    for (int i = 0; i < 8; i++)
        rest->first.bits[i] |= item->set.bits[i];
    rest->quick = item->weight + (item->repeat == '+' ? 0 : rest->quick);
    if (item->repeat == '+') {
        rest->fail += item->weight;
        rest->nullable = false;
        rest->first = item->set;
    }
}

static void walk_other(struct rest *rest, const struct item *item, double n)
{
    double cost = item->kind == ITEM_FRONTIER ? 2 * item->weight : n;

    rest->fail += cost;
    rest->quick = cost;
    rest->match += cost;
    rest->again += cost;
    rest->nullable = false;
    rest->first = item->set;
}

double tend_lua_pattern_cost(struct tend_text pattern, int64_t length, bool anchor, bool many)
{
    const char *at = pattern.at, *end = at + pattern.len;
    bool anchored = anchor && pattern.len > 0 && *at == '^';
    struct item items[ITEMS_MOST + 1];
    struct rest rest = { .match = 1, .again = 1, .nullable = true };
    double n = (double)length + 1;
    int count = 0;

    for (at += anchored; at != NULL && at < end;) {
        if (*at == '(' || *at == ')')
            at++;
        else if (*at == '$' && at + 1 == end) {
            rest.dollar = true;
            rest.fail = rest.quick = 1;
            break;
        } else if (count == ITEMS_MOST) {
            return TOO_MUCH;
        } else {
            at = read_item(at, end, &items[count]);
            count += !joins(items, count);
        }
    }
    if (at == NULL)
        return 0;
    while (count-- > 0) {
        const struct item *item = &items[count];

        if (item->kind != ITEM_ONE)
            walk_other(&rest, item, n);
        else if (item->repeat == '\0')
            walk_one(&rest, item);
        else if (item->repeat == '?')
            walk_optional(&rest, item);
        else
            walk_repeat(&rest, item, n);
    }
    if (anchored)
        return rest.fail + rest.match;
    return n * rest.fail + rest.match + (many ? n * rest.again : 0);
}
