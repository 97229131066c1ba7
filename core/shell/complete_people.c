/* People by the beginning of any word of their name, each in the shortest form
 * that is read back as nobody else. */
#include "shell/complete_parts.h"
#include "store/ops_complete.h"

#define SHOWN 20                /* people at one Tab */
#define LOOKS 1000              /* at namesakes, at one Tab */

/* Is every byte of it a letter, so that no other rule of references takes it? */
static bool is_letters(struct tend_text word)
{
    for (int64_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.at[i];

        if (c < 0x80 && !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            return false;
    }
    return word.len > 1 && !tend_text_is_nocase(word, "me") && !tend_text_is_nocase(word, "not");
}

/* Could it be read as something else, or taken apart? */
static bool is_safe(struct tend_text name)
{
    for (int64_t i = 0; i < name.len; i++) {
        if (strchr(",@=\"\\0123456789", name.at[i]) != NULL || (unsigned char)name.at[i] < ' ')
            return false;
    }
    return name.len > 1 && name.at[0] != '-' && name.at[0] != '+' && name.at[0] != '.' &&
           !tend_text_is_nocase(name, "me") && !tend_text_is_nocase(name, "not");
}

static bool begins(struct tend_completer *c, struct tend_text word)
{
    struct tend_text folded = tend_text_fold(c->arena, word);

    return c->folded.len > 0 && folded.len >= c->folded.len &&
           memcmp(folded.at, c->folded.at, (size_t)c->folded.len) == 0;
}

/* One word of the name if that is enough, or the whole, or p12. */
static struct tend_text reference(struct tend_completer *c, const struct tend_person_hit *hit,
                                  int64_t *looks)
{
    struct tend_text rest = hit->name, word;

    while (tend_text_cut(&rest, " ", &word)) {
        if (begins(c, word) && is_letters(word) &&
            tend_person_alone_begins(c->shell->store, word, hit->id))
            return word;
    }
    if (is_safe(hit->name) &&
        tend_person_alone_called(c->shell->store, hit->name, hit->id, looks))
        return hit->name;
    return tend_text_of(tend_arena_printf(c->arena, "p%lld", (long long)hit->id));
}

static void add_part(struct tend_buffer *buf, struct tend_text part)
{
    if (buf->len > 0 && part.len > 0)
        tend_buffer_adds(buf, "  ");
    tend_buffer_add(buf, part);
}

/* What tells them apart, without what the reference itself says. */
static struct tend_text about_hit(struct tend_completer *c, const struct tend_person_hit *hit,
                                  struct tend_text reference)
{
    char *id = tend_arena_printf(c->arena, "p%lld", (long long)hit->id);
    struct tend_buffer buf = { 0 };
    struct tend_text about;

    add_part(&buf, tend_text_eq(reference, hit->name) ? (struct tend_text){ 0 } : hit->name);
    add_part(&buf, tend_text_is(reference, id) ? (struct tend_text){ 0 } : tend_text_of(id));
    add_part(&buf, hit->point);
    add_part(&buf, hit->source);
    about = tend_arena_text(c->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return about;
}

void tend_offer_people(struct tend_completer *c, bool several)
{
    struct tend_person_hits hits;
    int64_t looks = LOOKS;

    if (several)
        tend_offer_behind(c, ',');
    if (!tend_completer_opens(c, false))
        return;
    if (c->typed.len > 0 && (c->typed.at[0] == '+' || c->typed.at[0] == '-'))
        return;         /* a tag, or an option */
    if (tend_person_begins(c->shell->store, c->typed, SHOWN, c->arena, &hits) != TEND_OK)
        return;
    for (int64_t i = 0; i < hits.n; i++) {
        const struct tend_person_hit *hit = &hits.at[i];
        struct tend_text word = reference(c, hit, &looks);

        tend_offer_any(c, word, word, about_hit(c, hit, word), false);
    }
    c->left_out += hits.left_out;
    c->at_least = c->at_least || hits.at_least;
}
