/* person_word: the folded words of a name, so that a person is found by the
 * beginning of any of them, in any case and without accents. */
#include "base/text.h"
#include "store/derive.h"

enum { WORDS_MOST = 48 };       /* of a name that somebody pasted a letter into */

/* How many bytes of a word's inner mark (apostrophe, hyphen) stand at i. */
static int64_t inner_mark(struct tend_text t, int64_t i)
{
    if (t.at[i] == '-' || t.at[i] == '\'') {
        return 1;
    }
    if (t.len - i >= 3 && memcmp(t.at + i, "\xe2\x80", 2) == 0) {
        unsigned char c = (unsigned char)t.at[i + 2];
        return c == 0x90 || c == 0x91 || c == 0x98 || c == 0x99 ? 3 : 0;
    }
    return 0;
}

static bool separates(char c)
{
    static const bool mark[128] = {
        ['.'] = true, [','] = true, [';'] = true, [':'] = true, ['/'] = true, ['\\'] = true,
        ['('] = true, [')'] = true, ['['] = true, [']'] = true, ['{'] = true, ['}'] = true,
        ['<'] = true, ['>'] = true, ['"'] = true, ['&'] = true, ['+'] = true, ['*'] = true,
        ['|'] = true, ['!'] = true, ['?'] = true, ['@'] = true, ['#'] = true,
    };
    unsigned char u = (unsigned char)c;
    return u <= ' ' || (u < 128 && mark[u]);
}

/* The word with its marks as a keyboard has them, or without them: O'Brien is
 * looked for as obrien too. */
static struct tend_text rejoined(struct tend_arena *arena, struct tend_text word, bool marks)
{
    char *out = tend_arena_take(arena, (size_t)word.len);
    int64_t n = 0;
    for (int64_t i = 0; i < word.len;) {
        int64_t mark = inner_mark(word, i);
        if (mark == 0) {
            out[n++] = word.at[i++];
        } else if (marks) {
            unsigned char last = (unsigned char)word.at[i + mark - 1];
            out[n++] = last == '-' || last == 0x90 || last == 0x91 ? '-' : '\'';
        }
        i += mark;
    }
    return (struct tend_text){ out, n };
}

static void split_word(struct tend_arena *arena, struct tend_text word,
                       void (*add)(void *data, struct tend_text word), void *data)
{
    int64_t from = 0, marks = 0, parts = 0;
    for (int64_t i = 0; i <= word.len;) {
        int64_t mark = i < word.len ? inner_mark(word, i) : 0;
        if (i < word.len && mark == 0) {
            i++;
            continue;
        }
        marks += mark > 0;
        if (i > from && (marks > 0 || i < word.len)) {
            add(data, (struct tend_text){ word.at + from, i - from });
            parts++;
        }
        i += mark > 0 ? mark : 1;
        from = i;
    }
    if (marks == 0) {
        add(data, word);
    } else if (parts > 0) {
        add(data, rejoined(arena, word, true));
    }
    if (parts > 1) {
        add(data, rejoined(arena, word, false));
    }
}

void tend_derive_split(struct tend_arena *arena, struct tend_text folded,
                       void (*add)(void *data, struct tend_text word), void *data)
{
    int64_t from = 0;
    for (int64_t i = 0; i <= folded.len; i++) {
        if (i < folded.len && !separates(folded.at[i])) {
            continue;
        }
        if (i > from) {
            split_word(arena, (struct tend_text){ folded.at + from, i - from }, add, data);
        }
        from = i + 1;
    }
}

struct name {                   /* the words of one person */
    struct tend_bulk *bulk;
    tend_status status;
    struct tend_text seen[WORDS_MOST];
    int32_t n;
    tend_id person;
};

static void add_word(void *data, struct tend_text word)
{
    struct name *name = data;
    for (int32_t i = 0; i < name->n; i++) {
        if (tend_text_eq(name->seen[i], word)) {
            return;
        }
    }
    if (name->n == WORDS_MOST || name->status != TEND_OK) {
        return;
    }
    name->seen[name->n++] = word;
    struct tend_value values[TEND_N_person_word] = { 0 };
    values[TEND_C_person_word_word] = tend_str(word);
    values[TEND_C_person_word_person] = tend_int(name->person);
    name->status = tend_bulk_add(name->bulk, values);
}

tend_status tend_derive_words(struct tend_store *store, tend_id first, tend_id last, bool known)
{
    struct tend_bulk bulk = { .store = store, .table = TEND_T_person_word };
    struct tend_arena arena = { 0 };
    tend_status status = TEND_OK;
    if (known) {
        status = tend_bulk_remove(store, "DELETE FROM person_word WHERE person >= ?1 AND "
                                         "person <= ?2", first, last);
    }
    if (status != TEND_OK) {
        return status;
    }
    struct tend_sql *q = tend_sql(store, "SELECT id, name, given, family FROM person "
                                         "WHERE id >= ?1 AND id <= ?2 ORDER BY id");
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    while (status == TEND_OK && tend_sql_step(q)) {
        struct name name = { .bulk = &bulk, .person = tend_sql_int(q, 0) };
        for (int32_t c = 1; c <= 3; c++) {
            struct tend_text folded = tend_text_fold(&arena, tend_sql_text(q, c));
            tend_derive_split(&arena, folded, add_word, &name);
        }
        status = name.status;
        tend_arena_reset(&arena);
    }
    tend_status end = tend_sql_end(q);
    tend_arena_finish(&arena);
    return tend_bulk_end(&bulk, status != TEND_OK ? status : end);
}
