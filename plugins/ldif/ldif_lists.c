/* The lists of a file (groupOfNames), each a tag for those who are in it: by the
 * name of their entry, in order, so that asking is cheap. */
#include "ldif.h"
#include <stdlib.h>
#include <string.h>

#define MOST 200000 /* members that are kept in mind */

bool ldif_is_list(const struct ldif_entry *e)
{
    return ldif_entry_has(e, "objectclass", "groupOfNames") ||
           ldif_entry_has(e, "objectclass", "groupOfUniqueNames");
}

/* As names of entries are compared: small letters, no blanks at commas. */
static char *plain_dn(struct tend_text dn)
{
    char *out = malloc((size_t)dn.len + 1);
    int64_t n = 0;

    for (int64_t i = 0; i < dn.len && out; i++) {
        char c = dn.at[i];

        if (c == ' ' && (n == 0 || out[n - 1] == ','))
            continue;
        while (c == ',' && n > 0 && out[n - 1] == ' ')
            n--;
        out[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    if (out)
        out[n] = '\0';
    return out;
}

static tend_status add(struct ldif_lists *lists, struct tend_text dn, struct tend_text list)
{
    struct ldif_member *m;

    if (lists->n == lists->cap) {
        int64_t cap = lists->cap > 0 ? lists->cap * 2 : 64;

        m = realloc(lists->members, (size_t)cap * sizeof *m);
        if (!m)
            return TEND_NOMEM;
        lists->members = m;
        lists->cap = cap;
    }
    m = &lists->members[lists->n];
    *m = (struct ldif_member){ plain_dn(dn), malloc((size_t)list.len + 1), false };
    lists->n++;
    if (!m->dn || !m->list)
        return TEND_NOMEM;
    memcpy(m->list, list.at, (size_t)list.len);
    m->list[list.len] = '\0';
    return TEND_OK;
}

tend_status ldif_lists_add(struct ldif_lists *lists, const struct ldif_entry *e)
{
    struct tend_text name = ldif_entry_get(e, "cn", 0);
    tend_status status = TEND_OK;

    for (int64_t i = 0; i < e->n && status == TEND_OK && lists->n < MOST; i++) {
        const struct ldif_value *v = &e->values[i];

        if ((ldif_is(v->name, "member") || ldif_is(v->name, "uniqueMember")) && name.len > 0)
            status = add(lists, v->text, name);
    }
    return status;
}

static int by_dn(const void *a, const void *b)
{
    const struct ldif_member *one = a, *two = b;
    int order = strcmp(one->dn, two->dn);

    return order ? order : strcmp(one->list, two->list);
}

const char *ldif_lists_of(struct ldif_lists *lists, struct tend_text dn, int64_t i)
{
    int64_t low = 0, high = lists->n;
    char *plain;
    const char *list = NULL;

    if (lists->n == 0)
        return NULL;
    if (lists->sorted != lists->n)
        qsort(lists->members, (size_t)lists->n, sizeof *lists->members, by_dn);
    lists->sorted = lists->n;
    plain = plain_dn(dn);
    while (low < high && plain) {
        int64_t mid = low + (high - low) / 2;

        if (strcmp(lists->members[mid].dn, plain) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    if (plain && low + i < lists->n && strcmp(lists->members[low + i].dn, plain) == 0) {
        list = lists->members[low + i].list;
        lists->members[low + i].found = true;
    }
    free(plain);
    return list;
}

int64_t ldif_lists_missed(const struct ldif_lists *lists)
{
    int64_t n = 0;

    for (int64_t i = 0; i < lists->n; i++)
        n += !lists->members[i].found;
    return n;
}

void ldif_lists_finish(struct ldif_lists *lists)
{
    for (int64_t i = 0; i < lists->n; i++) {
        free(lists->members[i].dn);
        free(lists->members[i].list);
    }
    free(lists->members);
}
